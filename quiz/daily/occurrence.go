package daily

import (
	"time"

	"summitquiz/quiz"
)

// SubscriptionID names a subscription to a daily for ever.
type SubscriptionID int64

// Occurrence is one run of a schedule.
type Occurrence struct {
	Wall           // date and time of the schedule; what an occurrence is known by
	At   time.Time // the moment, UTC
}

// Key names the one post that an occurrence has.
type Key struct {
	Subscription SubscriptionID
	Wall
}

// Key returns the key of the occurrence for a subscription.
func (o Occurrence) Key(s SubscriptionID) Key { return Key{Subscription: s, Wall: o.Wall} }

// Next returns the first occurrence in zone after a moment. done is the last one that was posted
// or skipped, in whichever zone and by whichever schedule, or the zero Occurrence: what is not
// after it on the calendar does not run, so that no date runs twice after time or zone were
// changed. It returns false when there is no next occurrence.
func (s Schedule) Next(after time.Time, zone *time.Location, done Occurrence) (Occurrence, bool) {
	// A gap moves an occurrence later by less than a day, so this is early enough.
	wall := WallOf(after.Add(-25*time.Hour), zone)
	for {
		var ok bool
		if wall, ok = s.next(wall); !ok {
			return Occurrence{}, false
		}
		if !done.At.IsZero() && (s.runs == 1 && wall.Day <= done.Day || !done.Wall.Before(wall)) {
			continue
		}
		if at, exists := wall.In(zone); exists && at.After(after) {
			return Occurrence{Wall: wall, At: at.UTC()}, true
		}
	}
}

// Upcoming returns the next n occurrences after a moment.
func (s Schedule) Upcoming(after time.Time, zone *time.Location, done Occurrence, n int) []Occurrence {
	var out []Occurrence
	for range n {
		o, ok := s.Next(after, zone, done)
		if !ok {
			break
		}
		out = append(out, o)
		after, done = o.At, o
	}
	return out
}

// MissedAfter is how late an occurrence is still posted.
const MissedAfter = 3 * time.Hour

// Timing is what becomes of an occurrence at a moment.
type Timing uint8

// The timings.
const (
	Early  Timing = iota // wait
	Due                  // post it; a little late is not worth a word
	Late                 // post it and say that it is late
	Missed               // skip it: nobody could play, and no streak breaks by it
)

// lateAfter is from when on it is said that an occurrence is late.
const lateAfter = 10 * time.Minute

// Timing returns what becomes of the occurrence at a moment.
func (o Occurrence) Timing(now time.Time) Timing {
	switch late := now.Sub(o.At); {
	case late < 0:
		return Early
	case late < lateAfter:
		return Due
	case late < MissedAfter:
		return Late
	}
	return Missed
}

// The bounds of how long a daily may be answered.
const (
	MinWindow = 10 * time.Minute
	MaxWindow = 24 * time.Hour
)

// Closes returns when the day's quiz closes that was posted at a moment: after the window that
// was asked for, 0 for as long as possible, but at the latest when the next one comes, and never
// before ten minutes have passed. A zero next means that none comes.
func Closes(posted time.Time, window time.Duration, next time.Time) time.Time {
	if window <= 0 || window > MaxWindow {
		window = MaxWindow
	}
	if !next.IsZero() {
		window = min(window, next.Sub(posted))
	}
	return posted.Add(max(window, MinWindow))
}

// maxJitter is how far posts of one minute are spread.
const maxJitter = 60 * time.Second

// Jitter returns how much later than its occurrences a subscription posts: less than a minute
// and always the same, so that those of a full hour do not all come at once.
func Jitter(s SubscriptionID) time.Duration {
	return time.Duration(mix(uint64(s)+golden)%uint64(maxJitter/time.Millisecond)) * time.Millisecond
}

// ChangeOfZone returns the days of their own that a member loses who moves from one zone to
// another at a moment: those between, and the day that they arrive in, of which only a part is
// left. It returns false for who loses none.
func ChangeOfZone(at time.Time, from, to *time.Location) (first, last quiz.Day, lost bool) {
	first, last = quiz.PersonalDay(at, from)+1, quiz.PersonalDay(at, to)
	return first, last, first <= last
}

// golden is the increment of splitmix64: 2^64 divided by the golden ratio.
const golden = 0x9e3779b97f4a7c15

// mix is the finaliser of splitmix64: every bit of x decides every bit of the result.
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
