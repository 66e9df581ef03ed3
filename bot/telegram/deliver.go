package telegram

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/adapter"
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

// sent is what is read of a message that was made.
type sent struct {
	ID   int64 `json:"message_id"`
	Poll *struct {
		ID string `json:"id"`
	} `json:"poll"`
}

// Deliver carries out one post, edit or deletion. What is new is sent at most once: when nobody
// knows whether it went out, it stays in doubt. Edits say the same again, so they are repeated.
func (a *Adapter) Deliver(ctx context.Context, d bot.Delivery) (bot.Ref, error) {
	if d.Op == bot.New && d.Again {
		return "", fmt.Errorf("%w: an earlier process may have sent it", bot.ErrDoubt)
	}
	if d.Post.Link != "" && a.me.Load() == nil {
		return d.Ref, &bot.RetryError{After: time.Second, Err: errNotMet}
	}
	home := spotOf(d.Chat.Chat)
	p := parcel{to: home, urgency: posting}
	if d.Bulk {
		p.urgency = broadcasting
	}
	if home.thread != 0 {
		p.origin = &origin{at: home}
	}
	if d.To != nil && !d.Chat.Private {
		p.to, p.origin = spot{chat: number(d.To.User)}, &origin{at: home}
	}
	var ref bot.Ref
	var err error
	switch d.Op {
	case bot.New:
		ref, err = a.post(ctx, d, p)
	case bot.Edit:
		ref, err = d.Ref, a.change(ctx, d, p)
	case bot.Delete:
		p.edit = true
		err = a.send(ctx, "deleteMessage", params{"chat_id": decimal(p.to.chat), "message_id": decimal(messageOf(d.Ref))}, p, nil)
		if says(err, "message to delete not found", "message can't be deleted") {
			err = nil
		}
		ref = d.Ref
	}
	if d.To != nil && !d.Chat.Private {
		a.alone.follow(d, home, err)
	}
	return ref, a.outcome(ctx, d, p, err)
}

// errNotMet means that Telegram has not been reached yet, so that links cannot be written.
var errNotMet = errors.New("telegram has not been reached yet")

// parcel says where something goes and how urgent it is.
type parcel struct {
	to      spot
	origin  *origin // where its buttons act, if that is not where it goes
	urgency urgency
	edit    bool // it changes what is there
}

// send makes one request that makes or changes a message, when it is its turn. The request
// itself is finished also when ctx ends: half of it would leave everybody in doubt.
func (a *Adapter) send(ctx context.Context, method string, q params, p parcel, out any) error {
	return a.sendFile(ctx, method, q, nil, p, out)
}

// sendFile is send with a file. What one person waits for stays queued until ctx ends when
// Telegram refuses it for now; what the service delivers is queued there.
func (a *Adapter) sendFile(ctx context.Context, method string, q params, f *bot.File, p parcel, out any) error {
	for {
		err := a.attempt(ctx, method, q, f, p, out)
		var retry *bot.RetryError
		if p.urgency != replying || !errors.As(err, &retry) || adapter.Sleep(ctx, retry.After) != nil {
			return err
		}
	}
}

// attempt sends once.
func (a *Adapter) attempt(ctx context.Context, method string, q params, f *bot.File, p parcel, out any) error {
	if err := a.gate.pass(ctx, p.to.chat, p.edit, p.urgency); err != nil {
		return err
	}
	err := a.client.send(context.WithoutCancel(ctx), method, q, f, out, sendTime)
	if q["parse_mode"] != "" && says(err, "can't parse entities") {
		a.log.Error("telegram does not take the markup of a post; it goes out plain", "method", method, "err", err)
		q["text"] = plain(q["text"])
		delete(q, "parse_mode")
		err = a.client.send(context.WithoutCancel(ctx), method, q, f, out, sendTime)
	}
	if wait := a.tooMany(err); wait > 0 {
		return &bot.RetryError{After: wait, Err: err}
	}
	if p.edit && says(err, "message is not modified") {
		return nil
	}
	return err
}

// post sends something new.
func (a *Adapter) post(ctx context.Context, d bot.Delivery, p parcel) (bot.Ref, error) {
	var made sent
	draw := a.artist()
	if d.Post.Poll != nil && d.To == nil {
		err := a.send(ctx, "sendPoll", p.to.into(draw.poll(d.Post, p.origin)), p, &made)
		switch {
		case err == nil && made.Poll != nil:
			return pollRef(made.Poll.ID, made.ID), nil
		case err == nil:
			return "", fmt.Errorf("%w: telegram made a message without a poll", bot.ErrDoubt)
		case !says(err, "poll", "quiz"): // it is the message that is refused, not the poll in it
			return "", err
		}
		a.log.Warn("telegram takes no poll here; the question goes out with buttons", "slot", d.Slot, "err", err)
	}
	q, _ := draw.text(d.Post, p.origin, a.now(), "")
	if err := a.send(ctx, "sendMessage", p.to.into(q), p, &made); err != nil {
		return "", err
	}
	if d.To != nil && !d.Chat.Private {
		return bot.Ref("u" + d.To.User + "." + decimal(made.ID)), nil
	}
	return bot.Ref(decimal(made.ID)), nil
}

