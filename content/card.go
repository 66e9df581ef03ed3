package content

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"summitquiz/content/language"
)

// A card is a fact of one of three built-in relations, by the type of its answer. Their fields
// are the question, which is never asked for, and the answer. Each card brings its own
// sentences: it is asked with its question and stated as the question with its answer.
const (
	CardRelation       = "card" // the answer is a text
	CardNumberRelation = "card-number"
	CardDateRelation   = "card-date"
)

// cardAnswer is the index of the answer among the fields of a card.
const cardAnswer = 1

func cardRelation(id string, t Type) *Relation {
	rel := &Relation{ID: id, Library: true, names: []string{"question", "answer"}, Fields: []Field{
		{Name: "question", Type: TextValue},
		{Name: "answer", Type: t, Truth: Open},
	}}
	for _, c := range language.All() {
		rel.State.Source[c] = "{question} {answer}"
		rel.State.Messages[c], _ = language.Compile(c, rel.State.Source[c], rel.names)
	}
	return rel
}

func (r *cardReader) readCards(list *yaml.Node) {
	if list == nil || list.Kind != yaml.SequenceNode {
		return
	}
	byType := map[Type]*Relation{}
	block := make([]Fact, len(list.Content)) // one piece of memory in place of very many
	if len(r.byName) == 0 {
		r.byName = make(map[string]*Fact, len(list.Content))
	}
	for i, n := range list.Content {
		n = follow(n)
		ask, answer := at(n, "ask"), at(n, "answer")
		if n.Kind != yaml.MappingNode || ask == nil || answer == nil || r.full() {
			continue
		}
		f := &block[i]
		f.Card, f.Line = true, n.Line
		question := r.prose(ask)
		name := r.cardName(n, question)
		if name == "" {
			continue
		}
		r.fact = name
		f.ID = FactID(string(r.pack.ID) + "/" + name)
		f.Name = string(f.ID[len(r.pack.ID)+1:])
		r.byName[f.Name] = f
		typ := r.answerOf(n, question)
		if byType[typ] == nil {
			byType[typ] = cardRelation(map[Type]string{TextValue: CardRelation, DateValue: CardDateRelation, QuantityValue: CardNumberRelation}[typ], typ)
			r.pack.Relations = append(r.pack.Relations, byType[typ])
		}
		f.Relation = byType[typ]
		if r.fillCard(f, n, question) {
			f.Index = len(r.pack.Facts)
			r.pack.Facts = append(r.pack.Facts, f)
			r.places.facts = append(r.places.facts, n)
			r.places.filled = append(r.places.filled, n)
		}
	}
	r.fact = ""
	r.noteReshown()
}

// cardName is a card's id: its own, or one made from the question, so that it survives a new
// version in which the question stays.
func (r *cardReader) cardName(n *yaml.Node, question language.Text) string {
	where, name := n, ""
	if id := at(n, "id"); id != nil {
		where, name = id, id.Value
		if !isID(name) {
			return "" // reported by conform
		}
	} else {
		var all []byte
		for _, t := range question {
			all = append(append(strconv.AppendInt(all, int64(len(t)), 10), ':'), t...)
		}
		sum := sha256.Sum256(all)
		name = "card-" + hex.EncodeToString(sum[:6])
	}
	if first := r.byName[name]; first != nil {
		r.fact = name
		if where == n {
			r.wrong(n, say("this question appears twice"), say("first at line %d", first.Line))
		} else {
			r.wrong(where, say("the fact %q is defined twice", name), say("first defined at line %d", first.Line))
		}
		return ""
	}
	return name
}

// answerOf says of which type the answer of a card is. Where both readings are likely, or the
// answer cannot be what it looks like, it reports so.
func (r *cardReader) answerOf(card *yaml.Node, question language.Text) Type {
	n := at(card, "answer")
	switch {
	case n.Kind == yaml.MappingNode && len(n.Content) > 2 && hasAny(n, answerShape.keys):
		r.wrong(n, say("the answer says more than one thing"), say("write one of {text: …}, {number: …}, {date: …}, or one text per language"))
		return TextValue
	case at(n, "number") != nil:
		return QuantityValue
	case at(n, "date") != nil:
		return DateValue
	case n.Kind != yaml.ScalarNode || isQuoted(n):
		return TextValue
	}
	a := readAnswer(tidy(n.Value), question, r.codes)
	if a.typ != TextValue && !r.alike(at(card, "not"), a.typ) {
		return TextValue
	}
	show := show(tidy(n.Value))
	switch {
	case a.wrong:
		r.warn(n, say("%q is not a date: %s", show, a.doubt), say("correct it, or put it in quotes if it is meant as a text"))
	case a.doubt.format != "" && a.typ == TextValue:
		r.note(n, say("%q is read as a text: %s", show, a.doubt), say("put it in quotes to say that it is a text, or write {number: …}"))
	case a.doubt.format != "":
		r.note(n, say("%q is read as %s: %s", show, plain(a.value), a.doubt), say("put it in quotes if it is meant as a text"))
	case a.shown != "":
		r.reshown = append(r.reshown, reshown{n, a.shown})
	}
	if a.typ == DateValue && a.value.Date.Month > 0 && asksYear(question) {
		r.warn(n, say("the question asks for a year, and the answer is a full date"), say("write the year alone, or ask for the day"))
	}
	return a.typ
}

