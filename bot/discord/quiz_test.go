package discord_test

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/discord"
	"summitquiz/bot/discord/discordtest"
	"summitquiz/bot/phrase"
	"summitquiz/bot/play"
	"summitquiz/bot/service"
	"summitquiz/bot/store/sqlite"
	"summitquiz/content/language"
)

// process is the service and the adapter as a process runs them, on a database that others may
// share.
type process struct {
	a    *discord.Adapter
	log  *bottest.Log
	stop func()
	done chan error
}

func open(t testing.TB) *sqlite.DB {
	t.Helper()
	db, err := sqlite.Open(context.Background(), filepath.Join(t.TempDir(), "quiz.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// begin starts a process.
func begin(t testing.TB, d *discordtest.Discord, db bot.Store) *process {
	t.Helper()
	return beginAt(t, d, db, service.Options{})
}

// beginShared starts one of several processes on a database.
func beginShared(t testing.TB, d *discordtest.Discord, db bot.Store, name string) *process {
	return beginAt(t, d, db, service.Options{Name: name, Shared: true})
}

// beginAt starts a process with a clock, a name and whether it shares the database, and waits until it is
// connected.
func beginAt(t testing.TB, d *discordtest.Discord, db bot.Store, o service.Options) *process {
	t.Helper()
	p := launch(t, d, db, o, nil)
	for range 1000 { // in a bubble no time at all
		if time.Sleep(10 * time.Millisecond); p.a.Ready() {
			return p
		}
	}
	t.Fatalf("not connected in ten seconds:\n%s", p.log)
	return nil
}

// beginBeside starts a process beside the one that is connected and sends: it takes interactions that come
// by HTTP, and does what is due.
func beginBeside(t testing.TB, d *discordtest.Discord, db bot.Store, o service.Options) *process {
	t.Helper()
	o.Holds = func(string) (bot.Holding, bool) { return bot.Holding{}, false }
	return launch(t, d, db, o, func(ctx context.Context, _ func(context.Context) error) error {
		<-ctx.Done()
		return nil
	})
}

// launch starts a process and waits until its service is ready.
func launch(t testing.TB, d *discordtest.Discord, db bot.Store, o service.Options, lead func(context.Context, func(context.Context) error) error) *process {
	t.Helper()
	var seed atomic.Uint64
	p := &process{log: &bottest.Log{}, done: make(chan error, 2)}
	log := slog.New(slog.NewTextHandler(p.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	o.Store, o.Key, o.Log = db, []byte("a key for tests, 32 bytes long.."), log
	h := bottest.New(t, o, func() uint64 { return seed.Add(1) })
	h.ProvideAll(t)
	own := discord.Options{Token: discordtest.Token, Public: discordtest.PublicKey, APIURL: d.URL, Service: h, Store: db, Dial: d.Dial, Log: log, Lead: lead}
	if lead != nil {
		own.LeadShard = func(ctx context.Context, _, _ int, work func(context.Context) error) error { return lead(ctx, work) }
	}
	a, err := discord.New(own)
	if err != nil {
		t.Fatal(err)
	}
	h.Attach(a)
	p.a = a
	deaf := bottest.Listen(db, h.Hint)
	ctx, cancel := context.WithCancel(context.Background())
	serviceCtx, serviceCancel := context.WithCancel(context.Background())
	go func() { p.done <- h.Run(serviceCtx) }()
	go func() {
		err := a.Run(ctx)
		serviceCancel() // the adapter finishes what it has first
		p.done <- err
	}()
	p.stop = func() {
		cancel()
		for range 2 {
			if err := <-p.done; err != nil {
				t.Errorf("a process ended with %v", err)
			}
		}
		deaf()
		clean(t, p.log)
	}
	<-h.Ready()
	return p
}

// newest is the newest message of a channel that has a button, and waits for one if need be.
func newest(t *testing.T, c *discordtest.Channel, user string, is func(discordtest.Message) bool) discordtest.Message {
	t.Helper()
	for range 1800 {
		all := c.Messages(user)
		for i := len(all) - 1; i >= 0; i-- {
			if is(all[i]) {
				return all[i]
			}
		}
		rest(100 * time.Millisecond)
	}
	var b strings.Builder
	for _, m := range c.Messages(user) {
		b.WriteString(m.Text() + "\n────\n")
	}
	t.Fatalf("waited three minutes in vain; the channel holds:\n%s", b.String())
	return discordtest.Message{}
}

func has(parts ...string) func(discordtest.Message) bool {
	return func(m discordtest.Message) bool {
		text := language.StripIsolates(strings.ReplaceAll(m.Text(), `\`, ""))
		for _, p := range parts {
			if !strings.Contains(text, p) {
				return false
			}
		}
		return true
	}
}

func open4(m discordtest.Message) bool {
	return len(m.Buttons()) > 2 && strings.Contains(m.Text(), "<t:")
}

// TestAWholeQuizIsPlayed plays choice questions with three people in each language, through
// the wire, the service and the database.
func TestAWholeQuizIsPlayed(t *testing.T) {
	for _, lang := range language.Own() {
		t.Run(lang.String(), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				d := discordtest.New(t, discordtest.Options{Latency: 80 * time.Millisecond})
				db := open(t)
				p := begin(t, d, db)
				defer p.stop()
				c := d.NewGuild("Friends").NewChannel("quiz")
				ada, ben, eve := d.NewMember("Ada", lang.String(), false), d.NewMember("Ben", lang.String(), false), d.NewMember("Eve", lang.String(), false)
				start := ada.Command(c, "quiz", map[string]string{"pack": "gyeongju-summit-2025", "questions": "3", "kind": "choice",
					"language": lang.String()})
				rest(time.Second)
				if how, took := start.Answered(); how != 4 || took > time.Second || start.Original().Only != "" {
					t.Fatalf("the start card: callback %d after %v; the log:\n%s", how, took, p.log)
				}
				right, _ := bottest.Keys(t, db)
				labels := language.Labels(lang, 4)
				for n := range 3 {
					q := newest(t, c, "", open4)
					for i, m := range []*discordtest.Member{ada, ben, eve} {
						pick := right[n]
						if i > 0 { // another one, which every question has
							pick = min(1, 1-min(1, pick))
						}
						it := m.Click(c, q, labels[pick])
						rest(200 * time.Millisecond)
						if how, took := it.Answered(); how != 4 || took > 300*time.Millisecond || it.Original().Only != m.ID {
							t.Errorf("question %d: answered by %d after %v", n+1, how, took)
						}
					}
					if n == 0 { // the others close early
						again := ben.Click(c, q, labels[right[n]])
						rest(200 * time.Millisecond)
						if original(again) == "" {
							t.Error("a second answer is not told that the first counts")
						}
					}
					newest(t, c, "", func(m discordtest.Message) bool { return m.ID == q.ID && strings.Contains(m.Text(), "✅") })
				}
				end := newest(t, c, "", has(phrase.Say(lang, phrase.EndTitle), "Ada"))
				if n := len(c.Messages("")); n != 5 {
					t.Errorf("%d messages are in the channel, want a start card, three questions and the end", n)
				}
				if len(end.Buttons()) == 0 || d.Limited() != 0 {
					t.Errorf("%d buttons under the end, %d refusals", len(end.Buttons()), d.Limited())
				}
				page, err := db.Board(context.Background(), bot.BoardQuery{Limit: 10})
				if err != nil || page.Rows[0].Name != "Ada" || page.Rows[0].Points != 3 || page.Total != 1 {
					t.Errorf("the board is %+v, %v", page, err)
				}
			})
		})
	}
}

// TestTypedAnswersComeByAForm plays typed questions.
func TestTypedAnswersComeByAForm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := discordtest.New(t, discordtest.Options{})
		db := open(t)
		p := begin(t, d, db)
		defer p.stop()
		dm := d.NewDM()
		ada := d.NewMember("Ada", "en-US", false)
		ada.Command(dm, "quiz", map[string]string{"pack": "countries-of-the-world", "questions": "2", "kind": "typed"})
		rest(time.Second)
		_, typed := bottest.Keys(t, db)
		for n, answer := range typed {
			q := newest(t, dm, ada.ID, has(fmt.Sprintf("Question %d of 2", n+1)))
			form := ada.Click(dm, q, phrase.Say(language.English, phrase.ButtonAnswer))
			rest(100 * time.Millisecond)
			if how, _ := form.Answered(); how != 9 {
				t.Fatalf("the button was answered by %d, want a form", how)
			}
			sent := ada.Fill(form, map[string]string{"text": answer})
			rest(100 * time.Millisecond)
			if how, _ := sent.Answered(); how == 0 {
				t.Error("the form was not answered")
			}
			newest(t, dm, ada.ID, func(m discordtest.Message) bool {
				return m.ID == q.ID && has(phrase.Say(language.English, phrase.YouWereRight), answer)(m)
			})
		}
		newest(t, dm, ada.ID, has("2/2 🟩🟩"))
	})
}

// TestOneWhoPlaysAloneInAChannelBothersNobody plays a solo game.
func TestOneWhoPlaysAloneInAChannelBothersNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := discordtest.New(t, discordtest.Options{})
		db := open(t)
		p := begin(t, d, db)
		defer p.stop()
		c := d.NewGuild("Friends").NewChannel("quiz")
		ada := d.NewMember("Ada", "ko", false)
		ada.Command(c, "quiz", map[string]string{"pack": "gyeongju-summit-2025", "questions": "4", "kind": "choice", "mode": "solo", "language": "ko"})
		rest(time.Second)
		right, _ := bottest.Keys(t, db)
		for n := range 4 {
			q := newest(t, c, ada.ID, func(m discordtest.Message) bool { return open4(m) && has(fmt.Sprintf("문제 %d/4", n+1))(m) })
			ada.Click(c, q, language.Labels(language.Korean, 4)[right[n]])
			rest(time.Second)
			newest(t, c, ada.ID, has(fmt.Sprintf("문제 %d/4", n+1), "✅"))
		}
		end := newest(t, c, ada.ID, has("✅", "4/4"))
		if n := len(end.Object["embeds"].([]any)); n != 2 {
			t.Errorf("the end stands in %d embeds, want it below the last reveal", n)
		}
		if mine, all := len(c.Messages(ada.ID)), len(c.Messages("")); mine != 1 || all != 0 {
			t.Errorf("%d messages for the player, %d for everybody; want 1 and 0", mine, all)
		}
	})
}

// TestOneWhoPlaysAloneGoesOnAfterARestart restarts the program while a solo question is open.
func TestOneWhoPlaysAloneGoesOnAfterARestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := discordtest.New(t, discordtest.Options{})
		db := open(t)
		p := begin(t, d, db)
		defer func() { p.stop() }()
		c := d.NewGuild("Friends").NewChannel("quiz")
		ada := d.NewMember("Ada", "en-US", false)
		ada.Command(c, "quiz", map[string]string{"pack": "gyeongju-summit-2025", "questions": "2", "kind": "choice", "mode": "solo"})
		rest(time.Second)
		right, _ := bottest.Keys(t, db)
		q := newest(t, c, ada.ID, func(m discordtest.Message) bool { return open4(m) && has("Question 1 of 2")(m) })
		p.stop()
		p = begin(t, d, db)
		rest(time.Second)
		if live, err := db.Live(context.Background(), play.Kind); err != nil || len(live) != 1 {
			t.Fatalf("%d games are running after the restart, %v", len(live), err)
		}
		ada.Click(c, q, language.Labels(language.English, 4)[right[0]])
		q = newest(t, c, ada.ID, func(m discordtest.Message) bool { return open4(m) && has("Question 2 of 2")(m) })
		ada.Click(c, q, language.Labels(language.English, 4)[right[1]])
		newest(t, c, ada.ID, has("2/2"))
		if n := len(c.Messages(ada.ID)); n != 1 {
			t.Errorf("%d messages are left for the player, want one", n)
		}
	})
}

// TestTwoProcessesShareATokenAndADatabase lets forty people answer while two processes hear
// everything, connections break, and one process is replaced twice.
func TestTwoProcessesShareATokenAndADatabase(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := discordtest.New(t, discordtest.Options{Latency: 50 * time.Millisecond})
		db := open(t)
		first, second := beginShared(t, d, db, "first"), beginShared(t, d, db, "second")
		defer func() { first.stop(); second.stop() }()
		c := d.NewGuild("Friends").NewChannel("quiz")
		starter := d.NewMember("Starter", "en-US", false)
		start := starter.Command(c, "quiz", map[string]string{"pack": "gyeongju-summit-2025", "questions": "4", "kind": "choice", "language": "en",
			"seconds": "60"})
		rest(3 * time.Second)
		if m := start.Original(); m.Only != "" || len(c.Messages("")) != 1 {
			t.Fatalf("%d messages after the start, answered by %q", len(c.Messages("")), m.Text())
		}
		games, err := db.Live(context.Background(), play.Kind)
		if err != nil || len(games) != 1 {
			t.Fatalf("%d games are running, %v", len(games), err)
		}
		answers, lost := 0, 0
		for n := range 4 {
			q := newest(t, c, "", func(m discordtest.Message) bool { return open4(m) && has(fmt.Sprintf("Question %d of 4", n+1))(m) })
			switch n {
			case 1:
				second.stop()
				second = beginShared(t, d, db, "second")
			case 2:
				d.Cut()
				rest(3 * time.Second)
			case 3:
				first.stop()
				first = beginShared(t, d, db, "first")
			}
			var all []*discordtest.Interaction
			for i := range 10 {
				m := d.NewMember(fmt.Sprintf("P%d", i), "en-US", false)
				all = append(all, m.Press(c, q, q.Buttons()[i%2].CustomID))
				rest(10 * time.Millisecond)
			}
			rest(3 * time.Second)
			for _, it := range all {
				switch how, _ := it.Answered(); {
				case how == 0:
					lost++
				case strings.HasPrefix(original(it), "Saved"):
					answers++
				default:
					t.Errorf("question %d: an answer is told %q", n+1, original(it))
				}
			}
			newest(t, c, "", func(m discordtest.Message) bool { return m.ID == q.ID && strings.Contains(m.Text(), "✅") })
		}
		newest(t, c, "", has("Final scores"))
		rest(time.Minute)
		live, err := db.Live(context.Background(), play.Kind)
		if err != nil || len(live) != 0 {
			t.Fatalf("%d games are running, %v", len(live), err)
		}
		recorded, err := db.Answers(context.Background(), games[0].ID) // whichever process began it
		if err != nil || len(recorded) != answers || lost != 0 || answers != 40 {
			t.Errorf("%d answers are kept, %d were acknowledged and %d not, of 40; %v", len(recorded), answers, lost, err)
		}
		if n := len(c.Messages("")); n != 6 {
			t.Errorf("%d messages are in the channel, want 6: nothing twice", n)
		}
	})
}
