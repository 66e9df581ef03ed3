package storetest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/content/language"
)

// said is a post that says something.
func said(text string) bot.Post {
	return bot.Post{Kind: bot.NoticePost, Lang: language.Arabic, Body: []bot.Line{{Text: text}}}
}

func text(p bot.Post) string {
	if len(p.Body) == 0 {
		return ""
	}
	return p.Body[0].Text
}

// lines are the texts of a post's body.
func lines(p bot.Post) string {
	var out []string
	for _, l := range p.Body {
		out = append(out, l.Text)
	}
	return strings.Join(out, "\n")
}

func outbox(t *testing.T, s bot.Store) {
	h := come(t, s, at("a"), person("Ada"))
	chat := h.chat.ID
	c := &bot.Change{At: noon, Sends: []bot.Send{
		{Op: bot.New, Slot: slot("one"), Chat: chat, Post: said("سؤال"), Cause: "in"},
		{Op: bot.Edit, Slot: slot("one"), Chat: chat, Post: said("first edit")},
		{Op: bot.New, Slot: slot("two"), Chat: chat, To: h.member.ID, Post: said("two")},
	}}
	write(t, s, c)
	write(t, s, &bot.Change{At: noon, Sends: []bot.Send{
		{Op: bot.Edit, Slot: slot("one"), Chat: chat, Post: said("second edit")}, {Op: bot.New, Slot: slot("one"), Chat: chat, Post: said("again")},
	}})
	rows := must[[]bot.Send](t)(s.Waiting(t.Context(), kinds, chat, 10))
	var got []string
	for _, r := range rows {
		got = append(got, string(r.Op)+" "+r.Slot.Part+" "+text(r.Post))
	}
	if want := []string{"new one سؤال", "new two two", "edit one second edit"}; !slices.Equal(got, want) {
		t.Errorf("waiting are %q, want %q", got, want)
	}
	first := rows[0]
	if first.ID != c.Sends[0].ID || first.Cause != "in" || first.State != bot.SendQueued || first.Slot != slot("one") ||
		rows[1].To != h.member.ID || first.Post.Lang != language.Arabic {
		t.Errorf("the first ones wait as %+v", rows[:2])
	}
	if _, err := s.RefOf(t.Context(), slot("one")); !errors.Is(err, bot.ErrNone) {
		t.Errorf("what has not arrived has a number: %v", err)
	}
	if _, err := s.SlotOf(t.Context(), chat, ""); !errors.Is(err, bot.ErrNone) {
		t.Errorf("what has not arrived is found by no number: %v", err)
	}
	write(t, s, &bot.Change{At: noon, Progress: []bot.Progress{{Send: rows[0].ID, State: bot.SendStarted, At: noon}}})
	if rows := must[[]bot.Send](t)(s.Waiting(t.Context(), kinds, chat, 1)); rows[0].State != bot.SendStarted || !rows[0].Started.Equal(noon) {
		t.Errorf("what has begun waits as %+v", rows[0])
	}
	if rows := must[[]bot.ChatID](t)(s.Backlog(t.Context(), kinds)); !slices.Equal(rows, []bot.ChatID{chat}) {
		t.Errorf("the backlog is %v", rows)
	}
	for i, r := range rows {
		state := bot.SendDone
		if i == 1 {
			state = bot.SendFailed
		}
		write(t, s, &bot.Change{At: noon, Progress: []bot.Progress{{Send: r.ID, State: state, Ref: bot.Ref(fmt.Sprint("ref-", r.Slot.Part)), At: noon}}})
	}
	if rows := must[[]bot.ChatID](t)(s.Backlog(t.Context(), kinds)); len(rows) != 0 {
		t.Errorf("the backlog is %v", rows)
	}
	if ref := must[bot.Ref](t)(s.RefOf(t.Context(), slot("one"))); ref != "ref-one" {
		t.Errorf("it arrived as %q", ref)
	}
	if got := must[bot.Slot](t)(s.SlotOf(t.Context(), chat, "ref-one")); got != slot("one") {
		t.Errorf("ref-one stands in %v", got)
	}
	if _, err := s.SlotOf(t.Context(), chat+1, "ref-one"); !errors.Is(err, bot.ErrNone) {
		t.Errorf("another chat has it too: %v", err)
	}
}

