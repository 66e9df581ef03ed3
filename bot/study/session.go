package study

import (
	"encoding/json"
	"time"

	"summitquiz/bot"
	"summitquiz/content"
	"summitquiz/quiz"
	"summitquiz/quiz/flashcard"
	"summitquiz/quiz/grade"
)

// session is a study session as it is kept with its learner, so that it goes on anywhere. There is one
// for each member; it stays when it is over, since its turn must never come again.
type session struct {
	Turn  uint64           `json:"turn"` // counts what was shown: buttons of an earlier turn are refused
	Chat  bot.ChatID       `json:"chat,omitempty"`
	Pack  content.PackID   `json:"pack,omitempty"`  // of this pack alone
	Count int              `json:"count,omitempty"` // reviews at most; 0: as the day allows
	New   *int             `json:"new,omitempty"`   // new ones at most; nil: as the day allows
	Day   quiz.Day         `json:"day"`             // on which it began
	First int64            `json:"first"`           // the last review before it began
	Top   []content.FactID `json:"top,omitempty"`   // asked first, due or not
	Left  int              `json:"left"`            // cards that are left with the one that is shown
	Card  *shown           `json:"card,omitempty"`  // nil: over
	Leech content.FactID   `json:"leech,omitempty"` // was just found to be one
}

// shown is the card that is asked.
type shown struct {
	Fact    content.FactID   `json:"fact"`
	Hash    string           `json:"hash"` // of the pack's version
	Item    quiz.ItemID      `json:"item"`
	Seed    uint64           `json:"seed"`
	Reps    int              `json:"reps"`
	New     bool             `json:"new,omitempty"`
	Changed bool             `json:"changed,omitempty"`
	At      time.Time        `json:"at"`
	Hinted  bool             `json:"hinted,omitempty"`
	Close   bool             `json:"close,omitempty"` // the first try was close
	Reason  grade.Reason     `json:"reason,omitempty"`
	Open    bool             `json:"open"`             // not answered yet
	Option  int              `json:"option,omitempty"` // that was chosen, from 1
	Mark    grade.Mark       `json:"mark,omitempty"`
	Rating  flashcard.Rating `json:"rating,omitempty"` // proposed; 0: the answer was only looked at
	Took    time.Duration    `json:"took,omitempty"`
}

func readSession(data json.RawMessage) (s session, err error) {
	if len(data) > 0 {
		err = json.Unmarshal(data, &s)
	}
	return s, err
}
