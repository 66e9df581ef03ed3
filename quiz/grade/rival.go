package grade

import (
	"strings"
	"sync"
	"unicode/utf8"

	"summitquiz/content/language"
)

// Another numeral, direction or day in a name is another name and no slip: 사총사 is no 삼총사, West
// Timor no East Timor, the son no father of the same name.

// rivals are the terms of which one stands for another in a name of something else, by term: each
// with the others of its kind. Latin and Arabic terms are whole words, or begin one; Korean ones
// begin a word; Chinese ones stand anywhere.
type rivals struct {
	words, begins map[string][]string
}

var rivalTerms = sync.OnceValue(func() *rivals {
	r := &rivals{map[string][]string{}, map[string][]string{}}
	for _, kind := range language.AnswerWords("rivals") {
		terms := strings.Split(kind, ",")
		for i, t := range terms {
			to := r.begins
			t, begins := strings.CutSuffix(strings.TrimSpace(t), "-")
			if a := alphabetOf(t); !begins && (a == latinAlphabet || a == arabicAlphabet) {
				to = r.words
			}
			t = language.Normalise(t)
			for j, other := range terms {
				if j != i {
					to[t] = append(to[t], language.Normalise(strings.TrimSuffix(strings.TrimSpace(other), "-")))
				}
			}
		}
	}
	return r
})

// longestRival is more than a term takes that begins a word, in bytes.
const longestRival = 16

// rivalled reports whether typed is nearer to the name that f becomes when one of its terms stands
// for another than to f itself, from which it is d slips away.
func (f *form) rivalled(typed *form, d int) bool {
	canon := f.canon
	for at := 0; at < len(canon); {
		end := len(canon)
		if i := strings.IndexByte(canon[at:], ' '); i >= 0 {
			end = at + i
		}
		if f.rivalledAt(typed, d, at, end) {
			return true
		}
		at = end + 1
	}
	return false
}

// rivalledAt is rivalled for the terms in the word between at and end.
func (f *form) rivalledAt(typed *form, d, at, end int) bool {
	terms := rivalTerms()
	word := f.canon[at:end]
	if f.alpha == arabicAlphabet {
		for _, article := range [...]string{"وال", "ال", "و"} {
			if rest, ok := strings.CutPrefix(word, article); ok {
				at, word = at+len(article), rest
				break
			}
		}
	}
	if f.nearerWith(typed, d, at, end, terms.words[word]) {
		return true
	}
	for ; at < end; at++ {
		if !utf8.RuneStart(f.canon[at]) {
			continue
		}
		for n := min(end-at, longestRival); n > 0; n-- {
			if others := terms.begins[f.canon[at:at+n]]; others != nil && f.nearerWith(typed, d, at, at+n, others) {
				return true
			}
		}
		if r, _ := utf8.DecodeRuneInString(f.canon[at:]); f.alpha != hanAlphabet && !strings.ContainsRune(sino(), r) { // 십이지신
			break
		}
	}
	return false
}

// nearerWith reports whether typed is nearer to f with one of others for what stands between at and
// end.
func (f *form) nearerWith(typed *form, d, at, end int, others []string) bool {
	for _, other := range others {
		rival := typedForm(f.canon[:at] + other + f.canon[end:])
		if rival.near(typed, d-1) < d {
			return true
		}
	}
	return false
}
