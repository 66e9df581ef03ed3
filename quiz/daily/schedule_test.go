package daily_test

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"summitquiz/quiz"
	"summitquiz/quiz/daily"
)

// expressionsEach is how many random expressions each zone gets: the largest run gives each zone 500.
var expressionsEach = flag.Int("expressions", 1, "random expressions for each zone, with -everyzone")

var everyZone = flag.Bool("everyzone", false, "compare schedules with an independent computation over ten years in every zone, with more than 500 expressions")

// zoneNames returns every name of the tz database that people may choose.
func zoneNames(t testing.TB) []string {
	t.Helper()
	file, err := os.Open("zones.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var names []string
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if f := strings.Split(lines.Text(), "\t"); f[0] == "zone" || f[0] == "alias" {
			names = append(names, f[1])
		}
	}
	if len(names) < 590 {
		t.Fatalf("%d zones, want those of the tz database", len(names))
	}
	return names
}

// rule is a schedule as sets of numbers, from which an expression is written.
type rule struct {
	expression                        string
	minutes, hours, dates, months, on []int
	anyDate, anyWeekday               bool
}

// dice is a stream of random numbers.
type dice uint64

func (d *dice) below(n int) int {
	*d += 0x9e3779b97f4a7c15
	x := uint64(*d)
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return int((x ^ x>>31) >> 33 % uint64(n))
}

// some writes a field that has at most most numbers from low to high.
func (d *dice) some(low, high, most int) (string, []int) {
	switch d.below(3) {
	case 0:
		n := low + d.below(high-low+1)
		return strconv.Itoa(n), []int{n}
	case 1:
		first := low + d.below(high-low+1)
		last := min(first+d.below(most), high)
		by := 1 + d.below(min(3, high-low))
		var numbers []int
		for n := first; n <= last; n += by {
			numbers = append(numbers, n)
		}
		if by == 1 {
			return fmt.Sprintf("%d-%d", first, last), numbers
		}
		return fmt.Sprintf("%d-%d/%d", first, last, by), numbers
	}
	var numbers []int
	var texts []string
	for range 1 + d.below(most) {
		if n := low + d.below(high-low+1); !slices.Contains(numbers, n) {
			numbers, texts = append(numbers, n), append(texts, strconv.Itoa(n))
		}
	}
	return strings.Join(texts, ","), numbers
}

// rule draws a rule, half of them with one run a day.
func (d *dice) rule() rule {
	var r rule
	var parts [5]string
	most := 1 + 3*d.below(2)
	parts[0], r.minutes = d.some(0, 59, most)
	parts[1], r.hours = d.some(0, 23, most)
	if d.below(2) == 0 { // the hours in which clocks change
		n := []int{0, 1, 2, 3, 23}[d.below(5)]
		parts[1], r.hours = strconv.Itoa(n), []int{n}
	}
	parts[2], parts[3], parts[4] = "*", "*", "*"
	r.anyDate, r.anyWeekday = d.below(3) > 0, d.below(2) > 0
	if !r.anyDate {
		parts[2], r.dates = d.some(1, 28, 10)
	}
	if d.below(6) == 0 {
		parts[3], r.months = d.some(1, 12, 8)
	}
	if !r.anyWeekday {
		parts[4], r.on = d.some(0, 6, 5)
	}
	r.expression = strings.Join(parts[:], " ")
	return r
}

// runs reports whether the rule runs on a date: on one that the date or the weekday allows, where both are given.
func (r *rule) runs(on quiz.Day) bool {
	_, month, date := on.Date()
	if r.months != nil && !slices.Contains(r.months, int(month)) {
		return false
	}
	dates, weekdays := slices.Contains(r.dates, date), slices.Contains(r.on, int(on.Weekday()))
	switch {
	case r.anyDate && r.anyWeekday:
		return true
	case r.anyDate:
		return weekdays
	case r.anyWeekday:
		return dates
	}
	return dates || weekdays
}

// period is a time in which a zone keeps its distance from UTC.
type period struct{ begin, end, offset int64 }

