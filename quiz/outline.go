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

	// Sentence names what is asked, whatever kind of item asks it and for which fact: two that have it in
	// common read as one question. 0 for items that set facts beside each other.
	Sentence uint64   `json:"-"`
	Same     []ItemID `json:"-"` // other names of this item: it may have been seen under them

	// Texts and Answers say what an item tells of others in passing. They serve choosing only.
	Texts   []Text   `json:"-"` // what stem, options, explanation, source and evidence show, in every language
	Answers []Answer `json:"-"` // what would tell the answer: one for each fact asked for
}

// Text is what is shown of one fact.
type Text struct {
	Relation string // of the fact
	Words    Words  // whichever item shows it
	Own      Words  // of this item
}

// hasAll reports whether all words of a phrase stand in the text.
func (t *Text) hasAll(phrase []uint32) bool {
	for _, word := range phrase {
		if !t.has(word) {
			return false
		}
	}
	return len(phrase) > 0
}

func (t *Text) has(word uint32) bool { return t.Words.Has(word) || t.Own.Has(word) }

// Words are the hashed words of a text, ascending.
type Words []uint32

// Has reports whether a word is among them.
func (w Words) Has(word uint32) bool {
	_, ok := slices.BinarySearch(w, word)
	return ok
}

// Answer is what a text would have to hold to tell an answer: the answer itself in one of its
// forms, and a word that says what it is the answer to.
type Answer struct {
	Relation string // of the fact asked for
	Forms    [][]uint32
	Clues    []uint32 // words of the fact
	Literals []uint32 // words of the relation's sentences: no clues beside another fact of the relation
}

// toldBy reports whether a text holds the answer and at least so many words of its question.
func (a *Answer) toldBy(text *Text, clues int) bool {
	if !slices.ContainsFunc(a.Forms, text.hasAll) {
		return false
	}
	lists := [2][]uint32{a.Clues, a.Literals}
	if text.Relation == a.Relation {
		lists[1] = nil
	}
	for _, words := range lists {
		for _, w := range words {
			if text.has(w) {
				if clues--; clues <= 0 {
					return true
				}
			}
		}
	}
	return false
}

// Tells reports whether something that o shows holds the answer of a later item beside so many
// words of its question: with one, hardly a leak goes unseen; with several, what is seen is one.
func (o *Outline) Tells(later *Outline, clues int) bool {
	for i := range later.Answers {
		for k := range o.Texts {
			if later.Answers[i].toldBy(&o.Texts[k], clues) {
				return true
			}
		}
	}
	return false
}
