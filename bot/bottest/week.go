package bottest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/daily"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
	"summitquiz/quiz"
)

// weekDays is how many days Week plays: long enough for a freeze to be earned and spent.
const weekDays = 9

// WeekResult is how a week ends: rows of the board of the season and streaks, each by name.
type WeekResult struct{ Board, Streaks []string }

// weekWanted is how Week ends on every platform.
var weekWanted = WeekResult{
	Board:   []string{"1. Ada: 9 of 9", "2. Min: 5 of 8", "3. Nour: 2 of 2"},
	Streaks: []string{"Ada: 9 days, best 9, freezes 1", "Min: 8 days, best 8, freezes 0", "Nour: 1 days, best 1, freezes 0"},
}

// week plays a week of dailies that ends alike everywhere.
func week(t *testing.T, open func(*testing.T) Stage) {
	if got := Week(t, open(t)); !slices.Equal(got.Board, weekWanted.Board) || !slices.Equal(got.Streaks, weekWanted.Streaks) {
		t.Errorf("the week ends with %v, want %v", got, weekWanted)
	}
}

// Week has three people play a chat's daily of one question for nine days: Ada every day and always
// rightly, Min every day but the eighth and every second time rightly, Nour on the first and the last
// day.
func Week(t *testing.T, s Stage) WeekResult {
	t.Helper()
	names := []string{"Ada", "Min", "Nour"}
	players := []Actor{s.Enter(t, "Ada", language.English, true), s.Enter(t, "Min", language.English, false), s.Enter(t, "Nour", language.English, false)}
	settings := options{"zone": "Asia/Seoul"}
	if s.Limits().Polls {
		settings["reveal"] = "at-end"
	}
	told(t, players[0], says(language.English, phrase.SettingsSaved), command(players[0], "settings", settings))
	seoul, err := time.LoadLocation("Asia/Seoul")
	if err != nil {
		t.Fatal(err)
	}
	at := s.Clock().Now().In(seoul).Add(5 * time.Minute)
	told(t, players[0], "1 question", command(players[0], "daily", options{"time": at.Format("15:04"), "zone": "Seoul", "questions": "1", "pack": summit}))
	for n := range weekDays {
		s.Clock().Advance(7 * time.Minute)
		if n > 0 {
			s.Clock().Advance(24*time.Hour - 7*time.Minute)
		}
		y, m, d := at.AddDate(0, 0, n).Date()
		date := phrase.Date("date", language.Date{Year: int16(y), Month: int8(m), Day: int8(d)})
		title := says(language.English, phrase.DailyDayTitle, date)
		for i, a := range players {
			if i == 1 && n == 7 || i == 2 && n > 0 && n < weekDays-1 {
				continue
			}
			playDay(t, s, a, title, i != 1 || n%2 == 0)
		}
	}
	s.Clock().Advance(25 * time.Hour)
	Await(t, players[0], "the last result", Shows("result", says(language.English, phrase.DailyBoardSeason)))
	return weekResult(t, s, names)
}

// playDay answers the question of the day, rightly or not: behind Play, or where it stands in the
// chat, as on platforms with polls.
func playDay(t *testing.T, s Stage, a Actor, title string, right bool) {
	t.Helper()
	Await(t, a, title, func(c Card) bool { return strings.HasPrefix(c.Text, title) })
	play := says(language.English, phrase.ButtonDailyPlay)
	if slices.ContainsFunc(a.Screen(), func(c Card) bool { return strings.HasPrefix(c.Text, title) && slices.Contains(c.Buttons, play) }) {
		a.Click(play)
	}
	Await(t, a, "the day before to be over", func(Card) bool {
		all, err := s.Store().Live(t.Context(), daily.Kind)
		return err == nil && len(all) == 1
	})
	v := &DailyViews(t, s.Store())[0]
	Await(t, a, v.Stem, func(c Card) bool {
		return holdsLines(c.Text, v.Stem) && (len(c.Options) > 0 || len(v.Options) == 0)
	})
	before := dailyAnswers(t, s.Store())
	switch {
	case len(v.Options) > 0 && right:
		a.Click(v.Labels[v.Key])
	case len(v.Options) > 0:
		a.Click(v.Labels[(v.Key+1)%len(v.Options)])
	case right:
		a.Type(language.StripIsolates(v.Accepts[0]))
	default:
		a.Type("70 bananas")
	}
	Await(t, a, "the answer to be saved", func(Card) bool { return dailyAnswers(t, s.Store()) == before+1 })
}

// holdsLines reports whether a text shows every line of another one, whatever a platform sets between them.
func holdsLines(text, lines string) bool {
	for line := range strings.Lines(language.StripIsolates(lines)) {
		if !strings.Contains(text, strings.TrimSpace(line)) {
			return false
		}
	}
	return true
}

// dailyAnswers is how many answers the dailies have that are open.
func dailyAnswers(t *testing.T, s bot.Store) (n int) {
	t.Helper()
	all, err := s.Live(t.Context(), daily.Kind)
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range all {
		n += g.Answers
	}
	return n
}

// DailyViews are the questions in English of the newest daily that is open.
func DailyViews(t *testing.T, s bot.Store) []quiz.View {
	t.Helper()
	all, err := s.Live(t.Context(), daily.Kind)
	if err != nil || len(all) == 0 {
		t.Fatalf("%d dailies are open, %v", len(all), err)
	}
	session := all[len(all)-1]
	var about struct {
		Date      quiz.Day
		Questions int
	}
	if err := json.Unmarshal(session.Script, &about); err != nil {
		t.Fatal(err)
	}
	set, err := s.DailySet(t.Context(), session.Pack, session.Hash, about.Date, about.Questions)
	if err != nil {
		t.Fatal(err)
	}
	var day struct{ Views map[string][]quiz.View }
	if err := json.Unmarshal(set.Data, &day); err != nil {
		t.Fatal(err)
	}
	return day.Views["en"]
}

// weekResult reads boards and streaks.
func weekResult(t *testing.T, s Stage, names []string) WeekResult {
	t.Helper()
	var out WeekResult
	page, err := s.Store().DailyBoard(t.Context(), bot.DailyBoardQuery{To: 1 << 20, Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range page.Rows {
		out.Board = append(out.Board, fmt.Sprintf("%d. %s: %d of %d", row.Rank, row.Name, row.Right, row.Asked))
		x, err := s.Store().MemberStreak(t.Context(), row.Member)
		if err != nil {
			t.Fatal(err)
		}
		out.Streaks = append(out.Streaks, fmt.Sprintf("%s: %d days, best %d, freezes %d", row.Name, x.Streak.Days, x.Streak.Best, x.Streak.Freezes))
	}
	if len(out.Streaks) != len(names) {
		t.Errorf("%d have streaks, want %d", len(out.Streaks), len(names))
	}
	return out
}
