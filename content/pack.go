package content

import (
	"strings"

	"summitquiz/content/language"
)

// PackID names a pack for the whole product: the owning space and the pack's name,
// "space:name", or the bare name for built-in packs and those of owners.
type PackID string

// FactID is PackID + "/" + the fact's id in the pack. Cards and statistics hang on it; it
// holds no version, so they survive a new one.
type FactID string

// Pack is one loaded, checked and immutable version of a pack. It is safe for use by many
// goroutines.
type Pack struct {
	ID        PackID
	Name      string
	Version   string // the author's label; Hash is the identity
	Hash      string // SHA-256 over the YAML and every source text, lower-case hex
	Languages language.Set
	Reviewed  language.Set // languages that a native editor has read
	Title     language.Text
	Cover     language.Text // shown while playing: gives no key away
	About     language.Text // optional, one paragraph for lists

	Sources   []*Source
	Entities  []*Entity // the pack's own, then the outside ones, each in file order
	Relations []*Relation
	Facts     []*Fact // in file order; cards come last

	Warnings []*Problem // warnings and notes of the load, in order of place

	index // lookups, built by Load
}

// Source is a text that facts are taken from.
type Source struct {
	ID       string
	Title    language.Text
	Cite     language.Text // "According to the article"; falls back to a phrase around Title
	Language language.Code // the language of Text
	Date     language.Date // when it was published; zero if unknown
	URL      string        // shown as text, never fetched
	Text     string        // may be empty: then evidence is not checked against it
}

// Entity is a thing with a kind and names.
type Entity struct {
	ID      string
	Kind    *Kind
	Name    language.Text // the form that is shown
	Aliases [language.Count][]string
	Family  language.Text // the family name, where one can be typed alone
	Gender  language.Gender
	Plural  bool      // "the central banks"
	The     bool      // English puts "the" before the name inside a sentence
	Outside bool      // offered only where a fact's Not names it
	In      []*Entity // larger places or groups it is part of
	Country *Entity
	Role    string
	Tags    []string
	Near    []*Entity                // easily confused, never accepted as typos of each other
	NearBy  [language.Count][]string // near names that are no entities of the pack

	Index int // position in Pack.Entities
	Line  int
}

// Kind is a kind of entity, such as person or city. Kinds form a tree: a city is a place.
type Kind struct {
	ID     string
	Parent *Kind // nil for a root kind
}

// Is reports whether k is the kind named id or below it.
func (k *Kind) Is(id string) bool {
	for ; k != nil; k = k.Parent {
		if k.ID == id {
			return true
		}
	}
	return false
}

// Truth says what is known to be false of one field of a relation when the other fields are
// given.
type Truth uint8

// The three degrees of closure.
const (
	Open       Truth = iota // other values may be true too: only Fact.Not is known to be false
	Functional              // exactly one value is true
	Complete                // all true values are listed in the pack
)

// Relation is the shape of a fact.
type Relation struct {
	ID        string
	Fields    []Field
	Symmetric [2]int      // indices of two fields that may be swapped; {0, 0} if none
	State     Sentence    // states the fact; every field is a placeholder
	Frame     *Sentence   // what the sentences hold for, see Fact.FrameText; nil: they hold in the world
	Order     []*Sentence // asks to order by a field, one per field; nil: not ordered by it. May be empty
	Most      []*Sentence // asks for the largest or earliest by a field, as Order
	Match     *Sentence   // asks to match the first two asked fields; nil: never
	Line      int
	Library   bool // from the built-in library

	names []string // of Fields, in order: the placeholders of its sentences
}

