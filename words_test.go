package summitquiz_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// glossary says what each thing is called, and where that word is at home. Each word has one
// meaning, the one that the field gives it.
var glossary = map[string]string{
	"a versioned file of facts":                           "content.Pack",
	"one filled relation with its evidence":               "content.Fact",
	"the shape of a fact":                                 "content.Relation",
	"somebody or something that facts are about":          "content.Entity",
	"what is wrong with a pack, with its line":            "content.Problem",
	"one question made from one fact":                     "quiz.Item",
	"an item as a person reads it":                        "quiz.View",
	"what an item is about and how it is asked":           "quiz.ItemID",
	"what a typed answer earns":                           "grade.Verdict",
	"what is right for a typed question":                  "grade.Key",
	"a game at one moment":                                "game.State",
	"what one member remembers of one fact":               "flashcard.Card",
	"how well it was remembered: Again, Hard, Good, Easy": "flashcard.Rating",
	"where posts go":                                      "bot.Chat",
	"what owns packs, settings and boards":                "bot.Space",
	"a person":                                            "bot.Member",
	"a person as a platform knows them":                   "bot.Account",
	"something live in a chat or with a member":           "bot.Session",
	"what a person did or what happened to a chat":        "bot.Input",
	"an input being handled":                              "bot.Request",
	"what one person gets in answer":                      "bot.Reply",
	"what answers a request":                              "bot.Handler",
	"one thing the bot can do":                            "bot.Feature",
	"what a feature does when it is typed":                "bot.Command",
	"what a feature does when it is pressed":              "bot.Action",
	"what a button carries":                               "bot.Payload",
	"what is said in a chat or to one person":             "bot.Post",
	"the name of a post":                                  "bot.Slot",
	"a post on its way":                                   "bot.Send",
	"work to be done at a time":                           "bot.Due",
	"all that one input changes":                          "bot.Change",
	"what a change saw when it was decided":               "bot.Fence",
	"a fold over the answer log that is kept":             "bot.Projection",
	"an error that a person can do something about":       "bot.Notice",
	"what keeps everything":                               "bot.Store",
	"where posts are delivered":                           "bot.Platform",
	"what a platform can carry":                           "bot.Limits",
	"where all chats meet":                                "service.Service",
	"what delivers posts":                                 "outbox.Outbox",
	"what does due work":                                  "outbox.Scheduler",
	"packs ready for use":                                 "catalog.Catalog",
	"what admins and operators do with packs":             "library.Library",
	"what says phrases in one language":                   "phrase.Localizer",
	"what an operator can set":                            "config.Serve",
}

// bannedNames are words that name nothing in this program: they were private pictures for what the
// field has a word for.
var bannedNames = []string{"hall", "visit", "seat", "tongue", "tongues", "shelf", "agenda", "lane", "lanes", "gate", "bond", "rim", "rims", "door", "house"}

// bannedInBot are words that mean something in packs and spreadsheets, and nothing in the bot.
var bannedInBot = []string{"sheet", "sheets", "table", "tables"}

// bannedTypes are words that no type has as its whole name.
var bannedTypes = []string{"stage", "kept", "begun", "sent", "filled", "typed", "standing", "settling", "drawn", "folded", "named"}

// bannedProse stands in no comment.
var bannedProse = regexp.MustCompile(`(?i)\b(the hall|a hall|halls|tongues?|the shelf|a shelf|agenda|the rim|the lane|the seat|a seat)\b`)

// named is what a name of this kind may be called all the same, with the reason.
var allowedNames = map[string]string{
	"bot/bottest.Stage": "where the actors of tests act",
	"bot/web.stage":     "as bottest.Stage",
	"bot/discord.stage": "as bottest.Stage",
}

// TestWords holds the glossary and keeps private words out.
func TestWords(t *testing.T) {
	home := map[string][]string{} // type to the packages that declare it, by their last names
	var broken []string
	err := eachFile(os.DirFS("."), func(name string, files *token.FileSet, file *ast.File) {
		pkg := file.Name.Name
		if !strings.HasSuffix(name, "_test.go") {
			for _, spec := range typesOf(file) {
				home[pkg+"."+spec.Name.Name] = append(home[pkg+"."+spec.Name.Name], name)
			}
		}
		broken = append(broken, wordsOf(name, files, file)...)
	})
	if err != nil {
		t.Fatal(err)
	}
	for what, name := range glossary {
		if len(home[name]) != 1 {
			t.Errorf("%s is called %s, which is declared in %v, want one file", what, name, home[name])
		}
	}
	slices.Sort(broken)
	for _, b := range broken {
		t.Error(b)
	}
}

// eachFile calls f with every Go file.
func eachFile(root fs.FS, f func(name string, files *token.FileSet, file *ast.File)) error {
	return fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if base := path.Base(name); d.IsDir() {
			if base == "testdata" || base == "tools" || len(base) > 1 && base[0] == '.' {
				return fs.SkipDir
			}
			return nil
		}
		if path.Ext(name) != ".go" {
			return nil
		}
		src, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, name, src, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
		f(name, files, file)
		return nil
	})
}

// typesOf returns the types that a file declares outside functions.
func typesOf(file *ast.File) []*ast.TypeSpec {
	var out []*ast.TypeSpec
	for _, d := range file.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.TYPE {
			for _, s := range g.Specs {
				out = append(out, s.(*ast.TypeSpec))
			}
		}
	}
	return out
}

