package web_test

import (
	"flag"
	"testing"

	"summitquiz/bot/bottest"
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
