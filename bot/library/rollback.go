package library

import (
	"context"
	"fmt"
	"hash/fnv"

	"summitquiz/bot"
	"summitquiz/bot/catalog"
	"summitquiz/bot/phrase"
)

// rollbackButtons is how many versions have a button under /pack versions.
const rollbackButtons = 5

// number stands for a pack or a version in an action: a hash, found again among those in sight.
func number(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s))
	return h.Sum64() >> 24 // 40 bits: 8 characters
}

// pressRollback is the button of a version under /pack versions.
func (f *Feature) pressRollback(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	packs, err := f.packs.Visible(ctx, r.Space.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	for _, pack := range packs {
		if number(string(pack.Pack)) != r.Arg(0) {
			continue
		}
		rows, err := f.lib.Versions(ctx, pack.Pack)
		if err != nil {
			return bot.Reply{}, err
		}
		for _, row := range rows {
			if number(row.Hash) == r.Arg(1) {
				reply, err := f.rollBackTo(r, row)
				reply.Update = true
				return reply, err
			}
		}
	}
	return bot.Reply{}, bot.Refuse(phrase.ButtonOver)
}

// suggestVersions suggests the versions to which the person may go back: the label of a pack's
// version is enough, so those of the packs that they may change are offered with its name; only those
// of the pack that was typed, if one was.
func (f *Feature) suggestVersions(ctx context.Context, r *bot.Request) ([]bot.Suggestion, error) {
	packs, err := f.packs.Visible(ctx, r.Space.ID)
	if err != nil {
		return nil, err
	}
	if name := r.Options["pack"]; name != "" {
		if row, err := f.packs.Find(ctx, r.Space.ID, name); err == nil {
			packs = []bot.PackRow{row}
		}
	}
	var out []bot.Suggestion
	for _, pack := range packs {
		if MayChange(r.Actor(), pack) != nil {
			continue
		}
		rows, err := f.lib.Versions(ctx, pack.Pack)
		if err != nil {
			return nil, fmt.Errorf("suggest versions: %w", err)
		}
		for _, row := range rows {
			if !row.Active {
				out = append(out, bot.Suggestion{Label: catalog.Name(row.Pack) + " " + catalog.Label(row), Value: catalog.Label(row)})
			}
		}
	}
	return out, nil
}
