package daily

import (
	"context"
	"fmt"
	"hash/fnv"
	"slices"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/quiz"
	"summitquiz/quiz/daily"
)

// What a button of the card does, with its value.
const (
	opShow      = iota // the card
	opTime             // minutes after midnight
	opDays             // daily.Weekdays
	opZone             // number of a zone
	opPack             // number of a pack
	opQuestions        // how many
	opPause
	opResume
	opSkip
	opNow
	opOff
	opPage // one of the pages below
	opAnother
	opOpen // the card, below what it is about
)

// The pages that offer values.
const (
	pageTimes = iota
	pageDays
	pageZones
	pagePacks
	pageQuestions
)

// hours are offered on the card itself.
var hours = []int{7, 9, 12, 18, 20, 22}

// button returns a button of the card.
func button(r *bot.Request, t target, label string, op int, value uint64) bot.Button {
	whose := uint64(0)
	if t.own {
		whose = 1
	}
	return bot.Button{Label: label, Action: r.Sign("dcard", uint64(t.id), whose, uint64(op), value)}
}

// chosen marks a button whose value is set.
func chosen(b bot.Button, is bool) bot.Button {
	if is {
		b.Style = bot.MainButton
	}
	return b
}

// cardOf shows the daily that is meant, to everybody.
func (f *Feature) cardOf(ctx context.Context, r *bot.Request, t target) (bot.Reply, error) {
	if t.id == 0 {
		return f.emptyCard(ctx, r, t)
	}
	x, err := f.store.Subscription(ctx, t.id)
	if bot.IsNone(err) {
		return f.emptyCard(ctx, r, target{own: t.own})
	}
	if err != nil {
		return bot.Reply{}, fmt.Errorf("subscription %d: %w", t.id, err)
	}
	return f.card1(ctx, r, &x, false)
}

// emptyCard offers a daily where there is none.
func (f *Feature) emptyCard(ctx context.Context, r *bot.Request, t target) (bot.Reply, error) {
	p := r.Post(bot.CardPost, phrase.DailyTitle)
	var body lines
	switch {
	case t.own:
		body.add(r.Say(phrase.DailyOfferOwn), bot.Plain)
	case r.Role < bot.ChatAdmin:
		body.add(r.Say(phrase.DailyNoneHere), bot.Plain)
	default:
		body.add(r.Say(phrase.DailyOfferChat), bot.Plain)
	}
	if t.own || r.Role >= bot.ChatAdmin {
		p.Buttons = hourRows(r, t, -1)
	}
	more, toggle, err := f.streakLines(ctx, r)
	if err != nil {
		return bot.Reply{}, err
	}
	here, err := f.hereLine(ctx, r, t)
	if err != nil {
		return bot.Reply{}, err
	}
	p.Body = append(append(body, more...), here...)
	p.Buttons = append(p.Buttons, append(f.alsoRow(r, t), toggle...))
	p.After = []bot.Line{{Text: r.Say(phrase.DailyHow), Style: bot.Quiet}}
	return bot.Reply{Posts: []bot.Post{p}}, nil
}

// hereLine tells whoever looks at a daily of their own in a shared chat of the chat's.
func (f *Feature) hereLine(ctx context.Context, r *bot.Request, t target) ([]bot.Line, error) {
	if !t.own || r.Input.Place.Private {
		return nil, nil
	}
	x, err := f.store.ChatSubscription(ctx, r.Chat.ID)
	if bot.IsNone(err) || err == nil && x.Wish.Zone == "" {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("daily of chat %d: %w", r.Chat.ID, err)
	}
	when := phrase.Text("when", f.whenText(r.Local, &x.Wish))
	return []bot.Line{{Text: r.Say(phrase.DailyHere, when), Style: bot.Quiet}}, nil
}

// hourRows offer hours.
func hourRows(r *bot.Request, t target, now daily.TimeOfDay) [][]bot.Button {
	var row []bot.Button
	for _, h := range hours {
		at := daily.At(h, 0)
		row = append(row, chosen(button(r, t, clockText(r.Local, at), opTime, uint64(at)), at == now))
	}
	other := button(r, t, r.Say(phrase.ButtonDailyOtherTime), opPage, pageTimes)
	return [][]bot.Button{row[:3], append(row[3:len(row):len(row)], other)}
}

