package generate

import (
	"fmt"
	"slices"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
)

// Draw returns an item as the seed decides it. It returns ErrUnknownItem for an id that is
// none of the pack's, and an error that wraps ErrNotMade (and ErrFewDistractors, where that is
// why) for one that is not made.
func (g *Generator) Draw(id quiz.ItemID, seed uint64) (quiz.Item, error) {
	f, m, ok := g.find(id)
	if !ok {
		return quiz.Item{}, fmt.Errorf("%w: %q", ErrUnknownItem, id)
	}
	if why := g.decide(f, m); why == FewDistractors || why == FewFalse || why == StandsOut {
		return quiz.Item{}, fmt.Errorf("%w: %q: %w", ErrNotMade, id, ErrFewDistractors)
	} else if why != Made {
		return quiz.Item{}, fmt.Errorf("%w: %q: %s", ErrNotMade, id, why)
	}
	it := g.blank(f, g.shapes[f.Relation].models[m], id)
	it.Seed = seed
	root := hashed(id)
	if why := g.fill(&it, both(root, seed)); why != Made {
		// Chance found no set. The one that decide found is always there.
		g.fill(&it, root)
		g.place(&it, both(root, seed))
	}
	it.Prior = g.prior(&it)
	return it, nil
}

func (g *Generator) blank(f *content.Fact, m model, id quiz.ItemID) quiz.Item {
	return quiz.Item{ID: id, PackHash: g.pack.Hash, Fact: f, Kind: m.kind, Form: m.kind.Form(), Field: m.field, Value: f.Values[m.field][0], Key: -1}
}

// fill draws everything that the kind needs.
func (g *Generator) fill(it *quiz.Item, sub uint64) Reason {
	switch it.Kind {
	case quiz.Choice, quiz.WhoSaid:
		return g.fillChoice(it, sub)
	case quiz.TrueFalse:
		return g.fillTrueFalse(it, sub)
	case quiz.Cloze:
		return g.fillCloze(it, sub)
	case quiz.Order:
		return g.fillOrder(it, sub)
	case quiz.Match:
		return g.fillMatch(it, sub)
	case quiz.WhichNot:
		return g.fillWhichNot(it, sub)
	case quiz.OddOneOut:
		return g.fillOdd(it, sub)
	case quiz.Extreme:
		return g.fillExtreme(it, sub)
	case quiz.Timeline:
		return g.fillTimeline(it, sub)
	case quiz.TwoFacts:
		return g.fillTwoFacts(it, sub)
	case quiz.WhoAmI:
		return g.fillWhoAmI(it, sub)
	case quiz.NameMany:
		return g.fillNameMany(it)
	}
	it.Value = drawnValue(it.Fact.Values[it.Field], sub)
	return Made
}

func drawnValue(values []content.Value, sub uint64) content.Value {
	if len(values) == 1 {
		return values[0]
	}
	dice := newDice(sub, forKey)
	return values[dice.below(len(values))]
}

// try says whether a model can be made of a fact, whatever the seed.
func (g *Generator) try(f *content.Fact, m model) Reason {
	if slices.Contains(f.Skip, m.kind.String()) {
		return Barred
	}
	it := g.blank(f, m, itemID(f, m))
	root := hashed(it.ID)
	switch m.kind {
	case quiz.Choice, quiz.WhoSaid:
		if why := g.fill(&it, root); why != Made {
			return why
		}
		if why := g.leaks(f, m.field); why != KeyInStem || !g.namesOptions(f, m.field) {
			return why
		}
		return Made
	case quiz.Typed:
		if g.asksAmong(f, m.field) {
			return AsksAmong
		}
		if why := g.typeable(f, m.field, &it); why != Made {
			return why
		}
		return g.leaks(f, m.field)
	case quiz.Cloze:
		return g.tryCloze(f, m.field, it, root)
	case quiz.Closest:
		if why := g.estimated(f, m.field); why != Made {
			return why
		}
		return g.leaks(f, m.field)
	case quiz.Number, quiz.Date:
		if g.asksAmong(f, m.field) {
			return AsksAmong
		}
		return g.leaks(f, m.field)
	case quiz.NameMany:
		return g.tryNameMany(&it)
	case quiz.TrueFalse:
		if why := g.fill(&it, root); why == FewFalse && g.bare(f, m.field) {
			return NoFrame
		}
	}
	return g.fill(&it, root)
}

