package language

// counting adds up the atoms of a number in English or Arabic from left to right. A number is
// a sum of groups, each a small number with a scale, the scales falling: two million three
// hundred thousand and five.
type counting struct {
	total   Decimal // of the groups that are complete
	last    int64   // decimal exponent of the last scale; 64 at first
	group   Decimal // of the group that is being read
	begun   bool    // the group has a number
	room    int64   // the group takes only numbers below this: 100 after hundreds, 10 after tens
	scaled  bool    // the group has a scale
	exp     int64   // its decimal exponent so far: of ألف مليار, 12
	bare    Decimal // of the first group, before its scale
	any     bool
	slip    bool
	point   int  // digits after a decimal point so far, plus one; 0: no point
	broken  bool // the scales do not fall, or the sum has too many digits
	halved  bool // ونصف came after the scale
	scaling bool // some scale word was there
	groups  int
}

// take adds the i-th atom and returns false where no reader would put it.
func (c *counting) take(atoms []atom, i int) bool {
	a := &atoms[i]
	c.slip = c.slip || a.slip
	next := func() numeralKind {
		if i+1 < len(atoms) {
			return atoms[i+1].kind
		}
		return noNumeral
	}
	if a.and && c.scaled && a.kind != halfWord && a.kind != quarterWord {
		c.close()
	}
	if c.point > 0 && a.kind != scaleWord && a.kind != scaleMany && a.kind != andWord {
		return c.fraction(a)
	}
	switch a.kind {
	case digits:
		if c.scaled {
			c.close()
		}
		if c.begun {
			return false
		}
		c.group, c.begun, c.room = a.number, true, 0
		return true
	case oneWord:
		switch k := next(); {
		case k == halfWord || k == quarterWord:
			return true
		case k != hundredWord && k != scaleWord && k != groupWord:
			return false
		case c.begun:
			return c.group.Exp < 0 // half a million
		}
		return c.small(1, 0)
	case unitWordN:
		if a.value == 0 {
			if c.begun || c.any {
				return false
			}
			c.group, c.begun, c.room = Decimal{}, true, 0
			return true
		}
		return c.small(a.value, 0)
	case teenWord:
		return c.small(a.value, 0)
	case tenPart: // أحد عشر, خمسة عشر; alone it is ten
		if c.begun && c.room == 0 && c.group.Coef > 0 && c.group.Exp == 0 && c.group.Coef%100 < 10 {
			c.group.Coef += 10
			return true
		}
		return c.small(10, 0)
	case tensWord:
		if a.and && c.begun && c.room == 0 { // خمسة وعشرون: the unit came first
			if n, ok := c.group.Int(); ok && n%10 != 0 && n%100 < 10 {
				sum, _ := add(c.group, Whole(a.value))
				c.group = sum
				return true
			}
			return false
		}
		return c.small(a.value, 10)
	case hundredWord:
		if c.scaled {
			c.close()
		}
		if c.begun {
			n, ok := c.group.Int()
			if !ok || n > 99 || n == 0 { // "twelve hundred" as well
				return false
			}
			c.group = Whole(n * 100)
		} else {
			c.group = Whole(100)
		}
		c.begun, c.room = true, 100
		return true
	case hundreds:
		return c.small(a.value, 100)
	case scaleWord, scaleMany:
		return c.scale(a)
	case groupWord:
		return c.times(a.value)
	case scalePair:
		if c.scaled {
			c.close()
		}
		if c.begun {
			return false
		}
		c.group, c.begun = Whole(2), true
		return c.scale(&atom{numeral: numeral{scaleWord, a.value}})
	case halfWord, quarterWord:
		return c.part(a, next(), a.and || i > 0 && (atoms[i-1].kind == andWord || atoms[i-1].kind == oneWord))
	case pointWord:
		if !c.begun || c.scaled || c.point > 0 {
			return false
		}
		c.point = 1
		return true
	case andWord:
		if c.scaled && next() != halfWord && next() != quarterWord && next() != oneWord {
			c.close()
		}
		return (c.any || c.begun) && i+1 < len(atoms)
	}
	return false
}

