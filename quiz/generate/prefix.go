package generate

import (
	"slices"
	"strings"

	"summitquiz/content"
	"summitquiz/content/language"
)

// Stems of facts that have a frame, held on a date, or that some source disputes, say so in front.

// appendPrefix appends what a stem begins with, and reports whether there was anything.
func (g *Generator) appendPrefix(dst []byte, f *content.Fact, c language.Code, st language.Style) ([]byte, bool) {
	from, w := len(dst), &wordsOf()[c]
	if len(f.Disputed) > 0 {
		if s := source(f, g.pack); s != nil {
			if s.Cite[c] != "" {
				dst = append(dst, s.Cite[c]...)
			} else {
				dst = w.accordingTo.Append(dst, []language.Arg{{Kind: language.Quote, Text: s.Title[c]}}, st)
			}
			dst = append(dst, w.afterSource...)
		}
	}
	if frame := f.FrameText(); frame != nil && !cites(dst[from:], frame.Source[c]) {
		at := len(dst)
		dst = frame.Messages[c].Append(dst, nil, st)
		if at > from {
			lowerFirst(dst[at:], c)
		}
		dst = append(dst, w.afterFrame...)
	}
	if f.AsOf != (language.Date{}) {
		at := len(dst)
		dst = w.asOf.Append(dst, []language.Arg{{Kind: language.Day, Date: f.AsOf}}, st)
		if at > from {
			lowerFirst(dst[at:], c)
		}
		dst = append(dst, w.afterFrame...)
	}
	return dst, len(dst) > from
}

// cites reports whether a prefix already names the source that a frame names.
func cites(prefix []byte, frame string) bool {
	return len(prefix) > 0 && strings.HasPrefix(string(prefix), frame)
}

// source is where a fact comes from: the source of its evidence, or the only one of the pack.
func source(f *content.Fact, p *content.Pack) *content.Source {
	switch {
	case len(f.Evidence) > 0:
		return f.Evidence[0].Source
	case len(p.Sources) == 1:
		return p.Sources[0]
	}
	return nil
}

// lowerFirst takes the capital from an English sentence that goes on after a comma, unless it
// begins with a name.
func lowerFirst(b []byte, c language.Code) {
	if c != language.English {
		return
	}
	end := 0
	for end < len(b) && (b[end]|0x20 >= 'a' && b[end]|0x20 <= 'z') {
		end++
	}
	if end > 0 && slices.Contains(wordsOf()[c].openings, string(b[:end])) {
		b[0] |= 0x20
	}
}
