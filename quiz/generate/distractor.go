package generate

import (
	"cmp"
	"slices"
	"sort"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
)

// drawing looks for wrong options beside one key. It lives for one draw.
type drawing struct {
	g      *Generator
	fact   *content.Fact
	field  int
	sub    uint64
	want   int  // how many wrong options: 3, or 1 for a statement
	stated bool // the value stands in a statement, not on an option
	beside bool // options stand beside a statement with a gap: its words count as the stem's
	agrees bool // the sentence goes with the key's gender and number, so every option has them
	bare   bool // a statement without a frame: what not: declares may be true in the world

	// asGiven takes the wrong answers of a card as the author gives them, whatever they look like: where
	// others are too few, it is they or no question at all.
	asGiven bool

	key     content.Value
	look    *feature
	shown   [maxShown]*feature // of what the stem shows beside its own words
	shows   int
	literal [language.Count][]word // the stem's own words
	clang   bool                   // the key shares a word with the stem: so must all others

	chosen [3]candidate
	n      int
	false  int  // candidates known to be false
	odd    int  // declared wrong values that do not look like the key
	clash  bool // some were good alone, but not beside others
}

type candidate struct {
	value  content.Value
	look   *feature
	origin quiz.Origin
}

const (
	maxShown = 12
	rounds   = 4  // tries with other orders, where candidates stand in each other's way
	small    = 48 // pools up to this size are ordered whole; larger ones are probed
	probes   = 64 // candidates looked at in a large pool
	few      = 4  // so many candidates are left out at times, not to stand there always
	batch    = 16 // of which those that share features come first; twice as many of a large pool
)

// draw fills chosen as far as it can.
func (d *drawing) draw(key content.Value) {
	d.key = key
	if key.Entity == nil && key.Words == nil {
		d.drawNumbers()
		return
	}
	d.look = d.g.features.of(&key)
	if d.readStem(); d.stated && d.clang {
		return // "The capital of Mexico is Mexico City" needs no knowledge
	}
	var best drawing
	for round := range uint64(rounds) {
		try := *d
		try.pick(both(d.sub, forCandidates+round<<8))
		if round == 0 || try.n > best.n {
			best = try
		}
		if try.n == d.want || !try.clash {
			break
		}
	}
	*d = best
}

// reason says why chosen holds too few.
func (d *drawing) reason() Reason {
	switch {
	case d.false == 0 && d.odd > 0:
		return StandsOut
	case d.false == 0 && d.declared() == 0 && d.fact.Relation.Fields[d.field].Truth == content.Open:
		return FewFalse
	case d.clang:
		return WordsInStem
	case d.false == 0:
		return FewFalse
	case d.odd > 0:
		return StandsOut
	}
	return FewDistractors
}

// declared is how many wrong values the author gives for the field.
func (d *drawing) declared() int {
	n := 0
	for _, not := range d.fact.Not {
		if not.Field == d.field {
			n += len(not.Values)
		}
	}
	return n
}

// readStem collects the words that stand in the stem beside the asked value; of a statement,
// those of its other values.
func (d *drawing) readStem() {
	if d.beside {
		d.literal = d.g.statement(d.fact)
	} else if d.stated {
		d.literal = [language.Count][]word{}
	} else if ask := d.fact.Asks(d.field); ask != nil && ask != d.fact.Relation.Fields[d.field].Ask {
		for _, c := range d.g.languages {
			d.literal[c] = appendWords(nil, unplaced(ask.Source[c]))
		}
	} else {
		d.literal = d.g.shapes[d.fact.Relation].stems[d.field]
	}
	for i, vs := range d.fact.Values {
		if i == d.field {
			continue
		}
		for k := range vs {
			if f := d.g.features.of(&vs[k]); f != nil && d.shows < maxShown {
				d.shown[d.shows] = f
				d.shows++
			}
		}
	}
	d.clang = d.sounds(d.look)
}

// sounds reports whether a value shares a content word with the stem in some language.
func (d *drawing) sounds(f *feature) bool {
	for _, c := range d.g.languages {
		words := f.in(c)
		if sharedWord(words, d.literal[c]) {
			return true
		}
		for _, s := range d.shown[:d.shows] {
			if sharedWord(words, s.in(c)) {
				return true
			}
		}
	}
	return false
}

// rings reports whether a value has every word that the key shares with the stem.
func (d *drawing) rings(f *feature) bool {
	for _, c := range d.g.languages {
		for _, w := range d.look.in(c) {
			heard := slices.Contains(d.literal[c], w)
			for _, s := range d.shown[:d.shows] {
				heard = heard || slices.Contains(s.in(c), w)
			}
			if heard && !slices.Contains(f.in(c), w) {
				return false
			}
		}
	}
	return true
}

