package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"flag"
	"fmt"
	"html"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/play"
	"summitquiz/bot/store/sqlite"
	"summitquiz/bot/web/webtest"
)

// kills is how often the crash test kills the process.
var kills = flag.Int("kills", 5, "how often TestKilledAtAnyMoment kills the process")

// How much goes on in the crash test at the same time.
const (
	crashLobbies = 20
	crashPlayers = 3
)

// TestKilledAtAnyMoment plays twenty games at once over the web room's own protocol while the
// process is killed at random moments and started again. Afterwards every answer that was
// acknowledged is there exactly once, every game that was begun has ended, and none asked a
// question twice. A longer run: go test ./cmd/summitquiz -run Killed -kills 60 -v
func TestKilledAtAnyMoment(t *testing.T) {
	t.Parallel() // it mostly waits
	folder, address := t.TempDir(), freeAddress(t)
	crowd := &crowd{url: "http://" + address, acks: make(chan struct{}, 1<<16)}
	p := begin(t, folder, address)
	p.awaitReady(t)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var playing sync.WaitGroup
	var tables []*crashTable
	for n := range crashLobbies {
		table := newCrashTable(t, crowd, n)
		tables = append(tables, table)
		playing.Go(func() { table.play(ctx) })
	}
	ended := make(chan struct{})
	go func() { playing.Wait(); close(ended) }()
	for n := range *kills { // after a random number of acknowledged answers, so at a moment when much is on its way
		for range 1 + rand.IntN(2*crashLobbies) {
			<-crowd.acks
		}
		p.kill()
		p = begin(t, folder, address)
		p.awaitReady(t)
		if *kills >= 20 && n%10 == 9 {
			t.Logf("%d kills, %d answers acknowledged", n+1, crowd.answered.Load())
		}
	}
	crowd.last.Store(true)
	<-ended
	if err := p.stop(t); err != nil {
		t.Errorf("the last process ended with %v:\n%s", err, p.said())
	}
	verify(t, filepath.Join(folder, "summitquiz.db"), tables)
	t.Logf("%d kills; %d games in %d lobbies; %d answers acknowledged by %d players; %d deeds sent again",
		*kills, crowd.games.Load(), crashLobbies, crowd.answered.Load(), crashLobbies*crashPlayers, crowd.again.Load())
}

// crowd is all players together.
type crowd struct {
	url      string
	acks     chan struct{} // one for each acknowledged answer
	last     atomic.Bool   // the games that run are the last ones
	games    atomic.Int64
	answered atomic.Int64
	again    atomic.Int64
	took     func(time.Duration) // is told how long each answer took; may be nil
}

// crashTable is one lobby with its players.
type crashTable struct {
	t       *testing.T
	crowd   *crowd
	lobby   string
	quiz    string // how a game is started
	players []*crashPlayer
	started int
	answers map[string]string // slot and user to the label that was acknowledged
	mu      sync.Mutex
}

// crashPlayer is one person with a cookie and an address of their own.
type crashPlayer struct {
	user   string
	client *http.Client
	from   string
	deeds  int
}

