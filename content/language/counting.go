package language

// counting adds up the atoms of an English or Arabic number from left to right. A number is a
// sum of groups, each a small number times a scale, in falling order of scale: two million three
// hundred thousand and five.
type counting struct {
	total   Decimal // of the groups that are complete
	last    int64   // decimal exponent of the last scale; 64 at first
	group   Decimal // of the group that is being read
	begun   bool    // the group holds a number
	limit   int64   // the group takes only numbers below this: 100 after hundreds, 10 after tens
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

// place is where an atom stands in a number.
type place struct {
	*atom
	next   numeralKind // of the atom after it
	last   bool        // none follows
	joined bool        // an "and" or an article joins it to what is before
}

// steps are what each kind of atom does to a number. A step returns false where no reader would
// put the atom.
var steps = [...]func(*counting, *place) bool{
	noNumeral:   func(*counting, *place) bool { return false },
	digits:      (*counting).takeDigits,
	oneWord:     (*counting).takeArticle,
	unitWordN:   (*counting).takeUnit,
	teenWord:    func(c *counting, p *place) bool { return c.small(p.value, 0) },
	tenPart:     (*counting).takeTenPart,
	tensWord:    (*counting).takeTens,
	hundredWord: (*counting).takeHundred,
	hundreds:    func(c *counting, p *place) bool { return c.small(p.value, 100) },
	scaleWord:   (*counting).takeScale,
	scaleMany:   (*counting).takeScale,
	scalePair:   (*counting).takePair,
	groupWord:   (*counting).takeGroup,
	halfWord:    (*counting).takePart,
	quarterWord: (*counting).takePart,
	pointWord:   (*counting).takePoint,
	andWord:     (*counting).takeAnd,
	ohWord:      func(*counting, *place) bool { return false },
}

// take adds the i-th atom and returns false where no reader would put it.
func (c *counting) take(atoms []atom, i int) bool {
	p := place{atom: &atoms[i], last: i+1 == len(atoms)}
	if !p.last {
		p.next = atoms[i+1].kind
	}
	p.joined = p.and || i > 0 && (atoms[i-1].kind == andWord || atoms[i-1].kind == oneWord)
	c.slip = c.slip || p.slip
	part := p.kind == halfWord || p.kind == quarterWord
	if p.and && c.scaled && !part {
		c.close()
	}
	if c.point > 0 && p.kind != scaleWord && p.kind != scaleMany && p.kind != andWord {
		return c.fraction(p.atom)
	}
	return steps[p.kind](c, &p)
}

func (c *counting) takeDigits(p *place) bool {
	if c.scaled {
		c.close()
	}
	if c.begun {
		return false
	}
	c.group, c.begun, c.limit = p.number, true, 0
	return true
}

// takeArticle takes the "a" of a hundred and half a million.
func (c *counting) takeArticle(p *place) bool {
	switch p.next {
	case halfWord, quarterWord:
		return true
	case hundredWord, scaleWord, groupWord:
		if c.begun {
			return c.group.Exp < 0 // half a million
		}
		return c.small(1, 0)
	}
	return false
}

func (c *counting) takeUnit(p *place) bool {
	if p.value != 0 {
		return c.small(p.value, 0)
	}
	if c.begun || c.any {
		return false
	}
	c.group, c.begun, c.limit = Decimal{}, true, 0
	return true
}

// takeTenPart takes the second word of أحد عشر; alone it is ten.
func (c *counting) takeTenPart(*place) bool {
	if c.begun && c.limit == 0 && c.group.Coef > 0 && c.group.Exp == 0 && c.group.Coef%100 < 10 {
		c.group.Coef += 10
		return true
	}
	return c.small(10, 0)
}

// takeTens takes tens, also after their unit: خمسة وعشرون.
func (c *counting) takeTens(p *place) bool {
	if !p.and || !c.begun || c.limit != 0 {
		return c.small(p.value, 10)
	}
	n, ok := c.group.Int()
	if !ok || n%10 == 0 || n%100 >= 10 {
		return false
	}
	c.group, ok = add(c.group, Whole(p.value))
	return ok
}

func (c *counting) takeHundred(*place) bool {
	if c.scaled {
		c.close()
	}
	n := int64(1)
	if c.begun {
		var ok bool
		if n, ok = c.group.Int(); !ok || n > 99 || n == 0 { // "twelve hundred" as well
			return false
		}
	}
	c.group, c.begun, c.limit = Whole(n*100), true, 100
	return true
}

// takePair takes two of a scale in one word: مليونان.
func (c *counting) takePair(p *place) bool {
	if c.scaled {
		c.close()
	}
	if c.begun {
		return false
	}
	c.group, c.begun = Whole(2), true
	return c.scale(p.value)
}

func (c *counting) takePoint(*place) bool {
	if c.scaled || c.point > 0 || c.any {
		return false
	}
	c.begun, c.point = true, 1 // "point five" is 0.5
	return true
}

func (c *counting) takeAnd(p *place) bool {
	if c.scaled && p.next != halfWord && p.next != quarterWord && p.next != oneWord {
		c.close()
	}
	return (c.any || c.begun) && !p.last
}

// small adds a number below 1000 to the group; only a number below limit may follow it.
func (c *counting) small(n, limit int64) bool {
	if c.scaled {
		c.close()
	}
	if c.begun && (c.limit == 0 || n >= c.limit) {
		return false
	}
	sum, ok := add(c.group, Whole(n))
	c.group, c.begun, c.limit = sum, true, limit
	return ok
}

// takeGroup multiplies the group: two dozen; a dozen, dozen.
func (c *counting) takeGroup(p *place) bool {
	if c.scaled {
		return false
	}
	if !c.begun {
		c.group, c.begun = Whole(1), true
	}
	product, ok := c.group.Mul(Whole(p.value))
	c.group, c.limit = product, 0
	return ok
}

func (c *counting) takeScale(p *place) bool {
	if !c.begun {
		if p.kind == scaleMany {
			return false // millions of what?
		}
		c.group, c.begun = Whole(1), true
	}
	return c.scale(p.value)
}

// scale gives the group a scale. A scale after a scale multiplies: ألف مليار.
func (c *counting) scale(exp int64) bool {
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
	c.group, c.begun, c.limit, c.scaled, c.exp, c.point, c.halved = Decimal{}, false, 0, false, 0, 0, false
}

// fraction adds a digit after the decimal point.
func (c *counting) fraction(a *atom) bool {
	n := a.value
	switch a.kind {
	case unitWordN, ohWord:
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

// takePart takes a half or a quarter: of the scale that follows, of the scale before, or after a
// number that "and" joins it to: one and a half, but not one half.
func (c *counting) takePart(p *place) bool {
	share := Decimal{5, -1}
	if p.kind == quarterWord {
		share = Decimal{25, -2}
	}
	switch {
	case c.scaled: // مليون ونصف, two million and a half
		sum, ok := add(c.group, share)
		c.group, c.halved = sum, true
		return ok
	case c.begun: // one and a half million
		if p.joined && (c.limit == 0 || c.limit == 10) {
			sum, ok := add(c.group, share)
			c.group, c.limit = sum, 0
			return ok
		}
		return false
	default:
		c.group, c.begun = share, true
		return p.next == scaleWord || p.next == groupWord || p.next == oneWord || p.last
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
