package web

import (
	"context"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// shown is the newest question that people in a lobby see, with what each of them answered: their pages
// show it, all of them the same.
type shown struct {
	post bot.ChatPost
	mine map[string]bot.Answer // by user
}

// isQuestion reports whether people answer a post, or did.
func isQuestion(p bot.Post) bool { return p.Kind == bot.QuestionPost || p.Kind == bot.RevealPost }

// show sends a question, as it stands now, to the pages that want it, each with the answer of its own
// person. mine are answers as they were read just before.
func (l *lobby) show(post bot.ChatPost, op bot.Op, to string, mine map[string]bot.Answer, a *Adapter) {
	l.mu.Lock()
	defer l.mu.Unlock()
	at := l.shown[to]
	if at == nil || op == bot.New && at.post.Slot != post.Slot {
		at = &shown{mine: map[string]bot.Answer{}}
		l.shown[to] = at
	}
	if at.post.Slot.IsZero() || at.post.Slot == post.Slot {
		at.post = post
		for user, answer := range mine { // what was heard of meanwhile is newer
			if at.mine[user].ID < answer.ID {
				at.mine[user] = answer
			}
		}
		mine = at.mine
	}
	now := a.clock.Now()
	l.sendLocked(func(s *stream) bool {
		_, own := mine[s.who.User]
		return !own && (to == "" || to == s.who.User)
	}, func(c language.Code) event { return postEvent(post, c, now) })
	for user, answer := range mine {
		if to == "" || to == user {
			l.sendOwn(user, post, answer, a)
		}
	}
}

// sendOwn sends a question to all pages of a person, with what they answered. The caller holds l.mu.
func (l *lobby) sendOwn(user string, post bot.ChatPost, answer bot.Answer, a *Adapter) {
	post.Mine = &answer
	l.sendLocked(func(s *stream) bool { return s.who.User == user }, func(c language.Code) event { return postEvent(post, c, a.clock.Now()) })
}

// people returns who has a page open in the lobby.
func (l *lobby) people() []bot.Person {
	l.mu.Lock()
	defer l.mu.Unlock()
	var out []bot.Person
	seen := map[string]bool{}
	for s := range l.streams {
		if !seen[s.who.User] {
			seen[s.who.User] = true
			out = append(out, s.who.person(""))
		}
	}
	return out
}

// question returns the slot of the newest question that a person sees.
func (l *lobby) question(user string) bot.Slot {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, to := range []string{user, ""} {
		if at := l.shown[to]; at != nil {
			return at.post.Slot
		}
	}
	return bot.Slot{}
}

// showAnswer has the pages of a person show what they have just answered, if it was taken.
func (a *Adapter) showAnswer(ctx context.Context, lobby string, who account, in *bot.Input) {
	l := a.lobbies.lobby(lobby)
	if l == nil {
		return
	}
	slot := bot.Slot{}
	switch {
	case in.Press != nil:
		slot = in.Press.Slot
	case in.Text != nil:
		slot = in.Text.To
	}
	if slot.IsZero() {
		slot = l.question(who.User)
	}
	if slot.IsZero() {
		return
	}
	all, err := a.service.OwnAnswers(ctx, place(lobby), []bot.Person{who.person("")}, slot)
	answer, ok := all[who.User]
	if err != nil || !ok {
		if err != nil {
			a.log.Warn("read an answer", "err", err)
		}
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, to := range []string{who.User, ""} {
		if at := l.shown[to]; at != nil && at.post.Slot == slot && at.mine[who.User].ID < answer.ID {
			at.mine[who.User] = answer
			l.sendOwn(who.User, at.post, answer, a)
		}
	}
}

// Chosen reports whether the person chose option i.
func (c card) Chosen(i int) bool { return c.Mine != nil && c.Mine.Option == i && isQuestion(c.Post) }

// Own says what the person answered, and once the question is over what came of it; "" if nothing.
func (c card) Own() string {
	a := c.Mine
	if a == nil || !isQuestion(c.Post) {
		return ""
	}
	text := ""
	switch {
	case a.Option >= 0 && a.Option < len(c.Post.Options):
		text = phrase.Say(c.Lang, phrase.WebYouChose, phrase.Text("label", c.Post.Options[a.Option].Label))
	case a.Text != "":
		text = phrase.Say(c.Lang, phrase.WebYouTyped, phrase.Text("text", a.Text))
	}
	if c.Post.Kind == bot.QuestionPost {
		return text
	}
	came := phrase.Say(c.Lang, phrase.WebYouWrong)
	if a.Mark.String() == "right" {
		came = phrase.Say(c.Lang, phrase.WebYouRight, phrase.Count("points", a.Points))
	}
	if text == "" {
		return came
	}
	return text + " " + came
}
