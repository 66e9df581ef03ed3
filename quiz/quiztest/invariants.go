// Package quiztest holds what a fair item keeps, for tests: the invariants that every item is
// checked against, programs that guess without knowing anything, and the statistics of draws.
//
// It promises that what it reports is a fault of the item and not of chance. It refuses to make
// items: it looks at what players see, and at the pack to know what is true.
package quiztest

import (
	"fmt"
	"strings"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
)

// Invariants returns every invariant of an item that is broken, each with its name: K for the
// key and truth, O for options alike, N for numbers, L for leaks, B for direction. views are
// the renderings of the item in the languages of the pack.
func Invariants(p *content.Pack, it *quiz.Item, views []quiz.View) []error {
	c := checker{pack: p, it: it}
	c.key()
	for i := range views {
		c.view(&views[i], len(views[0].Options), views[0].Key)
	}
	return c.broken
}

type checker struct {
	pack   *content.Pack
	it     *quiz.Item
	broken []error
}

func (c *checker) fail(id, format string, args ...any) {
	c.broken = append(c.broken, fmt.Errorf("%s: %s (seed %d): %s", id, c.it.ID, c.it.Seed, fmt.Sprintf(format, args...)))
}

// key checks what the pack makes true: one key, and nothing offered as false that is true,
// disputed or only not known.
func (c *checker) key() {
	it := c.it
	if len(it.Options) == 0 {
		if it.Key != -1 {
			c.fail("K1", "a typed item has key %d", it.Key)
		}
		return
	}
	if it.Key < 0 || it.Key >= len(it.Options) {
		c.fail("K1", "key %d of %d options", it.Key, len(it.Options))
		return
	}
	switch it.Kind {
	case quiz.TrueFalse:
		if it.Key == 0 != c.pack.True(it.Fact, it.Field, it.Value) {
			c.fail("K1", "the statement is judged wrongly")
		}
		if it.Key == 1 && !c.pack.False(it.Fact, it.Field, it.Value) {
			c.fail("K10", "the statement is not known to be false")
		}
		return
	case quiz.Order, quiz.Match:
		return
	}
	for i := range it.Options {
		v := it.Options[i].Value
		isTrue := c.pack.True(it.Fact, it.Field, v)
		switch {
		case i == it.Key && !isTrue:
			c.fail("K1", "the key is not true")
		case i != it.Key && isTrue:
			c.fail("K2", "option %d is true as well", i)
		case i != it.Key && c.pack.Barred(it.Fact, it.Field, v):
			c.fail("K4", "option %d is disputed or true in the world", i)
		case i != it.Key && !c.pack.False(it.Fact, it.Field, v) && it.Options[i].Origin != quiz.OriginNumber && it.Options[i].Origin != quiz.OriginSlip:
			c.fail("K3", "option %d is not known to be false", i)
		}
		if v.Type != it.Value.Type || v.Amount.Unit != it.Value.Amount.Unit {
			c.fail("O1", "option %d is of another type or unit", i)
		}
		for j := range i {
			c.apart(v, it.Options[j].Value, j, i)
		}
	}
}

// apart checks that two options differ: no part of each other, and numbers by more than what
// typed answers are forgiven.
func (c *checker) apart(v, w content.Value, i, j int) {
	switch {
	case v.Equal(w):
		c.fail("K5", "options %d and %d are equal", i, j)
	case v.Entity != nil && w.Entity != nil && (c.pack.Within(v.Entity, w.Entity) || c.pack.Within(w.Entity, v.Entity)):
		c.fail("K5", "options %d and %d: one is part of the other", i, j)
	case v.Type == content.MoneyValue || v.Type == content.QuantityValue:
		a, b := v.Amount.Number, w.Amount.Number
		if a.Cmp(b) > 0 {
			a, b = b, a
		}
		if near, ok := a.Mul(language.Decimal{Coef: 105, Exp: -2}); ok && b.Cmp(near) < 0 {
			c.fail("N6", "options %d and %d are nearly equal", i, j)
		}
	}
}

// Lists of words that no option has.
var absolute = [language.Count][]string{
	language.Arabic: {"كل ما سبق", "لا شيء مما سبق", "جميع ما ذكر"}, language.English: {"all of the above", "none of the above", "both a and b"},
	language.Korean: {"위의 모두", "모두 정답", "정답 없음"}, language.Chinese: {"以上都是", "以上都不是", "以上皆是"},
}

// longest is how many times as long as the shortest the longest option may be.
const longest = 2.5

// view checks what players of one language see.
func (c *checker) view(v *quiz.View, options, key int) {
	it := c.it
	if len(v.Options) != options || v.Key != key {
		c.fail("P1", "%s has other options or another key than the first language", v.Lang)
	}
	texts := append([]string{v.Stem, v.Explanation}, v.Options...)
	for _, text := range append(texts, v.Why...) {
		if err := language.CheckDirection(v.Lang, text); err != nil {
			c.fail("B1", "%s: %q: %v", v.Lang, text, err)
		}
	}
	if v.Stem == "" {
		c.fail("O5", "%s has no stem", v.Lang)
	}
	if strings.Join(v.Labels, "") != strings.Join(language.Labels(v.Lang, len(v.Options)), "") {
		c.fail("B7", "%s has the labels %q", v.Lang, v.Labels)
	}
	if it.Kind == quiz.TrueFalse || it.Kind == quiz.Order || it.Kind == quiz.Match {
		return
	}
	shortest, most := 1<<30, 0
	for i, o := range v.Options {
		n := language.Letters(o)
		shortest, most = min(shortest, n), max(most, n)
		for j := range i {
			if language.Normalise(o) == language.Normalise(v.Options[j]) {
				c.fail("K5", "%s: options %d and %d read alike", v.Lang, j, i)
			}
		}
		for _, words := range absolute[v.Lang] {
			if strings.Contains(language.Normalise(o), language.Normalise(words)) {
				c.fail("O6", "%s: option %d says %q", v.Lang, i, words)
			}
		}
	}
	if textual(it.Value.Type) && float64(most) > longest*float64(shortest) && most > 8 {
		c.fail("O4", "%s: options of %d and %d letters", v.Lang, shortest, most)
	}
	c.leak(v)
}

func textual(t content.Type) bool { return t <= content.QuoteValue }

// leak checks that the stem and the cover do not hold the answer.
func (c *checker) leak(v *quiz.View) {
	answers := v.Accepts
	if v.Key >= 0 {
		answers = v.Options[v.Key : v.Key+1]
	}
	if len(answers) > 1 {
		answers = answers[:1] // the shown form; other languages are another script
	}
	for _, a := range answers {
		a = language.StripIsolates(a)
		for place, text := range map[string]string{"stem": v.Stem, "cover": c.pack.Cover[v.Lang]} {
			if language.Contains(v.Lang, language.StripIsolates(text), a) {
				c.fail("L1", "%s: the %s %q holds the answer %q", v.Lang, place, text, a)
			}
		}
	}
}
