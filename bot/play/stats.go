package play

import (
	"context"
	"fmt"
	"strings"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content"
	"summitquiz/quiz"
)

// stats shows a person how they did, by pack and kind.
func (b *boards) stats(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	rows, err := b.store.Stats(ctx, r.Member.ID)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("statistics of member %d: %w", r.Member.ID, err)
	}
	p := r.Post(bot.CardPost, phrase.StatsTitle)
	if len(rows) == 0 {
		p.Body = []bot.Line{{Text: r.Say(phrase.StatsEmpty)}}
		return bot.Reply{Posts: []bot.Post{p}}, nil
	}
	var packs []content.PackID
	byPack := map[content.PackID][]bot.StatRow{}
	right, asked := 0, 0
	for _, row := range rows {
		if byPack[row.Pack] == nil {
			packs = append(packs, row.Pack)
		}
		byPack[row.Pack] = append(byPack[row.Pack], row)
		right, asked = right+row.Right, asked+row.Asked
	}
	var body lines
	body.add(r.Say(phrase.StatsAll, phrase.Count("right", right), phrase.Count("asked", asked), phrase.Count("percent", percent(right, asked))), bot.Strong)
	for _, id := range packs {
		body.add(b.packs.TitleOf(ctx, r.Space.ID, id, r.Local.Lang), bot.Strong)
		for _, row := range byPack[id] {
			kind := row.Kind
			if k, ok := quiz.ParseKind(row.Kind); ok {
				kind = r.Say(phrase.Kind(k))
			}
			body.add(r.Say(phrase.StatsRow, phrase.Text("kind", kind), phrase.Text("bar", bar(row.Right, row.Asked)),
				phrase.Count("right", row.Right), phrase.Count("asked", row.Asked)), bot.Bullet)
		}
	}
	streak, err := b.streak(ctx, r)
	if err != nil {
		return bot.Reply{}, err
	}
	p.Body = append(body, streak...)
	return bot.Reply{Posts: []bot.Post{p}}, nil
}

// streak is a line about the person's streak in dailies, where they see it.
func (b *boards) streak(ctx context.Context, r *bot.Request) ([]bot.Line, error) {
	x, err := b.store.MemberStreak(ctx, r.Member.ID)
	if bot.IsNone(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("streak of member %d: %w", r.Member.ID, err)
	}
	own, err := b.store.OwnSubscriptions(ctx, r.Member.ID)
	if err != nil || !x.Sees(len(own)) || x.Streak.Played == 0 {
		return nil, err
	}
	days, _ := x.Streak.On(quiz.PersonalDay(r.Now, r.Zone()))
	return []bot.Line{{Text: r.Say(phrase.StreakCard, phrase.Count("days", days), phrase.Count("best", x.Streak.Best),
		phrase.Count("freezes", x.Streak.Freezes)), Style: bot.Strong}}, nil
}

// percent is a share in whole per cent, half up.
func percent(part, all int) int {
	if all == 0 {
		return 0
	}
	return (part*200 + all) / (2 * all)
}

// bar is a share as ten blocks.
func bar(part, all int) string {
	full := (percent(part, all) + 5) / 10
	return strings.Repeat("█", full) + strings.Repeat("░", 10-full)
}
