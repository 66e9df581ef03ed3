package daily_test

import (
	"sync"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
	"summitquiz/quiz"
	schedule "summitquiz/quiz/daily"
)

// Of two admins who change different things at once neither undoes what the other did.
func TestTwoAdminsAtOnce(t *testing.T) {
	p := newPlain(t)
	ada, bo := p.Enter(t, "Ada", language.English, true), p.Enter(t, "Bo", language.English, true)
	ada.Command("daily", map[string]string{"time": "9:30", "zone": "Seoul"}, nil)
	var working sync.WaitGroup
	working.Go(func() { ada.Command("daily", map[string]string{"questions": "7"}, nil) })
	working.Go(func() { bo.Command("daily", map[string]string{"days": "mon-fri"}, nil) })
	working.Wait()
	if x := chatDaily(t, p); x.Wish.Questions != 7 || x.Wish.Schedule != schedule.Weekly(schedule.At(9, 30), schedule.MondayToFriday).String() {
		t.Errorf("the daily asks for %+v, want both changes", x.Wish)
	}
}

// A date runs once, also when time or zone are changed after it ran, and when the clock is set back.
func TestADateRunsOnce(t *testing.T) {
	p := newPlain(t)
	ada := p.Enter(t, "Ada", language.English, true)
	ada.Command("daily", map[string]string{"time": "9:30", "zone": "Seoul"}, nil)
	p.Clock().Advance(92 * time.Minute)
	bottest.Await(t, ada, "the day's post", bottest.Shows("Daily quiz, 28 November 2026"))
	for _, o := range []map[string]string{{"time": "11:00"}, {"zone": "New York"}, {"time": "12:00"}, {"days": "weekend"}} {
		ada.Command("daily", o, nil)
		if x := chatDaily(t, p); x.Next.Day <= x.Done.Day {
			t.Errorf("after %v the daily of %s comes on %s", o, x.Done.Day, x.Next.Day)
		}
	}
	ada.Command("daily", nil, nil)
	ada.Click(shown(phrase.ButtonDailyNow))
	bottest.Await(t, ada, "being told", bottest.Shows(shown(phrase.DailyHadToday)))
}

// A pack that is switched off between two runs is said once, with what to type; another one goes on.
func TestAPackIsSwitchedOff(t *testing.T) {
	p := newPlain(t)
	ada := p.Enter(t, "Ada", language.English, true)
	ada.Command("daily", map[string]string{"time": "9:30", "zone": "Seoul", "pack": summit}, nil)
	p.Service().Provide(t, "planets-and-elements")
	ada.Command("pack disable", map[string]string{"pack": summit}, nil)
	p.Clock().Advance(92 * time.Minute)
	bottest.Await(t, ada, "being told", bottest.Shows("cannot be played here any more"))
	p.Clock().Advance(24 * time.Hour)
	until(t, "the second skip", func() bool { return chatDaily(t, p).Done.Day == quiz.DayOf(2026, time.November, 29) })
	said := 0
	for _, c := range ada.Screen() {
		if bottest.Shows("cannot be played here any more")(c) {
			said++
		}
	}
	if said != 1 {
		t.Errorf("it is said %d times, want once", said)
	}
	ada.Command("daily", map[string]string{"pack": "planets-and-elements"}, nil)
	p.Clock().Advance(24 * time.Hour)
	bottest.Await(t, ada, "the next day", bottest.Shows("Daily quiz, 30 November 2026"))
}

