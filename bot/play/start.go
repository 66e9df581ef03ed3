package play

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/catalog"
	"summitquiz/bot/phrase"
	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/game"
	"summitquiz/quiz/generate"
	"summitquiz/quiz/pick"
)

// starter starts games.
type starter struct {
	host  bot.Host
	store Store
	packs *catalog.Catalog
	games *games
	seed  func() uint64

	started *startedGames
}

// order is what a quiz is started with.
type order struct {
	Pack     string
	Kind     string
	Lang     string // "" where nobody chose one
	Settings game.Settings
}

// start is /quiz: a game with the options, the space's settings and the product's defaults, in
// this order.
func (s *starter) start(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	return bot.Reply{}, s.begin(ctx, r, orderFrom(r))
}

// orderFrom reads the options of /quiz.
func orderFrom(r *bot.Request) order {
	s := r.Space.Settings
	choose := func(name, own, usual string) string {
		switch {
		case r.Options.Has(name):
			return r.Options[name]
		case own != "":
			return own
		default:
			return usual
		}
	}
	count := func(name string, own int) int {
		n, _ := strconv.Atoi(choose(name, strconv.Itoa(own), "")) // it was checked
		return n
	}
	set := game.Defaults(game.Member(r.Member.ID))
	set.Private = r.Input.Place.Private
	set.Mode = game.Mode(choose("mode", s.Mode, string(set.Mode)))
	set.Scoring = game.Scoring(choose("scoring", s.Scoring, string(set.Scoring)))
	if n := count("questions", s.Questions); n > 0 {
		set.Questions = n
	}
	if n := count("seconds", s.Seconds); n > 0 {
		set.Choice, set.Typed = n, min(n*3/2, bot.MaxSeconds) // typing takes half as long again
	}
	return order{Pack: choose("pack", s.Pack, ""), Kind: choose("kind", s.Kind, "mixed"), Lang: r.Options["language"], Settings: set}
}

// begin starts a game, or returns a Notice.
func (s *starter) begin(ctx context.Context, r *bot.Request, o order) error {
	solo := bot.MemberID(0)
	if o.Settings.Mode == game.Solo {
		solo = r.Member.ID
	}
	switch running, err := s.store.LiveAt(ctx, Kind, r.Chat.ID, solo); {
	case err == nil && running.Solo == solo:
		return bot.Refuse(phrase.GameRunning)
	case err != nil && !bot.IsNone(err):
		return err
	}
	if s.host.Deserted(ctx, r.Chat) {
		s.host.Meter().Bounded("unattended")
		return bot.Refuse(phrase.NobodyHere)
	}
	from := origin{r.Member.ID, r.Input.From.From}
	if err := s.room(ctx, from); err != nil {
		return err
	}
	l, err := s.prepare(ctx, r, o, solo)
	if err != nil {
		return err
	}
	wait, err := s.games.apply(l, r.Change, game.Start{}, r.Input.ID)
	if err != nil {
		return err
	}
	switch err := wait(ctx); {
	case errors.Is(err, bot.ErrConflict):
		r.Reset()
		return bot.Refuse(phrase.GameRunning)
	case err != nil:
		return err
	}
	r.Saved, l.last = true, nil
	s.started.add(l.session.ID, from, r.Now.Add(lasts(&l.state)))
	s.games.cache.put(l)
	s.host.Meter().Playing(s.games.cache.len())
	return nil
}

// lasts is how long a game takes that nobody pauses, when each question takes its whole time.
func lasts(g *game.State) time.Duration {
	all := game.LeadIn
	for n := range g.Questions {
		all += g.Time(n) + game.Gap
	}
	return all
}

// prepare makes a game with its questions, ready to start.
func (s *starter) prepare(ctx context.Context, r *bot.Request, o order, solo bot.MemberID) (*live, error) {
	row, err := s.packs.Find(ctx, r.Space.ID, o.Pack)
	if err != nil {
		return nil, err
	}
	version, err := s.packs.Version(ctx, row.Pack, row.Hash)
	if err != nil {
		return nil, err
	}
	local, err := speech(r, o, version, solo)
	if err != nil {
		return nil, err
	}
	id, err := s.store.NextID(ctx)
	if err != nil {
		return nil, fmt.Errorf("a number for a game: %w", err)
	}
	l := newLive(bot.Session{ID: bot.SessionID(id), Kind: Kind, Chat: r.Chat.ID, Space: r.Space.ID, Solo: solo,
		Pack: row.Pack, Hash: row.Hash, Lang: local.Lang, Started: r.Now})
	l.chat, l.local, l.version = r.Chat, local, version
	l.names[r.Member.ID] = r.Member.Name
	l.script = script{Cover: version.Pack.Cover[local.Lang], Digits: local.Style.Digits, AtEnd: r.Space.Settings.AtEnd, Kind: o.Kind}
	if o.Pack == "" && s.packs.Preferred(row) { // nobody chose it: the start card says what it is
		l.script.Pack = catalog.TitleIn(version.Pack, local.Lang)
	}
	l.script.Thread = r.Space.Settings.Threads && r.Limits.Threads && !r.Input.Place.Private && solo == 0
	if err := s.draw(ctx, l, o, r.Now); err != nil {
		return nil, err
	}
	if l.session.Script, err = json.Marshal(&l.script); err != nil {
		return nil, fmt.Errorf("write the script of game %d: %w", id, err)
	}
	return l, nil
}

