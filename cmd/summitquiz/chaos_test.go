//go:build linux

package main

import (
	"context"
	"flag"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/store/sqlite"
)

// chaosRounds is how often TestChaos does each thing to the process.
var chaosRounds = flag.Int("chaos", 0, "how often TestChaos does each thing to the process; 0: a few of them once")

// chaosLobbies is how many lobbies play while it is done.
const chaosLobbies = 2

// TestChaos does things to the process while people play, and prints for each how many answers were acknowledged and
// how many of them were found, lost and doubled. What needs a disk of its own is done only where one can be mounted.
// The everyday run does three of them; all of it, many times:
//
//	go test ./cmd/summitquiz -run TestChaos -chaos 20 -v
func TestChaos(t *testing.T) {
	t.Parallel() // it mostly waits
	t.Logf("%-40s %12s %8s %8s %8s", "", "acknowledged", "found", "lost", "doubled")
	for _, f := range faults {
		if *chaosRounds == 0 && !f.everyday {
			continue
		}
		folder := t.TempDir()
		if f.disk {
			if err := smallDisk(t, folder); err != nil {
				t.Logf("%-40s not here: a small disk cannot be mounted (%v)", f.name, err)
				continue
			}
		}
		acked, found, doubled := chaos(t, f, folder)
		t.Logf("%-40s %12d %8d %8d %8d", f.name, acked, found, acked-found, doubled)
		if acked == 0 || found != acked || doubled != 0 {
			t.Errorf("%s: %d answers acknowledged, %d found, %d doubled", f.name, acked, found, doubled)
		}
	}
}

// chaos plays while a fault happens again and again, and counts.
func chaos(t *testing.T, f fault, folder string) (acked, found, doubled int) {
	t.Helper()
	address := freeAddress(t)
	again := func() *process {
		p := begin(t, folder, address)
		p.awaitReady(t)
		return p
	}
	p := again()
	c := &crowd{url: "http://" + address, acks: make(chan struct{}, 1<<16)}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
	defer cancel()
	var playing sync.WaitGroup
	var tables []*crashTable
	for n := range chaosLobbies {
		table := newCrashTable(t, c, n)
		tables = append(tables, table)
		playing.Go(func() { table.play(ctx) })
	}
	for range max(1, *chaosRounds) {
		for range 2 * chaosLobbies {
			<-c.acks
		}
		p = f.do(t, &victim{p, folder, again})
	}
	c.last.Store(true)
	playing.Wait()
	if err := p.stop(t); err != nil {
		t.Errorf("%s: the process ended with %v:\n%s", f.name, err, p.said())
	}
	db, err := sqlite.Open(t.Context(), filepath.Join(folder, "summitquiz.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, table := range tables {
		for at, label := range table.answers {
			acked++
			switch table.kept(t, db, at, label) {
			case 0:
			case 1:
				found++
			default:
				found++
				doubled++
			}
		}
	}
	return acked, found, doubled
}

// kept is how often an acknowledged answer is there; at is its slot and its user.
func (c *crashTable) kept(t *testing.T, db *sqlite.DB, at, label string) int {
	t.Helper()
	var text, user string
	if _, err := fmt.Sscan(at, &text, &user); err != nil {
		t.Fatal(err)
	}
	slot, _ := bot.ParseSlot(text)
	_, _, member, err := db.Look(t.Context(), bot.Place{Platform: "web", Space: c.lobby, Chat: c.lobby}, bot.Person{User: user, Name: "P"})
	if err != nil {
		t.Fatal(err)
	}
	rows, err := db.Answers(t.Context(), bot.SessionID(slot.ID))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, a := range rows {
		if a.Question == slot.N && a.Member == member.ID && a.Option == int(label[0]-'A') {
			n++
		}
	}
	return n
}
