package bot

import (
	"time"
	_ "time/tzdata" // zones are known also where the machine has none

	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// LanguageOf is the language of what one person is told: their own choice, else the space's, else
// their client's, else English.
func LanguageOf(m Member, s Space, locale string) language.Code {
	if m.Own {
		return m.Lang
	}
	if c, ok := language.Parse(s.Settings.Lang); ok && s.Settings.Lang != "" {
		return c
	}
	return GuessLanguage(locale)
}

// GuessLanguage is the language of a person of whom only their client's tag is known.
func GuessLanguage(locale string) language.Code {
	c, _ := language.Parse(locale) // English where it is unknown
	return c
}

// StyleOf is how numbers are shown to a member in a space.
func StyleOf(m Member, s Space) language.Style {
	if m.Digit == language.ArabicIndic || s.Settings.Indic {
		return language.Style{Digits: language.ArabicIndic}
	}
	return language.Style{}
}

// LanguageName is the phrase that names a language in itself.
func LanguageName(c language.Code) phrase.ID { return phrase.ID("choice-language-" + c.String()) }

// LanguageNames are the names of languages as one reads them.
func LanguageNames(local phrase.Localizer, in language.Set) []string {
	var out []string
	for _, c := range in.Codes() {
		out = append(out, local.Say(LanguageName(c)))
	}
	return out
}

// CheckZone returns a Notice for a name that is no IANA time zone.
func CheckZone(name string) error {
	if name == "Local" {
		return Refuse(phrase.NoZone, phrase.Name("zone", name))
	}
	if _, err := time.LoadLocation(name); err != nil {
		return Refuse(phrase.NoZone, phrase.Name("zone", language.Cut(CleanName(name), 40)))
	}
	return nil
}

// zoneOf is the first of some zones that is named and known, else UTC.
func zoneOf(names ...string) *time.Location {
	for _, name := range names {
		if name == "" || name == "Local" {
			continue
		}
		if z, err := time.LoadLocation(name); err == nil {
			return z
		}
	}
	return time.UTC
}

// Location is the zone in which a space counts its days.
func (s Settings) Location() *time.Location { return zoneOf(s.Zone) }

// rollover is when a learner's day begins.
const rollover = 4 * time.Hour

// DayOf is the number of the day of a moment in a zone, counted from 1970-01-01, when days begin
// at 04:00.
func DayOf(at time.Time, zone *time.Location) int {
	y, m, d := at.In(zone).Add(-rollover).Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// DateIn is the date of a moment in a zone.
func DateIn(at time.Time, zone *time.Location) language.Date {
	y, m, d := at.In(zone).Date()
	return language.Date{Year: int16(y), Month: int8(m), Day: int8(d)}
}
