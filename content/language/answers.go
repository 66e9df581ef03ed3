package language

import (
	"errors"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
)

// AnswerWords returns a list of what people write around an answer or instead of one, in all
// languages: data/*/answers.yaml holds the lists. It returns nothing for a list that no language has.
func AnswerWords(list string) []string { return WordsOf("answers", list) }

// WordsOf returns a list of words from the files of one name, in all languages, English first.
func WordsOf(file, list string) []string { return wordFiles(file).all[list] }

// WordsIn returns a list of words from a file of one language.
func WordsIn(c Code, file, list string) []string { return wordFiles(file).of[c.String()][list] }

// TextIn returns a text from a file of one language as it stands there, bars included: a message,
// a pattern, a separator. It is empty where the language has none.
func TextIn(c Code, file, key string) string { return wordFiles(file).texts[c.String()][key] }

// TextOf returns a text from the files of one name in every language.
func TextOf(file, key string) (t Text) {
	for _, c := range All() {
		t[c] = TextIn(c, file, key)
	}
	return t
}

// PairsIn returns a list whose items have parts that are separated by equals signs: yes = no.
func PairsIn(c Code, file, list string) [][]string {
	var out [][]string
	for _, item := range WordsIn(c, file, list) {
		parts := strings.Split(item, "=")
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
		out = append(out, parts)
	}
	return out
}

// WordLists returns the names of the lists in the files of one name, in alphabetical order.
func WordLists(file string) []string { return slices.Sorted(maps.Keys(wordFiles(file).all)) }

// wordLists are the lists of words in the files of one name.
type wordLists struct {
	all map[string][]string
	of  map[string]map[string][]string // by the folder of a language

	texts map[string]map[string]string // by the folder of a language, unsplit
}

var (
	wordListsMu sync.RWMutex
	wordListsOf = map[string]*wordLists{}
)

// wordFiles reads the files of one name once.
func wordFiles(file string) *wordLists {
	wordListsMu.RLock()
	lists := wordListsOf[file]
	wordListsMu.RUnlock()
	if lists != nil {
		return lists
	}
	lists, err := readWordLists(builtinData(), file)
	if err != nil {
		panic(err) // TestData holds that the embedded files are right
	}
	wordListsMu.Lock()
	defer wordListsMu.Unlock()
	wordListsOf[file] = lists
	return lists
}

// readWordLists reads the files of one name in the folders of all languages. A language without such
// a file has no such words.
func readWordLists(files fs.FS, file string) (*wordLists, error) {
	lists := &wordLists{map[string][]string{}, map[string]map[string][]string{}, map[string]map[string]string{}}
	var problems []error
	name := file + ".yaml"
	tags := folders(files, name)
	tags[Arabic], tags[English] = tags[English], tags[Arabic] // English words come first
	for _, tag := range tags {
		f, err := readData(files, tag+"/"+name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		own := map[string][]string{}
		lists.of[tag], lists.texts[tag] = own, map[string]string{}
		for i := range f.sections[0].entries {
			e := &f.sections[0].entries[i]
			lists.texts[tag][e.key] = e.value
			for _, item := range list(e.value) {
				if item == "" {
					if strings.Contains(e.value, "|") {
						f.fail(e.line, "%s has an empty item: remove one of the bars", e.key)
					}
					continue // a text of blanks alone
				}
				if before, ok := strings.CutSuffix(item, "_"); ok {
					item = before + " "
				}
				own[e.key] = append(own[e.key], item)
			}
			lists.all[e.key] = append(lists.all[e.key], own[e.key]...)
		}
		problems = append(problems, f.problems...)
	}
	return lists, errors.Join(problems...)
}
