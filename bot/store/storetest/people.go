package storetest

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"summitquiz/bot"
	"summitquiz/content/language"
)

func enter(t *testing.T, stores []bot.Store) {
	s := stores[0]
	var all sync.WaitGroup
	got := make([]here, 20)
	for n := range got {
		all.Go(func() { got[n] = come(t, stores[n%len(stores)], at("a"), person("Ada")) })
	}
	all.Wait()
	for _, h := range got {
		if h.space.ID != got[0].space.ID || h.chat.ID != got[0].chat.ID || h.member.ID != got[0].member.ID || h.member.ID == 0 {
			t.Errorf("one person came as %+v and %+v", got[0], h)
		}
	}
	first := got[0]
	if first.chat.Address != (bot.Address{Platform: "test", Space: "a", Chat: "a"}) || first.space.Title != "Room a" || first.member.Name != "Ada" {
		t.Errorf("entered as %+v", first)
	}
	renamed := person("Ada")
	renamed.Name = "Ada \u202e<b>"
	moved := at("a")
	moved.Title = ""
	again := come(t, s, moved, renamed)
	if again.member.ID != first.member.ID || again.member.Name != renamed.Name || again.space.Title != "Room a" {
		t.Errorf("came again as %+v", again)
	}
	nobody := come(t, s, bot.Place{Platform: "test", Space: "a", Chat: "a/2", Private: true}, bot.Person{})
	if nobody.member.ID != 0 || nobody.space.ID != first.space.ID || nobody.chat.ID == first.chat.ID || !nobody.chat.Address.Private {
		t.Errorf("what nobody did came as %+v", nobody)
	}
	other := come(t, s, bot.Place{Platform: "other", Space: "a", Chat: "a"}, person("Ada"))
	if other.member.ID == first.member.ID || other.space.ID == first.space.ID {
		t.Error("two platforms share a person or a place")
	}
	names := must[map[bot.MemberID]string](t)(s.Names(t.Context(), []bot.MemberID{first.member.ID, 12345}))
	if len(names) != 1 || names[first.member.ID] != renamed.Name {
		t.Errorf("the names are %v", names)
	}
	m := first.member
	m.Lang, m.Zone, m.Own, m.Owner, m.Digit = language.Chinese, "Asia/Seoul", true, true, language.ArabicIndic
	space := first.space
	space.Settings, space.Gone = bot.Settings{Lang: "ko", Questions: 7, AtEnd: true}, noon
	write(t, s, &bot.Change{At: noon, Member: &m, Space: &space})
	kept := must[bot.Member](t)(s.Member(t.Context(), m.ID))
	if m.Name = renamed.Name; kept != m {
		t.Errorf("the member is kept as %+v, want %+v", kept, m)
	}
	if got := must[[]bot.Member](t)(s.Owners(t.Context())); len(got) != 1 || got[0] != m {
		t.Errorf("the owners are %+v, want %+v", got, m)
	}
	if got := must[bot.Space](t)(s.Space(t.Context(), space.ID)); got.Settings != space.Settings || !got.Gone.Equal(noon) {
		t.Errorf("the space is kept as %+v", got)
	}
	if got := must[[]bot.Account](t)(s.Accounts(t.Context(), m.ID)); len(got) != 1 || got[0] != (bot.Account{Platform: "test", User: "u-Ada"}) {
		t.Errorf("the accounts are %v", got)
	}
	if _, err := s.Chat(t.Context(), 999); !errors.Is(err, bot.ErrNone) {
		t.Errorf("a chat that is not there: %v", err)
	}
	if _, err := s.Member(t.Context(), 999); !errors.Is(err, bot.ErrNone) {
		t.Errorf("a member that is not there: %v", err)
	}
}

