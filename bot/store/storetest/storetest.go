// Package storetest is the suite that every store passes: what bot.Store promises, method by
// method, and what it promises about changes that come at the same time, from one process or from
// two.
//
// It does not look behind the interface: how a store keeps things is its own affair.
package storetest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/content/language"
)

// noon is when everything happens.
var noon = time.Date(2026, 11, 25, 12, 0, 0, 123456000, time.UTC)

// game is the kind of most sessions, and kinds are those that the program of these tests knows.
const game bot.Kind = "game"

var kinds = []bot.Kind{"daily", game, "space"}

// Run runs the suite. open returns as many handles as asked for on one empty store, each as a
// process of its own has it; they end with the test.
func Run(t *testing.T, open func(t *testing.T, handles int) []bot.Store) {
	for name, test := range map[string]func(*testing.T, bot.Store){
		"a change is whole or nothing":                        whole,
		"changes are applied in the order of the queue":       order,
		"a chat that moves keeps what it has":                 migrate,
		"a space that is gone leaves answers":                 purge,
		"spaces that the bot is in are listed":                spaces,
		"a revision grows when what was there changes":        revision,
		"sessions are replaced version by version":            sessions,
		"live sessions are found where they are":              places,
		"live sessions of a space are found":                  spaceWide,
		"what an earlier process left is adopted":             adopt,
		"a change is fenced by the session it was decided on": fence,
		"changes of one session share a commit":               together,
		"answers come back as they were":                      answers,
		"what was seen is counted":                            seen,
		"a projection is continued until answers change":      projections,
		"posts wait in order and arrive once":                 outbox,
		"a chat shows its posts as they stand":                posts,
		"due work is claimed with a lease":                    schedule,
		"due work of unknown kinds is left alone":             unknownKinds,
		"a change falls with the one that it comes after":     orphans,
		"posts of unknown kinds are left alone":               unknownPosts,
		"packs have versions":                                 packs,
		"a pack is off in a space or for everybody":           switches,
		"a draft waits":                                    drafts,
		"boards count what is scored":                      boards,
		"a board of what is known counts those who play":   masteryBoard,
		"reports and audit are kept":                       records,
		"a member is exported and forgotten":               forget,
		"whoever stops waiting harms nobody":               patience,
		"a note is kept until another takes its place":     notes,
		"what a platform sent is kept until it is handled": intake,
		"a post is found by the beginning of its id":       postOf,
		"who administers a space is noted":                 admins,
		"dailies are replaced version by version":          subscribed,
		"what is queued of a daily goes with it":           recalled,
		"an item of a day counts once":                     daysPlayed,
		"nothing stays of the dailies of a member":         ofMembers,
		"the first set of a day stays":                     daySets,
		"cards are reviewed and undone":                    cards,
		"due cards are found":                              dueCards,
		"answers of a member that count are found":         memberAnswers,
		"cards of a member are exported and forgotten":     forgetCards,
		"a code joins accounts once":                       linkCodes,
		"two members become one and part again":            joins,
		"of two answers the first one counts":              sameQuestion,
		"a daily counts once for one person":               sameDaily,
		"three accounts part one by one":                   threeJoined,
		"nobody is joined while they play":                 playing,
		"whoever was joined is forgotten as a whole":       forgetJoined,
		"two memories become one and part again":           joinedCards,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t, 1)[0]) })
	}
	for name, test := range map[string]func(*testing.T, []bot.Store){
		"an input is claimed once":                         claims,
		"numbers only grow":                                numbers,
		"people and places are entered once":               enter,
		"of several decisions on one state one is written": decisions,
		"no answer is lost between several writers":        contention,
		"one session of a kind is live in a place":         oneLive,
		"one process at a time delivers a post":            deliveries,
		"due work is claimed by one":                       claimants,
		"a card is rated once":                             oneRating,
	} {
		for handles := 1; handles <= 2; handles++ {
			t.Run(fmt.Sprintf("%s, of %d processes", name, handles), func(t *testing.T) { test(t, open(t, handles)) })
		}
	}
}

func write(t *testing.T, s bot.Store, c *bot.Change) {
	t.Helper()
	if err := s.Write(c)(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func refused(t *testing.T, s bot.Store, c *bot.Change, want error) {
	t.Helper()
	if err := s.Write(c)(t.Context()); !errors.Is(err, want) {
		t.Errorf("the change got %v, want %v", err, want)
	}
}

// must returns v of a call that may not fail.
func must[T any](t *testing.T) func(T, error) T {
	t.Helper()
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// at is a place in a room, and someone who is there.
func at(room string) bot.Place {
	return bot.Place{Platform: "test", Space: room, Chat: room, Title: "Room " + room}
}

func person(name string) bot.Person { return bot.Person{User: "u-" + name, Name: name} }

// here is a room with a member.
type here struct {
	space  bot.Space
	chat   bot.Chat
	member bot.Member
}

func come(t *testing.T, s bot.Store, p bot.Place, who bot.Person) here {
	t.Helper()
	space, chat, member, err := s.Enter(t.Context(), p, who, noon)
	if err != nil {
		t.Fatal(err)
	}
	return here{space, chat, member}
}

// newSession is a game that has just begun in a room.
func newSession(t *testing.T, s bot.Store, h here) bot.Session {
	t.Helper()
	id := must[int64](t)(s.NextID(t.Context()))
	return bot.Session{ID: bot.SessionID(id), Kind: game, Version: 1, Chat: h.chat.ID, Space: h.space.ID, Pack: "p", Hash: "h", Lang: language.Korean,
		Script: []byte(`{"a":"٧٠"}`), State: []byte(`{"n":1}`), Started: noon, Owner: "main", Run: 7}
}

// fenceOf is the fence of a change that is decided on a session as it was read.
func fenceOf(g bot.Session) *bot.Fence {
	return &bot.Fence{Session: g.ID, Version: g.Version, Answers: g.Answers}
}

// answer is an answer that counts.
func answer(h here, session bot.SessionID, question int, points int) bot.Answer {
	return bot.Answer{Session: session, Question: question, Member: h.member.ID, Chat: h.chat.ID, Space: h.space.ID, Platform: h.chat.Address.Platform,
		Pack: "p", Hash: "h", Item: "p/f/choice/x", Option: 1, Options: 4, Mark: 2, Points: points, Final: true, At: noon, Day: 20782}
}

// slot is a slot of the first game, and key a key of due work.
func slot(part string) bot.Slot { return bot.Slot{Kind: game, ID: 1, Part: part, N: 3} }

func key(n int64) bot.DueKey { return bot.DueKey{Kind: game, ID: n} }
