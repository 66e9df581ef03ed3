package chart

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"

	"github.com/go-text/typesetting/font/opentype"
	"golang.org/x/image/vector"
)

// palette has a colour for each role.
type palette [roles]color.RGBA

func rgb(v uint32) color.RGBA { return color.RGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 255} }

// The palettes: contrast of ink and quiet on paper is 7 and 4.5 at least.
var (
	light = palette{paper: rgb(0xffffff), ink: rgb(0x1c2430), quiet: rgb(0x5b6675), grid: rgb(0xdde3ea), accent: rgb(0x1d6fd8), second: rgb(0xc2571a),
		heat0: rgb(0xe9edf2), heat1: rgb(0xb9d7f8), heat2: rgb(0x76aff0), heat3: rgb(0x2f7fdd), heat4: rgb(0x0f4a9c)}
	dark = palette{paper: rgb(0x171c24), ink: rgb(0xeef2f7), quiet: rgb(0xa3afbf), grid: rgb(0x323b48), accent: rgb(0x63a8ff), second: rgb(0xf2995a),
		heat0: rgb(0x262e39), heat1: rgb(0x1f4677), heat2: rgb(0x2a6cb8), heat3: rgb(0x4d97ec), heat4: rgb(0xa5cdff)}
)

func hex(c color.RGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// pixels is how many pixels of a PNG one unit of a scene is.
const pixels = 2

// PNG returns the drawing as a picture, light or dark.
func (d *Drawing) PNG(inDark bool) ([]byte, error) {
	colors := &light
	if inDark {
		colors = &dark
	}
	w, h := int(math.Ceil(d.scene.width*pixels)), int(math.Ceil(d.scene.height*pixels))
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(img, img.Bounds(), image.NewUniform(colors[paper]), image.Point{}, draw.Src)
	for i := range d.scene.shapes {
		paint(img, &d.scene.shapes[i], colors)
	}
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.DefaultCompression}).Encode(&out, img); err != nil {
		return nil, fmt.Errorf("encode a picture: %w", err)
	}
	return out.Bytes(), nil
}

// brush draws outlines around a corner of a picture.
type brush struct {
	raster vector.Rasterizer
	x, y   float64 // of the corner
}

func (b *brush) move(x, y float64) { b.raster.MoveTo(float32(x-b.x), float32(y-b.y)) }
func (b *brush) to(x, y float64)   { b.raster.LineTo(float32(x-b.x), float32(y-b.y)) }
func (b *brush) curve(x1, y1, x2, y2, x3, y3 float64) {
	b.raster.CubeTo(float32(x1-b.x), float32(y1-b.y), float32(x2-b.x), float32(y2-b.y), float32(x3-b.x), float32(y3-b.y))
}

// fill draws what f outlines within a box of a picture.
func fill(img *image.RGBA, x0, y0, x1, y1 float64, c color.RGBA, f func(*brush)) {
	area := image.Rect(int(math.Floor(x0))-1, int(math.Floor(y0))-1, int(math.Ceil(x1))+1, int(math.Ceil(y1))+1)
	if area.Empty() {
		return
	}
	b := &brush{x: float64(area.Min.X), y: float64(area.Min.Y)}
	b.raster.Reset(area.Dx(), area.Dy())
	f(b)
	b.raster.ClosePath()
	b.raster.Draw(img, area, image.NewUniform(c), image.Point{})
}

func paint(img *image.RGBA, s *shape, colors *palette) {
	c := colors[s.color]
	switch s.kind {
	case boxShape:
		round(img, s.x*pixels, s.y*pixels, s.w*pixels, s.h*pixels, s.r*pixels, c)
	case dotShape:
		r := s.r * pixels
		round(img, s.x*pixels-r, s.y*pixels-r, 2*r, 2*r, r, c)
	case lineShape:
		stroke(img, s, c)
	case textShape:
		for i := range s.text {
			letter(img, &s.text[i], c)
		}
	}
}

// round fills a box with round corners.
func round(img *image.RGBA, x, y, w, h, r float64, c color.RGBA) {
	const k = 0.5523 // of a circle's quarter as a curve
	fill(img, x, y, x+w, y+h, c, func(b *brush) {
		b.move(x+r, y)
		b.to(x+w-r, y)
		b.curve(x+w-r+k*r, y, x+w, y+r-k*r, x+w, y+r)
		b.to(x+w, y+h-r)
		b.curve(x+w, y+h-r+k*r, x+w-r+k*r, y+h, x+w-r, y+h)
		b.to(x+r, y+h)
		b.curve(x+r-k*r, y+h, x, y+h-r+k*r, x, y+h-r)
		b.to(x, y+r)
		b.curve(x, y+r-k*r, x+r-k*r, y, x+r, y)
	})
}

// stroke draws a line, dashed as SVG dashes it.
func stroke(img *image.RGBA, s *shape, c color.RGBA) {
	x1, y1, x2, y2, half := s.x*pixels, s.y*pixels, s.w*pixels, s.h*pixels, s.r*pixels/2
	long := math.Hypot(x2-x1, y2-y1)
	if long == 0 {
		return
	}
	dx, dy := (x2-x1)/long, (y2-y1)/long
	on, off := long, 0.0
	if s.dashed {
		on, off = 6*pixels, 5*pixels
	}
	for from := 0.0; from < long; from += on + off {
		to := min(from+on, long)
		ax, ay, bx, by := x1+dx*from, y1+dy*from, x1+dx*to, y1+dy*to
		fill(img, min(ax, bx)-half, min(ay, by)-half, max(ax, bx)+half, max(ay, by)+half, c, func(b *brush) {
			b.move(ax-dy*half, ay+dx*half)
			b.to(bx-dy*half, by+dx*half)
			b.to(bx+dy*half, by-dx*half)
			b.to(ax+dy*half, ay-dx*half)
		})
	}
}

// letter draws one letter.
func letter(img *image.RGBA, g *glyph, c color.RGBA) {
	size, x, y := g.size*pixels, g.x*pixels, g.y*pixels
	segments := outline(g.font, g.id)
	x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	at := func(p opentype.SegmentPoint) (float64, float64) { return x + float64(p.X)*size, y + float64(p.Y)*size }
	for i := range segments {
		for _, p := range segments[i].ArgsSlice() {
			px, py := at(p)
			x0, y0, x1, y1 = min(x0, px), min(y0, py), max(x1, px), max(y1, py)
		}
	}
	if x0 > x1 {
		return // a space
	}
	fill(img, x0, y0, x1, y1, c, func(b *brush) {
		for i, seg := range segments {
			ax, ay := at(seg.Args[0])
			switch seg.Op {
			case opentype.SegmentOpMoveTo:
				if i > 0 {
					b.raster.ClosePath()
				}
				b.move(ax, ay)
			case opentype.SegmentOpLineTo:
				b.to(ax, ay)
			case opentype.SegmentOpQuadTo:
				bx, by := at(seg.Args[1])
				b.raster.QuadTo(float32(ax-b.x), float32(ay-b.y), float32(bx-b.x), float32(by-b.y))
			case opentype.SegmentOpCubeTo:
				bx, by := at(seg.Args[1])
				cx, cy := at(seg.Args[2])
				b.curve(ax, ay, bx, by, cx, cy)
			}
		}
	})
}
