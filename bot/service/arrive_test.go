package service_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/phrase"
	"summitquiz/bot/play"
	"summitquiz/content/language"
	"summitquiz/content/packs"
)

// sleepyStore has nothing that is due while it sleeps.
type sleepyStore struct {
	bot.Store
	asleep atomic.Bool
}

func (s *sleepyStore) Next(ctx context.Context, kinds []bot.Kind) (time.Time, bool, error) {
	if s.asleep.Load() {
		return time.Time{}, false, nil
	}
	return s.Store.Next(ctx, kinds)
}

func (s *sleepyStore) Claim(ctx context.Context, kinds []bot.Kind, now time.Time, lease time.Duration, limit int) ([]bot.Due, error) {
	if s.asleep.Load() {
		return nil, nil
	}
	return s.Store.Claim(ctx, kinds, now, lease, limit)
}

// TestAnAnswerThatIsRepeatedAfterTheTimeClosesTheQuestion has an answer come once more when the
// question's time is over and nobody has noticed yet. Its claim is refused, and the reveal must
// not go with it.
func TestAnAnswerThatIsRepeatedAfterTheTimeClosesTheQuestion(t *testing.T) {
	store := &sleepyStore{}
	s := stageOn(t, roomy, func(db bot.Store) bot.Store { store.Store = db; return store })
	ada := s.Enter(t, "Ada", language.English, false)
	ada.Command("quiz", map[string]string{"pack": "gyeongju-summit-2025", "questions": "1", "kind": "choice", "language": "en"}, nil)
	s.Clock().Advance(5 * time.Second)
	bottest.Await(t, ada, "the question", func(c bottest.Card) bool { return len(c.Options) > 0 })
	bottest.Opened(t, s.Store(), 0)
	right, _ := bottest.Keys(t, s.Store())
	ada.Click(language.Labels(language.English, 4)[right[0]])
	store.asleep.Store(true)
	s.Clock().Advance(2 * time.Minute)
	ada.Repeat()
	bottest.Await(t, ada, "the reveal", bottest.Shows("Right: Ada"))
}

