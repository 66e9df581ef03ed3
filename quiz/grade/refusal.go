package grade

import (
	"strings"
	"sync"
	"unicode/utf8"

	"summitquiz/content/language"
)

// wordList is a closed list for looking words up.
type wordList struct {
	words map[string]bool
	parts []string // found inside words too
}

func newWordList(words, parts string) *wordList {
	l := &wordList{words: map[string]bool{}}
	for s := range strings.SplitSeq(words, "|") {
		if t := language.Normalise(s); t != "" {
			l.words[t] = true
		} else if s != "" {
			l.words[s] = true // a sign
		}
	}
	for s := range strings.SplitSeq(parts, "|") {
		blank := strings.HasSuffix(s, " ")
		if t := language.Normalise(s); t != "" && blank {
			l.parts = append(l.parts, t+" ")
		} else if t != "" {
			l.parts = append(l.parts, t)
		} else if s != "" {
			l.parts = append(l.parts, s)
		}
	}
	return l
}

var (
	denials  = sync.OnceValue(func() *wordList { return newWordList(answerWords("deny-words"), answerWords("deny-parts")) })
	refusals = sync.OnceValue(func() *wordList { return newWordList(answerWords("refuse-whole"), answerWords("refuse-parts")) })
	hedges   = sync.OnceValue(func() *wordList { return newWordList(answerWords("hedge-words"), answerWords("hedge-parts")) })
	joiners  = sync.OnceValue(func() *wordList { return newWordList(answerWords("join-words"), answerWords("join-parts")) })
)

// beyond reports whether s holds a word of the list that no line of said holds as often: what
// is a part of the key says nothing in an answer.
func (l *wordList) beyond(s, said string) bool {
	for _, w := range fields(s) {
		if l.words[w] && l.mostWords(said, w) < l.countWord(s, w) {
			return true
		}
	}
	for _, p := range l.parts {
		if n := strings.Count(s, p); n > 0 && n > mostParts(said, strings.TrimSpace(p)) {
			return true
		}
	}
	return false
}

func (l *wordList) countWord(s, word string) int {
	n := 0
	for _, w := range fields(s) {
		if w == word {
			n++
		}
	}
	return n
}

// mostWords is how often a word stands in the line of said that has it most.
func (l *wordList) mostWords(said, word string) int {
	if !strings.Contains(said, word) {
		return 0
	}
	most := 0
	for line := range strings.SplitSeq(said, "\n") {
		most = max(most, l.countWord(strings.ReplaceAll(line, "/", " "), word))
	}
	return most
}

func mostParts(said, part string) int {
	if !strings.Contains(said, part) {
		return 0
	}
	most := 0
	for line := range strings.SplitSeq(said, "\n") {
		most = max(most, strings.Count(line, part))
	}
	return most
}

// count returns how many words and parts of the list are in s.
func (l *wordList) count(s string) int {
	n := 0
	for _, w := range fields(s) {
		if l.words[w] {
			n++
		}
	}
	for _, p := range l.parts {
		if !l.words[strings.TrimSpace(p)] {
			n += strings.Count(s, p)
		}
	}
	return n
}

// denied reports whether an answer says what the answer is not, by words that the key itself
// does not have.
func denied(s, said string) bool {
	if denials().beyond(s, said) {
		return true
	}
	for _, w := range fields(s) {
		if strings.HasSuffix(w, "n't") && !strings.Contains(said, w) {
			return true
		}
	}
	return false
}

// hesitates reports whether an answer offers more than one thing, by words that the key itself
// does not have. Words for and are all one.
func hesitates(s, said string) bool {
	if hedges().beyond(s, said) {
		return true
	}
	n := joiners().count(s)
	if n == 0 {
		return false
	}
	for line := range strings.SplitSeq(said, "\n") {
		if joiners().count(line) >= n || koreanJoin(line) {
			return false
		}
	}
	return true
}

var koreanAnd = letters("joins-key")

// koreanJoin reports whether a key has a Korean word for and that no blank follows.
func koreanJoin(line string) bool {
	return strings.ContainsAny(line, koreanAnd())
}

// noAnswer reports whether an answer says nothing, or that the answer is not known.
func noAnswer(s string) bool {
	l := refusals()
	if s == "" || l.words[s] || !strings.ContainsFunc(s, meaningful) {
		return true
	}
	for _, part := range l.parts {
		if strings.Contains(s, part) {
			return true
		}
	}
	return false
}

func meaningful(r rune) bool {
	return r >= utf8.RuneSelf || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || strings.ContainsRune("$%", r)
}

// alternatives cuts an answer where it offers several; one part if it offers none.
func alternatives(s string) []string {
	for _, l := range [2]*wordList{hedges(), joiners()} {
		for _, p := range l.parts {
			if strings.Contains(s, p) {
				s = strings.ReplaceAll(s, p, "\x00")
			}
		}
	}
	var parts []string
	var part []string
	flush := func() {
		if len(part) > 0 {
			parts = append(parts, strings.Join(part, " "))
		}
		part = nil
	}
	for _, chunk := range strings.Split(s, "\x00") {
		for _, w := range strings.Fields(chunk) {
			if w = strings.Trim(w, ",;"); hedges().words[w] || joiners().words[w] {
				flush()
				continue
			}
			if rest, ok := strings.CutPrefix(w, "و"); ok && len(part) > 0 && len(rest) > 2 {
				flush()
				w = rest
			}
			part = append(part, w)
		}
		flush()
	}
	return parts
}
