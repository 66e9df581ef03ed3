package telegram

import (
	"cmp"
	"fmt"
	"html"
	"regexp"
	"strings"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/adapter"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// Telegram's limits of texts, in UTF-16 code units without markup.
const (
	textLimit       = 4096
	labelLimit      = 60 // longer labels are cut off on phones
	rowButtons      = 8
	messageRows     = 12
	toastLimit      = 200
	glanceLimit     = 70 // longer toasts have to be closed, so that there is time to read them
	pollTextLimit   = 300
	pollOptionLimit = 100
	pollWhyLimit    = 200
)

// escape escapes a text for HTML. Line breaks become spaces, so that a line stays one line.
func escape(s string) string { return entities.Replace(s) }

var entities = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\n", " ", "\r", " ")

// pre returns a text that keeps its line breaks.
func pre(s string) string {
	return "<pre>" + strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s) + "</pre>"
}

var tag = regexp.MustCompile(`<[^>]*>`)

// stripMarkup returns the text that people see, without markup.
func stripMarkup(text string) string { return html.UnescapeString(tag.ReplaceAllString(text, "")) }

// visibleLength is the length of the text that people see.
func visibleLength(text string) int { return language.Length(stripMarkup(text)) }

// page is the text of a post in at most textLimit UTF-16 code units. If not all of it fits, complete is
// false and the note, if there is one, is the last line.
func page(p bot.Post, now time.Time, note string) (text string, complete bool) {
	l, complete := markup.Fit(p, now, textLimit, func() int {
		note = adapter.Directed(p.Lang, "<i>"+escape(cmp.Or(note, "…"))+"</i>")
		return visibleLength(note) + 2
	})
	if !complete {
		l.End = append(l.End, note)
	}
	return l.String(), complete
}

// markup is Telegram's subset of HTML.
var markup = adapter.Markup{
	Escape: escape,
	Title:  bold,
	Line:   drawLine,
	Code:   pre,
	Bold:   bold,
	Struck: func(text string) string { return "<s>" + text + "</s>" },
	// Clients that know tg-time count by themselves; others show the time that was left when it was drawn.
	Countdown: func(sign string, left time.Duration, until time.Time) string {
		if left <= 0 {
			return ""
		}
		return fmt.Sprintf(`%s <tg-time unix="%d" format="r">%d:%02d</tg-time>`, sign, until.Unix(), int(left.Minutes()), int(left.Seconds())%60)
	},
	Length: visibleLength,
}

func bold(text string) string { return "<b>" + text + "</b>" }

func drawLine(c language.Code, l bot.Line, text string) string {
	switch l.Style {
	case bot.Strong:
		text = bold(text)
	case bot.Quiet:
		text = "<i>" + text + "</i>"
	case bot.Bullet:
		if !l.Numbered() {
			text = "• " + strings.TrimPrefix(text, adapter.RightToLeft)
		}
	}
	text = adapter.Directed(c, text)
	if l.Style == bot.Quote {
		text = "<blockquote>" + text + "</blockquote>"
	}
	return text
}

// toastText returns a post as one plain text, for a toast.
func toastText(p bot.Post) string {
	var parts []string
	for _, text := range append(append([]string{p.Title}, texts(p.Body)...), texts(p.After)...) {
		if text != "" {
			parts = append(parts, text)
		}
	}
	return adapter.Directed(p.Lang, strings.Join(parts, "\n"))
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
