package telegram_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/telegram/telegramtest"
)

// How large the crowds are. The figures in docs come from
// go test ./bot/telegram -run 'Crowd' -chats 1000 -broadcast 50000 -v
var (
	crowdChats     = flag.Int("chats", 60, "how many private chats play at once in TestACrowdPlaysInPrivate")
	crowdBroadcast = flag.Int("broadcast", 1500, "how many chats are told something in TestACrowdIsAnsweredDuringABroadcast")
)

// times is how long something took, again and again.
type times struct {
	mu   sync.Mutex
	took []time.Duration
}

func (s *times) add(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.took = append(s.took, d)
}

// quantile is the time within which a share of them was done.
func (s *times) quantile(q float64) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.took) == 0 {
		return 0
	}
	slices.Sort(s.took)
	return s.took[min(len(s.took)-1, int(q*float64(len(s.took))))].Round(time.Millisecond)
}

func (s *times) String() string {
	return fmt.Sprintf("median %v, p99 %v, most %v of %d", s.quantile(0.5), s.quantile(0.99), s.quantile(1), len(s.took))
}

// TestACrowdVotesInOnePoll has five hundred people of a group vote in one poll within ten
// seconds, some in its last moment.
func TestACrowdVotesInOnePoll(t *testing.T) {
	play(t, func(s *scene) {
		const many = 500
		ada := s.user("Ada", "en")
		c := s.f.NewSupergroup("Crowd", ada)
		ada.Say(c, "/quiz pack:gyeongju-summit-2025 questions:1 language:en kind:choice")
		q := newest(s.t, c, openPoll)
		right, _ := bottest.Keys(s.t, s.db)
		rest(q.Poll.Period - 10*time.Second - 50*time.Millisecond)
		for n := range many {
			s.f.NewUser(fmt.Sprint("P", n), "en").Vote(c, q, n%2)
			time.Sleep(10 * time.Second / many)
		}
		result := newest(s.t, c, func(m telegramtest.Message) bool { return m.ReplyTo == q.ID })
		kept, err := s.db.Answers(context.Background(), 1)
		if err != nil || len(kept) != many {
			t.Errorf("%d of %d votes count, %v", len(kept), many, err)
		}
		won := 0
		for _, a := range kept {
			won += a.Points
		}
		if right[0] < 2 && won != many/2 {
			t.Errorf("%d points for %d right votes", won, many/2)
		}
		t.Logf("%d votes in ten seconds, %d counted; the result came %v after the poll closed", many, len(kept), result.At.Sub(q.Poll.Closes).Round(time.Millisecond))
	})
}

// TestACrowdPlaysInPrivate has many people begin a quiz in their private chats within a minute and
// play it, with Telegram's limits enforced.
func TestACrowdPlaysInPrivate(t *testing.T) {
	play(t, func(s *scene) {
		var toasts, first, ends times
		var crowd sync.WaitGroup
		for n := range *crowdChats {
			crowd.Go(func() {
				time.Sleep(time.Duration(n) * time.Minute / time.Duration(*crowdChats))
				u := s.f.NewUser(fmt.Sprint("P", n), "en")
				own := s.f.Private(u)
				began, answered := time.Now(), 0
				u.Say(own, "/quiz pack:gyeongju-summit-2025 questions:2 language:en kind:choice")
				for answered < 2 {
					time.Sleep(time.Second)
					all := own.FromBot()
					if len(all) == 0 {
						continue
					}
					q := all[len(all)-1]
					if !strings.Contains(q.Text, fmt.Sprintf("Question \u2068%d\u2069", answered+1)) || len(q.Buttons()) < 3 {
						if time.Since(began) > time.Hour {
							t.Errorf("question %d does not come to %s", answered+1, u.Name)
							return
						}
						continue
					}
					if answered == 0 {
						first.add(time.Since(began))
					}
					press := u.Press(own, q, q.Buttons()[0].Data)
					<-press.Done()
					toasts.add(press.Took())
					answered++
				}
				for !slices.ContainsFunc(own.FromBot(), has("Final scores")) {
					if time.Sleep(time.Second); time.Since(began) > time.Hour {
						t.Errorf("the quiz of %s does not end", u.Name)
						return
					}
				}
				ends.add(time.Since(began))
			})
		}
		crowd.Wait()
		if toasts.quantile(0.99) > time.Second {
			t.Errorf("buttons are answered too slowly: %v", &toasts)
		}
		t.Logf("%d chats; buttons answered: %v; first question: %v; whole quiz: %v; %d requests, %d refused", *crowdChats, &toasts, &first, &ends, len(s.f.Requests()), s.f.Limited())
	})
}

