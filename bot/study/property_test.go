package study_test

import (
	"context"
	"flag"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"summitquiz/bot/phrase"
	"summitquiz/quiz/flashcard"
)

// orders is how many lists of deeds TestAnyOrderOfDeedsLeavesTheLogExact goes through.
var orders = flag.Int("orders", 20, "lists of deeds in TestAnyOrderOfDeedsLeavesTheLogExact")

// TestAnyOrderOfDeedsLeavesTheLogExact does anything in any order, also with buttons of long ago: the
// log holds what was rated and not undone, each card's reviews are numbered from 0 on, and replaying them
// under the settings that were chosen last gives the card.
func TestAnyOrderOfDeedsLeavesTheLogExact(t *testing.T) {
	s := open(t)
	s.load(rivers(12))
	n, progress := 0, phrase.Say(en, phrase.ButtonProgress)
	rapid.Check(t, func(rt *rapid.T) {
		if n++; n > *orders {
			return
		}
		p := s.student(fmt.Sprint("Ada", n), en)
		p.command("cards", "games", "yes")
		var old []string
		for range rapid.IntRange(1, 25).Draw(rt, "deeds") {
			p.deed(rt, &old, progress)
		}
		ctx := context.Background()
		m := p.member()
		learner, err := s.db.Learner(ctx, m)
		if err != nil {
			rt.Fatal(err)
		}
		scheduler, err := learner.Settings.Scheduler()
		if err != nil {
			rt.Fatal(err)
		}
		for _, c := range p.cards() {
			log, err := s.db.ReviewsOf(ctx, c.ID)
			if err != nil {
				rt.Fatal(err)
			}
			var reviews []flashcard.Review
			for i, r := range log {
				if r.Review.Reps != i || r.Member != m || i > 0 && r.Before.Reps != i {
					rt.Fatalf("review %d of %s is %+v", i, c.Memory.Fact, r)
				}
				reviews = append(reviews, r.Review)
			}
			if again, err := scheduler.Replay(c.Memory, reviews); err != nil || again != c.Memory {
				rt.Fatalf("replaying the log of %s gives %+v, %v, and the card is %+v", c.Memory.Fact, again, err, c.Memory)
			}
		}
	})
}

// deed does one thing at random. old are actions that were on the screen at some time; not are labels of
// buttons that are left alone.
func (p *student) deed(rt *rapid.T, old *[]string, not ...string) {
	var here []string
	for _, o := range p.post.Options {
		if o.Action != "" {
			here = append(here, o.Action)
		}
	}
	for _, row := range p.post.Buttons {
		for _, b := range row {
			if !slices.Contains(not, b.Label) {
				here = append(here, b.Action)
			}
		}
	}
	*old = append(*old, here...)
	switch rapid.IntRange(0, 9).Draw(rt, "deed") {
	case 0:
		p.command("review")
	case 1:
		p.clock.Advance(time.Duration(rapid.IntRange(1, 4000).Draw(rt, "minutes")) * time.Minute)
	case 2:
		p.played(fmt.Sprint("rivers/r", rapid.IntRange(0, 11).Draw(rt, "fact")), rapid.Bool().Draw(rt, "right"), 1)
	case 3:
		p.write(rapid.SampledFrom([]string{"River x", "River xx", "A", "?"}).Draw(rt, "text"))
	case 4:
		if len(*old) > 0 {
			p.send(rapid.SampledFrom(*old).Draw(rt, "old button"))
		}
	default:
		if len(here) > 0 {
			p.send(rapid.SampledFrom(here).Draw(rt, "button"))
		}
	}
}
