package game

import (
	"encoding/json"
	"testing"

	"summitquiz/quiz"
	"summitquiz/quiz/grade"
)

// crowd is a typed question that players-1 members have answered, all of them active.
func crowd(b *testing.B, players int) State {
	s, err := New(Defaults(1), []Question{{Form: quiz.TypedForm, Key: -1}, {Form: quiz.TypedForm, Key: -1}, {Form: quiz.TypedForm, Key: -1}})
	if err != nil {
		b.Fatal(err)
	}
	now := evening
	step := func(e Event) {
		s, _ = Apply(s, e, now)
		now = now.Add(LeadIn)
	}
	step(Start{})
	step(Tick{})
	step(Delivered{0})
	for m := range players {
		s, _ = Apply(s, typed(Member(m+1), 0, grade.Right), now)
	}
	now = s.Until
	step(Tick{})
	step(Tick{})
	step(Delivered{1})
	for m := range players - 1 {
		s, _ = Apply(s, typed(Member(m+1), 1, grade.Right), now)
	}
	if len(s.Open.Active) != players || len(s.Open.Tries) != players-1 {
		b.Fatalf("%d active, %d tries", len(s.Open.Active), len(s.Open.Tries))
	}
	return s
}

func BenchmarkAnswerAmong500(b *testing.B) {
	s := crowd(b, 500)
	a := typed(500, 1, grade.Right)
	a.At = s.Open.Since.Add(grace)
	b.ReportAllocs()
	for b.Loop() {
		if _, effects := Apply(s, a, a.At); len(effects) != 1 {
			b.Fatal(effects)
		}
	}
}

func BenchmarkCloseWith500(b *testing.B) {
	s := crowd(b, 500)
	b.ReportAllocs()
	for b.Loop() {
		if _, effects := Apply(s, Tick{}, s.Until); len(effects) != 2 {
			b.Fatal(effects)
		}
	}
}

func BenchmarkSnapshotOf500(b *testing.B) {
	s := crowd(b, 500)
	for b.Loop() {
		data, err := json.Marshal(&s)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(data)), "bytes")
	}
}
