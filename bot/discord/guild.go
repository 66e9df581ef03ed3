package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"summitquiz/bot"
)

// happened takes an event about servers and channels. It does not wait.
func (a *Adapter) happened(kind string, raw []byte) {
	in, ok := a.event(kind, raw)
	if !ok {
		return
	}
	job := func() {
		ctx, cancel := context.WithTimeout(a.work, workTime)
		defer cancel()
		if _, err := a.hall.Handle(ctx, in); err != nil {
			a.log.Error("event not handled", "event", kind, "id", in.ID, "err", err)
		}
	}
	if !a.life.put("life", func() { a.guarded("event", string(in.ID), job) }) {
		a.log.Error("event left alone: too many are waiting", "event", kind, "id", in.ID)
	}
}

// event turns an event of the gateway into an input. Its id is made so that two processes on
// one token, and a second telling by Discord, make the same one.
func (a *Adapter) event(kind string, raw []byte) (bot.Input, bool) {
	var e struct {
		ID          string    `json:"id"`
		Guild       string    `json:"guild_id"`
		Name        string    `json:"name"`
		Joined      time.Time `json:"joined_at"`
		Unavailable *bool     `json:"unavailable"`
	}
	if json.Unmarshal(raw, &e) != nil || e.ID == "" {
		return bot.Input{}, false
	}
	now := a.now().UTC()
	in := bot.Input{At: now, Place: bot.Place{Platform: platform, Space: e.ID, Chat: e.ID}}
	switch kind {
	case "GUILD_CREATE":
		// Comes for every server at every start; one with an outage comes without its joining.
		if e.Unavailable != nil && *e.Unavailable || e.Joined.IsZero() {
			return in, false
		}
		in.ID = bot.InputID(fmt.Sprintf("%s:joined-%s-%d", platform, e.ID, e.Joined.UnixMilli()))
		in.Place.Title = e.Name
		in.Event = &bot.Event{Kind: bot.Joined}
	case "GUILD_DELETE":
		if e.Unavailable != nil { // an outage: nothing is lost
			return in, false
		}
		in.ID = bot.InputID(fmt.Sprintf("%s:left-%s-%d", platform, e.ID, now.Unix()/60))
		in.Event = &bot.Event{Kind: bot.Removed}
	case "CHANNEL_DELETE", "THREAD_DELETE":
		in.ID = bot.InputID(fmt.Sprintf("%s:gone-%s", platform, e.ID))
		in.Place.Space = e.Guild
		in.Event = &bot.Event{Kind: bot.ChatGone}
	default:
		return in, false
	}
	return in, in.Place.Space != ""
}
