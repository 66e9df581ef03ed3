package account

import (
	"context"
	"slices"
	"strconv"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
)

// settings shows the defaults of the space, or changes those that options name.
func (f *Feature) settings(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	s := r.Space.Settings
	if len(r.Options) == 0 {
		reply := settingsCard(r, s)
		if r.Role == bot.PackOwner {
			line, err := f.ownersLine(ctx, r)
			if err != nil {
				return bot.Reply{}, err
			}
			reply.Posts[0].After = append(reply.Posts[0].After, line)
		}
		return reply, nil
	}
	if zone := r.Options["zone"]; zone != "" {
		if err := bot.CheckZone(zone); err != nil {
			return bot.Reply{}, err
		}
	}
	if name := r.Options["pack"]; name != "" {
		row, err := f.packs.Find(ctx, r.Space.ID, name)
		if err != nil {
			return bot.Reply{}, err
		}
		r.Options["pack"] = string(row.Pack)
	}
	for _, set := range settingList {
		if value := r.Options[set.option.Name]; value != "" {
			set.put(&s, value)
		}
	}
	return saveSettings(r, s), nil
}

// saveSettings saves the settings of the space and shows them.
func saveSettings(r *bot.Request, s bot.Settings) bot.Reply {
	r.Space.Settings = s
	space := r.Space
	r.Change.Space = &space
	r.Audit(space.ID, "settings", "")
	r.Local = phrase.Localizer{Lang: bot.LanguageOf(r.Member, space, r.Input.From.Locale), Style: bot.StyleOf(r.Member, space)}
	reply := settingsCard(r, s)
	reply.Posts[0].Body = append([]bot.Line{{Text: r.Say(phrase.SettingsSaved)}}, reply.Posts[0].Body...)
	return reply
}

// setting is one of the settings: how it is read, written and what it can be. cycle lists the
// values that its button goes through; a setting without is changed by the command alone.
// Buttons name a setting by its place in the list, so new ones stand at the end.
type setting struct {
	option bot.OptionSpec
	get    func(*bot.Settings) string // "" where the product's default holds
	put    func(*bot.Settings, string)
	usual  string // the product's default
	cycle  []string
}

var settingList = []setting{
	text(bot.OptionLanguage, func(s *bot.Settings) *string { return &s.Lang }, "", bot.OptionLanguage.Choices),
	text(bot.OptionZone, func(s *bot.Settings) *string { return &s.Zone }, "UTC", nil),
	flag(bot.OptionDigits, func(s *bot.Settings) *bool { return &s.Indic }),
	text(bot.OptionPack, func(s *bot.Settings) *string { return &s.Pack }, "", nil),
	number(bot.OptionQuestions, func(s *bot.Settings) *int { return &s.Questions }, "10", []string{"5", "10", "15", "20"}),
	number(bot.OptionSeconds, func(s *bot.Settings) *int { return &s.Seconds }, "20", []string{"10", "20", "30", "60"}),
	text(bot.OptionMode, func(s *bot.Settings) *string { return &s.Mode }, "all", []string{"all", "race"}),
	text(bot.OptionKind, func(s *bot.Settings) *string { return &s.Kind }, "mixed", []string{"mixed", "choice", "typed"}),
	text(bot.OptionScoring, func(s *bot.Settings) *string { return &s.Scoring }, "accuracy", bot.OptionScoring.Choices),
	flag(bot.OptionSpec{Name: "reveal", Type: bot.ChoiceOption, Choices: []string{"at-once", "at-end"}}, func(s *bot.Settings) *bool { return &s.AtEnd }),
	flag(bot.OptionSpec{Name: "thread", Type: bot.ChoiceOption, Choices: []string{"none", "each-game"}}, func(s *bot.Settings) *bool { return &s.Threads }),
}

// text is a setting that is kept as its value.
func text(o bot.OptionSpec, field func(*bot.Settings) *string, usual string, cycle []string) setting {
	return setting{o, func(s *bot.Settings) string { return *field(s) }, func(s *bot.Settings, v string) { *field(s) = v }, usual, cycle}
}

