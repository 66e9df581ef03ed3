package language

import (
	"testing"

	"pgregory.net/rapid"
)

// TestReadAmount reads what people write. An empty want is no number.
func TestReadAmount(t *testing.T) {
	for typed, want := range map[string]string{
		"70 trillion won": "70000000000000 KRW", "Seventy trillion won": "70000000000000 KRW", "KRW 70tn": "70000000000000 KRW", "US$48.9bn": "48900000000 USD",
		"$48.9 billion dollars": "48900000000 USD", "48,9 billion dollars": "48900000000 USD", "70 000 000": "70000000", "7e13": "70000000000000",
		"half a million dollars": "500000 USD", "one and a half million": "1500000", "two and a half years": "2.5 year", "five dozen": "60",
		"twenty twenty-five": "2025", "one million two hundred thousand": "1200000", "1 year 6 months": "18 month", "nineteen hundred": "1900",
		"سبعون تريليونًا": "70000000000000", "٧٠ ألف مليار وون": "70000000000000 KRW", "ثمانية وأربعون مليارًا وتسعمئة مليون دولار": "48900000000 USD",
		"٤٨ مليارا و٩٠٠ مليون دولار": "48900000000 USD", "ملياران": "2000000000", "مليارا دولار": "2000000000 USD", "مليار دولار": "1000000000 USD",
		"مليون ونصف": "1500000", "نصف مليون": "500000", "سنتان": "2 year", "أحد عشر عامًا": "11 year", "إحدى عشرة سنة": "11 year", "ألفان وخمسة وعشرون": "2025",
		"مئة وخمسة": "105", "ثلاث مئة": "300",
		"칠십조 원": "70000000000000 KRW", "4백89억 달러": "48900000000 USD", "2조5000억원": "2500000000000 KRW", "다섯 해": "5 year", "스물다섯": "25", "백하나": "101",
		"십이 점 오 퍼센트": "12.5 percent", "이천이십오": "2025", "만 오천": "15000",
		"70萬億韓元": "70000000000000 KRW", "柒拾万亿韩元": "70000000000000 KRW", "百分之十二点五": "12.5 percent", "二〇二五年": "2025 year", "两千零二十五": "2025",
		"两万五": "25000", "三百零五": "305", "七〇万亿": "70000000000000", "4000亿元人民币": "400000000000 CNY", "一百二": "120", "十五": "15",
		"7 or 8": "", "millions": "", "مليارات": "", "seven eight": "", "seven million thousand": "", "一二百": "", "": "", "won": "",
		"１２": "12", "-7": "-7", "1,234,567": "1234567", "1.234": "1.234", "1,23": "1.23", "12,34,567": "", "12,34,567 مليون": "", "١٢،٣٤،٥٦ مليار وون": "",
	} {
		got := ""
		if r := ReadAmount(Normalise(typed)); len(r) > 0 {
			got = r[0].Number.String()
			if len(r[0].Units) > 0 {
				got += " " + r[0].Units[0].Code
			}
		}
		if got != want {
			t.Errorf("%q is read as %q, want %q", typed, got, want)
		}
	}
}

func TestReadDate(t *testing.T) {
	nov := Date{2025, 11, 1}
	for typed, want := range map[string][]Date{
		"1 November 2025": {nov}, "Nov. 1st, 2025": {nov}, "the first of November": {{0, 11, 1}}, "2025-11-01": {nov}, "20251101": {nov},
		"11/1/2025": {nov, {2025, 1, 11}}, "November 2025": {{2025, 11, 0}}, "2025": {{2025, 0, 0}}, "twenty-first of June": {{0, 6, 21}},
		"١ تشرين الثاني ٢٠٢٥": {nov}, "الحادي والثلاثون من أكتوبر": {{0, 10, 31}}, "الأول من نوفمبر": {{0, 11, 1}}, "٣ نونبر": {{0, 11, 3}},
		"2025년 11월 1일 토요일": {nov}, "십일월 일일": {{0, 11, 1}}, "유월 육일": {{0, 6, 6}}, "시월": {{0, 10, 0}},
		"二〇二五年十一月一日": {nov}, "11月1号": {{0, 11, 1}},
		"44 BC":            {{-44, 0, 0}},
		"15 March 44 B.C.": {{-44, 3, 15}},
		"٤٤ ق.م.":          {{-44, 0, 0}},
		"기원전 44년":          {{-44, 0, 0}},
		"公元前44年":           {{-44, 0, 0}},
		"20/7/69":          {{2069, 7, 20}, {1969, 7, 20}},
		"11月":              {{0, 11, 0}},
		"31 February":      nil, "13/13/2025": nil, "1": nil, "November November": nil, "": nil,
	} {
		var got []Date
		for _, d := range ReadDate(English, Normalise(typed)) {
			got = append(got, d.Date)
		}
		same := len(got) == len(want)
		for i := range want {
			same = same && got[i] == want[i]
		}
		if !same {
			t.Errorf("%q is read as %v, want %v", typed, got, want)
		}
	}
}

