// Package language writes and reads numbers, money, dates, durations, names, particles and
// direction as each language does. Packs, questions, grading and phrases share it, so that
// what is shown can also be read back.
//
// It promises that everything it writes into a right-to-left sentence is isolated, that the
// same value is written the same way every time, and that it reads whatever it writes. It
// refuses to guess: a number it cannot read is reported as unread, never as zero.
//
// Words are data: data/<language> holds what a language writes and what it reads, and
// data/*.yaml what the languages share. Code holds the rules, one idea in a file: a rule is read
// beside the same rule of the other languages. Load makes a language of any such folder, and every folder with
// a language.yaml is a language in which packs may be written.
package language

import (
	"strings"
	"sync"
)

// Code is one of the languages the product speaks. The zero Code is Arabic; codes index
// Text, so they are dense and start at zero.
type Code uint8

// The languages that the product itself speaks, in the order in which packs list them. Others have the
// codes after them: each folder of data with a language.yaml is one, and a pack may be written in it.
const (
	Arabic Code = iota
	English
	Korean
	Chinese
	OwnCount = 4 // how many languages the product speaks
)

// Count is how many languages there may be: how many texts a Text has room for.
const Count = 6

var ownTags = [OwnCount]string{"ar", "en", "ko", "zh"}

// tags are the languages by their codes.
var tags = sync.OnceValue(func() []string {
	all := folders(builtinData(), "language.yaml")
	return all[:min(len(all), Count)]
})

// All returns the languages in the order of their codes.
func All() []Code {
	all := make([]Code, len(tags()))
	for i := range all {
		all[i] = Code(i)
	}
	return all
}

// Own returns the languages that the product itself speaks.
func Own() []Code { return []Code{Arabic, English, Korean, Chinese} }

// Known reports whether there is a language of the code.
func (c Code) Known() bool { return int(c) < len(tags()) }

// Parse returns the language of an IETF tag such as "ar", "zh-Hans" or "en-US".
func Parse(tag string) (Code, bool) {
	base, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(tag, "_", "-")), "-")
	for c, t := range tags() {
		if t == base {
			return Code(c), true
		}
	}
	return English, false
}

// String returns the IETF tag, such as "ar", "en", "ko" or "zh".
func (c Code) String() string { return tags()[c] }

// RTL reports whether the language is written from right to left.
func (c Code) RTL() bool { return c.Language().rtl }

// Text is one text in each language; an empty string means that the language is missing.
type Text [Count]string

// In returns the text in language c, or "" where it is missing.
func (t *Text) In(c Code) string { return t[c] }

// Everywhere returns a Text that reads s in every language.
func Everywhere(s string) Text {
	var t Text
	for i := range t {
		t[i] = s
	}
	return t
}

// Set is a set of languages.
type Set uint8

// Has reports whether c is in the set.
func (s Set) Has(c Code) bool { return s&(1<<c) != 0 }

// With returns the set with c added.
func (s Set) With(c Code) Set { return s | 1<<c }

// Codes returns the members in the order of their codes.
func (s Set) Codes() []Code {
	var out []Code
	for c := range Code(len(tags())) {
		if s.Has(c) {
			out = append(out, c)
		}
	}
	return out
}

// Digits is the set of digits in which numbers are shown. European digits are the default
// everywhere; ArabicIndic applies to Arabic only and is ignored in other languages.
type Digits uint8

// The digit sets.
const (
	European    Digits = iota // 0123456789
	ArabicIndic               // ٠١٢٣٤٥٦٧٨٩ with ٫ and ٬
)
