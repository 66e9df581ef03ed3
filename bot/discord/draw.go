package discord

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// What Discord carries, in UTF-16 code units where it is text.
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
	modalParts       = 5
)

// colors tell kinds of posts apart at a glance.
var colors = map[bot.PostKind]int{
	bot.StartPost: 0xf0b132, bot.QuestionPost: 0x5865f2, bot.RevealPost: 0x23a55a, bot.BoardPost: 0xf0b132, bot.CardPost: 0x80848e,
}

// draw gives a post its form. now is the moment from which an open question counts down. What
// does not fit is behind a button, see whole.go; where there is no room for one, in a file.
func draw(p bot.Post, now time.Time) message {
	m, whole := layOut(p, now, true)
	if !whole && !m.add(restButton(p.Lang), p.Lang) {
		m, _ = layOut(p, now, false)
		m.attach(p.Whole())
	}
	return m
}

// private is draw for one person. What does not fit is in a file: nobody could find the post
// again by which a button would have to look it up.
func private(p bot.Post, now time.Time) message {
	m, whole := layOut(p, now, false)
	if !whole {
		m.attach(p.Whole())
	}
	m.Flags = ephemeral
	return m
}

// layOut gives a post its form, and reports whether all of its text fits. A text that does not
// says so at its end: whether the rest is behind the button or in a file.
func layOut(p bot.Post, now time.Time, button bool) (m message, whole bool) {
	m = message{Embeds: []embed{}, Components: []part{}, Mentions: mentions{Parse: []string{}}, Attached: []attached{}}
	if p.Kind == bot.NoticePost && p.Title == "" {
		m.Content, whole = page(p, now, contentLimit, button)
	} else {
		e := embed{Title: directed(p.Lang, escape(p.Title)), Color: colors[p.Kind]}
		if p.Title == "" {
			e.Title = ""
		}
		for limit := titleLimit; language.Length(e.Title) > titleLimit; limit -= 16 {
			e.Title = directed(p.Lang, escape(language.Cut(p.Title, limit)))
		}
		e.Description, whole = page(p, now, descriptionLimit, button)
		m.Embeds = append(m.Embeds, e)
	}
	m.Components = append(m.Components, buttons(p)...)
	if p.File != nil {
		m.attach(*p.File)
	}
	return m, whole
}

func (m *message) attach(f bot.File) {
	m.Attached = append(m.Attached, attached{ID: strconv.Itoa(len(m.files)), Filename: f.Name})
	m.files = append(m.files, f)
}

