package grade

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"summitquiz/content/language"
)

// affix is a word that can be taken from the beginning or the end of an answer.
type affix struct {
	text  string
	loose bool // Hangul and Han set no blank before and after it
}

// affixes are the words that one kind of answer may carry: before it by their first byte, and
// after it by their last.
type affixes struct {
	before, after [256][]affix
}

func newAffixes(before, after string) *affixes {
	a := &affixes{}
	for _, x := range parse(before) {
		a.before[x.text[0]] = append(a.before[x.text[0]], x)
	}
	for _, x := range parse(after) {
		last := x.text[len(x.text)-1]
		a.after[last] = append(a.after[last], x)
	}
	return a
}

func parse(bars string) []affix {
	var out []affix
	for s := range strings.SplitSeq(bars, "|") {
		if s = language.Normalise(s); s == "" {
			continue
		}
		out = append(out, affix{s, loose(s)})
	}
	slices.SortStableFunc(out, func(a, b affix) int { return len(b.text) - len(a.text) })
	return out
}

// loose reports whether s ends or begins in a script that runs words together.
func loose(s string) bool {
	for _, r := range s {
		if r >= 0x1100 && r <= 0x11FF || r >= 0x2E80 && r <= 0x9FFF || r >= 0xAC00 && r <= 0xD7A3 {
			return true
		}
	}
	return false
}

var (
	anyAffixes = sync.OnceValue(func() *affixes {
		return newAffixes(answerWords("leads", "text-before", "class-before"), answerWords("tails", "text-after", "class-after"))
	})
	numberAffixes = sync.OnceValue(func() *affixes {
		return newAffixes(answerWords("leads", "about-before"), answerWords("tails", "about-after"))
	})
	placeAffixes = sync.OnceValue(func() *affixes {
		return newAffixes(answerWords("leads", "place-before"), answerWords("tails", "place-after"))
	})
	personAffixes = sync.OnceValue(func() *affixes {
		return newAffixes(answerWords("leads", "title-before"), answerWords("tails", "title-after"))
	})
	actionAffixes = sync.OnceValue(func() *affixes {
		return newAffixes(answerWords("leads", "text-before", "subjects", "class-before"), answerWords("tails", "text-after", "class-after"))
	})
	titleList = sync.OnceValue(func() []affix { return parse(answerWords("title-before", "title-after")) })
)

// How many ways of taking words away are tried, and up to which length of an answer in bytes.
const (
	maxForms = 48
	maxDress = 400
)

// forms returns a normalised answer and what is left of it when words that add nothing are
// taken away, the fewest taken first.
func (a *affixes) forms(s string, more ...affix) []string {
	out := []string{s}
	for i := 0; i < len(out) && len(out) < maxForms && s != "" && len(s) <= maxDress; i++ {
		for _, list := range [2][]affix{a.before[out[i][0]], more} {
			for _, x := range list {
				if rest, ok := x.cutBefore(out[i]); ok && !slices.Contains(out, rest) {
					out = append(out, rest)
				}
			}
		}
		for _, list := range [2][]affix{a.after[out[i][len(out[i])-1]], more} {
			for _, x := range list {
				if rest, ok := x.cutAfter(out[i]); ok && !slices.Contains(out, rest) {
					out = append(out, rest)
				}
			}
		}
	}
	return out
}

const between = " ,.;:-!?()\"'"

func (x affix) cutBefore(s string) (string, bool) {
	rest, ok := strings.CutPrefix(s, x.text)
	if !ok || rest == "" || !x.loose && strings.IndexByte(between, rest[0]) < 0 {
		return "", false
	}
	rest = strings.TrimLeft(rest, " ,.;:-!?()\"'")
	return rest, rest != ""
}

func (x affix) cutAfter(s string) (string, bool) {
	rest, ok := strings.CutSuffix(s, x.text)
	if !ok || rest == "" || !x.loose && strings.IndexByte(between, rest[len(rest)-1]) < 0 && !closesDigits(rest) {
		return "", false
	}
	rest = strings.TrimRight(rest, " ,.;:-!?()\"'")
	return rest, rest != ""
}

// closesDigits reports whether s ends in a digit: 2025م.
func closesDigits(s string) bool { return s[len(s)-1] >= '0' && s[len(s)-1] <= '9' }

// words returns a list of single words, in all languages, for looking words up.
func words(list string) func() map[string]bool {
	return sync.OnceValue(func() map[string]bool {
		m := map[string]bool{}
		for _, w := range language.AnswerWords(list) {
			m[w] = true
		}
		return m
	})
}

// list returns a list of words, in all languages, in their order. They are normalised, but for a
// blank at the end.
func list(name string) func() []string {
	return sync.OnceValue(func() []string {
		var out []string
		for _, w := range language.AnswerWords(name) {
			blank := ""
			if strings.HasSuffix(w, " ") {
				blank = " "
			}
			out = append(out, language.Normalise(w)+blank)
		}
		return out
	})
}

// letters returns lists of single characters, in all languages, as one text.
func letters(lists ...string) func() string {
	return sync.OnceValue(func() string { return strings.ReplaceAll(answerWords(lists...), "|", "") })
}

// paired returns a list of words with what each stands for: tooth = teeth.
func paired(list string) func() map[string]string {
	return sync.OnceValue(func() map[string]string {
		m := map[string]string{}
		for _, pair := range language.AnswerWords(list) {
			w, full, _ := strings.Cut(pair, " = ")
			m[language.Normalise(w)] = language.Normalise(full)
		}
		return m
	})
}

// numbered returns a list of words with their numbers: third = 3.
func numbered(list string) func() map[string]int {
	return sync.OnceValue(func() map[string]int {
		m := map[string]int{}
		for w, digits := range paired(list)() {
			m[w], _ = strconv.Atoi(digits) // 0 is no number: a test holds that there is none
		}
		return m
	})
}

// answerWords returns lists of the words that answers carry, in all languages, separated by bars.
func answerWords(lists ...string) string {
	var words []string
	for _, list := range lists {
		words = append(words, language.AnswerWords(list)...)
	}
	return strings.Join(words, "|")
}
