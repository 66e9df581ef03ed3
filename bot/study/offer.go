package study

import (
	"context"
	"fmt"
	"slices"

	"summitquiz/bot"
	"summitquiz/bot/catalog"
)

// offered returns the packs that a member can study where they are: those that can be played there, and
// their own, which they have brought into private chats, wherever they are.
func (f *Feature) offered(ctx context.Context, r *bot.Request) ([]bot.PackRow, error) {
	out, err := f.packs.Playable(ctx, r.Space.ID)
	if err != nil {
		return nil, err
	}
	accounts, err := f.store.Accounts(ctx, r.Member.ID)
	if err != nil {
		return nil, fmt.Errorf("accounts of member %d: %w", r.Member.ID, err)
	}
	var seen []string
	for _, a := range accounts {
		if slices.Contains(seen, a.Platform) {
			continue
		}
		seen = append(seen, a.Platform)
		chat, err := f.store.PrivateChat(ctx, r.Member.ID, a.Platform)
		if bot.IsNone(err) || err == nil && chat.Space == r.Space.ID {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("private chat of member %d: %w", r.Member.ID, err)
		}
		rows, err := f.packs.Playable(ctx, chat.Space)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			if row.Space == chat.Space {
				out = append(out, row)
			}
		}
	}
	return out, nil
}

// find returns the pack that a member calls by a name: of those that can be played where they are, else
// of their own.
func (f *Feature) find(ctx context.Context, r *bot.Request, name string) (bot.PackRow, error) {
	row, err := f.packs.Find(ctx, r.Space.ID, name)
	if err == nil {
		return row, nil
	}
	rows, other := f.offered(ctx, r)
	if other != nil {
		return bot.PackRow{}, other
	}
	for _, own := range rows {
		if catalog.Called(own, name) {
			return own, nil
		}
	}
	return bot.PackRow{}, err
}
