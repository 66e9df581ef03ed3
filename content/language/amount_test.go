package language

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var plainStyle = Style{Plain: true}

func amountOf(coef int64, exp int32, unit string) Amount {
	return Amount{Number: Decimal{coef, exp}, Unit: UnitNamed(unit), LastDigit: exp}
}

// TestSummitAmounts holds the table of the first pack: the scale words of the languages do not
// line up, so the value is converted and never the words.
func TestSummitAmounts(t *testing.T) {
	for _, row := range []struct {
		a              Amount
		en, ar, ko, zh string
	}{
		{amountOf(70, 12, "KRW"), "70 trillion won", "70 تريليون وون", "70조 원", "70万亿韩元"},
		{amountOf(489, 8, "USD"), "48.9 billion dollars", "48.9 مليار دولار", "489억 달러", "489亿美元"},
		{amountOf(7, 12, "KRW"), "7 trillion won", "7 تريليونات وون", "7조 원", "7万亿韩元"},
		{amountOf(17, 12, "KRW"), "17 trillion won", "17 تريليون وون", "17조 원", "17万亿韩元"},
		{amountOf(60, 12, "KRW"), "60 trillion won", "60 تريليون وون", "60조 원", "60万亿韩元"},
		{amountOf(90, 12, "KRW"), "90 trillion won", "90 تريليون وون", "90조 원", "90万亿韩元"},
		{amountOf(70, 9, "KRW"), "70 billion won", "70 مليار وون", "700억 원", "700亿韩元"},
		{amountOf(700, 12, "KRW"), "700 trillion won", "700 تريليون وون", "700조 원", "700万亿韩元"},
		{amountOf(489, 7, "USD"), "4.89 billion dollars", "4.89 مليار دولار", "48억 9천만 달러", "48.9亿美元"},
		{amountOf(489, 9, "USD"), "489 billion dollars", "489 مليار دولار", "4890억 달러", "4890亿美元"},
		{amountOf(489, 5, "USD"), "48.9 million dollars", "48.9 مليون دولار", "4890만 달러", "4890万美元"},
		{amountOf(389, 8, "USD"), "38.9 billion dollars", "38.9 مليار دولار", "389억 달러", "389亿美元"},
		{amountOf(589, 8, "USD"), "58.9 billion dollars", "58.9 مليار دولار", "589억 달러", "589亿美元"},
		{amountOf(70, 9, "USD"), "70 billion dollars", "70 مليار دولار", "700억 달러", "700亿美元"},
	} {
		for c, want := range map[Code]string{English: row.en, Arabic: row.ar, Korean: row.ko, Chinese: row.zh} {
			if got := string(AppendAmount(nil, c, row.a, nil, plainStyle)); got != want {
				t.Errorf("%s: %s %s reads %q, want %q", c, row.a.Number, row.a.Unit.Code, got, want)
			}
		}
	}
}

