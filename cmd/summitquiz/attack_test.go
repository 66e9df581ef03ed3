//go:build linux

package main

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// attackSize is how much of the attack is tried.
var attackSize = flag.Bool("attack", false, "TestStrangersCannotBringItDown tries 600 quizzes, 120 stalled bodies, 500 streams and six packs of 5 MiB, and holds the times")

// attacker is a stranger with one cookie and one address.
type attacker struct {
	t      *testing.T
	url    string
	host   string
	client *http.Client
	from   string
}

func newAttacker(t *testing.T, address, path, from string, form url.Values) *attacker {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	a := &attacker{t: t, url: "http://" + address, host: address, from: from,
		client: &http.Client{Jar: jar, Transport: &http.Transport{MaxIdleConnsPerHost: 50}}}
	if status, text := a.send("POST", path, "application/x-www-form-urlencoded", form.Encode()); status != http.StatusOK {
		t.Fatalf("entering got %d %s", status, text)
	}
	return a
}

func (a *attacker) send(method, path, kind, body string) (int, string) {
	ctx, cancel := context.WithTimeout(a.t.Context(), 60*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, a.url+path, strings.NewReader(body))
	if err != nil {
		return 0, err.Error()
	}
	req.Header.Set("Content-Type", kind)
	req.Header.Set("X-Forwarded-For", a.from)
	r, err := a.client.Do(req)
	if err != nil {
		return 0, err.Error()
	}
	defer r.Body.Close()
	text, err := io.ReadAll(r.Body)
	if err != nil {
		return 0, err.Error()
	}
	return r.StatusCode, string(text)
}

// open sends the head of a request and keeps the connection. It returns the status of the answer, 0 if none came
// within a moment.
func (a *attacker) open(head string) (net.Conn, int) {
	c, err := net.Dial("tcp", a.host)
	if err != nil {
		return nil, 0
	}
	at, err := url.Parse(a.url)
	if err != nil {
		return c, 0
	}
	cookie := ""
	for _, k := range a.client.Jar.Cookies(at) {
		cookie = k.Name + "=" + k.Value
	}
	fmt.Fprintf(c, "%s\r\nHost: %s\r\nX-Forwarded-For: %s\r\nCookie: %s\r\n\r\n", head, a.host, a.from, cookie)
	c.SetReadDeadline(time.Now().Add(2 * time.Second))
	buf := make([]byte, 12)
	n, _ := io.ReadFull(c, buf)
	status := 0
	if n == len(buf) {
		fmt.Sscanf(string(buf), "HTTP/1.1 %d", &status)
	}
	return c, status
}

// times are how long the answers of those who play on took.
type times struct {
	mu  sync.Mutex
	all []time.Duration
}

func (l *times) add(d time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all = append(l.all, d)
}

// quantile is the time within which a part of the answers came.
func (l *times) quantile(part float64) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.all) == 0 {
		return 0
	}
	slices.Sort(l.all)
	return l.all[int(part*float64(len(l.all)-1))]
}

var ownerLinkIn = regexp.MustCompile(`/owner\?t=(\S+)`)

// attackPack is a pack of about 5 MiB, of entries with so much text each.
func attackPack(text int) string {
	var b strings.Builder
	b.WriteString("pack: heavy\nlanguages: [en]\ntitle: Heavy\ncards:\n")
	for n := 0; b.Len() < 5<<20-200; n++ {
		fmt.Fprintf(&b, "  - {ask: What is the number that stands in row %d of %s?, answer: number %d}\n", n, strings.Repeat("the long table ", text), n)
	}
	return b.String()
}

