package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/adapter"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// Discord's limits of commands; of texts in UTF-16 code units.
const (
	maxChoices     = 25
	maxChoice      = 100
	maxDescription = 100
)

// command is a command to register.
type command struct {
	Type             int               `json:"type"`
	Name             string            `json:"name"`
	Names            map[string]string `json:"name_localizations,omitempty"`
	Description      string            `json:"description,omitempty"`
	Descriptions     map[string]string `json:"description_localizations,omitempty"`
	Options          []optionSpec      `json:"options,omitempty"`
	Permissions      *int              `json:"default_member_permissions,omitempty"` // null: everybody may use it
	IntegrationTypes []int             `json:"integration_types"`
	Contexts         []int             `json:"contexts"`
}

// optionSpec is an option, or a subcommand with its options.
type optionSpec struct {
	Type         int               `json:"type"`
	Name         string            `json:"name"`
	Names        map[string]string `json:"name_localizations,omitempty"`
	Description  string            `json:"description"`
	Descriptions map[string]string `json:"description_localizations,omitempty"`
	Required     bool              `json:"required,omitempty"`
	Choices      []choice          `json:"choices,omitempty"`
	Min          *int              `json:"min_value,omitempty"`
	Max          *int              `json:"max_value,omitempty"`
	MaxLength    int               `json:"max_length,omitempty"`
	Autocomplete bool              `json:"autocomplete,omitempty"`
	Options      []optionSpec      `json:"options,omitempty"`
}

// The types of commands and options that are used.
const (
	chatCommand   = 1
	stringOption  = 3
	integerOption = 4
	fileOption    = 11
)

// Where a command is installed and available.
var (
	installedInServers = []int{0}
	installedAnywhere  = []int{0, 1} // also by a person for their own account
	inServers          = []int{0}
	inServersAndDM     = []int{0, 1} // and in the direct chat with the bot
	inEveryChat        = []int{0, 1, 2}
)

// personal are the commands that concern only the person who uses them: they work everywhere, also where the
// bot is not a member.
var personal = map[string]bool{"language": true, "link": true, "stats": true, "packs": true, "privacy": true, "help": true}

// locales are Discord's names of our languages. Discord's API knows Arabic but its apps do not offer it;
// whether it is accepted here shows only when it is tried.
var locales = map[language.Code][]string{
	language.English: {"en-US", "en-GB"}, language.Korean: {"ko"}, language.Chinese: {"zh-CN"}, language.Arabic: {"ar"},
}

// definitions returns what is registered: the bot's commands, those of two words as subcommands of one, and
// the entry in the menu of messages.
func definitions(specs []*bot.Command, langs []language.Code) []command {
	var out []command
	at := map[string]int{}
	for _, s := range specs {
		name, sub, nested := strings.Cut(s.Name, " ")
		i, known := at[name]
		if !known {
			i = len(out)
			at[name] = i
			out = append(out, newCommand(s, name, langs))
			if nested {
				out[i].Description, out[i].Descriptions = localized(langs, phrase.ID("slash-about-"+name))
			}
		}
		if !nested {
			out[i].Options = options(s, langs)
			continue
		}
		o := optionSpec{Type: subCommand, Name: sub, Options: options(s, langs)}
		_, o.Names = localized(langs, phrase.ID("slash-"+sub))
		o.Description, o.Descriptions = localizedText(langs, s.Description)
		out[i].Options = append(out[i].Options, o)
	}
	menu := command{Type: menuCommand, IntegrationTypes: installedInServers, Contexts: inServersAndDM}
	menu.Name, menu.Names = localized(langs, phrase.ID("slash-report-menu"))
	return append(out, menu)
}

func newCommand(s *bot.Command, name string, langs []language.Code) command {
	c := command{Type: chatCommand, Name: name, IntegrationTypes: installedInServers, Contexts: inServersAndDM}
	_, c.Names = localized(langs, phrase.ID("slash-"+name))
	c.Description, c.Descriptions = localizedText(langs, s.Description)
	if personal[name] {
		c.IntegrationTypes, c.Contexts = installedAnywhere, inEveryChat
	}
	if s.Where == bot.SharedOnly {
		c.Contexts = inServers
	}
	if s.Who >= bot.ChatAdmin {
		rights := mayManage
		c.Permissions = &rights
	}
	return c
}

