package grade_test

import (
	"strings"
	"testing"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz/grade"
	"summitquiz/quiz/grade/answers"
)

// TestWhatIsNoAnswerIsWrong grades what people and programs send besides answers, for a key of
// every kind: none of it is right, and what is too long is not read.
func TestWhatIsNoAnswerIsWrong(t *testing.T) {
	p, err := content.LoadFile("testdata/everyday/pack.yaml", content.Options{})
	if err != nil {
		t.Fatal(err)
	}
	g := answers.NewGrader(p)
	for name, typed := range map[string]string{
		"nothing":                  "",
		"blanks":                   " \t\n ",
		"ten thousand letters":     strings.Repeat("a", 10_000),
		"only emoji":               strings.Repeat("😂🇫🇷👨‍👩‍👧", 40),
		"mixed scripts":            "pаris서울北京القاهرة",
		"overrides":                "\u202Esirap\u202C",
		"an endless exponent":      "1e999",
		"an exponent of exponents": "1e9e9e9",
		"two halves":               "½½",
		"combining marks":          "p" + strings.Repeat("\u0301\u0489", 200) + "x",
		"three hundred digits":     strings.Repeat("9", 300),
		"a unit of nothing":        "km²",
		"many units":               strings.Repeat("km ", 80),
		"a sign":                   "-",
		"signs":                    "+-×/^%$",
		"a power of nothing":       "10^",
		"no UTF-8":                 "\xff\xfe\xfa",
		"zero bytes":               "\x00\x00",
		"brackets":                 strings.Repeat("(", 900),
		"ands":                     strings.Repeat("and ", 300),
		"ors":                      strings.Repeat("or ", 300),
		"numbers in words":         strings.Repeat("one hundred ", 150),
		"laughter":                 strings.Repeat("ha", 500),
		"denials":                  strings.Repeat("not ", 300),
		"articles":                 strings.Repeat("the ", 400),
		"a command":                "/start@bot",
		"a link":                   "https://example.com/paris",
		"markup":                   "**__~~||``||~~__**",
	} {
		for _, fact := range g.Names() {
			for _, c := range language.All() {
				v, err := g.Grade(fact, c, typed)
				if err != nil {
					t.Fatal(err)
				}
				if v.Mark == grade.Right || len(typed) > 2048 && v.Reason != grade.TooLong {
					t.Errorf("%s is %s (%s) for %s", name, v.Mark, v.Reason, fact)
				}
			}
		}
	}
}
