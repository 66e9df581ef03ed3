package exchange

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"summitquiz/content/exchange/reader"
	"summitquiz/content/language"
)

// card is a row whose texts are as players will see them.
type card struct {
	row      reader.Row
	question string
	answer   string
	accept   []string
	wrong    []string
	note     string
	options  bool // it came with options
	changes  []string
	reason   string // why it is left out after all
	hint     string
	id       string // its own, if the question alone does not name it
}

func (c *card) changed(what string) {
	if !slices.Contains(c.changes, what) {
		c.changes = append(c.changes, what)
	}
}

const (
	changedHTML     = "HTML was turned to text"
	changedEntities = "character references such as &amp; were decoded"
)

// clean turns the texts of a row into plain text, or says why the row cannot be used.
func clean(row reader.Row, encoding string) (c *card, reason, hint string) {
	if reason := damaged(row, encoding); reason != "" {
		return nil, reason, "save the file anew as UTF-8, or say --encoding"
	}
	c = &card{row: row, changes: slices.Clone(row.Changes)}
	literal := row.Markup == reader.MaybeHTML && !row.Exact && aboutMarkup(row)
	text := func(s string) (string, []string) {
		if literal {
			return tidy(s), nil
		}
		m := plain(s, row.Markup, row.Exact)
		if m.tags {
			c.changed(changedHTML)
		} else if m.entities {
			c.changed(changedEntities)
		}
		return tidy(m.text), m.media
	}
	var needs []string
	c.question, needs = text(row.Question)
	switch {
	case slices.Contains(needs, "picture"):
		return nil, "the question needs a picture (image), which a card cannot show", ""
	case slices.Contains(needs, "video"):
		return nil, "the question needs a video, which a card cannot show", ""
	case row.Media != "":
		return nil, "the question needs a " + row.Media + " (" + map[string]string{"picture": "image", "sound": "audio", "video": "media"}[row.Media] + "), which a card cannot show", ""
	case len(needs) > 0 && !hasLetters(c.question):
		return nil, "the question is a sound (audio), which a card cannot play", ""
	case len(needs) > 0:
		c.changed("a sound (audio) in the question is dropped")
	case c.question == "":
		return nil, "the row has no question", ""
	}
	for i, a := range row.Answers {
		s, media := text(a)
		switch {
		case s == "" && len(media) > 0 && i == 0:
			return nil, "the answer is a " + media[0] + " (media), which nobody can type", ""
		case len(media) > 0:
			c.changed("a " + media[0] + " in the answer is dropped")
		}
		if i == 0 {
			c.answer = s
		} else {
			c.accept = append(c.accept, s)
		}
	}
	for _, w := range row.Wrong {
		s, media := text(w)
		if s == "" && len(media) > 0 {
			return nil, "an option is a " + media[0] + " (media), which a card cannot show", ""
		}
		c.wrong = append(c.wrong, s)
	}
	c.note, _ = text(row.Note)
	if c.answer == "" && len(c.accept) > 0 {
		c.answer, c.accept = c.accept[0], c.accept[1:]
	}
	c.accept, c.wrong = c.unique(c.accept, c.answer), c.unique(c.wrong, "")
	c.options = len(c.wrong) > 0
	return c, c.impossible(), ""
}

// impossible says why a card cannot be asked.
func (c *card) impossible() string {
	switch {
	case c.answer == "":
		return "the row has no answer"
	case sheetError.MatchString(c.answer):
		return "the answer is an error of the spreadsheet, " + c.answer
	}
	for _, w := range c.wrong {
		if strings.EqualFold(w, c.answer) || slices.ContainsFunc(c.accept, func(s string) bool { return strings.EqualFold(s, w) }) {
			return "\"" + show(w) + "\" is both right and wrong"
		}
	}
	return ""
}

var sheetError = regexp.MustCompile(`^#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)$`)

// unique drops what is empty, twice, or the same as but.
func (c *card) unique(list []string, but string) []string {
	var out []string
	for _, s := range list {
		if s != "" && s != but && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// damaged says whether bytes of a row could not be read or were lost before.
func damaged(row reader.Row, encoding string) string {
	lost := false
	for _, list := range [][]string{{row.Question, row.Note}, row.Answers, row.Wrong} {
		for _, s := range list {
			if !utf8.ValidString(s) {
				return "the row holds bytes that are not in the encoding " + encoding
			}
			lost = lost || strings.ContainsRune(s, utf8.RuneError)
		}
	}
	if lost {
		return "the row holds �: a byte that is not in the encoding " + encoding + ", or a character that was lost before"
	}
	return ""
}

func hasLetters(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// tidy returns s in one line, without marks that nobody sees.
func tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\u00AD' || r == '\u200B' || r == '\uFEFF' || r == '\u2060' || r >= '\u202A' && r <= '\u202E':
			return -1
		case unicode.IsSpace(r) && r != ' ':
			return ' '
		case r < ' ' || r == 0x7F:
			return -1
		}
		return r
	}, language.StripIsolates(s))
	return strings.Join(strings.Fields(s), " ")
}

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
var known = map[string]bool{
	"br": true, "p": true, "div": true, "li": true, "ul": true, "ol": true, "tr": true, "td": true, "th": true, "table": true, "tbody": true, "thead": true, "hr": true,
	"h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true, "blockquote": true, "pre": true, "section": true, "article": true, "center": true,
	"b": false, "i": false, "u": false, "s": false, "em": false, "strong": false, "span": false, "font": false, "a": false, "sub": false, "sup": false, "small": false,
	"big": false, "code": false, "tt": false, "mark": false, "del": false, "ins": false, "strike": false, "q": false, "cite": false, "kbd": false, "var": false, "abbr": false,
	"ruby": false, "rt": false, "rp": false, "rb": false, "img": false, "audio": false, "video": false, "source": false, "iframe": false, "embed": false, "object": false,
	"html": true, "body": true, "wbr": false, "label": false, "style": false, "dl": true, "dt": true, "dd": true, "bdi": false, "bdo": false, "nobr": false,
}

// alone holds the tags that mean something without a closing one.
var alone = map[string]bool{"br": true, "p": true, "li": true, "hr": true, "img": true, "wbr": true, "tr": true, "td": true, "th": true, "source": true, "embed": true, "dt": true, "dd": true}

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
	for _, x := range []struct {
		mark *regexp.Regexp
		what string
	}{{soundMark, "sound"}, {videoMark, "video"}, {audioMark, "sound"}, {imageMark, "picture"}} {
		if (strings.Contains(out.text, "[") || strings.Contains(out.text, "://")) && x.mark.MatchString(out.text) {
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
	lowered = map[rune]rune{'0': '₀', '1': '₁', '2': '₂', '3': '₃', '4': '₄', '5': '₅', '6': '₆', '7': '₇', '8': '₈', '9': '₉', '+': '₊', '-': '₋'}
	lifted  = map[rune]rune{'0': '⁰', '1': '¹', '2': '²', '3': '³', '4': '⁴', '5': '⁵', '6': '⁶', '7': '⁷', '8': '⁸', '9': '⁹', '+': '⁺', '-': '⁻', 'n': 'ⁿ'}
)

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

var tagWords = regexp.MustCompile(`(?i)\bhtml\b|\btags?\b|\belements?\b.*<|태그|وسم|标签|標籤`)

// aboutMarkup reports whether a row asks about tags: it names them, or an answer or option of it
// is a tag and nothing else. Then none of its tags is markup.
func aboutMarkup(row reader.Row) bool {
	if strings.Contains(row.Question, "<") && tagWords.MatchString(row.Question) && !strings.Contains(row.Question, "</") {
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
