package discord_test

import (
	"testing"

	"summitquiz/bot/bottest"
	"summitquiz/content/language"
)

// TestStudyTranscripts holds what a person sees who studies for two days, in two languages, against files
// that editors read.
func TestStudyTranscripts(t *testing.T) {
	for lang, name := range map[language.Code]string{language.Arabic: "ليلى", language.Korean: "민수"} {
		t.Run(lang.String(), func(t *testing.T) {
			got := bottest.Study(t, newTestServer(t), name, lang)
			bottest.Golden(t, "study."+lang.String()+".txt", []byte(got), *update)
		})
	}
}
