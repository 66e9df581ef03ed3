package exchange

import (
	"html"
	"regexp"
	"strings"

	"summitquiz/content/exchange/reader"
)

// converted is a text without markup.
type converted struct {
	text     string
	tags     bool
	entities bool
	media    []string
}

var (
	tag       = regexp.MustCompile(`<(/?)([A-Za-z][A-Za-z0-9]*)((?:\s[^<>]*)?)/?>|<!--[\s\S]*?-->`)
	entity    = regexp.MustCompile(`&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});`)
	soundMark = regexp.MustCompile(`\[(sound:[^\]]*|anki:[a-z]+:[^\]]*)\]`)
	imageMark = regexp.MustCompile(`!\[[^\]]*\]\([^)]*\)|(?i)https?://\S+\.(png|jpe?g|gif|webp|svg|bmp|avif)\b\S*`)
	videoMark = regexp.MustCompile(`(?i)https?://(\S*youtube\.com|youtu\.be|\S+\.(mp4|webm))\S*`)
	audioMark = regexp.MustCompile(`(?i)https?://\S+\.(mp3|ogg|wav|m4a)\b\S*`)
)

// known holds the HTML tags that texts of quizzes have; true for those that stand between lines.
var known = tagSet(
	`br p div li ul ol tr td th table tbody thead hr h1 h2 h3 h4 h5 h6 blockquote pre section article center html body dl dt dd`,
	`b i u s em strong span font a sub sup small big code tt mark del ins strike q cite kbd var abbr ruby rt rp rb img audio video source iframe
	embed object wbr label style bdi bdo nobr`)

func tagSet(blocks, inline string) map[string]bool {
	out := map[string]bool{}
	for _, name := range strings.Fields(blocks) {
		out[name] = true
	}
	for _, name := range strings.Fields(inline) {
		out[name] = false
	}
	return out
}

// alone holds the tags that mean something without a closing one.
var alone = tagSet(`br p li hr img wbr tr td th source embed dt dd`, "")

// mediaMarks are the marks of media in texts.
var mediaMarks = []struct {
	mark *regexp.Regexp
	what string
}{{soundMark, "sound"}, {videoMark, "video"}, {audioMark, "sound"}, {imageMark, "picture"}}

var mediaTags = map[string]string{"img": "picture", "audio": "sound", "video": "video", "iframe": "video", "embed": "video", "object": "picture"}

// plain turns markup to text. It reads a text once, so that "&lt;b&gt;" becomes "<b>" and stays.
func plain(s string, m reader.Markup, exact bool) converted {
	out := converted{text: s}
	if m != reader.Plain && strings.ContainsAny(s, "<&") {
		if m == reader.Entities || !strings.Contains(s, "<") {
			out.decode()
		} else {
			out.strip(m == reader.HTML)
		}
	}
	if exact {
		return out
	}
	if !strings.Contains(out.text, "[") && !strings.Contains(out.text, "://") {
		return out
	}
	for _, x := range mediaMarks {
		if x.mark.MatchString(out.text) {
			out.text = x.mark.ReplaceAllString(out.text, " ")
			out.media = append(out.media, x.what)
		}
	}
	return out
}

func (c *converted) decode() {
	plain := unescape(c.text)
	c.entities = plain != c.text
	c.text = plain
}

func unescape(s string) string {
	if !strings.Contains(s, "&") {
		return s
	}
	return entity.ReplaceAllStringFunc(s, html.UnescapeString)
}

// strip takes tags out. Unless the text is surely HTML, a tag that is not known or is not closed
// stays, as in List<T> and "What does <b> do?".
func (c *converted) strip(sure bool) {
	s := c.text
	var b strings.Builder
	pos, raised := 0, ""
	open := 0 // where the text of sub or sup begins in b
	for _, at := range tag.FindAllStringSubmatchIndex(s, -1) {
		whole := s[at[0]:at[1]]
		name := ""
		if at[4] >= 0 {
			name = strings.ToLower(s[at[4]:at[5]])
		}
		block, isKnown := known[name]
		comment := name == "" && strings.HasPrefix(whole, "<!--")
		if !comment && (!isKnown || !sure && !alone[name] && !paired(s, name)) {
			continue
		}
		b.WriteString(unescape(s[pos:at[0]]))
		pos, c.tags = at[1], true
		closing := at[3] > at[2]
		if what := mediaTags[name]; what != "" && !closing {
			c.media = append(c.media, what)
		}
		switch {
		case block:
			b.WriteByte(' ')
		case (name == "sub" || name == "sup") && !closing:
			raised, open = name, b.Len()
		case (name == "sub" || name == "sup") && raised == name:
			text := b.String()
			b.Reset()
			b.WriteString(text[:open] + scripted(text[open:], name))
			raised = ""
		case name == "rt" && !closing:
			b.WriteString(" (")
		case name == "rt":
			b.WriteString(")")
		}
	}
	rest := unescape(s[pos:])
	c.entities = !c.tags && rest != s
	b.WriteString(rest)
	c.text = b.String()
}

// paired reports whether a text opens and closes a tag.
func paired(s, name string) bool {
	low := strings.ToLower(s)
	return (strings.Contains(low, "<"+name+">") || strings.Contains(low, "<"+name+" ")) && strings.Contains(low, "</"+name+">")
}

var (
	lowered = runesFor("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
	lifted  = runesFor("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
)

func runesFor(from, to string) map[rune]rune {
	out, marks := map[rune]rune{}, []rune(to)
	for i, r := range []rune(from) {
		out[r] = marks[i]
	}
	return out
}

// scripted writes what stands in sub or sup with the characters for it, as 10³ is not 103.
func scripted(s, name string) string {
	table := lowered
	if name == "sup" {
		table = lifted
	}
	var b strings.Builder
	for _, r := range s {
		u, ok := table[r]
		if !ok {
			if name == "sup" && s != "" && strings.ContainsAny(s, "0123456789") {
				return "^" + s
			}
			return s
		}
		b.WriteRune(u)
	}
	return b.String()
}

// tagWords find a question about tags.
var tagWords = reader.PatternOf("imports", "markup-words")

// aboutMarkup reports whether a row asks about tags: it names them, or an answer or option of it
// is a tag and nothing else. Then none of its tags is markup.
func aboutMarkup(row reader.Row) bool {
	if strings.Contains(row.Question, "<") && tagWords().MatchString(strings.ToLower(row.Question)) && !strings.Contains(row.Question, "</") {
		return true
	}
	for _, list := range [][]string{row.Answers, row.Wrong} {
		for _, s := range list {
			if !strings.Contains(s, "<") {
				continue
			}
			if m := plain(s, reader.HTML, false); m.tags && len(m.media) == 0 && tidy(m.text) == "" {
				return true
			}
		}
	}
	return false
}
