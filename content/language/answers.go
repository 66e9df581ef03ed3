package language

import (
	"errors"
	"io/fs"
	"strings"
	"sync"
)

// AnswerWords returns a list of what people write around an answer or instead of one, in all
// languages: data/*/answers.yaml holds the lists. It returns nothing for a list that no language has.
func AnswerWords(list string) []string { return answerLists()[list] }

var answerLists = sync.OnceValue(func() map[string][]string {
	lists, err := readAnswerLists(builtinData())
	if err != nil {
		panic(err) // TestData holds that the embedded files are right
	}
	return lists
})

func readAnswerLists(files fs.FS) (map[string][]string, error) {
	lists := map[string][]string{}
	var problems []error
	for _, c := range []Code{English, Arabic, Korean, Chinese} {
		f, err := readData(files, c.String()+"/answers.yaml")
		if err != nil {
			return nil, err
		}
		for i := range f.sections[0].entries {
			e := &f.sections[0].entries[i]
			for _, item := range list(e.value) {
				if item == "" {
					f.fail(e.line, "%s has an empty item: remove one of the bars", e.key)
				}
				if before, ok := strings.CutSuffix(item, "_"); ok {
					item = before + " "
				}
				lists[e.key] = append(lists[e.key], item)
			}
		}
		problems = append(problems, f.problems...)
	}
	return lists, errors.Join(problems...)
}
