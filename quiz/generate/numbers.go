package generate

import (
	"slices"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
)

// Wrong numbers stand beside the key as a person who half remembers would place them. The
// rank of the key is drawn first, from the ranks that its bounds allow alike; then numbers
// are built upwards and downwards from it. All have the exponent and the significant digits
// of the key, so that none is rounder than another.

// ladder is where wrong numbers may stand: whole steps of 10^exp from low to high.
type ladder struct {
	low, high int64
	count     bool                      // neighbours differ by a few, not by a factor
	grain     int64                     // counts: what they are multiples of
	precise   int                       // dates: 1 for years, 2 for months, 3 for days; else 0
	day       func(int64) language.Date // dates: the date of a step
	widest    int64                     // dates: the farthest neighbour
	exp       int32
	unit      *language.Unit
	last      int32
}

// Neighbouring amounts differ by a factor of at least 1.15 and, where that leaves room, at
// most 1.6: so they satisfy the bounds of counts too. The outer bound is 3.
const (
	nearest  = 115
	usual    = 160
	farthest = 300
)

func (d *drawing) drawNumbers() {
	l, at, ok := d.ladder()
	if !ok || d.fact.Relation.Fields[d.field].Truth == content.Open {
		dice := newDice(d.sub, forNumbers)
		d.declaredNumbers(&dice)
		return
	}
	declared := d.declaredSteps(&l)
	for want := d.want; want >= min(d.want, 2); want-- {
		least, most := l.ranks(at, want)
		if least > most {
			continue
		}
		// The rank stands before anything else is drawn, so that what fails later does not
		// favour another one. Only where it never succeeds do the others get a turn, in drawn
		// order: a key between two that would be centred is as often the least as the greatest.
		var buf [4]int
		order := buf[:0]
		for r := least; r <= most; r++ {
			order = append(order, r)
		}
		dice := newDice(d.sub, forRank)
		dice.shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, rank := range order {
			for round := range uint64(tries) {
				try := *d
				dice := newDice(d.sub, forNumbers+round<<8)
				if try.assemble(&l, at, rank, want, &dice, declared) {
					*d = try
					return
				}
			}
		}
	}
	dice := newDice(d.sub, forNumbers)
	d.declaredNumbers(&dice)
}

// tries is how often numbers are drawn for one rank.
const tries = 32

// ranks returns the least and the greatest rank that the key can have among want others: how
// many of them lie below it.
func (l *ladder) ranks(at int64, want int) (least, most int) {
	return want - l.room(at, want, 1), l.room(at, want, -1)
}

// assemble makes one try at a full set with the key at a rank.
func (d *drawing) assemble(l *ladder, at int64, rank, want int, dice *dice, declared []int64) bool {
	var buf [4]int64
	steps := l.climb(buf[:0], at, rank, -1, dice, declared)
	steps = l.climb(steps, at, want-rank, 1, dice, declared)
	if len(steps) < want || centred(at, steps) {
		return false
	}
	for _, s := range steps {
		if !d.takeNumber(l.value(s, d.key.Type), origin(s, declared)) {
			return false
		}
	}
	return d.written()
}

func origin(step int64, declared []int64) quiz.Origin {
	if slices.Contains(declared, step) {
		return quiz.OriginDeclared
	}
	return quiz.OriginNumber
}

// ladder returns the steps on which the key stands, and its own.
func (d *drawing) ladder() (l ladder, at int64, ok bool) {
	if d.key.Type == content.DateValue {
		return d.calendar()
	}
	n := d.key.Amount.Number.Norm()
	if n.Coef <= 0 {
		return l, 0, false
	}
	l = ladder{exp: n.Exp, unit: d.key.Amount.Unit, last: d.key.Amount.LastDigit, low: 1, grain: 1}
	ten := int64(1)
	for ten <= n.Coef/10 {
		ten *= 10
	}
	if ten > 1e14 {
		return l, 0, false // more digits than anybody remembers, and than the sums below hold
	}
	whole := n.Exp >= 0
	size := int64(1 << 40)
	if v, fits := n.Int(); fits {
		size = v
	}
	switch t := d.key.Type; {
	case whole && (t == content.OrdinalValue && size < 1e9 || t == content.DurationValue && size < 1000 || t == content.IntegerValue && size < 100):
		l.count, l.exp, l.high, at = true, 0, size*4+9, size
		if size%10 == 0 && size >= 30 {
			l.grain = 10
		}
	default:
		l.low, l.high, at = ten, 10*ten-1, n.Coef
		if ten > 1 { // a digit less or more, so that what is near a power of ten can stand at every rank too
			l.low, l.high = ten/10, 100*ten-1
		}
	}
	field := &d.fact.Relation.Fields[d.field]
	if field.Min != nil {
		l.low = max(l.low, stepAt(*field.Min, l.exp, true))
	}
	if field.Max != nil {
		l.high = min(l.high, stepAt(*field.Max, l.exp, false))
	}
	if l.unit != nil && l.unit.Code == "percent" {
		l.high = min(l.high, stepAt(language.Whole(100), l.exp, false))
	}
	return l, at, l.low <= at && at <= l.high
}

