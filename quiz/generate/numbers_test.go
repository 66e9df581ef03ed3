package generate

import (
	"testing"

	"summitquiz/content"
	"summitquiz/content/language"
)

// key is the value of a fact that asks for a number or a date.
func numberFact(t content.Type, truth content.Truth, v content.Value, not ...content.Value) *content.Fact {
	v.Type = t
	for i := range not {
		not[i].Type = t
	}
	subject := content.Value{Type: content.TextValue, Words: &content.Words{Text: language.Everywhere("x")}}
	rel := &content.Relation{ID: "r", Fields: []content.Field{{Name: "what", Type: content.TextValue}, {Name: "n", Type: t, Truth: truth}}}
	f := &content.Fact{Name: "f", Relation: rel, Values: [][]content.Value{{subject}, {v}}}
	if len(not) > 0 {
		f.Not = []content.FieldValues{{Field: 1, Values: not}}
	}
	return f
}

func amount(s, unit string) content.Value {
	n, ok := language.ParseDecimal(s)
	if !ok {
		panic(s)
	}
	return content.Value{Amount: language.Amount{Number: n, Unit: language.UnitNamed(unit), LastDigit: n.Exp}}
}

func date(y, m, d int) content.Value {
	return content.Value{Date: language.Date{Year: int16(y), Month: int8(m), Day: int8(d)}}
}

// pack is enough of one for numbers: no facts, and so no other truths.
func numberGenerator(t *testing.T) *Generator {
	t.Helper()
	p, err := content.Parse([]byte("pack: numbers\nversion: '1'\nlanguages: [ar, en, ko, zh]\ntitle: {ar: ا, en: a, ko: 가, zh: 一}\ncover: {ar: ب, en: b, ko: 나, zh: 二}\n"+
		"cards: [{id: one, ask: {ar: ما, en: what, ko: 무엇, zh: 什么}, answer: {ar: ج, en: c, ko: 다, zh: 三}}]\n"), content.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return New(p)
}

func TestDrawnNumbers(t *testing.T) {
	g := numberGenerator(t)
	tests := []struct {
		name        string
		t           content.Type
		key         content.Value
		least, most int // ranks that the bounds allow, among three others
	}{
		{"70 trillion stands third or fourth", content.MoneyValue, amount("70000000000000", "KRW"), 2, 3},
		{"48.9 billion anywhere", content.MoneyValue, amount("48900000000", "USD"), 0, 3},
		{"one trillion only first", content.MoneyValue, amount("1000000000000", "KRW"), 0, 0},
		{"just above a power of ten", content.MoneyValue, amount("105000000", "USD"), 0, 3},
		{"just below a power of ten", content.QuantityValue, amount("9840", "m"), 0, 3},
		{"a full area", content.QuantityValue, amount("643801", "km2"), 0, 3},
		{"a percent above 98", content.QuantityValue, amount("99.5", "percent"), 3, 3},
		{"seven accords", content.IntegerValue, amount("7", ""), 0, 3},
		{"two phones", content.IntegerValue, amount("2", ""), 0, 1},
		{"one", content.IntegerValue, amount("1", ""), 0, 0},
		{"forty states", content.IntegerValue, amount("40", ""), 0, 3},
		{"eleven years", content.DurationValue, amount("11", "year"), 0, 3},
		{"the third place", content.OrdinalValue, amount("3", ""), 0, 2},
		{"a population", content.IntegerValue, amount("38100000", ""), 0, 3},
		{"a day", content.DateValue, date(2025, 11, 1), 0, 3},
		{"a month", content.DateValue, date(2025, 11, 0), 0, 3},
		{"a year", content.DateValue, date(1963, 0, 0), 0, 3},
		{"before our era", content.DateValue, date(-44, 0, 0), 0, 3},
		{"the first year", content.DateValue, date(1, 0, 0), 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := numberFact(tt.t, content.Functional, tt.key)
			key := f.Values[1][0]
			ranks := map[int]int{}
			const seeds = 800
			for seed := range uint64(seeds) {
				d := drawing{g: g, fact: f, field: 1, sub: both(seed, 1), want: 3}
				d.draw(key)
				if d.n != 3 {
					t.Fatalf("seed %d: %d wrong numbers, want 3", seed, d.n)
				}
				rank := 0
				for _, c := range d.chosen[:d.n] {
					if less(&c.value, &key) {
						rank++
					}
					if n := c.value.Amount.Number; tt.t != content.DateValue && n.Sign() <= 0 {
						t.Fatalf("seed %d: %s is not positive", seed, n)
					}
				}
				if rank < tt.least || rank > tt.most {
					t.Fatalf("seed %d: rank %d, want %d to %d", seed, rank, tt.least, tt.most)
				}
				ranks[rank]++
			}
			for r := tt.least; r <= tt.most; r++ {
				// Five standard deviations around an equal share.
				if want := seeds / (tt.most - tt.least + 1); ranks[r] < want*3/5 || ranks[r] > want*7/5 {
					t.Errorf("rank %d came %d times of %d, want about %d", r, ranks[r], seeds, want)
				}
			}
		})
	}
}

