package telegram

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"summitquiz/bot"
)

// The ids of posts: the number of a message; for a poll also its own id, by which its votes
// come, "p<poll>.<message>"; and for what one person sees of a game in a group, in their
// private chat, "u<user>.<message>".
func pollRef(poll string, message int64) bot.Ref {
	return bot.Ref("p" + poll + "." + decimal(message))
}

func messageOf(ref bot.Ref) int64 {
	_, id, dotted := strings.Cut(string(ref), ".")
	if !dotted {
		id = string(ref)
	}
	return number(id)
}

func isPoll(ref bot.Ref) bool { return strings.HasPrefix(string(ref), "p") }

// sentMessage is what is read of a message that was made.
type sentMessage struct {
	ID   int64 `json:"message_id"`
	Poll *struct {
		ID string `json:"id"`
	} `json:"poll"`
}

// poster makes, edits and deletes the messages of chats.
type poster struct{ *sender }

// deliver carries out one post, edit or deletion. What is new is sent at most once: when nobody
// knows whether it went out, it stays in doubt. Edits say the same again, so they are repeated.
func (p *poster) deliver(ctx context.Context, d bot.Delivery) (bot.Ref, error) {
	if d.Op == bot.New && d.Again {
		return "", fmt.Errorf("%w: an earlier process may have sent it", bot.ErrDoubt)
	}
	if d.Post.Link != "" && p.self.Load() == nil {
		return d.Ref, &bot.RetryError{After: time.Second, Err: errNotIntroduced}
	}
	home := destinationOf(d.Chat.Chat)
	t := target{to: home, priority: posting}
	if d.Bulk {
		t.priority = broadcasting
	}
	if home.thread != 0 {
		t.origin = &origin{at: home}
	}
	if d.To != nil && !d.Chat.Private {
		t.to, t.origin = destination{chat: number(d.To.User)}, &origin{at: home}
	}
	var ref bot.Ref
	var err error
	switch d.Op {
	case bot.New:
		ref, err = p.post(ctx, d, t)
	case bot.Edit:
		ref, err = d.Ref, p.edit(ctx, d, t)
	case bot.Delete:
		t.edit = true
		err = p.send(ctx, "deleteMessage", params{"chat_id": decimal(t.to.chat), "message_id": decimal(messageOf(d.Ref))}, t, nil)
		if hasText(err, "message to delete not found", "message can't be deleted") {
			err = nil
		}
		ref = d.Ref
	}
	if d.To != nil && !d.Chat.Private {
		p.privateGames.follow(d, home, err)
	}
	return ref, p.outcome(ctx, d, t, err)
}

// errNotIntroduced means that Telegram has not been reached yet, so that links cannot be written.
var errNotIntroduced = errors.New("telegram has not been reached yet")

// post sends something new.
func (p *poster) post(ctx context.Context, d bot.Delivery, t target) (bot.Ref, error) {
	var made sentMessage
	draw := p.renderer()
	if d.Post.Poll != nil && d.To == nil {
		err := p.send(ctx, "sendPoll", t.to.addTo(draw.poll(d.Post, t.origin)), t, &made)
		switch {
		case err == nil && made.Poll != nil:
			return pollRef(made.Poll.ID, made.ID), nil
		case err == nil:
			return "", fmt.Errorf("%w: telegram made a message without a poll", bot.ErrDoubt)
		case !hasText(err, "poll", "quiz"): // it is the message that is refused, not the poll in it
			return "", err
		}
		p.log.Warn("telegram takes no poll here; the question goes out with buttons", "slot", d.Slot, "err", err)
	}
	q, _ := draw.text(d.Post, t.origin, p.now(), "")
	if err := p.send(ctx, "sendMessage", t.to.addTo(q), t, &made); err != nil {
		return "", err
	}
	if d.To != nil && !d.Chat.Private {
		return bot.Ref("u" + d.To.User + "." + decimal(made.ID)), nil
	}
	return bot.Ref(decimal(made.ID)), nil
}

