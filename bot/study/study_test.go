package study_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
	"summitquiz/quiz/flashcard"
)

const en = language.English

func say(id phrase.ID, args ...phrase.Arg) string {
	return language.StripIsolates(phrase.Say(en, id, args...))
}

// answer answers the question that is shown, rightly or not, or has it shown.
func (p *student) answer(right bool) {
	p.t.Helper()
	if len(p.post.Options) == 0 {
		p.press("Show answer")
		return
	}
	for _, o := range p.post.Options {
		if strings.Contains(o.Text, "River x") == right {
			p.press(o.Label)
			return
		}
	}
	p.press(p.post.Options[0].Label)
}

// learn rates the next n cards.
func (p *student) learn(n int, rating string) {
	p.t.Helper()
	for range n {
		p.answer(true)
		p.press(rating)
	}
}

func TestACardIsAskedAnsweredAndRated(t *testing.T) {
	s := open(t)
	s.load(rivers(12))
	p := s.student("Ada", en)
	p.command("review")
	p.shows("Which river is number 0?", "New", "10 cards")
	p.answer(false)
	p.shows("❌", "[[Again · 1 min]]", "[Good · 10 min]", "Answer: ")
	p.press("Again")
	p.shows("Which river is number 1?")
	p.answer(true)
	p.shows(say(phrase.StudyRight), "[[Good · 10 min]]", "[Again · 1 min]")
	p.press("Easy")
	log := p.log()
	if len(log) != 2 || log[0].Review.Rating != flashcard.Again || log[1].Review.Rating != flashcard.Easy || log[0].Item == "" || log[0].Algorithm == "" ||
		log[0].Proposed != flashcard.Again || log[1].Proposed != flashcard.Good {
		t.Errorf("the log is %+v", log)
	}
	if len(p.cards()) != 2 {
		t.Errorf("there are %d cards, want two: what was only offered is none yet", len(p.cards()))
	}
}

// TestARatingCountsOnce presses the same rating twice, from an older showing, after undo, on another
// device, by somebody else, and after the card was suspended.
func TestARatingCountsOnce(t *testing.T) {
	s := open(t)
	s.load(rivers(12))
	p := s.student("Ada", en)
	p.command("review")
	p.answer(true)
	good, undo := p.action("Good"), ""
	p.send(good)
	p.send(good)
	p.shows(say(phrase.StudyMovedOn))
	if len(p.log()) != 1 {
		t.Fatalf("the log holds %d ratings, want one", len(p.log()))
	}
	undo = p.action("Undo")
	p.send(undo)
	p.shows(say(phrase.StudyUndone), "Which river is number 0?", "[[Good · 10 min]]")
	p.send(undo)
	p.shows(say(phrase.StudyMovedOn))
	p.send(good)
	p.shows(say(phrase.StudyMovedOn))
	if len(p.log()) != 0 {
		t.Fatalf("after undo the log holds %+v", p.log())
	}
	other := p.at("elsewhere")
	other.command("review")
	other.shows("Which river is number 0?")
	other.press("Easy")
	p.press("Good")
	p.shows(say(phrase.StudyMovedOn))
	ben := s.student("Ben", en)
	ben.send(good)
	ben.shows(say(phrase.ButtonOver))
	if log := p.log(); len(log) != 1 || log[0].Review.Rating != flashcard.Easy {
		t.Errorf("the log is %+v", log)
	}
	p.command("review")
	p.answer(true)
	late := p.action("Good")
	m := p.member()
	learner, err := s.db.Learner(context.Background(), m)
	if err != nil {
		t.Fatal(err)
	}
	learner.Version++
	card := bot.Card{Member: m, Memory: flashcard.NewCard("rivers/r1", 7), Version: 1}
	card.Memory.Suspended = true
	if err := s.db.Write(&bot.Change{At: morning, Learner: &learner, Cards: []bot.Card{card}})(context.Background()); err != nil {
		t.Fatal(err)
	}
	p.send(late)
	p.shows(say(phrase.StudySuspended), "Which river is number 2?")
	if len(p.log()) != 1 {
		t.Errorf("a suspended card was rated: %+v", p.log())
	}
}

// TestACardThatWasReviewedElsewhereIsNotRated has a game rate a card between question and rating.
func TestACardThatWasReviewedElsewhereIsNotRated(t *testing.T) {
	s := open(t)
	s.load(rivers(12))
	p := s.student("Ada", en)
	p.command("cards", "games", "yes")
	p.command("review")
	p.answer(true)
	p.played("rivers/r0", true, 1)
	p.press("Easy")
	p.shows(say(phrase.StudyStale), "Which river is number 1?")
	if log := p.log(); len(log) != 1 || log[0].Review.Source != flashcard.FromGame {
		t.Errorf("the log is %+v", log)
	}
}

