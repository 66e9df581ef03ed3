package study

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"summitquiz/bot"
	"summitquiz/bot/chart"
	"summitquiz/bot/phrase"
	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz/progress"
)

// logPage is how many reviews are read at once.
const logPage = 5000

// pressProgress draws how a member is getting on: in vectors where the platform shows them, else in
// pixels, light or (1) dark.
func (f *Feature) pressProgress(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	return f.with(ctx, r, func(l *lesson) (bot.Reply, error) { return l.progressCard(ctx, r.Arg(0) == 1) })
}

func (l *lesson) progressCard(ctx context.Context, inDark bool) (bot.Reply, error) {
	p, names, err := l.progress(ctx)
	if err != nil {
		return bot.Reply{}, err
	}
	post := l.r.Post(bot.CardPost, phrase.ChartTitle)
	if p.Reviews == 0 && p.Cards == 0 {
		post.Body = []bot.Line{{Text: l.r.Say(phrase.ProgressEmpty)}}
		return bot.Reply{Posts: []bot.Post{post}}, nil
	}
	drawing := chart.Progress(&p, names, l.r.Local)
	for _, words := range drawing.Words {
		post.Body = append(post.Body, bot.Line{Text: words})
	}
	post.Buttons = [][]bot.Button{{{Label: l.r.Say(phrase.ButtonReview), Action: l.r.Sign("fgo"), Style: bot.MainButton}}}
	file := &bot.File{Name: "progress.svg", Type: "image/svg+xml", Alt: language.StripIsolates(strings.Join(drawing.Words, " "))}
	if l.r.Limits.Vector {
		file.Data = drawing.SVG()
	} else {
		file.Name, file.Type = "progress.png", "image/png"
		if file.Data, err = drawing.PNG(inDark); err != nil {
			return bot.Reply{}, err
		}
		other := bot.Button{Label: l.r.Say(phrase.ButtonDark), Action: l.r.Sign(progressAction, 1)}
		if inDark {
			other = bot.Button{Label: l.r.Say(phrase.ButtonLight), Action: l.r.Sign(progressAction, 0)}
		}
		post.Buttons[0] = append(post.Buttons[0], other)
	}
	post.File = file
	return bot.Reply{Posts: []bot.Post{post}}, nil
}

// progress adds up a member's cards and reviews, with the titles of their packs, those with the most
// cards first.
func (l *lesson) progress(ctx context.Context) (progress.Progress, map[content.PackID]string, error) {
	none := progress.Progress{}
	cards, err := l.f.store.Cards(ctx, l.r.Member.ID, "")
	if err != nil {
		return none, nil, err
	}
	count := map[content.PackID]int{}
	names := map[content.PackID]string{}
	var packs []progress.Pack
	for i := range cards {
		id := cards[i].Pack()
		if count[id]++; count[id] > 1 {
			continue
		}
		d, err := l.deck(ctx, id)
		if err != nil {
			return none, nil, err
		}
		if d != nil {
			names[id] = l.titleOf(d)
			packs = append(packs, progress.Pack{ID: id, Facts: len(d.version.Pack.Facts)})
		}
	}
	slices.SortStableFunc(packs, func(a, b progress.Pack) int { return count[b.ID] - count[a.ID] })
	sum := progress.NewSum(l.today, l.learner.Settings.Retention, packs)
	for i := range cards {
		if !cards[i].Retired {
			sum.AddCard(cards[i].Pack(), &cards[i].Memory)
		}
	}
	for after := int64(0); ; {
		log, err := l.f.store.CardReviews(ctx, l.r.Member.ID, after, logPage)
		if err != nil {
			return none, nil, fmt.Errorf("reviews of member %d: %w", l.r.Member.ID, err)
		}
		for i := range log {
			r := &log[i]
			sum.AddReview(&progress.Review{Day: r.Review.Day, Rating: r.Review.Rating, Before: r.Before})
			after = r.ID
		}
		if len(log) < logPage {
			return sum.Progress(), names, nil
		}
	}
}
