package content_test

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"

	"summitquiz/content"
	"summitquiz/content/contenttest"
)

var update = flag.Bool("update", false, "rewrite golden files")

func TestPublishedSchemaIsTheParsers(t *testing.T) {
	golden(t, "pack.schema.json", content.Schema())
}

// golden compares got with a file, or rewrites the file with -update.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; run go test -update and read the change.\ngot:\n%s", name, got)
	}
}

// ownSymbol has a relation with other fields than that of the library by the same name.
const ownSymbol = "pack: a\nlanguages: [en]\ntitle: A\n" +
	"relations:\n  symbol: {fields: {sign: text, meaning: text}, state: '{sign} stands for {meaning}.', ask: {meaning: 'What does {sign} stand for?'}}\n" +
	"facts:\n  - {id: a, symbol: {sign: '♔', meaning: king}}\n  - {id: b, capital: {country: c, city: p}}\n" +
	"entities: {c: {kind: country, name: C}, p: {kind: city, name: P}}\n"

func TestSchemaAcceptsWhatTheParserLoads(t *testing.T) {
	schema := compiled(t)
	packs := map[string][]byte{
		"generated": contenttest.Generate(64, 1),
		"as JSON":   contenttest.GenerateJSON(64, 2),
		"cards":     []byte(fiveLines),
		"rich":      []byte(rich),
		"a relation of its own with the name of one of the library": []byte(ownSymbol),
	}
	for name, data := range packs {
		t.Run(name, func(t *testing.T) {
			if _, err := content.Parse(data, content.Options{}); err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(plain(t, data)); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestSchemaAndParserRefuseTheSameForms(t *testing.T) {
	schema := compiled(t)
	head := "pack: a\nlanguages: [en]\ntitle: A\n"
	cards := "cards:\n  - {ask: What?, answer: That}\n"
	for name, text := range map[string]string{
		"no title":                    "pack: a\nlanguages: [en]\n" + cards,
		"unknown key":                 head + "titel: B\n" + cards,
		"a language nobody speaks":    "pack: a\nlanguages: [xx]\ntitle: A\n" + cards,
		"languages as a word":         "pack: a\nlanguages: en\ntitle: A\n" + cards,
		"an id with capitals":         "pack: Big\nlanguages: [en]\ntitle: A\n" + cards,
		"facts as a mapping":          head + "facts: {a: b}\n",
		"a fact without an id":        head + "facts:\n  - {capital: {country: a, city: b}}\n",
		"a card without an answer":    head + "cards:\n  - {ask: What?}\n",
		"an empty question":           head + "cards:\n  - {ask: '', answer: That}\n",
		"an entity without a kind":    head + "entities: {a: {name: A}}\n" + cards,
		"a third gender":              head + "entities: {a: {kind: person, name: A, gender: n}}\n" + cards,
		"plural as a word":            head + "entities: {a: {kind: person, name: A, plural: many}}\n" + cards,
		"a name in a list":            head + "entities: {a: {kind: person, name: [A, B]}}\n" + cards,
		"a source that leads outside": head + "sources: {a: {title: A, language: en, text: ../a.txt}}\n" + cards,
		"a script for an address":     head + "sources: {a: {title: A, url: 'javascript:x'}}\n" + cards,
		"a relation without fields":   head + "relations: {a: {state: x}}\n" + cards,
		"a truth of its own":          head + "relations: {a: {fields: {b: text}, truth: closed, state: '{b}'}}\n" + cards,
		"a kind of question unknown":  head + "facts:\n  - {id: a, symbol: {what: b, symbol: c}, skip: multiple}\n",
		"a library field unknown":     head + "facts:\n  - {id: a, symbol: {what: b, sign: c}}\n",
		"another library field":       strings.Replace(ownSymbol, "city: p}", "town: p}", 1),
		"a date in words":             head + "cards:\n  - {ask: What?, answer: That, until: tomorrow}\n",
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := content.Parse([]byte(text), content.Options{}); content.Problems(err) == nil {
				t.Errorf("the parser takes it: %v", err)
			}
			if schema.Validate(plain(t, []byte(text))) == nil {
				t.Error("the schema takes it")
			}
		})
	}
}

func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(content.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("pack.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("pack.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// plain is what an editor hands to the schema: numbers and booleans as such, dates as texts.
func plain(t *testing.T, data []byte) any {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Load(data, &doc); err != nil {
		t.Fatal(err)
	}
	return plainNode(t, doc.Content[0])
}

func plainNode(t *testing.T, n *yaml.Node) any {
	switch n.Kind {
	case yaml.AliasNode:
		return plainNode(t, n.Alias)
	case yaml.SequenceNode:
		list := []any{}
		for _, c := range n.Content {
			list = append(list, plainNode(t, c))
		}
		return list
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i < len(n.Content); i += 2 {
			m[n.Content[i].Value] = plainNode(t, n.Content[i+1])
		}
		return m
	}
	if n.Tag == "!!timestamp" || n.Tag == "!!str" {
		return n.Value
	}
	var v any
	if err := n.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}
