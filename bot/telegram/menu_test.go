package telegram_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"summitquiz/bot/bottest"
	"summitquiz/bot/phrase"
	"summitquiz/bot/telegram/telegramtest"
	"summitquiz/content/language"
)

// TestMenusFitWhoAndWhere reads the menus that people see, in their languages, and holds that
// Telegram is told once.
func TestMenusFitWhoAndWhere(t *testing.T) {
	playGame(t, func(s *scene) {
		c := s.f.NewSupergroup("Friends")
		for _, tag := range []string{"ar", "en", "ko", "zh", "fr", ""} {
			lang, _ := language.Parse(tag)
			root, ada := s.user("Root", tag), s.user("Ada", tag)
			c.Admin(root)
			c.Demote(ada)
			names := func(list []telegramtest.Command) []string {
				var out []string
				for _, m := range list {
					out = append(out, m.Name)
					if m.Name == "quiz" && m.Description != phrase.Say(lang, "cmd-quiz") {
						t.Errorf("%q: /quiz is described as %q", tag, m.Description)
					}
				}
				return out
			}
			if got := names(root.Menu(c)); len(got) != len(bottest.Commands()) || !slices.Contains(got, "pack_load") {
				t.Errorf("%q: an admin is offered %v", tag, got)
			}
			if got := names(ada.Menu(c)); slices.Contains(got, "settings") || !slices.Contains(got, "privacy") {
				t.Errorf("%q: a member is offered %v", tag, got)
			}
			if got := names(ada.Menu(s.f.Private(ada))); !slices.Contains(got, "settings") {
				t.Errorf("%q: in private one is offered %v", tag, got)
			}
			if got := ada.About("description"); got != phrase.Say(lang, phrase.BotDescription) {
				t.Errorf("%q: the bot is described as %q", tag, got)
			}
		}
		told := len(s.f.Requests("setMyCommands"))
		s.p.stop()
		s.p = begin(t, s.f, s.db)
		rest(time.Second)
		if again := len(s.f.Requests("setMyCommands")); again != told || told != 15 {
			t.Errorf("telegram was told %d menus, and %d after a restart", told, again-told)
		}
	})
}

// TestRegistrationWaitsWhenItIsTooMuch has Telegram refuse menus for a while, and for good.
func TestRegistrationWaitsWhenItIsTooMuch(t *testing.T) {
	bubble(t, func(t *testing.T, f *telegramtest.Telegram, store *shaky, service *scripted) {
		f.Fail(1, "setMyCommands", telegramtest.Limit(5*time.Second))
		r := run(t, f, service, store)
		rest(30 * time.Second)
		if !r.a.Ready() || len(f.Requests("setMyDescription")) != 5 {
			t.Errorf("ready: %v; %d descriptions were told", r.a.Ready(), len(f.Requests("setMyDescription")))
		}
		r.stop()
		if err := store.SetNote(t.Context(), "telegram-menus-7012345678", "older"); err != nil {
			t.Fatal(err)
		}
		f.Fail(1, "setMyCommands", telegramtest.Refuse(400, "BOT_COMMAND_INVALID"))
		r = run(t, f, service, store)
		rest(30 * time.Second)
		if !r.a.Ready() || !strings.Contains(r.log.String(), "menus were not registered") {
			t.Errorf("ready: %v, and the log reads\n%s", r.a.Ready(), r.log)
		}
	})
}
