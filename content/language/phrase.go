package language

import "strings"

// listWords join the items of a list.
type listWords struct {
	comma, two, last string    // between items, between two, before the last of three and more
	prefix           string    // joined to every item after the first
	pair             *particle // of two: a Korean particle before the text of two
}

func readList(f *dataFile) listWords {
	w := listWords{comma: f.required("list", "comma"), two: f.required("list", "two"), last: f.required("list", "last"), prefix: f.text("list", "prefix")}
	if inner, ok := strings.CutPrefix(w.two, "{"); ok {
		pair, after, _ := strings.Cut(inner, "}")
		p, hint, ok := parseParticle(pair)
		if !ok {
			f.fail(f.lineOf("list"), "two: {%s} is no Korean particle (%s)", pair, hint)
		}
		w.pair, w.two = &p, after
	}
	return w
}

// AppendList appends items joined as the language joins a list with "and": "A, B and C",
// أ وب وج, "A와 B", "A, B, C", "甲、乙和丙".
func AppendList(dst []byte, c Code, items []string) []byte {
	return c.Language().AppendList(dst, items)
}

// AppendList is the function AppendList in this language.
func (l *Language) AppendList(dst []byte, items []string) []byte {
	for i, s := range items {
		dst = l.appendJoin(dst, i, len(items))
		if i > 0 {
			dst = append(dst, l.list.prefix...)
		}
		dst = append(dst, s...)
	}
	return dst
}

// appendJoin appends what stands before item i of n, without the prefix of the item. In Korean
// it reads the end of dst to choose 와 or 과.
func (l *Language) appendJoin(dst []byte, i, n int) []byte {
	w := &l.list
	switch {
	case i == 0:
		return dst
	case n == 2:
		if w.pair != nil {
			dst = appendParticle(dst, w.pair)
		}
		return append(dst, w.two...)
	case i == n-1:
		return append(dst, w.last...)
	}
	return append(dst, w.comma...)
}

// Quoted returns s in the quotation marks of language c. Marks that already enclose it are
// replaced, and the same marks inside it become the inner ones.
func Quoted(c Code, s string) string {
	return string(c.Language().appendQuoted(nil, s, Style{Plain: true}))
}

func (l *Language) appendQuoted(dst []byte, s string, st Style) []byte {
	q := &l.quotes
	dst = append(dst, q[0]...)
	if !st.Plain {
		dst = append(dst, fsi...)
	}
	s = unquoted(s)
	if strings.Contains(s, q[0]) || strings.Contains(s, q[1]) {
		s = strings.NewReplacer(q[0], q[2], q[1], q[3]).Replace(s)
	}
	dst = l.appendDigits(dst, s, st)
	if !st.Plain {
		dst = append(dst, pdi...)
	}
	return append(dst, q[1]...)
}

// unquoted drops one pair of marks that encloses all of s.
func unquoted(s string) string {
	for _, q := range [...][2]string{{"“", "”"}, {"«", "»"}, {`"`, `"`}, {"「", "」"}} {
		if inner, ok := strings.CutPrefix(s, q[0]); ok {
			if inner, ok = strings.CutSuffix(inner, q[1]); ok && !strings.Contains(inner, q[0]) && !strings.Contains(inner, q[1]) {
				return inner
			}
		}
	}
	return s
}

// Labels returns the labels of the first n options, at most ten: أ ب ج د, A B C D, ① ② ③ ④.
// Korean uses ring numbers, as its examinations do: they cannot be taken for part of a number.
func Labels(c Code, n int) []string {
	all := c.Language().labels
	return all[:min(max(n, 0), len(all)):len(all)]
}

// Blank returns what stands for the missing words of a cloze.
func Blank(Code) string { return blank }

const blank = "____"

// True returns the language's word for a statement that holds.
func True(c Code) string { return c.Language().truth[0] }

// False returns the language's word for a statement that does not hold.
func False(c Code) string { return c.Language().truth[1] }
