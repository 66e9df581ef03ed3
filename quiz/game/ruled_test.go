package game_test

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"summitquiz/quiz"
	"summitquiz/quiz/game"
	"summitquiz/quiz/grade"
)

// round is a game of one typed question that is open.
type round struct {
	t       *testing.T
	s       game.State
	at      time.Time
	records []game.Record
	codes   []game.Code
}

func openRuled(t *testing.T, q game.Question, set game.Settings) *round {
	t.Helper()
	q.Item, q.Form, q.Key = "pack/fact/kind/field", quiz.TypedForm, -1
	s, err := game.New(set, []game.Question{q})
	if err != nil {
		t.Fatal(err)
	}
	b := &round{t: t, s: s, at: time.Date(2026, 11, 25, 20, 0, 0, 0, time.UTC)}
	b.do(game.Start{})
	b.at = b.at.Add(game.LeadIn)
	b.do(game.Tick{})
	b.do(game.Delivered{})
	return b
}

func (b *round) do(e game.Event) {
	b.t.Helper()
	var effects []game.Effect
	b.s, effects = game.Apply(b.s, e, b.at)
	for _, e := range effects {
		switch e := e.(type) {
		case game.Record:
			b.records = append(b.records, e)
		case game.Tell:
			b.codes = append(b.codes, e.Code)
		}
	}
}

func (b *round) answer(m game.Member, mark grade.Mark, measure int64) {
	b.t.Helper()
	b.at = b.at.Add(time.Second)
	b.do(game.Answer{Member: m, Option: -1, Verdict: grade.Verdict{Mark: mark}, Measure: measure, At: b.at})
}

func (b *round) end() {
	b.at = b.s.Until.Add(time.Millisecond)
	b.do(game.Tick{})
}

// points are the points on the board, by member.
func (b *round) points() map[game.Member]int {
	out := map[game.Member]int{}
	for _, r := range b.s.Board(10) {
		out[r.Player.Member] = r.Player.Points
	}
	return out
}

// replayed is the state after a crash: the snapshot before the answers, and every record so far.
func (b *round) replayed(before game.State) game.State {
	data, err := json.Marshal(before)
	if err != nil {
		b.t.Fatal(err)
	}
	var s game.State
	if err := json.Unmarshal(data, &s); err != nil {
		b.t.Fatal(err)
	}
	for range 2 { // a replay that comes twice harms nothing
		for _, r := range b.records {
			s, _ = game.Apply(s, game.Replay{Record: r}, b.at)
		}
	}
	return s
}

// TestTheClosestWins holds that one answer each is taken, that the nearest are right when the question
// closes, that every outcome is one more record, and that a replay gives the same state.
func TestTheClosestWins(t *testing.T) {
	b := openRuled(t, game.Question{Rule: game.Closest}, game.Defaults(1))
	before := b.s
	b.answer(1, grade.Close, 300)
	b.answer(2, grade.Close, 20)
	b.answer(3, grade.Close, 20)
	b.answer(4, grade.Wrong, 0) // no number
	b.answer(1, grade.Close, 0)
	if !reflect.DeepEqual(b.codes, []game.Code{game.AlreadyAnswered}) {
		t.Errorf("a second answer is told %v", b.codes)
	}
	if again := b.replayed(before); !reflect.DeepEqual(again.Open, b.s.Open) {
		t.Errorf("a replay gives %+v, want %+v", again.Open, b.s.Open)
	}
	b.end()
	if want := map[game.Member]int{1: 0, 2: 1, 3: 1, 4: 0}; !reflect.DeepEqual(b.points(), want) {
		t.Errorf("points %v, want %v", b.points(), want)
	}
	final := map[game.Member]int{}
	for _, r := range b.records {
		if r.Counts {
			final[r.Member]++
		}
	}
	if want := map[game.Member]int{1: 1, 2: 1, 3: 1, 4: 1}; !reflect.DeepEqual(final, want) {
		t.Errorf("counted records %v, want one each", final)
	}
	if b.s.Results[0].First != 2 {
		t.Errorf("first is %d, want the one who was as near before the other", b.s.Results[0].First)
	}
	alone := game.Defaults(1)
	alone.Mode = game.Solo
	for off, want := range map[int64]int{240_000: 1, 260_000: 0} {
		b := openRuled(t, game.Question{Rule: game.Closest}, alone)
		b.answer(1, grade.Close, off)
		if b.points()[1] != want {
			t.Errorf("alone and off by %d: %v, want %d", off, b.points(), want)
		}
	}
}

// TestNameAsMany holds that each answer that is found is a point, that one that was given is not
// counted twice, and that three wrong ones end it.
func TestNameAsMany(t *testing.T) {
	b := openRuled(t, game.Question{Rule: game.Many, Answers: 4}, game.Defaults(1))
	before := b.s
	b.answer(1, grade.Right, 1)
	b.answer(1, grade.Right, 1)
	b.answer(2, grade.Right, 2)
	b.answer(1, grade.Wrong, 0)
	b.answer(1, grade.Close, 0)
	b.answer(1, grade.Right, 3)
	b.answer(1, grade.Wrong, 0)
	if found, wrong := b.s.Named(1); found != 2 || wrong != 2 {
		t.Errorf("%d found, %d wrong", found, wrong)
	}
	b.answer(1, grade.Wrong, 0)
	b.answer(1, grade.Right, 4)
	if !reflect.DeepEqual(b.codes, []game.Code{game.AlreadyNamed, game.AlreadyAnswered}) {
		t.Errorf("told %v", b.codes)
	}
	if again := b.replayed(before); !reflect.DeepEqual(again.Open, b.s.Open) {
		t.Errorf("a replay gives %+v, want %+v", again.Open, b.s.Open)
	}
	for i := range int64(4) {
		b.answer(3, grade.Right, i+1)
	}
	b.end()
	if want := map[game.Member]int{1: 2, 2: 1, 3: 4}; !reflect.DeepEqual(b.points(), want) {
		t.Errorf("points %v, want %v", b.points(), want)
	}
	tries := map[[2]int64]bool{}
	counted := map[game.Member]int{}
	for _, r := range b.records {
		if key := [2]int64{int64(r.Member), int64(r.Try)}; tries[key] {
			t.Errorf("member %d has two tries %d", r.Member, r.Try)
		} else {
			tries[key] = true
		}
		if r.Counts {
			counted[r.Member]++
		}
	}
	if want := map[game.Member]int{1: 1, 2: 1, 3: 1}; !reflect.DeepEqual(counted, want) {
		t.Errorf("counted records %v, want one each", counted)
	}
}

// TestCluesCostPoints holds that each clue of a ladder takes a point, and that there are no more than
// the question has.
func TestCluesCostPoints(t *testing.T) {
	for clues, want := range map[int]int{0: 4, 1: 3, 3: 1, 5: 1} {
		b := openRuled(t, game.Question{Clues: 3}, game.Defaults(1))
		for range clues {
			b.do(game.Hint{Member: 2})
		}
		b.answer(1, grade.Right, 0)
		b.end()
		if b.points()[1] != want {
			t.Errorf("after %d clues: %d points, want %d", clues, b.points()[1], want)
		}
		if over := clues > 3; over != (len(b.codes) > 0) {
			t.Errorf("%d clues are told %v", clues, b.codes)
		}
	}
	if _, err := game.New(game.Defaults(1), []game.Question{{Form: quiz.TypedForm, Key: -1, Rule: game.Many}}); err == nil {
		t.Error("a question for many answers without any is taken")
	}
}
