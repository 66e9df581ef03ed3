package play

import (
	"encoding/json"
	"fmt"
	"sync"

	"summitquiz/bot"
	"summitquiz/bot/catalog"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/game"
	"summitquiz/quiz/grade"
)

// live is a copy of a running game with all that is needed to go on with it. It may be stale:
// what is decided on it is fenced.
type live struct {
	mu      sync.Mutex
	stale   bool // dropped: look it up anew
	restart bool // an earlier run of this process left it: its waiting begins anew

	session bot.Session // as last written or queued
	last    *bot.Change // the last change that is in this copy and was not known to be written; nil: none
	state   game.State
	script  script
	chat    bot.Chat
	local   phrase.Localizer // of its public posts
	version *catalog.Version
	options map[shownIn]*grade.Options
	keys    map[int][]grade.Key // of typed questions, made when first needed: one, or one for each answer there is to name
	names   map[bot.MemberID]string
}

// script is what the questions of a game show. It is written once, so that a game goes on as it
// began whatever changes in the generator.
type script struct {
	Cover    string          `json:"cover,omitempty"`
	Digits   language.Digits `json:"digits,omitempty"`
	Views    []quiz.View     `json:"views"`
	Outlines []quiz.Outline  `json:"outlines"`
	Short    int             `json:"short,omitempty"`  // questions that were asked for, where there are fewer
	Pack     string          `json:"pack,omitempty"`   // the title of a pack that nobody chose
	Kind     string          `json:"kind"`             // the option kind
	AtEnd    bool            `json:"at-end,omitempty"` // no native polls
	Thread   bool            `json:"thread,omitempty"` // the questions stand in a thread below the start card

	Other map[string]wording `json:"other,omitempty"` // the same questions in other languages, by IETF tag
}

// wording is how a game reads in one language.
type wording struct {
	Cover string      `json:"cover,omitempty"`
	Views []quiz.View `json:"views"`
}

func newLive(s bot.Session) *live {
	return &live{session: s, names: map[bot.MemberID]string{}, keys: map[int][]grade.Key{}, options: map[shownIn]*grade.Options{}}
}

// decode makes a copy of a stored game as its snapshot was written, for looking at it.
func decode(s bot.Session) (*live, error) {
	l := newLive(s)
	if err := json.Unmarshal(s.State, &l.state); err != nil {
		return nil, fmt.Errorf("read the state of game %d: %w", s.ID, err)
	}
	if err := json.Unmarshal(s.Script, &l.script); err != nil {
		return nil, fmt.Errorf("read the script of game %d: %w", s.ID, err)
	}
	l.local = phrase.Localizer{Lang: s.Lang, Style: language.Style{Digits: l.script.Digits}}
	return l, nil
}

// fence names the game as this copy has it.
func (l *live) fence() *bot.Fence {
	return &bot.Fence{Session: l.session.ID, Version: l.session.Version, Answers: l.session.Answers}
}

// snapshot is the game as it is now, for reading without the lock.
func (l *live) snapshot() *live {
	return &live{session: l.session, state: l.state, script: l.script, chat: l.chat, local: l.local}
}

// owner is the process that wrote the game last.
func (l *live) owner() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.session.Owner
}

// in returns a copy that speaks another language, for drawing posts; l itself if the game is not
// written in it.
func (l *live) in(c language.Code) *live {
	w, ok := l.script.Other[c.String()]
	if !ok {
		return l
	}
	other := l.snapshot()
	other.local, other.names = phrase.In(c), l.names
	other.script.Cover, other.script.Views = w.Cover, w.Views
	return other
}

// keysOf is what grading knows of a typed question.
func (l *live) keysOf(n int) ([]grade.Key, error) {
	if k := l.keys[n]; k != nil {
		return k, nil
	}
	q := &l.state.Questions[n]
	it, err := l.version.Generator.Draw(q.Item, q.Seed)
	if err != nil {
		return nil, fmt.Errorf("item %s: %w", q.Item, err)
	}
	view := l.script.Views[n]
	keys := []grade.Key{grade.KeyOf(l.version.Pack, l.version.Lexicon, it, view)}
	if q.Rule == game.Many {
		keys = keys[:0]
		for i, forms := range view.Named {
			one, shown := it, view
			one.Value, shown.Accepts = it.Answers[i], forms
			keys = append(keys, grade.KeyOf(l.version.Pack, l.version.Lexicon, one, shown))
		}
	}
	l.keys[n] = keys
	return keys, nil
}

// shownIn is a question in a language of the script; "" is the game's own.
type shownIn struct {
	n    int
	lang string
}