// pick takes candidates in the order of their plausibility: declared, easily confused, true
// elsewhere in the relation, then of the same kind.
func (d *drawing) pick(sub uint64) {
	if d.asGiven || allOpen(d.fact.Relation) {
		d.pickDeclared(sub, true)
		return
	}
	// Of a few that are declared or true elsewhere each has to be missing at times: who stands beside every
	// key is known to be wrong. Where there is nobody else they come last.
	d.pickDeclared(sub, d.declared() > d.want+few)
	defer func() { d.pickDeclared(sub, true) }()
	if d.n >= d.want {
		return
	}
	// What is near the key would always make the key one of a pair that looks alike. So the
	// coin decides whether the pair is the key's or another option's.
	coin := newDice(sub, forNear)
	own := coin.below(2) == 0
	if own && d.key.Entity != nil {
		d.pickNear(d.key.Entity, sub)
	}
	pools := [2][]slot{d.g.shapes[d.fact.Relation].pools[d.field], nil}
	if d.key.Entity != nil && d.fact.Relation.Fields[d.field].Truth != content.Open {
		pools[1] = d.g.kin[d.key.Entity.Kind]
	}
	coin = newDice(sub, forDeclared+forNear<<8)
	late := len(pools[0]) <= few && len(pools[1]) > few && coin.below(3) == 0
	if late {
		pools[0], pools[1] = pools[1], pools[0]
	}
	for i, pool := range pools {
		if d.n < d.want {
			d.pickFrom(pool, (i == 1) != late, !own, sub)
		}
	}
}

// allOpen reports whether nothing is known to be false of any field but what not: says, as it is
// of all cards: then there is nothing to look for among the values of other facts.
func allOpen(rel *content.Relation) bool {
	return !slices.ContainsFunc(rel.Fields, func(f content.Field) bool { return f.Truth != content.Open })
}

// pickDeclared takes what the author declares false: all of it, or two of three by chance.
func (d *drawing) pickDeclared(sub uint64, all bool) {
	dice := newDice(sub, forDeclared)
	for _, not := range d.fact.Not {
		if not.Field != d.field {
			continue
		}
		var buf [16]ranked
		order := buf[:0]
		for i := range not.Values {
			order = append(order, ranked{both(sub, d.g.features.identity(&not.Values[i])), int32(i)})
		}
		sortRanked(order)
		for _, r := range order {
			if all || dice.below(3) > 0 {
				d.take(not.Values[r.at], quiz.OriginDeclared)
			}
		}
	}
}

// ranked is a candidate with its place in the order of this draw.
type ranked struct {
	hash uint64
	at   int32
}

// ordered appends the whole of a small pool in the order of a sub-seed; of a larger one nothing.
func ordered(to []ranked, pool []slot, sub uint64) []ranked {
	if len(pool) <= small {
		for i := range pool {
			to = append(to, ranked{both(sub, pool[i].hash), int32(i)})
		}
		sortRanked(to)
	}
	return to
}

func sortRanked(r []ranked) {
	slices.SortFunc(r, func(a, b ranked) int { return cmp.Compare(a.hash, b.hash) })
}

func (d *drawing) pickNear(e *content.Entity, sub uint64) {
	near := d.g.nearTo[e]
	if len(near) == 0 {
		return
	}
	dice := newDice(sub, forNear+forOrder<<8)
	first := dice.below(len(near))
	for i := range near {
		v := content.Value{Type: content.EntityValue, Entity: near[(first+i)%len(near)]}
		if d.take(v, quiz.OriginNear) {
			return
		}
	}
}

// pickFrom takes from a pool what the sub-seed orders first, a batch at a time: within one,
// what shares a feature with the key goes before what does not, but for the last place.
func (d *drawing) pickFrom(pool []slot, entities, pair bool, sub uint64) {
	var buf [small]ranked
	order := ordered(buf[:0], pool, sub)
	total, step := len(order), batch
	if len(pool) > small {
		total, step = probes, 2*batch
	}
	for from := 0; from < total && d.n < d.want; from += step {
		to := min(from+step, total)
		var at [2 * batch]int32
		for k := from; k < to; k++ {
			if len(pool) <= small {
				at[k-from] = order[k].at
			} else {
				at[k-from] = probe(pool, both(sub, uint64(k)))
			}
		}
		for pass := range 2 {
			for _, i := range at[:to-from] {
				// The last place is for anybody: else a small pool gives one set only. What does not fit a gap, or
				// makes a statement false, is alone, and has to be near what does: no Sweden beside the neighbours
				// of Vietnam, and no capital of Iceland in Uruguay.
				if d.n >= d.want || pass == 0 && d.n+1 >= d.want && !d.beside && !d.stated {
					break
				}
				v, origin := d.g.value(pool[i], d.field, entities)
				if kin := v.Entity != nil && akin(v.Entity, d.key.Entity); pass == 0 && !kin {
					continue
				} else if entities && kin {
					origin = quiz.OriginKin
				}
				if d.take(v, origin) && pair && v.Entity != nil {
					pair = false
					if d.n < d.want {
						d.pickNear(v.Entity, sub)
					}
				}
			}
		}
	}
}

