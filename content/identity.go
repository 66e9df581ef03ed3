package content

import (
	"hash/maphash"

	"summitquiz/content/language"
)

// ValueID is the identity of a value within a pack: equal for equal values, also across units
// that convert exactly, and comparable, so that it can be the key of a map.
type ValueID struct {
	class uint8
	a, b  uint64
	unit  *language.Unit // the base unit; nil for bare numbers and all but amounts
}

const (
	entityID uint8 = iota + 1
	wordsID
	numberID
	ordinalID
	dateID
)

// ID returns the identity of v.
func (v Value) ID() ValueID {
	switch v.Type {
	case EntityValue:
		if v.Entity == nil {
			return ValueID{}
		}
		return ValueID{class: entityID, a: uint64(v.Entity.Index)}
	case TextValue, QuoteValue:
		if v.Words == nil {
			return ValueID{}
		}
		a, b := v.Words.sum()
		return ValueID{class: wordsID, a: a, b: b}
	case DateValue:
		return ValueID{class: dateID, a: uint64(uint16(v.Date.Year))<<16 | uint64(v.Date.Month)<<8 | uint64(v.Date.Day)}
	}
	id := ValueID{class: numberID}
	if v.Type == OrdinalValue {
		id.class = ordinalID
	}
	n := v.Amount.Number.Norm()
	if u := v.Amount.Unit; u != nil {
		id.unit = u
		if m, ok := u.InBase(n); ok {
			n, id.unit = m, u.BaseUnit()
		}
	}
	id.a, id.b = uint64(n.Coef), uint64(uint32(n.Exp))
	return id
}

// Equal reports whether v and w are the same value, whatever unit they are written in.
func (v Value) Equal(w Value) bool { return v.ID() == w.ID() }

// keepSum computes the identity of a text once, before the pack is shared.
func (w *Words) keepSum() {
	if w != nil && w.a|w.b == 0 {
		w.a, w.b = w.sum()
	}
}

// sum is the identity of a text in all languages. Load stores it; texts made elsewhere are
// summed on each call.
func (w *Words) sum() (a, b uint64) {
	if w.a|w.b != 0 {
		return w.a, w.b
	}
	var first, second maphash.Hash
	first.SetSeed(seeds[0])
	second.SetSeed(seeds[1])
	for i := range w.Text {
		for _, h := range []*maphash.Hash{&first, &second} {
			maphash.WriteComparable(h, len(w.Text[i]))
			h.WriteString(w.Text[i]) // never fails
		}
	}
	return first.Sum64(), second.Sum64() | 1
}

// seeds make the identity of a text one that no author can foresee, and so make none collide.
var seeds = [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}
