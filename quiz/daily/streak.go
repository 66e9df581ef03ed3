package daily

import (
	"slices"
	"time"

	"summitquiz/quiz"
)

// Freezes are earned every seventh day of a streak, and two are kept.
const (
	daysPerFreeze = 7
	MaxFreezes    = 2
)

// Milestones are the lengths of a streak that are told of.
var Milestones = []int{3, 7, 30, 100, 365}

// Streak is how many days in a row a member has played, over all places. The zero Streak is
// that of a member who never has. It is a fold: the same days in the same order give the same
// streak. Days are the member's own, as they were when they played.
type Streak struct {
	Days    int      // up to Last
	Best    int      // the longest ever
	Freezes int      // kept
	Played  int      // days played in all
	Last    quiz.Day // last day played; means nothing while Played is 0

	// Excused holds days after Last that do not count as missed, as ranges in order: nobody could
	// play, or a change of zone took them.
	Excused []DayRange
}

// DayRange is a range of days, both ends included.
type DayRange struct{ First, Last quiz.Day }

// Progress is what a day played did to a streak.
type Progress struct {
	Counted   bool // false: the day had been counted, or lies before the last one
	Spent     int  // freezes that were spent on missed days
	Earned    bool // a freeze
	Milestone int  // that was reached; 0: none
	Began     bool // a new streak began
}

// Play counts a day on which the member answered at least one question of a daily. Missed days
// are bridged by freezes if there are enough; otherwise the streak begins anew and the freezes
// stay.
func (s Streak) Play(day quiz.Day) (Streak, Progress) {
	if s.Played > 0 && day <= s.Last {
		return s, Progress{}
	}
	p := Progress{Counted: true}
	switch missed := s.missed(day); {
	case s.Played == 0 || missed > s.Freezes:
		s.Days, p.Began = 0, true
	default:
		s.Freezes -= missed
		p.Spent = missed
	}
	s.Days++
	s.Played++
	s.Last, s.Excused = day, nil
	s.Best = max(s.Best, s.Days)
	if s.Days%daysPerFreeze == 0 && s.Freezes < MaxFreezes {
		s.Freezes++
		p.Earned = true
	}
	if slices.Contains(Milestones, s.Days) {
		p.Milestone = s.Days
	}
	return s, p
}

// Excuse makes the days from first to last not count as missed. Days that were played stay
// played.
func (s Streak) Excuse(first, last quiz.Day) Streak {
	if s.Played == 0 {
		return s
	}
	if first = max(first, s.Last+1); first > last {
		return s
	}
	ranges := append(slices.Clone(s.Excused), DayRange{first, last})
	slices.SortFunc(ranges, func(a, b DayRange) int { return int(a.First) - int(b.First) })
	joined := ranges[:1]
	for _, r := range ranges[1:] {
		if end := &joined[len(joined)-1]; r.First <= end.Last+1 {
			end.Last = max(end.Last, r.Last)
		} else {
			joined = append(joined, r)
		}
	}
	s.Excused = joined
	return s
}

// Merge returns the streak of a member who had two under two names, given the days on which they
// played under either, ascending. What one of the two bridged stays bridged: of all ways to go on to
// the last day the longest one counts.
func Merge(a, b Streak, days []quiz.Day) Streak {
	var out Streak
	best := max(a.Best, b.Best)
	for _, s := range []Streak{{}, a, b} {
		for _, day := range days {
			s, _ = s.Play(day)
		}
		best = max(best, s.Best)
		if s.Last > out.Last || s.Last == out.Last && s.Days > out.Days {
			s.Played = max(s.Played, out.Played)
			out = s
		}
	}
	out.Best = best
	return out
}

// missed counts the days between the last one played and a day that are not excused.
func (s Streak) missed(day quiz.Day) int {
	n := int(day) - int(s.Last) - 1
	for _, r := range s.Excused {
		if last := min(r.Last, day-1); last >= r.First {
			n -= int(last) - int(r.First) + 1
		}
	}
	return n
}

// On returns how the streak stands on a day of the member, before they have played: its length,
// and how many freezes would be spent if they played now. A streak that is over has no length.
func (s Streak) On(today quiz.Day) (days, spending int) {
	if s.Played == 0 {
		return 0, 0
	}
	missed := max(0, s.missed(today))
	if missed > s.Freezes {
		return 0, 0
	}
	return s.Days, missed
}

// Equal reports whether two streaks are the same.
func (s Streak) Equal(o Streak) bool {
	return slices.Equal(s.Excused, o.Excused) && s.Days == o.Days && s.Best == o.Best &&
		s.Freezes == o.Freezes && s.Played == o.Played && s.Last == o.Last
}

// RemindBefore is how long before the end of their day somebody is reminded.
const RemindBefore = 2 * time.Hour

// ReminderAt returns the next moment after a time at which a personal day in a zone is about to end.
func ReminderAt(after time.Time, zone *time.Location) time.Time {
	for day := quiz.PersonalDay(after, zone); ; day++ {
		end, ok := Wall{Day: day + 1, Time: At(quiz.Rollover, 0)}.In(zone)
		if at := end.Add(-RemindBefore); ok && at.After(after) {
			return at
		}
	}
}
