package content

import "summitquiz/content/language"

// A shape says what one node of a pack may be: a single value, a list, a mapping, or several
// of these. The table in format.go is written in shapes, and both the parser's checks
// (conform.go) and the JSON Schema (schema.go) come from it, so the two cannot drift apart.
type shape struct {
	name string // in the schema's $defs; empty: written in place
	doc  string

	scalar scalar   // what it may be as a single value
	words  []string // scalar word: the values to choose from
	max    int      // scalar text: most characters

	list *shape // what each element is; nil: no list
	many int    // most elements; 0: maxList

	keys []key  // mapping: the keys known by name
	rest *shape // mapping: what stands under any other key; nil: no other keys
	by   naming // mapping: what the other keys are
	open bool   // mapping: other keys are checked where they are read

	verbatim bool // scalar text: taken from a source letter by letter, whatever its characters
	complete bool // mapping by language: every language of the pack has to be there
	apart    bool // one text for all languages is not enough where the pack has several
}

// key is one known key of a mapping.
type key struct {
	name     string
	required bool
	shape    *shape
	doc      string
}

// scalar is what a single value may be.
type scalar uint8

const (
	noScalar   scalar = iota
	anyScalar         // read by its field's type
	textScalar        // not empty
	idScalar          // a-z, 0-9 and hyphens
	wordScalar        // one of shape.words
	boolScalar        // true or false
	dateScalar        // 2025, 2025-11 or 2025-11-01
	nullScalar        // null, or any text
	urlScalar         // http or https
	fileScalar        // a plain file name
)

// naming is what the free keys of a mapping are.
type naming uint8

const (
	byID naming = iota
	byLanguage
)

// Limits of a pack. They are far above what people write and far below what hurts.
const (
	maxID      = 64
	maxName    = 200     // characters of a name or an alias
	maxText    = 2000    // characters of any other text
	maxInline  = 1 << 20 // characters of a source text that stands inline
	maxList    = 1000    // elements of a list other than facts, cards and entities
	maxValues  = 100     // values of one field
	maxMembers = 2_000_000
)

func isID(s string) bool {
	if s == "" || len(s) > maxID {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return true
}

// idPattern is isID as a regular expression, for the schema.
const idPattern = "^[a-z0-9-]{1,64}$"

func languageTags() []string {
	tags := make([]string, 0, language.Count)
	for _, c := range language.All() {
		tags = append(tags, c.String())
	}
	return tags
}

// known returns the key named s, or nil.
func (s *shape) known(name string) *key {
	for i := range s.keys {
		if s.keys[i].name == name {
			return &s.keys[i]
		}
	}
	return nil
}

// mapping reports whether a node of the shape may be a mapping.
func (s *shape) mapping() bool { return s.keys != nil || s.rest != nil || s.open }

func (s *shape) keyNames() []string {
	names := make([]string, len(s.keys))
	for i := range s.keys {
		names[i] = s.keys[i].name
	}
	return names
}

// expected says in words what the shape may be: "a list of texts".
func (s *shape) expected() []phrase {
	var forms []phrase
	switch s.scalar {
	case anyScalar:
		forms = append(forms, say("a value"))
	case textScalar, nullScalar:
		forms = append(forms, say("a text"))
	case idScalar:
		forms = append(forms, say("an id"))
	case wordScalar:
		forms = append(forms, say("a word"))
	case boolScalar:
		forms = append(forms, say("true or false"))
	case dateScalar:
		forms = append(forms, say("a date"))
	case urlScalar:
		forms = append(forms, say("a web address"))
	case fileScalar:
		forms = append(forms, say("a file name"))
	}
	if s.list != nil {
		forms = append(forms, say("a list"))
	}
	switch {
	case s.rest != nil && s.by == byLanguage:
		forms = append(forms, say("a mapping from language to text"))
	case s.mapping():
		forms = append(forms, say("a mapping"))
	}
	return forms
}

func joinOr(parts []string) string {
	var out string
	for i, p := range parts {
		switch {
		case i == 0:
			out = p
		case i == len(parts)-1:
			out += " or " + p
		default:
			out += ", " + p
		}
	}
	return out
}
