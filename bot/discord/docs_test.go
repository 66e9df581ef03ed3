package discord

import (
	"os"
	"strings"
	"testing"
)

// TestTheGuideShowsTheLinkThatTheLogShows holds docs/discord.md to what the bot asks for.
func TestTheGuideShowsTheLinkThatTheLogShows(t *testing.T) {
	data, err := os.ReadFile("../../docs/discord.md")
	if err != nil {
		t.Fatal(err)
	}
	guide := string(data)
	if link := inviteLink("APPLICATION_ID"); !strings.Contains(guide, link) {
		t.Errorf("docs/discord.md does not hold %s", link)
	}
	for _, r := range []permission{viewChannel, sendMessages, sendInThreads, embedLinks} {
		if !strings.Contains(guide, r.name) || invitePermissions&r.bit == 0 {
			t.Errorf("the permission %s is not in the guide or not asked for", r.name)
		}
	}
}
