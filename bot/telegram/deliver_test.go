package telegram_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/telegram"
	"summitquiz/bot/telegram/telegramtest"
)

// scripted is a service that remembers what came and says nothing.
type scripted struct {
	mu     sync.Mutex
	inputs []bot.Input
	answer func(bot.Input) (bot.Reply, error)
}

// Commands are those of the program.
func (h *scripted) Commands() bot.CommandList { return bottest.Commands() }

func (h *scripted) Handle(_ context.Context, in bot.Input) (bot.Reply, error) {
	h.mu.Lock()
	h.inputs = append(h.inputs, in)
	h.mu.Unlock()
	if h.answer != nil {
		return h.answer(in)
	}
	return bot.Reply{}, nil
}

func (h *scripted) got() []bot.Input {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]bot.Input{}, h.inputs...)
}

// alone sets up an adapter without a process around it.
func alone(t *testing.T, o telegramtest.Options, act func(f *telegramtest.Telegram, a *telegram.Adapter, service *scripted, log *bottest.Log)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		f := telegramtest.New(t, o)
		service := &scripted{}
		a, log := adapter(t, f, service)
		act(f, a, service, log)
		rest(time.Minute) // what comes late has come
		clean(t, log)
	})
}

// said is a post of one sentence.
func said(text string) bot.Post {
	return bot.Post{Kind: bot.NoticePost, Lang: en, Body: []bot.Line{{Text: text}}}
}

func address(c *telegramtest.Chat) bot.Address {
	p := groupPlace(c)
	return bot.Address{Platform: p.Platform, Space: p.Space, Chat: p.Chat, Private: p.Private}
}

// TestWhatTelegramSaysOfAPostIsActedOn fails a delivery in every way there is, and looks at what
// the service is told, what it may try again, and what stands in the chat.
func TestWhatTelegramSaysOfAPostIsActedOn(t *testing.T) {
	for name, tc := range map[string]struct {
		fault telegramtest.Fault
		chat  func(c *telegramtest.Chat)
		op    bot.Op
		want  error
		retry time.Duration // at least, and at most a second more; 0: none
		event bot.EventKind
		told  bool // the service is told event
		there int  // messages that stand in the chat afterwards
	}{
		"it went out":                   {op: bot.New, there: 1},
		"too many":                      {fault: telegramtest.Limit(7 * time.Second), op: bot.New, retry: 7 * time.Second},
		"a bad gateway":                 {fault: telegramtest.Status(502), op: bot.New, want: bot.ErrDoubt},
		"a bad gateway that passed it":  {fault: telegramtest.Lost(502), op: bot.New, want: bot.ErrDoubt, there: 1},
		"a page in place of an answer":  {fault: telegramtest.Page, op: bot.New, want: bot.ErrDoubt},
		"an error inside of telegram":   {fault: telegramtest.Internal, op: bot.New, want: bot.ErrDoubt},
		"the connection breaks after":   {fault: telegramtest.Drop, op: bot.New, want: bot.ErrDoubt, there: 1},
		"an answer that comes too late": {fault: telegramtest.Late(20 * time.Second), op: bot.New, want: bot.ErrDoubt, there: 1},
		"an edit at a bad gateway":      {fault: telegramtest.Status(502), op: bot.Edit, retry: time.Second, there: 1},
		"an edit of what is the same":   {fault: telegramtest.Refuse(400, "message is not modified: specified new message content"), op: bot.Edit, there: 1},
		"an edit of what is gone":       {fault: telegramtest.Refuse(400, "message to edit not found"), op: bot.Edit, want: bot.ErrPostGone, there: 1},
		"removed": {chat: func(c *telegramtest.Chat) { c.Kick(c.Owner()) }, op: bot.New, want: bot.ErrChatGone,
			event: bot.Removed, told: true},
		"the group was deleted": {chat: func(c *telegramtest.Chat) { c.Delete() }, op: bot.New, want: bot.ErrChatGone, event: bot.Removed, told: true},
		"may not write": {chat: func(c *telegramtest.Chat) { c.Mute("messages", true) }, op: bot.New, want: bot.ErrBarred,
			event: bot.Barred, told: true},
		"a closed topic": {fault: telegramtest.Refuse(400, "TOPIC_CLOSED"), op: bot.New, want: bot.ErrBarred},
		"no such chat": {fault: telegramtest.Refuse(400, "chat not found"), op: bot.New, want: bot.ErrChatGone, event: bot.Removed,
			told: true},
		"moved": {chat: func(c *telegramtest.Chat) { c.Migrate() }, op: bot.New, retry: 100 * time.Millisecond,
			event: bot.Migrated, told: true},
		"a token that was taken away": {fault: telegramtest.Status(401), op: bot.New, retry: time.Minute},
		"a mistake of ours":           {fault: telegramtest.Refuse(400, "BUTTON_DATA_INVALID"), op: bot.New, want: errors.New("")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			alone(t, telegramtest.Options{}, func(f *telegramtest.Telegram, a *telegram.Adapter, service *scripted, _ *bottest.Log) {
				c := f.NewGroup("Friends")
				d := bot.Delivery{Op: tc.op, Slot: bottest.Slot("s", 0), Chat: address(c), Post: said("one")}
				if tc.op == bot.Edit {
					ref, err := a.Deliver(context.Background(), bot.Delivery{Op: bot.New, Slot: bottest.Slot("s", 0), Chat: address(c), Post: said("none")})
					if err != nil {
						t.Fatal(err)
					}
					d.Ref = ref
				}
				if tc.fault != nil {
					method := map[bot.Op]string{bot.New: "sendMessage", bot.Edit: "editMessageText"}[tc.op]
					f.Fail(1, method, tc.fault)
				}
				if tc.chat != nil {
					tc.chat(c)
				}
				ref, err := a.Deliver(context.Background(), d)
				checkOutcome(t, ref, err, tc.want, tc.retry)
				var told []bot.EventKind
				for _, in := range service.got() {
					if in.Event != nil {
						told = append(told, in.Event.Kind)
					}
				}
				if tc.told != (len(told) == 1) || tc.told && told[0] != tc.event {
					t.Errorf("the service is told %v, want %v: %v", told, tc.told, tc.event)
				}
				if n := len(c.FromBot()); n != tc.there {
					t.Errorf("%d messages stand in the chat, want %d", n, tc.there)
				}
			})
		})
	}
}

