package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"summitquiz/content"
	"summitquiz/quiz"
	"summitquiz/quiz/flashcard"
)

// Card is a card of a member as it is kept: one for each member and fact.
type Card struct {
	ID     int64 // given by the store, ascending
	Member MemberID
	Memory flashcard.Card

	Value   uint64 // digest of what the pack said of the fact when the card was last compared with it
	Version uint64 // digest of the hash of that version of the pack
	Changed bool   // the pack says something else since the member was last asked
	Retired bool   // the pack has no such fact any more: not asked until it comes back
}

// Pack is the pack of the card's fact.
func (c *Card) Pack() content.PackID { return PackOf(c.Memory.Fact) }

// PackOf is the pack of a fact.
func PackOf(f content.FactID) content.PackID {
	pack, _, _ := strings.Cut(string(f), "/")
	return content.PackID(pack)
}

// CardReview is one rating in the review log, with all that is needed to undo it, to replay the
// log under other settings, and to take it to other programs.
type CardReview struct {
	ID        int64 // given by the store, ascending
	Card      int64 // Card.ID; 0 in a Change: the card of Member and Before.Fact
	Member    MemberID
	Review    flashcard.Review // Reps is its number in the card's log, from 0
	Algorithm string           // version of the parameters by which it was scheduled
	Item      quiz.ItemID      // what was asked; "" if not known
	Proposed  flashcard.Rating // what the answer spoke for; 0: nothing was answered
	Answer    int64            // of the answer log, for ratings that games and dailies gave; else 0
	Before    flashcard.Card   // the memory that it changed
	Due       time.Time        // when the card fell due by it
	Interval  int              // days until then; 0: a step of less than a day
}

// Learner is how one member studies. Every change to somebody's cards carries their Learner: its
// Version is the fence that lets one rating at a time through.
type Learner struct {
	Member   MemberID
	Version  int // counts changes from 1; 0: there is nothing yet
	Settings StudySettings
	Feed     Consent
	Fed      int64           // the last answer of the answer log that memory has taken in
	Session  json.RawMessage // the study session in hand; empty: none; opaque to the store
}

// Consent says whether answers in games and dailies feed a member's memory.
type Consent uint8

// The consents.
const (
	NotAsked Consent = iota
	AskedOnce
	Agreed
	Declined
)

// StudySettings are what a member set for studying. They are stored as JSON under these names.
type StudySettings struct {
	New       int              `json:"new"`       // facts met for the first time, a day
	Reviews   int              `json:"reviews"`   // reviews a day
	Retention float64          `json:"retention"` // desired, 0.70 to 0.97
	Steps     []time.Duration  `json:"steps,omitempty"`
	Off       []content.PackID `json:"off,omitempty"`  // packs that take no part
	Two       bool             `json:"two,omitempty"`  // two rating buttons, not four
	Remind    int              `json:"remind"`         // minute of the member's day; negative: never
	Chat      ChatID           `json:"chat,omitempty"` // where the reminder goes
	Zone      string           `json:"zone,omitempty"` // in which it was set

	Dated string         `json:"dated,omitempty"` // the basis by which the cards are dated; "": the default one
	Upto  content.FactID `json:"upto,omitempty"`  // the last card that was, while they are dated anew
}

// DefaultStudySettings are those of a member who has changed nothing.
func DefaultStudySettings() StudySettings {
	return StudySettings{New: 10, Reviews: 100, Retention: flashcard.DefaultSettings().Retention, Remind: -1}
}

// Basis is what dates of cards follow from besides their logs: parameters and desired retention.
func (s *StudySettings) Basis() string {
	return fmt.Sprintf("%s %.4f", flashcard.DefaultParameters().Version, s.Retention)
}

// Scheduler returns the scheduler of the settings.
func (s *StudySettings) Scheduler() (*flashcard.Scheduler, error) {
	f := flashcard.DefaultSettings()
	f.Retention = s.Retention
	if len(s.Steps) > 0 {
		f.Steps = s.Steps
	}
	return flashcard.NewScheduler(f)
}

// Flashcards keeps what members remember.
type Flashcards interface {
	// Learner returns how a member studies; with the default settings and Version 0 where there is
	// nothing yet.
	Learner(ctx context.Context, m MemberID) (Learner, error)
	// Card returns the card of a fact; ErrNone if there is none.
	Card(ctx context.Context, m MemberID, fact content.FactID) (Card, error)
	// Cards returns the cards of a member in order of their facts, of one pack or ("") of all.
	Cards(ctx context.Context, m MemberID, pack content.PackID) ([]Card, error)
	// DueCards returns the cards of a member that are due at a moment on a day of theirs, those that
	// have been due longest first, without those never reviewed, at most limit.
	DueCards(ctx context.Context, m MemberID, now time.Time, today quiz.Day, limit int) ([]Card, error)
	// NewCards returns the cards of a member that were never reviewed, in order of id, at most limit.
	NewCards(ctx context.Context, m MemberID, limit int) ([]Card, error)
	// CardReviews returns the reviews of a member after an id, in order of id, at most limit.
	CardReviews(ctx context.Context, m MemberID, after int64, limit int) ([]CardReview, error)
	// ReviewsOn returns the reviews of a member on a day of theirs, in order of id.
	ReviewsOn(ctx context.Context, m MemberID, day quiz.Day) ([]CardReview, error)
	// ReviewsOf returns the reviews of one card, in order of id.
	ReviewsOf(ctx context.Context, card int64) ([]CardReview, error)
	// FinalAnswers returns the answers of a member that count, after an id of the answer log, in order
	// of id, at most limit.
	FinalAnswers(ctx context.Context, m MemberID, after int64, limit int) ([]Answer, error)
	// LastAnswer returns the largest id in the answer log; 0 if it is empty.
	LastAnswer(ctx context.Context) (int64, error)
}
