package daily

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/quiz"
	"summitquiz/quiz/daily"
)

// pressCard is a button of the card.
func (f *Feature) pressCard(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	t := target{id: daily.SubscriptionID(r.Arg(0)), own: r.Arg(1) == 1}
	value := r.Arg(3)
	switch r.Index(2) {
	case opShow:
		reply, err := f.cardOf(ctx, r, t)
		reply.Update = true
		return reply, err
	case opPage:
		return f.page(ctx, r, t, value)
	case opAnother:
		return f.another(ctx, r, value == 1)
	case opOpen:
		return f.cardOf(ctx, r, t)
	case opTime:
		if value >= daily.MinutesPerDay {
			return bot.Reply{}, refused()
		}
		return f.change(ctx, r, t, []edit{func(w *bot.DailyWish) error { setTime(w, daily.TimeOfDay(value)); return nil }})
	case opDays:
		if value == 0 || value > uint64(daily.EveryDay) {
			return bot.Reply{}, refused()
		}
		return f.change(ctx, r, t, []edit{func(w *bot.DailyWish) error { setDays(w, daily.Weekdays(value)); return nil }})
	case opZone:
		z, ok := zoneOf(r, value)
		if !ok {
			return bot.Reply{}, refused()
		}
		return f.change(ctx, r, t, []edit{func(w *bot.DailyWish) error { w.Zone = z; return nil }})
	case opPack:
		return f.pressPack(ctx, r, t, value)
	case opQuestions:
		if value < bot.MinQuestions || value > bot.MaxQuestions {
			return bot.Reply{}, refused()
		}
		return f.change(ctx, r, t, []edit{func(w *bot.DailyWish) error { w.Questions = int(value); return nil }})
	}
	return f.control(ctx, r, t, r.Index(2), quiz.Day(r.Index(3)))
}

// pressPack changes the pack to one that is in sight.
func (f *Feature) pressPack(ctx context.Context, r *bot.Request, t target, n uint64) (bot.Reply, error) {
	rows, err := f.packs.Playable(ctx, r.Space.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	i := slices.IndexFunc(rows, func(row bot.PackRow) bool { return number(string(row.Pack)) == n })
	if i < 0 {
		return bot.Reply{}, refused()
	}
	return f.change(ctx, r, t, []edit{func(w *bot.DailyWish) error { w.Pack = rows[i].Pack; return nil }})
}

// another offers one more daily of a person's own: here, or in their private chat where the platform
// has those. Whoever comes from a chat's daily is shown the one that they have.
func (f *Feature) another(ctx context.Context, r *bot.Request, fromChat bool) (bot.Reply, error) {
	chat, err := f.ownChat(ctx, r)
	if err != nil {
		return bot.Reply{}, err
	}
	if fromChat {
		all, err := f.store.OwnSubscriptions(ctx, r.Member.ID)
		if err != nil {
			return bot.Reply{}, fmt.Errorf("dailies of member %d: %w", r.Member.ID, err)
		}
		if id := firstOf(all, chat.ID); id != 0 {
			return f.cardOf(ctx, r, target{own: true, id: id})
		}
	}
	reply, err := f.emptyCard(ctx, r, target{own: true})
	reply.Update = true
	return reply, err
}

// control pauses, resumes, skips, posts or ends a daily.
func (f *Feature) control(ctx context.Context, r *bot.Request, t target, op int, day quiz.Day) (bot.Reply, error) {
	for range tryLimit {
		reply, err := f.controlOnce(ctx, r, t, op, day)
		if !errors.Is(err, bot.ErrConflict) {
			return reply, err
		}
		f.host.Meter().Conflicted()
		r.Reset()
	}
	return bot.Reply{}, errContention(fmt.Sprintf("subscription %d", t.id))
}

func (f *Feature) controlOnce(ctx context.Context, r *bot.Request, t target, op int, day quiz.Day) (bot.Reply, error) {
	x, err := f.subscription(ctx, r, t)
	if err != nil {
		return bot.Reply{}, err
	}
	if x.ID == 0 {
		return bot.Reply{}, refused()
	}
	x.Version++
	x.By = r.Member.ID
	switch op {
	case opPause:
		x.State = bot.SubscriptionPaused
	case opResume:
		x.State = bot.SubscriptionOn
	case opSkip:
		if x.Next.Day != day || x.Next.At.IsZero() {
			x.Version-- // it was skipped or posted already: show how it stands
			return f.card1(ctx, r, &x, false)
		}
		f.skip(ctx, r.Change, &x, bot.SkippedOnWish)
	case opNow:
		return f.now(ctx, r, &x)
	case opOff:
		if err := f.recall(ctx, &x); err != nil {
			return bot.Reply{}, err
		}
		r.Change.Unsubscribe = x.ID
		r.Change.Undue = append(r.Change.Undue, nextKey(x.ID))
		if x.Member == 0 {
			r.Audit(r.Space.ID, "daily", "off")
		}
		reply := r.Reply(phrase.DailyIsOff)
		reply.Update, reply.Brief = true, false
		return reply, nil
	default:
		return bot.Reply{}, refused()
	}
	if err := f.save(ctx, r, &x); err != nil {
		return bot.Reply{}, err
	}
	return f.card1(ctx, r, &x, true)
}

// now posts the next occurrence of a daily at once, in its place: each date has one.
func (f *Feature) now(ctx context.Context, r *bot.Request, x *bot.Subscription) (bot.Reply, error) {
	_, zone, err := schedule(&x.Wish)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("subscription %d: %w", x.ID, err)
	}
	wall := daily.WallOf(r.Now, zone)
	if !x.Done.At.IsZero() && wall.Day <= x.Done.Day {
		return bot.Reply{}, bot.Refuse(phrase.DailyHadToday)
	}
	x.Next = daily.Occurrence{Wall: wall, At: r.Now}
	if err := f.post(ctx, r.Change, x, false); err != nil {
		return bot.Reply{}, err
	}
	r.Change.Subscription = x
	if err := bot.Write(ctx, f.host, r.Change); err != nil {
		return bot.Reply{}, err
	}
	r.Saved = true
	return f.card1(ctx, r, x, false)
}
