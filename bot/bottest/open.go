package bottest

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"summitquiz/bot"
)

// Run runs a hall, waits until it is ready, and returns what ends it.
func Run(t testing.TB, h *bot.Hall) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := h.Run(ctx); err != nil {
			t.Errorf("run: %v", err)
		}
	}()
	select {
	case <-h.Ready():
	case <-done:
	}
	return func() { cancel(); <-done }
}

// Keys returns the right option of each question of the only running game, and what is right
// typed.
func Keys(t *testing.T, s bot.Store) (options []int, typed []string) {
	t.Helper()
	live, err := s.Live(t.Context())
	if err != nil || len(live) != 1 {
		t.Fatalf("%d games are running, %v", len(live), err)
	}
	var asked sheet
	if err := json.Unmarshal(live[0].Sheet, &asked); err != nil {
		t.Fatal(err)
	}
	for _, v := range asked.Views {
		options = append(options, v.Key)
		answer := ""
		if len(v.Accepts) > 0 {
			answer = v.Accepts[0]
		}
		typed = append(typed, answer)
	}
	return options, typed
}

// Opened waits until question n of a running game is open: it stands on the screen a moment
// before its time begins to run.
func Opened(t *testing.T, s bot.Store, n int) {
	t.Helper()
	late := time.After(20 * time.Second)
	for {
		live, err := s.Live(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, g := range live {
			var state struct {
				Open struct {
					Since time.Time `json:"since"`
				} `json:"open"`
				Results []any `json:"results"`
			}
			if err := json.Unmarshal(g.State, &state); err != nil {
				t.Fatal(err)
			}
			if len(state.Results) == n && !state.Open.Since.IsZero() {
				return
			}
		}
		select {
		case <-late:
			t.Fatalf("question %d does not open", n+1)
		case <-time.After(time.Millisecond):
		}
	}
}
