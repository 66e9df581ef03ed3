package discord

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf16"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// A post that is longer than a message is cut, and a button below it shows all of it to whoever
// presses, in as many private messages as it takes.

// showRest is the custom id of that button. It is no action of the hall and holds nothing.
const showRest = "rest"

func restButton(c language.Code) part {
	return part{Type: buttonPart, CustomID: showRest, Label: phrase.Say(c, phrase.ButtonRest), Style: secondary}
}

// add puts a button below a message, where there is room for one.
func (m *message) add(b part, c language.Code) bool {
	if len(m.Components) < messageRows {
		m.Components = append(m.Components, part{Type: rowPart, Components: []part{b}})
		return true
	}
	last := &m.Components[len(m.Components)-1]
	if len(last.Components) == rowButtons {
		return false
	}
	if c.RTL() {
		last.Components = slices.Insert(last.Components, 0, b)
	} else {
		last.Components = append(last.Components, b)
	}
	return true
}

// How far back a post is looked for, and in how many messages it is shown at most: Discord
// takes few in a row. What is longer still is in a file.
const (
	wholeBack  = 200 // posts of a chat
	wholeParts = 4
)

// whole is the answer to the button: the post in full.
func (a *Adapter) whole(ctx context.Context, in bot.Input, message bot.Ref) (bot.Reply, error) {
	c := tongue(in.From.Locale)
	sorry := bot.Say(c, phrase.Say(c, phrase.TryAgain))
	_, chat, member, err := a.memory.Enter(ctx, in.Place, in.From, in.At)
	if err != nil {
		return sorry, err
	}
	slot, err := a.memory.SlotOf(ctx, chat.ID, message)
	if err != nil && !errors.Is(err, bot.ErrNone) {
		return sorry, err
	}
	posts, err := a.memory.Posts(ctx, chat.ID, member.ID, wholeBack)
	if err != nil {
		return sorry, err
	}
	for _, s := range posts {
		if s.Slot == slot {
			return bot.Reply{Posts: parts(s.Post)}, nil
		}
	}
	return bot.Say(c, phrase.Say(c, phrase.ButtonOver)), nil
}

// parts is a post as posts that each fit a message, or one that does not and so comes with a
// file.
func parts(p bot.Post) []bot.Post {
	var all []bot.Line
	all = append(all, p.Body...)
	for _, o := range p.Options {
		all = append(all, bot.Line{Text: o.Label + " " + o.Text})
	}
	all = append(all, p.After...)
	whole := bot.Post{Kind: bot.CardPost, Lang: p.Lang, Title: p.Title, Body: all}
	var out []bot.Post
	next := bot.Post{Kind: whole.Kind, Lang: whole.Lang, Title: whole.Title}
	size := 0
	for _, l := range all {
		for _, piece := range pieces(l) {
			n := 0
			for _, drawn := range lines(p.Lang, []bot.Line{piece}, noCut) {
				n += language.Length(drawn) + 1
			}
			if size > 0 && size+n > descriptionLimit {
				out = append(out, next)
				next, size = bot.Post{Kind: whole.Kind, Lang: whole.Lang}, 0
			}
			next.Body = append(next.Body, piece)
			size += n
		}
	}
	if out = append(out, next); len(out) > wholeParts {
		return []bot.Post{whole}
	}
	return out
}

// pieceLimit is the length of a line, in UTF-16 code units, that fits a message even if each
// character has to be escaped.
const pieceLimit = 2000

// pieces is a line as lines of at most pieceLimit, broken at spaces where there are any. A line
// that is broken loses the marks of its isolates, which could not be closed.
func pieces(l bot.Line) []bot.Line {
	if language.Length(l.Text) <= pieceLimit {
		return []bot.Line{l}
	}
	var out []bot.Line
	text := language.StripIsolates(l.Text)
	for language.Length(text) > pieceLimit {
		n, end := 0, 0
		for i, r := range text {
			if n += utf16.RuneLen(r); n > pieceLimit {
				break
			}
			end = i + len(string(r))
		}
		if space := strings.LastIndexAny(text[:end], " \n"); space > end/2 {
			end = space + 1
		}
		out = append(out, bot.Line{Text: strings.TrimSpace(text[:end]), Style: l.Style})
		text = text[end:]
	}
	return append(out, bot.Line{Text: text, Style: l.Style})
}
