package discord_test

import (
	"strings"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/discord/discordtest"
	"summitquiz/content/language"
)

func TestWhatDoesNotFitIsBehindAButton(t *testing.T) {
	play(t, discordtest.Options{}, echo, func(s *scene) {
		d := s.delivery(bot.New, "g1/end", "")
		d.Post = longPost()
		ref, err := s.deliver(d)
		if err != nil {
			t.Fatal(err)
		}
		s.memory.mu.Lock()
		s.memory.slots[ref], s.memory.posts = "g1/end", []bot.Send{{Slot: "g1/end", Post: d.Post}}
		s.memory.mu.Unlock()
		m := s.channel.Messages("")[0]
		if contains(m.Text(), "very end") || !contains(m.Text(), "button shows the rest") || len(m.Files) != 0 {
			t.Errorf("the message reads %q with %d files", m.Text(), len(m.Files))
		}
		s.kim.Click(s.channel, m, "Show everything")
		rest(time.Second)
		var all string
		for _, m := range s.channel.Messages(s.kim.ID)[1:] {
			if m.Only != s.kim.ID {
				t.Errorf("everybody sees %q", m.Text())
			}
			all += m.Text()
		}
		if n := strings.Count(all, "many words"); n != 800 || !contains(all, "the very end") || len(s.hall.got()) != 0 {
			t.Errorf("the button showed %d of 800 words, and the hall got %d inputs", n, len(s.hall.got()))
		}
		s.memory.mu.Lock()
		s.memory.posts = nil
		s.memory.mu.Unlock()
		it := s.kim.Click(s.channel, m, "Show everything")
		rest(time.Second)
		if got := original(it); !contains(got, "no longer in use") {
			t.Errorf("of a post that is gone it says %q", got)
		}
	})
}

// longPost fits no message.
func longPost() bot.Post {
	p := bot.Post{Kind: bot.CardPost, Lang: language.English, Title: "Help"}
	for range 80 {
		p.Body = append(p.Body, bot.Line{Text: strings.Repeat("many words ", 10)})
	}
	p.Body = append(p.Body, bot.Line{Text: "the very end"})
	return p
}
