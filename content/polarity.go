package content

import (
	"strings"
	"sync"

	"summitquiz/content/language"
)

// Polarity says of a card whether its answer is one of two words that exclude each other, such
// as true and false, yes and no. Such a card is asked with both as its options.
type Polarity uint8

// The polarities.
const (
	NoPolarity  Polarity = iota
	Affirmative          // true, yes
	Negative             // false, no
)

// poles are two words that exclude each other. Those that are sure need no not: beside them to
// be taken for what they are; right may also be the opposite of left.
type poles struct {
	yes, no string
	sure    bool
}

// polarWords holds the pairs of each language, the sure ones first. The first is what true and false
// are shown as, the second what yes and no are.
var polarWords = sync.OnceValue(func() *[language.Count][]poles {
	var all [language.Count][]poles
	for _, c := range language.All() {
		for _, list := range []string{"poles", "poles-unsure"} {
			for _, p := range language.PairsIn(c, "questions", list) {
				all[c] = append(all[c], poles{p[0], p[1], list == "poles"})
			}
		}
	}
	return &all
})

// poleEntry is one word of a pair.
type poleEntry struct {
	lang     language.Code
	pair     poles
	polarity Polarity
	opposite string // folded
}

// poleTable holds every word of polarWords by its folded form, in the order of the languages.
var poleTable = sync.OnceValue(func() map[string][]poleEntry {
	m := map[string][]poleEntry{}
	for _, c := range language.All() {
		for _, w := range polarWords()[c] {
			yes, no := foldPole(w.yes), foldPole(w.no)
			m[yes] = append(m[yes], poleEntry{c, w, Affirmative, no})
			m[no] = append(m[no], poleEntry{c, w, Negative, yes})
		}
	}
	return m
})

// longestPole is more than the length of any word of the table, in bytes.
const longestPole = 40

// pole finds a text among the words of all languages. like is one of the texts that count as its
// opposite; empty for any.
func pole(text, like string) (lang language.Code, pair poles, p Polarity) {
	if len(text) > longestPole {
		return 0, poles{}, NoPolarity
	}
	like = foldPole(like)
	for _, e := range poleTable()[foldPole(text)] {
		if like == "" || like == e.opposite {
			return e.lang, e.pair, e.polarity
		}
	}
	return 0, poles{}, NoPolarity
}

func foldPole(s string) string { return strings.ToLower(strings.TrimRight(tidy(s), ".!。")) }

// polarise makes a card whose answer is true or false, yes or no, in whatever language, one
// with two options: it sets the polarity and, where the card does not say it, the other word.
// plain says that the answer is YAML's own true or false.
func polarise(f *Fact, question language.Text, plain bool, codes []language.Code) {
	key := f.Values[cardAnswer][0].Words
	if key == nil || len(f.Not) > 0 && len(f.Not[0].Values) > 1 {
		return
	}
	var given *Words
	if len(f.Not) > 0 && len(f.Not[0].Values) == 1 {
		given = f.Not[0].Values[0].Words
	}
	other := &Words{}
	shown, found := key.Text, NoPolarity
	for _, c := range codes {
		text := key.Text[c]
		like := ""
		if given != nil {
			like = given.Text[c]
		}
		lang, pair, p := pole(text, like)
		if p == NoPolarity || found != NoPolarity && p != found || given == nil && !plain && !(pair.sure && question[c] != "" && isSentence(question[c])) {
			return
		}
		found = p
		if plain && given == nil {
			pair = polarWords()[c][0]
			if sameEverywhere(question) {
				pair = polarWords()[language.English][0]
			}
			shown[c], other.Text[c] = pair.word(p), pair.word(Affirmative+Negative-p)
			continue
		}
		if lang != c && !sameEverywhere(question) {
			// English true beside a Korean question: it is shown in Korean.
			pair = polarWords()[c][0]
			if whether := polarWords()[lang][1]; foldPole(text) == foldPole(whether.word(p)) {
				pair = polarWords()[c][1]
			}
			shown[c] = pair.word(p)
			other.Text[c] = pair.word(Affirmative + Negative - p)
			continue
		}
		other.Text[c] = pair.word(Affirmative + Negative - p)
		if given != nil {
			other.Text[c] = given.Text[c]
		} else if text == strings.ToLower(text) {
			other.Text[c] = strings.ToLower(other.Text[c])
		}
	}
	if found == NoPolarity || given == nil && !plain && asksOpenly(question) {
		return
	}
	key.Text = shown
	f.Polarity = found
	f.Not = []FieldValues{{Field: cardAnswer, Values: []Value{{Type: TextValue, Words: other}}}}
}

// word returns the word of a polarity.
func (w poles) word(p Polarity) string {
	if p == Affirmative {
		return w.yes
	}
	return w.no
}

// sameEverywhere reports whether a text is one for all languages.
func sameEverywhere(t language.Text) bool {
	for _, s := range t[1:] {
		if s != t[0] {
			return false
		}
	}
	return true
}

// Poles returns the two options of a card with a polarity, the affirmative one first.
func (f *Fact) Poles() (yes, no Value) {
	yes, no = f.Values[cardAnswer][0], f.Not[0].Values[0]
	if f.Polarity == Negative {
		yes, no = no, yes
	}
	return yes, no
}