func migrate(t *testing.T, s bot.Store) {
	before := come(t, s, at("old"), person("Ada"))
	c := &bot.Change{At: noon, Sends: []bot.Send{{Op: bot.New, Slot: slot("poll"), Chat: before.chat.ID}, {Op: bot.New, Slot: slot("late"), Chat: before.chat.ID}}}
	write(t, s, c)
	arrives := func(send int, ref bot.Ref) {
		t.Helper()
		write(t, s, &bot.Change{At: noon, Progress: []bot.Progress{{Send: c.Sends[send].ID, State: bot.SendDone, Ref: ref, At: noon}}})
	}
	arrives(0, "p12.77")
	if err := s.Migrate(t.Context(), at("old"), at("new")); err != nil {
		t.Fatal(err)
	}
	arrives(1, "77") // the new address counts anew
	given, old := must[bot.Ref](t)(s.RefOf(t.Context(), slot("poll"))).Moved()
	if given != "p12.77" || !old {
		t.Errorf("what was posted before is %s, moved: %v", given, old)
	}
	if got := must[bot.Slot](t)(s.SlotOf(t.Context(), before.chat.ID, "77")); got != slot("late") {
		t.Errorf("the post 77 is %v", got)
	}
	if got, _, err := s.PostOf(t.Context(), "test", "p12."); err != nil || got != slot("poll") {
		t.Errorf("a vote in the old poll is for %v, %v", got, err)
	}
	if after := come(t, s, at("new"), person("Ada")); after.chat.ID != before.chat.ID || after.space.ID != before.space.ID {
		t.Errorf("the chat was %d and is %d", before.chat.ID, after.chat.ID)
	}
	early := come(t, s, at("newer"), person("Ben")) // a message came before the news, which comes twice
	for range 2 {
		if err := s.Migrate(t.Context(), at("new"), at("newer")); err != nil {
			t.Fatal(err)
		}
	}
	after := come(t, s, at("newer"), person("Ben"))
	if after.chat.ID != before.chat.ID || after.space.ID != before.space.ID || after.member.ID != early.member.ID {
		t.Errorf("the chat was %d and %d, and is %d", before.chat.ID, early.chat.ID, after.chat.ID)
	}
	if chat := must[bot.Chat](t)(s.Chat(t.Context(), early.chat.ID)); chat.Address.Chat == "newer" || chat.Address.Chat == "new" {
		t.Errorf("what gave way has the address %+v", chat.Address)
	}
	late := come(t, s, at("new"), person("Eve")) // a message was on its way, and then the news again
	if err := s.Migrate(t.Context(), at("new"), at("newer")); err != nil {
		t.Fatal(err)
	}
	if after := come(t, s, at("newer"), person("Ben")); after.chat.ID != before.chat.ID || after.space.ID != before.space.ID || after.chat.ID == late.chat.ID {
		t.Errorf("the chat was %d, what came late %d, and it is %d", before.chat.ID, late.chat.ID, after.chat.ID)
	}
	topic := bot.Place{Platform: "test", Space: "newer", Chat: "newer/5"}
	inside, moved := come(t, s, topic, bot.Person{}), topic
	moved.Chat = "newer/6"
	if err := s.Migrate(t.Context(), topic, moved); err != nil {
		t.Fatal(err)
	}
	if after := come(t, s, moved, bot.Person{}); after.chat.ID != inside.chat.ID || after.space.ID != before.space.ID {
		t.Errorf("a topic that moved is %+v", after)
	}
}

