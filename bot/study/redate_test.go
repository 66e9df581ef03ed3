package study_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/quiz/flashcard"
)

// replayed is what replaying the logs of all cards under the learner's settings gives.
func (p *student) replayed() []bot.Card {
	p.t.Helper()
	ctx := context.Background()
	learner, err := p.db.Learner(ctx, p.member())
	if err != nil {
		p.t.Fatal(err)
	}
	scheduler, err := learner.Settings.Scheduler()
	if err != nil {
		p.t.Fatal(err)
	}
	cards := p.cards()
	for i := range cards {
		log, err := p.db.ReviewsOf(ctx, cards[i].ID)
		if err != nil {
			p.t.Fatal(err)
		}
		var reviews []flashcard.Review
		for _, r := range log {
			reviews = append(reviews, r.Review)
		}
		if cards[i].Memory, err = scheduler.Replay(cards[i].Memory, reviews); err != nil {
			p.t.Fatal(err)
		}
	}
	return cards
}

// TestANewRetentionDatesAllCards changes the retention by command and by button, undoes across the
// change, and changes the steps, which are no reason to date what was learned.
func TestANewRetentionDatesAllCards(t *testing.T) {
	s := open(t)
	s.load(rivers(12))
	p := s.student("Ada", en)
	p.command("review")
	p.learn(6, "Easy")
	s.clock.Advance(10 * 24 * time.Hour)
	p.command("review")
	p.learn(3, "Good")
	before, log := p.cards(), p.log()
	undo := p.action("Undo")
	p.command("cards", "retention", "80")
	p.shows(say(phrase.CardsRedated))
	after := p.cards()
	if slices.Equal(before, after) || !slices.Equal(after, p.replayed()) {
		t.Errorf("under another retention the cards are %+v, want %+v", after, p.replayed())
	}
	for i := range after {
		if a, b := after[i].Memory, before[i].Memory; a.Interval <= b.Interval || a.Stability != b.Stability || a.Reps != b.Reps {
			t.Errorf("at 80 %% %s is due after %d days, at 90 %% after %d", a.Fact, a.Interval, b.Interval)
		}
	}
	if !slices.Equal(log, p.log()) {
		t.Error("the log has changed")
	}
	p.send(undo)
	if got := p.cards(); !slices.Equal(got, p.replayed()) {
		t.Errorf("after undo the cards are %+v, want %+v", got, p.replayed())
	}
	after = p.cards()
	p.command("cards", "steps", "1m 10m 1h 2h")
	if got := p.cards(); !slices.Equal(got, after) {
		t.Errorf("other steps have changed cards: %+v, want %+v", got, after)
	}
}

// TestDatingGoesOnWhereItStopped has a process die when some cards were dated.
func TestDatingGoesOnWhereItStopped(t *testing.T) {
	s := open(t)
	s.load(rivers(12))
	p := s.student("Ada", en)
	p.command("review")
	p.learn(6, "Easy")
	before := p.cards()
	l, err := s.db.Learner(context.Background(), p.member())
	if err != nil {
		t.Fatal(err)
	}
	l.Version++
	l.Settings.Retention = 0.8
	l.Settings.Dated, l.Settings.Upto = "to "+l.Settings.Basis(), before[2].Memory.Fact
	if err := s.db.Write(&bot.Change{At: morning, Learner: &l})(context.Background()); err != nil {
		t.Fatal(err)
	}
	p.command("cards")
	after, want := p.cards(), p.replayed()
	if !slices.Equal(after[:3], before[:3]) || !slices.Equal(after[3:], want[3:]) {
		t.Errorf("the cards are %+v, want the first three as they were and the others as %+v", after, want)
	}
	p.command("cards", "retention", "85")
	if got := p.cards(); !slices.Equal(got, p.replayed()) {
		t.Errorf("when the settings change all cards are dated, but they are %+v", got)
	}
}

// TestJoinedCardsAreDatedByOneRetention joins somebody who wants 80 % to somebody who wants 90 %.
func TestJoinedCardsAreDatedByOneRetention(t *testing.T) {
	s := open(t)
	s.load(rivers(12))
	p, q := s.student("Ada", en), s.student("Ben", en)
	p.command("review")
	p.learn(2, "Easy")
	q.command("cards", "retention", "80")
	q.command("review")
	q.learn(5, "Easy")
	p.command("link")
	_, code, _ := strings.Cut(text(p.post), "/link code:")
	code, _, _ = strings.Cut(code, "\n")
	q.command("link", "code", code)
	q.press(say(phrase.ButtonLink))
	q.command("cards")
	if got := p.cards(); len(got) != 5 || !slices.Equal(got, p.replayed()) {
		t.Errorf("the cards of both are %+v, want %+v", got, p.replayed())
	}
}
