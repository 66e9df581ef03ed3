package bot

import (
	"slices"
	"strings"

	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// Mention is a member whose name stands in a line, and the name as it stood then: by it the line can
// be rid of the member, whatever they are called now.
type Mention struct {
	Member MemberID `json:"member"`
	Name   string   `json:"name"`
}

// Names returns the members whom a post names, each once.
func (p *Post) Names() []MemberID {
	var out []MemberID
	add := func(lines []Line) {
		for _, l := range lines {
			for _, w := range l.Who {
				if !slices.Contains(out, w.Member) {
					out = append(out, w.Member)
				}
			}
		}
	}
	add(p.Body)
	add(p.After)
	for i := range p.Also {
		for _, m := range p.Also[i].Names() {
			if !slices.Contains(out, m) {
				out = append(out, m)
			}
		}
	}
	return out
}

// Forget puts a word for somebody in the place of a member's name wherever the post names them. All
// that it says of others stays.
func (p *Post) Forget(m MemberID) {
	somebody := phrase.In(p.Lang).Say(phrase.Somebody)
	for _, lines := range [][]Line{p.Body, p.After} {
		for i := range lines {
			lines[i].forget(m, somebody)
		}
	}
	for i := range p.Also {
		p.Also[i].Forget(m)
	}
}

func isolated(s string) string { return string(language.Isolate(nil, s)) }

// forget replaces the names of one member. Others may have the same name: theirs are those that
// stand before or behind it.
func (l *Line) forget(m MemberID, somebody string) {
	var kept []Mention
	at := 0 // in Text, behind the last name that was found
	for _, w := range l.Who {
		name, nobody := isolated(w.Name), isolated(somebody)
		i := strings.Index(l.Text[at:], name)
		if w.Member != m {
			kept = append(kept, w)
		}
		switch {
		case i < 0:
			continue
		case w.Member == m:
			l.Text = l.Text[:at+i] + nobody + l.Text[at+i+len(name):]
			at += i + len(nobody)
		default:
			at += i + len(name)
		}
	}
	l.Who = kept
}
