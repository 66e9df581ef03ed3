package grade

import (
	"strings"
	"sync"

	"summitquiz/content/language"
)

// demonymIndex holds what people of a country are called beside a title, by the country's English
// name: the South Korean president. "" has the words of every country.
var demonymIndex = sync.OnceValue(func() map[string][]affix {
	m, all := map[string][]affix{}, []string(nil)
	for _, country := range language.WordLists("demonyms") {
		m[country] = parse(strings.Join(language.WordsOf("demonyms", country), "|"))
		all = append(all, language.WordsOf("demonyms", country)...)
	}
	m[""] = parse(strings.Join(all, "|"))
	return m
})

// demonymsOf returns the words for people of a country, by its English name; of every country
// where the name is empty because nobody knows which one somebody is of.
func demonymsOf(country string) []affix { return demonymIndex()[language.Normalise(country)] }
