package discord

import (
	"context"
	"errors"
	"slices"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// A post that is longer than a message is cut, and a button below it gives all of it to whoever
// presses, in private: a private answer that does not fit goes on in a file.

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

// wholeBack is how many posts of a chat are looked through for one.
const wholeBack = 200

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
			p := s.Post
			p.Kind, p.Buttons = bot.CardPost, nil
			for i := range p.Options {
				p.Options[i].Action = ""
			}
			return bot.Reply{Posts: []bot.Post{p}}, nil
		}
	}
	return bot.Say(c, phrase.Say(c, phrase.ButtonOver)), nil
}
