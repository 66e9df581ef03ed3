package reader

import (
	"archive/zip"
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"summitquiz/content/language"
)

// read returns the rows of a file.
func read(data []byte, opt Options) ([]Row, *File, error) {
	opt.Language = language.English
	f, err := Open("f", data, opt)
	if err != nil {
		return nil, nil, err
	}
	var rows []Row
	for r, err := range f.Rows() {
		if err != nil {
			return rows, f, err
		}
		rows = append(rows, r)
	}
	return rows, f, nil
}

// zipped makes an archive.
func zipped(t testing.TB, entries map[string][]byte) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, data := range entries {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestHostileFilesAreRefused holds that each gets a sentence, with little time and memory.
func TestHostileFilesAreRefused(t *testing.T) {
	bomb := make([]byte, maxUnpacked+1)
	for _, c := range []struct {
		name string
		data []byte
		said string
	}{
		{"empty", nil, "the file is empty"},
		{"white space", []byte(" \n\t\n"), "white space only"},
		{"a picture", []byte("\x89PNG\r\n\x1a\n\x00\x00"), "a PNG picture"},
		{"a web page", []byte("<!DOCTYPE html>\n<html><body>404</body></html>"), "a web page"},
		{"a PDF", []byte("%PDF-1.7\n"), "a PDF document"},
		{"an old workbook", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 "), "save it as .xlsx or CSV"},
		{"a database", []byte("SQLite format 3\x00 "), "a SQLite database"},
		{"binary", []byte("ab\x00\x01\x02\x00\x03\x04\x05c"), "binary, not text"},
		{"a zip that is none", []byte("PK\x03\x04 is how it begins"), "a broken zip archive"},
		{"a plain zip", zipped(t, map[string][]byte{"../../evil.csv": []byte("question,answer\n")}), "a zip archive"},
		{"a Word document", zipped(t, map[string][]byte{"word/document.xml": []byte("<x/>")}), "a Word document"},
		{"a bomb for a workbook", zipped(t, map[string][]byte{"xl/workbook.xml": []byte("<x/>"), "xl/worksheets/sheet1.xml": bomb}), "unpacks to more than 256 MiB"},
		{"a bomb for a package", zipped(t, map[string][]byte{"collection.anki2": bomb}), "unpacks to more than 256 MiB"},
		{"a bomb in a bomb", zipped(t, map[string][]byte{"collection.anki21b": zstandard(t, bomb)}), "256 MiB"},
		{"a workbook that is none", zipped(t, map[string][]byte{"xl/workbook.xml": []byte("<x/>")}), "the workbook cannot be read"},
		{"a package with a text", zipped(t, map[string][]byte{"collection.anki2": []byte("hello")}), "no SQLite database"},
		{"a package with a damaged database", zipped(t, map[string][]byte{"collection.anki2": []byte("SQLite format 3\x00" + strings.Repeat("x", 2000))}), "the collection"},
		{"JSON of 100,000 levels", []byte(strings.Repeat("[", 100000)), "nested too deep"},
		{"JSON objects of 100,000 levels", []byte(strings.Repeat(`{"a":`, 100000)), "nested more than 64 deep"},
		{"10,000 columns", []byte(strings.Repeat("question,", 10000) + "answer\nx\n"), "more than 1000 columns"},
		{"one long line", bytes.Repeat([]byte("x"), 8<<20), "not recognised"},
		{"one long quote", append([]byte("a,b\n\""), bytes.Repeat([]byte("x,"), 4<<20)...), "columns"},
		{"prose", []byte("Dear friend,\nthis is a letter about the sea, and it asks nothing.\nBye\n"), "not recognised"},
		{"columns of something else", []byte("name,phone,city\nBob,12,Rome\nAnn,13,Oslo\n"), "--question 1 --answer 2"},
		{"strings", []byte(`["Honey does not spoil."]`), "no questions with answers"},
		{"a map of settings", []byte(`{"width": 3}`), "no questions with answers"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := read(c.data, Options{})
			if !errors.Is(err, ErrFormat) || !strings.Contains(err.Error(), c.said) {
				t.Errorf("Open = %.300v, want an ErrFormat with %q", err, c.said)
			}
		})
	}
}

func zstandard(t testing.TB, data []byte) []byte {
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	return w.EncodeAll(data, nil)
}

// database makes a SQLite database in a file and returns its bytes.
func database(t testing.TB, statements string) []byte {
	path := filepath.Join(t.TempDir(), "db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(context.Background(), statements); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

const newSchema = `CREATE TABLE fields (ntid integer, ord integer, name text, config blob);
INSERT INTO fields VALUES (1, 0, 'Vorderseite', x''), (1, 1, 'Rückseite', x''), (2, 0, 'Extra', x''), (2, 1, 'Answer', x''), (2, 2, 'Question', x'');
CREATE TABLE notes (id integer primary key, mid integer, flds text);
INSERT INTO notes VALUES (10, 1, 'What <b>barks</b>?' || char(31) || 'dog'), (20, 2, 'It does.' || char(31) || 'cat' || char(31) || 'What meows?');`

// TestNewerPackages reads a collection packed with zstd, beside an older one that only holds the
// advice to update.
func TestNewerPackages(t *testing.T) {
	old := database(t, "CREATE TABLE notes (id integer primary key, mid integer, flds text); INSERT INTO notes VALUES (1, 1, 'Please update to the latest Anki version' || char(31) || 'now'); CREATE TABLE col (models text)")
	data := zipped(t, map[string][]byte{"collection.anki21b": zstandard(t, database(t, newSchema)), "collection.anki2": old, "meta": {8, 3}})
	rows, f, err := read(data, Options{})
	if err != nil || f.Format != AnkiPack {
		t.Fatalf("read = %v, %v", f, err)
	}
	got := ""
	for _, r := range rows {
		got += fmt.Sprintln(r.Line, r.Question, r.Answers, r.Note)
	}
	if want := "1 What <b>barks</b>? [dog] \n2 What meows? [cat] It does.\n"; got != want {
		t.Errorf("rows:\n%swant:\n%s", got, want)
	}
}

// TestAViewInPlaceOfNotesIsNotRead holds that a package cannot make the program compute.
func TestAViewInPlaceOfNotesIsNotRead(t *testing.T) {
	endless := `CREATE TABLE col (models text); CREATE VIEW notes AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT i AS id, 1 AS mid, 'a' || char(31) || 'b' AS flds FROM n`
	_, _, err := read(zipped(t, map[string][]byte{"collection.anki2": database(t, endless)}), Options{})
	if !errors.Is(err, ErrFormat) || !strings.Contains(err.Error(), "notes of the collection is a view") {
		t.Errorf("read = %v", err)
	}
}

// TestARowOfStrayQuotesCostsOneRow holds that reading stays linear and loses no other row.
func TestARowOfStrayQuotesCostsOneRow(t *testing.T) {
	text := "question,answer\n" + strings.Repeat("\"What?,x\nWhy?,y\n", 20000)
	rows, _, err := read([]byte(text), Options{})
	if err != nil || len(rows) != 40000 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for i, r := range rows {
		if want := i + 2; r.Line != want || (r.Skip == "") != (i%2 == 1) {
			t.Fatalf("row %d: line %d, %q", i, r.Line, r.Skip)
		}
	}
}
