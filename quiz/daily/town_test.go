package daily_test

import (
	"testing"
	"time"
	_ "time/tzdata"

	"summitquiz/quiz"
	"summitquiz/quiz/daily"
)

func load(t testing.TB, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func day(t testing.TB, s string) quiz.Day {
	t.Helper()
	d, err := quiz.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestTowns holds what a daily does on the days on which clocks change.
func TestTowns(t *testing.T) {
	for _, c := range []struct {
		name, zone, expression string
		from                   string   // the first date
		want                   []string // the moments in the zone, one after the other
	}{
		{"Cairo loses its midnight on 24 April", "Africa/Cairo", "0 0 * * *", "2026-04-23",
			[]string{"2026-04-23T00:00:00+02:00", "2026-04-24T01:00:00+03:00", "2026-04-25T00:00:00+03:00"}},
		{"Cairo at half past midnight", "Africa/Cairo", "30 0 * * *", "2026-04-23",
			[]string{"2026-04-23T00:30:00+02:00", "2026-04-24T01:00:00+03:00", "2026-04-25T00:30:00+03:00"}},
		{"Cairo has half past eleven twice on 29 October", "Africa/Cairo", "30 23 * * *", "2026-10-28",
			[]string{"2026-10-28T23:30:00+03:00", "2026-10-29T23:30:00+03:00", "2026-10-30T23:30:00+02:00"}},
		{"Beirut loses its midnight on 29 March", "Asia/Beirut", "0 0 * * *", "2026-03-28",
			[]string{"2026-03-28T00:00:00+02:00", "2026-03-29T01:00:00+03:00", "2026-03-30T00:00:00+03:00"}},
		{"New York has no half past two on 8 March", "America/New_York", "30 2 * * *", "2026-03-07",
			[]string{"2026-03-07T02:30:00-05:00", "2026-03-08T03:00:00-04:00", "2026-03-09T02:30:00-04:00"}},
		{"New York has half past one twice on 1 November", "America/New_York", "30 1 * * *", "2026-10-31",
			[]string{"2026-10-31T01:30:00-04:00", "2026-11-01T01:30:00-04:00", "2026-11-02T01:30:00-05:00"}},
		{"New York by the hour in spring", "America/New_York", "0 1,2,3,4 * * *", "2026-03-08",
			[]string{"2026-03-08T01:00:00-05:00", "2026-03-08T03:00:00-04:00", "2026-03-08T04:00:00-04:00", "2026-03-09T01:00:00-04:00"}},
		{"Casablanca before Ramadan", "Africa/Casablanca", "30 2 * * *", "2026-02-14",
			[]string{"2026-02-14T02:30:00+01:00", "2026-02-15T02:30:00+01:00", "2026-02-16T02:30:00Z"}},
		{"Casablanca after Ramadan", "Africa/Casablanca", "30 2 * * *", "2026-03-21",
			[]string{"2026-03-21T02:30:00Z", "2026-03-22T03:00:00+01:00", "2026-03-23T02:30:00+01:00"}},
		{"Lord Howe moves by half an hour in spring", "Australia/Lord_Howe", "15 2 * * *", "2026-10-03",
			[]string{"2026-10-03T02:15:00+10:30", "2026-10-04T02:30:00+11:00", "2026-10-05T02:15:00+11:00"}},
		{"Lord Howe moves by half an hour in autumn", "Australia/Lord_Howe", "45 1 * * *", "2026-04-04",
			[]string{"2026-04-04T01:45:00+11:00", "2026-04-05T01:45:00+11:00", "2026-04-06T01:45:00+10:30"}},
		{"Apia had no 30 December 2011", "Pacific/Apia", "0 9 * * *", "2011-12-28",
			[]string{"2011-12-28T09:00:00-10:00", "2011-12-29T09:00:00-10:00", "2011-12-31T09:00:00+14:00", "2012-01-01T09:00:00+14:00"}},
		{"Nuuk loses the last hour of 30 March 2024", "America/Nuuk", "30 23 * * *", "2024-03-29",
			[]string{"2024-03-29T23:30:00-02:00", "2024-03-31T00:00:00-01:00", "2024-03-31T23:30:00-01:00"}},
		{"Berlin at nine in October", "Europe/Berlin", "0 9 * * *", "2026-10-24",
			[]string{"2026-10-24T09:00:00+02:00", "2026-10-25T09:00:00+01:00", "2026-10-26T09:00:00+01:00"}},
		{"Berlin at nine in March", "Europe/Berlin", "0 9 * * *", "2026-03-28",
			[]string{"2026-03-28T09:00:00+01:00", "2026-03-29T09:00:00+02:00", "2026-03-30T09:00:00+02:00"}},
		{"Riyadh from Sunday to Thursday", "Asia/Riyadh", "0 20 * * sun-thu", "2026-11-26",
			[]string{"2026-11-26T20:00:00+03:00", "2026-11-29T20:00:00+03:00", "2026-11-30T20:00:00+03:00"}},
		{"Cairo at the end of 2040, where Go's list of changes has ended", "Africa/Cairo", "0 9 * * *", "2040-12-30",
			[]string{"2040-12-30T09:00:00+02:00", "2040-12-31T09:00:00+02:00", "2041-01-01T09:00:00+02:00"}},
		{"Kathmandu at a quarter to", "Asia/Kathmandu", "45 5 29 2 *", "2026-01-01", []string{"2028-02-29T05:45:00+05:45", "2032-02-29T05:45:00+05:45"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			zone := load(t, c.zone)
			s, err := daily.Parse(c.expression, daily.OwnerRuns)
			if err != nil {
				t.Fatal(err)
			}
			year, month, date := day(t, c.from).Date()
			after := time.Date(year, month, date, 0, 0, 0, 0, zone).Add(-time.Second)
			for _, o := range s.Upcoming(after, zone, daily.Occurrence{}, len(c.want)) {
				if got := o.At.In(zone).Format(time.RFC3339); got != c.want[0] {
					t.Errorf("%s is at %s, want %s", o.Wall, got, c.want[0])
				}
				c.want = c.want[1:]
			}
			if len(c.want) > 0 {
				t.Errorf("nothing at %v", c.want)
			}
		})
	}
}

func TestANewTimeOrZoneRunsNoDateTwice(t *testing.T) {
	honolulu, auckland := load(t, "Pacific/Honolulu"), load(t, "Pacific/Auckland")
	nine := daily.Weekly(daily.At(9, 0), daily.EveryDay)
	now := time.Date(2026, time.November, 28, 19, 0, 0, 0, time.UTC) // nine in the morning in Honolulu
	first, _ := nine.Next(now.Add(-time.Second), honolulu, daily.Occurrence{})
	if first.String() != "2026-11-28 09:00" {
		t.Fatalf("the first is %s", first)
	}
	for _, c := range []struct {
		name     string
		schedule daily.Schedule
		after    time.Time
		zone     *time.Location
		want     string
	}{
		{"nothing changed", nine, now, honolulu, "2026-11-29 09:00"},
		{"a later time on the same date", daily.Weekly(daily.At(20, 0), daily.EveryDay), now.Add(time.Hour), honolulu, "2026-11-29 20:00"},
		{"over the date line to the west", nine, now.Add(10 * time.Hour), auckland, "2026-11-30 09:00"},
	} {
		if got, _ := c.schedule.Next(c.after, c.zone, first); got.Wall.String() != c.want {
			t.Errorf("%s: %s, want %s", c.name, got.Wall, c.want)
		}
	}
	there, _ := nine.Next(now.Add(10*time.Hour), auckland, first)
	back, _ := nine.Next(there.At, honolulu, there)
	if back.Wall.String() != "2026-12-01 09:00" {
		t.Errorf("back in Honolulu it is %s, want 1 December: 30 November was played in Auckland", back.Wall)
	}
	again, _ := nine.Next(now.Add(-48*time.Hour), honolulu, first) // the clock was set back
	if again.Wall.String() != "2026-11-29 09:00" {
		t.Errorf("with the clock set back it is %s, want 29 November", again.Wall)
	}
}

func TestTheOldTimeIsGoneOnTheSameDay(t *testing.T) {
	seoul := load(t, "Asia/Seoul")
	now := time.Date(2026, time.November, 28, 8, 0, 0, 0, seoul)
	o, _ := daily.Weekly(daily.At(20, 0), daily.EveryDay).Next(now, seoul, daily.Occurrence{})
	if got := o.At.In(seoul).Format(time.DateTime); got != "2026-11-28 20:00:00" {
		t.Errorf("set to eight in the evening at eight in the morning, it comes at %s", got)
	}
}

func TestLateOrMissed(t *testing.T) {
	o := daily.Occurrence{At: time.Date(2026, time.November, 28, 9, 0, 0, 0, time.UTC)}
	for late, want := range map[time.Duration]daily.Timing{
		-time.Second: daily.Early, 0: daily.Due, 9 * time.Minute: daily.Due, 11 * time.Minute: daily.Late,
		3*time.Hour - time.Second: daily.Late, 3 * time.Hour: daily.Missed, 48 * time.Hour: daily.Missed, -24 * time.Hour: daily.Early,
	} {
		if got := o.Timing(o.At.Add(late)); got != want {
			t.Errorf("%v late: %d, want %d", late, got, want)
		}
	}
}

func TestWhenADailyCloses(t *testing.T) {
	posted := time.Date(2026, time.November, 28, 9, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name         string
		window, next time.Duration // next 0: none
		want         time.Duration
	}{
		{"until the next run", 0, 24 * time.Hour, 24 * time.Hour},
		{"a day at most", 0, 72 * time.Hour, 24 * time.Hour},
		{"nothing comes after", 0, 0, 24 * time.Hour},
		{"as asked for", 2 * time.Hour, 24 * time.Hour, 2 * time.Hour},
		{"a window longer than the gap to the next run", 30 * time.Hour, 20 * time.Hour, 20 * time.Hour},
		{"ten minutes at least", time.Minute, 24 * time.Hour, 10 * time.Minute},
		{"caught up just before the next run", 0, time.Minute, 10 * time.Minute},
	} {
		var next time.Time
		if c.next != 0 {
			next = posted.Add(c.next)
		}
		if got := daily.Closes(posted, c.window, next).Sub(posted); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestJitterSpreadsAMinute(t *testing.T) {
	var bySecond [60]int
	for id := range daily.SubscriptionID(60_000) {
		j := daily.Jitter(id)
		if j < 0 || j >= time.Minute || j != daily.Jitter(id) {
			t.Fatalf("subscription %d is %v late", id, j)
		}
		bySecond[j/time.Second]++
	}
	for s, n := range bySecond { // 1,000 each; six standard deviations are 190
		if n < 800 || n > 1200 {
			t.Errorf("%d of 60000 subscriptions in second %d", n, s)
		}
	}
}

func TestTheDaysThatAChangeOfZoneTakes(t *testing.T) {
	honolulu, auckland := load(t, "Pacific/Honolulu"), load(t, "Pacific/Auckland")
	at := time.Date(2026, time.November, 28, 20, 0, 0, 0, time.UTC) // 10:00 on the 28th and 09:00 on the 29th
	if first, last, lost := daily.ChangeOfZone(at, honolulu, auckland); !lost || first.String() != "2026-11-29" || last.String() != "2026-11-29" {
		t.Errorf("west over the date line: %s to %s, %v", first, last, lost)
	}
	if _, _, lost := daily.ChangeOfZone(at, auckland, honolulu); lost {
		t.Error("east over the date line no day is lost")
	}
}
