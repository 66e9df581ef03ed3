package telegram_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"summitquiz/bot/bottest"
	"summitquiz/bot/telegram/telegramtest"
)

// TestFiveHundredVoteInOnePoll has a group of five hundred vote within the last second of a poll,
// every other of them rightly, and Telegram tell of each vote once and of some twice.
func TestFiveHundredVoteInOnePoll(t *testing.T) {
	t.Parallel()
	const voters = 500
	synctest.Test(t, func(t *testing.T) {
		f := telegramtest.New(t, telegramtest.Options{Latency: 50 * time.Millisecond})
		db := open(t)
		p := begin(t, f, db)
		defer p.stop()
		c := f.NewSupergroup("Club")
		var people []*telegramtest.User
		for i := range voters {
			people = append(people, f.NewUser(fmt.Sprint("Voter ", i), "en"))
		}
		people[0].Say(c, "/quiz pack:gyeongju-summit-2025 questions:1 kind:choice")
		q := newest(t, c, openPoll)
		right, _ := bottest.Keys(t, db)
		rest(q.Poll.Period - time.Second)
		for i, u := range people {
			if !u.Vote(c, q, (right[0]+i%2)%len(q.Poll.Options)) {
				t.Fatalf("vote %d does not count", i)
			}
			if i%50 == 0 {
				f.Repeat(f.Newest())
			}
		}
		voted := time.Now()
		result := newest(t, c, func(m telegramtest.Message) bool { return m.ReplyTo == q.ID })
		t.Logf("%d votes; the result stood there %v after the last of them", voters, time.Since(voted))
		if took := time.Since(voted); took > 5*time.Second {
			t.Errorf("the result %q came after %v", result.Text, took)
		}
		kept, err := db.Answers(context.Background(), 1)
		if err != nil {
			t.Fatal(err)
		}
		byVoter, won := map[string]bool{}, 0
		for _, a := range kept {
			byVoter[fmt.Sprint(a.Member)] = true
			if a.Points > 0 {
				won++
			}
		}
		if len(kept) != voters || len(byVoter) != voters || won != voters/2 || f.Limited() != 0 {
			t.Errorf("%d answers of %d people are kept, %d of them right; %d requests were refused", len(kept), len(byVoter), won, f.Limited())
		}
	})
}

// TestVotesAreWaitedForWhileNoUpdatesCome has Telegram fail to tell of a vote until long after the
// poll's end.
func TestVotesAreWaitedForWhileNoUpdatesCome(t *testing.T) {
	for name, failures := range map[string]int{"a short failure": 3, "one that is too long": 1000} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := telegramtest.New(t, telegramtest.Options{Latency: 50 * time.Millisecond})
				db := open(t)
				p := begin(t, f, db)
				defer p.stop()
				c := f.NewSupergroup("Club")
				ada := f.NewUser("Ada", "en")
				ada.Say(c, "/quiz pack:gyeongju-summit-2025 questions:1 kind:choice")
				q := newest(t, c, openPoll)
				rest(q.Poll.Period - time.Second)
				f.Fail(failures, "getUpdates", telegramtest.Status(502))
				if !ada.Vote(c, q, 0) {
					t.Fatal("the vote does not count at Telegram")
				}
				ended := time.Now()
				newest(t, c, func(m telegramtest.Message) bool { return m.ReplyTo == q.ID })
				kept, err := db.Answers(context.Background(), 1)
				if err != nil || failures < 10 && len(kept) != 1 {
					t.Errorf("%d answers are kept, %v; want the one", len(kept), err)
				}
				if took := time.Since(ended); took > 40*time.Second {
					t.Errorf("the result came after %v", took)
				}
				f.Fail(0, "getUpdates", telegramtest.Status(502))
			})
		})
	}
}
