package daily

import (
	"strconv"
	"strings"
	"time"
)

// Weekdays is a set of days of the week; bit time.Sunday is Sunday.
type Weekdays uint8

// The sets that people choose most.
const (
	EveryDay         Weekdays = 1<<7 - 1
	MondayToFriday   Weekdays = 1<<time.Monday | 1<<time.Tuesday | 1<<time.Wednesday | 1<<time.Thursday | 1<<time.Friday
	SundayToThursday Weekdays = 1<<time.Sunday | 1<<time.Monday | 1<<time.Tuesday | 1<<time.Wednesday | 1<<time.Thursday
	SaturdaySunday   Weekdays = 1<<time.Saturday | 1<<time.Sunday
	FridaySaturday   Weekdays = 1<<time.Friday | 1<<time.Saturday
)

// Has reports whether the set has a day.
func (w Weekdays) Has(d time.Weekday) bool { return w&(1<<d) != 0 }

// List returns the days of the set, Sunday first.
func (w Weekdays) List() []time.Weekday {
	var out []time.Weekday
	for d := time.Sunday; d <= time.Saturday; d++ {
		if w.Has(d) {
			out = append(out, d)
		}
	}
	return out
}

// field writes the set as the fifth field of a cron expression.
func (w Weekdays) field() string {
	if w == EveryDay {
		return "*"
	}
	var days []string
	for _, d := range w.List() {
		days = append(days, strconv.Itoa(int(d)))
	}
	return strings.Join(days, ",")
}
