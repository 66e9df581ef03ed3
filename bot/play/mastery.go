package play

import (
	"context"
	"fmt"
	"strings"

	"summitquiz/bot"
	"summitquiz/bot/chart"
	"summitquiz/bot/phrase"
	"summitquiz/content"
	"summitquiz/content/language"
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
	if view.picture != noPicture && len(page.Rows) > 0 {
		if p.File, err = drawMastery(page.Rows, facts, p.Title, about, local, view.picture, r.Limits.Vector); err != nil {
			return bot.Post{}, err
		}
	}
	for _, row := range page.Rows {
		name := nameOn(&row, local)
		body.name(local.Say(phrase.MasteryRow, phrase.Count("rank", row.Rank), phrase.Name("name", name), phrase.Text("bar", bar(max(row.Points, (facts+9)/10), facts)),
			phrase.Count("known", row.Points), phrase.Count("met", row.Asked)), bot.Bullet, bot.Mention{Member: row.Member, Name: name})
	}
	if len(page.Rows) == 0 {
		body.add(local.Say(phrase.MasteryEmpty), bot.Plain)
	}
	p.Body, p.Buttons = body, boardButtons(local, sign, view, page.Total)
	if len(page.Rows) > 0 && (view.picture == noPicture || !r.Limits.Vector) { // a drawing in vectors follows its reader's choice
		drawn := view
		drawn.picture = view.picture.next()
		p.Buttons[0] = append(p.Buttons[0], boardButton(local, sign, pictureButtons[view.picture], drawn, false))
	}
	return p, nil
}

// pictureButtons lead from each picture to the next one.
var pictureButtons = map[picture]phrase.ID{noPicture: phrase.ButtonPicture, lightPicture: phrase.ButtonDark, darkPicture: phrase.ButtonLight}

// next is the picture that the button below this one shows.
func (p picture) next() picture {
	if p == lightPicture {
		return darkPicture
	}
	return lightPicture
}

// drawMastery draws what the people on a page know: in vectors where the platform shows them, else in
// pixels. Names are in the text beside it only.
func drawMastery(rows []bot.BoardRow, facts int, title, about string, local phrase.Localizer, p picture, vector bool) (*bot.File, error) {
	places := make([]chart.Place, len(rows))
	for i, row := range rows {
		places[i] = chart.Place{Rank: row.Rank, Mastery: progress.Mastery{Facts: facts, Met: row.Asked, Known: row.Points}}
	}
	drawing := chart.Group(places, title, about, local)
	f := &bot.File{Name: "mastery.svg", Type: "image/svg+xml", Alt: language.StripIsolates(strings.Join(drawing.Words, " "))}
	if vector {
		f.Data = drawing.SVG()
		return f, nil
	}
	data, err := drawing.PNG(p == darkPicture)
	if err != nil {
		return nil, fmt.Errorf("draw what is known: %w", err)
	}
	f.Name, f.Type, f.Data = "mastery.png", "image/png", data
	return f, nil
}