// checkOutcome checks what Deliver returned. want is its error; one without a text: any that gives the post
// up. retry is when it wants to be tried again; 0: not.
func checkOutcome(t *testing.T, ref bot.Ref, err, want error, after time.Duration) {
	t.Helper()
	var retry *bot.RetryError
	switch {
	case after > 0:
		if !errors.As(err, &retry) || retry.After < after || retry.After > after+time.Second {
			t.Errorf("Deliver = %v, want to be tried again after %v", err, after)
		}
	case want == nil && (err != nil || ref == ""):
		t.Errorf("Deliver = %q, %v", ref, err)
	case want != nil && want.Error() == "" && (err == nil || errors.Is(err, bot.ErrDoubt) || errors.As(err, &retry)):
		t.Errorf("Deliver = %v, want an error that gives it up", err)
	case want != nil && want.Error() != "" && !errors.Is(err, want):
		t.Errorf("Deliver = %v, want %v", err, want)
	}
	if err != nil && strings.Contains(err.Error(), "fake_token") {
		t.Errorf("the error holds the token: %v", err)
	}
}

// TestAnOldPostIsNotLookedForInTheNewGroup edits and deletes what was posted before a group became a
// supergroup, where another post has its number now. A copy that one person has in private stays theirs.
func TestAnOldPostIsNotLookedForInTheNewGroup(t *testing.T) {
	alone(t, telegramtest.Options{}, func(f *telegramtest.Telegram, a *telegram.Adapter, _ *scripted, _ *bottest.Log) {
		ada := f.NewUser("Ada", "en")
		ada.Unblock()
		c := f.NewGroup("Friends", ada).Migrate()
		send := func(d bot.Delivery) (bot.Ref, error) {
			d.Slot, d.Chat = bottest.Slot("s", 0), address(c)
			return a.Deliver(context.Background(), d)
		}
		other, err := send(bot.Delivery{Op: bot.New, Post: said("of the new group")})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := send(bot.Delivery{Op: bot.Edit, Ref: other + bot.MovedMark, Post: said("of the old one")}); !errors.Is(err, bot.ErrPostGone) {
			t.Errorf("the edit of an old post = %v, want %v", err, bot.ErrPostGone)
		}
		if _, err := send(bot.Delivery{Op: bot.Delete, Ref: other + bot.MovedMark}); err != nil {
			t.Errorf("the deletion of an old post = %v", err)
		}
		if all := c.FromBot(); len(all) != 1 || all[0].Text != "of the new group" {
			t.Errorf("in the new group stands %+v", all)
		}
		to := &bot.Account{Platform: "telegram", User: decimal(ada.ID)}
		own, err := send(bot.Delivery{Op: bot.New, To: to, Post: said("for you")})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := send(bot.Delivery{Op: bot.Edit, To: to, Ref: own + bot.MovedMark, Post: said("still for you")}); err != nil {
			t.Error(err)
		}
		if all := f.Private(ada).FromBot(); len(all) != 1 || all[0].Text != "still for you" {
			t.Errorf("in private stands %+v", all)
		}
	})
}

