package game

import "summitquiz/quiz/grade"

// Questions with a rule of their own: the closest answer wins, or each member names as many as they
// can. Their tries do not count one by one. When the question closes, or nothing more is to come from a
// member, one more record of the member holds the outcome and the points; so answers stay one row
// each, and an outcome is counted once whatever is replayed.

// ruled takes an answer to a question with a rule.
func (g *turn) ruled(r Record) {
	q := &g.Questions[r.Question]
	if q.Rule == Closest {
		r.Counts = r.Verdict.Mark != grade.Close // what is no number is wrong at once
		if r.Counts {
			r.Verdict.Mark = grade.Wrong
		}
	}
	g.do(r)
	g.take(r)
	if q.Rule == Many && g.through(r.Member, q.Answers) {
		t := g.named(r.Member)
		end := Record{Question: r.Question, Member: r.Member, Try: r.Try + 1, Option: t.Option, Verdict: t.Verdict, Points: t.Points,
			Measure: t.Measure, Counts: true, Lapsed: true, Hinted: r.Hinted, Took: r.Took, At: r.At}
		g.do(end)
		g.take(end)
	}
	if g.answered() {
		g.close(Closed)
		g.follow()
	}
}

// refuseRuled is why a further answer to a question with a rule is not taken; "" when it is.
func (g *turn) refuseRuled(a Answer) Code {
	rule := g.Questions[a.Question].Rule
	for i := range g.Open.Tries {
		t := &g.Open.Tries[i]
		switch {
		case t.Member != a.Member:
		case rule == Closest:
			return AlreadyAnswered
		case rule == Many && a.Verdict.Mark == grade.Right && t.Verdict.Mark == grade.Right && t.Measure == a.Measure:
			return AlreadyNamed
		}
	}
	return ""
}

// Named returns how many answers of the open question a member has found, and how many of theirs were
// wrong, under the rule Many.
func (s *State) Named(m Member) (found, wrong int) {
	for i := range s.Open.Tries {
		switch t := &s.Open.Tries[i]; {
		case t.Member != m || t.Counts:
		case t.Verdict.Mark == grade.Right:
			found++
		case t.Verdict.Mark == grade.Wrong:
			wrong++
		}
	}
	return found, wrong
}

// through reports whether a member has found all answers or been wrong too often.
func (g *turn) through(m Member, answers int) bool {
	found, wrong := g.Named(m)
	return found >= answers || wrong >= MaxWrong
}

// namedPoints is what each found answer earns where speed is scored otherwise.
const namedPoints = 200

// named is the outcome of a member under the rule Many: a point for each answer that was found.
func (g *turn) named(m Member) Try {
	found, _ := g.Named(m)
	t := Try{Member: m, Option: -1, Verdict: grade.Verdict{Mark: grade.Wrong, Reason: grade.OtherName}, Points: found, Counts: true, Measure: int64(found)}
	if found > 0 {
		t.Verdict = grade.Verdict{Mark: grade.Right, Reason: grade.Matched}
	}
	if g.Settings.Scoring == Speed {
		t.Points = found * namedPoints
	}
	return t
}

// aloneWithin is how far from the key, in millionths of it, the answer of somebody who plays alone may
// be: with nobody else to be nearer, any would win.
const aloneWithin = 250_000

// nearest is the smallest distance from the key; -1 where there is no number.
func (g *turn) nearest() int64 {
	best := int64(-1)
	for i := range g.Open.Tries {
		if t := &g.Open.Tries[i]; !t.Counts && (best < 0 || t.Measure < best) {
			best = t.Measure
		}
	}
	return best
}

// decide turns an answer under the rule Closest into its outcome.
func (g *turn) decide(t *Try, best int64) {
	if t.Measure > best || g.Settings.alone() && t.Measure > aloneWithin {
		t.Verdict = grade.Verdict{Mark: grade.Wrong, Reason: t.Verdict.Reason}
		return
	}
	t.Verdict = grade.Verdict{Mark: grade.Right, Reason: grade.Matched}
	t.Points = points(g.Settings.Scoring, 0, g.Time(g.Current()), g.Open.Hinted)
}

// laddered is what a right answer earns where clues are shown one by one: for accuracy a point more for
// each clue that was not needed, for speed a part of the points.
func laddered(s Scoring, points, clues, shown int) int {
	switch {
	case clues == 0:
		return points
	case s == Speed:
		return points * (clues + 1 - shown) / (clues + 1)
	}
	return clues + 1 - shown
}
