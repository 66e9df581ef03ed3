package discord

import (
	"context"
	"errors"

	"summitquiz/bot"
)

// takeUpStage remembers a private message on which a person plays alone, and of which this
// process does not know: an earlier one showed it. The press brings the token with which it can
// be changed.
func (a *Adapter) takeUpStage(ctx context.Context, it *interaction, x *exchange) {
	if it.Type != buttonUsed || it.Message == nil || it.Message.Flags&ephemeral == 0 || it.alone() {
		return
	}
	key := stageKey{x.chat, x.user}
	if _, known := a.open.stage(key); known {
		return
	}
	_, chat, member, err := a.memory.Enter(ctx, it.place(), it.from(), a.now())
	if err != nil {
		a.log.Warn("a private message is not taken up", "id", it.ID, "err", err)
		return
	}
	slot, err := a.memory.SlotOf(ctx, chat.ID, bot.Ref(it.Message.ID))
	if errors.Is(err, bot.ErrNone) {
		return // some other private answer
	}
	if err != nil {
		a.log.Warn("a private message is not taken up", "id", it.ID, "err", err)
		return
	}
	posts, err := a.memory.Posts(ctx, chat.ID, member.ID, wholeBack)
	if err != nil {
		a.log.Warn("a private message is not taken up", "id", it.ID, "err", err)
		return
	}
	for _, s := range posts {
		if s.Slot == slot {
			a.open.setStage(key, stage{token: x.token, since: x.born, message: it.Message.ID, slot: slot, post: s.Post})
		}
	}
}
