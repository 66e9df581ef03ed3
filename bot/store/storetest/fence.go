package storetest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"summitquiz/bot"
)

// fence writes changes that were decided on what is no longer so.
func fence(t *testing.T, s bot.Store) {
	ada, ben := come(t, s, at("a"), person("Ada")), come(t, s, at("a"), person("Ben"))
	g := newSession(t, s, ada)
	write(t, s, &bot.Change{At: noon, Session: &g, Answers: []bot.Answer{answer(ada, g.ID, 0, 1)}}) // a session may begin with answers
	read := func(version, answers int) bot.Session {
		t.Helper()
		got := must[bot.Session](t)(s.Session(t.Context(), g.ID))
		if got.Version != version || got.Answers != answers {
			t.Fatalf("the session has version %d and %d answers, want %d and %d", got.Version, got.Answers, version, answers)
		}
		if at := must[bot.Session](t)(s.LiveAt(t.Context(), game, g.Chat, 0)); at.Version != version || at.Answers != answers {
			t.Errorf("found as live it has version %d and %d answers", at.Version, at.Answers)
		}
		return got
	}
	first := read(1, 1)
	write(t, s, &bot.Change{Input: "ben", At: noon, Fence: fenceOf(first), Answers: []bot.Answer{answer(ben, g.ID, 0, 1)}})
	second := read(1, 2)
	next := first
	next.Version = 2
	late := answer(ada, g.ID, 1, 1)
	for name, c := range map[string]*bot.Change{
		"an answer":          {Answers: []bot.Answer{late}},
		"a version":          {Session: &next},
		"both":               {Session: &next, Answers: []bot.Answer{late}},
		"a check and a post": {Sends: []bot.Send{{Op: bot.New, Slot: slot("x"), Chat: g.Chat}}},
	} {
		c.Input, c.At, c.Fence = bot.InputID(name), noon, fenceOf(first)
		refused(t, s, c, bot.ErrConflict)
		c.Fence = &bot.Fence{Session: g.ID, Version: 1, Answers: 3}
		refused(t, s, c, bot.ErrConflict)
		if c.Session == nil {
			c.Fence = &bot.Fence{Session: g.ID, Version: 2, Answers: 2}
			refused(t, s, c, bot.ErrConflict)
			c.Fence = &bot.Fence{Session: g.ID + 1, Version: 1, Answers: 2}
			refused(t, s, c, bot.ErrConflict)
		}
	}
	refused(t, s, &bot.Change{Input: "ben", At: noon, Fence: fenceOf(first)}, bot.ErrRepeated) // a repeated input is told before a conflict
	read(1, 2)
	write(t, s, &bot.Change{Input: "a version", At: noon, Fence: fenceOf(second), Session: &next}) // its input was not claimed
	third := read(2, 2)
	next.Version = 3
	write(t, s, &bot.Change{Input: "both", At: noon, Fence: fenceOf(third), Session: &next, Answers: []bot.Answer{late, answer(ben, g.ID, 1, 0)}})
	fourth := read(3, 4)
	write(t, s, &bot.Change{At: noon, Fence: fenceOf(fourth), Sends: []bot.Send{{Op: bot.New, Slot: slot("x"), Chat: g.Chat}}})
	refused(t, s, &bot.Change{At: noon, Fence: fenceOf(fourth), Answers: []bot.Answer{late}}, bot.ErrRepeated)
	read(3, 4)
	write(t, s, &bot.Change{At: noon, Answers: []bot.Answer{answer(ada, g.ID, 2, 1)}}) // answers that nothing fences count, too
	read(3, 5)
	if rows := must[[]bot.Send](t)(s.Waiting(t.Context(), kinds, g.Chat, 9)); len(rows) != 1 {
		t.Errorf("%d posts wait, want one", len(rows))
	}
}

