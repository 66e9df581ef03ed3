package daily_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/daily"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
	"summitquiz/quiz"
	schedule "summitquiz/quiz/daily"
)

// date is how a language writes a day of November 2026.
func date(day int) phrase.Arg {
	y, m, d := quiz.DayOf(2026, time.November, day).Date()
	return phrase.Date("date", language.Date{Year: int16(y), Month: int8(m), Day: int8(d)})
}

// sent is how often a new post was delivered for dailies, once none waits.
func sent(t *testing.T, p *bottest.Plain) int {
	t.Helper()
	until(t, "quiet", func() bool {
		rest, err := p.Store().Backlog(t.Context(), []bot.Kind{daily.Kind})
		return err == nil && len(rest) == 0
	})
	return p.Arrived(daily.Kind)
}

// A clock that is set back by a day posts no date again and answers no question twice; it goes on when
// the date after comes.
func TestTheClockIsSetBack(t *testing.T) {
	p := newPlain(t)
	ada := p.Enter(t, "Ada", language.English, true)
	ada.Command("daily", map[string]string{"time": "9:30", "zone": "Seoul", "questions": "1"}, nil)
	p.Clock().Advance(92 * time.Minute)
	bottest.Await(t, ada, "the day's post", bottest.Shows("Daily quiz, 28 November 2026"))
	ada.Click(shown(phrase.ButtonDailyPlay))
	_, views := live(t, p)
	solve(t, ada, &views[0], true)
	bottest.Await(t, ada, "the result of Ada", bottest.Shows("1 of 1 right today"))
	p.Clock().Advance(-24 * time.Hour)
	ada.Click(shown(phrase.ButtonDailyPlay))
	bottest.Await(t, ada, "the same result", bottest.Shows("1 of 1 right today"))
	for range 2 {
		p.Clock().Advance(12 * time.Hour)
		if x := chatDaily(t, p); x.Done.Day != quiz.DayOf(2026, time.November, 28) || x.Next.Day != quiz.DayOf(2026, time.November, 29) {
			t.Errorf("after the clock was set back %s is done and %s comes next", x.Done.Day, x.Next.Day)
		}
	}
	p.Clock().Advance(24 * time.Hour)
	bottest.Await(t, ada, "the next day", bottest.Shows("Daily quiz, 29 November 2026"))
	bottest.Await(t, ada, "the result", bottest.Shows("Daily quiz, 28 November 2026: the result", "1 of 1 right: Ada"))
	if n := sent(t, p); n != 2 {
		t.Errorf("%d posts for two dates", n)
	}
	page, err := p.Store().DailyBoard(t.Context(), bot.DailyBoardQuery{To: 1 << 20, Limit: 9})
	if err != nil || len(page.Rows) != 1 || page.Rows[0].Asked != 1 {
		t.Errorf("the board is %+v, %v, want one answer", page, err)
	}
}

// A window that is longer than the time to the next run ends when that comes: never are two open.
func TestAWindowLongerThanTheGap(t *testing.T) {
	p := newOwned(t)
	boss := p.Alone(t, "Boss", language.English)
	boss.Command("daily", map[string]string{"cron": "0 */2 * * *", "zone": "Seoul", "questions": "1", "window": "1440"}, nil)
	p.Clock().Advance(2*time.Hour + 2*time.Minute) // 10:02
	for n := range 4 {
		session, _ := live(t, p)
		seoul, err := time.LoadLocation("Asia/Seoul")
		if err != nil {
			t.Fatal(err)
		}
		if at := session.Started.In(seoul); at.Hour() != 10+2*n {
			t.Errorf("run %d began at %s", n, at)
		}
		p.Clock().Advance(2 * time.Hour)
		until(t, "the next run", func() bool {
			all, err := p.Store().Live(t.Context(), daily.Kind)
			return err == nil && len(all) == 1 && all[0].ID != session.ID
		})
	}
	if n := sent(t, p); n != 5 {
		t.Errorf("%d posts for five runs", n)
	}
}

