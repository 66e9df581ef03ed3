package generate

import (
	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
)

// namesOptions reports whether the question of a card names its answer and every wrong one, in
// each language, as "Which is bigger, the Sun or the Moon?" does. Such a question gives nothing
// away: its options stand in it anyway.
func (g *Generator) namesOptions(f *content.Fact, field int) bool {
	var wrong []content.Value
	for _, fv := range f.Not {
		if fv.Field == field {
			wrong = append(wrong, fv.Values...)
		}
	}
	if !f.Card || len(wrong) == 0 || len(f.Values[field]) != 1 {
		return false
	}
	it := quiz.Item{Fact: f, Field: field, Kind: quiz.Choice, Value: f.Values[field][0]}
	for _, c := range g.languages {
		stem := language.NewPassage(g.Stem(it, c, language.Style{Plain: true}))
		for _, v := range append(wrong, it.Value) {
			if v.Words == nil || !stem.Has(language.NewPhrase(v.Words.Text[c])) {
				return false
			}
		}
	}
	return true
}
