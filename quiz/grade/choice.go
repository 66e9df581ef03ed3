package grade

import (
	"strings"
	"sync"

	"summitquiz/content/language"
	"summitquiz/quiz"
)

// optionWords stand around the label or number of an option.
var optionWords = sync.OnceValue(func() []affix { return parse(answerWords("option-words")) })

// Options are what grading knows of a question with options, as one view shows it. They are read
// only, and safe for use by many goroutines.
type Options struct {
	labels []string
	texts  *optionTexts
	key    int
}

// OptionsOf returns the options of a view.
func OptionsOf(v *quiz.View) Options { return Options{v.Labels, newOptions(v.Options), v.Key} }

// Answer grades what somebody typed: a label, the number of an option (unless the options are
// numbers), or the text of an option. It returns the option that was meant; -1 if none was.
func (o *Options) Answer(typed string) (option int, verdict Verdict) {
	if len(typed) > longest {
		return -1, Verdict{Wrong, TooLong}
	}
	labels, texts, key := o.labels, o.texts, o.key
	judge := func(i int) (int, Verdict) {
		if i == key {
			return i, Verdict{Right, Matched}
		}
		return i, Verdict{Wrong, OtherOption}
	}
	s := language.Normalise(typed)
	if i := texts.exactly(typed, s); i >= 0 {
		return judge(i)
	}
	if s = withoutNoise(s); s == "" {
		return -1, Verdict{Wrong, NoAnswer}
	}
	// A label with a mark after it comes before the text, as "a" is also an article.
	if i, v, ok := labelled(labels, texts, s, ".):-,"); ok {
		if v.Mark == Right {
			return judge(i)
		}
		return -1, v
	}
	if i := texts.find(s); i >= 0 {
		return judge(i)
	}
	for _, r := range anyAffixes().forms(s) {
		if i := label(labels, r, texts.numbers); i >= 0 {
			return judge(i)
		}
	}
	if i, v, ok := labelled(labels, texts, s, " "); ok {
		if v.Mark == Right {
			return judge(i)
		}
		return -1, v
	}
	if i := texts.place(s); i >= 0 {
		return judge(i)
	}
	return -1, texts.unnamed(labels, s, key)
}

// unnamed is the verdict on a text that names no option.
func (t *optionTexts) unnamed(labels []string, s string, key int) Verdict {
	if noAnswer(s) {
		return Verdict{Wrong, NoAnswer}
	}
	if parts := alternatives(s); len(parts) > 1 {
		n := 0
		for _, p := range parts[:min(len(parts), mostNamed)] {
			if t.find(p) >= 0 || label(labels, p, t.numbers) >= 0 || t.place(p) >= 0 {
				n++
			}
		}
		if n > 1 {
			return Verdict{Wrong, SeveralAnswers}
		}
	}
	if denied(s, t.said) {
		return Verdict{Wrong, Denied}
	}
	if i := t.near(s); i == key {
		return Verdict{Close, Spelling}
	}
	return Verdict{Wrong, Unread}
}

// mostNamed is in how many parts of an answer an option is looked for.
const mostNamed = 8

// longestLabel is more than a label takes with the words around it, in bytes.
const longestLabel = 32

// labelled reads a label and a text, with one of the marks between them: they must name the
// same option.
func labelled(labels []string, texts *optionTexts, s, marks string) (int, Verdict, bool) {
	for cut := range s[:min(len(s), longestLabel)] {
		if cut == 0 || strings.IndexByte(marks, s[cut-1]) < 0 {
			continue
		}
		head, tail := strings.Trim(s[:cut], " .)(:-,"), strings.Trim(s[cut:], " .)(:-,")
		i := label(labels, head, texts.numbers)
		if i < 0 {
			continue
		}
		switch j := texts.find(tail); {
		case j < 0:
		case i != j:
			return -1, Verdict{Wrong, LabelMismatch}, true
		default:
			return i, Verdict{Right, Matched}, true
		}
	}
	return -1, Verdict{}, false
}

