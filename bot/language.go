package bot

import (
	"context"
	"time"
	_ "time/tzdata" // zones are known wherever the program runs, also where the machine has none

	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// language lets a person choose the language, time zone and digits in which they are spoken
// to. Without options it shows the choice as buttons.
func (v *visit) language(context.Context) (Reply, error) {
	if len(v.opts) == 0 {
		return v.languageCard(), nil
	}
	m := v.member
	if c, ok := language.Parse(v.opts["language"]); ok && v.opts.has("language") {
		m.Lang, m.Own = c, true
	}
	if zone := v.opts["zone"]; zone != "" {
		if err := checkZone(zone); err != nil {
			return Reply{}, err
		}
		m.Zone = zone
	}
	switch v.opts["digits"] {
	case "arabic-indic":
		m.Digit = language.ArabicIndic
	case "european":
		m.Digit = language.European
	}
	return v.speak(m), nil
}

// speak keeps what a member chose and says so in the chosen language.
func (v *visit) speak(m Member) Reply {
	v.change.Member = &m
	v.voice = phrase.Voice{Lang: tongue(m, v.space, v.in.From.Locale), Style: style(m, v.space)}
	return v.say(phrase.LanguageSet, phrase.Text("language", v.voice.Say(languageName(v.voice.Lang))))
}

// languageName is the phrase that names a language in itself.
func languageName(c language.Code) phrase.ID { return phrase.ID("choice-language-" + c.String()) }

func (v *visit) languageCard() Reply {
	p := Post{Kind: CardPost, Lang: v.voice.Lang, Title: v.voice.Say(phrase.LanguageTitle), Body: []Line{line(v.voice.Say(phrase.LanguageAsk))}}
	var row []Button
	for _, c := range language.All() {
		b := Button{Label: phrase.Say(c, languageName(c)), Action: v.signOwn("lang", uint64(c))}
		if c == v.voice.Lang {
			b.Style = MainButton
		}
		row = append(row, b)
	}
	p.Buttons = [][]Button{row[:2], row[2:]}
	return Reply{Posts: []Post{p}}
}

// pressLanguage is the language button.
func pressLanguage(_ context.Context, v *visit, a Action, _ map[string]string) (Reply, error) {
	m := v.member
	if m.Lang, m.Own = language.Code(a.Arg(0)), true; int(m.Lang) >= language.Count {
		return Reply{}, notice(phrase.ButtonOver)
	}
	r := v.speak(m)
	r.Update = true
	return r, nil
}

// checkZone returns a Notice for a name that is no IANA time zone.
func checkZone(name string) error {
	if name == "Local" {
		return notice(phrase.NoZone, phrase.Name("zone", name))
	}
	if _, err := time.LoadLocation(name); err != nil {
		return notice(phrase.NoZone, phrase.Name("zone", language.Cut(CleanName(name), 40)))
	}
	return nil
}

// zone is the time zone of a member: their own, else the space's, else their client's, else
// UTC. The database of zones is built in, so a name that was checked is always found.
func (v *visit) zone() *time.Location {
	for _, name := range []string{v.member.Zone, v.space.Settings.Zone, v.in.From.Zone} {
		if name == "" || name == "Local" {
			continue
		}
		if z, err := time.LoadLocation(name); err == nil {
			return z
		}
	}
	return time.UTC
}

// rollover is when a learner's day begins.
const rollover = 4 * time.Hour

// dayOf is the number of the day of a moment in a zone, counted from 1970-01-01, when days
// begin at 04:00.
func dayOf(at time.Time, zone *time.Location) int {
	y, m, d := at.In(zone).Add(-rollover).Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}
