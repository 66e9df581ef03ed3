package telegram

import (
	"context"
	"errors"
	"sync"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/adapter"
	"summitquiz/content/language"
)

// What one person is told in answer to what they did goes, in this order: onto the button that
// they pressed, as a toast, if it is one short sentence; into the message whose button they
// pressed, if it takes its place; into their private chat; and, where they never opened that,
// into the group, if it is one short sentence, which says no more than what they did there for
// all to see. Anything longer waits until they open their chat: a button leads there. Who writes
// in a group's or a channel's name has no chat and is answered in the group.

// asker is who gets a reply, and where.
type asker struct {
	place     bot.Place // where they acted
	home      bot.Place // where they wrote or pressed: another one than place, or the same
	chat      int64     // their private chat; 0: they have none
	anonymous bool      // they act in the group's name
	message   int64     // what they wrote, or what they pressed on
	press     *toast    // of the button; nil: they wrote
	editable  bool      // the pressed message can be edited
}

// lane is what replies keep their order with.
func (q *asker) lane() string {
	if q.chat != 0 {
		return "r" + decimal(q.chat)
	}
	return "r" + q.home.Chat
}

// toast answers a pressed button, once.
type toast struct {
	a     *Adapter
	query string
	once  sync.Once

	mu    sync.Mutex
	timer *time.Timer // answers with nothing when its time comes
}

// spinTime is how long a button may spin before it is answered with nothing.
const spinTime = 4 * time.Second

// queryTime is how long a pressed button waits for its answer at all.
const queryTime = 10 * time.Second

func (a *Adapter) newToast(query string) *toast {
	t := &toast{a: a, query: query}
	t.mu.Lock() // it may fire at once
	defer t.mu.Unlock()
	t.timer = time.AfterFunc(spinTime, func() { t.show("", "") })
	return t
}

// show answers the button with a text, or with the address of a chat to open. It reports false
// if the button was answered before.
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
		if language.Length(text) > glance {
			q["show_alert"] = "true"
		}
		if url != "" {
			q["url"] = url
		}
		ctx, cancel := context.WithTimeout(context.Background(), queryTime)
		defer cancel()
		if adapter.Sleep(ctx, t.a.gate.held()) != nil {
			return
		}
		err := t.a.client.do(ctx, "answerCallbackQuery", q, nil, callTime)
		if err != nil && !says(err, "query is too old", "query id is invalid") {
			t.a.tooMany(err)
			t.a.log.Warn("a pressed button was not answered", "err", err)
		}
	})
	return first
}

// pressed is a pressed button.
func (a *Adapter) pressed(ctx context.Context, u *update, last bool) error {
	p := u.Press
	t := a.newToast(p.ID)
	action, o := a.seals.open(p.Data)
	if p.Message == nil || p.From.Bot || action == note {
		a.counts.ignored.Add(1)
		return a.replies.Add(ctx, "t"+p.ID, func() { t.show("", "") })
	}
	in := bot.Input{ID: inputID(u.ID), Place: p.Message.place(), From: p.From.person(), At: a.now().UTC(), Press: &bot.Press{Action: action}}
	q := &asker{home: in.Place, chat: p.From.ID, message: p.Message.ID, press: t, editable: p.Message.Date != 0}
	if o != nil {
		in.Place = o.place()
		if o.at.chat == p.Message.Chat.ID {
			in.Place.Title = p.Message.Chat.Title
		}
	}
	a.rank(ctx, &in, spotOf(in.Place.Chat).chat, speaker{chat: p.From.ID})
	if o != nil && o.anonymous && in.From.Admin {
		in.From = bot.Person{User: decimal(o.at.chat), Name: p.Message.Chat.Title, Admin: true}
		q.anonymous, q.chat = true, 0
	}
	q.place = in.Place
	err := a.handIn(ctx, in, q, last)
	if err != nil && !last {
		t.timer.Stop() // the next try has its own
	}
	return err
}