// TestACrowdIsAnsweredDuringABroadcast tells many chats something that nobody waits for, while a
// person a second asks for something. Nobody waits for the broadcast to end, and it goes out as
// fast as it may.
func TestACrowdIsAnsweredDuringABroadcast(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := telegramtest.New(t, telegramtest.Options{Latency: 30 * time.Millisecond})
		onlyMessages(t, f)
		var chats []*telegramtest.Chat
		for n := range *crowdBroadcast {
			u := f.NewUser(fmt.Sprint("S", n), "en")
			u.Unblock()
			chats = append(chats, f.Private(u))
		}
		hall := &scripted{answer: func(bot.Input) (bot.Reply, error) { return bot.Say(en, "here you are"), nil }}
		r := run(t, f, hall, open(t))
		rest(time.Second)
		began := time.Now()
		var sending sync.WaitGroup
		for _, c := range chats {
			sending.Go(func() {
				for {
					ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
					_, err := r.a.Deliver(ctx, bot.Delivery{Op: bot.New, Slot: "d1", Chat: address(c), Post: said("the question of the day"), Bulk: true})
					cancel()
					var retry *bot.RetryError
					if errors.As(err, &retry) {
						time.Sleep(retry.After)
						continue
					}
					if err != nil {
						t.Errorf("the broadcast to %d: %v", c.ID, err)
					}
					return
				}
			})
		}
		done := make(chan struct{})
		go func() { sending.Wait(); close(done) }()
		var replies times
		var asking sync.WaitGroup
		for n := 0; ; n++ {
			select {
			case <-done:
			case <-time.After(time.Second):
				u := f.NewUser(fmt.Sprint("P", n), "en")
				asking.Go(func() {
					asked := time.Now()
					u.Say(f.Private(u), "/stats")
					for len(f.Private(u).FromBot()) == 0 {
						time.Sleep(20 * time.Millisecond)
					}
					replies.add(time.Since(asked))
				})
				continue
			}
			break
		}
		took := time.Since(began)
		asking.Wait()
		rate := float64(len(chats)) / took.Seconds()
		if p := replies.quantile(0.99); p > time.Second || rate < 19 || f.Limited() != 0 {
			t.Errorf("replies: %v; the broadcast at %.1f a second; %d refusals", &replies, rate, f.Limited())
		}
		for _, c := range chats {
			if n := len(c.FromBot()); n != 1 {
				t.Errorf("chat %d was told %d times", c.ID, n)
			}
		}
		t.Logf("%d chats told in %v, %.1f a second; meanwhile replies: %v; %d refused", len(chats), took.Round(time.Second), rate, &replies, f.Limited())
	})
}

// onlyMessages has Telegram tell of messages alone, so that people can open their chats unheard.
func onlyMessages(t *testing.T, f *telegramtest.Telegram) {
	t.Helper()
	transport := &http.Transport{DialContext: f.Dial}
	defer transport.CloseIdleConnections()
	res, err := (&http.Client{Transport: transport}).PostForm(f.URL+"/bot"+telegramtest.Token+"/getUpdates", url.Values{"allowed_updates": {`["message"]`}, "timeout": {"0"}})
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
}
