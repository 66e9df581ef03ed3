package generate

import (
	"slices"

	"summitquiz/content"
	"summitquiz/content/language"
)

// feature is what an option needs to know of an entity or a text, found once.
type feature struct {
	id      uint64                 // the same in every version of the pack
	letters [language.Count]uint16 // how many a reader sees
	class   [language.Count]class  // its look
	from    [language.Count]uint16 // where the words of each language begin in words
	forms   uint16                 // where the hashes of whole names begin in words
	words   []word                 // of Arabic, English …, then of all names as a whole
}

// in returns the content words in one language.
func (f *feature) in(c language.Code) []word {
	end := f.forms
	if int(c)+1 < language.Count {
		end = f.from[c+1]
	}
	return f.words[f.from[c]:end]
}

func (f *feature) names() []word { return f.words[f.forms:] }

// features are those of a pack: of entities by index, of texts by address. Numbers and dates
// have none.
type features struct {
	entities []feature
	texts    map[*content.Words]*feature
}

func newFeatures(p *content.Pack, in []language.Code) features {
	fs := features{entities: make([]feature, len(p.Entities))}
	for i, e := range p.Entities {
		fs.entities[i] = newFeature(hashed(e.ID), in, &e.Name, &e.Aliases)
	}
	texts := textsOf(p)
	list := make([]feature, len(texts))
	inParallel(len(texts), func(i int) {
		id := uint64(0)
		for _, c := range in {
			id = both(id, hashed(texts[i].Text[c]))
		}
		list[i] = newFeature(id, in, &texts[i].Text, &texts[i].Aliases)
	})
	fs.texts = make(map[*content.Words]*feature, len(texts))
	for i, w := range texts {
		fs.texts[w] = &list[i]
	}
	return fs
}

// textsOf returns the texts that facts have for values. One that several facts share may stand
// in it more than once.
func textsOf(p *content.Pack) []*content.Words {
	out := make([]*content.Words, 0, len(p.Facts))
	add := func(values []content.Value) {
		for _, v := range values {
			if v.Words != nil {
				out = append(out, v.Words)
			}
		}
	}
	for _, f := range p.Facts {
		for i, vs := range f.Values {
			if t := f.Relation.Fields[i].Type; t == content.TextValue || t == content.QuoteValue {
				add(vs)
			}
		}
		for _, not := range f.Not {
			add(not.Values)
		}
	}
	return out
}

func newFeature(id uint64, in []language.Code, text *language.Text, aliases *[language.Count][]string) feature {
	f := feature{id: id}
	var buf [64]word
	words := buf[:0]
	have := language.Set(0)
	for _, c := range in {
		have = have.With(c)
	}
	for c := range language.Code(language.Count) {
		f.from[c] = uint16(min(len(words), 1<<16-1))
		if !have.Has(c) || len(words) > 1<<15 {
			continue
		}
		f.letters[c] = uint16(min(language.Letters(text[c]), 1<<16-1))
		f.class[c] = classOf(c, text[c])
		words = appendWords(words, text[c])
	}
	f.forms = uint16(min(len(words), 1<<16-1))
	for _, c := range in {
		if h := whole(text[c]); !slices.Contains(words[f.forms:], h) {
			words = append(words, h)
		}
		for _, a := range aliases[c] {
			words = append(words, whole(a))
		}
	}
	f.words = slices.Clone(words)
	return f
}

// of returns the features of a value, or nil where it has none.
func (fs *features) of(v *content.Value) *feature {
	switch {
	case v.Entity != nil:
		return &fs.entities[v.Entity.Index]
	case v.Words != nil:
		return fs.texts[v.Words]
	}
	return nil
}

// identity is a number that names a value in every version of the pack.
func (fs *features) identity(v *content.Value) uint64 {
	if f := fs.of(v); f != nil {
		return f.id
	}
	if v.Type == content.DateValue {
		return both(uint64(uint16(v.Date.Year)), uint64(v.Date.Month)<<8|uint64(v.Date.Day))
	}
	n := v.Amount.Number.Norm()
	id := both(uint64(n.Coef), uint64(uint32(n.Exp)))
	if v.Amount.Unit != nil {
		id = both(id, hashed(v.Amount.Unit.Code))
	}
	return id
}
