package telegram_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/phrase"
	"summitquiz/bot/store/sqlite"
	"summitquiz/bot/telegram/telegramtest"
	"summitquiz/content/language"
)

const en = language.English

// rest lets time pass and everything that was begun come to its end.
func rest(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// newest is the newest message of the bot in a chat that fulfils a condition, and waits for one
// if need be.
func newest(t *testing.T, c *telegramtest.Chat, is func(telegramtest.Message) bool) telegramtest.Message {
	t.Helper()
	for range 1800 {
		all := c.FromBot()
		for i := len(all) - 1; i >= 0; i-- {
			if is(all[i]) {
				return all[i]
			}
		}
		rest(100 * time.Millisecond)
	}
	var b strings.Builder
	for _, m := range c.FromBot() {
		b.WriteString(m.Text + "\n────\n")
	}
	t.Fatalf("waited three minutes in vain; the chat holds:\n%s", b.String())
	return telegramtest.Message{}
}

// has is the condition that a message holds all these texts.
func has(parts ...string) func(telegramtest.Message) bool {
	return func(m telegramtest.Message) bool {
		for _, p := range parts {
			if !strings.Contains(shown(m.Text), p) {
				return false
			}
		}
		return true
	}
}

// openPoll is the condition that a message is a poll in which people can vote.
func openPoll(m telegramtest.Message) bool { return m.Poll != nil && !m.Poll.Closed }

// scene is a process at a Telegram, in a bubble where time passes by itself.
type scene struct {
	t  *testing.T
	f  *telegramtest.Telegram
	db *sqlite.DB
	p  *process
}

// play sets a scene with Telegram's own limits, lets a test act on it, and holds that nothing
// was too much for Telegram.
func playGame(t *testing.T, act func(s *scene)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := &scene{t: t, f: telegramtest.New(t, telegramtest.Options{Latency: 30 * time.Millisecond}), db: open(t)}
		s.p = begin(t, s.f, s.db)
		act(s)
		s.p.stop()
		if n := s.f.Limited(); n != 0 {
			t.Errorf("%d requests were too many", n)
		}
	})
}

// user is a person who has opened their private chat with the bot.
func (s *scene) user(name, lang string) *telegramtest.User {
	u := s.f.NewUser(name, lang)
	u.Unblock()
	return u
}

// quiz is a command for two questions of a kind.
func quiz(kind string) string {
	pack := map[bool]string{true: "countries-of-the-world", false: "gyeongju-summit-2025"}[kind == "typed"]
	return "/quiz pack:" + pack + " questions:2 language:en kind:" + kind
}

// TestWhoPressesStartAnswersWithinTenSeconds is somebody who takes six seconds to read.
func TestWhoPressesStartAnswersWithinTenSeconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := telegramtest.New(t, telegramtest.Options{Latency: 80 * time.Millisecond})
		db := open(t)
		p := begin(t, f, db)
		defer p.stop()
		ada := f.NewUser("Ada", "en")
		chat := f.Private(ada)
		began := time.Now()
		ada.Start("")
		q := newest(t, chat, func(m telegramtest.Message) bool { return len(m.Buttons()) > 1 })
		if took := time.Since(began); took > time.Second {
			t.Errorf("the first question was there after %v", took)
		}
		rest(6 * time.Second)
		press := ada.Press(chat, q, q.Buttons()[0].Data)
		<-press.Done()
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("the first answer was taken after %v", took)
		}
		if text, _ := press.Toast(); !strings.HasPrefix(text, "Saved") {
			t.Errorf("the toast says %q", text)
		}
		newest(t, chat, has(phrase.Say(en, phrase.WelcomeTitle)))
		if f.Limited() != 0 {
			t.Errorf("%d requests were too many", f.Limited())
		}
	})
}

// TestAGroupPlaysWithPolls plays choice questions with three people in each language, at
// Telegram's own rates.
func TestAGroupPlaysWithPolls(t *testing.T) {
	for _, lang := range language.Own() {
		t.Run(lang.String(), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				f := telegramtest.New(t, telegramtest.Options{Latency: 80 * time.Millisecond})
				db := open(t)
				p := begin(t, f, db)
				defer p.stop()
				c := f.NewSupergroup("Friends")
				ada, ben, eve := f.NewUser("Ada", lang.String()), f.NewUser("Ben", lang.String()), f.NewUser("Eve", lang.String())
				ada.Say(c, "/quiz pack:gyeongju-summit-2025 questions:3 kind:choice language:"+lang.String())
				newest(t, c, func(m telegramtest.Message) bool { return strings.Contains(m.Text, "▶️") })
				right, _ := bottest.Keys(t, db)
				for n := range 3 {
					q := newest(t, c, openPoll)
					if q.Poll.Anonymous || !q.Poll.Quiz || q.Poll.Explanation == "" || q.Poll.Period < 18*time.Second {
						t.Errorf("question %d is %+v", n+1, q.Poll)
					}
					ada.Vote(c, q, right[n])
					ben.Vote(c, q, (right[n]+1)%len(q.Poll.Options))
					rest(q.Poll.Period - 100*time.Millisecond)
					if n < 2 { // afterwards the question closes once both have answered
						eve.Vote(c, q, right[n]) // at the last moment
					}
					result := newest(t, c, func(m telegramtest.Message) bool { return m.ReplyTo == q.ID })
					if !strings.Contains(result.Text, "Ada") || strings.Contains(result.Text, "Ben") || strings.Contains(result.Text, "Eve") != (n < 2) {
						t.Errorf("the result of question %d does not name who was right:\n%s", n+1, result.Text)
					}
					rest(3 * time.Second)
				}
				newest(t, c, has(phrase.Say(lang, phrase.EndTitle), "Ada"))
				page, err := db.Board(context.Background(), bot.BoardQuery{Limit: 10})
				if err != nil || len(page.Rows) != 2 || page.Rows[0].Name != "Ada" || page.Rows[0].Points != 3 || page.Rows[1].Points != 2 {
					t.Errorf("the board is %+v, %v", page, err)
				}
				if n := len(c.FromBot()); n != 8 {
					t.Errorf("%d messages are in the group, want a start card, three polls with their results and the end", n)
				}
				if f.Limited() != 0 {
					t.Errorf("%d requests were too many", f.Limited())
				}
			})
		})
	}
}
