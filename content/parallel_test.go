package content

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"go.yaml.in/yaml/v4"
)

// cutTexts are texts with a list, some of which must not be cut where a line looks like an item.
var cutTexts = map[string]struct {
	text  string
	parts bool
}{
	"items of one line":          {"pack: a\ncards:\n  - {ask: b, answer: c}\n  - {ask: d, answer: e}\n", true},
	"items of several":           {"pack: a\ncards:\n- ask: b\n  answer: c\n\n# a comment\n- ask: d\n  answer: >\n    e\n\n    - f\ntitle: g\n", true},
	"the longer section":         {"facts:\n  - {a: b}\ncards:\n  - {ask: b, answer: c}\n  - {ask: d, answer: e}\ntitle: x\n", true},
	"CRLF":                       {"pack: a\r\ncards:\r\n  - {ask: b}\r\n  - {ask: c}\r\n", true},
	"an anchor in one part":      {"cards:\n  - {ask: &x b, answer: *x}\n  - {ask: &x c, answer: *x}\n", true},
	"a quote over a cut":         {"cards:\n  - {ask: \"b\n  - {ask: c\", answer: d}\n  - {ask: e}\n", false},
	"a quote over the key":       {"title: \"b\ncards:\n  - {ask: c}\n  - {ask: d}\n\"\n", false},
	"an alias over a cut":        {"cards:\n  - {ask: &x b}\n  - {ask: *x}\n", false},
	"an alias behind":            {"title: &x a\ncards:\n  - {ask: &x b}\n  - {ask: c}\nabout: *x\n", false},
	"a mistake":                  {"cards:\n  - {ask: b}\n  - {ask: c\n", false},
	"two documents":              {"cards:\n  - {ask: b}\n---\n  - {ask: c}\n", false},
	"another indentation":        {"cards:\n  - {ask: b}\n - {ask: c}\n", false},
	"a dash on its own":          {"cards:\n- \n 00\n-", true},
	"text before dashes":         {"cards:\n 0\n    - \n    -", false},
	"a mark among dashes":        {"cards:\n-\n---\n  -", false},
	"an old Mac's line end":      {"cards:\n  -\r  \n  -", false},
	"Windows' line ends":         {"cards:\r\n  - {ask: b}\r\n  - {ask: c}\r\n", true},
	"a comment of half a letter": {"cards:\n#\xf2\n  - \n  -", false},
	"a tag of the list":          {"cards:\n !0\n    - \n    -", false},
	"a deeper list":              {"cards:\n  -\n    - a\n    - b\n", false},
}

// TestPartsAreTheWhole holds that a list which is parsed in parts gives the nodes, with their places,
// that it gives as a whole.
func TestPartsAreTheWhole(t *testing.T) {
	for name, c := range cutTexts {
		if got := sameInParts(t, []byte(c.text)); got != c.parts {
			t.Errorf("%s: parsed in parts: %t, want %t", name, got, c.parts)
		}
	}
	files, err := filepath.Glob("packs/*/pack.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no built-in packs: %v", err)
	}
	for _, file := range append(files, "testdata/thirty.yaml") {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sameInParts(t, data)
	}
}

func FuzzParts(f *testing.F) {
	for _, c := range cutTexts {
		f.Add([]byte(c.text))
	}
	f.Fuzz(func(t *testing.T, data []byte) { sameInParts(t, data) })
}

// sameInParts parses a text in the smallest parts and compares. It returns whether that could be.
func sameInParts(t *testing.T, data []byte) bool {
	t.Helper()
	var parts, whole yaml.Node
	if !loadParts(data, &parts, 2, 1) {
		return false
	}
	if err := load(data, &whole, maxDepth); err != nil {
		t.Errorf("parsed in parts, and not as a whole: %v\n%s", err, data)
	} else if clearComments(&parts); !reflect.DeepEqual(clearComments(&whole), &parts) {
		t.Errorf("the parts are not the whole of\n%s", data)
	}
	return true
}

// clearComments takes out what is not read: which node a comment belongs to depends on what stands before it.
func clearComments(n *yaml.Node) *yaml.Node {
	n.HeadComment, n.LineComment, n.FootComment = "", "", ""
	for _, c := range n.Content {
		clearComments(c)
	}
	return n
}
