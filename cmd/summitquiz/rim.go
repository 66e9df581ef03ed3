package main

import (
	"context"
	"io"
	"net/http"

	"github.com/prometheus/client_golang/prometheus"

	"summitquiz/bot"
	"summitquiz/bot/discord"
	"summitquiz/bot/telegram"
)

// rim is a platform that is somewhere else: it has to be reached, and it may be away.
type rim interface {
	bot.Platform
	// Run keeps the platform connected until ctx ends, then finishes what it has received and
	// returns nil. It returns an error when the platform refuses the bot for good.
	Run(ctx context.Context) error
	// Ready reports whether the platform is connected.
	Ready() bool
}

// hook is where a platform calls the bot.
type hook struct {
	pattern string
	handler http.Handler
}

// openRims attaches the platforms for which there is a token.
func (h *house) openRims() error {
	if h.cfg.DiscordToken != "" {
		a, err := discord.New(discord.Options{Token: string(h.cfg.DiscordToken), Public: h.cfg.DiscordPublicKey, APIURL: h.cfg.DiscordAPIURL, Service: h.hall, Store: h.store, Log: h.log})
		if err != nil {
			return err
		}
		h.rims = append(h.rims, a)
		h.meter.interactions(a)
		if h.cfg.DiscordPublicKey != "" {
			h.hooks = append(h.hooks, hook{"POST /discord/interactions", a})
		}
	}
	if h.cfg.TelegramToken != "" {
		a, err := telegram.New(telegram.Options{Token: string(h.cfg.TelegramToken), APIURL: h.cfg.TelegramAPIURL, Service: h.hall, Store: h.store, Log: h.log})
		if err != nil {
			return err
		}
		h.rims = append(h.rims, a)
		h.meter.updates(a)
	}
	for _, r := range h.rims {
		h.hall.Attach(r)
		h.meter.connection(r)
	}
	return nil
}

// platforms are the names of where people can play.
func (h *house) platforms() []string {
	names := []string{h.room.Name()}
	for _, r := range h.rims {
		names = append(names, r.Name())
	}
	return names
}

// tellConnections writes which platforms are connected. One that is away makes the bot no less
// ready: the others go on.
func (h *house) tellConnections(w io.Writer) {
	for _, r := range h.rims {
		state := "is not connected"
		if r.Ready() {
			state = "is connected"
		}
		io.WriteString(w, r.Name()+" "+state+"\n")
	}
}

// connection tells whether a platform is connected.
func (m *meter) connection(r rim) {
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "summitquiz_connected", Help: "1 while the platform is connected.",
		ConstLabels: prometheus.Labels{"platform": r.Name()}}, func() float64 {
		if r.Ready() {
			return 1
		}
		return 0
	}))
}

// updates tells what became of the updates of Telegram.
func (m *meter) updates(a *telegram.Adapter) {
	for outcome, count := range map[string]func(telegram.Counts) int64{
		"received": func(c telegram.Counts) int64 { return c.Received },
		"repeated": func(c telegram.Counts) int64 { return c.Repeated },
		"unread":   func(c telegram.Counts) int64 { return c.Unread },
		"ignored":  func(c telegram.Counts) int64 { return c.Ignored },
		"failed":   func(c telegram.Counts) int64 { return c.Failed },
	} {
		m.registry.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "summitquiz_telegram_updates_total",
			Help: "Updates of Telegram, by what became of them; received counts all that were new.", ConstLabels: prometheus.Labels{"outcome": outcome}},
			func() float64 { return float64(count(a.Counts())) }))
	}
}

// interactions tells what became of the interactions of Discord.
func (m *meter) interactions(a *discord.Adapter) {
	for outcome, count := range map[string]func(discord.Counts) int64{
		"received": func(c discord.Counts) int64 { return c.Received },
		"late":     func(c discord.Counts) int64 { return c.Late },
		"dropped":  func(c discord.Counts) int64 { return c.Dropped },
		"unread":   func(c discord.Counts) int64 { return c.Unread },
		"unsigned": func(c discord.Counts) int64 { return c.Unsigned },
		"dead":     func(c discord.Counts) int64 { return c.Dead },
		"repeated": func(c discord.Counts) int64 { return c.Repeated },
	} {
		m.registry.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "summitquiz_discord_interactions_total",
			Help: "Interactions of Discord, by what became of them; received counts all that could be read.", ConstLabels: prometheus.Labels{"outcome": outcome}},
			func() float64 { return float64(count(a.Counts())) }))
	}
}
