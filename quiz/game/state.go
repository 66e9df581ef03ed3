package game

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"summitquiz/quiz"
	"summitquiz/quiz/grade"
)

// State is a game at one moment. It is plain data: its JSON gives the same State back. Times
// are UTC in whole microseconds.
type State struct {
	Settings  Settings   `json:"settings"`
	Questions []Question `json:"questions"`

	// Turn grows with every change that a replay of answers does not bring back: a snapshot is
	// stored when it has grown.
	Turn  int   `json:"turn"`
	Phase Phase `json:"phase"`
	// Until is when the game wants a Tick: the end of the lead-in, of the open question, of the
	// gap, or of the patience with a delivery or a pause. Zero before the start and after the end.
	Until      time.Time `json:"until,omitzero"`
	Pausing    bool      `json:"pausing,omitempty"`    // pauses when the open question has closed
	Unanswered int       `json:"unanswered,omitempty"` // questions in a row that nobody tried

	Open    Open     `json:"open,omitzero"`     // the question that is asked or open; zero in other phases
	Results []Result `json:"results,omitempty"` // of the questions that are over, in order
	Players []Player `json:"players,omitempty"` // in the order in which they joined: by their first answer

	// Seen is when the starter last did something that changed the game.
	Seen time.Time `json:"seen,omitzero"`

	End     End    `json:"end,omitempty"`     // why the game ended; "" while it runs
	Stopper Member `json:"stopper,omitempty"` // who stopped it; 0: nobody, or the service itself
}

// Phase is where a game stands.
type Phase string

// The phases. A question goes from Asked by Open to Between; a game ends in Ended.
const (
	Ready   Phase = ""        // made, not started
	Leading Phase = "lead-in" // the start card is up
	Asked   Phase = "asked"   // a question is on its way and not yet reported as delivered
	Opened  Phase = "open"    // a question can be answered
	Between Phase = "gap"     // a question is closed and revealed, the next one follows
	Paused  Phase = "paused"  // between questions, until somebody resumes
	Ended   Phase = "ended"
)

// Open is the question that is asked or open.
type Open struct {
	Since   time.Time `json:"since,omitzero"`    // its clock started then; zero: not yet delivered
	Tries   []Try     `json:"tries,omitempty"`   // in the order in which they came
	Active  []Member  `json:"active,omitempty"`  // who answered one of the last two questions; ascending
	Waiting int       `json:"waiting,omitempty"` // active players and holders of a close answer without a counted one
	First   Member    `json:"first,omitempty"`   // whose right answer came first
	Hinted  bool      `json:"hinted,omitempty"`
	Dropped int       `json:"dropped,omitempty"` // 1 + index of the option that the hint dropped; 0: none
	Clues   int       `json:"clues,omitempty"`   // how many more clues the hint has shown
	Votes   []Member  `json:"votes,omitempty"`   // for skipping, in the order in which they came
}

// Try is one try of a member at the open question.
type Try struct {
	Member  Member        `json:"member"`
	Option  int           `json:"option"` // index of the chosen option; -1: typed
	Verdict grade.Verdict `json:"verdict"`
	Points  int           `json:"points,omitempty"`
	Counts  bool          `json:"counts,omitempty"`  // false: close, and one more try is left; or not yet decided by the rule
	Measure int64         `json:"measure,omitempty"` // as Answer.Measure
}

// Result is what came of a question.
type Result struct {
	How     How    `json:"how"`
	Hinted  bool   `json:"hinted,omitempty"`
	Dropped int    `json:"dropped,omitempty"` // as Open.Dropped
	First   Member `json:"first,omitempty"`   // whose right answer came first; 0: nobody's
	Picks   []int  `json:"picks,omitempty"`   // per option, how many chose it; empty when typed or void
	Marks   string `json:"marks,omitempty"`   // one Outcome for each of the players of that time, in their order
}

// How is how a question came to its end.
type How string

// The ends of a question.
const (
	Closed  How = "closed"
	Skipped How = "skipped" // by vote or by the starter; answers given before count
	Void    How = "void"    // its delivery was in doubt; it scores for nobody
)

// Player is a member who has answered.
type Player struct {
	Member   Member `json:"member"`
	Points   int    `json:"points,omitempty"`
	Right    int    `json:"right,omitempty"`
	Answered int    `json:"answered"` // counted answers, right or wrong
}

// End is why a game ended.
type End string

// The ends of a game.
const (
	Finished  End = "finished"  // all questions were asked
	Stopped   End = "stopped"   // by Stopper
	Abandoned End = "abandoned" // nobody tried three questions in a row, or nobody resumed
)

// New returns a game that is ready to start. It returns a *SettingError for settings out of
// bounds, and an error for a question that cannot be asked or when there are none or more
// than wanted.
func New(settings Settings, questions []Question) (State, error) {
	if err := settings.Check(); err != nil {
		return State{}, err
	}
	if len(questions) == 0 {
		return State{}, errors.New("a game without questions")
	}
	if len(questions) > settings.Questions {
		return State{}, fmt.Errorf("%d questions for a game of %d", len(questions), settings.Questions)
	}
	for i := range questions {
		if err := questions[i].check(); err != nil {
			return State{}, err
		}
	}
	return State{Settings: settings, Questions: slices.Clone(questions)}, nil
}

// Current returns the index of the question that is asked or open or, between questions, of
// the one that was last; -1 before the first.
func (s *State) Current() int {
	if s.Phase == Asked || s.Phase == Opened {
		return len(s.Results)
	}
	return len(s.Results) - 1
}

// Time returns how long question n is open: the seconds of its form and its reading time.
func (s *State) Time(n int) time.Duration {
	q := &s.Questions[n]
	seconds := s.Settings.Choice
	if q.Form == quiz.TypedForm {
		seconds = s.Settings.Typed
	}
	return time.Duration(seconds)*time.Second + q.Reading
}

// Status is how a question stands in its post.
type Status string

// The states of a question.
const (
	Unasked       Status = "unasked"
	OnItsWay      Status = "on-its-way" // asked, not yet reported as delivered
	CanBeAnswered Status = "open"
	Revealed      Status = "revealed"
	Voided        Status = "void"
)

// Status returns how question n stands.
func (s *State) Status(n int) Status {
	switch {
	case n < 0 || n > len(s.Results):
		return Unasked
	case n < len(s.Results) && s.Results[n].How == Void:
		return Voided
	case n < len(s.Results):
		return Revealed
	case s.Phase == Asked:
		return OnItsWay
	case s.Phase == Opened:
		return CanBeAnswered
	default:
		return Unasked
	}
}