// A member who flies over the date line plays no day twice and loses none.
func TestAMemberChangesZone(t *testing.T) {
	p := newPlain(t)
	nora := p.Alone(t, "Nora", language.English)
	nora.Command("daily", map[string]string{"time": "9:30", "zone": "Honolulu", "questions": "1"}, nil)
	streak := func() schedule.Streak {
		t.Helper()
		_, _, m, err := p.Store().Enter(t.Context(), bot.Place{Platform: "plain", Space: "dm-nora", Chat: "dm-nora", Private: true},
			bot.Person{User: "nora", Name: "Nora"}, night)
		if err != nil {
			t.Fatal(err)
		}
		x, err := p.Store().MemberStreak(t.Context(), m.ID)
		if err != nil {
			t.Fatal(err)
		}
		return x.Streak
	}
	play := func(date string) {
		t.Helper()
		bottest.Await(t, nora, date, bottest.Shows("Daily quiz, "+date))
		_, views := live(t, p)
		solve(t, nora, &views[0], true)
		bottest.Await(t, nora, "the verdict", bottest.Shows(date, "1 of 1 right today"))
	}
	p.Clock().Advance(21 * time.Hour) // Saturday 10:00 in Honolulu
	play("28 November 2026")
	p.Clock().Advance(time.Hour)
	nora.Command("language", map[string]string{"zone": "Pacific/Auckland"}, nil) // where it is Sunday 10:00
	nora.Command("daily", map[string]string{"zone": "Auckland"}, nil)
	p.Clock().Advance(24 * time.Hour) // Monday 10:00 in Auckland
	play("30 November 2026")
	if s := streak(); s.Days != 2 || s.Played != 2 {
		t.Errorf("the streak is %+v, want 2 days: Sunday was lost to the flight", s)
	}
	nora.Command("language", map[string]string{"zone": "Pacific/Honolulu"}, nil)
	if days, _ := streak().On(quiz.DayOf(2026, time.November, 29)); days != 2 {
		t.Errorf("back on Sunday the streak is %d, want 2", days)
	}
}

// What somebody answered today in one place counts there, and they are told so in the other.
func TestTheSameQuestionInTwoPlaces(t *testing.T) {
	p := newPlain(t)
	ada := p.Enter(t, "Ada", language.English, true)
	ada.Command("daily", map[string]string{"time": "9:30", "zone": "Seoul", "questions": "1"}, nil)
	private := p.Alone(t, "Ada", language.English)
	private.Command("daily", map[string]string{"time": "9:30", "zone": "Seoul", "questions": "1"}, nil)
	p.Clock().Advance(92 * time.Minute)
	bottest.Await(t, private, "the question", bottest.Shows("question 1 of 1"))
	bottest.Await(t, ada, "the day's post", bottest.Shows("Daily quiz, 28 November 2026"))
	views := bottest.DailyViews(t, p.Store())
	solve(t, private, &views[0], true)
	bottest.Await(t, private, "the result", bottest.Shows("1 of 1 right today"))
	ada.Click(shown(phrase.ButtonDailyPlay))
	bottest.Await(t, ada, "the same result", bottest.Shows("1 of 1 right today"))
	page, err := p.Store().DailyBoard(t.Context(), bot.DailyBoardQuery{To: 1 << 20, Limit: 9})
	if err != nil || len(page.Rows) != 1 || page.Rows[0].Asked != 1 {
		t.Errorf("the board of everywhere is %+v, %v, want one answer", page, err)
	}
}

// The ranking of all places comes when the day is over everywhere.
func TestAllPlacesAreRanked(t *testing.T) {
	p := newPlain(t)
	ada := p.Enter(t, "Ada", language.English, true)
	ada.Command("daily", map[string]string{"time": "9:30", "zone": "Seoul", "questions": "1", "board": "everywhere", "window": "60"}, nil)
	p.Clock().Advance(92 * time.Minute)
	bottest.Await(t, ada, "the day's post", bottest.Shows("Daily quiz, 28 November 2026"))
	views := bottest.DailyViews(t, p.Store())
	ada.Click(shown(phrase.ButtonDailyPlay))
	solve(t, ada, &views[0], true)
	p.Clock().Advance(61 * time.Minute)
	bottest.Await(t, ada, "the result", bottest.Shows("28 November 2026: the result", shown(phrase.DailyRoomsSoon)))
	ada.Command("daily", nil, nil)
	ada.Click(shown(phrase.ButtonDailyPause))
	p.Clock().Advance(64 * time.Hour)
	bottest.Await(t, ada, "the ranking", bottest.Shows("28 November 2026: the result", "All places", "1. Room: 100 per cent right, 1 player"))
}
