package library

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"

	"summitquiz/bot"
	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/grade"
	"summitquiz/quiz/rating"
)

// foldName names the projection of item statistics; another number means another way of counting.
const foldName = "items-1"

// itemFold is the fold over the answer log of one pack.
type itemFold struct {
	Fold  rating.Fold               `json:"fold"`
	Draws map[quiz.ItemID]drawnOnce `json:"draws"`
}

// drawnOnce is enough to show an item: the version and seed of one of its draws.
type drawnOnce struct {
	Hash string `json:"hash"`
	Seed uint64 `json:"seed"`
}

// itemFolds lets one reader of a pack fold at a time; readers of other packs do not wait.
type itemFolds struct {
	mu    sync.Mutex
	locks map[content.PackID]*sync.Mutex
}

func newItemFolds() *itemFolds { return &itemFolds{locks: map[content.PackID]*sync.Mutex{}} }

func (f *itemFolds) lock(pack content.PackID) (unlock func()) {
	f.mu.Lock()
	l := f.locks[pack]
	if l == nil {
		l = &sync.Mutex{}
		f.locks[pack] = l
	}
	f.mu.Unlock()
	l.Lock()
	return l.Unlock
}

// ItemStats is how one item does.
type ItemStats struct {
	ID   quiz.ItemID
	Stat rating.Item
	Hash string // version and seed of a draw, to show it
	Seed uint64
}

// Items returns how the items of a pack do, the hardest first. The fold is kept in the store and
// goes on from there.
func (l *Library) Items(ctx context.Context, pack content.PackID) ([]ItemStats, error) {
	defer l.items.lock(pack)()
	kept, err := l.store.Projection(ctx, foldName, pack)
	if err != nil && !bot.IsNone(err) {
		return nil, fmt.Errorf("item statistics of %s: %w", pack, err)
	}
	f := itemFold{Draws: map[quiz.ItemID]drawnOnce{}}
	if err == nil {
		if err := json.Unmarshal(kept.Data, &f); err != nil {
			return nil, fmt.Errorf("item statistics of %s: %w", pack, err)
		}
	}
	before := f.Fold.Last()
	if err := l.continueFold(ctx, pack, &f); err != nil {
		return nil, err
	}
	if f.Fold.Last() > before {
		if kept.Data, err = json.Marshal(&f); err != nil {
			return nil, fmt.Errorf("item statistics of %s: %w", pack, err)
		}
		kept.Name, kept.Pack, kept.Upto = foldName, pack, f.Fold.Last()
		// Another process may have been faster, or answers changed meanwhile: the next call sees that.
		if err := l.store.SaveProjection(ctx, kept); err != nil && !errors.Is(err, bot.ErrConflict) {
			return nil, fmt.Errorf("save item statistics of %s: %w", pack, err)
		}
	}
	return f.stats(), nil
}

// continueFold adds the answers that came since.
func (l *Library) continueFold(ctx context.Context, pack content.PackID, f *itemFold) error {
	err := l.store.Log(ctx, pack, f.Fold.Last(), func(a bot.Answer) bool {
		f.Fold.Add(rating.Answer{ID: a.ID, Member: rating.Member(a.Member), Item: a.Item, Prior: a.Prior, Options: a.Options,
			Picked: l.picked(ctx, &a), Right: a.Mark == grade.Right, Retried: a.Try > 0, Counts: a.Final, Void: a.Void})
		if _, known := f.Draws[a.Item]; !known {
			f.Draws[a.Item] = drawnOnce{a.Hash, a.Seed}
		}
		return ctx.Err() == nil
	})
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return fmt.Errorf("answer log of %s: %w", pack, err)
	}
	return nil
}

// stats lists the items, the hardest first.
func (f *itemFold) stats() []ItemStats {
	var out []ItemStats
	for id, draw := range f.Draws {
		if stat, ok := f.Fold.Item(id); ok {
			out = append(out, ItemStats{id, stat, draw.Hash, draw.Seed})
		}
	}
	slices.SortFunc(out, func(a, b ItemStats) int {
		return cmp.Or(cmp.Compare(b.Stat.Difficulty, a.Stat.Difficulty), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// picked names the option of an answer by what it says in the pack's first language, which is
// the same in every draw; "" where it was typed or cannot be drawn any more.
func (l *Library) picked(ctx context.Context, a *bot.Answer) string {
	if a.Option < 0 {
		return ""
	}
	v, err := l.packs.Version(ctx, a.Pack, a.Hash)
	if err != nil {
		return ""
	}
	it, err := v.Generator.Draw(a.Item, a.Seed)
	if err != nil || a.Option >= len(it.Options) {
		return ""
	}
	first := v.Pack.Languages.Codes()[0]
	return language.StripIsolates(v.Generator.Render(it, first, language.Style{}).Options[a.Option])
}