func less(a, b *content.Value) bool {
	if a.Type == content.DateValue {
		return later(b.Date, a.Date)
	}
	return a.Amount.Number.Cmp(b.Amount.Number) < 0
}

func TestAmountsAreEquallyRoundAndSpread(t *testing.T) {
	g := numberGenerator(t)
	for _, key := range []content.Value{amount("70000000000000", "KRW"), amount("48900000000", "USD"), amount("643801", "km2"), amount("12.5", "percent"), amount("3200", "m")} {
		f := numberFact(content.QuantityValue, content.Functional, key)
		for seed := range uint64(300) {
			d := drawing{g: g, fact: f, field: 1, sub: both(seed, 2), want: 3}
			d.draw(f.Values[1][0])
			all := []int64{key.Amount.Number.Norm().Coef}
			exp := key.Amount.Number.Norm().Exp
			for _, c := range d.chosen[:d.n] {
				n := c.value.Amount.Number.Norm()
				if own := digits(all[0]); n.Exp != exp || digits(n.Coef) != own && (own == 1 || digits(n.Coef) < own-1 || digits(n.Coef) > own+1) {
					t.Fatalf("%s beside %s is not as round", n, key.Amount.Number)
				}
				all = append(all, n.Coef)
			}
			for _, a := range all {
				for _, b := range all {
					if a < b && b*100 < a*nearest {
						t.Fatalf("%d and %d are too near", a, b)
					}
				}
			}
		}
	}
}

// TestHugeNumbersMakeNothing draws beside numbers that no sum of ours could hold.
func TestHugeNumbersMakeNothing(t *testing.T) {
	g := numberGenerator(t)
	for _, key := range []content.Value{amount("999999999999999999", ""), amount("0", ""), amount("-5", ""), date(9999, 12, 31), date(-9999, 0, 0)} {
		typ := content.IntegerValue
		if key.Date.Year != 0 {
			typ = content.DateValue
		}
		f := numberFact(typ, content.Functional, key)
		for seed := range uint64(50) {
			d := drawing{g: g, fact: f, field: 1, sub: both(seed, 5), want: 3}
			d.draw(f.Values[1][0])
			for _, c := range d.chosen[:d.n] {
				if typ != content.DateValue {
					t.Fatalf("%s got the wrong number %s", key.Amount.Number, c.value.Amount.Number)
				}
				if y := c.value.Date.Year; y < -9999 || y > 9999 || y == 0 {
					t.Fatalf("%v got the wrong date %v", key.Date, c.value.Date)
				}
			}
		}
	}
}

func TestOpenNumbersAreOnlyDeclared(t *testing.T) {
	g := numberGenerator(t)
	f := numberFact(content.IntegerValue, content.Open, amount("7", ""), amount("5", ""), amount("9", ""), amount("1000", ""))
	d := drawing{g: g, fact: f, field: 1, sub: 3, want: 3}
	d.draw(f.Values[1][0])
	if d.n != 2 {
		t.Fatalf("%d wrong numbers, want 5 and 9 only", d.n)
	}
	for _, c := range d.chosen[:2] {
		if s := c.value.Amount.Number.String(); s != "5" && s != "9" {
			t.Errorf("drew %s, which nobody declared", s)
		}
	}
}

func TestDaysRoundTrip(t *testing.T) {
	for n := dayNumber(language.Date{Year: -3, Month: 1, Day: 1}); n < dayNumber(language.Date{Year: 2101, Month: 1, Day: 1}); n++ {
		if got := dayNumber(dayDate(n)); got != n {
			t.Fatalf("day %d is %v, which is day %d", n, dayDate(n), got)
		}
	}
	if a, b := dayNumber(language.Date{Year: 2024, Month: 3, Day: 1}), dayNumber(language.Date{Year: 2024, Month: 2, Day: 29}); a != b+1 {
		t.Errorf("1 March 2024 is %d days after 29 February", a-b)
	}
}

func TestNoDateAfterItsSources(t *testing.T) {
	g := numberGenerator(t)
	g.latest = language.Date{Year: 2025, Month: 11, Day: 2}
	f := numberFact(content.DateValue, content.Functional, date(2025, 11, 1))
	for seed := range uint64(200) {
		d := drawing{g: g, fact: f, field: 1, sub: both(seed, 4), want: 3}
		d.draw(f.Values[1][0])
		for _, c := range d.chosen[:d.n] {
			if later(c.value.Date, g.latest) {
				t.Fatalf("seed %d offers %v, after the source", seed, c.value.Date)
			}
		}
	}
}
