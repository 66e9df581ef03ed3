package telegram_test

import (
	"flag"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/store/sqlite"
	"summitquiz/bot/telegram"
	"summitquiz/bot/telegram/telegramtest"
)

// How many private dailies are due at once in TestDailiesGoOutAtPace. The whole run:
// go test ./bot/telegram -run DailiesGoOutAtPace -mailed 100000 -timeout 60m -v
var mailed = flag.Int("mailed", 300, "how many dailies are due at once in TestDailiesGoOutAtPace")

// TestDailiesGoOutAtPace has very many private dailies due at one moment, at a Telegram that enforces its
// limits, while others play. Time is that of a bubble: it passes while something waits.
func TestDailiesGoOutAtPace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := telegramtest.New(t, telegramtest.Options{Latency: 30 * time.Millisecond})
		db := open(t)
		due := time.Now().UTC().Truncate(time.Minute).Add(2 * time.Minute)
		chats := subscribeAll(t, f, db, due)
		p := begin(t, f, db)
		defer p.stop()
		rest(time.Until(due) - 10*time.Second)
		var toasts times
		var over atomic.Bool
		var playing sync.WaitGroup
		for n := range 5 {
			u := f.NewUser(fmt.Sprint("Player", n), "en")
			u.Unblock()
			playing.Go(func() { playOn(u, f.Private(u), &over, &toasts) })
		}
		for done, halfway := false, false; !done; {
			time.Sleep(5*time.Second + time.Duration(len(chats))*telegram.UsualPace.Bulk.Every/100)
			rests, err := db.Backlog(t.Context(), []bot.Kind{"daily"})
			if err != nil {
				t.Fatal(err)
			}
			sent := 0
			for _, c := range chats {
				sent += min(1, len(c.FromBot()))
			}
			if done = sent == len(chats) && len(rests) == 0; sent > len(chats)/4 && !halfway {
				halfway = true
				t.Logf("after %d of %d: the program holds %.1f MB, and the fake %.1f MB", sent, len(chats), held(false), held(true))
			}
			if time.Since(due) > time.Minute+2*time.Duration(len(chats))*telegram.UsualPace.Bulk.Every {
				t.Fatalf("%d of %d have come after %v", sent, len(chats), time.Since(due))
			}
		}
		over.Store(true)
		playing.Wait()
		first, last := time.Time{}, time.Time{}
		for i, c := range chats {
			all := c.FromBot()
			if len(all) != 1 || !strings.Contains(all[0].Text, "Daily quiz, ") {
				t.Fatalf("chat %d has %d posts, want its daily", i, len(all))
			}
			if at := all[0].At; first.IsZero() || at.Before(first) {
				first = at
			}
			if at := all[0].At; at.After(last) {
				last = at
			}
		}
		least := time.Duration(len(chats)-1) * telegram.UsualPace.Bulk.Every
		pace := least.Seconds() / last.Sub(first).Seconds()
		if last.Sub(first) > least*100/98+time.Second || f.Limited() != 0 || toasts.quantile(0.99) > 300*time.Millisecond {
			t.Errorf("sent at %.1f %% of the pace, %d refused, buttons of players: %v; want 98 %% within a second, none and 300 ms", 100*pace, f.Limited(), &toasts)
		}
		t.Logf("%d dailies within %v of time, %.1f %% of the pace, none twice, none refused; buttons of players: %v; the program holds %.1f MB, and the fake %.1f MB",
			len(chats), last.Sub(first).Round(time.Second), 100*pace, &toasts, held(false), held(true))
	})
}

// subscribeAll gives everybody a daily of their own that is due at a time.
func subscribeAll(t *testing.T, f *telegramtest.Telegram, db *sqlite.DB, due time.Time) []*telegramtest.Chat {
	t.Helper()
	chats := make([]*telegramtest.Chat, *mailed)
	m := bottest.Mailing{Store: db, Due: due, Questions: 3}
	const atOnce = 64
	var writing sync.WaitGroup
	for part := range atOnce {
		writing.Go(func() {
			for n := part; n < len(chats); n += atOnce {
				u := f.NewUser(fmt.Sprint("R", n), "en")
				u.Unblock()
				c := f.Private(u)
				chats[n] = c
				if err := m.Subscribe(n, groupPlace(c), bot.Person{User: decimal(u.ID), Name: u.Name}); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	writing.Wait()
	return chats
}

// playOn has somebody play one quiz after another, and notes how long they wait after pressing.
func playOn(u *telegramtest.User, c *telegramtest.Chat, over *atomic.Bool, toasts *times) {
	for !over.Load() {
		before := len(c.FromBot())
		u.Say(c, "/quiz pack:gyeongju-summit-2025 kind:choice questions:2 language:en")
		asked := 0
		for asked < 2 && !over.Load() {
			time.Sleep(time.Second)
			all := c.FromBot()
			for _, q := range all[min(before, len(all)):] {
				if strings.Contains(q.Text, fmt.Sprintf("Question \u2068%d\u2069", asked+1)) && len(q.Buttons()) > 2 {
					press := u.Press(c, q, q.Buttons()[0].Data)
					<-press.Done()
					toasts.add(press.Took())
					asked++
					break
				}
			}
		}
		time.Sleep(15 * time.Second) // they read
	}
}

// held is how much memory is in use, in MB: what the fake Telegram keeps, or the rest.
func held(fake bool) float64 {
	runtime.GC()
	runtime.GC() // a profile shows what the collection before the last one left
	records := make([]runtime.MemProfileRecord, 20_000)
	n, _ := runtime.MemProfile(records, false)
	sum := int64(0)
	for _, r := range records[:n] {
		its := false
		for frames := runtime.CallersFrames(r.Stack()); ; {
			frame, more := frames.Next()
			its = its || strings.Contains(frame.Function, "telegramtest.")
			if !more {
				break
			}
		}
		if its == fake {
			sum += r.InUseBytes()
		}
	}
	return float64(sum) / 1e6
}
