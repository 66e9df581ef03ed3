package daily_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/daily"
)

// played folds days into a streak.
func played(days ...quiz.Day) (daily.Streak, daily.Progress) {
	var s daily.Streak
	var p daily.Progress
	for _, d := range days {
		s, p = s.Play(d)
	}
	return s, p
}

// row returns the days from first to last.
func row(first, last quiz.Day) []quiz.Day {
	var out []quiz.Day
	for d := first; d <= last; d++ {
		out = append(out, d)
	}
	return out
}

func TestStreaks(t *testing.T) {
	for _, c := range []struct {
		name                string
		days                []quiz.Day
		length, best, saved int
		last                daily.Progress
	}{
		{"the first day", row(10, 10), 1, 1, 0, daily.Progress{Counted: true, Began: true}},
		{"three in a row", row(10, 12), 3, 3, 0, daily.Progress{Counted: true, Milestone: 3}},
		{"twice on one day", []quiz.Day{10, 11, 11}, 2, 2, 0, daily.Progress{}},
		{"a day before the last, over the date line", []quiz.Day{10, 11, 10}, 2, 2, 0, daily.Progress{}},
		{"a week", row(10, 16), 7, 7, 1, daily.Progress{Counted: true, Earned: true, Milestone: 7}},
		{"a day missed without a freeze", []quiz.Day{10, 11, 13}, 1, 2, 0, daily.Progress{Counted: true, Began: true}},
		{"a day missed with one", append(row(10, 16), 18), 8, 8, 0, daily.Progress{Counted: true, Spent: 1}},
		{"two days missed with one", append(row(10, 16), 19), 1, 7, 1, daily.Progress{Counted: true, Began: true}},
		{"two days missed with two", append(row(10, 23), 26), 15, 15, 0, daily.Progress{Counted: true, Spent: 2}},
		{"no more than two are kept", row(10, 30), 21, 21, 2, daily.Progress{Counted: true}},
		{"a month", row(10, 39), 30, 30, 2, daily.Progress{Counted: true, Milestone: 30}},
		{"a year", row(10, 374), 365, 365, 2, daily.Progress{Counted: true, Milestone: 365}},
	} {
		s, p := played(c.days...)
		if s.Days != c.length || s.Best != c.best || s.Freezes != c.saved || p != c.last {
			t.Errorf("%s: %d days, best %d, %d freezes, %+v; want %d, %d, %d, %+v", c.name, s.Days, s.Best, s.Freezes, p, c.length, c.best, c.saved, c.last)
		}
	}
}

func TestDaysOnWhichNobodyCouldPlay(t *testing.T) {
	s, _ := played(10, 11)
	s = s.Excuse(14, 14).Excuse(12, 13).Excuse(13, 15).Excuse(9, 11)
	if !slices.Equal(s.Excused, []daily.DayRange{{First: 12, Last: 15}}) {
		t.Errorf("excused are %v, want 12 to 15", s.Excused)
	}
	if days, spending := s.On(16); days != 2 || spending != 0 {
		t.Errorf("on the day after it stands at %d, %d freezes", days, spending)
	}
	if days, _ := s.On(17); days != 0 {
		t.Errorf("a day later it stands at %d, want 0: the 16th was missed", days)
	}
	if after, p := s.Play(16); after.Days != 3 || p.Spent != 0 || after.Excused != nil {
		t.Errorf("played on the 16th it is %+v, %+v", after, p)
	}
	if after, p := s.Play(14); after.Days != 3 || !p.Counted {
		t.Errorf("played on an excused day it is %+v, %+v", after, p)
	}
	if none := (daily.Streak{}).Excuse(1, 5); !none.Equal(daily.Streak{}) {
		t.Errorf("who never played has nothing to excuse: %+v", none)
	}
}

func TestAStreakBeforeToday(t *testing.T) {
	s, _ := played(row(10, 16)...) // with one freeze
	for today, want := range map[quiz.Day][2]int{16: {7, 0}, 17: {7, 0}, 18: {7, 1}, 19: {0, 0}} {
		if days, spending := s.On(today); days != want[0] || spending != want[1] {
			t.Errorf("on day %d it stands at %d, spending %d; want %v", today, days, spending, want)
		}
	}
}

// recompute is a second way to a streak: from the set of days played and the set of days excused.
func recompute(playedOn, excused map[quiz.Day]bool, last quiz.Day) (days, best, freezes int) {
	began := false
	pending := 0
	for d := quiz.Day(0); d <= last; d++ {
		switch {
		case playedOn[d]:
			if pending > freezes {
				days = 0
			} else if began {
				freezes -= pending
			}
			pending, began = 0, true
			days++
			best = max(best, days)
			if days%7 == 0 {
				freezes = min(freezes+1, 2)
			}
		case began && !excused[d]:
			pending++
		}
	}
	return days, best, freezes
}

func TestStreaksAgainstASecondComputation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		playedOn, excused := map[quiz.Day]bool{}, map[quiz.Day]bool{}
		var s daily.Streak
		last := quiz.Day(0)
		for d := range quiz.Day(rapid.IntRange(1, 120).Draw(t, "days")) {
			switch n := rapid.IntRange(0, 19).Draw(t, "what"); {
			case n < 15:
				s, _ = s.Play(d)
				s, _ = s.Play(d - quiz.Day(n%2)) // again, or a day before: nothing
				playedOn[d], last = true, d
			case n < 17:
				s = s.Excuse(d, d)
				excused[d] = true
			}
		}
		days, best, freezes := recompute(playedOn, excused, last)
		if s.Days != days || s.Best != best || s.Freezes != freezes || s.Played != len(playedOn) {
			t.Fatalf("%+v, want %d days, best %d, %d freezes, %d played", s, days, best, freezes, len(playedOn))
		}
	})
}