func posts(t *testing.T, s bot.Store) {
	h, other := come(t, s, at("a"), person("Ada")), come(t, s, at("a"), person("Ben"))
	c := &bot.Change{At: noon, Sends: []bot.Send{
		{Op: bot.New, Slot: slot("1"), Chat: h.chat.ID, Post: said("one")}, {Op: bot.New, Slot: slot("2"), Chat: h.chat.ID, To: h.member.ID, Post: said("two")},
		{Op: bot.New, Slot: slot("3"), Chat: h.chat.ID, Post: said("three")}, {Op: bot.New, Slot: slot("4"), Chat: h.chat.ID, Post: said("four")}}}
	write(t, s, c)
	write(t, s, &bot.Change{At: noon, Progress: []bot.Progress{{Send: c.Sends[0].ID, State: bot.SendDone, At: noon.Add(time.Second)}},
		Sends: []bot.Send{{Op: bot.Edit, Slot: slot("1"), Chat: h.chat.ID, Post: said("one, edited")}, {Op: bot.Delete, Slot: slot("4"), Chat: h.chat.ID}}})
	shown := func(m bot.MemberID, limit int) string {
		t.Helper()
		var out []string
		for _, r := range must[[]bot.Send](t)(s.Posts(t.Context(), h.chat.ID, m, limit)) {
			out = append(out, text(r.Post))
			if r.Slot == slot("1") && !r.Done.Equal(noon.Add(time.Second)) {
				t.Errorf("it arrived at %v", r.Done)
			}
		}
		return strings.Join(out, "|")
	}
	for _, tc := range []struct {
		m     bot.MemberID
		limit int
		want  string
	}{{h.member.ID, 10, "one, edited|two|three"}, {other.member.ID, 10, "one, edited|three"}, {h.member.ID, 2, "two|three"}} {
		if got := shown(tc.m, tc.limit); got != tc.want {
			t.Errorf("member %d sees %q, want %q", tc.m, got, tc.want)
		}
	}
}

func postOf(t *testing.T, s bot.Store) {
	h := come(t, s, at("a"), person("Ada"))
	c := &bot.Change{At: noon, Sends: []bot.Send{{Op: bot.New, Slot: slot("q0"), Chat: h.chat.ID}, {Op: bot.New, Slot: slot("q1"), Chat: h.chat.ID}}}
	write(t, s, c)
	find := func(platform, prefix string) bot.Slot {
		t.Helper()
		found, chat, err := s.PostOf(t.Context(), platform, prefix)
		if err == nil && chat != h.chat || err != nil && !errors.Is(err, bot.ErrNone) {
			t.Errorf("the post %s stands in %+v, %v", prefix, chat, err)
		}
		return found
	}
	if got := find("test", "p12."); !got.IsZero() {
		t.Errorf("before it arrived the post is %v", got)
	}
	write(t, s, &bot.Change{At: noon, Progress: []bot.Progress{
		{Send: c.Sends[0].ID, State: bot.SendDone, Ref: "p12.77", At: noon}, {Send: c.Sends[1].ID, State: bot.SendDone, Ref: "p123.78", At: noon},
	}})
	for prefix, want := range map[string]bot.Slot{"p12.": slot("q0"), "p123.": slot("q1"), "p1.": {}, "p1234.": {}} {
		if got := find("test", prefix); got != want {
			t.Errorf("the post %s is %v, want %v", prefix, got, want)
		}
	}
	if got := find("other", "p12."); !got.IsZero() {
		t.Errorf("on another platform the post is %v", got)
	}
}

