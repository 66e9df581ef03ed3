package generate

import (
	"slices"
	"strings"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
)

// Render returns an item in one language. It draws nothing.
func (g *Generator) Render(it quiz.Item, c language.Code, st language.Style) quiz.View {
	v := quiz.View{Lang: c, Stem: g.Stem(it, c, st), Key: it.Key}
	if len(it.Options) > 0 {
		v.Labels = language.Labels(c, len(it.Options))
		v.Options = g.options(&it, c, st)
	} else {
		v.Accepts = g.accepts(&it, c, st)
		switch it.Kind {
		case quiz.WhoAmI:
			v.Clues = g.clues(&it, c, st)
		case quiz.NameMany:
			v.Named = g.named(&it, c, st)
		}
		if len(v.Accepts) > 0 && !it.Kind.Live() {
			v.Hint = g.hint(&it, v.Accepts[0], c, st)
		}
	}
	v.Explanation = g.explanation(&it, c, st)
	v.Why = g.why(&it, c, st)
	v.Source, v.Evidence = evidence(&it, c)
	return v
}

// inOrder returns the facts of an item's rows as they are explained: those of an order in their right order.
func inOrder(it *quiz.Item) []*content.Fact {
	if it.Kind != quiz.Order {
		return it.Facts
	}
	facts := make([]*content.Fact, 0, len(it.Facts))
	for _, row := range it.Options[it.Key].Parts {
		facts = append(facts, it.Facts[row])
	}
	return facts
}

// evidence is what the sources say of the fact; where an item has rows, of every fact of theirs, in
// the order of the explanation.
func evidence(it *quiz.Item, c language.Code) (sources, quotes string) {
	facts := []*content.Fact{it.Fact}
	if len(it.Facts) > 0 {
		facts = inOrder(it)
	}
	var titles, texts []string
	for _, f := range facts {
		if len(f.Evidence) == 0 {
			continue
		}
		e := f.Evidence[0]
		if t := e.Source.Title[c]; !slices.Contains(titles, t) {
			titles = append(titles, t)
		}
		if e.Quote != "" && !slices.Contains(texts, e.Quote) {
			texts = append(texts, e.Quote)
		}
	}
	return strings.Join(titles, wordsOf()[c].pairs), strings.Join(texts, " … ")
}

// Stem returns the question of an item in one language: what Render shows as its stem.
func (g *Generator) Stem(it quiz.Item, c language.Code, st language.Style) string {
	switch it.Kind {
	case quiz.WhichNot, quiz.OddOneOut, quiz.Timeline, quiz.TwoFacts, quiz.WhoAmI, quiz.NameMany:
		return g.introduced(&it, c, st)
	}
	var text [512]byte
	dst, prefixed := g.appendPrefix(text[:0], it.Fact, c, st)
	at := len(dst)
	var buf [maxArgs]language.Arg
	kind := it.Kind
	if it.Fact.Polarity != content.NoPolarity {
		kind = quiz.Choice // asked in the card's own words
	}
	switch kind {
	case quiz.TrueFalse:
		args := g.args(buf[:0], it.Fact, c)
		args[it.Field] = g.pack.Arg(c, it.Value)
		dst = it.Fact.States().Messages[c].Append(dst, args, st)
	case quiz.Cloze:
		args := g.args(buf[:0], it.Fact, c)
		args[it.Field] = gap(&it, c, args[it.Field])
		dst = it.Fact.States().Messages[c].Append(dst, args, st)
	case quiz.Order:
		dst = it.Fact.Relation.Order[it.Field].Messages[c].Append(dst, g.args(buf[:0], it.Fact, c), st)
	case quiz.Extreme:
		dst = it.Fact.Relation.Most[it.Field].Messages[c].Append(dst, g.args(buf[:0], it.Fact, c), st)
	case quiz.Match:
		dst = it.Fact.Relation.Match.Messages[c].Append(dst, g.args(buf[:0], it.Fact, c), st)
	default:
		ask := it.Fact.Asks(it.Field)
		if it.Form == quiz.TypedForm {
			ask = it.Fact.AsksTyped(it.Field)
		}
		dst = ask.Messages[c].Append(dst, g.args(buf[:0], it.Fact, c), st)
	}
	if prefixed {
		settle(dst[at:], it.Fact, c)
	}
	if it.Kind == quiz.Closest {
		dst = append(append(dst, '\n'), wordsOf()[c].intros[it.Kind]...)
	}
	return string(dst)
}

// maxArgs is how many fields a relation can have without a further allocation.
const maxArgs = 8

// args are the values of a fact as arguments of its relation's sentences.
func (g *Generator) args(dst []language.Arg, f *content.Fact, c language.Code) []language.Arg {
	for _, vs := range f.Values {
		dst = append(dst, g.arg(vs, c))
	}
	return dst
}

