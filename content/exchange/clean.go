package exchange

import (
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
	literal  bool // its tags are what it asks about
	changes  []string
	reason   string // why it is left out after all
	hint     string
	also     []*card // the same in other languages
	id       string  // its own, if the question alone does not name it
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
	c.literal = row.Markup == reader.MaybeHTML && !row.Exact && aboutMarkup(row)
	if reason := c.cleanQuestion(); reason != "" {
		return nil, reason, ""
	}
	if reason := c.cleanAnswers(); reason != "" {
		return nil, reason, ""
	}
	c.note, _ = c.text(row.Note)
	if c.answer == "" && len(c.accept) > 0 {
		c.answer, c.accept = c.accept[0], c.accept[1:]
	}
	c.accept, c.wrong = c.unique(c.accept, c.answer), c.unique(c.wrong, "")
	c.spreadsheetTruth()
	c.options = len(c.wrong) > 0
	return c, c.impossible(), ""
}

// spreadsheetTruth writes the two values that spreadsheets have in capitals as players read them.
func (c *card) spreadsheetTruth() {
	plain := map[string]string{"TRUE": "True", "FALSE": "False"}
	word, other := plain[c.answer], ""
	if len(c.wrong) == 1 {
		other = plain[c.wrong[0]]
	}
	if word == "" || c.row.Exact || len(c.accept) > 0 || len(c.wrong) > 0 && other == "" {
		return
	}
	if c.answer = word; other != "" {
		c.wrong[0] = other
	}
}

// text turns a text of the row into plain text and returns the media in it.
func (c *card) text(s string) (string, []string) {
	if c.literal {
		return tidy(s), nil
	}
	m := plain(s, c.row.Markup, c.row.Exact)
	if m.tags {
		c.changed(changedHTML)
	} else if m.entities {
		c.changed(changedEntities)
	}
	return tidy(m.text), m.media
}

// mediaWords are the other words by which people know media.
var mediaWords = map[string]string{"picture": "image", "sound": "audio", "video": "media"}

func (c *card) cleanQuestion() (reason string) {
	var needs []string
	c.question, needs = c.text(c.row.Question)
	if c.row.Media != "" {
		needs = append(needs, c.row.Media+" beside it")
	}
	for _, what := range needs {
		kind, beside, _ := strings.Cut(what, " ")
		if kind != "sound" || beside != "" {
			return "the question needs a " + kind + " (" + mediaWords[kind] + "), which a card cannot show"
		}
	}
	switch {
	case len(needs) > 0 && !hasLetters(c.question):
		return "the question is a sound (audio), which a card cannot play"
	case len(needs) > 0:
		c.changed("a sound (audio) in the question is dropped")
	case c.question == "":
		return "the row has no question"
	}
	return ""
}

func (c *card) cleanAnswers() (reason string) {
	for i, a := range c.row.Answers {
		s, media := c.text(a)
		switch {
		case s == "" && len(media) > 0 && i == 0:
			return "the answer is a " + media[0] + " (media), which nobody can type"
		case len(media) > 0:
			c.changed("a " + media[0] + " in the answer is dropped")
		}
		if i == 0 {
			c.answer = s
		} else {
			c.accept = append(c.accept, s)
		}
	}
	for _, w := range c.row.Wrong {
		s, media := c.text(w)
		if s == "" && len(media) > 0 {
			return "an option is a " + media[0] + " (media), which a card cannot show"
		}
		c.wrong = append(c.wrong, s)
	}
	return ""
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
			if strings.ContainsRune(s, 0) {
				return "the row holds a zero byte (NUL)"
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
