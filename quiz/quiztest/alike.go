package quiztest

import (
	"strings"
	"unicode"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
)

// alike checks that the options of an item are of one kind and look, in every language.
func (c *checker) alike(views []quiz.View) {
	if k := c.it.Kind; len(c.it.Options) == 0 || k == quiz.TrueFalse || k.Arranged() {
		return
	}
	for i, o := range c.it.Options {
		key := c.it.Value
		if o.Value.Type != key.Type || o.Value.Amount.Unit != key.Amount.Unit {
			c.fail("O1", "option %d is of another type or unit", i)
		}
		if e := o.Value.Entity; e != nil && e.Kind != key.Entity.Kind && !e.Kind.Is(key.Entity.Kind.ID) && !key.Entity.Kind.Is(e.Kind.ID) {
			c.fail("O1", "option %d is a %s beside a %s", i, e.Kind.ID, key.Entity.Kind.ID)
		}
	}
	for i := range views {
		v := &views[i]
		c.format(v)
		c.length(v)
		c.wording(v)
		c.clang(v)
	}
}

// format checks that options share script, punctuation and, for numbers, the words around them.
func (c *checker) format(v *quiz.View) {
	for i, o := range v.Options[1:] {
		a, b := language.StripIsolates(v.Options[0]), language.StripIsolates(o)
		switch {
		case hasOwnScript(v.Lang, a) != hasOwnScript(v.Lang, b):
			c.fail("O2", "%s: options 0 and %d are in two scripts: %q, %q", v.Lang, i+1, a, b)
		case closes(a) != closes(b):
			c.fail("O2", "%s: one of %q and %q closes with a mark", v.Lang, a, b)
		case textual(c.it.Value.Type) && strings.ContainsFunc(a, unicode.IsDigit) != strings.ContainsFunc(b, unicode.IsDigit):
			c.fail("O2", "%s: one of %q and %q holds a number", v.Lang, a, b)
		case scaled(c.it.Value.Type) && around(v.Lang, a) != around(v.Lang, b):
			c.fail("O3", "%s: %q and %q are written in two ways", v.Lang, a, b)
		}
	}
}

func textual(t content.Type) bool { return t <= content.QuoteValue }

// scaled reports whether amounts of a type may have a scale word.
func scaled(t content.Type) bool {
	return t == content.MoneyValue || t == content.QuantityValue || t == content.IntegerValue
}

// around is what stands beside the digits of a number, as far as the number itself does not
// decide it: the English plural and the Arabic agreement go with it.
func around(c language.Code, s string) string {
	if c == language.Arabic {
		return "" // تريليونات and تريليونًا are one scale word: O3 is held by the other languages
	}
	s = strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) || strings.ContainsRune(".,", r) {
			return -1
		}
		return r
	}, s)
	if c == language.English {
		s = strings.TrimSuffix(s, "s")
	}
	return s
}

func hasOwnScript(c language.Code, s string) bool {
	script := map[language.Code]*unicode.RangeTable{
		language.Arabic: unicode.Arabic, language.English: unicode.Latin, language.Korean: unicode.Hangul, language.Chinese: unicode.Han,
	}[c]
	letter := false
	for _, r := range s {
		letter = letter || unicode.IsLetter(r)
		if unicode.Is(script, r) {
			return true
		}
	}
	return !letter // digits alone have every script
}

func closes(s string) bool {
	r := []rune(s)
	return len(r) > 0 && strings.ContainsRune(".!?。！？؟…", r[len(r)-1])
}

// length checks that the longest option is at most twice as long as the shortest, two and a half
// times for names.
func (c *checker) length(v *quiz.View) {
	if !textual(c.it.Value.Type) {
		return
	}
	most := 2.0
	if c.it.Value.Type == content.EntityValue {
		most = 2.5
	}
	for i, a := range v.Options {
		for _, b := range v.Options {
			if x, y := language.Letters(a), language.Letters(b); float64(x) > most*float64(y) {
				c.fail("O4", "%s: option %d has %d letters beside %d", v.Lang, i, x, y)
			}
		}
	}
}

// Words that no option has.
var (
	summary = [language.Count][]string{
		language.Arabic: {"كل ما سبق", "لا شيء مما سبق", "جميع ما ذكر"}, language.English: {"all of the above", "none of the above", "both a and b"},
		language.Korean: {"위의 모두", "모두 정답", "정답 없음"}, language.Chinese: {"以上都是", "以上都不是", "以上皆是"},
	}
	absolute = [language.Count][]string{
		language.Arabic: {"دائمًا", "أبدًا"}, language.English: {"always", "never"},
		language.Korean: {"항상", "절대로"}, language.Chinese: {"总是", "从不"},
	}
)

// wording checks that options read differently and hold no words that give them away.
func (c *checker) wording(v *quiz.View) {
	plain := make([]string, len(v.Options))
	for i, o := range v.Options {
		plain[i] = language.Normalise(o)
		for j := range i {
			if plain[i] == plain[j] {
				c.fail("K5", "%s: options %d and %d read alike", v.Lang, j, i)
			}
		}
		for _, lists := range [2][]string{summary[v.Lang], absolute[v.Lang]} {
			for _, words := range lists {
				if language.Contains(v.Lang, o, words) {
					c.fail("O6", "%s: option %d says %q", v.Lang, i, words)
				}
			}
		}
	}
}

// clang checks that no word of the stem stands in the key alone: then whoever hears it knows the
// answer. Words of fewer than three letters carry nothing; of Chinese pairs of characters count.
func (c *checker) clang(v *quiz.View) {
	if !textual(c.it.Value.Type) || v.Key < 0 {
		return
	}
	stem := parts(v.Lang, v.Stem)
	for w := range parts(v.Lang, v.Options[v.Key]) {
		others := 0
		for i, o := range v.Options {
			if i != v.Key && parts(v.Lang, o)[w] {
				others++
			}
		}
		if stem[w] && others < len(v.Options)-1 {
			c.fail("O8", "%s: %q of the stem %q stands in the key %q and in %d others", v.Lang, w, v.Stem, v.Options[v.Key], others)
		}
	}
}

// idle are words of three letters and more that stand in any sentence.
var idle = map[string]bool{"the": true, "and": true, "for": true, "from": true, "with": true, "that": true, "was": true, "are": true, "its": true, "this": true, "which": true, "what": true, "who": true}

func parts(c language.Code, s string) map[string]bool {
	out := map[string]bool{}
	s = strings.NewReplacer("\u2068", " ", "\u2069", " ").Replace(s) // words do not go on across a name's end
	for _, word := range language.Tokens(c, language.StripIsolates(s)) {
		r := []rune(word)
		switch {
		case c == language.Chinese && len(r) > 0 && unicode.Is(unicode.Han, r[0]):
			for i := 1; i < len(r); i++ {
				out[string(r[i-1:i+1])] = true
			}
		case len(r) >= 3 && !idle[word]:
			out[word] = true
		}
	}
	return out
}
