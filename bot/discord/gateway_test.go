package discord_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/discord"
	"summitquiz/bot/discord/discordtest"
)

// works has a person press a button and reports whether it was answered in time.
func (s *scene) works(when string) {
	s.t.Helper()
	before := len(s.service.got())
	it := s.kim.Act(s.channel, 3, map[string]any{"component_type": 2, "custom_id": "v1.a.1.x"}, nil)
	rest(100 * time.Millisecond)
	if how, _ := it.Answered(); how == 0 {
		s.t.Errorf("%s, a press was not answered", when)
	}
	if n := len(s.service.got()) - before; n != 1 {
		s.t.Errorf("%s, a press was handled %d times", when, n)
	}
}

func (s *scene) sessions(identified, resumed int) {
	s.t.Helper()
	if i, r := len(s.d.Identified()), s.d.Resumed(); i != identified || r != resumed {
		s.t.Errorf("%d sessions were begun and %d taken up, want %d and %d", i, r, identified, resumed)
	}
	if n := s.d.Strayed(); n > 0 {
		s.t.Errorf("%d sessions were taken up at the common address", n)
	}
}

func TestABrokenConnectionIsTakenUp(t *testing.T) {
	playGame(t, discordtest.Options{}, echo, func(s *scene) {
		for range 5 {
			s.d.Cut()
			rest(2 * time.Minute)
			s.works("after a cut")
		}
		s.sessions(1, 5)
	})
}

func TestWhatIsMissedWhileTheConnectionIsDownIsAnsweredIfItIsNotTooLate(t *testing.T) {
	playGame(t, discordtest.Options{}, echo, func(s *scene) {
		s.d.Cut()
		rest(time.Millisecond)
		it := s.kim.Act(s.channel, 3, map[string]any{"component_type": 2, "custom_id": "v1.a.1.x"}, nil)
		rest(5 * time.Second)
		if how, took := it.Answered(); how != 4 {
			t.Errorf("a press during a short gap was answered by %d after %v", how, took)
		}
		if n := len(s.service.got()); n != 1 {
			t.Errorf("it was handled %d times", n)
		}
	})
}

func TestAReconnectIsFollowedAtOnceAndResumed(t *testing.T) {
	playGame(t, discordtest.Options{}, echo, func(s *scene) {
		s.d.Reconnect()
		rest(1500 * time.Millisecond)
		s.works("after op 7")
		s.sessions(1, 1)
	})
}

func TestAReconnectBeforeAnythingElseDoesNotLockUp(t *testing.T) {
	playGame(t, discordtest.Options{}, echo, func(s *scene) {
		s.d.FirstPacket(3, 7, nil)
		s.d.Cut()
		rest(5 * time.Minute)
		s.works("after three times op 7 as the first packet")
		s.sessions(1, 1)
	})
}

func TestAnInvalidSessionIsBegunAnewAfterAPause(t *testing.T) {
	playGame(t, discordtest.Options{}, echo, func(s *scene) {
		s.d.Invalidate(false)
		rest(2 * time.Minute)
		s.works("after op 9")
		s.sessions(2, 0)
		at := s.d.Identified()
		if gap := at[1].Sub(at[0]); gap < 2*time.Second {
			t.Errorf("identified again after %v, want at least a second after op 9", gap)
		}
	})
}

func TestAnInvalidSessionThatStandsIsTakenUp(t *testing.T) {
	playGame(t, discordtest.Options{}, echo, func(s *scene) {
		s.d.Invalidate(true)
		rest(2 * time.Minute)
		s.works("after op 9 true")
		s.sessions(1, 1)
	})
}

func TestAnInvalidSessionInAnswerToAResumeIsBegunAnew(t *testing.T) {
	playGame(t, discordtest.Options{}, echo, func(s *scene) {
		s.d.FirstPacket(1, 9, false)
		s.d.Cut()
		rest(2 * time.Minute)
		s.works("after op 9 in answer to a resume")
		s.sessions(2, 0)
	})
}

func TestASilentSocketIsNoticed(t *testing.T) {
	playGame(t, discordtest.Options{}, echo, func(s *scene) {
		s.d.Silence()
		rest(99 * time.Second)
		rest(20 * time.Second)
		s.works("two minutes after the socket fell silent")
		s.sessions(1, 1)
	})
}

