package grade

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"summitquiz/content/language"
)

// answer is a typed answer, folded as keys are.
type answer struct {
	raw   string   // as it was typed
	text  string   // normalised, without chat noise
	plain []string // text without the words that add nothing
	all   []string // every way to read it, normalised: plain, and in canonical words
	last  []string // those of all in canonical words, in which slips are looked for
}

// newAnswer folds an answer to a name.
func (n *names) newAnswer(raw, text string) *answer {
	a := &answer{raw: raw, text: text}
	a.plain = n.reads(text)
	a.all, a.last = a.plain, a.plain
	if canon := canonical(text, anyRoman); canon != text {
		a.last = n.reads(canon)
		a.all = append(a.all[:len(a.all):len(a.all)], a.last...)
	}
	if hasUmlaut(raw) {
		a.all = append(a.all[:len(a.all):len(a.all)], canonical(withoutNoise(language.Normalise(spellOut(raw))), anyRoman))
	}
	return a
}

// hasUmlaut reports whether a text has one of the letters that are spelt with two.
func hasUmlaut(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return strings.ContainsAny(s, "äÄöÖüÜøØåÅ\u0308\u030A")
		}
	}
	return false
}

// grade first looks whether an answer is the key, then whether it is something else, and only
// in what is neither for words that refuse: the small words of a name deny nothing.
func (n *names) grade(raw, s string) Verdict {
	if len(s) > maxDress+2*n.longest { // nothing that is said around a name is as long
		return Verdict{Wrong, Unread}
	}
	a := n.newAnswer(raw, s)
	if v, ok := n.exactly(a.all); ok {
		return v
	}
	if v, ok := n.otherwise(a); ok {
		return v
	}
	if noAnswer(s) {
		return Verdict{Wrong, NoAnswer}
	}
	if parts := strings.FieldsFunc(s, func(r rune) bool { return r == '(' || r == ')' || r == '=' }); len(parts) > 1 && n.allRight(parts) {
		return Verdict{Right, Matched}
	}
	parts := alternatives(s)
	if len(parts) > 1 && n.allRight(parts) {
		return Verdict{Right, Matched}
	}
	switch {
	case denied(s, n.said):
		return Verdict{Wrong, Denied}
	case len(parts) > 1 && hesitates(s, n.said):
		return Verdict{Wrong, SeveralAnswers}
	}
	if v, ok := n.slip(a.last); ok {
		return v
	}
	switch {
	case len(parts) > 1:
		return Verdict{Wrong, SeveralAnswers}
	case n.unspecific(a.all):
		return Verdict{Wrong, Unspecific}
	}
	return Verdict{Wrong, Unread}
}

// exactly finds the first reading that is a name, right or not, or a family name.
func (n *names) exactly(reads []string) (Verdict, bool) {
	for _, r := range reads {
		c := compactOf(r)
		switch {
		case n.is(c):
			return Verdict{Right, Matched}, true
		case n.family[c] && n.familyUnique:
			return Verdict{Right, Matched}, true
		case n.family[c]:
			return Verdict{Close, FitsSeveral}, true
		case n.elsewhere(c):
			return Verdict{Wrong, OtherName}, true
		}
		if rest, ok := strings.CutPrefix(c, "ب"); ok && n.is(rest) { // بغيونغجو
			return Verdict{Right, Matched}, true
		}
	}
	return Verdict{}, false
}

// mostVerbs is in how many readings of an answer a verb is looked for.
const mostVerbs = 12

// otherwise finds an answer that is the key by a rule of its own: without the Arabic article,
// with an article of another language, as a code, in another order, as another form of a verb.
func (n *names) otherwise(a *answer) (Verdict, bool) {
	if plain, doubtful := withoutAl(a.raw); plain != "" {
		if v, ok := n.exactly(n.reads(withoutNoise(plain))); ok && (v.Mark != Right || !doubtful) {
			return v, true
		} else if ok {
			return Verdict{Close, Spelling}, true
		}
	}
	if n.code != "" && (slices.ContainsFunc(a.plain, n.isCode) || slices.ContainsFunc(a.plain, n.named)) {
		return Verdict{Right, Matched}, true
	}
	for i := range n.lists {
		if v, ok := n.lists[i].grade(a); ok {
			return v, true
		}
	}
	if n.verbs != nil {
		for _, r := range a.last[:min(len(a.last), mostVerbs)] {
			if n.verbIn(r) || n.verbAfterSubject(r) {
				return Verdict{Right, Matched}, true
			}
		}
	}
	return n.aReadingOf(a)
}

// aReadingOf finds the key in one of the readings of an answer.
func (n *names) aReadingOf(a *answer) (Verdict, bool) {
	for _, r := range a.all {
		if article, rest := cutArticle(r); article != "" && !isEnglish(article) && n.is(compactOf(rest)) {
			if g := articleGender()[article]; g != "" && g == n.gender {
				return Verdict{Right, Matched}, true
			}
			return Verdict{Close, Spelling}, true
		}
		if why, ok := n.soft[compactOf(r)]; ok && !noAnswer(a.text) {
			return Verdict{Close, why}, true
		}
		if n.action && n.afterSubject(compactOf(r)) || n.classed(r) || n.placed(r) {
			return Verdict{Right, Matched}, true
		}
	}
	return Verdict{}, false
}

