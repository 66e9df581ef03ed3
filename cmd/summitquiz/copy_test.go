package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"summitquiz/bot/store/postgres/postgrestest"
	"summitquiz/bot/store/sqlite"
)

// command runs a command and returns its exit code and what it said.
func command(ctx context.Context, args ...string) (int, string) {
	var out bytes.Buffer
	code := run(ctx, args, &out, &out)
	return code, out.String()
}

// TestCopy moves what a bot has served from its file to a server and back, with the key, which the processes take up;
// on the way the copy is killed once.
func TestCopy(t *testing.T) {
	folder, back := t.TempDir(), t.TempDir()
	file := "sqlite:" + filepath.Join(folder, "summitquiz.db")
	server := postgrestest.Start(t).Database(t)
	first := begin(t, folder, freeAddress(t))
	first.awaitReady(t)
	if code, said := command(t.Context(), "copy", "--from", file, "--to", server); code != exitUsage || !strings.Contains(said, "the bot is running on this database: stop it first") {
		t.Errorf("while the bot runs: exit code %d, %s", code, said)
	}
	if err := first.stop(t); err != nil {
		t.Fatal(err)
	}
	if code, said := command(t.Context(), "copy", "--from", file, "--to", file); code != exitUsage || !strings.Contains(said, "the same database") {
		t.Errorf("to itself: exit code %d, %s", code, said)
	}

	stopHalfway(t, file, server)
	code, all := command(t.Context(), "copy", "--from", file, "--to", server)
	if code != exitClean || !strings.Contains(all, "every table has the same count and checksum") || strings.Contains(all, "No secret key") {
		t.Fatalf("exit code %d, %s", code, all)
	}
	if code, said := command(t.Context(), "copy", "--from", file, "--to", server); code != exitUsage || !strings.Contains(said, "createdb") {
		t.Errorf("over what is there: exit code %d, %s", code, said)
	}

	second := begin(t, t.TempDir(), freeAddress(t), "DATABASE_URL="+server)
	second.awaitReady(t)
	if code, said := command(t.Context(), "copy", "--from", server, "--to", "sqlite:"+filepath.Join(back, "b.db")); code != exitUsage || !strings.Contains(said, "stop all its processes first") {
		t.Errorf("while the bot runs: exit code %d, %s", code, said)
	}
	if err := second.stop(t); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(second.said(), "secret key") {
		t.Errorf("the key is another one:\n%s", second.said())
	}
	if code, said := command(t.Context(), "copy", "--from", server, "--to", "sqlite:"+filepath.Join(back, "summitquiz.db")); code != exitClean {
		t.Fatalf("back: exit code %d, %s", code, said)
	}
	before, err := os.ReadFile(filepath.Join(folder, "summitquiz.db.key"))
	if err != nil {
		t.Fatal(err)
	}
	if after, err := os.ReadFile(filepath.Join(back, "summitquiz.db.key")); err != nil || string(after) != string(before) {
		t.Errorf("the key that came back is another one, %v", err)
	}
	third := begin(t, back, freeAddress(t))
	third.awaitReady(t)
	if strings.Contains(third.said(), "secret key") || strings.Contains(third.said(), "there was no database") {
		t.Errorf("what came back is not taken up:\n%s", third.said())
	}
}

// stopHalfway stops a copy in the middle, after which every command refuses what is there.
func stopHalfway(t *testing.T, from, to string) {
	t.Helper()
	stopped, stop := context.WithCancel(t.Context())
	code, said := 0, &stopper{after: "packs:", stop: stop}
	code = run(stopped, []string{"copy", "--from", from, "--to", to}, said, said)
	if code != exitUsage || !strings.Contains(said.String(), "run the same command again") || strings.Contains(said.String(), "a-word-for-tests") {
		t.Errorf("stopped: exit code %d, %s", code, said)
	}
	for _, args := range []string{"status", "migrate", "pack list", "serve --http-addr " + freeAddress(t)} {
		code, said := command(t.Context(), append(strings.Fields(args), "--database-url", to)...)
		if code == exitClean || !strings.Contains(said, "a copy into this database is not finished: run the same `summitquiz copy` again") {
			t.Errorf("%s: exit code %d, %s", args, code, said)
		}
	}
}

// stopper stops a command once it has said something.
type stopper struct {
	bytes.Buffer
	after string
	stop  func()
}

func (s *stopper) Write(p []byte) (int, error) {
	n, err := s.Buffer.Write(p)
	if strings.Contains(s.String(), s.after) {
		s.stop()
	}
	return n, err
}

// TestCopyOfWhatCannotBeCopied names what is wrong with an address.
func TestCopyOfWhatCannotBeCopied(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("other.db", []byte("hello, I am no database at all"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := sqlite.Migrate(t.Context(), "ours.db"); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("new.db.key", []byte(strings.Repeat("k", 64)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct{ from, to, want string }{
		{"sqlite:missing.db", "sqlite:b.db", "--from: there is no database missing.db"},
		{"missing.db", "sqlite:b.db", "--from: DATABASE_URL is"},
		{"sqlite:ours.db", "mysql://a/b", "--to: DATABASE_URL is"},
		{"sqlite:other.db", "sqlite:b.db", "the file is damaged or no SQLite database"},
		{"sqlite:ours.db", "sqlite:other.db", "the file is damaged or no SQLite database"},
		{"sqlite:ours.db", "sqlite:new.db", "new.db.key is the key of another database"},
		{"sqlite:ours.db", "postgres://bot:very-secret@127.0.0.1:1/quiz", "--to: the database does not answer"},
	} {
		code, said := command(t.Context(), "copy", "--from", row.from, "--to", row.to)
		if code != exitUsage || !strings.Contains(said, row.want) || strings.Contains(said, "very-secret") {
			t.Errorf("%s to %s: exit code %d, %s; want %q", row.from, row.to, code, said, row.want)
		}
	}
	if _, err := os.Stat("b.db"); err == nil {
		t.Error("something was made")
	}
}
