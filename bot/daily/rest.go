package daily

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/quiz/daily"
)

// probeAfter is how long a subscription rests whose chat takes no posts before it tries again, where
// nothing tells that it may; twice as long each time, up to probeMost.
const (
	probeAfter = 7 * 24 * time.Hour
	probeMost  = 56 * 24 * time.Hour
)

// Delivered writes how a post ended with what follows: a chat that takes no posts lets its
// subscription rest, and what replaces a post that is gone is posted anew.
func (f *Feature) Delivered(ctx context.Context, e bot.DeliveryEnd, c *bot.Change) error {
	s := e.Send
	if s.Slot.Kind != Kind {
		return bot.Write(ctx, f.host, c)
	}
	id := bot.SessionID(s.Slot.ID)
	refused := errors.Is(e.Err, bot.ErrChatGone) || errors.Is(e.Err, bot.ErrBarred)
	switch {
	case e.State == bot.SendDone && s.Op == bot.New && s.Slot.Part == dayPart:
		f.arrived(ctx, id, c.At)
	case e.State == bot.SendDoubt:
		f.host.Log().Warn("nobody knows whether a daily arrived", "slot", s.Slot, "chat", s.Chat)
		f.host.Meter().Daily(f.platform(ctx, s.Chat), "doubt")
	case e.State != bot.SendFailed:
	case s.Op == bot.New && refused:
		return f.drop(ctx, id, c.Progress, bot.SkippedBarred)
	case s.Op == bot.New && s.Slot.Part == dayPart:
		return f.drop(ctx, id, c.Progress, bot.SkippedFailed)
	case s.Op == bot.Edit && s.Slot.Part == dayPart && (e.Err == nil || errors.Is(e.Err, bot.ErrPostGone)):
		switch wanted, err := f.subscribed(ctx, id); {
		case err != nil:
			return err
		case !wanted:
			return bot.Write(ctx, f.host, c)
		}
		again := bot.Slot{Kind: Kind, ID: s.Slot.ID, Part: againPart, N: int(s.ID)}
		c.Sends = append(c.Sends, bot.Send{Op: bot.New, Slot: again, Chat: s.Chat, To: s.To, Post: s.Post, Class: s.Class})
	}
	return bot.Write(ctx, f.host, c)
}

// subscribed reports whether the subscription of a session is still there: after it was switched off
// nothing is posted any more.
func (f *Feature) subscribed(ctx context.Context, id bot.SessionID) (bool, error) {
	s, err := f.store.Session(ctx, id)
	var sc script
	if bot.IsNone(err) || err == nil && json.Unmarshal(s.Script, &sc) != nil {
		return false, nil
	}
	if err == nil {
		_, err = f.store.Subscription(ctx, sc.Subscription)
	}
	if bot.IsNone(err) {
		return false, nil
	}
	return err == nil, err
}

// recall ends what is open of a subscription and has not been posted yet: it is switched off.
func (f *Feature) recall(ctx context.Context, x *bot.Subscription) error {
	ids, err := f.store.LiveIn(ctx, Kind, x.Space, x.Chat)
	if err != nil {
		return fmt.Errorf("dailies open in chat %d: %w", x.Chat, err)
	}
	for _, id := range ids {
		s, err := f.store.Session(ctx, id)
		var sc script
		if err != nil || json.Unmarshal(s.Script, &sc) != nil || sc.Subscription != x.ID {
			continue // it is another's
		}
		switch _, err := f.store.RefOf(ctx, slot(id, dayPart)); {
		case bot.IsNone(err):
			if err := f.drop(ctx, id, nil, bot.SkippedOnWish); err != nil {
				return err
			}
		case err != nil:
			return fmt.Errorf("post of daily %d: %w", id, err)
		}
	}
	return nil
}

// arrived counts how late a daily arrived.
func (f *Feature) arrived(ctx context.Context, id bot.SessionID, at time.Time) {
	s, err := f.store.Session(ctx, id)
	var sc script
	if err != nil || json.Unmarshal(s.Script, &sc) != nil {
		return // it is only counted
	}
	zone, err := sc.Zone.Location()
	if err != nil {
		return
	}
	platform := f.platform(ctx, s.Chat)
	f.host.Meter().Daily(platform, "delivered")
	if due, ok := (daily.Wall{Day: sc.Date, Time: sc.Time}).In(zone); ok {
		f.host.Meter().Late(platform, max(0, at.Sub(due)))
	}
}

