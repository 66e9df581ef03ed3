package discordtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"summitquiz/bot/bottest"
)

// specification is Discord's OpenAPI file, of which the bodies of requests are used. OpenAPI 3.1 is JSON
// Schema, so a JSON Schema validator can read it.
type specification struct {
	doc      map[string]any
	compiler *jsonschema.Compiler
	mu       sync.Mutex
	schemas  map[string]*jsonschema.Schema
	checked  int
}

// spec loads the specification once; nil if the file does not exist.
var spec = sync.OnceValue(func() *specification {
	data := bottest.Spec("discord-openapi.json")
	if data == nil {
		return nil
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return nil
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	if err := c.AddResource("discord.json", doc); err != nil {
		return nil
	}
	return &specification{doc: doc.(map[string]any), compiler: c, schemas: map[string]*jsonschema.Schema{}}
})

// HasSpec reports whether Discord's specification is available.
func HasSpec() bool { return spec() != nil }

// Validated returns how many requests were validated against Discord's specification.
func Validated() int {
	s := spec()
	if s == nil {
		return 0
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.checked
}

// validate checks the body of a request against Discord's specification.
func validate(method, path string, body []byte) string {
	s := spec()
	if s == nil || len(body) == 0 {
		return ""
	}
	schema, err := s.schema(strings.ToLower(method), path)
	if err != nil {
		return err.Error()
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		return err.Error()
	}
	if err := schema.Validate(value); err != nil {
		var v *jsonschema.ValidationError
		if errors.As(err, &v) {
			out, _ := json.Marshal(v.DetailedOutput()) // plain values
			return "not as specified: " + string(out[:min(len(out), 4000)])
		}
		return err.Error()
	}
	return ""
}

// schema compiles the schema of a request's body.
func (s *specification) schema(method, path string) (*jsonschema.Schema, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.checked++
	key := method + " " + path
	if c := s.schemas[key]; c != nil {
		return c, nil
	}
	pointer := "discord.json#/paths/" + strings.ReplaceAll(strings.ReplaceAll(path, "~", "~0"), "/",
		"~1") + "/" + method + "/requestBody/content/application~1json/schema"
	c, err := s.compiler.Compile(strings.NewReplacer("{", "%7B", "}", "%7D").Replace(pointer))
	if err != nil {
		return nil, err
	}
	s.schemas[key] = c
	return c, nil
}
