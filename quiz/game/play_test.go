package game

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"summitquiz/quiz"
	"summitquiz/quiz/grade"
)

const (
	mina Member = iota + 1 // the starter
	omar
	jun
	lena
)

var evening = time.Date(2026, 11, 25, 20, 0, 0, 0, time.UTC)

// step is one event at a time in seconds after the start, and the effects that it must have.
type step struct {
	at   float64
	do   Event
	want string // effects as told writes them, with "; " between; "-" for none
}

// told is an effect in a few words.
func told(f Effect) string {
	switch f := f.(type) {
	case PostStart:
		return "start card"
	case EditStart:
		return "start card renewed"
	case PostQuestion:
		return fmt.Sprint("post ", f.Question)
	case EditQuestion:
		return fmt.Sprint(f.Why, " ", f.Question)
	case Reveal:
		return fmt.Sprint("reveal ", f.Question)
	case VoidQuestion:
		return fmt.Sprint("void ", f.Question)
	case Expose:
		return fmt.Sprint("seen ", f.Question)
	case Say:
		return "say " + string(f.Notice)
	case PostEnd:
		return "end"
	case Tell:
		return fmt.Sprint(f.Member, " ", f.Code)
	case Timer:
		if f.At.IsZero() {
			return "no timer"
		}
		return fmt.Sprint("timer ", f.At.Sub(evening).Seconds())
	case Record:
		tags := ""
		if !f.Counts {
			tags += " not yet"
		}
		if f.Lapsed {
			tags += " lapsed"
		}
		if f.Hinted {
			tags += " hinted"
		}
		return fmt.Sprint(f.Member, " ", f.Verdict.Mark, " ", f.Points, tags)
	}
	return fmt.Sprintf("%#v", f)
}

func run(t *testing.T, s State, steps []step) State {
	t.Helper()
	for i, st := range steps {
		now := evening.Add(time.Duration(st.at * float64(time.Second)))
		if a, ok := st.do.(Answer); ok && a.At.IsZero() {
			a.At = now
			st.do = a
		}
		var effects []Effect
		s, effects = Apply(s, st.do, now)
		got := "-"
		if len(effects) > 0 {
			words := make([]string, len(effects))
			for i := range effects {
				words[i] = told(effects[i])
			}
			got = strings.Join(words, "; ")
		}
		if got != st.want {
			t.Fatalf("step %d, %+v at %g s\n got %s\nwant %s", i, st.do, st.at, got, st.want)
		}
	}
	return s
}

// made returns a game of n questions with four options and key 1; change may make it another.
func made(t *testing.T, n int, change func(*Settings, []Question)) State {
	t.Helper()
	set := Defaults(mina)
	questions := make([]Question, n)
	for i := range questions {
		questions[i] = Question{Item: quiz.ItemID(fmt.Sprint("p/f/choice/", i)), Options: 4, Key: 1}
	}
	if change != nil {
		change(&set, questions)
	}
	s, err := New(set, questions)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func chose(m Member, question, option int) Answer {
	return Answer{Member: m, Question: question, Option: option}
}

func typed(m Member, question int, mark grade.Mark) Answer {
	return Answer{Member: m, Question: question, Option: -1, Verdict: grade.Verdict{Mark: mark}}
}

func typing(_ *Settings, questions []Question) {
	for i := range questions {
		questions[i].Form, questions[i].Options, questions[i].Key = quiz.TypedForm, 0, -1
	}
}

func solo(s *Settings, _ []Question)    { s.Mode = Solo }
func private(s *Settings, _ []Question) { s.Private = true }
func race(s *Settings, _ []Question)    { s.Mode = Race }
func speed(s *Settings, _ []Question)   { s.Scoring = Speed }
