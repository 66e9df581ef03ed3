package grade

import (
	"strings"

	"summitquiz/content/language"
)

// names is a key that is a name or a text.
type names struct {
	lexicon      *Lexicon
	right        []owner
	forms        map[string]int // compact text to index into list
	list         []form
	person       bool
	place        bool
	family       map[string]bool // compact family names
	familyUnique bool            // no other person of the pack has one of them
	qualifiers   []affix         // larger places that may be added
	origin       []affix         // persons: words for people of their country
}

// accept adds a form of the name. A person's name counts in either order.
func (n *names) accept(name string) {
	n.add(name)
	s := language.Normalise(name)
	if plain := withoutAl(s); plain != "" && !n.elsewhere(language.Compact(plain)) {
		n.add(plain)
	}
	words := strings.Fields(strings.ReplaceAll(s, ",", " "))
	if n.person && len(words) > 1 && len(words) < 5 && alphabetOf(s) == latinAlphabet {
		n.add(strings.Join(append(words[1:len(words):len(words)], words[0]), " "))
		n.add(strings.Join(append([]string{words[len(words)-1]}, words[:len(words)-1]...), " "))
	}
}

func (n *names) add(name string) {
	f := newForm(name)
	if f.text == "" {
		return
	}
	if n.forms == nil {
		n.forms = map[string]int{}
	}
	if _, known := n.forms[f.text]; !known {
		n.forms[f.text] = len(n.list)
		n.list = append(n.list, f)
	}
}

// is reports whether a compact text is an accepted form.
func (n *names) is(compact string) bool {
	_, ok := n.forms[compact]
	return ok
}

// reads returns the ways to read an answer: as it is, and without what adds nothing.
func (n *names) reads(s string) []string {
	a := anyAffixes()
	switch {
	case n.person:
		a = personAffixes()
	case n.place:
		a = placeAffixes()
	}
	return a.forms(s, n.beside()...)
}

// beside are words that may stand before and after the name.
func (n *names) beside() []affix {
	if n.person {
		return n.origin
	}
	return n.qualifiers
}

func (n *names) grade(s string) Verdict {
	reads := n.reads(s)
	if v, ok := n.exactly(reads); ok {
		return v
	}
	if parts := alternatives(s); len(parts) > 1 {
		return n.several(parts)
	}
	if parts := strings.FieldsFunc(s, func(r rune) bool { return r == '(' || r == ')' || r == '=' }); len(parts) > 1 && n.allRight(parts) {
		return Verdict{Right, Matched}
	}
	if denied(s) {
		return Verdict{Wrong, Denied}
	}
	if n.slip(reads) {
		return Verdict{Close, Spelling}
	}
	if n.unspecific(reads) {
		return Verdict{Wrong, Unspecific}
	}
	return Verdict{Wrong, Unread}
}

// exactly finds the first reading that is a name, right or not, or a family name.
func (n *names) exactly(reads []string) (Verdict, bool) {
	for _, r := range reads {
		c, plain := language.Compact(r), language.Compact(withoutAl(r))
		switch {
		case n.is(c):
			return Verdict{Right, Matched}, true
		case n.family[c] && n.familyUnique:
			return Verdict{Right, Matched}, true
		case n.family[c]:
			return Verdict{Close, FitsSeveral}, true
		case n.elsewhere(c):
			return Verdict{Wrong, OtherName}, true
		case plain != "" && n.is(plain):
			return Verdict{Right, Matched}, true
		case plain != "" && n.elsewhere(plain):
			return Verdict{Wrong, OtherName}, true
		}
		if rest, ok := strings.CutPrefix(c, "ب"); ok && n.is(rest) { // بغيونغجو
			return Verdict{Right, Matched}, true
		}
	}
	return Verdict{}, false
}

// elsewhere reports whether a compact text names somebody or something that is not right.
func (n *names) elsewhere(compact string) bool {
	return n.lexicon != nil && n.lexicon.others(compact, n.right)
}

// several grades an answer that offers more than one. The same name twice, in two languages,
// is one answer.
func (n *names) several(parts []string) Verdict {
	if n.allRight(parts) {
		return Verdict{Right, Matched}
	}
	return Verdict{Wrong, SeveralAnswers}
}

func (n *names) allRight(parts []string) bool {
	any := false
	for _, p := range parts {
		if p = strings.Trim(p, " "); p == "" {
			continue
		}
		v, ok := n.exactly(n.reads(p))
		if !ok || v.Mark != Right {
			return false
		}
		any = true
	}
	return any
}

// slip reports whether a reading is a slip of an accepted form, and nearer to it than to any
// other name.
func (n *names) slip(reads []string) bool {
	var best form
	least := 3
	for _, r := range reads {
		typed := typedForm(language.Compact(r))
		for i := range n.list {
			f := &n.list[i]
			if limit := min(f.limit, least-1); limit > 0 {
				if d := f.near(&typed, limit); d <= limit && sameDigits(f.text, typed.text) {
					least, best = d, typed
				}
			}
		}
	}
	if least > 2 {
		return false
	}
	return n.lexicon == nil || !n.lexicon.nearer(&best, least, n.right, n.forms)
}

// sameDigits reports whether two texts have the same digits: digits are never mended.
func sameDigits(a, b string) bool {
	keep := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, s)
	}
	return keep(a) == keep(b)
}

// unspecific reports whether an answer is only a title or a class: the president.
func (n *names) unspecific(reads []string) bool {
	for _, r := range reads {
		for _, list := range [2][]affix{titleList(), n.beside()} {
			for _, t := range list {
				if r == t.text {
					return true
				}
			}
		}
	}
	return false
}
