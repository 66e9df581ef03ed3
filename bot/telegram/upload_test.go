package telegram_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/bot/play"
	"summitquiz/bot/telegram/telegramtest"
	builtin "summitquiz/content/packs"
)

// lakes is a small pack.
func lakes() telegramtest.File {
	return telegramtest.File{Name: "lakes.yaml", Type: "application/yaml", Data: []byte("pack: lakes\nversion: 1.0.0\nlanguages: [en]\ntitle: Lakes\ncards:\n" +
		"  - {ask: \"Which lake is the deepest?\", answer: Baikal}\n" +
		"  - {ask: \"Which lake is the largest?\", answer: Superior}\n  - {ask: \"Which lake is the highest?\", answer: Titicaca}\n")}
}

// TestAPackSentInPrivateGoesWhereItsSenderSays sends a pack that is for one of two groups or for
// oneself. Whoever is no admin any more is not offered the group, and cannot choose it.
func TestAPackSentInPrivateGoesWhereItsSenderSays(t *testing.T) {
	playGame(t, func(s *scene) {
		root := s.user("Root", "en")
		own := s.f.Private(root)
		red, blue, green := s.f.NewSupergroup("Red <b>team</b>", root), s.f.NewSupergroup("Blue", root), s.f.NewSupergroup("Green", root)
		for _, c := range []*telegramtest.Chat{red, blue, green} {
			c.Admin(root)
			root.Say(c, "/hint@"+telegramtest.BotUsername)
			rest(time.Second)
		}
		blue.Demote(root)
		root.SendFile(own, lakes(), "")
		ask := newest(s.t, own, has(phrase.Say(en, phrase.WhoseAsk)))
		var labels []string
		for _, b := range ask.Buttons() {
			labels = append(labels, b.Text)
		}
		slices.Sort(labels)
		if got := strings.Join(labels, ", "); got != "Green, "+phrase.Say(en, phrase.WhoseMine)+", Red <b>team</b>" {
			t.Errorf("offered are %s", got)
		}
		green.Demote(root) // while the question stands there
		rest(2 * time.Minute)
		<-root.Click(own, ask, "Green").Done()
		root.Click(own, ask, "Red <b>team</b>")
		report := newest(s.t, own, func(m telegramtest.Message) bool {
			return m.ID == ask.ID && has(phrase.Say(en, phrase.DraftSamples))(m)
		})
		root.Click(own, report, phrase.Say(en, phrase.ButtonPublish))
		newest(s.t, own, has("Play it with /quiz pack:lakes"))
		for c, has := range map[*telegramtest.Chat]bool{red: true, green: false, own: false} {
			space, _, _, err := s.db.Enter(context.Background(), groupPlace(c), bot.Person{}, time.Now())
			if err != nil {
				t.Fatal(err)
			}
			packs, err := s.db.Packs(context.Background(), space.ID)
			if err != nil || (len(packs) == len(builtin.Names())+1) != has {
				t.Errorf("%v has %d packs, %v", c, len(packs), err)
			}
		}
		root.SendFile(own, lakes(), "")
		again := newest(s.t, own, func(m telegramtest.Message) bool { return m.ID > report.ID && has(phrase.Say(en, phrase.WhoseAsk))(m) })
		root.Click(own, again, phrase.Say(en, phrase.WhoseMine))
		newest(s.t, own, func(m telegramtest.Message) bool {
			return m.ID == again.ID && has(phrase.Say(en, phrase.DraftSamples))(m)
		})
		if links := s.f.Requests("download"); len(links) != 2 {
			t.Errorf("%d files were fetched, want two", len(links))
		}
	})
}

