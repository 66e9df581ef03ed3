package main

import (
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

var fifth = flag.Bool("fifth", false, "TestFifthLanguage builds the program with a fifth language, which takes a minute, and plays with it")

// TestFifthLanguage holds that a folder of data is all that a pack in a fifth language needs: the program is
// built with that of testdata/fifth beside its own, and no line of code is changed. Without the flag it looks only
// whether that folder has the files that a language has.
func TestFifthLanguage(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(root, "cmd/summitquiz/testdata/fifth/fr/*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatal("no data of a fifth language", err)
	}
	replace := map[string]string{}
	for _, f := range files {
		name := filepath.Base(f)
		replace[filepath.Join(root, "content/language/data/fr", name)] = f
		if _, err := os.Stat(filepath.Join(root, "content/language/data/en", name)); err != nil {
			t.Errorf("the file %s of the fifth language is none of the others: %v", name, err)
		}
	}
	if !*fifth {
		return
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "overlay.json"), overlay, 0o600); err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(dir, "summitquiz")
	run := func(typed, name string, args ...string) string {
		c := exec.Command(name, args...)
		c.Dir, c.Stdin = root, strings.NewReader(typed)
		out, err := c.CombinedOutput()
		if err != nil {
			t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
		}
		return string(out)
	}
	run("", "go", "build", "-overlay", filepath.Join(dir, "overlay.json"), "-o", program, "./cmd/summitquiz")
	pack := filepath.Join(root, "cmd/summitquiz/testdata/fifth/pack.yaml")
	if said := run("", program, "pack", "lint", pack); strings.Contains(said, "problem") {
		t.Errorf("the pack in five languages is not right: %s", said)
	}
	shown := run("", program, "pack", "preview", pack, "--lang", "fr", "--count", "0")
	for _, want := range []string{"Quel poisson", "saumon", "31 mars 1889", "Oui", "Le \u2068chablis\u2069 vient de la région ____", "25 dollars"} {
		if !strings.Contains(shown, want) {
			t.Errorf("the questions in French do not show %q:\n%s", want, shown)
		}
	}
	for card, typed := range map[string]string{"poisson": "je pense que c'est rascasse", "etoiles": "trente-deux", "tour": "31 mars 1889", "paris": "oui", "chablis/region": "bourgogne"} {
		if said := run(typed+"\n", program, "pack", "try", pack, "--lang", "fr", "--fact", card); !strings.Contains(said, "right: ") {
			t.Errorf("%q is graded so: %s", typed, said)
		}
	}
}
