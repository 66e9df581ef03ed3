package play

import (
	"cmp"
	"strings"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/game"
)

// screen draws the posts of a game. What a game shows follows from its copy alone, so that every
// post can be drawn anew.
type screen struct{ host bot.Host }

var allLanguages = language.Own()

// sign returns a signed action for everybody in the chat of a game.
func (s screen) sign(l *live, action string, args ...uint64) string {
	return s.host.Sign(l.chat.Audience(), bot.Payload{Action: action, Args: args})
}

// limits are those of the platform of a game.
func (s screen) limits(l *live) bot.Limits { return s.host.Limits(l.chat.Address.Platform) }

// lines collects the lines of a post.
type lines []bot.Line

func (ls *lines) add(text string, style bot.LineStyle) {
	*ls = append(*ls, bot.Line{Text: text, Style: style})
}

// name adds a line that names a member.
func (ls *lines) name(text string, style bot.LineStyle, who ...bot.Mention) {
	*ls = append(*ls, bot.Line{Text: text, Style: style, Who: who})
}

// title is what a game is called while it is played.
func title(l *live) string { return cmp.Or(l.script.Cover, l.local.Say(phrase.StartTitle)) }

// startCard says what is about to be played, by which rules. It shows the cover and never the
// title, which may give answers away.
func (s screen) startCard(l *live) bot.Post {
	state, say := &l.state, l.local.Say
	set := &state.Settings
	p := bot.Post{Kind: bot.StartPost, Lang: l.local.Lang, Title: title(l)}
	var body lines
	count := phrase.Count("questions", len(state.Questions))
	if l.alone() {
		body.add(say(phrase.StartAlone, count), bot.Plain)
	} else {
		body.name(say(phrase.StartBy, phrase.Name("name", l.name(bot.MemberID(set.Starter))), count), bot.Plain, l.named(set.Starter)...)
	}
	if l.script.Pack != "" {
		body.add(say(phrase.StartPack, phrase.Text("pack", l.script.Pack)), bot.Plain)
	}
	if l.script.Short > 0 {
		body.add(say(phrase.StartShort, phrase.Count("wanted", l.script.Short)), bot.Plain)
	}
	rule, score := phrase.RuleAll, phrase.ScoreAccuracy
	switch {
	case l.alone():
		rule = phrase.RuleAlone
	case set.Mode == game.Race:
		rule = phrase.RuleRace
	}
	if set.Scoring == game.Speed {
		score = phrase.ScoreSpeed
	}
	body.add(say(rule, phrase.Count("choice", set.Choice), phrase.Count("typed", set.Typed)), bot.Plain)
	if score == phrase.ScoreSpeed {
		body.add(say(score, phrase.Count("points", game.MostPoints)), bot.Plain)
	} else {
		body.add(say(score), bot.Plain)
	}
	p.Body = body
	switch {
	case state.Phase == game.Leading:
		p.Open, p.Until = game.LeadIn, state.Until
		p.After = []bot.Line{{Text: say(phrase.StartSoon), Style: bot.Quiet}}
	case state.Phase == game.Paused:
		p.After = []bot.Line{{Text: say(phrase.IsPaused, pauseMinutes()), Style: bot.Quiet}}
	}
	return p
}

// frame is what a question and its reveal have in common.
func frame(l *live, kind bot.PostKind, n int) bot.Post {
	p := bot.Post{Kind: kind, Lang: l.local.Lang}
	p.Title = l.local.Say(phrase.QuestionOf, phrase.Count("number", n+1), phrase.Count("total", len(l.state.Questions)))
	p.Body = []bot.Line{{Text: l.script.Views[n].Stem, Style: bot.Strong}}
	shown := l.script.Views[n].Clues
	if kind == bot.QuestionPost {
		shown = shown[:min(l.state.Open.Clues, len(shown))]
	}
	for _, clue := range shown {
		p.Body = append(p.Body, bot.Line{Text: clue, Style: bot.Strong})
	}
	return p
}

// question is a question that is asked or open.
func (s screen) question(l *live, n int) bot.Post {
	state, say := &l.state, l.local.Say
	q := &state.Questions[n]
	p := frame(l, bot.QuestionPost, n)
	p.Open = state.Time(n)
	if state.Status(n) == game.CanBeAnswered {
		p.Until = state.Until
	}
	id, number := uint64(l.session.ID), uint64(n)
	p.Options = s.options(l, n)
	var after lines
	var row []bot.Button
	if q.Form == quiz.TypedForm {
		p.Answerable = true
		after.add(say(s.howToType(l)), bot.Quiet)
		if s.limits(l).Forms {
			row = append(row, bot.Button{Label: say(phrase.ButtonAnswer), Action: s.sign(l, "type", id, number), Style: bot.MainButton})
		}
	}
	if state.Open.Hinted {
		after.add(hintText(l, n), bot.Plain)
	} else if state.Open.Clues < q.Clues || q.Clues == 0 && q.Form == quiz.TypedForm && !q.NoHint || q.Options > 2 {
		row = append(row, bot.Button{Label: say(phrase.ButtonHint), Action: s.sign(l, "hint", id, number)})
	}
	if have, need := state.Votes(); have > 0 {
		after.add(say(phrase.SkipVotes, phrase.Count("have", have), phrase.Count("need", need)), bot.Quiet)
	}
	row = append(row, bot.Button{Label: say(phrase.ButtonSkip), Action: s.sign(l, "skip", id, number)})
	p.After, p.Buttons = after, [][]bot.Button{row}
	if p.Poll = s.poll(l, n); p.Poll != nil {
		p.Poll.Open = p.Open - drain
	}
	return p
}

