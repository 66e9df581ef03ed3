package daily

import (
	"context"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/daily"
	"summitquiz/quiz/grade"
)

// lines collects the lines of a post.
type lines []bot.Line

func (ls *lines) add(text string, style bot.LineStyle) {
	*ls = append(*ls, bot.Line{Text: text, Style: style})
}

func count(name string, n int) phrase.Arg { return phrase.Count(name, n) }

// dateArg is a date as the language writes it.
func dateArg(d quiz.Day) phrase.Arg {
	y, m, day := d.Date()
	return phrase.Date("date", language.Date{Year: int16(y), Month: int8(m), Day: int8(day)})
}

// weekdays are the names of the days of the week, Sunday first.
var weekdays = [...]phrase.ID{phrase.WeekdaySunday, phrase.WeekdayMonday, phrase.WeekdayTuesday, phrase.WeekdayWednesday,
	phrase.WeekdayThursday, phrase.WeekdayFriday, phrase.WeekdaySaturday}

// weekday names a day of the week.
func weekday(local phrase.Localizer, d time.Weekday) string { return local.Say(weekdays[d]) }

// timeArg is a time of day, in the digits of the person.
func timeArg(local phrase.Localizer, t daily.TimeOfDay) phrase.Arg {
	return phrase.Name("time", clockText(local, t))
}

// clockText is a time of day as 09:30, in the digits of the person.
func clockText(local phrase.Localizer, t daily.TimeOfDay) string {
	text := []rune(t.String())
	if local.Lang == language.Arabic && local.Style.Digits == language.ArabicIndic {
		for i, r := range text {
			if r >= '0' && r <= '9' {
				text[i] = r - '0' + '٠'
			}
		}
	}
	return string(text)
}

// momentText is a moment as clocks in a zone show it.
func momentText(local phrase.Localizer, t time.Time, zone daily.Zone) string {
	at, err := zone.Location()
	if err != nil {
		at = time.UTC
	}
	return wallText(local, daily.WallOf(t, at))
}

// wallText is a date and a time of day.
func wallText(local phrase.Localizer, w daily.Wall) string {
	return local.Say(phrase.DailyMoment, phrase.Text("weekday", weekday(local, w.Day.Weekday())), dateArg(w.Day), timeArg(local, w.Time))
}

// dayPost is the day's post: the first question where it is one person's own, else a card with Play.
func (f *Feature) dayPost(ctx context.Context, o *open) (bot.Post, error) {
	if o.session.Solo != 0 {
		p, err := f.player(ctx, o, o.session.Solo, o.local())
		if err != nil {
			return bot.Post{}, err
		}
		n, some := p.next()
		if !some {
			return f.donePost(ctx, p)
		}
		post := f.questionPost(p, n)
		first := troubleLines(o, o.local())
		if len(o.day.Items) < o.script.Questions {
			first.add(o.local().Say(phrase.DailyFewer, count("wanted", o.script.Questions)), bot.Quiet)
		}
		post.Body = append(first, post.Body...)
		post.Buttons = append(post.Buttons, f.changeRow(p)...)
		return post, nil
	}
	p := f.card(o, o.local())
	if f.host.Limits(o.chat.Address.Platform).Localized {
		for _, c := range language.Own() {
			if c != o.session.Lang {
				p.Also = append(p.Also, f.card(o, phrase.In(c)))
			}
		}
	}
	return p, nil
}

// troubleLines say that a daily comes later than it was meant to, and how many before it did not come.
func troubleLines(o *open, local phrase.Localizer) (out lines) {
	if o.script.Missed > 0 {
		out.add(local.Say(phrase.DailyMissed, count("missed", o.script.Missed), dateArg(o.script.Since)), bot.Quiet)
	}
	if o.script.Late {
		out.add(local.Say(phrase.DailyLate, timeArg(local, o.script.Time)), bot.Quiet)
	}
	return out
}

