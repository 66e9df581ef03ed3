package daily

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
	"summitquiz/quiz/grade"
)

// inChat reports whether the questions of a session stand in its chat, each as a post of its own, for
// everybody to answer there: where the platform has polls. Elsewhere each plays them alone.
func (f *Feature) inChat(o *open) bool {
	return o.session.Solo == 0 && f.host.Limits(o.chat.Address.Platform).Polls
}

// stands reports whether somebody acts where the questions stand for everybody. In their private chat
// they play alone, also a session whose questions stand in a chat.
func (f *Feature) stands(r *bot.Request, p *player) bool {
	return f.inChat(p.open) && r.Chat.ID == p.session.Chat
}

// ask queues the questions of a session for its chat.
func (f *Feature) ask(c *bot.Change, o *open) {
	for n := range o.day.Items {
		c.Sends = append(c.Sends, bot.Send{Op: bot.New, Slot: o.questionSlot(n), Chat: o.session.Chat, Post: f.chatQuestion(o, n), Class: bot.BulkClass})
	}
}

func (o *open) questionSlot(n int) bot.Slot {
	s := slot(o.session.ID, questionPart)
	s.N = n
	return s
}

// everybody is a session as its whole chat sees it.
func (f *Feature) everybody(o *open) *player {
	p := &player{open: o, local: o.local(), limits: f.host.Limits(o.chat.Address.Platform)}
	p.views, p.local.Lang = o.day.views(o.session.Lang, p.local.Style, o.session.Lang)
	return p
}

// chatQuestion is question n as it stands in the chat.
func (f *Feature) chatQuestion(o *open, n int) bot.Post {
	p := f.everybody(o)
	post, v := p.frame(bot.QuestionPost, n), &p.views[n]
	for i, text := range v.Options {
		action := f.host.Sign(o.chat.Audience(), bot.Payload{Action: "dpick", Args: []uint64{uint64(o.session.ID), uint64(n), uint64(i)}})
		post.Options = append(post.Options, bot.Option{Label: v.Labels[i], Text: text, Action: action})
	}
	if len(v.Options) == 0 {
		post.Answerable = true
		post.After = []bot.Line{{Text: p.local.Say(phrase.ReplyHow), Style: bot.Quiet}}
	}
	if post.Poll = p.poll(n); post.Poll != nil {
		post.Poll.Open = o.script.Closes.Sub(o.session.Started)
	}
	return post
}

// poll is question n as a native poll, where the chat wants them and it fits; else nil.
func (p *player) poll(n int) *bot.Poll {
	v := &p.views[n]
	if p.script.AtEnd || len(v.Options) == 0 {
		return nil
	}
	out := &bot.Poll{Options: v.Options, Key: v.Key, Question: p.frame(bot.QuestionPost, n).Title + "\n" + v.Stem}
	if language.Length(out.Question) > p.limits.PollText {
		return nil
	}
	for _, text := range v.Options {
		if language.Length(text) > p.limits.PollOption {
			return nil
		}
	}
	why := v.Explanation
	if v.Repeats() {
		why = ""
	}
	if source := p.local.Say(phrase.SourceLine, phrase.Text("source", v.Source)); v.Source != "" && language.Length(why+" "+source) <= p.limits.PollWhy {
		why = strings.TrimLeft(why+" "+source, " ")
	}
	out.Explanation = language.Cut(why, p.limits.PollWhy)
	return out
}

// closeQuestions queues that the questions in the chat take no more answers. A poll is only closed: the
// result tells the rest.
func (f *Feature) closeQuestions(c *bot.Change, o *open) {
	p := f.everybody(o)
	for n := range o.day.Items {
		post := p.frame(bot.RevealPost, n)
		post.Options = p.revealed(n, -1)
		post.After = []bot.Line{{Text: p.local.Say(phrase.AnswerIs, phrase.Text("answer", keyText(&p.views[n]))), Style: bot.Strong}}
		if post.Poll = p.poll(n); post.Poll != nil {
			post.Poll.Closed, post.Poll.Quiet = true, true
		}
		c.Sends = append(c.Sends, bot.Send{Op: bot.Edit, Slot: o.questionSlot(n), Chat: o.session.Chat, Post: post, Class: bot.BulkClass})
	}
}

// How long votes are waited for after the end of a window, and how often it is looked whether they came.
const (
	lateVotes  = 30 * time.Second
	lateRecess = time.Second
)

// votesMayCome reports whether votes that were given in time may still be on their way.
func (f *Feature) votesMayCome(o *open, now time.Time) bool {
	return f.inChat(o) && !f.host.Settled(o.chat.Address.Platform) && now.Sub(o.script.Closes) < lateVotes
}

// ReadVote takes a vote in the poll of a question for an answer. Who voted has seen at once what it is
// worth, so nothing is said.
func (f *Feature) ReadVote(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	in := r.Input.Vote
	if in.Slot.Part != questionPart || len(in.Options) == 0 {
		return bot.Reply{}, nil
	}
	_, err := f.answer(ctx, r, bot.SessionID(in.Slot.ID), in.Slot.N, option(in.Options[0]))
	return bot.Reply{}, err
}

// pressPick is an option of a question that stands in the chat.
func (f *Feature) pressPick(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	return f.answer(ctx, r, bot.SessionID(r.Arg(0)), r.Index(1), option(r.Index(2)))
}

// option is what the choice of an option is worth.
func option(chosen int) func(p *player, n int) (int, grade.Verdict, error) {
	return func(p *player, n int) (int, grade.Verdict, error) {
		v := &p.views[n]
		switch {
		case chosen < 0 || chosen >= len(v.Options):
			return -1, grade.Verdict{}, bot.Refuse(phrase.NoSuchOption)
		case chosen == v.Key:
			return chosen, grade.Verdict{Mark: grade.Right, Reason: grade.Matched}, nil
		}
		return chosen, grade.Verdict{Mark: grade.Wrong, Reason: grade.OtherOption}, nil
	}
}

// glance is how much is said in passing to whoever pressed an option in a chat, in UTF-16 code units.
const glance = 190

// verdict tells whoever answered in the chat what it is worth: all of it where they typed, and in passing
// as much as is read at a glance, the short lines first, where they pressed. full is the post that says all.
func (p *player) verdict(r *bot.Request, n int, full bot.Post) bot.Reply {
	a, _ := p.answerTo(n)
	if !a.Final {
		return r.Reply(phrase.CloseTry, phrase.Text("why", r.Say(phrase.Grade(a.Reason))))
	}
	full.Buttons = nil
	if r.Input.Press == nil {
		return bot.Reply{Posts: []bot.Post{full}}
	}
	order := make([]int, len(full.After))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(language.Length(full.After[a].Text), language.Length(full.After[b].Text))
	})
	length := 0
	for i, at := range order {
		if length += language.Length(full.After[at].Text) + 1; length > glance {
			order = order[:i]
			break
		}
	}
	slices.Sort(order)
	said := bot.Post{Kind: bot.NoticePost, Lang: full.Lang}
	for _, at := range order {
		said.Body = append(said.Body, bot.Line{Text: full.After[at].Text})
	}
	return bot.Reply{Posts: []bot.Post{said}, Brief: true}
}