// edit edits what is there. A poll cannot be edited: its buttons change while it is open; then
// it is closed, and what is to be said stands in a message below it.
func (p *poster) edit(ctx context.Context, d bot.Delivery, t target) error {
	draw := p.renderer()
	t.edit = true
	if !isPoll(d.Ref) {
		q, _ := draw.edit(d.Post, t.origin, p.now(), "", t.to, messageOf(d.Ref))
		return p.send(ctx, "editMessageText", q, t, nil)
	}
	at := params{"chat_id": decimal(t.to.chat), "message_id": decimal(messageOf(d.Ref))}
	if d.Post.Kind == bot.QuestionPost {
		at["reply_markup"] = asJSON(draw.pollKeyboard(d.Post, t.origin))
		return p.send(ctx, "editMessageReplyMarkup", at, t, nil)
	}
	err := p.send(ctx, "stopPoll", at, t, nil)
	if outcomeUnknown(err) { // it may be closed again, and nothing was told yet
		return &bot.RetryError{After: 2 * time.Second, Err: err}
	}
	if err != nil && !hasText(err, "poll has already been closed", "message with poll to stop not found", "message can't be edited") {
		return err
	}
	if d.Again {
		return fmt.Errorf("%w: an earlier process may have told the result", bot.ErrDoubt)
	}
	t.edit = false
	result := d.Post
	result.Body, result.Options = nil, nil // they stand in the poll
	q, _ := draw.text(result, t.origin, p.now(), "")
	q["reply_parameters"] = asJSON(replyTo{Message: messageOf(d.Ref), Anyway: true})
	return p.send(ctx, "sendMessage", t.to.addTo(q), t, nil)
}

// outcome turns what Telegram said into what the service acts on, and tells the service what became of
// the chat.
func (p *poster) outcome(ctx context.Context, d bot.Delivery, t target, err error) error {
	var retry *bot.RetryError
	var r *apiError
	switch {
	case err == nil, errors.As(err, &retry), errors.Is(err, bot.ErrDoubt):
		return err
	case d.Op == bot.New && outcomeUnknown(err):
		return fmt.Errorf("%w: %w", bot.ErrDoubt, err)
	case outcomeUnknown(err): // it may be said again, unless it is a poll's result, of which half may be there
		if isPoll(d.Ref) && d.Post.Kind != bot.QuestionPost {
			return fmt.Errorf("%w: %w", bot.ErrDoubt, err)
		}
		return &bot.RetryError{After: 2 * time.Second, Err: err}
	case !errors.As(err, &r): // it never went out
		return &bot.RetryError{After: 2 * time.Second, Err: err}
	case tokenRefused(err):
		return &bot.RetryError{After: time.Minute, Err: err}
	case r.MigrateTo != 0:
		if err := p.reportEvent(ctx, destinationOf(d.Chat.Chat).chat, bot.Event{Kind: bot.Migrated, To: (&chat{ID: r.MigrateTo, Type: supergroup}).place()}); err != nil {
			return &bot.RetryError{After: time.Second, Err: err}
		}
		return &bot.RetryError{After: 100 * time.Millisecond, Err: r}
	}
	if t.to.chat != destinationOf(d.Chat.Chat).chat { // one person's own chat
		if isClosed(err) {
			if d.Post.Kind == bot.StartPost { // once for each game
				p.askToOpenChat(ctx, d)
			}
			return fmt.Errorf("%w: %w", bot.ErrBarred, err)
		}
		return err
	}
	happened := func(kind bot.EventKind) {
		if err := p.reportEvent(ctx, t.to.chat, bot.Event{Kind: kind}); err != nil {
			p.log.Error("the service was not told about a chat", "err", err)
		}
	}
	switch {
	case hasText(err, "message to edit not found", "message_id_invalid", "message can't be edited"):
		return fmt.Errorf("%w: %w", bot.ErrPostGone, err)
	case hasText(err, "message thread not found", "topic_deleted"):
		return fmt.Errorf("%w: %w", bot.ErrChatGone, err)
	case hasText(err, "topic_closed"): // which says nothing about the rest of the group
		return fmt.Errorf("%w: %w", bot.ErrBarred, err)
	case hasText(err, "not enough rights", "have no rights", "need administrator rights", "chat_write_forbidden", "chat_restricted", "chat_send_"):
		happened(bot.Barred)
		return fmt.Errorf("%w: %w", bot.ErrBarred, err)
	case isClosed(err):
		happened(bot.Removed)
		return fmt.Errorf("%w: %w", bot.ErrChatGone, err)
	}
	return err
}

// isClosed reports whether a chat does not take anything from us any more.
func isClosed(err error) bool {
	var r *apiError
	return errors.As(err, &r) && r.Code == http.StatusForbidden || hasText(err, "chat not found", "peer_id_invalid", "user not found", "group chat was deactivated", "chat was deleted")
}

// askToOpenChat tells somebody in the group that their own game needs their private chat.
func (p *poster) askToOpenChat(ctx context.Context, d bot.Delivery) {
	home := destinationOf(d.Chat.Chat)
	if err := p.send(ctx, "sendMessage", home.addTo(p.renderer().openFirst(d.Post.Lang)), target{to: home, priority: replying}, nil); err != nil {
		p.log.Warn("nobody was told to open their chat", "err", err)
	}
}
