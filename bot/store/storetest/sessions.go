package storetest

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/content/language"
)

func sessions(t *testing.T, s bot.Store) {
	h := come(t, s, at("a"), person("Ada"))
	g := newSession(t, s, h)
	write(t, s, &bot.Change{At: noon, Session: &g})
	next := g
	next.Version, next.State, next.Owner, next.Run = 2, []byte(`{"n":2}`), "other", 8
	write(t, s, &bot.Change{At: noon, Fence: fenceOf(g), Session: &next})
	refused(t, s, &bot.Change{At: noon, Fence: fenceOf(g), Session: &next}, bot.ErrConflict)
	if got := must[bot.Session](t)(s.Session(t.Context(), g.ID)); !reflect.DeepEqual(got, next) {
		t.Errorf("the session is kept as\n%+v, want\n%+v", got, next)
	}
	if err := s.Write(&bot.Change{At: noon, Session: &bot.Session{ID: g.ID, Kind: game, Version: 3}})(t.Context()); err == nil {
		t.Error("a session was replaced without a fence")
	}
	last := next
	last.Version, last.Ended = 3, true
	write(t, s, &bot.Change{At: noon, Fence: fenceOf(next), Session: &last})
	if live := must[[]bot.Session](t)(s.Live(t.Context(), game)); len(live) != 0 {
		t.Errorf("%d sessions are live after the only one has ended", len(live))
	}
	if _, err := s.Session(t.Context(), 999); !errors.Is(err, bot.ErrNone) {
		t.Errorf("a session that is not there: %v", err)
	}
}

// places has sessions of two kinds in two chats of a space and in another one.
func places(t *testing.T, s bot.Store) {
	a, b := come(t, s, at("a"), person("Ada")), come(t, s, at("b"), person("Ben"))
	topic := at("a")
	topic.Chat = "a/2"
	a2 := come(t, s, topic, person("Ada"))
	begin := func(h here, change func(*bot.Session)) bot.Session {
		g := newSession(t, s, h)
		if change != nil {
			change(&g)
		}
		write(t, s, &bot.Change{At: noon, Session: &g})
		return g
	}
	everybody := begin(a, nil)
	solo := begin(a, func(g *bot.Session) { g.Solo = a.member.ID })
	daily := begin(a, func(g *bot.Session) { g.Kind = "daily" })
	inTopic := begin(a2, nil)
	elsewhere := begin(b, nil)
	begin(b, func(g *bot.Session) { g.Solo, g.Ended = b.member.ID, true })

	find := func(kind bot.Kind, chat bot.ChatID, m bot.MemberID) bot.SessionID {
		t.Helper()
		g, err := s.LiveAt(t.Context(), kind, chat, m)
		if err != nil && !errors.Is(err, bot.ErrNone) {
			t.Fatal(err)
		}
		if err == nil && (g.Script != nil || g.State != nil || g.Kind != kind || g.Chat != chat) {
			t.Errorf("found was %+v", g)
		}
		return g.ID
	}
	for _, tc := range []struct {
		name string
		kind bot.Kind
		chat bot.ChatID
		m    bot.MemberID
		want bot.SessionID
	}{
		{"their own", game, a.chat.ID, a.member.ID, solo.ID},
		{"everybody's", game, a.chat.ID, b.member.ID, everybody.ID},
		{"nobody's", game, a.chat.ID, 0, everybody.ID},
		{"of another kind", "daily", a.chat.ID, a.member.ID, daily.ID},
		{"in a topic", game, a2.chat.ID, a.member.ID, inTopic.ID},
		{"where their own has ended", game, b.chat.ID, b.member.ID, elsewhere.ID},
		{"where there is none of the kind", "daily", b.chat.ID, b.member.ID, 0},
	} {
		if got := find(tc.kind, tc.chat, tc.m); got != tc.want {
			t.Errorf("%s: session %d, want %d", tc.name, got, tc.want)
		}
	}
	live := must[[]bot.Session](t)(s.Live(t.Context(), game))
	if len(live) != 4 || live[0].ID != everybody.ID || live[3].ID != elsewhere.ID || string(live[0].Script) != string(everybody.Script) {
		t.Errorf("live are %+v", live)
	}
}

