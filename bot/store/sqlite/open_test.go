package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/store/storetest"
)

func openAt(t *testing.T, path string) *DB {
	t.Helper()
	db, err := Open(context.Background(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// TestAFileThatCannotBeUsedIsLeftAsItIs opens files that are none of ours or from the future.
func TestAFileThatCannotBeUsedIsLeftAsItIs(t *testing.T) {
	t.Run("no database", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "quiz.db")
		letter := []byte("Dear reader, this is a letter and no database at all.\n")
		if err := os.WriteFile(path, letter, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(context.Background(), path, Options{}); !errors.Is(err, ErrCorrupt) {
			t.Errorf("Open = %v, want %v", err, ErrCorrupt)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != string(letter) {
			t.Errorf("the letter now reads %q, %v", got, err)
		}
	})
	t.Run("of another program", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "photos.db")
		raw, err := sql.Open("sqlite", path)
		if err != nil {
			t.Fatal(err)
		}
		_, err = raw.Exec(`CREATE TABLE photos (name TEXT)`)
		if err := errors.Join(err, raw.Close()); err != nil {
			t.Fatal(err)
		}
		before, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Open(context.Background(), path, Options{}); !errors.Is(err, ErrForeign) {
			t.Errorf("Open = %v, want %v", err, ErrForeign)
		}
		if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
			t.Errorf("the file was changed, %v", err)
		}
	})
	t.Run("newer", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "quiz.db")
		if err := openAt(t, path).Close(); err != nil {
			t.Fatal(err)
		}
		raw, err := sql.Open("sqlite", path)
		if err != nil {
			t.Fatal(err)
		}
		_, err = raw.Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1)`)
		if err := errors.Join(err, raw.Close()); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(context.Background(), path, Options{}); !errors.Is(err, ErrNewer) {
			t.Errorf("Open = %v, want %v", err, ErrNewer)
		}
	})
}

// TestAnInputIsClaimedOnce writes the same input twice among others that share its commit: the
// second one leaves nothing behind, and the others stand.
func TestAnInputIsClaimedOnce(t *testing.T) {
	ctx := context.Background()
	db := openAt(t, filepath.Join(t.TempDir(), "quiz.db"))
	at := time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)
	var waits []func(context.Context) error
	for i, input := range []bot.InputID{"a", "b", "a", "c"} {
		waits = append(waits, db.Write(&bot.Change{Input: input, At: at, Due: []bot.Due{{Key: bot.DueKey{Kind: "game", ID: int64(i)}, At: at}}}))
	}
	for i, wait := range waits {
		want := error(nil)
		if i == 2 {
			want = bot.ErrRepeated
		}
		if err := wait(ctx); !errors.Is(err, want) {
			t.Errorf("change %d: %v, want %v", i, err, want)
		}
	}
	due, err := db.Claim(ctx, []bot.Kind{"game"}, at, time.Minute, 10)
	if err != nil || len(due) != 3 {
		t.Fatalf("due are %v, %v; want three", due, err)
	}
	for _, d := range due {
		if d.Key.ID == 2 {
			t.Error("the repeated input left something due")
		}
	}
	if again, err := db.Claim(ctx, []bot.Kind{"game"}, at, time.Minute, 10); err != nil || len(again) != 0 {
		t.Errorf("claimed again within the lease: %v, %v", again, err)
	}
	if late, err := db.Claim(ctx, []bot.Kind{"game"}, at.Add(2*time.Minute), time.Minute, 10); err != nil || len(late) != 3 || late[0].Attempt != 2 {
		t.Errorf("claimed after the lease: %v, %v; want three second attempts", late, err)
	}
}

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T, handles int) []bot.Store {
		path := filepath.Join(t.TempDir(), "quiz.db")
		var out []bot.Store
		for range handles {
			out = append(out, openAt(t, path))
		}
		return out
	})
}
