package chart

import (
	"bytes"
	"embed"
	"fmt"
	"slices"
	"sync"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
)

//go:embed font
var fontFiles embed.FS

// fontNames are the embedded fonts. A letter is taken from the first that has it.
var fontNames = []string{"NotoSans-subset.ttf", "NotoSansArabic-subset.ttf", "NotoSansCJKsc-subset.otf"}

// glyph is one letter form in its place: the origin of its outline at (x, y).
type glyph struct {
	font int // index in fontNames
	id   font.GID
	x, y float64
	size float64 // pixels an em
}

// faces are the fonts, read once. They are part of the program and held by test.
var faces = sync.OnceValue(func() []*font.Face {
	var out []*font.Face
	for _, name := range fontNames {
		data, err := fontFiles.ReadFile("font/" + name)
		if err != nil {
			panic(err) // it is embedded
		}
		face, err := font.ParseTTF(bytes.NewReader(data))
		if err != nil {
			panic(fmt.Errorf("font %s: %w", name, err)) // it is embedded
		}
		out = append(out, face)
	}
	return out
})

// typesetter shapes text with fonts of its own: a face serves one goroutine at a time.
type typesetter struct {
	faces     []*font.Face
	shaper    shaping.HarfbuzzShaper
	segmenter shaping.Segmenter
}

var typesetters = sync.Pool{New: func() any {
	t := &typesetter{}
	for _, f := range faces() {
		t.faces = append(t.faces, font.NewFace(f.Font))
	}
	return t
}}

// ResolveFace returns the first face that has a letter.
func (t *typesetter) ResolveFace(c rune) *font.Face {
	for _, f := range t.faces {
		if _, ok := f.NominalGlyph(c); ok {
			return f
		}
	}
	return t.faces[0]
}

// covers reports whether the embedded fonts have all letters of a text.
func covers(text string) bool {
	for _, c := range text {
		ok := c >= 0x2066 && c <= 0x2069 || c == 0x200E || c == 0x200F // directions, which nobody sees
		for _, f := range faces() {
			_, has := f.NominalGlyph(c)
			ok = ok || has
		}
		if !ok {
			return false
		}
	}
	return true
}

// shapeText returns the letters of a line of text from its left edge on, joined and in the order in
// which they are seen, and how wide it is.
func shapeText(text string, size float64, rightToLeft bool) ([]glyph, float64) {
	t := typesetters.Get().(*typesetter)
	defer typesetters.Put(t)
	all := []rune(text)
	base := di.DirectionLTR
	if rightToLeft {
		base = di.DirectionRTL
	}
	const em = 1024 // shaped at a size at which rounding is not seen
	runs := t.segmenter.Split(shaping.Input{Text: all, RunEnd: len(all), Direction: base, Size: fixed.I(em)}, t)
	var out []glyph
	scale, x := size/em/64, 0.0
	for _, run := range seen(runs, base) {
		at := slices.Index(t.faces, run.Face)
		for _, g := range t.shaper.Shape(run).Glyphs {
			out = append(out, glyph{at, g.GlyphID, x + float64(g.XOffset)*scale, -float64(g.YOffset) * scale, size})
			x += float64(g.Advance) * scale
		}
	}
	return out, x
}

// seen puts runs into the order in which they are seen from the left: those that run against the
// direction of the whole stand in reverse among themselves.
func seen(runs []shaping.Input, base di.Direction) []shaping.Input {
	runs = slices.Clone(runs)
	against := func(i int) bool { return runs[i].Direction != base }
	for i := 0; i < len(runs); i++ {
		if !against(i) {
			continue
		}
		last := i
		for last < len(runs) && against(last) {
			last++
		}
		slices.Reverse(runs[i:last])
		i = last
	}
	if base == di.DirectionRTL {
		slices.Reverse(runs)
	}
	return runs
}

// outline returns the outline of a letter in units of an em, y downwards from the baseline.
func outline(fontAt int, id font.GID) []opentype.Segment {
	face := faces()[fontAt]
	data, ok := face.GlyphDataOutline(id)
	if !ok {
		return nil
	}
	out := slices.Clone(data.Segments)
	unit := 1 / float32(face.Upem())
	for i := range out {
		for j := range out[i].Args {
			out[i].Args[j].X *= unit
			out[i].Args[j].Y *= -unit
		}
	}
	return out
}
