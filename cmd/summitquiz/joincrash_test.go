package main

import (
	"context"
	"flag"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"sync"
	"sync/atomic"
	"testing"

	"summitquiz/bot/store/sqlite"
	"summitquiz/quiz/flashcard"
)

// joinKills is how often the crash test of joined accounts kills the process.
var joinKills = flag.Int("join-kills", 1, "how often TestKilledWhileJoining kills the process")

// rate rates cards until so many are rated.
func (s *student) rate(ctx context.Context, most int) {
	got := s.deed(ctx, s.player, map[string]any{"line": "/review pack:countries-of-the-world new:200 count:500"})
	for ctx.Err() == nil && len(s.rated) < most {
		rates := got.buttons("frate")
		if len(rates) != len(flashcard.Ratings) {
			got = s.press(ctx, got.buttons("fshow")[0])
			continue
		}
		r := flashcard.Ratings[rand.IntN(len(rates))]
		s.rated = append(s.rated, r)
		got = s.press(ctx, rates[r-1])
	}
}

var codeIn = regexp.MustCompile(`/link code:([0-9A-Z]+-[0-9A-Z]+)`)

// joinAndPart joins the accounts of two people and parts them again until the test says that it is
// enough; then they are parted. It returns how often they were joined.
func joinAndPart(ctx context.Context, a, b *student, last *atomic.Bool) (joined int) {
	part := func() bool {
		got := a.deed(ctx, a.player, map[string]any{"line": "/link action:remove"})
		buttons := got.buttons("part")
		if len(buttons) > 0 {
			a.press(ctx, buttons[0])
			a.crowd.acks <- struct{}{}
		}
		return len(buttons) > 0
	}
	for ctx.Err() == nil && (joined == 0 || !last.Load()) {
		got := a.deed(ctx, a.player, map[string]any{"line": "/link"})
		if len(got.Posts) == 0 {
			continue // the reply was lost with its process
		}
		code := codeIn.FindStringSubmatch(got.Posts[0].HTML)
		if code == nil {
			continue
		}
		got = b.deed(ctx, b.player, map[string]any{"line": "/link code:" + code[1]})
		if buttons := got.buttons("join"); len(buttons) > 0 {
			b.press(ctx, buttons[0])
			b.crowd.acks <- struct{}{}
		}
		for part() {
			joined++
		}
	}
	for ctx.Err() == nil && part() {
	}
	return joined
}

// TestKilledWhileJoining has two pairs of people, who have reviewed cards of the same facts, join and part
// their accounts while the process is killed and started again. Afterwards each has the cards and the
// review log that they had. A longer run: go test ./cmd/summitquiz -run Joining -join-kills 30 -v
func TestKilledWhileJoining(t *testing.T) {
	folder, address := t.TempDir(), freeAddress(t)
	p := begin(t, folder, address)
	p.awaitReady(t)
	c := &crowd{url: "http://" + address, acks: make(chan struct{}, 1<<16)}
	var pairs [studyLobbies][2]*student
	for n := range pairs {
		table := newCrashTable(t, c, n)
		for i := range pairs[n] {
			pairs[n][i] = &student{crashTable: table, player: table.players[i]}
			pairs[n][i].rate(t.Context(), 4+i)
		}
	}
	var last atomic.Bool
	var joining sync.WaitGroup
	var joined atomic.Int64
	for _, pair := range pairs {
		joining.Go(func() { joined.Add(int64(joinAndPart(t.Context(), pair[0], pair[1], &last))) })
	}
	for range *joinKills {
		for range 1 + rand.IntN(8) {
			<-c.acks
		}
		p.kill()
		p = begin(t, folder, address)
		p.awaitReady(t)
	}
	last.Store(true)
	joining.Wait()
	if err := p.stop(t); err != nil {
		t.Errorf("the last process ended with %v:\n%s", err, p.said())
	}
	db, err := sqlite.Open(t.Context(), filepath.Join(folder, "summitquiz.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, pair := range pairs {
		for _, s := range pair {
			s.verify(t, db)
		}
	}
	t.Logf("%d kills; joined and parted %d times; %d deeds sent again", *joinKills, joined.Load(), c.again.Load())
}
