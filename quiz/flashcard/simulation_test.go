package flashcard_test

import (
	"flag"
	"fmt"
	"math"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"summitquiz/quiz"
	"summitquiz/quiz/flashcard"
)

var simulate = flag.Bool("simulate", false, "print the simulation of 200 learners in full, for docs/memory.md")

// A simulated learner has a memory of their own, which the scheduler does not see. It follows
// the forgetting curve of FSRS, with strengths that differ between learners and facts; lucky
// guesses teach it no more than a wrong answer does.

// world is what is assumed of people.
type world struct {
	lucky   [3]float64 // by rung: chance of a right answer without knowing it
	gain    [3]float64 // by rung: how much of the growth of memory an answer earns
	seconds [3]float64 // by rung: to read and answer
	lesson  float64    // seconds more for a wrong answer: reading why
	before  float64    // chance that a fact is known before it is first asked
}

var people = world{
	lucky:   [3]float64{0.25, 0.10, 0.01},
	gain:    [3]float64{1, 1, 1},
	seconds: [3]float64{7, 8, 10},
	lesson:  5,
	before:  0.30,
}

// plan is how the cards are asked.
type plan struct {
	name      string
	retention float64
	rung      func(*flashcard.Scheduler, flashcard.Card, quiz.Day) flashcard.Rung
}

func ladder(s *flashcard.Scheduler, c flashcard.Card, d quiz.Day) flashcard.Rung { return s.Rung(c, d) }
func always(r flashcard.Rung) func(*flashcard.Scheduler, flashcard.Card, quiz.Day) flashcard.Rung {
	return func(*flashcard.Scheduler, flashcard.Card, quiz.Day) flashcard.Rung { return r }
}

// outcome is what came of a year.
type outcome struct {
	atDue, known float64     // reviews on the day a card was due, and of these remembered
	longer       float64     // of atDue, those after an interval that could have been shorter
	longerKnown  float64     // of these remembered
	reviews      float64     // of study
	played       float64     // ratings that games and dailies gave
	minutes      float64     // of study
	recalled     float64     // facts that would be recalled on the day after the year
	learners     float64     //
	byMonth      [13]float64 // reviews of study
	byRung       [3]float64  // reviews of study
}

func (o *outcome) add(p outcome) {
	o.atDue, o.known, o.reviews, o.played = o.atDue+p.atDue, o.known+p.known, o.reviews+p.reviews, o.played+p.played
	o.minutes, o.recalled, o.learners = o.minutes+p.minutes, o.recalled+p.recalled, o.learners+p.learners
	o.longer, o.longerKnown = o.longer+p.longer, o.longerKnown+p.longerKnown
	for i := range o.byMonth {
		o.byMonth[i] += p.byMonth[i]
	}
	for i := range o.byRung {
		o.byRung[i] += p.byRung[i]
	}
}

func (o *outcome) recallAtDue() float64 { return 100 * o.known / o.atDue }

const yearOfDays, factCount = 365, 500

// normal returns a number that is very nearly of the standard normal distribution, without package math.
func (d *dice) normal() float64 {
	sum := -6.0
	for range 12 {
		sum += d.chance()
	}
	return sum
}

// learner is one simulated person.
type learner struct {
	world   world
	plan    plan
	dice    dice
	given   *flashcard.Scheduler // what the product schedules by
	nature  *flashcard.Scheduler // how the person forgets
	grows   float64
	cards   []flashcard.Card
	true    []flashcard.Card // the memory itself
	differs []float64        // by fact: strength of a first impression
	fed     []quiz.Day       // last day on which a game or daily rated the fact
	out     outcome
}

