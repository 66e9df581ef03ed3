package game

import (
	"slices"
	"time"
)

// Apply returns the state after e and what must be done. now is the time at which e is
// applied; it may jump in both directions.
//
// s stays as it is: Apply may be called on it again, with the same or another event, and every
// history goes on by itself. No event is an error: what makes no sense in a state gives the same
// state, and a Tell where a member waits for a reply.
func Apply(s State, e Event, now time.Time) (State, []Effect) {
	g := turn{State: s, now: exact(now)}
	g.share()
	switch e := e.(type) {
	case Start:
		g.start()
	case Delivered:
		if g.Phase == Asked && g.Current() == e.Question {
			g.open()
		}
	case InDoubt:
		if (g.Phase == Asked || g.Phase == Opened) && g.Current() == e.Question {
			g.void()
			g.follow()
		}
	case Tick:
		if !g.pass() && !g.Until.IsZero() {
			g.do(Timer{g.Until}) // the tick came early
		}
	case Answer:
		g.answer(e)
	case Replay:
		g.replay(e.Record)
	case Hint:
		g.pass()
		g.hint(e)
	case SkipVote:
		g.pass()
		g.vote(e)
	case Pause:
		g.pass()
		g.pause(e)
	case Resume:
		g.pass()
		g.resume(e)
	case Stop:
		g.pass()
		g.stop(e)
	case Restarted:
		if g.Phase != Ready && g.Phase != Ended {
			g.again()
		}
	}
	return g.State, g.effects
}

// exact is t as a State holds it.
func exact(t time.Time) time.Time { return t.UTC().Round(0).Truncate(time.Microsecond) }

// turn is one call of Apply: the state on its way and the effects so far.
type turn struct {
	State
	now     time.Time
	effects []Effect
}

// share keeps what this call appends out of the state that it began with: both hold the same lists,
// and the first append makes a copy.
func (g *turn) share() {
	g.Results, g.Players = slices.Clip(g.Results), slices.Clip(g.Players)
	g.Open.Tries, g.Open.Votes, g.Open.Active = slices.Clip(g.Open.Tries), slices.Clip(g.Open.Votes), slices.Clip(g.Open.Active)
}

func (g *turn) do(e ...Effect) { g.effects = append(g.effects, e...) }

// tell answers a member; the service needs none.
func (g *turn) tell(m Member, c Code, question int) {
	if m != 0 {
		g.do(Tell{m, c, question})
	}
}

// enter changes the phase and waits in it.
func (g *turn) enter(p Phase, wait time.Duration) {
	g.Phase = p
	g.wait(wait)
}

// wait sets the timer of the phase.
func (g *turn) wait(d time.Duration) {
	g.Turn++
	g.Until = g.now.Add(d)
	g.do(Timer{g.Until})
}

// patience is how long the phase waits from its beginning.
func (g *turn) patience() time.Duration {
	switch g.Phase {
	case Leading:
		return g.Settings.leadIn()
	case Asked:
		return DeliveryLimit
	case Opened:
		if g.Settings.Mode == Race && g.Open.First != 0 {
			return Window
		}
		return g.Time(g.Current())
	case Between:
		return Gap
	default:
		return PauseLimit
	}
}

// skew is by how much the clocks of two machines may differ unnoticed.
const skew = 2 * time.Second

// pass does what is due and reports whether anything was.
func (g *turn) pass() bool {
	switch {
	case g.Until.IsZero():
		return false
	case g.Until.Sub(g.now) > g.patience()+skew:
		g.again() // the clock was set back: without this the phase would wait as much longer
	case g.now.Before(g.Until):
		return false
	case g.Phase == Leading, g.Phase == Between:
		g.ask()
	case g.Phase == Asked:
		g.void()
		g.follow()
	case g.Phase == Opened:
		g.close(Closed)
		g.follow()
	default:
		g.finish(Abandoned, 0)
	}
	return true
}

// again begins the waiting of the phase anew.
func (g *turn) again() {
	if g.Phase == Opened {
		g.Open.Since = g.now
	}
	g.wait(g.patience())
	switch g.Phase {
	case Leading:
		g.do(EditStart{})
	case Opened:
		g.do(EditQuestion{g.Current(), CountdownSet})
	}
}

func (g *turn) start() {
	if g.Phase != Ready {
		return
	}
	g.Seen = g.now
	g.do(PostStart{})
	if g.Settings.leadIn() == 0 {
		g.ask()
		return
	}
	g.enter(Leading, g.Settings.leadIn())
}

// ask sends the next question on its way.
func (g *turn) ask() {
	active := g.active()
	g.Open = Open{Active: active, Waiting: len(active)}
	g.enter(Asked, DeliveryLimit)
	g.do(PostQuestion{g.Current()})
}

// active returns who answered one of the last two questions that count, ascending.
func (s *State) active() []Member {
	var last []string
	for i := len(s.Results) - 1; i >= 0 && len(last) < 2; i-- {
		if r := &s.Results[i]; r.How != Void {
			last = append(last, r.Marks)
		}
	}
	var who []Member
	for p := range s.Players {
		for _, marks := range last {
			if p < len(marks) && Outcome(marks[p]) != Missed {
				who = append(who, s.Players[p].Member)
				break
			}
		}
	}
	slices.Sort(who)
	return who
}

// open starts the clock of the question that was asked.
func (g *turn) open() {
	g.Open.Since = g.now
	g.enter(Opened, g.Time(g.Current()))
	g.do(EditQuestion{g.Current(), CountdownSet}, Expose{g.Current()})
}

// void ends a question that may never have arrived.
func (g *turn) void() {
	n := g.Current()
	g.do(VoidQuestion{n})
	if g.Phase == Asked {
		g.do(Expose{n}) // it may have been seen
	}
	g.Results = append(g.Results, Result{How: Void})
}

// close ends the open question and counts its points.
func (g *turn) close(how How) {
	n := g.Current()
	tried := len(g.Open.Tries) > 0
	g.lapse()
	g.count(how)
	g.do(Reveal{n})
	if tried || how == Skipped {
		g.Unanswered = 0
	} else {
		g.Unanswered++
	}
}

// The limits of questions in a row that nobody tried.
const (
	warnAfter = 2
	stopAfter = 3
)

// follow goes on after a question that is over.
func (g *turn) follow() {
	g.Open = Open{}
	switch {
	case len(g.Results) == len(g.Questions):
		g.finish(Finished, 0)
	case g.Unanswered >= stopAfter:
		g.finish(Abandoned, 0)
	case g.Pausing:
		g.Pausing = false
		g.enter(Paused, PauseLimit)
		g.do(Say{HasPaused})
	default:
		g.enter(Between, Gap)
		if g.Unanswered == warnAfter && g.Results[len(g.Results)-1].How == Closed {
			g.do(Say{NobodyAnswers})
		}
	}
}

// finish ends the game.
func (g *turn) finish(why End, by Member) {
	if g.Phase == Leading || len(g.Results) == 0 && g.Phase == Paused {
		g.do(EditStart{})
	}
	g.Phase, g.End, g.Stopper = Ended, why, by
	g.Open, g.Pausing, g.Until = Open{}, false, time.Time{}
	g.Turn++
	g.do(Timer{}, PostEnd{})
}
