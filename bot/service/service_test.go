package service_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/phrase"
	"summitquiz/bot/service"
	"summitquiz/bot/store/sqlite"
	"summitquiz/content/language"
)

// testKey signs buttons in tests.
var testKey = []byte("a key for tests, 32 bytes long..")

var began = time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)

// stage opens a service with all built-in packs on a database of its own.
func stage(t *testing.T, limits bot.Limits) *bottest.Plain {
	t.Helper()
	return stageOn(t, limits, func(s bot.Store) bot.Store { return s })
}

// stageOn is stage with something between service and database.
func stageOn(t *testing.T, limits bot.Limits, between func(bot.Store) bot.Store) *bottest.Plain {
	t.Helper()
	return openStage(t, limits, between, func(*bottest.App) {})
}

// stageWith is stage with something added to the service.
func stageWith(t *testing.T, limits bot.Limits, add func(*bottest.App)) *bottest.Plain {
	t.Helper()
	return openStage(t, limits, func(s bot.Store) bot.Store { return s }, add)
}

func openStage(t *testing.T, limits bot.Limits, between func(bot.Store) bot.Store, add func(*bottest.App)) *bottest.Plain {
	t.Helper()
	db, err := sqlite.Open(context.Background(), filepath.Join(t.TempDir(), "quiz.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	store := between(db)
	clock := bottest.NewClock(began)
	seed := uint64(0)
	open := func(*bottest.Plain) *bottest.App {
		a := bottest.New(t, service.Options{Store: store, Clock: clock, Key: testKey}, func() uint64 { seed++; return seed })
		add(a)
		a.ProvideAll(t)
		return a
	}
	return bottest.NewPlain(t, store, clock, limits, open)
}

var roomy = bot.Limits{Text: 4000, Buttons: 5, Rows: 5, Label: 80, Forms: true, Private: true, Files: true, Personal: true, Repeatable: true, ReadsChat: true}

// TestAWholeGame plays a game of two people to its end, in each language.
func TestAWholeGame(t *testing.T) {
	for _, lang := range language.Own() {
		t.Run(lang.String(), func(t *testing.T) {
			t.Parallel()
			s := stage(t, roomy)
			ada, ben := s.Enter(t, "Ada", lang, false), s.Enter(t, "Ben", lang, false)
			ada.Command("quiz", map[string]string{"pack": "gyeongju-summit-2025", "questions": "3", "kind": "choice", "language": lang.String()}, nil)
			bottest.Await(t, ben, "the start card", func(c bottest.Card) bool { return strings.Contains(c.Text, "Ada") && !c.Private })
			right, _ := bottest.Keys(t, s.Store())
			labels := language.Labels(lang, 4)
			for n := range 3 {
				s.Clock().Advance(5 * time.Second) // the lead-in, then the gap
				title := language.StripIsolates(phrase.Say(lang, phrase.QuestionOf, phrase.Count("number", n+1), phrase.Count("total", 3)))
				card := bottest.Await(t, ada, title, func(c bottest.Card) bool {
					return len(c.Options) > 0 && strings.Contains(c.Text, title)
				})
				bottest.Opened(t, s.Store(), n)
				if card.Private {
					t.Error("a question is private")
				}
				ada.Click(labels[right[n]])
				ben.Click(labels[(right[n]+1)%len(card.Options)])
				s.Clock().Advance(90 * time.Second) // a match has longer than a choice
				bottest.Await(t, ben, "the reveal", func(c bottest.Card) bool {
					return len(c.Options) == 0 && strings.Contains(c.Text, title) && strings.Contains(c.Text, "Ada") && strings.Contains(c.Text, labels[right[n]])
				})
			}
			bottest.Await(t, ben, "the board", bottest.Shows("1. Ada", "3"))
			page, err := s.Store().Board(context.Background(), bot.BoardQuery{Limit: 10})
			if err != nil || len(page.Rows) != 1 || page.Rows[0].Name != "Ada" || page.Rows[0].Points != 3 || page.Rows[0].Rank != 1 {
				t.Errorf("the board is %+v, %v", page, err)
			}
		})
	}
}

// TestTypedAnswersAreGraded plays typed questions: a slip asks back and costs nothing.
func TestTypedAnswersAreGraded(t *testing.T) {
	s := stage(t, roomy)
	ada := s.Alone(t, "Ada", language.English)
	ada.Command("quiz", map[string]string{"pack": "countries-of-the-world", "questions": "2", "kind": "typed"}, nil)
	bottest.Await(t, ada, "the first question", bottest.Shows("Question 1 of 2"))
	_, typed := bottest.Keys(t, s.Store())
	for n, answer := range typed {
		bottest.Await(t, ada, "the question", bottest.Shows(fmt.Sprintf("Question %d of 2", n+1), "Type your answer."))
		bottest.Opened(t, s.Store(), n)
		ada.Type(answer)
		bottest.Await(t, ada, "the reveal", bottest.Shows(fmt.Sprintf("Question %d of 2", n+1), "You were right."))
		s.Clock().Advance(5 * time.Second)
	}
	bottest.Await(t, ada, "the end", bottest.Shows("Final scores", "2 points"))
}

// TestARestartLosesNothing restarts the service in mid-question: the answer that was given counts
// once, the question gets its full time again, and nothing is posted twice.
func TestARestartLosesNothing(t *testing.T) {
	s := stage(t, roomy)
	ada, ben := s.Enter(t, "Ada", language.English, false), s.Enter(t, "Ben", language.English, false)
	ada.Command("quiz", map[string]string{"questions": "2", "kind": "choice"}, nil)
	bottest.Await(t, ada, "the start card", bottest.Shows("Ada starts a quiz of 2 questions"))
	right, _ := bottest.Keys(t, s.Store())
	s.Clock().Advance(5 * time.Second)
	bottest.Await(t, ada, "the question", bottest.Shows("Question 1 of 2"))
	bottest.Opened(t, s.Store(), 0)
	ada.Click("ABCD"[right[0] : right[0]+1])
	bottest.Restarted(t, s)
	ada.Repeat()
	ben.Click("ABCD"[right[0] : right[0]+1])
	s.Clock().Advance(19 * time.Second)
	s.Clock().Advance(30 * time.Second) // with the time for reading a long question
	bottest.Await(t, ben, "the reveal", bottest.Shows("Question 1 of 2", "Right: Ada and Ben"))
	answers, err := s.Store().Answers(context.Background(), 1)
	if err != nil || len(answers) != 2 {
		t.Errorf("%d answers are kept, %v", len(answers), err)
	}
	for slot, times := range s.Sent {
		if times > 1 {
			t.Errorf("%s was posted %d times", slot, times)
		}
	}
}

// TestSuite plays everything on a platform without a wire.
func TestSuite(t *testing.T) {
	bottest.Suite(t, func(t *testing.T) bottest.Stage { return stage(t, roomy) })
}
