package generate

import (
	"strings"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
)

// fillCloze leaves out the asked value, or a marked piece of a quotation.
func (g *Generator) fillCloze(it *quiz.Item, sub uint64) Reason {
	if g.marked(it.Fact, it.Field) {
		return g.fillBlank(it, sub)
	}
	it.Value = drawnValue(it.Fact.Values[it.Field], sub)
	if !g.gapped(it.Fact, it.Field) {
		return NoGap
	}
	return Made
}

// marked reports whether a cloze of the field leaves out a marked piece instead of the whole:
// of every quotation, and of a text that has marks.
func (g *Generator) marked(f *content.Fact, field int) bool {
	vs := f.Values[field]
	return vs[0].Type == content.QuoteValue ||
		len(vs) == 1 && vs[0].Words != nil && len(vs[0].Words.Blanks[g.languages[0]]) > 0
}

// fillBlank draws one of the pieces that can be left out in every language.
func (g *Generator) fillBlank(it *quiz.Item, sub uint64) Reason {
	w := it.Value.Words
	if !g.shows(it.Fact, it.Field) {
		return NoGap
	}
	count := len(w.Blanks[g.languages[0]])
	for _, c := range g.languages {
		if len(w.Blanks[c]) != count {
			return UnevenBlanks
		}
	}
	if count == 0 {
		return NoBlank
	}
	dice := newDice(sub, forBlank)
	first := dice.below(count)
	for i := range count {
		it.Blank = (first + i) % count
		if g.hidden(it) {
			return Made
		}
	}
	return NoBlank
}

// hidden reports whether the answer of a blank stands nowhere else in what is shown, in any
// language. It looks once.
func (g *Generator) hidden(it *quiz.Item) bool {
	place := it.Field*blanksKept + it.Blank
	if it.Blank >= blanksKept || place >= 16 {
		return g.looksHidden(it)
	}
	known := uint32(1) << (2 * place)
	is := known << 1
	at := &g.blanks[it.Fact.Index]
	if bits := at.Load(); bits&known != 0 {
		return bits&is != 0
	}
	hidden := g.looksHidden(it)
	if hidden {
		known |= is
	}
	at.Or(known)
	return hidden
}

// blanksKept is of how many pieces of a field it is kept whether they can be left out.
const blanksKept = 4

func (g *Generator) looksHidden(it *quiz.Item) bool {
	for _, shown := range g.languages {
		text := g.passage(it, shown)
		for _, c := range g.languages {
			b := it.Value.Words.Blanks[c][it.Blank]
			for _, s := range append([]string{it.Value.Words.Text[c][b.Start:b.End]}, b.Others()...) {
				if text.Has(language.NewPhrase(s)) {
					return false
				}
			}
		}
	}
	return true
}

// shows reports whether the statement of a fact shows a field in every language.
func (g *Generator) shows(f *content.Fact, field int) bool {
	return uses(f.States(), field, g.languages)
}

func uses(s *content.Sentence, field int, in []language.Code) bool {
	for _, c := range in {
		if m := s.Messages[c]; m == nil || !m.Uses(field) {
			return false
		}
	}
	return true
}

// gapped reports whether a gap can stand for a field of a fact.
func (g *Generator) gapped(f *content.Fact, field int) bool {
	if f.State == nil {
		return g.shapes[f.Relation].gapped[field]
	}
	return takesGap(f.State, field, f.Relation.Fields[field].Name, g.languages)
}

// takesGap reports whether a gap can stand for a field: the statement shows it once, as it is,
// and no plural around it counts it.
func takesGap(s *content.Sentence, field int, name string, in []language.Code) bool {
	if !uses(s, field, in) {
		return false
	}
	for _, c := range in {
		src := s.Source[c]
		if strings.Contains(src, "{"+name+", plural") || strings.Contains(src, "{"+name+",plural") {
			return false
		}
		plain := strings.Count(src, "{"+name+"}") + strings.Count(src, "+"+name+"}") + strings.Count(src, "{"+name+", oblique}") + strings.Count(src, "{"+name+", date")
		if plain == 2 && strings.Contains(src, "{"+name+", select, p {") {
			plain-- // one sentence for several and one for a single value, and a gap is for one
		}
		if plain != 1 {
			return false
		}
	}
	return true
}

// tooLong reports whether a value is more than people type: over five words or forty letters
// of Latin script, as much less in the others as they are shorter.
func (g *Generator) tooLong(v *content.Value) bool {
	f := g.features.of(v)
	if f == nil {
		return false
	}
	for _, c := range g.languages {
		most := 40
		if c == language.Chinese {
			most = 16
		} else if c == language.Korean {
			most = 24
		}
		if int(f.letters[c]) > most {
			return true
		}
	}
	return v.Type == content.TextValue && len(f.in(language.English)) > 5
}