// TestAPollThatCannotBeClosedAtOnceIsClosedLater has Telegram fail when a poll is to be closed.
// Its result is told at once and once.
func TestAPollThatCannotBeClosedAtOnceIsClosedLater(t *testing.T) {
	alone(t, telegramtest.Options{}, func(f *telegramtest.Telegram, a *telegram.Adapter, _ *scripted, _ *bottest.Log) {
		c := f.NewGroup("Friends")
		post := bot.Post{Kind: bot.QuestionPost, Lang: en, Poll: &bot.Poll{Question: "Who?", Options: []string{"Ada", "Ben"}, Key: 1, Open: time.Minute}}
		ref, err := a.Deliver(context.Background(), bot.Delivery{Op: bot.New, Slot: bottest.Slot("s", 0), Chat: address(c), Post: post})
		if err != nil {
			t.Fatal(err)
		}
		f.Fail(1, "stopPoll", telegramtest.Status(502))
		result := said("Ben")
		result.Kind, result.Poll = bot.RevealPost, &bot.Poll{Closed: true}
		result.After = result.Body
		d := bot.Delivery{Op: bot.Edit, Slot: bottest.Slot("s", 0), Ref: ref, Chat: address(c), Post: result}
		if _, err := a.Deliver(context.Background(), d); err != nil {
			t.Fatal(err)
		}
		if all := c.FromBot(); len(all) != 2 || !all[0].Poll.Closed || !strings.Contains(all[1].Text, "Ben") {
			t.Errorf("in the chat stand %+v", all)
		}
	})
}

// TestWhatWasBegunIsNotSentAgain delivers what an earlier process may have sent.
func TestWhatWasBegunIsNotSentAgain(t *testing.T) {
	alone(t, telegramtest.Options{}, func(f *telegramtest.Telegram, a *telegram.Adapter, _ *scripted, _ *bottest.Log) {
		c := f.NewGroup("Friends")
		if _, err := a.Deliver(context.Background(),
			bot.Delivery{Op: bot.New, Slot: bottest.Slot("s", 0), Chat: address(c), Post: said("one"), Again: true}); !errors.Is(err, bot.ErrDoubt) {
			t.Errorf("Deliver = %v, want %v", err, bot.ErrDoubt)
		}
		ref, err := a.Deliver(context.Background(), bot.Delivery{Op: bot.New, Slot: bottest.Slot("s", 0), Chat: address(c), Post: said("one")})
		if err != nil {
			t.Fatal(err)
		}
		for _, op := range []bot.Op{bot.Edit, bot.Delete, bot.Delete} {
			if _, err := a.Deliver(context.Background(),
				bot.Delivery{Op: op, Slot: bottest.Slot("s", 0), Ref: ref, Chat: address(c), Post: said("two"), Again: true}); err != nil {
				t.Errorf("%s again: %v", op, err)
			}
		}
		if n := len(c.FromBot()); n != 0 {
			t.Errorf("%d messages stand in the chat", n)
		}
	})
}

