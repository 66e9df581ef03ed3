package grade

import (
	"strings"
	"sync"
	"unicode/utf8"

	"summitquiz/content/language"
)

// listKey is a key of several parts, which may stand in any order: red, yellow and blue.
type listKey struct {
	forms []listPart
	parts int
	title bool // it reads like a title or a name: another order is only close
}

// listPart is one spelling of a part.
type listPart struct {
	form
	part int
}

// maxParts is how many parts a list may have.
const maxParts = 12

// newListKey cuts a name into the parts of a list; false where it is none. several reports
// whether the question asks for more than one thing: then two parts are a list as well.
func newListKey(name string, several bool) (listKey, bool) {
	parts, commas := listParts(name, several)
	if len(parts) < 2 || len(parts) > maxParts {
		return listKey{}, false
	}
	l := listKey{parts: len(parts)}
	lower := true
	for i, p := range parts {
		first, _ := utf8.DecodeRuneInString(p)
		lower = lower && (first >= 'a' && first <= 'z' || first >= '0' && first <= '9')
		if !l.add(p, i) {
			return listKey{}, false
		}
	}
	l.title = len(parts) == 2 && !several && !lower && (commas == 0 || alphabetOf(l.forms[0].text) == latinAlphabet) || strings.HasPrefix(name, "The ")
	return l, true
}

// add adds the spellings of a part; false where another part has one of them.
func (l *listKey) add(part string, i int) bool {
	s := language.Normalise(part)
	spellings := []string{canonical(s, romanIn(part))}
	if article, rest := cutArticle(s); article != "" {
		spellings = append(spellings, canonical(rest, romanIn(part)))
	}
	if plain, _ := withoutAl(part); plain != "" {
		spellings = append(spellings, plain)
	} else if alphabetOf(s) == arabicAlphabet {
		spellings = append(spellings, "ال"+s)
	}
	for _, s := range spellings {
		f := typedForm(s)
		f.limit = slips(f.alpha, f.text)
		if f.text == "" {
			return false
		}
		for _, g := range l.forms {
			if g.text == f.text && g.part != i {
				return false
			}
		}
		l.forms = append(l.forms, listPart{f, i})
	}
	return true
}

// listParts cuts a name at commas and, where there are commas or several of them, at the words
// for and.
func listParts(name string, several bool) (parts []string, commas int) {
	name = strings.Join(bracketVariants(name)[:1], "")
	chunks := strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune(",،、，;；؛", r) })
	commas = len(chunks) - 1
	for _, chunk := range chunks {
		parts = append(parts, cutJoins(withoutJoin(strings.TrimSpace(chunk)))...)
	}
	for i := range parts {
		if parts[i] = strings.TrimSpace(parts[i]); parts[i] == "" {
			return nil, 0
		}
	}
	if commas == 0 && len(parts) == 2 && !several && alphabetOf(strings.ToLower(name)) == arabicAlphabet {
		return nil, 0 // و joins the words of many names
	}
	return parts, commas
}

// withoutJoin takes the word for and from the beginning of a piece: red, yellow, and blue.
func withoutJoin(s string) string {
	if w, rest, ok := strings.Cut(s, " "); ok && joins()[strings.ToLower(w)] {
		return rest
	}
	return s
}

// cutJoins cuts a piece of a list at the words for and.
func cutJoins(s string) []string {
	switch alphabetOf(strings.ToLower(s)) {
	case hanAlphabet:
		return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(hanJoins(), r) })
	case hangulAlphabet:
		return strings.Split(koreanJoins().Replace(s), "\x00")
	}
	var parts []string
	begin := 0
	words := strings.Fields(s)
	for i, w := range words {
		joined := false
		if i > 0 && i < len(words)-1 && (joins()[strings.ToLower(w)] || w == "و") {
			parts, begin = append(parts, strings.Join(words[begin:i], " ")), i+1
		} else if rest, ok := strings.CutPrefix(w, "و"); ok && (i > begin || begin == 0 && i == 0) && utf8.RuneCountInString(rest) > 2 {
			if joined = i > 0; joined {
				parts = append(parts, strings.Join(words[begin:i], " "))
				words[i], begin = rest, i
			} else if len(words) == 1 {
				words[i] = rest
			}
		}
	}
	return append(parts, strings.Join(words[begin:], " "))
}

// hanJoins and koreanJoins stand between the parts of a key; a Korean one that is a particle ends
// its word.
var (
	hanJoins    = letters("key-joins")
	koreanJoins = sync.OnceValue(func() *strings.Replacer {
		var pairs []string
		for _, w := range language.AnswerWords("joins-after") {
			pairs = append(pairs, w+" ", "\x00")
		}
		for _, w := range language.AnswerWords("joins-apart") {
			pairs = append(pairs, " "+w+" ", "\x00")
		}
		return strings.NewReplacer(pairs...)
	})
)

// listJoiners may stand between the parts of a typed list, without blanks.
var listJoiners = sync.OnceValue(func() []string { return append([]string{"-", ".", "&"}, language.AnswerWords("list-joins")...) })

// grade grades an answer as the parts of the list in any order.
func (l *listKey) grade(a *answer) (Verdict, bool) {
	if len(a.text) > maxDress {
		return Verdict{}, false
	}
	for _, r := range a.last {
		switch covered := l.covers(compactOf(r), 0); {
		case covered && l.title:
			return Verdict{Close, AnotherOrder}, true
		case covered:
			return Verdict{Right, Matched}, true
		}
	}
	if l.nearly(a.text) {
		return Verdict{Close, Spelling}, true
	}
	return Verdict{}, false
}

// covers reports whether a compact text is the parts that are not used yet, each once, with
// words for and between them.
func (l *listKey) covers(s string, used uint32) bool {
	if s == "" {
		return used == 1<<l.parts-1
	}
	for i := range l.forms {
		f := &l.forms[i]
		if rest, ok := strings.CutPrefix(s, f.text); ok && used&(1<<f.part) == 0 && l.covers(rest, used|1<<f.part) {
			return true
		}
	}
	if used == 0 {
		return false
	}
	for _, j := range listJoiners() {
		if rest, ok := strings.CutPrefix(s, j); ok && rest != "" && l.covers(rest, used) {
			return true
		}
	}
	return false
}

// nearly reports whether the parts of an answer are those of the list, some of them misspelt.
func (l *listKey) nearly(s string) bool {
	parts, _ := listParts(s, true)
	if len(parts) != l.parts {
		return false
	}
	used := uint32(0)
	for _, p := range parts {
		typed := typedForm(canonical(p, anyRoman))
		best, least := -1, 3
		for i := range l.forms {
			f := &l.forms[i]
			if d := f.near(&typed, f.limit); d <= f.limit && d < least && used&(1<<f.part) == 0 && !f.rivalled(&typed, d) {
				best, least = f.part, d
			}
		}
		if best < 0 {
			return false
		}
		used |= 1 << best
	}
	return true
}
