package summitquiz_test

import (
	"errors"
	"fmt"
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
	"testing/fstest"
)

const module = "summitquiz"

// rooms is the floor plan: each room and the rooms that it may import. Rooms that are still
// to come stand here too, so that their arrows are agreed before they are built.
var rooms = map[string][]string{
	"cmd/summitquiz": {"*"},
	"config":         {},

	// Adapters, the service and stores: no arrows between them.
	"bot/discord":         {"bot", "bot/adapter", "bot/discord/gateway", "bot/phrase", "content/language"},
	"bot/discord/gateway": {"bot/adapter"},
	"bot/telegram":        {"bot", "bot/adapter", "bot/phrase", "content/language"},
	"bot/web":             {"bot", "bot/adapter", "bot/phrase", "content", "content/language", "content/exchange"},
	"bot/adapter":         {"bot", "bot/phrase", "content/language"},
	"bot/service":         {"bot", "bot/outbox", "bot/phrase", "content/language"},
	"bot/store":           {"bot", "quiz/daily", "quiz", "quiz/flashcard", "content", "content/language"}, // of its suite, storetest
	"bot/store/sqlite":    {"bot", "quiz/*", "content", "content/language"},
	"bot/store/postgres":  {"bot", "quiz/*", "content", "content/language"},
	"bot/store/transfer":  {},

	// Features: no arrows between them, but daily and study may start a game.
	"bot/play":  {"bot", "bot/catalog", "bot/chart", "bot/phrase", "quiz/*", "content", "content/language"},
	"bot/daily": {"bot", "bot/catalog", "bot/phrase", "bot/play", "quiz/*", "content", "content/language"},
	"bot/study": {"bot", "bot/anki", "bot/catalog", "bot/chart", "bot/phrase", "bot/play", "quiz/*", "content", "content/language", "content/exchange",
		"content/exchange/reader"},
	"bot/library": {"bot", "bot/catalog", "bot/phrase", "quiz/*", "content", "content/language", "content/exchange"},
	"bot/account": {"bot", "bot/catalog", "bot/phrase", "quiz", "content/language"},

	// What they share.
	"bot/catalog": {"bot", "bot/phrase", "quiz/*", "content", "content/language"},
	"bot/outbox":  {"bot"},
	"bot/lease":   {"bot"},
	"bot/anki":    {"bot/phrase", "quiz", "quiz/flashcard", "content/language"},
	"bot/chart":   {"bot/phrase", "quiz", "quiz/progress", "content", "content/language"},
	"bot":         {"bot/phrase", "quiz", "quiz/daily", "quiz/flashcard", "quiz/grade", "content", "content/language"},
	"bot/phrase":  {"quiz", "quiz/grade", "quiz/generate", "content/language"},

	"quiz/generate":  {"quiz", "content", "content/language"},
	"quiz/quiztest":  {"quiz", "content", "content/language"},
	"quiz/pick":      {"quiz", "content", "content/language"},
	"quiz/rating":    {"quiz", "content", "content/language"},
	"quiz/grade":     {"quiz", "content", "content/language"},
	"quiz/game":      {"quiz", "quiz/grade", "content", "content/language"},
	"quiz/flashcard": {"quiz", "content", "content/language"},
	"quiz/progress":  {"quiz", "quiz/flashcard", "content"},
	"quiz/daily":     {"quiz", "content", "content/language"},
	"quiz":           {"content", "content/language"},

	"quiz/grade/answers": {"quiz", "quiz/grade", "quiz/generate", "content", "content/language"},

	"content":          {"content/language"},
	"content/exchange": {"content", "content/language", "content/exchange/reader"},
	"content/packs":    {},

	"content/exchange/reader":  {"content/language", "content/exchange/charset"},
	"content/exchange/charset": {"content/language"},

	"content/language": {},

	"cmd/testsummary": {}, // serves make test, no part of the product
}

