package chart

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"summitquiz/bot/phrase"
	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/flashcard"
	"summitquiz/quiz/progress"
)

var (
	update = flag.Bool("update", false, "rewrite the golden files")
	look   = flag.String("look", "", "write pictures into this folder, to be looked at")
)

// names are the titles of packs in each language; one of them has a letter that no font has.
var names = [language.Count]map[content.PackID]string{
	language.Arabic:  {"countries": "بلدان العالم", "history": "تواريخ من تاريخ العالم", "own": "كلماتي \u2068Deutsch\u2069"},
	language.English: {"countries": "Countries of the world", "history": "World history in dates", "own": "My words: ꙮ"},
	language.Korean:  {"countries": "세계의 나라", "history": "연대로 보는 세계사", "own": "내 단어"},
	language.Chinese: {"countries": "世界各国", "history": "世界史年表", "own": "我的单词"},
}

// learner is somebody who has studied for most of a year.
func learner() progress.Progress {
	today := quiz.DayOf(2026, 11, 29)
	s := progress.NewSum(today, 0.9, []progress.Pack{{ID: "countries", Facts: 87}, {ID: "history", Facts: 140}, {ID: "own", Facts: 30}})
	for i := range 180 {
		pack := content.PackID([]string{"countries", "history"}[i%5/3])
		c := flashcard.Card{State: flashcard.Reviewing, Stability: float64(i*i) / 150, Interval: 1 + i*i/220, Day: today - quiz.Day(i%9)}
		s.AddCard(pack, &c)
	}
	for i := range 4000 {
		ago := (i*i/13 + i/7) % 300
		if ago%7 == 3 || ago > 120 && ago < 131 {
			continue
		}
		r := progress.Review{Day: today - quiz.Day(ago), Rating: flashcard.Good, Before: flashcard.Card{Fact: content.FactID(fmt.Sprint("f", i)),
			State: flashcard.Reviewing, Day: today - quiz.Day(ago) - 5}}
		if i%(6+ago/30) == 0 {
			r.Rating = flashcard.Again
		}
		s.AddReview(&r)
	}
	return s.Progress()
}

func local(c language.Code) phrase.Localizer {
	l := phrase.In(c)
	if c == language.Arabic {
		l.Style.Digits = language.ArabicIndic
	}
	return l
}

// TestDrawings holds what is drawn and said in each language. The drawing is held as SVG, from which
// outlines are left out: those belong to the fonts.
func TestDrawings(t *testing.T) {
	p := learner()
	for _, c := range language.Own() {
		hold(t, Progress(&p, names[c], local(c)), c.String())
	}
}

// hold holds a drawing and its words under a name, which ends in the language.
func hold(t *testing.T, d *Drawing, name string) {
	t.Helper()
	for _, shape := range d.scene.shapes {
		for _, g := range shape.text {
			if g.id == 0 {
				t.Errorf("%s: a letter at %.0f, %.0f is in no font", name, g.x, g.y)
			}
			if g.x < 0 || g.x > width {
				t.Errorf("%s: a letter stands at %.0f, beside the picture", name, g.x)
			}
		}
	}
	svg := string(d.SVG())
	if err := wellFormed(svg); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	if len(svg) > 200<<10 {
		t.Errorf("%s: the SVG has %d bytes", name, len(svg))
	}
	start, stop := strings.Index(svg, "<defs>"), strings.Index(svg, "</defs>")
	golden(t, name+".svg.txt", svg[:start]+svg[stop+len("</defs>\n"):])
	golden(t, name+".txt", language.StripIsolates(strings.Join(d.Words, "\n"))+"\n")
	for _, inDark := range []bool{false, true} {
		if *look == "" && (!strings.HasSuffix(name, language.Arabic.String()) || !inDark) {
			continue // one picture shows that they can be painted
		}
		data, err := d.PNG(inDark)
		if err != nil {
			t.Fatal(err)
		}
		config, err := png.DecodeConfig(bytes.NewReader(data))
		if err != nil || config.Width != width*pixels {
			t.Errorf("%s: the PNG is %v, %v", name, config, err)
		}
		if *look != "" {
			file := filepath.Join(*look, fmt.Sprintf("%s-%t.png", name, inDark))
			if err := os.WriteFile(file, data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestGroups holds the picture of a group, and its words.
func TestGroups(t *testing.T) {
	var rows []Place
	for i, known := range []int{87, 60, 60, 12, 0} {
		rank := i + 1
		if i == 2 {
			rank = 2
		}
		rows = append(rows, Place{rank, progress.Mastery{Facts: 87, Known: known, Met: min(87, known+9)}})
	}
	for _, c := range language.Own() {
		l := local(c)
		d := Group(rows, l.Say(phrase.MasteryTitle), l.Say(phrase.MasteryPack, phrase.Text("pack", names[c]["countries"]), phrase.Count("facts", 87)), l)
		hold(t, d, "group-"+c.String())
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	name = filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; if the change is meant, run go test -update and look at the pictures with -look", name)
	}
}

func wellFormed(svg string) error {
	d := xml.NewDecoder(strings.NewReader(svg))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// TestLettersAreShaped holds that Arabic letters are joined and stand from right to left, that numbers
// within them do not, and that a line is as wide as its letters.
func TestLettersAreShaped(t *testing.T) {
	alone, width := shapeText("ب", 100, true)
	three, wide := shapeText("ببب", 100, true)
	if len(alone) != 1 || len(three) != 3 || three[0].id == alone[0].id || three[1].id == alone[0].id || wide >= 3*width {
		t.Errorf("ب is %v and ببب %v", alone, three)
	}
	at := func(text string, rightToLeft bool) (first, last float64) {
		glyphs, _ := shapeText(text, 100, rightToLeft)
		return glyphs[0].x, glyphs[len(glyphs)-1].x
	}
	if first, last := at("abc", true); first >= last {
		t.Error("Latin letters stand from right to left")
	}
	mixed, _ := shapeText("ب 12 ج", 100, true)
	one, _ := shapeText("1", 100, false)
	two, _ := shapeText("2", 100, false)
	place := map[int]float64{}
	for _, g := range mixed {
		for n, digit := range []glyph{one[0], two[0]} {
			if g.font == digit.font && g.id == digit.id {
				place[n] = g.x
			}
		}
	}
	if len(place) != 2 || place[0] >= place[1] {
		t.Errorf("the digits of 12 stand at %v", place)
	}
	if covers("Countries بلدان 세계의 世界") != true || covers("ꙮ") {
		t.Error("what the fonts have is not known")
	}
}
