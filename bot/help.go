package bot

import (
	"context"
	"strings"

	"summitquiz/bot/phrase"
)

// help lists the commands that this person can use here.
func (v *visit) help(context.Context) (Reply, error) {
	p := Post{Kind: CardPost, Lang: v.voice.Lang, Title: v.voice.Say(phrase.HelpTitle), Body: []Line{line(v.voice.Say(phrase.HelpIntro))}}
	for _, c := range v.offered() {
		name := c.Name
		if v.h.limits(v.chat).OneWord {
			name = strings.ReplaceAll(name, " ", "_")
		}
		p.Body = append(p.Body, Line{Text: v.voice.Say(phrase.HelpLine, phrase.Name("command", "/"+name), phrase.Text("does", c.Description(v.voice.Lang))), Style: Item})
	}
	p.After = []Line{{Text: v.voice.Say(phrase.HelpMore), Style: Quiet}}
	return Reply{Posts: []Post{p}}, nil
}

// offered returns the commands that this person can use here.
func (v *visit) offered() []*CommandSpec {
	var out []*CommandSpec
	for _, c := range v.h.commands {
		if v.role >= c.Who && (c.Where == Anywhere || !v.in.Place.Private) {
			out = append(out, c)
		}
	}
	return out
}
