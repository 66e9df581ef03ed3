package storetest

import (
	"errors"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/quiz/daily"
)

// setDay is the date of the sets of these tests.
const setDay = 20782

// dailySession is a daily of a room, beside others.
func dailySession(t *testing.T, s bot.Store, h here) bot.Session {
	t.Helper()
	g := newSession(t, s, h)
	g.Kind, g.Beside, g.Owner = "daily", int64(g.ID), ""
	return g
}

// dailyAnswer is an answer to an item of that date.
func dailyAnswer(h here, session bot.SessionID, question int) bot.Answer {
	a := answer(h, session, question, 1)
	a.Daily = setDay
	return a
}

// subscribed has subscriptions replaced version by version, and runs noted once.
func subscribed(t *testing.T, s bot.Store) {
	h := come(t, s, at("a"), person("ann"))
	x := bot.Subscription{ID: 5, Version: 1, Chat: h.chat.ID, Space: h.space.ID, By: h.member.ID, State: bot.SubscriptionOn,
		Wish: bot.DailyWish{Schedule: "30 9 * * *", Zone: "Asia/Seoul", Questions: 3},
		Next: daily.Occurrence{Wall: daily.Wall{Day: setDay, Time: 570}, At: noon}}
	write(t, s, &bot.Change{At: noon, Subscription: &x})
	again := x
	again.ID = 6
	refused(t, s, &bot.Change{At: noon, Subscription: &again}, bot.ErrConflict) // a chat has one
	if got, err := s.ChatSubscription(t.Context(), h.chat.ID); err != nil || got != x {
		t.Errorf("the chat's daily is %+v, %v, want %+v", got, err, x)
	}
	x.Version, x.State = 2, bot.SubscriptionRests
	run := bot.DailyRun{Key: daily.Key{Subscription: 5, Wall: x.Next.Wall}, At: noon, Chat: h.chat.ID, Session: 9}
	write(t, s, &bot.Change{At: noon, Subscription: &x, Runs: []bot.DailyRun{run}})
	refused(t, s, &bot.Change{At: noon, Subscription: &x}, bot.ErrConflict)
	other := run
	other.Session = 10
	refused(t, s, &bot.Change{At: noon, Runs: []bot.DailyRun{other}}, bot.ErrConflict)
	run.Skipped = bot.SkippedBarred
	write(t, s, &bot.Change{At: noon, Runs: []bot.DailyRun{run}})
	own := bot.Subscription{ID: 7, Version: 1, Chat: h.chat.ID, Space: h.space.ID, Member: h.member.ID, State: bot.SubscriptionPaused}
	write(t, s, &bot.Change{At: noon, Subscription: &own})
	if all, err := s.SubscriptionsIn(t.Context(), h.space.ID, 0); err != nil || len(all) != 2 || all[0].State != bot.SubscriptionRests {
		t.Errorf("the space has %+v, %v, want two, of which one rests", all, err)
	}
	if all, err := s.OwnSubscriptions(t.Context(), h.member.ID); err != nil || len(all) != 1 || all[0] != own {
		t.Errorf("the member has %+v, %v, want %+v", all, err, own)
	}
	write(t, s, &bot.Change{At: noon, Unsubscribe: 7})
	if _, err := s.Subscription(t.Context(), 7); !errors.Is(err, bot.ErrNone) {
		t.Errorf("a daily that was switched off is there: %v", err)
	}
}

// recalled has what is queued of a subscription go with it, and only that.
func recalled(t *testing.T, s bot.Store) {
	h := come(t, s, at("a"), person("ann"))
	g, other := dailySession(t, s, h), dailySession(t, s, h)
	for id, x := range map[daily.SubscriptionID]*bot.Session{5: &g, 6: &other} {
		run := bot.DailyRun{Key: daily.Key{Subscription: id, Wall: daily.Wall{Day: setDay, Time: 570}}, At: noon, Chat: h.chat.ID, Session: x.ID}
		post := bot.Send{Op: bot.New, Slot: bot.Slot{Kind: "daily", ID: int64(x.ID), Part: "day"}, Chat: h.chat.ID, Class: bot.BulkClass}
		write(t, s, &bot.Change{At: noon, Session: x, Runs: []bot.DailyRun{run}, Sends: []bot.Send{post}})
	}
	write(t, s, &bot.Change{At: noon, Unsubscribe: 5})
	rest, err := s.Waiting(t.Context(), []bot.Kind{"daily"}, h.chat.ID, 9)
	if err != nil || len(rest) != 1 || rest[0].Slot.ID != int64(other.ID) {
		t.Errorf("after one daily was switched off %+v waits, %v, want the other's post", rest, err)
	}
}

