package play

import (
	"context"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
	"summitquiz/quiz/game"
)

// reveal is a question that is over: the options in the same order, who was right, why, and the
// source.
func (s screen) reveal(l *live, n int) bot.Post {
	state, say, v := &l.state, l.local.Say, &l.script.Views[n]
	r := &state.Results[n]
	p := frame(l, bot.RevealPost, n)
	for i, text := range v.Options {
		o := bot.Option{Label: v.Labels[i], Text: text, State: bot.OptionWrong}
		if i == v.Key {
			o.State = bot.OptionKey
		}
		if i < len(r.Picks) {
			o.Picks = r.Picks[i]
			o.Count = say(phrase.OptionPicks, phrase.Count("count", o.Picks))
		}
		p.Options = append(p.Options, o)
	}
	var after lines
	if v.Key >= 0 {
		after.add(say(phrase.AnswerIs, phrase.Text("answer", v.Labels[v.Key]+" "+language.StripIsolates(v.Options[v.Key]))), bot.Strong)
	} else if len(v.Named) > 0 {
		var all []string
		for _, forms := range v.Named {
			all = append(all, language.StripIsolates(forms[0]))
		}
		after.add(say(phrase.AnswersAre, phrase.List("answers", all...)), bot.Strong)
	} else if len(v.Accepts) > 0 {
		after.add(say(phrase.AnswerIs, phrase.Text("answer", language.StripIsolates(v.Accepts[0]))), bot.Strong)
	}
	switch {
	case r.How == game.Skipped && l.alone(): // nobody else could have answered
		after.add(say(phrase.SkipDone), bot.Plain)
	case r.How == game.Skipped:
		after.add(say(phrase.WasSkipped), bot.Plain)
		after = append(after, whoWasRight(l, n))
	default:
		after = append(after, whoWasRight(l, n))
	}
	if !v.Repeats() {
		after.add(v.Explanation, bot.Plain)
	}
	for i, why := range v.Why {
		if why != "" && i < len(r.Picks) && r.Picks[i] > 0 {
			after.add(say(phrase.WhyNotLine, phrase.Text("option", v.Labels[i]), phrase.Text("why", why)), bot.Bullet)
		}
	}
	if v.Source != "" {
		after.add(say(phrase.SourceLine, phrase.Text("source", v.Source)), bot.Quiet)
	}
	if v.Evidence != "" {
		after.add(string(language.Isolate(nil, v.Evidence)), bot.Quote)
	}
	p.After = after
	p.Buttons = [][]bot.Button{{{Label: say(phrase.ButtonReport), Action: s.sign(l, "rep", uint64(l.session.ID), uint64(n))}}}
	if p.Poll = s.poll(l, n); p.Poll != nil {
		p.Poll.Closed = true
	}
	return p
}

// endRows is how many lines of a game's board are shown.
const endRows = 10

// end is the board with what was missed, and a line of signs to share.
func (s screen) end(l *live) bot.Post {
	state, say := &l.state, l.local.Say
	p := bot.Post{Kind: bot.BoardPost, Lang: l.local.Lang, Title: say(phrase.EndTitle)}
	var body, after lines
	switch state.End {
	case game.Stopped:
		if state.Stopper != 0 && !l.alone() { // who plays alone was told when they stopped it
			body.name(say(phrase.StoppedBy, phrase.Name("name", l.name(bot.MemberID(state.Stopper)))), bot.Plain, l.named(state.Stopper)...)
		}
	case game.Abandoned:
		body.add(say(phrase.WasAbandoned), bot.Plain)
	}
	board := state.Board(endRows)
	nobody, missedTitle := phrase.NobodyPlayed, phrase.MissedTitle
	if l.alone() {
		nobody, missedTitle = phrase.YouAnsweredNone, phrase.YouMissedTitle
	}
	if len(board) == 0 {
		body.add(say(nobody), bot.Plain)
	}
	for _, r := range board {
		body.name(say(phrase.BoardRow, phrase.Count("rank", r.Rank), phrase.Name("name", l.name(bot.MemberID(r.Player.Member))), phrase.Count("points", r.Player.Points),
			phrase.Count("right", r.Player.Right), phrase.Count("asked", len(state.Results))), bot.Bullet, l.named(r.Player.Member)...)
	}
	if missed := state.Missed(); len(missed) > 0 && len(board) > 0 {
		after.add(say(missedTitle), bot.Strong)
		for _, n := range missed[:min(len(missed), endRows)] {
			after.add(l.script.Views[n].Stem, bot.Bullet)
		}
	}
	if l.alone() && len(board) > 0 {
		after.add(shareLine(l.local, board[0]), bot.Code)
		p.Link = bot.LinkToSession(l.session.ID)
	}
	p.Body, p.After = body, after
	id := uint64(l.session.ID)
	row := []bot.Button{{Label: say(phrase.ButtonAgain), Action: s.sign(l, "again", id), Style: bot.MainButton}}
	if !l.alone() && len(board) > 0 {
		row = append(row, bot.Button{Label: say(phrase.ButtonShare), Action: s.sign(l, "share", id)})
	}
	p.Buttons = [][]bot.Button{row}
	if len(board) > 0 {
		if more := s.host.ResultButtons(l.session.ID, l.chat, l.local); len(more) > 0 {
			p.Buttons = append(p.Buttons, more)
		}
	}
	return p
}

// pressShare gives a player their own line.
func (f *Feature) pressShare(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	l, err := f.games.stored(ctx, bot.SessionID(r.Arg(0)))
	if bot.IsNone(err) {
		return bot.Reply{}, bot.Refuse(phrase.ButtonOver)
	}
	if err != nil {
		return bot.Reply{}, err
	}
	for _, rank := range l.state.Board(len(l.state.Players)) {
		if bot.MemberID(rank.Player.Member) == r.Member.ID {
			p := r.Post(bot.NoticePost, "")
			p.Body = []bot.Line{{Text: shareLine(r.Local, rank), Style: bot.Code}}
			p.Link = bot.LinkToSession(l.session.ID)
			return bot.Reply{Posts: []bot.Post{p}}, nil
		}
	}
	return r.Reply(phrase.DidNotPlay), nil
}
