package service_test

import (
	"testing"

	"summitquiz/bot"
	"summitquiz/content/language"
)

// TestVersionsAreSuggestedOfThePackThatWasTyped loads two versions of two packs and asks to which
// of one it can go back.
func TestVersionsAreSuggestedOfThePackThatWasTyped(t *testing.T) {
	s := stage(t, roomy)
	room := bot.Place{Platform: "plain", Space: "room", Chat: "room", Title: "Room"}
	admin := bot.Person{User: "ada", Name: "Ada", Locale: "en", Admin: true}
	for _, pack := range []string{"lakes", "rivers"} {
		for _, version := range []string{"1.0.0", "1.1.0"} {
			file := &bot.File{Name: pack + ".yaml", Data: []byte("pack: " + pack + "\nversion: " + version + "\nlanguages: [en]\ntitle: T\ncards:\n  - {ask: Which is the longest?, answer: X" + version[2:3] + "}\n")}
			draft := comes(t, s, bot.Input{Place: room, From: admin, Command: &bot.CommandCall{Name: "pack load", File: file}})
			comes(t, s, bot.Input{Place: room, From: admin, Press: &bot.Press{Action: draft.Posts[0].Buttons[0][0].Action}})
		}
	}
	suggested := func(typed bot.Values) (out []string) {
		for _, x := range s.Service().Suggest(t.Context(), room, admin, "pack rollback", "version", typed) {
			out = append(out, language.StripIsolates(x.Label)+"="+x.Value)
		}
		return out
	}
	if got := suggested(bot.Values{"pack": "rivers"}); len(got) != 1 || got[0] != "rivers 1.0.0=1.0.0" {
		t.Errorf("of rivers are suggested %q", got)
	}
	if got := suggested(bot.Values{"version": "1."}); len(got) != 2 {
		t.Errorf("of no pack are suggested %q", got)
	}
	if got := suggested(bot.Values{"pack": "lakes", "version": "2"}); len(got) != 0 {
		t.Errorf("for another version are suggested %q", got)
	}
	admin.Admin = false
	if got := suggested(bot.Values{"pack": "rivers"}); len(got) != 0 {
		t.Errorf("to who may not go back are suggested %q", got)
	}
}
