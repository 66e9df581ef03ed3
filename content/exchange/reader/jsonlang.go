package reader

import (
	"slices"

	"summitquiz/content/language"
)

// languageSet is in which languages questions of JSON are: as texts by language, by keys such as
// question_ar, or without saying.
type languageSet struct {
	named  [language.Count]bool
	unsaid bool
}

// noteLanguages notes the languages of a key that may hold a question.
func (j *jsonFile) noteLanguages(h header, at int) {
	if h.role != question && h.role != term {
		return
	}
	if h.tagged {
		j.langs.named[h.language] = true
		return
	}
	if at < len(j.text) && j.text[at] == '{' {
		if n, _, err := j.text.parse(at, 0); err == nil && n.languages() != nil {
			for _, c := range n.languages() {
				j.langs.named[c] = true
			}
			return
		}
	}
	j.langs.unsaid = j.langs.unsaid || h.role == question
}

// chooseLanguage settles which languages the rows have besides the one that was asked for.
func (j *jsonFile) chooseLanguage(f *File) error {
	for _, c := range language.All() {
		if c != j.lang && j.langs.named[c] {
			j.others = append(j.others, c)
		}
	}
	if len(j.others) > 0 && !j.langs.named[j.lang] && !j.langs.unsaid {
		return refuse("the file has questions in %s and none in %s: choose the language with --lang", codes(j.others), j.lang)
	}
	f.Languages = j.others
	return nil
}

// languageIn returns the language that a key above a question names by its code; a name such as
// english is a subject.
func languageIn(path []string) string {
	for _, key := range slices.Backward(path) {
		if c, ok := language.Parse(key); ok && len(key) == 2 {
			return c.String()
		}
	}
	return ""
}
