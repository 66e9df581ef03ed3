package daily_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// game plays a game of one question alone and waits until everything that follows from it was said.
func game(t *testing.T, p *bottest.Plain, a bottest.Actor) {
	t.Helper()
	gameOf(t, p, a, map[string]string{"pack": summit, "questions": "1", "kind": "choice"})
}

func gameOf(t *testing.T, p *bottest.Plain, a bottest.Actor, options map[string]string) {
	t.Helper()
	a.Command("quiz", options, nil)
	c := bottest.Await(t, a, "the question", func(c bottest.Card) bool { return len(c.Options) > 0 })
	bottest.Opened(t, p.Store(), 0)
	a.Click(c.Options[0])
	until(t, "the end", func() bool { p.Clock().Advance(time.Second); return len(bottest.Games(t, p.Store())) == 0 })
	until(t, "quiet", func() bool {
		_, some, err := p.Store().Next(t.Context(), []bot.Kind{"daily-offer"})
		rest, err2 := p.Store().Backlog(t.Context(), []bot.Kind{"daily-offer", "game", "study"})
		return err == nil && err2 == nil && !some && len(rest) == 0
	})
}

// offers are the offers that a person sees.
func offers(a bottest.Actor, lang language.Code) (n int) {
	for _, c := range a.Screen() {
		if strings.Contains(c.Text, says(lang, phrase.DailyOffer)) {
			n++
		}
	}
	return n
}

func says(c language.Code, id phrase.ID, args ...phrase.Arg) string {
	return language.StripIsolates(phrase.Say(c, id, args...))
}

// After the first game in private a daily is offered; one press and a typed city switch it on.
func TestADailyIsOffered(t *testing.T) {
	cities := [language.Count][2]string{language.English: {"Cairo", "Cairo"}, language.Arabic: {"الرياض", "الرياض"}, language.Korean: {"서울", "서울"},
		language.Chinese: {"上海", "上海"}}
	for _, lang := range language.Own() {
		p := newStage(t, telegramLimits)
		a := p.Alone(t, "P"+lang.String(), lang)
		game(t, p, a)
		if n := offers(a, lang); n != 1 {
			t.Fatalf("%d dailies are offered after the first game, want one:\n%s", n, bottest.Transcript(a))
		}
		a.Click("20:00")
		c := bottest.Await(t, a, "the question for the zone", bottest.Shows(says(lang, phrase.DailyChooseCity)))
		if len(c.Buttons) < 10 {
			t.Errorf("the question for the zone has the buttons %q", c.Buttons)
		}
		a.Type("Zzyzxq")
		bottest.Await(t, a, "being told what to type", bottest.Shows(says(lang, phrase.DailyBadZone, phrase.Name("text", "Zzyzxq"))))
		a.Type(cities[lang][0])
		bottest.Await(t, a, "the card", func(c bottest.Card) bool {
			return strings.Contains(c.Text, "20:00") && strings.Contains(c.Text, cities[lang][1])
		})
		game(t, p, a)
		if n := offers(a, lang); n != 1 { // the one of before
			t.Errorf("who has a daily is offered %d", n)
		}
	}
}

// After "not now" it never comes back by itself; nor is it offered in a group.
func TestADailyIsOfferedOnce(t *testing.T) {
	p := newStage(t, telegramLimits)
	a := p.Alone(t, "Ada", language.English)
	game(t, p, a)
	a.Click(says(language.English, phrase.ButtonDailyNotNow))
	bottest.Await(t, a, "the last word", bottest.Shows(says(language.English, phrase.DailyNotNow)))
	until(t, "the offer to go", func() bool { return offers(a, language.English) == 0 })
	game(t, p, a)
	p.Clock().Advance(48 * time.Hour)
	game(t, p, a)
	if n := offers(a, language.English); n != 0 {
		t.Errorf("%d dailies are offered after “not now”", n)
	}
	b := p.Enter(t, "Ben", language.English, false)
	b.Command("quiz", map[string]string{"pack": summit, "questions": "1", "kind": "choice"}, nil)
	until(t, "a game", func() bool { return len(bottest.Games(t, p.Store())) == 1 })
	until(t, "the end", func() bool { p.Clock().Advance(time.Second); return len(bottest.Games(t, p.Store())) == 0 })
	if slices.ContainsFunc(b.Screen(), bottest.Shows(says(language.English, phrase.DailyOffer))) {
		t.Error("a daily is offered in a group")
	}
}

// The first answer alone is followed by an offer, in a private chat and in a room where people have
// dailies of their own; the game goes on, and after "not now" no other comes.
func TestADailyIsOfferedAfterTheFirstAnswer(t *testing.T) {
	web := places[3].limits
	for name, open := range map[string]func(*testing.T) (*bottest.Plain, bottest.Actor, map[string]string){
		"private chat": func(t *testing.T) (*bottest.Plain, bottest.Actor, map[string]string) {
			p := newStage(t, telegramLimits)
			return p, p.Alone(t, "Ada", language.English), map[string]string{}
		},
		"room": func(t *testing.T) (*bottest.Plain, bottest.Actor, map[string]string) {
			p := newStage(t, web)
			return p, p.Enter(t, "Ada", language.English, false), map[string]string{"mode": "solo"}
		},
	} {
		t.Run(name, func(t *testing.T) {
			p, a, options := open(t)
			options["pack"], options["questions"], options["kind"] = summit, "2", "choice"
			a.Command("quiz", options, nil)
			c := bottest.Await(t, a, "the question", func(c bottest.Card) bool { return len(c.Options) > 0 })
			bottest.Opened(t, p.Store(), 0)
			if n := offers(a, language.English); n != 0 {
				t.Errorf("%d dailies are offered before the first answer", n)
			}
			a.Click(c.Options[0])
			bottest.Await(t, a, "the offer", bottest.Shows(says(language.English, phrase.DailyOffer)))
			if len(bottest.Games(t, p.Store())) != 1 {
				t.Error("the offer comes when the game is over, want after the first answer")
			}
			a.Click(says(language.English, phrase.ButtonDailyNotNow))
			until(t, "the offer to go", func() bool { return offers(a, language.English) == 0 })
			until(t, "the end", func() bool { p.Clock().Advance(time.Second); return len(bottest.Games(t, p.Store())) == 0 })
			options["questions"] = "1"
			gameOf(t, p, a, options)
			if n := offers(a, language.English); n != 0 {
				t.Errorf("%d dailies are offered after “not now”", n)
			}
		})
	}
}