func TestReadOrdinal(t *testing.T) {
	for typed, want := range map[string]int64{
		"3rd": 3, "third": 3, "the twenty-first": 21, "الثالث": 3, "الحادي عشر": 11, "الحادي والعشرون": 21, "세 번째": 3, "첫 번째": 1, "第三": 3, "第十二": 12, "제3": 3,
		"three": 0, "3": 0, "第": 0, "": 0,
	} {
		if got, ok := ReadOrdinal(Normalise(typed)); got != want || ok != (want > 0) {
			t.Errorf("%q is read as %d, %v, want %d", typed, got, ok, want)
		}
	}
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b  string
		limit int
		want  int
	}{
		{"gyeongju", "geyongju", 2, 1}, {"gyeongju", "gwangju", 3, 3}, {"abc", "abc", 2, 0}, {"", "ab", 2, 2}, {"kitten", "sitting", 2, 3},
		{"ca", "abc", 3, 3}, {"경주", "광주", 2, 1}, {"القاهرة", "القاهره", 2, 1},
	} {
		if got := Distance([]rune(c.a), []rune(c.b), c.limit); got != c.want {
			t.Errorf("Distance(%q, %q) = %d, want %d", c.a, c.b, got, c.want)
		}
	}
	if got := Distance(Jamo("이재명"), Jamo("이제명"), 2); got != 1 {
		t.Errorf("이재명 and 이제명 are %d jamo apart, want 1", got)
	}
}

func TestNormalise(t *testing.T) {
	for s, want := range map[string]string{
		"  Gyeong\u200Bju! ": "gyeongju", "Ｇｙｅｏｎｇｊｕ": "gyeongju", "Xí Jìnpíng": "xi jinping", "||gyeongju||": "gyeongju", "**70**": "70", "7️⃣": "7", "②": "2",
		"غيـونغجو": "غيونغجو", "ﻏﻴﻮﻧﻐﺠﻮ": "غيونغجو", "أحَدَ": "احد", "٧٠٫٥": "70.5", "شاشة": "شاشه", "慶州": "庆州", "\u1100\u1167\u11bc\u110c\u116e": "경주", "“a”": "a",
		"-7": "-7", "- 7": "-7", "- a": "a", ".5": ".5", "...5": "5", "(.5)": ".5", "3½": "3 1/2", "½": "1/2", "10⁸": "10^8", "10⁻³": "10^-3", "10**8": "10^8", "km²": "km2", "-$5": "-$5", "72\"": "72\"", "\"72\"": "72", "6′2″": "6'2\"", "५": "5", "？": "", "Straße": "strasse", "1،5": "1,5", "Æon": "aeon", "sœur": "soeur",
		"で": "で", "ポ": "ポ", "पानी": "पानी", "ดี": "ดี", "мой": "мой", "ёлка": "елка", "Їжак": "їжак", "שָׁלוֹם": "שלום",
	} {
		if got := Normalise(s); got != want {
			t.Errorf("Normalise(%q) = %q, want %q", s, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		once := Normalise(s)
		if twice := Normalise(once); twice != once {
			t.Fatalf("Normalise(%q) = %q, and again %q", s, once, twice)
		}
	})
}

// FuzzRead holds that reading ends, and that what is read is a number or a date.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"70 trillion won", "70조 원", "七十万亿", "٧٠ تريليون", "1 November 2025", "11월 1일", "الأول من نوفمبر", "1,23", "ونصف", "点", "and", "1½", "3 x 10^8", "6'2\"", "2분의 1", "ثلاثة أرباع", "a pair of moons", "两颗卫星", "قمران", "영하 5도", "시속 120km"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = Normalise(s)
		for _, r := range ReadAmount(s) {
			if r.Number != r.Number.Norm() || r.Number.Coef > maxCoef || r.Number.Coef < -maxCoef {
				t.Errorf("%q is read as %v, which is no number", s, r.Number)
			}
		}
		for _, c := range All() {
			for _, d := range ReadDate(c, s) {
				if d.Date.Month < 0 || d.Date.Month > 12 || d.Date.Day < 0 || d.Date.Day > 31 {
					t.Errorf("%q is read as %v", s, d.Date)
				}
			}
		}
		ReadOrdinal(s)
		for _, n := range ReadCounts(s) {
			if n.Number != n.Number.Norm() {
				t.Errorf("%q counts %v, which is no number", s, n.Number)
			}
		}
	})
}
