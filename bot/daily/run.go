package daily

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/catalog"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/daily"
)

// script is what a session of a daily knows of its occurrence. It never changes.
type script struct {
	Subscription daily.SubscriptionID `json:"subscription"`
	Date         quiz.Day             `json:"date"` // of the set
	Time         daily.TimeOfDay      `json:"time"`
	Questions    int                  `json:"questions"` // as asked for
	Closes       time.Time            `json:"closes"`
	Zone         daily.Zone           `json:"zone"`
	Late         bool                 `json:"late,omitempty"`
	Missed       int                  `json:"missed,omitempty"` // how many before it were skipped while the bot was away
	Since        quiz.Day             `json:"since,omitempty"`  // the first of these
	Digits       language.Digits      `json:"digits,omitempty"`
	Everywhere   bool                 `json:"everywhere,omitempty"`
	AtEnd        bool                 `json:"at-end,omitempty"` // no native polls
}

// schedule returns when a subscription runs, and in which zone.
func schedule(w *bot.DailyWish) (daily.Schedule, *time.Location, error) {
	s, err := daily.Parse(w.Schedule, max(w.Runs, daily.MemberRuns))
	if err != nil {
		return daily.Schedule{}, nil, err
	}
	zone, err := w.Zone.Location()
	return s, zone, err
}

// plan sets the next occurrence of a subscription after a moment, and its due work. One of which
// the zone is not known yet has none.
func plan(c *bot.Change, x *bot.Subscription, after time.Time) error {
	if x.Wish.Zone == "" {
		x.Next = daily.Occurrence{}
		return nil
	}
	s, zone, err := schedule(&x.Wish)
	if err != nil {
		return fmt.Errorf("subscription %d: %w", x.ID, err)
	}
	next, ok := s.Next(after, zone, x.Done)
	if !ok || x.State != bot.SubscriptionOn {
		next = daily.Occurrence{}
		c.Undue = append(c.Undue, nextKey(x.ID))
	} else {
		c.Due = append(c.Due, bot.Due{Key: nextKey(x.ID), At: next.At.Add(daily.Jitter(x.ID))})
	}
	x.Next = next
	return nil
}

// run does what a subscription's time asks for, and decides anew where another writer was first.
func (f *Feature) run(ctx context.Context, id daily.SubscriptionID) error {
	for range tryLimit {
		more, err := f.runOnce(ctx, id)
		switch {
		case errors.Is(err, bot.ErrConflict):
			f.host.Meter().Conflicted()
		case err != nil || !more:
			return err
		}
	}
	return errContention(fmt.Sprintf("subscription %d", id))
}

// skipsAtOnce is how many missed occurrences one change notes.
const skipsAtOnce = 100

// runOnce notes what was missed and posts what is due. It reports whether there is more to do.
func (f *Feature) runOnce(ctx context.Context, id daily.SubscriptionID) (more bool, err error) {
	now := f.host.Now()
	c := &bot.Change{At: now}
	x, err := f.store.Subscription(ctx, id)
	if err == nil && x.State == bot.SubscriptionRests {
		return true, f.wake(ctx, x)
	}
	if bot.IsNone(err) || err == nil && (x.State != bot.SubscriptionOn || x.Next.At.IsZero()) {
		c.Undue = append(c.Undue, nextKey(id))
		return false, bot.Write(ctx, f.host, c)
	}
	if err != nil {
		return false, fmt.Errorf("subscription %d: %w", id, err)
	}
	x.Version++
	timing := x.Next.Timing(now)
	for timing == daily.Missed && len(c.Runs) < skipsAtOnce && !x.Next.At.IsZero() {
		f.skip(ctx, c, &x, bot.SkippedLate)
		if err := f.advance(c, &x); err != nil {
			return false, err
		}
		timing = x.Next.Timing(now)
	}
	if x.Next.At.IsZero() || timing == daily.Early || timing == daily.Missed {
		c.Subscription = &x
		c.Due = c.Due[max(0, len(c.Due)-1):] // the last one counts
		return timing == daily.Missed && !x.Next.At.IsZero(), bot.Write(ctx, f.host, c)
	}
	if err := f.post(ctx, c, &x, timing == daily.Late); err != nil {
		return false, err
	}
	c.Subscription = &x
	return false, bot.Write(ctx, f.host, c)
}

