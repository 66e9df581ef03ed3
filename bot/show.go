package bot

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"summitquiz/bot/phrase"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/game"
)

// What a game shows follows from its table alone, so that every post can be drawn anew.

// startCard says what is about to be played, by which rules. It shows the cover and never the
// title, which may give answers away.
func (h *Hall) startCard(tb *table) Post {
	s, say := &tb.state, tb.voice.Say
	set := &s.Settings
	p := Post{Kind: StartPost, Lang: tb.voice.Lang, Title: tb.title()}
	starter, count := phrase.Name("name", cmp.Or(tb.sheet.Starter, say(phrase.Somebody))), phrase.Count("questions", len(s.Questions))
	if tb.alone() {
		p.Body = append(p.Body, line(say(phrase.StartAlone, count)))
	} else {
		p.Body = append(p.Body, line(say(phrase.StartBy, starter, count)))
	}
	if tb.sheet.Short > 0 {
		p.Body = append(p.Body, line(say(phrase.StartShort, phrase.Count("wanted", tb.sheet.Short))))
	}
	rule := phrase.RuleAll
	switch {
	case tb.alone():
		rule = phrase.RuleAlone
	case set.Mode == game.Race:
		rule = phrase.RuleRace
	}
	p.Body = append(p.Body, line(say(rule, phrase.Count("choice", set.Choice), phrase.Count("typed", set.Typed))))
	p.Body = append(p.Body, line(say(either(set.Scoring == game.Speed, phrase.ScoreSpeed, phrase.ScoreAccuracy))))
	switch {
	case s.Phase == game.Leading:
		p.Open, p.Until = game.LeadIn, s.Until
		p.After = []Line{{Text: say(phrase.StartSoon), Style: Quiet}}
	case s.Phase == game.Paused:
		p.After = []Line{{Text: say(phrase.IsPaused), Style: Quiet}}
	}
	return p
}

// title is what a game is called while it is played.
func (tb *table) title() string { return cmp.Or(tb.sheet.Cover, tb.voice.Say(phrase.StartTitle)) }

// alone reports whether one person plays.
func (tb *table) alone() bool {
	return tb.state.Settings.Private || tb.state.Settings.Mode == game.Solo
}

// question is a question that is asked or open.
func (h *Hall) question(tb *table, n int) Post {
	s, say, v := &tb.state, tb.voice.Say, &tb.sheet.Views[n]
	q := &s.Questions[n]
	p := tb.frame(QuestionPost, n)
	p.Open = s.Time(n)
	if s.Status(n) == game.CanBeAnswered {
		p.Until = s.Until
	}
	args := []uint64{uint64(tb.game.ID), uint64(n)}
	for i, text := range v.Options {
		o := Option{Label: v.Labels[i], Text: text, Action: h.sign(tb, "a", append(args, uint64(i))...)}
		if s.Open.Dropped == i+1 {
			o.State, o.Action = OptionStruck, ""
		}
		p.Options = append(p.Options, o)
	}
	var row []Button
	if q.Form == quiz.TypedForm {
		p.Answerable = true
		l := h.limits(tb.chat)
		how := phrase.TypeHow
		if !l.Forms && !l.Chattable && !tb.chat.Address.Private && tb.game.Solo == 0 {
			how = phrase.ReplyHow
		}
		p.After = append(p.After, Line{Text: say(how), Style: Quiet})
		if l.Forms {
			row = append(row, Button{Label: say(phrase.ButtonAnswer), Action: h.sign(tb, "type", args...), Style: MainButton})
		}
	}
	if s.Open.Hinted {
		p.After = append(p.After, line(tb.hint(n)))
	} else if q.Form == quiz.TypedForm && !q.NoHint || q.Options > 2 {
		row = append(row, Button{Label: say(phrase.ButtonHint), Action: h.sign(tb, "hint", args...)})
	}
	if have, need := s.Votes(); have > 0 {
		p.After = append(p.After, Line{Text: say(phrase.SkipVotes, phrase.Count("have", have), phrase.Count("need", need)), Style: Quiet})
	}
	row = append(row, Button{Label: say(phrase.ButtonSkip), Action: h.sign(tb, "skip", args...)})
	p.Buttons = [][]Button{row}
	p.Poll = h.poll(tb, n)
	if p.Poll != nil {
		p.Poll.Open = p.Open - drain
	}
	return p
}

// frame is what a question and its reveal have in common.
func (tb *table) frame(kind PostKind, n int) Post {
	p := Post{Kind: kind, Lang: tb.voice.Lang}
	p.Title = tb.voice.Say(phrase.QuestionOf, phrase.Count("number", n+1), phrase.Count("total", len(tb.state.Questions)))
	p.Body = []Line{{Text: tb.sheet.Views[n].Stem, Style: Strong}}
	return p
}

