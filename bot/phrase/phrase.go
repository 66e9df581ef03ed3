// Package phrase holds every sentence that the product says to people in its own name: what a
// grade means, why a question is not made, what a command does, what happens in a game. One
// folder of YAML files per language, in the message syntax that packs use, so that a language
// is added by adding data.
//
// It promises that every phrase is there in every language with the same placeholders, and
// that no phrase about a grade shows the key: those phrases have no placeholders at all. It
// refuses to decide anything; it turns codes into sentences and no more.
package phrase

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"sync"

	"go.yaml.in/yaml/v4"

	"summitquiz/content/language"
)

//go:embed */*.yaml
var files embed.FS

// ID names a phrase. The files of one idea hold the phrases of one part of the product.
type ID string

// Localizer says phrases in one language and style.
type Localizer struct {
	Lang  language.Code
	Style language.Style
}

// In returns the localizer of a language in its default digits.
func In(c language.Code) Localizer { return Localizer{Lang: c} }

// Say returns a phrase with its placeholders filled by name. An id that is no phrase, or a
// phrase that lacks an argument, comes back as its id, so that a slip is seen and nothing
// breaks.
func (l Localizer) Say(id ID, args ...Arg) string {
	m := catalogue()[l.Lang][id]
	if m.message == nil && int(l.Lang) >= language.OwnCount { // a language of packs only
		return In(language.English).Say(id, args...)
	}
	if m.message == nil {
		return string(id)
	}
	values := make([]language.Arg, len(m.names))
	for i, name := range m.names {
		at := slices.IndexFunc(args, func(a Arg) bool { return a.Name == name })
		if at < 0 {
			return string(id)
		}
		values[i] = args[at].Value
	}
	return string(m.message.Append(nil, values, l.Style))
}

// Say returns a phrase in a language and its default digits; see Localizer.Say.
func Say(c language.Code, id ID, args ...Arg) string { return In(c).Say(id, args...) }

// Has reports whether there is such a phrase.
func Has(c language.Code, id ID) bool {
	if int(c) >= language.OwnCount {
		c = language.English
	}
	return catalogue()[c][id].message != nil
}

// IDs returns the phrases whose id begins with prefix, in alphabetical order.
func IDs(prefix string) []ID {
	var out []ID
	for id := range catalogue()[language.English] {
		if len(id) >= len(prefix) && string(id[:len(prefix)]) == prefix {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// entry is one compiled phrase with the placeholders it is given, in the order of names.
type entry struct {
	message *language.Message
	names   []string
}

// catalogue compiles the files once. They are part of the program and held by test, so a
// phrase that does not compile is left out here and reported there.
var catalogue = sync.OnceValue(func() [language.Count]map[ID]entry {
	all, _ := compile()
	return all
})

// compile reads every language. The English phrase says which placeholders there are.
func compile() (all [language.Count]map[ID]entry, err error) {
	var found []error
	names := map[ID][]string{}
	codes := append([]language.Code{language.English}, language.Own()...)
	for _, c := range codes {
		if all[c] != nil {
			continue
		}
		texts, err := read(c)
		if err != nil {
			found = append(found, err)
		}
		all[c] = make(map[ID]entry, len(texts))
		for id, text := range texts {
			if c == language.English {
				names[id] = placeholders(text)
			}
			m, err := language.Compile(c, text, names[id])
			if err != nil {
				found = append(found, fmt.Errorf("phrase %s of %s: %w", id, c, err))
				continue
			}
			all[c][id] = entry{m, names[id]}
		}
	}
	return all, errors.Join(found...)
}

// read returns the texts of one language from all its files.
func read(c language.Code) (map[ID]string, error) {
	out := map[ID]string{}
	var found []error
	paths, err := fs.Glob(files, path.Join(c.String(), "*.yaml"))
	if err != nil {
		return nil, fmt.Errorf("phrases of %s: %w", c, err)
	}
	for _, name := range paths {
		data, err := files.ReadFile(name)
		if err != nil {
			found = append(found, fmt.Errorf("phrases of %s: %w", c, err))
			continue
		}
		var texts map[ID]string
		if err := yaml.Unmarshal(data, &texts); err != nil {
			found = append(found, fmt.Errorf("phrases in %s: %w", name, err))
		}
		for id, text := range texts {
			if _, twice := out[id]; twice {
				found = append(found, fmt.Errorf("phrases in %s: %s is there twice", name, id))
			}
			out[id] = text
		}
	}
	return out, errors.Join(found...)
}

// named finds what could be a placeholder: {pack}, {count, plural, …}.
var named = regexp.MustCompile(`\{([a-z][a-z-]*)[},]`)

// placeholders returns the placeholders of an English phrase in order of appearance. A word
// that stands alone in a branch, as in one {question}, looks like one and is none.
func placeholders(text string) []string {
	var out []string
	for _, m := range named.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(out, m[1]) {
			out = append(out, m[1])
		}
	}
	m, err := language.Compile(language.English, text, out)
	if err != nil {
		return out
	}
	var used []string
	for i, name := range out {
		if m.Uses(i) {
			used = append(used, name)
		}
	}
	return used
}
