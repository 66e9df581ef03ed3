package grade

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// A Korean numeral may be written in digits, in Sino-Korean or in native words: 삼국지 and 3국지, 세
// 자매 and 3자매, 7대 and 칠대. Many other words begin with the same syllables, so that these are
// only more ways to write a key, and nothing that is done to every name.

// native are the native Korean numerals that stand before a noun, by word and by number.
var native = numbered("name-natives")

// koreanSpellings returns other ways to write the numerals of a canonical Korean name.
func koreanSpellings(canon string) []string {
	if alphabetOf(strings.TrimLeft(canon, "0123456789 ")) != hangulAlphabet {
		return nil
	}
	var out []string
	if s := inSino(canon); s != "" {
		out = append(out, s)
	}
	if s := inDigits(canon); s != "" {
		out = append(out, s)
	}
	word, rest, _ := strings.Cut(canon, " ")
	if n := native()[word]; n > 0 && rest != "" {
		out = append(out, strconv.Itoa(n)+rest)
	}
	end := len(word) - len(strings.TrimLeft(word, "0123456789"))
	after, _ := utf8.DecodeRuneInString(canon[end:])
	if end > 0 && end < len(canon) && !strings.ContainsRune(counters(), after) {
		for w, n := range native() {
			if strconv.Itoa(n) == canon[:end] {
				out = append(out, w+canon[end:])
			}
		}
	}
	return out
}

// inDigits writes the Sino-Korean numeral at the beginning of a name in digits, whatever follows:
// 3국지. "" if there is none.
func inDigits(canon string) string {
	end := len(canon) - len(strings.TrimLeft(canon, sino()))
	if end == 0 || end == len(canon) || canon[end] == ' ' {
		return ""
	}
	n, ok := wholeNumber(canon[:end])
	if !ok {
		return ""
	}
	return strconv.FormatInt(n, 10) + canon[end:]
}

// inSino writes the digits of a name in Sino-Korean words: 세계 칠대 불가사의. "" if it has none.
func inSino(canon string) string {
	if !strings.ContainsAny(canon, "0123456789") {
		return ""
	}
	var b strings.Builder
	for canon != "" {
		end := len(canon) - len(strings.TrimLeft(canon, "0123456789"))
		if end == 0 {
			_, size := utf8.DecodeRuneInString(canon)
			b.WriteString(canon[:size])
			canon = canon[size:]
			continue
		}
		n, err := strconv.Atoi(canon[:end])
		if err != nil || n == 0 || n > mostSino || canon[0] == '0' {
			return ""
		}
		b.WriteString(sinoWords(n))
		canon = canon[end:]
	}
	return b.String()
}

// mostSino is the largest numeral that is written in words.
const mostSino = 9_999

// sinoWords returns a number up to mostSino in Sino-Korean words.
func sinoWords(n int) string {
	syllables := []rune(sino()) // 1 to 9, then 10, 100, 1,000
	var b strings.Builder
	for place, value := 3, 1_000; place >= 0; place, value = place-1, value/10 {
		d := n / value % 10
		if d > 1 || d == 1 && place == 0 {
			b.WriteRune(syllables[d-1])
		}
		if d > 0 && place > 0 {
			b.WriteRune(syllables[8+place])
		}
	}
	return b.String()
}
