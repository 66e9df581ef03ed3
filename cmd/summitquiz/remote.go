package main

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"

	"github.com/prometheus/client_golang/prometheus"

	"summitquiz/bot"
	"summitquiz/bot/discord"
	"summitquiz/bot/telegram"
	"summitquiz/bot/web"
	"summitquiz/config"
)

// remote is a platform that is somewhere else: it has to be reached, and it may be away.
type remote interface {
	bot.Platform
	// Run keeps the platform connected until ctx ends, then finishes what it has received and
	// returns nil.
	Run(ctx context.Context) error
	// Refused returns why the platform refuses the bot, such as for a revoked token; nil if it does not.
	Refused() error
	// Ready reports whether the platform is connected.
	Ready() bool
}

// hook is where a platform calls the bot, under any name: what it sends proves itself.
type hook struct {
	pattern string
	handler http.Handler
}

// openRemotes attaches the platforms for which there is a token.
func (p *program) openRemotes(ctx context.Context) error {
	if err := p.claimBots(ctx); err != nil {
		return err
	}
	if p.cfg.DiscordToken != "" {
		o := discord.Options{Token: string(p.cfg.DiscordToken), Public: p.cfg.DiscordPublicKey, APIURL: p.cfg.DiscordAPIURL,
			Service: p.service, Store: p.store, Log: p.log}
		if p.replicas != nil {
			s := &shards{r: p.replicas, log: p.log}
			o.Lead, o.LeadShard, o.Turn = p.leader("discord", func() bool { return true }), s.lead, s.turn
		}
		a, err := discord.New(o)
		if err != nil {
			return err
		}
		p.remotes = append(p.remotes, a)
		p.meter.interactions(a)
		p.meter.shards(a)
		if p.cfg.DiscordPublicKey != "" {
			p.hooks = append(p.hooks, hook{"POST /discord/interactions", a})
		}
	}
	if p.cfg.TelegramToken != "" {
		webhook, err := p.webhook()
		if err != nil {
			return err
		}
		var a *telegram.Adapter
		a, err = telegram.New(telegram.Options{Token: string(p.cfg.TelegramToken), APIURL: p.cfg.TelegramAPIURL, Service: p.service, Store: p.store, Log: p.log,
			Webhook: webhook, Lead: p.leader("telegram", func() bool { return a.Ready() })})
		if err != nil {
			return err
		}
		p.remotes = append(p.remotes, a)
		if webhook.URL != "" {
			p.hooks = append(p.hooks, hook{"POST " + config.WebhookPath, a})
		}
		p.meter.updates(a)
	}
	for _, r := range p.remotes {
		p.service.Attach(r)
		if p.replicas != nil {
			p.replicas.platforms[r.Name()] = r
		}
		p.meter.connection(r)
	}
	return nil
}

// webhook is where Telegram pushes updates to; its zero value where the bot asks for them. Without a secret of its own
// it has one that all processes make of the key that they share.
func (p *program) webhook() (telegram.Webhook, error) {
	address, err := p.cfg.Webhook()
	if err != nil || address == "" {
		return telegram.Webhook{}, err
	}
	secret := string(p.cfg.TelegramWebhookSecret)
	if secret == "" {
		mac := hmac.New(sha256.New, p.key)
		mac.Write([]byte("telegram webhook"))
		secret = hex.EncodeToString(mac.Sum(nil))
	}
	return telegram.Webhook{URL: address, Secret: secret}, nil
}

// platforms are the names of where people can play.
func (p *program) platforms() []string {
	names := []string{p.room.Name()}
	for _, r := range p.remotes {
		names = append(names, r.Name())
	}
	return names
}

