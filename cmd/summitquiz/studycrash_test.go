package main

import (
	"context"
	"flag"
	"html"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/store/sqlite"
	"summitquiz/quiz/flashcard"
)

// studyKills is how often the crash test of flashcards kills the process.
var studyKills = flag.Int("study-kills", 2, "how often TestKilledWhileStudying kills the process")

// studyLobbies is how many lobbies there are, each with crashPlayers who study.
const studyLobbies = 2

// student is somebody who reviews cards while the process is killed, and what they were told.
type student struct {
	*crashTable
	player *crashPlayer
	rated  []flashcard.Rating // acknowledged, in order
}

// TestKilledWhileStudying has six people review cards while the process is killed and started again.
// Afterwards the log of each holds the ratings that were acknowledged, in their order, once each, and
// replaying it gives their cards. A longer run: go test ./cmd/summitquiz -run Studying -study-kills 30 -v
func TestKilledWhileStudying(t *testing.T) {
	folder, address := t.TempDir(), freeAddress(t)
	p := begin(t, folder, address)
	p.awaitReady(t)
	c := &crowd{url: "http://" + address, acks: make(chan struct{}, 1<<16)}
	var students []*student
	for n := range studyLobbies {
		table := newCrashTable(t, c, n)
		for _, player := range table.players {
			students = append(students, &student{crashTable: table, player: player})
		}
	}
	var last atomic.Bool
	var studying sync.WaitGroup
	for _, s := range students {
		studying.Go(func() { s.study(t.Context(), &last) })
	}
	for range *studyKills {
		for range 1 + rand.IntN(4*len(students)) {
			<-c.acks
		}
		p.kill()
		p = begin(t, folder, address)
		p.awaitReady(t)
	}
	last.Store(true)
	studying.Wait()
	if err := p.stop(t); err != nil {
		t.Errorf("the last process ended with %v:\n%s", err, p.said())
	}
	db, err := sqlite.Open(t.Context(), filepath.Join(folder, "summitquiz.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	total := 0
	for _, s := range students {
		s.verify(t, db)
		total += len(s.rated)
	}
	t.Logf("%d kills; %d ratings acknowledged; %d deeds sent again", *studyKills, total, c.again.Load())
}

var buttonIn = regexp.MustCompile(`data-action="(v1\.([a-z]+)\.[^"]+)"`)

// button is what the buttons of the first post of a reply do that stand for an action.
func (r crashReply) buttons(action string) (out []string) {
	if len(r.Posts) == 0 {
		return nil
	}
	for _, m := range buttonIn.FindAllStringSubmatch(r.Posts[0].HTML, -1) {
		if m[2] == action {
			out = append(out, html.UnescapeString(m[1]))
		}
	}
	return out
}

// study reviews cards until the test says that it is enough.
func (s *student) study(ctx context.Context, last *atomic.Bool) {
	again := "/review"
	got := s.deed(ctx, s.player, map[string]any{"line": "/review pack:countries-of-the-world new:200 count:500"})
	for ctx.Err() == nil && !last.Load() {
		if rates := got.buttons("frate"); len(rates) == len(flashcard.Ratings) {
			r := flashcard.Ratings[[]int{0, 0, 0, 1, 2, 2, 2, 3}[rand.IntN(8)]]
			got = s.press(ctx, rates[r-1])
			if ctx.Err() != nil {
				return
			}
			if got.Brief != "" {
				s.t.Errorf("a rating got %q", got.Brief)
				return
			}
			s.rated = append(s.rated, r)
			s.crowd.acks <- struct{}{}
		} else if show := got.buttons("fshow"); len(show) > 0 {
			got = s.press(ctx, show[0])
		} else { // the reply was lost with its process, or the session is over
			got = s.deed(ctx, s.player, map[string]any{"line": again})
			if len(got.buttons("fshow"))+len(got.buttons("frate")) == 0 && !got.repeated {
				again = "/review pack:countries-of-the-world new:200 count:500"
			}
		}
	}
}

func (s *student) press(ctx context.Context, action string) crashReply {
	return s.deed(ctx, s.player, map[string]any{"press": map[string]any{"action": action, "slot": ""}})
}

// verify compares the log with what was acknowledged, and the cards with the log.
func (s *student) verify(t *testing.T, db *sqlite.DB) {
	t.Helper()
	_, _, m, err := db.Enter(t.Context(), bot.Place{Platform: "web", Space: s.lobby, Chat: s.lobby}, bot.Person{User: s.player.user, Name: "P"}, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	log, err := db.CardReviews(t.Context(), m.ID, 0, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	var got []flashcard.Rating
	of := map[int64][]flashcard.Review{}
	for _, r := range log {
		got = append(got, r.Review.Rating)
		of[r.Card] = append(of[r.Card], r.Review)
	}
	if !slices.Equal(got, s.rated) {
		t.Errorf("%s: the log holds %d ratings %v, acknowledged were %d %v", strings.TrimSpace(s.player.user), len(got), got, len(s.rated), s.rated)
	}
	scheduler, err := flashcard.NewScheduler(flashcard.DefaultSettings())
	if err != nil {
		t.Fatal(err)
	}
	cards, err := db.Cards(t.Context(), m.ID, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cards {
		if again, err := scheduler.Replay(c.Memory, of[c.ID]); err != nil || again != c.Memory {
			t.Errorf("replaying the log gives %+v, %v, and the card is %+v", again, err, c.Memory)
		}
	}
}
