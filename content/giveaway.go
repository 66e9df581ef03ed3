package content

import (
	"strings"
	"unicode"

	"summitquiz/content/language"
)

// A sentence that names the answer in words of its own gives it away, whichever kind of question is
// made of it: as a question, as a clue, with a gap. Languages are read together, since a room may
// show several.

// namingBudget is how many bytes of sentences may be searched for answers in one pack.
const namingBudget = 50_000_000

// giveaways looks for answers in the sentences that ask for them.
type giveaways struct {
	r    *packChecker
	left int
	own  map[*Relation][]saying // by field: the words of the relation's own sentences
	size map[*Relation]int
}

// saying is what stands around a field: its words, and as it is written.
type saying struct {
	words   language.Passage
	written string
}

// checkGiveaways reports facts whose sentences name what they ask for. The sentences of the library name nothing.
func (r *packChecker) checkGiveaways() {
	g := &giveaways{r: r, left: namingBudget, own: map[*Relation][]saying{}, size: map[*Relation]int{}}
	for i, f := range r.pack.Facts {
		if r.full() || g.left < 0 {
			break
		}
		if f.Card || f.Relation.Library && f.State == nil && f.Frame == nil && f.Ask == nil {
			continue
		}
		for field := range f.Relation.Fields {
			if f.Asks(field) == nil || len(f.Values[field]) != 1 {
				continue
			}
			if form := g.named(f, field); form != "" {
				r.fact = f.Name
				r.refuse(r.places.facts[i], say("a sentence of %s names what it asks for: {%s} is %s", f.Name, f.Relation.Fields[field].Name, show(form)),
					say("word it without the answer, or do not ask for it: ask: {%s: null}", f.Relation.Fields[field].Name))
				break
			}
		}
	}
	r.fact = ""
}

// named returns the form in which the sentences of a fact name a field's value, or nothing.
func (g *giveaways) named(f *Fact, field int) string {
	said := g.said(f, field)
	v := f.Values[field][0]
	for _, form := range formsOf(v, g.r.codes) {
		if !tells(form) && !short(form) {
			continue
		}
		g.left -= g.size[f.Relation] + len(form)
		if g.left < 0 {
			return ""
		}
		if short(form) && writes(said.written, form) || !short(form) && said.words.Has(language.NewPhrase(form)) {
			return form
		}
	}
	return ""
}

// said is what stands around a field in the sentences of a fact in every language.
func (g *giveaways) said(f *Fact, field int) saying {
	if f.State == nil && f.Frame == nil && f.Ask == nil {
		if known := g.own[f.Relation]; known != nil {
			return known[field]
		}
		all := make([]saying, len(f.Relation.Fields))
		for i := range all {
			all[i] = g.passage(f, i)
		}
		g.own[f.Relation] = all
		return all[field]
	}
	return g.passage(f, field)
}

func (g *giveaways) passage(f *Fact, field int) saying {
	var b strings.Builder
	for _, s := range []*Sentence{f.States(), f.FrameText(), f.Asks(field), f.AsksTyped(field)} {
		if s == nil {
			continue
		}
		for _, c := range g.r.codes {
			b.WriteString(around(s.Source[c]))
			b.WriteString(" | ")
		}
	}
	g.size[f.Relation] = b.Len()
	g.left -= b.Len()
	return saying{language.NewPassage(b.String()), b.String()}
}

// around is a sentence without its placeholders, but with what they choose among.
func around(s string) string {
	var b strings.Builder
	depth := 0
	for _, r := range s {
		switch {
		case r == '{':
			depth++
			b.WriteString(" | ")
		case r == '}':
			depth--
			b.WriteString(" | ")
		case depth != 1:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// formsOf are the names and accepted wordings of an entity or a text; numbers and dates have none.
func formsOf(v Value, in []language.Code) []string {
	var out []string
	for _, c := range in {
		switch {
		case v.Entity != nil:
			out = append(append(out, v.Entity.Name[c]), v.Entity.Aliases[c]...)
		case v.Type == TextValue && v.Words != nil:
			out = append(append(out, v.Words.Text[c]), v.Words.Aliases[c]...)
		}
	}
	return out
}

// tells reports whether a form is more than a sign or a syllable, which stand in many a word.
func tells(form string) bool {
	letters, wide := 0, false
	for _, r := range form {
		if unicode.IsLetter(r) {
			letters++
			wide = wide || unicode.In(r, unicode.Han, unicode.Hangul)
		}
	}
	return letters > 2 || wide && letters == 2
}

// short reports whether a form is a name of two Latin letters that begins with a capital: Xi, Go, UK.
func short(form string) bool {
	return len(form) == 2 && form[0] >= 'A' && form[0] <= 'Z' && latin(form[1])
}

func latin(b byte) bool { return b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' }

// writes reports whether a short name stands in a text, written as it is: "go" is no Go, nor is the "Go" that
// begins a sentence. Capitals alone are a name wherever they stand.
func writes(text, form string) bool {
	for at := 0; ; {
		next := strings.Index(text[at:], form)
		if next < 0 {
			return false
		}
		from := at + next
		at = from + len(form)
		if from > 0 && latin(text[from-1]) || at < len(text) && latin(text[at]) {
			continue
		}
		before := strings.TrimRight(text[:from], " ")
		if form[1] <= 'Z' || before != "" && (latin(before[len(before)-1]) || before[len(before)-1] == ',') {
			return true
		}
	}
}
