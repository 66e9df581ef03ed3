package bot

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"summitquiz/quiz/game"
)

// grace is how long the data of a space is kept after the bot was removed from it.
const grace = 30 * 24 * time.Hour

// happened notes what became of a chat or a space.
func (v *visit) happened(ctx context.Context, e *Event) error {
	switch e.Kind {
	case Joined:
		if !v.space.Gone.IsZero() {
			v.space.Gone = time.Time{}
			v.stay()
		}
	case Removed:
		space := v.space
		space.Gone = v.now
		v.change.Space = &space
		v.change.Due = append(v.change.Due, Due{Key: purgeKey(space.ID), At: v.now.Add(grace)})
		v.audit(space.ID, "removed", "")
		return v.endGames(ctx, func(g *Game) bool { return g.Space == space.ID })
	case ChatGone, Barred:
		return v.endGames(ctx, func(g *Game) bool { return g.Chat == v.chat.ID })
	}
	return nil
}

// stay notes that the bot is in the space after all.
func (v *visit) stay() {
	space := v.space
	v.change.Space = &space
	v.change.Undue = append(v.change.Undue, purgeKey(space.ID))
}

// endGames ends the running games that are meant: nobody can play them any more.
func (v *visit) endGames(ctx context.Context, meant func(*Game) bool) error {
	v.h.tables.mu.Lock()
	ids := slices.Collect(maps.Values(v.h.tables.seats))
	v.h.tables.mu.Unlock()
	for _, id := range ids {
		tb, err := v.h.table(ctx, id)
		if err != nil {
			return err
		}
		if tb == nil || !meant(&tb.game) {
			continue
		}
		if err := v.h.turn(ctx, id, &Change{}, game.Stop{May: true}); err != nil {
			return fmt.Errorf("end game %d: %w", id, err)
		}
	}
	return nil
}

func purgeKey(s SpaceID) DueKey { return DueKey(fmt.Sprintf("purge/%d", s)) }

// purge removes a space whose grace is over, unless the bot is back.
func (h *Hall) purge(ctx context.Context, id SpaceID, key DueKey) error {
	space, err := h.store.Space(ctx, id)
	switch {
	case none(err):
	case err != nil:
		return fmt.Errorf("space %d: %w", id, err)
	case !space.Gone.IsZero():
		if err := h.store.Purge(ctx, id); err != nil {
			return fmt.Errorf("purge space %d: %w", id, err)
		}
		h.people.forget()
	}
	return h.write(ctx, &Change{Undue: []DueKey{key}})
}
