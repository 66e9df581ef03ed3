package bottest

import (
	"context"
	"fmt"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/daily"
	schedule "summitquiz/quiz/daily"
)

// Mailing has many dailies due at one moment, of each place given the number of its place as id.
type Mailing struct {
	Store     bot.Store
	Due       time.Time // a full minute
	Questions int
}

// mailingFirst is the id of the first subscription of a mailing: far from those that a store gives out.
const mailingFirst = 10_000_000

// Subscribe writes a daily down as if it had been asked for earlier: the chat's, or of the person's own in
// a private chat.
func (m Mailing) Subscribe(n int, place bot.Place, who bot.Person) error {
	ctx := context.Background()
	space, chat, member, err := m.Store.Enter(ctx, place, who, m.Due)
	if err != nil {
		return fmt.Errorf("enter: %w", err)
	}
	due := m.Due.UTC()
	at := schedule.At(due.Hour(), due.Minute())
	x := bot.Subscription{ID: schedule.SubscriptionID(mailingFirst + n), Version: 1, Chat: chat.ID, Space: space.ID, By: member.ID, State: bot.SubscriptionOn,
		Wish: bot.DailyWish{Schedule: schedule.Weekly(at, schedule.EveryDay).String(), Zone: "UTC", Pack: summit, Questions: m.Questions, Hint: "en"},
		Next: schedule.Occurrence{Wall: schedule.WallOf(due, time.UTC), At: due}}
	if place.Private {
		x.Member = member.ID
	}
	c := &bot.Change{At: due, Subscription: &x, Due: []bot.Due{{Key: bot.DueKey{Kind: daily.SubscriptionKind, ID: int64(x.ID)}, At: due}}}
	return m.Store.Write(c)(ctx)
}

// Over reports whether the first n dailies were posted or skipped, and nothing waits.
func (m Mailing) Over(ctx context.Context, n int) (bool, error) {
	for i := range n {
		x, err := m.Store.Subscription(ctx, schedule.SubscriptionID(mailingFirst+i))
		if err != nil || x.Done.At.IsZero() {
			return false, err
		}
	}
	waiting, err := m.Store.Backlog(ctx, []bot.Kind{daily.Kind})
	return len(waiting) == 0, err
}