// small adds a number below 1000 to the group; room is what may still follow it.
func (c *counting) small(n, room int64) bool {
	if c.scaled {
		c.close()
	}
	if c.begun && (c.room == 0 || n >= c.room) {
		return false
	}
	sum, ok := add(c.group, Whole(n))
	c.group, c.begun, c.room = sum, true, room
	return ok
}

// times multiplies the group: two dozen; a dozen, dozen.
func (c *counting) times(n int64) bool {
	if c.scaled {
		return false
	}
	if !c.begun {
		c.group, c.begun = Whole(1), true
	}
	product, ok := c.group.Mul(Whole(n))
	c.group, c.room = product, 0
	return ok
}

// scale gives the group a scale. A scale after a scale multiplies: ألف مليار.
func (c *counting) scale(a *atom) bool {
	exp := a.value
	if !c.begun {
		if a.kind == scaleMany {
			return false // millions of what?
		}
		c.group, c.begun = Whole(1), true
	}
	if c.halved && c.exp == exp {
		return true // مليون ونصف المليون
	}
	if c.scaled && c.exp >= exp && c.exp != 3 {
		return false
	}
	c.exp += exp
	c.scaled, c.scaling, c.point = true, true, 0
	return c.exp <= 30
}

// close ends a group.
func (c *counting) close() {
	if c.groups == 0 {
		c.bare = c.group
	}
	if c.exp >= c.last {
		c.broken = true
	}
	sum, ok := add(c.total, Decimal{c.group.Coef, c.group.Exp + int32(c.exp)}.Norm())
	if !ok {
		c.broken = true
	}
	c.total, c.last, c.any = sum, c.exp, true
	c.groups++
	c.group, c.begun, c.room, c.scaled, c.exp, c.point, c.halved = Decimal{}, false, 0, false, 0, 0, false
}

// fraction adds a digit after the decimal point.
func (c *counting) fraction(a *atom) bool {
	n := a.value
	switch a.kind {
	case unitWordN:
	case digits:
		w, ok := a.number.Int()
		if !ok || w > 9 {
			return false
		}
		n = w
	default:
		return false
	}
	sum, ok := add(c.group, Decimal{n, -int32(c.point)})
	c.group = sum
	c.point++
	return ok && c.point < 9
}

// part is a half or a quarter: of the scale that follows, or of the scale before. joined says
// that an "and" joins it to what is before: one and a half, but not one half.
func (c *counting) part(a *atom, next numeralKind, joined bool) bool {
	share := Decimal{5, -1}
	if a.kind == quarterWord {
		share = Decimal{25, -2}
	}
	switch {
	case c.scaled: // مليون ونصف, two million and a half
		sum, ok := add(c.group, share)
		c.group, c.halved = sum, true
		return ok
	case c.begun: // one and a half million
		if joined && (c.room == 0 || c.room == 10) {
			sum, ok := add(c.group, share)
			c.group, c.room = sum, 0
			return ok
		}
		return false
	default:
		c.group, c.begun = share, true
		return next == scaleWord || next == groupWord || next == oneWord || next == noNumeral
	}
}

// end returns what was read.
func (c *counting) end() (Reading, bool) {
	if !c.begun && !c.any || c.point == 1 {
		return Reading{}, false
	}
	scaled := c.scaling
	if c.begun {
		c.close()
	}
	if c.broken {
		return Reading{}, false
	}
	r := Reading{Number: c.total, Bare: c.bare, Scaled: scaled, Slip: c.slip}
	return r, true
}

// ScaleWithoutNumber reports whether a normalised word names a scale in the plural, which says
// nothing without a number: millions, مليارات.
func ScaleWithoutNumber(word string) bool {
	return arabicWords().words[word].kind == scaleMany || englishWords().words[word].kind == scaleMany
}
