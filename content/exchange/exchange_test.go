package exchange_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"summitquiz/content"
	"summitquiz/content/exchange"
	"summitquiz/content/language"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestImport holds the packs and the problems that files of each format make.
func TestImport(t *testing.T) {
	for file, format := range map[string]exchange.Format{
		"cards.csv": exchange.CSV, "opentdb.json": exchange.OpenTDB, "red.yaml": exchange.Red, "anki.txt": exchange.AnkiText,
	} {
		t.Run(file, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join("testdata", file))
			if err != nil {
				t.Fatal(err)
			}
			rows, problems, err := exchange.Read(format, file, data, language.English)
			if err != nil {
				t.Fatal(err)
			}
			pack, more, err := exchange.Pack(exchange.About{Name: "imported", Title: "Imported", Lang: language.English, File: file}, rows)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := content.Parse(pack, content.Options{}); err != nil {
				t.Errorf("the pack does not load: %v", err)
			}
			var got strings.Builder
			got.Write(pack)
			for _, p := range append(problems, more...) {
				fmt.Fprintln(&got, p)
			}
			golden := filepath.Join("testdata", file+".golden")
			if *update {
				if err := os.WriteFile(golden, []byte(got.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got.String() != string(want) {
				t.Errorf("import of %s =\n%s\nwant\n%s", file, got.String(), want)
			}
		})
	}
}

func TestFilesOfAnotherFormatAreRefused(t *testing.T) {
	for _, c := range []struct {
		format exchange.Format
		data   string
	}{
		{exchange.CSV, ""}, {exchange.CSV, "a,b\n1,2\n"},
		{exchange.OpenTDB, "question,answer"}, {exchange.OpenTDB, `{"a": 1}`}, {exchange.OpenTDB, `[{"question": `}, {exchange.OpenTDB, `"text"`},
		{exchange.Red, "- a\n- b\n"}, {exchange.Red, "a: [b"}, {exchange.Red, ""},
		{exchange.AnkiText, ""}, {exchange.AnkiText, "#separator:tab\n"}, {"docx", "x"},
	} {
		if _, _, err := exchange.Read(c.format, "f", []byte(c.data), language.English); !errors.Is(err, exchange.ErrFormat) {
			t.Errorf("Read(%s, %q) = %v, want ErrFormat", c.format, c.data, err)
		}
	}
}

func TestAPackOfNoRowsIsRefused(t *testing.T) {
	_, problems, err := exchange.Pack(exchange.About{Name: "x", Title: "X", Lang: language.English, File: "f.csv"},
		[]exchange.Row{{Line: 4, Question: strings.Repeat("long ", 1000), Answer: "yes"}})
	if !errors.Is(err, exchange.ErrNothing) || len(problems) != 1 || problems[0].Line != 4 {
		t.Errorf("Pack = %v, %v, want ErrNothing and a problem at line 4", problems, err)
	}
}

// text draws what people write in cells: words of every script with marks that formats use.
var text = rapid.StringMatching(`[=+\-@'"|\\~#{}:;,a-zA-Z0-9ء-ي가-힣一-龥?<>&]{1,12}( [=+\-@'"|\\~#{}:;,a-z0-9ء-ي가-힣一-龥?<>&]{1,12}){0,3}`)

func anyRows(t *rapid.T) []exchange.Row {
	n := rapid.IntRange(1, 8).Draw(t, "rows")
	rows := make([]exchange.Row, n)
	for i := range rows {
		words := rapid.SliceOfNDistinct(text, 2, 7, func(s string) string { return strings.ToLower(strings.TrimLeft(s, "'")) }).Draw(t, "words")
		rows[i] = exchange.Row{ID: fmt.Sprint(i), Question: fmt.Sprintf("%d %s", i, words[0]), Answer: words[1]}
		rest := words[2:]
		cut := rapid.IntRange(0, len(rest)).Draw(t, "cut")
		rows[i].Accept, rows[i].Wrong = append([]string(nil), rest[:cut]...), append([]string(nil), rest[cut:]...)
	}
	return rows
}

// forget leaves what a round trip keeps.
func forget(rows []exchange.Row, all bool) []exchange.Row {
	out := make([]exchange.Row, len(rows))
	for i, r := range rows {
		out[i] = exchange.Row{Question: r.Question, Answer: r.Answer}
		if all {
			out[i].Accept, out[i].Wrong = append([]string{}, r.Accept...), append([]string{}, r.Wrong...)
		}
	}
	return out
}

func TestWhatIsWrittenAsCSVIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := anyRows(t)
		var file bytes.Buffer
		if err := exchange.WriteCSV(&file, rows, language.Korean); err != nil {
			t.Fatal(err)
		}
		got, problems, err := exchange.Read(exchange.CSV, "f", file.Bytes(), language.Korean)
		if err != nil || len(problems) > 0 || !reflect.DeepEqual(forget(got, true), forget(rows, true)) {
			t.Fatalf("read back = %+v, %v, %v, want %+v\n%s", got, problems, err, rows, &file)
		}
	})
}

func TestWhatIsWrittenForAnkiIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := anyRows(t)
		var file bytes.Buffer
		if err := exchange.WriteAnki(&file, rows, "Deck"); err != nil {
			t.Fatal(err)
		}
		got, problems, err := exchange.Read(exchange.AnkiText, "f", file.Bytes(), language.English)
		if err != nil || len(problems) > 0 || !reflect.DeepEqual(forget(got, false), forget(rows, false)) {
			t.Fatalf("read back = %+v, %v, %v, want %+v\n%s", got, problems, err, rows, &file)
		}
	})
}

func TestEveryPackThatIsMadeLoads(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := anyRows(t)
		for i := range rows {
			rows[i].Line = i + 1
		}
		pack, problems, err := exchange.Pack(exchange.About{Name: "p", Title: "T: {x}", Lang: language.English, File: "f"}, rows)
		if errors.Is(err, exchange.ErrNothing) && len(problems) == len(rows) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		p, err := content.Parse(pack, content.Options{})
		if err != nil || len(p.Facts)+len(problems) != len(rows) {
			t.Fatalf("the pack keeps %d of %d rows with %d problems: %v\n%s", len(p.Facts), len(rows), len(problems), err, pack)
		}
	})
}

func ExampleWriteGIFT() {
	_ = exchange.WriteGIFT(os.Stdout, []exchange.Row{
		{ID: "sum", Question: "What is {a} in a = 1: 2 ~ #?", Answer: "1:2", Wrong: []string{"=3"}, Why: "It says so."},
		{ID: "sea", Question: "The sea is sweet.", Answer: "False", Truth: exchange.FalseStatement},
		{ID: "capital", Question: "The capital of France?", Answer: "Paris", Accept: []string{"Lutetia"}},
	}, "Examples")
	// Output:
	// $CATEGORY: Examples
	//
	// ::sum::[plain]What is \{a\} in a \= 1\: 2 \~ \#? {
	// 	=1\:2
	// 	~\=3
	// ####It says so.}
	//
	// ::sea::[plain]The sea is sweet. {FALSE}
	//
	// ::capital::[plain]The capital of France? {
	// 	=Paris
	// 	=Lutetia
	// }
}

func ExampleNameFor() {
	fmt.Println(exchange.NameFor("General Knowledge (2025)"), exchange.NameFor("상식"))
	// Output: general-knowledge-2025 imported
}

func FuzzRead(f *testing.F) {
	for i, file := range []string{"cards.csv", "opentdb.json", "red.yaml", "anki.txt"} {
		data, err := os.ReadFile(filepath.Join("testdata", file))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, uint8(i))
	}
	formats := []exchange.Format{exchange.CSV, exchange.OpenTDB, exchange.Red, exchange.AnkiText}
	f.Fuzz(func(t *testing.T, data []byte, i uint8) {
		rows, _, err := exchange.Read(formats[int(i)%len(formats)], "f", data, language.English)
		if err != nil || len(rows) > 50 {
			return
		}
		pack, _, err := exchange.Pack(exchange.About{Name: "p", Title: "T", Lang: language.English, File: "f"}, rows)
		if errors.Is(err, exchange.ErrNothing) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if _, err := content.Parse(pack, content.Options{MaxBytes: content.FileLimit}); err != nil {
			t.Fatal(err)
		}
	})
}