// live simulates one year of one person.
func live(w world, p plan, seed uint64) outcome {
	settings := flashcard.DefaultSettings()
	settings.Retention = p.retention
	given, err := flashcard.NewScheduler(settings)
	if err != nil {
		panic(err)
	}
	settings.Maximum, settings.Fuzz = flashcard.MaxInterval, false
	nature, err := flashcard.NewScheduler(settings)
	if err != nil {
		panic(err)
	}
	l := &learner{world: w, plan: p, dice: dice(seed), given: given, nature: nature, out: outcome{learners: 1}}
	l.grows = flashcard.Exp(0.1 * l.dice.normal())
	impression := flashcard.Exp(0.2 * l.dice.normal())
	for n := range factCount {
		l.cards = append(l.cards, flashcard.NewCard("", l.dice.next()))
		l.true = append(l.true, flashcard.NewCard("", uint64(n)))
		l.differs = append(l.differs, impression*flashcard.Exp(0.2*l.dice.normal()))
		l.fed = append(l.fed, -1)
	}
	for day := range quiz.Day(yearOfDays) {
		l.day(day)
	}
	for i := range l.true {
		l.out.recalled += l.nature.Retrievability(l.true[i], yearOfDays)
	}
	return l.out
}

// day lets a day pass: games and the daily, then study on nine days of ten.
func (l *learner) day(day quiz.Day) {
	now := start.AddDate(0, 0, int(day))
	if l.dice.chance() < 0.3 {
		l.play(10, day, now)
	}
	if l.dice.chance() < 0.6 {
		l.play(3, day, now)
	}
	if l.dice.chance() < 0.1 {
		return
	}
	fresh := 10
	for i := range l.cards {
		c := &l.cards[i]
		if c.State == flashcard.New {
			if fresh == 0 {
				continue
			}
			fresh--
		}
		// What is on its steps comes back within the session.
		for moment := now.Add(time.Hour); c.State != flashcard.Reviewing || c.IsDue(moment, day); moment = moment.Add(20 * time.Minute) {
			l.study(i, day, moment)
		}
	}
}

// play answers n facts as choices, and feeds what came of it to the cards.
func (l *learner) play(n int, day quiz.Day, now time.Time) {
	for range n {
		i := l.dice.below(factCount)
		knew, right := l.answer(i, flashcard.Recognise, day)
		l.remember(i, knew, flashcard.Recognise, day, now)
		if l.fed[i] != day {
			l.fed[i] = day
			l.out.played++
			l.rate(i, flashcard.Proposed(right, false, false), day, now)
		}
	}
}

// study asks a card and rates it.
func (l *learner) study(i int, day quiz.Day, now time.Time) {
	c := &l.cards[i]
	rung := l.plan.rung(l.given, *c, day)
	knew, right := l.answer(i, rung, day)
	if c.State == flashcard.Reviewing && day == c.DueDay() {
		one := 0.0
		if knew {
			one = 1
		}
		l.out.atDue, l.out.known = l.out.atDue+1, l.out.known+one
		if c.Interval > 1 {
			l.out.longer, l.out.longerKnown = l.out.longer+1, l.out.longerKnown+one
		}
	}
	rating := flashcard.Proposed(right, false, false)
	if right && !knew && l.dice.chance() < 0.5 {
		rating = flashcard.Again // half of those who guessed say so
	}
	l.out.reviews++
	l.out.byMonth[day/30]++
	l.out.byRung[rung]++
	l.out.minutes += l.world.seconds[rung] / 60
	if !right {
		l.out.minutes += l.world.lesson / 60
	}
	l.remember(i, knew, rung, day, now)
	l.rate(i, rating, day, now)
}

// answer draws whether a fact is known and whether the answer is right.
func (l *learner) answer(i int, rung flashcard.Rung, day quiz.Day) (knew, right bool) {
	chance := l.nature.Retrievability(l.true[i], day)
	if l.true[i].State == flashcard.New {
		chance = l.world.before
	}
	knew = l.dice.chance() < chance
	lucky := l.dice.chance() < l.world.lucky[rung]
	return knew, knew || lucky
}

// remember changes the memory itself.
func (l *learner) remember(i int, knew bool, rung flashcard.Rung, day quiz.Day, now time.Time) {
	m := &l.true[i]
	rating := flashcard.Again
	if knew {
		rating = flashcard.Good
	}
	ch, err := l.nature.Rate(*m, flashcard.Review{Rating: rating, At: now, Day: day, Reps: m.Reps})
	if err != nil {
		panic(err)
	}
	after := ch.After
	switch {
	case m.State == flashcard.New:
		after.Stability = max(0.1, after.Stability*l.differs[i])
	case after.Stability > m.Stability:
		after.Stability = m.Stability + (after.Stability-m.Stability)*l.grows*l.world.gain[rung]
	}
	after.State = flashcard.Reviewing
	*m = after
}

