package daily

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"summitquiz/bot"
	"summitquiz/bot/catalog"
	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/daily"
)

// day is the set of one date as it was first drawn, in all languages of its pack. It is stored, so
// that it stays as it is whatever changes in the generator.
type day struct {
	Items []quiz.Outline         `json:"items"`
	Views map[string][]quiz.View `json:"views"` // by IETF tag; Arabic in both kinds of digits
}

// indicTag is the key of Arabic views in Arabic-Indic digits.
const indicTag = "ar-indic"

// views returns the questions as somebody reads them; c is the language that they are in.
func (d *day) views(want language.Code, st language.Style, other language.Code) (v []quiz.View, c language.Code) {
	c = want
	if d.Views[c.String()] == nil {
		c = other
	}
	if v = d.Views[indicTag]; c == language.Arabic && st.Digits == language.ArabicIndic && v != nil {
		return v, c
	}
	return d.Views[c.String()], c
}

// dayKey names a set.
type dayKey struct {
	pack      content.PackID
	hash      string
	date      quiz.Day
	questions int
}

// days reads sets, and draws those that nobody has drawn yet.
type days struct {
	host  bot.Host
	store Store
	packs *catalog.Catalog

	mu   sync.Mutex
	sets map[dayKey]*day
}

// setLimit is how many sets are held in memory. Past it, all are dropped and read anew.
const setLimit = 256

func newDays(h bot.Host, s Store, packs *catalog.Catalog) *days {
	return &days{host: h, store: s, packs: packs, sets: map[dayKey]*day{}}
}

// get returns a set as it is stored, and stores it first where nobody has.
func (x *days) get(ctx context.Context, k dayKey) (*day, error) {
	x.mu.Lock()
	d := x.sets[k]
	x.mu.Unlock()
	if d != nil {
		return d, nil
	}
	for range 2 {
		row, err := x.store.DailySet(ctx, k.pack, k.hash, k.date, k.questions)
		if err == nil {
			return x.keep(k, row.Data)
		}
		if !bot.IsNone(err) {
			return nil, fmt.Errorf("set of %s of %s: %w", k.date, k.pack, err)
		}
		data, err := x.draw(ctx, k)
		if err != nil {
			return nil, err
		}
		row.Data = data
		if err := bot.Write(ctx, x.host, &bot.Change{At: x.host.Now(), DailySet: &row}); err != nil {
			return nil, fmt.Errorf("write the set of %s of %s: %w", k.date, k.pack, err)
		}
	}
	return nil, fmt.Errorf("set of %s of %s: %w", k.date, k.pack, bot.ErrNone)
}

func (x *days) keep(k dayKey, data []byte) (*day, error) {
	d := &day{}
	if err := json.Unmarshal(data, d); err != nil {
		return nil, fmt.Errorf("read the set of %s of %s: %w", k.date, k.pack, err)
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if len(x.sets) >= setLimit {
		clear(x.sets)
	}
	x.sets[k] = d
	return d, nil
}

// errNoFacts means that a pack has nothing to ask on a day.
var errNoFacts = errors.New("the pack has nothing to ask on this day")

// draw draws a set and writes it in all languages.
func (x *days) draw(ctx context.Context, k dayKey) ([]byte, error) {
	v, err := x.packs.Version(ctx, k.pack, k.hash)
	if err != nil {
		return nil, err
	}
	items, err := v.Pool().Set(k.date, k.questions)
	if errors.Is(err, daily.ErrFewQuestions) || err == nil && len(items) == 0 {
		return nil, errNoFacts
	}
	if err != nil {
		return nil, fmt.Errorf("set of %s of %s: %w", k.date, k.pack, err)
	}
	d := day{Items: items, Views: map[string][]quiz.View{}}
	for _, o := range items {
		it, err := v.Generator.Draw(o.ID, o.Seed)
		if err != nil {
			return nil, fmt.Errorf("item %s: %w", o.ID, err)
		}
		for _, c := range v.Pack.Languages.Codes() {
			d.Views[c.String()] = append(d.Views[c.String()], v.Generator.Render(it, c, language.Style{}))
			if c == language.Arabic {
				d.Views[indicTag] = append(d.Views[indicTag], v.Generator.Render(it, c, language.Style{Digits: language.ArabicIndic}))
			}
		}
	}
	return json.Marshal(&d)
}
