package game

import (
	"slices"
	"time"

	"summitquiz/quiz"
	"summitquiz/quiz/grade"
)

// answer counts what a member answered, or says why it does not count.
func (g *turn) answer(a Answer) {
	at := exact(a.At)
	if at.After(g.now) {
		at = g.now
	}
	if g.Phase == Opened && at.After(g.Until) {
		g.close(Closed) // its tick is late
		g.follow()
	}
	try, counted := g.tries(a.Member)
	if no := g.refuse(a, counted); no != "" {
		g.tell(a.Member, no, a.Question)
		return
	}
	if g.Phase == Asked {
		g.open() // who answers has seen it: its post has arrived
	}
	r := Record{
		Question: a.Question, Member: a.Member, Try: try, Option: a.Option, Verdict: a.Verdict, At: at,
		Hinted: g.Open.Hinted, Took: g.took(at), Measure: a.Measure,
	}
	q := &g.Questions[a.Question]
	if q.Rule != "" {
		g.ruled(r)
		return
	}
	if q.Form == quiz.ChoiceForm {
		r.Verdict = grade.Verdict{Mark: grade.Wrong, Reason: grade.OtherOption}
		if a.Option == q.Key {
			r.Verdict = grade.Verdict{Mark: grade.Right, Reason: grade.Matched}
		}
	}
	r.Counts = r.Verdict.Mark != grade.Close || r.Try > 0
	if r.Verdict.Mark == grade.Right {
		r.Points = points(g.Settings.Scoring, r.Took, g.Time(a.Question), r.Hinted)
		r.Points = laddered(g.Settings.Scoring, r.Points, q.Clues, g.Open.Clues)
	}
	raced := g.Settings.Mode == Race && g.Open.First == 0 && r.Verdict.Mark == grade.Right
	g.do(r)
	g.take(r)
	switch {
	case g.answered():
		g.close(Closed)
		g.follow()
	case raced:
		g.do(Timer{g.Until}, EditQuestion{a.Question, CountdownSet})
	}
}

// refuse is why an answer does not count; "" when it does.
func (g *turn) refuse(a Answer, counted bool) Code {
	if g.outsider(a.Member) {
		return NotYourGame
	}
	if no := g.closed(a.Question); no != "" {
		return no
	}
	q := &g.Questions[a.Question]
	if q.Form == quiz.ChoiceForm && (a.Option < 0 || a.Option >= q.Options) || q.Form == quiz.TypedForm && a.Option != -1 {
		return NoSuchOption
	}
	if counted {
		return AlreadyAnswered
	}
	return g.refuseRuled(a)
}

// tries returns how often m has tried the open question, and whether one of the tries counts.
func (g *turn) tries(m Member) (n int, counted bool) {
	for i := range g.Open.Tries {
		if t := &g.Open.Tries[i]; t.Member == m {
			n, counted = n+1, t.Counts
		}
	}
	return n, counted
}

// replay takes a stored try as it was counted then, unless the state holds it already.
func (g *turn) replay(r Record) {
	if g.Phase != Opened || r.Question != g.Current() {
		return // it stands in the results
	}
	if tries, _ := g.tries(r.Member); tries == r.Try {
		g.take(r)
	}
}

// take appends a try to the open question.
func (g *turn) take(r Record) {
	g.saw(r.Member, r.At)
	g.Open.Tries = append(g.Open.Tries, Try{r.Member, r.Option, r.Verdict, r.Points, r.Counts, r.Measure})
	_, active := slices.BinarySearch(g.Open.Active, r.Member)
	rule := g.Questions[g.Current()].Rule
	done := r.Counts || rule == Closest // nothing more is expected of them
	switch {
	case !done && !active && r.Try == 0:
		g.Open.Waiting++
	case done && (active || r.Try > 0):
		g.Open.Waiting--
	}
	if r.Verdict.Mark != grade.Right || !r.Counts || g.Open.First != 0 {
		return
	}
	g.Open.First = r.Member
	if end := r.At.Add(Window); g.Settings.Mode == Race && end.Before(g.Until) {
		g.Until = end
	}
}

