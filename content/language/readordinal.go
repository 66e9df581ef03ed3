package language

import (
	"slices"
	"strings"
)

// readOrdinalWords reads the ordinals of a language that writes them as words of their own.
func readOrdinalWords(f *dataFile) map[string]int64 {
	m := map[string]int64{}
	for _, row := range []struct {
		key         string
		first, step int64
	}{{"units", 1, 1}, {"tens", 20, 10}, {"hundred", 100, 0}, {"thousand", 1_000, 0}, {"million", 1_000_000, 0}, {"ten-part", tenPartOrdinal, 0}} {
		for i, words := range f.rows("ordinals", row.key) {
			for _, w := range words {
				m[w] = row.first + int64(i)*row.step
			}
		}
	}
	return m
}

// tenPartOrdinal stands for عشر of الثالث عشر, which is no ordinal by itself.
const tenPartOrdinal = -10

// ordinalMarks make an ordinal of a Korean or Chinese number.
type ordinalMarks struct {
	first         []string // words for the first
	before, after []string
}

func readOrdinalMarks(f *dataFile) ordinalMarks {
	return ordinalMarks{spellings(f.text("ordinals", "first")), spellings(f.text("ordinals", "before")), spellings(f.text("ordinals", "after"))}
}

// ReadOrdinal reads a normalised text that is nothing but an ordinal number: 3rd, third,
// الثالث, 세 번째, 第三.
func ReadOrdinal(s string) (int64, bool) {
	s = strings.Trim(s, " ")
	for _, article := range readers().words.ordinalBefore {
		s = strings.TrimPrefix(s, article+" ")
	}
	if d, size := readDigits(s); size > 0 {
		rest := strings.TrimLeft(s[size:], " ")
		if slices.Contains(readers().words.ordinalAfter, rest) || rest == "º" || rest == "°" {
			return d.Int()
		}
		return 0, false
	}
	switch {
	case strings.ContainsFunc(s, hangulLetter):
		return readMarkedOrdinal(strings.ReplaceAll(s, " ", ""), &readers().koreanOrdinals, false)
	case strings.ContainsFunc(s, han):
		return readMarkedOrdinal(strings.ReplaceAll(s, " ", ""), &readers().chineseOrdinals, true)
	case strings.ContainsFunc(s, arabicLetter):
		return readArabicOrdinal(s)
	}
	return readEnglishOrdinal(s)
}

// readMarkedOrdinal reads a number with a mark before or after it. Where the mark before it is
// needed, as in Chinese, what stands after it is a counter.
func readMarkedOrdinal(s string, m *ordinalMarks, needed bool) (int64, bool) {
	rest, led := cutAnyPrefix(s, m.before)
	if needed && !led {
		return 0, false
	}
	bare, ended := cutAnySuffix(rest, m.after)
	if !led && !ended {
		return 0, false
	}
	if slices.Contains(m.first, bare) {
		return 1, true
	}
	n, ok := readNumber(bare)
	if !ok {
		return 0, false
	}
	return n.Number.Int()
}

func readEnglishOrdinal(s string) (int64, bool) {
	words := strings.Fields(strings.ReplaceAll(s, "-", " "))
	ordinals := readers().englishOrdinals
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
	ordinals := readers().arabicOrdinals
	bare := func(w string) string { return strings.TrimPrefix(w, "ال") }
	switch len(words) {
	case 1:
		n := ordinals[bare(words[0])]
		return n, n > 0
	case 2:
		unit := ordinals[bare(words[0])]
		if unit <= 0 || unit > 9 {
			return 0, false
		}
		if ordinals[bare(words[1])] == tenPartOrdinal {
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