// localized returns a phrase in English, and by Discord's name of each language.
func localized(langs []language.Code, id phrase.ID) (string, map[string]string) {
	return localizedText(langs, func(c language.Code) string { return phrase.Say(c, id) })
}

func localizedText(langs []language.Code, in func(language.Code) string) (string, map[string]string) {
	all := map[string]string{}
	for _, c := range langs {
		for _, l := range locales[c] {
			all[l] = language.Cut(language.StripIsolates(in(c)), maxDescription)
		}
	}
	return language.Cut(language.StripIsolates(in(language.English)), maxDescription), all
}

// options are the options of a command, required ones first, as Discord demands.
func options(s *bot.Command, langs []language.Code) []optionSpec {
	var required, rest []optionSpec
	for i := range s.Options {
		o := &s.Options[i]
		out := optionSpec{Type: stringOption, Name: o.Name, Required: o.Required}
		_, out.Names = localized(langs, phrase.ID("slash-"+o.Name))
		out.Description, out.Descriptions = localizedText(langs, o.Description)
		switch o.Type {
		case bot.IntOption:
			out.Type, out.Min, out.Max = integerOption, &o.Min, &o.Max
		case bot.FileOption:
			out.Type = fileOption
		case bot.PackOption, bot.VersionOption:
			out.Autocomplete, out.MaxLength = true, o.Max
		case bot.ChoiceOption:
			if len(o.Choices) > maxChoices {
				out.Autocomplete = true
				break
			}
			for _, value := range o.Choices {
				c := choice{Value: value}
				c.Name, c.Names = localizedText(langs, func(l language.Code) string { return o.ChoiceName(l, value) })
				out.Choices = append(out.Choices, c)
			}
		default:
			out.MaxLength = o.Max
		}
		if o.Required {
			required = append(required, out)
		} else {
			rest = append(rest, out)
		}
	}
	return append(required, rest...)
}

// tryRegister registers the commands and reports whether it need not be tried again.
func (a *Adapter) tryRegister(ctx context.Context) bool {
	err := a.register(ctx)
	if err != nil && ctx.Err() == nil {
		a.log.Error("commands were not registered; the old ones stay for now", "err", err)
	}
	return err == nil || ctx.Err() != nil || hasCode(err, invalidForm) // it would be refused again
}

// keepRegistering tries to register the commands until it works or ctx ends.
func (a *Adapter) keepRegistering(ctx context.Context) {
	backoff := adapter.Backoff{First: time.Second, Max: longestPause}
	for adapter.Sleep(ctx, backoff.Next()) == nil && !a.tryRegister(ctx) {
	}
}

// register registers the commands if they have changed. All processes with one token would register the same,
// so one is enough.
func (a *Adapter) register(ctx context.Context) error {
	specs := a.service.Commands()
	all := definitions(specs, language.Own())
	body, err := json.Marshal(all)
	if err != nil {
		return fmt.Errorf("encode the commands: %w", err)
	}
	return adapter.Publish(ctx, a.store, "discord-commands-"+a.appID, body, func() error {
		err := a.putCommands(ctx, all)
		if hasCode(err, invalidForm) {
			a.log.Info("discord refuses Arabic names of commands; they are registered without", "err", err)
			err = a.putCommands(ctx, definitions(specs, []language.Code{language.English, language.Korean, language.Chinese}))
		}
		if err != nil {
			return fmt.Errorf("register the commands: %w", err)
		}
		return nil
	})
}

func (a *Adapter) putCommands(ctx context.Context, all []command) error {
	return a.client.do(ctx, request{method: http.MethodPut, path: "/applications/" + a.appID + "/commands", body: all, priority: replying}, nil)
}
