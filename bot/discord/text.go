package discord

import "strings"

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
