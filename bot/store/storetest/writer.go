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
)

func claims(t *testing.T, stores []bot.Store) {
	s := stores[0]
	due := func(n int) []bot.Due { return []bot.Due{{Key: bot.DueKey{Kind: game, ID: int64(n)}, At: noon}} }
	var all sync.WaitGroup
	var mu sync.Mutex
	won := 0
	for n := range 50 { // the same input from everywhere at once
		all.Go(func() {
			err := stores[n%len(stores)].Write(&bot.Change{Input: "in", At: noon, Due: due(n)})(context.Background())
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
	if rows := must[[]bot.Due](t)(s.Claim(t.Context(), kinds, noon, time.Minute, 100)); len(rows) != 1 {
		t.Errorf("%d changes left something, want one", len(rows))
	}
	write(t, s, &bot.Change{At: noon}) // what no input caused claims nothing
	write(t, s, &bot.Change{At: noon})
}

// whole writes a change that is refused in its middle, among others that share its commit.
func whole(t *testing.T, s bot.Store) {
	h := come(t, s, at("a"), person("Ada"))
	g := newSession(t, s, h)
	write(t, s, &bot.Change{At: noon, Session: &g})
	stale := g
	stale.Version = 5
	bad := &bot.Change{Input: "bad", At: noon, Fence: &bot.Fence{Session: g.ID, Version: 4}, Session: &stale,
		Answers: []bot.Answer{answer(h, g.ID, 0, 1)}, Due: []bot.Due{{Key: bot.DueKey{Kind: game, ID: 7}, At: noon}},
		Sends: []bot.Send{{Op: bot.New, Slot: slot("bad"), Chat: h.chat.ID}}, Audit: []bot.Audit{{Action: "bad", At: noon}}}
	twice := &bot.Change{Input: "twice", At: noon, Answers: []bot.Answer{answer(h, g.ID, 1, 1), answer(h, g.ID, 1, 1)}}
	var waits []func(context.Context) error
	for n := range 20 {
		waits = append(waits, s.Write(&bot.Change{Input: bot.InputID(fmt.Sprint("good-", n)), At: noon,
			Due: []bot.Due{{Key: bot.DueKey{Kind: "space", ID: int64(n)}, At: noon}}}))
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
	if rows := must[[]bot.Due](t)(s.Claim(t.Context(), kinds, noon, time.Minute, 100)); len(rows) != 20 {
		t.Errorf("%d changes stand, want twenty", len(rows))
	}
	if rows := must[[]bot.Answer](t)(s.Answers(t.Context(), g.ID)); len(rows) != 0 {
		t.Errorf("refused changes left %d answers", len(rows))
	}
	if rows := must[[]bot.Send](t)(s.Waiting(t.Context(), kinds, h.chat.ID, 10)); len(rows) != 0 {
		t.Errorf("a refused change left %d posts", len(rows))
	}
	if rows := must[[]bot.Audit](t)(s.Audits(t.Context(), 0, 10)); len(rows) != 0 {
		t.Errorf("a refused change left %d audit rows", len(rows))
	}
	good := stale // a refused input is not claimed and may come again
	good.Version = 2
	write(t, s, &bot.Change{Input: "bad", At: noon, Fence: fenceOf(g), Session: &good})
}

func order(t *testing.T, s bot.Store) {
	var waits []func(context.Context) error
	for n := range 200 {
		waits = append(waits, s.Write(&bot.Change{At: noon, Due: []bot.Due{{Key: bot.DueKey{Kind: game, ID: 1}, At: noon.Add(time.Duration(n) * time.Second)}}}))
	}
	for _, wait := range waits {
		if err := wait(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	next, some, err := s.Next(t.Context(), kinds)
	if want := noon.Add(199 * time.Second); err != nil || !some || !next.Equal(want) {
		t.Errorf("the last change says %v, the store %v, %v, %v", want, next, some, err)
	}
}

func numbers(t *testing.T, stores []bot.Store) {
	var all sync.WaitGroup
	var mu sync.Mutex
	var got []int64
	for i := range 20 {
		all.Go(func() {
			last := int64(0)
			for range 10 {
				n, err := stores[i%len(stores)].NextID(context.Background())
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

// impatience gives up waiting: the change is written all the same.
func patience(t *testing.T, s bot.Store) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	wait := s.Write(&bot.Change{Input: "in", At: noon, Due: []bot.Due{{Key: key(1), At: noon}}})
	if err := wait(ctx); err != nil && !errors.Is(err, context.Canceled) {
		t.Errorf("who has stopped waiting gets %v", err)
	}
	if err := wait(t.Context()); err != nil {
		t.Errorf("who waits again gets %v", err)
	}
	refused(t, s, &bot.Change{Input: "in", At: noon}, bot.ErrRepeated)
}
