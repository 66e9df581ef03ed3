package study_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"flag"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"
	xlanguage "golang.org/x/text/language"
	"golang.org/x/text/message"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

var notes = flag.Int("notes", 1000, "how many notes TestManyNotes brings in")

// bring sends a file with /cards.
func (p *student) bring(name string, data []byte) bot.Reply {
	p.t.Helper()
	return p.do(bot.Input{Command: &bot.CommandCall{Name: "cards", File: &bot.File{Name: name, Data: data}}})
}

// hears holds what the last short sentence says.
func (p *student) hears(want string) {
	p.t.Helper()
	if strings.TrimSpace(p.said) != want {
		p.t.Errorf("%s hears %q, want %q", p.who.Name, p.said, want)
	}
}

// syllables is a word of its own for each number.
func syllables(n int) string {
	word := ""
	for n += 1000; n > 0; n /= 20 {
		word += string("bcdfghjklmnpqrstvwxz"[n%20]) + string("aeiou"[n%5])
	}
	return word
}

func TestCardsAreTakenAway(t *testing.T) {
	s := open(t)
	s.load(rivers(12))
	p := s.student("Ada", en)
	p.command("cards", "export", "csv")
	p.hears(say(phrase.ExportNone))
	p.command("review")
	p.learn(3, "Good")
	s.clock.Advance(24 * time.Hour)
	files := map[string][][]string{}
	for _, post := range p.command("cards", "export", "csv").Posts {
		rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(post.File.Data, []byte("\uFEFF")))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		files[post.File.Name] = rows
	}
	cards, reviews := files["cards.csv"], files["reviews.csv"]
	if len(cards) != 4 || len(reviews) != 4 {
		t.Fatalf("there are %d rows of cards and %d of reviews, want three of each and their heads", len(cards), len(reviews))
	}
	for i, want := range map[int]string{1: "Which river is number 0?", 2: "River x", 3: "learning", 8: "1"} {
		if !strings.Contains(cards[1][i], want) {
			t.Errorf("%s of the first card is %q, want %q", cards[0][i], cards[1][i], want)
		}
	}
	if got := strings.Join(reviews[1][1:5], " "); got != "0 good 2026-11-25T08:00:00Z 2026-11-25" {
		t.Errorf("the first review is %s", got)
	}
	p.command("cards", "export", "anki")
	p.shows("3 cards with 3 reviews")
	if f := p.post.File; f == nil || f.Name != "summit-quiz.apkg" || !bytes.HasPrefix(f.Data, []byte("PK")) {
		t.Fatalf("the package is %+v", f)
	}
	p.bring("summit-quiz.apkg", p.post.File.Data) // what is taken away can be brought in
	p.shows("3 cards are in a pack of your own now")
}

// repack makes a package of the entries of another one.
func repack(t *testing.T, data []byte, change func(name string, data []byte) (string, []byte), more ...string) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	put := func(name string, data []byte) {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range in.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		put(change(f.Name, content))
	}
	for _, name := range more {
		put(name, []byte("x"))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestOwnCardsAreBroughtIn brings in what people have: Anki's text, half of it broken, a package with
// media, and one of a newer Anki; and studies it.
func TestOwnCardsAreBroughtIn(t *testing.T) {
	s := open(t)
	p := s.student("Ada", en)
	var text strings.Builder
	text.WriteString("#separator:tab\n#html:false\n")
	for i := range 30 {
		fmt.Fprintf(&text, "What is word %d in Korean?\t%s\n", i, syllables(i))
		fmt.Fprintf(&text, "What is the broken word %d?\t\n", i)
	}
	p.bring(`..\..\etc/My words.txt`, []byte(text.String()))
	p.shows("Cards from My words.txt", "30 cards are in a pack of your own now: my-words", "30 rows were left out", "Line 4: the row has no answer")
	if f := p.post.File; f == nil || strings.Count(string(f.Data), "\n") != 30 {
		t.Errorf("the rows that were left out are not all in the file: %+v", f)
	}
	p.press("Review")
	p.shows("What is word")
	other := s.student("Ben", en)
	if other.command("review"); strings.Contains(other.said, "What is word") {
		t.Error("somebody else studies the pack")
	}

	p.command("review", "pack", "my-words")
	p.answer(true)
	p.press("Good")
	p.command("cards", "export", "anki")
	apkg := p.post.File.Data
	same := func(name string, data []byte) (string, []byte) { return name, data }
	p.bring("media.apkg", repack(t, apkg, same, "0", "1", "27"))
	p.shows("1 card is in a pack of your own now: media", "3 pictures and sounds were left out")
	p.bring("newer.apkg", repack(t, apkg, func(name string, data []byte) (string, []byte) {
		if name != "collection.anki2" {
			return name, data
		}
		w, err := zstd.NewWriter(nil)
		if err != nil {
			t.Fatal(err)
		}
		return "collection.anki21b", w.EncodeAll(data, nil)
	}))
	p.shows("1 card is in a pack of your own now: newer")
}

// TestHostileFilesAreRefusedInWords holds that no path is followed, and that what cannot be read is
// refused in a sentence. Bombs are tried in content/exchange/reader.
func TestHostileFilesAreRefusedInWords(t *testing.T) {
	s := open(t)
	s.load(rivers(6))
	p := s.student("Ada", en)
	p.command("review")
	p.learn(1, "Good")
	p.command("cards", "export", "anki")
	apkg := p.post.File.Data
	for name, data := range map[string][]byte{
		"path.apkg": repack(t, apkg, func(name string, data []byte) (string, []byte) { return "../" + name, data }),
		"cut.apkg":  apkg[:len(apkg)/2],
		"lies.apkg": []byte("PK\x03\x04 no archive"),
	} {
		p.said = ""
		p.bring(name, data)
		if !strings.Contains(p.said, "The file cannot be read") {
			t.Errorf("%s: %q", name, p.said+language.StripIsolates(p.post.Title))
		}
	}
	p.bring("nothing.csv", []byte("question,answer\n,\nwhat?,\n"))
	p.shows(say(phrase.ImportNothing), "Line 3: the row has no answer")
	shared := p.at("room")
	shared.bring("words.csv", []byte("question,answer\nWhat is one?,1\n"))
	shared.hears(say(phrase.ImportPrivate))
}

// TestManyNotes brings in many notes at once; -notes 50000 brings in as many as the largest decks have.
func TestManyNotes(t *testing.T) {
	s := open(t)
	p := s.student("Ada", en)
	var text strings.Builder
	text.WriteString("#separator:tab\n#html:false\n")
	for i := range *notes {
		fmt.Fprintf(&text, "What is the word with the number %d?\t%s\n", i, syllables(i))
	}
	began := time.Now()
	p.bring("many.txt", []byte(text.String()))
	p.shows(message.NewPrinter(xlanguage.English).Sprintf("%d cards are in a pack of your own now", *notes))
	t.Logf("%d bytes were brought in within %v", text.Len(), time.Since(began))
	began = time.Now()
	p.press("Review")
	p.shows("What is the word with the number")
	t.Logf("the first question came within %v", time.Since(began))
}
