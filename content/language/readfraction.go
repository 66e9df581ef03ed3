package language

import "strings"

// part is a word for a part of one: half, third, ثلثان.
type part struct {
	of    int64 // into how many one is divided: 2 for a half
	many  int64 // how many of these parts the word means: 2 for ثلثان
	alone bool  // it needs no number before it: half, ثلث, 절반
}

// readPartNames reads the words for parts of one, normalised. English ordinals are read as well.
func readPartNames(f *dataFile, names map[string]part) {
	f.numbered("parts", func(of int64, text string) {
		rows := append(list(text), "", "")
		for i, p := range []part{{of, 1, true}, {of, 1, false}, {of, 2, true}} {
			for _, w := range spellings(rows[i]) {
				names[w] = p
			}
		}
	})
}

// cutJoint takes a word for "and" from the beginning of s.
func cutJoint(s string) (string, bool) {
	for _, j := range readers().words.joints {
		if rest, ok := strings.CutPrefix(s, strings.TrimLeft(j, " ")); ok {
			return strings.TrimLeft(rest, " "), true
		}
	}
	return s, false
}

// readFraction reads a number with parts of one, in digits or words: 1/2, 1 1/2, two thirds,
// ثلاثة أرباع, 2분의 1, 一又二分之一. A quotient without end is rounded; see Ratio.
func readFraction(s string) (Decimal, bool) {
	if i := strings.IndexByte(s, '/'); i > 0 {
		return readSlash(s[:i], s[i+1:])
	}
	words := &readers().words
	if before, after, ok := cutAny(s, words.over); ok {
		if d, ok := mixed("", before, after); ok {
			return d, true
		}
	}
	if before, ok := cutAnySuffix(s, words.andHalf); ok {
		return mixedParts(before, 1, 2)
	}
	if before, after, ok := cutAny(s, words.divide); ok {
		whole, of, _ := cutAny(before, words.joints)
		return mixed(whole, after, of)
	}
	return readParts(s)
}

// IsFraction reports whether a normalised text is a number written as parts of one: 1/2, a half, ثلث,
// 이분의 일. A number with decimals is none.
func IsFraction(s string) bool {
	if len(s) > longestAmount {
		return false
	}
	_, ok := readFraction(s)
	return ok
}

// readSlash reads what stands on both sides of a slash: 1/2, 1 1/2, 1-1/2, 1/2 million.
func readSlash(left, right string) (Decimal, bool) {
	left, right = strings.TrimRight(left, " "), strings.TrimLeft(right, " ")
	at := len(left)
	for at > 0 && digit(left[at-1]) {
		at--
	}
	end := 0
	for digitAt(right, end) {
		end++
	}
	if at == len(left) || end == 0 || len(left)-at > 9 || end > 9 {
		return Decimal{}, false
	}
	whole := strings.TrimRight(left[:at], " ")
	if whole != "" && whole == left[:at] && whole[len(whole)-1] != '-' {
		return Decimal{}, false // 1.1/2
	}
	whole = strings.TrimRight(whole, "-")
	for _, joint := range readers().words.joints {
		whole = strings.TrimSuffix(whole, strings.TrimRight(joint, " "))
	}
	d, ok := mixed(whole, left[at:], right[:end])
	if rest := strings.TrimLeft(right[end:], " "); ok && rest != "" {
		scale, fits := readNumerals("1 " + rest)
		if !fits || !scale.Scaled {
			return Decimal{}, false
		}
		return d.Mul(scale.Number)
	}
	return d, ok
}

// mixed returns whole + many/of.
func mixed(whole, many, of string) (Decimal, bool) {
	n, ok1 := wholeNumber(many)
	m, ok2 := wholeNumber(of)
	w, ok3 := int64(0), true
	if whole != "" {
		w, ok3 = wholeNumber(whole)
	}
	if !ok1 || !ok2 || !ok3 || m == 0 {
		return Decimal{}, false
	}
	return Ratio(Whole(w*m+n), Whole(m))
}

// mixedParts returns whole + many/of.
func mixedParts(whole string, many, of int64) (Decimal, bool) {
	w, ok := wholeNumber(whole)
	if !ok {
		return Decimal{}, false
	}
	return Ratio(Whole(w*of+many), Whole(of))
}

// wholeNumber reads a whole number from 0 to 999,999,999.
func wholeNumber(s string) (int64, bool) {
	r, ok := readPlainNumber(s)
	if !ok || r.Slip {
		return 0, false
	}
	n, ok := r.Number.Int()
	return n, ok && n >= 0 && n <= 999_999_999
}

// readPlainNumber reads digits or numerals, but no fraction and no power, so that readers do
// not call each other without end.
func readPlainNumber(s string) (Reading, bool) {
	if s = strings.Trim(s, " "); s == "" {
		return Reading{}, false
	}
	if d, size := readDigits(s); size == len(s) {
		return Reading{Number: d, Bare: d}, true
	}
	return readNumerals(s)
}

// readParts reads a fraction that names its parts.
func readParts(s string) (Decimal, bool) {
	words := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '-' })
	if len(words) == 0 || len(words) > 12 {
		return Decimal{}, false
	}
	p, and, ok := partNamed(words[len(words)-1])
	if !ok {
		return Decimal{}, false
	}
	head := words[:len(words)-1]
	if and {
		if len(head) == 0 {
			return Decimal{}, false
		}
		return partAfter(head, nil, p)
	}
	for i := len(head) - 1; i > 0; i-- {
		if head[i] == "and" {
			return partAfter(head[:i], head[i+1:], p)
		}
		if rest, ok := strings.CutPrefix(head[i], "و"); ok && arabicWords().words[head[i]].kind == noNumeral {
			return partAfter(head[:i], append([]string{rest}, head[i+1:]...), p)
		}
	}
	return partAfter(nil, head, p)
}

// partAfter returns a whole number and many times a part. An article, or nothing where the
// part may stand alone, is one time.
func partAfter(whole, many []string, p part) (Decimal, bool) {
	n, w, ok := int64(1), int64(0), true
	switch {
	case len(many) == 0:
		ok = p.alone
	case len(many) > 1 || many[0] != "a" && many[0] != "an":
		n, ok = wholeNumber(strings.Join(many, " "))
	}
	if ok && len(whole) > 0 {
		w, ok = wholeNumber(strings.Join(whole, " "))
	}
	if !ok {
		return Decimal{}, false
	}
	return Ratio(Whole(w*p.of+n*p.many), Whole(p.of))
}

// partNamed returns the part that a word names, and whether a و is joined to it.
func partNamed(word string) (p part, and, ok bool) {
	if p, ok := readers().parts[word]; ok {
		return p, false, true
	}
	if p, ok := readers().parts[strings.TrimPrefix(word, "ال")]; ok {
		return p, false, true
	}
	if rest, is := strings.CutPrefix(word, "و"); is {
		if p, ok := readers().parts[rest]; ok {
			return p, true, true
		}
	}
	if n := readers().englishOrdinals[strings.TrimSuffix(word, "s")]; n > 2 {
		return part{n, 1, false}, false, true
	}
	return part{}, false, false
}
