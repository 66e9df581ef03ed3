package chart

import (
	"fmt"
	"html"
	"strconv"
	"strings"
)

// SVG returns the drawing as an SVG document that follows its reader's choice of light or dark. Its
// letters are outlines, so that it looks alike everywhere; its description says the same in words.
func (d *Drawing) SVG() []byte {
	var b strings.Builder
	s := &d.scene
	direction := "ltr"
	if s.mirrored {
		direction = "rtl"
	}
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s %s" width="%s" height="%s" role="img" lang="%s" direction="%s">`+"\n",
		short(s.width), short(s.height), short(s.width), short(s.height), d.lang, direction)
	fmt.Fprintf(&b, "<title>%s</title>\n<desc>%s</desc>\n", html.EscapeString(d.title), html.EscapeString(strings.Join(d.Words, " ")))
	b.WriteString("<style>")
	for c := range roles {
		fmt.Fprintf(&b, ".c%d{fill:%s}.l%d{stroke:%s}", c, hex(light[c]), c, hex(light[c]))
	}
	b.WriteString("@media (prefers-color-scheme:dark){")
	for c := range roles {
		fmt.Fprintf(&b, ".c%d{fill:%s}.l%d{stroke:%s}", c, hex(dark[c]), c, hex(dark[c]))
	}
	b.WriteString("}</style>\n")
	d.define(&b)
	fmt.Fprintf(&b, `<rect class="c%d" fill="%s" width="%s" height="%s" rx="16"/>`+"\n", paper, hex(light[paper]), short(s.width), short(s.height))
	for i := range s.shapes {
		writeShape(&b, &s.shapes[i])
	}
	b.WriteString("</svg>\n")
	return []byte(b.String())
}

// define writes the outline of every letter once.
func (d *Drawing) define(b *strings.Builder) {
	done := map[string]bool{}
	b.WriteString("<defs>\n")
	for _, s := range d.scene.shapes {
		for _, g := range s.text {
			name := g.name()
			if done[name] {
				continue
			}
			done[name] = true
			var path strings.Builder
			for _, seg := range outline(g.font, g.id) {
				path.WriteString([...]string{"M", "L", "Q", "C"}[seg.Op])
				for i, p := range seg.ArgsSlice() {
					if i > 0 {
						path.WriteByte(' ')
					}
					path.WriteString(milli(p.X) + " " + milli(p.Y))
				}
			}
			if path.Len() > 0 {
				path.WriteByte('Z')
			}
			fmt.Fprintf(b, `<path id="%s" d="%s"/>`+"\n", name, path.String())
		}
	}
	b.WriteString("</defs>\n")
}

func (g *glyph) name() string { return fmt.Sprintf("g%d-%d", g.font, g.id) }

func writeShape(b *strings.Builder, s *shape) {
	color := hex(light[s.color])
	switch s.kind {
	case boxShape:
		fmt.Fprintf(b, `<rect class="c%d" fill="%s" x="%s" y="%s" width="%s" height="%s" rx="%s"/>`+"\n",
			s.color, color, short(s.x), short(s.y), short(s.w), short(s.h), short(s.r))
	case lineShape:
		dash := ""
		if s.dashed {
			dash = ` stroke-dasharray="6 5"`
		}
		fmt.Fprintf(b, `<line class="l%d" stroke="%s" stroke-width="%s" x1="%s" y1="%s" x2="%s" y2="%s"%s/>`+"\n",
			s.color, color, short(s.r), short(s.x), short(s.y), short(s.w), short(s.h), dash)
	case dotShape:
		fmt.Fprintf(b, `<circle class="c%d" fill="%s" cx="%s" cy="%s" r="%s"/>`+"\n", s.color, color, short(s.x), short(s.y), short(s.r))
	case textShape:
		fmt.Fprintf(b, `<g class="c%d" fill="%s">`, s.color, color)
		for i := range s.text {
			g := &s.text[i]
			size := short(g.size / 1000)
			fmt.Fprintf(b, `<use href="#%s" transform="translate(%s %s) scale(%s)"/>`, g.name(), short(g.x), short(g.y), size)
		}
		b.WriteString("</g>\n")
	}
}

// milli is a length in thousandths of an em.
func milli(v float32) string { return strconv.Itoa(int(v*1000 + 0.5*sign(v))) }

func sign(v float32) float32 {
	if v < 0 {
		return -1
	}
	return 1
}

// short is a number without digits that nobody sees.
func short(v float64) string {
	return strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(v, 'f', 3, 64), "0"), ".")
}
