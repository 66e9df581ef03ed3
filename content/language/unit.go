package language

import (
	"slices"
	"strings"
	"sync"
)

// unitText is how one language writes a unit after digits. An empty form is like other.
type unitText struct {
	one     string // English: 1 year. Arabic: the words that replace 1 and the unit, سنة واحدة
	two     string // Arabic: the dual, which replaces 2 and the unit: سنتان
	oblique string // Arabic: the dual after a preposition: سنتين
	few     string // Arabic: the plural of 3 to 10: سنوات
	many    string // Arabic: the accusative of 11 to 99: شهرًا
	other   string // every other number, and the form after a scale word
	joined  bool   // no space between the digits and the unit: 5년, 12.5%
}

// UnitNamed returns the unit with the given code, or nil. Codes are those of packs: ISO 4217
// in any case, "km2", "percent", and English plurals such as "years".
func UnitNamed(code string) *Unit {
	t := unitTable()
	if u := t.byCode[code]; u != nil {
		return u
	}
	return t.byCode[strings.ToLower(code)]
}

// Units returns every unit, the commonest of those that share a name first. The slice is
// the caller's; the units are shared.
func Units() []*Unit { return slices.Clone(unitTable().all) }

// Name returns what the unit is called in language c when no number stands before it:
// "won", "years", 달러. It is the form that follows "in" or a scale word.
func (u *Unit) Name(c Code) string { return u.text[c].other }

// Spellings returns every form in which language c writes the unit, its code, and the
// aliases of all languages: signs, slang, abbreviations.
func (u *Unit) Spellings(c Code) []string {
	t := &u.text[c]
	out := []string{u.Code}
	for _, s := range []string{t.other, t.one, t.two, t.oblique, t.few, t.many} {
		if s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return append(out, u.aliases...)
}

// ScaleNamed returns the decimal exponent of an English scale word as packs write it:
// thousand, million, billion, trillion or k, m, bn, tn.
func ScaleNamed(word string) (exp int32, ok bool) {
	switch strings.ToLower(word) {
	case "k", "thousand":
		return 3, true
	case "m", "million":
		return 6, true
	case "bn", "billion":
		return 9, true
	case "tn", "trillion":
		return 12, true
	}
	return 0, false
}

// Equal reports whether a and b are exactly the same quantity, across units that convert
// exactly: 1 km is 1000 m. A bare number equals only a bare number.
func (a Amount) Equal(b Amount) bool {
	if a.Unit == b.Unit {
		return a.Number.Cmp(b.Number) == 0
	}
	if a.Unit == nil || b.Unit == nil || a.Unit.Base != b.Unit.Base {
		return false
	}
	if a.Unit.Offset != b.Unit.Offset {
		n, ok := a.Unit.InBase(a.Number)
		m, fits := b.Unit.InBase(b.Number)
		return ok && fits && n.Cmp(m) == 0
	}
	return product(a.Number, a.Unit.Factor) == product(b.Number, b.Unit.Factor)
}

// units is the table of units, built once from the data of measure.go and currency.go and
// never changed.
type units struct {
	all    []*Unit
	byCode map[string]*Unit // codes as they are and in lower case, English names
	byBase map[string]*Unit // the unit that stands for all with this base
}

var unitTable = sync.OnceValue(func() *units {
	t := &units{byCode: make(map[string]*Unit), byBase: make(map[string]*Unit)}
	for _, row := range measures {
		t.add(row.unit())
	}
	for _, row := range currencies {
		t.add(row.unit())
	}
	return t
})

func (t *units) add(u *Unit) {
	t.all = append(t.all, u)
	if t.byBase[u.Base] == nil || u.Code == u.Base {
		t.byBase[u.Base] = u
	}
	en := &u.text[English]
	for _, code := range []string{u.Code, strings.ToLower(u.Code), en.one, en.other} {
		if code != "" && t.byCode[code] == nil {
			t.byCode[code] = u
		}
	}
	if !u.Currency && len(u.Code) > 2 {
		t.byCode[u.Code+"s"] = u
	}
}

// list splits a row's aliases, which are separated by bars.
func list(bars string) []string {
	if bars == "" {
		return nil
	}
	return strings.Split(bars, "|")
}
