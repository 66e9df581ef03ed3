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

// The forms of a Ref: the number of a message; "p<poll>.<message>" for a poll, as votes name only the poll;
// and "u<user>.<message>" for a post about a group in one person's private chat.
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

// sentMessage is the part of a sent message that is used here.
type sentMessage struct {
	ID   int64 `json:"message_id"`
	Poll *struct {
		ID string `json:"id"`
	} `json:"poll"`
}

// poster makes, edits and deletes the messages of chats.
type poster struct{ *sender }

// deliver carries out one post, edit or deletion. A new post is sent at most once: if the outcome is unknown,
// it stays in doubt. Edits may be repeated.
func (p *poster) deliver(ctx context.Context, d bot.Delivery) (bot.Ref, error) {
	if d.Op == bot.New && d.Again {
		return "", fmt.Errorf("%w: an earlier process may have sent it", bot.ErrDoubt)
	}
	if d.Post.Link != "" && p.self.Load() == nil {
		return d.Ref, &bot.RetryError{After: time.Second, Err: errNotIntroduced}
	}
	home := destinationOf(d.Chat.Chat)
	t := target{to: home, priority: posting, begin: d.Begin}
	if d.Class == bot.BulkClass {
		t.priority = broadcasting
	}
	if home.thread != 0 {
		t.origin = &origin{at: home}
	}
	if d.To != nil && !d.Chat.Private {
		t.to, t.origin = destination{chat: number(d.To.User)}, &origin{at: home}
	}
	var moved bool
	if d.Ref, moved = d.Ref.Moved(); moved && t.to == home { // a supergroup counts its messages anew
		if d.Op == bot.Edit {
			return "", fmt.Errorf("%w: its group became a supergroup", bot.ErrPostGone)
		}
		return d.Ref, nil
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

// errNotIntroduced means that Telegram has not been reached yet, so that the bot's name is not known for
// links.
var errNotIntroduced = errors.New("telegram has not been reached yet")

// post sends a new post.
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
		case !hasText(err, "poll", "quiz"): // the message was refused, not the poll
			return "", err
		}
		p.log.Warn("telegram refuses a poll here; the question is sent with buttons", "slot", d.Slot, "err", err)
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

// edit edits a post. A poll cannot be edited: while it is open its buttons change; then it is closed, and its
// result is a message below it.
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
	if d.Post.Poll != nil && d.Post.Poll.Quiet {
		err := p.stopPoll(ctx, at, t)
		if outcomeUnknown(err) {
			return &bot.RetryError{After: 2 * time.Second, Err: err}
		}
		return err
	}
	soon := t
	soon.within = closeTime
	if err := p.stopPoll(ctx, at, soon); refusedForGood(err) {
		return err
	} else if err != nil { // once more after the result, so that a failure takes no time from reading it; in the end it closes by itself
		again := t
		defer func() {
			if err := p.stopPoll(ctx, at, again); err != nil {
				p.log.Warn("a poll was not closed", "slot", d.Slot, "err", err)
			}
		}()
	}
	if d.Again {
		return fmt.Errorf("%w: an earlier process may have told the result", bot.ErrDoubt)
	}
	t.edit = false
	result := d.Post
	result.Body, result.Options = nil, nil // the poll shows them
	q, _ := draw.text(result, t.origin, p.now(), "")
	q["reply_parameters"] = asJSON(replyTo{Message: messageOf(d.Ref), Anyway: true})
	return p.send(ctx, "sendMessage", t.to.addTo(q), t, nil)
}

// closeTime is how long the result of a poll waits for the poll to close. People read it until the next question
// comes, which does not wait for it.
const closeTime = time.Second / 2

// refusedForGood reports whether Telegram has answered a request and will not answer otherwise.
func refusedForGood(err error) bool {
	var retry *bot.RetryError
	var r *apiError
	return errors.As(err, &r) && !errors.As(err, &retry) && !outcomeUnknown(err)
}

// stopPoll closes a poll; one that is closed or gone is no error.
func (p *poster) stopPoll(ctx context.Context, at params, t target) error {
	err := p.send(ctx, "stopPoll", at, t, nil)
	if hasText(err, "poll has already been closed", "message with poll to stop not found", "message can't be edited") {
		return nil
	}
	return err
}

// outcome turns an error of Telegram into one that the service acts on, and tells the service what happened to
// the chat.
func (p *poster) outcome(ctx context.Context, d bot.Delivery, t target, err error) error {
	var retry *bot.RetryError
	var r *apiError
	switch {
	case err == nil, errors.As(err, &retry), errors.Is(err, bot.ErrDoubt):
		return err
	case d.Op == bot.New && outcomeUnknown(err):
		return fmt.Errorf("%w: %w", bot.ErrDoubt, err)
	case outcomeUnknown(err): // it may be repeated, unless it is a poll's result, of which half may have been sent
		if isPoll(d.Ref) && d.Post.Kind != bot.QuestionPost {
			return fmt.Errorf("%w: %w", bot.ErrDoubt, err)
		}
		return &bot.RetryError{After: 2 * time.Second, Err: err}
	case !errors.As(err, &r): // it was not sent
		return &bot.RetryError{After: 2 * time.Second, Err: err}
	case tokenRefused(err):
		return &bot.RetryError{After: time.Minute, Err: err}
	case r.MigrateTo != 0:
		e := bot.Event{Kind: bot.Migrated, To: (&chat{ID: r.MigrateTo, Type: supergroup}).place()}
		if err := p.reportEvent(ctx, destinationOf(d.Chat.Chat).chat, e); err != nil {
			return &bot.RetryError{After: time.Second, Err: err}
		}
		return &bot.RetryError{After: 100 * time.Millisecond, Err: r}
	}
	if t.to.chat != destinationOf(d.Chat.Chat).chat { // one person's private chat
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
			p.log.Error("a change of a chat was not handled", "err", err)
		}
	}
	switch {
	case hasText(err, "message to edit not found", "message_id_invalid", "message can't be edited"):
		return fmt.Errorf("%w: %w", bot.ErrPostGone, err)
	case hasText(err, "message thread not found", "topic_deleted"):
		return fmt.Errorf("%w: %w", bot.ErrChatGone, err)
	case hasText(err, "topic_closed"): // the rest of the group may be open
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

// isClosed reports whether a chat no longer accepts messages of the bot.
func isClosed(err error) bool {
	var r *apiError
	return errors.As(err, &r) && r.Code == http.StatusForbidden ||
		hasText(err, "chat not found", "peer_id_invalid", "user not found", "group chat was deactivated", "chat was deleted")
}

// askToOpenChat tells a person in the group that their game needs their private chat.
func (p *poster) askToOpenChat(ctx context.Context, d bot.Delivery) {
	home := destinationOf(d.Chat.Chat)
	if err := p.send(ctx, "sendMessage", home.addTo(p.renderer().openFirst(d.Post.Lang)), target{to: home, priority: replying}, nil); err != nil {
		p.log.Warn("a person was not told to open their private chat", "err", err)
	}
}
