package account

import (
	"context"
	"errors"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
)

// ownerFor is how long a link to ownership can be used.
const ownerFor = time.Hour

// OwnerAction returns a signed action that makes the first person who presses it an owner, within
// an hour of now. nonce is a number that nobody can foresee.
func OwnerAction(key []byte, nonce uint64, now time.Time) string {
	return bot.NewSigner(key).Sign(bot.Anybody, bot.Payload{Action: "owner", Args: []uint64{nonce, uint64(now.Add(ownerFor).Unix())}})
}

// pressOwner makes a person an owner. The link is claimed as if it were an input of its own, so
// that it serves once, however often, wherever and by whom it is pressed, owners included.
func (f *Feature) pressOwner(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	already := r.Role == bot.PackOwner
	if r.Now.Unix() > int64(min(r.Arg(1), 1<<40)) {
		return bot.Reply{}, bot.Refuse(phrase.OwnerLinkOver)
	}
	if !already {
		m := r.Member
		m.Owner = true
		r.Change.Member = &m
		r.Audit(0, "owner", "")
	}
	r.Change.Input = bot.InputID(bot.Anybody + ":" + r.Input.Press.Action)
	err := bot.Write(ctx, f.host, r.Change)
	if errors.Is(err, bot.ErrRepeated) && !already {
		r.Reset()
		return bot.Reply{}, bot.Refuse(phrase.OwnerLinkOver)
	}
	if err != nil && !errors.Is(err, bot.ErrRepeated) {
		return bot.Reply{}, err
	}
	r.Saved = true
	return r.Reply(phrase.OwnerNow), nil
}

// ownersLine lists those who became owners by a link, for owners to read.
func (f *Feature) ownersLine(ctx context.Context, r *bot.Request) (bot.Line, error) {
	owners, err := f.store.Owners(ctx)
	if err != nil {
		return bot.Line{}, err
	}
	if len(owners) == 0 {
		return bot.Line{Text: r.Say(phrase.SettingsNoOwners), Style: bot.Quiet}, nil
	}
	names := make([]string, len(owners))
	for i, m := range owners {
		names[i] = m.Name
	}
	return bot.Line{Text: r.Say(phrase.SettingsOwners, phrase.List("names", names...)), Style: bot.Quiet}, nil
}
