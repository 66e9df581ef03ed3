package main

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/discord/discordtest"
	"summitquiz/bot/store/sqlite"
	"summitquiz/bot/telegram/telegramtest"
)

// How large the crash test of dailies is. The whole one: go test ./cmd/summitquiz -run KilledWhileDailies -daily-kills 30 -dailies 200 -v
var (
	dailyKills = flag.Int("daily-kills", 3, "how often TestKilledWhileDailiesGoOut kills the process")
	dailies    = flag.Int("dailies", 40, "how many dailies are due in one minute")
)

// mailing is a minute in which many dailies are due, half of them in private chats on Telegram and half
// in channels on Discord.
type mailing struct {
	t        *testing.T
	size     int
	f        *telegramtest.Telegram
	d        *discordtest.Discord
	private  []*telegramtest.Chat
	channels []*discordtest.Channel
	mailing  bottest.Mailing
	ahead    time.Duration // how long it takes from now until they are due, and up to a minute less
}

// TestKilledWhileDailiesGoOut kills the process while dailies go out that are due in one minute. None
// comes twice, and none is missing but on Telegram, where it is declared in doubt.
func TestKilledWhileDailiesGoOut(t *testing.T) {
	t.Parallel() // it mostly waits
	m := &mailing{t: t, size: *dailies, f: telegramtest.New(t, telegramtest.Options{TCP: true}), d: discordtest.New(t, discordtest.Options{TCP: true})}
	folder, address := t.TempDir(), freeAddress(t)
	env := []string{"TELEGRAM_TOKEN=" + m.f.Token, "TELEGRAM_API_URL=" + m.f.URL, "DISCORD_TOKEN=" + discordtest.Token, "DISCORD_API_URL=" + m.d.URL}
	db, err := sqlite.Open(t.Context(), filepath.Join(folder, "summitquiz.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	m.subscribe(db)
	p := begin(t, folder, address, env...)
	for n := range *dailyKills {
		left := *dailies * (*dailyKills - n) / (*dailyKills + 1) // to come after this kill
		m.until(p, "the next dailies", func() bool { return *dailies-m.arrived() <= left || m.over() })
		<-time.After(rand.N(8 * time.Millisecond)) // anywhere between two posts
		p.kill()
		p = begin(t, folder, address, env...)
	}
	p.awaitReady(t)
	m.until(p, "all dailies", func() bool { return m.over() })
	if err := p.stop(t); err != nil {
		t.Errorf("the last process ended with %v:\n%s", err, p.said())
	}
	m.verify(db)
	t.Logf("%d kills", *dailyKills)
	if t.Failed() {
		t.Log(p.said())
	}
}

// subscribe writes the dailies down as if they had been asked for earlier: all were due in the last minute.
func (m *mailing) subscribe(db bot.Store) {
	m.t.Helper()
	var places []bot.Place
	for n := range m.size {
		if n%2 == 0 {
			u := m.f.NewUser(fmt.Sprint("P", n), "en")
			u.Unblock()
			c := m.f.Private(u)
			m.private = append(m.private, c)
			id := strconv.FormatInt(c.ID, 10)
			places = append(places, bot.Place{Platform: "telegram", Space: id, Chat: id, Private: true})
			continue
		}
		c := m.d.NewGuild(fmt.Sprint("G", n)).NewChannel("quiz")
		m.channels = append(m.channels, c)
		places = append(places, bot.Place{Platform: "discord", Space: c.Guild.ID, Chat: c.ID, Title: c.Guild.Name})
	}
	m.mailing = bottest.Mailing{Store: db, Due: time.Now().Add(m.ahead - time.Minute).Truncate(time.Minute), Questions: 1}
	for n, place := range places {
		if err := m.mailing.Subscribe(n, place, bot.Person{User: fmt.Sprint(place.Space, "-", n), Name: "P"}); err != nil {
			m.t.Fatal(err)
		}
	}
}

const dayTitle = "Daily quiz" // what stands after it is escaped on Discord

// counts is how many posts of a daily each chat has.
func (m *mailing) counts() (out []int) {
	for _, c := range m.private {
		n := 0
		for _, post := range c.FromBot() {
			if strings.Contains(post.Text, dayTitle) {
				n++
			}
		}
		out = append(out, n)
	}
	for _, c := range m.channels {
		n := 0
		for _, post := range c.Messages("") {
			if strings.Contains(post.Text(), dayTitle) {
				n++
			}
		}
		out = append(out, n)
	}
	return out
}

func (m *mailing) arrived() (n int) {
	for _, posts := range m.counts() {
		n += posts
	}
	return n
}

// over reports whether all dailies were posted and nothing waits.
func (m *mailing) over() bool {
	over, err := m.mailing.Over(m.t.Context(), m.size)
	if err != nil {
		m.t.Fatal(err)
	}
	return over
}

// until waits for something that the process does.
func (m *mailing) until(p *process, what string, is func() bool) {
	m.t.Helper()
	late := time.After(4 * time.Minute)
	for !is() {
		select {
		case <-late:
			m.t.Fatalf("waited in vain for %s; %d of %d have arrived; the process said:\n%s", what, m.arrived(), m.size, p.said())
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// verify counts what became of each daily.
func (m *mailing) verify(db interface {
	Deliveries(ctx context.Context, platform, state string) ([]bot.HeldDelivery, error)
}) {
	t := m.t
	held, err := db.Deliveries(t.Context(), "", "")
	if err != nil {
		t.Fatal(err)
	}
	doubt := 0
	for _, h := range held {
		if h.State != string(bot.SendDoubt) || h.Platform != "telegram" {
			t.Errorf("a post on %s is %s", h.Platform, h.State)
		}
		doubt++
	}
	once, missing := 0, 0
	for n, posts := range m.counts() {
		switch {
		case posts == 1:
			once++
		case posts == 0 && n < len(m.private):
			missing++
		default:
			t.Errorf("daily %d has %d posts", n, posts)
		}
	}
	if missing > doubt {
		t.Errorf("%d are missing, and %d are declared in doubt", missing, doubt)
	}
	t.Logf("%d dailies: %d came once, none twice, %d are missing; %d were declared in doubt", m.size, once, missing, doubt)
}
