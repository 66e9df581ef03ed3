package grade

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"summitquiz/content/language"
)

// acceptText adds a text of a card or a fact, and what follows from how it is written: parts in
// any order, forms of a verb, the last name of a person, the digits of a calling code. stem is
// the question.
func (n *names) acceptText(text, stem string) {
	if text == "" {
		return
	}
	n.accept(text)
	if article, _ := cutArticle(language.Normalise(text)); asksForWord(stem) || article != "" && !isEnglish(article) {
		n.foreign = true
		n.marked += markedLetters(text)
	}
	if l, ok := newListKey(text, asksSeveral(stem)); ok {
		n.lists = append(n.lists, l)
	}
	if digits, plus, ok := language.ReadCode(language.Normalise(text)); ok {
		n.code, n.calling = digits, plus
	}
	n.acceptAction(text, stem)
	if article, _ := cutArticle(language.Normalise(text)); article == "" && (!n.action || alphabetOf(strings.ToLower(text)) == arabicAlphabet) {
		n.titled = n.titled || asksWho(stem) || asksTitle(stem)
	}
	if n.code != "" {
		n.stem = language.Normalise(language.StripIsolates(stem))
	}
	n.gender = genderOf(text)
	n.place = n.place || asksWhere(stem)
	n.class = append(n.class, classOf(stem)...)
	n.wheres = wheresOf(stem)
	n.acceptWithoutClass(text, stem)
	n.softenShort(text, stem)
}

// acceptWithoutClass adds a Chinese name without the class of place that the question asks for: 山东
// of 山东省.
func (n *names) acceptWithoutClass(text, stem string) {
	s := language.Normalise(text)
	if alphabetOf(s) != hanAlphabet {
		return
	}
	for asked, class := range classEnds() {
		if strings.Contains(stem, asked) && n.otherClass == nil {
			n.otherClass = slices.DeleteFunc(slices.Clone(placeClasses()), func(c string) bool { return c == class || strings.HasSuffix(s, c) })
		}
		if rest, ok := strings.CutSuffix(s, class); ok && utf8.RuneCountInString(rest) > 1 && strings.Contains(stem, asked) && !n.elsewhere(compactOf(rest)) {
			n.add(rest)
		}
	}
}

// placeClasses may stand behind the name of a Chinese place; another than the one that is asked for is
// another place.
var placeClasses = list("place-classes")

// classEnds are the classes of place that questions ask for, by the words of the question.
var classEnds = paired("class-ends")

// acceptAction finds out whether a text says what somebody did: then who did it may stand before
// it, and a Korean verb has other forms.
func (n *names) acceptAction(text, stem string) {
	s := language.Normalise(text)
	switch alphabetOf(s) {
	case hangulAlphabet:
		n.acceptVerb(compactOf(s))
		n.action = n.action || n.verbs != nil
	case hanAlphabet:
		if endsIn(s, verbEndings()...) {
			n.action = true
			if s = strings.TrimSuffix(s, verbPast()[0]); s != "" {
				n.soften(s, NamePart)
			}
		}
	case arabicAlphabet:
		n.action = true
	default:
		n.action = n.action || text[0] >= 'a' && text[0] <= 'z'
	}
	if n.action {
		n.stem = language.Normalise(language.StripIsolates(stem))
	}
}

// softenShort makes close what says less than the whole name: a family name, a name without its
// title or the word of its class.
func (n *names) softenShort(text, stem string) {
	for _, s := range withoutTitle(text) {
		n.soften(s, NamePart)
	}
	n.softenLess(text)
	for _, s := range append(shortNames(text), initialled(text)...) {
		if !n.elsewhere(compactOf(language.Normalise(s))) {
			n.soften(language.Normalise(s), NamePart)
		}
	}
	if asksWho(stem) && alphabetOf(language.Normalise(text)) == hangulAlphabet {
		for _, t := range titleList() { // 세종 of 세종대왕
			rest, ok := strings.CutSuffix(language.Normalise(text), t.text)
			if ok && min(utf8.RuneCountInString(rest), utf8.RuneCountInString(t.text)) > 1 && !n.elsewhere(compactOf(rest)) {
				n.soften(rest, NamePart)
			}
		}
	}
	f := lastName(text)
	if f == "" || n.forms[f] {
		return
	}
	if asksWho(stem) {
		n.soften(language.Normalise(nameWords(text)[0]), NamePart)
	}
	n.soften(f, NamePart)
	if n.lexicon != nil && n.lexicon.families[f] > 1 {
		n.soften(f, FitsSeveral)
	}
	if short := particleName(text); short != "" {
		n.soften(short, NamePart)
	}
}

// softenLess makes a name without its small words close.
func (n *names) softenLess(text string) {
	for _, s := range lessNames(text) {
		if s = language.Normalise(s); !n.elsewhere(compactOf(s)) {
			n.soften(s, Spelling)
		}
	}
}

// acceptInflected adds the plural or singular of a key that is an English noun, unless that is
// another answer of the pack.
func (n *names) acceptInflected(text, stem string) {
	if text == "" || asksForWord(stem) {
		return
	}
	key := bracketVariants(text)[0]
	proper := text[0] < 'a' || text[0] > 'z' // it may be a name, which has no plural
	if proper {
		key = strings.ToLower(key)
	}
	for _, w := range inflected(key) {
		if n.elsewhere(w) {
			continue
		}
		if proper {
			n.soften(w, Spelling)
			continue
		}
		n.mark(w)
		if f := typedForm(w); len(w) >= longNoun {
			f.limit = slips(f.alpha, w)
			n.list = append(n.list, f)
		}
	}
}

// longNoun is from how many letters on a slip in the plural or singular of a key is close:
// shorter ones are too near to other words, as cats is to bats.
const longNoun = 7

// markedLetters returns the Latin letters of a text that carry a mark, in lower case.
func markedLetters(s string) string {
	var b strings.Builder
	for _, r := range norm.NFC.String(strings.ToLower(s)) {
		if r >= utf8.RuneSelf && unicode.Is(unicode.Latin, r) && r != 'ß' {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// spelt makes an answer that is right close where it adds a mark to a letter of a foreign word:
// Äpfel is no Apfel.
func (n *names) spelt(typed string, v Verdict) Verdict {
	if n.otherClass != nil && v.Mark == Right && endsIn(language.Normalise(typed), n.otherClass...) {
		return Verdict{Close, MoreThanAsked}
	}
	if !n.foreign || v.Mark != Right {
		return v
	}
	for _, r := range markedLetters(typed) {
		if !strings.ContainsRune(n.marked, r) {
			return Verdict{Close, Spelling}
		}
	}
	return v
}

// named reports whether an answer is the key's code after words of the question: platform 09.
func (n *names) named(s string) bool {
	i := strings.LastIndexByte(s, ' ')
	return i > 0 && n.isCode(s[i+1:]) && n.inQuestion(compactOf(s[:i])) && !denied(s[:i], "")
}

// isCode reports whether an answer is the digits of a key that is a code: +20, 0020 and 20 are
// the same calling code; the zeros of any other code count.
func (n *names) isCode(s string) bool {
	digits, plus, ok := language.ReadCode(s)
	switch {
	case n.calling && !ok:
		number, ok := wholeNumber(s)
		return ok && strconv.FormatInt(number, 10) == n.code
	case !ok || n.code == "":
		return false
	case n.calling:
		return digits == n.code || !plus && digits == "00"+n.code
	}
	return !plus && digits == n.code
}

var (
	verbEndings = list("verb-endings")
	verbPast    = list("verb-past")
)