// alsoRow offers a daily of their own to whoever looks at a chat's.
func (f *Feature) alsoRow(r *bot.Request, t target) []bot.Button {
	if t.own || !r.Limits.Personal && !ownHere(&r.Limits) {
		return nil
	}
	return []bot.Button{button(r, target{own: true}, r.Say(phrase.ButtonDailyAlso), opAnother, 1)}
}

// card1 shows a daily; saved says that it was changed just now.
func (f *Feature) card1(ctx context.Context, r *bot.Request, x *bot.Subscription, saved bool) (bot.Reply, error) {
	t := target{own: x.Member != 0, id: x.ID}
	if x.Wish.Zone == "" && (t.own || r.Role >= bot.ChatAdmin) {
		return f.clockPage(r, t, true), nil
	}
	p := r.Post(bot.CardPost, phrase.DailyTitle)
	var body lines
	if saved {
		body.add(r.Say(phrase.SettingsSaved), bot.Plain)
	}
	body.add(f.whenText(r.Local, &x.Wish), bot.Strong)
	body.add(r.Say(phrase.DailyWhat, phrase.Text("pack", f.packs.TitleOf(ctx, x.Space, x.Wish.Pack, r.Local.Lang)), count("questions", x.Wish.Questions)), bot.Plain)
	if x.Wish.Minutes > 0 {
		body.add(r.Say(phrase.DailyWindow, count("minutes", x.Wish.Minutes)), bot.Plain)
	}
	switch x.State {
	case bot.SubscriptionPaused:
		body.add(r.Say(phrase.DailyPaused), bot.Plain)
	case bot.SubscriptionRests:
		body.add(r.Say(phrase.DailyRests), bot.Plain)
	default:
		more, err := f.nextLines(r, x)
		if err != nil {
			return bot.Reply{}, err
		}
		body = append(body, more...)
	}
	more, toggle, err := f.streakLines(ctx, r)
	if err != nil {
		return bot.Reply{}, err
	}
	here, err := f.hereLine(ctx, r, t)
	if err != nil {
		return bot.Reply{}, err
	}
	p.Body = append(append(body, more...), here...)
	if t.own || r.Role >= bot.ChatAdmin {
		p.Buttons = f.cardButtons(r, t, x)
	}
	row := f.alsoRow(r, t)
	if t.own {
		var which []bot.Line
		if row, which, err = f.others(ctx, r, x); err != nil {
			return bot.Reply{}, err
		}
		p.After = which
	}
	p.Buttons = append(p.Buttons, append(row, toggle...))
	return bot.Reply{Posts: []bot.Post{p}, Update: r.Input.Press != nil}, nil
}

// cardButtons change a daily.
func (f *Feature) cardButtons(r *bot.Request, t target, x *bot.Subscription) [][]bot.Button {
	at, _ := weekly(&x.Wish)
	rows := hourRows(r, t, at)
	page := func(label phrase.ID, n uint64) bot.Button { return button(r, t, r.Say(label), opPage, n) }
	rows = append(rows, []bot.Button{page(phrase.ButtonDailyDays, pageDays), page("opt-zone", pageZones), page("opt-pack", pagePacks), page("opt-questions", pageQuestions)})
	last := []bot.Button{}
	if x.State != bot.SubscriptionOn {
		last = append(last, button(r, t, r.Say(phrase.ButtonDailyResume), opResume, 0))
	} else {
		last = append(last, button(r, t, r.Say(phrase.ButtonDailyPause), opPause, 0), button(r, t, r.Say(phrase.ButtonDailySkip), opSkip, uint64(x.Next.Day)))
	}
	off := button(r, t, r.Say(phrase.ButtonDailyOff), opOff, 0)
	off.Style = bot.DangerButton
	return append(rows, append(last, button(r, t, r.Say(phrase.ButtonDailyNow), opNow, 0), off))
}

