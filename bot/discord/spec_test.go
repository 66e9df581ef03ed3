package discord_test

import (
	"net/http"
	"strings"
	"testing"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/discord/discordtest"
)

// TestSpecIsHeldByEveryRequest shows that what this suite sends is validated against Discord's
// own specification, and that a request which does not hold it is told of.
func TestSpecIsHeldByEveryRequest(t *testing.T) {
	if !discordtest.HasSpec() {
		t.Skip("Discord's specification is not at hand")
	}
	playGame(t, discordtest.Options{}, echo, func(s *scene) {
		before := discordtest.Validated()
		if _, err := s.deliver(s.delivery(bot.New, bottest.Slot("question", 1), "one")); err != nil {
			t.Fatal(err)
		}
		if n := discordtest.Validated() - before; n < 1 {
			t.Errorf("%d requests were validated", n)
		}
		transport := &http.Transport{DialContext: s.d.Dial}
		defer transport.CloseIdleConnections()
		req, err := http.NewRequest(http.MethodPost, s.d.URL+"/v9/channels/"+s.channel.ID+"/messages",
			strings.NewReader(`{"content": 7, "allowed_mentions": {"parse": []}, "nonce": "n", "enforce_nonce": true}`))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bot "+discordtest.Token)
		res, err := transport.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if got := s.d.Complaints(); len(got) == 0 || !strings.Contains(got[0], "not as specified") {
			t.Errorf("a number as content: complaints %q", got)
		}
	})
}
