package discord_test

import (
	"context"
	"fmt"
	"strconv"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/discord/discordtest"
	"summitquiz/content/language"
)

func TestAPersonIsAnsweredPrivatelyAtOnce(t *testing.T) {
	playGame(t, discordtest.Options{}, echo, func(s *scene) {
		it := s.kim.Command(s.channel, "hint", nil)
		rest(0)
		how, took := it.Answered()
		if how != 4 || took > 100*time.Millisecond {
			t.Errorf("answered by callback %d after %v, want 4 at once", how, took)
		}
		if m := it.Original(); m.Only != s.kim.ID || m.Text() != "command hint" {
			t.Errorf("answer = %q to %q, want it private", m.Text(), m.Only)
		}
	})
}

func TestASlowDatabaseIsHiddenBehindAPrivateThinking(t *testing.T) {
	slow := func(_ context.Context, in bot.Input) (bot.Reply, error) {
		time.Sleep(10 * time.Second)
		return bot.Say(language.English, "at last"), nil
	}
	playGame(t, discordtest.Options{Latency: 100 * time.Millisecond}, slow, func(s *scene) {
		it := s.kim.Command(s.channel, "hint", nil)
		rest(2 * time.Second)
		how, took := it.Answered()
		if how != 5 || took > 1700*time.Millisecond {
			t.Errorf("answered by callback %d after %v, want 5 by 1.6 s", how, took)
		}
		if m := it.Original(); !m.Pending || m.Only != s.kim.ID {
			t.Errorf("the thinking is %+v, want it private", m)
		}
		rest(10 * time.Second)
		if got := original(it); got != "at last" {
			t.Errorf("the answer = %q, want it filled in", got)
		}
	})
}

func TestAThinkingWhoseAcknowledgementIsLostIsFilledIn(t *testing.T) {
	slow := func(context.Context, bot.Input) (bot.Reply, error) {
		time.Sleep(2 * time.Second)
		return bot.Say(language.English, "at last"), nil
	}
	playGame(t, discordtest.Options{}, slow, func(s *scene) {
		s.d.Fail(1, "POST", "/callback", discordtest.Drop)
		it := s.kim.Command(s.channel, "hint", nil)
		rest(10 * time.Second)
		if got := original(it); got != "at last" {
			t.Errorf("the answer = %q, want it filled in", got)
		}
	})
}

func TestABrokenDatabaseIsAnsweredCalmly(t *testing.T) {
	broken := func(context.Context, bot.Input) (bot.Reply, error) {
		return bot.Say(language.English, "Please try again."), errBroken
	}
	playGame(t, discordtest.Options{}, broken, func(s *scene) {
		it := s.kim.Command(s.channel, "hint", nil)
		rest(0)
		if got := original(it); got != `Please try again\.` {
			t.Errorf("the answer = %q", got)
		}
	})
}

func TestAPanicOfTheServiceIsAnsweredAndOutlived(t *testing.T) {
	calls := 0
	playGame(t, discordtest.Options{}, func(context.Context, bot.Input) (bot.Reply, error) {
		if calls++; calls == 2 {
			var none *bot.Post
			return bot.Reply{Posts: []bot.Post{*none}}, nil
		}
		return bot.Say(language.English, "fine"), nil
	}, func(s *scene) {
		first := s.kim.Command(s.channel, "hint", nil)
		rest(time.Second)
		second := s.kim.Command(s.channel, "hint", nil)
		rest(time.Second)
		third := s.kim.Command(s.channel, "hint", nil)
		rest(time.Second)
		for i, it := range []*discordtest.Interaction{first, second, third} {
			if how, _ := it.Answered(); how != 4 {
				t.Errorf("command %d was answered by callback %d, want 4", i+1, how)
			}
		}
		s.log = &bottest.Log{} // it holds the panic, as it should
	})
}

// TestWhatWaitsForAStuckDeedIsPostponedToo lets a person press twice while the database hangs.
func TestWhatWaitsForAStuckDeedIsPostponedToo(t *testing.T) {
	stuck := func(ctx context.Context, in bot.Input) (bot.Reply, error) {
		time.Sleep(6 * time.Second)
		return echo(ctx, in)
	}
	playGame(t, discordtest.Options{}, stuck, func(s *scene) {
		var all []*discordtest.Interaction
		for i := range 3 {
			all = append(all, s.kim.Act(s.channel, 3, map[string]any{"component_type": 2, "custom_id": fmt.Sprint(i)}, nil))
		}
		rest(30 * time.Second)
		for i, it := range all {
			if how, took := it.Answered(); how != 5 || took > 2*time.Second || original(it) != fmt.Sprintf("pressed %d", i) {
				t.Errorf("press %d was answered by %d after %v with %q", i, how, took, original(it))
			}
		}
	})
}