// classed reports whether an answer is the key with the word beside it by which the question
// calls what it asks for: River Nile, نهر النيل.
func (n *names) classed(s string) bool {
	if len(n.class) == 0 {
		return false
	}
	first, rest, ok := strings.Cut(s, " ")
	if ok && n.is(compactOf(rest)) && n.isClass(first) {
		return true
	}
	i := strings.LastIndexByte(s, ' ')
	return i > 0 && alphabetOf(s) == latinAlphabet && n.is(compactOf(s[:i])) && n.isClass(s[i+1:])
}

// placed reports whether an answer is the key with what the question says it is in or of after a
// comma: Cairo, Egypt.
func (n *names) placed(s string) bool {
	name, where, ok := strings.Cut(s, ", ")
	return ok && where != "" && n.wheres[where] && n.is(compactOf(name))
}

func (n *names) isClass(word string) bool {
	return slices.ContainsFunc(n.class, func(c string) bool { return sameNoun(c, word) })
}

// afterSubject reports whether a compact answer is the key after words of the question, which
// name who did it: 孩子睡着了.
func (n *names) afterSubject(compact string) bool {
	for i := range n.list {
		subject, ok := strings.CutSuffix(compact, n.list[i].text)
		if !ok || subject == "" || denyFirst()[subject] || denied(subject, "") {
			continue
		}
		for _, particle := range subjectParticles() {
			if n.inQuestion(strings.TrimSuffix(subject, particle)) {
				return true
			}
		}
	}
	return false
}

// verbAfterSubject reports whether an answer is a form of the key's verb after a word of the
// question that names who did it.
func (n *names) verbAfterSubject(s string) bool {
	subject, rest, ok := strings.Cut(s, " ")
	if !ok || !n.verbIn(rest) {
		return false
	}
	return slices.ContainsFunc(subjectParticles(), func(p string) bool {
		return n.inQuestion(strings.TrimSuffix(subject, p)) || n.inQuestion(strings.TrimSuffix(subject, p)+p)
	})
}

// inQuestion reports whether a compact text is one word of the question, or up to three in a
// row; in Chinese, whether it stands anywhere in it.
func (n *names) inQuestion(compact string) bool {
	if alphabetOf(compact) == hanAlphabet {
		return strings.Contains(n.stem, compact)
	}
	words := fields(n.stem)
	for i := range words {
		joined := ""
		for _, w := range words[i:min(len(words), i+3)] {
			if joined += w; joined == compact {
				return true
			}
		}
	}
	return false
}

// subjectParticles may follow a subject; the empty one is none.
var subjectParticles = sync.OnceValue(func() []string { return append([]string{""}, language.AnswerWords("subject-particles")...) })

// allRight reports whether every part of an answer is right: the same name twice, perhaps in
// two languages, is one answer.
func (n *names) allRight(parts []string) bool {
	some := false
	for _, p := range parts {
		if p = strings.Trim(p, " "); p == "" {
			continue
		}
		v, ok := n.exactly(n.newAnswer(p, p).all)
		if !ok || v.Mark != Right {
			return false
		}
		some = true
	}
	return some
}

// slip reports whether a reading is a slip of an accepted form, and nearer to it than to any
// other name. One that only has another numeral or direction names something else.
func (n *names) slip(reads []string) (Verdict, bool) {
	var best form
	var of *form
	least := 3
	for _, r := range reads {
		if !n.similarLength(r) {
			continue
		}
		typed := typedForm(r)
		for i := range n.list {
			f := &n.list[i]
			if limit := min(f.limit, least-1); limit > 0 {
				if d := f.near(&typed, limit); d <= limit {
					least, best, of = d, typed, f
				}
			}
		}
	}
	switch {
	case of == nil, n.lexicon != nil && n.lexicon.nearer(&best, least, n.right, n.forms):
		return Verdict{}, false
	case of.rivalled(&best, least):
		return Verdict{Wrong, OtherName}, true
	}
	return Verdict{Close, Spelling}, true
}

// similarLength reports whether a reading is about as long as an accepted form, in bytes, so
// that it may be a slip of it.
func (n *names) similarLength(r string) bool {
	marks := 0 // that do not count
	for i := range len(r) {
		if b := r[i]; b == ' ' || b == '-' || b == '\'' || b == '.' || b == ',' {
			marks++
		}
	}
	for i := range n.list {
		f := &n.list[i]
		if off := len(r) - marks - len(f.text); f.limit > 0 && off <= utf8.UTFMax*f.limit && off >= -utf8.UTFMax*f.limit {
			return true
		}
	}
	return false
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

// denyFirst denies what follows it where a subject would stand.
var denyFirst = words("deny-subjects")
