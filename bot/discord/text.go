package discord

import "strings"

// escape escapes a text for Markdown: a backslash before every ASCII punctuation character, which Discord
// does not show. Line breaks become spaces, so that a line stays one line.
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

// fence returns a text as a code block. As nothing can be escaped in one, zero-width spaces break up a fence
// inside the text.
func fence(s string) string {
	return "```\n" + strings.ReplaceAll(s, "```", "`\u200b`\u200b`") + "\n```"
}
