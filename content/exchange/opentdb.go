package exchange

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"strings"
)

// trivia is one question of the Open Trivia Database.
type trivia struct {
	Type      string   `json:"type"`
	Question  string   `json:"question"`
	Correct   string   `json:"correct_answer"`
	Incorrect []string `json:"incorrect_answers"`
}

// opentdb reads an answer of the Open Trivia Database, {"results": […]}, or the bare list, in
// any of its encodings: HTML entities, URL escapes, base64.
func (r *reading) opentdb(data []byte) error {
	in := json.NewDecoder(bytes.NewReader(data))
	if err := toList(in); err != nil {
		return err
	}
	for in.More() {
		start := int(in.InputOffset())
		var raw json.RawMessage
		if err := in.Decode(&raw); err != nil {
			return fmt.Errorf("%w: line %d: the JSON breaks off or is broken", ErrFormat, lineAt(data, int(in.InputOffset())))
		}
		line := lineAt(data, start+bytes.IndexByte(data[start:], raw[0]))
		var q trivia
		if err := json.Unmarshal(raw, &q); err != nil {
			r.bad(line, "this is no question of the Open Trivia Database", "it needs question, correct_answer and incorrect_answers")
			continue
		}
		decode := decoder(q)
		row := Row{Line: line, Question: decode(q.Question), Answer: decode(q.Correct)}
		for _, wrong := range q.Incorrect {
			row.Wrong = append(row.Wrong, decode(wrong))
		}
		if decode(q.Type) == "boolean" {
			row.Question = "True or false? " + row.Question
		}
		r.add(row)
	}
	return nil
}

// toList moves to the first element of the list of questions.
func toList(in *json.Decoder) error {
	wrong := fmt.Errorf(`%w: it has to be JSON like {"results": [{"question": …, "correct_answer": …, "incorrect_answers": […]}]}`, ErrFormat)
	t, err := in.Token()
	if err != nil {
		return wrong
	}
	if t == json.Delim('[') {
		return nil
	}
	if t != json.Delim('{') {
		return wrong
	}
	for in.More() {
		key, err := in.Token()
		if err != nil {
			return wrong
		}
		if key == "results" {
			if t, err := in.Token(); err != nil || t != json.Delim('[') {
				return wrong
			}
			return nil
		}
		var skip json.RawMessage
		if in.Decode(&skip) != nil {
			return wrong
		}
	}
	return wrong
}

// lineAt is the 1-based line of a byte.
func lineAt(data []byte, offset int) int {
	return 1 + bytes.Count(data[:min(max(offset, 0), len(data))], []byte("\n"))
}

// decoder returns what undoes the encoding of a question; all its texts have the same one.
func decoder(q trivia) func(string) string {
	if kind, err := base64.StdEncoding.DecodeString(q.Type); err == nil && (string(kind) == "multiple" || string(kind) == "boolean") {
		return func(s string) string {
			plain, err := base64.StdEncoding.DecodeString(s)
			if err != nil {
				return s
			}
			return string(plain)
		}
	}
	if !strings.Contains(q.Question, " ") && strings.Contains(q.Question, "%") {
		unescape := url.PathUnescape
		if strings.Contains(q.Question, "+") {
			unescape = url.QueryUnescape
		}
		return func(s string) string {
			plain, err := unescape(s)
			if err != nil {
				return s
			}
			return html.UnescapeString(plain)
		}
	}
	return html.UnescapeString
}