func (g *Generator) arg(vs []content.Value, c language.Code) language.Arg {
	switch len(vs) {
	case 0:
		return language.Arg{}
	case 1:
		return g.pack.Arg(c, vs[0])
	}
	a := language.Arg{Kind: language.Several}
	for _, v := range vs {
		a.List = append(a.List, g.pack.Arg(c, v))
	}
	return a
}

// gap is what a cloze shows for the asked field. Gender, number and precision stay, as the
// words around the gap agree with them.
func gap(it *quiz.Item, c language.Code, a language.Arg) language.Arg {
	if w := it.Value.Words; w != nil && it.Blank < len(w.Blanks[c]) && a.Kind != language.Several {
		b := w.Blanks[c][it.Blank]
		rest := w.Text[c][b.End:]
		if c == language.Korean {
			rest = bothForms(rest)
		}
		a.Text = w.Text[c][:b.Start] + language.Blank(c) + rest
		return a
	}
	return language.Arg{Kind: language.Gap, Gender: a.Gender, Plural: a.Plural, Date: a.Date}
}

func (g *Generator) options(it *quiz.Item, c language.Code, st language.Style) []string {
	out := make([]string, len(it.Options))
	var text [256]byte
	switch it.Kind {
	case quiz.TrueFalse:
		if it.Fact.Polarity != content.NoPolarity {
			yes, no := it.Fact.Poles()
			out[0], out[1] = yes.Words.Text[c], no.Words.Text[c]
			return out
		}
		out[0], out[1] = language.True(c), language.False(c)
		return out
	case quiz.Timeline:
		for i := range out {
			out[i] = g.placeText(it, it.Options[i].Parts[0], c, st)
		}
		return out
	case quiz.Order, quiz.Match:
		for i := range out {
			out[i] = string(g.appendRows(text[:0], it, i, c, st))
		}
		return out
	}
	var form *language.Form
	if it.Options[0].Value.Amount != (language.Amount{}) && it.Value.Type != content.OrdinalValue {
		var buf [4]language.Amount
		all := buf[:0]
		for i := range it.Options {
			all = append(all, it.Options[i].Value.Amount)
		}
		if f, ok := language.FormFor(c, all); ok {
			form = &f
		}
	}
	for i := range out {
		a := g.pack.Arg(c, it.Options[i].Value)
		if form != nil {
			a.Form = form
		}
		out[i] = string(language.AppendArg(text[:0], c, &a, st))
	}
	return out
}

func (g *Generator) appendRows(dst []byte, it *quiz.Item, option int, c language.Code, st language.Style) []byte {
	label, value := g.rowFields(it)
	parts := it.Options[option].Parts
	for i, p := range parts {
		if it.Kind == quiz.Order {
			if i > 0 {
				dst = append(dst, wordsOf()[c].arrow...)
			}
			dst = g.appendValue(dst, &it.Facts[p].Values[label][0], c, st)
			continue
		}
		if i > 0 {
			dst = append(dst, wordsOf()[c].pairs...)
		}
		dst = g.appendValue(dst, &it.Facts[i].Values[label][0], c, st)
		dst = append(dst, wordsOf()[c].dash...)
		dst = g.appendValue(dst, &it.Facts[p].Values[value][0], c, st)
	}
	return dst
}

// rowFields are the fields of the names and of the values of a row.
func (g *Generator) rowFields(it *quiz.Item) (label, value int) {
	if it.Kind == quiz.Match {
		m := g.shapes[it.Fact.Relation].match
		return m[0], m[1]
	}
	return labelField(it.Fact.Relation, it.Field), it.Field
}

func (g *Generator) appendValue(dst []byte, v *content.Value, c language.Code, st language.Style) []byte {
	a := g.pack.Arg(c, *v)
	return language.AppendArg(dst, c, &a, st)
}

// settle takes the capital from an English sentence that goes on after a prefix, unless it
// begins with a name that has one.
func settle(b []byte, f *content.Fact, c language.Code) {
	if c != language.English {
		return
	}
	at := 0
	if strings.HasPrefix(string(b), "\u2068") {
		at = len("\u2068")
	}
	for _, vs := range f.Values {
		for _, v := range vs {
			name := ""
			if v.Entity != nil {
				name = v.Entity.Name[c]
			} else if v.Words != nil {
				name = v.Words.Text[c]
			}
			if name != "" && name[0] >= 'a' && name[0] <= 'z' && strings.HasPrefix(string(b[at+1:]), name[1:]) && b[at] == name[0]-'a'+'A' {
				b[at] = name[0]
				return
			}
		}
	}
	lowerFirst(b[at:], c)
}
