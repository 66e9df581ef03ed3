package discord

import (
	"context"
	"errors"

	"summitquiz/bot"
)

// restoreView remembers a private message on which a person plays alone, and of which this
// process does not know: an earlier one showed it. The press brings the token with which it can
// be changed.
func (a *Adapter) restoreView(ctx context.Context, it *interaction, x *exchange) {
	if it.Type != componentInteraction || it.Message == nil || it.Message.Flags&ephemeral == 0 || it.direct() {
		return
	}
	key := viewKey{x.chat, x.user}
	if _, known := a.exchanges.view(key); known {
		return
	}
	_, chat, member, err := a.store.Enter(ctx, it.place(), it.from(), a.now())
	if err != nil {
		a.log.Warn("a private message is not taken up", "id", it.ID, "err", err)
		return
	}
	slot, err := a.store.SlotOf(ctx, chat.ID, bot.Ref(it.Message.ID))
	if errors.Is(err, bot.ErrNone) {
		return // some other private answer
	}
	if err != nil {
		a.log.Warn("a private message is not taken up", "id", it.ID, "err", err)
		return
	}
	posts, err := a.store.Posts(ctx, chat.ID, member.ID, searchedPosts)
	if err != nil {
		a.log.Warn("a private message is not taken up", "id", it.ID, "err", err)
		return
	}
	for _, s := range posts {
		if s.Slot == slot {
			a.exchanges.setView(key, privateView{token: x.token, since: x.created, message: it.Message.ID, slot: slot, post: s.Post})
		}
	}
}
