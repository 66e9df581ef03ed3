package grade

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
)

// money is a key that asks for an amount in won or dollars.
func money(lang language.Code, n language.Decimal, unit string) Key {
	value := language.Amount{Number: n, Unit: language.UnitNamed(unit), LastDigit: n.Exp}
	tolerance := &content.Tolerance{Share: language.Decimal{Coef: 5, Exp: -3}}
	return Key{sort: amountSort, lang: lang, amount: amount{value: newTarget(value, content.MoneyValue, tolerance), bare: bareIn(lang, value)}}
}

// anyAmount draws a number that news would print: a few digits and a power of ten.
func anyAmount(t *rapid.T) language.Decimal {
	return language.Decimal{Coef: rapid.Int64Range(1, 9999).Draw(t, "digits"), Exp: rapid.Int32Range(0, 12).Draw(t, "exponent")}.Norm()
}

var units = []string{"KRW", "USD", "CNY", "EUR", "JPY", "year", "month", "km", "percent"}

// TestWhatIsWrittenIsRight holds that an amount which any language writes is read back as the
// same amount, in every set of digits and whatever language the question was in.
func TestWhatIsWrittenIsRight(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, unit := anyAmount(t), rapid.SampledFrom(units).Draw(t, "unit")
		key := money(rapid.SampledFrom(language.All()).Draw(t, "asked in"), n, unit)
		c := rapid.SampledFrom(language.All()).Draw(t, "written in")
		style := language.Style{Plain: rapid.Bool().Draw(t, "plain")}
		if rapid.Bool().Draw(t, "indic") {
			style.Digits = language.ArabicIndic
		}
		typed := string(language.AppendAmount(nil, c, key.amount.value.amount(), nil, style))
		if got := Answer(&key, typed); got.Mark != Right {
			t.Fatalf("%q for %s %s is %s (%s)", typed, n, unit, got.Mark, got.Reason)
		}
	})
}

func (t *target) amount() language.Amount {
	return language.Amount{Number: t.value, Unit: t.unit, LastDigit: t.value.Exp}
}

// TestAnotherPowerOfTenIsNeverRight holds that neither a number with other zeros nor one in
// another unit is accepted.
func TestAnotherPowerOfTenIsNeverRight(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := anyAmount(t)
		key := money(language.English, n, "KRW")
		shift := rapid.SampledFrom([]int32{-6, -4, -3, -2, -1, 1, 2, 3, 4, 6}).Draw(t, "shift")
		other := key.amount.value.amount()
		other.Number = other.Number.Shift(shift)
		other.LastDigit = other.Number.Exp
		c := rapid.SampledFrom(language.All()).Draw(t, "written in")
		if shift < 0 && other.Number.Places() > 0 {
			t.Skip("no won has decimals")
		}
		typed := string(language.AppendAmount(nil, c, other, nil, language.Style{Plain: true}))
		if got := Answer(&key, typed); got.Mark != Wrong {
			t.Fatalf("%q for %s won is %s (%s)", typed, n, got.Mark, got.Reason)
		}
		other = key.amount.value.amount()
		other.Unit = language.UnitNamed(rapid.SampledFrom([]string{"USD", "EUR", "CNY", "JPY"}).Draw(t, "unit"))
		typed = string(language.AppendAmount(nil, c, other, nil, language.Style{Plain: true}))
		if got := Answer(&key, typed); got != (Verdict{Wrong, OtherUnit}) {
			t.Fatalf("%q for %s won is %s (%s)", typed, n, got.Mark, got.Reason)
		}
	})
}

// city is the key of the vectors' question for a city.
func city() Key {
	lex := &Lexicon{exact: map[string][]owner{}}
	for i, o := range []string{"Gwangju", "Seoul", "Busan", "광주", "서울", "光州", "غوانغجو"} {
		lex.add(o, owner(i))
	}
	n := names{lexicon: lex, family: map[string]bool{}, place: true}
	for _, a := range []string{"Gyeongju", "경주", "庆州", "غيونغجو"} {
		n.accept(a)
	}
	return Key{name: n, lang: language.English}
}