// TestSilenceBeforeTheSessionIsOutlived greets and then says nothing, for longer than the library
// could be waited for.
func TestSilenceBeforeTheSessionIsOutlived(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := discordtest.New(t, discordtest.Options{})
		d.FirstPacket(1, 11, nil) // no answer to anything
		s := set(t, d, newFakeService(echo), newMemory())
		rest(3 * time.Minute)
		s.works("after a silence")
		s.end()
	})
}

func TestACodeThatAllowsItIsFollowedByAResume(t *testing.T) {
	for code, want := range map[int][2]int{4000: {1, 1}, 4008: {1, 1}, 4007: {2, 0}, 4009: {2, 0}, 1001: {2, 0}} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			playGame(t, discordtest.Options{}, echo, func(s *scene) {
				s.d.CloseWith(code)
				rest(2 * time.Minute)
				s.works(fmt.Sprintf("after close code %d", code))
				s.sessions(want[0], want[1])
			})
		})
	}
}

// TestAFatalCodeIsTriedAgainAnHourLater holds that a bot that the gateway refuses says why, opens no
// further session within an hour, and then connects again.
func TestAFatalCodeIsTriedAgainAnHourLater(t *testing.T) {
	for _, code := range []int{4004, 4010, 4011, 4012, 4013, 4014} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			playGame(t, discordtest.Options{}, echo, func(s *scene) {
				s.d.CloseWith(code)
				rest(50 * time.Minute)
				if err := s.a.Refused(); !errors.Is(err, discord.ErrGateway) || !strings.Contains(err.Error(), fmt.Sprint(code)) || s.a.Ready() {
					t.Errorf("Refused = %v, want ErrGateway with the code", err)
				}
				s.sessions(1, 0)
				rest(11 * time.Minute)
				if err := s.a.Refused(); err != nil {
					t.Errorf("after an hour Refused = %v", err)
				}
				s.works("after an hour")
				s.sessions(2, 0)
			})
		})
	}
}

func TestEverythingGoesOverTLS(t *testing.T) {
	playGame(t, discordtest.Options{TLS: true}, echo, func(s *scene) {
		s.works("over TLS")
		s.d.Cut()
		rest(time.Minute)
		s.works("over TLS after a cut")
		s.sessions(1, 1)
	})
}

func TestACertificateThatNobodyTrustsIsRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := discordtest.New(t, discordtest.Options{TLS: true})
		d.Roots = nil
		s := set(t, d, newFakeService(echo), newMemory())
		rest(time.Minute)
		if s.a.Ready() || len(s.d.Requests()) > 0 || !strings.Contains(s.log.String(), "certificate") {
			t.Errorf("ready %v after %d requests; the log:\n%s", s.a.Ready(), len(s.d.Requests()), s.log)
		}
		s.end()
	})
}

func TestFramesThatNoGatewaySendsDoNoHarm(t *testing.T) {
	playGame(t, discordtest.Options{}, echo, func(s *scene) {
		for _, frame := range []string{`{}`, `{"op":0}`, `{"op":"x"}`, `{"op":0,"t":"INTERACTION_CREATE","s":3,"d":null}`,
			`{"op":0,"t":"INTERACTION_CREATE","s":4,"d":{"id":5}}`,
			`{"op":0,"t":"READY","s":5,"d":[]}`, `{"op":1,"d":null}`, `{"op":0,"t":"GUILD_CREATE","s":6,"d":"x"}`, `{"op":77}`} {
			s.d.Raw(frame)
			rest(time.Millisecond)
		}
		s.works("after nonsense")
		s.sessions(1, 0)
		if n := s.a.Counts().Unread; n != 2 {
			t.Errorf("%d interactions could not be read, want 2", n)
		}
	})
}

func TestShardsIdentifyOneAfterAnother(t *testing.T) {
	playGame(t, discordtest.Options{Shards: 4}, echo, func(s *scene) {
		rest(time.Minute)
		at := s.d.Identified()
		if len(at) != 4 || !s.a.Ready() {
			t.Fatalf("%d shards identified, ready %v; want 4, ready", len(at), s.a.Ready())
		}
		for i := 1; i < len(at); i++ {
			if gap := at[i].Sub(at[i-1]); gap < 5*time.Second {
				t.Errorf("shard %d identified %v after the one before", i, gap)
			}
		}
		s.works("with four shards")
	})
}

