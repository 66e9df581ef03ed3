package game

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"summitquiz/quiz"
	"summitquiz/quiz/grade"
)

// match is a game as a service runs it: the state, what would be stored of it, and a second
// account of what happened, kept by other means than the game's.
type match struct {
	t   *rapid.T
	s   State
	now time.Time

	snapshot []byte
	turn     int // of the snapshot
	stored   []Record

	voided  map[int]bool
	answers map[int]map[Member]bool // by question: who has a counted answer
	again   map[int]bool            // questions whose clock was set anew
	timer   time.Time
}

func anyGame(t *rapid.T) *match {
	set := Defaults(1)
	set.Mode = rapid.SampledFrom([]Mode{All, All, Race, Solo}).Draw(t, "mode")
	set.Scoring = rapid.SampledFrom([]Scoring{Accuracy, Speed}).Draw(t, "scoring")
	set.Private = rapid.IntRange(0, 4).Draw(t, "private") == 0
	questions := make([]Question, rapid.IntRange(1, 8).Draw(t, "questions"))
	for i := range questions {
		q := Question{
			Item: quiz.ItemID(fmt.Sprintf("p/f/choice/%d", i)), Seed: rapid.Uint64().Draw(t, "seed"),
			Reading: time.Duration(rapid.IntRange(0, 20).Draw(t, "reading")) * time.Second,
		}
		if rapid.Bool().Draw(t, "typed") {
			q.Form, q.Key = quiz.TypedForm, -1
		} else {
			q.Options = rapid.IntRange(2, 4).Draw(t, "options")
			q.Key = rapid.IntRange(0, q.Options-1).Draw(t, "key")
		}
		questions[i] = q
	}
	s, err := New(set, questions)
	if err != nil {
		t.Fatal(err)
	}
	g := &match{
		t: t, s: s, now: time.Date(2026, 11, 25, 20, 0, 0, 0, time.UTC),
		voided: map[int]bool{}, answers: map[int]map[Member]bool{}, again: map[int]bool{},
	}
	g.store()
	return g
}

func (g *match) store() {
	data, err := json.Marshal(g.s)
	if err != nil {
		g.t.Fatal(err)
	}
	g.snapshot, g.turn = data, g.s.Turn
}

// progress grows with every step that a game cannot take back.
func progress(s *State) int {
	switch s.Phase {
	case Ready:
		return -1
	case Asked:
		return 3*len(s.Results) + 1
	case Opened:
		return 3*len(s.Results) + 2
	case Ended:
		return 3*MaxQuestions + 3
	default:
		return 3 * len(s.Results)
	}
}

// apply applies e, stores as a service does and checks what must hold after every event.
func (g *match) apply(e Event) {
	before := g.s
	text, _ := json.Marshal(before)
	s, effects := Apply(before, e, g.now)
	g.s = s
	// Another history that goes on from the same state is nothing to this one.
	after, _ := json.Marshal(s)
	for _, other := range []Event{Answer{Member: 98, Question: before.Current(), At: g.now}, SkipVote{Member: 1, Question: before.Current()}, Stop{May: true}} {
		Apply(before, other, g.now)
	}
	if now, _ := json.Marshal(s); string(now) != string(after) {
		g.t.Fatalf("another history changed the state after %#v", e)
	}
	if kept, _ := json.Marshal(before); string(kept) != string(text) {
		g.t.Fatalf("%#v changed the state before it", e)
	}
	if progress(&s) < progress(&before) {
		g.t.Fatalf("%#v led from %s with %d results back to %s with %d", e, before.Phase, len(before.Results), s.Phase, len(s.Results))
	}
	if len(s.Results) > len(before.Results)+1 {
		g.t.Fatalf("%#v ended %d questions", e, len(s.Results)-len(before.Results))
	}
	for _, f := range effects {
		switch f := f.(type) {
		case Record:
			g.record(f, before)
		case VoidQuestion:
			g.voided[f.Question] = true
		case Timer:
			g.timer = f.At
		case EditQuestion:
			if f.Why == CountdownSet && before.Phase == Opened && (before.Open.First != 0 || s.Open.First == 0) {
				g.again[f.Question] = true
			}
		case Reveal:
			g.closed(e, f.Question, before)
		}
	}
	if !g.timer.Equal(s.Until) {
		g.t.Fatalf("after %#v the timer stands at %s and the state waits until %s", e, g.timer, s.Until)
	}
	if s.Turn != g.turn {
		g.store()
	}
	g.sums()
}

