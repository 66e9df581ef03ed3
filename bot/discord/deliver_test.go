package discord_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/discord"
	"summitquiz/bot/discord/discordtest"
	"summitquiz/content/language"
)

func sentence(text string) bot.Post {
	return bot.Post{Kind: bot.NoticePost, Lang: language.English, Body: []bot.Line{{Text: text}}}
}

func (s *scene) delivery(op bot.Op, slot bot.Slot, text string) bot.Delivery {
	return bot.Delivery{Op: op, Slot: slot, Chat: bot.Address{Platform: "discord", Space: s.guild.ID, Chat: s.channel.ID}, Post: sentence(text)}
}

// deliver delivers as the service does: again for as long as it is asked to.
func (s *scene) deliver(d bot.Delivery) (bot.Ref, error) {
	s.t.Helper()
	for {
		ctx, cancel := context.WithTimeout(s.t.Context(), 30*time.Second)
		ref, err := s.a.Deliver(ctx, d)
		cancel()
		var retry *bot.RetryError
		if !errors.As(err, &retry) {
			return ref, err
		}
		time.Sleep(retry.After)
	}
}

func (s *scene) texts() []string {
	var out []string
	for _, m := range s.channel.Messages("") {
		out = append(out, m.Text())
	}
	return out
}

func TestAPostGoesOutOnceWhateverHappensOnTheWay(t *testing.T) {
	for name, c := range map[string]struct {
		fault    discordtest.Fault
		times    int
		requests int // at the route, the failed ones included
		atLeast  time.Duration
	}{
		"nothing":                         {discordtest.Slow(0), 1, 1, 0},
		"a connection that breaks":        {discordtest.Drop, 1, 2, 0},
		"two that break":                  {discordtest.Drop, 2, 3, 0},
		"a bad gateway after it was done": {discordtest.Lost(502), 1, 2, 0},
		"a bad gateway":                   {discordtest.Status(502), 2, 3, 0},
		"a bad minute":                    {discordtest.Status(503), 10, 11, 3 * time.Second},
		"a server error":                  {discordtest.Status(500), 1, 2, 0},
		"its route's limit":               {discordtest.Limit(700*time.Millisecond, "user"), 1, 2, 700 * time.Millisecond},
		"its route's limit, long":         {discordtest.Limit(20*time.Second, "user"), 1, 2, 20 * time.Second},
		"a shared limit":                  {discordtest.Limit(3*time.Second, "shared"), 1, 2, 3 * time.Second},
		"the global limit":                {discordtest.GlobalLimit(2 * time.Second), 1, 2, 2 * time.Second},
		"a ban":                           {discordtest.Banned(90 * time.Second), 1, 2, 90 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			playGame(t, discordtest.Options{}, echo, func(s *scene) {
				s.d.Fail(c.times, "POST", "/messages", c.fault)
				began := time.Now()
				ref, err := s.deliver(s.delivery(bot.New, bottest.Slot("question", 1), "one"))
				took := time.Since(began)
				if err != nil {
					t.Fatal(err)
				}
				if got := s.texts(); !slices.Equal(got, []string{"one"}) {
					t.Errorf("the channel holds %q", got)
				}
				if n := count(s.d, "POST", "/messages"); n != c.requests || took < c.atLeast || took > c.atLeast+12*time.Second {
					t.Errorf("%d requests over %v, want %d over %v", n, took, c.requests, c.atLeast)
				}
				edit := s.delivery(bot.Edit, bottest.Slot("question", 1), "two")
				edit.Ref = ref
				if _, err := s.deliver(edit); err != nil || s.texts()[0] != "two" {
					t.Errorf("an edit by its ref: %v, %q", err, s.texts())
				}
			})
		})
	}
}

func TestAPostThatIsDeliveredAgainAfterACrashIsTheSame(t *testing.T) {
	playGame(t, discordtest.Options{}, echo, func(s *scene) {
		first, err := s.deliver(s.delivery(bot.New, bottest.Slot("question", 1), "one"))
		if err != nil {
			t.Fatal(err)
		}
		s.end()
		s.start()
		rest(3 * time.Second)
		again, err := s.deliver(s.delivery(bot.New, bottest.Slot("question", 1), "one"))
		if err != nil || again != first || len(s.texts()) != 1 {
			t.Errorf("again = %q, %v with %d messages, want %q and one", again, err, len(s.texts()), first)
		}
		if other, err := s.deliver(s.delivery(bot.New, bottest.Slot("question", 2), "two")); err != nil || other == first {
			t.Errorf("another slot = %q, %v", other, err)
		}
	})
}

