package main

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"summitquiz/bot/store/sqlite"
	"summitquiz/content"
)

// folderUnderTest is a packFolder on a store of its own, with what it logs.
type folderUnderTest struct {
	packFolder
	dir string
	log *bytes.Buffer
}

func newFolder(t *testing.T, dir func(string) string) *folderUnderTest {
	t.Helper()
	db, err := sqlite.Open(context.Background(), filepath.Join(t.TempDir(), "quiz.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	f := &folderUnderTest{dir: t.TempDir(), log: &bytes.Buffer{}}
	f.packFolder = packFolder{operator: newOperator(db), log: slog.New(slog.NewTextHandler(f.log, nil)), folder: dir(f.dir)}
	return f
}

func (f *folderUnderTest) write(t *testing.T, name, text string) {
	t.Helper()
	path := filepath.Join(f.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func (f *folderUnderTest) start(t *testing.T) {
	t.Helper()
	if err := f.provide(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// says reports whether one line of the log has all the words.
func (f *folderUnderTest) says(words ...string) bool {
	for line := range strings.Lines(f.log.String()) {
		all := true
		for _, w := range words {
			all = all && strings.Contains(line, w)
		}
		if all {
			return true
		}
	}
	return false
}

// version is the label of a pack that is in use, and the file it came from.
func (f *folderUnderTest) version(id string) (label, file string) {
	for _, l := range f.loaded {
		if string(l.ID) == id {
			return l.Version, l.file
		}
	}
	return "", ""
}

func packNamed(id, version, answer string) string {
	return "pack: " + id + "\nversion: " + version + "\nlanguages: [en]\ntitle: T\ncards: [{ask: Who?, answer: " + answer + "}]\n"
}

// TestPackDirIsReadHoweverItIsWritten: a slash at the end, a dot and two dots name the same folder.
func TestPackDirIsReadHoweverItIsWritten(t *testing.T) {
	for _, spelling := range []func(string) string{
		func(d string) string { return d },
		func(d string) string { return d + "/" },
		func(d string) string { return d + "/." },
		func(d string) string { return d + "/../" + filepath.Base(d) },
		func(d string) string { return d + "//./" },
	} {
		f := newFolder(t, spelling)
		f.write(t, "lakes.yaml", packNamed("lakes", "1", "Ada"))
		f.write(t, "seas/pack.yaml", packNamed("seas", "1", "Ben"))
		f.write(t, "seas/other.yaml", packNamed("others", "1", "Ben"))
		f.write(t, ".old/pack.yaml", packNamed("old", "1", "Cy"))
		f.start(t)
		lakes, _ := f.version("lakes")
		seas, _ := f.version("seas")
		if others, _ := f.version("others"); lakes != "1" || seas != "1" || others != "" {
			t.Errorf("%s: lakes %q, seas %q, others %q\n%s", f.folder, lakes, seas, others, f.log)
		}
		if old, _ := f.version("old"); old != "" {
			t.Error("a hidden folder is read")
		}
	}
}

// TestPackDirLeavesOutWhatIsNoFile holds that a named pipe stops nothing, that a link is
// followed, and that an empty folder is said.
func TestPackDirLeavesOutWhatIsNoFile(t *testing.T) {
	f := newFolder(t, filepath.Clean)
	if err := syscall.Mkfifo(filepath.Join(f.dir, "pipe.yaml"), 0o600); err != nil {
		t.Skip("no named pipes here:", err)
	}
	f.start(t)
	if !f.says("left out", "pipe.yaml", "a named pipe, not a regular file") || !f.says("PACK_DIR holds no packs") {
		t.Errorf("the log says\n%s", f.log)
	}
	elsewhere := filepath.Join(t.TempDir(), "elsewhere.yaml")
	if err := os.WriteFile(elsewhere, []byte(packNamed("linked", "1", "Ada")), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(elsewhere, filepath.Join(f.dir, "link.yaml")); err != nil {
		t.Fatal(err)
	}
	f.log.Reset()
	f.look(context.Background())
	if linked, _ := f.version("linked"); linked != "1" || f.says("pipe.yaml") {
		t.Errorf("the linked pack has version %q; the log says\n%s", linked, f.log)
	}
}

// TestPackDirSaysWhatItReplaces walks through what may happen to files: two with one pack, other
// content under one version, a file that replaces a built-in pack and goes away again.
func TestPackDirSaysWhatItReplaces(t *testing.T) {
	ctx := context.Background()
	f := newFolder(t, filepath.Clean)
	f.write(t, "first.yaml", packNamed("lakes", "1", "Ada"))
	f.write(t, "second.yaml", packNamed("lakes", "2", "Ben"))
	f.start(t)
	if v, file := f.version("lakes"); v != "1" || filepath.Base(file) != "first.yaml" || !f.says("same pack", "first.yaml", "second.yaml") {
		t.Errorf("version %s of %s is used; the log says\n%s", v, file, f.log)
	}
	if err := os.Remove(filepath.Join(f.dir, "first.yaml")); err != nil {
		t.Fatal(err)
	}
	f.look(ctx)
	if v, file := f.version("lakes"); v != "2" || filepath.Base(file) != "second.yaml" {
		t.Errorf("after the first file went, version %s of %s is used", v, file)
	}

	f.write(t, "second.yaml", packNamed("lakes", "2", "Bernadette"))
	f.look(ctx)
	if !f.says("other content under the version", "lakes", "second.yaml") {
		t.Errorf("other content is not said:\n%s", f.log)
	}
	if err := os.Remove(filepath.Join(f.dir, "second.yaml")); err != nil {
		t.Fatal(err)
	}
	f.look(ctx)
	if !f.says("went away", "lakes", "stays in use") || !f.says("holds no packs") {
		t.Errorf("a file that went away is not said:\n%s", f.log)
	}

	const built = "countries-of-the-world"
	before, _ := f.version(built)
	f.write(t, "mine.yaml", packNamed(built, "mine", "Ada"))
	f.look(ctx)
	if v, _ := f.version(built); v != "mine" || !f.says("replaces a built-in", built, "mine.yaml") {
		t.Errorf("version %s is used; the log says\n%s", v, f.log)
	}
	if err := os.Remove(filepath.Join(f.dir, "mine.yaml")); err != nil {
		t.Fatal(err)
	}
	f.look(ctx)
	r, err := f.operator.library.Version(ctx, built, before)
	if v, _ := f.version(built); err != nil || v != before || !r.Active || !f.says("the built-in pack is in use again", built) {
		t.Errorf("version %s is used (%v, %v); the log says\n%s", v, r.Active, err, f.log)
	}
}

// TestABuiltInPackComesBackAtTheStart holds that a file which went away while nothing ran leaves
// the built-in pack in its place, and that what an operator loaded by name stays.
func TestABuiltInPackComesBackAtTheStart(t *testing.T) {
	const inFolder, byName = "gyeongju-summit-2025", "solar-system"
	f := newFolder(t, filepath.Clean)
	f.write(t, "summit.yaml", packNamed(inFolder, "99", "Ada"))
	f.start(t)
	if v, _ := f.version(inFolder); v != "99" {
		t.Fatalf("version %q of the folder's pack", v)
	}
	own := filepath.Join(t.TempDir(), "own.yaml")
	if err := os.WriteFile(own, []byte(packNamed(byName, "98", "Ben")), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := loadInto(context.Background(), f.operator, own); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(f.dir, "summit.yaml")); err != nil {
		t.Fatal(err)
	}
	again := &folderUnderTest{dir: f.dir, log: &bytes.Buffer{}}
	again.packFolder = packFolder{operator: f.operator, log: slog.New(slog.NewTextHandler(again.log, nil)), folder: f.dir}
	again.start(t)
	active := func(id content.PackID) string {
		rows, err := f.operator.library.Versions(context.Background(), id)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			if r.Active {
				return r.Version
			}
		}
		return ""
	}
	if v := active(inFolder); v == "99" || !again.says("the built-in pack is in use again", inFolder) {
		t.Errorf("version %s is active; the log says\n%s", v, again.log)
	}
	if v := active(byName); v != "98" {
		t.Errorf("version %s is active in place of what the operator loaded", v)
	}
}
