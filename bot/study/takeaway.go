package study

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/anki"
	"summitquiz/bot/phrase"
	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/flashcard"
)

// takeAway gives a member their cards and reviews: as two tables, or as a package for Anki.
func (f *Feature) takeAway(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	return f.with(ctx, r, func(l *lesson) (bot.Reply, error) {
		cards, err := f.store.Cards(ctx, r.Member.ID, "")
		if err != nil {
			return bot.Reply{}, fmt.Errorf("cards of member %d: %w", r.Member.ID, err)
		}
		if len(cards) == 0 {
			return bot.Reply{}, bot.Refuse(phrase.ExportNone)
		}
		log, err := l.wholeLog(ctx)
		if err != nil {
			return bot.Reply{}, err
		}
		if r.Options["export"] == "anki" {
			return l.ankiPackage(ctx, cards, log)
		}
		return l.csvFiles(ctx, cards, log)
	})
}

// wholeLog is the review log of the member.
func (l *lesson) wholeLog(ctx context.Context) (all []bot.CardReview, err error) {
	for after := int64(0); ; {
		log, err := l.f.store.CardReviews(ctx, l.r.Member.ID, after, logPage)
		if err != nil {
			return nil, fmt.Errorf("reviews of member %d: %w", l.r.Member.ID, err)
		}
		all = append(all, log...)
		if len(log) < logPage {
			return all, nil
		}
		after = log[len(log)-1].ID
	}
}

// face is a fact as question and answer in the member's language; false where it cannot be asked so.
// What is typed is preferred to what is chosen.
func (l *lesson) face(d *deck, id content.FactID) (front, back, more string, ok bool) {
	fact := d.version.Pack.FactByID(id)
	if fact == nil {
		return "", "", "", false
	}
	g := d.version.Generator
	for _, typed := range []bool{true, false} {
		for _, item := range g.Made(fact) {
			it, err := g.Draw(item, 1)
			if err != nil || len(it.Facts) > 0 || it.Kind == quiz.TrueFalse {
				continue
			}
			v := g.Render(it, l.langOf(d), language.Style{Plain: true})
			switch {
			case typed && v.Key < 0 && len(v.Accepts) > 0:
				return v.Stem, v.Accepts[0], v.Explanation, true
			case !typed && v.Key >= 0:
				return v.Stem, v.Options[v.Key], v.Explanation, true
			}
		}
	}
	return "", "", "", false
}

func (l *lesson) ankiPackage(ctx context.Context, cards []bot.Card, log []bot.CardReview) (bot.Reply, error) {
	settings := flashcard.DefaultSettings()
	settings.Retention = l.learner.Settings.Retention
	if len(l.learner.Settings.Steps) > 0 {
		settings.Steps = l.learner.Settings.Steps
	}
	c := anki.Collection{Title: "Summit Quiz", Lang: l.r.Local.Lang, Settings: settings, Zone: l.r.Zone(), Now: l.r.Now}
	at := map[int64]int{}
	for i := range cards {
		k := &cards[i]
		d, err := l.deck(ctx, k.Pack())
		if err != nil {
			return bot.Reply{}, err
		}
		if d == nil || k.Retired {
			continue
		}
		front, back, more, ok := l.face(d, k.Memory.Fact)
		if !ok {
			continue
		}
		at[k.ID] = len(c.Cards)
		c.Cards = append(c.Cards, anki.Card{Deck: l.titleOf(d), Tag: d.version.Pack.Name, Front: front, Back: back, More: more, Memory: k.Memory})
	}
	reviews := 0
	for i := range log {
		if n, ok := at[log[i].Card]; ok {
			r := &log[i]
			c.Cards[n].Log = append(c.Cards[n].Log, anki.Review{Review: r.Review, Before: r.Before, Due: r.Due, Interval: r.Interval})
			reviews++
		}
	}
	if len(c.Cards) == 0 {
		return bot.Reply{}, bot.Refuse(phrase.ExportNone)
	}
	var file bytes.Buffer
	if err := anki.Write(ctx, &file, &c); err != nil {
		return bot.Reply{}, fmt.Errorf("a package of member %d: %w", l.r.Member.ID, err)
	}
	p := l.r.Post(bot.NoticePost, "")
	p.Body = []bot.Line{{Text: l.r.Say(phrase.ExportAnki, phrase.Count("cards", len(c.Cards)), phrase.Count("reviews", reviews))}}
	if left := len(cards) - len(c.Cards); left > 0 {
		p.Body = append(p.Body, bot.Line{Text: l.r.Say(phrase.ExportLeft, phrase.Count("cards", left))})
	}
	p.File = &bot.File{Name: "summit-quiz.apkg", Type: "application/octet-stream", Data: file.Bytes()}
	return bot.Reply{Posts: []bot.Post{p}}, nil
}

