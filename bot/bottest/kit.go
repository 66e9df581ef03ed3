package bottest

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// Golden compares what a test got with a file below testdata, or with update writes it.
func Golden(t testing.TB, name string, got []byte, update bool) {
	t.Helper()
	name = filepath.Join("testdata", filepath.FromSlash(name))
	if update {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; if the change is meant, run go test -run '^%s$' -update and read it\n%s", name, t.Name(), firstDifference(got, want))
	}
}

// firstDifference shows the first line of a text that is not as it should be.
func firstDifference(got, want []byte) string {
	a, b := strings.Split(string(got), "\n"), strings.Split(string(want), "\n")
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	line := func(all []string) string { return strings.Join(all[min(n, len(all)):min(n+1, len(all))], "") }
	return fmt.Sprintf("line %d is  %q\nand not    %q", n+1, line(a), line(b))
}

// specs is where descriptions of the platforms' APIs lie, seen from the root of the module. They
// are no part of this repository.
const specs = "../shared/specs"

// Spec reads a description of a platform's API by the name of its file; nil if it is not at hand.
func Spec(name string) []byte {
	dir, err := os.Getwd()
	for err == nil {
		if _, missing := os.Stat(filepath.Join(dir, "go.mod")); missing == nil {
			break
		}
		if filepath.Dir(dir) == dir {
			return nil
		}
		dir = filepath.Dir(dir)
	}
	data, err := os.ReadFile(filepath.Join(dir, specs, name))
	if err != nil {
		return nil
	}
	return data
}

// Log keeps what is logged.
type Log struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

// Write adds to it.
func (l *Log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

// String is all of it.
func (l *Log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}
