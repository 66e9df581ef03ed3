package content

import (
	"bytes"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"summitquiz/content/language"
)

// formats are the formats of every say in the package, with the places where they stand.
func formats(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	set := token.NewFileSet()
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(set, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			if f, ok := call.Fun.(*ast.Ident); !ok || f.Name != "say" {
				return true
			}
			lit, ok := call.Args[0].(*ast.BasicLit)
			if !ok {
				t.Errorf("%s: say has no literal format", set.Position(call.Pos()))
				return true
			}
			format, err := strconv.Unquote(lit.Value)
			if err != nil {
				t.Fatal(err)
			}
			for _, verb := range verbs(format) {
				if !strings.ContainsAny(verb[len(verb)-1:], "sdqU") {
					t.Errorf("%s: %q has the verb %%%s", set.Position(call.Pos()), format, verb[1:])
				}
			}
			if want := len(verbs(format)); want != len(call.Args)-1 {
				t.Errorf("%s: %q takes %d arguments, and %d are given", set.Position(call.Pos()), format, want, len(call.Args)-1)
			}
			out[format] = set.Position(call.Pos()).String()
			return true
		})
	}
	return out
}

// untranslated are formats without words of their own.
var untranslated = []string{"%s", "%q (%U)"}

// TestEveryProblemIsTranslated holds that each text for authors stands in problems.yaml in every
// language, that its translations take the same arguments, and that no other text is there.
func TestEveryProblemIsTranslated(t *testing.T) {
	var rows []map[string]string
	if err := yaml.NewDecoder(bytes.NewReader(problemsYAML)).Decode(&rows); err != nil {
		t.Fatal(err)
	}
	said := formats(t)
	seen := map[string]bool{}
	for _, row := range rows {
		en := row["en"]
		if seen[en] {
			t.Errorf("%q stands twice in problems.yaml", en)
		}
		seen[en] = true
		if said[en] == "" {
			t.Errorf("%q stands in problems.yaml, but nothing says it", en)
		}
		for _, c := range language.All() {
			if row[c.String()] == "" {
				t.Errorf("%q has no text in %s", en, c)
			}
			for _, verb := range verbs(row[c.String()]) {
				if !slices.Contains(verbs(en), verb) {
					t.Errorf("%q in %s shows the argument %v, which the English text does not have", en, c, verb)
				}
			}
		}
	}
	for format, where := range said {
		if !seen[format] && !slices.Contains(untranslated, format) {
			t.Errorf("%s: %q is not in problems.yaml", where, format)
		}
	}
}

// verbs are the arguments of a format, each by its number and letter: 1q.
func verbs(format string) []string {
	var out []string
	next := 1
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			continue
		}
		if i++; i < len(format) && format[i] == '%' {
			continue
		}
		if i < len(format) && format[i] == '[' {
			end := i + strings.IndexByte(format[i:], ']')
			next, _ = strconv.Atoi(format[i+1 : end])
			i = end + 1
		}
		for i < len(format) && strings.IndexByte("0123456789.-", format[i]) >= 0 {
			i++
		}
		if i < len(format) {
			out = append(out, strconv.Itoa(next)+format[i:i+1])
			next++
		}
	}
	return out
}

