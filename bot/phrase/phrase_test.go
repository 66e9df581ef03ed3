package phrase

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/generate"
	"summitquiz/quiz/grade"
)

// families are phrases that other rooms name by a code of theirs; those rooms hold by test
// that each is there and that none is left over.
var families = []string{"audit-", "cmd-", "opt-", "choice-", "web-", "slash-", "month-"}

// declared returns the phrases that this room names by constants, and the constants' names.
func declared(t *testing.T) map[ID]string {
	t.Helper()
	out := map[ID]string{}
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.CONST {
				for _, s := range g.Specs {
					v := s.(*ast.ValueSpec)
					if kind, ok := v.Type.(*ast.Ident); !ok || kind.Name != "ID" {
						continue
					}
					id, err := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
					if err != nil {
						t.Fatal(err)
					}
					out[ID(id)] = v.Names[0].Name
				}
			}
		}
	}
	return out
}

// wanted lists every phrase that the program can say by a constant or a code.
func wanted(t *testing.T) []ID {
	ids := slices.Collect(maps.Keys(declared(t)))
	for m := grade.Wrong; m <= grade.Right; m++ {
		ids = append(ids, Mark(m))
	}
	for r := range grade.ReasonCount {
		ids = append(ids, Grade(grade.Reason(r)))
	}
	for r := range generate.ReasonCount {
		ids = append(ids, Missing(generate.Reason(r)))
	}
	for k := range quiz.KindCount {
		ids = append(ids, Kind(quiz.Kind(k)))
	}
	slices.Sort(ids)
	return ids
}

func TestEveryPhraseStandsInEveryLanguage(t *testing.T) {
	all, err := compile()
	if err != nil {
		t.Error(err)
	}
	want := wanted(t)
	for _, c := range language.Own() {
		for _, id := range want {
			if all[c][id].message == nil {
				t.Errorf("%s lacks %s", c, id)
			}
		}
		for id := range all[c] {
			family := slices.ContainsFunc(families, func(f string) bool { return strings.HasPrefix(string(id), f) })
			if !family && !slices.Contains(want, id) {
				t.Errorf("%s has %s, which nothing says", c, id)
			}
			if all[language.English][id].message == nil {
				t.Errorf("%s has %s, which English has not", c, id)
			}
		}
		for id := range all[language.English] {
			if all[c][id].message == nil {
				t.Errorf("%s lacks %s", c, id)
			}
		}
	}
}

