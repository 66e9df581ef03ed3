package telegramtest_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"summitquiz/bot/telegram/telegramtest"
)

// quiz are the parameters of a poll that is well made, with some changed ("": taken out).
func quiz(chat *telegramtest.Chat, changed ...string) []string {
	p := map[string]string{"chat_id": id(chat), "question": "What is the capital of Gabon?", "options": `[{"text":"Libreville"},{"text":"Lomé"}]`,
		"type":         "quiz",
		"is_anonymous": "false", "correct_option_ids": "[0]", "explanation": "It lies on <b>the coast</b>.", "explanation_parse_mode": "HTML", "open_period": "20"}
	for pair := range slices.Chunk(changed, 2) {
		p[pair[0]] = pair[1]
	}
	var out []string
	for k, v := range p {
		if v != "" {
			out = append(out, k, v)
		}
	}
	return out
}

func TestPollsAreChecked(t *testing.T) {
	for name, row := range map[string]struct {
		changed []string
		refusal string
		older   bool // Telegram still takes it, its specification does not
	}{
		"well made":       {nil, "", false},
		"the older name":  {[]string{"correct_option_ids", "", "correct_option_id", "1"}, "", true},
		"plain options":   {[]string{"options", `["a","b"]`}, "", true},
		"a long question": {[]string{"question", strings.Repeat("é", 301)}, "poll question length must not exceed 300", false},
		"a long option":   {[]string{"options", `["a","` + strings.Repeat("é", 101) + `"]`}, "poll options length must not exceed 100", false},
		"no options":      {[]string{"options", `[]`}, "poll must have at least 1 answer options", false},
		"many options": {[]string{"options", `["1","2","3","4","5","6","7","8","9","10","11","12","13"]`},
			"poll can't have more than 12 options", false},
		"no key":                  {[]string{"correct_option_ids", ""}, "wrong correct option ID specified", false},
		"a key that is no option": {[]string{"correct_option_ids", "[2]"}, "wrong correct option ID specified", false},
		"keys in disorder":        {[]string{"correct_option_ids", "[1,0]"}, "wrong correct option ID specified", false},
		"a long explanation":      {[]string{"explanation", strings.Repeat("é", 201)}, "quiz explanation is too long", false},
		"lines of explanation":    {[]string{"explanation", "a\nb\nc\nd"}, "quiz explanation is too long", false},
		"too short":               {[]string{"open_period", "4"}, "poll close date is out of range", false},
		"two ends":                {[]string{"close_date", "1793620820"}, "open_period and close_date can't be used together", false},
	} {
		t.Run(name, func(t *testing.T) {
			play(t, telegramtest.Options{}, func(c *client) {
				c.refused(row.refusal, "sendPoll", quiz(c.f.NewGroup("Friends"), row.changed...)...)
				for _, got := range c.f.Complaints() {
					if row.older && strings.Contains(got, "not as specified") {
						continue
					}
					if row.refusal == "" || !strings.Contains(got, row.refusal) && !strings.Contains(got, "not as specified") {
						t.Errorf("a complaint: %s", got)
					}
				}
			})
		})
	}
}

func TestPeopleVote(t *testing.T) {
	play(t, telegramtest.Options{}, func(c *client) {
		g := c.f.NewGroup("Friends")
		kim, ada, ben := c.f.NewUser("Kim", "ko"), c.f.NewUser("Ada", "en"), c.f.NewUser("Ben", "en")
		c.refused("", "sendPoll", quiz(g)...)
		m := g.FromBot()[0]
		c.f.HoldVotes(true)
		if !kim.Vote(g, m, 1) || kim.Vote(g, m, 0) || !ada.Choose(g, m, "Libreville") || ada.Vote(g, m) {
			t.Error("a vote in a quiz counts once and stays")
		}
		time.Sleep(20 * time.Second)
		if ben.Vote(g, m, 0) {
			t.Error("a vote counts after the end")
		}
		p := g.FromBot()[0].Poll
		if !p.Closed || !slices.Equal(p.Counts, []int{1, 1}) || p.Voters != 2 || p.Explanation != "It lies on the coast." {
			t.Errorf("the poll stands at %+v", p)
		}
		c.refused("", "stopPoll", "chat_id", id(g), "message_id", strconv.Itoa(m.ID))
		c.refused("poll has already been closed", "stopPoll", "chat_id", id(g), "message_id", strconv.Itoa(m.ID))
		c.f.HoldVotes(false)
		var votes [][]int
		for _, u := range c.updates() {
			if u.Answer != nil {
				votes = append(votes, u.Answer.Options)
			}
		}
		if !slices.EqualFunc(votes, [][]int{{1}, {0}}, slices.Equal) {
			t.Errorf("poll_answer tells of %v", votes)
		}
	})
}

func TestAForwardedPollIsTheSame(t *testing.T) {
	play(t, telegramtest.Options{}, func(c *client) {
		g, other := c.f.NewGroup("Friends"), c.f.NewGroup("Strangers")
		kim := c.f.NewUser("Kim", "ko")
		c.refused("", "sendPoll", quiz(g, "type", "regular", "correct_option_ids", "", "explanation", "", "explanation_parse_mode", "")...)
		m := kim.Forward(other, g.FromBot()[0])
		kim.Vote(other, m, 1)
		kim.Vote(other, m)
		g.Anonymous().Vote(g, m, 0)
		if p := g.FromBot()[0].Poll; p.Voters != 1 || !slices.Equal(p.Counts, []int{1, 0}) {
			t.Errorf("the poll stands at %+v", p)
		}
		n := 0
		for _, raw := range c.f.Updates() {
			if strings.Contains(string(raw), "voter_chat") {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%d votes of a chat, want 1", n)
		}
	})
}

func TestPollsLapseWithAWordOrWithout(t *testing.T) {
	play(t, telegramtest.Options{}, func(c *client) {
		g, kim := c.f.NewGroup("Friends"), c.f.NewUser("Kim", "ko")
		for _, tell := range []bool{false, true} {
			c.refused("", "sendPoll", quiz(g)...)
			all, before := g.FromBot(), c.f.Pending()
			m := all[len(all)-1]
			g.Lapse(m, tell)
			if told := c.f.Pending() > before; told != tell || kim.Vote(g, m, 0) {
				t.Errorf("told of the end: %t, want %t; or a vote counts after it", told, tell)
			}
		}
	})
}