// others are buttons that lead to the other dailies of a member, and to another one; and, where there
// are several, a line that says which of them is shown and which of them typed options change.
func (f *Feature) others(ctx context.Context, r *bot.Request, x *bot.Subscription) (row []bot.Button, which []bot.Line, err error) {
	all, err := f.store.OwnSubscriptions(ctx, r.Member.ID)
	if err != nil {
		return nil, nil, fmt.Errorf("dailies of member %d: %w", r.Member.ID, err)
	}
	for i, other := range all {
		if other.ID == x.ID && len(all) > 1 {
			id := phrase.DailyOther
			if x.ID == firstOf(all, r.Chat.ID) {
				id = phrase.DailyFirst
			}
			which = []bot.Line{{Text: r.Say(id, count("number", i+1), count("total", len(all))), Style: bot.Quiet}}
		}
		if other.ID != x.ID {
			at, _ := weekly(&other.Wish)
			label := clockText(r.Local, at) + " " + f.packs.TitleOf(ctx, other.Space, other.Wish.Pack, r.Local.Lang)
			row = append(row, button(r, target{own: true, id: other.ID}, label, opShow, 0))
		}
	}
	if len(all) < f.host.Bounds().Dailies {
		row = append(row, button(r, target{own: true}, r.Say(phrase.ButtonDailyAnother), opAnother, 0))
	}
	return row, which, nil
}

// whenText says when a daily comes.
func (f *Feature) whenText(local phrase.Localizer, w *bot.DailyWish) string {
	place := phrase.Text("place", w.Zone.City(local.Lang))
	s, err := daily.Parse(w.Schedule, max(w.Runs, daily.MemberRuns))
	if err == nil {
		if at, days, ok := s.Weekly(); ok {
			return local.Say(phrase.DailyWhen, phrase.Text("days", daysText(local, days)), timeArg(local, at), place)
		}
	}
	return local.Say(phrase.DailyWhenCron, phrase.Name("cron", w.Schedule), place)
}

// daysText names days of the week.
func daysText(local phrase.Localizer, days daily.Weekdays) string {
	for _, named := range dayChoices {
		if days == named.days || days == 0 && named.days == daily.EveryDay {
			return local.Say(named.id)
		}
	}
	var names []string
	for _, d := range days.List() {
		names = append(names, weekday(local, d))
	}
	return local.Say(phrase.DaysList, phrase.List("days", names...))
}

// dayChoices are the sets of days that are offered.
var dayChoices = []struct {
	days daily.Weekdays
	id   phrase.ID
}{
	{daily.EveryDay, phrase.DaysEvery}, {daily.MondayToFriday, phrase.DaysMonFri}, {daily.SundayToThursday, phrase.DaysSunThu},
	{daily.SaturdaySunday, phrase.DaysSatSun}, {daily.FridaySaturday, phrase.DaysFriSat},
}

// shownRuns is how many of the next runs the card shows.
const shownRuns = 3

// nextLines say when a daily comes next.
func (f *Feature) nextLines(r *bot.Request, x *bot.Subscription) ([]bot.Line, error) {
	s, zone, err := schedule(&x.Wish)
	if err != nil {
		return nil, fmt.Errorf("subscription %d: %w", x.ID, err)
	}
	var out lines
	for i, o := range s.Upcoming(r.Now, zone, x.Done, shownRuns) {
		if i == 0 {
			out.add(r.Say(phrase.DailyNext), bot.Plain)
		}
		out.add(wallText(r.Local, o.Wall), bot.Bullet)
	}
	return out, nil
}

// streakLines show a person their streak, where they see it, with the button that hides or shows it.
func (f *Feature) streakLines(ctx context.Context, r *bot.Request) ([]bot.Line, []bot.Button, error) {
	x, err := f.memberStreak(ctx, r.Member.ID)
	if err != nil {
		return nil, nil, err
	}
	shown, err := f.shows(ctx, &x, false)
	switch {
	case err != nil, x.Version == 0: // there is nothing to show yet
		return nil, nil, err
	case !shown:
		return nil, []bot.Button{{Label: r.Say(phrase.ButtonStreakShow), Action: r.Sign("dshow", 1)}}, nil
	}
	hide := []bot.Button{{Label: r.Say(phrase.ButtonStreakHide), Action: r.Sign("dshow", 0)}}
	if x.Streak.Played == 0 {
		return nil, hide, nil
	}
	days, _ := x.Streak.On(quiz.PersonalDay(r.Now, r.Zone()))
	return []bot.Line{{Text: r.Say(phrase.StreakCard, count("days", days), count("best", x.Streak.Best), count("freezes", x.Streak.Freezes))}}, hide, nil
}