// platform is the platform of a chat, for counting.
func (f *Feature) platform(ctx context.Context, id bot.ChatID) string {
	c, err := f.store.Chat(ctx, id)
	if err != nil {
		return ""
	}
	return c.Address.Platform
}

// skip notes that the next occurrence of a subscription is not posted.
func (f *Feature) skip(ctx context.Context, c *bot.Change, x *bot.Subscription, why bot.SkipReason) {
	f.host.Meter().Daily(f.platform(ctx, x.Chat), string(why))
	f.host.Log().Warn("a daily is skipped", "subscription", x.ID, "chat", x.Chat, "date", x.Next.Day, "time", x.Next.Time, "why", why)
	c.Runs = append(c.Runs, bot.DailyRun{Key: x.Next.Key(x.ID), At: x.Next.At, Chat: x.Chat, Member: x.Member, Skipped: why})
	if why == bot.SkippedLate {
		if x.Wish.Missed == 0 {
			x.Wish.Since = x.Next.Day
		}
		x.Wish.Missed++
	}
	x.Done = x.Next
}

// advance sets the occurrence after the one that is done.
func (f *Feature) advance(c *bot.Change, x *bot.Subscription) error {
	return plan(c, x, x.Done.At)
}

// post begins the session of the next occurrence and queues the day's post, or skips it where there
// is nothing to ask.
func (f *Feature) post(ctx context.Context, c *bot.Change, x *bot.Subscription, late bool) error {
	o, err := f.begin(ctx, c, x, late)
	var n *bot.Notice
	var why bot.SkipReason
	switch {
	case errors.As(err, &n):
		why = bot.SkippedNoPack
	case errors.Is(err, errNoFacts):
		why = bot.SkippedNoFacts
	case err != nil:
		return err
	default:
		x.Wish.Missed, x.Wish.Since = 0, 0
		if x.Wish.Told = ""; x.Wish.Waking {
			x.Wish.Waking = false
		} else {
			x.Wish.Rested = 0
		}
		p, err := f.dayPost(ctx, o)
		if err != nil {
			return err
		}
		c.Sends = append(c.Sends, bot.Send{Op: bot.New, Slot: slot(o.session.ID, dayPart), Chat: x.Chat, To: o.to(), Post: p, Class: bot.BulkClass})
		if f.inChat(o) {
			f.ask(c, o)
		}
		return nil
	}
	f.skip(ctx, c, x, why)
	if x.Wish.Told != why {
		x.Wish.Told = why
		if err := f.tellTrouble(ctx, c, x, why); err != nil {
			return err
		}
	}
	return f.advance(c, x)
}

