package language

import (
	"strings"
	"sync"
)

var englishOrdinalWords = sync.OnceValue(func() map[string]int64 {
	m := map[string]int64{}
	for i, s := range strings.Fields("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth") {
		m[s] = int64(i + 1)
	}
	for i, s := range strings.Fields("twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth hundredth") {
		m[s] = int64(i+2) * 10
	}
	m["thousandth"], m["millionth"] = 1_000, 1_000_000
	return m
})

var arabicOrdinalWords = sync.OnceValue(func() map[string]int64 {
	m := map[string]int64{}
	for i, names := range []string{
		"اول اولي", "ثاني ثانيه", "ثالث ثالثه", "رابع رابعه", "خامس خامسه", "سادس سادسه", "سابع سابعه", "ثامن ثامنه", "تاسع تاسعه", "عاشر عاشره",
	} {
		for _, s := range strings.Fields(names) {
			m[s] = int64(i + 1)
		}
	}
	m["حادي"], m["حاديه"] = 1, 1
	for i, names := range []string{"عشرون عشرين", "ثلاثون ثلاثين", "اربعون اربعين", "خمسون خمسين", "ستون ستين", "سبعون سبعين", "ثمانون ثمانين", "تسعون تسعين"} {
		for _, s := range strings.Fields(names) {
			m[s] = int64(i+2) * 10
		}
	}
	m["ميه"], m["مايه"] = 100, 100
	return m
})

// ReadOrdinal reads a normalised text that is nothing but an ordinal number: 3rd, third,
// الثالث, 세 번째, 第三.
func ReadOrdinal(s string) (int64, bool) {
	s = strings.TrimPrefix(strings.Trim(s, " "), "the ")
	if d, size := readDigits(s); size > 0 {
		switch rest := strings.TrimLeft(s[size:], " "); rest {
		case "st", "nd", "rd", "th", "번째", "째", "위", "º", "°", "ه", "ث":
			return d.Int()
		}
		return 0, false
	}
	switch {
	case strings.ContainsFunc(s, hangulLetter):
		return readKoreanOrdinal(s)
	case strings.ContainsFunc(s, han):
		rest, ok := strings.CutPrefix(strings.ReplaceAll(s, " ", ""), "第")
		if !ok {
			return 0, false
		}
		n, ok := readNumber(strings.TrimRight(rest, "个名位次届"))
		if !ok {
			return 0, false
		}
		return n.Number.Int()
	case strings.ContainsFunc(s, arabicLetter):
		return readArabicOrdinal(s)
	}
	return readEnglishOrdinal(s)
}

func readKoreanOrdinal(s string) (int64, bool) {
	s = strings.ReplaceAll(s, " ", "")
	for _, end := range []string{"번째", "째", "위"} {
		if rest, ok := strings.CutSuffix(s, end); ok {
			if rest == "첫" || rest == "첫번" {
				return 1, true
			}
			if n, ok := readNumber(rest); ok {
				return n.Number.Int()
			}
		}
	}
	if rest, ok := strings.CutPrefix(s, "제"); ok {
		if n, ok := readNumber(rest); ok {
			return n.Number.Int()
		}
	}
	return 0, false
}

func readEnglishOrdinal(s string) (int64, bool) {
	words := strings.Fields(strings.ReplaceAll(s, "-", " "))
	ordinals := englishOrdinalWords()
	switch len(words) {
	case 1:
		n, ok := ordinals[words[0]]
		return n, ok
	case 2:
		tens, unit := englishWords().words[words[0]], ordinals[words[1]]
		if tens.kind == tensWord && unit > 0 && unit < 10 {
			return tens.value + unit, true
		}
	}
	return 0, false
}

// readArabicOrdinal reads الثالث, الحادي عشر and الحادي والعشرون.
func readArabicOrdinal(s string) (int64, bool) {
	words := strings.Fields(s)
	ordinals := arabicOrdinalWords()
	bare := func(w string) string { return strings.TrimPrefix(w, "ال") }
	switch len(words) {
	case 1:
		n, ok := ordinals[bare(words[0])]
		return n, ok
	case 2:
		unit := ordinals[bare(words[0])]
		if unit == 0 || unit > 9 {
			return 0, false
		}
		if w := bare(words[1]); w == "عشر" || w == "عشره" {
			return unit + 10, true
		}
		if rest, ok := strings.CutPrefix(words[1], "و"); ok {
			if tens := ordinals[bare(rest)]; tens >= 20 && tens < 100 {
				return unit + tens, true
			}
		}
	}
	return 0, false
}
