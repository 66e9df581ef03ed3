package catalog

import (
	"fmt"
	"strconv"
	"strings"

	"summitquiz/bot"
	"summitquiz/content"
	"summitquiz/content/language"
)

// Name is the name of a pack without its space.
func Name(id content.PackID) string {
	if _, name, own := strings.Cut(string(id), ":"); own {
		return name
	}
	return string(id)
}

// Called reports whether people mean a pack by a name.
func Called(r bot.PackRow, name string) bool { return string(r.Pack) == name || Name(r.Pack) == name }

// spaceOf is the space part of a PackID; "" for packs for everybody.
func spaceOf(id content.PackID) string {
	if space, _, own := strings.Cut(string(id), ":"); own {
		return space
	}
	return ""
}

// SpaceKey is a space as a PackID names it; "" for everybody.
func SpaceKey(s bot.SpaceID) string {
	if s == 0 {
		return ""
	}
	return fmt.Sprintf("s%d", s)
}

// SpaceOf is the space whose pack it is; 0 for packs for everybody.
func SpaceOf(id content.PackID) bot.SpaceID {
	n, err := strconv.ParseInt(strings.TrimPrefix(spaceOf(id), "s"), 10, 64)
	if err != nil {
		return 0
	}
	return bot.SpaceID(n)
}

// Label is what a version is called: the author's label, with its revision from the second on.
func Label(r bot.PackRow) string {
	if r.Revision > 1 {
		return fmt.Sprintf("%s r%d", r.Version, r.Revision)
	}
	return r.Version
}

// TitleIn is the title of a pack in a language, else in English, else in the pack's first.
func TitleIn(p *content.Pack, c language.Code) string {
	if t := p.Title[c]; t != "" {
		return t
	}
	if t := p.Title[language.English]; t != "" {
		return t
	}
	return p.Title[p.Languages.Codes()[0]]
}

// LanguageFor is the language in which a pack is shown to someone who reads c: that one, else
// English, else the pack's first.
func LanguageFor(p *content.Pack, c language.Code) language.Code {
	for _, c := range []language.Code{c, language.English} {
		if p.Languages.Has(c) {
			return c
		}
	}
	return p.Languages.Codes()[0]
}