// begin makes the session of the next occurrence and goes on to the one after it.
func (f *Feature) begin(ctx context.Context, c *bot.Change, x *bot.Subscription, late bool) (*open, error) {
	row, err := f.packs.Find(ctx, x.Space, string(x.Wish.Pack))
	if err != nil {
		return nil, err
	}
	set, err := f.days.get(ctx, dayKey{row.Pack, row.Hash, x.Next.Day, x.Wish.Questions})
	if err != nil {
		return nil, err
	}
	id, err := f.store.NextID(ctx)
	if err != nil {
		return nil, fmt.Errorf("a number for a daily: %w", err)
	}
	local, err := f.publicLocal(ctx, x)
	if err != nil {
		return nil, err
	}
	v, err := f.packs.Version(ctx, row.Pack, row.Hash)
	if err != nil {
		return nil, err
	}
	o := &open{day: set, session: bot.Session{ID: bot.SessionID(id), Kind: Kind, Version: 1, Chat: x.Chat, Space: x.Space, Solo: x.Member, Beside: id,
		Pack: row.Pack, Hash: row.Hash, Lang: catalog.LanguageFor(v.Pack, local.Lang), State: json.RawMessage("{}"), Started: c.At}}
	o.script = script{Subscription: x.ID, Date: x.Next.Day, Time: x.Next.Time, Questions: x.Wish.Questions, Zone: x.Wish.Zone, Late: late,
		Missed: x.Wish.Missed, Since: x.Wish.Since, Digits: local.Style.Digits, Everywhere: x.Wish.Everywhere}
	if o.chat, err = f.store.Chat(ctx, x.Chat); err != nil {
		return nil, fmt.Errorf("chat %d: %w", x.Chat, err)
	}
	o.title = catalog.TitleIn(v.Pack, o.session.Lang)
	c.Runs = append(c.Runs, bot.DailyRun{Key: x.Next.Key(x.ID), At: x.Next.At, Chat: x.Chat, Member: x.Member, Session: o.session.ID,
		Everywhere: x.Wish.Everywhere && x.Member == 0})
	x.Done = x.Next
	if err := f.advance(c, x); err != nil {
		return nil, err
	}
	o.script.Closes = daily.Closes(c.At, time.Duration(x.Wish.Minutes)*time.Minute, x.Next.At)
	if x.Member == 0 {
		space, err := f.store.Space(ctx, x.Space)
		if err != nil {
			return nil, fmt.Errorf("space %d: %w", x.Space, err)
		}
		o.script.AtEnd = space.Settings.AtEnd
	}
	if o.session.Script, err = json.Marshal(&o.script); err != nil {
		return nil, fmt.Errorf("write daily %d: %w", id, err)
	}
	c.Session = &o.session
	c.Due = append(c.Due, bot.Due{Key: closeKey(o.session.ID), At: o.script.Closes})
	return o, nil
}

// publicLocal is how the public posts of a subscription speak: in the language that was asked for,
// else the chat's or the member's own.
func (f *Feature) publicLocal(ctx context.Context, x *bot.Subscription) (phrase.Localizer, error) {
	space, err := f.store.Space(ctx, x.Space)
	if err != nil {
		return phrase.Localizer{}, fmt.Errorf("space %d: %w", x.Space, err)
	}
	var m bot.Member
	if x.Member != 0 {
		if m, err = f.store.Member(ctx, x.Member); err != nil {
			return phrase.Localizer{}, fmt.Errorf("member %d: %w", x.Member, err)
		}
	}
	local := phrase.Localizer{Lang: bot.LanguageOf(m, space, x.Wish.Hint), Style: bot.StyleOf(m, space)}
	if c, ok := language.Parse(x.Wish.Lang); ok && x.Wish.Lang != "" {
		local.Lang = c
	}
	return local, nil
}

// tellTrouble queues a sentence in the chat of a subscription about why there is no daily today.
func (f *Feature) tellTrouble(ctx context.Context, c *bot.Change, x *bot.Subscription, why bot.SkipReason) error {
	local, err := f.publicLocal(ctx, x)
	if err != nil {
		return err
	}
	id := phrase.DailyNoPack
	if why == bot.SkippedNoFacts {
		id = phrase.DailyNoFacts
	}
	p := bot.Say(local.Lang, local.Say(id, phrase.Text("pack", f.packs.TitleOf(ctx, x.Space, x.Wish.Pack, local.Lang)))).Posts[0]
	at := bot.Slot{Kind: SubscriptionKind, ID: int64(x.ID), Part: tellPart, N: int(x.Done.Day)}
	c.Sends = append(c.Sends, bot.Send{Op: bot.New, Slot: at, Chat: x.Chat, To: x.Member, Post: p, Class: bot.BulkClass})
	return nil
}
