package language

import (
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// Letters returns how many letters a reader sees in s: grapheme clusters, without isolates
// and direction marks. Text of composed letters is counted without looking up its clusters.
func Letters(s string) int {
	n := 0
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			if s[i] < ' ' { // CR LF is one letter
				return uniseg.GraphemeClusterCount(StripIsolates(s))
			}
			n++
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case standsAlone(r):
			n++
		case r == 0x2068 || r == 0x2069 || r == 0x200E || r == 0x200F:
		default:
			return uniseg.GraphemeClusterCount(StripIsolates(s))
		}
		i += size
	}
	return n
}

// standsAlone reports whether r begins a cluster and joins nothing, as letters of the four
// languages do in their usual, composed form.
func standsAlone(r rune) bool {
	switch {
	case r >= 0xC0 && r <= 0x24F, // accented Latin
		r >= 0x0621 && r <= 0x064A, r >= 0x0660 && r <= 0x066D, // Arabic without harakat
		r >= 0x4E00 && r <= 0x9FFF,
		r >= 0x3001 && r <= 0x3015,
		r >= 0xFF01 && r <= 0xFF60:
		return true
	case r == 0xB2 || r == 0xB3 || r == 0xB0 || r == 0xAB || r == 0xBB || r == 0x060C || r == 0x061B || r == 0x061F:
		return true
	case r >= 0x2010 && r <= 0x2026:
		return true
	case r >= 0xAC00 && r <= 0xD7A3:
		return true
	}
	return false
}
