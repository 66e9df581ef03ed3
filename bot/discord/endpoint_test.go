package discord_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"summitquiz/bot/discord"
	"summitquiz/bot/discord/discordtest"
)

func TestInteractionsComeByHTTP(t *testing.T) {
	playGame(t, discordtest.Options{}, echo, func(s *scene) {
		s.d.UseEndpoint(s.a)
		s.works("by HTTP")
		it := s.kim.Command(s.channel, "hint", nil)
		rest(time.Second)
		it.Again()
		rest(time.Second)
		if got := original(it); got != "command hint" || len(s.service.got()) != 2 {
			t.Errorf("the answer is %q after %d inputs, want one for each of two inputs", got, len(s.service.got()))
		}
		if status, body := s.d.Post(s.a, []byte(`{"type":1}`), time.Now(), true); status != http.StatusOK || body != `{"type":1}` {
			t.Errorf("a ping is answered %d %s", status, body)
		}
	})
}

func TestTheEndpointTakesNothingThatIsNotSigned(t *testing.T) {
	playGame(t, discordtest.Options{}, echo, func(s *scene) {
		ping := []byte(`{"type":1}`)
		for name, try := range map[string]func() (int, string){
			"a bad signature":   func() (int, string) { return s.d.Post(s.a, ping, time.Now(), false) },
			"an old request":    func() (int, string) { return s.d.Post(s.a, ping, time.Now().Add(-6*time.Minute), true) },
			"one of the future": func() (int, string) { return s.d.Post(s.a, ping, time.Now().Add(6*time.Minute), true) },
		} {
			if status, _ := try(); status != http.StatusUnauthorized {
				t.Errorf("%s is answered %d, want 401", name, status)
			}
		}
		if status, _ := s.d.Post(s.a, make([]byte, 2<<20), time.Now(), true); status != http.StatusRequestEntityTooLarge {
			t.Errorf("2 MiB are answered %d, want 413", status)
		}
		if status, _ := s.d.Post(s.a, []byte("no JSON"), time.Now(), true); status != http.StatusAccepted {
			t.Errorf("what cannot be read is answered %d", status)
		}
		if c := s.a.Counts(); len(s.service.got()) != 0 || c.Unsigned != 3 || c.Unread != 1 {
			t.Errorf("the service got %d inputs, the counts are %+v", len(s.service.got()), c)
		}
	})
}

func TestAPublicKeyThatIsNoneIsSaidAtOnce(t *testing.T) {
	for _, key := range []string{"abc", strings.Repeat("0", 62), strings.Repeat("x", 64)} {
		if _, err := discord.New(discord.Options{Token: discordtest.Token, Public: key}); !errors.Is(err, discord.ErrKey) {
			t.Errorf("%q: %v, want ErrKey", key, err)
		}
	}
}

// TestWithoutAKeyNothingIsSigned asks an adapter that has no public key.
func TestWithoutAKeyNothingIsSigned(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := discordtest.New(t, discordtest.Options{})
		a, err := discord.New(discord.Options{Token: discordtest.Token, APIURL: d.URL, Service: newFakeService(echo), Store: newMemory(), Dial: d.Dial})
		if err != nil {
			t.Fatal(err)
		}
		if status, _ := d.Post(a, []byte(`{"type":1}`), time.Now(), true); status != http.StatusUnauthorized {
			t.Errorf("answered %d, want 401", status)
		}
	})
}