// took is how long the open question had been open at a time, within its bounds.
func (g *turn) took(at time.Time) time.Duration {
	return min(max(at.Sub(g.Open.Since), 0), g.Time(g.Current()))
}

// answered reports whether nobody is waited for any more.
func (g *turn) answered() bool {
	if g.Open.Waiting > 0 {
		return false
	}
	// In the first two questions newcomers are still looking for the buttons.
	return g.Settings.alone() || len(g.Results) >= 2 && len(g.Open.Active) > 0
}

// lapse counts what was not counted when the question closes: close answers whose second try never
// came are wrong, and the rest is as the rule of the question says.
func (g *turn) lapse() {
	q := &g.Questions[g.Current()]
	best := g.nearest()
	for _, t := range g.Open.Tries { // as they are now, without those that are appended
		if t.Counts {
			continue
		}
		tries, counted := g.tries(t.Member)
		if counted {
			continue
		}
		switch q.Rule {
		case Closest:
			g.decide(&t, best)
		case Many:
			t = g.named(t.Member)
		default:
			t.Verdict.Mark = grade.Wrong
		}
		t.Counts = true
		if t.Verdict.Mark == grade.Right && g.Open.First == 0 {
			g.Open.First = t.Member
		}
		g.Open.Tries = append(g.Open.Tries, t)
		g.do(Record{
			Question: g.Current(), Member: t.Member, Try: tries, Option: t.Option, Verdict: t.Verdict, Points: t.Points, Measure: t.Measure,
			Counts: true, Lapsed: true, Hinted: g.Open.Hinted, Took: g.took(g.now), At: g.now,
		})
	}
}

// count turns the tries of the open question into its result and the points of the players.
func (g *turn) count(how How) {
	players := slices.Clone(g.Players)
	place := make(map[Member]int, len(players)+len(g.Open.Tries))
	for i := range players {
		place[players[i].Member] = i
	}
	marks := make([]byte, len(players), len(players)+len(g.Open.Tries))
	for i := range marks {
		marks[i] = byte(Missed)
	}
	r := Result{How: how, Hinted: g.Open.Hinted, Dropped: g.Open.Dropped, First: g.Open.First}
	if n := g.Questions[g.Current()].Options; n > 0 {
		r.Picks = make([]int, n)
	}
	for i := range g.Open.Tries {
		t := &g.Open.Tries[i]
		if !t.Counts {
			continue
		}
		at, known := place[t.Member]
		if !known {
			at = len(players)
			players = append(players, Player{Member: t.Member})
			marks = append(marks, byte(Missed))
		}
		p := &players[at]
		p.Answered++
		p.Points += t.Points
		marks[at] = byte(Wrong)
		if t.Verdict.Mark == grade.Right {
			p.Right++
			marks[at] = byte(Right)
		}
		if t.Option >= 0 {
			r.Picks[t.Option]++
		}
	}
	r.Marks = string(marks)
	g.Players = players
	g.Results = append(g.Results, r)
}

// grace is taken off every time before speed counts: the transport of a message is nobody's
// merit.
const grace = 1500 * time.Millisecond

// MostPoints is what a right answer earns at once when speed counts.
const MostPoints = 1000

// points is what a right answer earns that took d of t: one point, or for speed
// full·(1 − ½·max(0, d − grace)/t), half up, where full is 1000, or 500 after a hint.
func points(s Scoring, d, t time.Duration, hinted bool) int {
	if s != Speed {
		return 1
	}
	full := int64(MostPoints)
	if hinted {
		full = 500
	}
	over := min(max(int64(d-grace), 0), int64(t))
	whole := 2 * int64(t)
	return int((2*full*(whole-over) + whole) / (2 * whole))
}
