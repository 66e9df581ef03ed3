package daily

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/grade"
)

// close ends a session whose window is over and shows the result in the place of the day's post.
func (f *Feature) close(ctx context.Context, id bot.SessionID) error {
	for range tryLimit {
		err := f.closeOnce(ctx, id)
		if !errors.Is(err, bot.ErrConflict) {
			return err
		}
		f.host.Meter().Conflicted()
	}
	return errContention(fmt.Sprintf("daily %d", id))
}

func (f *Feature) closeOnce(ctx context.Context, id bot.SessionID) error {
	c := &bot.Change{At: f.host.Now(), Undue: []bot.DueKey{closeKey(id)}}
	o, err := f.load(ctx, id)
	switch {
	case bot.IsNone(err), err == nil && o.session.Ended && !o.ranked():
		return bot.Write(ctx, f.host, c)
	case err != nil:
		return err
	case o.session.Ended && c.At.Before(o.rankedAt()):
		c.Undue, c.Due = nil, []bot.Due{{Key: closeKey(id), At: o.rankedAt()}}
		return bot.Write(ctx, f.host, c)
	case c.At.Before(o.script.Closes):
		c.Undue, c.Due = nil, []bot.Due{{Key: closeKey(id), At: o.script.Closes}}
		return bot.Write(ctx, f.host, c)
	}
	if !o.session.Ended {
		if f.votesMayCome(o, c.At) {
			c.Undue, c.Due = nil, []bot.Due{{Key: closeKey(id), At: c.At.Add(lateRecess)}}
			return bot.Write(ctx, f.host, c)
		}
		end(c, o)
		if o.ranked() {
			c.Due = append(c.Due, bot.Due{Key: closeKey(id), At: o.rankedAt()})
		}
		if f.inChat(o) {
			f.closeQuestions(c, o)
		}
	}
	post, some, err := f.resultPost(ctx, o)
	if err != nil {
		return err
	}
	if some {
		c.Sends = append(c.Sends, bot.Send{Op: bot.Edit, Slot: slot(id, dayPart), Chat: o.session.Chat, To: o.to(), Post: post, Class: bot.BulkClass})
	}
	return bot.Write(ctx, f.host, c)
}

// end ends a session.
func end(c *bot.Change, o *open) {
	c.Fence = &bot.Fence{Session: o.session.ID, Version: o.session.Version, Answers: bot.AnyAnswers}
	s := o.session
	s.Version++
	s.Ended, s.State = true, json.RawMessage(`{"ended":true}`)
	c.Session = &s
	o.session.Ended = true
}

// shownNames is how many names a line lists before it counts the rest, and boardRows how many rows
// a board shows.
const (
	shownNames = 10
	boardRows  = 10
)

// resultPost is the result of a session; false where the day's post tells it already.
func (f *Feature) resultPost(ctx context.Context, o *open) (bot.Post, bool, error) {
	if o.session.Solo != 0 {
		p, err := f.player(ctx, o, o.session.Solo, o.local())
		if err != nil {
			return bot.Post{}, false, err
		}
		if _, open := p.next(); !open {
			return bot.Post{}, false, nil // it was shown when they had answered all
		}
		post, err := f.ownResult(ctx, p)
		return post, true, err
	}
	answers, err := f.store.Answers(ctx, o.session.ID)
	if err != nil {
		return bot.Post{}, false, fmt.Errorf("answers of daily %d: %w", o.session.ID, err)
	}
	names, err := f.names(ctx, answers)
	if err != nil {
		return bot.Post{}, false, err
	}
	var boards [2]bot.BoardPage // of the day and of the season
	for i, from := range []quiz.Day{o.script.Date, season(o.script.Date)} {
		q := bot.DailyBoardQuery{Space: o.session.Space, From: from, To: o.script.Date, Limit: boardRows}
		if boards[i], err = f.store.DailyBoard(ctx, q); err != nil {
			return bot.Post{}, false, fmt.Errorf("board of daily %d: %w", o.session.ID, err)
		}
	}
	rooms, err := f.rooms(ctx, o)
	if err != nil {
		return bot.Post{}, false, err
	}
	draw := func(local phrase.Localizer) bot.Post {
		p := o.result(local, answers, names, boards)
		p.After = append(p.After, o.roomLines(local, rooms)...)
		p.Buttons = f.misses(o, local, len(answers) > 0)
		return p
	}
	post := draw(o.local())
	if f.host.Limits(o.chat.Address.Platform).Localized {
		for _, c := range language.Own() {
			if c != o.session.Lang {
				post.Also = append(post.Also, draw(phrase.In(c)))
			}
		}
	}
	return post, true, nil
}

// season is the first date of the quarter of a year.
func season(d quiz.Day) quiz.Day {
	y, m, _ := d.Date()
	return quiz.DayOf(y, time.Month((int(m)-1)/3*3+1), 1)
}