// TestProblemsAreSaidInTheLanguageOfTheReader holds one problem of each form in four languages:
// with phrases inside, with arguments in another order, with a list of forms.
func TestProblemsAreSaidInTheLanguageOfTheReader(t *testing.T) {
	const pack = "pack: p\nlanguages: [en]\ntitel: T\nversion: []\ncards:\n  - {ask: Who?, answer: 2025-02-30}\n"
	_, err := Parse([]byte(pack), Options{Name: "p.yaml"})
	for c, want := range map[language.Code][]string{
		language.English: {`p.yaml:3:1: the pack has no key "titel" (did you mean title?)`, `p.yaml:4:10: version is a list (write a text)`},
		language.Arabic:  {`p.yaml:3:1: لا مفتاح باسم "titel" في الحزمة (هل تقصد title؟)`, `p.yaml:4:10: version قائمة (اكتب نص)`},
		language.Korean:  {`p.yaml:3:1: 팩에 "titel" 키는 없습니다 (혹시 title입니까?)`, `p.yaml:4:10: version이(가) 목록입니다 (글(으)로 쓰십시오)`, `p.yaml:6:25: 경고: "2025-02-30"은(는) 날짜가 아닙니다: 2025년 02월에는 30일이 없습니다 (고치거나, 글이라면 따옴표로 묶으십시오)`},
		language.Chinese: {`p.yaml:3:1: 题包没有键"titel" (是否想写title？)`, `p.yaml:4:10: version是列表 (请写成文本)`},
	} {
		var got []string
		for _, p := range Problems(err) {
			got = append(got, p.Text(c))
		}
		for _, w := range want {
			if !slices.Contains(got, w) {
				t.Errorf("%s lacks %s, has\n%s", c, w, strings.Join(got, "\n"))
			}
		}
	}
	if got := Problems(err)[0].Code(); got != "has-no" {
		t.Errorf("the first problem has the code %q", got)
	}
}

// TestSentencesAreCorrectedInTheLanguageOfTheReader holds that what the compiler of sentences and
// the parser of YAML say reaches an author without a word of English.
func TestSentencesAreCorrectedInTheLanguageOfTheReader(t *testing.T) {
	for pack, want := range map[string]map[language.Code]string{
		"pack: p\nlanguages: [en]\ntitle: T\nrelations:\n  r: {fields: {a: text, b: text}, state: '{a} {c}'}\nfacts:\n  - r: {a: x, b: y}\n": {
			language.English: `unknown placeholder "c" (placeholders are a, b)`, language.Arabic: `موضع القيمة "c" غير معروف (مواضع القيم هي: a, b)`,
			language.Korean: `값 자리 "c"은(는) 없습니다 (값 자리: a, b)`, language.Chinese: `没有占位符"c" (占位符有：a, b)`},
		"pack: p\nlanguages: [en]\ntitle: a: b\n": {
			language.English: "mapping values are not allowed", language.Arabic: "هذا ليس YAML صحيحًا: لا يُفهم", language.Korean: "이 자리부터 읽을 수 없습니다", language.Chinese: "从这里起无法读懂"},
	} {
		_, err := Parse([]byte(pack), Options{})
		list := Problems(err)
		if len(list) == 0 {
			t.Fatalf("no problem: %v", err)
		}
		for c, w := range want {
			said := list[0].Text(c)
			if !strings.Contains(said, w) {
				t.Errorf("%s: %s, want %s", c, said, w)
			}
			if c != language.English && (strings.Contains(said, "placeholder") || strings.Contains(said, "mapping")) {
				t.Errorf("%s has English in it: %s", c, said)
			}
		}
	}
}

// TestWhatTheCompilerSaysIsKnown holds that each message of the compiler, as broken sentences bring
// it about, is a phrase with translations.
func TestWhatTheCompilerSaysIsKnown(t *testing.T) {
	for _, src := range []string{"{a", "{a, select", "{a, select, m}", "{a, select, m {x}", "{a, select, m {x}}", "{a, select, zz {x} other {y}}", "{a, plural, =x {x} other {y}}",
		"{a, plural, one {x} one {x} other {y}}", "{a, plural, few {x} other {y}}", "", "'{", "}", "\x01", "{}", "{a {b}}", "{a, oblique}", "{a, wrong}", "{a, date, hour}", "{a, date, year x}",
		"{은/는}", "{x/y}", "{nope}", "\xff", strings.Repeat("x", 9000), "{a, select}", "ل{a}"} {
		_, err := language.Compile(language.English, src, []string{"a", "b"})
		var se *language.SyntaxError
		if !errors.As(err, &se) {
			continue
		}
		for _, text := range []string{se.Reason, se.Hint} {
			if p := compilerPhrase(text); text != "" && (p.format == "%s" || p.String() != text) {
				t.Errorf("%q says %q, which has no translation", src, text)
			}
		}
	}
}
