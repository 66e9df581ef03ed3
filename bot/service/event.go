package service

import (
	"context"
	"fmt"
	"time"

	"summitquiz/bot"
)

// spaceKind is the kind of due rows of spaces: one that the bot was removed from is purged.
const spaceKind bot.Kind = "space"

// grace is how long the data of a space is kept after the bot was removed from it.
const grace = 30 * 24 * time.Hour

func spaceDue(id bot.SpaceID) bot.DueKey { return bot.DueKey{Kind: spaceKind, ID: int64(id)} }

// event notes what became of a chat or a space.
func (s *Service) event(ctx context.Context, r *bot.Request, e *bot.Event) error {
	switch e.Kind {
	case bot.Joined:
		if !r.Space.Gone.IsZero() {
			space := r.Space
			space.Gone = time.Time{}
			r.Change.Space = &space
			r.Change.Undue = append(r.Change.Undue, spaceDue(space.ID))
		}
		return s.openChat(ctx, r.Space.ID)
	case bot.Removed:
		space := r.Space
		space.Gone = r.Now
		r.Change.Space = &space
		r.Change.Due = append(r.Change.Due, bot.Due{Key: spaceDue(space.ID), At: r.Now.Add(grace)})
		r.Audit(space.ID, "removed", "")
		return s.closeChat(ctx, space.ID, 0)
	case bot.ChatGone, bot.Barred:
		return s.closeChat(ctx, r.Space.ID, r.Chat.ID)
	}
	return nil
}

// closeChat tells features that nobody can play in a space or a chat any more.
func (s *Service) closeChat(ctx context.Context, space bot.SpaceID, chat bot.ChatID) error {
	for _, f := range s.registry.chats {
		if err := f.ChatClosed(ctx, space, chat); err != nil {
			return err
		}
	}
	return nil
}

// openChat tells features that the bot may post in a space again.
func (s *Service) openChat(ctx context.Context, space bot.SpaceID) error {
	for _, f := range s.registry.openers {
		if err := f.ChatOpened(ctx, space); err != nil {
			return err
		}
	}
	return nil
}

// purge removes a space whose grace is over, unless the bot is back.
func (s *Service) purge(ctx context.Context, id bot.SpaceID, key bot.DueKey) error {
	space, err := s.store.Space(ctx, id)
	switch {
	case bot.IsNone(err):
	case err != nil:
		return fmt.Errorf("space %d: %w", id, err)
	case !space.Gone.IsZero():
		if err := s.store.Purge(ctx, id); err != nil {
			return fmt.Errorf("purge space %d: %w", id, err)
		}
		s.people.clear()
	}
	return s.write(ctx, &bot.Change{Undue: []bot.DueKey{key}})
}
