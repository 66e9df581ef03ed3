package reader

import (
	"slices"
	"strings"
)

// jsonWalk finds the objects of questions in JSON, however deep they stand.
type jsonWalk struct {
	text     jsonText
	asMap    bool // the keys of objects without questions are questions
	object   func(path []string, at, keyAt int)
	pair     func(path []string, key string, at, keyAt int)
	stop     func() bool
	brokenAt int
}

// walk visits the value at pos and returns where it ends. After an error brokenAt is where the
// question begins that could not be read.
func (w *jsonWalk) walk(pos int, path []string) (int, error) {
	pos = w.text.space(pos)
	if pos >= len(w.text) {
		w.brokenAt = pos
		return pos, errBroken
	}
	if len(path) > maxDepth {
		w.brokenAt = pos
		return pos, errDeep
	}
	switch w.text[pos] {
	case '[':
		return w.array(pos, path)
	case '{':
		return w.dict(pos, path)
	}
	end, err := w.text.skip(pos)
	w.brokenAt = pos
	return end, err
}

func (w *jsonWalk) array(pos int, path []string) (int, error) {
	pos++
	for {
		pos = w.text.space(pos)
		if pos < len(w.text) && w.text[pos] == ']' || w.stop() {
			return pos + 1, nil
		}
		end, err := w.walk(pos, append(path, ""))
		if err != nil {
			return end, err
		}
		w.brokenAt = end
		if pos, err = w.text.comma(end, ']'); err != nil {
			return pos, err
		}
	}
}

func (w *jsonWalk) dict(pos int, path []string) (int, error) {
	is, keyAt, end, err := w.isQuestion(pos, path)
	if is {
		if err != nil {
			w.brokenAt = keyAt
			return end, err
		}
		w.object(path, pos, keyAt)
		return end, nil
	}
	w.brokenAt = pos
	return w.text.members(pos, func(key string, at, keyAt int) (int, error) {
		if w.stop() {
			return w.text.skip(at)
		}
		if at < len(w.text) && (w.text[at] == '{' || w.text[at] == '[' && !(w.asMap && w.texts(at))) {
			return w.walk(at, append(path, key))
		}
		end, err := w.text.skip(at)
		if err != nil {
			w.brokenAt = keyAt
			return end, err
		}
		if w.asMap && w.text[at] != 't' && w.text[at] != 'f' && w.text[at] != 'n' {
			w.pair(path, key, at, keyAt)
		}
		return end, nil
	})
}

// texts reports whether an array holds texts.
func (w *jsonWalk) texts(at int) bool {
	at = w.text.space(at + 1)
	return at < len(w.text) && (w.text[at] == '"' || w.text[at] == ']')
}

// answering are the roles of what answers a question, rightly or not.
var answering = []role{answer, correct, options, wrong}

// isQuestion reports whether an object is a question, and where its key stands. A key such as
// title asks only beside an answer. The question may be the key of an object with its answer.
func (w *jsonWalk) isQuestion(pos int, path []string) (is bool, keyAt, end int, err error) {
	asks, termAt, stemAt, answers, keyed := -1, -1, -1, false, false
	end, err = w.text.members(pos, func(key string, at, keyAt int) (int, error) {
		h := headerOf(key)
		end, err := w.text.skip(at)
		if at >= len(w.text) {
			return end, err
		}
		text := w.text[at] == '"'
		object := err == nil && w.text[at] == '{'
		switch {
		case h.role == question && asks < 0 && (text || object && w.isText(at)):
			asks = keyAt
		case h.role == question && object && w.isStem(at):
			stemAt = keyAt
		case h.role == term && termAt < 0 && (text || object && w.isText(at)):
			termAt = keyAt
		case slices.Contains(answering, h.role) && (err != nil || w.isAnswer(at)):
			answers = true
			keyed = keyed || h.role == answer || h.role == correct
		}
		return end, err
	})
	switch {
	case asks >= 0:
		return true, asks, end, err
	case stemAt >= 0 && keyed:
		return true, stemAt, end, err
	case termAt >= 0 && answers:
		return true, termAt, end, err
	case keyed && len(path) > 0 && asksAsKey(path[len(path)-1]):
		return true, pos, end, err
	}
	return false, pos, end, err
}

// asksAsKey reports whether a key reads like a question.
func asksAsKey(key string) bool {
	if headerOf(key).role != noRole {
		return false
	}
	return strings.ContainsAny(key, "?？؟") || len(strings.Fields(key)) > 3 || strings.Contains(key, "__")
}

// isAnswer reports whether a value can be an answer or options: no object or list of objects
// that are questions themselves.
func (w *jsonWalk) isAnswer(at int) bool {
	if w.text[at] != '{' && w.text[at] != '[' {
		return true
	}
	n, _, err := w.text.parse(at, 0)
	if err != nil {
		return false
	}
	for _, kid := range n.kids {
		for _, k := range kid.keys {
			if r := headerOf(k).role; r == question {
				return false
			}
		}
	}
	return true
}

// isText reports whether an object is a text with some properties, such as {"text": "…"} or
// {"en": "…", "ko": "…"}.
func (w *jsonWalk) isText(at int) bool {
	n, _, err := w.text.parse(at, 0)
	if err != nil || !n.hasText() {
		return false
	}
	for _, k := range n.keys {
		switch headerOf(k).role {
		case answer, correct, options, wrong:
			return false // a question of its own
		}
	}
	return true
}

// isStem reports whether an object has a text and options, and does not say which one is right:
// {"stem": "…", "choices": […]}.
func (w *jsonWalk) isStem(at int) bool {
	n, _, err := w.text.parse(at, 0)
	if err != nil || !n.hasText() {
		return false
	}
	has := false
	for i, k := range n.keys {
		switch headerOf(k).role {
		case answer, correct, wrong:
			return false
		case options:
			has = true
			for _, o := range optionsOf(n.kids[i], 0) {
				has = has && o.Mark == Unmarked
			}
		}
	}
	return has
}
