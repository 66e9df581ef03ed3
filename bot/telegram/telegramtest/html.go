package telegramtest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Entity is a part of a text with a meaning; offset and length are UTF-16 code units.
type Entity struct {
	Type   string `json:"type"`
	Offset int    `json:"offset"`
	Length int    `json:"length"`
	URL    string `json:"url,omitempty"`
}

// tags are the tags that Telegram knows, and the entities they make.
var tags = map[string]string{
	"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline", "s": "strikethrough", "strike": "strikethrough",
	"del": "strikethrough", "tg-spoiler": "spoiler", "span": "spoiler", "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote",
	"tg-emoji": "custom_emoji", "tg-time": "date_time",
}

// names are the entities of HTML that Telegram knows by name.
var names = map[string]rune{"lt": '<', "gt": '>', "amp": '&', "quot": '"'}

// marked is a text being read.
type marked struct {
	src  string
	at   int
	text strings.Builder
	open []opened
	done []Entity
	odd  string // what Telegram lets pass, but nobody means
}

type opened struct {
	tag   string
	url   string
	begin int // in UTF-16

}

// parseHTML reads a text with tags as Telegram does. refusal is what Telegram has against it;
// odd tells of what Telegram lets pass and nobody can have meant.
func parseHTML(src string) (text string, entities []Entity, refusal, odd string) {
	m := &marked{src: src}
	length := 0
	for m.at < len(src) {
		switch src[m.at] {
		case '&':
			r := m.entity()
			m.text.WriteRune(r)
			length += utf16.RuneLen(r)
		case '<':
			if refusal := m.tag(length); refusal != "" {
				return "", nil, "can't parse entities: " + refusal, ""
			}
		default:
			r, size := utf8.DecodeRuneInString(src[m.at:])
			m.text.WriteRune(r)
			m.at += size
			length += utf16.RuneLen(r)
		}
	}
	if len(m.open) > 0 {
		return "", nil, fmt.Sprintf("can't parse entities: Can't find end tag corresponding to start tag %q", m.open[len(m.open)-1].tag), ""
	}
	slices.SortStableFunc(m.done, func(a, b Entity) int {
		if a.Offset != b.Offset {
			return a.Offset - b.Offset
		}
		return b.Length - a.Length
	})
	return m.text.String(), m.done, "", m.odd
}

// entity reads what begins with an ampersand; what is no entity stays as it is.
func (m *marked) entity() rune {
	rest := m.src[m.at+1:]
	end := strings.IndexFunc(rest, func(r rune) bool {
		return r != '#' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	})
	if end < 0 {
		end = len(rest)
	}
	name := rest[:end]
	r, known := names[name]
	if digits, numeric := strings.CutPrefix(name, "#"); numeric {
		base := 10
		if hex, isHex := strings.CutPrefix(strings.ToLower(digits), "x"); isHex {
			digits, base = hex, 16
		}
		n, err := strconv.ParseInt(digits, base, 32)
		r, known = rune(n), err == nil && n > 0 && utf8.ValidRune(rune(n))
	}
	if !known {
		m.odd = fmt.Sprintf("the ampersand at byte %d begins no entity", m.at)
		m.at++
		return '&'
	}
	m.at += 1 + end
	if m.at < len(m.src) && m.src[m.at] == ';' {
		m.at++
	} else {
		m.odd = "an entity of HTML has no semicolon"
	}
	return r
}

func space(b byte) bool { return b == ' ' || b == '\t' || b == '\n' || b == '\r' }

// word reads up to what ends a word.
func (m *marked) word(end string) string {
	begin := m.at
	for m.at < len(m.src) && !space(m.src[m.at]) && !strings.ContainsRune(end, rune(m.src[m.at])) {
		m.at++
	}
	return strings.ToLower(m.src[begin:m.at])
}

// skip skips white space and reports whether anything is left.
func (m *marked) skip() bool {
	for m.at < len(m.src) && space(m.src[m.at]) {
		m.at++
	}
	return m.at < len(m.src)
}

// tag reads a tag, and returns what Telegram has against it.
func (m *marked) tag(length int) string {
	begin := m.at
	m.at++
	if m.at < len(m.src) && m.src[m.at] == '/' {
		m.at++
		name := m.word(">")
		if !m.skip() || m.src[m.at] != '>' {
			return fmt.Sprintf("Unclosed end tag at byte offset %d", begin)
		}
		m.at++
		if len(m.open) == 0 {
			return fmt.Sprintf("Unexpected end tag at byte offset %d", begin)
		}
		o := m.open[len(m.open)-1]
		if name != "" && name != o.tag {
			return fmt.Sprintf("Unmatched end tag at byte offset %d, expected \"</%s>\", found \"</%s>\"", begin, o.tag, name)
		}
		m.open = m.open[:len(m.open)-1]
		if length > o.begin {
			m.done = append(m.done, Entity{Type: tags[o.tag], Offset: o.begin, Length: length - o.begin, URL: o.url})
		}
		return ""
	}
	name := m.word(">")
	if m.at == len(m.src) {
		return fmt.Sprintf("Unclosed start tag at byte offset %d", begin)
	}
	if tags[name] == "" {
		return fmt.Sprintf("Unsupported start tag %q at byte offset %d", name, begin)
	}
	attributes, refusal := m.attributes(name, begin)
	if refusal != "" {
		return refusal
	}
	if name == "span" && attributes["class"] != "tg-spoiler" {
		return fmt.Sprintf("Tag \"span\" must have class \"tg-spoiler\" at byte offset %d", begin)
	}
	if name == "blockquote" && slices.ContainsFunc(m.open, func(o opened) bool { return o.tag == name }) {
		m.odd = "blockquotes do not nest"
	}
	m.open = append(m.open, opened{tag: name, url: attributes["href"], begin: length})
	return ""
}

// attributes reads up to the end of a tag.
func (m *marked) attributes(tag string, begin int) (map[string]string, string) {
	out := map[string]string{}
	unclosed := fmt.Sprintf("Unclosed start tag at byte offset %d", begin)
	for {
		if !m.skip() {
			return nil, unclosed
		}
		if m.src[m.at] == '>' {
			m.at++
			return out, ""
		}
		name := m.word("=>")
		if name == "" {
			return nil, fmt.Sprintf("Empty attribute name in the tag %q at byte offset %d", tag, begin)
		}
		if !m.skip() {
			return nil, unclosed
		}
		if m.src[m.at] != '=' {
			out[name] = ""
			continue
		}
		m.at++
		if !m.skip() {
			return nil, unclosed
		}
		if q := m.src[m.at]; q == '"' || q == '\'' {
			end := strings.IndexByte(m.src[m.at+1:], q)
			if end < 0 {
				return nil, unclosed
			}
			out[name] = m.src[m.at+1 : m.at+1+end]
			m.at += end + 2
			continue
		}
		out[name] = m.word(">")
	}
}

// clean is what Telegram keeps of a text: without control characters, without the older marks
// of direction, which it removes, and without white space at its ends.
func clean(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\r', r >= 0x2028 && r <= 0x202e:
			return -1
		case r < ' ' && r != '\n':
			return ' '
		}
		return r
	}, text)
	return strings.TrimSpace(text)
}

func units(s string) int { return len(utf16.Encode([]rune(s))) }
