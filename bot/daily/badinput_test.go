package daily_test

import (
	"path/filepath"
	"strings"
	"testing"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/phrase"
	"summitquiz/bot/service"
	"summitquiz/bot/store/sqlite"
	"summitquiz/content/language"
)

// newOwned is a stage on which the member boss is an owner of the bot.
func newOwned(t *testing.T) *bottest.Plain {
	t.Helper()
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "quiz.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	clock := bottest.NewClock(night)
	p := bottest.NewPlain(t, db, clock, telegramLimits, func(*bottest.Plain) *bottest.App {
		o := service.Options{Store: db, Clock: clock, Key: []byte("a key of sufficient length"), Owners: []bot.Account{{Platform: "plain", User: "boss"}}}
		a := bottest.New(t, o, func() uint64 { return 1 })
		a.Provide(t, summit)
		return a
	})
	t.Cleanup(func() {
		p.Close()
		db.Close()
	})
	return p
}

// badInput is what somebody types, and the phrase that says what to type instead; "": it is understood,
// and the card shows want.
type badInput struct {
	option, value string
	id            phrase.ID
	args          []phrase.Arg
	want          string
}

func badInputs() []badInput {
	text := func(s string) phrase.Arg { return phrase.Name("text", s) }
	long := func(n int) []phrase.Arg { return []phrase.Arg{phrase.Count("max", n)} }
	part := func(s string) []phrase.Arg { return []phrase.Arg{phrase.Name("part", s)} }
	often := func(runs, most int) []phrase.Arg {
		return []phrase.Arg{phrase.Count("runs", runs), phrase.Count("most", most)}
	}
	return []badInput{
		{"time", "25:00", phrase.DailyNoSuchTime, []phrase.Arg{text("25:00")}, ""},
		{"time", "9:60", phrase.DailyNoSuchTime, []phrase.Arg{text("9:60")}, ""},
		{"time", "soon", phrase.DailyBadTime, []phrase.Arg{text("soon")}, ""},
		{"time", strings.Repeat("9", 10_000), phrase.TextTooLong, long(40), ""},
		{"time", "9", "", nil, "09:00"}, {"time", "٩:٣٠", "", nil, "09:30"}, {"time", "9:30 pm", "", nil, "21:30"}, {"time", "half past nine", "", nil, "09:30"},
		{"time", "التاسعة والنصف", "", nil, "09:30"}, {"time", "오후 9시 반", "", nil, "21:30"}, {"time", "晚上九点半", "", nil, "21:30"},
		{"zone", "Riyadh", "", nil, "Asia/Riyadh"}, {"zone", "KST", "", nil, "Asia/Seoul"}, {"zone", "الرياض", "", nil, "Asia/Riyadh"}, {"zone", "서울", "", nil, "Asia/Seoul"},
		{"zone", "上海", "", nil, "Asia/Shanghai"},
		{"zone", "GMT+3", phrase.DailyChooseZone, nil, ""},
		{"zone", "Zzyzxq", phrase.DailyBadZone, []phrase.Arg{text("Zzyzxq")}, ""},
		{"zone", strings.Repeat("R", 10_000), phrase.TextTooLong, nil, ""},
		{"days", "someday", phrase.DailyBadDays, []phrase.Arg{text("someday")}, ""},
		{"questions", "0", phrase.OutOfRange, []phrase.Arg{phrase.Count("min", 1), phrase.Count("max", 50)}, ""},
		{"questions", "51", phrase.OutOfRange, []phrase.Arg{phrase.Count("min", 1), phrase.Count("max", 50)}, ""},
		{"window", "9", phrase.OutOfRange, []phrase.Arg{phrase.Count("min", 10), phrase.Count("max", 1440)}, ""},
		{"cron", "31 2 30 2 *", phrase.CronNever, nil, ""},
		{"cron", "31 2 31 4,6,9,11 *", phrase.CronNever, nil, ""},
		{"cron", "* * * * *", phrase.CronTooOften, often(1440, 24), ""},
		{"cron", "@every 1s", phrase.CronFields, nil, ""}, {"cron", "TZ=UTC 30 9 * * *", phrase.CronFields, nil, ""}, {"cron", "@daily", phrase.CronFields, nil, ""},
		{"cron", "CRON_TZ=UTC 9 * * *", phrase.CronText, part("CRON_TZ=UTC"), ""}, {"cron", "TZ=UTC 9 * * *", phrase.CronText, part("TZ=UTC"), ""},
		{"cron", "60 9 * * *", phrase.CronRange, []phrase.Arg{phrase.Name("part", "60"), phrase.Count("low", 0), phrase.Count("high", 59)}, ""},
		{"cron", strings.Repeat("*", 10_000), phrase.TextTooLong, long(100), ""},
		{"cron", "0 * * * *", "", nil, "0 * * * *"},
	}
}

