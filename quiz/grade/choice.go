package grade

import (
	"strings"

	"summitquiz/content/language"
)

// optionWords stand around the label or number of an option.
var optionWords = parse("option|answer|choice|number|no|letter|رقم|الخيار|خيار|الإجابة|الجواب|حرف|번|번째|번이요|번입니다|보기|选项|选择|选|答案|项|号|第|个")

func choice(labels, options []string, key int, s string) (int, Verdict) {
	if s == "" {
		return -1, Verdict{Wrong, NoAnswer}
	}
	judge := func(i int) (int, Verdict) {
		if i == key {
			return i, Verdict{Right, Matched}
		}
		return i, Verdict{Wrong, OtherOption}
	}
	texts := newOptions(options)
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
	if noAnswer(s) {
		return -1, Verdict{Wrong, NoAnswer}
	}
	if parts := alternatives(s); len(parts) > 1 {
		n := 0
		for _, p := range parts {
			if texts.find(p) >= 0 || label(labels, p, texts.numbers) >= 0 {
				n++
			}
		}
		if n > 1 {
			return -1, Verdict{Wrong, SeveralAnswers}
		}
	}
	if i := texts.near(s); i == key {
		return -1, Verdict{Close, Spelling}
	}
	return -1, Verdict{Wrong, Unread}
}

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
		switch i, j := label(labels, head, texts.numbers), texts.find(tail); {
		case i < 0 || j < 0:
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
	for _, w := range optionWords {
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

// optionTexts are the options of a question for finding one by its text.
type optionTexts struct {
	forms   []form
	amounts [][]language.Reading
	numbers bool // all options are numbers
}

func newOptions(options []string) *optionTexts {
	t := &optionTexts{numbers: true}
	for _, o := range options {
		t.forms = append(t.forms, newForm(o))
		read := language.ReadAmount(language.Normalise(o))
		t.amounts = append(t.amounts, read)
		t.numbers = t.numbers && len(read) > 0
	}
	return t
}

// find returns the option that a text is; -1 if it is none.
func (t *optionTexts) find(s string) int {
	for _, r := range anyAffixes().forms(s) {
		c := language.Compact(r)
		for i := range t.forms {
			if c == t.forms[i].text {
				return i
			}
		}
	}
	if !t.numbers {
		return -1
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

// near returns the one option that a text is a slip of; -1 if there is none.
func (t *optionTexts) near(s string) int {
	typed := typedForm(language.Compact(s))
	found, least := -1, 3
	for i := range t.forms {
		f := &t.forms[i]
		limit := min(f.limit, least)
		if limit == 0 || !sameDigits(f.text, typed.text) {
			continue
		}
		switch d := f.near(&typed, limit); {
		case d > limit:
		case d < least:
			found, least = i, d
		case d == least:
			found = -1
		}
	}
	return found
}
