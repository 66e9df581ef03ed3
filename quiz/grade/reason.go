package grade

// Mark is what an answer is worth.
type Mark uint8

// The three marks. Close is no answer yet: the player may try once more for the full score;
// an answer that is still close then is wrong.
const (
	Wrong Mark = iota
	Close
	Right
)

var markNames = [...]string{"wrong", "close", "right"}

// String returns "wrong", "close" or "right".
func (m Mark) String() string { return markNames[m] }

// ParseMark returns the mark named s.
func ParseMark(s string) (Mark, bool) {
	for i, name := range markNames {
		if s == name {
			return Mark(i), true
		}
	}
	return Wrong, false
}

// Reason says why an answer got its mark. It is a code: the rooms above say it in a
// sentence, which never shows the key.
type Reason uint8

// The reasons, by the mark they come with.
const (
	Unread Reason = iota // wrong: nothing in it could be read as an answer to this question

	Matched    // right: the key, or another accepted form of it
	Converted  // right: the same value in another unit
	NearEnough // right: within the tolerance

	Spelling       // close: a slip of the pen in a name, a number word or a month
	Rough          // close: a little off
	ScaleMissing   // close: thousand, million or billion?
	UnitMissing    // close: won or dollars, years or months?
	NotAskedUnit   // close: the same value, but the question asks for another unit
	DayMissing     // close: on which day?
	MonthMissing   // close: in which month?
	YearMissing    // close: in which year?
	MoreThanAsked  // close: only the year (or the month) was asked
	FitsSeveral    // close: more than one bears this name
	NoAnswer       // wrong: says that the answer is not known, or nothing
	SeveralAnswers // wrong: more than one answer, or a range
	Denied         // wrong: says what the answer is not
	OtherName      // wrong: names somebody or something else
	OtherValue     // wrong: another number or date
	OtherScale     // wrong: the right digits at another power of ten
	OtherUnit      // wrong: another unit or currency
	Unspecific     // wrong: a title or a class that names nobody, a plural without a number
	OtherOption    // wrong: another option
	LabelMismatch  // wrong: label and text name different options
	Opposite       // wrong: no for yes, or yes for no
	TooLong        // wrong: far longer than any answer, so not read

	NamePart     // close: a part of the name
	AnotherOrder // close: the parts of the name in another order

	ReasonCount = int(AnotherOrder) + 1
)

var reasonNames = [ReasonCount]string{
	"unread", "matched", "converted", "near-enough", "spelling", "rough", "scale-missing",
	"unit-missing", "not-asked-unit", "day-missing", "month-missing", "year-missing",
	"more-than-asked", "fits-several", "no-answer", "several-answers", "denied", "other-name",
	"other-value", "other-scale", "other-unit", "unspecific", "other-option", "label-mismatch",
	"opposite", "too-long", "name-part", "another-order",
}

// String returns the code in lower case with hyphens, such as "scale-missing".
func (r Reason) String() string { return reasonNames[r] }

// Verdict is a mark with its reason. The zero Verdict is wrong and unread.
type Verdict struct {
	Mark   Mark
	Reason Reason
}
