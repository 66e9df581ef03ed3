package game

import (
	"time"

	"summitquiz/quiz/grade"
)

// Effect is something to be done: one of the types of this file. Effects stand in the order
// in which they are to be done.
type Effect interface{ effect() }

// PostStart posts the start card; its countdown ends at State.Until.
type PostStart struct{}

// EditStart renews the start card: its countdown was held, began again, or is over.
type EditStart struct{}

// PostQuestion posts a question. Delivered or InDoubt is expected in return.
type PostQuestion struct{ Question int }

// EditQuestion renews the post of an open question; Why says what changed.
type EditQuestion struct {
	Question int
	Why      Why
}

// Why is what changed in the post of a question.
type Why string

// The changes. A service whose posts count down by themselves may leave CountdownSet out.
const (
	CountdownSet  Why = "countdown" // State.Until is known now, moved to the window of a race, or began again
	HintShown     Why = "hint"      // Open.Hinted, Open.Dropped
	VoteCountedIn Why = "vote"      // Open.Votes
)

// Reveal shows what was right in a question that is over.
type Reveal struct{ Question int }

// VoidQuestion says in the chat that a question does not count. What was stored of its answers
// scores nothing.
type VoidQuestion struct{ Question int }

// Expose notes that a question was seen.
type Expose struct{ Question int }

// Say says a short thing to the chat.
type Say struct{ Notice Notice }

// Notice is what is said to the chat.
type Notice string

// The notices.
const (
	NobodyAnswers Notice = "nobody-answers" // two questions in a row; the game stops after the third
	WillPause     Notice = "will-pause"     // after the open question
	HasPaused     Notice = "paused"
	GoesOn        Notice = "goes-on"
)

// PostEnd posts the board: State.End says why, Board who won.
type PostEnd struct{}

// Tell answers a member privately. An answer that was taken is told by its Record instead.
type Tell struct {
	Member   Member
	Code     Code
	Question int // the question that the member meant; -1: none
}

// Code is what a member is told.
type Code string

// The codes.
const (
	TooLate         Code = "too-late"         // the question is closed
	TooEarly        Code = "too-early"        // the question has not been asked
	IsVoid          Code = "void"             // the question does not count
	AlreadyAnswered Code = "already-answered" // the first answer counts
	NoSuchOption    Code = "no-such-option"   // the question has no option of that number, or wants the other form
	NotYourGame     Code = "not-your-game"    // a solo game of somebody else
	NotAllowed      Code = "not-allowed"      // starter and moderators only
	HintUsed        Code = "hint-used"        // one hint a question
	NoHint          Code = "no-hint"          // dropping one of two options would show the key
	NotPlaying      Code = "not-playing"      // only active players vote
	VoteCounted     Code = "vote-counted"     // State.Votes has the numbers
	AlreadyVoted    Code = "already-voted"
	AlreadyPaused   Code = "already-paused"
	NotPaused       Code = "not-paused"
	AlreadyNamed    Code = "already-named" // rule Many: this answer was given
)

// Timer asks for a Tick at a time and replaces the timer before; a zero time takes it away.
type Timer struct{ At time.Time }

// Record stores one try of a member. Its reply follows from it: a close verdict that does not
// count has one more try.
type Record struct {
	Question int
	Member   Member
	Try      int // 0, or 1 after a close one; under a rule any number
	Option   int // as Answer.Option
	Verdict  grade.Verdict
	Points   int
	Counts   bool          // right, wrong, or the second try
	Lapsed   bool          // the question closed before the second try: made without the member, never replied to
	Hinted   bool          // the hint was shown before
	Took     time.Duration // since the question was delivered, from 0 to its time, whole microseconds
	At       time.Time     // received, UTC, whole microseconds
	Measure  int64         // as Answer.Measure
}

func (PostStart) effect()    {}
func (EditStart) effect()    {}
func (PostQuestion) effect() {}
func (EditQuestion) effect() {}
func (Reveal) effect()       {}
func (VoidQuestion) effect() {}
func (Expose) effect()       {}
func (Say) effect()          {}
func (PostEnd) effect()      {}
func (Tell) effect()         {}
func (Timer) effect()        {}
func (Record) effect()       {}
