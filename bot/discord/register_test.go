package discord_test

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"summitquiz/bot/bottest"
	"summitquiz/bot/discord/discordtest"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

func TestCommandsAreRegisteredWhenTheyChangeAndOnlyThen(t *testing.T) {
	playGame(t, discordtest.Options{}, echo, func(s *scene) {
		if n := s.d.Registered(); n != 1 {
			t.Fatalf("registered %d times, want once", n)
		}
		for range 3 {
			s.end()
			s.start()
			rest(3 * time.Second)
		}
		if n := s.d.Registered(); n != 1 {
			t.Errorf("registered %d times after three restarts, want once", n)
		}
		for key := range s.store.notes {
			s.store.notes[key] = "an older hash"
		}
		s.end()
		s.start()
		rest(3 * time.Second)
		if n := s.d.Registered(); n != 2 {
			t.Errorf("registered %d times after a change, want twice", n)
		}
	})
}

func TestCommandsAreRegisteredWithoutArabicWhereItIsNotTaken(t *testing.T) {
	playGame(t, discordtest.Options{NoArabic: true}, echo, func(s *scene) {
		if n := count(s.d, "PUT", "/commands"); n != 2 || s.d.Registered() != 1 {
			t.Fatalf("%d attempts, %d registered; want 2 and 1", n, s.d.Registered())
		}
		names, _ := find(s.d.Commands(), "quiz")["name_localizations"].(map[string]any)
		if names["ar"] != nil || names["ko"] != "퀴즈" {
			t.Errorf("/quiz is called %v", names)
		}
		s.end()
		s.start()
		rest(3 * time.Second)
		if n := count(s.d, "PUT", "/commands"); n != 2 {
			t.Errorf("%d attempts after a restart, want no more", n)
		}
		s.works("without Arabic names")
	})
}

func TestARegistrationThatFailsKeepsNobodyFromPlaying(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := discordtest.New(t, discordtest.Options{})
		d.Fail(9, "PUT", "/commands", discordtest.Status(500)) // three tries each
		s := set(t, d, newFakeService(echo), newMemory())
		s.works("without registered commands")
		if d.Registered() != 0 {
			t.Error("the commands are registered already")
		}
		rest(time.Minute)
		if d.Registered() != 1 {
			t.Errorf("after a minute the commands were registered %d times, want once", d.Registered())
		}
		s.end()
	})
}

func TestTheCommandsAreRegisteredInDiscordsForms(t *testing.T) {
	playGame(t, discordtest.Options{}, echo, func(s *scene) {
		all := s.d.Commands()
		quiz := find(all, "quiz")
		if names := quiz["name_localizations"].(map[string]any); names["ko"] != "퀴즈" || names["zh-CN"] != "测验" || names["ar"] != "مسابقة" ||
			names["en-GB"] != "quiz" {
			t.Errorf("/quiz is called %v", names)
		}
		if quiz["default_member_permissions"] != nil {
			t.Errorf("/quiz needs %v", quiz["default_member_permissions"])
		}
		n := find(options(quiz), "questions")
		if n["type"] != 4.0 || n["min_value"] != 1.0 || n["max_value"] != 50.0 {
			t.Errorf("questions = %v", n)
		}
		if o := find(options(quiz), "pack"); o["autocomplete"] != true {
			t.Errorf("pack = %v, want it to suggest", o)
		}
		if o := find(options(quiz), "mode"); len(o["choices"].([]any)) != 3 {
			t.Errorf("mode = %v, want three choices", o)
		}
		pack := find(all, "pack")
		if pack["default_member_permissions"] != 32.0 {
			t.Errorf("/pack needs %v, want MANAGE_GUILD", pack["default_member_permissions"])
		}
		load := find(options(pack), "load")
		if o := find(options(load), "file"); load["type"] != 1.0 || o["type"] != 11.0 || o["required"] != true {
			t.Errorf("/pack load = %v", load)
		}
		if c := find(all, "privacy"); !slices.Equal(numbers(c["contexts"]), []int{0, 1, 2}) || !slices.Equal(numbers(c["integration_types"]), []int{0, 1}) {
			t.Errorf("/privacy is at %v, %v", c["contexts"], c["integration_types"])
		}
		if c := find(all, "Report this question"); c["type"] != 3.0 || c["description"] != nil {
			t.Errorf("the menu's command = %v", c)
		}
	})
}

func TestEveryCommandAndOptionHasANameToType(t *testing.T) {
	want := []phrase.ID{"slash-report-menu"}
	add := func(id phrase.ID) {
		if !slices.Contains(want, id) {
			want = append(want, id)
		}
	}
	for _, c := range bottest.Commands() {
		head, sub, nested := strings.Cut(c.Name, " ")
		add(phrase.ID("slash-" + head))
		if nested {
			add(phrase.ID("slash-" + sub))
			add(phrase.ID("slash-about-" + head))
		}
		for _, o := range c.Options {
			add(phrase.ID("slash-" + o.Name))
		}
	}
	for _, id := range want {
		for _, c := range language.Own() {
			if !phrase.Has(c, id) {
				t.Errorf("%s has no %s", c, id)
			}
		}
	}
	for _, id := range phrase.IDs("slash-") {
		if !slices.Contains(want, id) {
			t.Errorf("nothing is called by %s", id)
		}
	}
}

func find(list []map[string]any, name string) map[string]any {
	for _, c := range list {
		if c["name"] == name {
			return c
		}
	}
	return nil
}

func options(c map[string]any) []map[string]any {
	var out []map[string]any
	list, _ := c["options"].([]any)
	for _, o := range list {
		out = append(out, o.(map[string]any))
	}
	return out
}

func numbers(v any) []int {
	var out []int
	list, _ := v.([]any)
	for _, n := range list {
		out = append(out, int(n.(float64)))
	}
	return out
}
