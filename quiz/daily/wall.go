package daily

import (
	"fmt"
	"time"

	"summitquiz/quiz"
)

// TimeOfDay is what a clock on the wall shows, in minutes after midnight: 0 to 1439.
type TimeOfDay int16

// MinutesPerDay is the first number that is no TimeOfDay.
const MinutesPerDay = 24 * 60

// At returns the time of day of an hour and a minute.
func At(hour, minute int) TimeOfDay { return TimeOfDay(hour*60 + minute) }

// Hour returns the hour, 0 to 23.
func (t TimeOfDay) Hour() int { return int(t) / 60 }

// Minute returns the minute, 0 to 59.
func (t TimeOfDay) Minute() int { return int(t) % 60 }

// String returns the time as 09:30.
func (t TimeOfDay) String() string { return fmt.Sprintf("%02d:%02d", t.Hour(), t.Minute()) }

// Wall is a date and a time of day, in no zone.
type Wall struct {
	Day  quiz.Day
	Time TimeOfDay
}

// WallOf returns what clocks in zone show at the moment t.
func WallOf(t time.Time, zone *time.Location) Wall {
	t = t.In(zone)
	return Wall{Day: quiz.CalendarDay(t, zone), Time: At(t.Hour(), t.Minute())}
}

// String returns the date and the time as 2026-11-28 09:30.
func (w Wall) String() string { return w.Day.String() + " " + w.Time.String() }

// Before reports whether w comes before v on a calendar.
func (w Wall) Before(v Wall) bool { return w.Day < v.Day || w.Day == v.Day && w.Time < v.Time }

// unix is the moment at which clocks in UTC show w.
func (w Wall) unix() int64 { return int64(w.Day)*86400 + int64(w.Time)*60 }

// In returns the first moment at which clocks in zone show w or, where they skip it, the first
// moment after the gap. It returns false where the zone skips the whole date.
func (w Wall) In(zone *time.Location) (time.Time, bool) {
	naive := w.unix()
	// No zone is more than a day from UTC, so in the period that holds this moment clocks are behind w.
	t := time.Unix(naive-2*86400, 0).In(zone)
	for {
		_, offset := t.Zone()
		begin, end := t.ZoneBounds()
		if !end.IsZero() && !end.After(t) {
			// On the last day of leap years from 2040 on, ZoneBounds says that the period has ended already.
			end = t.Add(time.Hour)
		}
		at := time.Unix(naive-int64(offset), 0).In(zone)
		switch {
		case !begin.IsZero() && at.Before(begin): // the clocks have jumped over w
			return begin, quiz.CalendarDay(begin, zone) == w.Day || w.exists(begin, zone)
		case end.IsZero() || at.Before(end):
			return at, true
		}
		t = end
	}
}

// exists reports whether zone has any moment of the date of w, which it skips, before the gap
// that ends at end: a gap may run over midnight without swallowing a date.
func (w Wall) exists(end time.Time, zone *time.Location) bool {
	last := end.Add(-time.Second)
	return quiz.CalendarDay(last, zone) == w.Day
}
