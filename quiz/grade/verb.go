package grade

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Korean verbs: 웃었다, 웃었습니다, 웃었어요 and 웃음 are one answer. A form comes down to its
// stem with a mark: the past stem 웃었 (past), the stem 웃 of the present (present), or the
// stem 웃 of a noun made from the verb, which has no tense (noun).
const (
	past    = "past "
	present = "present "
	noun    = "noun "
)

var (
	pastEndings    = list("past-endings")
	presentEndings = list("present-endings")
)

// Final consonants, as numbers of the Hangul block.
const (
	noFinal = 0
	finalN  = 4
	finalL  = 8
	finalLM = 10
	finalM  = 16
	finalB  = 17
	finalSS = 20
)

// syllable is a Hangul syllable by its letters.
type syllable struct{ lead, vowel, final rune }

func syllableOf(r rune) (syllable, bool) {
	if r < 0xAC00 || r > 0xD7A3 {
		return syllable{}, false
	}
	i := r - 0xAC00
	return syllable{i / 588, i % 588 / 28, i % 28}, true
}

func (s syllable) rune() rune { return 0xAC00 + s.lead*588 + s.vowel*28 + s.final }

// lastSyllable returns the last syllable of a word and what stands before it.
func lastSyllable(w string) (before string, s syllable, ok bool) {
	r, size := utf8.DecodeLastRuneInString(w)
	s, ok = syllableOf(r)
	return w[:len(w)-size], s, ok
}

// verbForms returns what a compact word comes down to as a form of a verb.
func verbForms(w string) []string {
	var out []string
	for _, e := range pastEndings() {
		if stem, ok := strings.CutSuffix(w, e); ok {
			if _, s, ok := lastSyllable(stem); ok && s.final == finalSS {
				out = append(out, past+stem)
			}
		}
	}
	if len(out) > 0 {
		return out
	}
	for _, e := range presentEndings() {
		if stem, ok := strings.CutSuffix(w, e); ok && stem != "" {
			out = append(out, present+stem)
		}
	}
	before, s, ok := lastSyllable(w)
	if ok && s.final == finalM {
		s.final = noFinal
		out = append(out, noun+before+string(s.rune()))
		if _, stem, ok := lastSyllable(before); ok && w[len(before):] == "음" && stem.final != noFinal {
			out = append(out, noun+before)
		}
	}
	if ok && s.final == finalLM {
		s.final = finalL
		out = append(out, noun+before+string(s.rune()))
	}
	if stem, ok := strings.CutSuffix(w, "기"); ok && stem != "" {
		out = append(out, noun+stem)
	}
	for ending, final := range map[string]rune{"니다": finalB, "다": finalN} {
		if stem, ok := strings.CutSuffix(w, ending); ok {
			if before, s, ok := lastSyllable(stem); ok && s.final == final {
				s.final = noFinal
				out = append(out, present+before+string(s.rune()))
			}
		}
	}
	if stem, ok := strings.CutSuffix(w, "요"); ok {
		for _, c := range uncontracted(stem) {
			out = append(out, present+c)
		}
	}
	return out
}

// Vowels, as numbers of the Hangul block.
const (
	vowelA, vowelAE, vowelEO, vowelYEO, vowelO, vowelWA, vowelWAE, vowelOE, vowelU, vowelWEO, vowelI = 0, 1, 4, 6, 8, 9, 10, 11, 13, 14, 20
	leadSilent, leadH                                                                                = 11, 18
)

// uncontracted returns the stems that may be in a form with its ending run together: 가 of 가,
// 오 of 와, 마시 of 마셔, 하 of 해.
func uncontracted(w string) []string {
	before, s, ok := lastSyllable(w)
	if !ok || s.final != noFinal && s.final != finalSS {
		return nil
	}
	s.final = noFinal
	vowels := []rune{}
	switch s.vowel {
	case vowelA, vowelEO:
		vowels = append(vowels, s.vowel)
		if s.lead == leadSilent && before != "" {
			return []string{before} // 웃어, 받아
		}
	case vowelAE:
		vowels = append(vowels, s.vowel)
		if s.lead == leadH {
			vowels = append(vowels, vowelA)
		}
	case vowelYEO:
		vowels = append(vowels, vowelI, vowelYEO)
		if s.lead == leadSilent && before != "" {
			return []string{before} // 하여
		}
	case vowelWA:
		vowels = append(vowels, vowelO, vowelU)
	case vowelWEO:
		vowels = append(vowels, vowelU)
	case vowelWAE:
		vowels = append(vowels, vowelOE)
	}
	var out []string
	for _, v := range vowels {
		s.vowel = v
		out = append(out, before+string(s.rune()))
	}
	return out
}

// acceptVerb adds the forms of a key that is a Korean verb: in the past, or in a form of
// speech that nouns do not have.
func (n *names) acceptVerb(compact string) {
	if !strings.HasSuffix(compact, "다") && !strings.HasSuffix(compact, "요") {
		return
	}
	for _, f := range verbForms(compact) {
		kind, stem, _ := strings.Cut(f, " ")
		if kind == "noun" {
			continue
		}
		n.acceptDone(kind, stem)
		if n.verbs == nil {
			n.verbs = map[string]bool{}
		}
		n.verbs[f] = true
		if kind == "past" {
			for _, s := range uncontracted(stem) {
				n.verbs[noun+s] = true
			}
		} else if _, s, ok := lastSyllable(stem); ok && (s.final != noFinal || utf8.RuneCountInString(stem) > 1) {
			n.verbs[noun+stem] = true
		}
	}
}

// acceptDone adds what is done of a verb that says so: 인사 of 인사했다, unless it names something else.
func (n *names) acceptDone(kind, stem string) {
	stems := []string{stem}
	if kind == "past" {
		stems = uncontracted(stem)
	}
	for _, s := range stems {
		if done, ok := strings.CutSuffix(s, doing()); ok && utf8.RuneCountInString(done) > 1 && !n.elsewhere(done) {
			n.mark(done)
		}
	}
}

// doing is the stem of the verb with which a noun becomes one.
var doing = letters("doing-stem")

// verbIn reports whether a normalised answer is a form of the key's verb.
func (n *names) verbIn(s string) bool {
	return slices.ContainsFunc(verbForms(compactOf(s)), func(f string) bool { return n.verbs[f] })
}
