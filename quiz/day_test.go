package quiz_test

import (
	"errors"
	"fmt"
	"testing"
	"time"
	_ "time/tzdata"

	"pgregory.net/rapid"

	"summitquiz/quiz"
)

func TestTwoInTheMorningBelongsToTheDayBefore(t *testing.T) {
	seoul, err := time.LoadLocation("Asia/Seoul")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ at, personal, calendar string }{
		{"2026-11-28T08:30:00+09:00", "2026-11-28", "2026-11-28"},
		{"2026-11-28T09:30:00+09:00", "2026-11-28", "2026-11-28"}, // another date in UTC
		{"2026-11-29T02:00:00+09:00", "2026-11-28", "2026-11-29"},
		{"2026-11-29T03:59:59+09:00", "2026-11-28", "2026-11-29"},
		{"2026-11-29T04:00:00+09:00", "2026-11-29", "2026-11-29"},
		{"1969-12-31T12:00:00+09:00", "1969-12-31", "1969-12-31"},
	} {
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		if got := quiz.PersonalDay(at, seoul).String(); got != c.personal {
			t.Errorf("PersonalDay(%s) = %s, want %s", c.at, got, c.personal)
		}
		if got := quiz.CalendarDay(at, seoul).String(); got != c.calendar {
			t.Errorf("CalendarDay(%s) = %s, want %s", c.at, got, c.calendar)
		}
	}
}

func TestDaysAndDatesAreTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := quiz.Day(rapid.Int32Range(-800_000, 2_000_000).Draw(t, "day"))
		year, month, day := d.Date()
		want := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
		if quiz.DayOf(year, month, day) != d || d.Weekday() != want.Weekday() {
			t.Fatalf("day %d is %s, a %s, and back %d", d, want, d.Weekday(), quiz.DayOf(year, month, day))
		}
		if year >= 0 && year <= 9999 {
			if back, err := quiz.ParseDay(d.String()); back != d || err != nil {
				t.Fatalf("ParseDay(%s) = %d, %v", d, back, err)
			}
		}
	})
	if _, err := quiz.ParseDay("31 May"); !errors.Is(err, quiz.ErrDay) {
		t.Errorf("ParseDay of another form gives %v", err)
	}
}

func ExamplePersonalDay() {
	seoul := time.FixedZone("KST", 9*60*60)
	late := time.Date(2026, time.November, 29, 2, 0, 0, 0, seoul)
	day := quiz.PersonalDay(late, seoul)
	fmt.Println(day, day.Weekday())
	// Output: 2026-11-28 Saturday
}
