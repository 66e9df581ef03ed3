package discord

import (
	"strings"
	"unicode/utf16"

	"summitquiz/content/language"
)

// rightToLeft is the mark before a line of a right-to-left language, so that its direction
// does not hang on a digit, an emoji or a Latin word at its beginning.
const rightToLeft = "\u200f"

// escape writes a text where Markdown is rendered: a backslash before every ASCII punctuation
// character, which Discord takes away again. Line breaks become spaces: a line stays one.
func escape(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\n' || r == '\r':
			b.WriteByte(' ')
			continue
		case r < 0x80 && r > ' ' && r != 0x7f && !('0' <= r && r <= '9') && !('A' <= r && r <= 'Z') && !('a' <= r && r <= 'z'):
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// fence writes a text as a code block, in which nothing can be escaped: a fence inside is
// broken up by zero-width spaces.
func fence(s string) string {
	return "```\n" + strings.ReplaceAll(s, "```", "`\u200b`\u200b`") + "\n```"
}

// directed puts the mark of its direction before a line.
func directed(c language.Code, line string) string {
	if c.RTL() && !strings.HasPrefix(line, rightToLeft) {
		return rightToLeft + line
	}
	return line
}

// units is the length of s in UTF-16 code units, the strictest way to count Discord's limits.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// cut returns s in at most limit UTF-16 code units, ended by an ellipsis at a word's end where
// one is near. An isolate that the cut left open is closed.
func cut(s string, limit int) string {
	if units(s) <= limit {
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
