package exchange

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"
)

// red reads a trivia list of Red-DiscordBot: question: [answer, other answers …]. Keys in
// capitals, such as AUTHOR and CONFIG, are about the list.
func (r *reading) red(data []byte) error {
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return fmt.Errorf("%w: the YAML cannot be read: %s", ErrFormat, strings.TrimPrefix(firstLine(err), "yaml: "))
	}
	if len(doc.Content) == 0 || doc.Content[0].Kind != yaml.MappingNode {
		return fmt.Errorf("%w: it has to be YAML with questions as keys and lists of answers", ErrFormat)
	}
	pairs := doc.Content[0].Content
	for i := 0; i+1 < len(pairs); i += 2 {
		key, value := pairs[i], pairs[i+1]
		if about[key.Value] {
			continue
		}
		var answers []string
		switch value.Kind {
		case yaml.ScalarNode:
			answers = []string{value.Value}
		case yaml.SequenceNode:
			for _, a := range value.Content {
				if a.Kind == yaml.ScalarNode {
					answers = append(answers, a.Value)
				}
			}
		}
		if len(answers) == 0 || value.Kind == yaml.SequenceNode && len(answers) < len(value.Content) {
			r.bad(key.Line, "the answers are no list of texts", "write - and the answer, one a line")
			continue
		}
		r.add(Row{Line: key.Line, Question: key.Value, Answer: answers[0], Accept: answers[1:]})
	}
	return nil
}

// about holds the keys that are no questions.
var about = map[string]bool{"AUTHOR": true, "CONFIG": true, "DESCRIPTION": true}

func firstLine(err error) string {
	first, _, _ := strings.Cut(err.Error(), "\n")
	return first
}