// What cannot be understood gets a sentence that says what to type, in the language of whoever typed it;
// and what people write in any language is understood.
func TestBadInputInAllLanguages(t *testing.T) {
	for _, lang := range language.Own() {
		p := newOwned(t)
		boss := p.Alone(t, "Boss", lang)
		boss.Command("daily", map[string]string{"time": "7:00", "zone": "Seoul"}, nil)
		for _, c := range badInputs() {
			before := ownDaily(t, p)
			said := len(boss.Screen())
			boss.Command("daily", map[string]string{c.option: c.value}, nil)
			screen := boss.Screen()
			after := ownDaily(t, p)
			switch {
			case len(screen) == said:
				t.Errorf("%s: /daily %s:%.20s gets no answer", lang, c.option, c.value)
			case c.id == "":
				if w := after.Wish; !strings.Contains(w.Schedule+" "+clockOf(&after)+" "+string(w.Zone), c.want) {
					t.Errorf("%s: /daily %s:%.20s sets %+v, want %q", lang, c.option, c.value, w, c.want)
				}
			default:
				option := phrase.Name("option", c.option)
				want := says(lang, c.id, append(c.args, option)...)
				if c.id == phrase.TextTooLong && len(c.args) == 0 {
					want = ""
				}
				if got := language.StripIsolates(screen[len(screen)-1].Text); !strings.Contains(got, want) || strings.Contains(got, strings.Repeat("R", 200)) {
					t.Errorf("%s: /daily %s:%.20s says %q, want %q", lang, c.option, c.value, got, want)
				}
				if after.Version != before.Version {
					t.Errorf("%s: /daily %s:%.20s is refused and changes the daily", lang, c.option, c.value)
				}
			}
		}
		boss.Command("daily", map[string]string{"zone": "Riyad"}, nil)
		if s := boss.Screen(); !strings.Contains(s[len(s)-1].Text, "Riyad") || ownDaily(t, p).Wish.Zone != "Asia/Shanghai" {
			t.Errorf("%s: a misspelt zone says %q", lang, s[len(s)-1].Text)
		}
		member := p.Alone(t, "Ada", lang)
		member.Command("daily", map[string]string{"cron": "30 9 * * *"}, nil)
		bottest.Await(t, member, "being refused", bottest.Shows(says(lang, phrase.DailyOwnersOnly)))
	}
}

// ownDaily is the daily of boss.
func ownDaily(t *testing.T, p *bottest.Plain) bot.Subscription {
	t.Helper()
	_, _, m, err := p.Store().Enter(t.Context(), bot.Place{Platform: "plain", Space: "dm-boss", Chat: "dm-boss", Private: true}, bot.Person{User: "boss", Name: "Boss"}, night)
	if err != nil {
		t.Fatal(err)
	}
	all, err := p.Store().OwnSubscriptions(t.Context(), m.ID)
	if err != nil || len(all) != 1 {
		t.Fatalf("%d dailies, %v, want one", len(all), err)
	}
	return all[0]
}

// clockOf is when a daily of one time a day comes next, as clocks there show it.
func clockOf(x *bot.Subscription) string { return x.Next.Time.String() }