// TestAPostIsFoundAgainLongAfterACrash delivers posts once more when Discord has forgotten their
// nonces.
func TestAPostIsFoundAgainLongAfterACrash(t *testing.T) {
	playGame(t, discordtest.Options{}, echo, func(s *scene) {
		ask := s.delivery(bot.New, bottest.Slot("question", 1), "one")
		ask.Post.Open = 20 * time.Second
		ask.Post.Options = []bot.Option{{Label: "A", Text: "yes", Action: "v1.a.1-0.AAAAAAAAAAA"}}
		for _, d := range []bot.Delivery{ask, s.delivery(bot.New, bottest.Slot("say", 3), "Paused")} {
			first, err := s.deliver(d)
			if err != nil {
				t.Fatal(err)
			}
			s.end()
			rest(time.Hour)
			s.start()
			d.Again = true
			if again, err := s.deliver(d); err != nil || again != first {
				t.Errorf("%s: again = %q, %v, want %q", d.Slot, again, err, first)
			}
		}
		next := ask
		next.Slot, next.Again = bottest.Slot("question", 2), true
		next.Post.Options = []bot.Option{{Label: "A", Text: "yes", Action: "v1.a.1-1.AAAAAAAAAAA"}}
		if _, err := s.deliver(next); err != nil || len(s.texts()) != 3 {
			t.Errorf("a post that was never sent: %v with %d messages, want three", err, len(s.texts()))
		}
	})
}

// quiz is a service whose /quiz has a post delivered, as the real one does: from elsewhere, while
// the input is being handled.
func quiz(s **scene, slow time.Duration) func(context.Context, bot.Input) (bot.Reply, error) {
	return func(_ context.Context, in bot.Input) (bot.Reply, error) {
		time.Sleep(slow)
		d := (*s).delivery(bot.New, bottest.Slot("start", 0), "A quiz")
		d.Cause = in.ID
		go func() {
			ref, err := (*s).deliver(d)
			(*s).out <- delivered{ref, err}
		}()
		return bot.Reply{}, nil
	}
}

type delivered struct {
	ref bot.Ref
	err error
}

func TestTheStartCardIsTheAnswerToItsCommand(t *testing.T) {
	var s *scene
	playGame(t, discordtest.Options{Latency: 100 * time.Millisecond}, quiz(&s, 0), func(at *scene) {
		s = at
		it := s.kim.Command(s.channel, "quiz", nil)
		got := <-s.out
		how, took := it.Answered()
		m := it.Original()
		if how != 4 || took > time.Second || m.Only != "" || string(got.ref) != m.ID || got.err != nil {
			t.Errorf("answered by %d after %v with a message for %q, delivered as %q, %v", how, took, m.Only, got.ref, got.err)
		}
		rest(20 * time.Minute)
		edit := s.delivery(bot.Edit, bottest.Slot("start", 0), "Over")
		edit.Ref = got.ref
		if _, err := s.deliver(edit); err != nil || !slices.Equal(s.texts(), []string{"Over"}) {
			t.Errorf("an edit after twenty minutes: %v, %q", err, s.texts())
		}
	})
}

func TestTheStartCardIsThereOnceWhateverHappensToItsAnswer(t *testing.T) {
	for name, c := range map[string]struct {
		fault discordtest.Fault
		times int
		slow  time.Duration
	}{
		"its connection breaks after it was done": {discordtest.Drop, 1, 0},
		"and again":                           {discordtest.Drop, 3, 0},
		"a bad gateway after it was done":     {discordtest.Lost(502), 1, 0},
		"a bad gateway":                       {discordtest.Status(502), 3, 0},
		"it is answered, but said to be late": {discordtest.Refuse(404, 10062), 1, 0},
		"the callback is limited":             {discordtest.Limit(500*time.Millisecond, "user"), 1, 0},
		"the database is slow":                {discordtest.Slow(0), 1, 2 * time.Second},
		"the database is very slow":           {discordtest.Slow(0), 1, 20 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			var s *scene
			playGame(t, discordtest.Options{}, quiz(&s, c.slow), func(at *scene) {
				s = at
				s.d.Fail(c.times, "POST", "/callback", c.fault)
				it := s.kim.Command(s.channel, "quiz", nil)
				got := <-s.out
				rest(30 * time.Second)
				if got.err != nil || !slices.Equal(s.texts(), []string{"A quiz"}) {
					t.Errorf("delivered %v, the channel holds %q, want one start card", got.err, s.texts())
				}
				if m := s.channel.Messages("")[0]; m.ID != string(got.ref) {
					t.Errorf("delivered as %q, want %q", got.ref, m.ID)
				}
				if how, _ := it.Answered(); how == 0 && name[:2] != "it" {
					t.Error("the command was not answered")
				}
				for _, m := range s.channel.Messages(s.kim.ID) {
					if m.Pending {
						t.Error("a thinking is left")
					}
				}
			})
		})
	}
}