// tryCloze is try for a sentence with a gap.
func (g *Generator) tryCloze(f *content.Fact, field int, it quiz.Item, root uint64) Reason {
	if !g.marked(f, field) && (g.tellsGender(f, field) || g.ambiguous(f, field)) {
		return NoGap
	}
	if why := g.fill(&it, root); why != Made || g.marked(f, field) {
		return why
	}
	if why := g.typeable(f, field, &it); why != Made {
		return why
	}
	return g.leaksFrom(f, field, it)
}

// typeable says whether the answers to an item are short enough to be typed, and all known.
func (g *Generator) typeable(f *content.Fact, field int, it *quiz.Item) Reason {
	if g.unlisted(it) {
		return ManyAnswers
	}
	for i := range f.Values[field] {
		if g.tooLong(&f.Values[field][i]) {
			return TooLong
		}
	}
	return Made
}

// bare reports whether a statement could be false of its source and true in the world: the truth of the field is open
// and no frame says where the statement holds.
func (g *Generator) bare(f *content.Fact, field int) bool {
	return f.Relation.Fields[field].Truth == content.Open && !f.Framed()
}

// place puts the key and the others at drawn places.
func (g *Generator) place(it *quiz.Item, sub uint64) {
	if it.Kind == quiz.TrueFalse || len(it.Options) == 0 {
		return
	}
	dice := newDice(sub, forOrder)
	o := it.Options
	o[0], o[it.Key] = o[it.Key], o[0]
	rest := o[1:]
	dice.shuffle(len(rest), func(i, j int) { rest[i], rest[j] = rest[j], rest[i] })
	dice = newDice(sub, forPosition)
	it.Key = dice.below(len(o))
	o[0], o[it.Key] = o[it.Key], o[0]
}

// fillChoice draws the key among the true values and what stands beside it.
func (g *Generator) fillChoice(it *quiz.Item, sub uint64) Reason {
	values := it.Fact.Values[it.Field]
	first := 0
	if len(values) > 1 {
		dice := newDice(sub, forKey)
		first = dice.below(len(values))
	}
	why := Made
	for i := range values {
		d := drawing{g: g, fact: it.Fact, field: it.Field, sub: sub, want: 3}
		d.draw(values[(first+i)%len(values)])
		if it.Fact.Card && d.n < max(2, min(3, d.declared())) {
			given := drawing{g: g, fact: it.Fact, field: it.Field, sub: sub, want: 3, asGiven: true}
			given.draw(values[(first+i)%len(values)])
			if speaks := g.asksAmong(it.Fact, it.Field) || g.namesOptions(it.Fact, it.Field); speaks || given.n >= d.n {
				d = given
			}
		}
		if d.n < 2 && !(d.n == 1 && d.asGiven && d.declared() == 1) {
			if why == Made {
				why = d.reason()
			}
			continue
		}
		it.Value = d.key
		it.Options = make([]quiz.Option, d.n+1)
		it.Options[0] = quiz.Option{Value: d.key, Origin: quiz.OriginKey}
		for k, c := range d.chosen[:d.n] {
			it.Options[k+1] = quiz.Option{Value: c.value, Origin: c.origin, Facts: g.elsewhere(it.Fact, it.Field, c.value)}
		}
		it.Key = 0
		g.place(it, sub)
		return Made
	}
	return why
}

// asksAmong reports whether the question speaks of options in some language of the pack.
func (g *Generator) asksAmong(f *content.Fact, field int) bool {
	if f.Ask == nil || f.Ask[field] == nil {
		return g.shapes[f.Relation].among[field]
	}
	return speaksOfOptions(f.AsksTyped(field), g.languages)
}

