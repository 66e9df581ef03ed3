package daily_test

import (
	"database/sql"
	"slices"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/daily"
)

func sortGuests(v []guest) {
	slices.SortStableFunc(v, func(a, b guest) int { return a.at.Compare(b.at) })
}

func zonesOf(all []bot.Subscription) map[string]bool {
	out := map[string]bool{}
	for _, x := range all {
		out[string(x.Wish.Zone)] = true
	}
	return out
}

// record is what a second program reads of the database of a run. It shares no code with the daily:
// it asks the calendar of package time day by day, and counts streaks by walking over the days.
type record struct {
	runs    []recordedRun
	answers []recordedAnswer
	streaks map[int64][4]int // by member: days, best, freezes, played
	zones   map[int64]string // of members

	skips   map[skip]int64
	indexed map[string]bool // by zone
}

type recordedRun struct {
	subscription, day, time, at, chat, member, session int64
	skipped                                            string
}

type recordedAnswer struct{ member, chat, day, daily, at int64 }

func readRecord(t *testing.T, path string) *record {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	r := &record{streaks: map[int64][4]int{}, zones: map[int64]string{}}
	each := func(query string, scan func(*sql.Rows) error) {
		rows, err := db.QueryContext(t.Context(), query)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			if err := scan(rows); err != nil {
				t.Fatal(err)
			}
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
	}
	each(`SELECT subscription, day, time, at, chat, member, session, skipped FROM daily_runs ORDER BY at`, func(rows *sql.Rows) error {
		var x recordedRun
		defer func() { r.runs = append(r.runs, x) }()
		return rows.Scan(&x.subscription, &x.day, &x.time, &x.at, &x.chat, &x.member, &x.session, &x.skipped)
	})
	each(`SELECT member, chat, day, daily, at FROM answers WHERE final = 1 AND daily <> 0 ORDER BY id`, func(rows *sql.Rows) error {
		var x recordedAnswer
		defer func() { r.answers = append(r.answers, x) }()
		return rows.Scan(&x.member, &x.chat, &x.day, &x.daily, &x.at)
	})
	each(`SELECT member, days, best, freezes, played FROM streaks`, func(rows *sql.Rows) error {
		var m int64
		var s [4]int
		defer func() { r.streaks[m] = s }()
		return rows.Scan(&m, &s[0], &s[1], &s[2], &s[3])
	})
	each(`SELECT id, zone FROM members`, func(rows *sql.Rows) error {
		var m int64
		var zone string
		defer func() { r.zones[m] = zone }()
		return rows.Scan(&m, &zone)
	})
	return r
}

// checkRuns compares the dates on which each subscription ran with those on which clocks in its zone
// showed its time, and the posts that arrived with the runs.
func (r *record) checkRuns(t *testing.T, all []bot.Subscription, from, to time.Time, posts map[bot.Slot]int) (posted, skipped int) {
	t.Helper()
	ran := map[[2]int64]int{}
	for _, x := range r.runs {
		ran[[2]int64{x.subscription, x.day}]++
		n := posts[bot.Slot{Kind: daily.Kind, ID: x.session, Part: "day"}]
		switch {
		case x.skipped == "" && n == 1:
			posted++
		case x.skipped != "" && n == 0:
			skipped++
		default:
			t.Errorf("subscription %d on day %d: skipped %q, and %d posts", x.subscription, x.day, x.skipped, n)
		}
	}
	for _, x := range all {
		want := datesOf(t, &x, from, to)
		for day := range want {
			if ran[[2]int64{int64(x.ID), day}] != 1 && want[day].Before(to.Add(-2*time.Minute)) {
				t.Errorf("subscription %d (%s, %s) ran %d times on %s, want once", x.ID, x.Wish.Schedule, x.Wish.Zone,
					ran[[2]int64{int64(x.ID), day}], time.Unix(day*86400, 0).UTC().Format(time.DateOnly))
			}
			delete(ran, [2]int64{int64(x.ID), day})
		}
	}
	for key, n := range ran {
		t.Errorf("subscription %d ran %d times on day %d, want never", key[0], n, key[1])
	}
	return posted, skipped
}

// datesOf walks through time minute by minute around the hour of a subscription, and returns the
// first moment of each of its dates at which clocks show its time or a later one.
func datesOf(t *testing.T, x *bot.Subscription, from, to time.Time) map[int64]time.Time {
	t.Helper()
	zone, err := time.LoadLocation(string(x.Wish.Zone))
	if err != nil {
		t.Fatal(err)
	}
	minute, hour, days := fields(t, x.Wish.Schedule)
	out := map[int64]time.Time{}
	for at := from.Add(-48 * time.Hour).Truncate(24 * time.Hour); at.Before(to.Add(48 * time.Hour)); at = at.Add(24 * time.Hour) {
		y, m, d := at.Date() // a date of the calendar; is it one of the zone?
		day := time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400
		if days != nil && !days[int(at.Weekday())] {
			continue
		}
		guess := time.Date(y, m, d, hour, minute, 0, 0, zone).Add(-4 * time.Hour)
		for step := range 8 * 60 {
			moment := guess.Add(time.Duration(step) * time.Minute)
			ly, lm, ld := moment.In(zone).Date()
			shows := moment.In(zone).Hour()*60 + moment.In(zone).Minute()
			same := ly == y && lm == m && ld == d && shows >= hour*60+minute
			later := time.Date(ly, lm, ld, 0, 0, 0, 0, time.UTC).After(time.Date(y, m, d, 0, 0, 0, 0, time.UTC))
			if same || later {
				if moment.After(from) && !moment.After(to) {
					out[day] = moment
				}
				break
			}
		}
	}
	return out
}