// speech is how the public posts of a game speak: in the language that was asked for, else the
// chat's, else English or whatever the pack is written in.
func speech(r *bot.Request, o order, version *catalog.Version, solo bot.MemberID) (phrase.Localizer, error) {
	local := r.PublicLocal()
	if solo != 0 {
		local = r.Local
	}
	in := version.Pack.Languages
	if c, ok := language.Parse(o.Lang); ok && o.Lang != "" {
		if !in.Has(c) {
			return local, bot.Refuse(phrase.NoPackLanguage, phrase.Text("pack", version.Pack.Title[in.Codes()[0]]),
				phrase.List("languages", bot.LanguageNames(r.Local, in)...))
		}
		local.Lang = c
		return local, nil
	}
	local.Lang = catalog.LanguageFor(version.Pack, local.Lang)
	return local, nil
}

// draw chooses the questions of a game and writes them into its script.
func (s *starter) draw(ctx context.Context, l *live, o order, now time.Time) error {
	seen, err := s.store.Seen(ctx, scope(&l.session), l.session.Pack)
	if err != nil {
		return fmt.Errorf("what was seen: %w", err)
	}
	var record pick.Seen
	for _, e := range seen {
		record.Add(e.Item, e.Options, e.Times)
	}
	today := bot.DateIn(now, utc)
	chosen, err := l.version.Index.Pick(pick.Request{
		Count: o.Settings.Questions, Seed: s.seed(), Allow: kindFilter(o.Kind),
		Skip: func(fact *content.Fact) bool { return generate.Expired(fact, today) },
	}, record)
	if err != nil {
		return bot.Refuse(phrase.NoQuestions) // nothing fits; there is no other error
	}
	if len(chosen) < o.Settings.Questions {
		l.script.Short = o.Settings.Questions
	}
	items := make([]quiz.Item, len(chosen))
	questions := make([]game.Question, len(chosen))
	for i, outline := range chosen {
		it, err := l.version.Generator.Draw(outline.ID, outline.Seed)
		if err != nil {
			return fmt.Errorf("item %s: %w", outline.ID, err)
		}
		view := l.version.Generator.Render(it, l.session.Lang, l.local.Style)
		l.script.Views = append(l.script.Views, view)
		l.script.Outlines = append(l.script.Outlines, outline)
		items[i] = it
		questions[i] = game.Question{Item: it.ID, Seed: it.Seed, Form: it.Form, Options: len(it.Options), Key: it.Key, Reading: reading(&view),
			NoHint: it.Form == quiz.TypedForm && view.Hint == quiz.Hint{}, Clues: len(view.Clues), Answers: len(view.Named)}
		switch it.Kind {
		case quiz.Closest:
			questions[i].Rule = game.Closest
		case quiz.NameMany:
			questions[i].Rule = game.Many
		}
	}
	if s.host.Limits(l.chat.Address.Platform).Localized {
		l.script.Other = others(l, items)
	}
	if l.state, err = game.New(o.Settings, questions); err != nil {
		return fmt.Errorf("a new game: %w", err)
	}
	for i := range l.state.Questions {
		if q := &l.state.Questions[i]; s.games.screen.poll(l, i) != nil {
			q.Reading = min(q.Reading+drain, game.MaxReading)
		}
	}
	return nil
}

// others is how a game reads in the other languages of its pack.
func others(l *live, items []quiz.Item) map[string]wording {
	out := map[string]wording{}
	for _, c := range l.version.Pack.Languages.Codes() {
		if c == l.session.Lang {
			continue
		}
		w := wording{Cover: l.version.Pack.Cover[c]}
		for _, it := range items {
			w.Views = append(w.Views, l.version.Generator.Render(it, c, language.Style{}))
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
	case "typed": // one answer each; the kinds of live games are asked for by their names
		return func(k quiz.Kind) bool { return k.Form() == quiz.TypedForm && !k.Live() }
	}
	only, _ := quiz.ParseKind(name)
	return func(k quiz.Kind) bool { return k == only }
}

// speed is how many letters a second people read at ease, by language.
var speed = [language.Count]int{language.Arabic: 14, language.English: 17, language.Korean: 9, language.Chinese: 7}

// shortRead is how much reading the seconds of a question already allow for.
const shortRead = 6 * time.Second

// reading is the time that a question gets for being long, in whole seconds.
func reading(v *quiz.View) time.Duration {
	letters := language.Letters(v.Stem) + 12*len(v.Named) // each answer there is to name takes its time
	for _, clue := range v.Clues {
		letters += language.Letters(clue)
	}
	for _, o := range v.Options {
		letters += language.Letters(o)
	}
	need := time.Duration(letters) * time.Second / time.Duration(cmp.Or(speed[v.Lang], speed[language.English]))
	return max(0, (need - shortRead).Truncate(time.Second))
}

// pressAgain starts a game like the one that ended.
func (s *starter) pressAgain(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	o, err := s.orderOf(ctx, r, bot.SessionID(r.Arg(0)))
	if bot.IsNone(err) {
		return bot.Reply{}, bot.Refuse(phrase.ButtonOver)
	}
	if err != nil {
		return bot.Reply{}, err
	}
	return bot.Reply{}, s.begin(ctx, r, o)
}

// orderOf is what a game was started with, to start another one by this person, here.
func (s *starter) orderOf(ctx context.Context, r *bot.Request, id bot.SessionID) (order, error) {
	l, err := s.games.stored(ctx, id)
	if err != nil {
		return order{}, err
	}
	set := l.state.Settings
	set.Starter, set.Private = game.Member(r.Member.ID), r.Input.Place.Private
	return order{Pack: string(l.session.Pack), Kind: l.script.Kind, Lang: l.session.Lang.String(), Settings: set}, nil
}
