package study_test

import (
	"bytes"
	"image/png"
	"strings"
	"testing"
	"time"

	"summitquiz/bot/phrase"
)

// TestProgressIsDrawnAndSaid presses Progress before and after the first cards.
func TestProgressIsDrawnAndSaid(t *testing.T) {
	s := open(t)
	s.load(rivers(12))
	p := s.student("Ada", en)
	p.command("cards")
	p.press("Progress")
	p.shows(say(phrase.ProgressEmpty))
	p.command("review")
	p.learn(4, "Easy")
	s.clock.Advance(24 * time.Hour)
	p.command("cards")
	p.press("Progress")
	p.shows("In the last year: 4 reviews on 1 day.", "0 of 12 facts known for a month")
	file := p.post.File
	if file == nil || file.Type != "image/png" || !strings.Contains(file.Alt, "4 reviews") {
		t.Fatalf("the picture is %+v", file)
	}
	bright := file.Data
	p.press("Dark")
	if file = p.post.File; file == nil || bytes.Equal(file.Data, bright) {
		t.Error("the dark picture is the light one")
	}
	if _, err := png.Decode(bytes.NewReader(file.Data)); err != nil {
		t.Error(err)
	}
	p.press("Light")
	if !bytes.Equal(p.post.File.Data, bright) {
		t.Error("the light picture is another one than before")
	}
}
