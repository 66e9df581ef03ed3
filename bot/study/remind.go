package study

import (
	"context"
	"fmt"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content"
	"summitquiz/quiz"
)

// plan puts the reminder that the settings ask for into the change. It refuses where nothing can be sent
// to one person alone.
func (l *lesson) plan(before int) error {
	s := &l.learner.Settings
	key := bot.DueKey{Kind: Kind, ID: int64(l.r.Member.ID)}
	switch {
	case s.Remind < 0 && before < 0:
	case s.Remind < 0:
		l.r.Change.Undue = append(l.r.Change.Undue, key)
	case s.Remind != before:
		if l.r.Limits.Personal && !l.r.Input.Place.Private {
			return bot.Refuse(phrase.RemindPrivate)
		}
		s.Chat, s.Zone = l.r.Chat.ID, l.r.Zone().String()
		l.r.Change.Due = append(l.r.Change.Due, bot.Due{Key: key, At: nextAt(l.r.Now, s.Remind, l.r.Zone())})
	}
	return nil
}

// nextAt is the next moment after now at which the clock of a zone shows a minute of the day.
func nextAt(now time.Time, minute int, zone *time.Location) time.Time {
	y, m, d := now.In(zone).Date()
	for i := range 3 {
		if at := time.Date(y, m, d+i, minute/60, minute%60, 0, 0, zone); at.After(now) {
			return at.UTC()
		}
	}
	return now.Add(24 * time.Hour)
}

// remind tells a member that cards are due, if any are, and plans the next time.
func (f *Feature) remind(ctx context.Context, d bot.Due) (*bot.Change, error) {
	now := f.host.Now()
	c := &bot.Change{At: now}
	id := bot.MemberID(d.Key.ID)
	l, err := f.store.Learner(ctx, id)
	if err != nil {
		return nil, err
	}
	who, err := f.store.Member(ctx, id)
	if bot.IsNone(err) || err == nil && l.Settings.Remind < 0 {
		c.Undue = []bot.DueKey{d.Key}
		return c, nil
	}
	if err != nil {
		return nil, err
	}
	chat, err := f.store.Chat(ctx, l.Settings.Chat)
	if bot.IsNone(err) {
		c.Undue = []bot.DueKey{d.Key}
		return c, nil
	}
	if err != nil {
		return nil, err
	}
	space, err := f.store.Space(ctx, chat.Space)
	if err != nil && !bot.IsNone(err) {
		return nil, err
	}
	zone := zoneOf(who, l.Settings.Zone)
	c.Due = []bot.Due{{Key: d.Key, At: nextAt(now, l.Settings.Remind, zone)}}
	if l.Feed == bot.Agreed {
		if err := f.take(ctx, id); err != nil {
			return nil, err
		}
	}
	if !dated(&l.Settings) {
		if err := f.redate(ctx, id); err != nil {
			return nil, err
		}
	}
	due, err := f.dueOf(ctx, &l, chat.Space, now, quiz.PersonalDay(now, zone))
	if err != nil {
		return nil, err
	}
	if due == 0 || !space.Gone.IsZero() {
		return c, nil
	}
	local, err := f.localOf(ctx, who, &chat)
	if err != nil {
		return nil, err
	}
	p := bot.Post{Kind: bot.NoticePost, Lang: local.Lang, Body: []bot.Line{{Text: local.Say(phrase.RemindDue, phrase.Count("count", due))}}}
	sign := func(action string) string { return f.host.Sign(who.Audience(), bot.Payload{Action: action}) }
	p.Buttons = [][]bot.Button{{
		{Label: local.Say(phrase.ButtonReview), Action: sign("fgo"), Style: bot.MainButton}, {Label: local.Say(phrase.ButtonSettings), Action: sign("fset")},
	}}
	to := bot.MemberID(0)
	if !chat.Address.Private {
		to = id
	}
	slot := bot.Slot{Kind: Kind, ID: d.Key.ID, Part: "remind", N: int(quiz.PersonalDay(now, zone))}
	c.Sends = []bot.Send{{Op: bot.New, Slot: slot, Chat: chat.ID, To: to, Post: p, Class: bot.BulkClass}}
	return c, nil
}

// dueOf is how many cards of packs that take part are due.
func (f *Feature) dueOf(ctx context.Context, l *bot.Learner, space bot.SpaceID, now time.Time, today quiz.Day) (n int, err error) {
	cards, err := f.store.DueCards(ctx, l.Member, now, today, dueMost)
	if err != nil {
		return 0, fmt.Errorf("due cards of member %d: %w", l.Member, err)
	}
	decks := map[content.PackID]*deck{}
	for i := range cards {
		id := cards[i].Pack()
		d, known := decks[id]
		if !known {
			if d, err = f.deckIn(ctx, space, id, &l.Settings); err != nil {
				return 0, err
			}
			decks[id] = d
		}
		if d != nil && d.version.Pack.FactByID(cards[i].Memory.Fact) != nil {
			n++
		}
	}
	return n, nil
}

// zoneOf is the zone of a member: their own, else the one in which the reminder was set.
func zoneOf(m bot.Member, set string) *time.Location {
	for _, name := range []string{m.Zone, set} {
		if name == "" || name == "Local" {
			continue
		}
		if z, err := time.LoadLocation(name); err == nil {
			return z
		}
	}
	return time.UTC
}
