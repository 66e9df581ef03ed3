package discord_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/discord/discordtest"
	"summitquiz/bot/phrase"
	"summitquiz/bot/play"
	"summitquiz/content/language"
)

// TestButtonsThatAreNotTheirsChangeNothing presses what was forged, belongs to somebody else,
// comes from another channel or is over: a friendly private line, nothing changed, and no text
// of strangers in the log.
func TestButtonsThatAreNotTheirsChangeNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := discordtest.New(t, discordtest.Options{})
		db := open(t)
		p := begin(t, d, db)
		defer p.stop()
		g := d.NewGuild("Friends")
		c, elsewhere := g.NewChannel("quiz"), g.NewChannel("elsewhere")
		ada, eve := d.NewMember("Ada", "en-US", true), d.NewMember("Eve", "en-US", true)
		settings := ada.Command(c, "settings", nil)
		ada.Command(c, "quiz", map[string]string{"pack": "gyeongju-summit-2025", "questions": "1", "kind": "choice", "language": "en"})
		q := newest(t, c, "", open4)
		own, answer := settings.Original(), q.Buttons()[0].CustomID
		over := phrase.Say(language.English, phrase.ButtonOver)
		for name, press := range map[string]func() *discordtest.Interaction{
			"a forged seal":                  func() *discordtest.Interaction { return eve.Press(c, q, answer[:len(answer)-2]+"xx") },
			"a forged option":                func() *discordtest.Interaction { return eve.Press(c, q, strings.Replace(answer, "-0.", "-1.", 1)) },
			"a verb that nobody has":         func() *discordtest.Interaction { return eve.Press(c, q, "v1.root.0.AAAAAAAAAAA") },
			"an older version":               func() *discordtest.Interaction { return eve.Press(c, q, "v0"+answer[2:]) },
			"nothing":                        func() *discordtest.Interaction { return eve.Press(c, q, "") },
			"too much":                       func() *discordtest.Interaction { return eve.Press(c, q, strings.Repeat("v1.a.", 20)) },
			"marks of direction":             func() *discordtest.Interaction { return eve.Press(c, q, "v1.a.\u202e\u2066.x") },
			"an answer from elsewhere":       func() *discordtest.Interaction { return eve.Press(elsewhere, q, answer) },
			"somebody else's private button": func() *discordtest.Interaction { return eve.Press(c, own, own.Buttons()[0].CustomID) },
			"a form that nobody opened": func() *discordtest.Interaction {
				return eve.Act(c, 5, map[string]any{"custom_id": "v1.typed.1-0.AAAAAAAAAAA", "components": []any{}}, nil)
			},
			"a button as the action of a form": func() *discordtest.Interaction {
				return eve.Act(c, 5, map[string]any{"custom_id": "v1.root.1.AAAAAAAAAAA", "components": []any{}}, &q)
			},
		} {
			it := press()
			rest(200 * time.Millisecond)
			m := it.Original()
			if got := strings.ReplaceAll(m.Text(), `\`, ""); got != over || m.Only != eve.ID {
				t.Errorf("%s: told %q to %q, want %q in private", name, got, m.Only, over)
			}
		}
		games, err := db.Live(context.Background(), play.Kind)
		if err != nil || len(games) != 1 {
			t.Fatalf("%d games are running, %v", len(games), err)
		}
		if kept, err := db.Answers(context.Background(), games[0].ID); err != nil || len(kept) != 0 {
			t.Errorf("%d answers are kept, %v; want none", len(kept), err)
		}
		if now := c.Messages(ada.ID); !strings.Contains(now[0].Text(), phrase.Say(language.English, phrase.SettingsTitle)) || now[0].Edits != 0 {
			t.Errorf("the settings of Ada show %q after %d edits", now[0].Text(), now[0].Edits)
		}
		if n := strings.Count(p.log.String(), "msg=refused"); n < 11 {
			t.Errorf("%d refusals are in the log, want one for each of eleven", n)
		}
		if strings.Contains(p.log.String(), "\u202e") {
			t.Error("the log holds what a stranger sent")
		}
	})
}

// TestCommandsAreRefusedWhereTheyAreNotAllowed uses admins' commands without the right.
func TestCommandsAreRefusedWhereTheyAreNotAllowed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := discordtest.New(t, discordtest.Options{})
		db := open(t)
		p := begin(t, d, db)
		defer p.stop()
		c := d.NewGuild("Friends").NewChannel("quiz")
		eve := d.NewMember("Eve", "ko", false)
		want := phrase.Say(language.Korean, phrase.AdminsOnly)
		for name, options := range map[string]map[string]string{
			"settings": {"questions": "50"}, "pack list": nil,
			"pack disable": {"pack": "countries-of-the-world"}, "pack rollback": {"pack": "countries-of-the-world", "version": "1"},
		} {
			it := eve.Command(c, name, options)
			rest(200 * time.Millisecond)
			if got := strings.ReplaceAll(original(it), `\`, ""); got != want {
				t.Errorf("/%s: told %q, want %q", name, got, want)
			}
		}
		it := eve.Command(c, "pack load", nil, discordtest.File{Name: "a.exe", Type: "application/x-msdownload", Data: []byte("MZ\x00")})
		rest(200 * time.Millisecond)
		if got := strings.ReplaceAll(original(it), `\`, ""); got != want {
			t.Errorf("/pack load: told %q, want %q", got, want)
		}
		for _, o := range []map[string]any{{"name": "questions", "type": 4, "value": 51}, {"name": "questions", "type": 3, "value": "many"},
			{"name": "mode", "type": 3, "value": "cheat"}, {"name": "nobody", "type": 3, "value": "x"}} {
			it := eve.Act(c, 2, map[string]any{"name": "quiz", "options": []any{o}}, nil)
			rest(200 * time.Millisecond)
			if m := it.Original(); m.Only != eve.ID || m.Text() == "" {
				t.Errorf("%v: told %q to %q, want a private line", o, m.Text(), m.Only)
			}
		}
		for _, why := range []string{"admins-only", "out-of-range", "not-a-choice", "unknown-option"} {
			if !strings.Contains(p.log.String(), "why="+why) {
				t.Errorf("the log does not tell of %s", why)
			}
		}
		if strings.Contains(p.log.String(), "cheat") || strings.Contains(p.log.String(), "many") {
			t.Error("the log holds what was typed")
		}
		space, _, _, err := db.Enter(context.Background(), bot.Place{Platform: "discord", Space: c.Guild.ID, Chat: c.ID}, bot.Person{}, time.Now())
		if err != nil || space.Settings != (bot.Settings{}) || len(c.Messages("")) != 0 {
			t.Errorf("the settings are %+v, %v, and %d public messages", space.Settings, err, len(c.Messages("")))
		}
	})
}