func newCrashTable(t *testing.T, c *crowd, n int) *crashTable {
	t.Helper()
	table := &crashTable{t: t, crowd: c, lobby: fmt.Sprint("crash-", n), quiz: "/quiz pack:gyeongju-summit-2025 questions:2 seconds:5 kind:choice", answers: map[string]string{}}
	for i := range crashPlayers {
		jar, err := cookiejar.New(nil)
		if err != nil {
			t.Fatal(err)
		}
		p := &crashPlayer{client: &http.Client{Jar: jar, Timeout: time.Minute}, from: fmt.Sprintf("10.0.%d.%d", n, i)}
		form := url.Values{"name": {fmt.Sprintf("P%d-%d", n, i)}, "lang": {"en"}, "lobby": {table.lobby}}
		req, err := http.NewRequest("POST", c.url+"/enter", strings.NewReader(form.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("X-Forwarded-For", p.from)
		r, err := p.client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		r.Body.Close()
		at, err := url.Parse(c.url)
		if err != nil || len(jar.Cookies(at)) != 1 {
			t.Fatalf("no cookie came, %v", err)
		}
		body, _, _ := strings.Cut(jar.Cookies(at)[0].Value, ".")
		data, err := base64.RawURLEncoding.DecodeString(body)
		if err != nil {
			t.Fatal(err)
		}
		var who struct {
			User string `json:"u"`
		}
		if err := json.Unmarshal(data, &who); err != nil {
			t.Fatal(err)
		}
		p.user = who.User
		table.players = append(table.players, p)
	}
	return table
}

var (
	optionIn = regexp.MustCompile(`class="option open" data-action="([^"]+)" data-label="([^"]+)"`)
	kindIn   = regexp.MustCompile(`class="post ([a-z]+)`)
)

// play starts games and follows the lobby until the last one has ended.
func (c *crashTable) play(ctx context.Context) {
	seen := map[string]bool{}
	var answering sync.WaitGroup
	defer answering.Wait()
	var first sync.Once
	opened := func() { first.Do(func() { answering.Go(func() { c.start(ctx) }) }) } // where nobody is, no game starts
	for ctx.Err() == nil {
		done := c.follow(ctx, opened, func(slot, post string) bool {
			kind := kindIn.FindStringSubmatch(post)
			switch {
			case kind == nil || seen[kind[1]+slot]:
			case kind[1] == "question":
				seen[kind[1]+slot] = true
				options := optionIn.FindAllStringSubmatch(post, -1)
				for _, p := range c.players {
					o := options[rand.IntN(len(options))]
					answering.Go(func() { c.answer(ctx, p, slot, html.UnescapeString(o[1]), o[2]) })
				}
			case kind[1] == "board":
				seen[kind[1]+slot] = true
				if c.crowd.last.Load() {
					return true
				}
				answering.Go(func() { c.start(ctx) })
			}
			return false
		})
		if done {
			return
		}
	}
}

// start begins a game, once.
func (c *crashTable) start(ctx context.Context) {
	if got := c.deed(ctx, c.players[0], map[string]any{"line": c.quiz}); got.Brief != "" {
		c.t.Errorf("%s: a game does not start: %s", c.lobby, got.Brief)
	}
	c.started++
	c.crowd.games.Add(1)
}

// answer chooses an option and notes it once it is acknowledged.
func (c *crashTable) answer(ctx context.Context, p *crashPlayer, slot, action, label string) {
	got := c.deed(ctx, p, map[string]any{"press": map[string]any{"action": action, "slot": slot}})
	switch {
	case strings.HasPrefix(got.Brief, "Saved:"), got.Brief == "" && got.repeated:
		c.mu.Lock()
		c.answers[slot+" "+p.user] = label
		c.mu.Unlock()
		c.crowd.answered.Add(1)
		c.crowd.acks <- struct{}{}
	case ctx.Err() != nil:
	case strings.Contains(got.Brief, "too late"), strings.Contains(got.Brief, "does not count"), strings.Contains(got.Brief, "is over"):
	default:
		c.t.Errorf("%s: an answer got %q", c.lobby, got.Brief)
	}
}

type crashReply struct {
	Brief    string
	Posts    []struct{ HTML string }
	repeated bool
}

// retryAfter is how long a player waits for the next process.
const retryAfter = 15 * time.Millisecond

// deed sends something, with the same id until an answer comes.
func (c *crashTable) deed(ctx context.Context, p *crashPlayer, d map[string]any) crashReply {
	c.mu.Lock()
	p.deeds++
	d["id"] = fmt.Sprintf("deed-%08d", p.deeds)
	c.mu.Unlock()
	body, err := json.Marshal(d)
	if err != nil {
		c.t.Error(err)
		return crashReply{}
	}
	for tries := 0; ctx.Err() == nil; tries++ {
		if tries > 0 {
			c.crowd.again.Add(1)
			<-time.After(retryAfter)
		}
		req, err := http.NewRequestWithContext(ctx, "POST", c.crowd.url+"/l/"+c.lobby+"/do", bytes.NewReader(body))
		if err != nil {
			c.t.Error(err)
			return crashReply{}
		}
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("X-Forwarded-For", p.from)
		began := time.Now()
		r, err := p.client.Do(req)
		if err != nil {
			continue
		}
		if c.crowd.took != nil {
			c.crowd.took(time.Since(began))
		}
		text, err := io.ReadAll(r.Body)
		r.Body.Close()
		got := crashReply{repeated: tries > 0}
		if err != nil || r.StatusCode != http.StatusOK || json.Unmarshal(text, &got) != nil {
			continue
		}
		return got
	}
	return crashReply{}
}

// follow opens the lobby, says so, and hands on what is posted there until see says that it has seen enough;
// false: the stream broke off.
func (c *crashTable) follow(ctx context.Context, opened func(), see func(slot, post string) bool) bool {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, "GET", c.crowd.url+"/l/"+c.lobby+"/live", nil)
	if err != nil {
		c.t.Error(err)
		return true
	}
	req.Header.Set("X-Forwarded-For", c.players[0].from)
	stream := http.Client{Jar: c.players[0].client.Jar}
	r, err := stream.Do(req)
	if err != nil {
		<-time.After(retryAfter)
		return false
	}
	defer r.Body.Close()
	opened()
	return webtest.Events(r.Body, func(name, data string) bool {
		if name != "post" {
			return true
		}
		var post struct{ Slot, HTML string }
		if err := json.Unmarshal([]byte(data), &post); err != nil {
			c.t.Errorf("%s: %v", c.lobby, err)
			return false
		}
		return !see(post.Slot, post.HTML)
	})
}

// verify looks into the database for what the players were told.
func verify(t *testing.T, path string, tables []*crashTable) {
	t.Helper()
	ctx := t.Context()
	if err := sqlite.CheckFile(ctx, path); err != nil {
		t.Error(err)
	}
	db, err := sqlite.Open(ctx, path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	verifyIn(t, db, tables)
}

// verifyIn holds that what was acknowledged is in a database exactly once.
func verifyIn(t *testing.T, db bot.Store, tables []*crashTable) {
	t.Helper()
	ctx := t.Context()
	if live, err := db.Live(ctx, play.Kind); err != nil || len(live) != 0 {
		t.Errorf("%d games have not ended, %v", len(live), err)
	}
	for _, c := range tables {
		members := map[string]bot.MemberID{}
		var chat bot.ChatID
		for _, p := range c.players {
			_, at, m, err := db.Enter(ctx, bot.Place{Platform: "web", Space: c.lobby, Chat: c.lobby}, bot.Person{User: p.user, Name: "P"}, time.Now())
			if err != nil {
				t.Fatal(err)
			}
			members[p.user], chat = m.ID, at.ID
		}
		c.verifyGames(t, db, chat)
		for at, label := range c.answers {
			slot, user, _ := strings.Cut(at, " ")
			s, ok := bot.ParseSlot(slot)
			if !ok || s.Part != "question" {
				t.Fatalf("the slot %s is not that of a question", slot)
			}
			rows, err := db.Answers(ctx, bot.SessionID(s.ID))
			if err != nil {
				t.Fatal(err)
			}
			found := 0
			for _, a := range rows {
				if a.Question == s.N && a.Member == members[user] && a.Option == int(label[0]-'A') {
					found++
				}
			}
			if found != 1 {
				t.Errorf("%s: the acknowledged answer %s of %s to %s is there %d times", c.lobby, label, user, slot, found)
			}
		}
	}
}

// verifyGames holds that as many games were played in a lobby as were begun there, and that none
// asked a question twice.
func (c *crashTable) verifyGames(t *testing.T, db bot.Store, chat bot.ChatID) {
	t.Helper()
	newest, err := db.NextID(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	games := 0
	for id := range newest {
		g, err := db.Session(t.Context(), bot.SessionID(id))
		if err != nil || g.Chat != chat {
			continue
		}
		games++
		var state struct {
			Questions []struct {
				Item string `json:"item"`
			} `json:"questions"`
		}
		if err := json.Unmarshal(g.State, &state); err != nil || len(state.Questions) == 0 {
			t.Fatalf("the state of game %d holds %d questions, %v", id, len(state.Questions), err)
		}
		seen := map[string]bool{}
		for _, q := range state.Questions {
			if q.Item == "" || seen[q.Item] {
				t.Errorf("game %d asks %q twice", id, q.Item)
			}
			seen[q.Item] = true
		}
	}
	if games != c.started {
		t.Errorf("%s: %d games were played, and %d begun", c.lobby, games, c.started)
	}
}
