package flashcard_test

import (
	"bytes"
	"flag"
	"fmt"
	"math"
	"os"
	"testing"
	"time"

	"summitquiz/content"
	"summitquiz/quiz"
	"summitquiz/quiz/flashcard"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// dice is a stream of random numbers, the same on every machine.
type dice uint64

func (d *dice) below(n int) int { return int(d.next() % uint64(n)) }

// chance returns a number from 0 to 1.
func (d *dice) chance() float64 { return float64(d.next()>>11) / (1 << 53) }

func (d *dice) next() uint64 {
	*d += 0x9e3779b97f4a7c15
	x := uint64(*d)
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// TestTenThousandReviews compares every bit of 10,000 reviews with what another machine computed.
// On amd64 the compiler fuses products with sums only when told that it may, so this is worth
// running as GOAMD64=v3 too, and for arm64, with qemu where there is no such machine.
func TestTenThousandReviews(t *testing.T) {
	const cards, each = 400, 25
	d := dice(6)
	var out bytes.Buffer
	for n := range cards {
		settings := flashcard.DefaultSettings()
		settings.Retention = float64(70+d.below(28)) / 100
		settings.Fuzz = n%2 == 0
		settings.LongTerm = n%5 == 4
		for i := range settings.Parameters.W {
			if i > 3 { // each parameter up to a tenth away, within its bounds
				settings.Parameters.W[i] *= 1 + float64(d.below(100))/1000
			}
		}
		s := newScheduler(t, settings)
		c := flashcard.NewCard(content.FactID(fmt.Sprintf("p/f%d", n)), d.next())
		at, day := start, quiz.Day(20785)
		sum := uint64(0)
		for range each {
			ch, err := s.Rate(c, flashcard.Review{Rating: flashcard.Rating(1 + min(d.below(8), 3)), At: at, Day: day, Reps: c.Reps})
			if err != nil {
				t.Fatal(err)
			}
			c = ch.After
			next := c.DueDay() + quiz.Day(d.below(1+c.Interval/4))
			for _, bits := range []uint64{math.Float64bits(c.Stability), math.Float64bits(c.Difficulty), uint64(c.Interval),
				uint64(c.Due.UnixMicro()), math.Float64bits(s.Retrievability(c, next))} {
				sum = (sum ^ bits) * 0x9e3779b97f4a7c15
				sum ^= sum >> 29
			}
			at, day = at.AddDate(0, 0, int(next-day)).Add(time.Duration(d.below(3600))*time.Second), next
		}
		fmt.Fprintf(&out, "%s %s lapses %d interval %d stability %x difficulty %x all %016x\n",
			c.Fact, c.State, c.Lapses, c.Interval, c.Stability, c.Difficulty, sum)
	}
	const file = "testdata/reviews.golden"
	if *update {
		if err := os.WriteFile(file, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	got, lines := bytes.Split(out.Bytes(), []byte("\n")), bytes.Split(want, []byte("\n"))
	if len(got) != len(lines) {
		t.Fatalf("%d cards, want %d", len(got), len(lines))
	}
	for i := range got {
		if !bytes.Equal(got[i], lines[i]) {
			t.Fatalf("card %d:\n%s\nwant\n%s", i, got[i], lines[i])
		}
	}
}
