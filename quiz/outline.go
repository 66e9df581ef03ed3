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
	Asks    []content.FactID // the facts asked for: Fact alone; for order and match those of all rows
	Reveals []content.FactID // the facts that stem, options or explanation state: an item that asks for one must come earlier
}