// stepAt returns the step of 10^exp at n, rounded up or down.
func stepAt(n language.Decimal, exp int32, up bool) int64 {
	n = n.Norm()
	const most = int64(1) << 60
	step := n.Coef
	for e := n.Exp; e > exp && step != 0; e-- {
		if step > most/10 {
			return most
		} else if step < -most/10 {
			return -most
		}
		step *= 10
	}
	for e := n.Exp; e < exp && step != 0; e++ {
		rest := step % 10
		step /= 10
		if up && rest > 0 {
			step++
		} else if !up && rest < 0 {
			step--
		}
	}
	return step
}

// next returns the nearest and farthest neighbour of step x in a direction: near > far means
// that there is none.
func (l *ladder) next(x, way int64) (near, far int64) {
	switch {
	case l.precise > 0:
		near, far = x+way, x+way*l.widest
	case l.count:
		reach := max(3, min(x*3/10, 12))
		if l.grain > 1 {
			if reach = l.grain; x*6/10 >= 2*l.grain {
				reach = 2 * l.grain
			}
		}
		near, far = x+way*l.grain, x+way*reach
	case way > 0:
		near, far = (x*nearest+99)/100, x*usual/100
		if far < near+way { // of one digit: without a choice the key would be the middle of two
			far = x * farthest / 100
		}
	default:
		near, far = x*100/nearest, (x*100+usual-1)/usual
		if far > near+way {
			far = (x*100 + farthest - 1) / farthest
		}
	}
	if way > 0 {
		return near, min(far, l.high)
	}
	return near, max(far, l.low)
}

// good reports whether a step is as round as the key.
func (l *ladder) good(x, key int64) bool {
	switch {
	case l.precise > 0:
		return true
	case l.count && l.grain > 1:
		return x%l.grain == 0
	case l.count:
		return x%10 != 0 || key%10 == 0
	}
	return x%10 != 0
}

// room returns how many steps, at most want, fit beside x in a direction.
func (l *ladder) room(x int64, want int, way int64) int {
	key := x
	for n := range want {
		near, far := l.next(x, way)
		for !l.good(near, key) && (far-near)*way > 0 {
			near += way
		}
		if (far-near)*way < 0 || !l.good(near, key) {
			return n
		}
		x = near
	}
	return want
}

// climb appends n steps from x in a direction, each at a drawn distance that leaves room for
// the rest; a declared number goes first where it fits.
func (l *ladder) climb(steps []int64, x int64, n int, way int64, dice *dice, declared []int64) []int64 {
	key := x
	for left := n - 1; left >= 0; left-- {
		near, far := l.next(x, way)
		for (far-near)*way > 0 && l.room(far, left, way) < left {
			far -= way * max(1, (far-near)*way/8)
		}
		width := (far - near) * way
		if width < 0 || l.room(far, left, way) < left {
			return steps
		}
		pick, found := int64(0), false
		for _, s := range declared {
			// Not always: two declared numbers may stand alike on both sides of the key.
			if (s-near)*way >= 0 && (far-s)*way >= 0 && l.good(s, key) && !slices.Contains(steps, s) && dice.below(3) > 0 {
				pick, found = s, true
				break
			}
		}
		for range 6 {
			if found {
				break
			}
			pick = near + way*dice.between(0, width)
			found = l.good(pick, key)
		}
		if !found {
			return steps
		}
		steps = append(steps, pick)
		x = pick
	}
	return steps
}

