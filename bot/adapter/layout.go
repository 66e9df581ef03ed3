package adapter

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"summitquiz/bot"
	"summitquiz/content/language"
)

// Layout is the text of a post as drawn paragraphs. Paragraphs of one part stand on lines of their own;
// a blank line stands between parts.
type Layout struct {
	Body    []string // with the title, where the platform has no other place for it
	Options []string
	After   []string // below the options
	End     []string // the countdown
}

// String returns the text.
func (l Layout) String() string {
	var parts []string
	for _, part := range l.parts() {
		if len(part) > 0 {
			parts = append(parts, strings.Join(part, "\n"))
		}
	}
	return strings.Join(parts, "\n\n")
}

func (l Layout) parts() [][]string { return [][]string{l.Body, l.Options, l.After, l.End} }

// Markup writes texts in the markup of a platform. All fields are required but Title.
type Markup struct {
	Escape    func(text string) string                                      // so that no markup in a text takes effect
	Title     func(text string) string                                      // draws an escaped title; nil: titles stand elsewhere
	Line      func(c language.Code, l bot.Line, text string) string         // draws the escaped text of a line in its style, with direction
	Code      func(text string) string                                      // draws text to be copied
	Bold      func(text string) string                                      // of an escaped text
	Struck    func(text string) string                                      // of an escaped text
	Countdown func(sign string, left time.Duration, until time.Time) string // draws a countdown; "": none
	Length    func(text string) int                                         // of a drawn line, in the units of the platform's limit
}

// uncut leaves lines as long as they are.
const uncut = 1 << 20

// Fit lays out a post in at most limit units of length. If it does not fit, room for a note of reserve()
// units is left, long lines are cut first, then lines are dropped from the end, never options; complete is
// then false. now is the moment from which an open question counts down.
func (m Markup) Fit(p bot.Post, now time.Time, limit int, reserve func() int) (l Layout, complete bool) {
	if l = m.layout(p, now, uncut); m.size(l) <= limit {
		return l, true
	}
	limit -= reserve()
	for _, line := range []int{1200, 600, 300, 150} {
		if l = m.layout(p, now, line); m.size(l) <= limit {
			return l, false
		}
	}
	fixed := 0 // what is never dropped of Body
	if m.Title != nil && p.Title != "" {
		fixed = 1
	}
	for m.size(l) > limit && len(l.After)+len(l.Body) > fixed {
		from := &l.After
		if len(l.After) == 0 {
			from = &l.Body
		}
		*from = (*from)[:len(*from)-1]
	}
	return l, false
}

// size is the length of a layout as text.
func (m Markup) size(l Layout) int {
	const gap = 2 // line breaks between parts
	n := -gap
	for _, part := range l.parts() {
		if len(part) == 0 {
			continue
		}
		n += gap + len(part) - 1
		for _, line := range part {
			n += m.Length(line)
		}
	}
	return max(n, 0)
}

// layout draws the text of a post; line is the longest line in UTF-16 code units before it is drawn.
func (m Markup) layout(p bot.Post, now time.Time, line int) Layout {
	var l Layout
	if m.Title != nil && p.Title != "" {
		l.Body = []string{Directed(p.Lang, m.Title(m.Escape(language.Cut(p.Title, line))))}
	}
	l.Body = append(l.Body, m.lines(p.Lang, p.Body, line)...)
	for _, o := range p.Options {
		l.Options = append(l.Options, m.option(p.Lang, o, line))
	}
	l.After = m.lines(p.Lang, p.After, line)
	if left, until := remaining(p, now); !until.IsZero() {
		sign := "⏳"
		if p.Kind == bot.StartPost {
			sign = "▶️" // it stays: in five seconds, then five minutes ago
		}
		if text := m.Countdown(sign, left, until); text != "" {
			l.End = []string{text}
		}
	}
	return l
}

// remaining is how long an open question has left, and until when, in whole seconds as people see it;
// both zero: it has no countdown.
func remaining(p bot.Post, now time.Time) (left time.Duration, until time.Time) {
	switch {
	case !p.Until.IsZero():
		return p.Until.Sub(now).Round(time.Second), p.Until
	case p.Open > 0:
		return p.Open, now.Add(p.Open + time.Second - 1).Truncate(time.Second)
	}
	return 0, time.Time{}
}

func (m Markup) lines(c language.Code, in []bot.Line, limit int) []string {
	var out []string
	for _, l := range in {
		switch {
		case l.Text == "":
		case l.Style == bot.Code: // to be copied, so without marks of direction
			out = append(out, m.Code(language.Cut(language.StripIsolates(l.Text), limit)))
		default:
			out = append(out, m.Line(c, l, m.Escape(language.Cut(l.Text, limit))))
		}
	}
	return out
}

func (m Markup) option(c language.Code, o bot.Option, limit int) string {
	text := m.Bold(m.Escape(o.Label)) + " " + m.Escape(language.Cut(o.Text, limit))
	switch o.State {
	case bot.OptionStruck:
		text = m.Struck(text)
	case bot.OptionKey:
		text = "✅ " + text
	case bot.OptionWrong:
		text = "▫️ " + text
	}
	if o.Picks > 0 {
		text += " · " + m.Escape(cmp.Or(o.Count, strconv.Itoa(o.Picks)))
	}
	return Directed(c, text)
}

// RightToLeft is the mark before a line of a right-to-left language, so that its direction does not
// depend on a digit, an emoji or a Latin word at its beginning.
const RightToLeft = "\u200f"

// Directed puts the mark of its direction before a line, unless it begins with one.
func Directed(c language.Code, line string) string {
	if c.RTL() && !strings.HasPrefix(line, RightToLeft) {
		return RightToLeft + line
	}
	return line
}
