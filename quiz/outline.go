package quiz

import (
	"slices"

	"summitquiz/content"
)

// Outline is what choosing among items needs to know of one of them. It holds hashes and ids
// only, so it can be kept and compared without the pack.
type Outline struct {
	ID      ItemID
	Kind    Kind
	Fact    content.FactID
	Seed    uint64
	Prior   int              // difficulty in thousandths of a logit, as Item.Prior
	Options uint64           // the set of options, whatever their order and key; 0 for the typed form
	Asks    []content.FactID // the facts asked for: Fact alone; for order and match those of all rows
	Reveals []content.FactID // the facts that stem, options or explanation state: an item that asks for one must come earlier

	// Texts and Answers say what an item tells of others in passing. They serve choosing only.
	Texts   []Words  `json:"-"` // what stem, options, explanation, source and evidence show, in every language
	Answers []Answer `json:"-"` // what would tell the answer: one for each fact asked for
}

// Words are the hashed words of a text, ascending.
type Words []uint32

// Has reports whether a word is among them.
func (w Words) Has(word uint32) bool {
	_, ok := slices.BinarySearch(w, word)
	return ok
}

// hasAll reports whether all words of a phrase are among them.
func (w Words) hasAll(phrase []uint32) bool {
	for _, word := range phrase {
		if !w.Has(word) {
			return false
		}
	}
	return len(phrase) > 0
}

// Answer is what a text would have to hold to tell an answer: the answer itself in one of its
// forms, and a word that says what it is the answer to.
type Answer struct {
	Forms [][]uint32
	Clues []uint32
}

// Tells reports whether something that o shows holds the answer of a later item beside a word of
// its question.
func (o *Outline) Tells(later *Outline) bool {
	for i := range later.Answers {
		a := &later.Answers[i]
		for _, text := range o.Texts {
			if slices.ContainsFunc(a.Forms, text.hasAll) && slices.ContainsFunc(a.Clues, text.Has) {
				return true
			}
		}
	}
	return false
}
