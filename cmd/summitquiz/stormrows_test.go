package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"summitquiz/bot"
)

// storedRows is what another program reads of a database: it shares no code with the store, and makes of the
// log of answers what the boards have to be.
type storedRows struct {
	points  map[int64]map[int64]int64 // by space and member
	posts   map[[2]string][2]int      // questions by platform and chat: those that arrived, and those in doubt
	dailies []time.Duration           // from when each was due until it arrived
}

func readRows(t *testing.T, address string) *storedRows {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	r := &storedRows{points: map[int64]map[int64]int64{}, posts: map[[2]string][2]int{}}
	each := func(query string, into []any, scan func()) {
		t.Helper()
		rows, err := conn.Query(ctx, query)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := pgx.ForEachRow(rows, into, func() error { scan(); return nil }); err != nil {
			t.Fatal(err)
		}
	}
	type try struct{ session, question, member int64 }
	counted := map[try]bool{}
	var session, question, member, space, points, final, solo, void, daily int64
	each(`SELECT session, question, member, space, points, final, solo, void, daily FROM answers ORDER BY id`,
		[]any{&session, &question, &member, &space, &points, &final, &solo, &void, &daily}, func() {
			if final == 0 || solo != 0 || void != 0 || daily != 0 {
				return
			}
			if k := (try{session, question, member}); counted[k] {
				t.Errorf("member %d has two answers that count to question %d of game %d", member, question, session)
			} else {
				counted[k] = true
			}
			if r.points[space] == nil {
				r.points[space] = map[int64]int64{}
			}
			r.points[space][member] += points
		})
	var platform, chat, state string
	var n int
	each(`SELECT c.platform, c.key, s.state, count(*) FROM sends s JOIN chats c ON c.id = s.chat
		WHERE s.op = 'new' AND s.slot_kind = 'game' AND s.slot_part = 'question' AND s."to" = 0 GROUP BY 1, 2, 3`, []any{&platform, &chat, &state, &n}, func() {
		at := [2]string{platform, chat}
		counts := r.posts[at]
		switch state {
		case "done":
			counts[0] += n
		case "doubt":
			counts[1] += n
		default:
			t.Errorf("%d questions in the chat %s of %s are %s", n, chat, platform, state)
		}
		r.posts[at] = counts
	})
	var late int64
	each(`SELECT s.done - d.at FROM sends s JOIN daily_runs d ON d.session = s.slot_id WHERE s.op = 'new' AND s.slot_kind = 'daily' AND s.slot_part = 'day' AND s.state = 'done'`,
		[]any{&late}, func() { r.dailies = append(r.dailies, time.Duration(late)*time.Microsecond) })
	each(`SELECT count(*) FROM sessions WHERE ended = 0 AND kind = 'game'`, []any{&n}, func() {
		if n != 0 {
			t.Errorf("%d games are stuck", n)
		}
	})
	return r
}

// checkPosts holds that as many questions stand in each chat as were delivered, and at most those in doubt besides.
func (r *storedRows) checkPosts(t *testing.T, s *soak) {
	t.Helper()
	check := func(platform, chat string, stand int) {
		if n := r.posts[[2]string{platform, chat}]; stand < n[0] || stand > n[0]+n[1] || platform == "discord" && n[1] != 0 {
			t.Errorf("%d questions stand in the chat %s of %s; %d arrived, and %d are in doubt", stand, chat, platform, n[0], n[1])
		}
	}
	for _, c := range s.channels {
		n := 0
		for _, m := range c.Messages("") {
			if strings.Contains(m.Text(), "Question ") {
				n++
			}
		}
		check("discord", c.ID, n)
	}
	for _, c := range s.groups {
		n := 0
		for _, m := range c.FromBot() {
			if m.Poll != nil { // its result is a message of its own
				n++
			}
		}
		check("telegram", fmt.Sprint(c.ID), n)
	}
}

// checkBoards compares the board of each space with the sums of the log, and returns how many there are.
func (r *storedRows) checkBoards(t *testing.T, db bot.Store) int {
	t.Helper()
	for space, members := range r.points {
		page, err := db.Board(t.Context(), bot.BoardQuery{Space: bot.SpaceID(space), Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		left := 0
		for _, points := range members {
			if points > 0 {
				left++
			}
		}
		for _, row := range page.Rows {
			if int64(row.Points) != members[int64(row.Member)] {
				t.Errorf("on the board of space %d member %d has %d points; the log says %d", space, row.Member, row.Points, members[int64(row.Member)])
			}
			left--
		}
		if left != 0 {
			t.Errorf("the board of space %d lacks %d members", space, left)
		}
	}
	return len(r.points)
}

// lateness says how late dailies came.
func (r *storedRows) lateness() string {
	slices.Sort(r.dailies)
	if len(r.dailies) == 0 {
		return "no daily arrived"
	}
	at := func(part float64) time.Duration {
		return r.dailies[int(part*float64(len(r.dailies)-1))].Round(time.Millisecond)
	}
	return fmt.Sprintf("%d dailies: p50 %v, p99 %v, at most %v after they were due", len(r.dailies), at(0.5), at(0.99), at(1))
}