// TestFilesThatCannotBePacks sends what is too large, of another kind, or gone.
func TestFilesThatCannotBePacks(t *testing.T) {
	playGame(t, func(s *scene) {
		ada := s.user("Ada", "en")
		own := s.f.Private(ada)
		tooBig := phrase.Say(en, phrase.FileTooBig, phrase.Count("limit", 5))
		for _, tc := range []struct {
			name  string
			file  telegramtest.File
			fault string
			want  string
			loads int
		}{
			{"too large, and says so", telegramtest.File{Name: "a.yaml", Data: []byte("x"), Size: 6 << 20}, "", tooBig, 0},
			{"too large, and says nothing", telegramtest.File{Name: "a.yaml", Data: make([]byte, 5<<20+1), Size: 100}, "", tooBig, 1},
			{"too large even for telegram", telegramtest.File{Name: "a.yaml", Data: []byte("x"), Size: 4 << 20}, "file is too big", tooBig, 0},
			{"a program", telegramtest.File{Name: "a.exe", Type: "application/x-msdownload", Data: []byte("MZ\x00\x01\xff")}, "", "", 1},
			{"nothing", telegramtest.File{Name: "", Data: []byte(" ")}, "", "", 1},
			{"with a mistake", telegramtest.File{Name: "<b>.yaml", Data: []byte("pack: x\nlanguages: [en]\ncards:\n  - {ask: a, anser: b}\n")}, "",
				"<b>.yaml:", 1},
			{"gone", telegramtest.File{Name: "a.yaml", Data: []byte("x")}, "wrong file_id or the file is temporarily unavailable",
				phrase.Say(en, phrase.FileUnreadable), 0},
		} {
			loads := len(s.f.Requests("download"))
			if tc.fault != "" {
				s.f.Fail(1, "getFile", telegramtest.Refuse(400, tc.fault))
			}
			before := len(own.FromBot())
			ada.SendFile(own, tc.file, "")
			m := newest(s.t, own, func(telegramtest.Message) bool { return len(own.FromBot()) > before })
			if !strings.Contains(shown(m.Text), shown(tc.want)) || strings.Contains(m.Text, phrase.Say(en, phrase.TryAgain)) {
				t.Errorf("a file %s: told %q, want %q", tc.name, m.Text, tc.want)
			}
			if n := len(s.f.Requests("download")) - loads; n != tc.loads {
				t.Errorf("a file %s was fetched %d times", tc.name, n)
			}
			rest(10 * time.Second)
		}
		if packs, err := s.db.Packs(context.Background(), 0); err != nil || len(packs) != len(builtin.Names()) {
			t.Errorf("%d packs are there, %v", len(packs), err)
		}
	})
}

// TestLinksLeadToAPackAndToAGameLikeAnother opens the private chat by links.
func TestLinksLeadToAPackAndToAGameLikeAnother(t *testing.T) {
	playGame(t, func(s *scene) {
		ada, ben := s.f.NewUser("Ada", "en"), s.f.NewUser("Ben", "en")
		ada.Start(bot.LinkToPack("countries-of-the-world"))
		newest(s.t, s.f.Private(ada), has("Question 1"))
		ada.Say(s.f.Private(ada), "/stop")
		newest(s.t, s.f.Private(ada), has("Final scores"))
		c := s.f.NewSupergroup("Friends", ada)
		ada.Say(c, quiz("choice"))
		for range 2 {
			q := newest(s.t, c, openPoll)
			ada.Vote(c, q, 0)
			newest(s.t, c, func(m telegramtest.Message) bool { return m.ReplyTo == q.ID })
			rest(4 * time.Second)
		}
		end := newest(s.t, c, has("Final scores"))
		ada.Click(c, end, phrase.Say(en, phrase.ButtonShare))
		mine := newest(s.t, s.f.Private(ada), has("Summit Quiz ", "/2 "))
		link := mine.Buttons()[0].URL
		if !strings.HasPrefix(link, "https://t.me/share/url?url=https%3A%2F%2Ft.me%2F"+telegramtest.BotUsername+"%3Fstart%3Dg-2&text=Summit+Quiz+") {
			t.Errorf("the result is sent on by %s", link)
		}
		ben.Start(bot.LinkToSession(2))
		newest(s.t, s.f.Private(ben), has("Question 1 of 2"))
		if live, err := s.db.Live(context.Background(), play.Kind); err != nil || len(live) != 1 || string(live[0].Pack) != "gyeongju-summit-2025" {
			t.Errorf("%d games run, %v", len(live), err)
		}
		eve := s.f.NewUser("Eve", "en")
		for payload, want := range map[string]string{"g-zzzz": phrase.Say(en, phrase.LinkOver), "g-": phrase.Say(en, phrase.LinkOver), "p-nothing": "nothing"} {
			eve.Start(payload)
			newest(s.t, s.f.Private(eve), has(want))
			rest(5 * time.Second)
		}
		eve.Start("whatever-else")
		newest(s.t, s.f.Private(eve), has("Question 1"))
		group := s.f.NewSupergroup("More friends")
		ada.StartGroup(group, "")
		newest(s.t, s.f.Private(ada), func(m telegramtest.Message) bool {
			return m.ID > mine.ID && has(phrase.Say(en, phrase.WelcomeTitle))(m)
		})
		if n := len(group.FromBot()); n != 0 {
			t.Errorf("%d messages stand in a group in which nobody began anything", n)
		}
	})
}