func TestALateInteractionIsLeftAlone(t *testing.T) {
	playGame(t, discordtest.Options{}, echo, func(s *scene) {
		data := map[string]any{"component_type": 2, "custom_id": "v1.a.1.x"}
		it := s.kim.Late(s.channel, 3, data, nil, 2900*time.Millisecond)
		rest(5 * time.Second)
		if how, _ := it.Answered(); how != 0 || len(s.service.got()) != 0 || s.a.Counts().Late != 1 {
			t.Errorf("answered by %d, handled %d, late %d; want it left alone", how, len(s.service.got()), s.a.Counts().Late)
		}
	})
}

func TestAnInteractionThatComesTwiceIsAnsweredOnce(t *testing.T) {
	playGame(t, discordtest.Options{}, echo, func(s *scene) {
		data := map[string]any{"component_type": 2, "custom_id": "v1.a.1.x"}
		it := s.kim.Act(s.channel, 3, data, nil)
		it.Again()
		rest(time.Second)
		it.Again()
		rest(time.Second)
		if n, sent := len(s.service.got()), count(s.d, "POST", "callback"); n != 1 || sent != 1 {
			t.Errorf("handled %d times, answered %d times, want once each", n, sent)
		}
	})
}

func TestAMemberWhoMashesButtonsIsServedInOrderAndBounded(t *testing.T) {
	slow := func(ctx context.Context, in bot.Input) (bot.Reply, error) {
		time.Sleep(100 * time.Millisecond)
		return bot.Say(language.English, in.Press.Action), nil
	}
	playGame(t, discordtest.Options{}, slow, func(s *scene) {
		for i := range 40 {
			s.kim.Act(s.channel, 3, map[string]any{"component_type": 2, "custom_id": fmt.Sprint(i)}, nil)
		}
		rest(10 * time.Second)
		got, last := s.service.got(), -1
		for _, in := range got {
			n, err := strconv.Atoi(in.Press.Action)
			if err != nil || n <= last {
				t.Errorf("press %q was handled after %d", in.Press.Action, last)
			}
			last = n
		}
		if n := int64(len(got)); n < 8 || n > 20 || s.a.Counts().Dropped != 40-n {
			t.Errorf("handled %d and dropped %d of 40", n, s.a.Counts().Dropped)
		}
	})
}

func TestAFormIsOpenedAndReadWithWhatIsKnownOfIt(t *testing.T) {
	form := func(_ context.Context, in bot.Input) (bot.Reply, error) {
		if in.Press != nil {
			return bot.Reply{Form: &bot.Form{Action: "v1.typed.1.x", Lang: language.English, Title: "Your answer",
				Fields: []bot.Field{{Name: "text", Label: "Answer", Max: 200, Required: true}}}}, nil
		}
		return echo(context.Background(), in)
	}
	playGame(t, discordtest.Options{}, form, func(s *scene) {
		opened := s.kim.Act(s.channel, 3, map[string]any{"component_type": 2, "custom_id": "v1.type.1.x"}, nil)
		rest(0)
		if how, _ := opened.Answered(); how != 9 {
			t.Fatalf("answered by callback %d, want 9", how)
		}
		sent := s.kim.Fill(opened, map[string]string{"text": "Lee"})
		rest(0)
		if got := original(sent); got != "filled Lee" {
			t.Errorf("the answer = %q", got)
		}
		strange := s.kim.Act(s.channel, 5, map[string]any{"custom_id": "v1.typed.1.x", "components": []any{
			map[string]any{"type": 99, "component": map[string]any{"type": 98, "values": []any{"x"}}},
			map[string]any{"type": 18, "component": map[string]any{"type": 19, "custom_id": "file", "values": []any{"1"}}},
			map[string]any{"type": 1, "components": []any{map[string]any{"type": 4, "custom_id": "text", "value": "Xi"}}},
		}}, nil)
		rest(0)
		if got := original(strange); got != "filled Xi" {
			t.Errorf("with unknown components the answer = %q", got)
		}
	})
}

func TestSuggestionsAreMadeWhileTyping(t *testing.T) {
	playGame(t, discordtest.Options{}, echo, func(s *scene) {
		it := s.kim.Suggest(s.channel, "quiz", "pack", "gye")
		rest(0)
		if got := it.Choices(); len(got) != 1 || got[0] != "gye!" {
			t.Errorf("suggested %q", got)
		}
	})
}

// count is how many requests went to a path with a part.
func count(d *discordtest.Discord, method, part string) int {
	n := 0
	for _, r := range d.Requests() {
		if r.Method == method && contains(r.Path, part) {
			n++
		}
	}
	return n
}
