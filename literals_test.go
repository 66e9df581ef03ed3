package summitquiz_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// grammar are letters and endings that rules of the languages' grammar take off and put on. They are
// no words that a list could hold.
var grammar = map[string][]string{
	"content/language": strings.Fields("ا ال ان ين ت ة ه ل لل و اء ًا 으로 (으) 의的 백 반 半 واحد واحدة"),
	"quiz/grade":       strings.Fields("ا ال ب و وال ي ت 음 기 니다 다 요 总 的"),
	"quiz/daily":       strings.Fields("و"),
	"quiz/generate":    strings.Fields("ا ل أ إ آ ٱ ى ي ة ه"),
}

// teaching are texts that show authors the marks of the pack format, letter by letter.
var teaching = []string{
	"English has {a/an}, Korean particles such as {은/는}", "prefixes are ل ب ك و ف, and و or ف before one of the others",
	"known pairs are 은/는 이/가 을/를 과/와 으로/로 아/야 이라/라 이었/였",
}

// examples are files whose literals are letters to rate an encoding by, and the help of a command.
var examples = []string{"content/exchange/charset/frequency.go", "content/exchange/reader/sniff.go", "cmd/summitquiz/exchange.go"}

// TestWordsAreData holds that no word of Arabic, Korean or Chinese stands in the code: words are data,
// a folder a language, so that a language can be added without a change to the code.
func TestWordsAreData(t *testing.T) {
	root := os.DirFS(".")
	set := token.NewFileSet()
	used := map[string]bool{}
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		dir := path.Dir(name)
		if err != nil || path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") || strings.HasSuffix(dir, "test") || slices.Contains(examples, name) {
			return err
		}
		src, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(set, name, src, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING && lit.Kind != token.CHAR {
				return true
			}
			s, err := strconv.Unquote(lit.Value)
			if err != nil || !strings.ContainsFunc(s, ofAnotherScript) {
				return true
			}
			if w := strings.TrimSpace(s); slices.Contains(grammar[dir], w) {
				used[dir+" "+w] = true
			} else if !slices.Contains(teaching, s) {
				t.Errorf("%s: the word %q stands in the code: move it to the data of its language", set.Position(lit.Pos()), s)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for dir, words := range grammar {
		for _, w := range words {
			if !used[dir+" "+w] {
				t.Errorf("nothing in %s uses %q any more: take it off the list", dir, w)
			}
		}
	}
}

// ofAnotherScript reports whether a letter belongs to a script of the languages other than English.
// Digits and marks of punctuation do not.
func ofAnotherScript(r rune) bool {
	return unicode.IsLetter(r) && unicode.In(r, unicode.Arabic, unicode.Hangul, unicode.Han)
}