// fields reads the expressions that the run uses: a minute, an hour, and days of the week or *.
func fields(t *testing.T, expression string) (minute, hour int, days map[int]bool) {
	t.Helper()
	var parts [5]string
	n := 0
	for _, c := range expression {
		if c == ' ' {
			n++
			continue
		}
		parts[n] += string(c)
	}
	number := func(s string) (v int) {
		for _, c := range s {
			v = v*10 + int(c-'0')
		}
		return v
	}
	if parts[4] != "*" {
		days = map[int]bool{}
		part, from := "", -1
		add := func() {
			v := number(part) % 7
			for d := v; from >= 0 && d != from; d = (d + 6) % 7 {
				days[d] = true
			}
			if days[v] = true; from >= 0 {
				days[from] = true
			}
			part, from = "", -1
		}
		for _, c := range parts[4] {
			switch c {
			case ',':
				add()
			case '-':
				from, part = number(part)%7, ""
			default:
				part += string(c)
			}
		}
		add()
	}
	return number(parts[0]), number(parts[1]), days
}

// checkStreaks walks over the days of each member and compares their streak.
func (r *record) checkStreaks(t *testing.T) int {
	t.Helper()
	played := map[int64][]recordedAnswer{}
	for _, a := range r.answers {
		played[a.member] = append(played[a.member], a)
	}
	for m, answers := range played {
		if got, want := r.streaks[m], r.walk(t, m, answers); got != want {
			t.Errorf("streak of member %d is %v (days, best, freezes, played), recomputed %v", m, got, want)
		}
	}
	if len(r.streaks) != len(played) {
		t.Errorf("%d members have streaks, and %d have played", len(r.streaks), len(played))
	}
	return len(played)
}

// walk counts a streak from the answers of a member in their order.
func (r *record) walk(t *testing.T, m int64, answers []recordedAnswer) [4]int {
	t.Helper()
	zone, err := time.LoadLocation(r.zones[m])
	if err != nil {
		t.Fatal(err)
	}
	days, best, freezes, count := 0, 0, 0, 0
	last := int64(-1)
	for i, a := range answers {
		if last >= 0 && a.day <= last {
			continue // the day had counted
		}
		missed := 0
		for d := last + 1; last >= 0 && d < a.day; d++ {
			if !r.excused(zone, m, answers[:i], d, last, a.at) {
				missed++
			}
		}
		switch {
		case last < 0 || missed > freezes:
			days = 1
		default:
			freezes -= missed
			days++
		}
		if days%7 == 0 && freezes < 2 {
			freezes++
		}
		count, last, best = count+1, a.day, max(best, days)
	}
	return [4]int{days, best, freezes, count}
}

// skip is a skipped run of a member's own (chat 0), or of a chat, by the day that it would have been
// in a zone.
type skip struct {
	zone         string
	member, chat int64
	day          int64
}

// index notes when runs were skipped, as clocks in a zone show it.
func (r *record) index(name string, zone *time.Location) {
	if r.skips == nil {
		r.skips, r.indexed = map[skip]int64{}, map[string]bool{}
	}
	if r.indexed[name] {
		return
	}
	r.indexed[name] = true
	for _, x := range r.runs {
		if x.skipped == "" {
			continue
		}
		local := time.UnixMicro(x.at).In(zone)
		if local.Hour() < 4 {
			local = local.AddDate(0, 0, -1)
		}
		y, mon, d := local.Date()
		k := skip{zone: name, member: x.member, day: time.Date(y, mon, d, 0, 0, 0, 0, time.UTC).Unix() / 86400}
		if x.member == 0 {
			k.chat = x.chat
		}
		if at, ok := r.skips[k]; !ok || x.at < at {
			r.skips[k] = x.at
		}
	}
}

// excused reports whether a daily that a member could have played on a day was skipped: one of their
// own, or of a chat where they had answered one in the 30 days before.
func (r *record) excused(zone *time.Location, m int64, before []recordedAnswer, day, last, now int64) bool {
	name := r.zones[m]
	r.index(name, zone)
	if at, ok := r.skips[skip{name, m, 0, day}]; ok && at < now {
		return true
	}
	return slices.ContainsFunc(before, func(a recordedAnswer) bool {
		at, ok := r.skips[skip{name, 0, a.chat, day}]
		return ok && at < now && a.daily >= last-30
	})
}