// TestASessionGoesOnAnywhere leaves a session in mid-card and goes on after a restart, in another chat.
func TestASessionGoesOnAnywhere(t *testing.T) {
	s := open(t)
	s.load(rivers(12))
	p := s.student("Ada", en)
	p.command("review", "new", "5")
	p.learn(2, "Good")
	p.answer(true)
	s.close()
	s.start()
	q := p.at("elsewhere")
	q.command("review")
	q.shows("Which river is number 2?", "[[Good · 10 min]]")
	q.press("Good")
	q.shows("Which river is number 3?")
	if len(p.log()) != 3 {
		t.Errorf("the log holds %d ratings, want three", len(p.log()))
	}
}

func TestUndoGoesBackStepByStep(t *testing.T) {
	s := open(t)
	s.load(rivers(3))
	p := s.student("Ada", en)
	p.command("review", "count", "3")
	p.answer(true)
	p.press("Good")
	first := p.cards()
	p.answer(true)
	p.press("Good")
	p.answer(true)
	p.press("Again")
	p.shows(say(phrase.StudyEnd), "3 reviews, 2 remembered (67%)")
	p.press("Undo")
	p.press("Undo")
	if got := p.cards(); len(got) != 3 || got[0] != first[0] || got[1].Memory.State != flashcard.New || got[2].Memory.State != flashcard.New {
		t.Errorf("after undo the cards are %+v, want %+v first", got, first)
	}
	p.shows("Which river is number 1?", say(phrase.StudyUndone))
	p.press("Hard")
	p.shows("Which river is number 2?")
	if log := p.log(); len(log) != 2 || log[1].Review.Rating != flashcard.Hard || log[1].Review.Reps != 0 {
		t.Errorf("the log is %+v", log)
	}
	p.press("Undo")
	p.press("Undo")
	if len(p.log()) != 1 { // the second undo was of a button that was gone
		t.Logf("the log is %+v", p.log())
	}
}

func TestTheDayHasItsLimits(t *testing.T) {
	s := open(t)
	s.load(rivers(30))
	p := s.student("Ada", en)
	p.command("cards", "new", "3")
	p.command("review")
	p.learn(3, "Easy")
	p.shows(say(phrase.StudyEnd))
	p.command("review")
	p.shows(say(phrase.StudyNothing))
	p.command("review", "new", "2")
	p.learn(2, "Easy")
	p.shows(say(phrase.StudyEnd), "2 reviews")
	s.clock.Advance(24 * time.Hour)
	p.command("cards", "reviews", "1")
	s.clock.Advance(20 * 24 * time.Hour)
	p.command("cards")
	p.shows("Due now: 5 cards", "New today: 3", "Rivers: 5 due, 5 of 30 learned")
	p.command("review", "new", "0")
	p.learn(1, "Good")
	p.shows(say(phrase.StudyEnd))
}

// TestTheSameSubjectWaitsADay has two facts about one lake.
func TestTheSameSubjectWaitsADay(t *testing.T) {
	s := open(t)
	s.app.Provide(t, "planets-and-elements")
	p := s.student("Ada", en)
	p.command("review", "new", "40")
	about := map[string]string{}
	v := s.pack(t, "planets-and-elements")
	for range 40 {
		p.answer(true)
		p.press("Easy")
	}
	for _, c := range p.cards() {
		fact := v.FactByID(c.Memory.Fact)
		for _, e := range fact.About {
			if other := about[e.ID]; other != "" {
				t.Errorf("%s and %s are both about %s, on one day", other, fact.ID, e.ID)
			}
			about[e.ID] = string(fact.ID)
		}
	}
	if len(about) < 20 {
		t.Errorf("only %d subjects were asked", len(about))
	}
}

// TestTheFormClimbs follows one card from its first question to a typed one.
func TestTheFormClimbs(t *testing.T) {
	s := open(t)
	s.load(rivers(1))
	p := s.student("Ada", en)
	forms := ""
	for range 5 {
		p.command("review")
		if p.post.Answerable {
			forms += "typed "
			p.write("River x")
			p.shows(say(phrase.StudyRight), "[[Good")
		} else {
			forms += "choice "
			p.answer(true)
		}
		p.press("Good")
		card := p.cards()[0]
		s.clock.Advance(max(time.Minute, card.Memory.Due.Sub(s.clock.Now())))
	}
	if !strings.HasPrefix(forms, "choice choice") || !strings.HasSuffix(forms, "typed ") {
		t.Errorf("the card was asked as %s", forms)
	}
}