// reply tells a person what the service says.
func (a *Adapter) reply(q *asker, r bot.Reply) {
	ctx, cancel := context.WithTimeout(a.work, replyTime)
	defer cancel()
	if q.press != nil {
		defer q.press.show("", "") // also when nothing is to be said
	}
	if len(r.Posts) == 0 {
		return
	}
	first := r.Posts[0]
	if r.Brief && !r.Update && q.press != nil {
		if text := spoken(first); language.Length(text) <= toastLimit && q.press.show(text, "") {
			return
		}
	}
	if q.press != nil && r.Update && q.editable {
		if a.replace(ctx, q, first) {
			r.Posts = r.Posts[1:]
		}
	}
	for _, p := range r.Posts {
		if !a.say(ctx, q, p, r.Brief) {
			return
		}
	}
}

// replyTime is how long a reply may wait for its turn.
const replyTime = 60 * time.Second

// origin is where the buttons of a reply act that stands in a chat.
func (q *asker) origin(in spot) *origin {
	at := spotOf(q.place.Chat)
	if at == in && at.thread == 0 && !q.anonymous {
		return nil
	}
	return &origin{at: at, anonymous: q.anonymous}
}

// replace puts a post in the place of the one whose button was pressed. It reports false if that
// is gone.
func (a *Adapter) replace(ctx context.Context, q *asker, p bot.Post) bool {
	at := spotOf(q.home.Chat)
	e, whole := a.artist().edit(p, q.origin(at), a.now(), restNote(p.Lang), at, q.message)
	err := a.send(ctx, "editMessageText", e, parcel{to: at, urgency: replying, edit: true}, nil)
	if says(err, "message to edit not found", "message can't be edited", "message_id_invalid") {
		return false
	}
	if err != nil {
		a.complain("a changed reply", err)
	}
	a.enclose(ctx, at, p, whole)
	return true
}

// say sends a post to a person and reports whether more may follow.
func (a *Adapter) say(ctx context.Context, q *asker, p bot.Post, brief bool) bool {
	draw := a.artist()
	home := spotOf(q.home.Chat)
	answering := asJSON(replyTo{Message: q.message, Anyway: true})
	if q.chat == 0 { // in the group's own name
		e, _ := draw.text(p, q.origin(home), a.now(), "")
		e["reply_parameters"] = answering
		a.complain("a reply", a.send(ctx, "sendMessage", home.into(e), parcel{to: home, urgency: replying}, nil))
		return true
	}
	own := spot{chat: q.chat}
	e, whole := draw.text(p, q.origin(own), a.now(), restNote(p.Lang))
	err := a.send(ctx, "sendMessage", own.into(e), parcel{to: own, urgency: replying}, nil)
	if err == nil {
		a.enclose(ctx, own, p, whole)
		return true
	}
	if !closed(err) || home.chat == own.chat {
		a.complain("a reply", err)
		return false
	}
	if q.press != nil { // the button leads to the chat
		q.press.show("", draw.link(bot.LinkToGreet))
		return false
	}
	if brief {
		e, _ = draw.text(p, q.origin(home), a.now(), "")
	} else {
		e = draw.openFirst(p.Lang)
	}
	e["reply_parameters"] = answering
	a.complain("a reply", a.send(ctx, "sendMessage", home.into(e), parcel{to: home, urgency: replying}, nil))
	return false
}

// enclose sends what a message cannot hold behind it: a file of the service's, and the rest of a
// text that is too long.
func (a *Adapter) enclose(ctx context.Context, to spot, p bot.Post, whole bool) {
	var files []*bot.File
	if !whole {
		all := p.Whole()
		files = append(files, &all)
	}
	if p.File != nil {
		files = append(files, p.File)
	}
	for _, f := range files {
		a.complain("a file", a.sendFile(ctx, "sendDocument", to.into(params{}), f, parcel{to: to, urgency: replying}, nil))
	}
}

// complain logs what became of a reply that did not arrive. Nothing is repeated: it may have
// arrived, and what was saved stays saved.
func (a *Adapter) complain(what string, err error) {
	if err != nil && !errors.Is(err, context.Canceled) {
		a.log.Warn(what+" did not arrive", "err", err)
	}
}