// What did not come while nothing ran is told with the next day that comes, once, in the chat and to
// whoever has a daily of their own; a day that comes late says so.
func TestDaysThatWereMissedAreTold(t *testing.T) {
	for _, lang := range language.Own() {
		t.Run(lang.String(), func(t *testing.T) {
			t.Parallel()
			p := newStage(t, telegramLimits)
			ada, ben := p.Enter(t, "Ada", lang, true), p.Alone(t, "Ben", lang)
			say := func(id phrase.ID, args ...phrase.Arg) string { return says(lang, id, args...) }
			ada.Command("settings", map[string]string{"language": lang.String()}, nil)
			for _, c := range []bottest.Actor{ada, ben} {
				c.Command("daily", map[string]string{"time": "9:30", "zone": "Seoul", "pack": summit, "questions": "1"}, nil)
			}
			days := map[bottest.Actor]phrase.ID{ada: phrase.DailyDayTitle, ben: phrase.DailyQuestionTitle}
			opens := func(d int, more ...string) {
				t.Helper()
				for c, title := range days {
					name := say(title, date(d), phrase.Count("number", 1), phrase.Count("total", 1))
					bottest.Await(t, c, fmt.Sprint("day ", d), bottest.Shows(append([]string{name}, more...)...))
					for _, m := range c.Screen() {
						told := bottest.Shows(name, say(phrase.DailyMissed, phrase.Count("missed", 1), date(d-1)))(m) || bottest.Shows(name, say(phrase.DailyLate, phrase.Name("time", "09:30")))(m)
						if len(more) == 0 && told {
							t.Errorf("day %d tells of another:\n%s", d, m.Text)
						}
					}
				}
			}
			p.Clock().Advance(92 * time.Minute)
			opens(28)
			p.Clock().Advance(28 * time.Hour) // the 29th is missed
			until(t, "the day being skipped", func() bool { return chatDaily(t, p).Done.Day == quiz.DayOf(2026, time.November, 29) })
			p.Clock().Advance(20 * time.Hour)
			opens(30, say(phrase.DailyMissed, phrase.Count("missed", 1), date(29)))
			p.Clock().Advance(24 * time.Hour)
			opens(31)
			p.Clock().Advance(26 * time.Hour)
			opens(32, say(phrase.DailyLate, phrase.Name("time", "09:30")))
			p.Clock().Advance(50 * time.Hour) // the 3rd and the 4th of December are missed
			until(t, "the days being skipped", func() bool { return chatDaily(t, p).Done.Day == quiz.DayOf(2026, time.December, 4) })
			p.Clock().Advance(20 * time.Hour)
			opens(35, say(phrase.DailyMissed, phrase.Count("missed", 2), date(33)))
		})
	}
}

// card is a pack in all languages, with as many cards as asked for.
func card(version string, cards int) *bot.File {
	var b strings.Builder
	fmt.Fprintf(&b, "pack: lakes\nversion: %s\nlanguages: [ar, en, ko, zh]\ntitle: {ar: بحيرات, en: Lakes, ko: 호수, zh: 湖泊}\ncards:\n", version)
	for n := range cards {
		name := string('A' + rune(n))
		fmt.Fprintf(&b, "  - {ask: {ar: \"ما اسم البحيرة رقم %d؟\", en: \"What is lake number %d called?\", ko: \"%d번 호수의 이름은?\", zh: \"第%d个湖叫什么？\"}, "+
			"answer: {ar: بحيرة %s, en: Lake %s, ko: 호수 %s, zh: 湖%s}}\n", n+1, n+1, n+1, n+1, name, name, name, name)
	}
	return &bot.File{Name: "lakes.yaml", Type: "application/yaml", Data: []byte(b.String())}
}

