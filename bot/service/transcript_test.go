package service_test

import (
	"flag"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

var update = flag.Bool("update", false, "write the transcripts anew")

// TestTranscripts holds what players see in a short game, in each language, against a file that
// editors read: help, start, hint, a wrong answer and a right one, reveals, the end, the line to
// share, the board and what is kept.
func TestTranscripts(t *testing.T) {
	people := [language.Count][2]string{language.English: {"Ada", "Ben"}, language.Arabic: {"ليلى", "يوسف"}, language.Korean: {"민수", "지우"}, language.Chinese: {"小明", "李华"}}
	for _, lang := range language.Own() {
		t.Run(lang.String(), func(t *testing.T) {
			s := stage(t, roomy)
			a, b := s.Enter(t, people[lang][0], lang, true), s.Enter(t, people[lang][1], lang, false)
			b.Command("help", nil, nil)
			b.Command("packs", nil, nil)
			a.Command("quiz", map[string]string{"pack": "gyeongju-summit-2025", "questions": "3", "kind": "mixed"}, nil)
			bottest.Await(t, b, "the start card", bottest.Shows(people[lang][0]))
			right, typed := bottest.Keys(t, s.Store())
			labels := language.Labels(lang, 4)
			for n := range right {
				s.Clock().Advance(5 * time.Second)
				c := bottest.Await(t, b, "a question", bottest.Unanswered(lang, n, len(right)))
				bottest.Opened(t, s.Store(), n)
				a.Command("hint", nil, nil)
				if len(c.Options) > 0 {
					a.Click(labels[right[n]])
					b.Click(labels[(right[n]+1)%len(c.Options)])
				} else {
					a.Type(language.StripIsolates(typed[n]))
					b.Type("?")
				}
				s.Clock().Advance(2 * time.Minute)
				bottest.Await(t, b, "the reveal", bottest.Revealed(lang, n, len(right)))
			}
			board := language.StripIsolates(phrase.Say(lang, phrase.BoardTitle, phrase.Text("scope", phrase.Say(lang, "choice-scope-chat")),
				phrase.Text("period", phrase.Say(lang, "choice-period-all"))))
			b.Command("leaderboard", nil, nil)
			bottest.Await(t, a, "the board", bottest.Shows(board))
			best, err := s.Store().Board(t.Context(), bot.BoardQuery{Limit: 1})
			if err != nil || len(best.Rows) == 0 {
				t.Fatalf("nobody leads the board: %v", err)
			}
			bottest.Knows(t, s, best.Rows[0].Member, "gyeongju-summit-2025", 12)
			b.Command("leaderboard", map[string]string{"by": "mastery"}, nil)
			bottest.Await(t, a, "the board by mastery", bottest.Shows(language.StripIsolates(phrase.Say(lang, phrase.MasteryTitle))))
			b.Command("stats", nil, nil)
			a.Command("settings", nil, nil)
			b.Command("privacy", nil, nil)
			b.Command("dance", nil, nil)
			got := bottest.Transcript(a) + "════ " + people[lang][1] + "\n" + bottest.Transcript(b)
			bottest.Golden(t, "transcript."+lang.String()+".txt", []byte(got), *update)
		})
	}
}
