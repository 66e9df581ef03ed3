// Package grade turns a typed or chosen answer into a verdict: right, close or wrong, with a
// reason code that the rooms above say in a sentence.
//
// It promises to read a whole answer as a fluent reader of Arabic, English, Korean or Chinese
// would, in whichever of these languages it comes, and never to accept another entity, value
// or unit. Close is no answer yet: something is missing or misspelt, and the member may try
// once more. It refuses to show the key, for a reason says what is missing and not what is
// right; to take a word of a sentence for an answer; and to mend digits.
//
// Matching comes first: words that deny, hesitate or offer several answers are looked for only
// in a text that is not the key, and only those that the key does not have itself. Key and
// answer are folded by the same rules (canon.go), so that whatever is equal in an answer is
// equal in a key. Numbers have a precision (target.go): what is written as a whole number is
// exact, and everything else takes what rounds to it or what a tolerance declares.
//
// Reading numbers, dates and letters is the work of content/language; what may be left out,
// added or forgiven is decided here. The closed lists of words that add nothing stand in
// words.go.
package grade

import (
	"strings"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
)

// sort is what kind of thing a key is.
type sort uint8

const (
	nameSort sort = iota
	amountSort
	dateSort
	polarSort // yes or no
)

// Key is all that grading needs to know of one question. It is cheap to make anew from the
// item, so it is not stored. It is read only, and safe for use by many goroutines.
type Key struct {
	sort sort
	lang language.Code // of the question: decides the order of dates in digits

	name   names
	number *amount  // of a text that is a number as well: 1/4
	when   *dateKey // of a text that is a day
	amount amount
	date   dateKey
	yes    bool
}

// longest is how many bytes of an answer are read: far more than any answer has.
const longest = 2048

// Answer grades what somebody typed.
func Answer(k *Key, typed string) Verdict {
	if len(typed) > longest {
		return Verdict{Wrong, TooLong}
	}
	s := language.Normalise(typed)
	if v, graded := k.asItStands(typed, s); graded {
		return v
	}
	s = withoutNoise(s)
	if k.sort == dateSort && len(s) == 2 && strings.ContainsAny(typed, "'’‘") {
		s = "'" + s // '45
	}
	switch k.sort {
	case polarSort:
		return k.polar(s)
	case nameSort:
		return k.named(typed, s)
	}
	if noAnswer(s) {
		return Verdict{Wrong, NoAnswer}
	}
	if k.sort == dateSort {
		return k.date.grade(k.lang, s)
	}
	return k.amount.grade(s)
}

// asItStands grades what is an answer although it reads like a refusal or like noise; s is the answer
// normalised.
func (k *Key) asItStands(typed, s string) (v Verdict, graded bool) {
	switch k.sort {
	case nameSort:
		if k.name.is(compactOf(s)) || s == "" && k.name.is(strings.TrimSpace(typed)) {
			return k.name.spelt(typed, Verdict{Right, Matched}), true
		}
		return Verdict{Right, Matched}, k.name.aroundSign(typed)
	case polarSort:
		v := k.polar(s) // ㅇㅇ is no noise here
		return v, v.Reason != Unread
	}
	return Verdict{}, false
}

// named grades an answer to a name or a text; s is the answer without chat noise. A text that is a number or
// a day as well may be written in other ways.
func (k *Key) named(typed, s string) Verdict {
	v := k.name.spelt(typed, k.name.grade(typed, s))
	if v.Mark == Right {
		return v
	}
	if k.number != nil {
		if n := k.number.grade(s); n.Mark == Right || n.Mark > v.Mark && v.Reason != OtherName {
			return n
		}
	}
	if k.when != nil {
		if d := k.when.grade(k.lang, s); d.Mark != Wrong || d.Reason == OtherValue {
			return d
		}
	}
	return v
}

