package flashcard_test

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"summitquiz/quiz/flashcard"
)

var peer = flag.Bool("peer", false, "in BenchmarkReviews, also run ts-fsrs 5.4.2, fetched from npm, on Node in the same run")

// BenchmarkReviews rates cards as a learner does, on their due days; with -peer it tells how
// many times as many reviews a second that is as ts-fsrs gives on one thread.
func BenchmarkReviews(b *testing.B) {
	for _, c := range []struct {
		name           string
		fuzz, longTerm bool
	}{{"Plain", false, false}, {"Fuzz", true, false}, {"LongTerm", false, true}} {
		b.Run(c.name, func(b *testing.B) {
			settings := flashcard.DefaultSettings()
			settings.Maximum = flashcard.MaxInterval
			settings.Fuzz, settings.LongTerm = c.fuzz, c.longTerm
			s := newScheduler(b, settings)
			ratings := [8]flashcard.Rating{3, 3, 4, 3, 2, 3, 1, 3}
			for b.Loop() {
				card := flashcard.NewCard("p/f", 7)
				card.Due, card.Day = start, 20785
				for i := range 8 {
					ch, err := s.Rate(card, flashcard.Review{Rating: ratings[i], At: card.Due, Day: card.DueDay(), Reps: i})
					if err != nil {
						b.Fatal(err)
					}
					card = ch.After
				}
			}
			perSecond := 8 * float64(b.N) / b.Elapsed().Seconds()
			b.ReportMetric(perSecond, "reviews/s")
			if *peer {
				theirs := tsFSRS(b, c.fuzz, !c.longTerm)
				b.ReportMetric(theirs, "ts-fsrs/s")
				b.ReportMetric(perSecond/theirs, "times")
			}
		})
	}
}

// tsFSRS returns how many reviews a second ts-fsrs gives, the best of four runs.
func tsFSRS(b *testing.B, fuzz, shortTerm bool) float64 {
	b.Helper()
	dir := filepath.Join(os.TempDir(), "ts-fsrs-5.4.2")
	run := func(name string, args ...string) string {
		cmd := exec.Command(name, args...)
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		if err != nil {
			b.Skipf("%s %v: %v\n%s", name, args, err, out)
		}
		return string(out)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		b.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "node_modules", "ts-fsrs")); err != nil {
		run("npm", "install", "--no-audit", "--no-fund", "--prefix", dir, "ts-fsrs@5.4.2")
	}
	const script = `
import { fsrs, createEmptyCard } from "ts-fsrs";
const f = fsrs({ enable_fuzz: FUZZ, enable_short_term: SHORT }), ratings = [3, 3, 4, 3, 2, 3, 1, 3];
let best = 0;
for (let run = 0; run < 4; run++) {
  let n = 0; const begin = performance.now();
  while (performance.now() - begin < 1000) {
    let card = createEmptyCard(new Date("2026-11-28T09:30:00Z"));
    for (const r of ratings) { card = f.next(card, card.due, r).card; n++; }
  }
  best = Math.max(best, 1000 * n / (performance.now() - begin));
}
console.log(best);`
	file := filepath.Join(dir, "bench.mjs")
	text := strings.NewReplacer("FUZZ", strconv.FormatBool(fuzz), "SHORT", strconv.FormatBool(shortTerm)).Replace(script)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
	n, err := strconv.ParseFloat(strings.TrimSpace(run("node", file)), 64)
	if err != nil {
		b.Fatal(err)
	}
	return n
}
