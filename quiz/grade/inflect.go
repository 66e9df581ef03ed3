package grade

import (
	"slices"
	"strings"
)

// inflected returns the regular plural and singular forms of a key that is one English common
// noun; nothing for anything else. Proper names have no plural.
func inflected(key string) []string {
	w := key
	if article, rest := cutArticle(key); isEnglish(article) {
		w = rest
	}
	if len(w) < 3 || strings.Trim(w, "abcdefghijklmnopqrstuvwxyz") != "" || unchanging()[w] {
		return nil
	}
	var out []string
	if !strings.HasSuffix(w, "s") || endsIn(w, "ss", "us", "is", "as") || noPlural()[w] {
		out = plurals(w)
	}
	if noPlural()[w] {
		return out
	}
	for _, s := range singulars(w) {
		if slices.Contains(plurals(s), w) {
			out = append(out, s)
		}
	}
	return slices.DeleteFunc(out, func(s string) bool { return unchanging()[s] })
}

// noPlural are nouns in s that are no plural.
var noPlural = words("no-plural")

// unchanging are nouns in s that have no other number, or whose singular is another thing.
var unchanging = words("unchanging-nouns")

func endsIn(w string, endings ...string) bool {
	return slices.ContainsFunc(endings, func(e string) bool { return strings.HasSuffix(w, e) })
}

// plurals are the regular plurals of a noun; more than one where either is written.
func plurals(w string) []string {
	before := w[len(w)-2]
	vowel := strings.IndexByte("aeiou", before) >= 0
	switch {
	case endsIn(w, "s", "x", "ch", "sh"):
		return []string{w + "es"}
	case endsIn(w, "z"):
		return []string{w + "es", w + "zes"}
	case endsIn(w, "y") && !vowel:
		return []string{w[:len(w)-1] + "ies"}
	case endsIn(w, "o"):
		return []string{w + "s", w + "es"}
	case endsIn(w, "f") && !endsIn(w, "ff"):
		return []string{w + "s", w[:len(w)-1] + "ves"}
	case endsIn(w, "fe"):
		return []string{w[:len(w)-2] + "ves"}
	}
	return []string{w + "s"}
}

// singulars are the nouns of which w may be the regular plural.
func singulars(w string) []string {
	if len(w) < 4 || !strings.HasSuffix(w, "s") || endsIn(w, "ss", "us", "is", "ics") {
		return nil
	}
	out := []string{w[:len(w)-1]}
	if stem, ok := strings.CutSuffix(w, "es"); ok {
		out = append(out, stem)
	}
	if stem, ok := strings.CutSuffix(w, "ies"); ok {
		out = append(out, stem+"y")
	}
	if stem, ok := strings.CutSuffix(w, "ves"); ok {
		out = append(out, stem+"f", stem+"fe")
	}
	return out
}