// hint says what the hint of a question gives: an option that is wrong, the first letter and the
// length of what is to be typed, or two values between which it lies.
func (tb *table) hint(n int) string {
	v := &tb.sheet.Views[n]
	if d := tb.state.Open.Dropped; d > 0 && d <= len(v.Labels) {
		return tb.voice.Say(phrase.HintDropped, phrase.Text("label", v.Labels[d-1]))
	}
	switch {
	case v.Hint.Low != "":
		return tb.voice.Say(phrase.HintBetween, phrase.Text("low", v.Hint.Low), phrase.Text("high", v.Hint.High))
	case v.Hint.First != "":
		return tb.voice.Say(phrase.HintLetters, phrase.Text("letter", v.Hint.First), phrase.Count("count", v.Hint.Letters))
	}
	return ""
}

// drain is how long votes of a poll that has closed may still be on their way.
const drain = 2 * time.Second

// poll is a choice question as a native poll, where the platform and the chat have them and
// its limits hold it; else nil.
func (h *Hall) poll(tb *table, n int) *Poll {
	l, v := h.limits(tb.chat), &tb.sheet.Views[n]
	if !l.Polls || tb.sheet.AtEnd || tb.alone() || len(v.Options) == 0 {
		return nil
	}
	p := &Poll{Question: tb.sheet.Views[n].Stem, Options: v.Options, Key: v.Key, Explanation: language.Cut(v.Explanation, l.PollWhy)}
	p.Question = tb.frame(QuestionPost, n).Title + "\n" + p.Question
	if language.Length(p.Question) > l.PollText {
		return nil
	}
	for _, o := range p.Options {
		if language.Length(o) > l.PollPick {
			return nil
		}
	}
	return p
}

// reveal is a question that is over: the options in the same order, who was right, why, and
// the source.
func (h *Hall) reveal(tb *table, n int) Post {
	s, say, v := &tb.state, tb.voice.Say, &tb.sheet.Views[n]
	r := &s.Results[n]
	p := tb.frame(RevealPost, n)
	for i, text := range v.Options {
		o := Option{Label: v.Labels[i], Text: text, State: either(i == v.Key, OptionKey, OptionWrong)}
		if i < len(r.Picks) {
			o.Picks = r.Picks[i]
		}
		p.Options = append(p.Options, o)
	}
	if v.Key >= 0 {
		p.After = append(p.After, Line{Text: say(phrase.AnswerIs, phrase.Text("answer", v.Labels[v.Key]+" "+language.StripIsolates(v.Options[v.Key]))), Style: Strong})
	} else if len(v.Accepts) > 0 {
		p.After = append(p.After, Line{Text: say(phrase.AnswerIs, phrase.Text("answer", language.StripIsolates(v.Accepts[0]))), Style: Strong})
	}
	if r.How == game.Skipped {
		p.After = append(p.After, line(say(phrase.WasSkipped)))
	}
	p.After = append(p.After, line(tb.whoWasRight(n)))
	if v.Explanation != "" {
		p.After = append(p.After, line(v.Explanation))
	}
	for i, why := range v.Why {
		if why != "" && i < len(r.Picks) && r.Picks[i] > 0 {
			p.After = append(p.After, Line{Text: say(phrase.WhyNotLine, phrase.Text("option", v.Labels[i]), phrase.Text("why", why)), Style: Item})
		}
	}
	if v.Source != "" {
		p.After = append(p.After, Line{Text: say(phrase.SourceLine, phrase.Text("source", v.Source)), Style: Quiet})
	}
	if v.Evidence != "" {
		p.After = append(p.After, Line{Text: string(language.Isolate(nil, v.Evidence)), Style: Quote})
	}
	p.Buttons = [][]Button{{{Label: say(phrase.ButtonReport), Action: h.sign(tb, "rep", uint64(tb.game.ID), uint64(n))}}}
	if p.Poll = h.poll(tb, n); p.Poll != nil {
		p.Poll.Closed = true
	}
	return p
}

// shownNames is how many names a line lists before it counts the rest.
const shownNames = 8

func (tb *table) whoWasRight(n int) string {
	say := tb.voice.Say
	right := tb.state.RightOf(n)
	switch {
	case len(right) == 0:
		return say(phrase.NobodyRight)
	case tb.alone():
		return say(phrase.YouWereRight)
	}
	var list []string
	for _, m := range right[:min(len(right), shownNames)] {
		list = append(list, tb.name(MemberID(m)))
	}
	if more := len(right) - len(list); more > 0 {
		return say(phrase.RightAndMore, phrase.List("names", list...), phrase.Count("more", more))
	}
	return say(phrase.RightWere, phrase.List("names", list...))
}

// name is what a member is called in public.
func (tb *table) name(m MemberID) string {
	if s := tb.names[m]; s != "" {
		return s
	}
	return tb.voice.Say(phrase.Somebody)
}