// Field is one named and typed place of a relation.
type Field struct {
	Name     string
	Type     Type
	Kinds    []*Kind        // for Entity fields: one of these or below; empty means any
	Unit     *language.Unit // for Quantity, Money, Duration: the unit every value must have; nil: any
	Truth    Truth
	Ask      *Sentence                // asks for this field; nil: the field is never asked
	AskTyped *Sentence                // asks for it where the answer is typed; nil: as Ask
	AskUnit  bool                     // the stem of Ask names the unit, so a typed answer may leave it out
	Cloze    bool                     // the field may be blanked in State (or in its own words, for a quote)
	Counted  [language.Count][]string // words for what an integer counts, accepted after the number
	Min, Max *language.Decimal        // plausible bounds for drawn numbers; nil: those of the type

	Tolerance *Tolerance // how far a typed number may be off; nil: what rounds to the value
}

// Type is the type of a field's values.
type Type uint8

// The types of values.
const (
	EntityValue Type = iota
	TextValue
	QuoteValue
	IntegerValue
	QuantityValue
	MoneyValue
	DateValue
	DurationValue
	OrdinalValue
)

// Value is one typed value. It is small and copied freely.
type Value struct {
	Type   Type
	Entity *Entity         // EntityValue
	Words  *Words          // TextValue, QuoteValue
	Amount language.Amount // IntegerValue, QuantityValue, MoneyValue, DurationValue, OrdinalValue
	Date   language.Date   // DateValue
}

// Words is a text or a quotation in each language. Blanks lists, per language, the pieces
// that a cloze may blank; the author marks them with [ ] and they are not part of Text.
type Words struct {
	Text    language.Text
	Blanks  [language.Count][]Blank
	Aliases [language.Count][]string // other right wordings, for typed answers
	Gender  language.Gender
	Plural  bool

	a, b uint64 // identity, see sum
}

// Blank is a piece of a text that a cloze may leave out: Text[Start:End], in bytes. Or holds other
// words that are right in its place, separated by bars: a translator could have chosen them.
type Blank struct {
	Start, End int
	Or         string
}

// Others returns the other words that are right.
func (b Blank) Others() []string {
	if b.Or == "" {
		return nil
	}
	return strings.Split(b.Or, "|")
}

// Fact is one filled relation with its evidence.
type Fact struct {
	ID       FactID
	Name     string // its id in the pack
	Relation *Relation
	Values   [][]Value // one slice per Relation.Fields; more than one value only where the file gives a list

	SameAs   []FieldValues // equal values in another unit or calendar
	AlsoTrue []FieldValues // true in the world though not in the sources: never offered as false
	Not      []FieldValues // declared false: good distractors
	Disputed []FieldValues // some source says so: never an option, and the stem names its source

	Evidence   []Evidence
	AsOf       language.Date // the fact held on this date; the stem says so when AsOf is set
	Until      language.Date // not asked after this date
	Prominence Prominence
	State      *Sentence     // overrides Relation.State
	Frame      *Sentence     // overrides Relation.Frame; see FrameText
	Ask        []*Sentence   // overrides Field.Ask, one per field; nil entries do not. May be empty
	About      []*Entity     // subjects: cards with a common subject wait a day for each other
	Note       language.Text // shown with the explanation
	Skip       []string      // kinds the author bars for this fact, such as "true-false"
	Card       bool          // from cards:
	Polarity   Polarity      // cards: whether the answer is one of two words, such as true and false

	CardTolerance *Tolerance // cards: how far a typed number may be off; nil: what rounds to the answer

	Index int // position in Pack.Facts
	Line  int
}

// FieldValues are values given for one field of a fact.
type FieldValues struct {
	Field  int // index into Relation.Fields
	Values []Value
}

// Evidence is a verbatim piece of a source.
type Evidence struct {
	Source *Source
	Quote  string // never normalised; empty where the fact names only the source
}

// Prominence says where in its source a fact stands; it feeds the difficulty prior.
type Prominence uint8

// The places of a fact in its source.
const (
	Body Prominence = iota
	Lead
	Headline
)

// Sentence is one message in each language, compiled. Placeholders are the field names of
// the relation, in the order of Relation.Fields.
type Sentence struct {
	Source   language.Text // as written
	Messages [language.Count]*language.Message
}
