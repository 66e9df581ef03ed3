package web_test

import (
	"flag"
	"testing"

	"github.com/chromedp/chromedp"

	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// everyLanguage has cards reviewed in Korean and Chinese too, for their screenshots.
var everyLanguage = flag.Bool("every-language", false, "review in all languages in TestCardsAreReviewedByKeyboardInChromium")

// ratingsInSight holds on a page whose rating buttons are all in the window, above what is typed.
const ratingsInSight = `(() => {
	const rates = [...document.querySelectorAll("[data-action*='.frate.']")], line = document.querySelector("#composer").getBoundingClientRect();
	return rates.length > 0 && rates.every((b) => { const r = b.getBoundingClientRect(); return r.top >= 0 && r.bottom <= Math.min(innerHeight, line.top) });
})()`

// TestCardsAreReviewedByKeyboardInChromium reviews cards without a mouse, in Arabic by day and in English
// by night: space shows and takes what is proposed, digits choose and rate, U undoes. On a phone the
// ratings are in sight without scrolling.
func TestCardsAreReviewedByKeyboardInChromium(t *testing.T) {
	s := newTestServer(t, loose)
	chrome := chromium(t)
	people := map[language.Code]string{language.Arabic: "ليلى", language.English: "Ada"}
	if *everyLanguage {
		people[language.Korean], people[language.Chinese] = "민수", "小明"
	}
	for lang, name := range people {
		b := open(t, chrome, name, lang, 390, 844)
		b.comeIn(s.server.URL)
		if lang == language.English {
			b.do(dark)
		}
		say := func(id phrase.ID, args ...phrase.Arg) string {
			return language.StripIsolates(phrase.Say(lang, id, args...))
		}
		key := func(k string) { b.do(chromedp.KeyEvent(k)) }
		left := func(n int) string { return say(phrase.StudyNew, phrase.Count("left", n)) }
		b.line("/review pack:gyeongju-summit-2025 count:3")
		b.shows("private", left(3))
		b.accessible("a card")
		b.shoot("card")
		key(" ")
		b.shows("private", say(phrase.StudyShown))
		b.accessible("the back of a card")
		b.until("the ratings to be in sight", ratingsInSight)
		b.shoot("card-back")
		key("3")
		b.shows("private", left(2))
		key("1")
		b.shows("private", say(phrase.RateGood))
		b.until("the chosen option to be judged", `[...document.querySelectorAll(".post.private")].at(-1).classList.contains("reveal")`)
		key(" ")
		b.shows("private", left(1))
		key("u")
		b.shows("private", say(phrase.StudyUndone))
		key("4")
		b.shows("private", left(1))
		if n := eval[int](b, `document.querySelectorAll(".post.private").length`); n != 1 {
			t.Errorf("%s sees %d posts, want one that is replaced in place", name, n)
		}
		key(" ")
		b.shows("private", say(phrase.StudyShown))
		key("2")
		b.shows("private", say(phrase.StudyEnd))
		b.accessible("the end of a review")
		b.line("/cards")
		b.shows("private", say(phrase.DeckTitle))
		b.accessible("the deck")
		b.shoot("deck")
		b.do(chromedp.Evaluate[chromedp.Void](`[...document.querySelectorAll("[data-action*='.progress.']")].at(-1).click()`))
		b.shows("private", say(phrase.ChartTitle))
		b.until("the chart to be drawn", `[...document.querySelectorAll(".post.private img")].some((i) => i.complete && i.naturalWidth > 0)`)
		b.accessible("the progress")
		b.shoot("progress")
	}
}
