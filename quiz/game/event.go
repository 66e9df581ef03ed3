package game

import (
	"time"

	"summitquiz/quiz/grade"
)

// Event is something that happened: one of the types of this file.
type Event interface{ event() }

// Start shows the start card, or the first question where there is no lead-in.
type Start struct{}

// Delivered says that the post of a question has arrived: its clock starts.
type Delivered struct{ Question int }

// InDoubt says that nobody knows whether the post of a question has arrived: the question is
// void.
type InDoubt struct{ Question int }

// Tick says that time has passed. A tick that is early, late or one too many does no harm.
type Tick struct{}

// Answer is what a member answered.
type Answer struct {
	Member   Member
	Question int
	Option   int           // index of the chosen option; -1: typed
	Verdict  grade.Verdict // of a typed answer; of a chosen one it is found here
	At       time.Time     // received; later than now counts as now

	// Measure is what the rule of a question goes by. Closest: how far the answer is from the key, not
	// negative, with a Close verdict; Many: which of the answers a Right one is, from 1.
	Measure int64
}

// Replay is an answer that was stored before: it is taken as it was counted then, and changes
// nothing if the state holds it already.
type Replay struct{ Record Record }

// Hint asks for the hint of a question. Everybody who may answer may ask.
type Hint struct {
	Member   Member
	Question int
}

// SkipVote is a vote for skipping a question. May says that the member alone decides: the
// starter or a moderator.
type SkipVote struct {
	Member   Member
	Question int
	May      bool
}

// Pause holds the game before its next question. An open question runs to its end first, so
// that a pause gives nobody time to look things up. May: the starter or a moderator.
type Pause struct {
	Member Member
	May    bool
}

// Resume goes on after a pause, or takes back a Pause that has not begun.
type Resume struct {
	Member Member
	May    bool
}

// Stop ends the game; an open question is closed and revealed first, and counts. Member 0 is
// the service itself, such as when the chat is gone. May: the starter or a moderator.
type Stop struct {
	Member Member
	May    bool
}

// Restarted says that the process was restarted: an open question gets its full time again,
// lead-in and gap begin again.
type Restarted struct{}

func (Start) event()     {}
func (Delivered) event() {}
func (InDoubt) event()   {}
func (Tick) event()      {}
func (Answer) event()    {}
func (Replay) event()    {}
func (Hint) event()      {}
func (SkipVote) event()  {}
func (Pause) event()     {}
func (Resume) event()    {}
func (Stop) event()      {}
func (Restarted) event() {}