// card is the day's post of a chat while it is open.
func (f *Feature) card(o *open, local phrase.Localizer) bot.Post {
	p := bot.Post{Kind: bot.StartPost, Lang: local.Lang, Title: local.Say(phrase.DailyDayTitle, dateArg(o.script.Date))}
	body := troubleLines(o, local)
	body.add(local.Say(phrase.DailyDayWhat, phrase.Text("pack", o.title), count("questions", len(o.day.Items))), bot.Strong)
	if len(o.day.Items) < o.script.Questions {
		body.add(local.Say(phrase.DailyFewer, count("wanted", o.script.Questions)), bot.Quiet)
	}
	how := phrase.DailyDayHow
	if f.inChat(o) {
		how = phrase.DailyDayBelow
	}
	body.add(local.Say(how), bot.Plain)
	body.add(local.Say(phrase.DailyDayUntil, phrase.Text("moment", momentText(local, o.script.Closes, o.script.Zone))), bot.Quiet)
	p.Body = body
	if f.inChat(o) {
		return p
	}
	p.Buttons = [][]bot.Button{{{Label: local.Say(phrase.ButtonDailyPlay), Style: bot.MainButton,
		Action: f.host.Sign(o.chat.Audience(), bot.Payload{Action: "dplay", Args: []uint64{uint64(o.session.ID)}})}}}
	return p
}

// sign returns a signed action for the player alone.
func (f *Feature) sign(p *player, action string, args ...uint64) string {
	return f.host.Sign(bot.Member{ID: p.member}.Audience(), bot.Payload{Action: action, Args: append([]uint64{uint64(p.session.ID)}, args...)})
}

// frame is what a question and its verdict have in common.
func (p *player) frame(kind bot.PostKind, n int) bot.Post {
	post := bot.Post{Kind: kind, Lang: p.local.Lang}
	post.Title = p.local.Say(phrase.DailyQuestionTitle, dateArg(p.script.Date), count("number", n+1), count("total", len(p.day.Items)))
	post.Body = []bot.Line{{Text: p.views[n].Stem, Style: bot.Strong}}
	return post
}

// questionPost is a question that waits for the player's answer.
func (f *Feature) questionPost(p *player, n int) bot.Post {
	post, v := p.frame(bot.QuestionPost, n), &p.views[n]
	for i, text := range v.Options {
		post.Options = append(post.Options, bot.Option{Label: v.Labels[i], Text: text, Action: f.sign(p, "dans", uint64(n), uint64(i))})
	}
	var after lines
	if len(v.Options) == 0 {
		post.Answerable = true
		after.add(p.local.Say(phrase.TypeHow), bot.Quiet)
		if p.limits.Forms {
			post.Buttons = [][]bot.Button{{{Label: p.local.Say(phrase.ButtonAnswer), Action: f.sign(p, "dtype", uint64(n)), Style: bot.MainButton}}}
		}
	}
	if a, tried := p.answerTo(n); tried && !a.Final {
		after.add(p.local.Say(phrase.CloseTry, phrase.Text("why", p.local.Say(phrase.Grade(a.Reason)))), bot.Plain)
	}
	post.After = after
	return post
}

// verdictPost tells the player what their answer is worth: why, the source, and how many had it
// right so far.
func (f *Feature) verdictPost(ctx context.Context, p *player, n int, said outcome) (bot.Post, error) {
	a, _ := p.answerTo(n)
	if !a.Final {
		return f.questionPost(p, n), nil
	}
	tally, err := f.store.Tally(ctx, p.session.ID)
	if err != nil {
		return bot.Post{}, err
	}
	post := p.frame(bot.RevealPost, n)
	post.Options = p.revealed(n, a.Option)
	var after lines
	mark := phrase.DailyWrong
	if a.Mark == grade.Right {
		mark = phrase.DailyRight
	}
	if said.elsewhere {
		after.add(p.local.Say(phrase.DailyElsewhere), bot.Plain)
	}
	after.add(p.local.Say(mark), bot.Strong)
	after = append(after, p.explained(n, a.Option, keyText(&p.views[n]))...)
	if p.session.Solo == 0 && !said.elsewhere {
		asked, right := soFar(tally, n, a.Mark == grade.Right)
		after.add(p.local.Say(phrase.DailySoFar, count("right", right), count("asked", asked)), bot.Quiet)
	}
	after = append(after, said.lines(p.local)...)
	if _, more := p.next(); more {
		post.Buttons = [][]bot.Button{{{Label: p.local.Say(phrase.ButtonDailyNext), Action: f.sign(p, "dnext"), Style: bot.MainButton}}}
		post.After = after
		return post, nil
	}
	end, err := f.endLines(ctx, p, said)
	post.After = append(after, end...)
	post.Buttons = append(f.misses(p.open, p.local, p.missed()), f.changeRow(p)...)
	return post, err
}

