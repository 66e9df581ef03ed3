package discord

import (
	"context"
	"errors"
	"fmt"
	"time"

	"summitquiz/bot"
)

// privateView is the private message that shows one person a game of their own in a shared chat. Discord
// allows edits only with an interaction token younger than 15 minutes; every press on the message brings a
// new token.
type privateView struct {
	token   string
	since   time.Time // of the token
	message string
	slot    bot.Slot
	post    bot.Post
}

// deliverPrivate shows a post to one person in a shared chat, in their private view.
func (p *poster) deliverPrivate(ctx context.Context, d bot.Delivery) (bot.Ref, error) {
	key := viewKey{d.Chat.Chat, d.To.User}
	x := p.exchanges.get(d.Cause)
	if x != nil && x.user == d.To.User {
		if ref, done, err := p.answerPrivately(ctx, d, x, key); done {
			return ref, err
		}
	}
	s, ok := p.exchanges.view(key)
	switch {
	case !ok && d.Op != bot.New: // an earlier process showed it; the next press brings it back
		return d.Ref, fmt.Errorf("%w: an earlier process showed it", bot.ErrPostGone)
	case !ok || p.now().Sub(s.since) > tokenLife:
		return "", fmt.Errorf("%w: the private message has no token younger than 15 minutes", bot.ErrBarred)
	case d.Op == bot.Delete:
		return d.Ref, nil // the next post replaces it
	case d.Op == bot.Edit && s.slot != d.Slot:
		return d.Ref, fmt.Errorf("%w: another post replaced it", bot.ErrPostGone)
	}
	m := draw(d.Post, p.now())
	if d.Post.Kind == bot.BoardPost && s.post.Kind == bot.RevealPost {
		m = m.append(draw(s.post, p.now())) // they come at the same time: alone, the board would hide the reveal
	}
	err := p.edit(ctx, s.token, m, nil)
	if hasCode(err, unknownWebhook, invalidToken, unknownMessage) {
		return "", fmt.Errorf("%w: %w", bot.ErrBarred, err)
	}
	if err != nil {
		return "", err
	}
	s.slot, s.post = d.Slot, d.Post
	if newest, ok := p.exchanges.view(key); ok && newest.message == s.message {
		s.token, s.since = newest.token, newest.since
	}
	p.exchanges.setView(key, s)
	return bot.Ref(s.message), nil
}

// answerPrivately makes a private post the answer to the interaction that caused it, and so the view for
// the posts that follow.
func (p *poster) answerPrivately(ctx context.Context, d bot.Delivery, x *exchange, key viewKey) (ref bot.Ref, done bool, err error) {
	select {
	case <-x.decided:
	case <-ctx.Done():
		return "", true, ctx.Err()
	}
	x.mu.Lock()
	if d.Op == bot.New && x.message == "" && (x.placeholder || x.state == deferred || x.state == unanswered && x.deliverable) {
		defer x.mu.Unlock()
		return p.openView(ctx, d, x, key)
	}
	x.mu.Unlock()
	select {
	case <-x.finished: // from now on its token can be used
	case <-ctx.Done():
		return "", true, ctx.Err()
	}
	return "", false, nil
}

// openView answers with a private message, the view from now on. The caller holds x.mu.
func (p *poster) openView(ctx context.Context, d bot.Delivery, x *exchange, key viewKey) (ref bot.Ref, done bool, err error) {
	m := private(d.Post, p.now())
	var made sentMessage
	if x.state == deferred || x.placeholder {
		m.Flags = 0 // it was set with the answer
		err := p.edit(ctx, x.token, m, &made)
		if err != nil {
			return "", true, err
		}
		x.state, x.placeholder = complete, false
	} else {
		var ok bool
		if made, ok = p.answerWithMessage(ctx, x, m); !ok {
			return "", true, fmt.Errorf("%w: the private message could not be made", bot.ErrBarred)
		}
	}
	p.exchanges.setView(key, privateView{token: x.token, since: x.created, message: made.ID, slot: d.Slot, post: d.Post})
	return bot.Ref(made.ID), true, nil
}

// restoreView remembers a private view that another process made. The press brings the token with which it
// can be edited.
func (h *handler) restoreView(ctx context.Context, it *interaction, x *exchange) {
	if it.Type != componentInteraction || it.Message == nil || it.Message.Flags&ephemeral == 0 || it.direct() {
		return
	}
	key := viewKey{x.chat, x.user}
	if _, known := h.exchanges.view(key); known {
		return
	}
	_, chat, member, err := h.store.Enter(ctx, it.place(), it.from(), h.now())
	if err != nil {
		h.log.Warn("a private message cannot be restored", "id", it.ID, "err", err)
		return
	}
	slot, err := h.store.SlotOf(ctx, chat.ID, bot.Ref(it.Message.ID))
	if errors.Is(err, bot.ErrNone) {
		return // another private answer
	}
	if err != nil {
		h.log.Warn("a private message cannot be restored", "id", it.ID, "err", err)
		return
	}
	posts, err := h.store.Posts(ctx, chat.ID, member.ID, searchedPosts)
	if err != nil {
		h.log.Warn("a private message cannot be restored", "id", it.ID, "err", err)
		return
	}
	for _, s := range posts {
		if s.Slot == slot {
			h.exchanges.setView(key, privateView{token: x.token, since: x.created, message: it.Message.ID, slot: slot, post: s.Post})
		}
	}
}
