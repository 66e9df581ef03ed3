package main

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"summitquiz/bot/store/sqlite"
)

// TestMonitoringNamesWhatThereIs holds that the dashboard and the alerts ask only for metrics that there are.
func TestMonitoringNamesWhatThereIs(t *testing.T) {
	db, err := sqlite.Open(context.Background(), filepath.Join(t.TempDir(), "quiz.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	m := newMeter()
	m.watch(db)
	m.watchWork(db)
	m.watchReplicas(&replicas{})
	m.connection(nobody{})
	m.shards(nobody{})
	described := make(chan *prometheus.Desc, 1000)
	m.registry.Describe(described)
	close(described)
	names := map[string]bool{}
	for d := range described {
		_, rest, _ := strings.Cut(d.String(), `fqName: "`)
		name, _, _ := strings.Cut(rest, `"`)
		names[name] = true
	}
	for _, file := range []string{"alerts.yaml", "grafana.json"} {
		text, err := os.ReadFile(filepath.Join("..", "..", "docs", "monitoring", file))
		if err != nil {
			t.Fatal(err)
		}
		asked := regexp.MustCompile(`summitquiz_[a-z_]+`).FindAllString(string(text), -1)
		if len(asked) < 5 {
			t.Errorf("%s asks for %v", file, asked)
		}
		for _, name := range asked {
			if !names[strings.TrimSuffix(name, "_bucket")] {
				t.Errorf("%s asks for %s, which is not there", file, name)
			}
		}
	}
}

// nobody is a platform of which only the name is asked.
type nobody struct{ remote }

func (nobody) Name() string { return "nobody" }

func (nobody) Shards() (mine, connected, all int) { return 0, 0, 0 }
