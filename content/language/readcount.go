package language

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Counted is one way to read a text as a number of things: "two moons", قمران, 두 개, 两颗卫星.
type Counted struct {
	Number Decimal
	// Noun is what is counted as it was typed, normalised: "moons", 卫星. Of an Arabic dual it
	// is the singular: قمر of قمران. It is "" where nothing is named: 두 개.
	Noun string
	// Counter is the Korean or Chinese word between number and noun, or after the number: 개, 颗.
	Counter string
	General bool // the counter counts anything: 개, 个
	Slip    bool // a word of the number was misspelt
}

// counter is a word that follows a number in Korean and Chinese.
type counter struct {
	word    string
	many    int64 // how many things one of them is: 2 for a pair
	general bool  // it counts anything
}

// readCounters reads the counters of a language, the longest first.
func readCounters(f *dataFile) []counter {
	var all []counter
	for _, w := range spellings(f.text("counters", "general")) {
		all = append(all, counter{w, 1, true})
	}
	for _, w := range spellings(f.text("counters", "special")) {
		all = append(all, counter{w, 1, false})
	}
	f.numbered("groups", func(many int64, text string) {
		for _, w := range spellings(text) {
			all = append(all, counter{w, many, true})
		}
	})
	slices.SortStableFunc(all, func(a, b counter) int { return len(b.word) - len(a.word) })
	return all
}

// ReadCounts reads a normalised text that is a number with what it counts, in any of the four
// languages, the likeliest way first. A bare number is a count without a noun. It returns
// nothing for any other text.
func ReadCounts(s string) []Counted {
	if len(s) > longestCount || s == "" {
		return nil
	}
	var out []Counted
	if n, ok := readNumber(s); ok {
		out = append(out, Counted{Number: n.Number, Slip: n.Slip})
	}
	breaks := 0
	for i := 1; i < len(s) && len(out) < maxCounts && breaks < maxBreaks; i++ {
		if !countBreaks(s, i) {
			continue
		}
		breaks++
		head, tail := strings.TrimRight(s[:i], " "), strings.TrimLeft(s[i:], " ")
		if head == "" || tail == "" {
			continue
		}
		if n, ok := readNumber(head); ok && !n.Slip {
			out = appendNoun(out, n.Number, tail)
		}
		if !strings.ContainsAny(head, "0123456789") {
			out = appendTrailing(out, head, tail)
		}
	}
	if noun, ok := cutDual(s); ok {
		out = append(out, Counted{Number: Whole(2), Noun: noun})
	}
	return out
}

// Bounds of a counted text: its bytes, the ways to read it, and the places that are tried.
const (
	longestCount = 96
	maxCounts    = 8
	maxBreaks    = 16 // places where number and noun may meet
)

// countBreaks reports whether a number and its noun may meet at s[i]: at a blank, beside a digit,
// or between two characters of a script that sets no blanks.
func countBreaks(s string, i int) bool {
	if s[i] == ' ' || digit(s[i]) != digit(s[i-1]) && s[i-1] != ' ' {
		return true
	}
	r, _ := utf8.DecodeRuneInString(s[i:])
	return hangulLetter(r) || han(r)
}

// appendNoun appends a number with the noun after it, which may have a counter before it.
func appendNoun(out []Counted, n Decimal, after string) []Counted {
	after, _ = strings.CutPrefix(after, "of ")
	if after == "" || digit(after[0]) || after[0] == '.' || after[0] == ',' {
		return out
	}
	for _, w := range countersOf(after) {
		rest, ok := strings.CutPrefix(after, w.word)
		if !ok {
			continue
		}
		if many, ok := n.Mul(Whole(w.many)); ok {
			out = append(out, Counted{Number: many, Noun: strings.TrimLeft(rest, " 의的"), Counter: w.word, General: w.general})
		}
		break
	}
	return append(out, Counted{Number: n, Noun: after})
}

// appendTrailing appends a count whose noun comes first: قمر واحد, 위성 두 개, 卫星两颗.
func appendTrailing(out []Counted, noun, tail string) []Counted {
	put := Counted{Noun: noun}
	if n, ok := readNumber(tail); ok && !n.Slip {
		put.Number = n.Number
		if singular, dual := cutDual(noun); dual && n.Number.Cmp(Whole(2)) == 0 {
			put.Noun = singular // قمران اثنان
		}
		return append(out, put)
	}
	for _, w := range countersOf(tail) {
		rest, ok := strings.CutSuffix(tail, w.word)
		if !ok {
			continue
		}
		if n, ok := readNumber(rest); ok && !n.Slip {
			many, fits := n.Number.Mul(Whole(w.many))
			put.Number, put.Counter, put.General = many, w.word, w.general
			if fits {
				return append(out, put)
			}
		}
	}
	return out
}

// countersOf returns the counters of the script that s ends in.
func countersOf(s string) []counter {
	switch r, _ := utf8.DecodeLastRuneInString(s); {
	case hangulLetter(r):
		return readers().koreanCounters
	case han(r):
		return readers().chineseCounters
	}
	return nil
}

// cutDual returns the singular of an Arabic noun in the dual: قمر of قمران, سنه of سنتين.
func cutDual(s string) (noun string, ok bool) {
	s, _ = strings.CutPrefix(s, "ال")
	for _, end := range []string{"ان", "ين"} {
		stem, ok := strings.CutSuffix(s, end)
		if !ok || utf8.RuneCountInString(stem) < 2 || strings.Contains(stem, " ") {
			continue
		}
		if feminine, ok := strings.CutSuffix(stem, "ت"); ok && utf8.RuneCountInString(feminine) > 1 {
			return feminine + "ه", true
		}
		return stem, true
	}
	return "", false
}
