package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestServeTellsWhatItNeedsToBeFound(t *testing.T) {
	folder := t.TempDir()
	p := begin(t, folder, freeAddress(t))
	p.awaitReady(t)
	p.awaitSaid(t, "Owner link")
	for _, text := range []string{p.url, "gyeongju-summit-2025 1.0.0", "Platforms   web", p.url + "/owner?t="} {
		if !strings.Contains(p.said(), text) {
			t.Errorf("the greeting lacks %q:\n%s", text, p.said())
		}
	}
	for path, want := range map[string]string{"/healthz": "alive", "/readyz": "ready", "/": "Summit Quiz"} {
		if status, text := p.get(path); status != http.StatusOK || !strings.Contains(text, want) {
			t.Errorf("%s got %d %s", path, status, text)
		}
	}
	_, metrics := p.get("/metrics")
	for _, name := range []string{"summitquiz_games", "summitquiz_commit_seconds_count", "summitquiz_store_queue", "summitquiz_chats_with_queue", "process_resident_memory_bytes"} {
		if !strings.Contains(metrics, "\n"+name+" ") {
			t.Errorf("/metrics lacks %s", name)
		}
	}
	for _, name := range []string{"summitquiz.db", "summitquiz.db.key"} {
		if info, err := os.Stat(filepath.Join(folder, name)); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v; want mode 0600", name, err)
		}
	}
	key, err := os.ReadFile(filepath.Join(folder, "summitquiz.db.key"))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(p.said(), strings.TrimSpace(string(key))) {
		t.Error("the secret key was printed")
	}
	if err := p.stop(t); err != nil || !strings.Contains(p.said(), "msg=ended") {
		t.Errorf("SIGTERM ended it with %v:\n%s", err, p.said())
	}
}

// TestASecondProcessWaits starts two on one database; the second takes over when the first one
// is killed.
func TestASecondProcessWaits(t *testing.T) {
	folder := t.TempDir()
	first := begin(t, folder, freeAddress(t))
	first.awaitReady(t)
	second := begin(t, folder, freeAddress(t))
	second.awaitSaid(t, "another process serves this database")
	if status, _ := second.get("/healthz"); status != 0 {
		t.Errorf("the second one answers with %d while it waits", status)
	}
	first.kill()
	second.awaitReady(t)
	if err := second.stop(t); err != nil {
		t.Error(err)
	}
}

// TestAFolderOfPacksIsWatched changes a pack under a running bot, spoils it, and mends it.
func TestAFolderOfPacksIsWatched(t *testing.T) {
	folder, packs := t.TempDir(), t.TempDir()
	write := func(version, ask string) {
		t.Helper()
		text := "pack: lakes\nversion: " + version + "\nlanguages: [en]\ntitle: Lakes\ncards:\n  - {" + ask + ": What is the deepest lake?, answer: Baikal}\n"
		if err := os.WriteFile(filepath.Join(packs, "lakes.yaml"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("1.0.0", "ask")
	p := begin(t, folder, freeAddress(t), "PACK_DIR="+packs)
	p.awaitReady(t)
	if !strings.Contains(p.said(), "lakes 1.0.0 (1 facts)") {
		t.Errorf("the pack was not loaded:\n%s", p.said())
	}
	write("1.1.0", "aks")
	p.awaitSaid(t, "the version before stays in use")
	p.awaitSaid(t, filepath.Join(packs, "lakes.yaml")+":6")
	write("1.2.0", "ask")
	p.awaitSaid(t, "version=1.2.0")
	if err := p.stop(t); err != nil {
		t.Error(err)
	}
}

// TestWhatKeepsServeFromStarting is said in one sentence with what to do.
func TestWhatKeepsServeFromStarting(t *testing.T) {
	taken := begin(t, t.TempDir(), freeAddress(t))
	taken.awaitReady(t)
	for _, tc := range []struct {
		name    string
		prepare func(folder string) error
		env     []string
		says    []string
	}{
		{"values", nil, []string{"LOG_LEVEL=loud", "DATABASE_URL=mysql://x", "OWNERS=me"}, []string{"LOG_LEVEL", "DATABASE_URL", "OWNERS"}},
		{"proxies", nil, []string{"TRUSTED_PROXIES=10.0.0.5,nowhere"}, []string{"TRUSTED_PROXIES", "nowhere"}},
		{"port", nil, []string{"HTTP_ADDR=" + strings.TrimPrefix(taken.url, "http://")}, []string{"HTTP_ADDR", "choose another port"}},
		{"no database", func(f string) error {
			return os.WriteFile(filepath.Join(f, "summitquiz.db"), []byte(strings.Repeat("Dear reader, ", 100)), 0o600)
		}, nil, []string{"damaged or no SQLite database", "restore a backup"}},
		{"key", func(f string) error { return os.WriteFile(filepath.Join(f, "summitquiz.db.key"), []byte("abc"), 0o600) }, nil, []string{"secret key", "cut off"}},
		{"folder", nil, []string{"PACK_DIR=nowhere"}, []string{"PACK_DIR", "nowhere"}},
		{"database folder", nil, []string{"DATABASE_URL=sqlite:no/such/folder/quiz.db"}, []string{"no/such/folder"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			folder := t.TempDir()
			if tc.prepare != nil {
				if err := tc.prepare(folder); err != nil {
					t.Fatal(err)
				}
			}
			p := begin(t, folder, freeAddress(t), tc.env...)
			select {
			case err := <-p.done:
				p.done <- err
				if p.cmd.ProcessState.ExitCode() != exitUsage {
					t.Errorf("exit code %d", p.cmd.ProcessState.ExitCode())
				}
			case <-time.After(30 * time.Second):
				t.Fatal("it goes on")
			}
			for _, text := range tc.says {
				if !strings.Contains(p.said(), text) {
					t.Errorf("it did not say %q: %s", text, p.said())
				}
			}
			if tc.prepare == nil && tc.name != "folder" && exists(filepath.Join(folder, "summitquiz.db")) {
				t.Error("it made a database")
			}
			if lines := strings.Count(strings.TrimSpace(p.said()), "\n"); lines > 3 {
				t.Errorf("it said too much:\n%s", p.said())
			}
		})
	}
}

// BenchmarkColdStart measures from the start of the program, on a database that has been used,
// to its being ready, and what it holds in memory then.
func BenchmarkColdStart(b *testing.B) {
	folder, address := b.TempDir(), freeAddress(b)
	var idle float64
	first := begin(b, folder, address)
	first.awaitReady(b)
	first.kill()
	for b.Loop() {
		p := begin(b, folder, address)
		p.awaitReady(b)
		b.StopTimer()
		idle = p.memory(b)
		p.kill()
		b.StartTimer()
	}
	b.ReportMetric(idle, "MB")
}
