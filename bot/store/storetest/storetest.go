// Package storetest is the suite that every store passes: what bot.Store promises, method by
// method, and what it promises about changes that come at the same time.
//
// It promises that a store which passes can carry the hall. It refuses to look behind the
// interface: how a store keeps things is its own affair.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/content/language"
)

// noon is when everything happens.
var noon = time.Date(2026, 11, 25, 12, 0, 0, 123456000, time.UTC)

// Run runs the suite. open returns an empty store that ends with the test.
func Run(t *testing.T, open func(t *testing.T) bot.Store) {
	for name, test := range map[string]func(*testing.T, bot.Store){
		"an input is claimed once":                      claims,
		"a change is whole or nothing":                  whole,
		"changes are applied in the order of the queue": order,
		"numbers only grow":                             numbers,
		"people and places are entered once":            enter,
		"a chat that moves keeps what it has":           migrate,
		"a space that is gone leaves answers":           purge,
		"spaces that the bot is in are listed":          spaces,
		"games are replaced version by version":         games,
		"answers come back as they were":                answers,
		"what was seen is counted":                      seen,
		"posts wait in order and arrive once":           outbox,
		"a chat shows its posts as they stand":          posts,
		"what is due is claimed with a lease":           agenda,
		"packs have versions":                           packs,
		"a draft waits":                                 drafts,
		"boards count what is scored":                   boards,
		"reports and audit are kept":                    papers,
		"a member is exported and forgotten":            forget,
		"whoever stops waiting harms nobody":            impatience,
		"a note is kept until another takes its place":  notes,
		"what was told is kept until it is handled":     intake,
		"a post is found by the beginning of its id":    postOf,
		"who administers a space is noted":              admins,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

func write(t *testing.T, s bot.Store, c *bot.Change) {
	t.Helper()
	if err := s.Write(c)(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func refused(t *testing.T, s bot.Store, c *bot.Change, want error) {
	t.Helper()
	if err := s.Write(c)(t.Context()); !errors.Is(err, want) {
		t.Errorf("the change got %v, want %v", err, want)
	}
}

// must returns v of a call that may not fail.
func must[T any](t *testing.T) func(T, error) T {
	t.Helper()
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// at is a place in a room, and someone who is there.
func at(room string) bot.Place {
	return bot.Place{Platform: "test", Space: room, Chat: room, Title: "Room " + room}
}

func person(name string) bot.Person { return bot.Person{User: "u-" + name, Name: name} }

// here is a room with a member.
type here struct {
	space  bot.Space
	chat   bot.Chat
	member bot.Member
}

func come(t *testing.T, s bot.Store, p bot.Place, who bot.Person) here {
	t.Helper()
	space, chat, member, err := s.Enter(t.Context(), p, who, noon)
	if err != nil {
		t.Fatal(err)
	}
	return here{space, chat, member}
}

// game is a game that has just begun in a room.
func game(t *testing.T, s bot.Store, h here) bot.Game {
	t.Helper()
	id := must[int64](t)(s.NextID(t.Context()))
	return bot.Game{ID: bot.GameID(id), Version: 1, Chat: h.chat.ID, Space: h.space.ID, Pack: "p", Hash: "h", Lang: language.Korean,
		Sheet: []byte(`{"a":"٧٠"}`), State: []byte(`{"n":1}`), Started: noon}
}

// answer is an answer that counts.
func answer(h here, g bot.GameID, question int, points int) bot.Answer {
	return bot.Answer{Game: g, Question: question, Member: h.member.ID, Chat: h.chat.ID, Space: h.space.ID, Platform: h.chat.Address.Platform, Pack: "p", Hash: "h",
		Item: "p/f/choice/x", Option: 1, Options: 4, Mark: 2, Points: points, Final: true, At: noon, Day: 20782}
}

func claims(t *testing.T, s bot.Store) {
	due := func(n int) []bot.Due { return []bot.Due{{Key: bot.DueKey(fmt.Sprint("game/", n)), At: noon}} }
	var all sync.WaitGroup
	var mu sync.Mutex
	won := 0
	for n := range 50 { // the same input from everywhere at once
		all.Go(func() {
			err := s.Write(&bot.Change{Input: "in", At: noon, Due: due(n)})(context.Background())
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				won++
			} else if !errors.Is(err, bot.ErrRepeated) {
				t.Errorf("a repeated input got %v", err)
			}
		})
	}
	all.Wait()
	if won != 1 {
		t.Errorf("the input was claimed %d times", won)
	}
	refused(t, s, &bot.Change{Input: "in", At: noon.Add(time.Hour), Due: due(99)}, bot.ErrRepeated)
	if rows := must[[]bot.Due](t)(s.Claim(t.Context(), noon, time.Minute, 100)); len(rows) != 1 {
		t.Errorf("%d changes left something, want one", len(rows))
	}
	write(t, s, &bot.Change{At: noon}) // what no input caused claims nothing
	write(t, s, &bot.Change{At: noon})
}

// whole writes a change that is refused in its middle, among others that share its commit.
func whole(t *testing.T, s bot.Store) {
	h := come(t, s, at("a"), person("Ada"))
	g := game(t, s, h)
	write(t, s, &bot.Change{At: noon, Game: &g})
	stale := g
	stale.Version = 5
	bad := &bot.Change{Input: "bad", At: noon, Game: &stale, Answers: []bot.Answer{answer(h, g.ID, 0, 1)}, Due: []bot.Due{{Key: "game/7", At: noon}},
		Sends: []bot.Send{{Op: bot.New, Slot: "bad", Chat: h.chat.ID}}, Audit: []bot.Audit{{Action: "bad", At: noon}}}
	twice := &bot.Change{Input: "twice", At: noon, Answers: []bot.Answer{answer(h, g.ID, 1, 1), answer(h, g.ID, 1, 1)}}
	var waits []func(context.Context) error
	for n := range 20 {
		waits = append(waits, s.Write(&bot.Change{Input: bot.InputID(fmt.Sprint("good-", n)), At: noon, Due: []bot.Due{{Key: bot.DueKey(fmt.Sprint("purge/", n)), At: noon}}}))
		switch n {
		case 5:
			waits = append(waits, s.Write(bad))
		case 12:
			waits = append(waits, s.Write(twice))
		}
	}
	failed := 0
	for _, wait := range waits {
		if err := wait(t.Context()); err != nil {
			failed++
		}
	}
	if failed != 2 {
		t.Errorf("%d of 22 changes were refused, want two", failed)
	}
	if rows := must[[]bot.Due](t)(s.Claim(t.Context(), noon, time.Minute, 100)); len(rows) != 20 {
		t.Errorf("%d changes stand, want twenty", len(rows))
	}
	if rows := must[[]bot.Answer](t)(s.Answers(t.Context(), g.ID)); len(rows) != 0 {
		t.Errorf("refused changes left %d answers", len(rows))
	}
	if rows := must[[]bot.Send](t)(s.Waiting(t.Context(), h.chat.ID, 10)); len(rows) != 0 {
		t.Errorf("a refused change left %d posts", len(rows))
	}
	if rows := must[[]bot.Audit](t)(s.Audits(t.Context(), 0, 10)); len(rows) != 0 {
		t.Errorf("a refused change left %d audit rows", len(rows))
	}
	good := stale // a refused input is not claimed and may come again
	good.Version = 2
	write(t, s, &bot.Change{Input: "bad", At: noon, Game: &good})
}

func order(t *testing.T, s bot.Store) {
	var waits []func(context.Context) error
	for n := range 200 {
		waits = append(waits, s.Write(&bot.Change{At: noon, Due: []bot.Due{{Key: "game/1", At: noon.Add(time.Duration(n) * time.Second)}}}))
	}
	for _, wait := range waits {
		if err := wait(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	next, some, err := s.Next(t.Context())
	if want := noon.Add(199 * time.Second); err != nil || !some || !next.Equal(want) {
		t.Errorf("the last change says %v, the store %v, %v, %v", want, next, some, err)
	}
}

func numbers(t *testing.T, s bot.Store) {
	var all sync.WaitGroup
	var mu sync.Mutex
	var got []int64
	for range 20 {
		all.Go(func() {
			last := int64(0)
			for range 10 {
				n, err := s.NextID(context.Background())
				if err != nil || n <= last {
					t.Errorf("after %d came %d, %v", last, n, err)
				}
				last = n
				mu.Lock()
				got = append(got, n)
				mu.Unlock()
			}
		})
	}
	all.Wait()
	slices.Sort(got)
	if len(slices.Compact(got)) != 200 {
		t.Error("a number came twice")
	}
}

func enter(t *testing.T, s bot.Store) {
	var all sync.WaitGroup
	got := make([]here, 20)
	for n := range got {
		all.Go(func() { got[n] = come(t, s, at("a"), person("Ada")) })
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
	if err := s.Migrate(t.Context(), at("old"), at("new")); err != nil {
		t.Fatal(err)
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
	if after := come(t, s, at("newer"), person("Ben")); after.chat.ID != before.chat.ID || after.space.ID != before.space.ID || after.member.ID != early.member.ID {
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
	g := game(t, s, h)
	write(t, s, &bot.Change{At: noon, Game: &g, Answers: []bot.Answer{answer(h, g.ID, 0, 3)}, Sends: []bot.Send{{Op: bot.New, Slot: "x", Chat: h.chat.ID}},
		Due: []bot.Due{{Key: bot.DueKey(fmt.Sprint("game/", g.ID)), At: noon}}, Off: []bot.PackOff{{Space: h.space.ID, Pack: "p", Off: true}}})
	if err := s.Purge(t.Context(), h.space.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Chat(t.Context(), h.chat.ID); !errors.Is(err, bot.ErrNone) {
		t.Errorf("its chat is still there: %v", err)
	}
	if live := must[[]bot.Game](t)(s.Live(t.Context())); len(live) != 0 {
		t.Errorf("%d of its games run", len(live))
	}
	if rows := must[[]bot.ChatID](t)(s.Backlog(t.Context())); len(rows) != 0 {
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

func notes(t *testing.T, s bot.Store) {
	if got := must[string](t)(s.Note(t.Context(), "commands")); got != "" {
		t.Errorf("a note that nobody made is %q", got)
	}
	for _, value := range []string{"one", "two"} {
		if err := s.SetNote(t.Context(), "commands", value); err != nil {
			t.Fatal(err)
		}
		if got := must[string](t)(s.Note(t.Context(), "commands")); got != value {
			t.Errorf("the note is %q, want %q", got, value)
		}
	}
	if got := must[string](t)(s.Note(t.Context(), "command")); got != "" {
		t.Errorf("another key gives %q", got)
	}
}