// record checks a new record and keeps it.
func (g *match) record(r Record, before State) {
	if r.Question != before.Current() || r.Took < 0 || r.Took > before.Time(r.Question) {
		g.t.Fatalf("record of question %d, which is not open, or of impossible duration: %+v", r.Question, r)
	}
	if (r.Points > 0) != (r.Verdict.Mark == grade.Right) {
		g.t.Fatalf("%d points for a %s answer", r.Points, r.Verdict.Mark)
	}
	if r.Counts {
		if g.answers[r.Question] == nil {
			g.answers[r.Question] = map[Member]bool{}
		}
		if g.answers[r.Question][r.Member] {
			g.t.Fatalf("member %d has two counted answers to question %d", r.Member, r.Question)
		}
		g.answers[r.Question][r.Member] = true
	}
	if g.s.Settings.Mode == Solo && r.Member != g.s.Settings.Starter {
		g.t.Fatalf("member %d answered in a solo game", r.Member)
	}
	// The window opens with the answer that was counted first, whatever was received before it.
	first := slices.IndexFunc(g.stored, func(o Record) bool { return o.Question == r.Question && o.Verdict.Mark == grade.Right })
	if first >= 0 && before.Settings.Mode == Race && !g.again[r.Question] && !r.Lapsed && r.At.Sub(g.stored[first].At) > Window {
		g.t.Fatalf("an answer %s after the first right one counts in a race", r.At.Sub(g.stored[first].At))
	}
	g.stored = append(g.stored, r)
}

// closed checks that a question which an answer closed was not closed too early.
func (g *match) closed(e Event, n int, before State) {
	a, ok := e.(Answer)
	if !ok || before.Phase == Opened && a.At.After(before.Until) {
		return
	}
	if g.s.Settings.Private || g.s.Settings.Mode == Solo {
		return
	}
	if n < 2 {
		g.t.Fatalf("question %d closed early", n)
	}
	for m := range g.active(n) {
		if !g.answers[n][m] {
			g.t.Fatalf("question %d closed while member %d was thinking", n, m)
		}
	}
}

// active is who has a counted answer to one of the two questions before n that are not void.
func (g *match) active(n int) map[Member]bool {
	who := map[Member]bool{}
	for i, last := n-1, 0; i >= 0 && last < 2; i-- {
		if !g.voided[i] {
			last++
			for m := range g.answers[i] {
				who[m] = true
			}
		}
	}
	return who
}

// sums checks the points of all players against the records.
func (g *match) sums() {
	want := map[Member]Player{}
	for _, r := range g.stored {
		if r.Counts && !g.voided[r.Question] && r.Question < len(g.s.Results) {
			p := want[r.Member]
			p.Member = r.Member
			p.Answered++
			p.Points += r.Points
			if r.Verdict.Mark == grade.Right {
				p.Right++
			}
			want[r.Member] = p
		}
	}
	if len(want) != len(g.s.Players) {
		g.t.Fatalf("%d players, want %d", len(g.s.Players), len(want))
	}
	for _, p := range g.s.Players {
		if p != want[p.Member] {
			g.t.Fatalf("player %+v, want %+v", p, want[p.Member])
		}
	}
}

