package study

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/quiz/flashcard"
)

// The bounds of what a member may set.
const (
	maxNew     = 200
	maxReviews = 2000
)

// settingOptions are the options of /cards. Each changes one setting.
func settingOptions() []bot.OptionSpec {
	low, high := 100*flashcard.MinRetention, 100*flashcard.MaxRetention
	return []bot.OptionSpec{
		{Name: "new", Type: bot.IntOption, Min: 0, Max: maxNew},
		{Name: "reviews", Type: bot.IntOption, Min: 0, Max: maxReviews},
		{Name: "retention", Type: bot.IntOption, Min: int(low + 0.5), Max: int(high + 0.5)},
		{Name: "remind", Type: bot.TextOption, Max: 10},
		{Name: "buttons", Type: bot.ChoiceOption, Choices: []string{"four", "two"}},
		{Name: "games", Type: bot.ChoiceOption, Choices: []string{"no", "yes"}},
		{Name: "steps", Type: bot.TextOption, Max: 60},
		{Name: "export", Type: bot.ChoiceOption, Choices: []string{"csv", "anki"}},
		{Name: "import", Type: bot.FileOption},
	}
}

// setting is one that a button moves on to its next value.
type setting struct {
	label  phrase.ID
	values []int
	get    func(*bot.Learner) int
	put    func(*bot.Learner, int)
	show   func(*bot.Request, int) string
}

// settingList is in the order of the card. Buttons name a setting by its place.
var settingList = []setting{
	{"opt-new", []int{0, 5, 10, 20, 30, 50}, func(l *bot.Learner) int { return l.Settings.New }, func(l *bot.Learner, n int) { l.Settings.New = n }, showCount},
	{"opt-reviews", []int{20, 50, 100, 200, 500}, func(l *bot.Learner) int { return l.Settings.Reviews },
		func(l *bot.Learner, n int) { l.Settings.Reviews = n }, showCount},
	{"opt-retention", []int{70, 80, 85, 90, 93, 95, 97}, func(l *bot.Learner) int { return percent(l.Settings.Retention) },
		func(l *bot.Learner, n int) { l.Settings.Retention = float64(n) / 100 }, showPercent},
	{"opt-remind", []int{-1, 7 * 60, 8 * 60, 12 * 60, 18 * 60, 20 * 60, 22 * 60}, func(l *bot.Learner) int { return l.Settings.Remind },
		func(l *bot.Learner, n int) { l.Settings.Remind = n }, showRemind},
	{"opt-buttons", []int{0, 1}, func(l *bot.Learner) int { return flag(l.Settings.Two) }, func(l *bot.Learner, n int) { l.Settings.Two = n == 1 },
		showChoice("choice-buttons-four", "choice-buttons-two")},
	{"opt-games", []int{0, 1}, func(l *bot.Learner) int { return flag(l.Feed == bot.Agreed) }, putFeed, showChoice("choice-games-no", "choice-games-yes")},
}

func flag(on bool) int {
	if on {
		return 1
	}
	return 0
}

func percent(share float64) int { return int(100*share + 0.5) }

func putFeed(l *bot.Learner, n int) {
	if l.Feed = bot.Declined; n == 1 {
		l.Feed = bot.Agreed
	}
}

func showCount(r *bot.Request, n int) string {
	return r.Say(phrase.PlainNumber, phrase.Count("count", n))
}

func showPercent(r *bot.Request, n int) string {
	return r.Say(phrase.PlainPercent, phrase.Count("percent", n))
}

func showRemind(r *bot.Request, n int) string {
	if n < 0 {
		return r.Say(phrase.RemindOff)
	}
	return r.Say(phrase.RemindAt, phrase.Name("time", fmt.Sprintf("%02d:%02d", n/60, n%60)))
}

func showChoice(ids ...phrase.ID) func(*bot.Request, int) string {
	return func(r *bot.Request, n int) string { return r.Say(ids[n]) }
}

// pressSettings shows the settings.
func (f *Feature) pressSettings(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	return f.with(ctx, r, func(l *lesson) (bot.Reply, error) { return l.settingsCard(ctx, true, r.Index(0)) })
}