// void says that a question does not count.
func (h *Hall) void(tb *table, n int) Post {
	return Post{Kind: NoticePost, Lang: tb.voice.Lang, Body: []Line{line(tb.voice.Say(phrase.VoidSaid, phrase.Count("number", n+1)))}}
}

var sayings = map[game.Notice]phrase.ID{
	game.NobodyAnswers: phrase.NobodyAnswers, game.WillPause: phrase.WillPause, game.HasPaused: phrase.IsPaused, game.GoesOn: phrase.GoesOn,
}

func (h *Hall) saying(tb *table, n game.Notice) Post {
	return Post{Kind: NoticePost, Lang: tb.voice.Lang, Body: []Line{line(tb.voice.Say(sayings[n]))}}
}

// endRows is how many lines of a game's board are shown.
const endRows = 10

// end is the board with what was missed, and a line of signs to share.
func (h *Hall) end(tb *table) Post {
	s, say := &tb.state, tb.voice.Say
	p := Post{Kind: BoardPost, Lang: tb.voice.Lang, Title: say(phrase.EndTitle)}
	switch s.End {
	case game.Stopped:
		if s.Stopper != 0 {
			p.Body = append(p.Body, line(say(phrase.StoppedBy, phrase.Name("name", tb.name(MemberID(s.Stopper))))))
		}
	case game.Abandoned:
		p.Body = append(p.Body, line(say(phrase.WasAbandoned)))
	}
	board := s.Board(endRows)
	if len(board) == 0 {
		p.Body = append(p.Body, line(say(phrase.NobodyPlayed)))
	}
	for _, r := range board {
		p.Body = append(p.Body, Line{Text: say(phrase.BoardRow, phrase.Count("rank", r.Rank), phrase.Name("name", tb.name(MemberID(r.Player.Member))),
			phrase.Count("points", r.Player.Points), phrase.Count("right", r.Player.Right), phrase.Count("asked", len(s.Results))), Style: Item})
	}
	if missed := s.Missed(); len(missed) > 0 && len(board) > 0 {
		p.After = append(p.After, Line{Text: say(phrase.MissedTitle), Style: Strong})
		for _, n := range missed[:min(len(missed), endRows)] {
			p.After = append(p.After, Line{Text: tb.sheet.Views[n].Stem, Style: Item})
		}
	}
	if tb.alone() && len(board) > 0 {
		p.After = append(p.After, Line{Text: tb.share(board[0]), Style: Code})
		p.Link = LinkToGame(tb.game.ID)
	}
	row := []Button{{Label: say(phrase.ButtonAgain), Action: h.sign(tb, "again", uint64(tb.game.ID)), Style: MainButton}}
	if !tb.alone() && len(board) > 0 {
		row = append(row, Button{Label: say(phrase.ButtonShare), Action: h.sign(tb, "share", uint64(tb.game.ID))})
	}
	p.Buttons = [][]Button{row}
	return p
}

var signs = map[game.Outcome]string{game.Right: "🟩", game.Wrong: "🟥", game.Missed: "⬜", game.Spoilt: "⬛"}

// share is one player's game in one line, to be copied.
func (tb *table) share(r game.Rank) string {
	var b strings.Builder
	for _, o := range r.Line {
		b.WriteString(signs[o])
	}
	return tb.voice.Say(phrase.ShareLine, phrase.Count("right", r.Player.Right), phrase.Count("asked", len(r.Line)), phrase.Text("signs", b.String()))
}

// pressShare gives a player their own line.
func pressShare(ctx context.Context, v *visit, a Action, _ map[string]string) (Reply, error) {
	g, err := v.h.store.Game(ctx, GameID(a.Arg(0)))
	if none(err) {
		return Reply{}, notice(phrase.ButtonOver)
	}
	if err != nil {
		return Reply{}, fmt.Errorf("game %d: %w", a.Arg(0), err)
	}
	tb, err := read(g)
	if err != nil {
		return Reply{}, err
	}
	tb.voice = v.voice
	for _, r := range tb.state.Board(len(tb.state.Players)) {
		if MemberID(r.Player.Member) == v.member.ID {
			p := Post{Kind: NoticePost, Lang: v.voice.Lang, Body: []Line{{Text: tb.share(r), Style: Code}}, Link: LinkToGame(g.ID)}
			return Reply{Posts: []Post{p}}, nil
		}
	}
	return v.say(phrase.DidNotPlay), nil
}

// sign returns an action for everybody in the chat of a game.
func (h *Hall) sign(tb *table, verb string, args ...uint64) string {
	return h.signer.Sign(tb.chat.bound(), Action{verb, args})
}

// limits are those of the platform of a chat; zero where that is switched off.
func (h *Hall) limits(c Chat) Limits {
	if p := h.platforms[c.Address.Platform]; p != nil {
		return p.Limits()
	}
	return Limits{}
}
