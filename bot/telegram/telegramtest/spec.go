package telegramtest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"summitquiz/bot/bottest"
)

// specification is the description of the Bot API, of which methods and the types of their
// parameters are used.
type specification struct {
	Methods map[string]described `json:"methods"`
	Types   map[string]described `json:"types"`
}

type described struct {
	Fields   []field  `json:"fields"`
	Subtypes []string `json:"subtypes"`
}

type field struct {
	Name     string   `json:"name"`
	Types    []string `json:"types"`
	Required bool     `json:"required"`
	About    string   `json:"description"`
}

var validated atomic.Int64

// spec loads the specification once; nil if it is not there.
var spec = sync.OnceValue(func() *specification {
	data := bottest.Spec("telegram-bot-api.json")
	if data == nil {
		return nil
	}
	var s specification
	if json.Unmarshal(data, &s) != nil {
		return nil
	}
	return &s
})

// HasSpec reports whether Telegram's specification is at hand. If it is, every request is
// validated, and what it has against one is kept in Complaints.
func HasSpec() bool { return spec() != nil }

// Validated is how many requests were validated against Telegram's specification.
func Validated() int { return int(validated.Load()) }

// Conforms returns what Telegram's specification has against JSON of one of its types, such as
// "Update"; nothing without the specification.
func Conforms(kind string, data []byte) []string {
	s := spec()
	if s == nil {
		return nil
	}
	return s.parameter(kind, string(data), []string{kind}, nil)
}

// conform returns what Telegram's specification has against a request with some parameters
// and uploaded files.
func conform(method string, params map[string]string, files map[string]upload) []string {
	s := spec()
	if s == nil {
		return nil
	}
	m, known := s.Methods[method]
	if !known {
		return []string{"there is no such method"}
	}
	validated.Add(1)
	var out []string
	for name := range params {
		i := slices.IndexFunc(m.Fields, func(f field) bool { return f.Name == name })
		if i < 0 {
			out = append(out, "there is no parameter "+name)
			continue
		}
		out = append(out, s.parameter(name, params[name], m.Fields[i].Types, files)...)
	}
	for name := range files {
		uploads := func(f field) bool { return f.Name == name && slices.Contains(f.Types, "InputFile") }
		if !slices.ContainsFunc(m.Fields, uploads) {
			out = append(out, "no file is uploaded as "+name)
		}
	}
	for _, f := range m.Fields {
		_, given := params[f.Name]
		_, uploaded := files[f.Name]
		if f.Required && !given && !uploaded {
			out = append(out, f.Name+" is missing")
		}
	}
	slices.Sort(out)
	return out
}

// parameter returns what is wrong with a parameter, which is text or JSON in text.
func (s *specification) parameter(name, text string, types []string, files map[string]upload) []string {
	_, uploaded := files[name]
	if slices.Contains(types, "String") || slices.Contains(types, "InputFile") && uploaded {
		return nil
	}
	var value any
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	if decoder.Decode(&value) != nil {
		return []string{fmt.Sprintf("%s is not %s: %q", name, strings.Join(types, " or "), text)}
	}
	return s.value(name, value, types)
}

// value returns what is wrong with a value that must be of one of some types.
func (s *specification) value(path string, value any, types []string) []string {
	var first []string
	for i, kind := range types {
		wrong := s.of(path, value, kind)
		if len(wrong) == 0 {
			return nil
		}
		if i == 0 || len(wrong) < len(first) {
			first = wrong
		}
	}
	return first
}

// of returns what is wrong with a value that must be of a type.
func (s *specification) of(path string, value any, kind string) []string {
	wrong := []string{fmt.Sprintf("%s is %v, want %s", path, value, kind)}
	if element, isArray := strings.CutPrefix(kind, "Array of "); isArray {
		list, isList := value.([]any)
		if !isList {
			return wrong
		}
		var out []string
		for i, e := range list {
			out = append(out, s.of(path+"."+strconv.Itoa(i), e, element)...)
		}
		return out
	}
	fits := true
	switch kind {
	case "Integer":
		n, isNumber := value.(json.Number)
		_, err := n.Int64()
		fits = isNumber && err == nil
	case "Float":
		_, fits = value.(json.Number)
	case "Boolean", "True":
		_, fits = value.(bool)
	case "String", "InputFile":
		_, fits = value.(string)
	default:
		return s.fields(path, value, kind, wrong)
	}
	if !fits {
		return wrong
	}
	return nil
}

// fields returns what is wrong with an object of a type, or of one of those it stands for.
func (s *specification) fields(path string, value any, kind string, wrong []string) []string {
	t, known := s.Types[kind]
	if !known {
		return []string{"the specification knows no type " + kind}
	}
	object, isObject := value.(map[string]any)
	if !isObject {
		return wrong
	}
	if len(t.Subtypes) > 0 {
		for _, sub := range t.Subtypes {
			if is := s.Types[sub].literal("type"); is != "" && is == object["type"] {
				return s.of(path, value, sub)
			}
		}
		return s.value(path, value, t.Subtypes)
	}
	var out []string
	for name, v := range object {
		i := slices.IndexFunc(t.Fields, func(f field) bool { return f.Name == name })
		if i < 0 {
			out = append(out, fmt.Sprintf("%s.%s is no field of %s", path, name, kind))
			continue
		}
		f := t.Fields[i]
		if literal := t.literal(name); literal != "" && v != literal {
			out = append(out, fmt.Sprintf("%s.%s is %v, want %q", path, name, v, literal))
		}
		out = append(out, s.value(path+"."+name, v, f.Types)...)
	}
	for _, f := range t.Fields {
		if _, given := object[f.Name]; f.Required && !given {
			out = append(out, fmt.Sprintf("%s.%s is missing", path, f.Name))
		}
	}
	slices.Sort(out)
	return out
}

// literal is the only value that the description of a field allows, such as "Scope type, must
// be default"; "" if it names none.
func (d described) literal(name string) string {
	i := slices.IndexFunc(d.Fields, func(f field) bool { return f.Name == name })
	if i < 0 {
		return ""
	}
	_, literal, _ := strings.Cut(d.Fields[i].About, ", must be ")
	if strings.ContainsAny(literal, " .") {
		return ""
	}
	return literal
}
