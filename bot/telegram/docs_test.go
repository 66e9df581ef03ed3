package telegram

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// TestTheGuideSaysWhatTheBotDoes holds docs/telegram.md to the commands, limits and words of the
// program.
func TestTheGuideSaysWhatTheBotDoes(t *testing.T) {
	data, err := os.ReadFile("../../docs/telegram.md")
	if err != nil {
		t.Fatal(err)
	}
	guide := string(data)
	known := map[string]bool{"newbot": true, "mybots": true, "telegram": true} // BotFather's, and the path of the webhook
	for _, c := range bottest.Commands() {
		known[menuName(c.Name)] = true
		first, _, _ := strings.Cut(c.Name, " ")
		known[first] = true
	}
	for _, m := range regexp.MustCompile("`/([a-z_]+)").FindAllStringSubmatch(guide, -1) {
		if !known[m[1]] {
			t.Errorf("the guide names /%s, which is no command", m[1])
		}
	}
	for _, c := range bottest.Commands() {
		if !strings.Contains(guide, "`/"+menuName(c.Name)) {
			t.Errorf("the guide does not name /%s", menuName(c.Name))
		}
	}
	for _, words := range []string{
		strings.Split(ErrToken.Error(), ":")[0], "another program asks for this bot's updates",
		"a webhook was set for this bot: it is removed", "an update was not handled", "Telegram does not take the webhook",
		"Telegram could not push an update",
		strings.Split(phrase.Say(language.English, phrase.WasAway), ".")[0], "?start=" + bot.LinkToGreet, "?start=" + bot.LinkToPack("PACK"),
	} {
		if !strings.Contains(guide, words) {
			t.Errorf("the guide does not say %q", words)
		}
	}
	perMinute := UsualPace.Group.Burst + int(time.Minute/UsualPace.Group.Every)
	if !strings.Contains(guide, "(25, one, 18)") || time.Second/UsualPace.All.Every != 25 || perMinute != 18 {
		t.Errorf("the guide has other limits than %v and %d a minute", UsualPace, perMinute)
	}
}
