package exchange_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"summitquiz/content"
	"summitquiz/content/exchange"
	"summitquiz/content/exchange/reader"
	"summitquiz/content/language"
)

// fuzzReader holds, for any bytes, that import never panics, never makes a pack that does not
// load, and that its questions can be drawn.
func fuzzReader(f *testing.F, format reader.Format, folders ...string) {
	for _, folder := range folders {
		files, err := filepath.Glob(filepath.Join("testdata", "files", folder))
		if err != nil || len(files) == 0 {
			f.Fatalf("no seeds in %s: %v", folder, err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data, uint8(language.English))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte, code uint8) {
		if len(data) > 1<<14 {
			return
		}
		lang := language.All()[int(code)%len(language.All())]
		drawn := 0
		pack, report, err := exchange.Import("f", data, exchange.Options{Name: "p", Title: "T", Read: reader.Options{Format: format, Language: lang},
			Batch: func(p *content.Pack) { drawn += len(draw(t, p, lang)) }})
		switch {
		case err == nil:
			p, err := content.Parse(pack, content.Options{MaxBytes: content.FileLimit})
			if err != nil {
				t.Fatalf("the pack does not load: %v\n%s", err, pack)
			}
			if len(p.Facts) != report.Cards {
				t.Fatalf("the pack has %d cards and the report says %d", len(p.Facts), report.Cards)
			}
		case errors.Is(err, exchange.ErrNothing), errors.Is(err, reader.ErrFormat):
		default:
			t.Fatal(err)
		}
	})
}

func FuzzAny(f *testing.F) {
	fuzzReader(f, "", "csv/*", "json/*", "lists/*", "red/*", "gift/*", "anki-text/*", "kotoba/*", "bad/*")
}
func FuzzTable(f *testing.F)    { fuzzReader(f, reader.Table, "csv/*", "tables/*.csv") }
func FuzzSheet(f *testing.F)    { fuzzReader(f, reader.Sheet, "tables/*.xlsx") }
func FuzzJSON(f *testing.F)     { fuzzReader(f, reader.JSON, "json/*", "kotoba/*.json") }
func FuzzRed(f *testing.F)      { fuzzReader(f, reader.Red, "red/*") }
func FuzzGIFT(f *testing.F)     { fuzzReader(f, reader.GIFT, "gift/*") }
func FuzzMoodle(f *testing.F)   { fuzzReader(f, reader.Moodle, "../moodle.xml") }
func FuzzAnkiText(f *testing.F) { fuzzReader(f, reader.AnkiText, "anki-text/*") }
func FuzzAnkiPack(f *testing.F) { fuzzReader(f, reader.AnkiPack, "apkg/*") }
func FuzzLists(f *testing.F)    { fuzzReader(f, reader.Labelled, "lists/*") }
func FuzzAiken(f *testing.F)    { fuzzReader(f, reader.Aiken, "lists/*") }
func FuzzOpenQA(f *testing.F)   { fuzzReader(f, reader.OpenQA, "lists/*") }
func FuzzTrivia(f *testing.F)   { fuzzReader(f, reader.TriviaBot, "lists/*") }
func FuzzQuizlet(f *testing.F)  { fuzzReader(f, reader.Quizlet, "lists/*") }
