package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"summitquiz/bot/phrase"
	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/game"
	"summitquiz/quiz/generate"
	"summitquiz/quiz/pick"
)

// order is what a quiz is started with.
type order struct {
	Pack     string
	Kind     string
	Lang     string // "" where nobody chose one
	Settings game.Settings
}

// quiz starts a game with the options, the space's settings and the product's defaults, in
// this order.
func (v *visit) quiz(ctx context.Context) (Reply, error) {
	s := v.space.Settings
	choose := func(name, usual, own string) string {
		if v.opts.has(name) {
			return v.opts[name]
		}
		return either(own != "", own, usual)
	}
	o := order{Pack: choose("pack", "", s.Pack), Kind: choose("kind", "mixed", s.Kind), Lang: v.opts["language"]}
	set := game.Defaults(game.Member(v.member.ID))
	set.Private = v.in.Place.Private
	set.Mode = game.Mode(choose("mode", string(set.Mode), s.Mode))
	set.Scoring = game.Scoring(choose("scoring", string(set.Scoring), s.Scoring))
	if n := number(choose("questions", "", numeral(s.Questions))); n > 0 {
		set.Questions = n
	}
	if n := number(choose("seconds", "", numeral(s.Seconds))); n > 0 {
		set.Choice, set.Typed = n, min(n*3/2, maxSeconds) // typing takes half as long again
	}
	o.Settings = set
	return v.begin(ctx, o)
}

// begin starts a game.
func (v *visit) begin(ctx context.Context, o order) (Reply, error) {
	solo := MemberID(0)
	if o.Settings.Mode == game.Solo {
		solo = v.member.ID
	}
	running, err := v.h.seated(ctx, v.chat.ID, v.member.ID)
	if err != nil {
		return Reply{}, err
	}
	if running != nil && running.game.Solo == solo {
		return Reply{}, notice(phrase.GameRunning)
	}
	row, err := v.pack(ctx, o.Pack)
	if err != nil {
		return Reply{}, err
	}
	version, err := v.h.shelf.version(ctx, row.Pack, row.Hash)
	if err != nil {
		return Reply{}, err
	}
	voice, err := v.tongueOf(o, version, solo)
	if err != nil {
		return Reply{}, err
	}
	id, err := v.h.store.NextID(ctx)
	if err != nil {
		return Reply{}, fmt.Errorf("a number for a game: %w", err)
	}
	tb := newTable(Game{ID: GameID(id), Chat: v.chat.ID, Space: v.space.ID, Solo: solo, Pack: row.Pack, Hash: row.Hash, Lang: voice.Lang, Started: v.now})
	tb.chat, tb.voice, tb.version = v.chat, voice, version
	tb.names[v.member.ID] = v.member.Name
	tb.sheet = sheet{Cover: version.Pack.Cover[voice.Lang], Digits: voice.Style.Digits, Starter: v.member.Name, AtEnd: v.space.Settings.AtEnd, Kind: o.Kind}
	tb.sheet.Thread = v.space.Settings.Threads && v.h.limits(v.chat).Threads && !v.in.Place.Private && solo == 0
	if err := v.h.draw(ctx, tb, o, v.now); err != nil {
		return Reply{}, err
	}
	if tb.game.Sheet, err = json.Marshal(&tb.sheet); err != nil {
		return Reply{}, fmt.Errorf("write the sheet of game %d: %w", id, err)
	}
	if _, err := v.h.play(tb, v.change, game.Start{}, v.in.ID); err != nil {
		return Reply{}, err
	}
	switch err := v.save(ctx); {
	case errors.Is(err, ErrConflict):
		v.forget()
		return Reply{}, notice(phrase.GameRunning)
	case err != nil:
		return Reply{}, err
	}
	v.h.tables.put(tb)
	return Reply{}, nil
}

// pack returns the pack of a name that can be played here, or a Notice.
func (v *visit) pack(ctx context.Context, name string) (PackRow, error) {
	row, err := v.h.usable(ctx, v.space.ID, name)
	if errors.Is(err, errNoPack) {
		if name == "" {
			return row, notice(phrase.NoPacks)
		}
		return row, notice(phrase.NoPack, phrase.Name("pack", language.Cut(CleanName(name), 60)))
	}
	return row, err
}

// tongueOf is how the public posts of a game speak: in the language that was asked for, else
// the chat's, else English or whatever the pack is written in.
func (v *visit) tongueOf(o order, version *Version, solo MemberID) (phrase.Voice, error) {
	voice := v.publicVoice()
	if solo != 0 {
		voice = v.voice
	}
	in := version.Pack.Languages
	if c, ok := language.Parse(o.Lang); ok && o.Lang != "" {
		if !in.Has(c) {
			return voice, notice(phrase.NoPackLanguage, phrase.Text("pack", version.Pack.Title[in.Codes()[0]]), phrase.List("languages", names(v.voice, in)...))
		}
		voice.Lang = c
		return voice, nil
	}
	voice.Lang = written(version.Pack, voice.Lang)
	return voice, nil
}

