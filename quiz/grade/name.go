package grade

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"summitquiz/content/language"
)

// names is a key that is a name or a text.
type names struct {
	lexicon      *Lexicon
	right        []owner
	forms        map[string]bool   // compact texts that are right
	soft         map[string]Reason // compact texts that are close, and why
	list         []form            // canonical forms, for slips
	longest      int               // bytes of the longest form
	lists        []listKey         // keys of several parts, which may stand in another order
	foreign      bool              // a word of another language is asked: marks on letters may be left out, but not added
	marked       string            // of foreign words: the letters with marks that the key has
	verbs        map[string]bool   // what Korean verbs of the key come down to
	code         string            // digits of a code
	sign         string            // a key that is an emoji
	calling      bool              // it is a calling code, with a plus before it
	stem         string            // of actions: the question, normalised
	said         string            // all accepted forms, normalised: words in them deny nothing
	person       bool
	place        bool
	class        []string        // words of the question for what is asked: which river
	wheres       map[string]bool // places that the question says it is in or of
	titled       bool            // a text that names a person: a title may stand before it
	action       bool            // a sentence may stand before it: he laughed
	family       map[string]bool // compact family names
	familyUnique bool            // no other person of the pack has one of them
	otherClass   []string        // Chinese classes of place that the question does not ask for: 市 where a province is asked
	gender       string          // of a word that a vocabulary card gives in brackets
	qualifiers   []affix         // larger places that may be added
	origin       []affix         // persons: words for people of their country
}

// accept adds a name in all the ways in which it may be written. A person's name counts in
// either order.
func (n *names) accept(name string) {
	name = openSigns(name)
	n.mark(compactOf(language.Normalise(name)))
	for _, variant := range bracketVariants(name) {
		n.acceptSpelt(variant)
		if spelt := spellOut(variant); spelt != variant {
			n.acceptSpelt(spelt)
		}
	}
}

// acceptSpelt adds a name with and without its article.
func (n *names) acceptSpelt(name string) {
	s := language.Normalise(name)
	if strings.ContainsFunc(s, pictogram) && withoutNoise(s) == "" {
		n.sign = strings.TrimSpace(name)
	}
	if s == "" {
		n.add(strings.TrimSpace(name)) // a sign
		return
	}
	n.said += s + "\n"
	n.add(name)
	if article, rest := cutArticle(s); article != "" {
		if capital := name[0] >= 'A' && name[0] <= 'Z'; capital && articles()[article] == careful {
			n.soften(rest, NamePart)
		} else if again, _ := cutArticle(rest); again != article {
			n.addFolded(rest, romanIn(name))
		}
	}
	if plain, doubtful := withoutAl(name); doubtful {
		n.soften(plain, Spelling)
	} else if plain != "" && !n.elsewhere(compactOf(plain)) {
		n.addFolded(plain, anyRoman)
	}
	words := strings.Fields(strings.ReplaceAll(s, ",", " "))
	if n.person && len(words) > 1 && len(words) < 5 && alphabetOf(s) == latinAlphabet {
		n.addFolded(strings.Join(append(words[1:len(words):len(words)], words[0]), " "), romanIn(name))
		n.addFolded(strings.Join(append([]string{words[len(words)-1]}, words[:len(words)-1]...), " "), romanIn(name))
	}
}

// add adds one spelling: as it stands, and in canonical words.
func (n *names) add(name string) {
	s := language.Normalise(name)
	if s == "" {
		s = name
	}
	n.addFolded(s, romanIn(name))
	if last := len(n.list) - 1; acronym(name) && n.list[last].text == compactOf(s) {
		n.list[last].limit = 0
	}
}

// addFolded adds a normalised spelling.
func (n *names) addFolded(s string, roman func(string) bool) {
	canon := canonical(s, roman)
	for _, text := range [...]string{s, canon, movedNumeral(canon), ordinalLast(s, canon)} {
		if c := compactOf(text); c != "" {
			n.mark(c)
		}
	}
	n.longest = max(n.longest, len(s))
	n.addList(canon)
	others := koreanSpellings(canon)
	if s != canon {
		others = append(others, koreanSpellings(s)...)
	}
	for _, text := range others {
		n.mark(compactOf(text))
		n.addList(text)
	}
	if plain := strings.Join(strings.Fields(s), " "); !strings.ContainsAny(s, "0123456789") && strings.ContainsAny(canon, "0123456789") && spelt(plain) {
		n.addList(plain)
	}
}

// addList adds a form in which slips are looked for.
func (n *names) addList(canon string) {
	f := typedForm(canon)
	if f.text == "" || slices.ContainsFunc(n.list, func(g form) bool { return g.text == f.text }) {
		return
	}
	f.limit = slips(f.alpha, distinct(canon))
	n.list = append(n.list, f)
}

// spelt reports whether the numerals of a name are words, in which slips are made as in others:
// twelfth, but not XII.
func spelt(s string) bool {
	if a := alphabetOf(s); a != latinAlphabet && a != arabicAlphabet {
		return false
	}
	return !slices.ContainsFunc(splitWords(s), func(w string) bool { return romanNumeral(w) != "" })
}

