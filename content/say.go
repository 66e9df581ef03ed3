package content

import (
	"bytes"
	_ "embed"
	"fmt"
	"strings"
	"sync"
	"unicode"

	"go.yaml.in/yaml/v4"

	"summitquiz/content/language"
)

// phrase is a text for authors: a format in English, which is its name in problems.yaml too, and
// what fills it. An argument may itself be a phrase.
type phrase struct {
	format string
	args   []any
}

// say makes a phrase. Every format stands in problems.yaml with its translations.
func say(format string, args ...any) phrase { return phrase{format, args} }

// noHint is the hint of a problem whose message says it all.
var noHint phrase

// said is a phrase of a text that is written already, or noHint of an empty one.
func said(s string) phrase {
	if s == "" {
		return noHint
	}
	return say("%s", s)
}

// in returns the phrase in a language; where it has no translation, in English.
func (p phrase) in(c language.Code) string {
	format := p.format
	if t := translations()[format]; t[c] != "" {
		format = t[c]
	}
	args := make([]any, len(p.args))
	for i, a := range p.args {
		switch a := a.(type) {
		case phrase:
			args[i] = a.in(c)
		case []phrase:
			args[i] = alternatives(a, c)
		default:
			args[i] = a
		}
	}
	if !strings.Contains(format, "%[") { // a translation may leave the last arguments out
		args = args[:min(len(args), strings.Count(strings.ReplaceAll(format, "%%", ""), "%"))]
	}
	return fmt.Sprintf(format, args...)
}

// String returns the phrase in English.
func (p phrase) String() string { return p.in(language.English) }

// alternatives joins phrases with commas and the language's word for or.
func alternatives(list []phrase, c language.Code) string {
	or, comma := say(" or ").in(c), say(", ").in(c)
	var b strings.Builder
	for i, p := range list {
		switch {
		case i == 0:
		case i == len(list)-1:
			b.WriteString(or)
		default:
			b.WriteString(comma)
		}
		b.WriteString(p.in(c))
	}
	return b.String()
}

// code is a name for the phrase that programs can rely on: its English words with hyphens.
func (p phrase) code() string {
	var b strings.Builder
	verb := false
	for _, r := range p.format {
		switch {
		case verb:
			verb = strings.ContainsRune("[]0123456789", r)
		case r == '%':
			verb = true
		case unicode.IsLetter(r) && r < unicode.MaxASCII:
			b.WriteRune(unicode.ToLower(r))
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.Trim(b.String(), "-")
}

//go:embed problems.yaml
var problemsYAML []byte

// translations are the formats of problems.yaml by their English ones, read on first use.
var translations = sync.OnceValue(func() map[string][language.Count]string {
	out := map[string][language.Count]string{}
	var rows []map[string]string
	if err := yaml.NewDecoder(bytes.NewReader(problemsYAML)).Decode(&rows); err != nil {
		return out // held by a test
	}
	for _, row := range rows {
		var t [language.Count]string
		for _, c := range language.All() {
			t[c] = row[c.String()]
		}
		out[t[language.English]] = t
	}
	return out
})
