package content

import (
	"strings"

	"go.yaml.in/yaml/v4"

	"summitquiz/content/language"
)

// use says which part of a fact a value stands in; each allows something else.
type use uint8

const (
	asFact  use = iota // the relation's own fields
	asFalse            // not:
	asTrue             // also-true:
	asEqual            // same-as:
	asClaim            // disputed:
)

// value reads one value of a field, or returns false after reporting why it cannot.
func (r *valueReader) value(n *yaml.Node, f *Field, as use) (Value, bool) {
	n = follow(n)
	if n.Kind == yaml.ScalarNode && isNull(n) {
		return Value{}, false // reported by conform
	}
	switch f.Type {
	case EntityValue:
		return r.entityValue(n, f, as)
	case TextValue, QuoteValue:
		w := r.wordsValue(n)
		return Value{Type: f.Type, Words: w}, w != nil
	}
	if n.Kind != yaml.ScalarNode {
		r.wrong(n, say("%s is of type %s, not a text", f.Name, f.Type), valueHint(f))
		return Value{}, false
	}
	s := tidy(n.Value)
	if f.Type == DateValue {
		d, reason := parseDate(s)
		if reason.format != "" {
			r.wrong(n, say("%s: %s", f.Name, reason), dateHint)
			return Value{}, false
		}
		return Value{Type: DateValue, Date: d}, as != asFact || r.inBounds(n, f, language.Whole(int64(d.Year)))
	}
	a, ok := r.amountValue(n, s, f, as)
	if ok && as == asFact && a.Unit == f.Unit {
		ok = r.inBounds(n, f, a.Number)
	}
	return Value{Type: f.Type, Amount: a}, ok
}

// inBounds reports whether a true value lies within the bounds of its field: options are drawn within
// them, and one that lies outside would stand alone.
func (r *valueReader) inBounds(n *yaml.Node, f *Field, v language.Decimal) bool {
	switch {
	case f.Min != nil && v.Cmp(*f.Min) < 0:
		r.refuse(n, say("%s: %s is below min: %s of the field", f.Name, show(n.Value), f.Min.String()), say("correct the value, or lower min:"))
		return r.opt.Accepted
	case f.Max != nil && v.Cmp(*f.Max) > 0:
		r.refuse(n, say("%s: %s is above max: %s of the field", f.Name, show(n.Value), f.Max.String()), say("correct the value, or raise max:"))
		return r.opt.Accepted
	}
	return true
}

func (r *valueReader) entityValue(n *yaml.Node, f *Field, as use) (Value, bool) {
	if n.Kind != yaml.ScalarNode {
		r.wrong(n, say("%s is an entity, not a text", f.Name), say("write the entity's id"))
		return Value{}, false
	}
	e := r.entities[n.Value]
	switch {
	case e == nil:
		r.unknownEntity(n)
		return Value{}, false
	case e.Kind == nil:
		return Value{}, false // reported where the entity stands
	case e.Outside && as != asFalse:
		r.wrong(n, say("%s is an outside entity: it is only offered as false", e.ID), say("use it in not:, or move it to entities:"))
		return Value{}, false
	case !fits(e.Kind, f.Kinds):
		r.wrong(n, say("%s is of kind %s, and %s takes %s", e.ID, e.Kind.ID, f.Name, kindList(f.Kinds)), say("name another entity, or another relation"))
		return Value{}, false
	}
	return Value{Type: EntityValue, Entity: e}, true
}

func fits(k *Kind, kinds []*Kind) bool {
	for _, want := range kinds {
		if k.Is(want.ID) {
			return true
		}
	}
	return len(kinds) == 0
}

func kindList(kinds []*Kind) string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = k.ID
	}
	return joinOr(names)
}

// wordsValue reads a text or a quote: one string, one per language, or the long form.
func (r *textReader) wordsValue(n *yaml.Node) *Words {
	if n.Kind == yaml.SequenceNode {
		return nil
	}
	w := &Words{}
	texts := n
	if long := at(n, "text"); long != nil {
		texts = long
		w.Aliases = r.lists(at(n, "accept"))
		if g := at(n, "gender"); g != nil {
			w.Gender = gender(g)
		}
		if p := at(n, "plural"); p != nil {
			w.Plural = p.Value == "true"
		}
	} else if n.Kind == yaml.MappingNode {
		bad := false
		pairs(n, func(k, _ *yaml.Node) {
			if k.Value == "accept" || k.Value == "gender" || k.Value == "plural" {
				r.wrong(k, say("%s: needs text: beside it", k.Value), say("write {text: …, %s: …}", k.Value))
				bad = true
			}
		})
		if bad {
			return nil
		}
	}
	switch texts.Kind {
	case yaml.ScalarNode:
		text, blanks, ok := r.marked(texts)
		if !ok {
			return nil
		}
		w.Text = language.Everywhere(text)
		for c := range w.Blanks {
			w.Blanks[c] = blanks
		}
	case yaml.MappingNode:
		if !r.markedTexts(w, texts) {
			return nil
		}
	default:
		return nil
	}
	return w
}

