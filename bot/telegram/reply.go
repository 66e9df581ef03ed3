package telegram

import (
	"context"
	"sync"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/adapter"
	"summitquiz/content/language"
)

// A reply to one person goes to the first of these that fits: a toast on the button that they pressed, if it
// is one short sentence; the message whose button they pressed, if the reply replaces it; their private
// chat; and, if they never opened that, the group, if it is one short sentence, which tells no more than
// they did there for all to see. A longer reply requires that they open their private chat: a button leads
// there. Authors who write in the name of a group or channel have no private chat and are answered in the
// group.

// recipient is the person who gets a reply, and where they are.
type recipient struct {
	place       bot.Place // where the input acts
	source      bot.Place // where they wrote or pressed; may differ from place
	privateChat int64     // 0: none
	anonymous   bool      // they act in the name of the group
	message     int64     // that they wrote, or whose button they pressed
	press       *toast    // of the pressed button; nil: they wrote
	editable    bool      // the pressed message can be edited
}

// queueKey is the key by which replies keep their order.
func (q *recipient) queueKey() string {
	if q.privateChat != 0 {
		return "r" + decimal(q.privateChat)
	}
	return "r" + q.source.Chat
}

// toast answers a pressed button, once.
type toast struct {
	a     *answerer
	query string
	once  sync.Once

	mu    sync.Mutex
	timer *time.Timer // answers without a text after spinTime
}

// spinTime is how long a pressed button shows a spinner before it is answered without a text.
const spinTime = 4 * time.Second

// queryTime is how long the answer to a pressed button may take.
const queryTime = 10 * time.Second

func (a *answerer) newToast(query string) *toast {
	t := &toast{a: a, query: query}
	t.mu.Lock() // it may fire at once
	defer t.mu.Unlock()
	t.timer = time.AfterFunc(spinTime, func() { t.show("", "") })
	return t
}

// show answers the button with a text, or with the URL of a chat to open. It reports false if the button was
// answered before.
func (t *toast) show(text, url string) bool {
	first := false
	t.once.Do(func() {
		first = true
		t.mu.Lock()
		t.timer.Stop()
		t.mu.Unlock()
		q := params{"callback_query_id": t.query}
		if text != "" {
			q["text"] = text
		}
		if language.Length(text) > glanceLimit {
			q["show_alert"] = "true"
		}
		if url != "" {
			q["url"] = url
		}
		ctx, cancel := context.WithTimeout(context.Background(), queryTime)
		defer cancel()
		if adapter.Sleep(ctx, t.a.limiter.pauseLeft()) != nil {
			return
		}
		err := t.a.client.do(ctx, "answerCallbackQuery", q, nil, callTime)
		if err != nil && !hasText(err, "query is too old", "query id is invalid") {
			t.a.backOff(err)
			t.a.log.Warn("a pressed button was not answered", "err", err)
		}
	})
	return first
}

// answerer sends replies.
type answerer struct {
	*sender
	replies *adapter.Queue // by the chat that they go to
}

// reply sends a person the service's reply.
func (a *answerer) reply(q *recipient, r bot.Reply) {
	ctx, cancel := context.WithTimeout(a.work, replyTime)
	defer cancel()
	if q.press != nil {
		defer q.press.show("", "") // also if the reply is empty
	}
	if len(r.Posts) == 0 || r.Said && q.press == nil {
		return
	}
	first := r.Posts[0]
	if r.To != "" && q.press == nil && a.pointAt(ctx, q, r.To, first) {
		return
	}
	if r.Brief && !r.Update && q.press != nil {
		if text := toastText(first); language.Length(text) <= toastLimit && q.press.show(text, "") {
			return
		}
	}
	if q.press != nil && r.Update && q.editable {
		if a.replaceMessage(ctx, q, first) {
			r.Posts = r.Posts[1:]
		}
	}
	for _, p := range r.Posts {
		if !a.sendPost(ctx, q, p, r.Brief) {
			return
		}
	}
}

// pointAt says a sentence as a reply to a post of the chat, for all to see. It reports false if the
// post is not there.
func (a *answerer) pointAt(ctx context.Context, q *recipient, ref bot.Ref, p bot.Post) bool {
	home := destinationOf(q.source.Chat)
	e, _ := a.renderer().text(p, q.origin(home), a.now(), "")
	e["reply_parameters"] = asJSON(replyTo{Message: messageOf(ref)})
	err := a.send(ctx, "sendMessage", home.addTo(e), target{to: home, priority: replying}, nil)
	if hasText(err, "message to be replied not found", "reply message not found") {
		return false
	}
	a.logFailure("a pointer", err)
	return true
}

// replyTime is how long a reply may take.
const replyTime = 60 * time.Second

// origin is where the buttons of a reply in a chat act; nil: in that chat.
func (q *recipient) origin(in destination) *origin {
	at := destinationOf(q.place.Chat)
	if at == in && at.thread == 0 && !q.anonymous {
		return nil
	}
	return &origin{at: at, anonymous: q.anonymous}
}

// replaceMessage replaces the message whose button was pressed with a post. It reports false if that message no
// longer exists.
func (a *answerer) replaceMessage(ctx context.Context, q *recipient, p bot.Post) bool {
	at := destinationOf(q.source.Chat)
	e, complete := a.renderer().edit(p, q.origin(at), a.now(), restNote(p.Lang), at, q.message)
	err := a.send(ctx, "editMessageText", e, target{to: at, priority: replying, edit: true}, nil)
	if hasText(err, "message to edit not found", "message can't be edited", "message_id_invalid") {
		return false
	}
	if err != nil {
		a.logFailure("a changed reply", err)
	}
	a.sendFiles(ctx, at, p, complete)
	return true
}

// sendPost sends a post to a person and reports whether more may follow.
func (a *answerer) sendPost(ctx context.Context, q *recipient, p bot.Post, brief bool) bool {
	draw := a.renderer()
	home := destinationOf(q.source.Chat)
	answering := asJSON(replyTo{Message: q.message, Anyway: true})
	if q.privateChat == 0 { // in the name of the group
		e, _ := draw.text(p, q.origin(home), a.now(), "")
		e["reply_parameters"] = answering
		a.logFailure("a reply", a.send(ctx, "sendMessage", home.addTo(e), target{to: home, priority: replying}, nil))
		return true
	}
	own := destination{chat: q.privateChat}
	e, complete := draw.text(p, q.origin(own), a.now(), restNote(p.Lang))
	err := a.send(ctx, "sendMessage", own.addTo(e), target{to: own, priority: replying}, nil)
	if err == nil {
		a.sendFiles(ctx, own, p, complete)
		return true
	}
	if !isClosed(err) || home.chat == own.chat {
		a.logFailure("a reply", err)
		return false
	}
	if q.press != nil { // the button opens the private chat
		q.press.show("", draw.link(bot.LinkToGreet))
		return false
	}
	if brief {
		e, _ = draw.text(p, q.origin(home), a.now(), "")
	} else {
		e = draw.openFirst(p.Lang)
	}
	e["reply_parameters"] = answering
	a.logFailure("a reply", a.send(ctx, "sendMessage", home.addTo(e), target{to: home, priority: replying}, nil))
	return false
}
