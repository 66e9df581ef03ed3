package flashcard

import (
	"errors"
	"fmt"
)

// Rating is how well a card was remembered. The zero Rating is none.
type Rating uint8

// The four ratings. Hard is a pass: what was wrong is Again.
const (
	Again Rating = iota + 1
	Hard
	Good
	Easy
)

// Ratings are the four ratings in their order.
var Ratings = [4]Rating{Again, Hard, Good, Easy}

// ErrRating refuses a rating other than the four.
var ErrRating = errors.New("not a rating: use again, hard, good or easy")

var ratingNames = [...]string{"", "again", "hard", "good", "easy"}

// Valid reports whether r is one of the four ratings.
func (r Rating) Valid() bool { return r >= Again && r <= Easy }

// String returns "again", "hard", "good" or "easy".
func (r Rating) String() string {
	if !r.Valid() {
		return fmt.Sprintf("Rating(%d)", uint8(r))
	}
	return ratingNames[r]
}

// MarshalText writes the name of the rating.
func (r Rating) MarshalText() ([]byte, error) {
	if !r.Valid() {
		return nil, ErrRating
	}
	return []byte(ratingNames[r]), nil
}

// UnmarshalText reads the name of a rating.
func (r *Rating) UnmarshalText(text []byte) error {
	for _, k := range Ratings {
		if ratingNames[k] == string(text) {
			*r = k
			return nil
		}
	}
	return fmt.Errorf("%q is %w", text, ErrRating)
}

// Proposed returns the rating that an answer speaks for. retried says that the right answer
// came after a close one. It never proposes Easy: how easy it was only the learner knows.
func Proposed(right, retried, hinted bool) Rating {
	switch {
	case !right:
		return Again
	case retried || hinted:
		return Hard
	}
	return Good
}
