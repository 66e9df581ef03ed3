package library

import (
	"context"

	"summitquiz/bot"
	"summitquiz/bot/catalog"
	"summitquiz/bot/phrase"
	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/rating"
)

// How many rows the cards for admins show.
const (
	itemRows   = 10
	reportRows = 10
	auditRows  = 5
)

// items is /pack items: the hardest questions, with what people choose instead.
func (f *Feature) items(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	pack, err := f.packs.FindVisible(ctx, r.Space.ID, r.Options["pack"])
	if err != nil {
		return bot.Reply{}, err
	}
	items, err := f.lib.Items(ctx, pack.Pack)
	if err != nil {
		return bot.Reply{}, err
	}
	p := r.Post(bot.CardPost, phrase.ItemsTitle, phrase.Name("pack", catalog.Name(pack.Pack)))
	if len(items) == 0 {
		p.Body = []bot.Line{{Text: r.Say(phrase.ItemsEmpty)}}
		return bot.Reply{Posts: []bot.Post{p}}, nil
	}
	p.Body = append(p.Body, bot.Line{Text: r.Say(phrase.ItemsOrder), Style: bot.Quiet})
	for _, it := range items[:min(len(items), itemRows)] {
		stem := string(it.ID)
		if view, ok := shown(ctx, f.packs, r, pack.Pack, it.Hash, it.ID, it.Seed, r.Local.Lang); ok {
			stem = view.Stem
		}
		p.Body = append(p.Body, bot.Line{Text: stem, Style: bot.Strong},
			bot.Line{Text: r.Say(phrase.ItemsRow, phrase.Count("right", it.Stat.Right), phrase.Count("asked", it.Stat.Answers),
				phrase.Count("percent", it.Stat.Percent()), phrase.Count("rating", rating.Shown(it.Stat.Difficulty))), Style: bot.Bullet})
		for _, name := range byPicks(it.Stat.Picks) {
			line := r.Say(phrase.ItemsPick, phrase.Text("option", name), phrase.Count("times", it.Stat.Picks[name]))
			p.Body = append(p.Body, bot.Line{Text: line, Style: bot.Bullet})
		}
	}
	return bot.Reply{Posts: []bot.Post{p}}, nil
}

// shown is an item as it was drawn, in a language where the pack has it.
func shown(ctx context.Context, packs *catalog.Catalog, r *bot.Request, pack content.PackID, hash string, id quiz.ItemID, seed uint64,
	l language.Code) (quiz.View, bool) {
	v, err := packs.Version(ctx, pack, hash)
	if err != nil {
		return quiz.View{}, false
	}
	it, err := v.Generator.Draw(id, seed)
	if err != nil {
		return quiz.View{}, false
	}
	return v.Generator.Render(it, catalog.LanguageFor(v.Pack, l), r.Local.Style), true
}

// reports is /pack reports: what members say against questions, newest first, each with the
// question as they saw it, and what was last changed.
func (f *Feature) reports(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	actor := r.Actor()
	actor.Space = packSpace(r)
	reports, err := f.lib.Reports(ctx, actor, reportRows)
	if err != nil {
		return bot.Reply{}, err
	}
	audits, err := f.lib.Audits(ctx, actor, auditRows)
	if err != nil {
		return bot.Reply{}, err
	}
	p := r.Post(bot.CardPost, phrase.ReportsTitle)
	if len(reports) == 0 {
		p.Body = append(p.Body, bot.Line{Text: r.Say(phrase.ReportsEmpty)})
	}
	for i := range reports {
		p.Body = append(p.Body, f.reportLines(ctx, r, &reports[i])...)
	}
	if len(audits) > 0 {
		p.After = append(p.After, bot.Line{Text: r.Say(phrase.AuditTitle), Style: bot.Strong})
	}
	for _, a := range audits {
		what := r.Say(phrase.ID("audit-" + a.Action))
		if !phrase.Has(r.Local.Lang, phrase.ID("audit-"+a.Action)) {
			what = a.Action
		}
		p.After = append(p.After, bot.Line{Text: r.Say(phrase.AuditLine, phrase.Date("date", bot.DateIn(a.At, r.Zone())),
			phrase.Text("what", what), phrase.Name("detail", bot.CleanText(a.Detail, 60))), Style: bot.Bullet})
	}
	return bot.Reply{Posts: []bot.Post{p}}, nil
}

// reportLines are one report: the question as it was shown, then what is said against it.
func (f *Feature) reportLines(ctx context.Context, r *bot.Request, report *bot.Report) []bot.Line {
	view, ok := shown(ctx, f.packs, r, report.Pack, report.Hash, report.Item, report.Seed, report.Lang)
	lines := []bot.Line{{Text: string(report.Item), Style: bot.Strong}}
	if ok {
		lines[0].Text = view.Stem
		for i, option := range view.Options {
			lines = append(lines, bot.Line{Text: view.Labels[i] + " " + option, Style: bot.Bullet})
		}
		switch {
		case view.Key >= 0 && view.Key < len(view.Options):
			answer := view.Labels[view.Key] + " " + language.StripIsolates(view.Options[view.Key])
			lines = append(lines, bot.Line{Text: r.Say(phrase.AnswerIs, phrase.Text("answer", answer)), Style: bot.Quiet})
		case len(view.Accepts) > 0:
			answer := language.StripIsolates(view.Accepts[0])
			lines = append(lines, bot.Line{Text: r.Say(phrase.AnswerIs, phrase.Text("answer", answer)), Style: bot.Quiet})
		}
	}
	said := r.Say(phrase.ReportLine, phrase.Date("date", bot.DateIn(report.At, r.Zone())), phrase.Text("reason", r.Say(phrase.ID("choice-reason-"+report.Reason))),
		phrase.Name("pack", catalog.Name(report.Pack)))
	lines = append(lines, bot.Line{Text: said})
	if report.Text != "" {
		lines = append(lines, bot.Line{Text: string(language.Isolate(nil, bot.CleanText(report.Text, 200))), Style: bot.Quote})
	}
	return lines
}
