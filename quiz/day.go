package quiz

import (
	"errors"
	"fmt"
	"time"
)

// Day is a day of somebody's own calendar: the number of days since 1 January 1970. A day
// number carries no zone and no clock, so what was written down with it stays true when its
// owner changes zone.
type Day int32

// Rollover is the hour at which a person's day begins: whoever plays at two in the morning
// still plays the day before.
const Rollover = 4

// PersonalDay returns the day that a person in zone has at the moment t. It begins at the rollover hour.
func PersonalDay(t time.Time, zone *time.Location) Day {
	t = t.In(zone)
	day := CalendarDay(t, zone)
	if t.Hour() < Rollover {
		day--
	}
	return day
}

// CalendarDay returns the calendar date of the moment t in zone.
func CalendarDay(t time.Time, zone *time.Location) Day {
	return DayOf(t.In(zone).Date())
}

// DayOf returns the day of a date in the proleptic Gregorian calendar.
func DayOf(year int, month time.Month, day int) Day {
	return Day(floorDiv(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix(), 24*60*60))
}

// ErrDay is what ParseDay wraps.
var ErrDay = errors.New("not a date like 2026-11-28")

// ParseDay returns the day written as 2006-01-02.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("%q is %w", s, ErrDay)
	}
	return DayOf(t.Date()), nil
}

// Date returns the date of the day.
func (d Day) Date() (year int, month time.Month, day int) {
	return d.midnight().Date()
}

// Weekday returns the day of the week.
func (d Day) Weekday() time.Weekday {
	return time.Weekday(floorMod(int64(d)+int64(time.Thursday), 7)) // 1 January 1970 was a Thursday
}

// String returns the day as 2006-01-02.
func (d Day) String() string { return d.midnight().Format(time.DateOnly) }

// midnight is the beginning of the date in UTC.
func (d Day) midnight() time.Time { return time.Unix(int64(d)*24*60*60, 0).UTC() }

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

func floorMod(a, b int64) int64 { return a - floorDiv(a, b)*b }
