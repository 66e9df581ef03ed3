package bot

import (
	"context"
	"errors"
	"time"

	"summitquiz/bot/phrase"
)

// ownerFor is how long a link to ownership can be used.
const ownerFor = time.Hour

// ownership is what the action of such a link is signed with: it is made before anybody knows
// who will use it.
const ownership = "owner"

// OwnerAction returns an action that makes the first person who presses it an owner, within an
// hour of now. nonce is a number that nobody can foresee.
func OwnerAction(key []byte, nonce uint64, now time.Time) string {
	return NewSigner(key).Sign(ownership, Action{"owner", []uint64{nonce, uint64(now.Add(ownerFor).Unix())}})
}

// pressOwner makes a person an owner. The link is claimed as if it were an input of its own, so
// that it serves once, however often and wherever it is pressed.
func pressOwner(ctx context.Context, v *visit, a Action, _ map[string]string) (Reply, error) {
	if v.role == PackOwner {
		return v.say(phrase.OwnerNow), nil
	}
	if v.now.Unix() > int64(min(a.Arg(1), 1<<40)) {
		return Reply{}, notice(phrase.OwnerLinkOver)
	}
	m := v.member
	m.Owner = true
	v.change.Member = &m
	v.audit(0, "owner", "")
	v.change.Input = InputID(ownership + ":" + v.in.Press.Action)
	err := v.save(ctx)
	if errors.Is(err, ErrRepeated) {
		return Reply{}, notice(phrase.OwnerLinkOver)
	}
	if err != nil {
		return Reply{}, err
	}
	return v.say(phrase.OwnerNow), nil
}