// names are what those are called who answered.
func (f *Feature) names(ctx context.Context, answers []bot.Answer) (map[bot.MemberID]string, error) {
	var ids []bot.MemberID
	seen := map[bot.MemberID]bool{}
	for _, a := range answers {
		if !seen[a.Member] {
			seen[a.Member] = true
			ids = append(ids, a.Member)
		}
	}
	names, err := f.store.Names(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("names of players: %w", err)
	}
	return names, nil
}

// result is the result of a chat's daily: each question with its answer, why, and who was right,
// then the boards.
func (o *open) result(local phrase.Localizer, answers []bot.Answer, names map[bot.MemberID]string, boards [2]bot.BoardPage) bot.Post {
	views, c := o.day.views(local.Lang, local.Style, o.session.Lang)
	local.Lang = c
	p := bot.Post{Kind: bot.BoardPost, Lang: c, Title: local.Say(phrase.DailyResultTitle, dateArg(o.script.Date))}
	var body, after lines
	for n := range views {
		v := &views[n]
		body.add(local.Say(phrase.DailyNumbered, count("number", n+1), phrase.Text("text", v.Stem)), bot.Strong)
		body.add(local.Say(phrase.AnswerIs, phrase.Text("answer", plainKey(v))), bot.Plain)
		if !v.Repeats() {
			body.add(v.Explanation, bot.Plain)
		}
		body = append(body, whoWasRight(local, answers, names, n))
	}
	for i, title := range []phrase.ID{phrase.DailyBoardDay, phrase.DailyBoardSeason} {
		if len(boards[i].Rows) == 0 {
			continue
		}
		after.add(local.Say(title), bot.Strong)
		for _, row := range boards[i].Rows {
			name := row.Name
			if name == "" {
				name = local.Say(phrase.Somebody)
			}
			after = append(after, bot.Line{Text: local.Say(phrase.BoardRow, count("rank", row.Rank), phrase.Name("name", name), count("points", row.Points),
				count("right", row.Right), count("asked", row.Asked)), Style: bot.Bullet, Who: []bot.Mention{{Member: row.Member, Name: name}}})
		}
	}
	p.Body, p.After = body, after
	return p
}

// misses are what other features offer under the result to whoever missed something.
func (f *Feature) misses(o *open, local phrase.Localizer, missed bool) [][]bot.Button {
	if row := f.host.ResultButtons(o.session.ID, o.chat, local); missed && len(row) > 0 {
		return [][]bot.Button{row}
	}
	return nil
}

// whoWasRight names who answered question n rightly.
func whoWasRight(local phrase.Localizer, answers []bot.Answer, names map[bot.MemberID]string, n int) bot.Line {
	var list []string
	var who []bot.Mention
	asked, right := 0, 0
	for _, a := range answers {
		if a.Question != n || !a.Final || a.Void {
			continue
		}
		if asked++; a.Mark != grade.Right {
			continue
		}
		if right++; len(list) < shownNames {
			name := names[a.Member]
			if name == "" {
				name = local.Say(phrase.Somebody)
			}
			list = append(list, name)
			who = append(who, bot.Mention{Member: a.Member, Name: name})
		}
	}
	switch {
	case asked == 0:
		return bot.Line{Text: local.Say(phrase.NobodyPlayed), Style: bot.Quiet}
	case right == 0:
		return bot.Line{Text: local.Say(phrase.NobodyRight), Style: bot.Quiet}
	case right > len(list):
		return bot.Line{Text: local.Say(phrase.DailyRightMore, count("right", right), count("asked", asked), phrase.List("names", list...), count("more", right-len(list))),
			Style: bot.Quiet, Who: who}
	}
	return bot.Line{Text: local.Say(phrase.DailyRightWere, count("right", right), count("asked", asked), phrase.List("names", list...)), Style: bot.Quiet, Who: who}
}

// ownResult is what stays of a daily that its member did not finish: the answers.
func (f *Feature) ownResult(ctx context.Context, p *player) (bot.Post, error) {
	post := bot.Post{Kind: bot.BoardPost, Lang: p.local.Lang, Title: p.local.Say(phrase.DailyResultTitle, dateArg(p.script.Date))}
	var body lines
	for n := range p.views {
		body.add(p.local.Say(phrase.DailyNumbered, count("number", n+1), phrase.Text("text", p.views[n].Stem)), bot.Strong)
		body = append(body, p.explained(n, -1, plainKey(&p.views[n]))...)
	}
	post.Body = body
	post.Buttons = f.changeRow(p)
	if len(p.answers) == 0 {
		return post, nil
	}
	post.Buttons = append(f.misses(p.open, p.local, p.missed()), post.Buttons...)
	var err error
	post.After, err = f.endLines(ctx, p, outcome{})
	return post, err
}
