package lease

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"summitquiz/bot"
)

// database keeps leases as a server does, by a clock of its own.
type database struct {
	mu   sync.Mutex
	rows map[string]*bot.Lease
	over map[string]time.Time
	away error // what it answers instead
}

func newDatabase() *database {
	return &database{rows: map[string]*bot.Lease{}, over: map[string]time.Time{}}
}

func (d *database) Hold(_ context.Context, name, holder, note string, long time.Duration) (int64, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.away != nil {
		return 0, d.away
	}
	row := d.rows[name]
	switch {
	case row == nil:
		row = &bot.Lease{Name: name, Holder: holder, Fence: 1}
		d.rows[name] = row
	case row.Holder != holder && time.Now().Before(d.over[name]):
		return 0, bot.ErrConflict
	case row.Holder != holder || d.over[name].IsZero():
		row.Holder = holder
		row.Fence++
	}
	row.Note, d.over[name] = note, time.Now().Add(long)
	return row.Fence, nil
}

func (d *database) Release(_ context.Context, name string, fence int64) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if row := d.rows[name]; row != nil && row.Fence == fence {
		d.over[name] = time.Time{}
	}
	return nil
}

func (d *database) Leases(context.Context) ([]bot.Lease, error) { return nil, nil }

func (d *database) setAway(err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.away = err
}

// worker is a process that works while it holds the lease.
type worker struct {
	keeper *Keeper
	began  chan time.Time
	ended  chan time.Time
	done   chan error
	stop   context.CancelFunc
}

func work(t *testing.T, db bot.Leases, name string) *worker {
	ctx, stop := context.WithCancel(t.Context())
	w := &worker{keeper: NewKeeper(db, name, slog.New(slog.DiscardHandler)),
		began: make(chan time.Time, 9), ended: make(chan time.Time, 9), done: make(chan error, 1), stop: stop}
	go func() {
		w.done <- w.keeper.Do(ctx, "telegram", func() string { return "" }, func(ctx context.Context) error {
			w.began <- time.Now()
			<-ctx.Done()
			w.ended <- time.Now()
			return ctx.Err()
		})
	}()
	synctest.Wait()
	return w
}

func (w *worker) holds() bool {
	_, is := w.keeper.Holds("telegram")
	return is
}

// TestOnlyOneWorks has a second process wait while the first one works, and go on at once when that ends.
func TestOnlyOneWorks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := newDatabase()
		one := work(t, db, "one")
		two := work(t, db, "two")
		time.Sleep(time.Hour)
		if !one.holds() || two.holds() || len(two.began) > 0 {
			t.Fatal("the second one works too")
		}
		one.stop()
		synctest.Wait()
		if one.holds() || len(one.done) != 1 {
			t.Error("the first one goes on")
		}
		two.keeper.Wake() // as the hint of the release does
		synctest.Wait()
		if !two.holds() || len(two.began) != 1 {
			t.Error("the second one does not begin at once")
		}
		two.stop()
		synctest.Wait()
	})
}

// TestAKilledProcessIsReplaced has the database hear no more of the first one.
func TestAKilledProcessIsReplaced(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := newDatabase()
		if _, err := db.Hold(t.Context(), "telegram", "one", "", Long); err != nil {
			t.Fatal(err)
		}
		killed := time.Now()
		two := work(t, db, "two")
		if took := (<-two.began).Sub(killed); took < Long || took > 15*time.Second {
			t.Errorf("it was replaced after %v", took)
		}
		two.stop()
		synctest.Wait()
	})
}

// TestWorkEndsBeforeTheLease has the database away: the work ends before another process may begin.
func TestWorkEndsBeforeTheLease(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := newDatabase()
		one := work(t, db, "one")
		<-one.began
		last := time.Now()
		db.setAway(errors.New("gone"))
		if ended := (<-one.ended).Sub(last); ended >= Long || ended < Every {
			t.Errorf("the work ended after %v", ended)
		}
		if one.holds() {
			t.Error("it may still be rested on")
		}
		db.setAway(nil)
		<-one.began // again
		one.stop()
		synctest.Wait()
	})
}

// TestASleeperHoldsNothing has another process take the lease while the first one does not know it yet.
func TestASleeperHoldsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := newDatabase()
		one := work(t, db, "one")
		<-one.began
		before, _ := one.keeper.Holds("telegram")
		db.mu.Lock()
		db.over["telegram"] = time.Now() // by the database's clock it slept too long
		db.mu.Unlock()
		if _, err := db.Hold(t.Context(), "telegram", "two", "", Long); err != nil {
			t.Fatal(err)
		}
		<-one.ended
		if one.holds() || db.rows["telegram"].Fence == before.Fence {
			t.Error("it rests on a lease that is another's")
		}
		one.stop()
		synctest.Wait()
	})
}
