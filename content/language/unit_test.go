package language

import (
	"strings"
	"testing"
	"unicode"
)

func TestUnitsByTheNamesPacksUse(t *testing.T) {
	for name, code := range map[string]string{
		"KRW": "KRW", "krw": "KRW", "usd": "USD", "Dollars": "USD", "year": "year", "years": "year", "Months": "month", "km2": "km2",
		"km²": "km2", "%": "percent", "percent": "percent", "people": "person", "persons": "person", "°C": "celsius", "kg": "kg",
		"tonnes": "t", "m": "m", "L": "L", "hours": "hour",
	} {
		if u := UnitNamed(name); u == nil || u.Code != code {
			t.Errorf("UnitNamed(%q) = %v, want %s", name, u, code)
		}
	}
	for _, name := range []string{"", "wonn", "ms", "trillion"} {
		if u := UnitNamed(name); u != nil {
			t.Errorf("UnitNamed(%q) = %s, want none", name, u.Code)
		}
	}
	if UnitNamed("USD") != UnitNamed("usd") {
		t.Error("one code gives two units")
	}
}

func TestEveryUnitIsNamedInEveryLanguage(t *testing.T) {
	seen, currencies := map[string]bool{}, 0
	for _, u := range Units() {
		if seen[u.Code] {
			t.Errorf("%s stands twice", u.Code)
		}
		seen[u.Code] = true
		if u.Currency {
			currencies++
		}
		if u.Base != u.Code && UnitNamed(u.Base) != nil && UnitNamed(u.Base).Factor != (Decimal{1, 0}) {
			t.Errorf("%s converts to %s, which is no base unit", u.Code, u.Base)
		}
		for _, c := range All() {
			name := u.Name(c)
			if name == "" || strings.TrimSpace(name) != name || strings.Contains(name, "  ") {
				t.Errorf("%s is called %q in %s", u.Code, name, c)
			}
			if strings.ContainsFunc(name, foreignTo(c)) {
				t.Errorf("%s is called %q in %s: another script", u.Code, name, c)
			}
		}
	}
	if currencies < 60 {
		t.Errorf("only %d currencies", currencies)
	}
}

// foreignTo tells letters that cannot be in a unit's name in a language. Latin signs such as
// km² and CFA may stand in Korean and Chinese.
func foreignTo(c Code) func(rune) bool {
	own := [Count][]*unicode.RangeTable{
		Arabic: {unicode.Arabic}, English: {unicode.Latin}, Korean: {unicode.Hangul, unicode.Latin}, Chinese: {unicode.Han, unicode.Latin},
	}[c]
	return func(r rune) bool { return unicode.IsLetter(r) && !unicode.In(r, own...) }
}

func TestAmountsEqualAcrossUnits(t *testing.T) {
	amount := func(n Decimal, code string) Amount { return Amount{Number: n, Unit: UnitNamed(code)} }
	for _, c := range []struct {
		a, b Amount
		want bool
	}{
		{amount(Decimal{1, 0}, "km"), amount(Decimal{1000, 0}, "m"), true},
		{amount(Decimal{5, 0}, "year"), amount(Decimal{60, 0}, "month"), true},
		{amount(Decimal{1, 0}, "week"), amount(Decimal{168, 0}, "hour"), true},
		{amount(Decimal{1, 0}, "month"), amount(Decimal{30, 0}, "day"), false}, // no exact conversion
		{amount(Decimal{1, 0}, "km2"), amount(Decimal{100, 0}, "ha"), true},
		{amount(Decimal{15, -1}, "t"), amount(Decimal{1500, 0}, "kg"), true},
		{amount(Decimal{70, 12}, "KRW"), amount(Decimal{7, 13}, "KRW"), true},
		{amount(Decimal{7, 13}, "KRW"), amount(Decimal{7, 13}, "USD"), false},
		{amount(Decimal{7, 0}, ""), amount(Decimal{70, -1}, ""), true},
		{amount(Decimal{7, 0}, ""), amount(Decimal{7, 0}, "person"), false},
		{amount(Decimal{maxCoef, 0}, "week"), amount(Decimal{maxCoef, 0}, "day"), false}, // products of more than 18 digits
	} {
		if got := c.a.Equal(c.b); got != c.want {
			t.Errorf("%v %v = %v %v: got %v, want %v", c.a.Number, c.a.Unit, c.b.Number, c.b.Unit, got, c.want)
		}
		if c.a.Equal(c.b) != c.b.Equal(c.a) {
			t.Errorf("equality of %v and %v depends on the order", c.a, c.b)
		}
	}
}

func TestScaleWordsOfPacks(t *testing.T) {
	for word, want := range map[string]int32{"thousand": 3, "k": 3, "Million": 6, "m": 6, "billion": 9, "bn": 9, "trillion": 12, "tn": 12} {
		if got, ok := ScaleNamed(word); !ok || got != want {
			t.Errorf("ScaleNamed(%q) = %d, %v; want %d", word, got, ok, want)
		}
	}
	if _, ok := ScaleNamed("zillion"); ok {
		t.Error("a zillion is a number")
	}
}