func TestAnAnswerIsFoundAgainAfterACrash(t *testing.T) {
	var s *scene
	playGame(t, discordtest.Options{}, quiz(&s, 0), func(at *scene) {
		s = at
		it := s.kim.Command(s.channel, "quiz", nil)
		first := <-s.out
		s.end()
		s.start()
		rest(3 * time.Second)
		d := s.delivery(bot.New, bottest.Slot("start", 0), "A quiz")
		d.Cause, d.Again = bot.InputID("discord:"+it.ID), true
		again, err := s.deliver(d)
		if err != nil || again != first.ref || len(s.texts()) != 1 {
			t.Errorf("again = %q, %v with %q, want %q", again, err, s.texts(), first.ref)
		}
	})
}

func TestACommandWithoutWordsIsNotLeftThinking(t *testing.T) {
	silent := func(context.Context, bot.Input) (bot.Reply, error) { return bot.Reply{}, nil }
	playGame(t, discordtest.Options{}, silent, func(s *scene) {
		it := s.kim.Command(s.channel, "quiz", nil)
		rest(5 * time.Second)
		if how, took := it.Answered(); how != 4 || took > 2500*time.Millisecond || it.Original().Only != s.kim.ID {
			t.Errorf("the command was answered by %d after %v", how, took)
		}
	})
}

func TestRefusalsAreToldApart(t *testing.T) {
	for _, c := range []struct {
		status, code int
		want         error
	}{
		{404, 10003, bot.ErrChatGone}, {404, 10004, bot.ErrChatGone}, {403, 50007, bot.ErrChatGone}, {403, 50278, bot.ErrChatGone},
		{404, 10008, bot.ErrPostGone}, {403, 50001, bot.ErrBarred}, {403, 50013, bot.ErrBarred}, {400, 50083, bot.ErrBarred}, {403, 160005, bot.ErrBarred},
	} {
		t.Run(fmt.Sprint(c.code), func(t *testing.T) {
			playGame(t, discordtest.Options{}, echo, func(s *scene) {
				s.d.Fail(1, "POST", "/messages", discordtest.Refuse(c.status, c.code))
				if _, err := s.deliver(s.delivery(bot.New, bottest.Slot("question", 1), "one")); !errors.Is(err, c.want) {
					t.Errorf("Deliver = %v, want %v", err, c.want)
				}
				if n := count(s.d, "POST", "/messages"); n != 1 {
					t.Errorf("%d requests, want one: it must not be tried again", n)
				}
			})
		})
	}
}

func TestAMessageThatIsTooOldForAnotherEditIsPostedAnew(t *testing.T) {
	playGame(t, discordtest.Options{}, echo, func(s *scene) {
		ref, err := s.deliver(s.delivery(bot.New, bottest.Slot("question", 1), "one"))
		if err != nil {
			t.Fatal(err)
		}
		s.d.Fail(1, "PATCH", "/messages", discordtest.Refuse(429, 30046))
		edit := s.delivery(bot.Edit, bottest.Slot("question", 1), "two")
		edit.Ref = ref
		if again, err := s.deliver(edit); err != nil || again == ref || !slices.Equal(s.texts(), []string{"one", "two"}) {
			t.Errorf("edited as %q, %v; the channel holds %q", again, err, s.texts())
		}
	})
}

