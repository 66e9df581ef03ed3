package bot

import (
	"context"
	"slices"
	"strconv"

	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// settings shows the defaults of the space, or changes those that options name.
func (v *visit) settings(ctx context.Context) (Reply, error) {
	s := v.space.Settings
	if len(v.opts) == 0 {
		return v.settingsCard(s), nil
	}
	if zone := v.opts["zone"]; zone != "" {
		if err := checkZone(zone); err != nil {
			return Reply{}, err
		}
	}
	if name := v.opts["pack"]; name != "" {
		row, err := v.pack(ctx, name)
		if err != nil {
			return Reply{}, err
		}
		v.opts["pack"] = string(row.Pack)
	}
	for _, set := range settingList {
		if value := v.opts[set.name]; value != "" {
			set.put(&s, value)
		}
	}
	return v.keep(s), nil
}

// keep stores the settings of the space and shows them.
func (v *visit) keep(s Settings) Reply {
	v.space.Settings = s
	space := v.space
	v.change.Space = &space
	v.audit(space.ID, "settings", "")
	v.voice = phrase.Voice{Lang: tongue(v.member, space, v.in.From.Locale), Style: style(v.member, space)}
	r := v.settingsCard(s)
	r.Posts[0].Body = append([]Line{line(v.voice.Say(phrase.SettingsSaved))}, r.Posts[0].Body...)
	return r
}

// setting is one of the settings: how it is read, written and what it can be. cycle lists the
// values that its button goes through; a setting without is changed by the command alone.
// Buttons name a setting by its place in the list, so new ones stand at the end.
type setting struct {
	name  string
	get   func(*Settings) string // "" where the product's default holds
	put   func(*Settings, string)
	usual string // the product's default
	cycle []string
}

var settingList = []setting{
	{"language", func(s *Settings) string { return s.Lang }, func(s *Settings, v string) { s.Lang = v }, "", tongues},
	{"zone", func(s *Settings) string { return s.Zone }, func(s *Settings, v string) { s.Zone = v }, "UTC", nil},
	{"digits", func(s *Settings) string { return either(s.Indic, "arabic-indic", "") }, func(s *Settings, v string) { s.Indic = v == "arabic-indic" }, "european", digits},
	{"pack", func(s *Settings) string { return s.Pack }, func(s *Settings, v string) { s.Pack = v }, "", nil},
	{"questions", func(s *Settings) string { return numeral(s.Questions) }, func(s *Settings, v string) { s.Questions = number(v) }, "10", []string{"5", "10", "15", "20"}},
	{"seconds", func(s *Settings) string { return numeral(s.Seconds) }, func(s *Settings, v string) { s.Seconds = number(v) }, "20", []string{"10", "20", "30", "60"}},
	{"mode", func(s *Settings) string { return s.Mode }, func(s *Settings, v string) { s.Mode = v }, "all", []string{"all", "race"}},
	{"kind", func(s *Settings) string { return s.Kind }, func(s *Settings, v string) { s.Kind = v }, "mixed", []string{"mixed", "choice", "typed"}},
	{"scoring", func(s *Settings) string { return s.Scoring }, func(s *Settings, v string) { s.Scoring = v }, "accuracy", scorings},
	{"reveal", func(s *Settings) string { return either(s.AtEnd, "at-end", "") }, func(s *Settings, v string) { s.AtEnd = v == "at-end" }, "at-once", reveals},
	{"thread", func(s *Settings) string { return either(s.Threads, "each-game", "") }, func(s *Settings, v string) { s.Threads = v == "each-game" }, "none", threads},
}

func (v *visit) settingsCard(s Settings) Reply {
	p := Post{Kind: CardPost, Lang: v.voice.Lang, Title: v.voice.Say(phrase.SettingsTitle)}
	var row []Button
	for i, set := range settingList {
		if l := v.h.limits(v.chat); set.name == "reveal" && !l.Polls || set.name == "thread" && !l.Threads {
			continue // here there is nothing to choose
		}
		label := v.voice.Say(phrase.ID("opt-" + set.name))
		p.Body = append(p.Body, Line{Text: v.voice.Say(phrase.SettingLine, phrase.Text("setting", label), phrase.Text("value", v.settingValue(set, &s))), Style: Item})
		if set.cycle == nil {
			continue
		}
		row = append(row, Button{Label: label, Action: v.signOwn("set", uint64(i))})
		if len(row) == 2 {
			p.Buttons = append(p.Buttons, row)
			row = nil
		}
	}
	if row != nil {
		p.Buttons = append(p.Buttons, row)
	}
	p.After = []Line{{Text: v.voice.Say(phrase.SettingsHow), Style: Quiet}}
	return Reply{Posts: []Post{p}}
}

// settingValue is a setting as people read it.
func (v *visit) settingValue(set setting, s *Settings) string {
	value := set.get(s)
	if value == "" {
		value = set.usual
	}
	if value == "" {
		return v.voice.Say(phrase.SettingAuto)
	}
	if id := phrase.ID("choice-" + set.name + "-" + value); phrase.Has(v.voice.Lang, id) {
		return v.voice.Say(id)
	}
	return value
}

// pressSetting moves a setting on to its next value.
func pressSetting(_ context.Context, v *visit, a Action, _ map[string]string) (Reply, error) {
	if v.role < ChatAdmin {
		return Reply{}, notice(phrase.AdminsOnly)
	}
	i := index(a.Arg(0))
	if i >= len(settingList) || settingList[i].cycle == nil {
		return Reply{}, notice(phrase.ButtonOver)
	}
	set, s := settingList[i], v.space.Settings
	now := set.get(&s)
	if now == "" {
		now = set.usual
	}
	at := slices.Index(set.cycle, now)
	set.put(&s, set.cycle[(at+1)%len(set.cycle)])
	r := v.keep(s)
	r.Update = true
	return r, nil
}

func either[T any](yes bool, a, b T) T {
	if yes {
		return a
	}
	return b
}

func numeral(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// number reads a number that was checked.
func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// publicVoice speaks to the whole chat: in the space's language, and in a private chat in the
// member's.
func (v *visit) publicVoice() phrase.Voice {
	if c, ok := language.Parse(v.space.Settings.Lang); ok && v.space.Settings.Lang != "" && !v.in.Place.Private {
		return phrase.Voice{Lang: c, Style: style(Member{}, v.space)}
	}
	return v.voice
}