func purge(t *testing.T, s bot.Store) {
	h := come(t, s, at("a"), person("Ada"))
	g := newSession(t, s, h)
	write(t, s, &bot.Change{At: noon, Session: &g, Answers: []bot.Answer{answer(h, g.ID, 0, 3)},
		Sends: []bot.Send{{Op: bot.New, Slot: slot("x"), Chat: h.chat.ID}},
		Due:   []bot.Due{{Key: key(int64(g.ID)), At: noon}}, Off: []bot.PackOff{{Space: h.space.ID, Pack: "p", Off: true}}})
	if err := s.Purge(t.Context(), h.space.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Chat(t.Context(), h.chat.ID); !errors.Is(err, bot.ErrNone) {
		t.Errorf("its chat is still there: %v", err)
	}
	if live := must[[]bot.Session](t)(s.Live(t.Context(), game)); len(live) != 0 {
		t.Errorf("%d of its games run", len(live))
	}
	if rows := must[[]bot.ChatID](t)(s.Backlog(t.Context(), kinds)); len(rows) != 0 {
		t.Errorf("posts wait for %v", rows)
	}
	if rows := must[[]bot.StatRow](t)(s.Stats(t.Context(), h.member.ID)); len(rows) != 1 || rows[0].Right != 1 {
		t.Errorf("the member's answers are %+v", rows)
	}
}

func spaces(t *testing.T, s bot.Store) {
	a, b := come(t, s, at("a"), person("Ada")), come(t, s, at("b"), person("Ada"))
	alone := at("alone")
	alone.Private = true
	come(t, s, alone, person("Ada"))
	other := at("a")
	other.Platform = "other"
	come(t, s, other, person("Ada"))
	b.space.Settings.Questions = 7
	write(t, s, &bot.Change{At: noon, Space: &b.space})
	if got := must[[]bot.Space](t)(s.Spaces(t.Context(), "test")); len(got) != 2 || got[0] != a.space || got[1] != b.space {
		t.Errorf("the spaces are %+v, want %+v and %+v", got, a.space, b.space)
	}
	a.space.Gone = noon
	write(t, s, &bot.Change{At: noon, Space: &a.space})
	if got := must[[]bot.Space](t)(s.Spaces(t.Context(), "test")); len(got) != 1 || got[0] != b.space {
		t.Errorf("after a removal the spaces are %+v", got)
	}
}

func admins(t *testing.T, s bot.Store) {
	a, b := come(t, s, at("a"), person("Ada")), come(t, s, at("b"), person("Ada"))
	administers := func() string {
		t.Helper()
		var out []string
		for _, space := range must[[]bot.Space](t)(s.Administers(t.Context(), a.member.ID)) {
			out = append(out, space.Platform+"/"+space.Key+"/"+space.Title)
		}
		return strings.Join(out, " ")
	}
	for range 2 {
		write(t, s, &bot.Change{At: noon, Admin: &bot.Admin{Member: a.member.ID, Space: a.space.ID}})
	}
	write(t, s, &bot.Change{At: noon, Admin: &bot.Admin{Member: b.member.ID, Space: b.space.ID}})
	if got := administers(); got != "test/a/Room a test/b/Room b" {
		t.Errorf("Ada administers %q", got)
	}
	gone := b.space
	gone.Gone = noon
	write(t, s, &bot.Change{At: noon, Space: &gone})
	if got := administers(); got != "test/a/Room a" {
		t.Errorf("after one is gone, Ada administers %q", got)
	}
	if data := string(must[[]byte](t)(s.Export(t.Context(), a.member.ID))); !strings.Contains(data, "Room a") {
		t.Errorf("the export does not say what Ada administers:\n%s", data)
	}
	if err := s.Purge(t.Context(), a.space.ID); err != nil {
		t.Fatal(err)
	}
	if err := s.Forget(t.Context(), a.member.ID, noon); err != nil {
		t.Fatal(err)
	}
	if got := administers(); got != "" {
		t.Errorf("after all, Ada administers %q", got)
	}
}

// checkShown holds that only the name of a deleted member is gone from what a chat shows.
func checkShown(t *testing.T, s bot.Store, ada, ben here) {
	t.Helper()
	shown := must[[]bot.Send](t)(s.Posts(t.Context(), ada.chat.ID, ben.member.ID, 10))
	if len(shown) != 2 {
		t.Fatalf("the chat shows %+v", shown)
	}
	for _, post := range shown {
		if said := lines(post.Post); said != "nobody is named" && said != "1. \u2068Somebody\u2069: 3 points\n2. \u2068Ada\u2069: 2 points" {
			t.Errorf("the chat shows %q: only her own name goes", said)
		}
		if len(post.Post.Names()) > 1 {
			t.Errorf("a post names %v", post.Post.Names())
		}
	}
	if ref := must[bot.Ref](t)(s.RefOf(t.Context(), slot("board"))); ref != "r" {
		t.Errorf("the post that named her cannot be found on its platform: %q", ref)
	}
}

func forget(t *testing.T, s bot.Store) {
	ada, ben := come(t, s, at("a"), person("Ada")), come(t, s, at("a"), person("Ben"))
	mine := answer(ada, 1, 0, 3)
	mine.Text = "my very own words"
	named := bot.Post{Kind: bot.BoardPost, Lang: language.English, Body: []bot.Line{
		{Text: "1. \u2068Ada\u2069: 3 points", Who: []bot.Mention{{Member: ada.member.ID, Name: "Ada"}}},
		{Text: "2. \u2068Ada\u2069: 2 points", Who: []bot.Mention{{Member: ben.member.ID, Name: "Ada"}}}}}
	c := &bot.Change{At: noon, Answers: []bot.Answer{mine, answer(ben, 1, 0, 5)},
		Shown:   []bot.Exposure{{Scope: bot.Scope{Member: ada.member.ID}, Pack: "p", Item: "p/f/choice/x", Times: 1, Last: noon}},
		Reports: []bot.Report{{Space: ada.space.ID, Member: ada.member.ID, Pack: "p", Text: "my report", At: noon}},
		Audit:   []bot.Audit{{Space: ada.space.ID, Member: ada.member.ID, Action: "x", At: noon}},
		Sends: []bot.Send{{Op: bot.New, Slot: slot("board"), Chat: ada.chat.ID, Post: named},
			{Op: bot.New, Slot: slot("other"), Chat: ada.chat.ID, Post: said("nobody is named")}}}
	write(t, s, c)
	write(t, s, &bot.Change{At: noon, Progress: []bot.Progress{
		{Send: c.Sends[0].ID, State: bot.SendDone, Ref: "r", At: noon}, {Send: c.Sends[1].ID, State: bot.SendDone, At: noon},
	}})
	data := string(must[[]byte](t)(s.Export(t.Context(), ada.member.ID)))
	for _, want := range []string{"Ada", "u-Ada", "my very own words", "my report", "p/f/choice/x"} {
		if !strings.Contains(data, want) {
			t.Errorf("the export lacks %q:\n%s", want, data)
		}
	}
	if strings.Contains(data, "Ben") {
		t.Error("the export holds somebody else")
	}
	renamed := person("Ada")
	renamed.Name = "Adele" // the posts have her old name
	come(t, s, at("a"), renamed)
	if err := s.Forget(t.Context(), ada.member.ID, noon); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Member(t.Context(), ada.member.ID); !errors.Is(err, bot.ErrNone) {
		t.Errorf("the member is still there: %v", err)
	}
	rows := must[[]bot.Answer](t)(s.Answers(t.Context(), 1))
	if len(rows) != 2 || rows[0].Member == ada.member.ID || rows[0].Member >= 0 || rows[0].Text != "" || rows[0].Points != 3 {
		t.Errorf("the answers are %+v", rows)
	}
	page := must[bot.BoardPage](t)(s.Board(t.Context(), bot.BoardQuery{Space: ada.space.ID, Limit: 10}))
	if len(page.Rows) != 2 || page.Rows[0].Name != "Ben" || page.Rows[0].Points != 5 || page.Rows[1].Name != "" {
		t.Errorf("the board is %+v", page.Rows)
	}
	if rows := must[[]bot.Exposure](t)(s.Seen(t.Context(), bot.Scope{Member: ada.member.ID}, "p")); len(rows) != 0 {
		t.Errorf("what she has seen is kept: %+v", rows)
	}
	reports := must[[]bot.Report](t)(s.Reports(t.Context(), ada.space.ID, 10))
	if len(reports) != 1 || reports[0].Member == ada.member.ID || reports[0].Text != "" {
		t.Errorf("the report is %+v", reports)
	}
	checkShown(t, s, ada, ben)
	if back := come(t, s, at("a"), person("Ada")); back.member.ID == ada.member.ID {
		t.Error("who comes back is the one who was forgotten")
	}
}

// revision changes everything that may be cached, and much that is not.
func revision(t *testing.T, s bot.Store) {
	h := come(t, s, at("a"), person("Ada"))
	write(t, s, &bot.Change{At: noon, Packs: []bot.PackRow{{Pack: "p", Hash: "h", At: noon}, {Pack: "p", Hash: "h2", At: noon}},
		Activate: []bot.Activation{{Pack: "p", Hash: "h"}}})
	last := must[int64](t)(s.Revision(t.Context()))
	step := func(what string, grows bool, do func() error) {
		t.Helper()
		if err := do(); err != nil {
			t.Fatal(err)
		}
		now := must[int64](t)(s.Revision(t.Context()))
		if now < last || now > last != grows {
			t.Errorf("%s: the revision was %d and is %d", what, last, now)
		}
		last = now
	}
	entered := func(p bot.Place, who bot.Person) func() error {
		return func() error { _, _, _, err := s.Enter(t.Context(), p, who, noon); return err }
	}
	written := func(c *bot.Change) func() error { return func() error { return s.Write(c)(t.Context()) } }
	renamed, retitled, moved := person("Ada"), at("a"), at("a")
	renamed.Name = "Ada L."
	retitled.Title = "Another room"
	moved.Space = "b"
	m, space := h.member, h.space
	m.Zone, space.Settings.Questions = "Asia/Seoul", 7
	g := newSession(t, s, h)
	last = must[int64](t)(s.Revision(t.Context()))
	row := bot.PackRow{Pack: "p", Hash: "h", At: noon}

	step("the same person in the same place", false, entered(at("a"), person("Ada")))
	step("a new person", false, entered(at("a"), person("Ben")))
	step("a new place", false, entered(at("c"), person("Ben")))
	step("a session, an answer and a post", false, written(&bot.Change{Input: "in", At: noon, Session: &g, Answers: []bot.Answer{answer(h, g.ID, 0, 1)},
		Sends: []bot.Send{{Op: bot.New, Slot: slot("x"), Chat: h.chat.ID}}, Due: []bot.Due{{Key: key(1), At: noon}}}))
	step("a pack that is there", false, written(&bot.Change{At: noon, Packs: []bot.PackRow{row}, Activate: []bot.Activation{{Pack: "p", Hash: "h"}}}))
	step("a pack that is on", false, written(&bot.Change{At: noon, Off: []bot.PackOff{{Pack: "p"}}}))

	step("a new name", true, entered(at("a"), renamed))
	step("a new title", true, entered(retitled, renamed))
	step("a chat of another space", true, entered(moved, renamed))
	step("a member's settings", true, written(&bot.Change{At: noon, Member: &m}))
	step("a space's settings", true, written(&bot.Change{At: noon, Space: &space}))
	step("an admin", true, written(&bot.Change{At: noon, Admin: &bot.Admin{Member: m.ID, Space: space.ID}}))
	step("the same admin", false, written(&bot.Change{At: noon, Admin: &bot.Admin{Member: m.ID, Space: space.ID}}))
	step("another version of a pack", true, written(&bot.Change{At: noon, Activate: []bot.Activation{{Pack: "p", Hash: "h2"}}}))
	step("a pack that is new", true, written(&bot.Change{At: noon, Packs: []bot.PackRow{{Pack: "q", Hash: "h", At: noon}}}))
	step("a pack that is switched off", true, written(&bot.Change{At: noon, Off: []bot.PackOff{{Pack: "p", Off: true}}}))
	step("a pack that is switched on", true, written(&bot.Change{At: noon, Off: []bot.PackOff{{Pack: "p"}}}))
	step("a chat that moves", true, func() error { return s.Migrate(t.Context(), at("c"), at("d")) })
	step("a chat that nobody knows", false, func() error { return s.Migrate(t.Context(), at("x"), at("y")) })
	step("a member who is forgotten", true, func() error { return s.Forget(t.Context(), m.ID, noon) })
	step("a space that is gone", true, func() error { return s.Purge(t.Context(), space.ID) })
}
