package generate

import (
	"slices"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
)

// Some kinds ask with one sentence of their own about the sentences of facts: which of these does
// not fit the gap of this statement? Their facts bring the statements, frames included, so they
// need no sentences of their own.

// introduced is the stem of an item that asks about sentences of its facts.
func (g *Generator) introduced(it *quiz.Item, c language.Code, st language.Style) string {
	var text [1024]byte
	dst := append(text[:0], wordsOf()[c].intros[it.Kind]...)
	// Each sentence has a line of its own: its direction is then found anew.
	next := func() { dst = append(dst, '\n') }
	switch it.Kind {
	case quiz.WhoAmI:
		next()
		dst = g.appendGapped(dst, it.Facts[0], it.Fields[0], c, st)
	case quiz.OddOneOut:
		next()
		dst = g.appendAsked(dst, it, c, st)
	case quiz.TwoFacts:
		for i, f := range it.Facts {
			next()
			dst = g.appendGapped(dst, f, it.Fields[i], c, st)
		}
	case quiz.Timeline:
		next()
		dst = g.appendGapped(dst, it.Fact, it.Field, c, st)
		next()
		dst = append(dst, wordsOf()[c].line...)
		label := labelField(it.Fact.Relation, it.Field)
		n := 0
		for _, f := range it.Facts {
			if f == it.Fact {
				continue
			}
			if n++; n > 1 {
				dst = append(dst, wordsOf()[c].arrow...)
			}
			dst = g.appendValue(dst, &f.Values[label][0], c, st)
		}
	default:
		next()
		dst = g.appendGapped(dst, it.Fact, it.Field, c, st)
	}
	return string(dst)
}

// appendGapped appends the statement of a fact with a gap for a field.
func (g *Generator) appendGapped(dst []byte, f *content.Fact, field int, c language.Code, st language.Style) []byte {
	dst, prefixed := g.appendPrefix(dst, f, c, st)
	at := len(dst)
	var buf [maxArgs]language.Arg
	args := g.args(buf[:0], f, c)
	like := g.pack.Arg(c, f.Values[field][0])
	args[field] = language.Arg{Kind: language.Gap, Gender: like.Gender, Plural: like.Plural, Date: like.Date}
	dst = f.States().Messages[c].Append(dst, args, st)
	if prefixed {
		settle(dst[at:], f, c)
	}
	return dst
}

// appendAsked appends the question of a fact with a gap for what it is about.
func (g *Generator) appendAsked(dst []byte, it *quiz.Item, c language.Code, st language.Style) []byte {
	f := it.Fact
	dst, prefixed := g.appendPrefix(dst, f, c, st)
	at := len(dst)
	label := labelField(f.Relation, it.Field)
	var buf [maxArgs]language.Arg
	args := g.args(buf[:0], f, c)
	args[label] = language.Arg{Kind: language.Gap, Gender: args[label].Gender, Plural: args[label].Plural}
	dst = f.Asks(it.Field).Messages[c].Append(dst, args, st)
	if prefixed {
		settle(dst[at:], f, c)
	}
	return dst
}

// opens reports whether a gap can stand for a field of a fact in a statement.
func (g *Generator) opens(f *content.Fact, field int) bool {
	return len(f.Values[field]) > 0 && g.gapped(f, field) && !g.marked(f, field)
}

// shownWith is all that is shown with an item before it is answered, by language.
type shownWith [language.Count]language.Passage

func (g *Generator) shownWith(it *quiz.Item) (s shownWith) {
	for i, c := range g.languages {
		s[i] = g.passage(it, c)
	}
	return s
}

// holds reports whether what is shown holds a value in any of its forms, in any language.
func (g *Generator) holds(s *shownWith, v *content.Value) bool {
	for _, p := range g.phrases(v) {
		for i := range g.languages {
			if s[i].Has(p) {
				return true
			}
		}
	}
	return false
}

// phrases are the forms of a value, prepared for being looked for; those of an entity are kept.
func (g *Generator) phrases(v *content.Value) []language.Phrase {
	if v.Entity != nil {
		if known := g.written[v.Entity.Index].Load(); known != nil {
			return *known
		}
	}
	forms := g.forms(v)
	out := make([]language.Phrase, len(forms))
	for i, form := range forms {
		out[i] = language.NewPhrase(form)
	}
	if v.Entity != nil {
		g.written[v.Entity.Index].Store(&out)
	}
	return out
}

// gapTells reports whether the statement of a fact with a gap for a field, or the cover, holds the one
// value of the field. It looks once.
func (g *Generator) gapTells(f *content.Fact, field int) bool {
	known := uint32(1) << (2 * field)
	said := known << 1
	at := &g.gaps[f.Index]
	single := field < 16 && len(f.Values[field]) == 1
	if bits := at.Load(); single && bits&known != 0 {
		return bits&said != 0
	}
	var s shownWith
	for i, c := range g.languages {
		text := string(g.appendGapped(nil, f, field, c, language.Style{Plain: true}))
		s[i] = language.NewPassage(plainGap(text, c) + " | " + g.pack.Cover[c])
	}
	tells := false
	for i := range f.Values[field] {
		tells = tells || g.holds(&s, &f.Values[field][i])
	}
	if single {
		if tells {
			known |= said
		}
		at.Or(known)
	}
	return tells
}

// fitting is a value that fills the gap of a statement, and the fact that says so.
type fitting struct {
	fact  *content.Fact
	value content.Value
}