func (n *names) mark(compact string) {
	if compact == "" {
		return
	}
	if n.forms == nil {
		n.forms = map[string]bool{}
	}
	n.forms[compact] = true
}

// soften makes a normalised text close.
func (n *names) soften(s string, why Reason) {
	if n.soft == nil {
		n.soft = map[string]Reason{}
	}
	for _, text := range [...]string{s, canonical(s, anyRoman)} {
		if c := compactOf(text); c != "" {
			n.soft[c] = why
		}
	}
}

// movedNumeral puts the numeral at the end of a name before it: the Second World War. "" if it
// has none there.
func movedNumeral(canon string) string {
	cut := strings.LastIndexByte(canon, ' ')
	if cut < 0 || !digitsOnly(canon[cut+1:]) || strings.IndexByte(canon[:cut], ' ') < 0 {
		return ""
	}
	return canon[cut+1:] + " " + strings.TrimSuffix(canon[:cut], " number") // Symphony No. 9, the ninth symphony
}

// ordinalLast puts the ordinal at the beginning of a name behind it, as a number: Symphony No. 5 for the
// Fifth Symphony. "" if it begins with none.
func ordinalLast(s, canon string) string {
	first, _, _ := strings.Cut(s, " ")
	digits, rest, ok := strings.Cut(canon, " ")
	if !ok || !digitsOnly(digits) || alphabetOf(rest) != latinAlphabet || ordinals()[first] == 0 && digitsOf(first) == first {
		return ""
	}
	return rest + " number " + digits
}

// bracketVariants returns a name with its parts in brackets read as part of it, left out, and
// put before it.
func bracketVariants(name string) []string {
	open := strings.IndexAny(name, "([（［【〔")
	if open < 0 {
		return []string{name}
	}
	var outside, inside strings.Builder
	depth := 0
	for _, r := range name {
		switch {
		case strings.ContainsRune("([（［【〔", r):
			depth++
		case strings.ContainsRune(")]）］】〕", r):
			depth = max(0, depth-1)
			outside.WriteByte(' ')
			inside.WriteByte(' ')
		case depth > 0:
			inside.WriteRune(r)
		default:
			outside.WriteRune(r)
		}
	}
	flat := strings.Join(strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune("()[]（）［］【】〔〕", r) }), " ")
	if strings.TrimSpace(outside.String()) == "" {
		return []string{flat}
	}
	return []string{strings.TrimSpace(outside.String()), flat, inside.String() + " " + outside.String()}
}

// openSigns writes the signs that stand for several letters or for brackets as these: Ⅷ as VIII, ㈜
// as (주), letters of full width as others.
func openSigns(name string) string {
	if !strings.ContainsFunc(name, signOfSeveral) {
		return name
	}
	var b strings.Builder
	for _, r := range name {
		if signOfSeveral(r) {
			b.WriteString(norm.NFKC.String(string(r)))
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// signOfSeveral reports whether r is a Roman numeral, a letter in a circle or in brackets, a unit in
// one sign, or of full width.
func signOfSeveral(r rune) bool {
	return r >= 0x2160 && r <= 0x217F || r >= 0x2460 && r <= 0x249B || r >= 0x3200 && r <= 0x33FF || r >= 0xFF01 && r <= 0xFF5E
}

// spellOut writes the Latin letters that a keyboard may lack with two letters: Zuerich.
func spellOut(name string) string {
	if !hasUmlaut(name) {
		return name
	}
	return latinSpellings.Replace(name)
}

var latinSpellings = strings.NewReplacer("ä", "ae", "Ä", "Ae", "ö", "oe", "Ö", "Oe", "ü", "ue", "Ü", "Ue", "ø", "oe", "Ø", "Oe", "å", "aa", "Å", "Aa",
	"a\u0308", "ae", "A\u0308", "Ae", "o\u0308", "oe", "O\u0308", "Oe", "u\u0308", "ue", "U\u0308", "Ue", "a\u030A", "aa", "A\u030A", "Aa")

// is reports whether a compact text is an accepted form.
func (n *names) is(compact string) bool { return n.forms[compact] }

// elsewhere reports whether a compact text names somebody or something that is not right.
func (n *names) elsewhere(compact string) bool {
	return n.lexicon != nil && n.lexicon.others(compact, n.right)
}

// affixes are the words that an answer may carry, by what the key is.
func (n *names) affixes() *affixes {
	switch {
	case n.person, n.titled:
		return personAffixes()
	case n.place:
		return placeAffixes()
	case n.action:
		return actionAffixes()
	}
	return anyAffixes()
}

// reads returns the ways to read a normalised answer: as it is, and without what adds nothing.
func (n *names) reads(s string) []string { return n.affixes().forms(s, n.beside()...) }

// beside are words that may stand before and after the name.
func (n *names) beside() []affix {
	if n.person {
		return n.origin
	}
	return n.qualifiers
}