// changeRow leads from a daily of somebody's own to its card, where it is changed or switched off.
func (f *Feature) changeRow(p *player) [][]bot.Button {
	if p.session.Solo == 0 {
		return nil
	}
	to := bot.Payload{Action: "dcard", Args: []uint64{uint64(p.script.Subscription), 1, opOpen, 0}}
	return [][]bot.Button{{{Label: p.local.Say(phrase.ButtonDailyChange), Action: f.host.Sign(bot.Member{ID: p.member}.Audience(), to)}}}
}

// soFar counts who answered question n and who was right, with the answer that is being taken.
func soFar(tally []bot.QuestionTally, n int, right bool) (asked, rights int) {
	asked = 1
	if right {
		rights = 1
	}
	for _, t := range tally {
		if t.Question == n {
			asked, rights = asked+t.Asked, rights+t.Right
		}
	}
	return asked, rights
}

// revealed are the options of a question that is over; chosen is the player's.
func (p *player) revealed(n, chosen int) []bot.Option {
	v := &p.views[n]
	var out []bot.Option
	for i, text := range v.Options {
		o := bot.Option{Label: v.Labels[i], Text: text, State: bot.OptionWrong}
		if i == v.Key {
			o.State = bot.OptionKey
		}
		if i == chosen {
			o.Picks, o.Count = 1, p.local.Say(phrase.DailyYours)
		}
		out = append(out, o)
	}
	return out
}

// explained is the answer to a question with why and the source.
func (p *player) explained(n, chosen int, answer string) []bot.Line {
	v := &p.views[n]
	out := lines{{Text: p.local.Say(phrase.AnswerIs, phrase.Text("answer", answer)), Style: bot.Strong}}
	if !v.Repeats() {
		out.add(v.Explanation, bot.Plain)
	}
	if chosen >= 0 && chosen != v.Key && chosen < len(v.Why) && v.Why[chosen] != "" {
		out.add(p.local.Say(phrase.WhyNotLine, phrase.Text("option", v.Labels[chosen]), phrase.Text("why", v.Why[chosen])), bot.Bullet)
	}
	if v.Source != "" {
		out.add(p.local.Say(phrase.SourceLine, phrase.Text("source", v.Source)), bot.Quiet)
	}
	return out
}

// keyText is the answer to a question whose options are in sight, with its label.
func keyText(v *quiz.View) string {
	if v.Key >= 0 {
		return v.Labels[v.Key] + " " + plainKey(v)
	}
	return plainKey(v)
}

// plainKey is the answer to a question.
func plainKey(v *quiz.View) string {
	switch {
	case v.Key >= 0:
		return language.StripIsolates(v.Options[v.Key])
	case len(v.Accepts) > 0:
		return language.StripIsolates(v.Accepts[0])
	}
	return ""
}

// donePost tells the player how they did, when nothing is left to answer.
func (f *Feature) donePost(ctx context.Context, p *player) (bot.Post, error) {
	post := bot.Post{Kind: bot.BoardPost, Lang: p.local.Lang, Title: p.local.Say(phrase.DailyDayTitle, dateArg(p.script.Date))}
	if p.session.Ended {
		post.Body = []bot.Line{{Text: p.local.Say(phrase.DailyClosed)}}
	}
	end, err := f.endLines(ctx, p, outcome{})
	post.After = end
	post.Buttons = append(f.misses(p.open, p.local, p.missed()), f.changeRow(p)...)
	return post, err
}

// endLines are how the player did and the line to share. said is what came of the last answer, which
// may not be written yet.
func (f *Feature) endLines(ctx context.Context, p *player, said outcome) ([]bot.Line, error) {
	share := daily.Share{Day: p.script.Date, Marks: p.marks()}
	days, shown := said.streak.Days, said.shown
	if !said.progress.Counted {
		var err error
		if days, shown, err = f.shownStreak(ctx, p.member); err != nil {
			return nil, err
		}
	}
	if shown {
		share.Streak = days
	}
	var out lines
	out.add(p.local.Say(phrase.DailyScore, count("right", share.Right()), count("asked", len(share.Marks))), bot.Strong)
	line := share.Append(nil, p.local.Lang, p.local.Say(phrase.ProductName), p.local.Style)
	out.add(string(line), bot.Code)
	return out, nil
}