// spaceWide has sessions of two kinds in two chats of a space and in another one.
func spaceWide(t *testing.T, s bot.Store) {
	a, b := come(t, s, at("a"), person("Ada")), come(t, s, at("b"), person("Ben"))
	topic := at("a")
	topic.Chat = "a/2"
	a2 := come(t, s, topic, person("Ada"))
	var ids []bot.SessionID
	for _, in := range []struct {
		h    here
		kind bot.Kind
		solo bot.MemberID
	}{{a, game, 0}, {a, game, a.member.ID}, {a2, game, 0}, {a, "daily", 0}, {b, game, 0}} {
		g := newSession(t, s, in.h)
		g.Kind, g.Solo = in.kind, in.solo
		write(t, s, &bot.Change{At: noon, Session: &g})
		ids = append(ids, g.ID)
	}
	for _, tc := range []struct {
		kind  bot.Kind
		space bot.SpaceID
		chat  bot.ChatID
		want  []bot.SessionID
	}{
		{game, a.space.ID, 0, ids[:3]},
		{game, a.space.ID, a2.chat.ID, ids[2:3]},
		{"daily", a.space.ID, 0, ids[3:4]},
		{game, b.space.ID, 0, ids[4:]},
		{game, b.space.ID, a.chat.ID, nil},
	} {
		if got := must[[]bot.SessionID](t)(s.LiveIn(t.Context(), tc.kind, tc.space, tc.chat)); !slices.Equal(got, tc.want) {
			t.Errorf("live %s in space %d, chat %d: %v, want %v", tc.kind, tc.space, tc.chat, got, tc.want)
		}
	}
}

// oneLive begins sessions in one place from everywhere at once.
func oneLive(t *testing.T, stores []bot.Store) {
	h := come(t, stores[0], at("a"), person("Ada"))
	for _, change := range []func(*bot.Session){func(*bot.Session) {}, func(g *bot.Session) { g.Solo = h.member.ID }, func(g *bot.Session) { g.Kind = "daily" }} {
		var group sync.WaitGroup
		won := make([]bot.SessionID, 20)
		for n := range won {
			g := newSession(t, stores[0], h)
			change(&g)
			group.Go(func() {
				err := stores[n%len(stores)].Write(&bot.Change{Input: bot.InputID(fmt.Sprint(g.Kind, g.ID)), At: noon, Session: &g})(t.Context())
				if err == nil {
					won[n] = g.ID
				} else if !errors.Is(err, bot.ErrConflict) {
					t.Error(err)
				}
			})
		}
		group.Wait()
		won = slices.DeleteFunc(won, func(id bot.SessionID) bool { return id == 0 })
		if len(won) != 1 {
			t.Fatalf("%d sessions began in one place", len(won))
		}
		g := must[bot.Session](t)(stores[0].Session(t.Context(), won[0]))
		next, again := g, g
		next.Version, next.Ended = 2, true
		again.ID, again.Version = g.ID+1000, 1
		refused(t, stores[0], &bot.Change{At: noon, Session: &again}, bot.ErrConflict)
		write(t, stores[0], &bot.Change{At: noon, Fence: fenceOf(g), Session: &next})
		write(t, stores[0], &bot.Change{At: noon, Session: &again}) // the place is free again
	}
}

// adopt leaves sessions of several processes and runs.
func adopt(t *testing.T, s bot.Store) {
	later := noon.Add(time.Hour)
	begin := func(room, owner string, run int64, ended bool) bot.SessionID {
		t.Helper()
		g := newSession(t, s, come(t, s, at(room), person("Ada")))
		g.Owner, g.Run, g.Ended = owner, run, ended
		write(t, s, &bot.Change{At: noon, Session: &g, Due: []bot.Due{{Key: key(int64(g.ID)), At: later}}})
		return g.ID
	}
	left, older := begin("a", "main", 1, false), begin("b", "main", 2, false)
	begin("c", "main", 3, false)
	begin("d", "other", 1, false)
	begin("e", "main", 1, true)
	write(t, s, &bot.Change{At: noon, Due: []bot.Due{{Key: bot.DueKey{Kind: "space", ID: int64(left)}, At: later}}})
	until := noon.Add(time.Minute)
	rows := must[[]bot.Due](t)(s.Adopt(t.Context(), kinds, "main", 3, until))
	if none := must[[]bot.Due](t)(s.Adopt(t.Context(), []bot.Kind{"strange"}, "main", 3, until)); len(none) != 0 {
		t.Errorf("of another kind, adopted are %+v", none)
	}
	slices.SortFunc(rows, func(a, b bot.Due) int { return cmp.Compare(a.Key.ID, b.Key.ID) })
	if len(rows) != 2 || rows[0].Key != key(int64(left)) || rows[1].Key != key(int64(older)) || rows[0].Attempt != 1 || !rows[0].At.Equal(until) {
		t.Errorf("adopted are %+v", rows)
	}
	if rows := must[[]bot.Due](t)(s.Claim(t.Context(), kinds, noon, time.Minute, 9)); len(rows) != 0 {
		t.Errorf("what is adopted was claimed: %+v", rows)
	}
	if rows := must[[]bot.Due](t)(s.Claim(t.Context(), kinds, until, time.Minute, 9)); len(rows) != 2 || rows[0].Attempt != 2 {
		t.Errorf("of what nobody did, %+v was claimed", rows)
	}
	if rows := must[[]bot.Due](t)(s.Claim(t.Context(), kinds, later, time.Minute, 9)); len(rows) != 6 {
		t.Errorf("%d rows are left, want six", len(rows))
	}
}

