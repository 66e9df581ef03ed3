package language

// Message is one compiled sentence with placeholders, in one language. It is immutable and
// safe for use by many goroutines.
//
// The syntax is ICU MessageFormat with what the four languages need besides:
//
//	{place}                              the value, written as the language writes it, isolated
//	{speaker, select, f {قالت} other {قال}}   by a feature of the value: m, f, p (plural name) for
//	                                     names and texts; day, month, year for dates; the unit code for amounts
//	{number, plural, one {…} few {# …} other {…}}   CLDR plural categories and =N; # is the number
//	{when, date, year}                   a part of a date: year, month (month and year), day (day and month)
//	{term, oblique}                      Arabic: the dual as it stands after a preposition, سنتين; implied by
//	                                     a prefix and after common prepositions (لمدة {term})
//	{speaker}{은/는} {place}{을/를} {city}{으로/로}   Korean particles, chosen by the final sound before them
//	{a/an} {office}                      English article, chosen by the sound after it
//	{ل+country}                          Arabic prefix joined to the value: ل ب ك و ف (ل + الصين = للصين)
//	'{' and ''                           a literal brace and a literal apostrophe (an apostrophe before any
//	                                     other character is itself)
//
// Outer white space is dropped. English messages that begin with a placeholder get a capital.
// Arabic messages that do not begin with an Arabic letter get one U+200F in front of the line,
// and Latin words that the author wrote into them are isolated like values.
type Message struct {
	lang  *Language
	ops   []op
	cases []branch // of all plurals and selects; an op owns a range of them
	used  uint64   // bit i: placeholder i occurs

	isolated bool // while it is compiled: an isolate of the author is open
}

// op is one step of a message. A message is a flat list of them: plural and select jump.
type op struct {
	kind     opKind
	oblique  bool
	part     datePart
	arg      int32 // placeholder; for jump: the op to go on with
	from, to int32 // plural, select: range of cases
	text     string
	pair     *particle
	styles   *styles // literal of an Arabic message; nil: the same text in every style
	isolate  int8    // literal: 1 opens an isolate of the author, -1 closes it
}

// styles is a literal as each style shows it.
type styles struct {
	indic      string // in Arabic-Indic digits
	plain      string // without isolates
	plainIndic string
}

type opKind uint8

const (
	opLiteral opKind = iota
	opValue
	opNumber // # of the plural around it
	opParticle
	opArticle
	opPlural
	opSelect
	opJump
)

// branch is one case of a plural or select.
type branch struct {
	key    string  // select: m, f, p, day, month, year, a unit code, other; plural: a category
	exact  bool    // plural: =N
	number Decimal // of =N
	start  int32   // its first op
}

// SyntaxError says what is wrong with a message and where.
type SyntaxError struct {
	Offset int    // in bytes of the source
	Reason string // what is wrong
	Hint   string // how to correct it, e.g. did you mean place?
}

func (e *SyntaxError) Error() string {
	if e.Hint == "" {
		return e.Reason
	}
	return e.Reason + " (" + e.Hint + ")"
}

// Arg is a value handed to a message, already in the message's language.
type Arg struct {
	Kind   ArgKind
	Text   string // Name, Words, Quote, Literal: the text in the language
	Gender Gender
	Plural bool
	The    bool   // English: "the" goes before the name
	Amount Amount // Number
	Form   *Form  // Number: how to write it; nil: as the language would
	Date   Date   // Day
	List   []Arg  // Several: joined as the language joins a list with "and"
}

// ArgKind is what an Arg holds.
type ArgKind uint8

// The kinds of arguments.
const (
	Name    ArgKind = iota // a proper or common name
	Words                  // a piece of text
	Quote                  // words in the language's quotation marks
	Number                 // Amount, with its unit if it has one
	Ordinal                // Amount as an ordinal
	Day                    // Date
	Several                // List
	Gap                    // the blank of a cloze: ____
	Literal                // a text that stays letter by letter, digits included: what is typed, what people call themselves
)

// Style is what a reader may choose.
type Style struct {
	Digits Digits
	Plain  bool // no isolates: for tests, exports and matching
}

// Uses reports whether the message has placeholder i.
func (m *Message) Uses(i int) bool { return i >= 0 && i < maxNames && m.used&(1<<i) != 0 }

// Form is one way to write numbers, shared by all options of an item: one scale word, one
// number of decimals.
type Form struct {
	Scale    int32 // decimal exponent of the scale word: 12 writes "70 trillion", 8 writes 489억; 0: no scale word
	Decimals int   // digits after the decimal mark
	Unit     bool  // write the unit
}

// Counts reports whether a plural of the message goes by placeholder i, so that it has to be
// a number.
func (m *Message) Counts(i int) bool {
	for _, o := range m.ops {
		if o.kind == opPlural && int(o.arg) == i {
			return true
		}
	}
	return false
}