// centred reports whether the key lies in the middle of two others, by difference or by
// ratio: a pattern that tells.
func centred(key int64, steps []int64) bool {
	for i, a := range steps {
		for _, b := range steps[:i] {
			if a-key == key-b {
				// Counts stand so near each other that only equal neighbours tell.
				return true
			}
			if hi, lo := wideMul(a, b); key > 0 && a > 0 && b > 0 {
				if khi, klo := wideMul(key, key); hi == khi && lo == klo {
					return true
				}
			}
		}
	}
	return false
}

func (l *ladder) value(step int64, t content.Type) content.Value {
	if l.precise > 0 {
		return content.Value{Type: t, Date: l.day(step)}
	}
	n := language.Decimal{Coef: step, Exp: l.exp}.Norm()
	return content.Value{Type: t, Amount: language.Amount{Number: n, Unit: l.unit, LastDigit: min(l.last, n.Exp)}}
}

// takeNumber adds a number that is known to be false.
func (d *drawing) takeNumber(v content.Value, from quiz.Origin) bool {
	if d.n >= d.want || v.Equal(d.key) || d.bare || !d.g.pack.False(d.fact, d.field, v) || d.repeats(&v) {
		return false
	}
	d.false++
	for _, c := range d.chosen[:d.n] {
		if c.value.Equal(v) {
			return false
		}
	}
	d.chosen[d.n] = candidate{value: v, origin: from}
	d.n++
	return true
}

// repeats reports whether a number stands elsewhere in the fact.
func (d *drawing) repeats(v *content.Value) bool {
	for _, vs := range d.fact.Values {
		for k := range vs {
			if vs[k].Type == v.Type && v.Equal(vs[k]) {
				return true
			}
		}
	}
	return false
}

// written reports whether key and others have one form in every language.
func (d *drawing) written() bool {
	if d.stated || d.key.Type == content.DateValue || d.key.Type == content.OrdinalValue {
		return true
	}
	var buf [4]language.Amount
	all := append(buf[:0], d.key.Amount)
	for _, c := range d.chosen[:d.n] {
		all = append(all, c.value.Amount)
	}
	for _, c := range d.g.languages {
		if _, ok := language.FormFor(c, all); !ok {
			return false
		}
	}
	return true
}

// declaredSteps returns the declared wrong numbers that stand on the ladder.
func (d *drawing) declaredSteps(l *ladder) []int64 {
	var out []int64
	for _, not := range d.fact.Not {
		if not.Field != d.field {
			continue
		}
		for _, v := range not.Values {
			if s, ok := l.step(&v); ok && s >= l.low && s <= l.high {
				out = append(out, s)
			}
		}
	}
	return out
}

func (l *ladder) step(v *content.Value) (int64, bool) {
	if l.precise > 0 {
		return dateStep(v.Date, l)
	}
	n := v.Amount.Number.Norm()
	if v.Amount.Unit != l.unit || n.Exp < l.exp {
		return 0, false
	}
	return stepAt(n, l.exp, false), n.Coef > 0 && n.Exp-l.exp < 18
}

// declaredNumbers takes declared numbers alone: the truth is open, or the key stands on no
// ladder. They need one form and no equal neighbours.
func (d *drawing) declaredNumbers(dice *dice) {
	for _, not := range d.fact.Not {
		if not.Field != d.field {
			continue
		}
		order := make([]int, len(not.Values))
		for i := range order {
			order[i] = i
		}
		dice.shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			v := not.Values[i]
			if v.Amount.Unit != d.key.Amount.Unit || precision(v.Date) != precision(d.key.Date) ||
				!d.fact.Card && !sameDigits(v.Amount.Number, d.key.Amount.Number) {
				d.odd++
				continue
			}
			// The numbers of a card stand as its author gives them, each written in its own form.
			if d.takeNumber(v, quiz.OriginDeclared) && !d.fact.Card && !d.written() {
				d.n--
				d.odd++
			}
		}
	}
}

// sameDigits reports whether two numbers are equally round.
func sameDigits(a, b language.Decimal) bool {
	a, b = a.Norm(), b.Norm()
	if a.Exp == 0 && b.Exp == 0 && a.Coef < 100 && b.Coef < 100 {
		return true
	}
	return a.Exp == b.Exp && digits(a.Coef) == digits(b.Coef)
}

func digits(n int64) int {
	count := 1
	for ; n >= 10 || n <= -10; n /= 10 {
		count++
	}
	return count
}