func answers(t *testing.T, s bot.Store) {
	h, other := come(t, s, at("a"), person("Ada")), come(t, s, at("a"), person("Ben"))
	full := answer(h, 7, 3, math.MaxInt32)
	full.Try, full.Seed, full.Lang, full.Option, full.Options, full.Reason = 1, math.MaxUint64, language.Arabic, -1, 0, 3
	full.Text = "٧٠ تريليون \u202e'\"; DROP TABLE answers; --\x00 🟩"
	full.Prior, full.Took, full.Lapsed, full.Solo, full.Hinted = -1234, 1234567*time.Microsecond, true, true, true
	c := &bot.Change{At: noon, Answers: []bot.Answer{full, answer(other, 7, 3, 0)}}
	write(t, s, c)
	if c.Answers[0].ID == 0 || c.Answers[1].ID <= c.Answers[0].ID {
		t.Errorf("the answers got the numbers %d and %d", c.Answers[0].ID, c.Answers[1].ID)
	}
	rows := must[[]bot.Answer](t)(s.Answers(t.Context(), 7))
	if full.ID = c.Answers[0].ID; len(rows) != 2 || rows[0] != full {
		t.Errorf("an answer came back as\n%+v, want\n%+v", rows[0], full)
	}
	refused(t, s, &bot.Change{Input: "again", At: noon, Answers: []bot.Answer{full}}, bot.ErrRepeated)
	write(t, s, &bot.Change{At: noon, Void: []bot.Void{{Session: 7, Question: 3}}})
	for _, a := range must[[]bot.Answer](t)(s.Answers(t.Context(), 7)) {
		if !a.Void || a.Points != 0 {
			t.Errorf("an answer to a void question scores: %+v", a)
		}
	}
	log := func(after int64, most int) (ids []int64) {
		t.Helper()
		if err := s.Log(t.Context(), "p", after, func(a bot.Answer) bool { ids = append(ids, a.ID); return len(ids) < most }); err != nil {
			t.Fatal(err)
		}
		return ids
	}
	if all := log(0, 10); !slices.Equal(all, []int64{full.ID, c.Answers[1].ID}) {
		t.Errorf("the log is %v", all)
	}
	if rest := log(full.ID, 10); len(rest) != 1 {
		t.Errorf("after the first one the log is %v", rest)
	}
	if one := log(0, 1); len(one) != 1 {
		t.Errorf("whoever has enough gets %v", one)
	}
}

func seen(t *testing.T, s bot.Store) {
	chat, member := bot.Scope{Chat: 3}, bot.Scope{Member: 3}
	e := bot.Exposure{Scope: chat, Pack: "p", Item: "p/f/choice/x", Options: math.MaxUint64, Times: 1, Last: noon}
	write(t, s, &bot.Change{At: noon, Shown: []bot.Exposure{e}})
	e.Times, e.Last = 2, noon.Add(time.Hour)
	write(t, s, &bot.Change{At: noon, Shown: []bot.Exposure{e}})
	rows := must[[]bot.Exposure](t)(s.Seen(t.Context(), chat, "p"))
	if e.Times = 3; len(rows) != 1 || rows[0] != e {
		t.Errorf("seen was %+v, want %+v", rows, e)
	}
	if rows := must[[]bot.Exposure](t)(s.Seen(t.Context(), member, "p")); len(rows) != 0 {
		t.Errorf("a member with the chat's number has seen %+v", rows)
	}
	if rows := must[[]bot.Exposure](t)(s.Seen(t.Context(), chat, "q")); len(rows) != 0 {
		t.Errorf("of another pack %+v were seen", rows)
	}
}