// probe returns the slot that follows a point on the circle of hashes.
func probe(pool []slot, point uint64) int32 {
	i := sort.Search(len(pool), func(i int) bool { return pool[i].hash >= point })
	if i == len(pool) {
		i = 0
	}
	return int32(i)
}

func (g *Generator) value(s slot, field int, entity bool) (content.Value, quiz.Origin) {
	if entity {
		return content.Value{Type: content.EntityValue, Entity: g.pack.Entities[s.fact]}, quiz.OriginKind
	}
	return g.pack.Facts[s.fact].Values[field][s.value], quiz.OriginSibling
}

// take adds a candidate if it passes every check, alone and beside those taken before.
func (d *drawing) take(v content.Value, origin quiz.Origin) bool {
	if d.n >= d.want {
		return false
	}
	look := d.g.features.of(&v)
	if look == nil || look == d.look || d.stands(&v) {
		return false
	}
	if d.asGiven {
		return d.takeGiven(v, look)
	}
	if !d.alike(&v, look) {
		d.note(origin)
		return false
	}
	beside := d.g.apart(&d.key, d.look, &v, look)
	for i := 0; i < d.n && beside; i++ {
		c := &d.chosen[i]
		if c.look == look {
			return false
		}
		if beside = d.g.apart(&c.value, c.look, &v, look); !beside {
			d.clash = true
		}
	}
	if !beside {
		d.note(origin)
		return false
	}
	if !d.g.pack.False(d.fact, d.field, v) || d.bare && d.declares(v) {
		return false
	}
	d.false++
	if d.clang && !d.rings(look) || !d.clang && d.sounds(look) {
		return false
	}
	d.chosen[d.n] = candidate{v, look, origin}
	d.n++
	return true
}

// note counts a declared value that does not look like the key.
func (d *drawing) note(origin quiz.Origin) {
	if origin == quiz.OriginDeclared {
		d.odd++
	}
}

// takeGiven adds a wrong answer of a card that is not the same as another option.
func (d *drawing) takeGiven(v content.Value, look *feature) bool {
	if sharedWord(look.names(), d.look.names()) || !d.g.pack.False(d.fact, d.field, v) {
		return false
	}
	for i := range d.n {
		if c := &d.chosen[i]; c.look == look || sharedWord(look.names(), c.look.names()) {
			return false
		}
	}
	d.chosen[d.n] = candidate{v, look, quiz.OriginDeclared}
	d.n++
	return true
}

// declares reports whether the fact declares a value false.
func (d *drawing) declares(v content.Value) bool {
	return slices.ContainsFunc(d.fact.Not, func(not content.FieldValues) bool {
		return not.Field == d.field && slices.ContainsFunc(not.Values, v.Equal)
	})
}

// stands reports whether a value stands elsewhere in the fact: in the stem, that is.
func (d *drawing) stands(v *content.Value) bool {
	for i, vs := range d.fact.Values {
		for k := range vs {
			if v.Entity != nil && v.Entity == vs[k].Entity || v.Words != nil && i != d.field && v.Equal(vs[k]) {
				return true
			}
		}
	}
	return false
}

func (g *Generator) indexEntities() {
	g.kin = map[*content.Kind][]slot{}
	g.nearTo = map[*content.Entity][]*content.Entity{}
	add := func(a, b *content.Entity) {
		if !b.Outside && !slices.Contains(g.nearTo[a], b) {
			g.nearTo[a] = append(g.nearTo[a], b)
		}
	}
	for i, e := range g.pack.Entities {
		if !e.Outside {
			g.kin[e.Kind] = append(g.kin[e.Kind], slot{hash: g.features.entities[i].id, fact: int32(i)})
		}
		for _, n := range e.Near {
			add(e, n)
			add(n, e)
		}
	}
	for _, pool := range g.kin {
		sortSlots(pool)
	}
	for e, near := range g.nearTo {
		slices.SortFunc(near, func(a, b *content.Entity) int {
			return cmp.Compare(g.features.entities[a.Index].id, g.features.entities[b.Index].id)
		})
		g.nearTo[e] = near
	}
}