// number stands for a name in an action: a hash, found again among what is in sight.
func number(name string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(name))
	return h.Sum64() >> 24 // 40 bits: 8 characters
}

// page offers values.
func (f *Feature) page(ctx context.Context, r *bot.Request, t target, which uint64) (bot.Reply, error) {
	switch which {
	case pageTimes:
		return timesPage(r, t), nil
	case pageDays:
		var row []bot.Button
		for _, d := range dayChoices {
			row = append(row, button(r, t, r.Say(d.id), opDays, uint64(d.days)))
		}
		return offer(r, t, phrase.DailyChooseDays, row), nil
	case pageZones:
		return f.clockPage(r, t, false), nil
	case pagePacks:
		rows, err := f.packs.Playable(ctx, r.Space.ID)
		if err != nil {
			return bot.Reply{}, err
		}
		var row []bot.Button
		for _, p := range rows[:min(len(rows), offered)] {
			row = append(row, button(r, t, f.packs.Title(ctx, p, r.Local.Lang), opPack, number(string(p.Pack))))
		}
		return offer(r, t, phrase.DailyChoosePack, row), nil
	case pageQuestions:
		var row []bot.Button
		for _, n := range []int{1, 3, 5, 10} {
			row = append(row, button(r, t, r.Say(phrase.DailyNumber, count("count", n)), opQuestions, uint64(n)))
		}
		return offer(r, t, phrase.DailyChooseQuestions, row), nil
	}
	return bot.Reply{}, refused()
}

// offered is how many values a page offers at most: with the way back they fit everywhere.
const offered = 19

// offer is a page of values with the way back to the card.
func offer(r *bot.Request, t target, ask phrase.ID, row []bot.Button) bot.Reply {
	p := r.Post(bot.CardPost, phrase.DailyTitle)
	p.Body = []bot.Line{{Text: r.Say(ask)}}
	p.Buttons = [][]bot.Button{row, {button(r, t, r.Say(phrase.ButtonDailyBack), opShow, 0)}}
	return bot.Reply{Posts: []bot.Post{p}, Update: r.Input.Press != nil}
}

// timesPage offers the hours that the card does not.
func timesPage(r *bot.Request, t target) bot.Reply {
	var row []bot.Button
	for h := range 24 {
		if !slices.Contains(hours, h) {
			row = append(row, button(r, t, clockText(r.Local, daily.At(h, 0)), opTime, uint64(daily.At(h, 0))))
		}
	}
	return offer(r, t, phrase.DailyChooseTime, row)
}

// clockPage asks what time it is where the person is. It is asking where the daily waits for that.
func (f *Feature) clockPage(r *bot.Request, t target, asking bool) bot.Reply {
	var zones []daily.Zone
	for _, c := range daily.Clocks(r.Now, r.Local.Lang) {
		if len(zones) < offered {
			zones = append(zones, c.Zones[0])
		}
	}
	return f.zonePage(r, t, zones, asking)
}

// zonePage offers zones, each with what its clocks show.
func (f *Feature) zonePage(r *bot.Request, t target, zones []daily.Zone, asking bool) bot.Reply {
	var row []bot.Button
	for _, z := range zones[:min(len(zones), offered)] {
		at, err := z.Location()
		if err != nil {
			continue
		}
		label := clockText(r.Local, daily.WallOf(r.Now, at).Time) + " " + z.City(r.Local.Lang)
		row = append(row, button(r, t, label, opZone, number(string(z))))
	}
	ask := phrase.DailyChooseZone
	if asking && t.own {
		ask = phrase.DailyChooseCity
	}
	reply := offer(r, t, ask, row)
	if asking { // there is no card to go back to
		off := button(r, t, r.Say(phrase.ButtonDailyOff), opOff, 0)
		off.Style = bot.DangerButton
		reply.Posts[0].Buttons[1] = []bot.Button{off}
	}
	return reply
}

// zoneOf finds a zone by its number.
func zoneOf(r *bot.Request, n uint64) (daily.Zone, bool) {
	for _, z := range daily.Zones(r.Local.Lang) {
		if number(string(z)) == n {
			return z, true
		}
	}
	return "", false
}