// fittings returns what the pack knows to be true of a field of a fact, its own values first:
// those of other facts with the same other values, swapped where the relation is symmetric.
func (g *Generator) fittings(f *content.Fact, field int) []fitting {
	var out []fitting
	add := func(h *content.Fact, v content.Value) {
		for i := range out {
			if v.Entity != nil && out[i].value.Entity == v.Entity || v.Entity == nil && out[i].value.Equal(v) {
				return
			}
		}
		out = append(out, fitting{h, v})
	}
	for _, v := range f.Values[field][:min(len(f.Values[field]), maxRight)] {
		add(f, v)
	}
	a, b := f.Relation.Symmetric[0], f.Relation.Symmetric[1]
	for _, swapped := range [2]bool{false, true} {
		if swapped && a == b {
			break
		}
		order := func(i int) int { return exchanged(i, a, b, swapped) }
		for other := range f.Values {
			if other == field || len(f.Values[other]) != 1 {
				continue
			}
			facts := g.pack.FactsWith(f.Relation, order(other), f.Values[other][0])
			for _, h := range facts[:min(len(facts), manyAlike)] {
				if len(out) == maxRight {
					return out
				}
				if h == f || !inOneFrame(f, h) {
					continue
				}
				same := sameBut(f, h, field, order)
				for _, v := range h.Values[order(field)] {
					if len(out) < maxRight && (same || g.pack.True(f, field, v)) {
						add(h, v)
					}
				}
			}
			break
		}
	}
	return out
}

// exchanged is a field, or the other one of a and b where these are swapped.
func exchanged(i, a, b int, swapped bool) int {
	switch {
	case swapped && i == a:
		return b
	case swapped && i == b:
		return a
	}
	return i
}

// inOneFrame reports whether what another fact says holds at the same time and in the same frame, undisputed.
func inOneFrame(f, h *content.Fact) bool {
	return h.AsOf == f.AsOf && h.FrameText() == f.FrameText() && len(h.Disputed) == 0
}

// sameBut reports whether h has the one value of f in every field but one: then its values of that
// field are true of f too.
func sameBut(f, h *content.Fact, field int, order func(int) int) bool {
	for i, vs := range f.Values {
		if i != field && (len(vs) != 1 || !slices.ContainsFunc(h.Values[order(i)], vs[0].Equal)) {
			return false
		}
	}
	return true
}

// statement returns the words of a fact's statement and frame outside their placeholders.
func (g *Generator) statement(f *content.Fact) [language.Count][]word {
	if f.State == nil && f.Frame == nil {
		return g.shapes[f.Relation].state
	}
	return statementOf(f.States(), f.FrameText(), g.languages)
}

func statementOf(state, frame *content.Sentence, in []language.Code) (out [language.Count][]word) {
	for _, c := range in {
		out[c] = appendWords(nil, unplaced(state.Source[c]))
		if frame != nil {
			out[c] = appendWords(out[c], frame.Source[c])
		}
	}
	return out
}

// given reports whether a value stands in the fact beside the asked field: in the sentence, that is.
func (d *drawing) given(v *content.Value) bool {
	for i, vs := range d.fact.Values {
		if i != d.field && slices.ContainsFunc(vs, v.Equal) {
			return true
		}
	}
	return false
}

// fillWhichNot draws two or three values that fill the gap and one, the key, that does not.
func (g *Generator) fillWhichNot(it *quiz.Item, sub uint64) Reason {
	f, field := it.Fact, it.Field
	if !g.opens(f, field) || len(f.Disputed) > 0 {
		return NoGap
	}
	all := g.fittings(f, field)
	if len(all) < 2 {
		return FewCompanions
	}
	d := drawing{g: g, fact: f, field: field, sub: sub, want: 1, stated: true, beside: true, agrees: true, bare: g.bare(f, field)}
	if d.draw(all[0].value); d.n == 0 {
		return d.reason()
	}
	key := d.chosen[0]
	dice := newDice(sub, forRows)
	rest := all[1:]
	dice.shuffle(len(rest), func(i, j int) { rest[i], rest[j] = rest[j], rest[i] })
	beside := []fitting{all[0]}
	for i := range rest {
		v := rest[i].value
		look := g.features.of(&v)
		if len(beside) == 3 {
			break
		}
		if look == nil || d.given(&v) || !d.alike(&v, look) || d.sounds(look) || !g.apart(&key.value, key.look, &v, look) {
			continue
		}
		fits := true
		for k := range beside {
			w := &beside[k].value
			fits = fits && g.apart(w, g.features.of(w), &v, look)
		}
		if fits {
			beside = append(beside, rest[i])
		}
	}
	if len(beside) < 2 {
		return FewCompanions
	}
	it.Value = key.value
	it.Options = []quiz.Option{{Value: key.value, Origin: quiz.OriginKey}}
	it.Facts = nil
	for _, b := range beside {
		it.Options = append(it.Options, quiz.Option{Value: b.value, Origin: quiz.OriginSibling})
		if !slices.Contains(it.Facts, b.fact) {
			it.Facts = append(it.Facts, b.fact)
		}
	}
	for _, h := range g.elsewhere(f, field, key.value) { // what the key is true of instead
		if h.Relation == f.Relation && h.AsOf == f.AsOf && h.FrameText() == f.FrameText() && len(h.Disputed) == 0 {
			it.Facts = append(it.Facts, h)
		}
	}
	for i, s := 0, g.shownWith(it); i < len(it.Options); i++ {
		if g.holds(&s, &it.Options[i].Value) {
			return KeyInStem
		}
	}
	it.Key = 0
	g.place(it, sub)
	return Made
}
