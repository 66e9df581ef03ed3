// Package quiz holds the words of a question: the item, its stem, its options, its key, and
// what a grader has to know of the key. It promises that an item says nothing about language
// and a view says everything in one language; it refuses to make or to grade anything.
package quiz

import (
	"strings"

	"summitquiz/content"
	"summitquiz/content/language"
)

// Kind is the kind of a question.
type Kind uint8

// The kinds.
const (
	Choice Kind = iota
	TrueFalse
	Typed
	Cloze
	WhoSaid
	Number
	Date
	Order
	Match
	WhichNot  // one option does not fit where the others do
	OddOneOut // three options have something in common
	Extreme   // the largest or earliest of two to four
	Timeline  // the place of an event among others
	TwoFacts  // the one thing that two facts are true of
	Closest   // a number of which the nearest answer wins
	WhoAmI    // clues one by one
	NameMany  // as many of the right answers as one can name
	KindCount = 17
)

var kindNames = [KindCount]string{"choice", "true-false", "typed", "cloze", "who-said", "number", "date", "order", "match",
	"which-not", "odd-one-out", "extreme", "timeline", "two-facts",
	"closest", "who-am-i", "name-many"}

// String returns the name of the kind, such as "true-false".
func (k Kind) String() string { return kindNames[k] }

// ParseKind returns the kind named s.
func ParseKind(s string) (Kind, bool) {
	for i, n := range kindNames {
		if n == s {
			return Kind(i), true
		}
	}
	return 0, false
}

// Form is how an item is answered.
type Form uint8

// The two forms.
const (
	ChoiceForm Form = iota
	TypedForm
)

// String returns "choice" or "typed".
func (f Form) String() string {
	if f == TypedForm {
		return "typed"
	}
	return "choice"
}

// Arranged reports whether options of the kind show how things stand to each other, and not one value each.
func (k Kind) Arranged() bool { return k == Order || k == Match || k == Timeline }

// Live reports whether items of the kind need a game that is played live: answers that are compared
// with each other, clues that are shown one by one, or several answers of one person. A day's quiz and
// a flashcard ask none.
func (k Kind) Live() bool { return k == Closest || k == WhoAmI || k == NameMany }

// Form returns the form in which items of the kind are answered.
func (k Kind) Form() Form {
	switch k {
	case Typed, Cloze, Number, Date, Closest, WhoAmI, NameMany:
		return TypedForm
	default:
		return ChoiceForm
	}
}

// ItemID names an item for ever: FactID + "/" + kind + "/" + the asked field. It holds no
// language, no seed and no version.
type ItemID string

// Parts returns the fact and the kind of an item; false for what is no ItemID.
func (id ItemID) Parts() (fact content.FactID, kind Kind, ok bool) {
	field := strings.LastIndexByte(string(id), '/')
	if field < 0 {
		return "", 0, false
	}
	at := strings.LastIndexByte(string(id[:field]), '/')
	if at < 0 {
		return "", 0, false
	}
	kind, ok = ParseKind(string(id[at+1 : field]))
	return content.FactID(id[:at]), kind, ok
}

// Item is one question, drawn and not yet in any language.
type Item struct {
	ID       ItemID
	PackHash string
	Fact     *content.Fact
	Kind     Kind
	Form     Form
	Field    int // index into Fact.Relation.Fields of the asked field
	Seed     uint64
	Value    content.Value   // the true value asked for; for true-false, the value that the statement shows
	Blank    int             // cloze of a quote: index into Words.Blanks, the same in every language
	Facts    []*content.Fact // of an item that asks for several: the facts of its rows, in the order drawn; else empty
	Fields   []int           // two facts, who am I: index of the field that each of Facts leaves out; else empty
	Answers  []content.Value // name as many: every right answer; else empty
	Options  []Option        // empty for the typed form
	Key      int             // index into Options; -1 for the typed form
	Prior    int             // difficulty before any answer, in thousandths of a logit, -1500 to 1500
}

// Option is one option of an item.
type Option struct {
	Value  content.Value   // what stands on the option, unless Parts say it
	Parts  []int           // order: the row at each place; match: the row whose partner stands beside each row; timeline: the place
	Origin Origin          // where it came from; OriginKey for the key
	Facts  []*content.Fact // true-elsewhere: facts of the pack of which this value is true
}

// Origin is where an option came from.
type Origin uint8

// The sources of options, best first.
const (
	OriginKey      Origin = iota
	OriginDeclared        // the fact's not:
	OriginSibling         // another fact of the same relation
	OriginNear            // an entity's near:
	OriginKin             // same kind and a shared tag, role or country
	OriginKind            // same kind
	OriginNumber          // a drawn number or date
)

// View is an item in one language, as a player sees it.
type View struct {
	Lang        language.Code
	Stem        string
	Options     []string
	Labels      []string // أ ب ج د, A B C D, 1 2 3 4; as many as Options
	Key         int      // index into Options; -1 for the typed form
	Accepts     []string // typed form: forms that are right, the shown one first
	Explanation string
	Why         []string // per option: what a distractor is true of, or ""
	Source      string
	Evidence    string
	Clues       []string   `json:",omitempty"` // who am I: what the hint shows one by one, after the stem
	Named       [][]string `json:",omitempty"` // name as many: the forms of each right answer, the shown one first
	Hint        Hint       // typed form; empty: there is none that helps without telling
}

// Hint is what helps with a typed answer: its first letter and its length, or two values
// between which it lies.
type Hint struct {
	First     string `json:",omitempty"`
	Letters   int    `json:",omitempty"` // how many a reader sees in the answer
	Low, High string `json:",omitempty"`
}
