package game

import (
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"time"

	"summitquiz/quiz"
)

// closed is what a member is told who means question n when it cannot be answered; "" when it
// can.
func (g *turn) closed(n int) Code {
	switch {
	case n < 0 || n > g.Current():
		return TooEarly
	case n < len(g.Results) && g.Results[n].How == Void:
		return IsVoid
	case n < len(g.Results):
		return TooLate
	default:
		return ""
	}
}

// outsider reports whether m has no part in the game.
func (g *turn) outsider(m Member) bool {
	return g.Settings.Mode == Solo && m != g.Settings.Starter
}

func (g *turn) hint(e Hint) {
	q := e.Question
	tell := func(c Code) { g.tell(e.Member, c, q) }
	switch no := g.closed(q); {
	case no != "":
		tell(no)
	case g.outsider(e.Member):
		tell(NotYourGame)
	case g.Questions[q].Clues > 0:
		g.clue(e)
	case g.Open.Hinted:
		tell(HintUsed)
	case g.Questions[q].NoHint || g.Questions[q].Form == quiz.ChoiceForm && g.Questions[q].Options < 3:
		tell(NoHint)
	case g.Phase == Asked:
		tell(TooEarly) // its post cannot be edited yet
	default:
		g.Turn++
		g.saw(e.Member, g.now)
		g.Open.Hinted, g.Open.Dropped = true, g.Questions[q].dropped()
		g.do(EditQuestion{q, HintShown})
	}
}

// clue shows the next clue of a question that has a ladder of them.
func (g *turn) clue(e Hint) {
	switch {
	case g.Open.Clues >= g.Questions[e.Question].Clues:
		g.tell(e.Member, HintUsed, e.Question)
	case g.Phase == Asked:
		g.tell(e.Member, TooEarly, e.Question)
	default:
		g.Turn++
		g.saw(e.Member, g.now)
		g.Open.Clues++
		g.do(EditQuestion{e.Question, HintShown})
	}
}

// dropped returns 1 + the index of the option that a hint drops: one of the distractors, drawn
// from the item's seed; 0 for a typed question.
func (q *Question) dropped() int {
	if q.Form == quiz.TypedForm {
		return 0
	}
	h := fnv.New64a()
	h.Write([]byte(q.Item))
	i := rand.New(rand.NewPCG(q.Seed, h.Sum64())).IntN(q.Options - 1)
	if i >= q.Key {
		i++
	}
	return i + 1
}

func (g *turn) vote(e SkipVote) {
	tell := func(c Code) { g.tell(e.Member, c, e.Question) }
	switch no := g.closed(e.Question); {
	case no != "":
		tell(no)
		return
	case g.Phase == Asked:
		tell(TooEarly)
		return
	case e.May:
		g.saw(e.Member, g.now)
		g.close(Skipped)
		g.follow()
		return
	case g.outsider(e.Member):
		tell(NotYourGame)
		return
	case !g.plays(e.Member):
		tell(NotPlaying)
		return
	case slices.Contains(g.Open.Votes, e.Member):
		tell(AlreadyVoted)
		return
	}
	g.Turn++
	g.saw(e.Member, g.now)
	g.Open.Votes = append(g.Open.Votes, e.Member)
	if have, need := g.Votes(); have >= need {
		g.close(Skipped)
		g.follow()
		return
	}
	tell(VoteCounted)
	g.do(EditQuestion{e.Question, VoteCountedIn})
}

// saw notes that a member did something that changes the game.
func (g *turn) saw(m Member, at time.Time) {
	if m == g.Settings.Starter && at.After(g.Seen) {
		g.Seen = at
	}
}

// MayGoOn reports whether m may resume, skip and stop as the starter may: m answered one of the last
// two questions or tries the open one, and the starter has left or has done nothing for Silence.
func (s *State) MayGoOn(m Member, left bool, now time.Time) bool {
	if s.Settings.Mode == Solo || !left && now.Sub(s.Seen) < Silence {
		return false
	}
	if s.Phase == Asked || s.Phase == Opened {
		return s.plays(m)
	}
	return slices.Contains(s.active(), m)
}

// plays reports whether m is active or has tried the open question.
func (s *State) plays(m Member) bool {
	_, active := slices.BinarySearch(s.Open.Active, m)
	return active || slices.ContainsFunc(s.Open.Tries, func(t Try) bool { return t.Member == m })
}

// Votes returns how many votes for skipping the open question has, and how many it needs: more
// than half of those who are active or have tried it.
func (s *State) Votes() (have, need int) {
	players := slices.Clone(s.Open.Active)
	for i := range s.Open.Tries {
		players = append(players, s.Open.Tries[i].Member)
	}
	slices.Sort(players)
	return len(s.Open.Votes), len(slices.Compact(players))/2 + 1
}

func (g *turn) pause(e Pause) {
	tell := func(c Code) { g.tell(e.Member, c, -1) }
	switch {
	case g.Phase == Ready || g.Phase == Ended:
		tell(TooLate)
	case !e.May:
		tell(NotAllowed)
	case g.Phase == Paused || g.Pausing:
		tell(AlreadyPaused)
	case g.Phase == Asked || g.Phase == Opened:
		g.Turn++
		g.saw(e.Member, g.now)
		g.Pausing = true
		g.do(Say{WillPause})
	default:
		leading := g.Phase == Leading
		g.saw(e.Member, g.now)
		g.enter(Paused, PauseLimit)
		if leading {
			g.do(EditStart{})
		}
		g.do(Say{HasPaused})
	}
}

func (g *turn) resume(e Resume) {
	tell := func(c Code) { g.tell(e.Member, c, -1) }
	switch {
	case g.Phase == Ready || g.Phase == Ended:
		tell(TooLate)
	case !e.May:
		tell(NotAllowed)
	case g.Pausing:
		g.Turn++
		g.saw(e.Member, g.now)
		g.Pausing = false
		g.do(Say{GoesOn})
	case g.Phase != Paused:
		tell(NotPaused)
	case len(g.Results) == 0:
		g.saw(e.Member, g.now)
		g.enter(Leading, g.Settings.leadIn())
		g.do(Say{GoesOn}, EditStart{})
	default:
		g.Unanswered = 0 // somebody is there
		g.saw(e.Member, g.now)
		g.enter(Between, Gap)
		g.do(Say{GoesOn})
	}
}

func (g *turn) stop(e Stop) {
	switch {
	case g.Phase == Ended:
		g.tell(e.Member, TooLate, -1)
		return
	case !e.May:
		g.tell(e.Member, NotAllowed, -1)
		return
	}
	switch g.Phase {
	case Asked:
		g.void()
	case Opened:
		g.close(Closed)
	}
	g.finish(Stopped, e.Member)
}