// below returns m with another message above it in one, if one can hold both; else m.
func (m message) below(above message) message {
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

// page is the text of a post below its title in at most limit UTF-16 code units. When it does
// not fit, long lines are cut first, then lines are left out from the end, never options; whole
// is false then, and the last line says where the rest is.
func page(p bot.Post, now time.Time, limit int, button bool) (text string, whole bool) {
	s := newSheet(p, now, noCut)
	if s.size() <= limit {
		return s.String(), true
	}
	where := phrase.RestInFile
	if button {
		where = phrase.RestBehindButton
	}
	note := directed(p.Lang, "-# "+escape(phrase.Say(p.Lang, where)))
	limit -= language.Length(note) + 1
	for _, line := range []int{1200, 600, 300, 150} {
		if s = newSheet(p, now, line); s.size() <= limit {
			break
		}
	}
	for over := s.size() - limit; over > 0 && len(s.after)+len(s.body) > 0; {
		from := &s.after
		if len(s.after) == 0 {
			from = &s.body
		}
		last := len(*from) - 1
		over -= language.Length((*from)[last]) + 1
		*from = (*from)[:last]
	}
	return s.String() + "\n" + note, false
}

// noCut leaves lines as long as they are.
const noCut = 1 << 20

// sheet is the text of a post in its parts, each a list of lines.
type sheet struct{ body, options, after, end []string }

func newSheet(p bot.Post, now time.Time, line int) sheet {
	s := sheet{body: lines(p.Lang, p.Body, line), after: lines(p.Lang, p.After, line)}
	for _, o := range p.Options {
		s.options = append(s.options, option(p.Lang, o, line))
	}
	if until := deadline(p, now); !until.IsZero() {
		sign := "⏳"
		if p.Kind == bot.StartPost {
			sign = "▶️" // it stays: in five seconds, then five minutes ago
		}
		s.end = []string{fmt.Sprintf("%s <t:%d:R>", sign, until.Unix())}
	}
	return s
}

// String writes the parts, a blank line between them.
func (s sheet) String() string {
	var parts []string
	for _, lines := range [][]string{s.body, s.options, s.after, s.end} {
		if len(lines) > 0 {
			parts = append(parts, strings.Join(lines, "\n"))
		}
	}
	return strings.Join(parts, "\n\n")
}

// size is the length of String in UTF-16 code units, or a little more.
func (s sheet) size() int {
	n := 0
	for _, lines := range [][]string{s.body, s.options, s.after, s.end} {
		for _, l := range lines {
			n += language.Length(l) + 1
		}
		n++
	}
	return n
}

// deadline is when an open question ends, in whole seconds as Discord shows it.
func deadline(p bot.Post, now time.Time) time.Time {
	switch {
	case !p.Until.IsZero():
		return p.Until
	case p.Open > 0:
		return now.Add(p.Open + time.Second - 1).Truncate(time.Second)
	}
	return time.Time{}
}

func lines(c language.Code, in []bot.Line, limit int) []string {
	var out []string
	for _, l := range in {
		if l.Text == "" {
			continue
		}
		if l.Style == bot.Code { // to be copied, so without marks of direction
			out = append(out, fence(language.Cut(language.StripIsolates(l.Text), limit)))
			continue
		}
		text := escape(language.Cut(l.Text, limit))
		switch l.Style {
		case bot.Strong:
			text = directed(c, "**"+text+"**")
		case bot.Quiet:
			text = "-# " + directed(c, text)
		case bot.Quote:
			text = "> " + directed(c, text)
		case bot.Item:
			if !c.RTL() && !l.Numbered() { // in Arabic a bullet would stand on the wrong side
				text = "• " + text
			}
			text = directed(c, text)
		default:
			text = directed(c, text)
		}
		out = append(out, text)
	}
	return out
}

func option(c language.Code, o bot.Option, limit int) string {
	text := "**" + escape(o.Label) + "** " + escape(language.Cut(o.Text, limit))
	switch o.State {
	case bot.OptionStruck:
		text = "~~" + text + "~~"
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

// buttons are the rows under a post: the options that can be chosen, then the hall's own
// rows. Discord does not mirror rows, so those of a right-to-left language are turned here.
func buttons(p bot.Post) []part {
	var rows [][]part
	var row []part
	open := false
	for i, o := range p.Options {
		b := part{Type: buttonPart, CustomID: o.Action, Label: language.Cut(o.Label, labelLimit), Style: primary}
		if o.Action == "" {
			b.CustomID, b.Disabled, b.Style = fmt.Sprintf("struck.%d", i), true, secondary
		} else {
			open = true
		}
		if row = append(row, b); len(row) == rowButtons {
			rows, row = append(rows, row), nil
		}
	}
	if row != nil {
		rows = append(rows, row)
	}
	if !open {
		rows = nil
	}
	for _, line := range p.Buttons {
		for len(line) > 0 {
			n := min(len(line), rowButtons)
			row := make([]part, n)
			for i, b := range line[:n] {
				row[i] = part{Type: buttonPart, CustomID: b.Action, Label: language.Cut(b.Label, labelLimit), Style: styleOf(b.Style)}
			}
			rows, line = append(rows, row), line[n:]
		}
	}
	var out []part
	times := map[string]int{}
	for _, row := range rows[:min(len(rows), messageRows)] {
		for i := range row {
			id := row[i].CustomID
			if times[id] > 0 { // Discord wants them to differ
				row[i].CustomID += again + strconv.Itoa(times[id])
			}
			times[id]++
		}
		if p.Lang.RTL() {
			slices.Reverse(row)
		}
		out = append(out, part{Type: rowPart, Components: row})
	}
	return out
}

// again stands in the custom id of a button between the action, which another button of the
// message has too, and a number. Actions do not hold it.
const again = "#"

// actionOf is the action of a button by its custom id.
func actionOf(customID string) string {
	action, _, _ := strings.Cut(customID, again)
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

// drawForm gives a form its shape. Nothing is escaped: forms show plain text. The button that
// sends it is Discord's own.
func drawForm(f *bot.Form) modal {
	m := modal{CustomID: f.Action, Title: language.Cut(f.Title, modalTitleLimit), Components: []part{}}
	for _, field := range f.Fields[:min(len(f.Fields), modalParts)] {
		style := 1
		if field.Long {
			style = 2
		}
		required := field.Required
		m.Components = append(m.Components, part{Type: labelPart, Label: language.Cut(field.Label, modalTitleLimit), Component: &part{
			Type: inputPart, CustomID: field.Name, Style: style, Placeholder: language.Cut(field.Placeholder, placeholderLimit),
			MaxLength: min(field.Max, inputLimit), Required: &required,
		}})
	}
	return m
}
