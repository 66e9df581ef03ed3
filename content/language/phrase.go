package language

import "strings"

// AppendList appends items joined as the language joins a list with "and": "A, B and C",
// أ وب وج, "A와 B", "A, B, C", "甲、乙和丙".
func AppendList(dst []byte, c Code, items []string) []byte {
	for i, s := range items {
		dst = appendJoin(dst, c, i, len(items))
		dst = append(dst, s...)
	}
	return dst
}

// appendJoin appends what stands before item i of n. In Korean it reads the end of dst to
// choose 와 or 과. Arabic sets its و directly before the item.
func appendJoin(dst []byte, c Code, i, n int) []byte {
	if i == 0 {
		return dst
	}
	last := i == n-1
	switch c {
	case Arabic:
		return append(dst, " و"...)
	case English:
		if last {
			return append(dst, " and "...)
		}
	case Korean:
		if n == 2 {
			return append(appendParticle(dst, &andParticle), ' ')
		}
	case Chinese:
		if last {
			return append(dst, "和"...)
		}
		return append(dst, "、"...)
	}
	return append(dst, ", "...)
}

// Quotation marks of each language: outer, then those for a quotation within.
var quotes = [Count][4]string{
	Arabic:  {"«", "»", "“", "”"},
	English: {"“", "”", "‘", "’"},
	Korean:  {"“", "”", "‘", "’"},
	Chinese: {"“", "”", "‘", "’"},
}

// Quoted returns s in the quotation marks of language c. Marks that already enclose it are
// replaced, and the same marks inside it become the inner ones.
func Quoted(c Code, s string) string {
	return string(appendQuoted(nil, c, s, Style{Plain: true}))
}

func appendQuoted(dst []byte, c Code, s string, st Style) []byte {
	q := &quotes[c]
	dst = append(dst, q[0]...)
	if !st.Plain {
		dst = append(dst, fsi...)
	}
	s = unquoted(s)
	if strings.Contains(s, q[0]) || strings.Contains(s, q[1]) {
		s = strings.NewReplacer(q[0], q[2], q[1], q[3]).Replace(s)
	}
	dst = appendDigits(dst, c, s, st)
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

var labels = [Count]string{
	Arabic: "أ ب ج د هـ و ز ح ط ي", English: "A B C D E F G H I J",
	Korean: "① ② ③ ④ ⑤ ⑥ ⑦ ⑧ ⑨ ⑩", Chinese: "A B C D E F G H I J",
}

// Labels returns the labels of the first n options, at most ten: أ ب ج د, A B C D, ① ② ③ ④.
// Korean uses ring numbers, as its examinations do: they cannot be taken for part of a number.
func Labels(c Code, n int) []string {
	all := strings.Fields(labels[c])
	return all[:min(max(n, 0), len(all)):len(all)]
}

// Blank returns what stands for the missing words of a cloze.
func Blank(Code) string { return blank }

const blank = "____"

// True returns the language's word for a statement that holds.
func True(c Code) string { return [Count]string{"صحيح", "True", "참", "正确"}[c] }

// False returns the language's word for a statement that does not hold.
func False(c Code) string { return [Count]string{"خطأ", "False", "거짓", "错误"}[c] }
