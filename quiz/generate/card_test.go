package generate_test

import (
	"slices"
	"strings"
	"testing"

	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/generate"
	"summitquiz/quiz/quiztest"
)

// drawnCards draws every item of a pack of cards and returns kind, options and answer of each,
// the options sorted but for judgements.
func drawnCards(t *testing.T, lang language.Code, cards string) []string {
	t.Helper()
	p := parse(t, "pack: p\nlanguages: ["+lang.String()+"]\ntitle: T\ncards:\n"+cards)
	g := generate.New(p)
	var out []string
	for _, id := range g.Items() {
		it, err := g.Draw(id, 3)
		if err != nil {
			t.Fatal(err)
		}
		v := g.Render(it, lang, language.Style{Plain: true})
		if broken := quiztest.Invariants(p, &it, []quiz.View{v}); it.Kind == quiz.TrueFalse && len(broken) > 0 {
			t.Error(broken[0])
		}
		line := it.Kind.String()
		if len(v.Options) > 0 {
			key := v.Options[v.Key]
			if it.Kind == quiz.Choice {
				slices.Sort(v.Options)
			}
			line += ": " + strings.Join(v.Options, ", ") + "; " + key
		} else {
			line += ": " + v.Accepts[0]
		}
		out = append(out, line)
	}
	return out
}

// TestCardsOfTwoOptions: what can only be yes or no, true or false, is asked with both, and no
// other answer is taken for such.
func TestCardsOfTwoOptions(t *testing.T) {
	for _, c := range []struct {
		name, lang, card string
		want             []string
	}{
		{"YAML's own true", "en", `{ask: "The Sun is a star.", answer: true}`, []string{"true-false: True, False; True"}},
		{"as a program writes it", "en", `{ask: "The Moon is a star.", answer: "False", not: ["True"]}`, []string{"true-false: True, False; False"}},
		{"no, with another wording", "en", `{ask: "Do penguins fly?", answer: "no", accept: [nope]}`, []string{"true-false: yes, no; no"}},
		{"Arabic", "ar", `{ask: "الشمس نجم.", answer: صح}`, []string{"true-false: صح, خطأ; صح"}},
		{"Korean", "ko", `{ask: "고래는 물고기이다.", answer: 거짓}`, []string{"true-false: 참, 거짓; 거짓"}},
		{"Korean signs", "ko", `{ask: "고래는 물고기이다.", answer: X, not: [O]}`, []string{"true-false: O, X; X"}},
		{"Chinese", "zh", `{ask: "太阳是恒星。", answer: 对}`, []string{"true-false: 对, 错; 对"}},
		{"right as against left", "en", `{ask: "Which hand do most people write with?", answer: right, not: [left]}`,
			[]string{"choice: left, right; right", "typed: right"}},
		{"right alone", "en", `{ask: "Which hand do most people write with?", answer: right}`, []string{"typed: right"}},
		{"a word of another language", "en", `{ask: "What is the English for oui?", answer: "yes"}`, []string{"typed: yes"}},
		{"a word alone", "en", `{ask: "oui", answer: "yes"}`, []string{"typed: yes"}},
		{"a letter", "en", `{ask: "Write the first letter of the word for tea.", answer: T}`, []string{"typed: T"}},
		{"a third answer", "en", `{ask: "Is it so?", answer: "yes", not: ["no", maybe]}`, []string{"choice: maybe, no, yes; yes", "typed: yes"}},
		{"flags", "en", `{ask: "Which flag is blue, white and red from left to right?", answer: "🇫🇷", not: ["🇮🇹", "🇮🇪", "🇧🇪"]}`,
			[]string{"choice: 🇧🇪, 🇫🇷, 🇮🇪, 🇮🇹; 🇫🇷", "typed: 🇫🇷"}},
		{"signs", "en", `{ask: "Which sign is or in C?", answer: "||", not: ["&&", "!"]}`, []string{"choice: !, &&, ||; ||", "typed: ||"}},
		{"wrong answers of another length", "ar", `{ask: "ما أكبر كوكب؟", answer: المشتري, not: [زحل, الأرض, المريخ]}`,
			[]string{"choice: الأرض, المريخ, المشتري, زحل; المشتري", "typed: المشتري"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			lang, _ := language.Parse(c.lang)
			if got := drawnCards(t, lang, "  - "+c.card+"\n"); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestATruthIsShownInTheLanguageOfTheQuestion: one true serves a pack in four languages.
func TestATruthIsShownInTheLanguageOfTheQuestion(t *testing.T) {
	p := parse(t, "pack: p\nlanguages: [ar, en, ko, zh]\ntitle: T\ncards:\n  - {ask: {ar: الشمس نجم., en: The Sun is a star., ko: 태양은 별이다., zh: 太阳是恒星。}, answer: true}\n")
	g := generate.New(p)
	it, err := g.Draw(g.Items()[0], 1)
	if err != nil {
		t.Fatal(err)
	}
	want := [language.Count]string{"صحيح", "True", "참", "正确"}
	for _, c := range language.All() {
		if v := g.Render(it, c, language.Style{Plain: true}); v.Options[v.Key] != want[c] || len(v.Options) != 2 {
			t.Errorf("%s: %q, key %d", c, v.Options, v.Key)
		}
	}
}

// TestQuestionsThatSpeakOfOptions are not asked without them, and keep those they have.
func TestQuestionsThatSpeakOfOptions(t *testing.T) {
	for _, c := range []struct {
		name, lang, card string
		want             []string
	}{
		{"options of several lengths", "en", `{ask: "Which of these is a bird?", answer: swan, not: [a very large elephant, cat]}`,
			[]string{"choice: a very large elephant, cat, swan; swan"}},
		{"the following", "en", `{ask: "Which of the following is a prime?", answer: 7, not: [8, 100]}`, []string{"choice: 100, 7, 8; 7"}},
		{"none to choose from", "en", `{ask: "Which one of these is a bird?", answer: swan}`, nil},
		{"a following day", "en", `{ask: "What is the day following Monday?", answer: Tuesday}`, []string{"typed: Tuesday"}},
		{"Arabic", "ar", `{ask: "أي مما يلي طائر؟", answer: بجعة}`, nil},
		{"Korean", "ko", `{ask: "다음 중 새는 무엇입니까?", answer: 백조}`, nil},
		{"Chinese", "zh", `{ask: "下列哪一种是鸟？", answer: 天鹅}`, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			lang, _ := language.Parse(c.lang)
			if got := drawnCards(t, lang, "  - "+c.card+"\n"); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestNumbersOfACardAreItsOptions: they stand as the author gives them, whether round or not.
func TestNumbersOfACardAreItsOptions(t *testing.T) {
	for card, want := range map[string]string{
		`{ask: "How many strings has a violin?", answer: 4, not: [3, 5, 6]}`: "choice: 3, 4, 5, 6; 4",
		`{ask: "How many states?", answer: 50, not: [13, 100, 1000]}`:        "choice: 1,000, 100, 13, 50; 50",
		`{ask: "How much water?", answer: 12.5 %, not: [10 %, 50 %]}`:        "choice: 10%, 12.5%, 50%; 12.5%",
		`{ask: "When did it end?", answer: 1945, not: [1944, 1918]}`:         "choice: 1918, 1944, 1945; 1945",
		`{ask: "Which number has the spy?", answer: 007, not: [006, 008]}`:   "choice: 006, 007, 008; 007",
	} {
		if got := drawnCards(t, language.English, "  - "+card+"\n"); !slices.Contains(got, want) {
			t.Errorf("%s: got %q, want %q", card, got, want)
		}
	}
}