func TestTypedAnswersPropose(t *testing.T) {
	s := open(t)
	s.load("pack: lakes\nversion: 1.0.0\nlanguages: [en]\ntitle: Lakes\ncards:\n  - {id: deep, ask: Which lake is the deepest?, answer: Lake Baikal}\n")
	p := s.student("Ada", en)
	for _, tc := range []struct {
		do   func()
		want string
	}{
		{func() { p.write("Lake Baikal") }, "[[Good"},
		{func() { p.write("Lake Bakal"); p.shows("one more try"); p.write("Lake Baikal") }, "[[Hard"},
		{func() { p.press("Hint"); p.write("Lake Baikal") }, "[[Hard"},
		{func() { p.write("Lake Superior") }, "[[Again"},
		{func() { p.press("Show answer"); p.shows(say(phrase.StudyShown)) }, "[Again"},
	} {
		p.command("review")
		tc.do()
		p.shows(tc.want, "Lake Baikal")
		p.press("Good")
		p.press("Undo")
		p.press("Again")
		s.clock.Advance(25 * time.Hour)
	}
}

func TestCardsArePutOffSuspendedAndTakenUp(t *testing.T) {
	s := open(t)
	s.load(rivers(3))
	p := s.student("Ada", en)
	p.command("review")
	p.press("Tomorrow")
	p.shows(say(phrase.StudyBuriedNow), "Which river is number 1?")
	p.press("Suspend")
	p.shows(say(phrase.StudySuspendedNow), "Which river is number 2?")
	p.learn(1, "Easy")
	p.shows(say(phrase.StudyEnd))
	s.clock.Advance(24 * time.Hour)
	p.command("review")
	p.shows("Which river is number 0?")
	p.learn(1, "Easy")
	p.command("cards")
	p.shows("Suspended: 1")
	p.press(say(phrase.ButtonTakeUp))
	p.shows("1 card is asked again")
	p.press("Review")
	p.shows("Which river is number 1?")
	if len(p.log()) != 2 {
		t.Errorf("the log is %+v", p.log())
	}
}

func TestALeechIsTold(t *testing.T) {
	s := open(t)
	s.load(rivers(1))
	p := s.student("Ada", en)
	for lapses := 0; lapses < flashcard.Leech; {
		p.command("review")
		if p.post.Kind != bot.QuestionPost {
			t.Fatalf("nothing is asked:\n%s", text(p.post))
		}
		p.press("Show answer")
		if c := p.cards(); len(c) > 0 && c[0].Memory.State == flashcard.Reviewing {
			lapses++
			p.press("Again")
		} else {
			p.press("Easy")
		}
		c := p.cards()[0]
		if lapses < flashcard.Leech {
			s.clock.Advance(max(time.Minute, c.Memory.Due.Sub(s.clock.Now())))
		}
	}
	p.shows("8 times", say(phrase.ButtonLeech))
	p.press(say(phrase.ButtonLeech))
	if !p.cards()[0].Memory.Suspended {
		t.Error("the leech is not suspended")
	}
}

func TestAReportIsFiled(t *testing.T) {
	s := open(t)
	s.load(rivers(3))
	p := s.student("Ada", en)
	p.command("review")
	shown := p.post
	p.press("Report")
	p.press(say("choice-reason-two-right"))
	p.shows(say(phrase.ReportThanks))
	rows, err := s.db.Reports(context.Background(), 0, 9)
	if err != nil || len(rows) != 1 || rows[0].Reason != "two-right" || rows[0].Item == "" || rows[0].Pack != "rivers" {
		t.Errorf("the reports are %+v, %v", rows, err)
	}
	p.post = shown
	p.answer(true)
	p.shows("Answer: ")
}

// TestAPackThatIsSwitchedOffInMidSession switches it off between answer and rating.
func TestAPackThatIsSwitchedOffInMidSession(t *testing.T) {
	s := open(t)
	s.load(rivers(3))
	p := s.student("Ada", en)
	p.command("review")
	p.answer(true)
	good := p.action("Good")
	p.command("cards")
	p.press("Settings")
	p.press("Rivers")
	p.shows("Rivers: off")
	p.send(good)
	p.shows(say(phrase.StudyPackOff), say(phrase.StudyEnd))
	if len(p.log()) != 0 {
		t.Errorf("it was rated: %+v", p.log())
	}
}

func TestAClockThatGoesBackLeavesTheLogInOrder(t *testing.T) {
	s := open(t)
	s.load(rivers(1))
	p := s.student("Ada", en)
	p.command("review")
	p.learn(1, "Good")
	s.clock.Advance(-48 * time.Hour)
	p.command("review")
	if p.post.Kind == bot.QuestionPost {
		p.learn(1, "Good")
	}
	s.clock.Advance(72 * time.Hour)
	p.command("review")
	p.learn(1, "Good")
	log := p.log()
	for i := 1; i < len(log); i++ {
		if log[i].Review.At.Before(log[i-1].Review.At) || log[i].Review.Day < log[i-1].Review.Day {
			t.Errorf("the log goes back: %+v", log)
		}
	}
	c := p.cards()[0].Memory
	if c.Due.Before(c.Reviewed) {
		t.Errorf("the card is due before it was reviewed: %+v", c)
	}
}