func TestEveryPhraseIsSaid(t *testing.T) {
	said := map[string]bool{}
	use := regexp.MustCompile(`\bphrase\.([A-Z][A-Za-z]*)`)
	err := filepath.WalkDir("../..", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		src, err := os.ReadFile(name)
		for _, m := range use.FindAllStringSubmatch(string(src), -1) {
			said[m[1]] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for id, name := range declared(t) {
		if !said[name] {
			t.Errorf("nothing says %s (%s)", name, id)
		}
	}
}

func TestEveryLanguageUsesEveryPlaceholder(t *testing.T) {
	for _, c := range language.Own() {
		for id, e := range catalogue()[c] {
			for i, name := range e.names {
				if !e.message.Uses(i) {
					t.Errorf("%s of %s does not show {%s}", id, c, name)
				}
			}
		}
	}
}

func TestNothingAboutAGradeCanShowTheKey(t *testing.T) {
	for _, c := range language.Own() {
		for r := range grade.ReasonCount {
			if id := Grade(grade.Reason(r)); len(catalogue()[c][id].names) > 0 {
				t.Errorf("%s of %s has placeholders", id, c)
			}
		}
	}
}

// anyArgs fills every placeholder of a phrase with a number, a Latin name or what another phrase
// says, by turns of n.
func anyArgs(c language.Code, e entry, n int) []Arg {
	var out []Arg
	for _, name := range e.names {
		if e.message.Counts(slices.Index(e.names, name)) || n%2 == 1 {
			out = append(out, Count(name, n))
		} else if n%4 == 2 {
			out = append(out, Text(name, Say(c, BoardTitle, Text("scope", "Friends"), Text("period", "2"))))
		} else {
			out = append(out, Text(name, "Kim Min-ji"))
		}
	}
	return out
}

func TestPhrasesReadInTheRightDirectionAndCleanly(t *testing.T) {
	doubled := regexp.MustCompile(`  |[.。?？!！]{2}|\s[.,:;!?]`)
	for _, c := range language.Own() {
		for id, e := range catalogue()[c] {
			for n := range 13 {
				s := Say(c, id, anyArgs(c, e, n)...)
				if err := language.CheckDirection(c, s); err != nil {
					t.Errorf("%s in %s: %q: %v", id, c, s, err)
				}
				if plain := language.StripIsolates(s); doubled.MatchString(plain) || plain == string(id) || strings.Contains(plain, "{") {
					t.Errorf("%s in %s = %q", id, c, plain)
				}
			}
		}
	}
}

func TestGradesDifferFromEachOther(t *testing.T) {
	for _, c := range language.Own() {
		seen := map[string]ID{}
		for r := range grade.ReasonCount {
			id := Grade(grade.Reason(r))
			s := Say(c, id)
			if other, twice := seen[s]; twice {
				t.Errorf("%s and %s are both %q in %s", other, id, s, c)
			}
			seen[s] = id
		}
	}
}

func TestKoreanPhrasesArePolite(t *testing.T) {
	for id, e := range catalogue()[language.Korean] {
		s := Say(language.Korean, id, anyArgs(language.Korean, e, 3)...)
		if !strings.HasSuffix(s, ".") && !strings.HasSuffix(s, "?") {
			continue // a label, not a sentence
		}
		if !regexp.MustCompile(`(니다|시오|니까)[.?]$`).MatchString(s) {
			t.Errorf("%s = %q does not end politely", id, s)
		}
	}
}

func TestASlipIsSeenAndBreaksNothing(t *testing.T) {
	if got := Say(language.English, "no-such-phrase"); got != "no-such-phrase" {
		t.Errorf("an unknown phrase reads %q", got)
	}
	if got := Say(language.English, WhyNot); got != string(WhyNot) {
		t.Errorf("a phrase without its argument reads %q", got)
	}
}

func ExampleSay() {
	fmt.Println(Say(language.English, Grade(grade.OtherScale)))
	fmt.Println(Say(language.Korean, Grade(grade.Spelling)))
	// Output:
	// Right digits, wrong scale: check the scale word.
	// 거의 맞았습니다. 철자를 확인해 주십시오.
}

// TestCommandsAreIsolatedInArabic holds that the slash of a command stands where it is typed: a
// slash before a Latin word moves to its other end in a line from right to left.
func TestCommandsAreIsolatedInArabic(t *testing.T) {
	texts, err := read(language.Arabic)
	if err != nil {
		t.Fatal(err)
	}
	bare := regexp.MustCompile(`(^|[^\x{2068}a-z])/[a-z]`)
	for id, text := range texts {
		if bare.MatchString(text) {
			t.Errorf("phrase %s names a command that is not isolated: %s", id, text)
		}
	}
}

// TestNamesStayLetterByLetter holds that what people call themselves or have to type is shown
// as it is: without a capital at the beginning, in its own digits.
func TestNamesStayLetterByLetter(t *testing.T) {
	if got, want := language.StripIsolates(Say(language.English, StartBy, Name("name", "ada"), Count("questions", 1))), "ada starts a quiz of 1 question."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	arabic := Localizer{Lang: language.Arabic, Style: language.Style{Digits: language.ArabicIndic}}
	if got := arabic.Say(NoPack, Name("pack", "summit-2025")); !strings.Contains(got, "summit-2025") {
		t.Errorf("%q does not name summit-2025 as it is typed", got)
	}
}
