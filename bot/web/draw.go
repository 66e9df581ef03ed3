package web

import (
	"fmt"
	"strings"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// card is a post as the template draws it. Page is the language of the labels around it; the
// post has a language of its own.
type card struct {
	base
	Post    bot.Post
	Slot    bot.Slot
	Private bool
	Mine    *bot.Answer // what this person answered; nil: nothing
	Left    int64       // milliseconds until it closes; -1: it has no countdown
}

// Over reports whether what a post counts down to has come.
func (c card) Over() bool { return c.Post.Kind == bot.StartPost && c.Left == 0 }

// Picture reports whether the post has a file that is seen, and not only downloaded.
func (c card) Picture() bool {
	return c.Post.File != nil && strings.HasPrefix(c.Post.File.Type, "image/")
}

// PostTag is the language of the post.
func (c card) PostTag() string { return c.Post.Lang.String() }

// PostDir is the direction of the post.
func (c card) PostDir() string { return direction(c.Post.Lang) }

// Open reports whether the options can be chosen.
func (c card) Open() bool { return c.Post.Kind == bot.QuestionPost }

// Picks says how many chose an option.
func (c card) Picks(n int) string {
	return phrase.Say(c.Lang, phrase.WebPicks, phrase.Count("count", n))
}

// State names how an option is shown.
func (c card) State(o bot.Option) string {
	if o.State == bot.OptionOpen {
		return "open"
	}
	return string(o.State)
}

// lines are paragraphs with their card.
type lines struct {
	Card  card
	Lines []bot.Line
}

func linesOf(c card, l []bot.Line) lines { return lines{c, l} }

// drawPost draws a post of a lobby, in the language of a page if the post has it, and with labels in that
// language.
func drawPost(s bot.ChatPost, c language.Code, now time.Time) string {
	return draw("post", card{base: base{Lang: c}, Post: s.Post.In(c), Slot: s.Slot, Private: s.Own, Mine: s.Mine, Left: left(s, now)})
}

// left is how many milliseconds a post counts down from now, or -1.
func left(s bot.ChatPost, now time.Time) int64 {
	until := s.Post.Until
	switch {
	case s.Post.Open == 0 && until.IsZero():
		return -1
	case until.IsZero() && s.At.IsZero():
		return s.Post.Open.Milliseconds()
	case until.IsZero():
		until = s.At.Add(s.Post.Open)
	}
	return max(0, until.Sub(now).Milliseconds())
}

// drawReply draws a reply to one person.
func drawReply(r bot.Reply, now time.Time) result {
	a := result{Update: r.Update, Gone: r.Gone}
	if r.Said {
		return a
	}
	if len(r.Posts) > 0 {
		a.Lang = r.Posts[0].Lang.String()
	}
	if r.Form != nil {
		a.Lang = r.Form.Lang.String()
		a.Form = draw("form", formCard{base{Lang: r.Form.Lang}, r.Form})
	}
	if r.Brief && !r.Update && len(r.Posts) == 1 && len(r.Posts[0].Body) == 1 {
		a.Brief = r.Posts[0].Body[0].Text
		return a
	}
	for _, p := range r.Posts {
		one := privatePost{HTML: draw("post", card{base: base{Lang: p.Lang}, Post: p, Private: true, Left: left(bot.ChatPost{Post: p}, now)})}
		if p.File != nil {
			one.File = &fileData{p.File.Name, p.File.Type, p.File.Data}
		}
		a.Posts = append(a.Posts, one)
	}
	return a
}

type formCard struct {
	base
	*bot.Form
}

// Dir is the direction of the form.
func (f formCard) Dir() string { return direction(f.Form.Lang) }

// Tag is the language of the form.
func (f formCard) Tag() string { return f.Form.Lang.String() }

// Say returns a phrase in the language of the form.
func (f formCard) Say(id string) string { return phrase.Say(f.Form.Lang, phrase.ID(id)) }

// draw executes a template that cannot fail on its data.
func draw(name string, data any) string {
	var b strings.Builder
	if err := pages().ExecuteTemplate(&b, name, data); err != nil {
		panic(fmt.Errorf("draw %s: %w", name, err))
	}
	return b.String()
}
