package exchange

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"summitquiz/content/exchange/reader"
	"summitquiz/content/language"
)

// polar are pairs of answers that say true and false where nothing else stands in a file. By
// themselves they could mean something else.
var polar = sync.OnceValue(func() [][]string {
	var pairs [][]string
	for _, pair := range reader.Words("sole-poles") {
		yes, no, _ := strings.Cut(pair, " = ")
		pairs = append(pairs, []string{yes, no})
	}
	return pairs
})

// soleAnswer is the answer of a row that has nothing else, or "-".
func soleAnswer(row reader.Row) string {
	list := append(slices.Clone(row.Answers), row.Correct...)
	if len(list) == 1 && len(row.Options) == 0 && len(row.Wrong) == 0 {
		return foldText(list[0])
	}
	return "-"
}

func (k *keyRules) findPoles(answers map[string]int) {
	for _, p := range polar() {
		yes, no := answers[foldText(p[0])], answers[foldText(p[1])]
		if len(answers) == 2 && yes > 0 && no > 0 {
			k.poles = p
			k.stated = fmt.Sprintf("all answers are %s or %s, so the rows are statements that are true or false", p[0], p[1])
		}
	}
}

// judge gives a statement the other of two answers for its wrong one.
func (k *keyRules) judge(row *reader.Row) {
	if k.poles == nil || soleAnswer(*row) == "-" {
		return
	}
	other := k.poles[0]
	if soleAnswer(*row) == foldText(other) {
		other = k.poles[1]
	}
	if yes, _ := utf8.DecodeRuneInString(k.poles[0]); !unicode.IsLetter(yes) { // a card shows the words of its language
		row.State(other == k.poles[1], language.English)
		return
	}
	row.Wrong = []string{other}
}
