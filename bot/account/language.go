package account

import (
	"context"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// language lets a person choose the language, time zone and digits in which they are spoken to.
// Without options it shows the choice as buttons.
func (f *Feature) language(_ context.Context, r *bot.Request) (bot.Reply, error) {
	if len(r.Options) == 0 {
		return languageCard(r), nil
	}
	m := r.Member
	if c, ok := language.Parse(r.Options["language"]); ok && r.Options.Has("language") {
		m.Lang, m.Own = c, true
	}
	if zone := r.Options["zone"]; zone != "" {
		if err := bot.CheckZone(zone); err != nil {
			return bot.Reply{}, err
		}
		m.Zone = zone
	}
	switch r.Options["digits"] {
	case "arabic-indic":
		m.Digit = language.ArabicIndic
	case "european":
		m.Digit = language.European
	}
	return saveSpeech(r, m), nil
}

// saveSpeech saves what a member chose and says so in the chosen language.
func saveSpeech(r *bot.Request, m bot.Member) bot.Reply {
	r.Change.Member = &m
	r.Local = phrase.Localizer{Lang: bot.LanguageOf(m, r.Space, r.Input.From.Locale), Style: bot.StyleOf(m, r.Space)}
	return r.Reply(phrase.LanguageSet, phrase.Text("language", r.Say(bot.LanguageName(r.Local.Lang))))
}

func languageCard(r *bot.Request) bot.Reply {
	p := r.Post(bot.CardPost, phrase.LanguageTitle)
	p.Body = []bot.Line{{Text: r.Say(phrase.LanguageAsk)}}
	var row []bot.Button
	for _, c := range language.Own() {
		b := bot.Button{Label: phrase.Say(c, bot.LanguageName(c)), Action: r.Sign("lang", uint64(c))}
		if c == r.Local.Lang {
			b.Style = bot.MainButton
		}
		row = append(row, b)
	}
	p.Buttons = [][]bot.Button{row[:2], row[2:]}
	return bot.Reply{Posts: []bot.Post{p}}
}

// pressLanguage is the language button.
func (f *Feature) pressLanguage(_ context.Context, r *bot.Request) (bot.Reply, error) {
	if r.Index(0) >= language.OwnCount {
		return bot.Reply{}, bot.Refuse(phrase.ButtonOver)
	}
	m := r.Member
	m.Lang, m.Own = language.Code(r.Arg(0)), true
	reply := saveSpeech(r, m)
	reply.Update = true
	return reply, nil
}
