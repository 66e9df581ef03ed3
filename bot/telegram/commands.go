package telegram

import (
	"context"
	"strings"

	"summitquiz/bot"
	"summitquiz/bot/adapter"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// What Telegram allows of menus and of what a bot says of itself.
const (
	commandLimit     = 256
	aboutLimit       = 120
	descriptionLimit = 512
)

type menuEntry struct {
	Name        string `json:"command"`
	Description string `json:"description"`
}

// menuName is a command as menus have it: one word of letters and underscores.
func menuName(name string) string { return strings.ReplaceAll(name, " ", "_") }

// menu lists the commands for a kind of chat in a language.
func menu(scope string, c language.Code) []menuEntry {
	var out []menuEntry
	for _, s := range bot.Commands() {
		if scope == "all_group_chats" && s.Who >= bot.ChatAdmin || scope == "all_private_chats" && s.Where == bot.SharedOnly {
			continue
		}
		out = append(out, menuEntry{menuName(s.Name), language.Cut(language.StripIsolates(s.Description(c)), commandLimit)})
	}
	return out
}

// request is one thing to tell Telegram about ourselves.
type request struct {
	method string
	params params
}

// profile is everything that Telegram shows of us: menus by kind of chat and what the bot
// is, each in English for whoever speaks none of our languages, and in each of those.
func profile() []request {
	var out []request
	tongues := append([]string{""}, languageTags()...)
	for _, tag := range tongues {
		c, _ := language.Parse(tag) // English where it is none
		with := func(p params) params {
			if tag != "" {
				p["language_code"] = tag
			}
			return p
		}
		for _, scope := range []string{"all_private_chats", "all_group_chats", "all_chat_administrators"} {
			out = append(out, request{"setMyCommands", with(params{"commands": asJSON(menu(scope, c)), "scope": asJSON(map[string]string{"type": scope})})})
		}
		out = append(out,
			request{"setMyShortDescription", with(params{"short_description": language.Cut(phrase.Say(c, phrase.BotAbout), aboutLimit)})},
			request{"setMyDescription", with(params{"description": language.Cut(phrase.Say(c, phrase.BotDescription), descriptionLimit)})})
	}
	return out
}

func languageTags() []string {
	var tags []string
	for _, c := range language.All() {
		tags = append(tags, c.String())
	}
	return tags
}

// register tells Telegram about us if that is not what it was told last.
func (a *Adapter) register(ctx context.Context) error {
	all := profile()
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

// doPatiently makes a request, again as long as Telegram says that it is one too many.
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
