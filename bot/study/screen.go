package study

import (
	"context"
	"fmt"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/catalog"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/flashcard"
	"summitquiz/quiz/grade"
)

// question is what is asked, as its member reads it.
type question struct {
	version *catalog.Version
	item    quiz.Item
	view    quiz.View
}

// question draws what is asked, with the version of the pack in which it was first shown.
func (l *lesson) question(ctx context.Context) (*question, error) {
	c := l.session.Card
	v, err := l.f.packs.Version(ctx, bot.PackOf(c.Fact), c.Hash)
	if err != nil {
		return nil, err
	}
	it, err := v.Generator.Draw(c.Item, c.Seed)
	if err != nil {
		return nil, fmt.Errorf("item %s: %w", c.Item, err)
	}
	lang := catalog.LanguageFor(v.Pack, l.r.Local.Lang)
	return &question{v, it, v.Generator.Render(it, lang, l.r.Local.Style)}, nil
}

// lines collects the lines of a post.
type lines []bot.Line

func (ls *lines) add(text string, style bot.LineStyle) {
	if text != "" {
		*ls = append(*ls, bot.Line{Text: text, Style: style})
	}
}

// show shows where the session stands: a question, its answer, or the end. said is told first.
func (l *lesson) show(ctx context.Context, update bool, said ...string) (bot.Reply, error) {
	var p bot.Post
	var err error
	switch c := l.session.Card; {
	case c == nil:
		p, err = l.end(ctx)
	case c.Open:
		p, err = l.ask(ctx)
	default:
		p, err = l.answer(ctx)
	}
	if err != nil {
		return bot.Reply{}, err
	}
	var first lines
	for _, text := range said {
		first.add(text, bot.Plain)
	}
	p.Body = append(first, p.Body...)
	return bot.Reply{Posts: []bot.Post{p}, Update: update}, nil
}

// sign signs an action for the turn that is shown.
func (l *lesson) sign(action string, args ...uint64) string {
	return l.r.Sign(action, append([]uint64{l.session.Turn}, args...)...)
}

func (l *lesson) button(id phrase.ID, action string) bot.Button {
	return bot.Button{Label: l.r.Say(id), Action: l.sign(action)}
}

// frame is what question and answer have in common.
func (l *lesson) frame(kind bot.PostKind, q *question) bot.Post {
	c, s := l.session.Card, &l.session
	p := bot.Post{Kind: kind, Lang: q.view.Lang, Title: catalog.TitleIn(q.version.Pack, q.view.Lang)}
	if cover := q.version.Pack.Cover[q.view.Lang]; cover != "" {
		p.Title = cover // a title may give answers away
	}
	var body lines
	switch {
	case c.Changed:
		body.add(l.r.Say(phrase.StudyChanged), bot.Quiet)
	case c.New:
		body.add(l.r.Say(phrase.StudyNew, phrase.Count("left", s.Left)), bot.Quiet)
	default:
		body.add(l.r.Say(phrase.StudyLeft, phrase.Count("left", s.Left)), bot.Quiet)
	}
	body.add(q.view.Stem, bot.Strong)
	p.Body = body
	return p
}

// ask is the front of a card.
func (l *lesson) ask(ctx context.Context) (bot.Post, error) {
	q, err := l.question(ctx)
	if err != nil {
		return bot.Post{}, err
	}
	c, v := l.session.Card, &q.view
	p := l.frame(bot.QuestionPost, q)
	for i, text := range v.Options {
		p.Options = append(p.Options, bot.Option{Label: v.Labels[i], Text: text, Action: l.sign("fopt", uint64(i))})
	}
	row := []bot.Button{l.button(phrase.ButtonShow, "fshow")}
	var after lines
	if c.Close {
		after.add(l.r.Say(phrase.CloseTry, phrase.Text("why", l.r.Say(phrase.Grade(c.Reason)))), bot.Plain)
	}
	if q.item.Form == quiz.TypedForm {
		p.Answerable = true
		if l.r.Limits.Forms {
			answer := l.button(phrase.ButtonAnswer, "ftype")
			answer.Style = bot.MainButton
			row = append([]bot.Button{answer}, row...)
		} else {
			after.add(l.r.Say(phrase.TypeHow), bot.Quiet)
		}
		if c.Hinted {
			after.add(hintText(l.r, v), bot.Plain)
		} else if v.Hint != (quiz.Hint{}) {
			row = append(row, l.button(phrase.ButtonHint, "fhint"))
		}
	}
	p.After, p.Buttons = after, [][]bot.Button{row, l.under()}
	return p, nil
}

// under is the row of what else can be done with a card.
func (l *lesson) under() []bot.Button {
	row := []bot.Button{l.button(phrase.ButtonBury, "fbury"), l.button(phrase.ButtonSuspend, "fsusp"), l.button(phrase.ButtonReport, "frep")}
	if len(l.studied()) > 0 {
		row = append([]bot.Button{l.button(phrase.ButtonUndo, "fundo")}, row...)
	}
	return row
}

