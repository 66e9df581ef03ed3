package quiztest

import (
	"slices"
	"strconv"
	"strings"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
)

// stem checks what the question says of itself: when the fact held, who says so if that is
// disputed, and no negation in a statement to be judged.
func (c *checker) stem(v *quiz.View) {
	stem := language.StripIsolates(v.Stem)
	if stem == "" {
		c.fail("O5", "%s has no stem", v.Lang)
		return
	}
	f := c.it.Fact
	if f.AsOf != (language.Date{}) && !strings.Contains(stem, strconv.Itoa(int(f.AsOf.Year))) {
		c.fail("K7", "%s: %q does not say that it held in %d", v.Lang, stem, f.AsOf.Year)
	}
	if len(f.Disputed) > 0 && !slices.ContainsFunc(c.pack.Sources, func(s *content.Source) bool {
		return s.Cite[v.Lang] != "" && strings.Contains(stem, s.Cite[v.Lang]) || strings.Contains(stem, s.Title[v.Lang])
	}) {
		c.fail("K4", "%s: %q does not say whose word the disputed fact is", v.Lang, stem)
	}
	c.frame(v)
	if c.it.Kind == quiz.TrueFalse {
		c.positive(v)
	}
}

// F1 and F2 are the invariants of truth in its frame: what a sentence holds for is said with every
// question and every explanation (F1), and what is false here alone is not judged without it (F2).
func (c *checker) frame(v *quiz.View) {
	f := c.it.Fact
	if frame := f.FrameText(); frame != nil {
		words := language.NewPhrase(frame.Source[v.Lang])
		for place, text := range map[string]string{"stem": v.Stem + " | " + strings.Join(v.Clues, " | "), "explanation": v.Explanation} {
			if !language.NewPassage(language.StripIsolates(text)).Has(words) {
				c.fail("F1", "%s: the %s %q does not say %q", v.Lang, place, text, frame.Source[v.Lang])
			}
		}
	}
	denied := func(not content.FieldValues) bool { // by the author, and not because something else is true
		return not.Field == c.it.Field && slices.ContainsFunc(not.Values, c.it.Value.Equal)
	}
	field := &f.Relation.Fields[c.it.Field]
	if c.it.Kind == quiz.TrueFalse && f.Polarity == content.NoPolarity && field.Truth == content.Open && field.Type != content.QuoteValue &&
		!f.Framed() && slices.ContainsFunc(f.Not, denied) {
		c.fail("F2", "the relation %s is open and has no frame", f.Relation.ID)
	}
}

// negations turn the sense of a statement; in Korean and Chinese they turn that of yes and no.
var negations = [language.Count][]string{
	language.Arabic: {"ليس", "ليست", "لم", "لن"}, language.English: {"not", "never", "no", "cannot"},
	language.Korean: {"않", "아닙니다", "없"}, language.Chinese: {"不", "没", "并非"},
}

// positive looks at the words of the statement alone: a value may hold any.
func (c *checker) positive(v *quiz.View) {
	sentence := strings.ReplaceAll(outside(c.it.Fact.States().Source[v.Lang]), "是不是", "") // whether, not negation
	for _, no := range negations[v.Lang] {
		negated := strings.Contains(sentence, no)
		if v.Lang == language.Arabic || v.Lang == language.English {
			negated = slices.Contains(language.Tokens(v.Lang, sentence), no)
		}
		if negated {
			c.fail("K9", "%s: the statement %q is negative", v.Lang, sentence)
		}
	}
}

// outside is a sentence without its placeholders.
func outside(s string) string {
	var b strings.Builder
	depth := 0
	for _, r := range s {
		switch r {
		case '{':
			depth++
		case '}':
			depth--
			b.WriteByte(' ')
		default:
			if depth == 0 {
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}

// leak checks that stem and cover do not hold the answer, in any of its names, in any language
// of the pack, as whole words.
func (c *checker) leak(v *quiz.View) {
	if c.it.Kind == quiz.TrueFalse || c.it.Kind.Arranged() {
		return // the answer is a judgement or an arrangement, and no text holds it
	}
	stem := v.Stem
	if strings.Contains(stem, language.Blank(v.Lang)) { // the particle after a gap is no name, though 이 is one
		stem = strings.ReplaceAll(stem, language.Blank(v.Lang)+"이/가", "")
	}
	if len(v.Clues) > 0 {
		stem += " | " + strings.ReplaceAll(strings.Join(v.Clues, " | "), language.Blank(v.Lang)+"이/가", "")
	}
	for place, text := range map[string]string{"stem": stem, "cover": c.pack.Cover[v.Lang]} {
		shown := language.NewPassage(language.StripIsolates(text))
		for _, a := range c.answers(v) {
			if shown.Has(language.NewPhrase(language.StripIsolates(a))) {
				c.fail("L1", "%s: the %s %q holds the answer %q", v.Lang, place, text, a)
			}
		}
	}
}

// answers are the names of the key: what players see, and every name in every language.
func (c *checker) answers(v *quiz.View) []string {
	var out []string
	if v.Key >= 0 {
		out = append(out, v.Options[v.Key])
	} else if len(v.Accepts) > 0 {
		out = append(out, v.Accepts[0])
	}
	if c.it.Kind == quiz.Cloze && c.it.Value.Words != nil {
		return out // a piece of a text is asked for, not the text
	}
	for _, l := range c.pack.Languages.Codes() {
		switch e, w := c.it.Value.Entity, c.it.Value.Words; {
		case e != nil:
			out = append(append(out, e.Name[l], e.Family[l]), e.Aliases[l]...)
		case w != nil:
			out = append(append(out, w.Text[l]), w.Aliases[l]...)
		}
	}
	return slices.DeleteFunc(out, func(s string) bool { return s == "" })
}
