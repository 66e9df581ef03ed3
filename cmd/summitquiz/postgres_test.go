package main

import (
	"bytes"
	"strings"
	"testing"

	"summitquiz/bot/store/postgres"
	"summitquiz/bot/store/postgres/postgrestest"
)

// TestServeOnAServer starts two processes on one PostgreSQL: both serve, and sign with the same key.
func TestServeOnAServer(t *testing.T) {
	url := postgrestest.Start(t).Database(t)
	first := begin(t, t.TempDir(), freeAddress(t), "DATABASE_URL="+url)
	second := begin(t, t.TempDir(), freeAddress(t), "DATABASE_URL="+url)
	first.awaitReady(t)
	second.awaitReady(t)
	_, metrics := first.get("/metrics")
	for name, want := range map[string]bool{"summitquiz_store_queue": true, "summitquiz_commit_seconds_count": true, "summitquiz_processes": true, "summitquiz_due_late_seconds": true, "summitquiz_store_log_bytes": false} {
		if strings.Contains(metrics, "\n"+name+" ") != want {
			t.Errorf("/metrics has %s: %v", name, !want)
		}
	}
	first.kill()
	made := 0 // whichever came first made the key
	for _, p := range []*process{first, second} {
		said := p.said()
		made += strings.Count(said, "there was no secret key: a new one is made")
		if strings.Contains(said, "a-word-for-tests") {
			t.Errorf("the password shows:\n%s", said)
		}
	}
	if made != 1 {
		t.Errorf("%d keys were made for one database; want 1", made)
	}
	for args, want := range map[string]string{
		"owners list":        "ACCOUNT",
		"deliveries":         "Nothing waits",
		"pack list":          "gyeongju-summit-2025",
		"migrate":            "as this program",
		"status":             "PROCESSES      ",
		"backup copy.db":     "pg_dump",
		"restore copy.db":    "pg_restore",
		"owner-link":         "/owner?t=",
		"healthcheck --deep": "pg_amcheck",
	} {
		var out bytes.Buffer
		words := append(strings.Fields(args), "--database-url", url)
		if strings.HasPrefix(args, "healthcheck") {
			words = append(words, "--http-addr", strings.TrimPrefix(second.url, "http://"))
		}
		if run(t.Context(), words, &out, &out); !strings.Contains(out.String(), want) {
			t.Errorf("%s: %s; want %q", args, out.String(), want)
		}
	}
	if err := second.stop(t); err != nil {
		t.Error(err)
	}
}

// TestASlipInTheNameOfADatabase makes nothing in a database that is empty.
func TestASlipInTheNameOfADatabase(t *testing.T) {
	url := postgrestest.Start(t).Database(t)
	var out bytes.Buffer
	if code := run(t.Context(), []string{"pack", "list", "--database-url", url}, &out, &out); code == exitClean || !strings.Contains(out.String(), "is empty") {
		t.Errorf("exit code %d: %s", code, out.String())
	}
	if _, err := postgres.Open(t.Context(), url, postgres.Options{There: true}); err == nil {
		t.Error("something was made in it")
	}
}