// speaksOfOptions reports whether a question speaks of options in one of the languages.
func speaksOfOptions(ask *content.Sentence, in []language.Code) bool {
	return ask != nil && slices.ContainsFunc(in, func(c language.Code) bool { return content.AsksAmong(c, ask.Source[c]) })
}

// fillTrueFalse draws a true statement or a false one, as likely as each other.
func (g *Generator) fillTrueFalse(it *quiz.Item, sub uint64) Reason {
	if it.Fact.Polarity != content.NoPolarity {
		return judge(it)
	}
	key := drawnValue(it.Fact.Values[it.Field], sub)
	if !g.shows(it.Fact, it.Field) {
		return NoGap
	}
	d := drawing{g: g, fact: it.Fact, field: it.Field, sub: sub, want: 1, stated: true, bare: g.bare(it.Fact, it.Field)}
	if d.draw(key); d.n == 0 {
		return d.reason()
	}
	it.Options = []quiz.Option{{Origin: quiz.OriginKey}, {Origin: d.chosen[0].origin}}
	it.Value, it.Key = key, 0
	dice := newDice(sub, forTruth)
	if dice.below(2) == 1 {
		it.Value, it.Key = d.chosen[0].value, 1
		it.Options[0].Origin, it.Options[1].Origin = d.chosen[0].origin, quiz.OriginKey
		it.Options[0].Facts = g.elsewhere(it.Fact, it.Field, it.Value)
	} else {
		it.Options[1].Origin = quiz.OriginKind
	}
	return Made
}

// judge fills a card that asks whether something is so. The statement is the card's question, and
// what it shows is the affirmative: true where that is the answer.
func judge(it *quiz.Item) Reason {
	it.Options = []quiz.Option{{Origin: quiz.OriginKey}, {Origin: quiz.OriginDeclared}}
	it.Value, _ = it.Fact.Poles()
	it.Key = 0
	if it.Fact.Polarity == content.Negative {
		it.Key = 1
		it.Options[0].Origin, it.Options[1].Origin = quiz.OriginDeclared, quiz.OriginKey
	}
	return Made
}

// elsewhere returns a fact of the pack that a wrong value is true of, as a slice of one or
// none: one of the same relation and field; else one of another relation, for a name only where
// it stands in a field of the same name, for a number only where the facts share an entity. Who gave the board may be told from who gave the
// phones; that one of them is a president says nothing.
func (g *Generator) elsewhere(f *content.Fact, field int, v content.Value) []*content.Fact {
	if facts := g.pack.FactsWith(f.Relation, field, v); len(facts) > 0 {
		return facts[:1:1]
	}
	facts := g.pack.FactsAbout(v)
	for i, h := range facts[:min(len(facts), 16)] {
		if h != f && (v.Entity == nil && akinFacts(f, h) || v.Entity != nil && named(h, f.Relation.Fields[field].Name, v.Entity)) {
			return facts[i : i+1 : i+1]
		}
	}
	return nil
}

// akinFacts reports whether two facts have an entity or a subject in common: only then does what a
// number means in the one say anything beside the other.
func akinFacts(f, h *content.Fact) bool {
	has := func(e *content.Entity) bool {
		return slices.Contains(h.About, e) || slices.ContainsFunc(h.Values, func(vs []content.Value) bool {
			return slices.ContainsFunc(vs, func(v content.Value) bool { return v.Entity == e })
		})
	}
	return slices.ContainsFunc(f.About, has) || slices.ContainsFunc(f.Values, func(vs []content.Value) bool {
		return slices.ContainsFunc(vs, func(v content.Value) bool { return v.Entity != nil && has(v.Entity) })
	})
}

// named reports whether an entity stands in the field of that name.
func named(f *content.Fact, name string, e *content.Entity) bool {
	for i, vs := range f.Values {
		if f.Relation.Fields[i].Name == name && slices.ContainsFunc(vs, func(v content.Value) bool { return v.Entity == e }) {
			return true
		}
	}
	return false
}
