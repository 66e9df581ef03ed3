package service_test

import (
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// TestAGuessCountsForTheQuestionItWasTypedFor has texts come in the moment in which one question
// follows another, and later.
func TestAGuessCountsForTheQuestionItWasTypedFor(t *testing.T) {
	say := func(id phrase.ID) string { return phrase.Say(language.English, id) }
	for name, tc := range map[string]struct {
		type_ func(before, now string) bot.Text
		late  time.Duration // after the new question opened
		tells string        // "": a game of one person shows the verdict at once
		taken bool          // as a try at the new question
	}{
		"the old answer":             {func(old, _ string) bot.Text { return bot.Text{Text: old} }, 900 * time.Millisecond, say(phrase.TooLate), false},
		"the new answer":             {func(_, now string) bot.Text { return bot.Text{Text: now} }, 100 * time.Millisecond, "", true},
		"what fits neither":          {func(_, _ string) bot.Text { return bot.Text{Text: "qqqqqq"} }, 100 * time.Millisecond, say(phrase.BetweenQuestions), false},
		"what fits neither, later":   {func(_, _ string) bot.Text { return bot.Text{Text: "qqqqqq"} }, time.Second, "", true},
		"what was sent long before":  {func(_, _ string) bot.Text { return bot.Text{Text: "qqqqqq", Sent: began} }, 3 * time.Second, say(phrase.TooLate), false},
		"an edit of what was before": {func(_, now string) bot.Text { return bot.Text{Text: now, Sent: began, Edited: true} }, 3 * time.Second, "", false},
	} {
		t.Run(name, func(t *testing.T) {
			s := stage(t, roomy)
			ada := s.Alone(t, "Ada", language.English)
			ada.Command("quiz", map[string]string{"pack": "countries-of-the-world", "questions": "2", "kind": "typed"}, nil)
			bottest.Await(t, ada, "the first question", bottest.Shows("Question 1 of 2"))
			_, typed := bottest.Keys(t, s.Store())
			bottest.Opened(t, s.Store(), 0)
			s.Clock().Advance(2 * time.Minute)
			bottest.Await(t, ada, "the reveal", bottest.Shows("Question 1 of 2", "Answer:"))
			s.Clock().Advance(20 * time.Second)
			bottest.Await(t, ada, "the second question", bottest.Shows("Question 2 of 2"))
			bottest.Opened(t, s.Store(), 1)
			s.Clock().Advance(tc.late)
			text := tc.type_(language.StripIsolates(typed[0]), language.StripIsolates(typed[1]))
			if got := saidTo(t, s, text); got != tc.tells {
				t.Errorf("%q for %v is told %q; want %q", text.Text, typed, got, tc.tells)
			}
			answers, err := s.Store().Answers(t.Context(), 1)
			if err != nil || (len(answers) == 1) != tc.taken {
				t.Errorf("%d answers are kept, %v", len(answers), err)
			}
		})
	}
}

// saidTo is what Ada is told when she sends a text in her private chat; "" for nothing.
func saidTo(t *testing.T, s *bottest.Plain, text bot.Text) string {
	t.Helper()
	r := comes(t, s, bot.Input{From: bot.Person{User: "ada", Name: "Ada", Locale: "en"}, Text: &text})
	if len(r.Posts) == 0 {
		return ""
	}
	return r.Posts[0].Body[0].Text
}

// TestAnEditIsTheNextTry changes a message that was close, and one that answered nothing.
func TestAnEditIsTheNextTry(t *testing.T) {
	s := stage(t, roomy)
	ada := s.Alone(t, "Ada", language.English)
	edit := func(text string) string {
		return saidTo(t, s, bot.Text{Text: text, Sent: s.Clock().Now(), Edited: true})
	}
	if got := edit("hello"); got != "" {
		t.Errorf("an edit without a quiz is told %q", got)
	}
	ada.Command("quiz", map[string]string{"pack": "countries-of-the-world", "questions": "1", "kind": "typed"}, nil)
	bottest.Await(t, ada, "the question", bottest.Shows("Question 1 of 1"))
	_, typed := bottest.Keys(t, s.Store())
	bottest.Opened(t, s.Store(), 0)
	if got := edit(language.StripIsolates(typed[0])); got != "" {
		t.Errorf("an edit that is right is told %q beside its verdict", got)
	}
	bottest.Await(t, ada, "the end", bottest.Shows("Final scores", "1 point"))
	if got := edit("too late"); got != "" {
		t.Errorf("an edit after the end is told %q", got)
	}
}