// periods finds those of a zone between two moments, by asking what clocks there show.
func periods(zone *time.Location, from, to int64) []period {
	offset := func(at int64) int64 {
		t := time.Unix(at, 0).In(zone)
		y, m, d := t.Date()
		return time.Date(y, m, d, t.Hour(), t.Minute(), t.Second(), 0, time.UTC).Unix() - at
	}
	out := []period{{begin: from, offset: offset(from)}}
	const stride = 6 * 3600
	for at := from; at < to; at += stride {
		last := out[len(out)-1].offset
		if offset(at+stride) == last {
			continue
		}
		before, after := at, at+stride
		for after-before > 1 {
			if middle := (before + after) / 2; offset(middle) == last {
				before = middle
			} else {
				after = middle
			}
		}
		out[len(out)-1].end = after
		out = append(out, period{begin: after, offset: offset(after)})
	}
	out[len(out)-1].end = to + stride
	return out
}

// place is Wall.In, computed from all periods.
func place(all []period, on quiz.Day, minutes int) (at int64, exists bool) {
	show := int64(on)*86400 + int64(minutes)*60
	for i, p := range all {
		if show-p.offset >= p.end {
			continue
		}
		if show-p.offset >= p.begin {
			return show - p.offset, true
		}
		// Skipped: is there anything of that date on either side of the gap?
		before, after := all[i-1].end+all[i-1].offset-1, p.begin+p.offset
		return p.begin, before >= int64(on)*86400 && before < int64(on+1)*86400 || after >= int64(on)*86400 && after < int64(on+1)*86400
	}
	return 0, false
}

