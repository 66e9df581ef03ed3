package discord

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"summitquiz/bot"
)

// privateView is the private message on which one person plays alone in a shared chat. Discord lets
// it be edited only by a token that is younger than a quarter of an hour; every press on it
// brings a new one.
type privateView struct {
	token   string
	since   time.Time // of the token
	message string
	slot    bot.Slot
	post    bot.Post
}

// deliverPrivate shows a post to one person in a shared chat: in place, on a message that only
// they see.
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
		return "", fmt.Errorf("%w: nobody has pressed on the private message lately", bot.ErrBarred)
	case d.Op == bot.Delete:
		return d.Ref, nil // the next post takes its place
	case d.Op == bot.Edit && s.slot != d.Slot:
		return d.Ref, fmt.Errorf("%w: another one stands in its place", bot.ErrPostGone)
	}
	m := draw(d.Post, p.now())
	if d.Post.Kind == bot.BoardPost && s.post.Kind == bot.RevealPost {
		m = m.append(draw(s.post, p.now())) // they come together, and nobody could read the reveal
	}
	err := p.client.do(ctx, request{method: http.MethodPatch, path: p.originalPath(s.token), body: m, files: m.files, priority: replying}, nil)
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

// answerPrivately makes a private post the answer to the interaction that led to it, and the stage
// for what follows.
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
	case <-x.finished: // its token serves from then on
	case <-ctx.Done():
		return "", true, ctx.Err()
	}
	return "", false, nil
}

// openView answers with a private message. The caller holds x.mu.
func (p *poster) openView(ctx context.Context, d bot.Delivery, x *exchange, key viewKey) (ref bot.Ref, done bool, err error) {
	m := private(d.Post, p.now())
	var made sentMessage
	if x.state == deferred || x.placeholder {
		m.Flags = 0 // it was set with the answer
		err := p.client.do(ctx, request{method: http.MethodPatch, path: p.originalPath(x.token), body: m, files: m.files, priority: replying}, &made)
		if err != nil {
			return "", true, err
		}
		x.state, x.placeholder = complete, false
	} else {
		var ok bool
		if made, ok = p.answerWithMessage(ctx, x, m); !ok {
			return "", true, fmt.Errorf("%w: the private message was not made", bot.ErrBarred)
		}
	}
	p.exchanges.setView(key, privateView{token: x.token, since: x.created, message: made.ID, slot: d.Slot, post: d.Post})
	return bot.Ref(made.ID), true, nil
}

// restoreView remembers a private message on which a person plays alone, and of which this
// process does not know: an earlier one showed it. The press brings the token with which it can
// be changed.
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
		h.log.Warn("a private message is not taken up", "id", it.ID, "err", err)
		return
	}
	slot, err := h.store.SlotOf(ctx, chat.ID, bot.Ref(it.Message.ID))
	if errors.Is(err, bot.ErrNone) {
		return // some other private answer
	}
	if err != nil {
		h.log.Warn("a private message is not taken up", "id", it.ID, "err", err)
		return
	}
	posts, err := h.store.Posts(ctx, chat.ID, member.ID, searchedPosts)
	if err != nil {
		h.log.Warn("a private message is not taken up", "id", it.ID, "err", err)
		return
	}
	for _, s := range posts {
		if s.Slot == slot {
			h.exchanges.setView(key, privateView{token: x.token, since: x.created, message: it.Message.ID, slot: slot, post: s.Post})
		}
	}
}