// TestStrangersCannotBringItDown has one stranger try what once brought the bot down, while others play: the bot
// stays up within 256 MiB, the others play on, and it is ready soon after a kill. The whole of it:
//
//	go test ./cmd/summitquiz -run TestStrangers -attack -v
func TestStrangersCannotBringItDown(t *testing.T) {
	quizzes, bodies, streams, cookies, packs, lobbies := 8, 4, 14, 2, 1, 1
	if *attackSize {
		quizzes, bodies, streams, cookies, packs, lobbies = 600, 120, 500, 20, 6, 5
	}
	folder, address := t.TempDir(), freeAddress(t)
	env := []string{"GOMEMLIMIT=200MiB", "LOG_LEVEL=warn"}
	p := begin(t, folder, address, env...)
	p.awaitReady(t)
	p.awaitSaid(t, "Owner link")
	took := &times{}
	c := &crowd{url: "http://" + address, acks: make(chan struct{}, 1<<16), took: took.add}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var playing sync.WaitGroup
	for n := range lobbies {
		table := newCrashTable(t, c, n)
		playing.Go(func() { table.play(ctx) })
	}
	link := ownerLinkIn.FindStringSubmatch(p.said())
	root := newAttacker(t, address, "/owner", "10.9.0.1", url.Values{"name": {"Root"}, "lang": {"en"}, "token": {link[1]}})
	eve := newAttacker(t, address, "/enter", "10.9.0.2", url.Values{"name": {"Eve"}, "lang": {"en"}, "lobby": {"lobby"}})
	var mals []*attacker // cookies of one address
	for n := range cookies {
		mals = append(mals, newAttacker(t, address, "/enter", "10.9.0.3", url.Values{"name": {fmt.Sprint("Mal ", n)}, "lang": {"en"}, "lobby": {"lobby"}}))
	}
	var at sync.WaitGroup
	var started, refused, stalled, cut, open, turned, checked, busy atomic.Int64
	at.Go(func() { // quizzes by one cookie, each in a lobby of its own
		for n := range quizzes {
			lobby := fmt.Sprint("flood-", n%15)
			status, text := eve.send("POST", "/l/"+lobby+"/do", "application/json", fmt.Sprintf(`{"id":"flood-%08d","line":"/quiz"}`, n))
			if status == http.StatusOK && text == "{}\n" {
				started.Add(1)
			} else {
				refused.Add(1)
			}
		}
	})
	var held sync.Mutex
	var conns []net.Conn
	hold := func(n net.Conn) {
		held.Lock()
		defer held.Unlock()
		if n != nil {
			conns = append(conns, n)
		}
	}
	at.Go(func() {
		var each sync.WaitGroup
		for range bodies { // bodies that are announced and never come
			each.Go(func() {
				conn, status := eve.open("POST /l/lobby/do HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 60000")
				hold(conn)
				if status == 0 {
					stalled.Add(1)
				} else {
					cut.Add(1)
				}
			})
		}
		each.Wait()
	})
	at.Go(func() {
		for n := range streams {
			conn, status := mals[n%cookies].open("GET /l/lobby/live HTTP/1.1")
			hold(conn)
			if status == http.StatusOK {
				open.Add(1)
			} else {
				turned.Add(1)
			}
		}
	})
	var files []string
	for _, text := range []int{10, 1} {
		files = append(files, base64.StdEncoding.EncodeToString([]byte(attackPack(text))))
	}
	for n := range packs {
		at.Go(func() {
			body, err := json.Marshal(map[string]any{"id": fmt.Sprintf("heavy-%08d", n), "line": "/pack load", "file": map[string]any{"name": "heavy.yaml", "data": files[n%2]}})
			if err != nil {
				t.Error(err)
			}
			for range 60 {
				status, text := root.send("POST", "/l/lobby/do", "application/json", string(body))
				if status == http.StatusOK && !strings.Contains(text, "Other files are being checked") { // its report, or why it is not checked here
					checked.Add(1)
					return
				}
				busy.Add(1)
				<-time.After(500 * time.Millisecond)
			}
		})
	}
	at.Wait()
	for range 3 * lobbies {
		<-c.acks // and the others still play
	}
	peak := p.peak(t)
	_, metrics := p.get("/metrics")
	t.Logf("quizzes: %d started, %d refused; stalled bodies: %d held, %d refused; streams: %d open, %d refused; packs: %d checked, %d times told to wait",
		started.Load(), refused.Load(), stalled.Load(), cut.Load(), open.Load(), turned.Load(), checked.Load(), busy.Load())
	for line := range strings.SplitSeq(metrics, "\n") {
		if strings.HasPrefix(line, "summitquiz_bounded_total") {
			t.Log(line)
		}
	}
	t.Logf("others: %d answers, p50 %s, p99 %s; memory at most %.0f MB", c.answered.Load(), took.quantile(0.5), took.quantile(0.99), peak)
	if status, text := p.get("/readyz"); status != http.StatusOK {
		t.Errorf("after the attack /readyz says %d %s", status, text)
	}
	if started.Load() > 3 || open.Load() > 50 || checked.Load() != int64(packs) {
		t.Errorf("%d quizzes and %d streams of a stranger are held, and %d packs of %d were checked", started.Load(), open.Load(), checked.Load(), packs)
	}
	if peak > 256 {
		t.Errorf("it took %.0f MB", peak)
	}
	p.kill()
	for _, conn := range conns {
		conn.Close()
	}
	began := time.Now()
	p = begin(t, folder, address, env...)
	p.awaitReady(t)
	ready := time.Since(began)
	t.Logf("ready %s after the kill", ready.Round(time.Millisecond))
	if *attackSize && (ready > time.Second || took.quantile(0.99) > 200*time.Millisecond) {
		t.Errorf("ready after %s, p99 of the others %s", ready, took.quantile(0.99))
	}
	cancel()
	playing.Wait()
}

// peak is the most that the process has held in memory, in MB.
func (p *process) peak(t testing.TB) float64 {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		t.Skip("this machine does not tell what a process holds")
	}
	for line := range strings.SplitSeq(string(text), "\n") {
		var kb float64
		if n, _ := fmt.Sscanf(line, "VmHWM: %f kB", &kb); n == 1 {
			return kb / 1024
		}
	}
	t.Fatal("there is no VmHWM")
	return 0
}