// Between two runs a pack shrinks, is rolled back, is switched off and comes back: each day says what it
// has, in the chat's language, what is open goes on with what it began with, and no date is lost but the
// one that had nothing to ask.
func TestAPackChangesBetweenTwoRuns(t *testing.T) {
	for _, lang := range language.Own() {
		t.Run(lang.String(), func(t *testing.T) {
			t.Parallel()
			p := newStage(t, telegramLimits)
			ada := p.Enter(t, "Ada", lang, true)
			say := func(id phrase.ID, args ...phrase.Arg) string { return says(lang, id, args...) }
			load := func(f *bot.File) {
				t.Helper()
				ada.Command("pack load", nil, f)
				ada.Click(phrase.Say(lang, phrase.ButtonPublish))
			}
			title := phrase.Text("pack", map[language.Code]string{language.Arabic: "بحيرات", language.English: "Lakes", language.Korean: "호수", language.Chinese: "湖泊"}[lang])
			opened := func(day, questions int) {
				t.Helper()
				bottest.Await(t, ada, fmt.Sprint("day ", day), bottest.Shows(say(phrase.DailyDayTitle, date(day)), say(phrase.DailyDayWhat, title, phrase.Count("questions", questions))))
			}
			ada.Command("settings", map[string]string{"language": lang.String()}, nil)
			load(card("1.0.0", 3))
			load(card("1.1.0", 8))
			ada.Command("daily", map[string]string{"time": "9:30", "zone": "Seoul", "pack": "lakes", "questions": "5"}, nil)
			p.Clock().Advance(92 * time.Minute)
			opened(28, 5)
			session, _ := live(t, p)
			ada.Command("pack rollback", map[string]string{"pack": "lakes", "version": "1.0.0"}, nil)
			if after, err := p.Store().Session(t.Context(), session.ID); err != nil || after.Hash != session.Hash {
				t.Errorf("the day that is open went to another version, %v", err)
			}
			p.Clock().Advance(24 * time.Hour)
			bottest.Await(t, ada, "the result", bottest.Shows(say(phrase.DailyResultTitle, date(28)), "5. "))
			opened(29, 3)
			bottest.Await(t, ada, "being told that the pack has no more", bottest.Shows(say(phrase.DailyDayTitle, date(29)), say(phrase.DailyFewer, phrase.Count("wanted", 5))))
			ada.Command("pack disable", map[string]string{"pack": "lakes"}, nil)
			p.Clock().Advance(24 * time.Hour)
			bottest.Await(t, ada, "the result", bottest.Shows(say(phrase.DailyResultTitle, date(29)), "3. "))
			bottest.Await(t, ada, "being told", bottest.Shows(say(phrase.DailyNoPack, title)))
			ada.Command("pack enable", map[string]string{"pack": "lakes"}, nil)
			p.Clock().Advance(24 * time.Hour)
			until(t, "the day after", func() bool { return chatDaily(t, p).Done.Day == quiz.DayOf(2026, time.December, 1) })
			session, _ = live(t, p)
			if n := sent(t, p); session.Pack == "" || n != 3+5+3+3 {
				t.Errorf("%d posts, want three days and their questions", n)
			}
		})
	}
}

// What is switched off posts nothing any more, also not what was queued already or would be posted anew.
func TestSwitchedOffIsOff(t *testing.T) {
	p := newStage(t, telegramLimits)
	nora := p.Alone(t, "Nora", language.English)
	nora.Command("daily", map[string]string{"time": "9:30", "zone": "Seoul", "questions": "1", "window": "60"}, nil)
	p.SetRefuse(func(d bot.Delivery) error {
		if d.Slot.Kind == daily.Kind {
			return &bot.RetryError{After: time.Hour}
		}
		return nil
	})
	p.Clock().Advance(92 * time.Minute)
	until(t, "a post that waits", func() bool { // to be tried again in an hour
		rest, err := p.Store().Backlog(t.Context(), []bot.Kind{daily.Kind})
		return err == nil && len(rest) == 1 && p.Clock().Waits(p.Clock().Now().Add(time.Hour))
	})
	nora.Command("daily", nil, nil)
	nora.Click(shown(phrase.ButtonDailyOff))
	p.SetRefuse(nil)
	p.Clock().Advance(48 * time.Hour)
	nora.Command("daily", map[string]string{"time": "9:30", "zone": "Seoul", "questions": "1", "window": "60"}, nil)
	until(t, "nothing that waits", func() bool {
		rest, err := p.Store().Backlog(t.Context(), []bot.Kind{daily.Kind})
		all, err2 := p.Store().Live(t.Context(), daily.Kind)
		return err == nil && err2 == nil && len(rest) == 0 && len(all) == 0
	})
	if n := sent(t, p); n != 0 {
		t.Errorf("%d posts come after the daily was switched off", n)
	}
	p.Clock().Advance(24 * time.Hour)
	bottest.Await(t, nora, "the daily of the new one", bottest.Shows("question 1 of 1"))
	p.SetRefuse(func(d bot.Delivery) error {
		if d.Slot.Kind == daily.Kind && d.Op == bot.Edit {
			return bot.ErrPostGone
		}
		return nil
	})
	nora.Click(shown(phrase.ButtonDailyChange))
	nora.Click(shown(phrase.ButtonDailyOff))
	bottest.Await(t, nora, "being told", bottest.Shows(shown(phrase.DailyIsOff)))
	p.Clock().Advance(2 * time.Hour)
	until(t, "the end", func() bool {
		rest, err := p.Store().Backlog(t.Context(), []bot.Kind{daily.Kind})
		all, err2 := p.Store().Live(t.Context(), daily.Kind)
		return err == nil && err2 == nil && len(rest) == 0 && len(all) == 0
	})
	if n := sent(t, p); n != 1 {
		t.Errorf("%d posts of one day", n)
	}
}