// wordsOf returns what a file calls by a word that is banned.
func wordsOf(name string, files *token.FileSet, file *ast.File) []string {
	if name == "words_test.go" {
		return nil
	}
	var broken []string
	say := func(pos token.Pos, format string, args ...any) {
		broken = append(broken, fmt.Sprintf("%s: ", files.Position(pos))+fmt.Sprintf(format, args...))
	}
	for _, spec := range typesOf(file) {
		if word := spec.Name.Name; slices.Contains(bannedTypes, strings.ToLower(word)) && allowedNames[path.Dir(name)+"."+word] == "" {
			say(spec.Pos(), "type %s: name it by the noun that the field uses", word)
		}
	}
	for _, id := range declaredNames(file) {
		for _, word := range splitName(id.Name) {
			if word == "voice" && !strings.HasPrefix(name, "bot/telegram") { // there it is a voice message
				say(id.Pos(), "%s: the word %q names nothing here; see the glossary", id.Name, word)
			}
			if slices.Contains(bannedNames, word) || strings.HasPrefix(name, "bot/") && !strings.HasPrefix(name, "bot/store") && slices.Contains(bannedInBot, word) {
				say(id.Pos(), "%s: the word %q names nothing here; see the glossary", id.Name, word)
			}
		}
	}
	for _, group := range file.Comments {
		for _, c := range group.List {
			if found := bannedProse.FindString(c.Text); found != "" {
				say(c.Pos(), "a comment says %q; see the glossary", found)
			}
		}
	}
	return broken
}

// declaredNames returns the names that a file gives: of types, functions, fields, parameters,
// constants and variables.
func declaredNames(file *ast.File) []*ast.Ident {
	out := []*ast.Ident{file.Name}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.TypeSpec:
			out = append(out, n.Name)
		case *ast.FuncDecl:
			out = append(out, n.Name)
		case *ast.ValueSpec:
			out = append(out, n.Names...)
		case *ast.Field:
			out = append(out, n.Names...)
		case *ast.AssignStmt:
			if n.Tok == token.DEFINE {
				for _, e := range n.Lhs {
					if id, ok := e.(*ast.Ident); ok {
						out = append(out, id)
					}
				}
			}
		}
		return true
	})
	return out
}

// splitName splits a name into its words, in lower case.
func splitName(name string) []string {
	var words []string
	start := 0
	runes := []rune(name)
	for i := 1; i <= len(runes); i++ {
		if i == len(runes) || unicode.IsUpper(runes[i]) && !unicode.IsUpper(runes[i-1]) || runes[i] == '_' {
			words = append(words, strings.ToLower(strings.Trim(string(runes[start:i]), "_")))
			start = i
		}
	}
	return words
}

func TestTheWordsCatch(t *testing.T) {
	for src, want := range map[string]string{
		"package hall":                                        `x.go:1:9: hall: the word "hall" names nothing here; see the glossary`,
		"package x\ntype mainHall int":                        `x.go:2:6: mainHall: the word "hall" names nothing here; see the glossary`,
		"package x\nfunc f(seat int) {}":                      `x.go:2:8: seat: the word "seat" names nothing here; see the glossary`,
		"package x\nfunc f() { theShelf := 1; _ = theShelf }": `x.go:2:12: theShelf: the word "shelf" names nothing here; see the glossary`,
		"package x\ntype kept struct{}":                       `x.go:2:6: type kept: name it by the noun that the field uses`,
		"package x\n// f asks the hall.\nfunc f() {}":         `x.go:2:1: a comment says "the hall"; see the glossary`,
		"package x\ntype shallow int":                         "",
	} {
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, "x.go", src, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(wordsOf("x.go", files, file), "\n"); got != want {
			t.Errorf("wordsOf(%q) = %q, want %q", src, got, want)
		}
	}
}

// lineLimit is how long a line of code may be, in characters. Text in quotes does not count: it is
// easier to find in one piece.
const lineLimit = 160

// TestLines holds the length of lines.
func TestLines(t *testing.T) {
	root := os.DirFS(".")
	err := eachFile(root, func(name string, _ *token.FileSet, _ *ast.File) {
		src, err := fs.ReadFile(root, name)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range longLines(src) {
			t.Errorf("%s:%d: break the line: it has more than %d characters", name, n, lineLimit)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
}

// longLines returns the numbers of the lines of a file that are too long.
func longLines(src []byte) []int {
	files := token.NewFileSet()
	file := files.AddFile("", -1, len(src))
	var s scanner.Scanner
	s.Init(file, src, nil, scanner.ScanComments)
	code := slices.Clone(src)
	for {
		pos, tok, text := s.Scan()
		if tok == token.EOF {
			break
		}
		if tok == token.STRING {
			at := file.Offset(pos)
			for i := at; i < at+len(text); i++ {
				if code[i] != '\n' {
					code[i] = 0
				}
			}
		}
	}
	var out []int
	for n, line := range bytes.Split(code, []byte("\n")) {
		if utf8.RuneCount(bytes.ReplaceAll(line, []byte{0}, nil)) > lineLimit {
			out = append(out, n+1)
		}
	}
	return out
}

func TestTheLinesCatch(t *testing.T) {
	long := strings.Repeat("x", 200)
	src := "package x\n\nvar a" + long + " = 1\n\nvar b = \"" + long + "\"\n\nvar c = `\n" + long + "\n`\n"
	if got := longLines([]byte(src)); !slices.Equal(got, []int{3}) {
		t.Errorf("longLines = %v, want line 3", got)
	}
}
