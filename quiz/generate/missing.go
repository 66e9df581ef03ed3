package generate

import (
	"summitquiz/content"
	"summitquiz/quiz"
)

// Missing says that a kind of item cannot be made from a field of a fact, and why.
type Missing struct {
	Fact   *content.Fact
	Field  int // index into Fact.Relation.Fields
	Kind   quiz.Kind
	Reason Reason
}

// Reason is why an item is not made. The zero Reason means that it is.
type Reason uint8

// The reasons.
const (
	Made           Reason = iota
	Barred                // the fact's skip: names the kind
	FewDistractors        // fewer than two wrong options pass every check
	FewFalse              // no value is known to be false: the truth is open and not: is empty
	KeyInStem             // the stem or the cover gives the answer away
	WordsInStem           // the answer shares a word with the stem, and the wrong options do not
	TooLong               // the answer is too long to be typed
	NoBlank               // no piece of the quotation is marked with [ ], or none can be left out
	NoGap                 // the sentence does not show the field once and plainly, so it cannot have a gap
	FewCompanions         // fewer than two other facts can be ordered or matched with this one
	UnevenBlanks          // the languages do not mark the same pieces
	DisputedRow           // a disputed value cannot be ordered or matched
	ManyAnswers           // the truth is open and several answers are known: a right one could be taken for wrong
	StandsOut             // the wrong values given do not look like the answer: by length, script, marks or digits
	AsksAmong             // the question speaks of options, so it is asked only with them
	NoFrame               // the truth is open and no frame holds the statement down: false here, it may be true in the world

	ReasonCount int = iota
)

var reasonNames = [ReasonCount]string{
	"made", "barred", "few-distractors", "few-false", "key-in-stem", "words-in-stem",
	"too-long", "no-blank", "no-gap", "few-companions", "uneven-blanks", "disputed-row", "many-answers", "stands-out", "asks-among", "no-frame",
}

// String returns the reason in kebab case, such as "few-distractors".
func (r Reason) String() string { return reasonNames[r] }
