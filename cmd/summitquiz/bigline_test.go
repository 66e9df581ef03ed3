package main

import (
	"bytes"
	"errors"
	"flag"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"summitquiz/content"
)

var gigabyte = flag.Bool("gigabyte", false, "import a file and a pipe of 1 GB without a line end, and lines as long as a file may be")

// endless is one line that never ends.
type endless struct{ cell string }

func (e endless) Read(b []byte) (int, error) {
	for n := 0; n < len(b); {
		n += copy(b[n:], e.cell)
	}
	return len(b), nil
}

// oneLine is a line of some bytes.
func oneLine(begin, cell string, n int64) io.Reader {
	return io.MultiReader(strings.NewReader(begin), io.LimitReader(endless{cell}, n-int64(len(begin))))
}

// TestOneLongLine holds that a file of one line is refused in a sentence, with no more memory than a file of
// that size has anyway, and that nothing is written.
func TestOneLongLine(t *testing.T) {
	const mib = 1 << 20
	long, most := int64(2*mib), int64(400)
	if *gigabyte {
		long = content.FileLimit
	}
	for _, c := range []struct{ name, begin, cell, said string }{
		{"letters", "", "x", "not recognised"},
		{"commas", "", "word,", "columns"},
		{"a quote", "question,answer\n\"", "word ", "no row can be used"},
		{"JSON", `[{"question": "`, "word ", "is broken here"},
		{"brackets", "", "[", "nested"},
		{"a cell", "question,answer\nWho?,", "word ", "no row can be used"},
		{"GIFT", "::Q:: What? {=", "word ~", "no row can be used"},
	} {
		t.Run(c.name, func(t *testing.T) { refused(t, oneLine(c.begin, c.cell, long), long, c.said, most) })
	}
	if *gigabyte {
		t.Run("1 GB", func(t *testing.T) {
			refused(t, oneLine("question,answer\n", "word ", 1<<30), 1<<30, "larger than 64 MiB", most)
		})
	}
}

// refused imports bytes from a file and from a pipe.
func refused(t *testing.T, data io.Reader, size int64, said string, most int64) {
	folder := t.TempDir()
	file := filepath.Join(folder, "one-line")
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(f, data); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{file, "-"} {
		in, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		program := exec.CommandContext(t.Context(), os.Args[0], "pack", "import", name, "--out", filepath.Join(folder, "pack.yaml"))
		program.Env = append(os.Environ(), asProgram+"=1", "TMPDIR="+folder)
		program.Dir = folder
		if name == "-" {
			program.Stdin = in
		}
		var out bytes.Buffer
		program.Stdout, program.Stderr = &out, &out
		err = program.Run()
		_ = in.Close()
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.ExitCode() < 1 || !strings.Contains(out.String(), said) || out.Len() > 4000 {
			t.Errorf("%s ends with %v and says %.600q, want %q", name, err, out.String(), said)
			continue
		}
		if usage, ok := exit.SysUsage().(*syscall.Rusage); ok {
			t.Logf("%d bytes from %s: %d MiB, %v", size, filepath.Base(name), usage.Maxrss>>10, exit.UserTime()+exit.SystemTime())
			if usage.Maxrss>>10 > most {
				t.Errorf("%s takes %d MiB", name, usage.Maxrss>>10)
			}
		}
	}
	files, err := os.ReadDir(folder)
	if err != nil || len(files) != 1 {
		t.Errorf("the folder holds %v, %v", files, err)
	}
}
