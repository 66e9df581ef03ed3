package generate

import (
	"strings"

	"summitquiz/content"
	"summitquiz/content/language"
)

// Stems of facts that have a frame, held on a date, or that some source disputes, say so in front.

// asOf is what stands before a stem whose fact held on a date; {day} is the date.
var asOf = messages([]string{"day"}, language.Text{
	language.Arabic:  "{day, select, year {في عام {day}} other {في {day}}}",
	language.English: "As of {day}",
	language.Korean:  "{day} 기준으로",
	language.Chinese: "截至{day}",
})

// accordingTo names a source that has no cite: of its own; {title} is its title.
var accordingTo = messages([]string{"title"}, language.Text{
	language.Arabic:  "وفقًا لما ورد في {title}",
	language.English: "According to {title}",
	language.Korean:  "{title}에 따르면",
	language.Chinese: "据{title}",
})

var commas = [language.Count]string{"، ", ", ", ", ", "，"}

func messages(names []string, text language.Text) (out [language.Count]*language.Message) {
	for _, c := range language.All() {
		m, err := language.Compile(c, text[c], names)
		if err != nil {
			panic(err) // the texts above are constants, and a test compiles them
		}
		out[c] = m
	}
	return out
}

// appendPrefix appends what a stem begins with, and reports whether there was anything.
func (g *Generator) appendPrefix(dst []byte, f *content.Fact, c language.Code, st language.Style) ([]byte, bool) {
	from := len(dst)
	if len(f.Disputed) > 0 {
		if s := source(f, g.pack); s != nil {
			if s.Cite[c] != "" {
				dst = append(dst, s.Cite[c]...)
			} else {
				dst = accordingTo[c].Append(dst, []language.Arg{{Kind: language.Quote, Text: s.Title[c]}}, st)
			}
			dst = append(dst, commas[c]...)
		}
	}
	if frame := f.FrameText(); frame != nil && !cites(dst[from:], frame.Source[c]) {
		at := len(dst)
		dst = frame.Messages[c].Append(dst, nil, st)
		if at > from {
			lowerFirst(dst[at:], c)
		}
		if c == language.Korean {
			dst = append(dst, ' ')
		} else {
			dst = append(dst, commas[c]...)
		}
	}
	if f.AsOf != (language.Date{}) {
		at := len(dst)
		dst = asOf[c].Append(dst, []language.Arg{{Kind: language.Day, Date: f.AsOf}}, st)
		if at > from {
			lowerFirst(dst[at:], c)
		}
		if c == language.Korean {
			dst = append(dst, ' ')
		} else {
			dst = append(dst, commas[c]...)
		}
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
	if end > 0 && strings.Contains(openings, " "+string(b[:end])+" ") {
		b[0] |= 0x20
	}
}

// openings are the words with which an English sentence may begin and that have no capital
// inside one.
const openings = " The A An Both Each Every All Some Most Many No As At By For From In Of On To With Under Between During Among After Before About Against Through How What When Where Which Who Whom Whose Why There It This These Those Is Are Was Were Did Do Does Has Have Had "