// testImports holds what the tests of a room may import besides: packs are data, and what is in
// them shows only in the rooms above; quizzes are picked from any items, and proved with real
// ones; the service and its platforms are proved with all features on a store that keeps what it
// says.
var testImports = map[string][]string{
	"bot/bottest":        {"quiz", "quiz/daily", "quiz/flashcard", "bot/service", "bot/play", "bot/library", "bot/account", "bot/daily", "bot/study", "bot/catalog"},
	"bot/store/transfer": {"bot", "bot/store/sqlite", "bot/store/postgres", "bot/service", "content/language"},

	"bot/service":   {"bot/store/sqlite", "bot/store/postgres", "bot/play", "bot/library", "quiz/game"},
	"bot/daily":     {"bot/store/sqlite", "bot/service"},
	"bot/library":   {"bot/store/sqlite", "bot/service"},
	"bot/study":     {"bot/store/sqlite", "bot/service", "bot/library"},
	"bot/web":       {"bot/store/sqlite", "bot/store/postgres", "bot/service", "bot/play", "bot/account"},
	"bot/discord":   {"bot/store/sqlite", "bot/store/postgres", "bot/service", "bot/play", "bot/account"},
	"bot/telegram":  {"bot/store/sqlite", "bot/store/postgres", "bot/service", "bot/play", "bot/account"},
	"content/packs": {"content", "content/language", "quiz/*"},
	"quiz/pick":     {"quiz/generate"},
	"quiz/quiztest": {"quiz/generate"},
	"quiz/daily":    {"quiz/generate"},
	"quiz/grade":    {"quiz/grade/answers"},

	"content/exchange": {"quiz", "quiz/generate"},

	"bot/chart": {"quiz/flashcard"},
	"bot/anki":  {"content", "content/exchange"},
}

// Columns and features have no arrows between each other.
var (
	columns  = []string{"bot/discord", "bot/telegram", "bot/web", "bot/service", "bot/store/sqlite", "bot/store/postgres"}
	features = []string{"bot/play", "bot/daily", "bot/study", "bot/library", "bot/account"}
)

// TestArrows holds the floor plan: imports point down and never lead back.
func TestArrows(t *testing.T) {
	broken, err := survey(os.DirFS("."))
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range broken {
		t.Error(b)
	}
}

// survey reads every Go file and returns what breaks the rules.
func survey(root fs.FS) ([]string, error) {
	var broken []string
	documented := map[string]bool{}
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if base := path.Base(name); base == "testdata" || base == "tools" || len(base) > 1 && base[0] == '.' {
				return fs.SkipDir
			}
			return nil
		}
		if path.Ext(name) != ".go" {
			return nil
		}
		src, err := fs.ReadFile(root, name)
		if errors.Is(err, fs.ErrNotExist) {
			return nil // removed since the folder was listed
		}
		if err != nil {
			return err
		}
		if lines := strings.Count(string(src), "\n"); lines > 500 {
			broken = append(broken, fmt.Sprintf("%s:501: the file has %d lines: one idea a file, 500 lines at most", name, lines))
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, name, src, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
		room := path.Dir(name)
		if !strings.HasSuffix(name, "_test.go") {
			documented[room] = documented[room] || file.Doc != nil
		}
		broken = append(broken, arrows(files, file, room, strings.HasSuffix(name, "_test.go"))...)
		return nil
	})
	for room, has := range documented {
		if !has {
			broken = append(broken, room+": no file has a package comment: say what the room promises and what it refuses")
		}
		if _, known := rooms[home(room)]; !known {
			broken = append(broken, room+": the room is not in the floor plan of arrows_test.go")
		}
	}
	slices.Sort(broken)
	return broken, err
}

// arrows returns the imports of one file that the floor plan does not allow.
func arrows(files *token.FileSet, file *ast.File, room string, test bool) []string {
	var broken []string
	for _, spec := range file.Imports {
		full, _ := strconv.Unquote(spec.Path.Value) // the parser has checked it
		to, ours := strings.CutPrefix(full, module+"/")
		if !ours || allowed(room, to, test) {
			continue
		}
		at := files.Position(spec.Pos())
		broken = append(broken, fmt.Sprintf("%s:%d: %s may not import %s: %s", at.Filename, at.Line, room, to, reason(room, to)))
	}
	return broken
}

// allowed reports whether a room may import another. Tests at the module root look at the
// everything; a test may also import what is made for tests and the built-in packs, and an
// external test the room it tests. What is made for tests may import the packs, and what is made
// to test the rooms that it may import.
func allowed(room, to string, test bool) bool {
	if test && (room == "." || to == room || supports(to) || to == "content/packs") {
		return true
	}
	if supports(room) && (to == "content/packs" || supports(to) && home(to) != home(room) && allowed(home(room), home(to), false)) {
		return true
	}
	plan := rooms[home(room)]
	if test || supports(room) {
		plan = slices.Concat(plan, testImports[room])
	}
	for _, may := range plan {
		prefix, every := strings.CutSuffix(may, "/*")
		if may == "*" || may == to || every && (to == prefix || strings.HasPrefix(to, prefix+"/")) {
			return test || !supports(to)
		}
	}
	return supports(room) && to == home(room) // made to test it
}

