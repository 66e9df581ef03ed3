package daily

import (
	"context"
	"fmt"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/quiz"
	"summitquiz/quiz/daily"
)

// ranked reports whether the session's place takes part in the ranking of all places.
func (o *open) ranked() bool { return o.script.Everywhere && o.session.Solo == 0 }

// lastZone is how far the clocks that are furthest behind are from UTC.
const lastZone = 12 * time.Hour

// rankedAt is when the last window of a date has closed everywhere: the date ends last in the zone
// that is furthest behind, and what was posted late then is open for as long as a window can be.
func (o *open) rankedAt() time.Time { return lastClose(o.script.Date) }

func lastClose(d quiz.Day) time.Time {
	y, m, day := d.Date()
	return time.Date(y, m, day, 0, 0, 0, 0, time.UTC).Add(24*time.Hour + lastZone + daily.MissedAfter + daily.MaxWindow)
}

// rooms ranks all places, where the session takes part and the day is over everywhere.
func (f *Feature) rooms(ctx context.Context, o *open) ([]bot.RoomRow, error) {
	if !o.ranked() || f.host.Now().Before(o.rankedAt()) {
		return nil, nil
	}
	rows, err := f.store.DailyRooms(ctx, o.session.Pack, o.script.Date)
	if err != nil {
		return nil, fmt.Errorf("places of the daily of %s: %w", o.script.Date, err)
	}
	return rows, nil
}

// roomLines are the best places, and the session's own where it is not among them.
func (o *open) roomLines(local phrase.Localizer, rooms []bot.RoomRow) []bot.Line {
	var out lines
	if !o.ranked() {
		return nil
	}
	if len(rooms) == 0 {
		out.add(local.Say(phrase.DailyRoomsSoon), bot.Quiet)
		return out
	}
	out.add(local.Say(phrase.DailyRooms), bot.Strong)
	rank := 0
	for i, r := range rooms {
		if i == 0 || r.Right*rooms[i-1].Asked != rooms[i-1].Right*r.Asked {
			rank = i + 1 // equal shares have one rank
		}
		if i >= boardRows && r.Space != o.session.Space {
			continue
		}
		name := r.Title
		if name == "" {
			name = local.Say(phrase.Somebody)
		}
		out.add(local.Say(phrase.DailyRoomRow, count("rank", rank), phrase.Name("name", name), count("percent", (200*r.Right+r.Asked)/(2*r.Asked)),
			count("players", r.Players)), bot.Bullet)
	}
	return out
}
