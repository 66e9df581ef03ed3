package discord

import (
	"context"
	"errors"
	"slices"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// A post that is longer than a message is cut, and a button below it shows the full text in private, with a
// file if it does not fit a message either.

// fullTextID is the custom id of that button. It is not an action of the service.
const fullTextID = "rest"

func fullTextButton(c language.Code) component {
	return component{Type: buttonComponent, CustomID: fullTextID, Label: phrase.Say(c, phrase.ButtonRest), Style: secondary}
}

// addButton adds a button below a message and reports whether there was room for it.
func (m *message) addButton(b component, c language.Code) bool {
	if len(m.Components) < messageRows {
		m.Components = append(m.Components, component{Type: rowComponent, Components: []component{b}})
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

// searchedPosts is how many posts of a chat are searched for one.
const searchedPosts = 200

// fullText is the answer to the button: the complete post.
func (h *handler) fullText(ctx context.Context, in bot.Input, message bot.Ref) (bot.Reply, error) {
	c := languageOf(in.From.Locale)
	sorry := bot.Say(c, phrase.Say(c, phrase.TryAgain))
	_, chat, member, err := h.store.Enter(ctx, in.Place, in.From, in.At)
	if err != nil {
		return sorry, err
	}
	slot, err := h.store.SlotOf(ctx, chat.ID, message)
	if err != nil && !errors.Is(err, bot.ErrNone) {
		return sorry, err
	}
	posts, err := h.store.Posts(ctx, chat.ID, member.ID, searchedPosts)
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