// settingsCard shows the settings with a button for each, and what they cost where that is much.
func (l *lesson) settingsCard(ctx context.Context, update bool, page int, said ...string) (bot.Reply, error) {
	p := l.r.Post(bot.CardPost, phrase.CardsSettings)
	var body, after lines
	for _, text := range said {
		body.add(text, bot.Plain)
	}
	var row []bot.Button
	inRow, packRows := rowsOf(&l.r.Limits)
	for i := range settingList {
		s := &settingList[i]
		label := l.r.Say(s.label)
		body.add(l.r.Say(phrase.SettingLine, phrase.Text("setting", label), phrase.Text("value", s.show(l.r, s.get(&l.learner)))), bot.Bullet)
		if row = append(row, bot.Button{Label: label, Action: l.r.Sign("fput", uint64(i))}); len(row) == inRow {
			p.Buttons, row = append(p.Buttons, row), nil
		}
	}
	if text, err := l.warning(); err != nil {
		return bot.Reply{}, err
	} else if text != "" {
		body.add(text, bot.Strong)
	}
	if l.learner.Settings.Remind >= 0 {
		body.add(l.r.Say(phrase.RemindZone, phrase.Name("zone", l.r.Zone().String())), bot.Quiet)
	}
	packs, turn, err := l.packButtons(ctx, &body, page, packRows)
	if err != nil {
		return bot.Reply{}, err
	}
	after.add(l.r.Say(phrase.CardsHow), bot.Quiet)
	p.Body, p.After = body, after
	turn = append(turn, bot.Button{Label: l.r.Say(phrase.ButtonDeck), Action: l.r.Sign("fdeck")})
	p.Buttons = append(append(p.Buttons, packs...), turn)
	return bot.Reply{Posts: []bot.Post{p}, Update: update}, nil
}

// packsInRow is how many packs have a button in one row.
const packsInRow = 2

// rowsOf is how many settings stand in a row and how many rows of packs on a page, so that all have room
// with a row to turn the page.
func rowsOf(limits *bot.Limits) (inRow, packRows int) {
	if limits.Rows >= 7 {
		return 2, 3
	}
	return 3, 2
}

// packButtons switch packs off and on, a page of them at a time, and turn the page. All that are off
// are said.
func (l *lesson) packButtons(ctx context.Context, body *lines, page, rows int) (packs [][]bot.Button, turn []bot.Button, err error) {
	all, err := l.f.offered(ctx, l.r)
	if err != nil {
		return nil, nil, err
	}
	shown := rows * packsInRow
	pages := max(1, (len(all)+shown-1)/shown)
	page = min(page, pages-1)
	for i, row := range all {
		here, on := i/shown == page, phrase.StudyPackOn
		if slices.Contains(l.learner.Settings.Off, row.Pack) {
			on = phrase.StudyPackOffButton
		} else if !here {
			continue
		}
		text := l.r.Say(on, phrase.Text("pack", l.f.packs.Title(ctx, row, l.r.Local.Lang)))
		if on == phrase.StudyPackOffButton {
			body.add(text, bot.Bullet)
		}
		if !here {
			continue
		}
		if i%packsInRow == 0 {
			packs = append(packs, nil)
		}
		at := len(packs) - 1
		packs[at] = append(packs[at], bot.Button{Label: text, Action: l.r.Sign("fpack", digest(string(row.Pack)), uint64(page))})
	}
	if page > 0 {
		turn = append(turn, bot.Button{Label: l.r.Say(phrase.ButtonBack), Action: l.r.Sign("fset", uint64(page-1))})
	}
	if page < pages-1 {
		turn = append(turn, bot.Button{Label: l.r.Say(phrase.ButtonMorePacks), Action: l.r.Sign("fset", uint64(page+1))})
	}
	return packs, turn, nil
}

// warning tells what a desired retention costs that is out of the usual.
func (l *lesson) warning() (string, error) {
	id := phrase.RetentionHigh
	switch r := l.learner.Settings.Retention; {
	case r < flashcard.LowRetention:
		id = phrase.RetentionLow
	case r <= flashcard.HighRetention:
		return "", nil
	}
	usual, err := flashcard.NewScheduler(flashcard.DefaultSettings())
	if err != nil {
		return "", err
	}
	return l.r.Say(id, phrase.Count("percent", percent(l.scheduler.Workload()/usual.Workload()))), nil
}