// comes hands the service an input of a person in a private chat with the bot.
func comes(t *testing.T, s *bottest.Plain, in bot.Input) bot.Reply {
	t.Helper()
	inputs.Add(1)
	in.ID = bot.InputID("plain:arrival-" + time.Duration(inputs.Load()).String())
	in.At = s.Clock().Now()
	if in.Place.Chat == "" {
		in.Place = bot.Place{Platform: "plain", Space: "dm-ada", Chat: "dm-ada", Private: true}
	}
	if in.From.User == "" {
		in.From = bot.Person{User: "ada", Name: "Ada", Locale: "ko"}
	}
	r, err := s.Service().Handle(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

var inputs atomic.Int64

// text is all that a reply says.
func text(r bot.Reply) string {
	var b strings.Builder
	for _, p := range r.Posts {
		b.WriteString(bottest.CardOf(p, true).Text + "\n")
	}
	return b.String()
}

func running(t *testing.T, s *bottest.Plain) []bot.Session {
	t.Helper()
	live, err := s.Store().Live(t.Context(), play.Kind)
	if err != nil {
		t.Fatal(err)
	}
	return live
}

// TestALinkWelcomesAndStarts follows links of all kinds, alone and in a group.
func TestALinkWelcomesAndStarts(t *testing.T) {
	welcome := phrase.Say(language.Korean, phrase.WelcomeTitle)
	group := bot.Place{Platform: "plain", Space: "room", Chat: "room"}
	for name, tc := range map[string]struct {
		to    string
		where bot.Place
		says  string
		pack  string // of the game that runs then; "": none does
	}{
		"the button Start":        {"", bot.Place{}, welcome, "countries-of-the-world"},
		"anything else":           {"x'; --", bot.Place{}, welcome, "countries-of-the-world"},
		"a greeting":              {bot.LinkToGreet, bot.Place{}, welcome, ""},
		"a pack":                  {bot.LinkToPack("gyeongju-summit-2025"), bot.Place{}, welcome, "gyeongju-summit-2025"},
		"a pack that is not here": {bot.LinkToPack("nothing"), bot.Place{}, phrase.Say(language.Korean, phrase.NoPack, phrase.Name("pack", "nothing")), ""},
		"a game that is not here": {bot.LinkToSession(99), bot.Place{}, phrase.Say(language.Korean, phrase.LinkOver), ""},
		"no number":               {"g-!!", bot.Place{}, phrase.Say(language.Korean, phrase.LinkOver), ""},
		"in a group":              {"", group, welcome, ""},
		"a pack in a group":       {bot.LinkToPack("gyeongju-summit-2025"), group, welcome, "gyeongju-summit-2025"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := stage(t, roomy)
			r := comes(t, s, bot.Input{Place: tc.where, Link: &bot.Link{To: tc.to}})
			if !strings.Contains(text(r), language.StripIsolates(tc.says)) {
				t.Errorf("the reply is %q, want %q", text(r), tc.says)
			}
			live := running(t, s)
			if tc.pack == "" && len(live) != 0 || tc.pack != "" && (len(live) != 1 || string(live[0].Pack) != tc.pack) {
				t.Errorf("%d games run", len(live))
			}
			if tc.pack != "" && tc.to == "" { // pressed again while it runs
				if again := comes(t, s, bot.Input{Link: &bot.Link{}}); !strings.Contains(text(again), welcome) || len(running(t, s)) != 1 {
					t.Errorf("the second time the reply is %q", text(again))
				}
			}
		})
	}
}

// TestAGameIsPlayedAgainByItsLink starts a quiz like one of somebody else.
func TestAGameIsPlayedAgainByItsLink(t *testing.T) {
	s := stage(t, roomy)
	ben := s.Enter(t, "Ben", language.English, false)
	ben.Command("quiz", map[string]string{"pack": "gyeongju-summit-2025", "questions": "3", "kind": "who-said", "mode": "solo", "language": "en"}, nil)
	first := running(t, s)[0]
	comes(t, s, bot.Input{Link: &bot.Link{To: bot.LinkToSession(first.ID)}})
	live := running(t, s)
	if len(live) != 2 || live[1].Pack != first.Pack || live[1].Solo != 0 || !strings.Contains(string(live[1].Script), `"kind":"who-said"`) {
		t.Errorf("%d games run, the second one of %s", len(live), live[len(live)-1].Pack)
	}
}

// TestARemarkIsSaidOnceInThePersonsLanguage tells somebody what the platform has to say.
func TestARemarkIsSaidOnceInThePersonsLanguage(t *testing.T) {
	s := stage(t, roomy)
	comes(t, s, bot.Input{Command: &bot.CommandCall{Name: "language", Options: map[string]string{"language": "zh"}}})
	in := bot.Input{ID: "plain:remark", Place: bot.Place{Platform: "plain", Space: "room", Chat: "room"}, From: bot.Person{User: "ada", Name: "Ada", Locale: "ko"},
		Remark: &bot.Remark{ID: phrase.FileTooBig, Args: []phrase.Arg{phrase.Count("limit", 5)}}}
	for _, want := range []string{phrase.Say(language.Chinese, phrase.FileTooBig, phrase.Count("limit", 5)), ""} {
		r, err := s.Service().Handle(context.Background(), in)
		if got := strings.TrimSpace(text(r)); err != nil || got != language.StripIsolates(want) {
			t.Errorf("told %q, %v; want %q", got, err, want)
		}
	}
}

// TestAnUploadGoesToThePlaceThatIsChosen asks whoever administers several places, and takes the
// choice only from who sent the file and may load there.
func TestAnUploadGoesToThePlaceThatIsChosen(t *testing.T) {
	s := stage(t, roomy)
	room, other := bot.Place{Platform: "plain", Space: "room", Chat: "room", Title: "Room"}, bot.Place{Platform: "plain", Space: "other", Chat: "other", Title: "Other"}
	file := bot.File{Name: "lakes.yaml", Data: []byte("pack: lakes\nversion: 1.0.0\nlanguages: [en]\ntitle: Lakes\ncards:\n  - {ask: Which lake is the deepest?, answer: Baikal}\n  - {ask: Which lake is the largest?, answer: 5G}\n")}
	ask := comes(t, s, bot.Input{Upload: &bot.Upload{File: file, Places: []bot.Place{room, other}}})
	if len(ask.Posts) != 1 || len(ask.Posts[0].Buttons) != 3 {
		t.Fatalf("asked is %q", text(ask))
	}
	b := ask.Posts[0].Buttons[0][0]
	if b.Label != "Room" || *b.At != room {
		t.Errorf("the first choice is %+v", b)
	}
	admin := bot.Person{User: "ada", Name: "Ada", Locale: "ko", Admin: true}
	for name, tc := range map[string]struct {
		where bot.Place
		who   bot.Person
		want  phrase.ID
	}{
		"who is no admin there": {room, bot.Person{User: "ada", Name: "Ada", Locale: "ko"}, phrase.AdminsOnly},
		"somebody else":         {room, bot.Person{User: "eve", Name: "Eve", Locale: "ko", Admin: true}, phrase.ButtonOver},
	} {
		r := comes(t, s, bot.Input{Place: tc.where, From: tc.who, Press: &bot.Press{Action: b.Action}})
		if !strings.Contains(text(r), phrase.Say(language.Korean, tc.want)) {
			t.Errorf("%s is told %q", name, text(r))
		}
	}
	draft := comes(t, s, bot.Input{Place: room, From: admin, Press: &bot.Press{Action: b.Action}})
	if !draft.Update || len(draft.Posts) != 1 || len(draft.Posts[0].Buttons) != 1 {
		t.Fatalf("the report is %q", text(draft))
	}
	if said := text(draft); !strings.Contains(said, "lakes.yaml:") || strings.Contains(said, "pack.yaml") {
		t.Errorf("the warnings do not name the file that was sent: %q", said)
	}
	comes(t, s, bot.Input{Place: room, From: admin, Press: &bot.Press{Action: draft.Posts[0].Buttons[0][0].Action}})
	again := bot.Input{Place: room, From: admin, Press: &bot.Press{Action: b.Action}}
	if r := comes(t, s, again); !strings.Contains(text(r), phrase.Say(language.Korean, phrase.DraftGone)) {
		t.Errorf("a choice that was made is told %q", text(r))
	}
	for place, want := range map[bot.Place]int{room: len(packs.Names()) + 1, other: len(packs.Names())} {
		space, _, _, err := s.Store().Enter(t.Context(), place, bot.Person{}, began)
		if err != nil {
			t.Fatal(err)
		}
		if rows, err := s.Store().Packs(t.Context(), space.ID); err != nil || len(rows) != want {
			t.Errorf("%s has %d packs, %v; want %d", place.Title, len(rows), err, want)
		}
	}
	_, _, m, err := s.Store().Enter(t.Context(), room, admin, began)
	if err != nil {
		t.Fatal(err)
	}
	if spaces, err := s.Store().Administers(t.Context(), m.ID); err != nil || len(spaces) != 1 || spaces[0].Key != "room" {
		t.Errorf("Ada was seen to administer %+v, %v", spaces, err)
	}
}

// TestWhoeverSpeaksShowsThatTheBotIsStillThere removes the bot without its coming back being told.
func TestWhoeverSpeaksShowsThatTheBotIsStillThere(t *testing.T) {
	s := stage(t, roomy)
	room := bot.Place{Platform: "plain", Space: "room", Chat: "room", Title: "Room"}
	gone := func() bool {
		t.Helper()
		space, _, _, err := s.Store().Enter(t.Context(), room, bot.Person{}, began)
		if err != nil {
			t.Fatal(err)
		}
		return !space.Gone.IsZero()
	}
	who := bot.Person{}
	if _, err := s.Service().Handle(t.Context(), bot.Input{ID: "plain:gone", Place: room, From: who, Event: &bot.Event{Kind: bot.Removed}}); err != nil || !gone() {
		t.Fatalf("the space is not gone, %v", err)
	}
	comes(t, s, bot.Input{Place: room, Command: &bot.CommandCall{Name: "hint"}}) // which is refused: no game runs
	if gone() {
		t.Error("the space is still taken for gone")
	}
	if _, some, err := s.Store().Next(t.Context(), []bot.Kind{"space", play.Kind}); err != nil || some {
		t.Errorf("the purge is still due: %v, %v", some, err)
	}
}

// TestAGameIsFoundAfterARepeatedInput has an input come twice, which costs the game its place in
// memory, and then asks for the game by where it is played.
func TestAGameIsFoundAfterARepeatedInput(t *testing.T) {
	s := stage(t, roomy)
	ada := s.Enter(t, "Ada", language.English, false)
	ada.Command("quiz", map[string]string{"pack": "gyeongju-summit-2025", "questions": "2", "kind": "choice", "language": "en"}, nil)
	s.Clock().Advance(5 * time.Second)
	bottest.Await(t, ada, "the question", func(c bottest.Card) bool { return len(c.Options) > 0 })
	bottest.Opened(t, s.Store(), 0)
	for name, says := range map[string]phrase.ID{"report": phrase.ReportTitle, "quiz": phrase.GameRunning, "pause": phrase.WillPause} {
		ada.Click("A")
		ada.Repeat()
		ada.Command(name, nil, nil)
		bottest.Await(t, ada, "the answer to /"+name, bottest.Shows(phrase.Say(language.English, says)))
	}
	ada.Click("A")
	ada.Repeat()
	room := bot.Place{Platform: "plain", Space: "room", Chat: "room", Title: "Room"}
	if _, err := s.Service().Handle(t.Context(), bot.Input{ID: "plain:gone", Place: room, Event: &bot.Event{Kind: bot.Removed}}); err != nil {
		t.Fatal(err)
	}
	if live := running(t, s); len(live) != 0 {
		t.Errorf("%d games run where the bot was removed", len(live))
	}
}
