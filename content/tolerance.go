package content

import (
	"go.yaml.in/yaml/v4"

	"summitquiz/content/language"
)

// Tolerance is how far a typed number may be from the value and still be right: a part of the
// value, or a number in the value's own unit. Exactly one of the two is not zero.
type Tolerance struct {
	Share  language.Decimal // 0.05 for 5 %; at most maxShare
	Within language.Decimal // 10 for 10 km
}

// maxShare is the widest tolerance: half of the value. Beyond it, nearly every number is right.
var maxShare = language.Decimal{Coef: 5, Exp: -1}

var toleranceHint = say("write a part of the value, such as 5 %%, or a number in its own unit, such as 10 km")

// Tolerance returns how far a typed answer for a field of the fact may be off: as the card or
// the relation declares it, or nil.
func (f *Fact) Tolerance(field int) *Tolerance {
	if f.CardTolerance != nil && field == cardAnswer {
		return f.CardTolerance
	}
	return f.Relation.Fields[field].Tolerance
}

// tolerance reads a tolerance: of values of one type and unit. value is the one that it is
// for, or nil where a relation has many. It returns nil after reporting a problem.
func (r *valueReader) tolerance(n *yaml.Node, t Type, unit *language.Unit, value *language.Decimal) *Tolerance {
	if n == nil || n.Kind != yaml.ScalarNode || isNull(n) {
		return nil
	}
	if t != IntegerValue && t != QuantityValue && t != MoneyValue && t != DurationValue {
		r.wrong(n, say("a value of type %s has no tolerance", t), say("remove tolerance:, or make the value a number"))
		return nil
	}
	a, reason, _ := parseAmount(tidy(n.Value))
	percent := a.Unit != nil && a.Unit.Code == "percent" && a.Unit != unit
	switch {
	case reason.format != "" || !percent && a.Unit != nil && a.Unit != unit:
		r.wrong(n, say("%q is not a tolerance", show(n.Value)), toleranceHint)
		return nil
	case a.Number.Sign() <= 0:
		r.wrong(n, say("a tolerance of %s accepts nothing", show(n.Value)),
			say("write a number greater than 0, or remove tolerance: to ask for the exact value"))
		return nil
	}
	out := &Tolerance{Within: a.Number}
	wide := false
	if percent {
		out = &Tolerance{Share: a.Number.Shift(-2).Norm()}
		wide = out.Share.Cmp(maxShare) > 0
	} else if value != nil {
		half, ok := value.Mul(maxShare)
		if half.Coef < 0 {
			half.Coef = -half.Coef
		}
		wide = ok && a.Number.Cmp(half) > 0
	}
	if wide {
		r.wrong(n, say("a tolerance of %s accepts nearly every number", show(n.Value)), say("a tolerance is at most half of the value: 50 %%"))
		return nil
	}
	return out
}

func sameTolerance(a, b *Tolerance) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}
