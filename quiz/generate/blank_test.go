package generate

import (
	"slices"
	"testing"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
)

// TestABlankTakesItsOtherWords holds that a cloze of a translated quotation takes the words that its
// author gives in the place of those left out, in every language.
func TestABlankTakesItsOtherWords(t *testing.T) {
	w := &content.Words{}
	w.Text[language.English], w.Text[language.Korean] = "it opened", "열렸다"
	w.Blanks[language.English] = []content.Blank{{Start: 3, End: 9, Or: "began|started"}}
	w.Blanks[language.Korean] = []content.Blank{{Start: 0, End: len("열렸다"), Or: "개막했다"}}
	it := &quiz.Item{Value: content.Value{Words: w}}
	got := blanks(it, []language.Code{language.English, language.Korean}, language.Korean)
	if want := []string{"열렸다", "개막했다", "opened", "began", "started"}; !slices.Equal(got, want) {
		t.Errorf("the blank takes %q, want %q", got, want)
	}
}
