package telegram

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// What Telegram carries, in UTF-16 code units of what people see.
const (
	textLimit       = 4096
	labelLimit      = 60 // longer ones are not readable on a telephone
	rowButtons      = 8
	messageRows     = 12
	toastLimit      = 200
	glance          = 70 // what can be read while a toast is shown; longer ones wait to be closed
	pollTextLimit   = 300
	pollOptionLimit = 100
	pollWhyLimit    = 200
)

// rightToLeft is the mark before a line of a right-to-left language, so that its direction
// does not hang on a digit, an emoji or a Latin word at its beginning. Never two: Telegram
// replaces what follows one.
const rightToLeft = "\u200f"

// escape writes a text where HTML is read. Line breaks become spaces: a line stays one. A command
// stays next to its slash, or it could not be tapped.
func escape(s string) string {
	return markup.Replace(apart.ReplaceAllString(s, "/$1"))
}

// apart is a command that an isolate holds apart from its slash.
var apart = regexp.MustCompile(`/\x{2068}([^\x{2068}\x{2069}]*)\x{2069}`)

var markup = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\n", " ", "\r", " ")

// pre writes a text that keeps its line breaks.
func pre(s string) string {
	return "<pre>" + strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s) + "</pre>"
}

// directed puts the mark of its direction before a line.
func directed(c language.Code, line string) string {
	if c.RTL() && !strings.HasPrefix(line, rightToLeft) {
		return rightToLeft + line
	}
	return line
}

var tag = regexp.MustCompile(`<[^>]*>`)

// plain is a text without its markup: what people see of it.
func plain(text string) string { return html.UnescapeString(tag.ReplaceAllString(text, "")) }

// size is the length of what people see of a text.
func size(text string) int { return language.Length(plain(text)) }

// page is the text of a post in at most textLimit UTF-16 code units. When it does not fit, long
// lines are cut first, then lines are left out from the end, never options; whole is false
// then, and the last line is the note, if there is one.
func page(p bot.Post, now time.Time, note string) (text string, whole bool) {
	s := newSheet(p, now, noCut)
	if size(s.String()) <= textLimit {
		return s.String(), true
	}
	if note == "" {
		note = "…"
	}
	note = directed(p.Lang, "<i>"+escape(note)+"</i>")
	limit := textLimit - size(note) - 2
	for _, line := range []int{1200, 600, 300, 150} {
		if s = newSheet(p, now, line); size(s.String()) <= limit {
			break
		}
	}
	for size(s.String()) > limit && len(s.after)+len(s.body) > 0 {
		from := &s.after
		if len(s.after) == 0 {
			from = &s.body
		}
		*from = (*from)[:len(*from)-1]
	}
	s.end = append(s.end, note)
	return s.String(), false
}

// noCut leaves lines as long as they are.
const noCut = 1 << 20

// sheet is the text of a post in its parts, each a list of lines.
type sheet struct{ title, body, options, after, end []string }

func newSheet(p bot.Post, now time.Time, line int) sheet {
	s := sheet{body: lines(p.Lang, p.Body, line), after: lines(p.Lang, p.After, line)}
	if p.Title != "" {
		s.title = []string{directed(p.Lang, "<b>"+escape(language.Cut(p.Title, line))+"</b>")}
	}
	for _, o := range p.Options {
		s.options = append(s.options, option(p.Lang, o, line))
	}
	if left, until := countdown(p, now); left > 0 {
		sign := "⏳"
		if p.Kind == bot.StartPost {
			sign = "▶️" // it stays: in five seconds, then five minutes ago
		}
		s.end = []string{fmt.Sprintf(`%s <tg-time unix="%d" format="r">%d:%02d</tg-time>`, sign, until.Unix(), int(left.Minutes()), int(left.Seconds())%60)}
	}
	return s
}

// String writes the parts, a blank line between them.
func (s sheet) String() string {
	var parts []string
	for _, lines := range [][]string{append(s.title, s.body...), s.options, s.after, s.end} {
		if len(lines) > 0 {
			parts = append(parts, strings.Join(lines, "\n"))
		}
	}
	return strings.Join(parts, "\n\n")
}

// countdown is how long an open question has left, and until when, in whole seconds. Clients
// that know the mark count by themselves; others show what was left when it was written.
func countdown(p bot.Post, now time.Time) (left time.Duration, until time.Time) {
	switch {
	case !p.Until.IsZero():
		return p.Until.Sub(now).Round(time.Second), p.Until
	case p.Open > 0:
		return p.Open, now.Add(p.Open + time.Second - 1).Truncate(time.Second)
	}
	return 0, time.Time{}
}

func lines(c language.Code, in []bot.Line, limit int) []string {
	var out []string
	for _, l := range in {
		if l.Text == "" {
			continue
		}
		if l.Style == bot.Code { // to be copied, so without marks of direction
			out = append(out, pre(language.Cut(language.StripIsolates(l.Text), limit)))
			continue
		}
		text := escape(language.Cut(l.Text, limit))
		switch l.Style {
		case bot.Strong:
			text = "<b>" + text + "</b>"
		case bot.Quiet:
			text = "<i>" + text + "</i>"
		case bot.Item:
			if !l.Numbered() {
				text = "• " + strings.TrimPrefix(text, rightToLeft)
			}
		}
		text = directed(c, text)
		if l.Style == bot.Quote {
			text = "<blockquote>" + text + "</blockquote>"
		}
		out = append(out, text)
	}
	return out
}

func option(c language.Code, o bot.Option, limit int) string {
	text := "<b>" + escape(o.Label) + "</b> " + escape(language.Cut(o.Text, limit))
	switch o.State {
	case bot.OptionStruck:
		text = "<s>" + text + "</s>"
	case bot.OptionKey:
		text = "✅ " + text
	case bot.OptionWrong:
		text = "▫️ " + text
	}
	if o.Picks > 0 {
		text += fmt.Sprintf(" · \u2068%d\u2069", o.Picks)
	}
	return directed(c, text)
}

// spoken is a post as one plain text, for a toast.
func spoken(p bot.Post) string {
	var parts []string
	for _, text := range append([]string{p.Title}, texts(p.Body)...) {
		if text != "" {
			parts = append(parts, text)
		}
	}
	return directed(p.Lang, strings.Join(parts, "\n"))
}

func texts(in []bot.Line) []string {
	var out []string
	for _, l := range in {
		out = append(out, l.Text)
	}
	return out
}

// restNote says where the rest of a post is.
func restNote(c language.Code) string { return phrase.Say(c, phrase.RestBelow) }
