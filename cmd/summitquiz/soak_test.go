package main

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"summitquiz/bot/discord/discordtest"
	"summitquiz/bot/store/sqlite"
	"summitquiz/bot/telegram/telegramtest"
)

var (
	soakFor   = flag.Duration("soak", 0, "how long TestSoak plays, such as 30m; 0: a few seconds, with few people")
	soakWarm  = flag.Duration("soak-warm", 10*time.Minute, "after how long nothing may grow in TestSoak any more")
	soakPrint = flag.Duration("soak-print", time.Minute, "how often TestSoak prints its figures")
)

// soakQuiz is a game of a soak.
const soakQuiz = "pack:gyeongju-summit-2025 questions:5 seconds:8 kind:choice"

// soak is everybody who plays, on all platforms.
type soak struct {
	crowd    *crowd
	discord  *discordtest.Discord
	telegram *telegramtest.Telegram
	channels []*discordtest.Channel
	groups   []*telegramtest.Chat
	games    atomic.Int64 // on Discord and Telegram
	answers  atomic.Int64
}

// figures are what a process holds at a time.
type figures struct {
	memory, wal, data float64 // MB
	fds, goroutines   int
	games, answers    int64
}

// TestSoak has people play one game after the other in lobbies of the web room, in channels of Discord and in
// groups of Telegram, and prints each minute what the process holds. After a while nothing may grow. The whole
// of it, half an hour with 50 players in 20 lobbies, 20 channels and 20 groups:
//
//	go test ./cmd/summitquiz -run TestSoak -soak 30m -timeout 40m -v
func TestSoak(t *testing.T) {
	places, lasts := 20, *soakFor
	if lasts == 0 {
		places, lasts = 1, 12*time.Second
	}
	s := &soak{discord: discordtest.New(t, discordtest.Options{TCP: true}), telegram: telegramtest.New(t, telegramtest.Options{TCP: true})}
	folder, address := t.TempDir(), freeAddress(t)
	s.crowd = &crowd{url: "http://" + address, acks: make(chan struct{}, 1<<16)}
	p := begin(t, folder, address, "DISCORD_TOKEN="+discordtest.Token, "DISCORD_API_URL="+s.discord.URL,
		"TELEGRAM_TOKEN="+s.telegram.Token, "TELEGRAM_API_URL="+s.telegram.URL, "LOG_LEVEL=warn")
	p.awaitReady(t)
	p.awaitConnected(t, "telegram")
	path := filepath.Join(folder, "summitquiz.db")
	empty := used(t, path, false)
	ctx, cancel := context.WithTimeout(t.Context(), lasts)
	defer cancel()
	var playing sync.WaitGroup
	s.begin(ctx, t, &playing, places)
	playing.Go(func() {
		for ctx.Err() == nil {
			select {
			case <-s.crowd.acks:
			case <-ctx.Done():
			}
		}
	})
	began, all := time.Now(), []figures{}
	for ctx.Err() == nil {
		select {
		case <-time.After(*soakPrint):
		case <-ctx.Done():
		}
		f := s.measure(t, p, folder)
		t.Logf("%5s  memory %6.1f MB  fds %4d  goroutines %5d  log %6.2f MB  database %7.2f MB  games %6d  answers %7d",
			time.Since(began).Round(time.Second), f.memory, f.fds, f.goroutines, f.wal, f.data, f.games, f.answers)
		if time.Since(began) >= *soakWarm && f.fds > 0 { // a busy machine may not tell in time
			all = append(all, f)
		}
	}
	playing.Wait()
	s.flat(t, all)
	if err := p.stop(t); err != nil {
		t.Errorf("the process ended with %v:\n%s", err, p.said())
	}
	if games := s.games.Load() + s.crowd.games.Load(); games == 0 || s.answers.Load()+s.crowd.answered.Load() == 0 {
		t.Errorf("%d games were played", games)
	}
	for _, complaint := range append(s.discord.Complaints(), s.telegram.Complaints()...) {
		t.Errorf("a platform complains: %s", complaint)
	}
	games := float64(s.games.Load() + s.crowd.games.Load())
	t.Logf("%.0f games: the database grew by %.1f KB for each, by %.1f KB once they are old", games, (used(t, path, false)-empty)/games, (used(t, path, true)-empty)/games)
}

// begin has people play until ctx ends, or the last games have: in so many lobbies, which it returns, channels
// and groups.
func (s *soak) begin(ctx context.Context, t *testing.T, playing *sync.WaitGroup, places int) (tables []*crashTable) {
	guild := s.discord.NewGuild("Soak")
	for n := range places {
		tables = append(tables, newCrashTable(t, s.crowd, n))
	}
	for n, table := range tables {
		if n%2 == 0 {
			table.players = table.players[:2] // 50 people in 20 lobbies
		}
		table.quiz = "/quiz " + soakQuiz
		playing.Go(func() { table.play(ctx) })
		channel := guild.NewChannel(fmt.Sprint("soak-", n))
		ada, ben := s.discord.NewMember(fmt.Sprint("Ada ", n), "en-US", false), s.discord.NewMember(fmt.Sprint("Ben ", n), "ko", false)
		playing.Go(func() { s.onDiscord(ctx, channel, ada, ben) })
		eve, gus := s.telegram.NewUser(fmt.Sprint("Eve ", n), "en"), s.telegram.NewUser(fmt.Sprint("Gus ", n), "en")
		group := s.telegram.NewSupergroup(fmt.Sprint("soak-", n), eve, gus)
		playing.Go(func() { s.onTelegram(ctx, group, eve, gus) })
		s.channels, s.groups = append(s.channels, channel), append(s.groups, group)
	}
	return tables
}