func names(voice phrase.Voice, in language.Set) []string {
	var out []string
	for _, c := range in.Codes() {
		out = append(out, voice.Say(languageName(c)))
	}
	return out
}

// draw chooses the questions of a game and writes them down.
func (h *Hall) draw(ctx context.Context, tb *table, o order, now time.Time) error {
	scope := Scope{Chat: tb.game.Chat}
	if tb.game.Solo != 0 {
		scope = Scope{Member: tb.game.Solo}
	}
	seen, err := h.store.Seen(ctx, scope, tb.game.Pack)
	if err != nil {
		return fmt.Errorf("what was seen: %w", err)
	}
	var record pick.Seen
	for _, e := range seen {
		record.Add(e.Item, e.Options, e.Times)
	}
	today := dateOf(now)
	chosen, err := tb.version.Index.Pick(pick.Request{
		Count: o.Settings.Questions, Seed: h.seed(), Allow: kindFilter(o.Kind),
		Skip: func(f *content.Fact) bool { return generate.Expired(f, today) },
	}, record)
	if err != nil {
		return notice(phrase.NoQuestions) // nothing fits; there is no other error
	}
	if len(chosen) < o.Settings.Questions {
		tb.sheet.Short = o.Settings.Questions
	}
	var items []quiz.Item
	questions := make([]game.Question, len(chosen))
	for i, outline := range chosen {
		it, err := tb.version.Maker.Draw(outline.ID, outline.Seed)
		if err != nil {
			return fmt.Errorf("item %s: %w", outline.ID, err)
		}
		view := tb.version.Maker.Render(it, tb.game.Lang, tb.voice.Style)
		tb.sheet.Views = append(tb.sheet.Views, view)
		items = append(items, it)
		tb.sheet.Outlines = append(tb.sheet.Outlines, outline)
		questions[i] = game.Question{Item: it.ID, Seed: it.Seed, Form: it.Form, Options: len(it.Options), Key: it.Key, Reading: reading(&view),
			NoHint: it.Form == quiz.TypedForm && view.Hint == quiz.Hint{}}
	}
	if h.limits(tb.chat).Tongues {
		tb.sheet.Other = tb.others(items)
	}
	if tb.state, err = game.New(o.Settings, questions); err != nil {
		return fmt.Errorf("a new game: %w", err)
	}
	for i := range tb.state.Questions {
		if q := &tb.state.Questions[i]; h.poll(tb, i) != nil {
			q.Reading = min(q.Reading+drain, game.MaxReading)
		}
	}
	return nil
}

// others is how a game reads in the other languages of its pack.
func (tb *table) others(items []quiz.Item) map[string]wording {
	out := map[string]wording{}
	for _, c := range tb.version.Pack.Languages.Codes() {
		if c == tb.game.Lang {
			continue
		}
		w := wording{Cover: tb.version.Pack.Cover[c]}
		for _, it := range items {
			w.Views = append(w.Views, tb.version.Maker.Render(it, c, language.Style{}))
		}
		out[c.String()] = w
	}
	return out
}

// kindFilter is the kinds that the option kind allows; nil: all.
func kindFilter(name string) func(quiz.Kind) bool {
	switch name {
	case "mixed", "":
		return nil
	case "choice":
		return func(k quiz.Kind) bool { return k.Form() == quiz.ChoiceForm }
	case "typed":
		return func(k quiz.Kind) bool { return k.Form() == quiz.TypedForm }
	}
	only, _ := quiz.ParseKind(name)
	return func(k quiz.Kind) bool { return k == only }
}

func dateOf(t time.Time) language.Date {
	y, m, d := t.UTC().Date()
	return language.Date{Year: int16(y), Month: int8(m), Day: int8(d)}
}

// speed is how many letters a second people read at ease, by language.
var speed = [language.Count]int{language.Arabic: 14, language.English: 17, language.Korean: 9, language.Chinese: 7}

// shortRead is how much reading the seconds of a question already allow for.
const shortRead = 6 * time.Second

// reading is the time that a question gets for being long, in whole seconds.
func reading(v *quiz.View) time.Duration {
	letters := language.Letters(v.Stem)
	for _, o := range v.Options {
		letters += language.Letters(o)
	}
	need := time.Duration(letters) * time.Second / time.Duration(speed[v.Lang])
	return max(0, (need - shortRead).Truncate(time.Second))
}

// pressAgain starts a game like the one that ended.
func pressAgain(ctx context.Context, v *visit, a Action, _ map[string]string) (Reply, error) {
	o, err := v.orderOf(ctx, GameID(a.Arg(0)))
	if none(err) {
		return Reply{}, notice(phrase.ButtonOver)
	}
	if err != nil {
		return Reply{}, err
	}
	return v.begin(ctx, o)
}
