package storetest

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/content/language"
	"summitquiz/quiz"
)

// hashOf stands for the hash of a code.
func hashOf(code string) []byte { return []byte("hash of " + code) }

// linkCodes holds how one-time codes are used up and guessed.
func linkCodes(t *testing.T, s bot.Store) {
	ada, ben, eve := come(t, s, at("a"), person("Ada")).member, come(t, s, at("b"), person("Ben")).member, come(t, s, at("c"), person("Eve")).member
	until := noon.Add(10 * time.Minute)
	offer := func(code string) {
		t.Helper()
		if err := s.OfferLink(t.Context(), hashOf(code), ada.ID, noon, until); err != nil {
			t.Fatal(err)
		}
	}
	take := func(code string, m bot.Member, now time.Time, want error) bot.LinkOffer {
		t.Helper()
		o, err := s.TakeLink(t.Context(), hashOf(code), m.ID, now)
		if !errors.Is(err, want) {
			t.Errorf("%s takes %s: %v, want %v", m.Name, code, err, want)
		}
		return o
	}
	offer("first")
	offer("second")
	take("first", ben, noon, bot.ErrNone) // a new code takes the place of the one before
	take("second", ada, noon, bot.ErrLinkOwn)
	take("second", ben, until.Add(time.Microsecond), bot.ErrLinkOver)
	o := take("second", ben, until, nil)
	if again := take("second", ben, noon, nil); again != o || o.Owner != ada.ID || o.Taker != ben.ID || !o.Until.Equal(until) {
		t.Errorf("the code offers %+v and then %+v", o, again)
	}
	take("second", eve, noon, bot.ErrLinkUsed)
	if got := must[bot.LinkOffer](t)(s.LinkOffer(t.Context(), o.ID)); got != o {
		t.Errorf("the offer is kept as %+v, want %+v", got, o)
	}
	if _, err := s.LinkOffer(t.Context(), o.ID+1); !errors.Is(err, bot.ErrNone) {
		t.Errorf("an offer that is not there: %v", err)
	}
	for range bot.LinkGuesses {
		take("guess", eve, noon, bot.ErrNone)
	}
	take("guess", eve, noon.Add(time.Minute), bot.ErrLinkGuesses)
	take("guess", ben, noon, bot.ErrNone) // each for themselves
	take("guess", eve, noon.Add(bot.LinkPause), bot.ErrNone)
	if _, err := s.Join(t.Context(), o.ID, until.Add(time.Second)); !errors.Is(err, bot.ErrLinkOver) {
		t.Errorf("joining after the code is over: %v", err)
	}
}

