package daily_test

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/phrase"
	"summitquiz/bot/service"
	"summitquiz/bot/store/sqlite"
	"summitquiz/content/language"
	"summitquiz/quiz"
)

const summit = "gyeongju-summit-2025"

// night is Friday evening in London and Saturday morning in Seoul.
var night = time.Date(2026, 11, 27, 23, 0, 0, 0, time.UTC)

// newPlain is a platform with private chats, forms and one process.
func newPlain(t *testing.T) *bottest.Plain {
	t.Helper()
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "quiz.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	clock := bottest.NewClock(night)
	limits := bot.Limits{Text: 4000, Buttons: 5, Rows: 5, Label: 80, Private: true, Personal: true, Forms: true}
	p := bottest.NewPlain(t, db, clock, limits, func(*bottest.Plain) *bottest.App {
		a := bottest.New(t, service.Options{Store: db, Clock: clock, Key: []byte("a key of sufficient length")}, func() uint64 { return 1 })
		a.Provide(t, summit)
		return a
	})
	t.Cleanup(func() {
		p.Close()
		db.Close()
	})
	return p
}

// live is the session of the daily that is open, once the one before is closed, with its questions in
// English.
func live(t *testing.T, p *bottest.Plain) (bot.Session, []quiz.View) {
	t.Helper()
	var all []bot.Session
	until(t, "one daily that is open", func() bool {
		var err error
		all, err = p.Store().Live(t.Context(), "daily")
		return err == nil && len(all) == 1
	})
	var script struct {
		Date      quiz.Day
		Questions int
	}
	if err := json.Unmarshal(all[0].Script, &script); err != nil {
		t.Fatal(err)
	}
	set, err := p.Store().DailySet(t.Context(), all[0].Pack, all[0].Hash, script.Date, script.Questions)
	if err != nil {
		t.Fatal(err)
	}
	var day struct{ Views map[string][]quiz.View }
	if err := json.Unmarshal(set.Data, &day); err != nil {
		t.Fatal(err)
	}
	return all[0], day.Views["en"]
}

// solve answers the open question, rightly or not.
func solve(t *testing.T, a bottest.Actor, v *quiz.View, right bool) {
	t.Helper()
	bottest.Await(t, a, "a question", func(c bottest.Card) bool {
		return strings.Contains(c.Text, language.StripIsolates(v.Stem)) && (len(c.Options) > 0 || len(v.Options) == 0)
	})
	switch {
	case len(v.Options) > 0 && right:
		a.Click(v.Labels[v.Key])
	case len(v.Options) > 0:
		a.Click(v.Labels[(v.Key+1)%len(v.Options)])
	case right:
		a.Type(language.StripIsolates(v.Accepts[0]))
	default:
		a.Type("no idea")
	}
}

func shown(id phrase.ID, args ...phrase.Arg) string {
	return language.StripIsolates(phrase.Say(language.English, id, args...))
}

// A member's daily is one message that goes from question to question and to the result.
func TestAMemberPlaysTheirDaily(t *testing.T) {
	p := newPlain(t)
	nora := p.Alone(t, "Nora", language.English)
	nora.Command("daily", map[string]string{"time": "9:30", "zone": "Seoul", "questions": "3"}, nil)
	p.Clock().Advance(92 * time.Minute)
	bottest.Await(t, nora, "the first question", bottest.Shows("28 November 2026: question 1 of 3"))
	_, views := live(t, p)
	for n := range views {
		solve(t, nora, &views[n], n != 1)
		if n+1 < len(views) {
			nora.Click(shown(phrase.ButtonDailyNext))
		}
	}
	bottest.Await(t, nora, "the result", bottest.Shows("2 of 3 right today", "Summit Quiz 28 Nov 2026 🟩🟥🟩 🔥 1"))
	count := 0
	for _, c := range nora.Screen() {
		if !c.Private {
			count++
		}
	}
	if count != 1 {
		t.Errorf("the day has %d posts, want one that is edited:\n%s", count, bottest.Transcript(nora))
	}
}

// A chat's daily is played by each at their own pace; the result comes when the window ends.
func TestAChatPlaysItsDaily(t *testing.T) {
	p := newPlain(t)
	ada := p.Enter(t, "Ada", language.English, true)
	bo := p.Enter(t, "Bo", language.English, false)
	ada.Command("daily", map[string]string{"time": "9:30", "zone": "Seoul", "questions": "3"}, nil)
	p.Clock().Advance(92 * time.Minute)
	for i, a := range []bottest.Actor{ada, bo} {
		bottest.Await(t, a, "the day's post", bottest.Shows("Daily quiz, 28 November 2026"))
		a.Click(shown(phrase.ButtonDailyPlay))
		_, views := live(t, p)
		for n := range views {
			solve(t, a, &views[n], n == 0 || i == 0)
			if n+1 < len(views) {
				a.Click(shown(phrase.ButtonDailyNext))
			}
		}
	}
	bottest.Await(t, bo, "the result of Bo", bottest.Shows("Right so far: 1 of 2", "1 of 3 right today", "🟩🟥🟥"))
	bo.Command("daily", nil, nil)
	p.Clock().Advance(24 * time.Hour)
	bottest.Await(t, bo, "the result", bottest.Shows("Daily quiz, 28 November 2026: the result", "2 of 2 right: Ada and Bo", "1 of 2 right: Ada",
		"1. Ada: 3 points", "2. Bo: 1 point"))
	page, err := p.Store().Board(t.Context(), bot.BoardQuery{Limit: 10})
	if err != nil || page.Total != 0 {
		t.Errorf("the board of games has %d rows, %v, want none", page.Total, err)
	}
}