func TestArabicIndicDigits(t *testing.T) {
	st := Style{Digits: ArabicIndic, Plain: true}
	for _, c := range []struct {
		a    Amount
		want string
	}{
		{amountOf(70, 12, "KRW"), "٧٠ تريليون وون"},
		{amountOf(489, 8, "USD"), "٤٨٫٩ مليار دولار"},
		{amountOf(643801, 0, "km2"), "٦٤٣٬٨٠١ كيلومتر مربع"},
		{amountOf(125, -1, "percent"), "١٢٫٥٪"},
	} {
		if got := string(AppendAmount(nil, Arabic, c.a, nil, st)); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
	if got := string(AppendAmount(nil, Korean, amountOf(5, 0, "year"), nil, st)); got != "5년" {
		t.Errorf("Korean took Arabic digits: %q", got)
	}
	if got := string(AppendAmount(nil, Arabic, amountOf(5, 0, "percent"), nil, Style{Digits: ArabicIndic})); got != "٥٪\u061C" {
		t.Errorf("the percent sign lacks its mark: %q", got)
	}
}

func TestOtherAmounts(t *testing.T) {
	for _, row := range []struct {
		a              Amount
		en, ar, ko, zh string
	}{
		{amountOf(1, 0, "USD"), "1 dollar", "دولار واحد", "1달러", "1美元"},
		{amountOf(3, 0, "TRY"), "3 Turkish liras", "3 ليرات تركية", "3튀르키예 리라", "3土耳其里拉"},
		{amountOf(12, 0, "CAD"), "12 Canadian dollars", "12 دولارًا كنديًا", "12캐나다 달러", "12加元"},
		{amountOf(2, 0, "CAD"), "2 Canadian dollars", "دولاران كنديان", "2캐나다 달러", "2加元"},
		{amountOf(3, 9, "CAD"), "3 billion Canadian dollars", "3 مليارات دولار كندي", "30억 캐나다 달러", "30亿加元"},
		{amountOf(51780579, 0, "person"), "51,780,579 people", "51,780,579 شخصًا", "51,780,579명", "51,780,579人"},
		{amountOf(517, 5, "person"), "51.7 million people", "51.7 مليون شخص", "5170만 명", "5170万人"},
		{amountOf(1411778, 3, "person"), "1,411,778,000 people", "1,411,778,000 شخص", "1,411,778,000명", "1,411,778,000人"},
		{amountOf(141178, 4, "person"), "1,411,780,000 people", "1,411,780,000 شخص", "14억 1178만 명", "14.1178亿人"},
		{amountOf(-5, 0, "celsius"), "-5°C", "-5 درجات مئوية", "-5°C", "-5℃"},
		{amountOf(3, 0, "m"), "3 m", "3 أمتار", "3m", "3米"},
		{amountOf(2, 0, "week"), "2 weeks", "أسبوعان", "2주", "2周"},
		{amountOf(3, 0, "month"), "3 months", "3 أشهر", "3개월", "3个月"},
		{amountOf(15, -1, "hour"), "1.5 hours", "1.5 ساعة", "1.5시간", "1.5小时"},
		{amountOf(10000, 0, "KRW"), "10,000 won", "10,000 وون", "1만 원", "1万韩元"},
		{amountOf(0, 0, "year"), "0 years", "0 سنة", "0년", "0年"},
		{amountOf(103, 0, "day"), "103 days", "103 أيام", "103일", "103天"},
		{amountOf(7, 0, ""), "7", "7", "7", "7"},
		{amountOf(1234, 0, ""), "1,234", "1,234", "1,234", "1,234"},
	} {
		for c, want := range map[Code]string{English: row.en, Arabic: row.ar, Korean: row.ko, Chinese: row.zh} {
			if got := string(AppendAmount(nil, c, row.a, nil, plainStyle)); got != want {
				t.Errorf("%s: %v reads %q, want %q", c, row.a.Number, got, want)
			}
		}
	}
}

// TestCountedGolden shows every counted noun that packs use after 0 to 12, 21 and 100.
func TestCountedGolden(t *testing.T) {
	var b strings.Builder
	for _, unit := range []string{"year", "month", "week", "day", "hour", "minute", "second", "person", "percent", "km2", "km", "celsius", "t", "USD", "KRW", "EUR", "CNY", "SAR", "TRY"} {
		for _, c := range All() {
			fmt.Fprintf(&b, "%s %s:", unit, c)
			for _, n := range []int64{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 21, 100, 101, 103} {
				b.WriteString(" | ")
				b.Write(AppendAmount(nil, c, amountOf(n, 0, unit), nil, plainStyle))
			}
			b.WriteByte('\n')
		}
	}
	golden(t, "counted.golden", b.String())
}

func TestFormFor(t *testing.T) {
	for _, c := range []struct {
		name    string
		amounts []Amount
		want    [Count]string // the amounts in the form, joined by |; "" where there is none
	}{
		{"the swap in won", []Amount{amountOf(70, 12, "KRW"), amountOf(40, 12, "KRW"), amountOf(100, 12, "KRW")}, [Count]string{
			Arabic: "70 تريليون وون|40 تريليون وون|100 تريليون وون", English: "70 trillion won|40 trillion won|100 trillion won",
			Korean: "70조 원|40조 원|100조 원", Chinese: "70万亿韩元|40万亿韩元|100万亿韩元"}},
		{"the swap in dollars", []Amount{amountOf(489, 8, "USD"), amountOf(389, 8, "USD"), amountOf(589, 8, "USD")}, [Count]string{
			Arabic: "48.9 مليار دولار|38.9 مليار دولار|58.9 مليار دولار", English: "48.9 billion dollars|38.9 billion dollars|58.9 billion dollars",
			Korean: "489억 달러|389억 달러|589억 달러", Chinese: "489亿美元|389亿美元|589亿美元"}},
		{"a slip of the scale has no common form", []Amount{amountOf(70, 12, "KRW"), amountOf(70, 9, "KRW")}, [Count]string{}},
		{"a round number beside precise ones", []Amount{amountOf(489, 8, "USD"), amountOf(50, 9, "USD")}, [Count]string{
			Korean: "489억 달러|500억 달러", Chinese: "489亿美元|500亿美元"}},
		{"a number known to the same decimal", []Amount{amountOf(489, 8, "USD"), amountOf(500, 8, "USD")}, [Count]string{
			Arabic: "48.9 مليار دولار|50.0 مليار دولار", English: "48.9 billion dollars|50.0 billion dollars",
			Korean: "489억 달러|500억 달러", Chinese: "489亿美元|500亿美元"}},
		{"counts", []Amount{amountOf(7, 0, ""), amountOf(5, 0, ""), amountOf(11, 0, "")}, [Count]string{"7|5|11", "7|5|11", "7|5|11", "7|5|11"}},
		{"areas", []Amount{amountOf(643801, 0, "km2"), amountOf(357022, 0, "km2")}, [Count]string{
			Arabic: "643,801 كيلومتر مربع|357,022 كيلومترًا مربعًا", English: "643,801 km²|357,022 km²",
			Korean: "643,801km²|357,022km²", Chinese: "643,801平方公里|357,022平方公里"}},
		{"over a step of the scale", []Amount{amountOf(900, 9, "USD"), amountOf(1200, 9, "USD")}, [Count]string{
			Arabic: "900 مليار دولار|1,200 مليار دولار", English: "900 billion dollars|1,200 billion dollars", Chinese: "9000亿美元|12000亿美元"}},
		{"nothing", nil, [Count]string{}},
	} {
		for _, lang := range All() {
			f, ok := FormFor(lang, c.amounts)
			var parts []string
			for _, a := range c.amounts {
				parts = append(parts, string(AppendAmount(nil, lang, a, &f, plainStyle)))
			}
			got := strings.Join(parts, "|")
			if !ok {
				got = ""
			}
			if got != c.want[lang] {
				t.Errorf("%s in %s: got %q, want %q", c.name, lang, got, c.want[lang])
			}
		}
	}
}

// TestFormsAreExact checks that amounts that share a form are told apart in it, and that a
// form has one scale word and one number of decimals.
func TestFormsAreExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		unit := rapid.SampledFrom([]string{"", "KRW", "USD", "person", "km2", "percent", "year"}).Draw(t, "unit")
		amounts := rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) Amount {
			return Amount{Number: Decimal{rapid.Int64Range(1, 99999).Draw(t, "coef"), rapid.Int32Range(-2, 13).Draw(t, "exp")}.Norm(), Unit: UnitNamed(unit)}
		}), 2, 4, func(a Amount) Decimal { return a.Number }).Draw(t, "amounts")
		c := rapid.SampledFrom(All()).Draw(t, "language")
		f, ok := FormFor(c, amounts)
		if !ok {
			return
		}
		seen := map[string]bool{}
		for _, a := range amounts {
			s := string(AppendAmount(nil, c, a, &f, plainStyle))
			if seen[s] {
				t.Fatalf("two amounts read %q", s)
			}
			seen[s] = true
			if digits, _, found := strings.Cut(s, " "); c == English && found && f.Decimals > 0 {
				if _, fraction, _ := strings.Cut(digits, "."); len(fraction) != f.Decimals {
					t.Fatalf("%q has not %d decimals", s, f.Decimals)
				}
			}
		}
	})
}