// optionsOf is what grading knows of a question with options, as those see it who speak a language.
func (l *live) optionsOf(n int, lang string) *grade.Options {
	w, other := l.script.Other[lang]
	if !other {
		lang = ""
	}
	at := shownIn{n, lang}
	if o := l.options[at]; o != nil {
		return o
	}
	view := &l.script.Views[n]
	if other {
		view = &w.Views[n]
	}
	o := grade.OptionsOf(view)
	l.options[at] = &o
	return &o
}

// graded is what a text is worth as an answer.
type graded struct {
	option  int // -1: typed
	verdict grade.Verdict
	measure int64 // as game.Answer.Measure
}

// grade grades what a person who speaks a language typed to question n. Where the question has
// options, their labels and texts are read, as the person sees them or as the game has them.
func (l *live) grade(n int, text string, c language.Code) (graded, error) {
	q := &l.state.Questions[n]
	out := graded{option: -1}
	if q.Form == quiz.ChoiceForm {
		if out.option, out.verdict = l.optionsOf(n, c.String()).Answer(text); out.option < 0 {
			out.option, out.verdict = l.optionsOf(n, "").Answer(text)
		}
		return out, nil
	}
	keys, err := l.keysOf(n)
	if err != nil {
		return out, err
	}
	out.verdict = grade.Answer(&keys[0], text)
	switch q.Rule {
	case game.Closest:
		out.verdict.Mark = grade.Wrong
		if off, ok := grade.Distance(&keys[0], text); ok {
			out.verdict, out.measure = grade.Verdict{Mark: grade.Close, Reason: grade.Rough}, off
		}
	case game.Many:
		for i := range keys {
			if v := grade.Answer(&keys[i], text); i == 0 || v.Mark > out.verdict.Mark {
				out.verdict, out.measure = v, int64(i)+1
			}
		}
		if out.verdict.Mark != grade.Right {
			out.measure = 0
		}
	}
	return out, nil
}

// name is what a member is called in public.
func (l *live) name(m bot.MemberID) string {
	if s := l.names[m]; s != "" {
		return s
	}
	return l.local.Say(phrase.Somebody)
}

// named says whose name stands in a line, if it does.
func (l *live) named(p game.Member) []bot.Mention {
	if s := l.names[bot.MemberID(p)]; s != "" {
		return []bot.Mention{{Member: bot.MemberID(p), Name: s}}
	}
	return nil
}

// alone reports whether one person plays.
func (l *live) alone() bool {
	return l.state.Settings.Private || l.state.Settings.Mode == game.Solo
}

// answer is a record as it is stored. Day and text are filled in by whoever knows them.
func (l *live) answer(r game.Record) bot.Answer {
	q := &l.state.Questions[r.Question]
	s := &l.session
	return bot.Answer{
		Session: s.ID, Question: r.Question, Try: r.Try, Member: bot.MemberID(r.Member), Chat: s.Chat, Space: s.Space,
		Platform: l.chat.Address.Platform, Pack: s.Pack, Hash: s.Hash, Item: q.Item, Seed: q.Seed, Lang: s.Lang,
		Option: r.Option, Options: q.Options, Mark: r.Verdict.Mark, Reason: r.Verdict.Reason, Points: r.Points, Final: r.Counts,
		Lapsed: r.Lapsed, Solo: s.Solo != 0, Hinted: r.Hinted, Prior: l.script.Outlines[r.Question].Prior, At: r.At, Took: r.Took,
		Day: bot.DayOf(r.At, utc),
	}
}

// recordOf is a stored answer as the game knows it. What the rule of an open question goes by is found
// anew from what was typed.
func (l *live) recordOf(a *bot.Answer) game.Record {
	r := game.Record{
		Question: a.Question, Member: game.Member(a.Member), Try: a.Try, Option: a.Option,
		Verdict: grade.Verdict{Mark: a.Mark, Reason: a.Reason}, Points: a.Points, Counts: a.Final,
		Lapsed: a.Lapsed, Hinted: a.Hinted, Took: a.Took, At: a.At,
	}
	if n := a.Question; n == l.state.Current() && l.state.Questions[n].Rule != "" && !a.Lapsed {
		if g, err := l.grade(n, a.Text, a.Lang); err == nil {
			r.Measure = g.measure
		}
	}
	return r
}

// scope says who sees the questions of a game.
func scope(s *bot.Session) bot.Scope {
	if s.Solo != 0 {
		return bot.Scope{Member: s.Solo}
	}
	return bot.Scope{Chat: s.Chat}
}
