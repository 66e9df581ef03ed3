package chart

// scene is a drawing: shapes in the order in which they are drawn, in units of a pixel, the origin at
// the upper left. A scene that reads from right to left is mirrored as shapes are added; letters are not.
type scene struct {
	width, height float64
	mirrored      bool
	shapes        []shape
}

// shape is a box, a line, a dot or a text.
type shape struct {
	kind          shapeKind
	x, y, w, h, r float64 // of a box: its corner, size and radius; of a line: from (x, y) to (w, h), r thick; of a dot: middle and radius
	dashed        bool
	text          []glyph // placed from x, the baseline at y
	color         role
}

type shapeKind uint8

const (
	boxShape shapeKind = iota
	lineShape
	dotShape
	textShape
)

// role is what a colour is for; each palette has one for each.
type role uint8

const (
	paper role = iota
	ink
	quiet
	grid
	accent
	second
	heat0
	heat1
	heat2
	heat3
	heat4
	roles
)

// anchor says which part of a text stands at its place: where reading begins, the middle, or its end.
type anchor uint8

const (
	begin anchor = iota
	middle
	end
)

func (s *scene) mirror(x float64) float64 {
	if s.mirrored {
		return s.width - x
	}
	return x
}

func (s *scene) box(x, y, w, h, r float64, c role) {
	if s.mirrored {
		x = s.width - x - w
	}
	s.shapes = append(s.shapes, shape{kind: boxShape, x: x, y: y, w: w, h: h, r: min(r, w/2, h/2), color: c})
}

func (s *scene) line(x1, y1, x2, y2, thick float64, c role, dashed bool) {
	s.shapes = append(s.shapes, shape{kind: lineShape, x: s.mirror(x1), y: y1, w: s.mirror(x2), h: y2, r: thick, color: c, dashed: dashed})
}

func (s *scene) dot(x, y, r float64, c role) {
	s.shapes = append(s.shapes, shape{kind: dotShape, x: s.mirror(x), y: y, r: r, color: c})
}

// text writes a line of text and returns how wide it is.
func (s *scene) text(x, y, size float64, at anchor, c role, text string) float64 {
	glyphs, width := shapeText(text, size, s.mirrored)
	x = s.mirror(x)
	switch {
	case at == middle:
		x -= width / 2
	case (at == end) != s.mirrored:
		x -= width
	}
	for i := range glyphs {
		glyphs[i].x += x
		glyphs[i].y += y
	}
	s.shapes = append(s.shapes, shape{kind: textShape, text: glyphs, color: c})
	return width
}
