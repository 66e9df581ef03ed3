package bot

import (
	"context"
	"fmt"

	"summitquiz/bot/phrase"
)

// report is /report: against the question that is open or was last asked here, or the one
// whose post the command was used on.
func (v *visit) report(ctx context.Context) (Reply, error) {
	id, n, ok := slotQuestion(v.in.Command.Target)
	if !ok {
		tb, err := v.h.seated(ctx, v.chat.ID, v.member.ID)
		if err != nil {
			return Reply{}, err
		}
		if tb == nil {
			return Reply{}, notice(phrase.ReportWhat)
		}
		tb.mu.Lock()
		id, n = tb.game.ID, tb.state.Current()
		tb.mu.Unlock()
	}
	if n < 0 {
		return Reply{}, notice(phrase.ReportWhat)
	}
	if v.opts.has("reason") {
		return v.file(ctx, id, n, v.opts["reason"], v.opts["text"])
	}
	return v.reportCard(id, n), nil
}

// pressReport is the button under a reveal.
func pressReport(_ context.Context, v *visit, a Action, _ map[string]string) (Reply, error) {
	return v.reportCard(GameID(a.Arg(0)), index(a.Arg(1))), nil
}

// reportCard asks what is wrong with a question.
func (v *visit) reportCard(id GameID, n int) Reply {
	p := Post{Kind: CardPost, Lang: v.voice.Lang, Title: v.voice.Say(phrase.ReportTitle), Body: []Line{line(v.voice.Say(phrase.ReportAsk))}}
	for i, r := range reasons {
		b := Button{Label: v.voice.Say(phrase.ID("choice-reason-" + r)), Action: v.signOwn("why", uint64(id), uint64(n), uint64(i))}
		if i%2 == 0 {
			p.Buttons = append(p.Buttons, nil)
		}
		last := len(p.Buttons) - 1
		p.Buttons[last] = append(p.Buttons[last], b)
	}
	return Reply{Posts: []Post{p}}
}

// pressReason files a report with a reason.
func pressReason(ctx context.Context, v *visit, a Action, _ map[string]string) (Reply, error) {
	i := index(a.Arg(2))
	if i >= len(reasons) {
		return Reply{}, notice(phrase.ButtonOver)
	}
	r, err := v.file(ctx, GameID(a.Arg(0)), index(a.Arg(1)), reasons[i], "")
	r.Update = true
	return r, err
}

// file keeps a report.
func (v *visit) file(ctx context.Context, id GameID, n int, reason, text string) (Reply, error) {
	g, err := v.h.store.Game(ctx, id)
	if none(err) || err == nil && g.Chat != v.chat.ID {
		return Reply{}, notice(phrase.ReportWhat)
	}
	if err != nil {
		return Reply{}, fmt.Errorf("game %d: %w", id, err)
	}
	tb, err := read(g)
	if err != nil {
		return Reply{}, err
	}
	if n >= len(tb.state.Questions) {
		return Reply{}, notice(phrase.ReportWhat)
	}
	q := tb.state.Questions[n]
	v.change.Reports = append(v.change.Reports, Report{Space: v.space.ID, Chat: v.chat.ID, Member: v.member.ID, Item: q.Item,
		Pack: g.Pack, Hash: g.Hash, Seed: q.Seed, Lang: g.Lang, Reason: reason, Text: text, At: v.now})
	return v.say(phrase.ReportThanks), nil
}