// pressSetting moves a setting on to its next value.
func (f *Feature) pressSetting(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	i := r.Index(0)
	if i >= len(settingList) {
		return bot.Reply{}, bot.Refuse(phrase.ButtonOver)
	}
	return f.with(ctx, r, func(l *lesson) (bot.Reply, error) {
		s := &settingList[i]
		now := s.get(&l.learner)
		next := s.values[0]
		for _, v := range s.values {
			if v > now {
				next = v
				break
			}
		}
		s.put(&l.learner, next)
		return l.save(ctx, true, 0)
	})
}

// pressPack switches a pack off or on for studying.
func (f *Feature) pressPack(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	rows, err := f.offered(ctx, r)
	if err != nil {
		return bot.Reply{}, err
	}
	at := slices.IndexFunc(rows, func(row bot.PackRow) bool { return digest(string(row.Pack)) == r.Arg(0) })
	if at < 0 {
		return bot.Reply{}, bot.Refuse(phrase.ButtonOver)
	}
	return f.with(ctx, r, func(l *lesson) (bot.Reply, error) {
		off := &l.learner.Settings.Off
		if i := slices.Index(*off, rows[at].Pack); i >= 0 {
			*off = slices.Delete(slices.Clone(*off), i, i+1)
		} else {
			*off = append(slices.Clone(*off), rows[at].Pack)
		}
		return l.save(ctx, true, r.Index(1))
	})
}

// change is /cards with options.
func (f *Feature) change(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	return f.with(ctx, r, func(l *lesson) (bot.Reply, error) {
		s := &l.learner.Settings
		for name, value := range r.Options {
			switch name {
			case "new":
				s.New = number(value)
			case "reviews":
				s.Reviews = number(value)
			case "retention":
				s.Retention = float64(number(value)) / 100
			case "buttons":
				s.Two = value == "two"
			case "games":
				putFeed(&l.learner, flag(value == "yes"))
			case "remind":
				at, ok := minuteOf(value)
				if !ok {
					return bot.Reply{}, bot.Refuse(phrase.RemindBad)
				}
				s.Remind = at
			case "steps":
				steps, err := stepsOf(value)
				if err != nil {
					return bot.Reply{}, err
				}
				s.Steps = steps
			}
		}
		return l.save(ctx, false, 0)
	})
}

func number(value string) int {
	n, _ := strconv.Atoi(value) // it was checked
	return n
}

// minuteOf reads a time of day, or what switches reminders off.
func minuteOf(value string) (int, bool) {
	value = strings.ToLower(bot.PlainText(value))
	if value == "off" || value == "-" {
		return -1, true
	}
	for _, form := range []string{"15:04", "15"} {
		if t, err := time.Parse(form, value); err == nil {
			return t.Hour()*60 + t.Minute(), true
		}
	}
	return 0, false
}

// stepsOf reads waits such as 1m 10m, or a Notice.
func stepsOf(value string) ([]time.Duration, error) {
	var out []time.Duration
	for _, word := range strings.Fields(strings.ReplaceAll(value, ",", " ")) {
		d, err := time.ParseDuration(word)
		if err != nil {
			return nil, bot.Refuse(phrase.StepsBad)
		}
		out = append(out, d)
	}
	f := flashcard.DefaultSettings()
	f.Steps = out
	var wrong *flashcard.SettingError
	if _, err := flashcard.NewScheduler(f); errors.As(err, &wrong) || len(out) == 0 {
		return nil, bot.Refuse(phrase.StepsBad)
	}
	return out, nil
}

// save saves the settings, with the reminder that they ask for, and shows them.
func (l *lesson) save(ctx context.Context, update bool, page int) (bot.Reply, error) {
	l.dirty = true
	scheduler, err := l.learner.Settings.Scheduler()
	if err != nil {
		return bot.Reply{}, err
	}
	l.scheduler = scheduler
	before, err := l.f.store.Learner(ctx, l.r.Member.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	if l.learner.Feed == bot.Agreed && before.Feed != bot.Agreed { // from now on
		if l.learner.Fed, err = l.f.store.LastAnswer(ctx); err != nil {
			return bot.Reply{}, err
		}
	}
	if err := l.plan(before.Settings.Remind); err != nil {
		return bot.Reply{}, err
	}
	said := []string{l.r.Say(phrase.CardsSaved)}
	if before.Version > 0 && before.Settings.Basis() != l.learner.Settings.Basis() {
		said = append(said, l.r.Say(phrase.CardsRedated))
	}
	return l.settingsCard(ctx, update, page, said...)
}