// hintText says what the hint of a typed question gives.
func hintText(r *bot.Request, v *quiz.View) string {
	switch {
	case v.Hint.Low != "":
		return r.Say(phrase.HintBetween, phrase.Text("low", v.Hint.Low), phrase.Text("high", v.Hint.High))
	case v.Hint.First != "":
		return r.Say(phrase.HintLetters, phrase.Text("letter", v.Hint.First), phrase.Count("count", v.Hint.Letters))
	}
	return ""
}

// answer is the back of a card: right or wrong, why, the source, and the ratings.
func (l *lesson) answer(ctx context.Context) (bot.Post, error) {
	q, err := l.question(ctx)
	if err != nil {
		return bot.Post{}, err
	}
	c, v := l.session.Card, &q.view
	p := l.frame(bot.RevealPost, q)
	for i, text := range v.Options {
		o := bot.Option{Label: v.Labels[i], Text: text, State: bot.OptionWrong}
		if i == v.Key {
			o.State = bot.OptionKey
		}
		p.Options = append(p.Options, o)
	}
	var after lines
	after.add(l.verdict(v), bot.Strong)
	right := ""
	if v.Key >= 0 {
		right = v.Labels[v.Key] + " " + v.Options[v.Key]
	} else if len(v.Accepts) > 0 {
		right = v.Accepts[0]
	}
	after.add(l.r.Say(phrase.AnswerIs, phrase.Text("answer", language.StripIsolates(right))), bot.Plain)
	if !v.Repeats() {
		after.add(v.Explanation, bot.Plain)
	}
	if i := c.Option - 1; i >= 0 && i < len(v.Why) && v.Why[i] != "" {
		after.add(l.r.Say(phrase.WhyNotLine, phrase.Text("option", v.Labels[i]), phrase.Text("why", v.Why[i])), bot.Bullet)
	}
	if v.Source != "" {
		after.add(l.r.Say(phrase.SourceLine, phrase.Text("source", v.Source)), bot.Quiet)
	}
	if v.Evidence != "" {
		after.add(string(language.Isolate(nil, v.Evidence)), bot.Quote)
	}
	p.After = after
	card, changed := l.changed(c.Fact)
	if !changed {
		if card, err = l.f.card(ctx, l.r.Member.ID, c.Fact); err != nil {
			return bot.Post{}, err
		}
	}
	p.Buttons = append(l.ratings(card.Memory), l.under())
	return p, nil
}

// verdict says how the answer was.
func (l *lesson) verdict(v *quiz.View) string {
	c := l.session.Card
	switch {
	case c.Rating == 0:
		return l.r.Say(phrase.StudyShown)
	case c.Option > 0 && c.Option <= len(v.Labels) && c.Mark != grade.Right:
		return l.r.Say(phrase.StudyWrongOption, phrase.Text("label", v.Labels[c.Option-1]))
	case c.Mark == grade.Right:
		return l.r.Say(phrase.StudyRight)
	}
	return l.r.Say(phrase.StudyWrong)
}

var ratingNames = map[flashcard.Rating]phrase.ID{
	flashcard.Again: phrase.RateAgain, flashcard.Hard: phrase.RateHard, flashcard.Good: phrase.RateGood, flashcard.Easy: phrase.RateEasy,
}

// ratings are the rating buttons, each with the interval that it gives; the proposed one stands out.
func (l *lesson) ratings(m flashcard.Card) [][]bot.Button {
	next := l.scheduler.Preview(m, l.r.Now, l.today)
	proposed := l.session.Card.Rating
	one := func(name phrase.ID, r flashcard.Rating) bot.Button {
		b := bot.Button{Action: l.sign("frate", uint64(r))}
		b.Label = l.r.Say(phrase.RateButton, phrase.Text("rating", l.r.Say(name)), phrase.Text("interval", l.interval(&next[r-1])))
		if r == proposed {
			b.Style = bot.MainButton
		}
		return b
	}
	if l.learner.Settings.Two {
		knew := flashcard.Good
		if proposed == flashcard.Hard {
			knew = flashcard.Hard
		}
		return [][]bot.Button{{one(phrase.RateForgot, flashcard.Again), one(phrase.RateKnew, knew)}}
	}
	var out [][]bot.Button
	for i, r := range flashcard.Ratings {
		if i%2 == 0 {
			out = append(out, nil)
		}
		out[i/2] = append(out[i/2], one(ratingNames[r], r))
	}
	return out
}

// interval is how long a card waits after its last review, as people say it.
func (l *lesson) interval(c *flashcard.Card) string {
	if c.Interval == 0 {
		return wait(l.r, c.Due.Sub(c.Reviewed))
	}
	return days(l.r, c.Interval)
}

// wait is a time of less than a day as people say it.
func wait(r *bot.Request, d time.Duration) string {
	if d >= time.Hour {
		return r.Say(phrase.WaitHours, phrase.Count("count", int(d.Round(time.Hour)/time.Hour)))
	}
	return r.Say(phrase.WaitMinutes, phrase.Count("count", max(1, int(d.Round(time.Minute)/time.Minute))))
}

// days is a number of days as people say it.
func days(r *bot.Request, n int) string {
	const month = 365.25 / 12
	if n < 60 {
		return r.Say(phrase.WaitDays, phrase.Count("count", n))
	}
	return r.Say(phrase.WaitMonths, phrase.Count("count", int(float64(n)/month+0.5)))
}