// TestNothingGoesOutWhileTelegramSaysThatItIsTooMuch has one refusal hold everybody back.
func TestNothingGoesOutWhileTelegramSaysThatItIsTooMuch(t *testing.T) {
	alone(t, telegramtest.Options{}, func(f *telegramtest.Telegram, a *telegram.Adapter, _ *scripted, _ *bottest.Log) {
		one, other := f.NewGroup("One"), f.NewGroup("Other")
		f.Fail(1, "sendMessage", telegramtest.Limit(9*time.Second))
		send := func(c *telegramtest.Chat) error {
			_, err := a.Deliver(context.Background(), bot.Delivery{Op: bot.New, Slot: bottest.Slot("s", 0), Chat: address(c), Post: said("x")})
			return err
		}
		began := time.Now()
		var retry *bot.RetryError
		if err := send(one); !errors.As(err, &retry) {
			t.Fatalf("Deliver = %v", err)
		}
		if err := send(other); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(began); took < 9*time.Second || took > 10*time.Second || f.Limited() != 0 {
			t.Errorf("the next one went out after %v, with %d refusals", took, f.Limited())
		}
		for range 30 { // more than a group takes in a moment
			ctx, cancel := context.WithTimeout(context.Background(), time.Second)
			_, err := a.Deliver(ctx, bot.Delivery{Op: bot.New, Slot: bottest.Slot("s", 0), Chat: address(one), Post: said("x")})
			cancel()
			if err != nil && !errors.As(err, &retry) {
				t.Errorf("what does not come to its turn got %v, want to be tried again", err)
			}
		}
		if f.Limited() != 0 {
			t.Errorf("%d refusals", f.Limited())
		}
	})
}

// TestMarkupThatIsNotTakenGoesOutPlain refuses the markup of a post, once.
func TestMarkupThatIsNotTakenGoesOutPlain(t *testing.T) {
	alone(t, telegramtest.Options{}, func(f *telegramtest.Telegram, a *telegram.Adapter, _ *scripted, log *bottest.Log) {
		c := f.NewGroup("Friends")
		f.Fail(1, "sendMessage", telegramtest.Refuse(400, "can't parse entities: Unsupported start tag \"tg-time\" at byte offset 7"))
		p := said("a < b & c")
		p.Title, p.Open = "Title", 20*time.Second
		if _, err := a.Deliver(context.Background(), bot.Delivery{Op: bot.New, Slot: bottest.Slot("s", 0), Chat: address(c), Post: p}); err != nil {
			t.Fatal(err)
		}
		if got := c.FromBot()[0].Text; got != "Title\na < b & c\n\n⏳ 0:20" {
			t.Errorf("the chat reads %q", got)
		}
		if !strings.Contains(log.String(), "sent as plain text") {
			t.Error("the log does not say so")
		}
	})
}

// TestLongPostsAreCutAndNoneIsRefused sends posts of all lengths in letters that count twice or
// are escaped.
func TestLongPostsAreCutAndNoneIsRefused(t *testing.T) {
	alone(t, telegramtest.Options{Unlimited: true}, func(f *telegramtest.Telegram, a *telegram.Adapter, _ *scripted, _ *bottest.Log) {
		c := f.NewGroup("Friends")
		for _, n := range []int{1, 100, 1000, 2047, 2048, 4096, 5000, 20000} {
			p := bot.Post{Kind: bot.RevealPost, Lang: en, Title: strings.Repeat("😀", n),
				Body: []bot.Line{{Text: strings.Repeat("<&>", n), Style: bot.Strong}, {Text: strings.Repeat("x ", n), Style: bot.Quote}}}
			for i := range 4 {
				p.Options = append(p.Options, bot.Option{Label: string(rune('A' + i)), Text: strings.Repeat("option", n), State: bot.OptionWrong})
			}
			p.After = []bot.Line{{Text: strings.Repeat("```\n", n), Style: bot.Code}, {Text: fmt.Sprint(n)}}
			if _, err := a.Deliver(context.Background(), bot.Delivery{Op: bot.New, Slot: bottest.Slot("s", 0), Chat: address(c), Post: p}); err != nil {
				t.Errorf("a post of %d: %v", n, err)
			}
			rest(10 * time.Second)
		}
		for _, m := range c.FromBot() {
			for _, label := range "ABCD" {
				if !strings.Contains(m.Text, "▫️ "+string(label)+" ") {
					t.Errorf("option %c was left out of %.60q…", label, m.Text)
				}
			}
		}
	})
}
