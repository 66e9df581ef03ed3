package quiztest

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
)

// H1 to H4 are the invariants of hints: H1, it holds less than half of an answer; H2, it holds something:
// no article, no sign; H3, a long number has its magnitude; H4, only what is typed has one.

// leastMagnitude is the number from which on its magnitude says less than half.
const leastMagnitude = 20

// hint checks what helps with a typed answer.
func (c *checker) hint(v *quiz.View) {
	h := v.Hint
	if len(v.Options) > 0 || c.it.Kind.Live() || len(v.Accepts) == 0 {
		if h != (quiz.Hint{}) {
			c.fail("H4", "%s: %+v for what is not typed alone", v.Lang, h)
		}
		return
	}
	answer := language.StripIsolates(v.Accepts[0])
	if c.it.Value.Entity != nil || c.it.Value.Words != nil {
		c.letters(v.Lang, h, answer)
		return
	}
	value := c.it.Value
	if n := value.Amount.Number; value.Type != content.DateValue && n.Cmp(language.Whole(leastMagnitude)) >= 0 && (h.Low == "" || h.High == "") {
		c.fail("H3", "%s: no magnitude of %s", v.Lang, answer)
	}
	for _, end := range []string{h.Low, h.High} {
		if end != "" && language.Normalise(end) == language.Normalise(answer) {
			c.fail("H1", "%s: the hint names %q", v.Lang, answer)
		}
	}
	if h.Low != "" {
		c.between(v.Lang, h)
	}
}

// articles stand before a name and say nothing of it.
var articles = [language.Count]string{language.Arabic: "ال", language.English: "the a an"}

// letters checks the hint to a name: one letter that begins it, of at least three.
func (c *checker) letters(lang language.Code, h quiz.Hint, answer string) {
	if h.First == "" {
		return
	}
	first, size := utf8.DecodeRuneInString(h.First)
	count := 0
	for _, r := range answer {
		if unicode.IsLetter(r) {
			count++
		}
	}
	if size != len(h.First) || count < 3*len([]rune(h.First)) {
		c.fail("H1", "%s: %q is a third of %q or more", lang, h.First, answer)
	}
	if !unicode.IsLetter(first) {
		c.fail("H2", "%s: %q is a sign", lang, h.First)
	}
	word, rest, spaced := strings.Cut(answer, " ")
	switch lang {
	case language.English:
		if spaced && strings.Contains(" "+articles[lang]+" ", " "+strings.ToLower(word)+" ") && !strings.HasPrefix(rest, h.First) {
			c.fail("H2", "%s: %q is the article of %q", lang, h.First, answer)
		}
	case language.Arabic:
		if after, has := strings.CutPrefix(answer, articles[lang]); has && !strings.HasPrefix(after, h.First) {
			c.fail("H2", "%s: %q is the article of %q", lang, h.First, answer)
		}
	}
}

// between checks that the two ends of a hint stand around the value, and are not so near that they name it.
func (c *checker) between(lang language.Code, h quiz.Hint) {
	low, high := language.ReadAmount(language.Normalise(h.Low)), language.ReadAmount(language.Normalise(h.High))
	if len(low) == 0 || len(high) == 0 {
		c.fail("H2", "%s: %q and %q are no numbers", lang, h.Low, h.High)
		return
	}
	n := c.it.Value.Amount.Number
	if c.it.Value.Type == content.DateValue {
		n = language.Whole(int64(c.it.Value.Date.Year))
	}
	if a, b := low[0].Number, high[0].Number; a.Cmp(n) >= 0 || b.Cmp(n) < 0 || c.it.Value.Type != content.DateValue && b.Cmp(n) == 0 {
		c.fail("H1", "%s: %s does not lie between %q and %q", lang, n, h.Low, h.High)
	}
}
