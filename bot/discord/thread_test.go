package discord_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"summitquiz/bot/bottest"
	"summitquiz/bot/discord/discordtest"
	"summitquiz/bot/phrase"
	"summitquiz/bot/play"
	"summitquiz/content/language"
)

// mayOpenThreads is the permission that a thread needs besides those of the invite link.
const mayOpenThreads = 1 << 35

// threaded begins a game of two questions on a server on which each has a thread, and returns
// its start card.
func threaded(t *testing.T, d *discordtest.Discord, c *discordtest.Channel) (root *discordtest.Member, start *discordtest.Interaction) {
	t.Helper()
	root = d.NewMember("Root", "en-US", true)
	root.Command(c, "settings", map[string]string{"thread": "each-game"})
	rest(time.Second)
	start = root.Command(c, "quiz", map[string]string{"pack": "gyeongju-summit-2025", "questions": "2", "kind": "choice", "language": "en"})
	rest(time.Second)
	return root, start
}

func question(n string) func(discordtest.Message) bool {
	return func(m discordtest.Message) bool { return open4(m) && has("Question "+n+" of 2")(m) }
}

func TestAGameIsPlayedInItsThread(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := discordtest.New(t, discordtest.Options{})
		db := open(t)
		p := begin(t, d, db)
		defer func() { p.stop() }()
		c := d.NewGuild("Friends").NewChannel("quiz")
		c.Rights |= mayOpenThreads
		root, start := threaded(t, d, c)
		card := start.Original()
		thread := d.Thread(card.ID)
		if thread == nil || thread.Name != "A summit in the news" {
			t.Fatalf("the thread is %+v", thread)
		}
		right, _ := bottest.Keys(t, db)
		labels := language.Labels(language.English, 4)
		q := newest(t, thread, "", question("1"))
		if it := root.Click(thread, q, labels[right[0]]); !callbackResult(it) {
			t.Error("a press in the thread was not answered")
		}
		skip := root.Click(thread, q, phrase.Say(language.English, phrase.ButtonSkip))
		rest(time.Second)
		if how, _ := skip.Answered(); how == 0 {
			t.Error("skipping in the thread was not answered")
		}
		reveal := newest(t, thread, "", func(m discordtest.Message) bool { return m.ID == q.ID && strings.Contains(m.Text(), "✅") })
		report := root.Menu(thread, phrase.Say(language.English, "slash-report-menu"), reveal)
		rest(time.Second)
		if m := report.Original(); len(m.Buttons()) < 3 {
			t.Errorf("the menu of a message in the thread leads to %q", m.Text())
		}

		p.stop()
		p = begin(t, d, db) // which has to find out what the thread is
		q = newest(t, thread, "", question("2"))
		ben := d.NewMember("Ben", "en-US", false)
		for _, m := range []*discordtest.Member{ben, root} {
			if it := m.Click(thread, q, labels[right[1]]); !callbackResult(it) {
				t.Errorf("%s was not answered after the restart", m.Name)
			}
		}
		stop := root.Command(thread, "stop", nil)
		rest(time.Second)
		if how, _ := stop.Answered(); how == 0 {
			t.Error("/stop in the thread was not answered")
		}
		newest(t, thread, "", has("Final scores", "Root: 2 points"))
		if in, below := len(c.Messages("")), len(thread.Messages("")); in != 1 || below != 3 {
			t.Errorf("%d messages are in the channel and %d in the thread, want 1 and 3", in, below)
		}
	})
}

// callbackResult reports whether a press was answered with a private sentence.
func callbackResult(it *discordtest.Interaction) bool {
	rest(time.Second)
	how, _ := it.Answered()
	return how == 4 && it.Original().Only == it.Member.ID
}

func TestAGameWhoseThreadCannotBeOpenedIsPlayedInTheChannel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := discordtest.New(t, discordtest.Options{})
		p := begin(t, d, open(t))
		defer p.stop()
		c := d.NewGuild("Friends").NewChannel("quiz")
		root, start := threaded(t, d, c)
		q := newest(t, c, "", question("1"))
		if d.Thread(start.Original().ID) != nil {
			t.Error("there is a thread")
		}
		if it := root.Click(c, q, "A"); !callbackResult(it) {
			t.Error("a press was not answered")
		}
		told := 0
		for _, m := range c.Messages(root.ID) {
			if m.Only != "" && has("Create Public Threads", "Send Messages in Threads")(m) {
				told++
			}
		}
		if told != 1 {
			t.Errorf("the starter was told %d times what is missing, want once", told)
		}
	})
}

func TestAGameGoesOnInTheChannelWhenItsThreadIsDeleted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := discordtest.New(t, discordtest.Options{})
		p := begin(t, d, open(t))
		defer p.stop()
		c := d.NewGuild("Friends").NewChannel("quiz")
		c.Rights |= mayOpenThreads
		root, start := threaded(t, d, c)
		thread := d.Thread(start.Original().ID)
		q := newest(t, thread, "", question("1"))
		root.Click(thread, q, "A")
		rest(time.Second)
		thread.Delete()
		newest(t, c, "", question("2"))
	})
}

func TestAGameGoesOnWhenItsThreadIsArchived(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := discordtest.New(t, discordtest.Options{})
		db := open(t)
		p := begin(t, d, db)
		defer p.stop()
		c := d.NewGuild("Friends").NewChannel("quiz")
		c.Rights |= mayOpenThreads
		root, start := threaded(t, d, c)
		thread := d.Thread(start.Original().ID)
		q := newest(t, thread, "", question("1"))
		root.Click(thread, q, "A")
		d.Fail(1, "PATCH", "/messages/"+q.ID, discordtest.Refuse(400, 50083))
		newest(t, thread, "", question("2"))
		if live, err := db.Live(context.Background(), play.Kind); err != nil || len(live) != 1 {
			t.Errorf("%d games are running, %v", len(live), err)
		}
	})
}

func TestAThreadOfMembersIsAChatOfItsOwn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := discordtest.New(t, discordtest.Options{})
		p := begin(t, d, open(t))
		defer p.stop()
		c := d.NewGuild("Friends").NewChannel("quiz")
		ada := d.NewMember("Ada", "en-US", false)
		start := ada.Command(c, "quiz", map[string]string{"pack": "gyeongju-summit-2025", "questions": "2", "kind": "choice", "language": "en"})
		rest(time.Second)
		thread := ada.Hang(c, start.Original(), "about this quiz")
		inside := ada.Command(thread, "quiz", map[string]string{"pack": "gyeongju-summit-2025", "questions": "2", "kind": "choice", "language": "en"})
		rest(time.Second)
		if m := inside.Original(); m.Channel != thread.ID || m.Only != "" {
			t.Errorf("a quiz in a thread of members began with %q for %q in %s", m.Text(), m.Only, m.Channel)
		}
		newest(t, thread, "", question("1"))
	})
}
