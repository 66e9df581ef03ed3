package telegram

import (
	"context"
	"strings"

	"summitquiz/bot"
	"summitquiz/bot/adapter"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// Telegram's limits of menus and descriptions, in UTF-16 code units.
const (
	commandLimit     = 256
	aboutLimit       = 120
	descriptionLimit = 512
)

type menuEntry struct {
	Name        string `json:"command"`
	Description string `json:"description"`
}

// menuName is the name of a command in menus: one word of letters and underscores.
func menuName(name string) string { return strings.ReplaceAll(name, " ", "_") }

// menu lists the commands for a kind of chat in a language.
func menu(commands bot.CommandList, scope string, c language.Code) []menuEntry {
	var out []menuEntry
	for _, s := range commands {
		if scope == "all_group_chats" && s.Who >= bot.ChatAdmin || scope == "all_private_chats" && s.Where == bot.SharedOnly {
			continue
		}
		out = append(out, menuEntry{menuName(s.Name), language.Cut(language.StripIsolates(s.Description(c)), commandLimit)})
	}
	return out
}

// request is one request that changes the bot's profile.
type request struct {
	method string
	params params
}

// profile returns the requests that set everything that Telegram shows of the bot: menus by kind of chat and
// descriptions, each in all languages, and in English for speakers of others.
func profile(commands bot.CommandList) []request {
	var out []request
	tags := append([]string{""}, languageTags()...)
	for _, tag := range tags {
		c, _ := language.Parse(tag) // English where there is none
		with := func(p params) params {
			if tag != "" {
				p["language_code"] = tag
			}
			return p
		}
		for _, scope := range []string{"all_private_chats", "all_group_chats", "all_chat_administrators"} {
			out = append(out, request{"setMyCommands", with(params{"commands": asJSON(menu(commands, scope, c)), "scope": asJSON(map[string]string{"type": scope})})})
		}
		out = append(out,
			request{"setMyShortDescription", with(params{"short_description": language.Cut(phrase.Say(c, phrase.BotAbout), aboutLimit)})},
			request{"setMyDescription", with(params{"description": language.Cut(phrase.Say(c, phrase.BotDescription), descriptionLimit)})})
	}
	return out
}

func languageTags() []string {
	var tags []string
	for _, c := range language.Own() {
		tags = append(tags, c.String())
	}
	return tags
}

// register sets the bot's profile if it changed.
func (a *Adapter) register(ctx context.Context) error {
	all := profile(a.service.Commands())
	var b strings.Builder
	for _, r := range all {
		b.WriteString(r.method + asJSON(r.params) + "\n")
	}
	return adapter.Publish(ctx, a.store, "telegram-menus-"+decimal(a.self.Load().ID), []byte(b.String()), func() error {
		for _, r := range all {
			if err := a.doPatiently(ctx, r); err != nil {
				return err
			}
		}
		return nil
	})
}

// doPatiently sends a request, and repeats it while Telegram says that there are too many.
func (a *Adapter) doPatiently(ctx context.Context, r request) error {
	for {
		err := a.client.do(ctx, r.method, r.params, nil, callTime)
		if err == nil {
			return nil
		}
		wait := a.backOff(err)
		if wait == 0 {
			return err
		}
		if err := adapter.Sleep(ctx, wait); err != nil {
			return err
		}
	}
}
