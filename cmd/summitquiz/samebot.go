package main

import (
	"context"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"

	"summitquiz/bot"
	"summitquiz/bot/store/postgres"
)

// botNote begins the keys of notes that say which bot a database is of on a platform. Chats of one bot are nothing to
// another: what it sent would fail, and the chats would count as gone.
const botNote = "bot-of-"

// botOf is the id of the bot in a token, which is no secret; "" if the token does not say it.
func botOf(platform, token string) string {
	mark := map[string]string{"telegram": ":", "discord": "."}[platform]
	id, _, found := strings.Cut(strings.TrimSpace(token), mark)
	if !found {
		return ""
	}
	if plain, err := base64.RawStdEncoding.DecodeString(id); err == nil && platform == "discord" {
		return string(plain)
	}
	return id
}

// tokens are those that are set, by platform.
func (p *program) tokens() map[string]string {
	out := map[string]string{}
	for platform, token := range map[string]string{"discord": string(p.cfg.DiscordToken), "telegram": string(p.cfg.TelegramToken)} {
		if id := botOf(platform, token); id != "" {
			out[platform] = id
		}
	}
	return out
}

// claimBots refuses the token of another bot than the one that other processes serve the database with. Where no other
// process is there the bot may change: then that is logged.
func (p *program) claimBots(ctx context.Context) error {
	for platform, id := range p.tokens() {
		noted, err := firstNote(ctx, p.store, botNote+platform, id)
		if err != nil {
			return err
		}
		if noted == id {
			continue
		}
		others, err := p.others(ctx)
		if err != nil {
			return err
		}
		if len(others) > 0 {
			return otherBot(platform, id, noted, others)
		}
		p.log.Warn("the token is another bot's than before: what the other bot sent cannot be edited, and its chats are unknown to this one",
			"platform", platform, "bot", id, "before", noted)
		if err := p.store.SetNote(ctx, botNote+platform, id); err != nil {
			return err
		}
	}
	return nil
}

// stillOurBot refuses to connect as another bot than the one that the database is of by now.
func (p *program) stillOurBot(ctx context.Context, platform string) error {
	id := p.tokens()[platform]
	noted, err := p.store.Note(ctx, botNote+platform)
	if err != nil || id == "" || noted == id {
		return nil //nolint:nilerr // where it cannot be read, nothing can be sent either
	}
	return otherBot(platform, id, noted, nil)
}

// otherBot is the error of a token of another bot.
func otherBot(platform, id, noted string, others []string) error {
	who := "the database is bot " + noted + "'s by now"
	if len(others) > 0 {
		who = fmt.Sprintf("other processes (%s) serve this database as bot %s", strings.Join(others, ", "), noted)
	}
	return fmt.Errorf("%s_TOKEN is the token of bot %s, but %s: give all processes the same token; to change the bot, stop all of them first",
		strings.ToUpper(platform), id, who)
}

// firstNote notes a value unless there is one, and returns the one that stands there.
func firstNote(ctx context.Context, n bot.Notes, key, value string) (string, error) {
	if db, is := n.(*postgres.DB); is {
		return db.FirstNote(ctx, key, value)
	}
	noted, err := n.Note(ctx, key)
	if err != nil || noted != "" {
		return noted, err
	}
	return value, n.SetNote(ctx, key, value)
}

// others are the processes that serve the database besides this one.
func (p *program) others(ctx context.Context) ([]string, error) {
	if p.replicas == nil {
		return nil, nil
	}
	all, err := p.replicas.store.Leases(ctx)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, l := range all {
		if name, is := strings.CutPrefix(l.Name, processLease); is && l.Held() && name != p.replicas.name {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out, nil
}
