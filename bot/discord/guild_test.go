package discord_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/discord/discordtest"
	"summitquiz/content/language"
)

// kinds lists the events that the service was told of, by space.
func (s *scene) kinds(space string) []bot.EventKind {
	var out []bot.EventKind
	for _, in := range s.service.events() {
		if in.Place.Space == space {
			out = append(out, in.Event.Kind)
		}
	}
	return out
}

func TestServersComeAndGo(t *testing.T) {
	playGame(t, discordtest.Options{}, echo, func(s *scene) {
		g := s.d.NewGuild("Newcomers")
		rest(time.Second)
		g.Outage()
		rest(time.Second)
		if got := s.kinds(g.ID); len(got) != 1 || got[0] != bot.Joined {
			t.Errorf("after joining and an outage the service was told %v, want joined once", got)
		}
		c := g.NewChannel("quiz")
		c.Delete()
		rest(time.Second)
		g.Kick()
		rest(time.Second)
		if got := s.kinds(g.ID); len(got) != 3 || got[1] != bot.ChatGone || got[2] != bot.Removed {
			t.Errorf("the service was told %v, want joined, chat gone, removed", got)
		}
		for _, in := range s.service.events() {
			if in.Event.Kind == bot.ChatGone && in.Place.Chat != c.ID {
				t.Errorf("gone is %q, want the channel", in.Place.Chat)
			}
		}
	})
}

// TestARemovalWhileTheBotIsAwayIsNoticed removes the bot while no process runs.
func TestARemovalWhileTheBotIsAwayIsNoticed(t *testing.T) {
	playGame(t, discordtest.Options{}, echo, func(s *scene) {
		gone, stays := s.d.NewGuild("Gone"), s.d.NewGuild("Stays")
		rest(time.Second)
		s.end()
		gone.Kick()
		s.store.mu.Lock()
		for _, key := range []string{gone.ID, stays.ID, s.guild.ID, "no number"} {
			s.store.known = append(s.store.known, bot.Space{Platform: "discord", Key: key})
		}
		s.store.mu.Unlock()
		s.start()
		rest(time.Second)
		if got := s.kinds(gone.ID); len(got) != 2 || got[1] != bot.Removed {
			t.Errorf("of the server that is gone the service was told %v, want joined and removed", got)
		}
		if got := s.kinds(stays.ID); len(got) != 1 {
			t.Errorf("of the other one the service was told %v, want joined once", got)
		}
	})
}

func TestTwoProcessesTellOfOneEventOnce(t *testing.T) {
	playGame(t, discordtest.Options{}, echo, func(s *scene) {
		oldStop, oldEnded := s.stop, s.ended
		s.start()
		rest(time.Second)
		g := s.d.NewGuild("Newcomers")
		rest(time.Second)
		g.Kick()
		rest(time.Second)
		if got := s.kinds(g.ID); len(got) != 2 {
			t.Errorf("the service was told %v, want joined and removed once each", got)
		}
		oldStop()
		if err := <-oldEnded; err != nil {
			t.Error(err)
		}
	})
}

func TestAPackIsAttached(t *testing.T) {
	var got bot.Input
	load := func(_ context.Context, in bot.Input) (bot.Reply, error) {
		got = in
		p := sentence("Checked")
		p.File = &bot.File{Name: "problems.txt", Type: "text/plain", Data: []byte("line 3")}
		return bot.Reply{Posts: []bot.Post{p}}, nil
	}
	playGame(t, discordtest.Options{}, load, func(s *scene) {
		admin := s.d.NewMember("Admin", "ar", true)
		it := admin.Command(s.channel, "pack load", nil, discordtest.File{Name: "pack.yaml", Type: "application/yaml", Data: []byte("pack: x")})
		rest(time.Second)
		if got.Command == nil || got.Command.Name != "pack load" || got.Command.File == nil || string(got.Command.File.Data) != "pack: x" || !got.From.Admin {
			t.Fatalf("the service got %+v of %+v", got.Command, got.From)
		}
		if m := it.Original(); string(m.Files["problems.txt"]) != "line 3" || m.Only != admin.ID {
			t.Errorf("the answer holds %v", m.Files)
		}
	})
}

