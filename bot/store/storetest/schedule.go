package storetest

import (
	"slices"
	"sync"
	"testing"
	"time"

	"summitquiz/bot"
)

func schedule(t *testing.T, s bot.Store) {
	if _, some, err := s.Next(t.Context(), kinds); some || err != nil {
		t.Errorf("something is due in an empty store: %v", err)
	}
	write(t, s, &bot.Change{At: noon, Due: []bot.Due{{Key: key(2), At: noon.Add(time.Second)}, {Key: key(1), At: noon}, {Key: key(3), At: noon.Add(time.Hour)}}})
	rows := must[[]bot.Due](t)(s.Claim(t.Context(), kinds, noon.Add(time.Minute), time.Minute, 1))
	if len(rows) != 1 || rows[0].Key != key(1) || rows[0].Attempt != 1 {
		t.Errorf("claimed first was %+v", rows)
	}
	rows = must[[]bot.Due](t)(s.Claim(t.Context(), kinds, noon.Add(time.Minute), time.Minute, 9))
	if len(rows) != 1 || rows[0].Key != key(2) {
		t.Errorf("claimed next were %+v", rows)
	}
	rows = must[[]bot.Due](t)(s.Claim(t.Context(), kinds, noon.Add(2*time.Minute), time.Minute, 9))
	if len(rows) != 2 || rows[0].Attempt != 2 {
		t.Errorf("claimed after the lease were %+v", rows)
	}
	write(t, s, &bot.Change{At: noon, Undue: []bot.DueKey{key(1), {Kind: "nothing"}}, Due: []bot.Due{{Key: key(2), At: noon.Add(30 * time.Minute)}}})
	next, some, err := s.Next(t.Context(), kinds)
	if err != nil || !some || !next.Equal(noon.Add(30*time.Minute)) {
		t.Errorf("next is %v, %v, %v", next, some, err)
	}
}

// unknownKinds has rows of a newer program in the store.
func unknownKinds(t *testing.T, s bot.Store) {
	newer := bot.DueKey{Kind: "review", ID: 1}
	write(t, s, &bot.Change{At: noon, Due: []bot.Due{
		{Key: newer, At: noon}, {Key: key(1), At: noon.Add(time.Second)}, {Key: bot.DueKey{Kind: "space", ID: 1}, At: noon},
	}})
	for range 3 {
		rows := must[[]bot.Due](t)(s.Claim(t.Context(), kinds, noon.Add(time.Hour), 0, 9))
		if len(rows) != 2 || rows[0].Key == newer || rows[1].Key == newer {
			t.Errorf("claimed were %+v", rows)
		}
	}
	if next, some, err := s.Next(t.Context(), kinds); err != nil || !some || !next.Equal(noon.Add(time.Hour)) {
		t.Errorf("next is %v, %v, %v", next, some, err)
	}
	if got := must[[]bot.Kind](t)(s.DueKinds(t.Context())); !slices.Equal(got, []bot.Kind{game, "review", "space"}) {
		t.Errorf("the kinds are %v", got)
	}
	if rows := must[[]bot.Due](t)(s.Claim(t.Context(), nil, noon.Add(time.Hour), time.Hour, 9)); len(rows) != 0 {
		t.Errorf("a program that knows no kinds claimed %+v", rows)
	}
	rows := must[[]bot.Due](t)(s.Claim(t.Context(), []bot.Kind{"review"}, noon, time.Hour, 9))
	if len(rows) != 1 || rows[0].Key != newer || rows[0].Attempt != 1 {
		t.Errorf("the newer program claimed %+v", rows)
	}
}

// claimants claim the same rows at once.
func claimants(t *testing.T, all []bot.Store) {
	const rows = 60
	for n := range int64(rows) {
		write(t, all[0], &bot.Change{At: noon, Due: []bot.Due{{Key: key(n), At: noon}}})
	}
	var group sync.WaitGroup
	var mu sync.Mutex
	got := map[bot.DueKey]int{}
	for n := range 8 {
		group.Go(func() {
			for range 4 {
				due, err := all[n%len(all)].Claim(t.Context(), kinds, noon, time.Minute, 2)
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				for _, d := range due {
					got[d.Key]++
				}
				mu.Unlock()
			}
		})
	}
	group.Wait()
	if len(got) != rows {
		t.Errorf("%d rows were claimed, want %d", len(got), rows)
	}
	for k, n := range got {
		if n != 1 {
			t.Errorf("%v was claimed %d times", k, n)
		}
	}
}