// KeyOf returns the key of a typed item as view v shows it. The right answer counts in every
// language of the pack.
func KeyOf(p *content.Pack, lex *Lexicon, it quiz.Item, v quiz.View) Key {
	k := Key{lang: v.Lang}
	field := &it.Fact.Relation.Fields[it.Field]
	switch it.Value.Type {
	case content.DateValue:
		k.sort = dateSort
		k.date = dateKey{date: it.Value.Date, yearOptional: true}
	case content.IntegerValue, content.QuantityValue, content.MoneyValue, content.DurationValue, content.OrdinalValue:
		k.sort = amountSort
		k.amount = amountOf(it, field, v)
	default:
		k.name = lex.namesOf(p, it, v)
		k.number, k.when = numberIn(it.Value.Words, v.Stem, v.Lang), dateIn(it.Value.Words, v.Lang)
	}
	return k
}

// amountOf returns the amount that an item asks for, with its equal values in other units.
func amountOf(it quiz.Item, field *content.Field, v quiz.View) amount {
	value := it.Value.Amount
	off := it.Fact.Tolerance(it.Field)
	a := amount{value: newTarget(value, it.Value.Type, off), ordinal: it.Value.Type == content.OrdinalValue}
	if field.AskUnit {
		a.asked = value.Unit
	}
	for _, list := range field.Counted {
		for _, s := range list {
			a.counted = append(a.counted, language.Normalise(s))
		}
	}
	for _, lists := range [2][]content.FieldValues{it.Fact.SameAs, it.Fact.AlsoTrue} {
		for _, fv := range lists {
			if fv.Field != it.Field {
				continue
			}
			for _, w := range fv.Values {
				a.also = append(a.also, newTarget(w.Amount, w.Type, off))
			}
		}
	}
	a.bare = bareIn(v.Lang, value)
	a.ask(v.Stem, v.Lang)
	return a
}

// dateIn returns the day that a text is when it is written with the name of its month or with an era,
// so that other ways to write it are right too; nil for any other text.
func dateIn(w *content.Words, lang language.Code) *dateKey {
	if w == nil {
		return nil
	}
	s := language.Normalise(w.Text[lang])
	if !strings.ContainsAny(s, "0123456789") || strings.Trim(s, "0123456789./-, '") == "" {
		return nil
	}
	read := language.ReadDate(lang, s)
	if len(read) != 1 || read[0].Slip || read[0].Date.Day == 0 && read[0].Date.Year >= 0 {
		return nil
	}
	return &dateKey{date: read[0].Date, yearOptional: read[0].Date.Year == 0}
}

// numberIn returns the number that a text is when it is written as a fraction, with a decimal
// mark or with a sign, so that other ways to write it are right too; nil for any other text.
func numberIn(w *content.Words, stem string, lang language.Code) *amount {
	if w == nil {
		return nil
	}
	s := language.Normalise(w.Text[lang])
	if !strings.ContainsAny(s, "0123456789") || !strings.ContainsAny(s, "/.^-%") {
		return nil
	}
	for _, r := range language.ReadAmount(s) {
		if !r.Slip {
			a := amount{value: within(r.Number, nil, exact, exact), bare: r.Number}
			if len(r.Units) > 0 {
				a.value.unit = r.Units[0]
			}
			if a.value.unit != nil && a.value.unit.Code == percent && namesUnit(language.Normalise(language.StripIsolates(stem)), a.value.unit, lang) {
				a.asked = a.value.unit
			}
			return &a
		}
	}
	return nil
}

// bareIn is the number that stands before the scale word when language c writes an amount: 70
// of 70 trillion, 489 of 489억. It is the number itself where there is no scale word.
func bareIn(c language.Code, value language.Amount) language.Decimal {
	f, ok := language.FormFor(c, []language.Amount{value})
	if !ok {
		return value.Number
	}
	return value.Number.Shift(-f.Scale).Norm()
}

// Choice grades what somebody typed to a question with options, once. Options grades many answers.
func Choice(v *quiz.View, typed string) (option int, verdict Verdict) {
	o := OptionsOf(v)
	return o.Answer(typed)
}

// fields cuts a normalised text into words.
func fields(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == ',' || r == '.' || r == '!' || r == '?' })
}
