package game

import (
	"fmt"
	"strconv"
	"time"

	"summitquiz/quiz"
)

// Member is a person who plays. It is the service's number for them; 0 is nobody.
type Member int64

// Mode says whose answers count and for how long.
type Mode string

// The modes.
const (
	All  Mode = "all"  // everybody has the whole time
	Race Mode = "race" // two seconds after the first right answer the question closes
	Solo Mode = "solo" // only the starter plays
)

// Scoring says what a right answer earns.
type Scoring string

// The scorings.
const (
	Accuracy Scoring = "accuracy" // one point
	Speed    Scoring = "speed"    // 1000 points at once, 500 at the last moment
)

// Settings are what a game is started with.
type Settings struct {
	Questions int     `json:"questions"` // wanted; a small pack may give fewer
	Choice    int     `json:"choice"`    // seconds for a choice question
	Typed     int     `json:"typed"`     // seconds for a typed question
	Mode      Mode    `json:"mode"`
	Scoring   Scoring `json:"scoring"`
	Private   bool    `json:"private,omitempty"` // a chat between one person and the bot
	Starter   Member  `json:"starter"`
}

// The bounds of the settings.
const (
	MinQuestions, MaxQuestions = 1, 50
	MinSeconds, MaxSeconds     = 5, 300
)

// The pauses of a game and the window of a race.
const (
	LeadIn = 5 * time.Second // between the start card and the first question
	Gap    = 4 * time.Second // between a reveal and the next question
	Window = 2 * time.Second // after the first right answer of a race

	// DeliveryLimit is how long a question may be on its way before it counts as in doubt.
	DeliveryLimit = 10 * time.Minute
	// PauseLimit is how long a game stays paused before it ends as abandoned.
	PauseLimit = 10 * time.Minute
	// Silence is how long a starter may do nothing before others may go on without them.
	Silence = time.Minute
	// MaxReading bounds Question.Reading.
	MaxReading = 5 * time.Minute
)

// Defaults returns the settings of a game that was started without any.
func Defaults(starter Member) Settings {
	return Settings{Questions: 10, Choice: 20, Typed: 30, Mode: All, Scoring: Accuracy, Starter: starter}
}

// SettingError says which setting is out of its bounds.
type SettingError struct {
	Setting  string // "questions", "choice", "typed", "mode", "scoring"
	Got      string
	Min, Max int // allowed numbers, both included; 0 and 0 for what is no number
}

// Error returns a sentence for operators.
func (e *SettingError) Error() string {
	if e.Max == 0 {
		return fmt.Sprintf("setting %s: %q is not known", e.Setting, e.Got)
	}
	return fmt.Sprintf("setting %s: %s is not between %d and %d", e.Setting, e.Got, e.Min, e.Max)
}

// Check returns a *SettingError for the first setting that is out of its bounds, or nil.
func (s Settings) Check() error {
	for _, n := range []struct {
		name          string
		got, min, max int
	}{
		{"questions", s.Questions, MinQuestions, MaxQuestions},
		{"choice", s.Choice, MinSeconds, MaxSeconds},
		{"typed", s.Typed, MinSeconds, MaxSeconds},
	} {
		if n.got < n.min || n.got > n.max {
			return &SettingError{n.name, strconv.Itoa(n.got), n.min, n.max}
		}
	}
	switch s.Mode {
	case All, Race, Solo:
	default:
		return &SettingError{Setting: "mode", Got: string(s.Mode)}
	}
	switch s.Scoring {
	case Accuracy, Speed:
	default:
		return &SettingError{Setting: "scoring", Got: string(s.Scoring)}
	}
	return nil
}

// alone reports whether one person plays: then nothing waits for others.
func (s *Settings) alone() bool { return s.Private || s.Mode == Solo }

// leadIn is the time between the start card and the first question.
func (s *Settings) leadIn() time.Duration {
	if s.alone() {
		return 0
	}
	return LeadIn
}

// Question is what a game knows of one of its questions.
type Question struct {
	Item    quiz.ItemID   `json:"item"`
	Seed    uint64        `json:"seed"`
	Form    quiz.Form     `json:"form"`
	Options int           `json:"options,omitempty"` // 0 for the typed form
	Key     int           `json:"key"`               // index of the right option; -1 for the typed form
	Reading time.Duration `json:"reading,omitempty"` // added to the seconds of the form for a long stem, up to MaxReading
	NoHint  bool          `json:"no_hint,omitempty"` // typed form: nothing helps without telling the answer
	Rule    Rule          `json:"rule,omitempty"`    // typed form: how answers are counted; "": the first one
	Answers int           `json:"answers,omitempty"` // rule Many: how many there are
	Clues   int           `json:"clues,omitempty"`   // typed form: how many more clues the hint can show; each takes a point
}

// Rule says how the answers to a typed question are counted.
type Rule string

// The rules beside the usual one.
const (
	Closest Rule = "closest" // one answer each; when the question closes, the nearest are right
	Many    Rule = "many"    // any number of answers each, until all are found or MaxWrong are wrong
)

// MaxWrong is how many wrong answers end the turn of a member under the rule Many.
const MaxWrong = 3

// maxAnswers bounds Question.Answers and Question.Clues.
const maxAnswers = 64

// check returns what is wrong with q.
func (q *Question) check() error {
	switch {
	case q.Reading < 0 || q.Reading > MaxReading:
		return fmt.Errorf("item %s: reading time %s is not between 0 and %s", q.Item, q.Reading, MaxReading)
	case q.Form == quiz.TypedForm && (q.Options != 0 || q.Key != -1):
		return fmt.Errorf("item %s: typed, but has options or a key", q.Item)
	case q.Form == quiz.ChoiceForm && (q.Rule != "" || q.Clues != 0):
		return fmt.Errorf("item %s: a rule or clues for a question with options", q.Item)
	case q.Rule != "" && q.Rule != Closest && q.Rule != Many, (q.Rule == Many) != (q.Answers > 0),
		q.Answers < 0 || q.Answers > maxAnswers, q.Clues < 0 || q.Clues > maxAnswers:
		return fmt.Errorf("item %s: rule %q with %d answers and %d clues", q.Item, q.Rule, q.Answers, q.Clues)
	case q.Form == quiz.ChoiceForm && (q.Options < 2 || q.Key < 0 || q.Key >= q.Options):
		return fmt.Errorf("item %s: key %d is none of %d options", q.Item, q.Key, q.Options)
	}
	return nil
}
