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

// poster makes, edits and deletes the messages of chats.
type poster struct{ *answerer }

// deliver carries out one post, edit or deletion. A post that an interaction caused is its answer if it has
// none yet. Every other is sent to the channel with its slot as a nonce, so that Discord returns the
// earlier message instead of making a second one.
func (p *poster) deliver(ctx context.Context, d bot.Delivery) (bot.Ref, error) {
	select {
	case <-p.introduced: // before that our messages cannot be told from those of others
	case <-ctx.Done():
		return "", &bot.RetryError{After: time.Second, Err: errNotIntroduced}
	}
	if d.To != nil && !d.Chat.Private {
		return p.deliverPrivate(ctx, d)
	}
	switch d.Op {
	case bot.Edit:
		m := draw(d.Post, p.now())
		err := p.client.do(ctx, request{method: http.MethodPatch, path: messagePath(d), body: m, files: m.files}, nil)
		if hasCode(err, tooManyOldEdits) {
			if thread, _, below := strings.Cut(string(d.Ref), threadSeparator); below {
				id, err := p.postIn(ctx, thread, d, "/edit")
				return bot.Ref(thread + threadSeparator + id), p.outcome(ctx, d, err)
			}
			return p.post(ctx, d, "/edit") // Discord allows few edits of what is older than an hour
		}
		return d.Ref, p.outcome(ctx, d, err)
	case bot.Delete:
		err := p.client.do(ctx, request{method: http.MethodDelete, path: messagePath(d)}, nil)
		if hasCode(err, unknownMessage) {
			err = nil
		}
		return d.Ref, p.outcome(ctx, d, err)
	}
	if d.Under != "" {
		return p.postInThread(ctx, d)
	}
	ref, err := p.postOnce(ctx, d)
	if err == nil && d.Post.Thread != "" {
		p.startThread(ctx, d, string(ref))
	}
	return ref, err
}

// errNotIntroduced means that Discord has not been reached yet.
var errNotIntroduced = errors.New("discord has not been reached yet")

// postOnce makes a post the answer to the interaction that caused it, or sends it to the channel.
func (p *poster) postOnce(ctx context.Context, d bot.Delivery) (bot.Ref, error) {
	x := p.exchanges.get(d.Cause)
	if x != nil {
		if ref, done, err := p.deliverAsAnswer(ctx, d, x); done {
			return ref, err
		}
	} else if d.Cause != "" {
		// Another process may have made it the answer.
		if ref := p.findAnswer(ctx, d); ref != "" {
			return ref, nil
		}
	}
	return p.post(ctx, d, "")
}

// post sends a new message to the channel.
func (p *poster) post(ctx context.Context, d bot.Delivery, suffix string) (bot.Ref, error) {
	id, err := p.postIn(ctx, d.Chat.Chat, d, suffix)
	return bot.Ref(id), p.outcome(ctx, d, err)
}

// postIn sends a new message to a channel or a thread and returns its id.
func (p *poster) postIn(ctx context.Context, channel string, d bot.Delivery, suffix string) (string, error) {
	m := draw(d.Post, p.now())
	if d.Again && suffix == "" {
		if id := p.findPost(ctx, channel, m); id != "" {
			return id, nil
		}
	}
	m.Nonce, m.EnforceNonce = nonce(channel, d.Slot.String()+suffix), true
	var made sentMessage
	err := p.client.do(ctx, request{method: http.MethodPost, path: "/channels/" + channel + "/messages", body: m, files: m.files}, &made)
	return made.ID, err
}

// nonce identifies a slot in at most 25 characters, so that a post that is repeated within a few minutes is
// made once.
func nonce(chat, slot string) string {
	sum := sha256.Sum256([]byte(chat + "\x00" + slot))
	return base64.RawURLEncoding.EncodeToString(sum[:18])
}

// deliverAsAnswer makes a post the answer to the interaction that caused it. done is false if the
// interaction is answered in another way.
func (p *poster) deliverAsAnswer(ctx context.Context, d bot.Delivery, x *exchange) (ref bot.Ref, done bool, err error) {
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
	if x.state != unanswered || p.timeUntil(x, answerDeadline) == 0 {
		return "", false, nil
	}
	m := draw(d.Post, p.now())
	made, ok := p.answerWithMessage(ctx, x, m)
	if !ok {
		return "", false, nil
	}
	return bot.Ref(made.ID), true, nil
}

// newestMessages are the newest messages of a channel; none if it cannot be read.
func (p *poster) newestMessages(ctx context.Context, channel string) []sentMessage {
	var list []sentMessage
	r := request{method: http.MethodGet, path: "/channels/" + channel + "/messages", query: fmt.Sprintf("limit=%d", searchedMessages), tries: 1}
	if err := p.client.do(ctx, r, &list); err != nil {
		p.log.Debug("the channel cannot be searched", "channel", channel, "err", err)
	}
	return list
}

// findPost looks for a message that an earlier process may have sent: Discord remembers nonces for minutes
// only. Buttons identify a post, as each names its game and question. A post without buttons can only be
// our newest message, if that has the same text: the posts of a chat are sent in order.
func (p *poster) findPost(ctx context.Context, channel string, want message) string {
	for _, m := range p.newestMessages(ctx, channel) {
		switch {
		case m.Author.ID != p.userID || m.Flags&ephemeral != 0:
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

// countdownMark is the time in a post, which differs each time it is sent.
var countdownMark = regexp.MustCompile(`<t:\d+:R>`)

// actions are the custom ids of the buttons below a message, in order.
func actions(rows []component) []string {
	var out []string
	for _, row := range rows {
		for _, b := range row.Components {
			out = append(out, b.CustomID)
		}
	}
	return out
}

// searchedMessages is how many messages of a channel are searched.
const searchedMessages = 100

// findAnswer looks for the message that was the answer to an interaction by the interaction's id.
func (p *poster) findAnswer(ctx context.Context, d bot.Delivery) bot.Ref {
	for _, m := range p.newestMessages(ctx, d.Chat.Chat) {
		if m.From != nil && inputID(m.From.ID) == d.Cause && m.Flags&ephemeral == 0 {
			return bot.Ref(m.ID)
		}
	}
	return ""
}

// outcome turns an error of Discord into one that the service acts on.
func (p *poster) outcome(ctx context.Context, d bot.Delivery, err error) error {
	switch {
	case err == nil:
		return nil
	case hasCode(err, unknownChannel, threadArchived, threadLocked) && strings.Contains(string(d.Ref), threadSeparator): // the game goes on outside that thread
		return fmt.Errorf("%w: %w", bot.ErrPostGone, err)
	case hasCode(err, unknownChannel, unknownGuild, cannotMessage, noCommonGuild):
		return fmt.Errorf("%w: %w", bot.ErrChatGone, err)
	case hasCode(err, unknownMessage):
		return fmt.Errorf("%w: %w", bot.ErrPostGone, err)
	case hasCode(err, missingAccess, missingPermissions):
		p.reportMissing(ctx, d)
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
