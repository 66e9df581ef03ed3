package content

import (
	"bytes"
	"fmt"
	"strconv"
	"unicode/utf16"
)

// joinSurrogates rewrites what JSON writes as two escapes, "\ud83d\ude00", as the one escape
// that YAML knows, "\U0001F600". The two characters it saves are made up with spaces behind
// the string, so that everything else keeps its place. Text that is not JSON, or has no such
// pair, is returned as it is.
func joinSurrogates(data []byte) []byte {
	if t := bytes.TrimLeft(data, " \t\r\n"); len(t) == 0 || t[0] != '{' || !bytes.Contains(data, []byte(`\u`)) {
		return data
	}
	var out []byte // nil until the first pair
	from, inString, owed := 0, false, 0
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case c == '"':
			inString = !inString
			if !inString && owed > 0 {
				out = append(out, data[from:i+1]...)
				out = append(out, bytes.Repeat([]byte{' '}, owed)...)
				from, owed = i+1, 0
			}
		case c == '\\' && inString:
			if u := pairAt(data[i:]); u != 0 {
				out = append(out, data[from:i]...)
				out = fmt.Appendf(out, `\U%08X`, u)
				from, owed = i+12, owed+2
				i += 11
			} else {
				i++
			}
		}
	}
	if out == nil {
		return data
	}
	return append(out, data[from:]...)
}

// pairAt returns the character of a surrogate pair at the start of b, or 0.
func pairAt(b []byte) rune {
	if len(b) < 12 || b[0] != '\\' || b[1] != 'u' || b[6] != '\\' || b[7] != 'u' {
		return 0
	}
	high, err := strconv.ParseUint(string(b[2:6]), 16, 16)
	if err != nil {
		return 0
	}
	low, err := strconv.ParseUint(string(b[8:12]), 16, 16)
	if err != nil {
		return 0
	}
	if u := utf16.DecodeRune(rune(high), rune(low)); u != 0xFFFD {
		return u
	}
	return 0
}
