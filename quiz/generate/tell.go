package generate

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
)

// An item tells the answer of another one if what it shows, its explanation and evidence
// included, holds that answer beside a word of the other's question: "besides two Xiaomi
// smartphones" tells which company made the smartphones. Words are compared folded and in
// every language. It is better to see a leak too many than one too few: picking then takes
// another item or another order.

// tellings are what facts tell and what would tell their values, found when first needed.
type tellings struct {
	texts   []atomic.Pointer[quiz.Words] // by fact index
	answers []atomic.Pointer[quiz.Answer]
	first   []int32 // by fact index: its first place in answers, one for each field

	counted sync.Once
	usual   map[word]bool // words of so many facts that they say nothing
}

func newTellings(p *content.Pack) *tellings {
	t := &tellings{texts: make([]atomic.Pointer[quiz.Words], len(p.Facts)), first: make([]int32, len(p.Facts))}
	n := int32(0)
	for i, f := range p.Facts {
		t.first[i] = n
		n += int32(len(f.Relation.Fields))
	}
	t.answers = make([]atomic.Pointer[quiz.Answer], n)
	return t
}

// textOf returns the words that items of a fact show whatever they ask for: its statement,
// questions, note, source and evidence.
func (g *Generator) textOf(f *content.Fact) quiz.Words {
	at := &g.tells.texts[f.Index]
	if known := at.Load(); known != nil {
		return *known
	}
	var words []word
	var buf [maxArgs]language.Arg
	st := language.Style{Plain: true}
	for _, c := range g.languages {
		prefix, _ := g.appendPrefix(nil, f, c, st)
		words = appendTold(words, string(prefix))
		args := g.args(buf[:0], f, c)
		spaced := language.Style{} // isolates part inserted values from particles and prefixes
		words = appendTold(words, string(f.States().Messages[c].Append(nil, args, spaced)))
		for i := range f.Values {
			for _, ask := range []*content.Sentence{f.Asks(i), f.AsksTyped(i)} {
				if ask != nil && ask.Messages[c] != nil {
					words = appendTold(words, string(ask.Messages[c].Append(nil, args, spaced)))
				}
			}
		}
		words = appendTold(words, f.Note[c])
		if len(f.Evidence) > 0 {
			words = appendTold(words, f.Evidence[0].Source.Title[c])
		}
	}
	for _, e := range f.Evidence {
		words = appendTold(words, e.Quote)
	}
	text := sortedWords(words)
	at.Store(&text)
	return text
}

// answerOf returns what would tell a field of a fact.
func (g *Generator) answerOf(f *content.Fact, field int) quiz.Answer {
	at := &g.tells.answers[g.tells.first[f.Index]+int32(field)]
	if known := at.Load(); known != nil {
		return *known
	}
	g.tells.counted.Do(g.countWords)
	a := quiz.Answer{Relation: f.Relation.ID}
	var own []word
	for i := range f.Values[field] {
		v := &f.Values[field][i]
		for _, form := range slices.Concat(g.forms(v), numerals(v), g.pieces(v)) {
			if words := appendWords(nil, form); len(words) > 0 {
				a.Forms = append(a.Forms, words)
			}
		}
		own = g.appendOwn(own, v)
	}
	var clues []word
	for _, c := range g.languages {
		it := quiz.Item{Fact: f, Field: field, Kind: quiz.Typed, Form: quiz.TypedForm, Value: f.Values[field][0]}
		if f.Asks(field) == nil {
			it.Kind = quiz.Cloze
		}
		clues = appendStems(clues, g.Stem(it, c, language.Style{}))
		if g.shows(f, field) { // a statement or a cloze
			var buf [maxArgs]language.Arg
			clues = appendStems(clues, string(f.States().Messages[c].Append(nil, g.args(buf[:0], f, c), language.Style{})))
		}
		if g.marked(f, field) { // a cloze shows the rest of the text
			clues = appendStems(clues, f.Values[field][0].Words.Text[c])
		}
	}
	named := func(e *content.Entity) {
		for _, c := range g.languages {
			clues = appendStems(clues, e.Name[c])
			for _, alias := range e.Aliases[c] {
				clues = appendStems(clues, alias)
			}
		}
	}
	for i, vs := range f.Values {
		for _, v := range vs {
			if i != field && v.Entity != nil {
				named(v.Entity)
			}
		}
	}
	for _, e := range f.About {
		if !slices.ContainsFunc(f.Values[field], func(v content.Value) bool { return v.Entity == e }) {
			named(e)
		}
	}
	literal := g.literalsOf(f, field)
	for _, w := range sortedWords(clues) {
		switch {
		case g.tells.usual[w] || slices.Contains(own, w):
		case literal.Has(w):
			a.Literals = append(a.Literals, w)
		default:
			a.Clues = append(a.Clues, w)
		}
	}
	at.Store(&a)
	return a
}