func (l *learner) rate(i int, r flashcard.Rating, day quiz.Day, now time.Time) {
	c := &l.cards[i]
	ch, err := l.given.Rate(*c, flashcard.Review{Rating: r, At: now, Day: day, Reps: c.Reps})
	if err != nil {
		panic(err)
	}
	*c = ch.After
}

// years simulates n learners.
func years(w world, p plan, n int) outcome {
	parts := make([]outcome, n)
	var wg sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for k := range workers {
		wg.Go(func() {
			for i := k; i < n; i += workers {
				parts[i] = live(w, p, uint64(i)*7919+1)
			}
		})
	}
	wg.Wait()
	var out outcome
	for _, p := range parts {
		out.add(p)
	}
	return out
}

// TestSimulatedRecallIsWhatWasDesired lets people with known memories study for a year.
func TestSimulatedRecallIsWhatWasDesired(t *testing.T) {
	n := 6
	if *simulate {
		n = 200
	}
	var table strings.Builder
	for _, retention := range []float64{0.8, 0.9, 0.95} {
		o := years(people, plan{"ladder", retention, ladder}, n)
		fmt.Fprintf(&table, "| %.2f | %.1f %% | %.1f %% | %.0f | %.0f | %.1f | %.0f |", retention,
			o.recallAtDue(), 100*o.longerKnown/o.longer, o.reviews/o.learners, o.played/o.learners,
			o.minutes/o.learners/yearOfDays, o.recalled/o.learners)
		for m := range 12 {
			fmt.Fprintf(&table, " %.0f", o.byMonth[m]/o.learners/30)
		}
		fmt.Fprintf(&table, " | %.0f %.0f %.0f |\n",
			100*o.byRung[0]/o.reviews, 100*o.byRung[1]/o.reviews, 100*o.byRung[2]/o.reviews)
		if got := o.recallAtDue(); math.Abs(got-100*retention) > 3 {
			t.Errorf("desired retention %.2f: %.1f %% remembered when due", retention, got)
		}
	}
	if *simulate {
		t.Logf("\n%s", &table)
	}
}

// TestTheLadderIsWorthItsMinutes compares the ladder with asking in one form only. How much
// more a produced answer does for memory than a recognised one is not known well, so it is
// compared for three answers to that.
func TestTheLadderIsWorthItsMinutes(t *testing.T) {
	n := 4
	if *simulate {
		n = 200
	}
	for _, gain := range [][3]float64{people.gain, {0.9, 0.95, 1}, {0.5, 0.75, 1}} {
		w := people
		w.gain = gain
		run := func(name string, rung func(*flashcard.Scheduler, flashcard.Card, quiz.Day) flashcard.Rung) outcome {
			o := years(w, plan{name, 0.9, rung}, n)
			if *simulate {
				t.Logf("| %.2f, %.2f | %s | %.1f %% | %.0f | %.2f | %.1f | %.3f |", gain[0], gain[1], name, o.recallAtDue(), o.reviews/o.learners,
					o.minutes/o.learners/yearOfDays, o.recalled/o.learners, o.recalled/o.minutes)
			}
			return o
		}
		climbing, choice, typed := run("ladder", ladder), run("always choice", always(flashcard.Recognise)), run("always typed", always(flashcard.Recall))
		helps := gain[flashcard.Recognise] < 1
		if climbing.minutes >= typed.minutes || helps && climbing.recallAtDue() <= choice.recallAtDue() {
			t.Errorf("gain %v: the ladder takes %.0f minutes and %.1f %% are remembered when due, typing takes %.0f minutes, with choices it is %.1f %%",
				gain, climbing.minutes, climbing.recallAtDue(), typed.minutes, choice.recallAtDue())
		}
	}
}
