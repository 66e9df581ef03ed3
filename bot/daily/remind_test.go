package daily_test

import (
	"strings"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/daily"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// reminded is how many reminders a person sees.
func reminded(a bottest.Actor, lang language.Code) (n int) {
	for _, c := range a.Screen() {
		if strings.Contains(c.Text, says(lang, phrase.DailyReminder, phrase.Name("time", "04:00"))) {
			n++
		}
	}
	return n
}

// planned waits until no reminder is due or being sent, for which it is claimed for less than an hour,
// and is whether one is planned.
func planned(t *testing.T, p *bottest.Plain) (some bool) {
	t.Helper()
	until(t, "the reminder", func() bool {
		next, found, err := p.Store().Next(t.Context(), []bot.Kind{daily.ReminderKind})
		rest, err2 := p.Store().Backlog(t.Context(), []bot.Kind{daily.ReminderKind})
		some = found
		return err == nil && err2 == nil && (!found || next.Sub(p.Clock().Now()) > time.Hour) && len(rest) == 0
	})
	return some
}

// Who switched reminders on gets one at two in the morning, unless they have answered or nothing is
// open for them.
func TestReminders(t *testing.T) {
	p := newStage(t, telegramLimits)
	nora := p.Alone(t, "Nora", language.English)
	nora.Command("daily", map[string]string{"reminders": "on"}, nil)
	bottest.Await(t, nora, "being asked for a zone", bottest.Shows(shown(phrase.DailyRemindZone)))
	nora.Command("daily", map[string]string{"time": "9:30", "zone": "Seoul", "questions": "1", "reminders": "on"}, nil)
	bottest.Await(t, nora, "the card", bottest.Shows("at 09:30", shown(phrase.DailyRemindersOn, phrase.Name("time", "02:00"))))
	day := func(answer bool, want int) {
		t.Helper()
		p.Clock().Advance(7*time.Hour + 30*time.Minute) // 09:32
		until(t, "the daily", func() bool {
			all, err := p.Store().Live(t.Context(), daily.Kind)
			rest, err2 := p.Store().Backlog(t.Context(), []bot.Kind{daily.Kind})
			return err == nil && err2 == nil && len(all) == 1 && len(rest) == 0 && p.Clock().Now().Sub(all[0].Started) < time.Hour
		})
		if answer {
			_, views := live(t, p)
			solve(t, nora, &views[0], true)
			until(t, "the answer", func() bool { s, _ := live(t, p); return s.Answers == 1 })
		}
		p.Clock().Advance(16*time.Hour + 30*time.Minute) // 02:02
		if !planned(t, p) || reminded(nora, language.English) != want {
			t.Fatalf("%d reminders, want %d:\n%s", reminded(nora, language.English), want, bottest.Transcript(nora))
		}
	}
	p.Clock().Advance(-6*time.Hour + 2*time.Minute) // 02:02
	day(false, 1)
	day(true, 1)
	day(false, 2)
	bottest.Await(t, nora, "the streak", bottest.Shows(shown(phrase.DailyReminderStreak, phrase.Count("days", 2))))
	nora.Command("daily", nil, nil)
	nora.Click(shown(phrase.ButtonDailyPause))
	p.Clock().Advance(24 * time.Hour)
	if !planned(t, p) || reminded(nora, language.English) != 2 {
		t.Error("a reminder comes where nothing is open")
	}
	nora.Command("daily", map[string]string{"reminders": "off"}, nil)
	bottest.Await(t, nora, "the last word", bottest.Shows(shown(phrase.DailyRemindersOff)))
	if planned(t, p) {
		t.Error("a reminder is planned for who switched them off")
	}
}

// A reminder leads to the question: of a daily of one's own it becomes the question, and the day's post
// follows; a group's is played in private.
func TestAReminderLeadsToTheQuestion(t *testing.T) {
	for _, own := range []bool{true, false} {
		p := newStage(t, telegramLimits)
		nora := p.Alone(t, "Nora", language.English)
		wish := map[string]string{"time": "9:30", "zone": "Seoul", "questions": "2"}
		nora.Command("language", map[string]string{"zone": "Asia/Seoul"}, nil)
		nora.Command("daily", map[string]string{"reminders": "on"}, nil)
		if own {
			nora.Command("daily", wish, nil)
		} else {
			p.Enter(t, "Admin", language.English, true).Command("daily", wish, nil)
		}
		opened := func() {
			t.Helper()
			until(t, "the daily", func() bool {
				rest, err := p.Store().Backlog(t.Context(), []bot.Kind{daily.Kind})
				return err == nil && len(rest) == 0 && opensNow(t, p)
			})
		}
		p.Clock().Advance(92 * time.Minute)
		opened()
		if !own { // whoever played in the group is reminded of it
			session, _ := live(t, p)
			in := bot.Input{ID: "test:1", At: p.Clock().Now(), Place: bot.Place{Platform: "plain", Space: "room", Chat: "room", Title: "Room"},
				From: bot.Person{User: "nora", Name: "Nora"}, Text: &bot.Text{Text: "?", To: bot.Slot{Kind: daily.Kind, ID: int64(session.ID), Part: "question"}}}
			if _, err := p.Service().Handle(t.Context(), in); err != nil {
				t.Fatal(err)
			}
			p.Clock().Advance(24 * time.Hour)
			opened()
		}
		p.Clock().Advance(16*time.Hour + 30*time.Minute)
		if planned(t, p); reminded(nora, language.English) != 1 {
			t.Fatalf("%d reminders, want one:\n%s", reminded(nora, language.English), bottest.Transcript(nora))
		}
		nora.Click(shown(phrase.ButtonDailyPlay))
		_, views := live(t, p)
		for n := range views {
			solve(t, nora, &views[n], true)
			if n+1 < len(views) {
				nora.Click(shown(phrase.ButtonDailyNext))
			}
		}
		bottest.Await(t, nora, "the result", bottest.Shows("2 of 2 right today", "🟩🟩"))
		until(t, "the answers", func() bool { return answersNow(t, p) == 2 })
		if !own {
			continue
		}
		if n := reminded(nora, language.English); n != 0 {
			t.Errorf("%d reminders stand there when all is answered:\n%s", n, bottest.Transcript(nora))
		}
		done := 0
		until(t, "the day's post to follow", func() bool {
			done = 0
			for _, c := range nora.Screen() {
				if bottest.Shows("2 of 2 right today")(c) {
					done++
				}
			}
			return done == 2
		})
	}
}

// Reminders speak the language of whoever gets them; they come only where nobody else sees them, also
// of a daily in a group.
func TestRemindersComeInPrivate(t *testing.T) {
	for _, lang := range language.Own() {
		p := newStage(t, telegramLimits)
		admin, b := p.Enter(t, "Admin", lang, true), p.Enter(t, "Ben", lang, false)
		admin.Command("daily", map[string]string{"time": "9:30", "zone": "Seoul", "questions": "1"}, nil)
		b.Command("language", map[string]string{"zone": "Asia/Seoul"}, nil)
		b.Command("daily", map[string]string{"reminders": "on"}, nil)
		bottest.Await(t, b, "being sent to a private chat", bottest.Shows(says(lang, phrase.RemindPrivate)))
		private := p.Alone(t, "Ben", lang)
		private.Command("daily", map[string]string{"streak": "shown", "reminders": "on"}, nil)
		bottest.Await(t, private, "both answers", bottest.Shows(says(lang, phrase.DailyRemindersOn, phrase.Name("time", "02:00")),
			says(lang, phrase.StreakShown, phrase.Count("days", 0), phrase.Count("best", 0))))
		p.Clock().Advance(92 * time.Minute)
		until(t, "the daily", func() bool {
			all, err := p.Store().Live(t.Context(), daily.Kind)
			rest, err2 := p.Store().Backlog(t.Context(), []bot.Kind{daily.Kind})
			return err == nil && err2 == nil && len(all) == 1 && len(rest) == 0
		})
		session, _ := live(t, p)
		in := bot.Input{ID: "test:1", At: p.Clock().Now(), Place: bot.Place{Platform: "plain", Space: "room", Chat: "room", Title: "Room"},
			From: bot.Person{User: "ben", Name: "Ben", Locale: lang.String()},
			Text: &bot.Text{Text: "?", To: bot.Slot{Kind: daily.Kind, ID: int64(session.ID), Part: "question"}}}
		if _, err := p.Service().Handle(t.Context(), in); err != nil {
			t.Fatal(err)
		}
		until(t, "the answer", func() bool { s, _ := live(t, p); return s.Answers == 1 })
		p.Clock().Advance(24 * time.Hour) // the daily of the next day is late by less than three hours
		until(t, "the next daily", func() bool {
			all, err := p.Store().Live(t.Context(), daily.Kind)
			return err == nil && len(all) == 1 && all[0].ID != session.ID
		})
		p.Clock().Advance(16*time.Hour + 30*time.Minute)
		planned(t, p)
		if reminded(private, lang) != 1 || reminded(b, lang) != 0 {
			t.Errorf("%s: %d reminders in private and %d in the group, want one in private:\n%s", lang, reminded(private, lang), reminded(b, lang), bottest.Transcript(private))
		}
	}
}

// Of several dailies of one's own the card says which is shown, and which typed options change.
func TestSeveralOfOnesOwn(t *testing.T) {
	p := newStage(t, telegramLimits)
	a := p.Alone(t, "Ada", language.English)
	a.Command("daily", map[string]string{"time": "9:30", "zone": "Seoul"}, nil)
	a.Click(shown(phrase.ButtonDailyAnother))
	a.Click("20:00")
	bottest.Await(t, a, "the second", bottest.Shows("at 20:00", shown(phrase.DailyOther, phrase.Count("number", 2), phrase.Count("total", 2))))
	a.Command("daily", map[string]string{"questions": "7"}, nil)
	bottest.Await(t, a, "the first", bottest.Shows("at 09:30", "7 questions", shown(phrase.DailyFirst, phrase.Count("number", 1), phrase.Count("total", 2))))
}
