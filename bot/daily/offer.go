package daily

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
	"summitquiz/quiz/daily"
)

// The first daily is one press away: who has answered a first question alone, or has finished a game,
// where they could have a daily of their own is offered one, once. That they were asked shows by their
// row among the streaks, which is written with the offer, and which those have anyway who ever played a
// daily.

// OfferKind is the kind of the due work that offers dailies after a game, and of the offers.
const OfferKind bot.Kind = "daily-offer"

// offeredHours are the hours of an offer.
var offeredHours = []int{9, 12, 20}

// Complete has those be offered a daily who have played a game that ends, or answer its first question.
func (f *Feature) Complete(c *bot.Change) {
	if slices.ContainsFunc(c.Due, isOffer) {
		return
	}
	id := bot.SessionID(0)
	for i := range c.Answers {
		if a := &c.Answers[i]; a.Question == 0 && a.Daily == 0 && a.Member > 0 && !f.looked.has(a.Session) {
			id = a.Session
		}
	}
	if s := c.Session; s != nil && s.Ended && s.Kind != Kind {
		id = s.ID
	}
	if id != 0 {
		c.Due = append(c.Due, bot.Due{Key: bot.DueKey{Kind: OfferKind, ID: int64(id)}, At: c.At})
	}
}

// Saved notes of which games it is looked already whom to offer a daily.
func (f *Feature) Saved(c *bot.Change) {
	for i := range c.Due {
		if isOffer(c.Due[i]) {
			f.looked.add(bot.SessionID(c.Due[i].Key.ID))
		}
	}
}

func isOffer(d bot.Due) bool { return d.Key.Kind == OfferKind }

// games are some of the last games.
type games struct {
	mu  sync.Mutex
	ids map[bot.SessionID]bool
}

// gamesLimit is how many games are remembered. Past it, all are forgotten: what is asked once more does
// no harm.
const gamesLimit = 4096

func (g *games) has(id bot.SessionID) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.ids[id]
}

func (g *games) add(id bot.SessionID) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.ids == nil || len(g.ids) >= gamesLimit {
		g.ids = map[bot.SessionID]bool{}
	}
	g.ids[id] = true
}

// offerAfter offers a daily to those who played a game: once it has ended, or at the first answer where
// they play it alone.
func (f *Feature) offerAfter(ctx context.Context, key bot.DueKey) (*bot.Change, error) {
	id := bot.SessionID(key.ID)
	done := &bot.Change{At: f.host.Now(), Undue: []bot.DueKey{key}}
	s, err := f.store.Session(ctx, id)
	if bot.IsNone(err) {
		return done, nil
	}
	if err != nil {
		return nil, fmt.Errorf("game %d: %w", id, err)
	}
	chat, err := f.store.Chat(ctx, s.Chat)
	if bot.IsNone(err) {
		return done, nil
	}
	if err != nil {
		return nil, fmt.Errorf("chat %d: %w", s.Chat, err)
	}
	limits := f.host.Limits(chat.Address.Platform)
	if !chat.Address.Private && (!ownHere(&limits) || s.Solo == 0 && !s.Ended) {
		return done, nil
	}
	answers, err := f.store.Answers(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("answers of game %d: %w", id, err)
	}
	asked := map[bot.MemberID]bool{}
	for i := range answers {
		if m := answers[i].Member; m > 0 && !asked[m] {
			asked[m] = true
			if err := f.offer(ctx, m, &chat, s.Lang); err != nil {
				return nil, err
			}
		}
	}
	return done, nil
}