// look is how often people look at a chat, and lostAfter how many looks they wait before they begin a game
// again that does not come: nobody was connected to Discord when they did.
const (
	look      = time.Second
	lostAfter = 10
)

// every calls do until ctx ends, or do says that all is over.
func every(ctx context.Context, do func() (over bool)) {
	ticks := time.NewTicker(look)
	defer ticks.Stop()
	for ctx.Err() == nil && !do() {
		select {
		case <-ticks.C:
		case <-ctx.Done():
		}
	}
}

func (s *soak) onDiscord(ctx context.Context, c *discordtest.Channel, people ...*discordtest.Member) {
	answered, started := map[string]bool{}, -1
	options := map[string]string{}
	for word := range strings.FieldsSeq(soakQuiz) {
		name, value, _ := strings.Cut(word, ":")
		options[name] = value
	}
	looks := 0
	every(ctx, func() bool {
		all := c.Messages("")
		if len(all) == 0 || strings.Contains(all[len(all)-1].Text(), "Final scores") {
			looks++
			if len(all) == started && looks < lostAfter {
				return false // the game is about to begin
			}
			if s.crowd.last.Load() {
				return true
			}
			started, looks = len(all), 0
			people[0].Send(c, "quiz", options)
			s.games.Add(1)
			return false
		}
		m := all[len(all)-1]
		if buttons := m.Buttons(); strings.Contains(m.Text(), "Question ") && !answered[m.ID] && len(buttons) > 2 {
			answered[m.ID] = true
			for _, p := range people {
				p.Press(c, m, buttons[rand.IntN(2)].CustomID)
				s.answers.Add(1)
			}
		}
		return false
	})
}

func (s *soak) onTelegram(ctx context.Context, c *telegramtest.Chat, people ...*telegramtest.User) {
	answered, started := map[int]bool{}, -1
	every(ctx, func() bool {
		all := c.FromBot()
		if len(all) == 0 || strings.Contains(all[len(all)-1].Text, "Final scores") {
			if len(all) == started {
				return false // the game is about to begin
			}
			if s.crowd.last.Load() {
				return true
			}
			started = len(all)
			people[0].Say(c, "/quiz "+soakQuiz)
			s.games.Add(1)
			return false
		}
		if m := all[len(all)-1]; m.Poll != nil && !answered[m.ID] {
			answered[m.ID] = true
			for _, p := range people {
				if p.Vote(c, m, rand.IntN(2)) {
					s.answers.Add(1)
				}
			}
		}
		return false
	})
}

// metric is a value from /metrics; -1 if it is not there.
func metric(text, name string) float64 {
	for line := range strings.SplitSeq(text, "\n") {
		if value, ok := strings.CutPrefix(line, name+" "); ok {
			if v, err := strconv.ParseFloat(value, 64); err == nil {
				return v
			}
		}
	}
	return -1
}

func (s *soak) measure(t *testing.T, p *process, folder string) figures {
	t.Helper()
	_, text := p.get("/metrics")
	f := figures{memory: p.memory(t), goroutines: int(metric(text, "go_goroutines")), fds: int(metric(text, "process_open_fds")),
		wal: metric(text, "summitquiz_store_log_bytes") / 1e6, games: s.games.Load() + s.crowd.games.Load(), answers: s.answers.Load() + s.crowd.answered.Load()}
	if info, err := os.Stat(filepath.Join(folder, "summitquiz.db")); err == nil {
		f.data = float64(info.Size()) / 1e6
	}
	return f
}

// flat holds that nothing grew since the warm-up: the means of the first and the last third are compared.
func (s *soak) flat(t *testing.T, all []figures) {
	t.Helper()
	third := len(all) / 3
	if third == 0 {
		return
	}
	mean := func(part []figures, of func(figures) float64) float64 {
		sum := 0.0
		for _, f := range part {
			sum += of(f)
		}
		return sum / float64(len(part))
	}
	for what, of := range map[string]func(figures) float64{
		"memory in MB": func(f figures) float64 { return f.memory }, "goroutines": func(f figures) float64 { return float64(f.goroutines) },
		"open files": func(f figures) float64 { return float64(f.fds) }, "log in MB": func(f figures) float64 { return f.wal },
	} {
		first, last := mean(all[:third], of), mean(all[len(all)-third:], of)
		t.Logf("%s: %.1f at first, %.1f at last", what, first, last)
		if last > 1.1*first+5 {
			t.Errorf("%s grew from %.1f to %.1f", what, first, last)
		}
	}
}

// used is how many KB the database holds, once what is old is pruned where that is asked for.
func used(t *testing.T, path string, pruned bool) float64 {
	t.Helper()
	db, err := sqlite.Open(t.Context(), path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if pruned {
		if _, err := db.Prune(t.Context(), time.Now().Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	bytes, err := db.Used(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return float64(bytes) / 1e3
}
