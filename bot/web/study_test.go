package web_test

import (
	"flag"
	"strings"
	"testing"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

var update = flag.Bool("update", false, "rewrite the files in testdata")

// TestStudyTranscripts holds what a person sees who studies for two days, in two languages, against files
// that editors read.
func TestStudyTranscripts(t *testing.T) {
	for lang, name := range map[language.Code]string{language.Arabic: "ليلى", language.English: "Ada"} {
		t.Run(lang.String(), func(t *testing.T) {
			got := bottest.Study(t, newTestServer(t, loose), name, lang)
			bottest.Golden(t, "study."+lang.String()+".txt", []byte(got), *update)
		})
	}
}

// TestOwnCardsAreBroughtInInTheWebRoom has somebody bring in Anki's text in a lobby: the cards are theirs
// alone, and they review them there.
func TestOwnCardsAreBroughtInInTheWebRoom(t *testing.T) {
	s := newTestServer(t, loose)
	ada, ben := s.Enter(t, "Ada", language.English, true), s.Enter(t, "Ben", language.English, false)
	say := func(id phrase.ID, args ...phrase.Arg) string {
		return language.StripIsolates(phrase.Say(language.English, id, args...))
	}
	text := "#separator:tab\n#html:false\nWhat is a river called in Korean?\t강\nWhat is a lake called in Korean?\t호수\nNo answer\t\n"
	ada.Command("cards", map[string]string{"import": ""}, &bot.File{Name: "words.txt", Type: "text/plain", Data: []byte(text)})
	bottest.Await(t, ada, "the pack", bottest.Shows(say(phrase.ImportDone, phrase.Count("cards", 2), phrase.Name("pack", "words"))))
	ada.Command("review", map[string]string{"pack": "words"}, nil)
	bottest.Await(t, ada, "the first card", bottest.Shows("called in Korean?"))
	ben.Command("packs", nil, nil)
	bottest.Await(t, ben, "the packs", func(c bottest.Card) bool {
		if strings.Contains(c.Text, "words") {
			t.Errorf("others see the pack:\n%s", c.Text)
		}
		return strings.Contains(c.Text, say(phrase.PacksTitle))
	})
	ben.Command("review", map[string]string{"pack": "words"}, nil)
	bottest.Await(t, ben, "that there is no such pack", bottest.Shows(say(phrase.NoPack, phrase.Name("pack", "words"))))
}
