package discord_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"summitquiz/bot/discord/discordtest"
)

// TestADeletedQuestionHasItsReveal has a moderator delete a question while it is open: its reveal comes as a new
// message, once, and the quiz goes on.
func TestADeletedQuestionHasItsReveal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := discordtest.New(t, discordtest.Options{})
		db := open(t)
		p := begin(t, d, db)
		defer p.stop()
		c := d.NewGuild("Friends").NewChannel("quiz")
		ada := d.NewMember("Ada", "en-US", false)
		ada.Command(c, "quiz", map[string]string{"pack": "gyeongju-summit-2025", "questions": "2", "kind": "choice"})
		q := newest(t, c, "", open4)
		ada.Click(c, q, "A")
		rest(time.Second)
		c.DeleteMessage(q.ID)
		reveal := func(m discordtest.Message) bool {
			return has("Question 1 of 2")(m) && strings.Contains(m.Text(), "✅")
		}
		if m := newest(t, c, "", reveal); m.ID == q.ID {
			t.Error("the reveal stands in the deleted message")
		}
		newest(t, c, "", has("Question 2 of 2"))
		reveals := 0
		for _, m := range c.Messages("") {
			if reveal(m) {
				reveals++
			}
		}
		if reveals != 1 {
			t.Errorf("%d reveals of the deleted question", reveals)
		}
		newest(t, c, "", has("Final scores"))
	})
}