// A member has five dailies, and is told that this is the most.
func TestFiveDailies(t *testing.T) {
	p := newStage(t, telegramLimits)
	nora := p.Alone(t, "Nora", language.English)
	nora.Command("daily", map[string]string{"time": "9:30", "zone": "Seoul"}, nil)
	for n := range 4 {
		nora.Click(shown(phrase.ButtonDailyAnother))
		nora.Click("20:00")
		bottest.Await(t, nora, "one more", bottest.Shows(shown(phrase.DailyOther, phrase.Count("number", n+2), phrase.Count("total", n+2))))
	}
	card := bottest.Await(t, nora, "the fifth", bottest.Shows("5 of your 5"))
	for _, label := range card.Buttons {
		if label == shown(phrase.ButtonDailyAnother) {
			t.Error("the card of the fifth offers a sixth")
		}
	}
	nora.Again() // the button that made the fifth
	bottest.Await(t, nora, "being told", bottest.Shows(shown(phrase.DailyTooMany, phrase.Count("count", 5))))
}

// Who writes a place wrongly is asked whether they meant the right one, in their language.
func TestAMisspeltPlace(t *testing.T) {
	for lang, c := range map[language.Code][2]string{language.English: {"Riyad", "Riyadh"}, language.Arabic: {"القاهرت", "القاهرة"},
		language.Korean: {"서을", "서울"}, language.Chinese: {"Shangai", "Shanghai"}} {
		p := newStage(t, telegramLimits)
		a := p.Alone(t, "Ada", lang)
		a.Command("daily", map[string]string{"zone": c[0]}, nil)
		before, after, _ := strings.Cut(says(lang, phrase.DailyZoneMeant, phrase.Name("text", c[0]), phrase.List("places", "%")), "%")
		bottest.Await(t, a, "a suggestion", bottest.Shows(before, c[1], after))
	}
}

// A streak that begins anew says what the best one was, and not that one is lost.
func TestAStreakBeginsAnew(t *testing.T) {
	p := newStage(t, telegramLimits)
	nora := p.Alone(t, "Nora", language.English)
	nora.Command("daily", map[string]string{"time": "9:30", "zone": "Seoul", "questions": "1"}, nil)
	p.Clock().Advance(92 * time.Minute)
	for day := range 6 {
		until(t, "the day", func() bool { return opensNow(t, p) })
		if day < 2 || day == 5 {
			_, views := live(t, p)
			solve(t, nora, &views[0], true)
			bottest.Await(t, nora, "the verdict", bottest.Shows(schedule.Share{Marks: []schedule.Mark{schedule.MarkRight}}.Signs()))
			until(t, "the answer", func() bool { return answersNow(t, p) == 1 })
		}
		p.Clock().Advance(24 * time.Hour)
	}
	bottest.Await(t, nora, "the best", bottest.Shows(shown(phrase.StreakBest, phrase.Count("best", 2)), "🟩 🔥 1"))
}

// opensNow reports whether the only daily that is open has begun within the hour.
func opensNow(t *testing.T, p *bottest.Plain) bool {
	t.Helper()
	all, err := p.Store().Live(t.Context(), daily.Kind)
	return err == nil && len(all) == 1 && p.Clock().Now().Sub(all[0].Started) < time.Hour
}

// answersNow is how many answers the only daily has that is open; -1: there is not one.
func answersNow(t *testing.T, p *bottest.Plain) int {
	t.Helper()
	if all, err := p.Store().Live(t.Context(), daily.Kind); err == nil && len(all) == 1 {
		return all[0].Answers
	}
	return -1
}
