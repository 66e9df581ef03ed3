package generate

import (
	"bytes"
	"slices"
	"unicode"
	"unicode/utf8"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
)

// explanation states what is true: the fact with all its values and the author's note; where an
// item has rows, every fact of theirs, those of an order in the right order.
func (g *Generator) explanation(it *quiz.Item, c language.Code, st language.Style) string {
	var text [512]byte
	dst := text[:0]
	if len(it.Facts) == 0 {
		dst = g.appendState(dst, it.Fact, c, st)
	}
	form := g.rowsForm(it, c)
	for i, f := range inOrder(it) {
		// Rows of one relation have one frame and date, so saying it once is enough.
		prefixed, at := false, len(dst)
		if i > 0 {
			dst = append(withStop(dst, c), between(c)...)
		}
		if i == 0 || len(it.Fields) > 0 {
			dst, prefixed = g.appendPrefix(dst, f, c, st)
			at = len(dst)
		}
		var buf [maxArgs]language.Arg
		args := g.args(buf[:0], f, c)
		if form != nil {
			args[it.Field].Form = form
		}
		dst = f.States().Messages[c].Append(dst, args, st)
		if prefixed {
			settle(dst[at:], f, c)
		}
	}
	if note := it.Fact.Note[c]; note != "" {
		dst = append(append(withStop(dst, c), between(c)...), note...)
	}
	return string(dst)
}

// rowsForm is the one form in which the amounts of an order are written where some would have a scale
// word and others not, or nil.
func (g *Generator) rowsForm(it *quiz.Item, c language.Code) *language.Form {
	if it.Kind != quiz.Order && it.Kind != quiz.Extreme {
		return nil
	}
	if t := it.Facts[0].Values[it.Field][0].Type; t == content.DateValue || t == content.OrdinalValue {
		return nil
	}
	var buf [4]language.Amount
	all := buf[:0]
	words := 0 // numbers that would have a scale word by themselves
	for _, f := range it.Facts {
		all = append(all, f.Values[it.Field][0].Amount)
		if own, ok := language.FormFor(c, all[len(all)-1:]); ok && own.Scale > 0 {
			words++
		}
	}
	if words == 0 || words == len(all) {
		return nil // each as it reads best: 1.42 billion beside 21.3 million
	}
	form, ok := language.FormFor(c, all)
	if !ok {
		return nil
	}
	return &form
}

// between returns what stands between two sentences.
func between(c language.Code) string {
	if c == language.Chinese {
		return ""
	}
	return " "
}

// withStop closes a sentence that another one follows: one that ends with a quotation may have no full stop.
func withStop(dst []byte, c language.Code) []byte {
	last := bytes.TrimRightFunc(dst, func(r rune) bool { return unicode.In(r, unicode.Cf, unicode.Pe, unicode.Pf) })
	if r, _ := utf8.DecodeLastRune(last); len(last) == len(dst) || unicode.Is(unicode.Sentence_Terminal, r) || r == '…' {
		return dst
	}
	if c == language.Chinese {
		return append(dst, "。"...)
	}
	return append(dst, '.')
}

func (g *Generator) appendState(dst []byte, f *content.Fact, c language.Code, st language.Style) []byte {
	dst, prefixed := g.appendPrefix(dst, f, c, st)
	at := len(dst)
	var buf [maxArgs]language.Arg
	dst = f.States().Messages[c].Append(dst, g.args(buf[:0], f, c), st)
	if prefixed {
		settle(dst[at:], f, c)
	}
	return dst
}

// why says of each wrong option that is true elsewhere in the pack of what it is true.
func (g *Generator) why(it *quiz.Item, c language.Code, st language.Style) []string {
	if len(it.Options) == 0 {
		return nil
	}
	out := make([]string, len(it.Options))
	for i := range it.Options {
		if i != it.Key && len(it.Options[i].Facts) > 0 {
			out[i] = string(g.appendState(nil, it.Options[i].Facts[0], c, st))
		}
	}
	return out
}

// accepts lists what is right when typed: the shown form first, then its other names, equal
// values, other true values, and all of them in the other languages.
func (g *Generator) accepts(it *quiz.Item, c language.Code, st language.Style) []string {
	if it.Kind == quiz.Cloze && g.marked(it.Fact, it.Field) {
		return blanks(it, g.languages, c)
	}
	if len(it.Answers) > 0 {
		return g.acceptsOf(it.Answers, c, st)
	}
	return g.acceptsOf(g.right(it), c, st)
}

