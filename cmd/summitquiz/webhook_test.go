package main

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"summitquiz/bot/store/postgres/postgrestest"
	"summitquiz/bot/telegram/telegramtest"
)

// TestWebhookOfReplicas has Telegram push to two processes at random through a balancer under a name of its own. The
// process that set the webhook ends in the middle of a quiz, and then the operator goes back to asking.
func TestWebhookOfReplicas(t *testing.T) {
	t.Parallel() // it mostly waits
	address := postgrestest.Start(t).Database(t)
	f := telegramtest.New(t, telegramtest.Options{TCP: true})
	b := newBalancer(t)
	env := []string{"DATABASE_URL=" + address, "TELEGRAM_TOKEN=" + f.Token, "TELEGRAM_API_URL=" + f.URL, "PUBLIC_URL=https://quiz.example.org"}
	pushed := append(env, "TELEGRAM_WEBHOOK_URL="+b.server.URL)
	var all []*process
	for range 2 {
		p := begin(t, t.TempDir(), freeAddress(t), pushed...)
		p.awaitReady(t)
		b.add(p)
		all = append(all, p)
	}
	holder, other := connected(t, all), all[0]
	if holder == other {
		other = all[1]
	}
	ada := f.NewUser("Ada", "en")
	chat := f.Private(ada)
	ada.Unblock()
	ada.Say(chat, "/quiz pack:gyeongju-summit-2025 questions:3 kind:choice")
	q := awaitText(t, f, ada, "Question 1 of 3")
	ada.Press(chat, q, q.Buttons()[0].Data)
	q = awaitText(t, f, ada, "Question 2 of 3")
	b.remove(holder)
	if err := holder.stop(t); err != nil {
		t.Errorf("the process ended with %v:\n%s", err, holder.said())
	}
	ada.Press(chat, q, q.Buttons()[0].Data)
	q = awaitText(t, f, ada, "Question 3 of 3")

	res, err := http.Post(other.url+"/telegram/webhook", "application/json", strings.NewReader(`{"update_id":5}`))
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	_, metrics := other.get("/metrics")
	if res.StatusCode != http.StatusUnauthorized || !strings.Contains(metrics, `summitquiz_telegram_updates_total{outcome="forged"} 1`) {
		t.Errorf("a forged update got %d, and the metrics say:\n%s", res.StatusCode, metrics)
	}
	if n := len(f.Requests("getUpdates")); n != 0 || f.Pushed(http.StatusOK) == 0 {
		t.Errorf("%d updates were pushed, and %d times they were asked for", f.Pushed(http.StatusOK), n)
	}

	asking := begin(t, t.TempDir(), freeAddress(t), env...)
	asking.awaitReady(t)
	b.remove(other)
	if err := other.stop(t); err != nil {
		t.Errorf("the process ended with %v:\n%s", err, other.said())
	}
	ada.Press(chat, q, q.Buttons()[0].Data)
	awaitText(t, f, ada, "Final scores")
	if hooked, _ := f.Hooked(); hooked != "" {
		t.Errorf("the webhook %s is still set", hooked)
	}
	for _, p := range append(all, asking) {
		if said := p.said(); strings.Contains(said, f.Token) {
			t.Errorf("the token shows:\n%s", said)
		}
	}
}

// TestAWebhookWhileTheDatabaseIsAway takes the database away in the middle of a question. What is pressed then is put off
// with 503, and counts once the database is back.
func TestAWebhookWhileTheDatabaseIsAway(t *testing.T) {
	t.Parallel() // it mostly waits
	between, address := postgrestest.NewProxy(t, postgrestest.Start(t).Database(t))
	f := telegramtest.New(t, telegramtest.Options{TCP: true})
	at := freeAddress(t)
	p := begin(t, t.TempDir(), at, "DATABASE_URL="+address, "TELEGRAM_TOKEN="+f.Token, "TELEGRAM_API_URL="+f.URL, "TELEGRAM_WEBHOOK_URL=http://"+at)
	p.awaitReady(t)
	connected(t, []*process{p})
	ada := f.NewUser("Ada", "en")
	chat := f.Private(ada)
	ada.Unblock()
	ada.Say(chat, "/quiz pack:gyeongju-summit-2025 questions:2 kind:choice seconds:300")
	q := awaitText(t, f, ada, "Question 1 of 2")
	between.Down(true)
	ada.Press(chat, q, q.Buttons()[0].Data)
	late := time.After(60 * time.Second)
	for f.Pushed(http.StatusServiceUnavailable) == 0 {
		select {
		case <-late:
			t.Fatalf("nothing was put off:\n%s", p.said())
		case <-f.Changed():
		}
	}
	if f.Pending() == 0 {
		t.Error("what was put off does not wait at Telegram")
	}
	between.Down(false)
	awaitText(t, f, ada, "Question 2 of 2")
	if n := strings.Count(p.said(), "updates cannot be stored"); n != 1 {
		t.Errorf("it is logged %d times:\n%s", n, p.said())
	}
}
