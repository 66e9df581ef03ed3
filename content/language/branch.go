package language

import (
	"slices"
	"strconv"
	"strings"
)

// features are the keys of a select; unit codes are the others.
var features = []string{"m", "f", "p", "day", "month", "year", "other"}

// branches reads the branches of a plural or select up to its closing brace.
func (p *parser) branches(open, depth, arg int, isPlural bool, outer int) *SyntaxError {
	self := len(p.m.ops)
	kind := opSelect
	number := outer
	if isPlural {
		kind, number = opPlural, arg
	}
	p.m.ops = append(p.m.ops, op{kind: kind, arg: int32(arg)})
	var cases []branch
	var jumps []int
	for {
		key, at := p.word("{}, \t\r\n")
		for p.pos < p.end && space(p.src[p.pos]) {
			p.pos++
		}
		switch {
		case p.pos >= p.end:
			return p.fail(open, "a placeholder is not closed", "add }")
		case p.src[p.pos] == '}' && key == "":
			p.pos++
			return p.finish(open, self, cases, jumps)
		case p.src[p.pos] != '{' || key == "":
			return p.fail(at, "a branch needs a key and its text in braces", "write other {…}")
		}
		b, err := p.key(key, at, isPlural, cases)
		if err != nil {
			return err
		}
		b.start = int32(len(p.m.ops))
		inner := p.pos
		p.pos++
		if err := p.body(depth+1, number); err != nil {
			return err
		}
		if p.pos >= p.end {
			return p.fail(inner, "a branch is not closed", "add }")
		}
		p.pos++
		cases = append(cases, b)
		jumps = append(jumps, len(p.m.ops))
		p.m.ops = append(p.m.ops, op{kind: opJump})
	}
}

// finish points every branch to the op after the last one.
func (p *parser) finish(open, self int, cases []branch, jumps []int) *SyntaxError {
	if !slices.ContainsFunc(cases, func(b branch) bool { return b.key == "other" }) {
		return p.fail(open, "the branch \"other\" is missing", "add other {…}")
	}
	for _, j := range jumps {
		p.m.ops[j].arg = int32(len(p.m.ops))
	}
	p.m.ops[self].from = int32(len(p.m.cases))
	p.m.cases = append(p.m.cases, cases...)
	p.m.ops[self].to = int32(len(p.m.cases))
	return nil
}

// key reads the key of a branch and checks that it can ever be chosen.
func (p *parser) key(key string, at int, isPlural bool, before []branch) (branch, *SyntaxError) {
	b := branch{key: key}
	if digits, ok := strings.CutPrefix(key, "="); ok {
		if b.number, ok = ParseDecimal(digits); !ok || !isPlural {
			return b, p.fail(at, "unknown key "+strconv.Quote(key), "a plural takes =0, =1 and so on")
		}
		b.exact = true
	}
	switch {
	case slices.ContainsFunc(before, func(o branch) bool { return o.key == key }):
		return b, p.fail(at, "the branch "+strconv.Quote(key)+" stands twice", "remove one")
	case b.exact:
		return b, nil
	case isPlural && !slices.Contains(p.m.lang.categories, key):
		known := p.m.lang.categories
		hint := or(DidYouMean(key, known), "categories of "+p.m.lang.String()+" are "+strings.Join(known, ", ")+"; =N matches one number")
		return b, p.fail(at, "the plural category "+strconv.Quote(key)+" never occurs in this language", hint)
	case !isPlural && !slices.Contains(features, key):
		u := UnitNamed(key)
		if u == nil {
			hint := or(DidYouMean(key, features), "keys are m, f, p, day, month, year, unit codes and other")
			return b, p.fail(at, "unknown key "+strconv.Quote(key)+" of a select", hint)
		}
		b.key = u.Code
	}
	return b, nil
}

// choose returns the op at which the message goes on for this argument.
func (m *Message) choose(o *op, a *Arg) int32 {
	cases := m.cases[o.from:o.to]
	keys := [2]string{}
	if o.kind == opPlural {
		n := a.count()
		for i := range cases {
			if cases[i].exact && cases[i].number.Cmp(n) == 0 {
				return cases[i].start
			}
		}
		places := 0
		if a.Form != nil && a.Form.Scale == 0 {
			places = a.Form.Decimals
		}
		if n.Coef < 0 {
			n.Coef = -n.Coef
		}
		keys[0] = categoryNames[m.lang.category(n, places)]
	} else {
		keys = a.features()
	}
	other := cases[0].start
	for _, k := range keys {
		for i := range cases {
			switch {
			case cases[i].exact:
			case cases[i].key == k:
				return cases[i].start
			case cases[i].key == "other":
				other = cases[i].start
			}
		}
	}
	return other
}

// count is the number that a plural looks at: how many, for a list.
func (a *Arg) count() Decimal {
	if a.Kind == Several {
		return Whole(int64(len(a.List)))
	}
	return a.Amount.Number
}

// features are the keys that a select looks for, the most telling first.
func (a *Arg) features() (keys [2]string) {
	kind := a.Kind
	if kind == Gap && a.Date != (Date{}) {
		kind = Day // the sentence around the gap still reads "on ____" for a day
	}
	switch kind {
	case Number:
		if a.Amount.Unit != nil {
			keys[0] = a.Amount.Unit.Code
		}
	case Day:
		switch {
		case a.Date.Day != 0:
			keys[0] = "day"
		case a.Date.Month != 0:
			keys[0] = "month"
		default:
			keys[0] = "year"
		}
	case Several:
		if len(a.List) == 1 {
			return a.List[0].features()
		}
		keys[0] = "p"
	default:
		keys = [2]string{"m", ""}
		if a.Gender == Feminine {
			keys[0] = "f"
		}
		if a.Plural {
			keys = [2]string{"p", keys[0]}
		}
	}
	return keys
}
