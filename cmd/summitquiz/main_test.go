package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"summitquiz/bot/store/postgres/postgrestest"
)

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
	}
	testscript.Main(tests{m}, map[string]func(){"summitquiz": main})
}

// tests are those of this program; the database server that some start ends with them.
type tests struct{ m *testing.M }

func (t tests) Run() int { return postgrestest.Main(t.m) }

// TestScripts runs the commands as a person would: testdata/script holds what they type and
// what they see.
func TestScripts(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "script"),
		Setup: func(env *testscript.Env) error {
			env.Setenv("ROOT", root)
			return nil
		},
	})
}

// TestTheReadmeShowsWhatIsPrinted holds the transcript in the README against the command that
// it names.
func TestTheReadmeShowsWhatIsPrinted(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, after, ok := strings.Cut(string(readme), "<!-- transcript -->\n\n```text\n")
	shown, _, closed := strings.Cut(after, "```\n")
	if !ok || !closed {
		t.Fatal("the README has no transcript")
	}
	for _, lang := range []string{"en", "ar"} {
		var out, complaints strings.Builder
		args := []string{"pack", "preview", "../../content/packs/gyeongju-summit-2025", "--fact", "swap-amount-krw", "--kind", "choice", "--count", "1", "--lang", lang}
		if code := run(context.Background(), args, &out, &complaints); code != 0 {
			t.Fatalf("exit code %d: %s", code, complaints.String())
		}
		if !strings.Contains(shown, out.String()) {
			t.Errorf("the README does not show what is printed in %s:\n%s", lang, out.String())
		}
	}
}
