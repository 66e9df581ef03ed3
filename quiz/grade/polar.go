package grade

import (
	"strings"
	"sync"

	"summitquiz/content/language"
)

// polarity of a word.
type polarity uint8

const (
	says polarity = 1 << iota
	denies
	neither
)

var polarWords = sync.OnceValue(func() map[string]polarity {
	m := map[string]polarity{}
	for bars, p := range map[string]polarity{answerWords("yes-words"): says, answerWords("no-words"): denies, answerWords("either-words"): neither} {
		for s := range strings.SplitSeq(bars, "|") {
			if c := language.Compact(language.Normalise(s)); c != "" && m[c]&(says|denies) == 0 {
				m[c] = p
			}
		}
	}
	return m
})

// polar grades an answer to a question for yes or no. The whole answer has to be such words:
// neither «I do not know» nor «not true» may be taken by its beginning.
func (k *Key) polar(s string) Verdict {
	if s == "" {
		return Verdict{Wrong, NoAnswer}
	}
	said, ok := polaritiesOf(language.Compact(s))
	switch {
	case !ok && noAnswer(s):
		return Verdict{Wrong, NoAnswer}
	case !ok || said&(says|denies) == 0:
		return Verdict{Wrong, Unread}
	case said&says != 0 && said&denies != 0:
		return Verdict{Wrong, SeveralAnswers}
	case (said&says != 0) == k.yes:
		return Verdict{Right, Matched}
	}
	return Verdict{Wrong, Opposite}
}

// polaritiesOf cuts a compact text into known words, as few as possible, and returns what they
// say together.
func polaritiesOf(s string) (polarity, bool) {
	words := polarWords()
	type best struct {
		words int
		said  polarity
	}
	reach := make([]best, len(s)+1)
	reach[0].words = 1
	for i := range s {
		if reach[i].words == 0 {
			continue
		}
		for j := i + 1; j <= len(s) && j-i <= 48; j++ {
			p, ok := words[s[i:j]]
			if ok && (reach[j].words == 0 || reach[j].words > reach[i].words+1) {
				reach[j] = best{reach[i].words + 1, reach[i].said | p}
			}
		}
	}
	end := reach[len(s)]
	return end.said, end.words > 0
}
