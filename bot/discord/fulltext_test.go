package discord_test

import (
	"strings"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/discord/discordtest"
	"summitquiz/content/language"
)

func TestWhatDoesNotFitIsBehindAButton(t *testing.T) {
	playGame(t, discordtest.Options{}, echo, func(s *scene) {
		d := s.delivery(bot.New, bottest.Slot("end", 0), "")
		d.Post = longPost()
		ref, err := s.deliver(d)
		if err != nil {
			t.Fatal(err)
		}
		s.store.mu.Lock()
		s.store.slots[ref], s.store.posts = bottest.Slot("end", 0), []bot.Send{{Slot: bottest.Slot("end", 0), Post: d.Post}}
		s.store.mu.Unlock()
		m := s.channel.Messages("")[0]
		if contains(m.Text(), "very end") || !contains(m.Text(), "button shows the rest") || len(m.Files) != 0 {
			t.Errorf("the message reads %q with %d files", m.Text(), len(m.Files))
		}
		s.kim.Click(s.channel, m, "Show everything")
		rest(time.Second)
		mine := s.channel.Messages(s.kim.ID)[1:]
		if len(mine) != 1 || mine[0].Only != s.kim.ID || !contains(mine[0].Text(), "many words") {
			t.Fatalf("the button showed %d messages", len(mine))
		}
		file := string(mine[0].Files["full-text.txt"])
		if n := strings.Count(file, "many words"); n != 800 || !contains(file, "the very end") || len(s.service.got()) != 0 {
			t.Errorf("the file holds %d of 800 words, and the service got %d inputs", n, len(s.service.got()))
		}
		if n := count(s.d, "POST", "/webhooks/"); n != 0 {
			t.Errorf("%d further messages were sent for one press", n)
		}
		s.store.mu.Lock()
		s.store.posts = nil
		s.store.mu.Unlock()
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
