package web_test

import (
	"testing"

	"github.com/chromedp/chromedp"

	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// TestCardsAreReviewedByKeyboardInChromium reviews cards without a mouse, in Arabic by day and in English
// by night: space shows and takes what is proposed, digits choose and rate, U undoes.
func TestCardsAreReviewedByKeyboardInChromium(t *testing.T) {
	s := newTestServer(t, loose)
	chrome := chromium(t)
	for lang, name := range map[language.Code]string{language.Arabic: "ليلى", language.English: "Ada"} {
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
	}
}