// crash takes the game up from what is stored.
func (g *match) crash() {
	var s State
	if err := json.Unmarshal(g.snapshot, &s); err != nil {
		g.t.Fatal(err)
	}
	for _, r := range g.stored {
		var effects []Effect
		if s, effects = Apply(s, Replay{r}, g.now); len(effects) > 0 {
			g.t.Fatalf("a replay asks for %v", effects)
		}
	}
	if !reflect.DeepEqual(s, g.s) {
		g.t.Fatalf("taken up as\n%+v\nwant\n%+v", s, g.s)
	}
	g.s = s
}

func (g *match) anyEvent(t *rapid.T) Event {
	member := Member(rapid.IntRange(1, 5).Draw(t, "member"))
	question := g.s.Current()
	if rapid.IntRange(0, 9).Draw(t, "other question") == 0 {
		question = rapid.IntRange(-1, len(g.s.Questions)).Draw(t, "question")
	}
	may := rapid.Bool().Draw(t, "may")
	switch rapid.IntRange(0, 24).Draw(t, "event") {
	case 0:
		return Start{}
	case 1:
		return InDoubt{question}
	case 2:
		return Hint{member, question}
	case 3:
		return SkipVote{member, question, may && rapid.Bool().Draw(t, "skip")}
	case 4:
		return Pause{member, may}
	case 5, 6:
		return Resume{member, may}
	case 7:
		return Stop{member, may && rapid.IntRange(0, 9).Draw(t, "stop") == 0}
	case 8:
		return Restarted{}
	case 9, 10, 11:
		return Delivered{question}
	case 12, 13, 14:
		return Tick{}
	default:
		a := Answer{
			Member: member, Question: question, Option: rapid.IntRange(0, 3).Draw(t, "option"),
			At: g.now.Add(-time.Duration(rapid.IntRange(-2, 30).Draw(t, "delay")) * 100 * time.Millisecond),
		}
		if question >= 0 && question < len(g.s.Questions) && g.s.Questions[question].Form == quiz.TypedForm {
			a.Option = -1
			a.Verdict.Mark = rapid.SampledFrom([]grade.Mark{grade.Wrong, grade.Close, grade.Close, grade.Right}).Draw(t, "mark")
		}
		return a
	}
}

func (g *match) passTime(t *rapid.T) {
	switch rapid.IntRange(0, 19).Draw(t, "time") {
	case 0:
		g.now = g.now.Add(time.Duration(rapid.Int64Range(-int64(72*time.Hour), int64(72*time.Hour)).Draw(t, "jump")))
	case 1, 2, 3:
		if !g.s.Until.IsZero() {
			g.now = g.s.Until
		}
	default:
		g.now = g.now.Add(time.Duration(rapid.IntRange(0, 6000).Draw(t, "ms")) * time.Millisecond)
	}
}

func TestNoOrderOfEventsBreaksAGame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := anyGame(t)
		if rapid.IntRange(0, 9).Draw(t, "start") > 0 {
			g.apply(Start{})
		}
		for range rapid.IntRange(0, 120).Draw(t, "events") {
			g.passTime(t)
			e := g.anyEvent(t)
			g.apply(e)
			if rapid.IntRange(0, 9).Draw(t, "twice") == 0 {
				g.apply(e)
			}
			switch rapid.IntRange(0, 9).Draw(t, "crash") {
			case 0:
				g.crash()
			case 1:
				g.crash()
				g.apply(Restarted{})
			}
		}
		g.apply(Start{})
		for steps := 0; g.s.Phase != Ended; steps++ {
			if steps > 4*len(g.s.Questions)+4 {
				t.Fatalf("the game does not end: %+v", g.s)
			}
			g.now = g.s.Until
			g.apply(Tick{})
		}
		if g.s.Pausing || !reflect.DeepEqual(g.s.Open, Open{}) || !g.s.Until.IsZero() {
			t.Fatalf("something is left when the game has ended: %+v", g.s)
		}
		g.crash()
		for n := range g.s.Results {
			for p := range g.s.Players {
				if v := g.s.outcome(n, p); g.voided[n] != (v == Spoilt) || (v == Right || v == Wrong) != (g.answers[n][g.s.Players[p].Member] && !g.voided[n]) {
					t.Fatalf("question %d brought member %d %q", n, g.s.Players[p].Member, v)
				}
			}
		}
	})
}

func TestRepeatedEventsChangeNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := anyGame(t)
		g.apply(Start{})
		for range rapid.IntRange(0, 60).Draw(t, "events") {
			g.passTime(t)
			e := g.anyEvent(t)
			g.apply(e)
			switch e := e.(type) {
			case Restarted:
				continue // gives the full time each time
			case Answer:
				if e.Verdict.Mark == grade.Close {
					continue // a second close answer is a second try
				}
			}
			turn, tries := g.s.Turn, len(g.s.Open.Tries)
			g.apply(e)
			if g.s.Turn != turn || len(g.s.Open.Tries) != tries {
				t.Fatalf("%#v counted twice: %+v", e, g.s)
			}
		}
	})
}

func TestTheHintDropsADistractor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := Question{Item: quiz.ItemID(rapid.String().Draw(t, "item")), Seed: rapid.Uint64().Draw(t, "seed"), Options: rapid.IntRange(3, 6).Draw(t, "options")}
		q.Key = rapid.IntRange(0, q.Options-1).Draw(t, "key")
		d := q.dropped() - 1
		if d == q.Key || d < 0 || d >= q.Options {
			t.Fatalf("dropped option %d of %d with key %d", d, q.Options, q.Key)
		}
		if q.dropped()-1 != d {
			t.Fatal("the same item drops another option the second time")
		}
	})
	counts := make([]int, 4)
	for seed := range uint64(3000) {
		q := Question{Item: "summit/swap/choice/size", Seed: seed, Options: 4, Key: 1}
		counts[q.dropped()-1]++
	}
	for i, n := range counts {
		if want := 1000; i != 1 && (n < want-120 || n > want+120) { // 120: more than 4 sigma
			t.Errorf("option %d is dropped %d times of 3000, want about %d", i, n, want)
		}
	}
}

func TestPointsFollowTheFormula(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total := time.Duration(rapid.IntRange(5, 600).Draw(t, "T")) * time.Second
		took := time.Duration(rapid.Int64Range(0, int64(total/time.Microsecond)).Draw(t, "t")) * time.Microsecond
		hinted := rapid.Bool().Draw(t, "hinted")
		over := max(0, took-grace)
		want := 1000 * (1 - 0.5*over.Seconds()/total.Seconds())
		low := 500
		if hinted {
			want, low = want/2, 250
		}
		got := points(Speed, took, total, hinted)
		if d := float64(got) - want; d < -0.5-1e-9 || d > 0.5+1e-9 {
			t.Fatalf("%s of %s: %d points, want %f rounded", took, total, got, want)
		}
		if got < low || got > 2*low {
			t.Fatalf("%s of %s: %d points, want %d to %d", took, total, got, low, 2*low)
		}
	})
}

func TestBoardsShareRanks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s State
		for i := range rapid.IntRange(0, 12).Draw(t, "players") {
			s.Players = append(s.Players, Player{Member: Member(i + 1), Points: rapid.IntRange(0, 4).Draw(t, "points")})
		}
		limit := rapid.IntRange(1, 14).Draw(t, "limit")
		board := s.Board(limit)
		for _, r := range board {
			better := 0
			for _, p := range s.Players {
				if p.Points > r.Player.Points {
					better++
				}
			}
			if r.Rank != better+1 {
				t.Fatalf("rank %d for a player behind %d others", r.Rank, better)
			}
		}
		on := 0
		for _, p := range s.Players {
			better := slices.DeleteFunc(slices.Clone(s.Players), func(o Player) bool { return o.Points <= p.Points })
			if len(better) < limit {
				on++
			}
		}
		if len(board) != on {
			t.Fatalf("%d lines on a board of %d, want %d", len(board), limit, on)
		}
	})
}
