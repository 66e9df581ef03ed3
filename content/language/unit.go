package language

import (
	"errors"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
)

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
func (u *Unit) Name(c Code) string { return c.Language().units[u.index].other }

// Spellings returns every form in which language c writes the unit, its code, and what else
// people write for it in any language: signs, slang, abbreviations.
func (u *Unit) Spellings(c Code) []string {
	t := &c.Language().units[u.index]
	out := []string{u.Code}
	for _, s := range []string{t.other, t.one, t.two, t.oblique, t.few, t.many} {
		if s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	for _, l := range builtin() {
		out = append(out, l.units[u.index].also...)
	}
	return out
}

// ScaleNamed returns the decimal exponent of an English scale word as packs write it:
// thousand, million, billion, trillion or k, m, bn, tn.
func ScaleNamed(word string) (exp int32, ok bool) {
	exp, ok = English.Language().packs[strings.ToLower(word)]
	return exp, ok
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

// units is the table of units, built once from data/units.yaml and never changed.
type units struct {
	all    []*Unit
	byCode map[string]*Unit // codes as they are and in lower case
	byBase map[string]*Unit // the unit that stands for all with this base
}

// registry are the units by their codes.
var registry = sync.OnceValue(func() *units {
	t, err := readRegistry(builtinData())
	if err != nil {
		panic(err) // TestData holds that the embedded files are right
	}
	return t
})

// unitTable are the units by their codes and their English names.
var unitTable = sync.OnceValue(func() *units {
	codes := registry()
	t := &units{all: codes.all, byCode: maps.Clone(codes.byCode), byBase: codes.byBase}
	for i, u := range t.all {
		en := &English.Language().units[i]
		t.name(u, en.one)
		t.name(u, en.other)
	}
	return t
})

// readRegistry reads the codes of the units and how they convert.
func readRegistry(files fs.FS) (*units, error) {
	f, err := readData(files, "units.yaml")
	if err != nil {
		return nil, err
	}
	t := &units{byCode: make(map[string]*Unit), byBase: make(map[string]*Unit)}
	for _, name := range []string{"measures", "currencies"} {
		s := f.section(name)
		if s == nil {
			f.fail(1, "the section %s is missing", name)
			continue
		}
		for i := range s.entries {
			e := &s.entries[i]
			e.used = true
			u, ok := parseUnit(e.key, e.value)
			if !ok {
				f.fail(e.line, "%s: %s says not how the unit converts: write a number and its base, such as 1000 m, and + what a degree adds", e.key, e.value)
				continue
			}
			u.Currency = name == "currencies"
			t.add(u)
		}
	}
	f.checkUsed()
	return t, errors.Join(f.problems...)
}

// parseUnit reads "1000 m" or "9 kelvin9 + 2458.35".
func parseUnit(code, text string) (*Unit, bool) {
	rest, offset, plus := strings.Cut(text, " + ")
	number, base, ok := strings.Cut(rest, " ")
	u := &Unit{Code: code, Base: base}
	var ok1, ok2 bool
	u.Factor, ok1 = wholeDecimal(number)
	if ok2 = true; plus {
		u.Offset, ok2 = wholeDecimal(offset)
	}
	return u, ok && ok1 && ok2 && base != "" && u.Factor.Sign() > 0
}

// wholeDecimal reads a text that is nothing but a number in digits.
func wholeDecimal(s string) (Decimal, bool) {
	d, size := readDigits(s)
	return d, size == len(s) && size > 0
}

func (t *units) add(u *Unit) {
	u.index = len(t.all)
	t.all = append(t.all, u)
	if t.byBase[u.Base] == nil || u.Code == u.Base {
		t.byBase[u.Base] = u
	}
	t.name(u, u.Code)
	t.name(u, strings.ToLower(u.Code))
	if !u.Currency && len(u.Code) > 2 {
		t.name(u, u.Code+"s")
	}
}

// name gives a unit a name, unless a commoner one has it.
func (t *units) name(u *Unit, name string) {
	if name != "" && t.byCode[name] == nil {
		t.byCode[name] = u
	}
}
