// Package rating tells how difficult items are and how much members know: one fold over the
// answer log, in the order of its ids.
//
// It promises that the same log gives the same numbers, bit for bit, on every machine, and that
// it makes no difference whether the log is folded at once or as it grows. A member whose rows
// were given another number is the same member by another name, and rows that are gone are not
// counted. What changes in old rows (a question that became void, an appeal that was granted)
// is seen by folding the log anew. It refuses to choose items: the numbers
// are for display.
//
// The formulas are those of Elo with a floor for guessing: R. Pelánek, Applications of the Elo
// rating system in adaptive educational systems, Computers & Education 98 (2016).
package rating

import (
	"encoding/json"
	"fmt"
	"maps"

	"summitquiz/quiz"
)

// Member is the number that stands for a person in the answer log.
type Member int64

// Answer is one row of the answer log.
type Answer struct {
	ID      int64 // ascending
	Member  Member
	Item    quiz.ItemID
	Prior   int    // of the item as drawn: thousandths of a logit
	Options int    // how many there were; 0: typed
	Picked  string // the chosen option by a name that is the same in every draw; "": typed, or not known
	Right   bool
	Retried bool // the member's second try, after a close one
	Counts  bool // right, wrong, or the second try; a first close try does not count
	Void    bool // of a question that scores for nobody
}

// Item is what the log says of an item.
type Item struct {
	Answers    int            // counted ones
	Right      int            // of these, second tries included
	Picks      map[string]int // by Answer.Picked, the key included; nil when nothing was picked
	Difficulty float64        // in logits: 0 is a coin's toss for a member of skill 0 who does not guess

	moves int // of Difficulty
}

// Percent returns how many of a hundred answers were right, half up; 0 without answers.
func (i *Item) Percent() int {
	if i.Answers == 0 {
		return 0
	}
	return (200*i.Right + i.Answers) / (2 * i.Answers)
}

// Skill is what the log says of a member.
type Skill struct {
	Answers int // counted ones
	Right   int
	Skill   float64 // in logits; 0 before the first answer
}

// Shown returns a difficulty or a skill in logits as people know ratings: 1500 in the middle,
// 400 points for odds of ten to one.
func Shown(logits float64) int { return int(round(1500 + float64(perLogit*logits))) }

// perLogit is 400/ln 10.
const perLogit = 173.71779276130073

// Fold is the fold so far. The zero Fold has seen nothing.
type Fold struct {
	last    int64
	items   map[quiz.ItemID]*Item
	members map[Member]*Skill
}

// newcomer is how many answers a member gives before they move the difficulty of items: until
// then nobody knows how much the member's answer says.
const newcomer = 5

// Add counts the next row of the log. It returns false, and counts nothing, when the row is not
// newer than the last: folding a part of the log twice does no harm.
func (f *Fold) Add(a Answer) bool {
	if a.ID <= f.last {
		return false
	}
	f.last = a.ID
	if !a.Counts || a.Void {
		return true
	}
	if f.items == nil {
		f.items, f.members = map[quiz.ItemID]*Item{}, map[Member]*Skill{}
	}
	item := f.items[a.Item]
	if item == nil {
		item = &Item{Difficulty: float64(a.Prior) / 1000}
		f.items[a.Item] = item
	}
	member := f.members[a.Member]
	if member == nil {
		member = &Skill{}
		f.members[a.Member] = member
	}
	score := 0.0
	switch {
	case a.Right && a.Retried:
		score = 0.5
	case a.Right:
		score = 1
	}
	surprise := score - expected(member.Skill-item.Difficulty, a.Options)
	// Explicit conversions keep machines from fusing the product with the sum, which rounds
	// differently.
	if member.Answers >= newcomer {
		item.Difficulty -= float64(step(item.moves) * surprise)
		item.moves++
	}
	member.Skill += float64(step(member.Answers) * surprise)
	item.Answers++
	member.Answers++
	if a.Right {
		item.Right++
		member.Right++
	}
	if a.Picked != "" {
		if item.Picks == nil {
			item.Picks = map[string]int{}
		}
		item.Picks[a.Picked]++
	}
	return true
}

// Last returns the id of the last row that was added.
func (f *Fold) Last() int64 { return f.last }

// Item returns what the log says of an item; false if nobody has answered it.
func (f *Fold) Item(id quiz.ItemID) (Item, bool) {
	i := f.items[id]
	if i == nil {
		return Item{}, false
	}
	item := *i
	item.Picks = maps.Clone(i.Picks)
	return item, true
}

// Member returns what the log says of a member; false if they have not answered.
func (f *Fold) Member(m Member) (Skill, bool) {
	if s := f.members[m]; s != nil {
		return *s, true
	}
	return Skill{}, false
}

// step is how far the answer after n others moves a rating: less and less, but never nothing,
// so that a skill can grow.
func step(n int) float64 { return max(0.05, 1/(1+float64(0.05*float64(n)))) }

// expected is the chance that a member who is lead logits above an item answers it right: some
// know, and of the others one in as many as there are options guesses.
func expected(lead float64, options int) float64 {
	knows := 1 / (1 + exp(-lead))
	if options == 0 {
		return knows
	}
	guess := 1 / float64(options)
	return guess + float64((1-guess)*knows)
}

// foldJSON is a Fold as it is stored: numbers come back bit for bit.
type foldJSON struct {
	Last    int64                     `json:"last"`
	Items   map[quiz.ItemID]*itemJSON `json:"items,omitempty"`
	Members map[Member]*Skill         `json:"members,omitempty"`
}

type itemJSON struct {
	*Item
	Moves int `json:"moves,omitempty"`
}

// MarshalJSON writes the fold, so that it can go on elsewhere.
func (f *Fold) MarshalJSON() ([]byte, error) {
	out := foldJSON{Last: f.last, Members: f.members, Items: make(map[quiz.ItemID]*itemJSON, len(f.items))}
	for id, item := range f.items {
		out.Items[id] = &itemJSON{item, item.moves}
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (f *Fold) UnmarshalJSON(data []byte) error {
	var in foldJSON
	if err := json.Unmarshal(data, &in); err != nil {
		return fmt.Errorf("read a fold: %w", err)
	}
	*f = Fold{last: in.Last, items: map[quiz.ItemID]*Item{}, members: in.Members}
	for id, item := range in.Items {
		if item.Item == nil {
			return fmt.Errorf("read a fold: item %s is empty", id)
		}
		item.Item.moves = item.Moves
		f.items[id] = item.Item
	}
	if f.members == nil {
		f.members = map[Member]*Skill{}
	}
	return nil
}