// deliveries start posts from several processes.
func deliveries(t *testing.T, stores []bot.Store) {
	s := stores[0]
	h := come(t, s, at("a"), person("Ada"))
	if last := must[int64](t)(s.LastSend(t.Context())); last != 0 {
		t.Errorf("the last send of an empty store is %d", last)
	}
	c := &bot.Change{At: noon, Sends: []bot.Send{
		{Op: bot.New, Slot: slot("one"), Chat: h.chat.ID, Class: bot.BulkClass}, {Op: bot.New, Slot: slot("two"), Chat: h.chat.ID, Class: bot.GameClass},
	}}
	write(t, s, c)
	one, two := c.Sends[0].ID, c.Sends[1].ID
	if last := must[int64](t)(s.LastSend(t.Context())); last != two {
		t.Errorf("the last send is %d, want %d", last, two)
	}
	rows := must[[]bot.Send](t)(s.Waiting(t.Context(), kinds, h.chat.ID, 9))
	if len(rows) != 2 || rows[0].Class != bot.BulkClass || rows[1].Class != bot.GameClass || rows[0].Slot != slot("one") {
		t.Errorf("waiting are %+v", rows)
	}
	start := func(send int64, by string, at time.Time) *bot.Change {
		return &bot.Change{At: at, Progress: []bot.Progress{{Send: send, State: bot.SendStarted, At: at, By: by}}}
	}
	var group sync.WaitGroup
	won := make([]bool, 10)
	for n := range won {
		group.Go(func() {
			err := stores[n%len(stores)].Write(start(one, fmt.Sprint("p", n), noon))(t.Context())
			if won[n] = err == nil; err != nil && !errors.Is(err, bot.ErrConflict) {
				t.Error(err)
			}
		})
	}
	group.Wait()
	first := slices.Index(won, true)
	if first < 0 || slices.Contains(won[first+1:], true) {
		t.Fatalf("the post was begun by %v, want one", won)
	}
	other := stores[len(stores)-1]
	refused(t, other, start(two, "px", noon), bot.ErrConflict) // an earlier one is started
	refused(t, other, start(one, "late", noon.Add(bot.SendLease-time.Microsecond)), bot.ErrConflict)
	write(t, other, start(one, fmt.Sprint("p", first), noon.Add(time.Second))) // its own process may begin again
	refused(t, other, start(one, "late", noon.Add(bot.SendLease)), bot.ErrConflict)
	write(t, other, start(one, "late", noon.Add(bot.SendLease+time.Second)))
	write(t, s, &bot.Change{At: noon, Progress: []bot.Progress{{Send: one, State: bot.SendDone, Ref: "r", At: noon, By: "late"}}})
	refused(t, s, start(one, "late", noon.Add(time.Hour)), bot.ErrConflict) // settled
	refused(t, s, start(two+1, "late", noon), bot.ErrConflict)              // not there
	write(t, s, start(two, "late", noon))
	write(t, s, &bot.Change{At: noon, Progress: []bot.Progress{{Send: two, State: bot.SendQueued, At: noon, By: "late"}}})
	write(t, s, start(two, "other", noon)) // given back
}

// unknownPosts has a post of a newer program in the store, before one that everybody knows.
func unknownPosts(t *testing.T, s bot.Store) {
	h, other := come(t, s, at("a"), person("Ada")), come(t, s, at("b"), person("Ben"))
	newer := bot.Slot{Kind: "review", ID: 1, Part: "card"}
	c := &bot.Change{At: noon, Sends: []bot.Send{
		{Op: bot.New, Slot: newer, Chat: h.chat.ID}, {Op: bot.New, Slot: slot("one"), Chat: h.chat.ID},
		{Op: bot.New, Slot: bot.Slot{Kind: "review", ID: 2}, Chat: other.chat.ID},
	}}
	write(t, s, c)
	if rows := must[[]bot.Send](t)(s.Waiting(t.Context(), kinds, h.chat.ID, 1)); len(rows) != 1 || rows[0].Slot != slot("one") {
		t.Errorf("waiting are %+v", rows)
	}
	if rows := must[[]bot.ChatID](t)(s.Backlog(t.Context(), kinds)); !slices.Equal(rows, []bot.ChatID{h.chat.ID}) {
		t.Errorf("the backlog is %v", rows)
	}
	write(t, s, &bot.Change{At: noon, Progress: []bot.Progress{{Send: c.Sends[1].ID, State: bot.SendStarted, At: noon, By: "main"}}})
	all := append([]bot.Kind{"review"}, kinds...)
	if rows := must[[]bot.Send](t)(s.Waiting(t.Context(), all, h.chat.ID, 9)); len(rows) != 2 || rows[0].Slot != newer || rows[0].State != bot.SendQueued {
		t.Errorf("for the newer program waiting are %+v", rows)
	}
	if rows := must[[]bot.ChatID](t)(s.Backlog(t.Context(), all)); len(rows) != 2 {
		t.Errorf("the backlog of the newer program is %v", rows)
	}
}
