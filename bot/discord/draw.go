package discord

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/adapter"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// Discord's limits of messages; of texts in UTF-16 code units.
const (
	titleLimit       = 256
	descriptionLimit = 4096
	embedsLimit      = 6000 // of all embeds together
	contentLimit     = 2000
	labelLimit       = 80
	rowButtons       = 5
	messageRows      = 5
	modalTitleLimit  = 45
	inputLimit       = 4000
	placeholderLimit = 100
	modalFields      = 5
)

// colors tell kinds of posts apart at a glance.
var colors = map[bot.PostKind]int{
	bot.StartPost: 0xf0b132, bot.QuestionPost: 0x5865f2, bot.RevealPost: 0x23a55a, bot.BoardPost: 0xf0b132, bot.CardPost: 0x80848e,
}

// draw draws a post. now is the moment from which an open question counts down. If the text does not fit, a
// button shows all of it, see fulltext.go, or a file holds it where there is no room for a button.
func draw(p bot.Post, now time.Time) message {
	m, complete := drawMessage(p, now, true)
	if !complete && !m.addButton(fullTextButton(p.Lang), p.Lang) {
		m, _ = drawMessage(p, now, false)
		m.attach(p.FullText())
	}
	return m
}

// private is draw for one person. A text that does not fit is in a file: a button could not find the post,
// which is not stored.
func private(p bot.Post, now time.Time) message {
	m, complete := drawMessage(p, now, false)
	if !complete {
		m.attach(p.FullText())
	}
	m.Flags = ephemeral
	return m
}

// drawMessage draws a post and reports whether its text is complete. Otherwise the last line says whether the
// rest is behind a button or in a file.
func drawMessage(p bot.Post, now time.Time, button bool) (m message, complete bool) {
	m = message{Embeds: []embed{}, Components: []component{}, Mentions: mentions{Parse: []string{}}, Attachments: []attachmentRef{}}
	if p.Kind == bot.NoticePost && p.Title == "" {
		m.Content, complete = page(p, now, contentLimit, button)
	} else {
		e := embed{Title: adapter.Directed(p.Lang, escape(p.Title)), Color: colors[p.Kind]}
		if p.Title == "" {
			e.Title = ""
		}
		for limit := titleLimit; language.Length(e.Title) > titleLimit; limit -= 16 {
			e.Title = adapter.Directed(p.Lang, escape(language.Cut(p.Title, limit)))
		}
		e.Description, complete = page(p, now, descriptionLimit, button)
		m.Embeds = append(m.Embeds, e)
	}
	m.Components = append(m.Components, buttons(p)...)
	if p.File != nil {
		m.attach(*p.File)
	}
	return m, complete
}

// altLimit is how long the words of a picture may be, in UTF-16 code units.
const altLimit = 1024

func (m *message) attach(f bot.File) {
	m.Attachments = append(m.Attachments, attachmentRef{ID: strconv.Itoa(len(m.files)), Filename: f.Name, Says: language.Cut(f.Alt, altLimit)})
	m.files = append(m.files, f)
}

// append returns one message with another above m, if one can hold both; otherwise m.
func (m message) append(above message) message {
	size := 0
	for _, e := range append(slices.Clone(above.Embeds), m.Embeds...) {
		size += language.Length(e.Title) + language.Length(e.Description)
	}
	if size > embedsLimit || len(above.files) > 0 || len(above.Components)+len(m.Components) > messageRows {
		return m
	}
	m.Embeds = append(above.Embeds, m.Embeds...)
	m.Components = append(above.Components, m.Components...)
	return m
}

// page is the text of a post below its title in at most limit UTF-16 code units. If not all of it fits,
// complete is false and the last line says where the rest is.
func page(p bot.Post, now time.Time, limit int, button bool) (text string, complete bool) {
	var note string
	l, complete := markup.Fit(p, now, limit, func() int {
		where := phrase.RestInFile
		if button {
			where = phrase.RestBehindButton
		}
		note = adapter.Directed(p.Lang, "-# "+escape(phrase.Say(p.Lang, where)))
		return language.Length(note) + 1
	})
	if complete {
		return l.String(), true
	}
	return l.String() + "\n" + note, false
}