// options are the options of an open question, without the one that a hint dropped.
func (s screen) options(l *live, n int) []bot.Option {
	v := &l.script.Views[n]
	var out []bot.Option
	for i, text := range v.Options {
		o := bot.Option{Label: v.Labels[i], Text: text, Action: s.sign(l, "a", uint64(l.session.ID), uint64(n), uint64(i))}
		if l.state.Open.Dropped == i+1 {
			o.State, o.Action = bot.OptionStruck, ""
		}
		out = append(out, o)
	}
	return out
}

// howToType says how a typed answer is given here.
func (s screen) howToType(l *live) phrase.ID {
	limits := s.limits(l)
	if !limits.Forms && !limits.ReadsChat && !l.chat.Address.Private && l.session.Solo == 0 {
		return phrase.ReplyHow
	}
	return phrase.TypeHow
}

// hintText says what the hint of a question gives: an option that is wrong, the first letter
// and the length of what is to be typed, or two values between which it lies.
func hintText(l *live, n int) string {
	v := &l.script.Views[n]
	if d := l.state.Open.Dropped; d > 0 && d <= len(v.Labels) {
		return l.local.Say(phrase.HintDropped, phrase.Text("label", v.Labels[d-1]))
	}
	switch {
	case v.Hint.Low != "":
		return l.local.Say(phrase.HintBetween, phrase.Text("low", v.Hint.Low), phrase.Text("high", v.Hint.High))
	case v.Hint.First != "":
		return l.local.Say(phrase.HintLetters, phrase.Text("letter", v.Hint.First), phrase.Count("count", v.Hint.Letters))
	}
	return ""
}

// drain is how long votes of a poll that has closed may still be on their way.
const drain = 2 * time.Second

// poll is a choice question as a native poll, where the platform and the chat have them and its
// limits hold it; else nil.
func (s screen) poll(l *live, n int) *bot.Poll {
	limits, v := s.limits(l), &l.script.Views[n]
	if !limits.Polls || l.script.AtEnd || l.alone() || len(v.Options) == 0 {
		return nil
	}
	p := &bot.Poll{Options: v.Options, Key: v.Key}
	why := v.Explanation
	if v.Repeats() {
		why = ""
		if v.Source != "" {
			why = l.local.Say(phrase.SourceLine, phrase.Text("source", v.Source))
		}
	}
	p.Explanation = language.Cut(why, limits.PollWhy)
	p.Question = frame(l, bot.QuestionPost, n).Title + "\n" + v.Stem
	if language.Length(p.Question) > limits.PollText {
		return nil
	}
	for _, o := range p.Options {
		if language.Length(o) > limits.PollOption {
			return nil
		}
	}
	return p
}

// void says that a question does not count.
func (s screen) void(l *live, n int) bot.Post {
	id := phrase.VoidSaid
	if n+1 == len(l.state.Questions) {
		id = phrase.VoidLast
	}
	return sentence(l, l.local.Say(id, phrase.Count("number", n+1)))
}

var notices = map[game.Notice]phrase.ID{
	game.NobodyAnswers: phrase.NobodyAnswers, game.WillPause: phrase.WillPause, game.HasPaused: phrase.IsPaused, game.GoesOn: phrase.GoesOn,
}

func (s screen) notice(l *live, n game.Notice) bot.Post {
	if n == game.HasPaused {
		return sentence(l, l.local.Say(notices[n], pauseMinutes()))
	}
	return sentence(l, l.local.Say(notices[n]))
}

// pauseMinutes is how long a pause may be.
func pauseMinutes() phrase.Arg { return phrase.Count("minutes", int(game.PauseLimit.Minutes())) }

func sentence(l *live, text string) bot.Post {
	return bot.Post{Kind: bot.NoticePost, Lang: l.local.Lang, Body: []bot.Line{{Text: text}}}
}

// shownNames is how many names a line lists before it counts the rest.
const shownNames = 8

// whoWasRight names who answered question n rightly.
func whoWasRight(l *live, n int) bot.Line {
	say, right := l.local.Say, l.state.RightOf(n)
	switch {
	case len(right) == 0 && l.alone():
		return bot.Line{Text: say(phrase.YouWereNotRight)}
	case len(right) == 0:
		return bot.Line{Text: say(phrase.NobodyRight)}
	case l.alone():
		return bot.Line{Text: say(phrase.YouWereRight)}
	}
	var list []string
	var who []bot.Mention
	for _, m := range right[:min(len(right), shownNames)] {
		list = append(list, l.name(bot.MemberID(m)))
		who = append(who, l.named(m)...)
	}
	if more := len(right) - len(list); more > 0 {
		return bot.Line{Text: say(phrase.RightAndMore, phrase.List("names", list...), phrase.Count("more", more)), Who: who}
	}
	return bot.Line{Text: say(phrase.RightWere, phrase.List("names", list...)), Who: who}
}

var signs = map[game.Outcome]string{game.Right: "🟩", game.Wrong: "🟥", game.Missed: "⬜", game.Spoilt: "⬛"}

// shareLine is one player's game in one line, to be copied.
func shareLine(local phrase.Localizer, r game.Rank) string {
	var b strings.Builder
	for _, o := range r.Line {
		b.WriteString(signs[o])
	}
	return local.Say(phrase.ShareLine, phrase.Count("right", r.Player.Right), phrase.Count("asked", len(r.Line)), phrase.Text("signs", b.String()))
}
