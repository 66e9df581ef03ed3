// Package account is what a person can set and ask about themselves, and what admins set for a
// space: language, settings, accounts that are joined, privacy, ownership.
//
// It promises that what a person chose holds on their next input, and that a deletion is not
// undone by a crash. It refuses to know what is played.
package account

import (
	"context"

	"summitquiz/bot"
	"summitquiz/bot/catalog"
)

// Store is what the feature asks of a store.
type Store interface {
	Owners(ctx context.Context) ([]bot.Member, error)
	Accounts(ctx context.Context, m bot.MemberID) ([]bot.Account, error)
	bot.Notes
	bot.PersonalData
	bot.Links
}

// Feature is the room for accounts and settings.
type Feature struct {
	host  bot.Host
	store Store
	packs *catalog.Catalog
}

// New returns the feature.
func New(h bot.Host, s Store, packs *catalog.Catalog) *Feature {
	return &Feature{host: h, store: s, packs: packs}
}

// Name is "account".
func (f *Feature) Name() string { return "account" }

// Commands are /language, /link, /settings and /privacy.
func (f *Feature) Commands() []*bot.Command {
	action := bot.OptionSpec{Name: "action", Type: bot.ChoiceOption, Choices: []string{"show", "export", "delete"}}
	code := bot.OptionSpec{Name: "code", Type: bot.TextOption, Max: 60}
	parting := bot.OptionSpec{Name: "action", Type: bot.ChoiceOption, Choices: []string{remove}}
	return []*bot.Command{
		{Name: "language", Own: true, Options: []bot.OptionSpec{bot.OptionLanguage, bot.OptionZone, bot.OptionDigits}, Order: 110, Run: f.language},
		{Name: "link", Own: true, Options: []bot.OptionSpec{code, parting}, Order: 115, Run: f.link},
		{Name: "settings", Options: settingOptions(), Who: bot.ChatAdmin, Order: 130, Run: f.settings},
		{Name: "privacy", Own: true, Options: []bot.OptionSpec{action}, Order: 300, Run: f.privacy},
	}
}

// Actions are the buttons of the cards, and the link that makes an owner.
func (f *Feature) Actions() map[string]bot.Action {
	return map[string]bot.Action{
		"lang":   {For: bot.ForMember, Run: f.pressLanguage},
		"set":    {For: bot.ForMember, Run: f.pressSetting},
		"export": {For: bot.ForMember, Run: f.export},
		"forget": {For: bot.ForMember, Run: f.pressForget},
		"logout": {For: bot.ForMember, Run: f.pressEndLogins},
		"join":   {For: bot.ForMember, Run: f.pressJoin},
		"nojoin": {For: bot.ForMember, Run: f.pressNoJoin},
		"part":   {For: bot.ForMember, Run: f.pressPart},
		"owner":  {For: bot.ForAnybody, Run: f.pressOwner},
	}
}

// Kinds is none: there are no sessions, posts or due work.
func (f *Feature) Kinds() []bot.Kind { return nil }

// Due is never called.
func (f *Feature) Due(context.Context, bot.Due) (*bot.Change, error) { return nil, nil }