// daysPlayed has the answers of dailies count once for a member, and not on the boards of games.
func daysPlayed(t *testing.T, s bot.Store) {
	h := come(t, s, at("a"), person("ann"))
	first, second := dailySession(t, s, h), dailySession(t, s, h)
	write(t, s, &bot.Change{At: noon, Session: &first})
	write(t, s, &bot.Change{At: noon, Session: &second}) // live side by side
	anyAnswers := func(g bot.Session) *bot.Fence {
		return &bot.Fence{Session: g.ID, Version: 1, Answers: bot.AnyAnswers}
	}
	bob := come(t, s, at("a"), person("bob"))
	write(t, s, &bot.Change{At: noon, Fence: anyAnswers(first), Answers: []bot.Answer{dailyAnswer(h, first.ID, 0)}})
	write(t, s, &bot.Change{At: noon, Fence: anyAnswers(first), Answers: []bot.Answer{dailyAnswer(bob, first.ID, 0)}})
	refused(t, s, &bot.Change{At: noon, Fence: anyAnswers(second), Answers: []bot.Answer{dailyAnswer(h, second.ID, 1)}}, bot.ErrConflict)
	if all, err := s.LiveFor(t.Context(), "daily", h.chat.ID, h.member.ID); err != nil || len(all) != 2 || all[0].ID != second.ID {
		t.Errorf("open are %d dailies, %v, want two, the newest first", len(all), err)
	}
	if all, err := s.DailyAnswers(t.Context(), h.member.ID, setDay); err != nil || len(all) != 1 || all[0].Session != first.ID || all[0].Daily != setDay {
		t.Errorf("answers of the date are %+v, %v, want one", all, err)
	}
	if all, err := s.Tally(t.Context(), first.ID); err != nil || len(all) != 1 || all[0] != (bot.QuestionTally{Question: 0, Asked: 2, Right: 2}) {
		t.Errorf("the tally is %+v, %v, want 2 of 2", all, err)
	}
	for _, q := range []bot.DailyBoardQuery{{Space: h.space.ID, From: setDay, To: setDay, Limit: 5}, {To: setDay, Limit: 5}} {
		if page, err := s.DailyBoard(t.Context(), q); err != nil || page.Total != 2 {
			t.Errorf("the board of dailies has %d rows, %v, want 2", page.Total, err)
		}
	}
	if page, err := s.Board(t.Context(), bot.BoardQuery{Space: h.space.ID, Limit: 5}); err != nil || page.Total != 0 {
		t.Errorf("the board of games has %d rows, %v, want none", page.Total, err)
	}
	ended := first
	ended.Version, ended.Ended = 2, true
	write(t, s, &bot.Change{At: noon, Fence: anyAnswers(first), Session: &ended})
	late := dailyAnswer(come(t, s, at("a"), person("cy")), first.ID, 0)
	refused(t, s, &bot.Change{At: noon, Fence: anyAnswers(first), Answers: []bot.Answer{late}}, bot.ErrConflict)
}

// ofMembers has what is kept of a member's dailies exported and forgotten.
func ofMembers(t *testing.T, s bot.Store) {
	private := bot.Place{Platform: "test", Space: "u-ann", Chat: "u-ann", Private: true}
	h := come(t, s, private, person("ann"))
	if c, err := s.PrivateChat(t.Context(), h.member.ID, "test"); err != nil || c.ID != h.chat.ID {
		t.Errorf("the private chat is %d, %v, want %d", c.ID, err, h.chat.ID)
	}
	x := bot.MemberStreak{Member: h.member.ID, Version: 1,
		Streak: daily.Streak{Days: 3, Best: 5, Played: 9, Last: setDay, Excused: []daily.DayRange{{First: 1, Last: 2}}}}
	write(t, s, &bot.Change{At: noon, Streak: &x, Turn: &bot.DailyTurn{Member: h.member.ID, Session: 4, Question: 1}})
	refused(t, s, &bot.Change{At: noon, Streak: &x}, bot.ErrConflict)
	if got, err := s.MemberStreak(t.Context(), h.member.ID); err != nil || !got.Streak.Equal(x.Streak) {
		t.Errorf("the streak is %+v, %v, want %+v", got, err, x)
	}
	m := h.member
	for i, zone := range []string{"Asia/Seoul", "Pacific/Honolulu"} {
		m.Zone = zone
		write(t, s, &bot.Change{At: noon.Add(time.Duration(i) * time.Hour), Member: &m})
	}
	if all, err := s.ZoneMoves(t.Context(), m.ID, noon); err != nil || len(all) != 1 || all[0].From != "Asia/Seoul" || all[0].To != "Pacific/Honolulu" {
		t.Errorf("moves are %+v, %v, want one", all, err)
	}
	run := bot.DailyRun{Key: daily.Key{Subscription: 5, Wall: daily.Wall{Day: setDay}}, At: noon, Chat: h.chat.ID, Member: m.ID, Skipped: bot.SkippedLate}
	write(t, s, &bot.Change{At: noon, Runs: []bot.DailyRun{run}})
	if all, err := s.Skips(t.Context(), m.ID, noon, noon.Add(time.Second), setDay); err != nil || len(all) != 1 {
		t.Errorf("skips are %v, %v, want one", all, err)
	}
	if err := s.Forget(t.Context(), m.ID, noon); err != nil {
		t.Fatal(err)
	}
	_, noStreak := s.MemberStreak(t.Context(), m.ID)
	_, noTurn := s.DailyTurn(t.Context(), m.ID)
	_, noChat := s.PrivateChat(t.Context(), m.ID, "test")
	moves, _ := s.ZoneMoves(t.Context(), m.ID, time.Time{})
	skips, _ := s.Skips(t.Context(), m.ID, noon, noon.Add(time.Second), setDay)
	if !bot.IsNone(noStreak) || !bot.IsNone(noTurn) || !bot.IsNone(noChat) || len(moves)+len(skips) > 0 {
		t.Errorf("of a member who is forgotten there are a streak (%v), a turn (%v), a chat (%v), %d moves, %d skips", noStreak, noTurn, noChat, len(moves), len(skips))
	}
}

// daySets has the first set of a day stay as it is.
func daySets(t *testing.T, s bot.Store) {
	for _, data := range []string{`"first"`, `"second"`} {
		write(t, s, &bot.Change{At: noon, DailySet: &bot.DailySet{Pack: "p", Hash: "h", Day: setDay, Questions: 3, Data: []byte(data)}})
	}
	if got, err := s.DailySet(t.Context(), "p", "h", setDay, 3); err != nil || string(got.Data) != `"first"` {
		t.Errorf("the set is %s, %v, want the first", got.Data, err)
	}
	if _, err := s.DailySet(t.Context(), "p", "h", setDay, 5); !bot.IsNone(err) {
		t.Errorf("another set is there: %v", err)
	}
}
