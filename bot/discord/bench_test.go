package discord_test

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"summitquiz/bot"
	"summitquiz/bot/discord"
	"summitquiz/bot/discord/discordtest"
)

// window is how many clicks are on their way at once in a benchmark of throughput.
const window = 256

// burst is how many clicks each contender of BenchmarkClicks gets before it is the next one's
// turn.
const burst = 2000

// BenchmarkClicks compares, in one run, in turns and on the same fake, how many clicks a second
// are acknowledged: answers to a question through the service, each durable in the database first;
// by the adapter alone; and by a bot on plain discordgo that does nothing else.
func BenchmarkClicks(b *testing.B) {
	contenders := []struct {
		name  string
		burst func() time.Duration // acknowledges burst clicks
		took  time.Duration
	}{{name: "service", burst: serviceClicks(b)}, {name: "adapter", burst: adapterClicks(b)}, {name: "discordgo", burst: plainClicks(b)}}
	for i := range contenders { // connections and caches fill
		contenders[i].burst()
	}
	n := 0
	for b.Loop() {
		for i := range contenders {
			contenders[i].took += contenders[i].burst()
		}
		n += burst
	}
	for _, c := range contenders {
		b.ReportMetric(float64(n)/c.took.Seconds(), c.name+"-clicks/s")
	}
	b.ReportMetric(contenders[2].took.Seconds()/contenders[0].took.Seconds(), "service/discordgo")
	b.ReportMetric(0, "ns/op")
}

// serviceClicks has the same members answer the question of one game after another.
func serviceClicks(b *testing.B) func() time.Duration {
	d := discordtest.New(b, discordtest.Options{TCP: true, Fast: true})
	p := begin(b, d, open(b))
	b.Cleanup(p.stop)
	g, members := d.NewGuild("Friends"), crowd(d)
	return func() time.Duration {
		c := g.NewChannel("quiz")
		members[0].Command(c, "quiz", map[string]string{"pack": "gyeongju-summit-2025", "questions": "1", "kind": "choice", "seconds": "300"})
		var q discordtest.Message
		for q.ID == "" {
			time.Sleep(100 * time.Millisecond)
			for _, m := range c.Messages("") {
				if open4(m) {
					q = m
				}
			}
		}
		took := click(b, func(i int) *discordtest.Interaction { return members[i].Press(c, q, q.Buttons()[i%2].CustomID) })
		members[0].Command(c, "stop", nil)
		return took
	}
}

func crowd(d *discordtest.Discord) []*discordtest.Member {
	members := make([]*discordtest.Member, burst)
	for i := range members {
		members[i] = d.NewMember("P", "en-US", false)
	}
	return members
}

func adapterClicks(b *testing.B) func() time.Duration {
	d := discordtest.New(b, discordtest.Options{TCP: true, Fast: true})
	run(b, d, echo)
	return clicks(b, d)
}

