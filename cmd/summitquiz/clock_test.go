package main

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"summitquiz/bot/bottest"
)

// serverTime is the clock of a database that is asked.
type serverTime struct{ away error }

func (s serverTime) Clock(context.Context) (time.Time, error) { return time.Now(), s.away }

// TestClocksThatDiffer has the clock of a machine go minutes ahead of the database's and behind it: what is due goes by
// the database's, and the operator is told once.
func TestClocksThatDiffer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := &bottest.Log{}
		wrong := 7 * time.Minute
		c := &serverClock{log: slog.New(slog.NewTextHandler(log, nil)), local: func() time.Time { return time.Now().Add(wrong) }}
		if got := time.Until(c.Now()); got != wrong {
			t.Errorf("before it was set the clock is off by %v", got)
		}
		for _, wrong = range []time.Duration{7 * time.Minute, -7 * time.Minute, -time.Hour} {
			for range 3 {
				c.set(t.Context(), serverTime{})
			}
			if !c.Now().Equal(time.Now()) {
				t.Errorf("with a clock that is %v ahead it is off by %v", wrong, time.Until(c.Now()))
			}
			began := time.Now()
			<-c.At(began.Add(30 * time.Second))
			if waited := time.Since(began); waited != 30*time.Second {
				t.Errorf("with a clock that is %v ahead, half a minute takes %v", wrong, waited)
			}
		}
		if n := strings.Count(log.String(), "differs from the database's"); n != 3 {
			t.Errorf("it is said %d times:\n%s", n, log)
		}
		c.set(t.Context(), serverTime{away: errors.New("away")})
		if !c.Now().Equal(time.Now()) {
			t.Error("where the database is away the clock is wrong again")
		}
		wrong = time.Second // as clocks are
		c.set(t.Context(), serverTime{})
		if got := time.Until(c.Now()); got != time.Second || !strings.Contains(log.String(), "right again") {
			t.Errorf("the clock is off by %v:\n%s", got, log)
		}
	})
}
