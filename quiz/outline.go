package quiz

import "summitquiz/content"

// Outline is what choosing among items needs to know of one of them. It holds hashes and ids
// only, so it can be kept and compared without the pack.
type Outline struct {
	ID      ItemID
	Kind    Kind
	Fact    content.FactID
	Seed    uint64
	Prior   int              // difficulty in thousandths of a logit, as Item.Prior
	Options uint64           // the set of options, whatever their order and key; 0 for the typed form
	Key     uint64           // the answer; equal answers have equal numbers
	Given   []uint64         // the values that the stem shows
	Reveals []content.FactID // the facts that stem, options or explanation state: an item of one of them must come earlier
}
