package discord

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"summitquiz/bot"
)

// Deliver carries out one post, edit or deletion. A post that an interaction led to is its
// answer if it has none yet; every other goes by the channel, where its slot, as a nonce, lets
// Discord give back the earlier message instead of making a second one.
func (a *Adapter) Deliver(ctx context.Context, d bot.Delivery) (bot.Ref, error) {
	select {
	case <-a.introduced: // before that nothing of ours could be told from what others wrote
	case <-ctx.Done():
		return "", &bot.RetryError{After: time.Second, Err: errNotIntroduced}
	}
	if d.To != nil && !d.Chat.Private {
		return a.deliverPrivate(ctx, d)
	}
	switch d.Op {
	case bot.Edit:
		m := draw(d.Post, a.now())
		err := a.client.do(ctx, request{method: http.MethodPatch, path: messagePath(d), body: m, files: m.files}, nil)
		if hasCode(err, tooManyOldEdits) {
			if thread, _, below := strings.Cut(string(d.Ref), threadSeparator); below {
				id, err := a.postIn(ctx, thread, d, "/edit")
				return bot.Ref(thread + threadSeparator + id), a.outcome(ctx, d, err)
			}
			return a.post(ctx, d, "/edit") // Discord allows few edits of what is older than an hour
		}
		return d.Ref, a.outcome(ctx, d, err)
	case bot.Delete:
		err := a.client.do(ctx, request{method: http.MethodDelete, path: messagePath(d)}, nil)
		if hasCode(err, unknownMessage) {
			err = nil
		}
		return d.Ref, a.outcome(ctx, d, err)
	}
	if d.Under != "" {
		return a.postInThread(ctx, d)
	}
	ref, err := a.postOnce(ctx, d)
	if err == nil && d.Post.Thread != "" {
		a.startThread(ctx, d, string(ref))
	}
	return ref, err
}

// errNotIntroduced means that Discord has not been reached yet.
var errNotIntroduced = errors.New("discord has not been reached yet")

// postOnce makes a post the answer to what led to it, or sends it by the channel.
func (a *Adapter) postOnce(ctx context.Context, d bot.Delivery) (bot.Ref, error) {
	x := a.exchanges.get(d.Cause)
	if x != nil {
		if ref, done, err := a.deliverAsAnswer(ctx, d, x); done {
			return ref, err
		}
	} else if d.Cause != "" {
		// An earlier process, or another one, may have made it the answer.
		if ref := a.findAnswer(ctx, d); ref != "" {
			return ref, nil
		}
	}
	return a.post(ctx, d, "")
}

// post sends a new message by the channel.
func (a *Adapter) post(ctx context.Context, d bot.Delivery, suffix string) (bot.Ref, error) {
	id, err := a.postIn(ctx, d.Chat.Chat, d, suffix)
	return bot.Ref(id), a.outcome(ctx, d, err)
}

// postIn sends a new message to a channel or a thread and returns its id.
func (a *Adapter) postIn(ctx context.Context, channel string, d bot.Delivery, suffix string) (string, error) {
	m := draw(d.Post, a.now())
	if d.Again && suffix == "" {
		if id := a.findPost(ctx, channel, m); id != "" {
			return id, nil
		}
	}
	m.Nonce, m.EnforceNonce = nonce(channel, string(d.Slot)+suffix), true
	var made sentMessage
	err := a.client.do(ctx, request{method: http.MethodPost, path: "/channels/" + channel + "/messages", body: m, files: m.files}, &made)
	return made.ID, err
}

// nonce names a slot in at most 25 characters, so that a post that is sent again within a few
// minutes is made once.
func nonce(chat, slot string) string {
	sum := sha256.Sum256([]byte(chat + "\x00" + slot))
	return base64.RawURLEncoding.EncodeToString(sum[:18])
}

