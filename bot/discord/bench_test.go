package discord_test

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"summitquiz/bot"
	"summitquiz/bot/discord"
	"summitquiz/bot/discord/discordtest"
	"summitquiz/content/language"
)

// window is how many clicks are on their way at once in a benchmark of throughput.
const window = 64

// BenchmarkClicks compares, in one run and on the same fake, how many clicks a second are
// acknowledged: answers to a question through the hall, each durable in the database first; by
// the adapter alone; and by a bot on plain discordgo that does nothing else.
func BenchmarkClicks(b *testing.B) {
	b.Run("hall", func(b *testing.B) {
		d := discordtest.New(b, discordtest.Options{TCP: true, Fast: true})
		db := open(b)
		p := begin(b, d, db)
		defer p.stop()
		c := d.NewGuild("Friends").NewChannel("quiz")
		starter := d.NewMember("Starter", "en-US", false)
		starter.Command(c, "quiz", map[string]string{"pack": "gyeongju-summit-2025", "questions": "1", "kind": "choice", "seconds": "300"})
		members := make([]*discordtest.Member, b.N)
		for i := range members {
			members[i] = d.NewMember("P", "en-US", false)
		}
		warm := map[string]any{"component_type": 2, "custom_id": "v1.a.1-2-3.AAAAAAAAAAA"}
		click(b, len(members), func(i int) *discordtest.Interaction { return members[i].Act(c, 3, warm, nil) })
		var q discordtest.Message
		for q.ID == "" {
			time.Sleep(100 * time.Millisecond)
			for _, m := range c.Messages("") {
				if open4(m) {
					q = m
				}
			}
		}
		b.ResetTimer()
		click(b, b.N, func(i int) *discordtest.Interaction { return members[i].Press(c, q, q.Buttons()[i%2].CustomID) })
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "clicks/s")
		b.StopTimer()
		kept, err := db.Answers(context.Background(), 1)
		if err != nil || len(kept) != b.N {
			b.Errorf("%d answers are kept, want %d; %v", len(kept), b.N, err)
		}
		starter.Command(c, "stop", nil)
	})
	b.Run("adapter", func(b *testing.B) {
		d := discordtest.New(b, discordtest.Options{TCP: true, Fast: true})
		run(b, d, echo)
		clicks(b, d)
	})
	b.Run("discordgo", func(b *testing.B) {
		d := discordtest.New(b, discordtest.Options{TCP: true, Fast: true})
		s, err := discordgo.New("Bot " + discordtest.Token)
		if err != nil {
			b.Fatal(err)
		}
		transport := &http.Transport{MaxIdleConnsPerHost: 256}
		defer transport.CloseIdleConnections()
		s.Client = &http.Client{Transport: elsewhere{d.URL, transport}}
		s.Identify.Intents = discordgo.IntentsGuilds
		s.StateEnabled = false
		s.AddHandler(func(s *discordgo.Session, i *discordgo.InteractionCreate) {
			err := s.InteractionRespond(i.Interaction, &discordgo.InteractionResponse{Type: discordgo.InteractionResponseChannelMessageWithSource, Data: &discordgo.InteractionResponseData{
				Content: "pressed", Flags: discordgo.MessageFlagsEphemeral, AllowedMentions: &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}}, Components: []discordgo.MessageComponent{}}})
			if err != nil {
				b.Error(err)
			}
		})
		if err := s.Open(); err != nil {
			b.Fatal(err)
		}
		defer s.Close()
		clicks(b, d)
	})
}

// elsewhere sends what discordgo sends to another base.
type elsewhere struct {
	base string
	next http.RoundTripper
}

func (e elsewhere) RoundTrip(r *http.Request) (*http.Response, error) {
	to, err := url.Parse(e.base)
	if err != nil {
		return nil, err
	}
	r = r.Clone(r.Context())
	r.URL.Scheme, r.URL.Host, r.Host = to.Scheme, to.Host, to.Host
	return e.next.RoundTrip(r)
}

// run starts an adapter in real time and waits until it is connected.
func run(tb testing.TB, d *discordtest.Discord, answer func(context.Context, bot.Input) (bot.Reply, error)) *discord.Adapter {
	tb.Helper()
	a, err := discord.New(discord.Options{Token: discordtest.Token, APIURL: d.URL, Hall: newScripted(answer), Memory: newMemory()})
	if err != nil {
		tb.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx) }()
	tb.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			tb.Error(err)
		}
	})
	for !a.Ready() {
		time.Sleep(time.Millisecond)
	}
	return a
}