// acceptsOf lists the forms of values in every language, the shown one of the first value first.
func (g *Generator) acceptsOf(values []content.Value, c language.Code, st language.Style) []string {
	var out []string
	seen := map[string]bool{}
	add := func(s string) {
		if s != "" && !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	for _, l := range order(g.languages, c) {
		for i := range values {
			v := &values[i]
			arg := g.pack.Arg(l, *v)
			arg.Kind = shownKind(arg.Kind)
			style := language.Style{Plain: true}
			if l == c {
				style.Digits = st.Digits
			}
			add(string(language.AppendArg(nil, l, &arg, style)))
			switch {
			case v.Entity != nil:
				for _, a := range v.Entity.Aliases[l] {
					add(a)
				}
				if f := v.Entity.Family[l]; g.families[f] == 1 {
					add(f)
				}
			case v.Words != nil:
				for _, a := range v.Words.Aliases[l] {
					add(a)
				}
			}
		}
	}
	return out
}

func shownKind(k language.ArgKind) language.ArgKind {
	if k == language.Quote {
		return language.Words
	}
	return k
}

// right are the values that are right when typed: the drawn one first.
func (g *Generator) right(it *quiz.Item) []content.Value {
	out := []content.Value{it.Value}
	add := func(v content.Value) {
		for _, w := range out {
			if v.Equal(w) && v.Amount.Unit == w.Amount.Unit {
				return
			}
		}
		if len(out) < maxRight {
			out = append(out, v)
		}
	}
	f, field := it.Fact, it.Field
	for _, v := range f.Values[field] {
		add(v)
	}
	asked := f.Relation.Fields[field].AskUnit
	for _, lists := range [2][]content.FieldValues{f.SameAs, f.AlsoTrue} {
		for _, fv := range lists {
			if fv.Field != field {
				continue
			}
			for _, v := range fv.Values {
				if !asked || v.Amount.Unit == it.Value.Amount.Unit { // another unit is close where one is asked for
					add(v)
				}
			}
		}
	}
	// Another fact with the same other fields makes its value true as well.
	for other := range f.Values {
		if other == field || len(f.Values[other]) != 1 {
			continue
		}
		facts := g.pack.FactsWith(f.Relation, other, f.Values[other][0])
		for _, h := range facts[:min(len(facts), maxRight)] {
			for _, v := range h.Values[field] {
				if h != f && g.pack.True(f, field, v) {
					add(v)
				}
			}
		}
		break
	}
	return out
}

// unlisted reports whether a typed answer could be right and yet not known: the truth is open,
// and the pack itself knows more than one fact that answers. Which country is in Africa?
func (g *Generator) unlisted(it *quiz.Item) bool {
	if it.Fact.Relation.Fields[it.Field].Truth != content.Open {
		return false
	}
	f := it.Fact
	for other := range f.Values {
		if other == it.Field || len(f.Values[other]) != 1 {
			continue
		}
		facts := g.pack.FactsWith(f.Relation, other, f.Values[other][0])
		for _, h := range facts[:min(len(facts), maxRight)] {
			if h != f && len(h.Values[it.Field]) > 0 && !h.Values[it.Field][0].Equal(it.Value) && g.pack.True(f, it.Field, h.Values[it.Field][0]) {
				return true
			}
		}
		return false
	}
	return false
}

// maxRight bounds how many true values a typed question lists.
const maxRight = 32

// blanks are the words that a cloze of a quotation leaves out, in the shown language first, each with
// the others that its author takes in their place.
func blanks(it *quiz.Item, in []language.Code, c language.Code) []string {
	var out []string
	w := it.Value.Words
	for _, l := range order(in, c) {
		b := w.Blanks[l][it.Blank]
		for _, s := range append([]string{w.Text[l][b.Start:b.End]}, b.Others()...) {
			if !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	}
	return out
}

// order returns the languages with c first.
func order(in []language.Code, c language.Code) []language.Code {
	out := make([]language.Code, 1, language.Count)
	out[0] = c
	for _, l := range in {
		if l != c {
			out = append(out, l)
		}
	}
	return out
}