func TestAnAttachmentIsNeitherTooLargeNorFromElsewhere(t *testing.T) {
	for name, c := range map[string]struct {
		file discordtest.File
		want string
	}{
		"larger than it may be":             {discordtest.File{Name: "a", Data: make([]byte, 5<<20+1)}, "larger than \u20685\u2069 MiB"},
		"larger than it says":               {discordtest.File{Name: "a", Data: make([]byte, 5<<20+1), Size: 10}, "larger than \u20685\u2069 MiB"},
		"said to be larger than it may be":  {discordtest.File{Name: "a", Data: []byte("x"), Size: 1 << 40}, "larger than \u20685\u2069 MiB"},
		"at another host":                   {discordtest.File{Name: "a", Data: []byte("x"), URL: "http://metadata.internal/secret"}, "cannot be read"},
		"at no address":                     {discordtest.File{Name: "a", Data: []byte("x"), URL: "file:///etc/passwd"}, "cannot be read"},
		"at a host that looks like the own": {discordtest.File{Name: "a", Data: []byte("x"), URL: "http://discord.test@evil.test/x"}, "cannot be read"},
		"gone meanwhile":                    {discordtest.File{Name: "a", Data: []byte("x"), URL: "http://discord.test/attachments/1/a"}, "try again"},
	} {
		t.Run(name, func(t *testing.T) {
			playGame(t, discordtest.Options{}, echo, func(s *scene) {
				it := s.d.NewMember("Admin", "en-US", true).Command(s.channel, "pack load", nil, c.file)
				rest(3 * time.Second)
				if got := strings.ReplaceAll(original(it), `\`, ""); !contains(got, c.want) || len(s.service.got()) != 0 {
					t.Errorf("told %q, handled %d, want %q", got, len(s.service.got()), c.want)
				}
			})
		})
	}
}

func TestTheMenuOfAMessageReportsItsQuestion(t *testing.T) {
	playGame(t, discordtest.Options{}, echo, func(s *scene) {
		ref, err := s.deliver(s.delivery(bot.New, bottest.Slot("question", 1), "A question"))
		if err != nil {
			t.Fatal(err)
		}
		s.store.mu.Lock()
		s.store.slots[ref] = bottest.Slot("question", 1)
		s.store.mu.Unlock()
		it := s.kim.Menu(s.channel, "Report this question", s.channel.Messages("")[0])
		rest(time.Second)
		if got := s.service.got(); len(got) != 1 || got[0].Command.Name != "report" || got[0].Command.Target != bottest.Slot("question", 1) || original(it) != "command report" {
			t.Errorf("the service got %+v", got)
		}
		it = s.kim.Menu(s.channel, "Report this question", discordtest.Message{ID: "77"})
		rest(time.Second)
		if got := original(it); len(s.service.got()) != 1 || !contains(got, "no question here to report") {
			t.Errorf("against a stranger's message: told %q", got)
		}
	})
}

// TestPlacesAndPeopleAreReadAsTheyAre holds what the service is told of where and who.
func TestPlacesAndPeopleAreReadAsTheyAre(t *testing.T) {
	playGame(t, discordtest.Options{}, echo, func(s *scene) {
		dm := s.d.NewDM()
		lee := s.d.NewMember("이재명", "ko", false)
		lee.Command(dm, "help", nil)
		rest(time.Second)
		s.kim.Command(s.guild.NewThread("th"), "help", nil)
		rest(time.Second)
		got := s.service.got()
		if p := got[0].Place; !p.Private || p.Space != dm.ID || p.Chat != dm.ID || got[0].From.Locale != "ko" || got[0].From.Name != "이재명" {
			t.Errorf("in a private chat: %+v, %+v", p, got[0].From)
		}
		if p := got[1].Place; p.Private || p.Space != s.guild.ID || p.Title != "th" {
			t.Errorf("in a thread: %+v", p)
		}
	})
}

// TestBadInputIsHandedOnAsItIs sends what no client sends. The adapter reads what can be read
// and leaves judging to the service; nothing panics and everybody gets an answer.
func TestBadInputIsHandedOnAsItIs(t *testing.T) {
	playGame(t, discordtest.Options{}, echo, func(s *scene) {
		_, err := s.deliver(s.delivery(bot.New, bottest.Slot("question", 1), "A question"))
		if err != nil {
			t.Fatal(err)
		}
		m := s.channel.Messages("")[0]
		long := strings.Repeat("v1.a.", 20)
		for name, act := range map[string]func() *discordtest.Interaction{
			"a forged custom_id":       func() *discordtest.Interaction { return s.kim.Press(s.channel, m, "v1.a.zzz.AAAAAAAAAAA") },
			"an empty custom_id":       func() *discordtest.Interaction { return s.kim.Press(s.channel, m, "") },
			"a long custom_id":         func() *discordtest.Interaction { return s.kim.Press(s.channel, m, long) },
			"a custom_id with bytes":   func() *discordtest.Interaction { return s.kim.Press(s.channel, m, "v1.\x00\u202e") },
			"a command nobody has":     func() *discordtest.Interaction { return s.kim.Act(s.channel, 2, map[string]any{"name": "rm -rf"}, nil) },
			"a command without a name": func() *discordtest.Interaction { return s.kim.Act(s.channel, 2, map[string]any{}, nil) },
			"options of the wrong types": func() *discordtest.Interaction {
				return s.kim.Act(s.channel, 2, map[string]any{"name": "quiz",
					"options": []any{map[string]any{"name": "questions", "type": 3, "value": true},
						map[string]any{"name": "pack", "type": 4, "value": map[string]any{"a": 1}}}}, nil)
			},
			"a file that is not there": func() *discordtest.Interaction {
				return s.kim.Act(s.channel, 2, map[string]any{"name": "pack",
					"options": []any{map[string]any{"name": "load", "type": 1,
						"options": []any{map[string]any{"name": "file", "type": 11, "value": "1"}}}}}, nil)
			},
			"subcommands without an end": func() *discordtest.Interaction { return s.kim.Act(s.channel, 2, nested(200), nil) },
			"a form without parts":       func() *discordtest.Interaction { return s.kim.Act(s.channel, 5, map[string]any{"custom_id": "x"}, nil) },
			"parts without an end": func() *discordtest.Interaction {
				return s.kim.Act(s.channel, 5, map[string]any{"custom_id": "x", "components": deep(200)}, nil)
			},
		} {
			it := act()
			rest(3 * time.Second)
			if how, _ := it.Answered(); how == 0 {
				t.Errorf("%s: not answered", name)
			}
		}
		s.kim.Act(s.channel, 77, map[string]any{}, &m)
		rest(3 * time.Second)
		s.works("after bad input")
	})
}

func nested(depth int) map[string]any {
	o := map[string]any{"name": "x", "type": 1}
	for range depth {
		o = map[string]any{"name": "x", "type": 2, "options": []any{o}}
	}
	return map[string]any{"name": "pack", "options": []any{o}}
}

func deep(depth int) []any {
	p := map[string]any{"type": 4, "custom_id": "text", "value": "x"}
	for range depth {
		p = map[string]any{"type": 18, "component": p}
	}
	return []any{p}
}

func TestNamesCannotPingOrBreakOut(t *testing.T) {
	hostile := "@everyone **x** \u202e`[a](http://b)`"
	say := func(_ context.Context, in bot.Input) (bot.Reply, error) {
		return bot.Say(language.English, "Hello "+in.From.Name), nil
	}
	playGame(t, discordtest.Options{}, say, func(s *scene) {
		it := s.d.NewMember(hostile, "en-US", false).Command(s.channel, "hint", nil)
		rest(time.Second)
		m := it.Original()
		if strings.Contains(m.Content(), " @everyone") || strings.Contains(m.Content(), "**x") {
			t.Errorf("the answer is %q", m.Content())
		}
	})
}