// literalsOf are the words of the sentences of a fact outside their placeholders.
func (g *Generator) literalsOf(f *content.Fact, field int) quiz.Words {
	var words []word
	for _, c := range g.languages {
		for _, s := range []*content.Sentence{f.Asks(field), f.AsksTyped(field), f.States(), f.FrameText()} {
			if s != nil {
				words = appendStems(words, s.Source[c])
			}
		}
	}
	return sortedWords(words)
}

// appendOwn appends the words of an answer as it is shown, which are no clue to it: of a text
// with pieces to leave out, those of the pieces only.
func (g *Generator) appendOwn(dst []word, v *content.Value) []word {
	if pieces := g.pieces(v); len(pieces) > 0 {
		for _, p := range pieces {
			dst = appendTold(dst, p)
		}
		return dst
	}
	for _, c := range g.languages {
		arg := g.pack.Arg(c, *v)
		arg.Kind = shownKind(arg.Kind)
		dst = appendTold(dst, string(language.AppendArg(nil, c, &arg, language.Style{Plain: true})))
	}
	return dst
}

// pieces are the parts of a text that a cloze may leave out.
func (g *Generator) pieces(v *content.Value) []string {
	var out []string
	if v.Words != nil {
		for _, c := range g.languages {
			for _, b := range v.Words.Blanks[c] {
				out = append(out, v.Words.Text[c][b.Start:b.End])
			}
		}
	}
	return out
}

// How words are found that stand everywhere: in more than one of usualShare facts, of at most
// usualSample that are looked at, and at least in usualLeast.
const (
	usualSample = 400
	usualShare  = 5
	usualLeast  = 12
)

// countWords finds the words that stand in so many facts that they are no clue.
func (g *Generator) countWords() {
	facts := g.pack.Facts
	step := max(1, len(facts)/usualSample)
	count, looked := map[word]int{}, 0
	for i := 0; i < len(facts); i += step {
		looked++
		for _, w := range g.textOf(facts[i]) {
			count[w]++
		}
	}
	g.tells.usual = map[word]bool{}
	for w, n := range count {
		if n >= usualLeast && n*usualShare > looked {
			g.tells.usual[w] = true
		}
	}
}

// tellsOf fills in what an item tells and what would tell it.
func (g *Generator) tellsOf(o *quiz.Outline, it *quiz.Item) {
	shown := []word{}
	value := func(v *content.Value) {
		if f := g.features.of(v); f != nil {
			for _, c := range g.languages {
				shown = append(shown, f.in(c)...)
			}
		}
	}
	value(&it.Value)
	for i := range it.Options {
		value(&it.Options[i].Value)
		for _, f := range it.Options[i].Facts {
			o.Texts = append(o.Texts, quiz.Text{Relation: f.Relation.ID, Words: g.textOf(f)})
		}
	}
	o.Texts = append(o.Texts, quiz.Text{Relation: it.Fact.Relation.ID, Words: g.textOf(it.Fact), Own: sortedWords(shown)})
	o.Answers = append(o.Answers, g.answerOf(it.Fact, it.Field))
	for i, f := range it.Facts {
		if f == it.Fact {
			continue
		}
		field := it.Field
		if len(it.Fields) > 0 {
			field = it.Fields[i]
		}
		o.Texts = append(o.Texts, quiz.Text{Relation: f.Relation.ID, Words: g.textOf(f)})
		o.Answers = append(o.Answers, g.answerOf(f, field))
	}
	switch it.Kind {
	case quiz.Match, quiz.Order, quiz.Timeline: // an option shows a part of one row beside that of another
		o.Texts = append(o.Texts, quiz.Text{Relation: it.Fact.Relation.ID, Words: g.wordsOfRows(it)})
	case quiz.TwoFacts: // both sentences stand in one question
		if len(it.Facts) == 2 {
			o.Texts = append(o.Texts, quiz.Text{Relation: it.Fact.Relation.ID, Words: g.textOf(it.Facts[0]), Own: g.textOf(it.Facts[1])})
		}
	case quiz.WhichNot: // what does not fit is the answer
		o.Answers = append(o.Answers, g.answerWith(it.Fact, it.Field, &it.Value))
	case quiz.WhoAmI: // that Lee hopes for something tells who it is that hopes for something else
		for i := range o.Answers {
			o.Answers[i].Relation = ""
		}
	case quiz.OddOneOut, quiz.Extreme:
		label := labelField(it.Fact.Relation, it.Field)
		for _, f := range it.Facts {
			if f.Values[label][0].Equal(it.Value) {
				o.Answers = append(o.Answers, g.answerOf(f, label))
			}
		}
	}
}

