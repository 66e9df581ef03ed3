package bot

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"summitquiz/bot/phrase"
	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/grade"
	"summitquiz/quiz/rating"
)

// ratings keeps the fold over the answer log of each pack that somebody has asked about. It
// grows with the log, and starts anew when old rows changed.
type ratings struct {
	mu    sync.Mutex
	folds map[content.PackID]*folded
}

type folded struct {
	fold  rating.Fold
	items map[quiz.ItemID]drawnOnce // one draw of each item that was answered
}

// drawnOnce is enough to show an item: the version and seed of one of its draws.
type drawnOnce struct {
	hash string
	seed uint64
}

func newRatings() *ratings { return &ratings{folds: map[content.PackID]*folded{}} }

// learn starts anew when a question became void: its rows do not count any more.
func (r *ratings) learn(c *Change) {
	if len(c.Void) == 0 {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.folds = map[content.PackID]*folded{}
}

// itemStats is how one item does.
type itemStats struct {
	id   quiz.ItemID
	stat rating.Item
	draw drawnOnce
}

// items returns how the items of a pack do, the hardest first.
func (h *Hall) items(ctx context.Context, pack content.PackID) ([]itemStats, error) {
	h.stats.mu.Lock()
	defer h.stats.mu.Unlock()
	f := h.stats.folds[pack]
	if f == nil {
		f = &folded{items: map[quiz.ItemID]drawnOnce{}}
		h.stats.folds[pack] = f
	}
	err := h.store.Log(ctx, pack, f.fold.Last(), func(a Answer) bool {
		f.fold.Add(rating.Answer{ID: a.ID, Member: rating.Member(a.Member), Item: a.Item, Prior: a.Prior, Options: a.Options,
			Picked: h.picked(ctx, &a), Right: a.Mark == grade.Right, Retried: a.Try > 0, Counts: a.Final, Void: a.Void})
		if _, known := f.items[a.Item]; !known {
			f.items[a.Item] = drawnOnce{a.Hash, a.Seed}
		}
		return ctx.Err() == nil
	})
	if err != nil {
		return nil, fmt.Errorf("answer log of %s: %w", pack, err)
	}
	var out []itemStats
	for _, id := range slices.Sorted(maps.Keys(f.items)) {
		if stat, ok := f.fold.Item(id); ok {
			out = append(out, itemStats{id, stat, f.items[id]})
		}
	}
	slices.SortStableFunc(out, func(a, b itemStats) int { return cmp.Compare(b.stat.Difficulty, a.stat.Difficulty) })
	return out, nil
}

// picked names the option of an answer by what it says in the pack's first language, which is
// the same in every draw; "" where it was typed or cannot be drawn any more.
func (h *Hall) picked(ctx context.Context, a *Answer) string {
	if a.Option < 0 {
		return ""
	}
	v, err := h.shelf.version(ctx, a.Pack, a.Hash)
	if err != nil {
		return ""
	}
	it, err := v.Maker.Draw(a.Item, a.Seed)
	if err != nil || a.Option >= len(it.Options) {
		return ""
	}
	return language.StripIsolates(v.Maker.Render(it, v.Pack.Languages.Codes()[0], language.Style{}).Options[a.Option])
}

// itemRows is how many items /pack items lists.
const itemRows = 10

// packItems is /pack items: the hardest questions, with what people choose instead.
func (v *visit) packItems(ctx context.Context) (Reply, error) {
	pack, err := v.packNamed(ctx)
	if err != nil {
		return Reply{}, err
	}
	items, err := v.h.items(ctx, pack.Pack)
	if err != nil {
		return Reply{}, err
	}
	say := v.voice.Say
	p := Post{Kind: CardPost, Lang: v.voice.Lang, Title: say(phrase.ItemsTitle, phrase.Name("pack", packName(pack.Pack)))}
	if len(items) == 0 {
		p.Body = []Line{line(say(phrase.ItemsEmpty))}
		return Reply{Posts: []Post{p}}, nil
	}
	p.Body = append(p.Body, Line{Text: say(phrase.ItemsOrder), Style: Quiet})
	for _, it := range items[:min(len(items), itemRows)] {
		p.Body = append(p.Body, Line{Text: v.stemOf(ctx, pack.Pack, it), Style: Strong},
			Line{Text: say(phrase.ItemsRow, phrase.Count("right", it.stat.Right), phrase.Count("asked", it.stat.Answers),
				phrase.Count("percent", it.stat.Percent()), phrase.Count("rating", rating.Shown(it.stat.Difficulty))), Style: Item})
		for _, name := range byPicks(it.stat.Picks) {
			p.Body = append(p.Body, Line{Text: say(phrase.ItemsPick, phrase.Text("option", name), phrase.Count("times", it.stat.Picks[name])), Style: Item})
		}
	}
	return Reply{Posts: []Post{p}}, nil
}

// stemOf is the question of an item, in the person's language where the pack has it.
func (v *visit) stemOf(ctx context.Context, pack content.PackID, it itemStats) string {
	version, err := v.h.shelf.version(ctx, pack, it.draw.hash)
	if err != nil {
		return string(it.id)
	}
	drawn, err := version.Maker.Draw(it.id, it.draw.seed)
	if err != nil {
		return string(it.id)
	}
	return version.Maker.Stem(drawn, written(version.Pack, v.voice.Lang), v.voice.Style)
}

// byPicks returns the options by how often they were chosen.
func byPicks(picks map[string]int) []string {
	names := slices.Sorted(maps.Keys(picks))
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(picks[b], picks[a]) })
	return names
}
