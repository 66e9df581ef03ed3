package service

import (
	"regexp"
	"strings"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
)

// spelling matches the commands of two words in a text, each with its slash; nil where there are none.
func spelling(commands bot.CommandList) *regexp.Regexp {
	var names []string
	for _, c := range commands {
		if strings.Contains(c.Name, " ") {
			names = append(names, regexp.QuoteMeta(c.Name))
		}
	}
	if names == nil {
		return nil
	}
	return regexp.MustCompile(`/\x{2068}?(?:` + strings.Join(names, "|") + `)`)
}

// spellReply writes the commands in a reply as single words, for platforms that have no others.
func (r *registry) spellReply(reply *bot.Reply) {
	if r.spelling == nil {
		return
	}
	spell := func(text *string) {
		*text = r.spelling.ReplaceAllStringFunc(*text, func(command string) string { return strings.ReplaceAll(command, " ", "_") })
	}
	for i := range reply.Posts {
		p := &reply.Posts[i]
		spell(&p.Title)
		for _, lines := range [][]bot.Line{p.Body, p.After} {
			for j := range lines {
				if lines[j].Style != bot.Code { // the report of a file, or a line to be copied
					spell(&lines[j].Text)
				}
			}
		}
	}
}

// nameChat has a reply about a shared chat name it where replies are shown in private chats with the
// bot, away from what they are about. refused says that it tells why something was not done.
func (c *core) nameChat(r *bot.Request, reply *bot.Reply, refused bool) {
	place := r.Input.Place
	if !r.Limits.Personal || place.Private || place.Title == "" || reply.To != "" {
		return
	}
	glance := false // a short text is shown at the post whose button was pressed
	switch in := &r.Input; {
	case in.Command != nil:
		if own := c.registry.commands.Find(in.Command.Name); own == nil || own.Own {
			return
		}
	case in.Press != nil:
		glance = !in.Away || !refused
	case in.Text == nil || in.Away:
		return
	}
	for i := range reply.Posts {
		p := &reply.Posts[i]
		if glance && p.Kind == bot.NoticePost || p.TitleNames {
			continue
		}
		p.After = append(p.After[:len(p.After):len(p.After)], bot.Line{Text: r.Say(phrase.ReplyAbout, phrase.Name("place", place.Title)), Style: bot.Quiet})
	}
}