// plainClicks is the bot that does nothing else.
func plainClicks(b *testing.B) func() time.Duration {
	d := discordtest.New(b, discordtest.Options{TCP: true, Fast: true})
	s, err := discordgo.New("Bot " + discordtest.Token)
	if err != nil {
		b.Fatal(err)
	}
	transport := &http.Transport{MaxIdleConnsPerHost: 256}
	b.Cleanup(transport.CloseIdleConnections)
	s.Client = &http.Client{Transport: elsewhere{d.URL, transport}}
	s.Identify.Intents = discordgo.IntentsGuilds
	s.StateEnabled = false
	s.AddHandler(func(s *discordgo.Session, i *discordgo.InteractionCreate) {
		err := s.InteractionRespond(i.Interaction, &discordgo.InteractionResponse{Type: discordgo.InteractionResponseChannelMessageWithSource,
			Data: &discordgo.InteractionResponseData{
				Content: "pressed", Flags: discordgo.MessageFlagsEphemeral, AllowedMentions: &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}},
				Components: []discordgo.MessageComponent{}}})
		if err != nil {
			b.Error(err)
		}
	})
	if err := s.Open(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	return clicks(b, d)
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
	a, err := discord.New(discord.Options{Token: discordtest.Token, APIURL: d.URL, Service: newFakeService(answer), Store: newMemory()})
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

// clicks has members press a button that is on no question.
func clicks(b *testing.B, d *discordtest.Discord) func() time.Duration {
	c, members := d.NewGuild("Friends").NewChannel("quiz"), crowd(d)
	data := map[string]any{"component_type": 2, "custom_id": "v1.a.1-2-3.AAAAAAAAAAA"}
	return func() time.Duration {
		return click(b, func(i int) *discordtest.Interaction { return members[i].Act(c, 3, data, nil) })
	}
}

// click does something burst times, window at once, and returns how long it takes until all of
// it is acknowledged.
func click(b *testing.B, act func(i int) *discordtest.Interaction) time.Duration {
	room := make(chan struct{}, window)
	var all sync.WaitGroup
	began := time.Now()
	for i := range burst {
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
	return time.Since(began)
}

// BenchmarkPlayingInManyChannels lets five people in each of 200 channels play a quiz of three
// questions through the service and a database, while every request takes 100 ms and Discord's
// limits hold. The games begin within the time of one question. It measures how long a click
// waits for its acknowledgement, which comes after the answer is durable.
func BenchmarkPlayingInManyChannels(b *testing.B) {
	const channels, players, questions = 200, 5, 3
	var took []time.Duration
	var mu sync.Mutex
	note := func(t time.Duration) { mu.Lock(); defer mu.Unlock(); took = append(took, t) }
	refused, posts, all := 0, 0, 0
	for b.Loop() {
		d := discordtest.New(b, discordtest.Options{TCP: true, Latency: 100 * time.Millisecond})
		db := open(b)
		p := begin(b, d, db)
		g := d.NewGuild("Friends")
		var playing sync.WaitGroup
		for range channels {
			c := g.NewChannel("quiz")
			playing.Go(func() { game(b, d, c, players, questions, note) })
			time.Sleep(24 * time.Second / channels)
		}
		playing.Wait()
		kept := 0
		for id := range channels {
			answers, err := db.Answers(context.Background(), bot.SessionID(id+1))
			if err != nil {
				b.Fatal(err)
			}
			kept += len(answers)
		}
		if kept != channels*players*questions {
			b.Errorf("%d answers are kept, want %d", kept, channels*players*questions)
		}
		p.stop()
		refused += d.Limited()
		for _, r := range d.Requests() {
			if strings.HasPrefix(r.Path, "/channels/") {
				posts++
			}
		}
		all += channels * questions
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Milliseconds()), "p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Milliseconds()), "p99-ms")
	b.ReportMetric(float64(refused), "refused")
	b.ReportMetric(float64(posts)/float64(all), "requests/question")
	if refused > 0 {
		b.Errorf("%d requests were refused, want none", refused)
	}
}

// game plays a quiz in a channel: everybody answers each question some seconds after it came.
func game(b *testing.B, d *discordtest.Discord, c *discordtest.Channel, players, questions int, note func(time.Duration)) {
	var people []*discordtest.Member
	for range players {
		people = append(people, d.NewMember("P", "en-US", false))
	}
	people[0].Command(c, "quiz", map[string]string{"pack": "gyeongju-summit-2025", "questions": strconv.Itoa(questions), "kind": "choice", "language": "en"})
	answered := map[string]bool{}
	for len(answered) < questions {
		time.Sleep(200 * time.Millisecond)
		all := c.Messages("")
		if len(all) == 0 {
			continue
		}
		q := all[len(all)-1]
		if answered[q.ID] || !open4(q) {
			continue
		}
		answered[q.ID] = true
		var clicks sync.WaitGroup
		for i, m := range people {
			clicks.Go(func() {
				time.Sleep(time.Duration(i) * 700 * time.Millisecond)
				it := m.Press(c, q, q.Buttons()[i%2].CustomID)
				select {
				case <-it.Done():
				case <-time.After(10 * time.Second):
					b.Error("a click was not acknowledged")
				}
				_, t := it.Answered()
				note(t)
			})
		}
		clicks.Wait()
	}
}