// answerWith returns what would tell that another value is the answer to a question of a fact.
func (g *Generator) answerWith(f *content.Fact, field int, v *content.Value) quiz.Answer {
	a := g.answerOf(f, field)
	a.Forms = nil
	for _, form := range g.forms(v) {
		if words := appendWords(nil, form); len(words) > 0 {
			a.Forms = append(a.Forms, words)
		}
	}
	return a
}

// wordsOfRows are the words of all that the options of a match, an order or a timeline show of its rows.
func (g *Generator) wordsOfRows(it *quiz.Item) quiz.Words {
	var words []word
	label, value := g.rowFields(it)
	for _, f := range it.Facts {
		shown := []int{label}
		if it.Kind == quiz.Match {
			shown = append(shown, value)
		}
		for _, field := range shown {
			v := &f.Values[field][0]
			look := g.features.of(v)
			for _, c := range g.languages {
				if look != nil {
					words = append(words, look.in(c)...)
				} else {
					words = appendTold(words, string(g.appendValue(nil, v, c, language.Style{Plain: true})))
				}
			}
		}
	}
	return sortedWords(words)
}

func sortedWords(words []word) quiz.Words {
	slices.Sort(words)
	return slices.Clone(slices.Compact(words))
}

// appendTold appends the words of a text that is shown, and the shapes in which a reader knows
// them: without a Korean particle, an Arabic prefix or an English plural.
func appendTold(dst []word, s string) []word {
	for _, token := range tokens(s) {
		dst = appendWords(dst, token)
		r, _ := utf8.DecodeRuneInString(token)
		switch {
		case unicode.Is(unicode.Hangul, r):
			dst = appendPrefixes(dst, token, 2)
		case unicode.Is(unicode.Arabic, r):
			dst = appendBare(dst, token)
		case unicode.Is(unicode.Han, r):
			for _, h := range token {
				dst = append(dst, step(wordSeed, h))
			}
		case strings.HasSuffix(token, "s") && len(token) > 3:
			dst = appendWords(dst, token[:len(token)-1])
		}
	}
	return dst
}

// appendStems appends the words of a question with the shapes that another sentence may have:
// Korean words lose up to two syllables, which may be a particle.
func appendStems(dst []word, s string) []word {
	for _, token := range tokens(s) {
		dst = appendWords(dst, token)
		r, _ := utf8.DecodeRuneInString(token)
		switch {
		case unicode.Is(unicode.Hangul, r):
			dst = appendPrefixes(dst, token, max(2, utf8.RuneCountInString(token)-2))
		case unicode.Is(unicode.Arabic, r):
			dst = appendBare(dst, token)
		case strings.HasSuffix(token, "s") && len(token) > 3:
			dst = appendWords(dst, token[:len(token)-1])
		}
	}
	return dst
}

// tokens splits a text where letters and digits end, and at isolates.
func tokens(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r)
	})
}

// appendPrefixes appends the beginnings of a Korean word that have at least so many syllables.
func appendPrefixes(dst []word, token string, least int) []word {
	n := 0
	for i := range token {
		if n >= least {
			dst = appendWords(dst, token[:i])
		}
		n++
	}
	return dst
}

// appendBare appends an Arabic word without a conjunction or preposition that is written with it.
func appendBare(dst []word, token string) []word {
	for _, p := range searchFor().prefixes {
		if rest, ok := strings.CutPrefix(token, p); ok && utf8.RuneCountInString(rest) > 2 {
			dst = appendWords(dst, rest)
		}
	}
	return dst
}

// numerals are the words for a small number, in every language and gender.
func numerals(v *content.Value) []string {
	if v.Words != nil || v.Entity != nil || v.Type == content.DateValue {
		return nil
	}
	n, whole := v.Amount.Number.Int()
	if !whole {
		return nil
	}
	return searchFor().numerals[n]
}
