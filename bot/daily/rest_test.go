package daily_test

import (
	"strings"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// chatDaily returns the subscription of the shared chat.
func chatDaily(t *testing.T, p *bottest.Plain) bot.Subscription {
	t.Helper()
	_, chat, _, err := p.Store().Enter(t.Context(), bot.Place{Platform: "plain", Space: "room", Chat: "room", Title: "Room"}, bot.Person{}, night)
	if err != nil {
		t.Fatal(err)
	}
	x, err := p.Store().ChatSubscription(t.Context(), chat.ID)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// until waits for the store to hold what a test looks for.
func until(t *testing.T, what string, is func() bool) {
	t.Helper()
	late := time.After(20 * time.Second)
	for !is() {
		select {
		case <-late:
			t.Fatalf("waited in vain for %s", what)
		case <-time.After(time.Millisecond):
		}
	}
}

// A chat that takes no posts lets its daily rest; whoever set it is told in private, and it goes on
// when it may.
func TestADailyRestsAndWakes(t *testing.T) {
	p := newPlain(t)
	private := p.Alone(t, "Ada", language.English)
	private.Command("help", nil, nil)
	ada := p.Enter(t, "Ada", language.English, true)
	ada.Command("daily", map[string]string{"time": "9:30", "zone": "Seoul"}, nil)
	p.SetRefuse(func(d bot.Delivery) error {
		if d.Chat.Chat == "room" {
			return bot.ErrBarred
		}
		return nil
	})
	p.Clock().Advance(92 * time.Minute)
	until(t, "rest", func() bool { return chatDaily(t, p).State == bot.SubscriptionRests })
	bottest.Await(t, private, "being told", bottest.Shows("The daily quiz in Room rests"))
	skips, err := p.Store().Live(t.Context(), "daily")
	if err != nil || len(skips) != 0 {
		t.Errorf("%d dailies are open, %v, want none", len(skips), err)
	}
	p.SetRefuse(nil)
	ada.Command("daily", nil, nil)
	ada.Click(shown(phrase.ButtonDailyResume))
	p.Clock().Advance(24 * time.Hour)
	bottest.Await(t, ada, "the next day", bottest.Shows("Daily quiz, 29 November 2026"))
}

// A post that somebody deleted is not edited: the result comes as a post of its own.
func TestAResultWhosePostIsGone(t *testing.T) {
	p := newPlain(t)
	ada := p.Enter(t, "Ada", language.English, true)
	ada.Command("daily", map[string]string{"time": "9:30", "zone": "Seoul", "window": "60"}, nil)
	p.Clock().Advance(92 * time.Minute)
	bottest.Await(t, ada, "the day's post", bottest.Shows("Daily quiz, 28 November 2026"))
	p.SetRefuse(func(d bot.Delivery) error {
		if d.Op == bot.Edit {
			return bot.ErrPostGone
		}
		return nil
	})
	p.Clock().Advance(61 * time.Minute)
	bottest.Await(t, ada, "the result", bottest.Shows("28 November 2026: the result", "Nobody answered"))
}

// What is wrong with an option is said with what to type instead.
func TestBadOptions(t *testing.T) {
	p := newPlain(t)
	ada := p.Enter(t, "Ada", language.English, true)
	for _, c := range []struct {
		option, value, says string
	}{
		{"time", "25:00", "No clock shows 25:00"}, {"time", "soon", "not a time I can read"}, {"days", "someday", "does not name days"},
		{"zone", "Atlantis", "I do not know where Atlantis is"}, {"zone", "Riyad", "Did you mean"},
		{"questions", "0", "1"}, {"questions", "51", "50"}, {"window", "5", "10"}, {"cron", "* * * * *", "owners"},
		{"time", strings.Repeat("9", 10_000), "40"}, {"pack", "no-such-pack", "no-such-pack"}, {"board", "moon", "everywhere"},
	} {
		before := len(ada.Screen())
		ada.Command("daily", map[string]string{c.option: c.value}, nil)
		screen := ada.Screen()
		if len(screen) == before || !strings.Contains(screen[len(screen)-1].Text, c.says) {
			t.Errorf("/daily %s:%.20s says %q, want %q", c.option, c.value, screen[len(screen)-1].Text, c.says)
		}
	}
	bo := p.Enter(t, "Bo", language.English, false)
	bo.Command("daily", map[string]string{"time": "9:30", "zone": "Seoul"}, nil)
	bottest.Await(t, bo, "being refused", bottest.Shows(shown(phrase.AdminsOnly)))
}

// What people type in their own words is understood.
func TestGoodOptions(t *testing.T) {
	p := newPlain(t)
	ada := p.Enter(t, "Ada", language.English, true)
	for _, c := range []struct {
		options map[string]string
		says    string
	}{
		{map[string]string{"time": "9", "zone": "KST"}, "Every day at 09:00, by the clock of Seoul"},
		{map[string]string{"time": "٩:٣٠"}, "at 09:30"}, {map[string]string{"time": "9:30 pm"}, "at 21:30"}, {map[string]string{"time": "half past nine"}, "at 09:30"},
		{map[string]string{"zone": "Riyadh"}, "by the clock of Riyadh"}, {map[string]string{"days": "الأحد إلى الخميس"}, "Sunday to Thursday at 09:30"},
		{map[string]string{"zone": "GMT+3"}, "What time is it where you are?"}, {map[string]string{"window": "60"}, "Open for 60 minutes"},
	} {
		ada.Command("daily", c.options, nil)
		bottest.Await(t, ada, c.says, bottest.Shows(c.says))
	}
}
