package content

import (
	"errors"

	"go.yaml.in/yaml/v4"

	"summitquiz/content/language"
)

// sentence compiles a sentence in each language it is written in. It returns nil after
// reporting what is wrong with any of them.
func (r *textReader) sentence(n *yaml.Node, names []string) *Sentence {
	s := &Sentence{}
	ok := true
	compile := func(c language.Code, v *yaml.Node) {
		src := tidy(v.Value)
		m, err := language.Compile(c, src, names)
		if err != nil {
			r.badSentence(v, err)
			ok = false
			return
		}
		r.checkScript(v, c, src)
		s.Source[c], s.Messages[c] = src, m
	}
	switch {
	case n.Kind == yaml.ScalarNode && !isNull(n):
		if len(r.codes) > 1 {
			return nil // reported by conform
		}
		for _, c := range r.codes {
			compile(c, n)
		}
	case n.Kind == yaml.MappingNode:
		pairs(n, func(k, v *yaml.Node) {
			if c, known := language.Parse(k.Value); known && v.Kind == yaml.ScalarNode && !isNull(v) {
				compile(c, v)
			}
		})
	default:
		return nil
	}
	if !ok {
		return nil
	}
	return s
}

func (r *textReader) badSentence(n *yaml.Node, err error) {
	var se *language.SyntaxError
	if !errors.As(err, &se) {
		r.wrong(n, say("%s", err.Error()), noHint)
		return
	}
	lead := len(n.Value) - len(trimLeft(n.Value))
	r.wrongIn(n, min(se.Offset+lead, len(n.Value)), compilerPhrase(se.Reason), compilerPhrase(se.Hint))
}

func trimLeft(s string) string {
	for s != "" && (s[0] == ' ' || s[0] == '\n' || s[0] == '\t') {
		s = s[1:]
	}
	return s
}

// stem is a sentence that asks for a field, and so must not show it.
func (r *textReader) stem(n *yaml.Node, names []string, asked int) *Sentence {
	s := r.sentence(n, names)
	if s == nil {
		return nil
	}
	for _, c := range language.All() {
		if m := s.Messages[c]; m != nil && m.Uses(asked) {
			where := n
			if v := at(n, c.String()); v != nil {
				where = v
			}
			r.wrong(where, say("the question for {%s} shows {%s}", names[asked], names[asked]), say("a question must not hold its answer"))
			return nil
		}
	}
	return s
}