// ChatClosed ends what is open in a space or a chat, and lets its subscriptions rest: nobody can
// play there any more.
func (f *Feature) ChatClosed(ctx context.Context, space bot.SpaceID, chat bot.ChatID) error {
	ids, err := f.store.LiveIn(ctx, Kind, space, chat)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := f.drop(ctx, id, nil, bot.SkippedBarred); err != nil {
			return err
		}
	}
	all, err := f.store.SubscriptionsIn(ctx, space, chat)
	if err != nil {
		return err
	}
	for _, x := range all {
		err := f.tries(fmt.Sprintf("subscription %d", x.ID), func() error {
			c := &bot.Change{At: f.host.Now()}
			if err := f.rest(ctx, c, x.ID, chat == 0); err != nil || c.Subscription == nil {
				return err
			}
			return bot.Write(ctx, f.host, c)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// ChatOpened wakes the subscriptions that rest in a space.
func (f *Feature) ChatOpened(ctx context.Context, space bot.SpaceID) error {
	all, err := f.store.SubscriptionsIn(ctx, space, 0)
	if err != nil {
		return err
	}
	for _, x := range all {
		if x.State != bot.SubscriptionRests {
			continue
		}
		if err := f.wake(ctx, x); err != nil && !errors.Is(err, bot.ErrConflict) {
			return err
		}
	}
	return nil
}

// wake lets a subscription that rests go on with its next occurrence from now on.
func (f *Feature) wake(ctx context.Context, x bot.Subscription) error {
	c := &bot.Change{At: f.host.Now(), Subscription: &x}
	x.Version++
	x.State, x.Wish.Waking = bot.SubscriptionOn, true
	if err := plan(c, &x, c.At); err != nil {
		return err
	}
	return bot.Write(ctx, f.host, c)
}

// tries does something anew while another writer is first.
func (f *Feature) tries(what string, do func() error) error {
	for range tryLimit {
		err := do()
		if !errors.Is(err, bot.ErrConflict) {
			return err
		}
		f.host.Meter().Conflicted()
	}
	return errContention(what)
}

// drop ends a session without a result, together with how far posts have come. Where its post never
// arrived its run counts as skipped; where the chat takes no posts its subscription rests.
func (f *Feature) drop(ctx context.Context, id bot.SessionID, progress []bot.Progress, why bot.SkipReason) error {
	return f.tries(fmt.Sprintf("daily %d", id), func() error {
		c := &bot.Change{At: f.host.Now(), Progress: progress, Undue: []bot.DueKey{closeKey(id)}}
		s, err := f.store.Session(ctx, id)
		if err != nil && !bot.IsNone(err) {
			return fmt.Errorf("daily %d: %w", id, err)
		}
		o := open{session: s}
		if bot.IsNone(err) || json.Unmarshal(s.Script, &o.script) != nil {
			return bot.Write(ctx, f.host, c)
		}
		if _, err := f.store.RefOf(ctx, slot(id, dayPart)); bot.IsNone(err) {
			key := daily.Key{Subscription: o.script.Subscription, Wall: daily.Wall{Day: o.script.Date, Time: o.script.Time}}
			c.Runs = append(c.Runs, bot.DailyRun{Key: key, At: s.Started, Chat: s.Chat, Member: s.Solo, Session: id, Skipped: why})
			f.host.Log().Warn("a daily could not be posted", "subscription", key.Subscription, "chat", s.Chat, "date", key.Day, "why", why)
			f.host.Meter().Daily(f.platform(ctx, s.Chat), string(why))
		} else if err != nil {
			return err
		}
		if !s.Ended {
			end(c, &o)
		}
		if why == bot.SkippedBarred {
			if err := f.rest(ctx, c, o.script.Subscription, false); err != nil {
				return err
			}
		}
		return bot.Write(ctx, f.host, c)
	})
}

// rest lets a subscription rest whose chat takes no posts, and tells its owner where they can be
// told. It tries again after a while, unless the bot is gone from the space.
func (f *Feature) rest(ctx context.Context, c *bot.Change, id daily.SubscriptionID, gone bool) error {
	x, err := f.store.Subscription(ctx, id)
	if bot.IsNone(err) || err == nil && x.State != bot.SubscriptionOn {
		return nil
	}
	if err != nil {
		return fmt.Errorf("subscription %d: %w", id, err)
	}
	x.Version++
	x.State, x.Next = bot.SubscriptionRests, daily.Occurrence{}
	x.Wish.Waking = false
	wait := probeMost
	if x.Wish.Rested < 3 {
		wait = probeAfter << x.Wish.Rested
	}
	x.Wish.Rested++
	c.Subscription = &x
	f.host.Log().Warn("a daily rests: its chat takes no posts", "subscription", id, "chat", x.Chat)
	if gone {
		c.Undue = append(c.Undue, nextKey(id))
	} else {
		c.Due = append(c.Due, bot.Due{Key: nextKey(id), At: c.At.Add(wait)})
	}
	return f.tellOwner(ctx, c, &x)
}

// tellOwner queues a sentence for whoever changed a subscription last, in their private chat.
func (f *Feature) tellOwner(ctx context.Context, c *bot.Change, x *bot.Subscription) error {
	chat, err := f.store.PrivateChat(ctx, x.By, f.platform(ctx, x.Chat))
	if bot.IsNone(err) || err == nil && chat.ID == x.Chat {
		return nil
	}
	if err != nil {
		return fmt.Errorf("private chat of member %d: %w", x.By, err)
	}
	space, err := f.store.Space(ctx, x.Space)
	if err != nil {
		return fmt.Errorf("space %d: %w", x.Space, err)
	}
	m, err := f.store.Member(ctx, x.By)
	if err != nil {
		return fmt.Errorf("member %d: %w", x.By, err)
	}
	local := phrase.Localizer{Lang: bot.LanguageOf(m, bot.Space{}, x.Wish.Hint), Style: bot.StyleOf(m, bot.Space{})}
	p := bot.Say(local.Lang, local.Say(phrase.DailyRestsTold, phrase.Name("chat", space.Title))).Posts[0]
	at := bot.Slot{Kind: SubscriptionKind, ID: int64(x.ID), Part: restPart, N: x.Version}
	c.Sends = append(c.Sends, bot.Send{Op: bot.New, Slot: at, Chat: chat.ID, Post: p, Class: bot.BulkClass})
	return nil
}
