package sqlite

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"summitquiz/bot"
)

// crashed makes a database that was left by a crash: its newest changes stand in the log only.
// after says how many inputs were handled once the log had been folded.
func crashed(t *testing.T, path string, before, after int) {
	t.Helper()
	at := filepath.Join(t.TempDir(), "live.db")
	db := openAt(t, at)
	fill(t, db, before)
	if before > 0 {
		if err := db.Fold(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	for i := range after {
		if err := db.Write(&bot.Change{Input: bot.InputID(fmt.Sprint("after-", i)), At: noon})(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	for _, end := range []string{"", "-wal", "-shm"} { // as they are while the program still runs
		data, err := os.ReadFile(at + end)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path+end, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func inputs(t *testing.T, path string) int {
	t.Helper()
	db, err := Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	return count(t, db, "inbox")
}

// TestACopyIsRestoredAfterACrash holds that the copy is there and nothing else, whether the crash
// left all in the log or only the newest changes, and that the old database can still be opened.
func TestACopyIsRestoredAfterACrash(t *testing.T) {
	for _, c := range []struct{ before, after int }{{0, 30}, {500, 20}} {
		folder := t.TempDir()
		path, copied := filepath.Join(folder, "quiz.db"), filepath.Join(folder, "copy.db")
		source := openAt(t, filepath.Join(folder, "source.db"))
		fill(t, source, 7)
		if err := Backup(t.Context(), filepath.Join(folder, "source.db"), copied); err != nil {
			t.Fatal(err)
		}
		crashed(t, path, c.before, c.after)
		kept, err := Restore(t.Context(), copied, path, noon)
		if err != nil {
			t.Fatal(err)
		}
		if n := inputs(t, path); n != 7 {
			t.Errorf("after the restore %d inputs, want 7 as in the copy", n)
		}
		if n := inputs(t, kept); n != c.before+c.after {
			t.Errorf("the old database has %d inputs, want %d", n, c.before+c.after)
		}
		again, err := Restore(t.Context(), copied, path, noon)
		if err != nil || again == kept {
			t.Errorf("a second restore at the same time keeps %s, %v", again, err)
		}
	}
}

// TestWhatCannotBeRestoredChangesNothing holds that a bad copy, and a database in use, leave all
// files as they are.
func TestWhatCannotBeRestoredChangesNothing(t *testing.T) {
	folder := t.TempDir()
	path, copied := filepath.Join(folder, "quiz.db"), filepath.Join(folder, "copy.db")
	db := openAt(t, path)
	fill(t, db, 20)
	if err := Backup(t.Context(), path, copied); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(copied)
	if err != nil {
		t.Fatal(err)
	}
	damaged := bytes.Clone(whole)
	for i := 4096; i < len(damaged)-100; i += 512 {
		copy(damaged[i:], "damaged, damaged, damaged")
	}
	newer := filepath.Join(folder, "newer.db")
	if err := os.WriteFile(newer, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	raw, err := open(newer, usualBusy, writing, 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := raw.Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)`); err != nil {
		t.Fatal(err)
	}
	if err := raw.Close(); err != nil {
		t.Fatal(err)
	}
	foreign := filepath.Join(folder, "foreign.db")
	if raw, err = open(foreign, usualBusy, writing, 1); err != nil {
		t.Fatal(err)
	}
	if _, err := raw.Exec(`CREATE TABLE other (x)`); err != nil {
		t.Fatal(err)
	}
	if err := raw.Close(); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		data []byte // nil: the file is there
		want error
	}{
		"empty.db":   {[]byte{}, ErrCorrupt},
		"text.db":    {[]byte("this is no database, however long it may be " + strings.Repeat("x", 5000)), ErrCorrupt},
		"cut.db":     {whole[:len(whole)/2], ErrCorrupt},
		"damaged.db": {damaged, ErrCorrupt},
		"newer.db":   {nil, ErrNewer},
		"foreign.db": {nil, ErrForeign},
		"quiz.db":    {nil, ErrSame},
		"none.db":    {nil, os.ErrNotExist},
	} {
		from := filepath.Join(folder, name)
		if c.data != nil {
			if err := os.WriteFile(from, c.data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := Restore(t.Context(), from, path, noon); !errors.Is(err, c.want) {
			t.Errorf("restore from %s: %v, want %v", name, err, c.want)
		}
	}
	lock, err := Serve(t.Context(), path, func() {})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Restore(context.Background(), copied, path, noon); !errors.Is(err, ErrServed) {
		t.Errorf("restore under a running bot: %v", err)
	}
	if err := lock.Release(); err != nil {
		t.Fatal(err)
	}
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the database was changed: %v", err)
	}
	if left, err := filepath.Glob(filepath.Join(folder, "*restore*")); err != nil || len(left) > 0 {
		t.Errorf("files are left: %v, %v", left, err)
	}
}