// TestSchedulesAgainstAnIndependentComputation walks from run to run and compares with the runs
// that follow from the rule and from what clocks show.
func TestSchedulesAgainstAnIndependentComputation(t *testing.T) {
	names := zoneNames(t)
	from, to := quiz.DayOf(2019, time.June, 1), quiz.DayOf(2029, time.June, 1)
	if !*everyZone { // some zones, and those that are strangest
		var some []string
		for i := 0; i < len(names); i += 30 {
			some = append(some, names[i])
		}
		names = append(some, "Africa/Cairo", "Asia/Beirut", "Africa/Casablanca", "Australia/Lord_Howe", "America/Nuuk", "Antarctica/Troll", "America/New_York")
		from = quiz.DayOf(2024, time.January, 1)
		to = quiz.DayOf(2027, time.January, 1)
	}
	var wg sync.WaitGroup
	var mu sync.Mutex
	runs, workers := 0, runtime.GOMAXPROCS(0)
	for k := range workers {
		wg.Go(func() {
			for i := k; i < len(names); i += workers {
				d := dice(i + 1)
				n := 0
				for range *expressionsEach {
					n += compareRuns(t, names[i], d.rule(), from, to)
				}
				// Beyond the changes that are listed one by one, from 2038 on, rules go on for ever.
				n += compareRuns(t, names[i], d.rule(), quiz.DayOf(2040, time.December, 1), quiz.DayOf(2041, time.February, 1))
				mu.Lock()
				runs += n
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	t.Logf("%d zones, %d expressions, %s to %s: %d runs", len(names), len(names)**expressionsEach, from, to, runs)
	if runs < 50*len(names) {
		t.Errorf("only %d runs in %d zones", runs, len(names))
	}
}

func compareRuns(t *testing.T, name string, r rule, from, to quiz.Day) int {
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Error(err)
		return 0
	}
	s, err := daily.Parse(r.expression, 60*24)
	if err != nil {
		t.Errorf("Parse(%q): %v", r.expression, err)
		return 0
	}
	all := periods(zone, int64(from-3)*86400, int64(to+3)*86400)
	o, last := daily.Occurrence{}, int64(0)
	after := time.Unix(int64(from)*86400, 0).Add(-time.Second)
	if at, ok := place(all, from, 0); ok {
		after = time.Unix(at-1, 0)
	}
	var times []int
	for _, h := range r.hours {
		for _, m := range r.minutes {
			times = append(times, h*60+m)
		}
	}
	slices.Sort(times)
	runs := 0
	for on := from; on < to; on++ {
		if !r.runs(on) {
			continue
		}
		for _, minutes := range times {
			at, exists := place(all, on, minutes)
			if !exists || at == last { // two that fall into one gap are one run
				continue
			}
			last = at
			var ok bool
			o, ok = s.Next(after, zone, o)
			if want := (daily.Wall{Day: on, Time: daily.TimeOfDay(minutes)}); !ok || o.Wall != want || o.At.Unix() != at {
				t.Errorf("%q in %s after %v: %s at %v, %v; want %s at %v", r.expression, name, after, o.Wall, o.At, ok, want, time.Unix(at, 0).UTC())
				return runs
			}
			after = o.At
			runs++
		}
	}
	return runs
}

func TestExpressionsThatAreNoSchedule(t *testing.T) {
	for expression, want := range map[string]string{
		"":                                    "a schedule has five fields: minute, hour, day, month, weekday (example: 30 9 * * 1-5)",
		"@every 1s":                           "a schedule has five fields: minute, hour, day, month, weekday (example: 30 9 * * 1-5)",
		"@daily":                              "a schedule has five fields: minute, hour, day, month, weekday (example: 30 9 * * 1-5)",
		"TZ=UTC":                              "a schedule has five fields: minute, hour, day, month, weekday (example: 30 9 * * 1-5)",
		"CRON_TZ=":                            "a schedule has five fields: minute, hour, day, month, weekday (example: 30 9 * * 1-5)",
		"TZ=UTC 0 9 * * *":                    "a schedule has five fields: minute, hour, day, month, weekday (example: 30 9 * * 1-5)",
		"0 0 9 * * *":                         "a schedule has five fields: minute, hour, day, month, weekday (example: 30 9 * * 1-5)",
		"CRON_TZ=UTC 9 * * *":                 `minute: "CRON_TZ=UTC" is not a number, a range like 1-5, a list like 1,3 or a step like */2`,
		", * * * *":                           `minute: "" is not a number, a range like 1-5, a list like 1,3 or a step like */2`,
		"0 9, * * *":                          `hour: "" is not a number, a range like 1-5, a list like 1,3 or a step like */2`,
		"? 9 * * *":                           `minute: "?" is not a number, a range like 1-5, a list like 1,3 or a step like */2`,
		"0 -9 * * *":                          `hour: "-9" is not a number, a range like 1-5, a list like 1,3 or a step like */2`,
		"0 +9 * * *":                          `hour: "+9" is not a number, a range like 1-5, a list like 1,3 or a step like */2`,
		"0 9/2 * * *":                         `hour: "9/2" is not a number, a range like 1-5, a list like 1,3 or a step like */2`,
		"0 ٩ * * *":                           `hour: "٩" is not a number, a range like 1-5, a list like 1,3 or a step like */2`,
		"*/70 9 * * *":                        `minute: "*/70" is not from 0 to 59`,
		"*/0 9 * * *":                         `minute: "*/0" is not from 0 to 59`,
		"60 9 * * *":                          `minute: "60" is not from 0 to 59`,
		"0 25 * * *":                          `hour: "25" is not from 0 to 23`,
		"0 17-9 * * *":                        `hour: "17-9" is not from 0 to 23`,
		"0 9 0 * *":                           `day: "0" is not from 1 to 31`,
		"0 9 * 13 *":                          `month: "13" is not from 1 to 12`,
		"0 9 * * 8":                           `weekday: "8" is not from 0 to 7`,
		"0 9 * * someday":                     `weekday: "someday" is not a number, a range like 1-5, a list like 1,3 or a step like */2`,
		"0 9 31 2 *":                          "no year has such a date: check day and month",
		"0 9 30 2 *":                          "no year has such a date: check day and month",
		"0 9 31 4,6,9,11 *":                   "no year has such a date: check day and month",
		"* * * * *":                           "the schedule runs 1440 times a day, at most 1 are possible: use fewer minutes and hours",
		"0 * * * *":                           "the schedule runs 24 times a day, at most 1 are possible: use fewer minutes and hours",
		"0,30 9 * * *":                        "the schedule runs 2 times a day, at most 1 are possible: use fewer minutes and hours",
		strings.Repeat("*", 10_000):           "the schedule is longer than 120 characters: write a shorter one (example: 30 9 * * 1-5)",
		strings.Repeat("1", 100) + " 9 * * *": `minute: "11111111111111111111…" is not from 0 to 59`,
	} {
		_, err := daily.Parse(expression, daily.MemberRuns)
		var wrong *daily.ExpressionError
		if !errors.As(err, &wrong) || err.Error() != want {
			t.Errorf("Parse(%.40q) = %v, want %s", expression, err, want)
		}
	}
	if _, err := daily.Parse("0 * * * *", daily.OwnerRuns); err != nil {
		t.Errorf("once an hour for owners: %v", err)
	}
	if _, err := daily.Parse("0,30 * * * *", daily.OwnerRuns); err == nil {
		t.Error("twice an hour is too often for owners too")
	}
}

func TestExpressionsAsPeopleWriteThem(t *testing.T) {
	for expression, want := range map[string]string{
		"  30   9 * * MON-FRI ": "30 9 * * 1,2,3,4,5",
		"0 9 * * 5-7":           "0 9 * * 5,6,0",
		"0 9 * * 7":             "0 9 * * 0",
		"0 9 * * 0-7":           "0 9 * * 0,1,2,3,4,5,6",
		"0 9 */10 * *":          "0 9 1,11,21,31 * *",
		"0 9 1 Jan,jul *":       "0 9 1 1,7 *",
		"0 9 * * *,1":           "0 9 * * *",
		"0 9 */1 * *":           "0 9 * * *",
		"31 2 * * *":            "31 2 * * *",
		"0 9 29 2 *":            "0 9 29 2 *",
	} {
		s, err := daily.Parse(expression, daily.MemberRuns)
		if err != nil || s.String() != want || s.Runs() != 1 {
			t.Errorf("Parse(%q) = %q, %v, want %q", expression, s, err, want)
			continue
		}
		if again, err := daily.Parse(s.String(), daily.MemberRuns); err != nil || again.String() != want {
			t.Errorf("Parse(%q) = %q, %v, want the same", want, again, err)
		}
	}
}

func TestEveryTimeAndSetOfDaysIsASchedule(t *testing.T) {
	for at := range daily.TimeOfDay(daily.MinutesPerDay) {
		for _, days := range []daily.Weekdays{daily.Weekdays(at) & daily.EveryDay, daily.EveryDay} {
			s := daily.Weekly(at, days)
			if days == 0 {
				days = daily.EveryDay
			}
			gotAt, gotDays, ok := s.Weekly()
			if !ok || gotAt != at || gotDays != days {
				t.Fatalf("%s on %v is written %q and read %s on %v, %v", at, days.List(), s, gotAt, gotDays.List(), ok)
			}
		}
	}
	for _, other := range []string{"0 9 1 * *", "0 9 * 1 *"} {
		if s, err := daily.Parse(other, 1); err != nil {
			t.Error(err)
		} else if _, _, ok := s.Weekly(); ok {
			t.Errorf("%q is not weekly", other)
		}
	}
	var none daily.Schedule
	if o, ok := none.Next(time.Unix(0, 0), time.UTC, daily.Occurrence{}); ok {
		t.Errorf("the zero Schedule runs at %s", o)
	}
}

// FuzzParse looks for expressions that break the parser, or that it takes and that then do not
// run when they say.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"0 9 * * *", "TZ=UTC", ", * * * *", "*/70 9 * * *", "@every 1s", "30 9 * jan-mar mon,7", "0 9 31 2 *", "5 4 */3 * 1-5/2"} {
		f.Add(s)
	}
	zone := load(f, "Africa/Cairo")
	f.Fuzz(func(t *testing.T, expression string) {
		s, err := daily.Parse(expression, daily.OwnerRuns)
		if err != nil {
			return
		}
		after := time.Date(2026, time.April, 23, 12, 0, 0, 0, time.UTC)
		perDay := map[quiz.Day]int{}
		for _, o := range s.Upcoming(after, zone, daily.Occurrence{}, 60) {
			if !o.At.After(after) {
				t.Fatalf("%q: %v is not after %v", expression, o.At, after)
			}
			after = o.At
			if perDay[o.Day]++; perDay[o.Day] > s.Runs() {
				t.Fatalf("%q runs %d times on %s, it says %d", expression, perDay[o.Day], o.Day, s.Runs())
			}
		}
		if len(perDay) == 0 {
			t.Fatalf("%q never runs", expression)
		}
	})
}
