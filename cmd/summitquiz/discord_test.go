package main

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"summitquiz/bot/discord/discordtest"
)

// awaitMessage waits until a channel holds a message that shows a text, and returns the newest.
func awaitMessage(t *testing.T, d *discordtest.Discord, c *discordtest.Channel, text string) discordtest.Message {
	t.Helper()
	late := time.After(60 * time.Second)
	for {
		changed := d.Changed()
		all := c.Messages("")
		for i := len(all) - 1; i >= 0; i-- {
			if strings.Contains(all[i].Text(), text) {
				return all[i]
			}
		}
		select {
		case <-changed:
		case <-late:
			t.Fatalf("no message shows %q", text)
		}
	}
}

// awaitAnswer waits until an interaction is answered with a text.
func awaitAnswer(t *testing.T, d *discordtest.Discord, it *discordtest.Interaction, text string) {
	t.Helper()
	late := time.After(60 * time.Second)
	for {
		changed := d.Changed()
		if m := it.Original(); strings.Contains(m.Text(), text) {
			return
		}
		select {
		case <-changed:
		case <-late:
			m := it.Original()
			t.Fatalf("the answer is %q", m.Text())
		}
	}
}

// TestAQuizOnDiscordOutlivesTheProgram plays a question on Discord, kills the program while it
// is open, and has another person answer to the next process.
func TestAQuizOnDiscordOutlivesTheProgram(t *testing.T) {
	d := discordtest.New(t, discordtest.Options{TCP: true})
	c := d.NewGuild("Friends").NewChannel("quiz")
	ada, ben := d.NewMember("Ada", "en-US", false), d.NewMember("Ben", "ko", false)
	folder, env := t.TempDir(), []string{"DISCORD_TOKEN=" + discordtest.Token, "DISCORD_API_URL=" + d.URL}
	first := begin(t, folder, freeAddress(t), env...)
	first.awaitReady(t)
	first.awaitConnected(t, "discord")
	if !strings.Contains(first.said(), "Platforms   web, discord") {
		t.Errorf("the greeting is:\n%s", first.said())
	}

	ada.Command(c, "quiz", map[string]string{"pack": "gyeongju-summit-2025", "questions": "1", "kind": "choice", "language": "en", "seconds": "5"})
	q := awaitMessage(t, d, c, "Question ")
	saved := ada.Press(c, q, q.Buttons()[0].CustomID)
	awaitAnswer(t, d, saved, "Saved")
	first.kill()

	second := begin(t, folder, freeAddress(t), env...)
	second.awaitReady(t)
	second.awaitConnected(t, "discord")
	awaitAnswer(t, d, ben.Press(c, q, q.Buttons()[1].CustomID), "저장했습니다")
	awaitMessage(t, d, c, "Final scores")
	reveal := awaitMessage(t, d, c, "✅")
	picks := strings.Count(reveal.Text(), "· \u20681\u2069")
	if reveal.ID != q.ID || picks != 2 {
		t.Errorf("the reveal counts %d answers, want two:\n%s", picks, reveal.Text())
	}
	if n := len(c.Messages("")); n != 3 {
		t.Errorf("%d messages are in the channel, want a start card, a question and the end", n)
	}
	if err := second.stop(t); err != nil {
		t.Errorf("the program ended with %v", err)
	}
	for _, p := range []*process{first, second} {
		if strings.Contains(p.said(), discordtest.Token) {
			t.Error("the token was printed")
		}
	}
}

// awaitConnected waits until all platforms are connected.
func (p *process) awaitConnected(t testing.TB, platform string) {
	t.Helper()
	late := time.After(30 * time.Second)
	for {
		if status, text := p.get("/readyz"); status == http.StatusOK && !strings.Contains(text, "is not connected") {
			break
		}
		select {
		case <-late:
			t.Fatalf("the platforms are never connected:\n%s", p.said())
		case <-time.After(5 * time.Millisecond):
		}
	}
	if _, metrics := p.get("/metrics"); !strings.Contains(metrics, `summitquiz_connected{platform="`+platform+`"} 1`) {
		t.Errorf("/metrics does not tell that %s is connected", platform)
	}
}

// TestARefusedTokenStopsThatPlatformAlone starts with a token that Discord refuses: that is said in the
// log, by /readyz and in the metrics, and the web room plays on.
func TestARefusedTokenStopsThatPlatformAlone(t *testing.T) {
	d := discordtest.New(t, discordtest.Options{TCP: true})
	p := begin(t, t.TempDir(), freeAddress(t), "DISCORD_TOKEN=a-token-that-nobody-knows", "DISCORD_API_URL="+d.URL)
	p.awaitReady(t)
	p.refused(t, "discord", "set DISCORD_TOKEN to the one shown in the developer portal", "a-token-that-nobody-knows")
}

// refused waits until a platform refuses the bot, and holds where that is said.
func (p *process) refused(t *testing.T, platform, fix, token string) {
	t.Helper()
	p.awaitSaid(t, fix)
	status, text := p.get("/readyz")
	if status != http.StatusOK || !strings.Contains(text, platform+" refuses the bot") || !strings.Contains(text, fix) {
		t.Errorf("/readyz says %d %s", status, text)
	}
	if _, metrics := p.get("/metrics"); !strings.Contains(metrics, `summitquiz_refused{platform="`+platform+`"} 1`) {
		t.Errorf("/metrics does not tell that %s refuses the bot", platform)
	}
	if status, page := p.get("/"); status != http.StatusOK || !strings.Contains(page, "Summit Quiz") {
		t.Errorf("the web room answers %d", status)
	}
	if strings.Contains(p.said()+text, token) {
		t.Errorf("the token was printed:\n%s", p.said())
	}
}

func TestTheEndpointOfDiscordIsThereWithAKey(t *testing.T) {
	d := discordtest.New(t, discordtest.Options{TCP: true})
	env := []string{"DISCORD_TOKEN=" + discordtest.Token, "DISCORD_API_URL=" + d.URL}
	for want, more := range map[int][]string{http.StatusUnauthorized: {"DISCORD_PUBLIC_KEY=" + discordtest.PublicKey}, http.StatusNotFound: nil} {
		p := begin(t, t.TempDir(), freeAddress(t), append(env, more...)...)
		p.awaitReady(t)
		r, err := http.Post(p.url+"/discord/interactions", "application/json", strings.NewReader(`{"type":1}`))
		if err != nil {
			t.Fatal(err)
		}
		r.Body.Close()
		if r.StatusCode != want {
			t.Errorf("with %q it answers %d, want %d", more, r.StatusCode, want)
		}
	}
}