func TestShareLines(t *testing.T) {
	s := daily.Share{Day: day(t, "2026-11-28"), Marks: []daily.Mark{daily.MarkRight, daily.MarkRight, daily.MarkWrong, daily.NotAnswered}, Streak: 12}
	for c, want := range map[language.Code]string{
		language.English: "Summit Quiz 28 Nov 2026 🟩🟩🟥⬜ 🔥 12",
		language.Arabic:  "اختبار القمة 28 نوفمبر 2026 🟩🟩🟥⬜ 🔥 12",
		language.Korean:  "서밋 퀴즈 2026년 11월 28일 🟩🟩🟥⬜ 🔥 12",
		language.Chinese: "峰会问答 2026年11月28日 🟩🟩🟥⬜ 🔥 12",
	} {
		title := [language.Count]string{"اختبار القمة", "Summit Quiz", "서밋 퀴즈", "峰会问答"}[c]
		got := string(s.Append(nil, c, title, language.Style{}))
		if language.StripIsolates(got) != want {
			t.Errorf("in %v: %q, want %q", c, language.StripIsolates(got), want)
		}
		if err := language.CheckDirection(c, got); err != nil {
			t.Errorf("in %v: %q: %v", c, got, err)
		}
	}
	if s.Right() != 2 {
		t.Errorf("%d right, want 2", s.Right())
	}
	s.Streak = 0
	if got := string(s.Append(nil, language.English, "Summit Quiz", language.Style{})); got != "Summit Quiz 28 Nov 2026 🟩🟩🟥⬜" {
		t.Errorf("without a streak: %q", got)
	}
	s.Streak = 12
	indic := string(s.Append(nil, language.Arabic, "اختبار القمة", language.Style{Digits: language.ArabicIndic}))
	if got := language.StripIsolates(indic); got != "اختبار القمة ٢٨ نوفمبر ٢٠٢٦ 🟩🟩🟥⬜ 🔥 ١٢" {
		t.Errorf("in Arabic-Indic digits: %q", got)
	}
}

func ExampleStreak_Play() {
	var s daily.Streak
	var p daily.Progress
	for _, day := range []quiz.Day{1, 2, 3, 4, 5, 6, 7, 9} { // day 8 was missed
		s, p = s.Play(day)
	}
	fmt.Printf("%d days, %d freeze spent\n", s.Days, p.Spent)
	// Output: 8 days, 1 freeze spent
}

// TestTwoStreaksOfOnePersonAreOne joins what somebody played under two names.
func TestTwoStreaksOfOnePersonAreOne(t *testing.T) {
	played := func(days ...quiz.Day) (s daily.Streak) {
		for _, day := range days {
			s, _ = s.Play(day)
		}
		return s
	}
	bridged := played(1, 2, 3).Excuse(4, 8)
	bridged, _ = bridged.Play(9)
	for name, tc := range map[string]struct {
		a, b daily.Streak
		days []quiz.Day
		want daily.Streak
	}{
		"one of them never played":          {played(1, 2), daily.Streak{}, []quiz.Day{1, 2}, played(1, 2)},
		"they took turns":                   {played(1, 3, 5), played(2, 4), []quiz.Day{1, 2, 3, 4, 5}, played(1, 2, 3, 4, 5)},
		"one went on where the other ended": {played(1, 2, 3), played(4), []quiz.Day{1, 2, 3, 4}, played(1, 2, 3, 4)},
		"the older run is the best":         {played(1, 2, 3), played(9), []quiz.Day{1, 2, 3, 9}, daily.Streak{Days: 1, Best: 3, Played: 4, Last: 9}},
		"what was excused stays so":         {bridged, played(2, 9), []quiz.Day{1, 2, 3, 9}, bridged},
		"what was excused goes on":          {bridged, played(10), []quiz.Day{1, 2, 3, 9, 10}, daily.Streak{Days: 5, Best: 5, Played: 5, Last: 10}},
	} {
		for _, got := range []daily.Streak{daily.Merge(tc.a, tc.b, tc.days), daily.Merge(tc.b, tc.a, tc.days)} {
			if !got.Equal(tc.want) {
				t.Errorf("%s: %+v, want %+v", name, got, tc.want)
			}
		}
	}
}

// A reminder comes two hours before a personal day ends, also where the clocks change then.
func TestReminderAt(t *testing.T) {
	for _, name := range []string{"Asia/Seoul", "Europe/Athens", "America/New_York", "Africa/Cairo", "Africa/Casablanca", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Chatham"} {
		zone, err := daily.Zone(name).Location()
		if err != nil {
			t.Fatal(err)
		}
		at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		for at.Year() < 2028 {
			next := daily.ReminderAt(at, zone)
			day := quiz.PersonalDay(next, zone)
			if end := next.Add(daily.RemindBefore); !next.After(at) || quiz.PersonalDay(end.Add(-time.Second), zone) != day || quiz.PersonalDay(end, zone) != day+1 {
				t.Fatalf("%s: the reminder after %s comes at %s", name, at.In(zone), next.In(zone))
			}
			if gap := next.Sub(at); at.Month() > 1 && (gap < 22*time.Hour || gap > 26*time.Hour) {
				t.Fatalf("%s: the reminders of %s and %s are %s apart", name, at.In(zone), next.In(zone), gap)
			}
			at = next
		}
	}
}