// decisions are made by several writers on the same state, again and again.
func decisions(t *testing.T, stores []bot.Store) {
	h := come(t, stores[0], at("a"), person("Ada"))
	g := newSession(t, stores[0], h)
	write(t, stores[0], &bot.Change{At: noon, Session: &g})
	for round := range 12 {
		before := must[bot.Session](t)(stores[round%len(stores)].Session(t.Context(), g.ID))
		var group sync.WaitGroup
		won := make([]bool, 8)
		for n := range won {
			c := &bot.Change{Input: bot.InputID(fmt.Sprint(round, "/", n)), At: noon, Fence: fenceOf(before)}
			a := answer(h, g.ID, round, 1)
			a.Member += bot.MemberID(n)
			next := before
			next.Version++
			switch n % 3 {
			case 0:
				c.Answers = []bot.Answer{a}
			case 1:
				c.Session = &next
			case 2:
				c.Session, c.Answers = &next, []bot.Answer{a}
			}
			group.Go(func() {
				err := stores[n%len(stores)].Write(c)(t.Context())
				if won[n] = err == nil; err != nil && !errors.Is(err, bot.ErrConflict) {
					t.Error(err)
				}
			})
		}
		group.Wait()
		after := must[bot.Session](t)(stores[0].Session(t.Context(), g.ID))
		winner := slices.Index(won, true)
		if winner < 0 || slices.Contains(won[winner+1:], true) {
			t.Fatalf("round %d was won by %v, want one", round, won)
		}
		versions, answers := []int{0, 1, 1}[winner%3], []int{1, 0, 1}[winner%3]
		if after.Version != before.Version+versions || after.Answers != before.Answers+answers {
			t.Errorf("after writer %d the session went from %d and %d to %d and %d", winner, before.Version, before.Answers, after.Version, after.Answers)
		}
		if rows := must[[]bot.Answer](t)(stores[0].Answers(t.Context(), g.ID)); len(rows) != after.Answers {
			t.Errorf("%d answers are kept, %d are counted", len(rows), after.Answers)
		}
	}
}

