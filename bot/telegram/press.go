package telegram

import (
	"context"

	"summitquiz/bot"
)

// handlePress handles a pressed button.
func (h *handler) handlePress(ctx context.Context, u *update, last bool) error {
	p := u.Press
	t := h.newToast(p.ID)
	action, o := h.signer.verify(p.Data)
	if p.Message == nil || p.From.Bot || action == noteData {
		h.counts.ignored.Add(1)
		return h.replies.Add(ctx, "t"+p.ID, func() { t.show("", "") })
	}
	in := bot.Input{ID: inputID(u.ID), Place: p.Message.place(), From: p.From.person(), At: h.now().UTC(), Press: &bot.Press{Action: action}}
	q := &recipient{source: in.Place, privateChat: p.From.ID, message: p.Message.ID, press: t, editable: p.Message.Date != 0}
	if o != nil {
		in.Place = o.place()
		in.Away = o.at.chat != p.Message.Chat.ID
		if o.at.chat == p.Message.Chat.ID {
			in.Place.Title = p.Message.Chat.Title
		}
	}
	h.setAdmin(ctx, &in, destinationOf(in.Place.Chat).chat, author{chat: p.From.ID})
	if o != nil && o.anonymous && in.From.Admin {
		in.From = bot.Person{User: decimal(o.at.chat), Name: p.Message.Chat.Title, Admin: true}
		q.anonymous, q.privateChat = true, 0
	}
	q.place = in.Place
	err := h.submit(ctx, in, q, last)
	if err != nil && !last {
		t.timer.Stop() // the next attempt has its own
	}
	return err
}