// TestDressDoesNotMatter holds that case, invisible characters, markup and marks around an
// answer never change its verdict.
func TestDressDoesNotMatter(t *testing.T) {
	keys := map[string]Key{"city": city(), "swap": money(language.English, language.Decimal{Coef: 7, Exp: 13}, "KRW")}
	answers := map[string][]string{
		"city": {"Gyeongju", "Gyeongjuu", "Seoul", "경주", "광주", "غيونغجو", "庆州", "in Gyeongju", "Lee"},
		"swap": {"70 trillion won", "70조 원", "70 billion won", "٧٠ تريليون وون", "70万亿韩元", "72 trillion won", "70"},
	}
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom([]string{"city", "swap"}).Draw(t, "key")
		key := keys[name]
		plain := rapid.SampledFrom(answers[name]).Draw(t, "answer")
		want := Answer(&key, plain)
		dressed := plain
		for _, d := range rapid.SliceOfN(rapid.SampledFrom(dresses), 1, 4).Draw(t, "dress") {
			dressed = d.put(dressed)
		}
		if got := Answer(&key, dressed); got != want {
			t.Fatalf("%q is %s (%s), but %q is %s (%s)", dressed, got.Mark, got.Reason, plain, want.Mark, want.Reason)
		}
	})
}

type dress struct {
	name string
	put  func(string) string
}

// String names the dress in a failure.
func (d dress) String() string { return d.name }

var dresses = []dress{
	{"capitals", strings.ToUpper},
	{"blanks", func(s string) string { return "  " + s + "\t\n" }},
	{"bold", func(s string) string { return "**" + s + "**" }},
	{"spoiler", func(s string) string { return "||" + s + "||" }},
	{"code", func(s string) string { return "`" + s + "`" }},
	{"quotes", func(s string) string { return "“" + s + "”" }},
	{"full stop", func(s string) string { return s + "." }},
	{"isolate", func(s string) string { return "\u2068" + s + "\u2069" }},
	{"marks", func(s string) string { return "\u200F\u202B" + s + "\u200E" }},
	{"zero width", func(s string) string {
		_, size := utf8.DecodeRuneInString(s)
		return s[:size] + "\u200B\u00AD" + s[size:]
	}},
	{"exclamation", func(s string) string { return s + "!!" }},
}

// FuzzAnswer holds that grading ends with one of the three marks, is the same when repeated,
// and that what is right stays right in other dress.
func FuzzAnswer(f *testing.F) {
	for _, s := range []string{"", "7", "Gyeongju", "70조 원", "٧٠ تريليون وون", "1/11/2025", "not 7", "ㅇㅇ", "两万五", "\xff", strings.Repeat("a ", 600)} {
		f.Add(s)
	}
	keys := []Key{
		city(), money(language.Korean, language.Decimal{Coef: 7, Exp: 13}, "KRW"),
		{sort: dateSort, lang: language.Arabic, date: dateKey{language.Date{Year: 2025, Month: 11, Day: 1}, true}},
		{sort: dateSort, lang: language.English, date: dateKey{language.Date{Year: 2025}, false}},
		{sort: polarSort, lang: language.Chinese, yes: true},
		{sort: amountSort, lang: language.English, amount: amount{value: newTarget(language.Amount{Number: language.Whole(7)}, content.IntegerValue, nil)}},
	}
	f.Fuzz(func(t *testing.T, typed string) {
		for i := range keys {
			got := Answer(&keys[i], typed)
			if again := Answer(&keys[i], typed); again != got {
				t.Fatalf("key %d: %q is %v and then %v", i, typed, got, again)
			}
			if got.Mark > Right || int(got.Reason) >= ReasonCount {
				t.Fatalf("key %d: %q is %v", i, typed, got)
			}
			if got.Mark == Right && len(typed) < 100 {
				if in := Answer(&keys[i], "\u2068"+typed+"\u2069"); in.Mark != Right {
					t.Fatalf("key %d: %q is right, but isolated it is %v", i, typed, in)
				}
			}
		}
		choice([]string{"A", "B", "C"}, []string{"Seoul", "Gyeongju", "Busan"}, 1, typed)
	})
}

func ExampleAnswer() {
	key := money(language.English, language.Decimal{Coef: 7, Exp: 13}, "KRW")
	for _, typed := range []string{"٧٠ تريليون وون", "70조 원", "70tn won", "70", "70 billion won", "70 trillion yen"} {
		v := Answer(&key, typed)
		fmt.Println(v.Mark, v.Reason)
	}
	// Output:
	// right matched
	// right matched
	// right matched
	// close scale-missing
	// wrong other-scale
	// wrong other-unit
}

// choice grades an answer to a question with options.
func choice(labels, options []string, key int, typed string) (int, Verdict) {
	return Choice(&quiz.View{Labels: labels, Options: options, Key: key}, typed)
}