// contention has several writers who read, decide and write until they are not refused. The state
// is a sum that every one of them adds to.
func contention(t *testing.T, stores []bot.Store) {
	const writers, each = 6, 12
	h := come(t, stores[0], at("a"), person("Ada"))
	g := newSession(t, stores[0], h)
	g.State = []byte("0")
	write(t, stores[0], &bot.Change{At: noon, Session: &g})
	once := func(s bot.Store, w, n int) error {
		before, err := s.Session(t.Context(), g.ID)
		if err != nil {
			return err
		}
		var sum int
		if err := json.Unmarshal(before.State, &sum); err != nil {
			return err
		}
		a := answer(h, g.ID, n, 1)
		a.Member += bot.MemberID(w)
		c := &bot.Change{Input: bot.InputID(fmt.Sprint(w, "/", n)), At: noon, Fence: fenceOf(before), Answers: []bot.Answer{a}}
		if n%2 == 0 { // every other answer is also a new version
			next := before
			next.Version++
			next.State = fmt.Append(nil, sum+1)
			c.Session = &next
		}
		return s.Write(c)(t.Context())
	}
	var group sync.WaitGroup
	for w := range writers {
		group.Go(func() {
			for n := range each {
				err := once(stores[w%len(stores)], w, n)
				for errors.Is(err, bot.ErrConflict) {
					err = once(stores[w%len(stores)], w, n)
				}
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	after := must[bot.Session](t)(stores[0].Session(t.Context(), g.ID))
	rows := must[[]bot.Answer](t)(stores[0].Answers(t.Context(), g.ID))
	if len(rows) != writers*each || after.Answers != writers*each {
		t.Errorf("%d answers are kept and %d counted, want %d", len(rows), after.Answers, writers*each)
	}
	if want := fmt.Sprint(writers * each / 2); string(after.State) != want || after.Version != 1+writers*each/2 {
		t.Errorf("the sum is %s in version %d, want %s", after.State, after.Version, want)
	}
}

// together queues changes of one session that may share a commit, some of which are refused.
func together(t *testing.T, s bot.Store) {
	h := come(t, s, at("a"), person("Ada"))
	g := newSession(t, s, h)
	version, answers := 1, 0
	var waits []func(context.Context) error
	var wants []error
	queue := func(c *bot.Change, want error) {
		c.Input, c.At = bot.InputID(fmt.Sprint("in-", len(waits))), noon
		waits, wants = append(waits, s.Write(c)), append(wants, want)
	}
	now := func() *bot.Fence { return &bot.Fence{Session: g.ID, Version: version, Answers: answers} }
	stale := func() *bot.Fence { return &bot.Fence{Session: g.ID, Version: version, Answers: answers - 1} }
	one := func() []bot.Answer { return []bot.Answer{answer(h, g.ID, answers, 1)} }
	queue(&bot.Change{Session: &g}, nil)
	for n := range 60 {
		queue(&bot.Change{Fence: now(), Answers: one()}, nil)
		answers++
		switch n % 10 {
		case 2:
			queue(&bot.Change{Fence: stale(), Answers: one()}, bot.ErrConflict)
			queue(&bot.Change{Fence: stale()}, bot.ErrConflict)
			queue(&bot.Change{Fence: now()}, nil)
		case 4:
			next := g
			next.Version = version + 1
			queue(&bot.Change{Fence: stale(), Session: &next}, bot.ErrConflict)
			queue(&bot.Change{Fence: now(), Session: &next}, nil)
			version++
		case 6:
			queue(&bot.Change{Answers: one()}, nil) // without a fence
			answers++
		case 8:
			queue(&bot.Change{Fence: now(), Answers: []bot.Answer{answer(h, g.ID, 0, 1)}}, bot.ErrRepeated) // refused after it was counted
		}
	}
	for i, wait := range waits {
		if err := wait(t.Context()); !errors.Is(err, wants[i]) {
			t.Errorf("change %d got %v, want %v", i, err, wants[i])
		}
	}
	got := must[bot.Session](t)(s.Session(t.Context(), g.ID))
	rows := must[[]bot.Answer](t)(s.Answers(t.Context(), g.ID))
	if got.Version != version || got.Answers != answers || len(rows) != answers {
		t.Errorf("version %d, %d answers counted and %d kept, want version %d and %d", got.Version, got.Answers, len(rows), version, answers)
	}
}

// orphans queues changes that were decided one upon the other, the first of which is refused. What
// somebody else wrote meanwhile makes the numbers of the others' fences right again, and they are
// refused all the same.
func orphans(t *testing.T, s bot.Store) {
	ada, ben := come(t, s, at("a"), person("Ada")), come(t, s, at("a"), person("Ben"))
	g := newSession(t, s, ada)
	write(t, s, &bot.Change{At: noon, Session: &g})
	seen := func(version, answers int) *bot.Fence {
		return &bot.Fence{Session: g.ID, Version: version, Answers: answers}
	}
	write(t, s, &bot.Change{At: noon, Fence: seen(1, 0), Answers: []bot.Answer{answer(ben, g.ID, 0, 1)}}) // somebody else was first
	next := g
	next.Version = 2
	first := &bot.Change{Input: "1", At: noon, Fence: seen(1, 0), Answers: []bot.Answer{answer(ada, g.ID, 0, 1)}}
	second := &bot.Change{Input: "2", At: noon, Fence: seen(1, 1), After: first, Session: &next}
	third := &bot.Change{Input: "3", At: noon, Fence: seen(2, 1), After: second}
	for n, wait := range []func(context.Context) error{s.Write(first), s.Write(second), s.Write(third)} {
		if err := wait(t.Context()); !errors.Is(err, bot.ErrConflict) {
			t.Errorf("change %d got %v, want %v", n+1, err, bot.ErrConflict)
		}
	}
	if now := must[bot.Session](t)(s.Session(t.Context(), g.ID)); now.Version != 1 || now.Answers != 1 {
		t.Errorf("the session has version %d and %d answers, want 1 and 1", now.Version, now.Answers)
	}
	fourth := &bot.Change{Input: "1", At: noon, Fence: seen(1, 1), Answers: []bot.Answer{answer(ada, g.ID, 0, 1)}}
	fifth := &bot.Change{Input: "2", At: noon, Fence: seen(1, 2), After: fourth, Session: &next}
	for n, wait := range []func(context.Context) error{s.Write(fourth), s.Write(fifth)} {
		if err := wait(t.Context()); err != nil {
			t.Errorf("decided anew, change %d got %v", n+1, err)
		}
	}
}
