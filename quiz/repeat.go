package quiz

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"summitquiz/content/language"
)

// Repeats reports whether the explanation says nothing but the question and the answer, which stand
// above it: a card without a sentence of its own, a sentence whose gap is filled, a quotation once
// more with the one who said it. So it does where there is none.
func (v *View) Repeats() bool {
	why, stem := said(v.Explanation), said(v.Stem)
	if why == "" || why == stem {
		return true
	}
	before, after, gap := strings.Cut(stem, language.Blank(v.Lang))
	if gap && len(why) > len(before)+len(after) && strings.HasPrefix(why, before) && strings.HasSuffix(why, after) {
		return true
	}
	answers := v.Accepts
	if v.Key >= 0 {
		answers = v.Options[v.Key : v.Key+1]
	}
	for _, answer := range answers {
		answer = said(answer)
		if rest, ok := strings.CutPrefix(why, stem); why == answer || ok && strings.Trim(rest, sentenceMarks+":：—–-") == answer {
			return true
		}
	}
	return quotesAgain(why, stem, answers)
}

const sentenceMarks = " .。?？!！؟"

// said is a text without what stands around it.
func said(s string) string { return strings.Trim(language.StripIsolates(s), sentenceMarks) }

// quotesAgain reports whether an explanation is a quotation that the question or the answer shows, and
// beside it next to nothing that they do not say.
func quotesAgain(why, stem string, answers []string) bool {
	quoted := quotation(why)
	if utf8.RuneCountInString(quoted) < shortestQuotation || len(answers) == 0 {
		return false
	}
	shown := stem + " " + said(answers[0])
	if !strings.Contains(shown, quoted) {
		return false
	}
	more := 0
	for _, w := range strings.FieldsFunc(strings.Replace(why, quoted, " ", 1), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if !strings.Contains(shown, w) && !saidOf(w, said(answers[0])) {
			more++
		}
	}
	return more <= mostSaying
}

// saidOf reports whether a word is one of a name, perhaps with a particle after it.
func saidOf(word, name string) bool {
	for w := range strings.FieldsSeq(name) {
		if strings.HasPrefix(word, w) {
			return true
		}
	}
	return false
}

// shortestQuotation is how many letters a quotation has that is tiring to read twice, and mostSaying
// how many words say that somebody said it: ورد على لسان.
const (
	shortestQuotation = 8
	mostSaying        = 3
)

// quotation returns the longest text between quotation marks; "" if there is none.
func quotation(s string) string {
	longest := ""
	for _, marks := range [...][2]string{{"“", "”"}, {"«", "»"}, {"「", "」"}, {"『", "』"}, {"„", "“"}} {
		_, rest, ok := strings.Cut(s, marks[0])
		if i := strings.LastIndex(rest, marks[1]); ok && i > len(longest) {
			longest = strings.Trim(rest[:i], sentenceMarks)
		}
	}
	return longest
}