// offer offers a daily to a member who was never offered one and never had one. Of whom no language is
// known it speaks that of the game.
func (f *Feature) offer(ctx context.Context, m bot.MemberID, chat *bot.Chat, played language.Code) error {
	streak, err := f.memberStreak(ctx, m)
	if err != nil || streak.Version > 0 {
		return err
	}
	all, err := f.store.OwnSubscriptions(ctx, m)
	if err != nil || len(all) > 0 {
		return err
	}
	who, err := f.store.Member(ctx, m)
	if bot.IsNone(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("member %d: %w", m, err)
	}
	space, err := f.store.Space(ctx, chat.Space)
	if err != nil {
		return fmt.Errorf("space %d: %w", chat.Space, err)
	}
	local := phrase.Localizer{Lang: bot.LanguageOf(who, space, played.String()), Style: bot.StyleOf(who, space)}
	c := &bot.Change{At: f.host.Now(), Streak: &bot.MemberStreak{Member: m, Version: 1}}
	send := bot.Send{Op: bot.New, Slot: offerSlot(m), Chat: chat.ID, Post: f.offerPost(local, who), Class: bot.BulkClass}
	if !chat.Address.Private {
		send.To = m
	}
	c.Sends = []bot.Send{send}
	if err := bot.Write(ctx, f.host, c); err != nil && !errors.Is(err, bot.ErrConflict) { // in a conflict they were offered one
		return err
	}
	return nil
}

func offerSlot(m bot.MemberID) bot.Slot {
	return bot.Slot{Kind: OfferKind, ID: int64(m), Part: "offer"}
}

// offerPost is one quiet line with hours to choose from.
func (f *Feature) offerPost(local phrase.Localizer, m bot.Member) bot.Post {
	p := bot.Post{Kind: bot.NoticePost, Lang: local.Lang, Body: []bot.Line{{Text: local.Say(phrase.DailyOffer), Style: bot.Quiet}}}
	sign := func(action string, args ...uint64) string {
		return f.host.Sign(m.Audience(), bot.Payload{Action: action, Args: args})
	}
	var row []bot.Button
	for _, h := range offeredHours {
		at := daily.At(h, 0)
		row = append(row, bot.Button{Label: clockText(local, at), Action: sign("dcard", 0, 1, opTime, uint64(at))})
	}
	p.Buttons = [][]bot.Button{row, {{Label: local.Say(phrase.ButtonDailyNotNow), Action: sign("dnot")}}}
	return p
}

// pressNotNow takes an offer away.
func (f *Feature) pressNotNow(_ context.Context, r *bot.Request) (bot.Reply, error) {
	r.Change.Sends = append(r.Change.Sends, bot.Send{Op: bot.Delete, Slot: offerSlot(r.Member.ID), Chat: r.Chat.ID, Class: bot.ReplyClass, Cause: r.Input.ID})
	return r.Reply(phrase.DailyNotNow), nil
}

// readCity takes what somebody types for where they live, while their daily waits for its zone. In a
// private chat it is meant for that; elsewhere only what names a place is.
func (f *Feature) readCity(ctx context.Context, r *bot.Request) (bot.Reply, bool, error) {
	if !r.Input.Place.Private && !ownHere(&r.Limits) {
		return bot.Reply{}, false, nil
	}
	all, err := f.store.OwnSubscriptions(ctx, r.Member.ID)
	if err != nil {
		return bot.Reply{}, false, fmt.Errorf("dailies of member %d: %w", r.Member.ID, err)
	}
	i := slices.IndexFunc(all, func(x bot.Subscription) bool { return x.Wish.Zone == "" && x.Chat == r.Chat.ID })
	if i < 0 {
		return bot.Reply{}, false, nil
	}
	t := target{own: true, id: all[i].ID}
	zones, err := f.zonesOf(r, r.Input.Text.Text)
	switch {
	case err != nil && !r.Input.Place.Private:
		return bot.Reply{}, false, nil
	case err != nil:
		return bot.Reply{}, true, err
	case len(zones) > 1:
		return f.zonePage(r, t, zones, true), true, nil
	}
	reply, err := f.change(ctx, r, t, []edit{func(w *bot.DailyWish) error { w.Zone = zones[0]; return nil }})
	return reply, true, err
}

// zonesOf reads a place, or what a clock shows there, as people type it.
func (f *Feature) zonesOf(r *bot.Request, text string) ([]daily.Zone, error) {
	zones, err := daily.ReadZone(text, r.Local.Lang, r.Now)
	if err == nil {
		return zones, nil
	}
	if at, bad := daily.ReadTime(text); bad == nil {
		if zones := daily.ZonesAt(r.Now, at, r.Local.Lang); len(zones) > 0 {
			return zones, nil
		}
	}
	return nil, zoneNotice(err)
}
