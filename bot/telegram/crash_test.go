package telegram_test

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/phrase"
	"summitquiz/bot/play"
	"summitquiz/bot/service"
	"summitquiz/bot/store/postgres/postgrestest"
	"summitquiz/bot/store/sqlite"
	"summitquiz/bot/telegram"
	"summitquiz/bot/telegram/telegramtest"
)

// How the crash test is run: a longer run is
// go test ./bot/telegram -run KilledAtAnyMoment -kills 100 -updates 10000 -v
var (
	kills   = flag.Int("kills", 4, "how often TestKilledAtAnyMoment kills the process")
	updates = flag.Int("updates", 600, "how many updates it sends")
)

// The environment that makes the test binary behave as the program, on a database and a Telegram.
const (
	asProgram = "TELEGRAM_TEST_AS_PROGRAM"
	itsAPI    = "TELEGRAM_TEST_API"
)

func TestMain(m *testing.M) {
	if path := os.Getenv(asProgram); path != "" {
		if err := program(path, os.Getenv(itsAPI)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(postgrestest.Clean(m))
}

// program serves until it is killed or told to stop.
func program(path, api string) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	db, err := sqlite.Open(ctx, path, sqlite.Options{})
	if err != nil {
		return err
	}
	h, err := bottest.Join(service.Options{Store: db, Key: []byte("a key for tests, 32 bytes long..")}, rand.Uint64)
	if err != nil {
		return err
	}
	if err := h.AddPack(ctx, "gyeongju-summit-2025"); err != nil {
		return err
	}
	a, err := telegram.New(telegram.Options{Token: telegramtest.Token, APIURL: api, Service: h, Store: db, Pace: boundless})
	if err != nil {
		return err
	}
	h.Attach(a)
	go func() {
		if err := h.Run(context.WithoutCancel(ctx)); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}()
	return a.Run(ctx)
}

// crash is the program as a process of its own, which is killed and started again.
type crash struct {
	t    *testing.T
	f    *telegramtest.Telegram
	path string
	cmd  *exec.Cmd
	said strings.Builder
}

func (c *crash) start() {
	c.t.Helper()
	c.cmd = exec.Command(os.Args[0])
	c.cmd.Env = append(os.Environ(), asProgram+"="+c.path, itsAPI+"="+c.f.URL)
	c.cmd.Stderr = &c.said
	if err := c.cmd.Start(); err != nil {
		c.t.Fatal(err)
	}
}

// kill ends the process as a power cut would.
func (c *crash) kill() {
	_ = c.cmd.Process.Kill() // it may have ended
	_ = c.cmd.Wait()         // killed: always an error
}

// until waits for something that the process does.
func (c *crash) until(what string, is func() bool) {
	c.t.Helper()
	late := time.After(2 * time.Minute)
	for !is() {
		select {
		case <-late:
			c.kill()
			c.t.Fatalf("waited two minutes in vain for %s; %d updates wait; the process said:\n%s", what, c.f.Pending(), c.said.String())
		case <-time.After(time.Millisecond):
		}
	}
}

// TestKilledAtAnyMoment sends a stream of updates, whose effects can be counted, while the
// process is killed at random points between asking, keeping, confirming, handling and sending.
// Afterwards every update was applied exactly once, no answer scored twice, and nobody was told
// anything twice.
func TestKilledAtAnyMoment(t *testing.T) {
	c := &crash{t: t, f: telegramtest.New(t, telegramtest.Options{TCP: true, Unlimited: true}), path: filepath.Join(t.TempDir(), "quiz.db")}
	db, err := sqlite.Open(context.Background(), c.path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	c.start()
	t.Cleanup(c.kill)
	const groupCount = 10
	var groups []*telegramtest.Chat
	var questions []telegramtest.Message
	for n := range groupCount { // each asks a question that stays open
		group := c.f.NewSupergroup(fmt.Sprint("Group ", n))
		space, _, _, err := db.Enter(context.Background(), groupPlace(group), bot.Person{}, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		space.Settings.AtEnd = true
		if err := db.Write(&bot.Change{Space: &space})(context.Background()); err != nil {
			t.Fatal(err)
		}
		group.Owner().Say(group, "/quiz pack:gyeongju-summit-2025 kind:choice language:en seconds:300")
		groups = append(groups, group)
	}
	for _, group := range groups {
		isOpen := func(m telegramtest.Message) bool { return len(m.Buttons()) > 2 }
		c.until("a question", func() bool { return slices.ContainsFunc(group.FromBot(), isOpen) })
		all := group.FromBot()
		questions = append(questions, all[slices.IndexFunc(all, isOpen)])
	}
	picked := map[*telegramtest.User]int{}
	var people []*telegramtest.User
	for n := range *updates / 2 { // a press each, then a report each
		u := c.f.NewUser(fmt.Sprint("P", n), "en")
		u.Unblock()
		people = append(people, u)
		picked[u] = n % 2
		u.Press(groups[n%groupCount], questions[n%groupCount], questions[n%groupCount].Buttons()[picked[u]].Data)
	}
	for n, u := range people {
		u.Say(groups[n%groupCount], fmt.Sprintf("/report reason:other text:complaint %d", n))
	}
	total := c.f.Pending()
	for k := range *kills {
		left := total - (k+1)*total/(*kills+1) + rand.IntN(total/(*kills+1)+1)
		c.until("the next updates", func() bool { return c.f.Pending() <= left })
		<-time.After(rand.N(8 * time.Millisecond)) // anywhere between two confirmations
		c.kill()
		c.start()
	}
	c.until("all updates", func() bool {
		kept, err := db.Kept(context.Background(), "telegram", 0, 1)
		return err == nil && len(kept) == 0 && c.f.Pending() == 0
	})
	if err := errors.Join(c.cmd.Process.Signal(syscall.SIGTERM), c.cmd.Wait()); err != nil { // replies go out before it ends
		t.Errorf("the last process ended with %v:\n%s", err, c.said.String())
	}
	c.verify(db, people, picked, groups)
}

// tally counts what the stream has left behind.
type tally struct{ answers, right, reports, points, told, toasts int }

// verify checks what the stream has left behind.
func (c *crash) verify(db *sqlite.DB, people []*telegramtest.User, picked map[*telegramtest.User]int, groups []*telegramtest.Chat) {
	t, ctx := c.t, context.Background()
	sum := &tally{}
	who := c.verifyPeople(db, people, sum)
	seen := map[*telegramtest.User]int{}
	live, err := db.Live(ctx, play.Kind)
	if err != nil || len(live) != len(groups) {
		t.Errorf("%d games run, %v; want %d", len(live), err, len(groups))
	}
	for _, g := range live {
		rows, err := db.Answers(ctx, g.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range rows {
			u := who[a.Member]
			if u == nil || a.Option != picked[u] || a.Question != 0 {
				t.Errorf("member %d has the answer %d to question %d", a.Member, a.Option, a.Question)
			}
			seen[u]++
			sum.answers++
			sum.right += a.Points
		}
	}
	for _, group := range groups {
		c.verifyGroup(db, group, sum)
	}
	for _, u := range people {
		if seen[u] != 1 {
			t.Errorf("%s has %d answers, want one", u.Name, seen[u])
		}
	}
	if sum.reports != len(people) || sum.answers != len(people) || sum.points != sum.right {
		t.Errorf("of %d presses and reports each %+v were applied; want as many points on the boards as in the answers", len(people), *sum)
	}
	last := c.f.Newest()
	if err := db.Write(&bot.Change{Input: bot.InputID(fmt.Sprintf("telegram:%d", idOf(t, last))), At: time.Now()})(ctx); !errors.Is(err, bot.ErrRepeated) {
		t.Errorf("the last update was not claimed: %v", err)
	}
	t.Logf("%d kills; %d updates: %d answers and %d reports, each once; %d points; %d of %d people were told, nobody twice; %d of %d buttons got their toast",
		*kills, 2*len(people), sum.answers, sum.reports, sum.points, sum.told, len(people), sum.toasts, len(people))
}

// verifyPeople checks what people were told in private, and returns them by their ids as members.
func (c *crash) verifyPeople(db *sqlite.DB, people []*telegramtest.User, sum *tally) map[bot.MemberID]*telegramtest.User {
	who := map[bot.MemberID]*telegramtest.User{}
	for _, u := range people {
		person := bot.Person{User: decimal(u.ID), Name: u.Name}
		_, _, m, err := db.Enter(context.Background(), groupPlace(c.f.Private(u)), person, time.Now())
		if err != nil {
			c.t.Fatal(err)
		}
		who[m.ID] = u
		mine := 0
		for _, m := range c.f.Private(u).FromBot() {
			if m.Text == phrase.Say(en, phrase.ReportThanks) {
				mine++
			}
		}
		if mine > 1 {
			c.t.Errorf("%s was thanked %d times", u.Name, mine)
		}
		sum.told += mine
		sum.toasts += len(u.Toasts())
	}
	return who
}

// verifyGroup checks the reports, the board and the posts of a group.
func (c *crash) verifyGroup(db *sqlite.DB, group *telegramtest.Chat, sum *tally) {
	t, ctx := c.t, context.Background()
	space, _, _, err := db.Enter(ctx, groupPlace(group), bot.Person{}, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	filed, err := db.Reports(ctx, space.ID, 100_000)
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]bool{}
	for _, r := range filed {
		if texts[r.Text] {
			t.Errorf("%q was filed twice", r.Text)
		}
		texts[r.Text] = true
	}
	sum.reports += len(filed)
	page, err := db.Board(ctx, bot.BoardQuery{Space: space.ID, Limit: 100_000})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range page.Rows {
		sum.points += r.Points
		if r.Points > 1 {
			t.Errorf("%s has %d points for one answer", r.Name, r.Points)
		}
	}
	posts := 0
	for _, m := range group.FromBot() {
		if !strings.Contains(m.Text, phrase.Say(en, phrase.ReportThanks)) {
			posts++
		}
	}
	if posts != 2 {
		t.Errorf("%s has %d posts, want a start card and a question", group.Title, posts)
	}
}

// idOf is the id of an update.
func idOf(t *testing.T, raw json.RawMessage) int64 {
	t.Helper()
	var head struct {
		ID int64 `json:"update_id"`
	}
	if err := json.Unmarshal(raw, &head); err != nil {
		t.Fatal(err)
	}
	return head.ID
}
