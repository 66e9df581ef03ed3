package language

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzCompile checks that no message breaks the compiler and that what compiles can be
// written with arguments of every kind.
func FuzzCompile(f *testing.F) {
	for _, s := range []string{
		"{a} met {b}.", "{a/an} {a}", "{a}{은/는} {b}{으로/로}", "عقدت {ل+a} في {b, oblique}", "{a, plural, =0 {no} one {#} other {# {b, select, f {x} other {y}}}}",
		"{a, date, year}", "'{' ''", "{a, select, USD {x} m {y} other {}}", "{", "}", "'{", "{a,", "{a, plural, other {", "{a, plural, zero {x} two {y} few {z} many {#} other {#}}",
		"\n{a}\n7 {b}", "{و+a}{فب+b}", "{a}({b})", "{a, plural, =0.5 {x} =-1 {y} other {z}}",
	} {
		for c := range uint8(OwnCount) {
			f.Add(c, s)
		}
	}
	names := []string{"a", "b"}
	args := [][]Arg{
		{{Text: "Xi"}, {Kind: Gap}},
		{{Kind: Number, Amount: amountOf(2, 0, "year")}, {Kind: Quote, Text: "“x”"}},
		{{Kind: Number, Amount: amountOf(-489, 8, "USD"), Form: &Form{Scale: 9, Decimals: 1, Unit: true}}, {Kind: Ordinal, Amount: amountOf(3, 0, "")}},
		{{Kind: Day, Date: Date{2025, 11, 1}}, {Kind: Several, List: []Arg{{Text: "الصين", The: true}, {Text: "7"}, {Kind: Gap}}}},
		{{Kind: Several}, {Kind: Words}},
		nil,
	}
	f.Fuzz(func(t *testing.T, lang uint8, src string) {
		c := Code(lang % OwnCount)
		m, err := Compile(c, src, names)
		if err != nil {
			var e *SyntaxError
			if !errors.As(err, &e) || e.Offset < 0 || e.Offset > len(src) || e.Reason == "" {
				t.Fatalf("%q: %#v", src, err)
			}
			return
		}
		for _, a := range args {
			for _, st := range []Style{{}, {Plain: true}, {Digits: ArabicIndic}, {Digits: ArabicIndic, Plain: true}} {
				out := string(m.Append(nil, a, st))
				if utf8.ValidString(src) && !utf8.ValidString(out) {
					t.Fatalf("%q writes invalid UTF-8: %q", src, out)
				}
				open, shut := strings.Count(out, fsi)+strings.Count(out, lri), strings.Count(out, pdi)
				if !strings.ContainsAny(src, fsi+pdi+lri+"\u2067") && open != shut {
					t.Fatalf("%q writes %d openings and %d closings: %q", src, open, shut, out)
				}
			}
		}
	})
}

// FuzzContains checks that every text contains itself and its own words, and that nothing
// that strangers write breaks the readers of shown text.
func FuzzContains(f *testing.F) {
	for _, s := range []string{"Who met Xi in Gyeongju?", "زيارة شي للصين ٤٨٫٩", "시진핑이 경주에서 7건을", "签署了7份备忘录70万亿", "1,411,780.5 G20", "\u2068\u202E\xff", ""} {
		f.Add(s, "7")
	}
	f.Fuzz(func(t *testing.T, text, phrase string) {
		passage := NewPassage(text)
		passage.Has(NewPhrase(phrase))
		words := Tokens(English, text)
		if len(words) > 0 && !passage.Has(NewPhrase(text)) {
			t.Fatalf("%q does not contain itself", text)
		}
		for _, w := range words {
			if script := NewPhrase(w).script; script == latinScript && !passage.Has(NewPhrase(w)) {
				t.Fatalf("%q does not contain its word %q", text, w)
			}
		}
		if n := Letters(text); n < 0 || n > len(text) {
			t.Fatalf("%q has %d letters", text, n)
		}
		for _, c := range All() {
			if CheckDirection(c, text) == nil && strings.ContainsAny(text, "\u202A\u202B\u202C\u202D\u202E") {
				t.Fatalf("%q passes", text)
			}
		}
	})
}

// FuzzUnits holds that what is read as a unit is one of the table and converts to its kind and back, and
// that a unit which stands behind a number is read as the number and no other.
func FuzzUnits(f *testing.F) {
	for _, u := range []string{"km", "km/h", "مترا", "킬로미터", "公里", "°F", "lbs", "sq km", "m²", "tonnes", "dollars", "$", "%", "ft 2 in", "٪", "평방미터", "per hour", "k m", "kmh", "′", "小时半"} {
		f.Add(int64(5), u)
		f.Add(int64(-40), u)
	}
	f.Fuzz(func(t *testing.T, n int64, unit string) {
		if len(unit) > 200 || n > 1e12 || n < -1e12 {
			return
		}
		for _, s := range []string{strconv.FormatInt(n, 10) + " " + unit, strconv.FormatInt(n, 10) + unit, unit + " " + strconv.FormatInt(n, 10), unit} {
			for _, r := range ReadAmount(Normalise(s)) {
				for _, u := range r.Units {
					if UnitNamed(u.Code) != u {
						t.Fatalf("%q is read with the unit %v, which the table does not have", s, u)
					}
					base := u.BaseUnit()
					there, ok := u.Convert(r.Number, base)
					if !ok {
						continue // too large for any fact
					}
					back, ok := base.Convert(there, u)
					if !ok {
						t.Fatalf("%q: %v %s do not convert back from %s", s, there, base.Code, u.Code)
					}
					if !nearly(back, r.Number) {
						t.Fatalf("%q: %v %s are %v %s and again %v %s", s, r.Number, u.Code, there, base.Code, back, u.Code)
					}
				}
			}
		}
	})
}

// nearly reports whether two numbers differ by the rounding of a conversion at most; beside the zero of
// another scale, as −273.15 °C is, that is a part of the distance between the two zeros.
func nearly(a, b Decimal) bool {
	if a == b {
		return true
	}
	x, _ := a.rat().Float64()
	y, _ := b.rat().Float64()
	return math.Abs(x-y) <= 1e-9*max(math.Abs(x), math.Abs(y), 1)
}