// change edits what is there. A poll cannot be edited: its buttons change while it is open; then
// it is closed, and what is to be said stands in a message below it.
func (a *Adapter) change(ctx context.Context, d bot.Delivery, p parcel) error {
	draw := a.artist()
	p.edit = true
	if !isPoll(d.Ref) {
		q, _ := draw.edit(d.Post, p.origin, a.now(), "", p.to, messageOf(d.Ref))
		return a.send(ctx, "editMessageText", q, p, nil)
	}
	at := params{"chat_id": decimal(p.to.chat), "message_id": decimal(messageOf(d.Ref))}
	if d.Post.Kind == bot.QuestionPost {
		at["reply_markup"] = asJSON(draw.pollKeyboard(d.Post, p.origin))
		return a.send(ctx, "editMessageReplyMarkup", at, p, nil)
	}
	err := a.send(ctx, "stopPoll", at, p, nil)
	if unknown(err) { // it may be closed again, and nothing was told yet
		return &bot.RetryError{After: 2 * time.Second, Err: err}
	}
	if err != nil && !says(err, "poll has already been closed", "message with poll to stop not found", "message can't be edited") {
		return err
	}
	if d.Again {
		return fmt.Errorf("%w: an earlier process may have told the result", bot.ErrDoubt)
	}
	p.edit = false
	result := d.Post
	result.Body, result.Options = nil, nil // they stand in the poll
	q, _ := draw.text(result, p.origin, a.now(), "")
	q["reply_parameters"] = asJSON(replyTo{Message: messageOf(d.Ref), Anyway: true})
	return a.send(ctx, "sendMessage", p.to.into(q), p, nil)
}

// outcome turns what Telegram said into what the service acts on, and tells the service what became of
// the chat.
func (a *Adapter) outcome(ctx context.Context, d bot.Delivery, p parcel, err error) error {
	var retry *bot.RetryError
	var r *refusal
	switch {
	case err == nil, errors.As(err, &retry), errors.Is(err, bot.ErrDoubt):
		return err
	case d.Op == bot.New && unknown(err):
		return fmt.Errorf("%w: %w", bot.ErrDoubt, err)
	case unknown(err): // it may be said again, unless it is a poll's result, of which half may be there
		if isPoll(d.Ref) && d.Post.Kind != bot.QuestionPost {
			return fmt.Errorf("%w: %w", bot.ErrDoubt, err)
		}
		return &bot.RetryError{After: 2 * time.Second, Err: err}
	case !errors.As(err, &r): // it never went out
		return &bot.RetryError{After: 2 * time.Second, Err: err}
	case a.refused(err):
		return &bot.RetryError{After: time.Minute, Err: err}
	case r.MigrateTo != 0:
		if err := a.tell(ctx, spotOf(d.Chat.Chat).chat, bot.Event{Kind: bot.Migrated, To: (&chat{ID: r.MigrateTo, Type: supergroup}).place()}); err != nil {
			return &bot.RetryError{After: time.Second, Err: err}
		}
		return &bot.RetryError{After: 100 * time.Millisecond, Err: r}
	}
	if p.to.chat != spotOf(d.Chat.Chat).chat { // one person's own chat
		if closed(err) {
			if d.Post.Kind == bot.StartPost { // once for each game
				a.askToOpen(ctx, d)
			}
			return fmt.Errorf("%w: %w", bot.ErrBarred, err)
		}
		return err
	}
	happened := func(kind bot.EventKind) {
		if err := a.tell(ctx, p.to.chat, bot.Event{Kind: kind}); err != nil {
			a.log.Error("the service was not told about a chat", "err", err)
		}
	}
	switch {
	case says(err, "message to edit not found", "message_id_invalid", "message can't be edited"):
		return fmt.Errorf("%w: %w", bot.ErrPostGone, err)
	case says(err, "message thread not found", "topic_deleted"):
		return fmt.Errorf("%w: %w", bot.ErrChatGone, err)
	case says(err, "topic_closed"): // which says nothing about the rest of the group
		return fmt.Errorf("%w: %w", bot.ErrBarred, err)
	case says(err, "not enough rights", "have no rights", "need administrator rights", "chat_write_forbidden", "chat_restricted", "chat_send_"):
		happened(bot.Barred)
		return fmt.Errorf("%w: %w", bot.ErrBarred, err)
	case closed(err):
		happened(bot.Removed)
		return fmt.Errorf("%w: %w", bot.ErrChatGone, err)
	}
	return err
}

// closed reports whether a chat does not take anything from us any more.
func closed(err error) bool {
	var r *refusal
	return errors.As(err, &r) && r.Code == http.StatusForbidden || says(err, "chat not found", "peer_id_invalid", "user not found", "group chat was deactivated", "chat was deleted")
}

// tell tells the service what happened to a chat. It is an input of its own, and the same within a
// minute however often it is noticed.
func (a *Adapter) tell(ctx context.Context, where int64, e bot.Event) error {
	now := a.now().UTC()
	kind := "" // only private chats have positive numbers
	if where > 0 {
		kind = private
	}
	in := bot.Input{ID: bot.InputID(fmt.Sprintf("%s:noticed-%d-%d-%d", platform, e.Kind, where, now.Unix()/60)), Place: (&chat{ID: where, Type: kind}).place(), At: now, Event: &e}
	_, err := a.hall.Handle(ctx, in)
	return err
}

// askToOpen tells somebody in the group that their own game needs their private chat.
func (a *Adapter) askToOpen(ctx context.Context, d bot.Delivery) {
	home := spotOf(d.Chat.Chat)
	if err := a.send(ctx, "sendMessage", home.into(a.artist().openFirst(d.Post.Lang)), parcel{to: home, urgency: replying}, nil); err != nil {
		a.log.Warn("nobody was told to open their chat", "err", err)
	}
}