// writeConnections writes which platforms are connected. One that is away makes the bot no less
// ready: the others go on.
func (p *program) writeConnections(w io.Writer) {
	for _, r := range p.remotes {
		state := "is not connected"
		if err := r.Refused(); err != nil {
			state = "refuses the bot and is tried again each hour: " + p.secrets.clean(err.Error())
		} else if r.Ready() {
			state = "is connected"
			if d, is := r.(sharded); is && p.replicas != nil {
				mine, _, all := d.Shards()
				state += fmt.Sprintf(" (%d of %d shards)", mine, all)
			}
		} else if p.isElsewhere(r) {
			state = "is another process's"
		}
		io.WriteString(w, r.Name()+" "+state+"\n")
	}
}

// connection tells whether a platform is connected.
func (m *meter) connection(r remote) {
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "summitquiz_connected", Help: "1 while the platform is connected.",
		ConstLabels: prometheus.Labels{"platform": r.Name()}}, func() float64 {
		if r.Ready() {
			return 1
		}
		return 0
	}))
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "summitquiz_refused", Help: "1 while the platform refuses the bot, such as for a revoked token.",
		ConstLabels: prometheus.Labels{"platform": r.Name()}}, func() float64 {
		if r.Refused() != nil {
			return 1
		}
		return 0
	}))
}

// streams tells how many pages listen to the web room.
func (m *meter) streams(room *web.Adapter) {
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "summitquiz_web_streams", Help: "Open event streams of the web room."},
		func() float64 { return float64(room.Streams()) }))
}

// outcomes tells what became of what a platform sent, by outcome.
func outcomes[C any](m *meter, name, help string, read func() C, counts map[string]func(C) int64) {
	for outcome, count := range counts {
		m.registry.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{Name: name, Help: help, ConstLabels: prometheus.Labels{"outcome": outcome}},
			func() float64 { return float64(count(read())) }))
	}
}

// updates tells what became of the updates of Telegram.
func (m *meter) updates(a *telegram.Adapter) {
	outcomes(m, "summitquiz_telegram_updates_total", "Updates of Telegram, by what became of them; received counts all that were new.", a.Counts,
		map[string]func(telegram.Counts) int64{
			"received":  func(c telegram.Counts) int64 { return c.Received },
			"repeated":  func(c telegram.Counts) int64 { return c.Repeated },
			"unread":    func(c telegram.Counts) int64 { return c.Unread },
			"ignored":   func(c telegram.Counts) int64 { return c.Ignored },
			"failed":    func(c telegram.Counts) int64 { return c.Failed },
			"forged":    func(c telegram.Counts) int64 { return c.Forged },
			"postponed": func(c telegram.Counts) int64 { return c.Postponed },
		})
}

// sharded is a platform with several connections, of which each process has some.
type sharded interface {
	Shards() (mine, connected, all int)
}

// shards tells how many shards of Discord's gateway there are and how many this process is connected with.
func (m *meter) shards(a sharded) {
	for state, count := range map[string]func(mine, connected, all int) int{
		"mine":      func(mine, _, _ int) int { return mine },
		"connected": func(_, connected, _ int) int { return connected },
		"all":       func(_, _, all int) int { return all },
	} {
		m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "summitquiz_discord_shards", ConstLabels: prometheus.Labels{"state": state},
			Help: "Shards of Discord's gateway: those of this process, those of them that are connected, and all."}, func() float64 { return float64(count(a.Shards())) }))
	}
}

// interactions tells what became of the interactions of Discord.
func (m *meter) interactions(a *discord.Adapter) {
	outcomes(m, "summitquiz_discord_interactions_total", "Interactions of Discord, by what became of them; received counts all that could be read.", a.Counts,
		map[string]func(discord.Counts) int64{
			"received": func(c discord.Counts) int64 { return c.Received },
			"late":     func(c discord.Counts) int64 { return c.Late },
			"dropped":  func(c discord.Counts) int64 { return c.Dropped },
			"unread":   func(c discord.Counts) int64 { return c.Unread },
			"unsigned": func(c discord.Counts) int64 { return c.Unsigned },
			"dead":     func(c discord.Counts) int64 { return c.Dead },
			"repeated": func(c discord.Counts) int64 { return c.Repeated },
		})
}
