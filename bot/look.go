package bot

import (
	"context"
	"fmt"
	"time"

	"summitquiz/content/language"
)

// Sight is what a person finds on coming into a chat.
type Sight struct {
	Lang     language.Code  // in which they are spoken to
	Commands []*CommandSpec // that they can use here, in the order of help
	Posts    []Standing     // oldest first
}

// Standing is a post as it stands in a chat.
type Standing struct {
	Slot Slot
	Post Post
	Own  bool      // only this person sees it
	At   time.Time // when it arrived; zero if it is on its way
}

// Look brings a person into a chat and returns what they find there, at most limit posts. It is
// for platforms that keep no posts of their own.
func (h *Hall) Look(ctx context.Context, p Place, who Person, limit int) (Sight, error) {
	v, err := h.enter(ctx, Input{Place: p, From: who, At: h.now()})
	if err != nil {
		return Sight{}, fmt.Errorf("look into %s %s: %w", p.Platform, p.Chat, err)
	}
	sends, err := h.store.Posts(ctx, v.chat.ID, v.member.ID, limit)
	if err != nil {
		return Sight{}, fmt.Errorf("posts of chat %d: %w", v.chat.ID, err)
	}
	s := Sight{Lang: v.voice.Lang, Commands: v.offered()}
	for _, send := range sends {
		s.Posts = append(s.Posts, Standing{Slot: send.Slot, Post: send.Post, Own: send.To != 0, At: send.Done})
	}
	return s, nil
}
