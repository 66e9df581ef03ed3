// Package phrase holds every sentence that the product says to people in its own name: what a
// grade means, why a question is not made, the labels around a question. One YAML file per
// language, in the message syntax that packs use, so that a language is added by adding data.
//
// It promises that every phrase is there in every language with the same placeholders, and
// that no phrase about a grade shows the key: those phrases have no placeholders at all. It
// refuses to decide anything; it turns codes into sentences and no more.
package phrase

import (
	"embed"
	"fmt"
	"sync"

	"go.yaml.in/yaml/v4"

	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/generate"
	"summitquiz/quiz/grade"
)

//go:embed *.yaml
var files embed.FS

// ID names a phrase.
type ID string

// Phrases that are not named by a code of another room.
const (
	Answer      ID = "label-answer"
	Accepted    ID = "label-accepted"
	Why         ID = "label-why"
	WhyNot      ID = "label-why-not" // option: the label of an option
	Source      ID = "label-source"
	EvidenceIs  ID = "label-evidence"
	NotReviewed ID = "not-reviewed"
)

// Mark is the word for a mark.
func Mark(m grade.Mark) ID { return ID("mark-" + m.String()) }

// Grade is the sentence that says why an answer got its mark.
func Grade(r grade.Reason) ID { return ID("grade-" + r.String()) }

// Missing is the sentence that says why a kind of question is not made.
func Missing(r generate.Reason) ID { return ID("missing-" + r.String()) }

// Kind is the name of a kind of question.
func Kind(k quiz.Kind) ID { return ID("kind-" + k.String()) }

// placeholders are those of the phrases that have any, in the order in which Say takes them.
var placeholders = map[ID][]string{
	WhyNot: {"option"},
}

// Say returns a phrase in a language, with its placeholders filled in order. An id that is no
// phrase comes back as it is, so that a slip is seen and nothing breaks.
func Say(c language.Code, id ID, args ...string) string {
	m := catalogue()[c][id]
	if m == nil || len(args) != len(placeholders[id]) {
		return string(id)
	}
	values := make([]language.Arg, len(args))
	for i, a := range args {
		values[i] = language.Arg{Kind: language.Words, Text: a}
	}
	return string(m.Append(nil, values, language.Style{}))
}

type messages map[ID]*language.Message

// catalogue compiles the files once. They are part of the program and held by test, so a
// phrase that does not compile is left out here and reported there.
var catalogue = sync.OnceValue(func() [language.Count]messages {
	var all [language.Count]messages
	for _, c := range language.All() {
		all[c], _ = read(c)
	}
	return all
})

// read compiles the phrases of one language.
func read(c language.Code) (messages, error) {
	data, err := files.ReadFile(c.String() + ".yaml")
	if err != nil {
		return nil, fmt.Errorf("phrases of %s: %w", c, err)
	}
	var texts map[ID]string
	if err := yaml.Unmarshal(data, &texts); err != nil {
		return nil, fmt.Errorf("phrases of %s: %w", c, err)
	}
	out := make(messages, len(texts))
	var first error
	for id, text := range texts {
		m, err := language.Compile(c, text, placeholders[id])
		if err != nil {
			if first == nil {
				first = fmt.Errorf("phrase %s of %s: %w", id, c, err)
			}
			continue
		}
		out[id] = m
	}
	return out, first
}