// label returns the option that a label or, unless the options are numbers, a number names.
func label(labels []string, s string, numbers bool) int {
	for _, w := range optionWords() {
		if rest, ok := w.cutBefore(s); ok {
			s = rest
		}
		if rest, ok := w.cutAfter(s); ok {
			s = rest
		}
	}
	s = strings.Trim(s, " .)(:-")
	for i, l := range labels {
		if s == language.Normalise(l) {
			return i
		}
	}
	if numbers {
		return -1
	}
	for i := range labels {
		if s == string(rune('1'+i)) {
			return i
		}
	}
	return -1
}

// optionTexts are the options of a question for finding one by its text or its place.
type optionTexts struct {
	names    []names
	amounts  [][]language.Reading
	said     string // all options, normalised
	longest  int    // bytes of the longest option
	numbers  bool   // all options are numbers
	ordinals bool   // an option is an ordinal, so that ordinals name no place
}

func newOptions(options []string) *optionTexts {
	t := &optionTexts{numbers: true, names: make([]names, len(options))}
	for i, o := range options {
		t.names[i].accept(o)
		s := language.Normalise(o)
		t.said += s + "\n"
		t.longest = max(t.longest, len(s))
		read := language.ReadAmount(s)
		t.amounts = append(t.amounts, read)
		t.numbers = t.numbers && len(read) > 0
		_, ordinal := language.ReadOrdinal(s)
		t.ordinals = t.ordinals || ordinal
	}
	for i, o := range options {
		for _, w := range inflected(language.StripIsolates(o)) {
			if t.only(func(n *names) bool { return n.is(w) }) < 0 {
				t.names[i].mark(w)
			}
		}
	}
	return t
}

// exactly returns the option that is typed as it stands, also where it is a sign or looks like
// noise; -1 if there is none.
func (t *optionTexts) exactly(typed, s string) int {
	c := compactOf(s)
	if c == "" {
		c = strings.TrimSpace(typed)
	}
	return t.only(func(n *names) bool { return n.is(c) })
}

// only returns the one option that fits; -1 if none or several do.
func (t *optionTexts) only(fits func(n *names) bool) int {
	found := -1
	for i := range t.names {
		if fits(&t.names[i]) {
			if found >= 0 {
				return -1
			}
			found = i
		}
	}
	return found
}

// find returns the option that a text is; -1 if it is none.
func (t *optionTexts) find(s string) int {
	if len(s) > maxDress+2*t.longest { // nothing that is said around an option is as long
		return -1
	}
	for _, r := range anyAffixes().forms(s) {
		for _, c := range [2]string{compactOf(r), compactOf(canonical(r, anyRoman))} {
			if i := t.only(func(n *names) bool { return n.is(c) }); i >= 0 {
				return i
			}
		}
	}
	if i := t.dressed(s); i >= 0 || !t.numbers {
		return i
	}
	for _, r := range numberAffixes().forms(s) {
		for _, typed := range language.ReadAmount(r) {
			for i := range t.amounts {
				for _, o := range t.amounts[i] {
					if !typed.Slip && typed.Number.Cmp(o.Number) == 0 && (len(typed.Units) == 0 || len(o.Units) == 0 || typed.Units[0] == o.Units[0]) {
						return i
					}
				}
			}
		}
	}
	return -1
}

// dressed returns the option that stands in a text with the word of its class: نهر النيل, 青海省.
func (t *optionTexts) dressed(s string) int {
	reads := placeAffixes().forms(s)
	if first, rest, ok := strings.Cut(s, " "); ok && classWords()[first] {
		reads = append(reads, rest)
	}
	for _, r := range reads {
		if i := t.only(func(n *names) bool { return n.is(compactOf(r)) }); i >= 0 {
			return i
		}
	}
	return -1
}

// near returns the one option that a text is a slip of; -1 if there is none.
func (t *optionTexts) near(s string) int {
	typed := typedForm(canonical(s, anyRoman))
	found, least := -1, 3
	for i := range t.names {
		for j := range t.names[i].list {
			f := &t.names[i].list[j]
			limit := min(f.limit, least)
			if limit == 0 {
				continue
			}
			switch d := f.near(&typed, limit); {
			case d > limit, f.rivalled(&typed, d):
			case d < least:
				found, least = i, d
			case d == least && found != i:
				found = -1
			}
		}
	}
	return found
}
