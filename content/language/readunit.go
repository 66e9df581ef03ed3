package language

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// unitIndex finds units by how they are spelt, normalised.
type unitIndex struct {
	exact  map[string]unitWord
	words  *slipList // Latin and Arabic ones of four letters and more, for slips
	around []surrounding
}

// surrounding is a spelling that stands on both sides of its number: 시속 … 킬로미터.
type surrounding struct {
	before, after string
	unit          *Unit
}

type unitWord struct {
	units []*Unit
	count Decimal // سنتان counts two, سنة and "a year" count one; zero: needs a number
	leads bool    // one of one or two letters that may stand before its number: $5, Rs 5, but not m 5
}

var unitNames = sync.OnceValue(func() *unitIndex { return newUnitIndex(builtin()[:]) })

// newUnitIndex indexes the units as languages call them.
func newUnitIndex(languages []*Language) *unitIndex {
	x := &unitIndex{exact: make(map[string]unitWord, 4096)}
	for _, u := range unitTable().all {
		x.add(u.Code, u, Decimal{})
		for _, l := range languages {
			x.addNames(l, u)
		}
	}
	var words []string
	for word := range x.exact {
		if letters := utf8.RuneCountInString(word); letters >= 4 && !strings.ContainsFunc(word, han) && !strings.ContainsFunc(word, hangulLetter) {
			words = append(words, word)
		}
	}
	x.words = newSlipList(words)
	return x
}

// addNames adds what one language calls a unit. An Arabic noun that stands alone counts itself.
func (x *unitIndex) addNames(l *Language, u *Unit) {
	t := &l.units[u.index]
	add := func(spelling string, count int64) {
		if spelling == "" {
			return
		}
		x.add(spelling, u, Whole(count))
		if !l.agreement {
			return
		}
		if bare, ok := strings.CutSuffix(Normalise(spelling), "ا"); ok {
			x.put(bare, u, Whole(count))
		}
	}
	one, pair, plain := int64(0), int64(0), int64(0)
	if l.agreement {
		if one, pair = 1, 2; !u.Currency {
			plain = 1
		}
	}
	add(t.one, one)
	add(t.two, pair)
	add(t.oblique, pair)
	add(t.other, plain)
	for _, s := range [...]string{t.few, t.many} {
		add(s, 0)
	}
	for _, s := range t.also {
		add(s, 0)
	}
}

// add adds a spelling, which may stand on both sides of its number.
func (x *unitIndex) add(spelling string, u *Unit, count Decimal) {
	if before, after, ok := strings.Cut(spelling, " … "); ok {
		w := surrounding{Normalise(before), Normalise(after), u}
		if !slices.Contains(x.around, w) {
			x.around = append(x.around, w)
		}
		return
	}
	s := Normalise(spelling)
	if s == "" {
		s = strings.ToLower(spelling) // a sign such as "
	}
	x.put(s, u, count)
}

// put adds a normalised spelling in the forms in which it may stand beside a number.
func (x *unitIndex) put(s string, u *Unit, count Decimal) {
	if s == "" {
		return
	}
	forms := []string{s}
	if strings.ContainsFunc(s, arabicLetter) {
		fields := strings.Fields(s)
		fields[0] = "ال" + fields[0]
		forms = append(forms, strings.Join(fields, " "), s+"ا")
	}
	if compact := strings.ReplaceAll(s, " ", ""); compact != s && (strings.ContainsFunc(s, hangulLetter) || strings.ContainsFunc(s, han)) {
		forms = append(forms, compact)
	}
	for _, f := range forms {
		w := x.exact[f]
		if !slices.Contains(w.units, u) {
			w.units = append(w.units, u)
		}
		if count.Coef > w.count.Coef {
			w.count = count
		}
		w.leads = w.leads || u.Currency || f[0] < 'a' || f[0] > 'z'
		x.exact[f] = w
	}
}

// near returns the units of the one spelling that a word is a slip of.
func (x *unitIndex) near(word string) []*Unit {
	var found []*Unit
	if _, is := x.exact[word]; is {
		return nil
	}
	least := 3
	for name, d := range x.words.near(word) {
		switch {
		case d > least:
		case d < least:
			found, least = x.exact[name].units, d
		case !slices.Equal(found, x.exact[name].units):
			found = nil
		}
	}
	return found
}