// markup is Discord's Markdown. Titles stand above the text, in the embed.
var markup = adapter.Markup{
	Escape: escape,
	Line:   drawLine,
	Code:   fence,
	Bold:   func(text string) string { return "**" + text + "**" },
	Struck: func(text string) string { return "~~" + text + "~~" },
	Countdown: func(sign string, _ time.Duration, until time.Time) string {
		return fmt.Sprintf("%s <t:%d:R>", sign, until.Unix())
	},
	Length: language.Length,
}

func drawLine(c language.Code, l bot.Line, text string) string {
	switch {
	case l.Style == bot.Strong:
		text = "**" + text + "**"
	case l.Style == bot.Quiet:
		return "-# " + adapter.Directed(c, text)
	case l.Style == bot.Quote:
		return "> " + adapter.Directed(c, text)
	case l.Style == bot.Bullet && !c.RTL() && !l.Numbered(): // in Arabic a bullet would stand on the wrong side
		text = "• " + text
	}
	return adapter.Directed(c, text)
}

// buttons are the rows under a post: the options, if any can be chosen, then the post's own buttons.
func buttons(p bot.Post) []component {
	var lines [][]component
	if slices.ContainsFunc(p.Options, func(o bot.Option) bool { return o.Action != "" }) {
		var line []component
		for i, o := range p.Options {
			b := component{Type: buttonComponent, CustomID: o.Action, Label: language.Cut(o.Label, labelLimit), Style: primary}
			if o.Action == "" {
				b.CustomID, b.Disabled, b.Style = fmt.Sprintf("struck.%d", i), true, secondary
			}
			line = append(line, b)
		}
		lines = append(lines, line)
	}
	for _, buttons := range p.Buttons {
		var line []component
		for _, b := range buttons {
			line = append(line, component{Type: buttonComponent, CustomID: b.Action, Label: language.Cut(b.Label, labelLimit), Style: styleOf(b.Style)})
		}
		lines = append(lines, line)
	}
	times := map[string]int{}
	for _, line := range lines {
		for i := range line {
			id := line[i].CustomID
			if times[id] > 0 { // Discord demands that they differ
				line[i].CustomID += duplicateMark + strconv.Itoa(times[id])
			}
			times[id]++
		}
	}
	var out []component
	for _, row := range adapter.Rows(p.Lang, lines, rowButtons, messageRows) {
		out = append(out, component{Type: rowComponent, Components: row})
	}
	return out
}

// duplicateMark separates, in the custom id of a button, a number from an action that another button of the
// message has too. Actions do not contain it.
const duplicateMark = "#"

// actionOf is the action of a button by its custom id.
func actionOf(customID string) string {
	action, _, _ := strings.Cut(customID, duplicateMark)
	return action
}

func styleOf(s bot.ButtonStyle) int {
	switch s {
	case bot.MainButton:
		return primary
	case bot.DangerButton:
		return danger
	}
	return secondary
}

// drawForm draws a form. Nothing is escaped: forms show plain text. The submit button is Discord's own.
func drawForm(f *bot.Form) modal {
	m := modal{CustomID: f.Action, Title: language.Cut(f.Title, modalTitleLimit), Components: []component{}}
	for _, field := range f.Fields[:min(len(f.Fields), modalFields)] {
		style := 1
		if field.Long {
			style = 2
		}
		required := field.Required
		m.Components = append(m.Components, component{Type: labelComponent, Label: language.Cut(field.Label, modalTitleLimit), Component: &component{
			Type: inputComponent, CustomID: field.Name, Style: style, Placeholder: language.Cut(field.Placeholder, placeholderLimit),
			MaxLength: min(field.Max, inputLimit), Required: &required,
		}})
	}
	return m
}
