package web_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"summitquiz/bot/bottest"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// press clicks the newest button that shows a text.
func (b *tab) press(text string) {
	b.t.Helper()
	quoted, err := json.Marshal(text)
	if err != nil {
		b.t.Fatal(err)
	}
	const newest = `[...document.querySelectorAll(".post button")].findLast(b => b.textContent.replace(/[\u2066-\u2069]/g, "").includes(%s))`
	b.until("the button "+text, fmt.Sprintf(newest+` !== undefined`, quoted))
	b.do(chromedp.Evaluate[chromedp.Void](fmt.Sprintf(newest+`.click()`, quoted)))
}

// TestADailyInChromium switches a daily of one's own on with one press, after a game or, by whoever did not
// want it then, after /daily, as the browser tells the zone. It is played for days that pass by the clock of
// the test: question, verdict, share line, streak, and the result of a day that was not finished.
func TestADailyInChromium(t *testing.T) {
	chrome := chromium(t)
	for _, who := range []struct {
		lang       language.Code
		name, zone string
		wait       time.Duration // until 20:00 there
		declines   bool
	}{{language.Arabic, "ليلى", "Asia/Riyadh", 8 * time.Hour, false}, {language.English, "Ada", "Europe/London", 11 * time.Hour, true}} {
		s := newTestServer(t, loose)
		b := open(t, chrome, who.name, who.lang, 390, 844)
		b.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
			_, err := chromedp.Call(ctx, emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: who.zone})
			return err
		}))
		b.comeIn(s.server.URL)
		say := func(id phrase.ID, args ...phrase.Arg) string {
			return language.StripIsolates(phrase.Say(who.lang, id, args...))
		}
		date := func(d int) phrase.Arg {
			return phrase.Date("date", language.Date{Year: 2026, Month: 11, Day: int8(d)})
		}
		title := func(d, n int) string {
			return say(phrase.DailyQuestionTitle, date(d), phrase.Count("number", n+1), phrase.Count("total", 3))
		}
		games := 0
		play := func() {
			games++
			b.line("/quiz pack:gyeongju-summit-2025 kind:choice questions:1")
			b.until("the quiz to begin", fmt.Sprintf(`document.querySelectorAll(".post.start").length === %d`, games))
			s.clock.Advance(5 * time.Second)
			b.shows("question", b.title(0, 1))
			bottest.Opened(t, s.store, 0)
			b.do(chromedp.Evaluate[chromedp.Void](`[...document.querySelectorAll(".post.question")].at(-1).querySelector("button.option").click()`))
			b.chose(b.label(0))
			s.clock.Advance(time.Minute)
			b.shows("board", say(phrase.EndTitle))
		}
		play()
		offered := fmt.Sprintf(`[...document.querySelectorAll(".post.private")].some((p) => p.textContent.includes(%q))`, say(phrase.DailyOffer))
		b.until("a daily to be offered", offered)
		b.accessible("the offer after a game")
		b.shoot("daily-offered")
		if who.declines { // then they are never asked again, and find it by themselves
			b.press(say(phrase.ButtonDailyNotNow))
			b.until("the offer to go", "!"+offered)
			play()
			b.line("/daily")
			b.shows("private", say(phrase.DailyOfferOwn))
			b.accessible("the offer of a daily")
			b.shoot("daily-offer")
			if strings.Contains(b.text(), say(phrase.DailyOffer)) {
				t.Error("a daily is offered again")
			}
		}
		b.press("20:00")
		b.shows("private", say(phrase.SettingsSaved))
		b.shows("private", say(phrase.DailyNext))
		b.accessible("the card of a daily")
		b.shoot("daily-card")

		const first = 25 // of November
		s.clock.Advance(who.wait + 2*time.Minute)
		for n := range 3 {
			b.shows("question", title(first, n))
			b.answer(s, n)
			b.shows("reveal", title(first, n))
			b.shows("reveal", say(phrase.DailyRight))
			if n < 2 {
				b.shoot(fmt.Sprint("daily-verdict-", n+1))
				b.press(say(phrase.ButtonDailyNext))
			}
		}
		b.shows("reveal", strings.Repeat("🟩", 3)+" 🔥 1")
		b.accessible("the end of a daily")
		b.shoot("daily-end")

		s.clock.Advance(24 * time.Hour)
		b.shows("question", title(first+1, 0))
		b.answer(s, 0)
		b.shows("reveal", say(phrase.StreakDays, phrase.Count("days", 2)))
		b.shoot("daily-streak")
		s.clock.Advance(24 * time.Hour)
		b.shows("board", say(phrase.DailyResultTitle, date(first+1)))
		b.shows("board", "🟩⬜⬜ 🔥 2")
		b.shows("question", title(first+2, 0))
		b.accessible("the result of a daily")
		b.shoot("daily-result")
		b.line("/daily")
		b.shows("private", say(phrase.StreakCard, phrase.Count("days", 2), phrase.Count("best", 2), phrase.Count("freezes", 0)))
		b.do(dark)
		b.accessible("the card by night")
		b.shoot("daily-card-night")
	}
}

// answer answers question n of the day, which is the newest one, rightly: by a click, or by typing.
func (b *tab) answer(s *testServer, n int) {
	b.t.Helper()
	v := bottest.DailyViews(b.t, s.store)[n]
	if len(v.Options) == 0 {
		b.line(language.StripIsolates(v.Accepts[0]))
		return
	}
	b.do(chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`[...document.querySelectorAll(".post.question")].at(-1).querySelectorAll("button.option")[%d].click()`, v.Key)))
}
