package language

import (
	"iter"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

// slipList finds the words of a list that a typed word is a slip of the pen of. It compares
// which letters occur before it counts slips, so that a long list costs little.
type slipList struct {
	words [longestSlip + 1][]slipWord // by their number of letters
}

// longestSlip is how many letters the longest word has in which a slip is looked for.
const longestSlip = 40

type slipWord struct {
	text    string
	letters []rune
	sig     uint64 // which letters occur: a slip changes at most two of them
	limit   int    // how many slips are forgiven: one up to 7 letters, two from 8 on
}

// newSlipList returns the list of the words that are long enough to be misspelt: those of up
// to 3 letters are not.
func newSlipList(words []string) *slipList {
	l := &slipList{}
	for _, w := range words {
		letters := []rune(w)
		limit := 0
		switch n := len(letters); {
		case n >= 8:
			limit = 2
		case n >= 4:
			limit = 1
		}
		if n := len(letters); limit > 0 && n <= longestSlip {
			l.words[n] = append(l.words[n], slipWord{w, letters, signature(letters), limit})
		}
	}
	for _, words := range l.words {
		slices.SortFunc(words, func(a, b slipWord) int { return strings.Compare(a.text, b.text) })
	}
	return l
}

func signature(letters []rune) uint64 {
	var sig uint64
	for _, r := range letters {
		sig |= 1 << (uint32(r) * 0x9E3779B1 >> 26)
	}
	return sig
}

// near yields the words that typed is a slip of and by how many slips it differs; never the
// word itself.
func (l *slipList) near(typed string) iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		n := utf8.RuneCountInString(typed)
		if n < 3 || n > longestSlip {
			return
		}
		var buf [longestSlip]rune
		letters := buf[:0]
		for _, r := range typed {
			letters = append(letters, r)
		}
		sig := signature(letters)
		for length := n - 2; length <= min(n+2, longestSlip); length++ {
			for i := range l.words[length] {
				w := &l.words[length][i]
				if length-n > w.limit || n-length > w.limit || bits.OnesCount64(w.sig^sig) > 2*w.limit {
					continue
				}
				if d := Distance(letters, w.letters, w.limit); d > 0 && d <= w.limit && !yield(w.text, d) {
					return
				}
			}
		}
	}
}
