package telegram_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/telegram/telegramtest"
	"summitquiz/content/language"
)

// TestTalkIsNotReadWithoutPrivacyMode has an owner switch privacy mode off, so that everything
// said in the group reaches the bot: even the right answer is only talk unless it is a reply.
func TestTalkIsNotReadWithoutPrivacyMode(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := telegramtest.New(t, telegramtest.Options{Talkative: true})
		db := open(t)
		p := begin(t, f, db)
		defer p.stop()
		c, ada, ben := f.NewSupergroup("Friends"), f.NewUser("Ada", "en"), f.NewUser("Ben", "en")
		ada.Say(c, "/quiz pack:gyeongju-summit-2025 questions:1 kind:typed")
		q := newest(t, c, has("Question 1 of 1"))
		_, typed := bottest.Keys(t, db)
		before := len(c.FromBot())
		ben.Say(c, typed[0])
		ben.Reply(c, ada.Say(c, "what would you say?"), typed[0])
		ben.Say(c, "a secret between us")
		rest(time.Second)
		if n := len(c.FromBot()); n != before || f.Pending() != 0 {
			t.Errorf("%d messages answer talk, %d updates wait", n-before, f.Pending())
		}
		kept, err := db.Kept(context.Background(), "telegram", 0, 1)
		if err != nil || len(kept) != 0 {
			t.Errorf("what was said is kept: %d updates, %v", len(kept), err)
		}
		answers, err := db.Answers(context.Background(), 1)
		if err != nil || len(answers) != 0 {
			t.Errorf("talk counts as %d answers, %v", len(answers), err)
		}
		ada.Reply(c, q, typed[0])
		rest(time.Second)
		if answers, err = db.Answers(context.Background(), 1); err != nil || len(answers) != 1 {
			t.Errorf("a reply counts as %d answers, %v", len(answers), err)
		}
		if strings.Contains(p.log.String(), "secret") {
			t.Error("the log holds what was said")
		}
	})
}

// TestAnEditedReplyIsTheNextTry mends a slip in the message itself, and then a message of another
// time.
func TestAnEditedReplyIsTheNextTry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := telegramtest.New(t, telegramtest.Options{})
		db := open(t)
		p := begin(t, f, db)
		defer p.stop()
		c, ada := f.NewSupergroup("Friends"), f.NewUser("Ada", "en")
		ada.Say(c, "/quiz pack:gyeongju-summit-2025 questions:1 kind:typed")
		q := newest(t, c, has("Question 1 of 1"))
		_, typed := bottest.Keys(t, db)
		key := language.StripIsolates(typed[0])
		m := ada.Reply(c, q, key[:3]+key[4:]) // a letter is missing
		rest(time.Second)
		tries := func() []bot.Answer {
			answers, err := db.Answers(context.Background(), 1)
			if err != nil {
				t.Fatal(err)
			}
			return answers
		}
		if got := tries(); len(got) != 1 || got[0].Final {
			t.Fatalf("%q for %q makes the tries %+v, want one that is close", key[:3]+key[4:], key, got)
		}
		ada.Edit(c, m, key)
		rest(time.Second)
		if got := tries(); len(got) != 2 || !got[1].Final || got[1].Points == 0 {
			t.Errorf("after the edit the tries are %+v", got)
		}
		newest(t, c, has("Final scores"))
		rest(time.Minute)
		before := len(c.FromBot()) + len(f.Private(ada).FromBot())
		ada.Edit(c, m, "of something else")
		rest(time.Second)
		if n := len(c.FromBot()) + len(f.Private(ada).FromBot()); n != before || len(tries()) != 2 {
			t.Errorf("an edit after the end gets %d replies", n-before)
		}
	})
}