// deliverAsAnswer makes a post the answer to the interaction that led to it. done is false when the
// interaction is answered otherwise.
func (a *Adapter) deliverAsAnswer(ctx context.Context, d bot.Delivery, x *exchange) (ref bot.Ref, done bool, err error) {
	select {
	case <-x.decided:
	case <-ctx.Done():
		return "", true, ctx.Err()
	}
	if !x.deliverable || x.channel != d.Chat.Chat {
		return "", false, nil
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.state != unanswered || a.timeUntil(x, answerDeadline) == 0 {
		return "", false, nil
	}
	m := draw(d.Post, a.now())
	made, ok := a.answerWithMessage(ctx, x, m)
	if !ok {
		return "", false, nil
	}
	return bot.Ref(made.ID), true, nil
}

// answerWithMessage gives an interaction a message as its answer and returns it. When it is not known
// whether Discord took it, Discord is asked. The caller holds x.mu.
func (a *Adapter) answerWithMessage(ctx context.Context, x *exchange, m message) (sentMessage, bool) {
	var made callbackResult
	err := a.acknowledge(ctx, x, callback{messageCallback, m}, m.files, &made)
	x.state = complete
	close(x.delivered)
	if err == nil && made.Resource.Message.ID != "" {
		return made.Resource.Message, true
	}
	var there sentMessage
	err = a.client.do(ctx, request{method: http.MethodGet, path: a.originalPath(x.token), priority: replying}, &there)
	if err != nil || there.ID == "" || there.Flags&ephemeral != m.Flags&ephemeral {
		return sentMessage{}, false
	}
	return there, true
}

// newestMessages are the newest messages of a channel; none if it cannot be read.
func (a *Adapter) newestMessages(ctx context.Context, channel string) []sentMessage {
	var list []sentMessage
	err := a.client.do(ctx, request{method: http.MethodGet, path: "/channels/" + channel + "/messages", query: fmt.Sprintf("limit=%d", searchedMessages), tries: 1}, &list)
	if err != nil {
		a.log.Debug("the channel cannot be searched", "channel", channel, "err", err)
	}
	return list
}

// findPost looks for a message that an earlier process may have sent: Discord keeps nonces for
// minutes only. Buttons tell posts apart, as each names its game and question; a post without
// any can only be our newest message, if that says the same: posts of a chat go out in order.
func (a *Adapter) findPost(ctx context.Context, channel string, want message) string {
	for _, m := range a.newestMessages(ctx, channel) {
		switch {
		case m.Author.ID != a.userID || m.Flags&ephemeral != 0:
		case sameContent(&m, &want):
			return m.ID
		case len(want.Components) == 0:
			return ""
		}
	}
	return ""
}

func sameContent(m *sentMessage, want *message) bool {
	if len(want.Components) > 0 {
		return slices.Equal(actions(m.Components), actions(want.Components))
	}
	said := func(content string, embeds []embed) string {
		for _, e := range embeds {
			content += "\n" + e.Title + "\n" + e.Description
		}
		return countdownMark.ReplaceAllString(content, "")
	}
	return len(m.Components) == 0 && said(m.Content, m.Embeds) == said(want.Content, want.Embeds)
}

// countdownMark is the time in a post, which differs whenever it is sent.
var countdownMark = regexp.MustCompile(`<t:\d+:R>`)

// actions are the custom ids below a message in order.
func actions(rows []component) []string {
	var out []string
	for _, row := range rows {
		for _, b := range row.Components {
			out = append(out, b.CustomID)
		}
	}
	return out
}

// searchedMessages is how many messages of a channel are searched for an answer.
const searchedMessages = 100

// findAnswer looks for the message that was the answer to an interaction of which only the id is
// known.
func (a *Adapter) findAnswer(ctx context.Context, d bot.Delivery) bot.Ref {
	for _, m := range a.newestMessages(ctx, d.Chat.Chat) {
		if m.From != nil && inputID(m.From.ID) == d.Cause && m.Flags&ephemeral == 0 {
			return bot.Ref(m.ID)
		}
	}
	return ""
}

// outcome turns what Discord said into what the service acts on.
func (a *Adapter) outcome(ctx context.Context, d bot.Delivery, err error) error {
	switch {
	case err == nil:
		return nil
	case hasCode(err, unknownChannel, threadArchived, threadLocked) && strings.Contains(string(d.Ref), threadSeparator): // the game goes on without that thread
		return fmt.Errorf("%w: %w", bot.ErrPostGone, err)
	case hasCode(err, unknownChannel, unknownGuild, cannotMessage, noCommonGuild):
		return fmt.Errorf("%w: %w", bot.ErrChatGone, err)
	case hasCode(err, unknownMessage):
		return fmt.Errorf("%w: %w", bot.ErrPostGone, err)
	case hasCode(err, missingAccess, missingPermissions):
		a.reportMissing(ctx, d)
		return fmt.Errorf("%w: %w", bot.ErrBarred, err)
	case hasCode(err, threadArchived, threadLocked):
		return fmt.Errorf("%w: %w", bot.ErrBarred, err)
	case errors.Is(err, ErrToken):
		return &bot.RetryError{After: time.Minute, Err: err}
	case errors.Is(err, context.DeadlineExceeded):
		return &bot.RetryError{After: time.Second, Err: err}
	}
	return err
}

// deliverPrivate shows a post to one person in a shared chat: in place, on a message that only
// they see.
func (a *Adapter) deliverPrivate(ctx context.Context, d bot.Delivery) (bot.Ref, error) {
	key := viewKey{d.Chat.Chat, d.To.User}
	x := a.exchanges.get(d.Cause)
	if x != nil && x.user == d.To.User {
		if ref, done, err := a.answerPrivately(ctx, d, x, key); done {
			return ref, err
		}
	}
	s, ok := a.exchanges.view(key)
	switch {
	case !ok && d.Op != bot.New: // an earlier process showed it; the next press brings it back
		return d.Ref, fmt.Errorf("%w: an earlier process showed it", bot.ErrPostGone)
	case !ok || a.now().Sub(s.since) > tokenLife:
		return "", fmt.Errorf("%w: nobody has pressed on the private message lately", bot.ErrBarred)
	case d.Op == bot.Delete:
		return d.Ref, nil // the next post takes its place
	case d.Op == bot.Edit && s.slot != d.Slot:
		return d.Ref, fmt.Errorf("%w: another one stands in its place", bot.ErrPostGone)
	}
	m := draw(d.Post, a.now())
	if d.Post.Kind == bot.BoardPost && s.post.Kind == bot.RevealPost {
		m = m.append(draw(s.post, a.now())) // they come together, and nobody could read the reveal
	}
	err := a.client.do(ctx, request{method: http.MethodPatch, path: a.originalPath(s.token), body: m, files: m.files, priority: replying}, nil)
	if hasCode(err, unknownWebhook, invalidToken, unknownMessage) {
		return "", fmt.Errorf("%w: %w", bot.ErrBarred, err)
	}
	if err != nil {
		return "", err
	}
	s.slot, s.post = d.Slot, d.Post
	if newest, ok := a.exchanges.view(key); ok && newest.message == s.message {
		s.token, s.since = newest.token, newest.since
	}
	a.exchanges.setView(key, s)
	return bot.Ref(s.message), nil
}

// answerPrivately makes a private post the answer to the interaction that led to it, and the stage
// for what follows.
func (a *Adapter) answerPrivately(ctx context.Context, d bot.Delivery, x *exchange, key viewKey) (ref bot.Ref, done bool, err error) {
	select {
	case <-x.decided:
	case <-ctx.Done():
		return "", true, ctx.Err()
	}
	x.mu.Lock()
	if d.Op == bot.New && x.message == "" && (x.placeholder || x.state == deferred || x.state == unanswered && x.deliverable) {
		defer x.mu.Unlock()
		return a.openView(ctx, d, x, key)
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
func (a *Adapter) openView(ctx context.Context, d bot.Delivery, x *exchange, key viewKey) (ref bot.Ref, done bool, err error) {
	m := private(d.Post, a.now())
	var made sentMessage
	if x.state == deferred || x.placeholder {
		m.Flags = 0 // it was set with the answer
		err := a.client.do(ctx, request{method: http.MethodPatch, path: a.originalPath(x.token), body: m, files: m.files, priority: replying}, &made)
		if err != nil {
			return "", true, err
		}
		x.state, x.placeholder = complete, false
	} else {
		var ok bool
		if made, ok = a.answerWithMessage(ctx, x, m); !ok {
			return "", true, fmt.Errorf("%w: the private message was not made", bot.ErrBarred)
		}
	}
	a.exchanges.setView(key, privateView{token: x.token, since: x.created, message: made.ID, slot: d.Slot, post: d.Post})
	return bot.Ref(made.ID), true, nil
}
