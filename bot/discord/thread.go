package discord

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// A game may have a thread below its start card. To the hall it is played in the channel; here
// its posts go to the thread, and what people do there is brought home to the channel. Discord
// gives a thread the id of the message below which it opens.

// gameThreads remembers of threads whether they belong to games.
type gameThreads struct {
	mu   sync.Mutex
	mine map[string]bool
}

// manyThreads is how many threads are remembered before all are forgotten, and asked for again.
const manyThreads = 10_000

func newGameThreads() *gameThreads { return &gameThreads{mine: map[string]bool{}} }

func (g *gameThreads) known(thread string) (mine, known bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	mine, known = g.mine[thread]
	return mine, known
}

func (g *gameThreads) keep(thread string, mine bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.mine) >= manyThreads {
		clear(g.mine)
	}
	g.mine[thread] = mine
}

// opening is a thread as it is opened.
type opening struct {
	Name    string `json:"name"`
	Archive int    `json:"auto_archive_duration"` // minutes
}

// What Discord allows of threads: UTF-16 code units of a name, and minutes until one in which
// nothing happens is put away; a day is longer than any game rests.
const (
	threadName = 100
	threadRest = 24 * 60
)

// openThread opens the thread of a game below its start card, unless it is open.
func (a *Adapter) openThread(ctx context.Context, channel, below, title string) error {
	if mine, known := a.games.known(below); known && mine {
		return nil
	} else if known {
		return errNoThread
	}
	body := opening{language.Cut(strings.TrimSpace(language.StripIsolates(title)), threadName), threadRest}
	err := a.client.do(ctx, request{method: http.MethodPost, path: "/channels/" + channel + "/messages/" + below + "/threads", body: body}, nil)
	if err == nil || is(err, threadThere) {
		a.games.keep(below, true)
		return nil
	}
	if refused(err) {
		a.games.keep(below, false)
	}
	return err
}

// errNoThread means that Discord has refused to open the thread before.
var errNoThread = errors.New("the thread was refused")

// refused reports whether err is for good: Discord understood, and will not.
func refused(err error) bool {
	var e *apiError
	return errors.Is(err, errNoThread) || errors.As(err, &e) && e.Status >= 400 && e.Status < 500 && e.Status != http.StatusTooManyRequests && !errors.Is(err, ErrToken)
}

// beginThread opens the thread as soon as the start card stands, so that people find it before
// the first question. If it cannot be opened the game is played in the channel, and whoever
// started it is told what is missing.
func (a *Adapter) beginThread(ctx context.Context, d bot.Delivery, below string) {
	err := a.openThread(ctx, d.Chat.Chat, below, d.Post.Thread)
	if err == nil {
		return
	}
	a.log.Warn("a thread cannot be opened: the game is played in the channel", "slot", d.Slot, "err", err)
	if x := a.open.get(d.Cause); x != nil && is(err, missingAccess, missingPermissions) {
		names := strings.Join([]string{createThreads.name, sendInThreads.name}, ", ")
		c := tongue(x.locale)
		a.tellMissing(ctx, x, bot.Say(c, phrase.Say(c, phrase.ThreadNeeds, phrase.Text("permissions", names))))
	}
}

// postBelow posts in the thread of a game or, where that cannot be, in its channel: a game goes
// on whatever becomes of its thread.
func (a *Adapter) postBelow(ctx context.Context, d bot.Delivery) (bot.Ref, error) {
	thread := string(d.Under)
	err := a.openThread(ctx, d.Chat.Chat, thread, d.Post.Thread)
	if err == nil {
		var id string
		if id, err = a.postIn(ctx, thread, d, ""); err == nil {
			return bot.Ref(thread + inThread + id), nil
		}
	}
	if !refused(err) {
		return "", a.outcome(ctx, d, err)
	}
	if !errors.Is(err, errNoThread) { // that was told when the thread was refused
		a.log.Warn("a post cannot stand in the thread of its game: it goes to the channel", "slot", d.Slot, "err", err)
	}
	return a.post(ctx, d, "")
}

// inThread stands in a Ref between a thread and a message.
const inThread = "/"

// messagePath is where the message of a delivery is changed.
func messagePath(d bot.Delivery) string {
	channel, message := d.Chat.Chat, string(d.Ref)
	if thread, id, below := strings.Cut(message, inThread); below {
		channel, message = thread, id
	}
	return "/channels/" + channel + "/messages/" + message
}

// refOf is the Ref of a message in the channel of an interaction.
func refOf(it *interaction, message string) bot.Ref {
	if it.home != "" {
		message = it.Chat + inThread + message
	}
	return bot.Ref(message)
}

// bringHome finds out whether an interaction was made in the thread of a game, and says so. A
// thread is one if the message that it hangs on is a post of ours and we opened it.
func (a *Adapter) bringHome(ctx context.Context, it *interaction, x *exchange) {
	if !it.thread() || it.Channel.Parent == "" || it.Guild == "" {
		return
	}
	mine, known := a.games.known(it.Chat)
	if !known {
		var err error
		if mine, err = a.ours(ctx, it); err != nil {
			a.log.Warn("a thread cannot be looked at", "id", it.ID, "err", err)
			return
		}
		a.games.keep(it.Chat, mine)
	}
	if mine {
		it.home = it.Channel.Parent
		a.open.move(x, it.home)
	}
}

func (a *Adapter) ours(ctx context.Context, it *interaction) (bool, error) {
	home := bot.Place{Platform: platform, Space: it.Guild, Chat: it.Channel.Parent}
	_, chat, _, err := a.memory.Enter(ctx, home, bot.Person{}, a.now())
	if err != nil {
		return false, err
	}
	if _, err := a.memory.SlotOf(ctx, chat.ID, bot.Ref(it.Chat)); errors.Is(err, bot.ErrNone) {
		return false, nil
	} else if err != nil {
		return false, err
	}
	var thread struct {
		Owner string `json:"owner_id"`
	}
	err = a.client.do(ctx, request{method: http.MethodGet, path: "/channels/" + it.Chat, urgency: replying}, &thread)
	return err == nil && thread.Owner == a.self, err
}
