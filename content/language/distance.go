package language

// Distance returns the optimal string alignment distance of a and b: how many insertions,
// deletions, substitutions and swaps of neighbours make one of the other, no place touched
// twice. It gives up and returns limit+1 as soon as more than limit are needed.
func Distance(a, b []rune, limit int) int {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > limit {
		return limit + 1
	}
	if len(a) == 0 {
		return len(b)
	}
	var space [3 * 64]int
	rows := space[:]
	if n := len(b) + 1; n > 64 {
		rows = make([]int, 3*n)
	}
	n := len(rows) / 3
	before, last, row := rows[:n], rows[n:2*n], rows[2*n:]
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := range a {
		row[0] = i + 1
		least := row[0]
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			d := min(last[j+1]+1, row[j]+1, last[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				d = min(d, before[j-1]+1)
			}
			row[j+1] = d
			least = min(least, d)
		}
		if least > limit {
			return limit + 1
		}
		before, last, row = last, row, before
	}
	return min(last[len(b)], limit+1)
}

// Jamo returns the letters of s: Hangul syllables come apart into their jamo, everything else
// is itself.
func Jamo(s string) []rune {
	out := make([]rune, 0, len(s))
	for _, r := range s {
		if r < 0xAC00 || r > 0xD7A3 {
			out = append(out, r)
			continue
		}
		i := r - 0xAC00
		out = append(out, 0x1100+i/588, 0x1161+i%588/28)
		if tail := i % 28; tail > 0 {
			out = append(out, 0x11A7+tail)
		}
	}
	return out
}