// number is a setting that is kept as a number; 0 is the default.
func number(o bot.OptionSpec, field func(*bot.Settings) *int, usual string, cycle []string) setting {
	get := func(s *bot.Settings) string {
		if *field(s) == 0 {
			return ""
		}
		return strconv.Itoa(*field(s))
	}
	put := func(s *bot.Settings, v string) { *field(s), _ = strconv.Atoi(v) } // it was checked
	return setting{o, get, put, usual, cycle}
}

// flag is a setting with two choices; the first is the default.
func flag(o bot.OptionSpec, field func(*bot.Settings) *bool) setting {
	get := func(s *bot.Settings) string {
		if *field(s) {
			return o.Choices[1]
		}
		return ""
	}
	return setting{o, get, func(s *bot.Settings, v string) { *field(s) = v == o.Choices[1] }, o.Choices[0], o.Choices}
}

// settingOptions are the options of /settings, in the order of menus.
func settingOptions() []bot.OptionSpec {
	var out []bot.OptionSpec
	for _, set := range settingList {
		out = append(out, set.option)
	}
	last := len(out) - 1
	out[last], out[last-1] = out[last-1], out[last] // thread stands before reveal
	return out
}

func settingsCard(r *bot.Request, s bot.Settings) bot.Reply {
	p := r.Post(bot.CardPost, phrase.SettingsTitle)
	if place := r.Input.Place; r.Limits.Personal && !place.Private && place.Title != "" {
		p.Title, p.TitleNames = r.Say(phrase.SettingsOf, phrase.Name("place", place.Title)), true
	}
	var row []bot.Button
	for i, set := range settingList {
		if name := set.option.Name; name == "reveal" && !r.Limits.Polls || name == "thread" && !r.Limits.Threads {
			continue // here there is nothing to choose
		}
		label := r.Say(phrase.ID("opt-" + set.option.Name))
		line := r.Say(phrase.SettingLine, phrase.Text("setting", label), phrase.Text("value", settingValue(r.Local, &set, &s)))
		p.Body = append(p.Body, bot.Line{Text: line, Style: bot.Bullet})
		if set.cycle == nil {
			continue
		}
		row = append(row, bot.Button{Label: label, Action: r.Sign("set", uint64(i))})
		if len(row) == 2 {
			p.Buttons = append(p.Buttons, row)
			row = nil
		}
	}
	if row != nil {
		p.Buttons = append(p.Buttons, row)
	}
	p.After = []bot.Line{{Text: r.Say(phrase.SettingsHow), Style: bot.Quiet}}
	return bot.Reply{Posts: []bot.Post{p}}
}

// value is a setting, or its default.
func (set *setting) value(s *bot.Settings) string {
	if v := set.get(s); v != "" {
		return v
	}
	return set.usual
}

// settingValue is a setting as people read it.
func settingValue(local phrase.Localizer, set *setting, s *bot.Settings) string {
	value := set.value(s)
	if value == "" {
		return local.Say(phrase.SettingAuto)
	}
	if id := phrase.ID("choice-" + set.option.Name + "-" + value); phrase.Has(local.Lang, id) {
		return local.Say(id)
	}
	return value
}

// pressSetting moves a setting on to its next value.
func (f *Feature) pressSetting(_ context.Context, r *bot.Request) (bot.Reply, error) {
	if r.Role < bot.ChatAdmin {
		return bot.Reply{}, bot.Refuse(phrase.AdminsOnly)
	}
	i := r.Index(0)
	if i >= len(settingList) || settingList[i].cycle == nil {
		return bot.Reply{}, bot.Refuse(phrase.ButtonOver)
	}
	set, s := &settingList[i], r.Space.Settings
	at := slices.Index(set.cycle, set.value(&s))
	set.put(&s, set.cycle[(at+1)%len(set.cycle)])
	reply := saveSettings(r, s)
	reply.Update = true
	return reply, nil
}
