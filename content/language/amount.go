package language

import (
	"unicode/utf8"

	"golang.org/x/text/feature/plural"
)

// AppendAmount appends a number with its unit as language c writes it: "70 trillion won",
// "7 تريليونات وون", "48억 9천만 달러", "70万亿韩元". A nil form is the natural one of this
// amount alone. Nothing is isolated; Message.Append does that.
func AppendAmount(dst []byte, c Code, a Amount, f *Form, st Style) []byte {
	return appendAmount(dst, c, &a, f, st, false)
}

// appendAmount is AppendAmount; oblique asks for the Arabic dual after a preposition.
func appendAmount(dst []byte, c Code, a *Amount, f *Form, st Style, oblique bool) []byte {
	var form Form
	if f != nil {
		form = *f
	} else {
		form = formOf(c, *a)
	}
	if a.Unit == nil || !form.Unit {
		return appendScaled(dst, c, a.Number, form, st)
	}
	t := &a.Unit.text[c]
	unit, whole := t.unitForm(c, a.Number, form, oblique)
	if whole {
		return append(dst, unit...)
	}
	dst = appendScaled(dst, c, a.Number, form, st)
	if last := dst[len(dst)-1]; !t.joined || c == Korean && last >= utf8.RuneSelf {
		dst = append(dst, ' ') // 7달러, but 489억 달러
	}
	if unit == "%" && c == Arabic && st.Digits == ArabicIndic {
		dst = append(dst, "٪"...)
		if !st.Plain {
			dst = append(dst, alm...) // as CLDR has it: the sign stays on the left of its number
		}
		return dst
	}
	return append(dst, unit...)
}

// unitForm returns the form of the unit that agrees with the number; whole means that it
// replaces the digits too, as سنتان does.
func (t *unitText) unitForm(c Code, n Decimal, f Form, oblique bool) (form string, whole bool) {
	if c != Arabic && c != English || f.Scale != 0 {
		return t.other, false
	}
	if n.Coef < 0 {
		n.Coef = -n.Coef
		return or(t.byCategory(c, category(c, n, f.Decimals)), t.other), false
	}
	cat := category(c, n, f.Decimals)
	if c == Arabic && f.Decimals == 0 {
		switch {
		case cat == plural.One && t.one != "":
			return t.one, true
		case cat == plural.Two && oblique && t.oblique != "":
			return t.oblique, true
		case cat == plural.Two && t.two != "":
			return t.two, true
		}
	}
	return or(t.byCategory(c, cat), t.other), false
}

func (t *unitText) byCategory(c Code, cat plural.Form) string {
	switch cat {
	case plural.One:
		if c == English {
			return t.one
		}
	case plural.Few:
		return t.few
	case plural.Many:
		return t.many
	}
	return ""
}

// appendScaled appends the digits and the scale word.
func appendScaled(dst []byte, c Code, n Decimal, f Form, st Style) []byte {
	if f.Scale == 0 {
		return appendNumber(dst, c, n, f.Decimals, true, st)
	}
	var s *scale
	for i := range scales[c] {
		if scales[c][i].exp == f.Scale {
			s = &scales[c][i]
		}
	}
	if s == nil {
		return appendNumber(dst, c, n, 0, true, st) // a form of another language
	}
	if c == Korean {
		if whole, ok := n.Int(); ok {
			return appendKorean(dst, whole, f.Scale)
		}
	}
	head := n.Shift(-f.Scale)
	dst = appendNumber(dst, c, head, f.Decimals, c == English || c == Arabic, st)
	if c == English || c == Arabic {
		dst = append(dst, ' ')
	}
	if c == Arabic && category(c, head, f.Decimals) == plural.Few {
		return append(dst, s.plural...)
	}
	return append(dst, s.word...)
}

// appendKorean appends n in groups of four digits with 조, 억 and 만, beginning with the
// scale top: 4890000000 is 48억 9천만. Round thousands of a later group are written with 천.
func appendKorean(dst []byte, n int64, top int32) []byte {
	if n < 0 {
		dst, n = append(dst, '-'), -n
	}
	first := true
	for _, s := range scales[Korean] {
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
			dst = append(appendPlain(dst, Decimal{Coef: group / 1000}, 0), "천"...)
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
