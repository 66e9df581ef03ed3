package discord

import (
	"strings"

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
