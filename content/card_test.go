package content_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"summitquiz/content"
	"summitquiz/content/language"
)

func TestCardsRecogniseTheirAnswers(t *testing.T) {
	for _, c := range []struct {
		answer   string
		relation string
		written  string // as the pack would write it
	}{
		{"Paris", content.CardRelation, "Paris"},
		{"1945", content.CardDateRelation, "1945"},
		{"1945-05-08", content.CardDateRelation, "1945-05-08"},
		{"1945-05", content.CardDateRelation, "1945-05"},
		{"7", content.CardNumberRelation, "7"},
		{"1,945", content.CardNumberRelation, "1945"},
		{"12.5 %", content.CardNumberRelation, "12.5 percent"},
		{"70 trillion KRW", content.CardNumberRelation, "70000000000000 KRW"},
		{"$24", content.CardNumberRelation, "24 USD"},
		{"€1.5 million", content.CardNumberRelation, "1500000 EUR"},
		{"$24 USD", content.CardRelation, "$24 USD"},
		{"¥400", content.CardRelation, "¥400"}, // yen or yuan
		{"007", content.CardRelation, "007"},
		{"0", content.CardNumberRelation, "0"},
		{"0.5", content.CardNumberRelation, "0.5"},
		{"'7'", content.CardRelation, "7"},
		{"7 dwarfs", content.CardRelation, "7 dwarfs"},
		{"true", content.CardRelation, "True"},
		{"{en: Paris}", content.CardRelation, "Paris"},
		{"a [b] c", content.CardRelation, "a [b] c"},
	} {
		p := parse(t, head+"cards:\n  - id: c\n    ask: What?\n    answer: "+c.answer+"\n")
		f := p.Fact("c")
		if f.Relation.ID != c.relation {
			t.Errorf("%s is a %s, want %s", c.answer, f.Relation.ID, c.relation)
		}
		v := f.Values[1][0]
		got := ""
		switch {
		case v.Words != nil:
			got = v.Words.Text.In(language.English)
		case v.Type == content.DateValue:
			got = c.written
			if v.Date.Year != 1945 || (v.Date.Month == 5) != strings.Contains(c.written, "-05") {
				t.Errorf("%s is the date %v", c.answer, v.Date)
			}
		default:
			got = v.Amount.Number.String()
			if v.Amount.Unit != nil {
				got += " " + v.Amount.Unit.Code
			}
		}
		if got != c.written {
			t.Errorf("%s is read as %s, want %s", c.answer, got, c.written)
		}
	}
}

// TestCardsAreAskedWithTheirOwnQuestion also holds that a question with braces or apostrophes
// means itself.
func TestCardsAreAskedWithTheirOwnQuestion(t *testing.T) {
	for question, stated := range map[string]string{
		"What is the capital of France?":  "What is the capital of France? Paris",
		"Capital of France":               "Capital of France: Paris",
		"What's {this} 'called'?":         "What's {this} 'called'? Paris",
		"{answer}?":                       "{answer}? Paris",
		"Complete: it's, '{', # and ''":   "Complete: it's, '{', # and '': Paris",
		"Which city, so called, is it...": "Which city, so called, is it... Paris",
	} {
		p := parse(t, head+"cards:\n  - {id: c, ask: \""+question+"\", answer: Paris}\n")
		f := p.Fact("c")
		args := []language.Arg{p.Arg(language.English, f.Values[0][0]), p.Arg(language.English, f.Values[1][0])}
		style := language.Style{Plain: true}
		if got := string(f.Asks(1).Messages[language.English].Append(nil, args, style)); got != question {
			t.Errorf("asked as %q, want %q", got, question)
		}
		if got := string(f.States().Messages[language.English].Append(nil, args, style)); got != stated {
			t.Errorf("stated as %q, want %q", got, stated)
		}
		if f.Asks(0) != nil {
			t.Error("the question itself is asked for")
		}
	}
}

func TestACardKeepsItsIDWhileItsQuestionStays(t *testing.T) {
	first := parse(t, fiveLines)
	second := parse(t, strings.Replace(fiveLines, "answer: Paris", "answer: Paname", 1)+"  - {ask: Another?, answer: Yes}\n")
	if first.Facts[0].ID != second.Facts[0].ID {
		t.Errorf("%s became %s", first.Facts[0].ID, second.Facts[0].ID)
	}
	if second.Facts[0].ID == second.Facts[1].ID {
		t.Error("two questions have one id")
	}
}

func TestLoadFileTakesAFileOrItsFolderAndStaysInside(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	secret := filepath.Join(t.TempDir(), "secret.txt")
	if err := os.WriteFile(secret, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, filepath.Join(dir, "link.txt")); err != nil {
		t.Fatal(err)
	}
	write("s.txt", "Paris is large.")
	write(content.PackFile, head+"sources: {s: {title: S, language: en, text: s.txt}}\n"+enough)
	write("other.yaml", head+"sources: {s: {title: S, language: en, text: link.txt}}\n"+enough)

	two := head + "sources:\n  s: {title: S, language: en, text: s.txt}\n  t: {title: T, language: en, text: s.txt}\n" + enough
	write("two.yaml", two)
	room := int64(len(two) + len("Paris is large."))
	if _, err := content.LoadFile(filepath.Join(dir, "two.yaml"), content.Options{MaxBytes: room}); len(content.Problems(err)) != 1 {
		t.Errorf("texts that are too large together: %v", err)
	}

	folder, err := content.LoadFile(dir, content.Options{})
	if err != nil {
		t.Fatal(err)
	}
	file, err := content.LoadFile(filepath.Join(dir, content.PackFile), content.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if folder.Hash != file.Hash || folder.Sources[0].Text != "Paris is large." {
		t.Error("the folder and its file are two packs")
	}
	_, err = content.LoadFile(filepath.Join(dir, "other.yaml"), content.Options{})
	if list := content.Problems(err); len(list) != 1 || list[0].Message != "link.txt cannot be read" {
		t.Errorf("a link out of the folder: %v", err)
	}
	if _, err = content.LoadFile(dir, content.Options{MaxBytes: 100}); len(content.Problems(err)) != 1 {
		t.Errorf("a pack above the limit: %v", err)
	}
	if _, err = content.LoadFile(dir, content.Options{MaxBytes: int64(len(head)+len(enough)) + 60}); len(content.Problems(err)) != 1 {
		t.Errorf("a pack above the limit with its text: %v", err)
	}
}