// clicks lets a thousand members press b.N times.
func clicks(b *testing.B, d *discordtest.Discord) {
	c := d.NewGuild("Friends").NewChannel("quiz")
	data := map[string]any{"component_type": 2, "custom_id": "v1.a.1-2-3.AAAAAAAAAAA"}
	members := make([]*discordtest.Member, 1000)
	for i := range members {
		members[i] = d.NewMember("P", "en-US", false)
	}
	b.ResetTimer()
	click(b, b.N, func(i int) *discordtest.Interaction { return members[i%len(members)].Act(c, 3, data, nil) })
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "clicks/s")
}

// click does something n times, window at once, and waits until all is acknowledged.
func click(b *testing.B, n int, act func(i int) *discordtest.Interaction) {
	room := make(chan struct{}, window)
	var all sync.WaitGroup
	for i := range n {
		room <- struct{}{}
		it := act(i)
		all.Go(func() {
			select {
			case <-it.Done():
			case <-time.After(10 * time.Second):
				b.Error("a click was not acknowledged")
			}
			<-room
		})
	}
	all.Wait()
}

// BenchmarkPlayingInManyChannels lets five people in each of 200 channels answer a question
// every few seconds while every request takes 100 ms and Discord's limits hold. One round is a
// question: posted, answered, revealed.
func BenchmarkPlayingInManyChannels(b *testing.B) {
	const channels, players = 200, 5
	d := discordtest.New(b, discordtest.Options{TCP: true, Latency: 100 * time.Millisecond})
	a := run(b, d, echo)
	g := d.NewGuild("Friends")
	var took []time.Duration
	var mu sync.Mutex
	var all sync.WaitGroup
	b.ResetTimer()
	for range channels {
		c := g.NewChannel("quiz")
		var people []*discordtest.Member
		for range players {
			people = append(people, d.NewMember("P", "en-US", false))
		}
		all.Go(func() {
			for i := range b.N {
				round(b, a, d, c, people, i, func(t time.Duration) { mu.Lock(); took = append(took, t); mu.Unlock() })
			}
		})
	}
	all.Wait()
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Milliseconds()), "p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Milliseconds()), "p99-ms")
	b.ReportMetric(float64(d.Limited()), "refused")
	posts := 0
	for _, r := range d.Requests() {
		if strings.HasPrefix(r.Path, "/channels/") {
			posts++
		}
	}
	b.ReportMetric(float64(posts)/float64(channels*b.N), "requests/question")
	if d.Limited() > 0 {
		b.Errorf("%d requests were refused, want none", d.Limited())
	}
}

func round(b *testing.B, a *discord.Adapter, d *discordtest.Discord, c *discordtest.Channel, people []*discordtest.Member, n int, note func(time.Duration)) {
	deliver := func(del bot.Delivery) bot.Ref {
		for {
			ref, err := a.Deliver(context.Background(), del)
			if err == nil {
				return ref
			}
			time.Sleep(100 * time.Millisecond)
		}
	}
	del := bot.Delivery{Op: bot.New, Slot: bot.Slot(string(rune('a' + n))), Chat: bot.Address{Platform: "discord", Chat: c.ID}, Post: bot.Post{
		Kind: bot.QuestionPost, Lang: language.English, Title: "Question 1 of 10", Body: []bot.Line{{Text: "Who said it?", Style: bot.Strong}}, Open: 20 * time.Second,
		Options: []bot.Option{{Label: "A", Text: "one", Action: "v1.a.0"}, {Label: "B", Text: "two", Action: "v1.a.1"}}}}
	ref := deliver(del)
	messages := c.Messages("")
	var all sync.WaitGroup
	for _, p := range people {
		it := p.Click(c, messages[len(messages)-1], "A")
		all.Go(func() {
			<-it.Done()
			_, t := it.Answered()
			note(t)
		})
	}
	all.Wait()
	del.Op, del.Ref, del.Post.Kind, del.Post.Open = bot.Edit, ref, bot.RevealPost, 0
	deliver(del)
}