// supports reports whether a room is made for tests, such as content/contenttest.
func supports(room string) bool { return strings.HasSuffix(room, "test") }

// home is the room whose arrows a room has: a room for tests has those of what it tests.
func home(room string) string {
	if supports(room) {
		return path.Dir(room)
	}
	return room
}

// reason says which rule an import breaks.
func reason(from, to string) string {
	switch {
	case supports(to):
		return "it is made for tests"
	case strings.HasPrefix(to, "cmd/"):
		return "no arrow leads back to cmd"
	case slices.Contains(columns, from) && slices.Contains(columns, to):
		return "no arrows between adapters, service and stores"
	case slices.Contains(features, from) && slices.Contains(features, to):
		return "no arrows between features"
	case rooms[to] == nil && to != "content/packs":
		return "the room is not in the floor plan of arrows_test.go"
	default:
		return "arrows point down, and the floor plan of arrows_test.go has none here"
	}
}

func TestTheSurveyCatches(t *testing.T) {
	const doc = "// Package x is documented.\n"
	for name, c := range map[string]struct{ file, src, want string }{
		"an arrow between adapters": {"bot/discord/a.go", doc + "package discord\n\nimport _ \"summitquiz/bot/web\"\n",
			"bot/discord/a.go:4: bot/discord may not import bot/web: no arrows between adapters, service and stores"},
		"an arrow between features": {"bot/library/a.go", doc + "package library\n\nimport _ \"summitquiz/bot/play\"\n",
			"bot/library/a.go:4: bot/library may not import bot/play: no arrows between features"},
		"an arrow that points up": {"content/a.go", doc + "package content\nimport _ \"summitquiz/quiz\"\n",
			"content/a.go:3: content may not import quiz: arrows point down, and the floor plan of arrows_test.go has none here"},
		"an arrow back to cmd": {"bot/a.go", doc + "package bot\nimport _ \"summitquiz/cmd/summitquiz\"\n",
			"bot/a.go:3: bot may not import cmd/summitquiz: no arrow leads back to cmd"},
		"an arrow of a test": {"quiz/grade/a_test.go", "package grade\nimport _ \"summitquiz/quiz/generate\"\n",
			"quiz/grade/a_test.go:2: quiz/grade may not import quiz/generate: arrows point down, and the floor plan of arrows_test.go has none here"},
		"help for tests in the product": {"quiz/a.go", doc + "package quiz\nimport _ \"summitquiz/content/contenttest\"\n",
			"quiz/a.go:3: quiz may not import content/contenttest: it is made for tests"},
		"help for tests of a room above": {"bot/bottest/a.go", doc + "package bottest\nimport _ \"summitquiz/bot/web/webtest\"\n",
			"bot/bottest/a.go:3: bot/bottest may not import bot/web/webtest: it is made for tests"},
		"a room without a comment": {"quiz/a.go", "package quiz\n",
			"quiz: no file has a package comment: say what the room promises and what it refuses"},
		"a room that nobody planned": {"util/a.go", doc + "package util\n",
			"util: the room is not in the floor plan of arrows_test.go"},
		"a file that is too long": {"quiz/a.go", doc + "package quiz\n" + strings.Repeat("\n", 499),
			"quiz/a.go:501: the file has 501 lines: one idea a file, 500 lines at most"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := survey(fstest.MapFS{c.file: {Data: []byte(c.src)}})
			if err != nil || len(got) != 1 || got[0] != c.want {
				t.Errorf("survey = %q, %v, want [%q]", got, err, c.want)
			}
		})
	}
}

func TestTheSurveyAllows(t *testing.T) {
	for file, src := range map[string]string{
		"quiz/a.go":                       "// Package quiz is.\npackage quiz\nimport _ \"summitquiz/content\"\n",
		"bot/store/sqlite/a.go":           "// Package sqlite is.\npackage sqlite\nimport _ \"summitquiz/quiz/flashcard\"\n",
		"content/contenttest/generate.go": "// Package contenttest is.\npackage contenttest\nimport _ \"summitquiz/content\"\n",
		"quiz/a_test.go":                  "package quiz_test\nimport (\n_ \"summitquiz/quiz\"\n_ \"summitquiz/content/contenttest\"\n)\n",
		"cmd/summitquiz/a.go":             "// Command x is.\npackage main\nimport _ \"summitquiz/quiz/generate\"\n",
	} {
		if got, err := survey(fstest.MapFS{file: {Data: []byte(src)}}); err != nil || len(got) > 0 {
			t.Errorf("survey of %s = %q, %v, want nothing", file, got, err)
		}
	}
}
