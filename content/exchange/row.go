package exchange

// Row is one question that goes out, in one language.
type Row struct {
	ID       string // names the question in the other program; may be empty
	Question string
	Answer   string
	Accept   []string // other right answers
	Wrong    []string
	Why      string // shown after the answer
	Truth    Truth  // for a statement to be judged
}

// Truth says whether a row is a statement to be judged, and how.
type Truth uint8

// The truths of a row.
const (
	NoStatement Truth = iota
	TrueStatement
	FalseStatement
)
