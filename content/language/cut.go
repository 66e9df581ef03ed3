package language

import (
	"strings"
	"unicode/utf16"
)

// Length is the length of s in UTF-16 code units, in which chat platforms count.
func Length(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// Cut returns s in at most limit UTF-16 code units, ended by an ellipsis at a word's end where
// one is near. An isolate that the cut left open is closed.
func Cut(s string, limit int) string {
	if Length(s) <= limit {
		return s
	}
	const opened, closed = '\u2068', '\u2069'
	n, end, open := 0, 0, 0
	space, spaceOpen := 0, 0
	for i, r := range s {
		size := utf16.RuneLen(r)
		closing := open
		if r == opened {
			closing++
		}
		if n+size+closing+1 > limit { // 1 for the ellipsis
			break
		}
		switch r {
		case opened:
			open++
		case closed:
			open = max(0, open-1)
		case ' ':
			space, spaceOpen = i, open
		}
		n += size
		end = i + len(string(r))
	}
	if space > end*2/3 {
		end, open = space, spaceOpen
	}
	return strings.TrimRight(s[:end], " ") + "…" + strings.Repeat(string(closed), open)
}