func TestOneWhoPlaysAloneIsServedOnOneMessage(t *testing.T) {
	var s *scene
	alone := func(_ context.Context, in bot.Input) (bot.Reply, error) {
		if in.Press != nil {
			return bot.Say(language.English, "Saved"), nil
		}
		d := s.delivery(bot.New, bottest.Slot("start", 0), "Just you")
		d.Cause, d.To = in.ID, &bot.Account{Platform: "discord", User: in.From.User}
		go func() { ref, err := s.deliver(d); s.out <- delivered{ref, err} }()
		return bot.Reply{}, nil
	}
	playGame(t, discordtest.Options{}, alone, func(at *scene) {
		s = at
		to := &bot.Account{Platform: "discord", User: s.kim.ID}
		it := s.kim.Command(s.channel, "quiz", map[string]string{"mode": "solo"})
		if got := <-s.out; got.err != nil || it.Original().Only != s.kim.ID {
			t.Fatalf("the start card: %v, for %q", got.err, it.Original().Only)
		}
		send := func(op bot.Op, slot bot.Slot, text string) error {
			d := s.delivery(op, slot, text)
			d.To = to
			d.Post.Buttons = [][]bot.Button{{{Label: "A", Action: "v1.a"}}}
			_, err := s.deliver(d)
			rest(0)
			return err
		}
		for round := range 5 { // half an hour: every press brings a new token
			q := bottest.Slot("question", round)
			if err := send(bot.New, q, fmt.Sprintf("Question %d", round)); err != nil {
				t.Fatalf("question %d: %v", round, err)
			}
			rest(6 * time.Minute)
			press := s.kim.Click(s.channel, it.Original(), "A")
			rest(time.Second)
			if how, _ := press.Answered(); how != 7 {
				t.Errorf("the press was answered by %d, want 7", how)
			}
			if got := original(it); got != fmt.Sprintf("Question %d\n\nSaved", round) {
				t.Errorf("after the press the message shows %q", got)
			}
			if err := send(bot.Edit, q, "Revealed"); err != nil {
				t.Fatalf("reveal %d: %v", round, err)
			}
		}
		if err := send(bot.Edit, bottest.Slot("question", 0), "stale"); !errors.Is(err, bot.ErrPostGone) {
			t.Errorf("an edit of what is no longer shown = %v", err)
		}
		if mine, all := len(s.channel.Messages(s.kim.ID)), len(s.channel.Messages("")); mine != 1 || all != 0 {
			t.Errorf("%d messages for the player and %d for everybody, want 1 and 0", mine, all)
		}
		rest(20 * time.Minute)
		if err := send(bot.New, bottest.Slot("question", 9), "Too late"); !errors.Is(err, bot.ErrBarred) {
			t.Errorf("after the token died = %v, want ErrBarred", err)
		}
	})
}

func TestAPrivatePostThatComesLateTakesThePlaceOfTheNote(t *testing.T) {
	var s *scene
	late := func(_ context.Context, in bot.Input) (bot.Reply, error) {
		d := s.delivery(bot.New, bottest.Slot("start", 0), "Just you")
		d.Cause, d.To = in.ID, &bot.Account{Platform: "discord", User: in.From.User}
		go func() {
			time.Sleep(5 * time.Second)
			ref, err := s.deliver(d)
			s.out <- delivered{ref, err}
		}()
		return bot.Reply{}, nil
	}
	playGame(t, discordtest.Options{}, late, func(at *scene) {
		s = at
		it := s.kim.Command(s.channel, "quiz", map[string]string{"mode": "solo"})
		rest(3 * time.Second)
		if got := original(it); !contains(got, "in a moment") {
			t.Errorf("meanwhile it says %q", got)
		}
		if got := <-s.out; got.err != nil || got.ref != bot.Ref(it.Original().ID) || original(it) != "Just you" {
			t.Errorf("the late post: %v; the answer reads %q", got.err, original(it))
		}
		if n := len(s.channel.Messages(s.kim.ID)); n != 1 {
			t.Errorf("%d messages, want one", n)
		}
	})
}

func TestManyChannelsAreServedWithoutOneRefusal(t *testing.T) {
	playGame(t, discordtest.Options{Latency: 50 * time.Millisecond}, echo, func(s *scene) {
		const channels, posts = 30, 10
		var all sync.WaitGroup
		began := time.Now()
		for range channels {
			c := s.guild.NewChannel("more")
			all.Go(func() {
				for i := range posts {
					d := s.delivery(bot.New, bottest.Slot("question", i), "one")
					d.Chat.Chat = c.ID
					ref, err := s.deliver(d)
					d.Op, d.Ref = bot.Edit, ref
					if _, editErr := s.deliver(d); err != nil || editErr != nil {
						t.Errorf("delivery: %v, %v", err, editErr)
					}
				}
				if n := len(c.Messages("")); n != posts {
					t.Errorf("%d messages, want %d", n, posts)
				}
			})
		}
		all.Wait()
		if n := s.d.Limited(); n != 0 {
			t.Errorf("%d requests were refused, want none", n)
		}
		took := time.Since(began)
		t.Logf("%d requests in %v: %.1f a second", 2*channels*posts, took, 2*channels*posts/took.Seconds())
		if took > 20*time.Second {
			t.Errorf("600 requests took %v, want about 15 s at 40 a second", took)
		}
	})
}

