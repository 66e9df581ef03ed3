package grade

import (
	"strings"
	"sync"

	"summitquiz/content/language"
)

// Options are named by their place as well: the second one, 2nd, the last, 두 번째, 第二个, الثاني.

type placeLists struct {
	around              *affixes
	last, top, nextLast map[string]bool
	fromLast            []affix
}

var placeWordLists = sync.OnceValue(func() *placeLists {
	set := func(bars string) map[string]bool {
		m := map[string]bool{}
		for _, a := range parse(bars) {
			m[a.text] = true
		}
		return m
	}
	return &placeLists{newAffixes(answerWords("leads", "place-nouns"), answerWords("tails", "place-nouns")), set(answerWords("last-words")),
		set(answerWords("top-words")), set(answerWords("next-to-last")), parse(answerWords("from-last"))}
})

// place returns the option that a text names by its place; -1 if it names none.
func (t *optionTexts) place(s string) int {
	if t.ordinals {
		return -1
	}
	lists, n := placeWordLists(), len(t.names)
	for _, r := range lists.around.forms(s) {
		switch {
		case lists.last[r]:
			return n - 1
		case lists.top[r]:
			return 0
		case lists.nextLast[r] && n > 1:
			return n - 2
		}
		if i, ok := t.ordinal(r); ok && i <= n {
			return i - 1
		}
		for _, x := range lists.fromLast {
			rest, ok := x.cutAfter(r)
			if !ok {
				rest, ok = x.cutBefore(r)
			}
			if !ok {
				continue
			}
			if i, ok := t.ordinal(rest); ok && i <= n {
				return n - i
			}
		}
	}
	return -1
}

// ordinal reads a place from 1 on. Where the options are numbers, a number in digits or as a
// plain word names one of them and no place.
func (t *optionTexts) ordinal(s string) (int, bool) {
	if i, ok := language.ReadOrdinal(s); ok && i > 0 && i < 100 && !(t.numbers && strings.ContainsAny(s, "0123456789")) {
		return int(i), true
	}
	if t.numbers {
		return 0, false
	}
	i, ok := wholeNumber(s)
	return int(i), ok && i > 0 && i < 100
}
