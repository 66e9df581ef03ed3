package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/store/sqlite"
)

// chaosRounds is how often TestChaos does each thing to the process.
var chaosRounds = flag.Int("chaos", 1, "how often TestChaos does each thing to the process")

// chaosLobbies is how many lobbies play while it is done.
const chaosLobbies = 2

// fault is something that is done to a process while people play. It returns the process that runs afterwards.
type fault struct {
	name string
	do   func(t *testing.T, p *process, folder string, again func() *process) *process
}

var faults = []fault{
	{"kill -9", func(_ *testing.T, p *process, _ string, again func() *process) *process {
		p.kill()
		return again()
	}},
	{"SIGSTOP for a second", func(t *testing.T, p *process, _ string, _ func() *process) *process {
		for _, s := range []syscall.Signal{syscall.SIGSTOP, syscall.SIGCONT} {
			if err := p.cmd.Process.Signal(s); err != nil {
				t.Error(err)
			}
			<-time.After(time.Second)
		}
		return p
	}},
	{"full disk for a second", func(t *testing.T, p *process, folder string, _ func() *process) *process {
		filler := filepath.Join(folder, "filler")
		f, err := os.Create(filler)
		if err != nil {
			t.Error(err)
			return p
		}
		for block := make([]byte, 64<<10); err == nil; {
			_, err = f.Write(block)
		}
		if !errors.Is(err, syscall.ENOSPC) {
			t.Error(err)
		}
		<-time.After(time.Second)
		if err := errors.Join(f.Close(), os.Remove(filler)); err != nil {
			t.Error(err)
		}
		return p
	}},
}

// TestChaos does things to the process while people play, and prints for each how many answers were acknowledged and
// how many of them were found, lost and doubled. The disk is full only where a small one can be mounted. More of it:
//
//	go test ./cmd/summitquiz -run TestChaos -chaos 20 -v
func TestChaos(t *testing.T) {
	t.Parallel() // it mostly waits
	t.Logf("%-24s %12s %8s %8s %8s", "", "acknowledged", "found", "lost", "doubled")
	for _, f := range faults {
		folder := t.TempDir()
		if f.name == "full disk for a second" {
			if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, "size=64m"); err != nil {
				t.Logf("%-24s not here: a small disk cannot be mounted (%v)", f.name, err)
				continue
			}
			t.Cleanup(func() { syscall.Unmount(folder, 0) })
		}
		acked, found, doubled := chaos(t, f, folder)
		t.Logf("%-24s %12d %8d %8d %8d", f.name, acked, found, acked-found, doubled)
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
	for range *chaosRounds {
		for range 2 * chaosLobbies {
			<-c.acks
		}
		p = f.do(t, p, folder, again)
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
