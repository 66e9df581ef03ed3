package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"summitquiz/bot"
)

// Event takes an event about a server or channel. It does not wait.
func (h *handler) Event(kind string, raw []byte) {
	in, ok := h.readEvent(kind, raw)
	if !ok {
		return
	}
	job := func() {
		ctx, cancel := context.WithTimeout(h.work, workTime)
		defer cancel()
		if _, err := h.service.Handle(ctx, in); err != nil {
			h.log.Error("event not handled", "event", kind, "id", in.ID, "err", err)
		}
	}
	if !h.events.TryAdd("life", func() { h.protect("event", string(in.ID), job) }) {
		h.log.Error("event left alone: too many are waiting", "event", kind, "id", in.ID)
	}
}

// Servers finds the servers of a shard from which the bot was removed while it was not connected:
// READY lists all servers, including those with an outage.
func (h *handler) Servers(here map[string]bool, shard, of int) {
	job := func() {
		ctx, cancel := context.WithTimeout(h.work, workTime)
		defer cancel()
		known, err := h.store.Spaces(ctx, platform)
		if err != nil {
			h.log.Error("the servers of last time cannot be read", "err", err)
			return
		}
		for _, s := range known {
			id, err := strconv.ParseUint(s.Key, 10, 64)
			if err != nil || here[s.Key] || int(id>>22%uint64(of)) != shard {
				continue
			}
			h.log.Info("removed from a server while away", "server", s.Key)
			in := bot.Input{
				ID: removalID(s.Key, h.now()), At: h.now().UTC(), Place: bot.Place{Platform: platform, Space: s.Key, Chat: s.Key},
				Event: &bot.Event{Kind: bot.Removed},
			}
			if _, err := h.service.Handle(ctx, in); err != nil {
				h.log.Error("event not handled", "event", "removed while away", "id", in.ID, "err", err)
			}
		}
	}
	if !h.events.TryAdd("life", func() { h.protect("event", "READY", job) }) {
		h.log.Error("event left alone: too many are waiting", "event", "READY")
	}
}

// removalID is the id of a removal, the same in all processes that learn of it.
func removalID(guild string, at time.Time) bot.InputID {
	return bot.InputID(fmt.Sprintf("%s:left-%s-%d", platform, guild, at.Unix()/60))
}

// readEvent turns an event of the gateway into an input. Its id is the same in two processes on one token
// and when Discord repeats the event.
func (h *handler) readEvent(kind string, raw []byte) (bot.Input, bool) {
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
	now := h.now().UTC()
	in := bot.Input{At: now, Place: bot.Place{Platform: platform, Space: e.ID, Chat: e.ID}}
	switch kind {
	case "GUILD_CREATE":
		// Sent for every server at every start; one with an outage has no joined_at.
		if e.Unavailable != nil && *e.Unavailable || e.Joined.IsZero() {
			return in, false
		}
		// A new id each day, in case the server was taken for gone.
		in.ID = bot.InputID(fmt.Sprintf("%s:joined-%s-%d-%s", platform, e.ID, e.Joined.UnixMilli(), now.Format("20060102")))
		in.Place.Title = e.Name
		in.Event = &bot.Event{Kind: bot.Joined}
	case "GUILD_DELETE":
		if e.Unavailable != nil { // an outage, not a removal
			return in, false
		}
		in.ID = removalID(e.ID, now)
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