func TestSendingStopsLongBeforeABan(t *testing.T) {
	playGame(t, discordtest.Options{Unlimited: true}, echo, func(s *scene) {
		s.d.Fail(1<<30, "POST", "/messages", discordtest.Refuse(403, 50013))
		var retry *bot.RetryError
		for i := 0; ; i++ {
			if i > 2100 {
				t.Fatal("2,100 posts were refused and sending goes on")
			}
			if _, err := s.a.Deliver(s.t.Context(), s.delivery(bot.New, bottest.Slot("question", i), "one")); errors.As(err, &retry) {
				break
			}
		}
		if n := count(s.d, "POST", "/messages"); n != 2000 {
			t.Errorf("%d posts were sent before it stopped, want 2,000", n)
		}
		s.works("while posts are held back")
		rest(11 * time.Minute)
		if _, err := s.a.Deliver(s.t.Context(), s.delivery(bot.New, bottest.Slot("later", 0), "one")); !errors.Is(err, bot.ErrBarred) {
			t.Errorf("eleven minutes later Deliver = %v, want it to be tried", err)
		}
	})
}

func TestNothingIsSentDuringABan(t *testing.T) {
	playGame(t, discordtest.Options{}, echo, func(s *scene) {
		s.d.Fail(1, "POST", "/messages", discordtest.Banned(10*time.Minute))
		ctx, cancel := context.WithTimeout(s.t.Context(), time.Second)
		defer cancel()
		var retry *bot.RetryError
		if _, err := s.a.Deliver(ctx, s.delivery(bot.New, bottest.Slot("question", 1), "one")); !errors.As(err, &retry) || retry.After < 9*time.Minute {
			t.Fatalf("Deliver = %v, want to be asked to wait", err)
		}
		before := len(s.d.Requests())
		it := s.kim.Act(s.channel, 3, map[string]any{"component_type": 2, "custom_id": "x"}, nil)
		rest(9 * time.Minute)
		if n := len(s.d.Requests()) - before; n != 0 {
			t.Errorf("%d requests were sent during a ban", n)
		}
		if how, _ := it.Answered(); how != 0 || len(s.service.got()) != 1 {
			t.Errorf("a press was answered by %d and handled %d times", how, len(s.service.got()))
		}
		rest(2 * time.Minute)
		s.works("after the ban")
	})
}

func TestMissingPermissionsAreNamedToWhoStarts(t *testing.T) {
	playGame(t, discordtest.Options{}, echo, func(s *scene) {
		s.channel.Rights = 1 << 10
		it := s.kim.Command(s.channel, "quiz", nil)
		rest(time.Second)
		if got := original(it); !contains(got, "Send Messages, Embed Links") && !contains(got, `Send Messages\, Embed Links`) || len(s.service.got()) != 0 {
			t.Errorf("told %q, handled %d", got, len(s.service.got()))
		}
		thread := s.guild.NewThread("a thread")
		thread.Rights = 1<<10 | 1<<11 | 1<<14
		it = s.kim.Command(thread, "quiz", nil)
		rest(time.Second)
		if got := original(it); !contains(got, "Send Messages in Threads") {
			t.Errorf("in a thread told %q", got)
		}
		thread.Rights = discordtest.AllRights
		it = s.kim.Command(thread, "quiz", nil)
		rest(time.Second)
		if got := original(it); got != "command quiz" {
			t.Errorf("with all permissions told %q", got)
		}
	})
}

func TestWhoStartedIsToldWhenPermissionsTurnOutToBeMissing(t *testing.T) {
	var s *scene
	playGame(t, discordtest.Options{}, quiz(&s, 0), func(at *scene) {
		s = at
		it := s.kim.Command(s.channel, "quiz", nil)
		<-s.out
		s.channel.Rights = 1 << 10
		d := s.delivery(bot.New, bottest.Slot("question", 0), "A question")
		d.Cause = bot.InputID("discord:" + it.ID)
		if _, err := s.deliver(d); !errors.Is(err, bot.ErrBarred) {
			t.Fatalf("Deliver = %v, want ErrBarred", err)
		}
		last := s.channel.Messages(s.kim.ID)
		if m := last[len(last)-1]; m.Only != s.kim.ID || !contains(m.Text(), "Send Messages") {
			t.Errorf("told %q to %q", m.Text(), m.Only)
		}
	})
}

var _ bot.Platform = (*discord.Adapter)(nil)
