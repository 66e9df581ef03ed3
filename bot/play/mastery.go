package play

import (
	"context"
	"fmt"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content"
	"summitquiz/quiz/progress"
)

// mastery draws the board of what the people who play in a space know: facts that their memory holds
// for a month, of one pack or of all that can be played there. It is how things are now, and nowhere
// but here, so it has neither periods nor scopes.
func (b *boards) mastery(ctx context.Context, r *bot.Request, view boardView, local phrase.Localizer, sign signer) (bot.Post, error) {
	rows := []bot.PackRow{view.pack}
	if view.pack.Pack == "" {
		var err error
		if rows, err = b.packs.Playable(ctx, r.Space.ID); err != nil {
			return bot.Post{}, err
		}
	}
	q := bot.MasteryQuery{Space: r.Space.ID, Packs: []content.PackID{}, Days: progress.KnownDays, Offset: view.page * boardRows, Limit: boardRows}
	facts := 0
	for _, row := range rows {
		v, err := b.packs.Version(ctx, row.Pack, row.Hash)
		if err != nil {
			return bot.Post{}, err
		}
		q.Packs = append(q.Packs, row.Pack)
		facts += len(v.Pack.Facts)
	}
	page, err := b.store.MasteryBoard(ctx, q)
	if err != nil {
		return bot.Post{}, fmt.Errorf("what is known in space %d: %w", q.Space, err)
	}
	p := bot.Post{Kind: bot.BoardPost, Lang: local.Lang, Title: local.Say(phrase.MasteryTitle)}
	var body lines
	about := local.Say(phrase.MasteryAll, phrase.Count("facts", facts))
	if view.pack.Pack != "" {
		about = local.Say(phrase.MasteryPack, phrase.Text("pack", b.packs.Title(ctx, view.pack, local.Lang)), phrase.Count("facts", facts))
	}
	body.add(about, bot.Quiet)
	for _, row := range page.Rows {
		name := nameOn(&row, local)
		body.name(local.Say(phrase.MasteryRow, phrase.Count("rank", row.Rank), phrase.Name("name", name), phrase.Text("bar", bar(max(row.Points, (facts+9)/10), facts)),
			phrase.Count("known", row.Points), phrase.Count("met", row.Asked)), bot.Bullet, bot.Mention{Member: row.Member, Name: name})
	}
	if len(page.Rows) == 0 {
		body.add(local.Say(phrase.MasteryEmpty), bot.Plain)
	}
	p.Body, p.Buttons = body, boardButtons(local, sign, view, page.Total)
	return p, nil
}
