package telegramtest_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"summitquiz/bot/telegram/telegramtest"
)

func TestUpdatesComeUntilConfirmed(t *testing.T) {
	play(t, telegramtest.Options{FirstID: 100}, func(c *client) {
		kim := c.f.NewUser("Kim", "ko")
		chat := c.f.Private(kim)
		for i := range 4 {
			kim.Say(chat, fmt.Sprint("text ", i))
		}
		for range 2 {
			if got := ids(c.updates("limit", "3")); !slices.Equal(got, []int{100, 101, 102}) {
				t.Errorf("unconfirmed updates %v", got)
			}
		}
		if got := ids(c.updates("offset", "102")); !slices.Equal(got, []int{102, 103}) {
			t.Errorf("updates from 102: %v", got)
		}
		if got := ids(c.updates("offset", "102")); !slices.Equal(got, []int{102}) {
			t.Errorf("the same offset at once brings %v, want one update", got)
		}
		time.Sleep(time.Second)
		raw := c.f.Updates()[0]
		if got := c.updates("offset", "104"); len(got) != 0 || c.f.Pending() != 0 {
			t.Errorf("after confirming all: %v", got)
		}
		c.f.Jump(-50)
		kim.Say(chat, "after a quiet week")
		if got := ids(c.updates("offset", "105")); !slices.Equal(got, []int{54}) {
			t.Errorf("after a jump of ids: %v", got)
		}
		c.updates("offset", "55")
		c.f.Repeat(raw)
		if got := ids(c.updates("offset", "104")); !slices.Equal(got, []int{102}) {
			t.Errorf("a repeated update: %v", got)
		}
	})
}

func TestUpdatesGrowOld(t *testing.T) {
	play(t, telegramtest.Options{}, func(c *client) {
		kim := c.f.NewUser("Kim", "ko")
		kim.Press(c.f.Private(kim), kim.Start(""), "data")
		time.Sleep(151 * time.Second)
		if got := c.updates(); len(got) != 1 || got[0].Message == nil {
			t.Errorf("after 151 seconds: %v, want the message without the press", got)
		}
		time.Sleep(24 * time.Hour)
		c.f.Ago(23*time.Hour, func() { kim.Start("late") })
		if got := c.updates(); len(got) != 1 || got[0].Message.Text != "/start late" {
			t.Errorf("after a day: %v, want what was sent an hour later", got)
		}
	})
}

func TestOneMayPoll(t *testing.T) {
	play(t, telegramtest.Options{}, func(c *client) {
		first := make(chan answer)
		go func() { first <- c.call("getUpdates", "timeout", "50") }()
		time.Sleep(time.Second)
		began := time.Now()
		if got := c.updates("timeout", "7"); len(got) != 0 || time.Since(began) != 7*time.Second {
			t.Errorf("the second poll: %v after %v", got, time.Since(began))
		}
		if a := <-first; a.Code != 409 || !strings.Contains(a.Description, "terminated by other getUpdates") {
			t.Errorf("the first poll: %+v, want 409", a)
		}
		c.f.Webhook("https://example.org")
		if a := c.call("getUpdates"); a.Code != 409 {
			t.Errorf("a poll beside a webhook: %+v, want 409", a)
		}
	})
}

func TestAPollWakesAtOnce(t *testing.T) {
	play(t, telegramtest.Options{}, func(c *client) {
		kim := c.f.NewUser("Kim", "ko")
		time.AfterFunc(3*time.Second, func() { kim.Start("") })
		began := time.Now()
		if got := c.updates("timeout", "50", "allowed_updates", `["message"]`); len(got) != 1 || time.Since(began) != 3*time.Second {
			t.Errorf("%v after %v, want the message after 3 s", got, time.Since(began))
		}
		kim.Block()
		if got := c.f.Pending(); got != 1 {
			t.Errorf("%d updates wait; my_chat_member was not asked for", got)
		}
	})
}

func TestTextsAreChecked(t *testing.T) {
	for name, row := range map[string]struct{ text, refusal, complaint string }{
		"plain":                {"a &lt;b&gt; &#65; <b>c</b>", "", ""},
		"nested":               {`<b>a <i>b</i></b> <a href="https://example.org">c</a>`, "", ""},
		"longest":              {strings.Repeat("😀", 2048), "", ""},
		"longest after tags":   {"<b>" + strings.Repeat("&amp;", 4096) + "</b>", "", ""},
		"too long in UTF-16":   {strings.Repeat("😀", 2048) + "a", "message is too long", "too long"},
		"unknown tag":          {"a <p>b</p>", `can't parse entities: Unsupported start tag "p" at byte offset 2`, "Unsupported"},
		"a name with markup":   {"<3 from Kim", `can't parse entities: Unsupported start tag "3" at byte offset 0`, "Unsupported"},
		"not closed":           {"<b>a", `can't parse entities: Can't find end tag corresponding to start tag "b"`, "end tag"},
		"closed in disorder":   {"<b><i>a</b></i>", `can't parse entities: Unmatched end tag at byte offset 7, expected "</i>", found "</b>"`, "Unmatched"},
		"closed too much":      {"a</b>", "can't parse entities: Unexpected end tag at byte offset 1", "Unexpected"},
		"an unclosed tag":      {"a <b", "can't parse entities: Unclosed start tag at byte offset 2", "Unclosed"},
		"a bare ampersand":     {"R&D", "", "ampersand"},
		"an unknown entity":    {"a&nbsp;b", "", "ampersand"},
		"nothing":              {" \n", "message text is empty", "empty"},
		"nothing but a tag":    {"<b> </b>", "message text is empty", "empty"},
		"a span without class": {"<span>a</span>", `can't parse entities: Tag "span" must have class "tg-spoiler" at byte offset 0`, "span"},
	} {
		t.Run(name, func(t *testing.T) {
			play(t, telegramtest.Options{}, func(c *client) {
				kim := c.f.NewUser("Kim", "ko")
				kim.Start("")
				a := c.call("sendMessage", "chat_id", strconv.FormatInt(kim.ID, 10), "text", row.text, "parse_mode", "HTML")
				if got := strings.TrimPrefix(a.Description, "Bad Request: "); got != row.refusal {
					t.Errorf("sendMessage: %q, want %q", got, row.refusal)
				}
				c.complaints(row.complaint)
			})
		})
	}
}

func TestPeopleReadTextsWithoutTags(t *testing.T) {
	play(t, telegramtest.Options{}, func(c *client) {
		kim := c.f.NewUser("Kim", "ko")
		kim.Start("")
		c.call("sendMessage", "chat_id", strconv.FormatInt(kim.ID, 10), "text", "😀 <b>a &amp; b</b>\u202e \u2068c\u2069", "parse_mode", "HTML")
		m := c.f.Private(kim).FromBot()[0]
		if want := "😀 a & b \u2068c\u2069"; m.Text != want || !m.Private {
			t.Errorf("the message reads %q, want %q", m.Text, want)
		}
		if want := (telegramtest.Entity{Type: "bold", Offset: 3, Length: 5}); !slices.Equal(m.Entities, []telegramtest.Entity{want}) {
			t.Errorf("entities %v, want %v", m.Entities, want)
		}
	})
}
