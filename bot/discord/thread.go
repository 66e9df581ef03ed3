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

// A game may have a thread below its start card. For the service it is played in the channel; here its posts
// go to the thread, and inputs from the thread count as inputs in the channel. Discord gives a thread the id
// of the message to which it belongs.

// gameThreads remembers which threads belong to games.
type gameThreads struct {
	mu     sync.Mutex
	isGame map[string]bool
}

// rememberedThreads is how many threads are remembered before all are forgotten and looked up again.
const rememberedThreads = 10_000

func newGameThreads() *gameThreads { return &gameThreads{isGame: map[string]bool{}} }

func (g *gameThreads) lookUp(thread string) (mine, known bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	mine, known = g.isGame[thread]
	return mine, known
}

func (g *gameThreads) remember(thread string, mine bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.isGame) >= rememberedThreads {
		clear(g.isGame)
	}
	g.isGame[thread] = mine
}

// threadRequest is the request that opens a thread.
type threadRequest struct {
	Name    string `json:"name"`
	Archive int    `json:"auto_archive_duration"` // minutes
}

// Discord's limits of threads: UTF-16 code units of a name, and minutes without a message until a thread is
// archived; a day is longer than any game pauses.
const (
	threadName    = 100
	threadArchive = 24 * 60
)

// openThread opens the thread of a game below its start card, unless it is open already.
func (p *poster) openThread(ctx context.Context, channel, below, title string) error {
	if mine, known := p.threads.lookUp(below); known && mine {
		return nil
	} else if known {
		return errThreadRefused
	}
	body := threadRequest{language.Cut(strings.TrimSpace(language.StripIsolates(title)), threadName), threadArchive}
	err := p.client.do(ctx, request{method: http.MethodPost, path: "/channels/" + channel + "/messages/" + below + "/threads", body: body}, nil)
	if err == nil || hasCode(err, threadThere) {
		p.threads.remember(below, true)
		return nil
	}
	if isRefusal(err) {
		p.threads.remember(below, false)
	}
	return err
}

// errThreadRefused means that Discord refused to open the thread earlier.
var errThreadRefused = errors.New("the thread was refused")

// isRefusal reports whether Discord refused a request permanently.
func isRefusal(err error) bool {
	var e *apiError
	if errors.Is(err, errThreadRefused) {
		return true
	}
	return errors.As(err, &e) && e.Status >= 400 && e.Status < 500 && e.Status != http.StatusTooManyRequests && !errors.Is(err, ErrToken)
}

// startThread opens the thread as soon as the start card is posted, so that people find it before the first
// question. If it cannot be opened, the game is played in the channel, and the person who started it is
// told which permissions are missing.
func (p *poster) startThread(ctx context.Context, d bot.Delivery, below string) {
	err := p.openThread(ctx, d.Chat.Chat, below, d.Post.Thread)
	if err == nil {
		return
	}
	p.log.Warn("a thread cannot be opened: the game is played in the channel", "slot", d.Slot, "err", err)
	if x := p.exchanges.get(d.Cause); x != nil && hasCode(err, missingAccess, missingPermissions) {
		names := strings.Join([]string{createThreads.name, sendInThreads.name}, ", ")
		c := languageOf(x.locale)
		p.sendMissing(ctx, x, bot.Say(c, phrase.Say(c, phrase.ThreadNeeds, phrase.Text("permissions", names))))
	}
}

// postInThread posts in the thread of a game or, if that is impossible, in its channel: a game goes on
// without its thread.
func (p *poster) postInThread(ctx context.Context, d bot.Delivery) (bot.Ref, error) {
	thread := string(d.Under)
	err := p.openThread(ctx, d.Chat.Chat, thread, d.Post.Thread)
	if err == nil {
		var id string
		if id, err = p.postIn(ctx, thread, d, ""); err == nil {
			return bot.Ref(thread + threadSeparator + id), nil
		}
	}
	if !isRefusal(err) {
		return "", p.outcome(ctx, d, err)
	}
	if !errors.Is(err, errThreadRefused) { // that was logged when the thread was refused
		p.log.Warn("a post cannot stand in the thread of its game: it goes to the channel", "slot", d.Slot, "err", err)
	}
	return p.post(ctx, d, "")
}

// threadSeparator separates a thread and a message in a Ref.
const threadSeparator = "/"

// messagePath is the path of the message of a delivery.
func messagePath(d bot.Delivery) string {
	channel, message := d.Chat.Chat, string(d.Ref)
	if thread, id, below := strings.Cut(message, threadSeparator); below {
		channel, message = thread, id
	}
	return "/channels/" + channel + "/messages/" + message
}

// refOf is the Ref of a message in the channel of an interaction.
func refOf(it *interaction, message string) bot.Ref {
	if it.parent != "" {
		message = it.Chat + threadSeparator + message
	}
	return bot.Ref(message)
}

// resolveThread finds out whether an interaction comes from the thread of a game, and then moves it to the
// channel. A thread belongs to a game if its first message is our post and we opened it.
func (h *handler) resolveThread(ctx context.Context, it *interaction, x *exchange) {
	if !it.thread() || it.Channel.Parent == "" || it.Guild == "" {
		return
	}
	mine, known := h.threads.lookUp(it.Chat)
	if !known {
		var err error
		if mine, err = h.isGameThread(ctx, it); err != nil {
			h.log.Warn("a thread cannot be looked at", "id", it.ID, "err", err)
			return
		}
		h.threads.remember(it.Chat, mine)
	}
	if mine {
		it.parent = it.Channel.Parent
		h.exchanges.move(x, it.parent)
	}
}

func (h *handler) isGameThread(ctx context.Context, it *interaction) (bool, error) {
	home := bot.Place{Platform: platform, Space: it.Guild, Chat: it.Channel.Parent}
	_, chat, _, err := h.store.Enter(ctx, home, bot.Person{}, h.now())
	if err != nil {
		return false, err
	}
	if _, err := h.store.SlotOf(ctx, chat.ID, bot.Ref(it.Chat)); errors.Is(err, bot.ErrNone) {
		return false, nil
	} else if err != nil {
		return false, err
	}
	var thread struct {
		Owner string `json:"owner_id"`
	}
	err = h.client.do(ctx, request{method: http.MethodGet, path: "/channels/" + it.Chat, priority: replying}, &thread)
	return err == nil && thread.Owner == h.userID, err
}
