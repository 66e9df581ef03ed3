package language

import (
	"unicode/utf8"

	"golang.org/x/text/feature/plural"
)

// AppendAmount appends a number with its unit as language c writes it: "70 trillion won",
// "7 تريليونات وون", "48억 9천만 달러", "70万亿韩元". A nil form is the natural one of this
// amount alone. Nothing is isolated; Message.Append does that.
func AppendAmount(dst []byte, c Code, a Amount, f *Form, st Style) []byte {
	return c.Language().AppendAmount(dst, a, f, st)
}

// AppendAmount is the function AppendAmount in this language.
func (l *Language) AppendAmount(dst []byte, a Amount, f *Form, st Style) []byte {
	return l.appendAmount(dst, &a, f, st, false)
}

// appendAmount is AppendAmount; oblique asks for the Arabic dual after a preposition.
func (l *Language) appendAmount(dst []byte, a *Amount, f *Form, st Style, oblique bool) []byte {
	var form Form
	if f != nil {
		form = *f
	} else {
		form = l.formOf(*a)
	}
	if a.Unit == nil || !form.Unit {
		return l.appendScaled(dst, a.Number, form, st)
	}
	t := &l.units[a.Unit.index]
	unit, whole := l.unitForm(t, a.Number, form, oblique)
	if whole {
		return append(dst, unit...)
	}
	dst = l.appendScaled(dst, a.Number, form, st)
	if last := dst[len(dst)-1]; !t.joined || l.joined == joinedToDigits && last >= utf8.RuneSelf {
		dst = append(dst, ' ') // 7달러, but 489억 달러
	}
	if unit == "%" && l.native != nil && st.Digits == ArabicIndic {
		dst = append(dst, l.native.percent...)
		if !st.Plain {
			dst = append(dst, alm...) // as CLDR has it: the sign stays on the left of its number
		}
		return dst
	}
	return append(dst, unit...)
}

// unitForm returns the form of the unit that agrees with the number; whole means that it
// replaces the digits too, as سنتان does.
func (l *Language) unitForm(t *unitText, n Decimal, f Form, oblique bool) (form string, whole bool) {
	if len(l.categories) == 1 || f.Scale != 0 {
		return t.other, false
	}
	negative := n.Coef < 0
	if negative {
		n.Coef = -n.Coef
	}
	cat := l.category(n, f.Decimals)
	if l.agreement && f.Decimals == 0 && !negative {
		switch {
		case cat == plural.One && t.one != "":
			return t.one, true
		case cat == plural.Two && oblique && t.oblique != "":
			return t.oblique, true
		case cat == plural.Two && t.two != "":
			return t.two, true
		}
	}
	if l.agreement && (cat == plural.One || cat == plural.Two) {
		return t.other, false // digits stand before it: -1, 1.0
	}
	return or(t.byCategory(cat), t.other), false
}

func (t *unitText) byCategory(cat plural.Form) string {
	switch cat {
	case plural.One:
		return t.one
	case plural.Two:
		return t.two
	case plural.Few:
		return t.few
	case plural.Many:
		return t.many
	}
	return ""
}

// appendScaled appends the digits and the scale word.
func (l *Language) appendScaled(dst []byte, n Decimal, f Form, st Style) []byte {
	if f.Scale == 0 {
		return l.appendNumber(dst, n, f.Decimals, true, st)
	}
	var s *scale
	for i := range l.scales {
		if l.scales[i].exp == f.Scale {
			s = &l.scales[i]
		}
	}
	if s == nil {
		return l.appendNumber(dst, n, 0, true, st) // a form of another language
	}
	if l.thousand != "" {
		if whole, ok := n.Int(); ok {
			return l.appendGroups(dst, whole, f.Scale)
		}
	}
	head := n.Shift(-f.Scale)
	dst = l.appendNumber(dst, head, f.Decimals, l.grouped, st)
	if l.spaced {
		dst = append(dst, ' ')
	}
	if s.plural != "" && l.category(head, f.Decimals) == plural.Few {
		return append(dst, s.plural...)
	}
	return append(dst, s.word...)
}

// appendGroups appends n in groups with a scale word each, 조, 억 and 만, beginning with the
// scale top: 4890000000 is 48억 9천만. Round thousands of a later group are written with 천.
func (l *Language) appendGroups(dst []byte, n int64, top int32) []byte {
	if n < 0 {
		dst, n = append(dst, '-'), -n
	}
	first := true
	for _, s := range l.scales {
		if s.exp > top {
			continue
		}
		power := Decimal{Coef: 1, Exp: s.exp}
		p, _ := power.Int()
		group := n / p
		n %= p
		if group == 0 {
			continue
		}
		if !first {
			dst = append(dst, ' ')
		}
		if !first && group%1000 == 0 {
			dst = append(appendPlain(dst, Decimal{Coef: group / 1000}, 0), l.thousand...)
		} else {
			dst = appendPlain(dst, Decimal{Coef: group}, 0)
		}
		dst = append(dst, s.word...)
		first = false
	}
	if n > 0 || first {
		if !first {
			dst = append(dst, ' ')
		}
		dst = appendPlain(dst, Decimal{Coef: n}, 0)
	}
	return dst
}

func or(s, otherwise string) string {
	if s != "" {
		return s
	}
	return otherwise
}
