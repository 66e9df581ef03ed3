package grade

import (
	"strings"
	"testing"
	"unicode/utf8"

	"summitquiz/content/language"
)

// FuzzKeyText holds that any text can be a key, and that the key typed as it stands is right.
func FuzzKeyText(f *testing.F) {
	for _, s := range []string{
		"Paris", "The Who", "the", "(The) Rolling Stones", "()", "gato (m)", "red, yellow and blue", ", and ,", "&", "World War II", "XIV", "1/4", "-5", "+20", "007", "🇫🇷",
		"der Hund", "Die Hard", "l'eau", "الحرب والسلام", "الله", "و", "제2차 세계 대전", "제", "웃었다", "다", "第二次世界大战", "第", "《》", "笑了", "了", "Johann Sebastian Bach", "列奥纳多·达·芬奇", "···",
		"Dr. No", "No. 5", "St.", "cats", "ss", "ies", "Æ", "で", "3 x 10^8", "24/7", "'n'", "rock 'n' roll", "n°5", "#5",
	} {
		f.Add(s, "Which is it?", s)
	}
	f.Fuzz(func(t *testing.T, text, stem, typed string) {
		if len(text) > 300 || len(stem) > 300 || !utf8.ValidString(text) || strings.TrimSpace(language.Normalise(text)) == "" {
			return
		}
		k := Key{lang: language.English, name: names{lexicon: &Lexicon{}, family: map[string]bool{}}}
		k.name.acceptText(text, stem)
		k.name.acceptInflected(text, stem)
		if v := Answer(&k, text); v.Mark != Right {
			t.Fatalf("the key %q is %s (%s)", text, v.Mark, v.Reason)
		}
		if v := Answer(&k, typed); int(v.Reason) >= ReasonCount {
			t.Fatalf("%q for the key %q is %v", typed, text, v)
		}
	})
}