// markedTexts reads a text with its marked pieces in each language, which have to be as many in all.
func (r *textReader) markedTexts(w *Words, texts *yaml.Node) bool {
	good, count, from := true, -1, ""
	pairs(texts, func(k, v *yaml.Node) {
		c, known := language.Parse(k.Value)
		if !known || v.Kind != yaml.ScalarNode || isNull(v) {
			return
		}
		text, blanks, ok := r.marked(v)
		good = good && ok
		w.Text[c], w.Blanks[c] = text, blanks
		if ok && count >= 0 && len(blanks) != count {
			r.wrong(v, say("the text has %d marked pieces in %s and %d in %s", len(blanks), c, count, from),
				say("mark the same pieces with [ ] in every language"))
			good = false
		}
		if ok && count < 0 {
			count, from = len(blanks), c.String()
		}
	})
	return good
}

func (r *textReader) marked(n *yaml.Node) (string, []Blank, bool) {
	text, blanks, reason, i := parseMarked(tidy(n.Value))
	if reason.format != "" {
		r.wrongIn(n, i, reason, say(`mark a piece as [piece]; \[ is a literal bracket`))
		return "", nil, false
	}
	return text, blanks, true
}

func (r *valueReader) amountValue(n *yaml.Node, s string, f *Field, as use) (language.Amount, bool) {
	if f.Type == OrdinalValue {
		a, ok := parseOrdinal(s)
		if !ok {
			r.wrong(n, say("%s: %q is not an ordinal", f.Name, show(s)), valueHint(f))
		}
		return a, ok
	}
	a, reason, word := parseAmount(s)
	if reason.format != "" {
		hint := valueHint(f)
		if first, _, _ := strings.Cut(word, " "); strings.HasPrefix(reason.format, "unknown unit") {
			if h := didYouMean(first, scaleWords); h.format != "" {
				hint = h
			} else {
				hint = r.unitHint(word)
			}
		}
		r.wrongIn(n, max(0, strings.Index(n.Value, word)), say("%s: %s", f.Name, reason), hint)
		return a, false
	}
	message := noHint
	switch {
	case f.Type == IntegerValue && a.Unit != nil:
		message = say("%s is an integer, without a unit", f.Name)
	case f.Type == IntegerValue && !whole(a.Number):
		message = say("%s is an integer: %q is not whole", f.Name, show(s))
	case f.Type == IntegerValue:
	case a.Unit == nil:
		message = say("%s: %q has no unit", f.Name, show(s))
	case f.Type == MoneyValue && !a.Unit.Currency:
		message = say("%s is an amount of money: %s is not a currency", f.Name, a.Unit.Code)
	case f.Type == QuantityValue && a.Unit.Currency:
		message = say("%s is a quantity: %s is a currency", f.Name, a.Unit.Code)
	case f.Type == DurationValue && !isTime(a.Unit):
		message = say("%s is a duration: %s is not a unit of time", f.Name, a.Unit.Code)
	case f.Unit != nil && a.Unit != f.Unit && (as == asFact || as == asFalse):
		message = say("%s is given in %s here and in %s elsewhere", f.Name, a.Unit.Code, f.Unit.Code)
	}
	if message.format != "" {
		r.wrong(n, message, valueHint(f))
		return a, false
	}
	return a, true
}

var scaleWords = []string{"thousand", "million", "billion", "trillion"}

func whole(d language.Decimal) bool { return d.Norm().Exp >= 0 }

// isTime reports whether a unit measures time.
func isTime(u *language.Unit) bool {
	switch u.Base {
	case "second", "minute", "hour", "day", "month", "year":
		return true
	}
	return false
}

// valueHint says how the values of a field are written.
func valueHint(f *Field) phrase {
	unit := ""
	if f.Unit != nil {
		unit = f.Unit.Code
	}
	switch f.Type {
	case EntityValue:
		return say("write the entity's id")
	case IntegerValue:
		return say("write a whole number, such as 7")
	case QuantityValue:
		if unit == "" {
			unit = "km2"
		}
		return say("write a number with its unit, such as 120 %s", unit)
	case MoneyValue:
		if unit == "" {
			unit = "KRW"
		}
		return say("write a number with its currency, such as 70 trillion %s", unit)
	case DateValue:
		return dateHint
	case DurationValue:
		return say("write a number with a unit of time, such as 5 years")
	case OrdinalValue:
		return say("write 1st, 2nd or 3")
	}
	return say("write the text")
}

// String returns the name of the type as packs write it.
func (t Type) String() string {
	return [...]string{"entity", "text", "quote", "integer", "quantity", "money", "date", "duration", "ordinal"}[t]
}
