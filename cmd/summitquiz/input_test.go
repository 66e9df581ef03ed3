package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// growing is a file to which another program adds a line while it is read.
type growing struct {
	*os.File
	more string
}

func (g *growing) Read(b []byte) (int, error) {
	if g.more != "" {
		other, err := os.OpenFile(g.Name(), os.O_APPEND|os.O_WRONLY, 0)
		if err != nil {
			return 0, err
		}
		_, err = other.WriteString(g.more)
		_ = other.Close()
		if g.more = ""; err != nil {
			return 0, err
		}
	}
	return g.File.Read(b)
}

// TestAFileThatChangesIsRefused holds that half a file is never imported as a whole one.
func TestAFileThatChangesIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "rows.csv")
	for _, c := range []struct {
		more string
		ok   bool
	}{{"", true}, {"Where?,There\n", false}} {
		if err := os.WriteFile(path, []byte("question,answer\nWho?,Ada\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		_, err = readStable(&growing{f, c.more}, path)
		_ = f.Close()
		if (err == nil) != c.ok || err != nil && !strings.Contains(err.Error(), "was changed while it was read") {
			t.Errorf("with %q more: %v", c.more, err)
		}
	}
}