func TestAStormOfInvalidSessionsIsPaced(t *testing.T) {
	playGame(t, discordtest.Options{}, echo, func(s *scene) {
		s.d.FirstPacket(1<<30, 9, false)
		s.d.Cut()
		rest(time.Hour)
		s.d.FirstPacket(0, 0, nil)
		if n := len(s.d.Identified()); n > 80 {
			t.Errorf("identified %d times in an hour, want it paced", n)
		}
		rest(2 * time.Minute)
		s.works("after the storm")
	})
}

func TestNothingIsBegunWhileHardlyAnyStartsAreLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := set(t, discordtest.New(t, discordtest.Options{Starts: 49}), newFakeService(echo), newMemory())
		s.sessions(0, 0)
		if !strings.Contains(s.log.String(), "session starts") {
			t.Errorf("the log does not tell why:\n%s", s.log)
		}
		rest(time.Hour + time.Minute) // Discord has renewed them
		s.works("with new starts")
		s.sessions(1, 0)
		s.end()
	})
}

func TestAWrongTokenIsSaidPlainly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := discordtest.New(t, discordtest.Options{})
		a, err := discord.New(discord.Options{Token: "wrong", APIURL: d.URL, Service: newFakeService(echo), Store: newMemory(), Dial: d.Dial})
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- a.Run(ctx) }()
		rest(time.Minute)
		if err := a.Refused(); !errors.Is(err, discord.ErrToken) {
			t.Errorf("Refused = %v, want ErrToken", err)
		}
		stop()
		if err := <-ended; err != nil {
			t.Errorf("Run = %v", err)
		}
	})
}

func TestANetworkThatIsDownAtStartIsWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := discordtest.New(t, discordtest.Options{})
		d.Down(true)
		s := set(t, d, newFakeService(echo), newMemory())
		rest(10 * time.Minute)
		d.Down(false)
		rest(2 * time.Minute)
		s.works("when the network came")
		s.end()
	})
}

func TestANetworkThatIsDownForHoursIsOutlived(t *testing.T) {
	playGame(t, discordtest.Options{}, echo, func(s *scene) {
		s.d.Down(true)
		s.d.Cut()
		rest(5 * time.Hour)
		s.d.Down(false)
		rest(3 * time.Minute)
		s.works("after five hours without a network")
	})
}

// TestADeployOverlaps runs two processes on one token and one service, as while a new version
// takes over: both get every interaction, each is handled and answered once, and the old one
// finishes what it has.
func TestADeployOverlaps(t *testing.T) {
	slow := func(ctx context.Context, in bot.Input) (bot.Reply, error) {
		time.Sleep(300 * time.Millisecond)
		return echo(ctx, in)
	}
	playGame(t, discordtest.Options{}, slow, func(s *scene) {
		old, oldStop, oldEnded := s.a, s.stop, s.ended
		s.start()
		rest(time.Second)
		if n := s.d.Connected(); n != 2 {
			t.Fatalf("%d sessions are connected, want 2", n)
		}
		var all []*discordtest.Interaction
		for i := range 100 {
			if i == 50 {
				oldStop()
			}
			m := s.d.NewMember(fmt.Sprintf("P%d", i), "ko", false)
			all = append(all, m.Act(s.channel, 3, map[string]any{"component_type": 2, "custom_id": fmt.Sprint(i)}, nil))
			rest(20 * time.Millisecond)
		}
		rest(5 * time.Second)
		if err := <-oldEnded; err != nil {
			t.Errorf("the old process ended with %v", err)
		}
		for i, it := range all {
			if how, took := it.Answered(); how != 4 || original(it) != fmt.Sprintf("pressed %d", i) {
				t.Errorf("press %d was answered by %d after %v with %q", i, how, took, original(it))
			}
		}
		if n := len(s.service.got()); n != 100 {
			t.Errorf("%d presses were handled, want 100", n)
		}
		if c := old.Counts(); c.Dead != 0 {
			t.Errorf("%d answers came too late", c.Dead)
		}
	})
}
