package exchange

import (
	"bytes"
	_ "embed"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"go.yaml.in/yaml/v4"

	"summitquiz/content"
	"summitquiz/content/language"
)

//go:embed reasons.yaml
var reasonTexts []byte

// leftOut begins the message of a row that was left out.
const leftOut = "left out: "

// wording is a reason in all languages, with what finds it in an English text.
type wording struct {
	texts [language.Count]string
	find  *regexp.Regexp
	slots []string // the numbers of its slots, in the order of the English text
}

var slotIn = regexp.MustCompile(`\{([0-9])\}`)

// wordings are the reasons of reasons.yaml, read on first use.
var wordings = sync.OnceValue(func() []wording {
	var rows []map[string]string
	if err := yaml.NewDecoder(bytes.NewReader(reasonTexts)).Decode(&rows); err != nil {
		panic(fmt.Sprint("reasons.yaml: ", err)) // it is part of the program
	}
	out := make([]wording, len(rows))
	for i, row := range rows {
		w := &out[i]
		for _, c := range language.All() {
			w.texts[c] = row[c.String()]
		}
		pattern, rest := "^", w.texts[language.English]
		for m := slotIn.FindStringSubmatchIndex(rest); m != nil; m = slotIn.FindStringSubmatchIndex(rest) {
			pattern += regexp.QuoteMeta(rest[:m[0]]) + "(.+?)"
			w.slots, rest = append(w.slots, rest[m[0]:m[1]]), rest[m[1]:]
		}
		w.find = regexp.MustCompile(pattern + regexp.QuoteMeta(rest) + "$")
	}
	return out
})

// ReasonIn returns why a row was left out, in a language, without its line. What readers of other
// programs' files say themselves stays in English.
func ReasonIn(p *content.Problem, c language.Code) string {
	reason := strings.TrimPrefix(p.Message, leftOut)
	for i := range wordings() {
		w := &wordings()[i]
		m := w.find.FindStringSubmatch(reason)
		if m == nil || w.texts[c] == "" {
			continue
		}
		var pairs []string
		for n, slot := range w.slots {
			pairs = append(pairs, slot, m[n+1])
		}
		return strings.NewReplacer(pairs...).Replace(w.texts[c])
	}
	return reason
}