// joined makes b and a one person.
func joined(t *testing.T, s bot.Store, a, b bot.Member) bot.MemberID {
	t.Helper()
	hash := hashOf(a.Name + b.Name)
	if err := s.OfferLink(t.Context(), hash, a.ID, noon, noon.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	o := must[bot.LinkOffer](t)(s.TakeLink(t.Context(), hash, b.ID, noon))
	stays := must[bot.MemberID](t)(s.Join(t.Context(), o.ID, noon))
	if again := must[bot.MemberID](t)(s.Join(t.Context(), o.ID, noon)); again != stays {
		t.Errorf("joined again, %d stays and not %d", again, stays)
	}
	return stays
}

// joins holds that all that two members have becomes one, and parts again.
func joins(t *testing.T, s bot.Store) {
	ada := come(t, s, at("a"), person("Ada"))
	noor := come(t, s, bot.Place{Platform: "other", Space: "a", Chat: "a"}, bot.Person{User: "7", Name: "نور", Admin: true})
	g, h := newSession(t, s, ada), newSession(t, s, noor)
	g.Ended, h.Ended = true, true
	seen := func(m bot.MemberID, times int, at time.Time) bot.Exposure {
		return bot.Exposure{Scope: bot.Scope{Member: m}, Pack: "p", Item: "p/f/choice/x", Options: 5, Times: times, Last: at}
	}
	theirs := noor.member
	theirs.Lang, theirs.Own, theirs.Zone = language.Arabic, true, "Asia/Seoul"
	write(t, s, &bot.Change{At: noon, Session: &g, Answers: []bot.Answer{answer(ada, g.ID, 0, 1)}, Shown: []bot.Exposure{seen(ada.member.ID, 1, noon)}})
	write(t, s, &bot.Change{At: noon, Session: &h, Answers: []bot.Answer{answer(noor, h.ID, 0, 2), answer(noor, h.ID, 1, 2)}, Member: &theirs,
		Shown: []bot.Exposure{seen(noor.member.ID, 2, noon.Add(time.Hour))}, Admin: &bot.Admin{Member: noor.member.ID, Space: noor.space.ID}})
	c := must[bot.Comparison](t)(s.Compare(t.Context(), noor.member.ID, ada.member.ID))
	if c.Older.Answers != 1 || c.Newer.Answers != 2 || c.Both != 0 || c.Playing || c.Older.Accounts[0].Name != "Ada" || c.Newer.Member.Name != "نور" {
		t.Errorf("they are compared as %+v", c)
	}
	before := must[int64](t)(s.Revision(t.Context()))
	if stays := joined(t, s, noor.member, ada.member); stays != ada.member.ID {
		t.Fatalf("%d stays, want the older one, %d", stays, ada.member.ID)
	}
	if after := must[int64](t)(s.Revision(t.Context())); after == before {
		t.Error("nobody is told that two became one")
	}
	one := come(t, s, bot.Place{Platform: "other", Space: "a", Chat: "a"}, bot.Person{User: "7", Name: "نور"}).member
	want := bot.Member{ID: ada.member.ID, Name: "Ada", Lang: language.Arabic, Own: true, Zone: "Asia/Seoul"}
	if one != want {
		t.Errorf("they come as %+v, want %+v", one, want)
	}
	names := must[map[bot.MemberID]string](t)(s.Names(t.Context(), []bot.MemberID{ada.member.ID, noor.member.ID}))
	if names[ada.member.ID] != "Ada" || names[noor.member.ID] != "Ada" {
		t.Errorf("the names are %v", names)
	}
	page := must[bot.BoardPage](t)(s.Board(t.Context(), bot.BoardQuery{Limit: 9}))
	if len(page.Rows) != 1 || page.Rows[0].Points != 5 || page.Rows[0].Name != "Ada" {
		t.Errorf("the board is %+v", page)
	}
	got := must[[]bot.Exposure](t)(s.Seen(t.Context(), bot.Scope{Member: ada.member.ID}, "p"))
	if want := []bot.Exposure{seen(ada.member.ID, 3, noon.Add(time.Hour))}; !reflect.DeepEqual(got, want) {
		t.Errorf("they have seen %+v, want %+v", got, want)
	}
	if got := must[[]bot.Space](t)(s.Administers(t.Context(), ada.member.ID)); len(got) != 1 || got[0].ID != noor.space.ID {
		t.Errorf("they administer %+v", got)
	}
	refused(t, s, &bot.Change{Input: "test:late", At: noon, From: noor.member.ID, Answers: []bot.Answer{answer(noor, h.ID, 2, 2)}}, bot.ErrConflict)
	write(t, s, &bot.Change{Input: "test:late", At: noon, From: ada.member.ID, Answers: []bot.Answer{answer(ada, h.ID, 2, 4)}})

	links := must[[]bot.AccountLink](t)(s.LinksOf(t.Context(), ada.member.ID))
	if len(links) != 1 || len(links[0].Accounts) != 1 || links[0].Accounts[0].Name != "نور" || !links[0].At.Equal(noon) {
		t.Fatalf("the links are %+v", links)
	}
	if err := s.Part(t.Context(), noor.member.ID, links[0].ID); !errors.Is(err, bot.ErrNone) {
		t.Errorf("somebody else parts them: %v", err)
	}
	for _, want := range []error{nil, bot.ErrNone} {
		if err := s.Part(t.Context(), ada.member.ID, links[0].ID); !errors.Is(err, want) {
			t.Errorf("parting them: %v, want %v", err, want)
		}
	}
	parted(t, s, ada, noor, theirs)
}

// parted holds that each of two has again what they had, and the older one what came since.
func parted(t *testing.T, s bot.Store, ada, noor here, theirs bot.Member) {
	t.Helper()
	page := must[bot.BoardPage](t)(s.Board(t.Context(), bot.BoardQuery{Limit: 9}))
	if len(page.Rows) != 2 || page.Rows[0].Name != "Ada" || page.Rows[0].Points != 5 || page.Rows[1].Points != 4 {
		t.Errorf("parted, the board is %+v", page)
	}
	if got := must[bot.Member](t)(s.Member(t.Context(), ada.member.ID)); got != ada.member {
		t.Errorf("the older one is %+v again, want %+v", got, ada.member)
	}
	again := come(t, s, bot.Place{Platform: "other", Space: "a", Chat: "a"}, bot.Person{User: "7", Name: "نور"})
	if again.member != theirs {
		t.Errorf("the newer one comes as %+v, want %+v", again.member, theirs)
	}
	for m, times := range map[bot.MemberID]int{ada.member.ID: 1, noor.member.ID: 2} {
		if got := must[[]bot.Exposure](t)(s.Seen(t.Context(), bot.Scope{Member: m}, "p")); len(got) != 1 || got[0].Times != times {
			t.Errorf("member %d has seen %+v, want it %d times", m, got, times)
		}
	}
	if got := must[[]bot.Space](t)(s.Administers(t.Context(), ada.member.ID)); len(got) != 0 {
		t.Errorf("the older one still administers %+v", got)
	}
	write(t, s, &bot.Change{Input: "test:own", At: noon, From: noor.member.ID})
}

// sameQuestion holds that of two answers to one question the first one counts, whoever gave it, and
// that both are there again when the two are parted.
func sameQuestion(t *testing.T, s bot.Store) {
	ada, ben := come(t, s, at("a"), person("Ada")), come(t, s, at("a"), person("Ben"))
	g := newSession(t, s, ada)
	g.Ended = true
	answers := []bot.Answer{answer(ada, g.ID, 0, 1), answer(ben, g.ID, 0, 10), answer(ben, g.ID, 1, 100), answer(ada, g.ID, 1, 1000)}
	closeOne := answer(ben, g.ID, 2, 0)
	closeOne.Final = false
	second := answer(ben, g.ID, 2, 10_000)
	second.Try = 1
	answers = append(answers, closeOne, second, answer(ada, g.ID, 2, 100_000))
	write(t, s, &bot.Change{At: noon, Session: &g, Answers: answers})
	points := func() (out []int) {
		for _, row := range must[bot.BoardPage](t)(s.Board(t.Context(), bot.BoardQuery{Limit: 9})).Rows {
			out = append(out, row.Points)
		}
		return out
	}
	before := points()
	if c := must[bot.Comparison](t)(s.Compare(t.Context(), ada.member.ID, ben.member.ID)); c.Both != 3 {
		t.Errorf("both have answered %d questions, want 3", c.Both)
	}
	if _, err := s.Projection(t.Context(), "fold", "p"); !errors.Is(err, bot.ErrNone) {
		t.Fatal(err)
	}
	joined(t, s, ada.member, ben.member)
	if got, want := points(), []int{1 + 100 + 10_000}; !slices.Equal(got, want) {
		t.Errorf("the points are %v, want %v", got, want)
	}
	links := must[[]bot.AccountLink](t)(s.LinksOf(t.Context(), ada.member.ID))
	if err := s.Part(t.Context(), ada.member.ID, links[0].ID); err != nil {
		t.Fatal(err)
	}
	if got := points(); !slices.Equal(got, before) {
		t.Errorf("parted, the points are %v, want %v", got, before)
	}
}

// sameDaily holds that an item of a day counts once for one person, in whichever chats they answered
// it, that a daily which is still open keeps nobody from being joined, and that two streaks become one.
func sameDaily(t *testing.T, s bot.Store) {
	ada, ben := come(t, s, at("a"), person("Ada")), come(t, s, at("b"), person("Ben"))
	var sessions []bot.SessionID
	play := func(h here, date, points int) {
		t.Helper()
		g := newSession(t, s, h)
		sessions = append(sessions, g.ID)
		g.Kind, g.Beside = "daily", int64(g.ID)
		a := answer(h, g.ID, 0, points)
		a.Daily, a.Day = quiz.Day(date), date
		streak, err := s.MemberStreak(t.Context(), h.member.ID)
		if err != nil && !bot.IsNone(err) {
			t.Fatal(err)
		}
		streak.Version++
		streak.Streak, _ = streak.Streak.Play(quiz.Day(date))
		write(t, s, &bot.Change{At: noon, Session: &g, Answers: []bot.Answer{a}, Streak: &streak})
	}
	play(ada, 10, 1)
	play(ben, 10, 10)
	play(ben, 11, 100)
	play(ada, 11, 1000)
	play(ada, 13, 10_000)
	play(ben, 12, 100_000)
	c := must[bot.Comparison](t)(s.Compare(t.Context(), ada.member.ID, ben.member.ID))
	if c.Both != 2 || c.Playing || c.Older.Streak.Days != 1 || c.Newer.Streak.Days != 3 {
		t.Errorf("they are compared as %+v", c)
	}
	before := [2]bot.MemberStreak{}
	for i, h := range []here{ada, ben} {
		before[i] = must[bot.MemberStreak](t)(s.MemberStreak(t.Context(), h.member.ID))
	}
	joined(t, s, ada.member, ben.member)
	points := 0
	for _, id := range sessions {
		for _, a := range must[[]bot.Answer](t)(s.Answers(t.Context(), id)) {
			if a.Member == ada.member.ID && !a.Void {
				points += a.Points
			}
		}
	}
	if want := 1 + 100 + 10_000 + 100_000; points != want {
		t.Errorf("%d points count, want %d", points, want)
	}
	if got := must[bot.MemberStreak](t)(s.MemberStreak(t.Context(), ada.member.ID)); got.Streak.Days != 4 || got.Streak.Last != 13 {
		t.Errorf("the streak is %+v, want four days", got)
	}
	links := must[[]bot.AccountLink](t)(s.LinksOf(t.Context(), ada.member.ID))
	if err := s.Part(t.Context(), ada.member.ID, links[0].ID); err != nil {
		t.Fatal(err)
	}
	for i, h := range []here{ada, ben} {
		if got := must[bot.MemberStreak](t)(s.MemberStreak(t.Context(), h.member.ID)); !got.Streak.Equal(before[i].Streak) || got.Version <= before[i].Version {
			t.Errorf("parted, the streak of %s is %+v, want %+v of a later version", h.member.Name, got, before[i])
		}
	}
}

// threeJoined holds that a member of three accounts parts one by one.
func threeJoined(t *testing.T, s bot.Store) {
	ada, ben, eve := come(t, s, at("a"), person("Ada")), come(t, s, at("a"), person("Ben")), come(t, s, at("a"), person("Eve"))
	g := newSession(t, s, ada)
	g.Ended = true
	write(t, s, &bot.Change{At: noon, Session: &g, Answers: []bot.Answer{answer(ada, g.ID, 0, 1), answer(ben, g.ID, 1, 10), answer(eve, g.ID, 2, 100)}})
	joined(t, s, ben.member, eve.member)
	if stays := joined(t, s, eve.member, ada.member); stays != ada.member.ID { // eve is part of ben
		t.Fatalf("%d stays", stays)
	}
	board := func() map[string]int {
		out := map[string]int{}
		for _, row := range must[bot.BoardPage](t)(s.Board(t.Context(), bot.BoardQuery{Limit: 9})).Rows {
			out[row.Name] = row.Points
		}
		return out
	}
	if got := board(); !reflect.DeepEqual(got, map[string]int{"Ada": 111}) {
		t.Errorf("joined, the board is %v", got)
	}
	part := func(m bot.MemberID) {
		t.Helper()
		links := must[[]bot.AccountLink](t)(s.LinksOf(t.Context(), m))
		if len(links) != 1 {
			t.Fatalf("member %d has the links %+v", m, links)
		}
		if err := s.Part(t.Context(), m, links[0].ID); err != nil {
			t.Fatal(err)
		}
	}
	part(ada.member.ID)
	if got := board(); !reflect.DeepEqual(got, map[string]int{"Ada": 1, "Ben": 110}) {
		t.Errorf("parted once, the board is %v", got)
	}
	part(ben.member.ID)
	if got := board(); !reflect.DeepEqual(got, map[string]int{"Ada": 1, "Ben": 10, "Eve": 100}) {
		t.Errorf("parted twice, the board is %v", got)
	}
}

// playing holds that nobody is joined out of a session that knows them.
func playing(t *testing.T, s bot.Store) {
	ada, ben := come(t, s, at("a"), person("Ada")), come(t, s, at("b"), person("Ben"))
	g := newSession(t, s, ben)
	write(t, s, &bot.Change{At: noon, Session: &g, Answers: []bot.Answer{answer(ben, g.ID, 0, 1)}})
	if err := s.OfferLink(t.Context(), hashOf("x"), ada.member.ID, noon, noon.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	o := must[bot.LinkOffer](t)(s.TakeLink(t.Context(), hashOf("x"), ben.member.ID, noon))
	if c := must[bot.Comparison](t)(s.Compare(t.Context(), ada.member.ID, ben.member.ID)); !c.Playing {
		t.Error("nobody notices that one of them plays")
	}
	if _, err := s.Join(t.Context(), o.ID, noon); !errors.Is(err, bot.ErrLinkPlaying) {
		t.Errorf("joined in a game: %v", err)
	}
	read := must[bot.Session](t)(s.Session(t.Context(), g.ID))
	over := read
	over.Version, over.Ended = 2, true
	write(t, s, &bot.Change{At: noon, Fence: fenceOf(read), Session: &over})
	if stays := must[bot.MemberID](t)(s.Join(t.Context(), o.ID, noon)); stays != ada.member.ID {
		t.Errorf("%d stays", stays)
	}
}

// forgetJoined holds that whoever was joined is forgotten as a whole.
func forgetJoined(t *testing.T, s bot.Store) {
	ada, ben := come(t, s, at("a"), person("Ada")), come(t, s, at("a"), person("Ben"))
	g := newSession(t, s, ada)
	g.Ended = true
	typed := answer(ben, g.ID, 0, 1)
	typed.Text = "what Ben typed"
	write(t, s, &bot.Change{At: noon, Session: &g, Answers: []bot.Answer{answer(ada, g.ID, 0, 1), typed}})
	stays := joined(t, s, ada.member, ben.member)
	if data := must[[]byte](t)(s.Export(t.Context(), stays)); !containsAll(string(data), "what Ben typed", "Ada", "Ben") {
		t.Errorf("the copy lacks what came by the link:\n%s", data)
	}
	if err := s.Forget(t.Context(), stays, noon); err != nil {
		t.Fatal(err)
	}
	for _, a := range must[[]bot.Answer](t)(s.Answers(t.Context(), g.ID)) {
		if a.Member > 0 || a.Text != "" {
			t.Errorf("left of them is %+v", a)
		}
	}
	if names := must[map[bot.MemberID]string](t)(s.Names(t.Context(), []bot.MemberID{ada.member.ID, ben.member.ID})); len(names) != 0 {
		t.Errorf("they are still called %v", names)
	}
	if again := come(t, s, at("a"), person("Ben")); again.member.ID <= ben.member.ID {
		t.Errorf("Ben comes again as %d", again.member.ID)
	}
}

func containsAll(text string, parts ...string) bool {
	for _, part := range parts {
		if !strings.Contains(text, part) {
			return false
		}
	}
	return true
}
