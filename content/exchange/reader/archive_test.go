package reader

import (
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"testing"
)

// book is a workbook with one sheet of rows, and more entries.
func book(t *testing.T, rows string, more map[string][]byte) []byte {
	const ns = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	entries := map[string][]byte{
		"[Content_Types].xml": []byte(`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` +
			`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`),
		"_rels/.rels": []byte(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" ` +
			`Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`),
		"xl/workbook.xml": []byte(`<workbook ` + ns + `><sheets><sheet name="Quiz" sheetId="1" r:id="r1"/></sheets></workbook>`),
		"xl/_rels/workbook.xml.rels": []byte(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" ` +
			`Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`),
		"xl/worksheets/sheet1.xml": []byte(`<worksheet ` + ns + `><sheetData>` + rows + `</sheetData></worksheet>`),
	}
	for name, data := range more {
		entries[name] = data
	}
	return zipped(t, entries)
}

// sheetRow is a row of cells of text.
func sheetRow(n int, cells ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<row r="%d">`, n)
	for _, c := range cells {
		fmt.Fprintf(&b, `<c t="inlineStr"><is><t>%s</t></is></c>`, c)
	}
	return b.String() + "</row>"
}

// TestLinksOfAWorkbookAreNotFollowed holds that a workbook that names another one, on a server or by a
// path out of the archive, is read as it stands: nobody is called, and no file is written.
func TestLinksOfAWorkbookAreNotFollowed(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	calls := make(chan struct{}, 1)
	go func() {
		if c, err := l.Accept(); err == nil {
			_ = c.Close()
			calls <- struct{}{}
		}
	}()
	empty := t.TempDir()
	t.Setenv("TMPDIR", empty)
	t.Chdir(empty)
	url := "http://" + l.Addr().String() + "/other.xlsx"
	data := book(t, sheetRow(1, "question", "answer")+
		`<row r="2"><c t="inlineStr"><is><t>What is linked?</t></is></c><c t="str"><f>[1]Quiz!A1</f><v>kept</v></c></row>`+
		`<row r="3"><c t="inlineStr"><is><t>What is asked of a server?</t></is></c><c><f>WEBSERVICE("`+url+`")</f></c></row>`,
		map[string][]byte{
			"xl/externalLinks/externalLink1.xml": []byte(`<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>`),
			"xl/externalLinks/_rels/externalLink1.xml.rels": []byte(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" ` +
				`Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath" Target="` + url + `" TargetMode="External"/></Relationships>`),
			"../outside.xml": []byte("<x/>"), "/outside.xml": []byte("<x/>"), `..\outside.xml`: []byte("<x/>"),
		})
	rows, _, err := read(data, Options{})
	if err != nil || len(rows) != 2 || strings.Join(rows[0].Answers, "") != "kept" || len(rows[1].Answers) != 0 {
		t.Errorf("read = %+v, %v", rows, err)
	}
	_ = l.Close()
	select {
	case <-calls:
		t.Error("the server that the workbook names was called")
	default:
	}
	for _, folder := range []string{empty, ".."} {
		files, err := os.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if strings.Contains(f.Name(), "outside") || folder == empty {
				t.Errorf("%s was written", f.Name())
			}
		}
	}
}

// TestWideSheetsAreRefused holds that 10,000 columns of a workbook cost a sentence, wherever they stand.
func TestWideSheetsAreRefused(t *testing.T) {
	wide := make([]string, 10000)
	for i := range wide {
		wide[i] = "question"
	}
	for name, data := range map[string][]byte{
		"in the first row": book(t, sheetRow(1, wide...), nil),
		"in a later row":   book(t, sheetRow(1, "question", "answer")+sheetRow(2, "Who?", "Ada")+sheetRow(3, wide...), nil),
	} {
		if _, _, err := read(data, Options{}); !errors.Is(err, ErrFormat) || !strings.Contains(err.Error(), "more than 1000 columns") {
			t.Errorf("%s: %.300v", name, err)
		}
	}
}

// TestAPackageIsKnownByItsContent holds that a text called .apkg is read as the text that it is, a package
// called .txt as a package, and that entries whose paths lead elsewhere are no collection.
func TestAPackageIsKnownByItsContent(t *testing.T) {
	text := "#separator:tab\nWhat barks?\tdog\n"
	for _, name := range []string{"deck.apkg", "deck.colpkg", "deck.xlsx"} {
		f, err := Open(name, []byte(text), Options{})
		if err != nil || f.Format != AnkiText {
			t.Errorf("a text called %s: %+v, %v", name, f, err)
		}
		if _, err := Open(name, []byte(text), Options{Format: AnkiPack}); !errors.Is(err, ErrFormat) || !strings.Contains(err.Error(), "it is a text, not an Anki package") {
			t.Errorf("a text called %s, said to be a package: %v", name, err)
		}
	}
	collection := database(t, newSchema)
	rows, f, err := read(zipped(t, map[string][]byte{"./collection.anki2": collection}), Options{})
	if err != nil || f.Format != AnkiPack || len(rows) != 2 {
		t.Errorf("a package that was zipped anew: %d rows, %v", len(rows), err)
	}
	for _, name := range []string{"../collection.anki2", "/etc/collection.anki2", `..\collection.anki2`, "deck/collection.anki2"} {
		if _, _, err := read(zipped(t, map[string][]byte{name: collection}), Options{}); !errors.Is(err, ErrFormat) {
			t.Errorf("a collection at %s: %v", name, err)
		}
	}
	if _, _, err := read(zipped(t, map[string][]byte{"collection.anki99": []byte("of tomorrow")}), Options{}); !errors.Is(err, ErrFormat) || !strings.Contains(err.Error(), "Support older Anki versions") {
		t.Errorf("a package of an Anki of tomorrow: %v", err)
	}
}

// TestTriggersOfACollectionDoNothing holds that a collection with triggers, views and odd types is read as
// its notes stand.
func TestTriggersOfACollectionDoNothing(t *testing.T) {
	rows, _, err := read(zipped(t, map[string][]byte{"collection.anki2": database(t, newSchema+`
		CREATE TRIGGER t AFTER INSERT ON notes BEGIN DELETE FROM notes; END;
		CREATE VIEW v AS SELECT * FROM notes;
		CREATE VIEW decks AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n;
		CREATE TABLE cards (id integer primary key);`)}), Options{})
	if err != nil || len(rows) != 2 || strings.Join(rows[1].Answers, "") != "cat" {
		t.Errorf("read = %+v, %v", rows, err)
	}
	endless := strings.Replace(newSchema, "CREATE TABLE fields (ntid integer, ord integer, name text, config blob);\nINSERT INTO fields VALUES (1, 0, 'Vorderseite', x''), (1, 1, 'Rückseite', x''), (2, 0, 'Extra', x''), (2, 1, 'Answer', x''), (2, 2, 'Question', x'');",
		"CREATE VIEW fields AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS ntid, 0 AS ord, 'Front' AS name FROM n; CREATE TABLE col (models text);", 1)
	if endless == newSchema {
		t.Fatal("the schema of the test changed")
	}
	if rows, _, err = read(zipped(t, map[string][]byte{"collection.anki2": database(t, endless)}), Options{}); err != nil || len(rows) != 2 {
		t.Errorf("a view in place of the fields: %d rows, %v", len(rows), err)
	}
}
