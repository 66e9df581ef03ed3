package telegram_test

import (
	"flag"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// The issue's own size of the crowd takes a minute:
//
//	go test ./bot/telegram -run ACrowdPlaysInPrivate -v -chats 1000
var crowdChats = flag.Int("chats", 60, "how many private chats play at once in TestACrowdPlaysInPrivate")

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

// TestACrowdPlaysInPrivate has many people begin a quiz in their private chats within a minute and
// play it, with Telegram's limits enforced.
func TestACrowdPlaysInPrivate(t *testing.T) {
	playGame(t, func(s *scene) {
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
		t.Logf("%d chats; buttons answered: %v; first question: %v; whole quiz: %v; %d requests, %d refused", *crowdChats, &toasts, &first, &ends,
			len(s.f.Requests()), s.f.Limited())
	})
}
