package reader

import (
	"errors"
	"strings"

	"go.yaml.in/yaml/v4"
)

// redEntries is how many questions are parsed at once, so that a long list costs little memory.
const redEntries = 500

// openRed reads a trivia list of Red-DiscordBot: questions for keys, lists of answers for values.
// Keys in capitals, such as AUTHOR and CONFIG, are about the list.
func (f *File) openRed(text string) error {
	f.Format = Red
	found := 0
	redChunks(text, func(_ int, chunk string, _ bool) bool {
		nodes, err := redPairs(chunk)
		found += len(nodes)
		if err != nil {
			redSplit(chunk, 1, func(_ int, one string) bool {
				nodes, _ := redPairs(one)
				found += len(nodes)
				return found == 0
			})
		}
		return found == 0
	})
	if found == 0 {
		return refuse("it has to be YAML with questions as keys and lists of answers")
	}
	f.rows = func(yield func(Row) bool) error {
		redChunks(text, func(line int, chunk string, single bool) bool {
			nodes, err := redPairs(chunk)
			if err != nil && single {
				return yield(brokenEntry(line, err))
			}
			if err != nil { // find the entries that are broken
				more := true
				redSplit(chunk, 1, func(at int, one string) bool {
					nodes, err := redPairs(one)
					if err != nil {
						more = yield(brokenEntry(line+at, err))
						return more
					}
					more = redRows(nodes, line+at, yield)
					return more
				})
				return more
			}
			return redRows(nodes, line, yield)
		})
		return nil
	}
	return nil
}

func brokenEntry(line int, err error) Row {
	return Row{Line: line, Skip: "the YAML cannot be read: " + plainYAML(err), Hint: "put a question or answer with : or # in double quotes"}
}

// redChunks calls f with parts of the list of some entries each.
func redChunks(text string, f func(line int, chunk string, single bool) bool) {
	redSplit(text, redEntries, func(at int, chunk string) bool { return f(at+1, chunk, false) })
}

// redSplit cuts a list before lines that begin an entry; line is counted from 0.
func redSplit(text string, entries int, f func(line int, part string) bool) {
	start, startLine, line, n, pos := 0, 0, 0, 0, 0
	for s := range strings.Lines(text) {
		if !strings.ContainsRune(" \t\n-#:}]", rune(s[0])) {
			if n == entries {
				if !f(startLine, text[start:pos]) {
					return
				}
				start, startLine, n = pos, line, 0
			}
			n++
		}
		pos += len(s)
		line++
	}
	if strings.TrimSpace(text[start:]) != "" {
		f(startLine, text[start:])
	}
}

func redPairs(chunk string) ([]*yaml.Node, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(chunk), &doc); err != nil {
		return nil, err
	}
	if len(doc.Content) == 0 || doc.Content[0].Kind != yaml.MappingNode {
		return nil, errNoMapping
	}
	return doc.Content[0].Content, nil
}

var errNoMapping = refuse("there is no question with a colon behind it")

func plainYAML(err error) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(err.Error(), "yaml: "), "\n")
	if errors.Is(err, errNoMapping) {
		return "there is no colon behind the question"
	}
	return first
}

// aboutList holds the keys that are no questions.
var aboutList = map[string]bool{"AUTHOR": true, "CONFIG": true, "DESCRIPTION": true, "LICENSE": true, "VERSION": true, "TITLE": true}

func redRows(pairs []*yaml.Node, line int, yield func(Row) bool) bool {
	for i := 0; i+1 < len(pairs); i += 2 {
		key, value := pairs[i], pairs[i+1]
		if aboutList[key.Value] {
			continue
		}
		row := Row{Line: line + key.Line - 1, Question: key.Value}
		if value.Kind == yaml.AliasNode {
			value = value.Alias
		}
		switch value.Kind {
		case yaml.ScalarNode:
			if value.Tag != "!!null" {
				row.Answers = []string{value.Value}
			}
		case yaml.SequenceNode:
			for _, a := range value.Content {
				if a.Kind != yaml.ScalarNode {
					row.leave("the answers are no list of texts", "write - and the answer, one a line")
					break
				}
				row.Answers = append(row.Answers, a.Value)
			}
		default:
			row.leave("the answers are no list of texts", "write - and the answer, one a line")
		}
		if !yield(row) {
			return false
		}
	}
	return true
}
