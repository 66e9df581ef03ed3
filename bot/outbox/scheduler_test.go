package outbox_test

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/outbox"
)

// schedule is a store in which some work is due at once.
type schedule struct {
	mu  sync.Mutex
	due []bot.Due
}

func (s *schedule) Next(_ context.Context, kinds []bot.Kind) (time.Time, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.IndexFunc(s.due, func(d bot.Due) bool { return slices.Contains(kinds, d.Key.Kind) })
	if i < 0 {
		return time.Time{}, false, nil
	}
	return s.due[i].At, true, nil
}

func (s *schedule) Claim(_ context.Context, kinds []bot.Kind, _ time.Time, _ time.Duration, limit int) (out []bot.Due, _ error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.due = slices.DeleteFunc(s.due, func(d bot.Due) bool {
		mine := len(out) < limit && slices.Contains(kinds, d.Key.Kind)
		if mine {
			out = append(out, d)
		}
		return mine
	})
	return out, nil
}

func (s *schedule) DueKinds(context.Context) ([]bot.Kind, error) { return nil, nil }

func (s *schedule) Adopt(context.Context, []bot.Kind, string, int64, time.Time) ([]bot.Due, error) {
	return nil, nil
}

// TestPatientWorkIsDoneLittleByLittle has a thousand dailies due before a game: some of them are done at the same
// time, the game is not behind them, and all are done in the end.
func TestPatientWorkIsDoneLittleByLittle(t *testing.T) {
	const dailies, most = 1000, 64
	now := time.Now()
	s := &schedule{}
	for n := range dailies {
		s.due = append(s.due, bot.Due{Key: bot.DueKey{Kind: "daily", ID: int64(n)}, At: now.Add(-time.Hour)})
	}
	s.due = append(s.due, bot.Due{Key: bot.DueKey{Kind: "game", ID: 1}, At: now.Add(-time.Second)})
	o := outbox.NewScheduler(s, bot.RealTime{}, slog.New(slog.DiscardHandler))
	o.Kinds, o.Patient = []bot.Kind{"daily", "game"}, []bot.Kind{"daily"}
	begun, goOn := make(chan bot.Kind, dailies+1), make(chan struct{})
	o.Do = func(_ context.Context, d bot.Due) error {
		begun <- d.Key.Kind
		if d.Key.Kind == "daily" {
			<-goOn
		}
		return nil
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); o.Run(ctx) }()
	count := map[bot.Kind]int{}
	for range most + 1 {
		count[<-begun]++
	}
	if count["game"] != 1 || count["daily"] != most || len(begun) != 0 {
		t.Errorf("at first were begun %v and %d more", count, len(begun))
	}
	close(goOn)
	for range dailies - most {
		<-begun
	}
	cancel()
	<-ended
}