// The columns of the tables. Times are RFC 3339, days dates of the member's own calendar.
var (
	cardColumns = []string{"fact", "question", "answer", "state", "due", "stability_days", "difficulty", "interval_days", "reviews", "lapses",
		"last_review", "suspended"}
	reviewColumns = []string{"fact", "number", "rating", "at", "day", "seconds", "source", "algorithm", "interval_days", "due"}
)

func (l *lesson) csvFiles(ctx context.Context, cards []bot.Card, log []bot.CardReview) (bot.Reply, error) {
	rows := [][]string{cardColumns}
	for i := range cards {
		m := &cards[i].Memory
		d, err := l.deck(ctx, cards[i].Pack())
		if err != nil {
			return bot.Reply{}, err
		}
		front, back := "", ""
		if d != nil {
			front, back, _, _ = l.face(d, m.Fact)
		}
		rows = append(rows, []string{string(m.Fact), front, back, m.State.String(), stamp(m.Due), decimal(m.Stability), decimal(m.Difficulty),
			strconv.Itoa(m.Interval), strconv.Itoa(m.Reps), strconv.Itoa(m.Lapses), stamp(m.Reviewed), strconv.FormatBool(m.Suspended)})
	}
	reply := bot.Reply{Posts: []bot.Post{l.csvPost("cards.csv", rows, phrase.ExportCards, phrase.Count("cards", len(cards)))}}
	rows = [][]string{reviewColumns}
	for i := range log {
		v := &log[i].Review
		rows = append(rows, []string{string(log[i].Before.Fact), strconv.Itoa(v.Reps), v.Rating.String(), stamp(v.At), v.Day.String(),
			decimal(v.Took.Seconds()), sourceNames[min(int(v.Source), len(sourceNames)-1)], log[i].Algorithm, strconv.Itoa(log[i].Interval), stamp(log[i].Due)})
	}
	reply.Posts = append(reply.Posts, l.csvPost("reviews.csv", rows, phrase.ExportReviews, phrase.Count("reviews", len(log))))
	return reply, nil
}

// csvPost is a post with rows as a file that spreadsheets open: with a byte order mark, and without
// anything that they would take for a formula.
func (l *lesson) csvPost(name string, rows [][]string, says phrase.ID, count phrase.Arg) bot.Post {
	var file bytes.Buffer
	file.WriteString("\uFEFF")
	out := csv.NewWriter(&file)
	for _, row := range rows {
		row = slices.Clone(row)
		for i, cell := range row {
			if cell = language.StripIsolates(cell); cell != "" && strings.ContainsRune("=+-@\t＝＋－＠", []rune(cell)[0]) {
				cell = "'" + cell
			}
			row[i] = cell
		}
		out.Write(row) // a buffer takes everything
	}
	out.Flush()
	p := l.r.Post(bot.NoticePost, "")
	p.Body = []bot.Line{{Text: l.r.Say(says, count)}}
	p.File = &bot.File{Name: name, Type: "text/csv; charset=utf-8", Data: file.Bytes()}
	return p
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func decimal(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// sourceNames are where a review came from, as tables say it, in the order of flashcard's sources.
var sourceNames = [...]string{"study", "game", "daily"}
