package content

import (
	"bytes"
	"encoding/json"

	"summitquiz/content/language"
)

// Schema returns the JSON Schema (draft 2020-12) of pack.yaml, for editors. It is made from
// the same table as the parser's own checks. What needs the whole pack, such as unknown ids
// and missing languages, is beyond a schema: `summitquiz pack lint` finds it.
func Schema() []byte {
	s := &schemaWriter{defs: map[string]any{}}
	root := s.mapping(packShape)
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["title"] = "A pack of facts for Summit Quiz"
	root["description"] = packShape.doc
	root["allOf"] = s.libraryFacts()
	root["$defs"] = s.defs
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(root); err != nil {
		return nil // maps of strings, numbers and lists always encode
	}
	return b.Bytes()
}

type schemaWriter struct{ defs map[string]any }

// of returns the schema of a shape, by reference where the shape has a name.
func (w *schemaWriter) of(s *shape) map[string]any {
	if s.name == "" {
		return w.plain(s)
	}
	if _, made := w.defs[s.name]; !made {
		w.defs[s.name] = true // a shape may hold itself
		w.defs[s.name] = w.plain(s)
	}
	return map[string]any{"$ref": "#/$defs/" + s.name}
}

func (w *schemaWriter) plain(s *shape) map[string]any {
	var forms []any
	if s.scalar != noScalar {
		forms = append(forms, w.scalar(s))
	}
	if s.list != nil {
		most := s.many
		if most == 0 {
			most = maxList
		}
		forms = append(forms, map[string]any{"type": "array", "items": w.of(s.list), "maxItems": most})
	}
	if s.mapping() {
		forms = append(forms, w.mapping(s))
	}
	out := map[string]any{"anyOf": forms}
	if len(forms) == 1 {
		out = forms[0].(map[string]any)
	}
	if s.doc != "" {
		out["description"] = s.doc
	}
	return out
}

// scalar is the schema of a single value. YAML reads an unquoted 2025 as a number and no as
// a word, so a text may be any of them.
func (w *schemaWriter) scalar(s *shape) map[string]any {
	out := map[string]any{}
	if s.max > 0 {
		out["maxLength"] = s.max
	}
	switch s.scalar {
	case anyScalar, textScalar:
		out["type"] = []string{"string", "number", "boolean"}
		out["pattern"] = `\S`
	case nullScalar:
		out["type"] = []string{"string", "number", "boolean", "null"}
		out["pattern"] = `\S`
	case idScalar:
		out["type"] = []string{"string", "integer"}
		out["pattern"] = idPattern
	case wordScalar:
		out["enum"] = s.words
	case boolScalar:
		out["type"] = "boolean"
	case dateScalar:
		out["type"] = []string{"string", "integer"}
		out["pattern"] = `^-?[0-9]{1,4}(-[0-9]{2}(-[0-9]{2})?)?$`
	case urlScalar:
		out["type"] = "string"
		out["pattern"] = `^https?://[^\s"<>]+$`
	case fileScalar:
		out["type"] = "string"
		out["pattern"] = `^[^./\\:][^/\\:]*$`
	}
	return out
}

func (w *schemaWriter) mapping(s *shape) map[string]any {
	out := map[string]any{"type": "object", "additionalProperties": false}
	properties := map[string]any{}
	required := []string{}
	for _, k := range s.keys {
		p := w.of(k.shape)
		if k.doc != "" {
			p["description"] = k.doc
		}
		properties[k.name] = p
		if k.required {
			required = append(required, k.name)
		}
	}
	switch {
	case s == factShape:
		for _, rel := range builtIn().order { // what its fields are is said in libraryFacts
			p := w.of(filledShape)
			p["description"] = rel.State.Source[language.English]
			properties[rel.ID] = p
		}
		out["additionalProperties"] = w.of(filledShape)
		out["propertyNames"] = map[string]any{"pattern": idPattern}
	case s.rest != nil && s.by == byLanguage:
		for _, tag := range languageTags() {
			properties[tag] = w.of(s.rest)
		}
	case s.rest != nil:
		out["additionalProperties"] = w.of(s.rest)
		out["propertyNames"] = map[string]any{"pattern": idPattern}
	}
	if len(properties) > 0 {
		out["properties"] = properties
	}
	if len(required) > 0 {
		out["required"] = required
	}
	return out
}

// libraryFacts are the schemas of facts for the relations of the library. Each holds unless the pack
// has a relation of that name itself, which is then the one that is meant.
func (w *schemaWriter) libraryFacts() []any {
	var rules []any
	for _, rel := range builtIn().order {
		own := map[string]any{"required": []string{"relations"}, "properties": map[string]any{"relations": map[string]any{"required": []string{rel.ID}}}}
		fact := map[string]any{"properties": map[string]any{rel.ID: w.filled(rel)}}
		rules = append(rules, map[string]any{"if": own, "else": map[string]any{
			"properties": map[string]any{"facts": map[string]any{"items": fact}}}})
	}
	return rules
}

// filled is the schema of a fact's values for a relation of the library.
func (w *schemaWriter) filled(rel *Relation) map[string]any {
	properties := map[string]any{}
	for _, name := range rel.names {
		properties[name] = w.of(fieldValueShape)
	}
	return map[string]any{"type": "object", "properties": properties, "required": rel.names, "additionalProperties": false,
		"description": rel.State.Source[language.English]}
}