// alike reports whether every wrong answer can be read as the type of the right one and means
// what it looks like. Where one cannot, all are texts.
func (r *cardReader) alike(not *yaml.Node, t Type) bool {
	for _, e := range elements(not) {
		e = follow(e)
		switch {
		case at(e, "number") != nil && t == QuantityValue, at(e, "date") != nil && t == DateValue:
		case e.Kind != yaml.ScalarNode:
			return false
		case t == DateValue:
			if _, reason := parseDate(tidy(e.Value)); reason.format != "" {
				return false
			}
		default:
			if a := readAnswer(tidy(e.Value), language.Text{}, r.codes); a.typ != t && !(a.typ == DateValue && a.value.Date.Month == 0) {
				return false
			}
		}
	}
	return true
}

func isQuoted(n *yaml.Node) bool {
	return n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0
}

// reshown is an answer that is shown otherwise than it is written.
type reshown struct {
	node *yaml.Node
	as   string
}

// noteReshown says once which answers are shown otherwise than they are written.
func (r *cardReader) noteReshown() {
	const most = 20 // lines
	if len(r.reshown) == 0 {
		return
	}
	first := r.reshown[0]
	example := say("%q is shown as %q", show(tidy(first.node.Value)), first.as)
	hint := say("put an answer in quotes to show it as it is written")
	if len(r.reshown) == 1 {
		r.note(first.node, example, hint)
		return
	}
	var lines []string
	for _, s := range r.reshown[:min(len(r.reshown), most)] {
		lines = append(lines, strconv.Itoa(s.node.Line))
	}
	if len(r.reshown) > most {
		lines = append(lines, "…")
	}
	r.note(first.node, say("%d answers are shown as each language writes them: %s (lines %s)", len(r.reshown), example, strings.Join(lines, ", ")), hint)
}

func (r *cardReader) fillCard(f *Fact, n *yaml.Node, question language.Text) bool {
	asked := &f.Relation.Fields[cardAnswer]
	answer := at(n, "answer")
	value, ok := r.cardValue(answer, asked)
	if !ok {
		return false
	}
	if value.Words != nil {
		value.Words.Aliases = r.lists(at(n, "accept"))
	} else if accept := at(n, "accept"); accept != nil {
		r.warn(accept, say("accept: is not used for numbers and dates"), say("put the answer in quotes to have it read as a text"))
	}
	f.Values = [][]Value{{{Type: TextValue, Words: &Words{Text: question}}}, {value}}
	pairs(n, func(k, v *yaml.Node) {
		switch k.Value {
		case "not":
			fv := FieldValues{Field: cardAnswer}
			for _, e := range elements(v) {
				if value, ok := r.cardValue(follow(e), asked); ok {
					fv.Values = append(fv.Values, value)
				}
			}
			f.Not = []FieldValues{fv}
		case "tolerance":
			f.CardTolerance = r.tolerance(v, asked.Type, value.Amount.Unit, &value.Amount.Number)
		case "as-of":
			f.AsOf, _ = parseDate(v.Value)
		case "until":
			f.Until, _ = parseDate(v.Value)
			r.checkUntil(f, n, v)
		case "note":
			f.Note = r.prose(v)
		case "source":
			if src := r.source(v); src != nil {
				f.Evidence = []Evidence{{Source: src}}
			}
		}
	})
	polarise(f, question, answer.Kind == yaml.ScalarNode && answer.Tag == "!!bool", r.codes)
	ask, state := &Sentence{}, &Sentence{}
	for _, c := range r.codes {
		if question[c] == "" {
			continue
		}
		q := literal(question[c])
		ask.Source[c], state.Source[c] = q, stated(c, q)
		var err error
		if ask.Messages[c], err = language.Compile(c, q, f.Relation.names); err == nil {
			state.Messages[c], err = language.Compile(c, state.Source[c], f.Relation.names)
		}
		if err != nil {
			r.wrong(at(n, "ask"), say("the question cannot be shown: %s", compilerError(err)), noHint)
			return false
		}
	}
	f.State, f.Ask = state, []*Sentence{nil, ask}
	return true
}

// cardValue reads an answer; a number needs no unit on a card, and texts hold no marks.
func (r *cardReader) cardValue(n *yaml.Node, f *Field) (Value, bool) {
	for _, key := range []string{"number", "date", "text"} {
		if v := at(n, key); v != nil {
			n = v
			break
		}
	}
	switch f.Type {
	case DateValue:
		return r.value(n, f, asFact)
	case QuantityValue:
		a, _, _, ok := readAmount(tidy(n.Value))
		if n.Kind != yaml.ScalarNode || !ok {
			r.wrong(n, say("%q is not a number, as the answer is", show(n.Value)), say("put the answer in quotes to have it read as a text"))
			return Value{}, false
		}
		return Value{Type: QuantityValue, Amount: a}, true
	}
	if isNull(n) {
		return Value{}, false
	}
	t := r.text(n)
	return Value{Type: TextValue, Words: &Words{Text: t}}, t != language.Text{}
}

// literal makes a text that means itself in a message.
func literal(s string) string {
	if !strings.ContainsAny(s, "{}#'") {
		return s
	}
	return strings.NewReplacer("'", "''", "{", "'{'", "}", "'}'").Replace(s)
}

// stated joins a question to its answer: "What is the capital of France? Paris". Chinese sets
// no space after its full-width marks.
func stated(c language.Code, q string) string {
	last, _ := utf8.DecodeLastRuneInString(q)
	switch {
	case strings.ContainsRune("？！。：", last):
		if c == language.Chinese {
			return q + "{answer}"
		}
	case strings.ContainsRune("?؟!.:", last):
	case c == language.Chinese:
		return q + "：{answer}"
	default:
		return q + ": {answer}"
	}
	return q + " {answer}"
}
