package config

import (
	"errors"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// Telegram says whether and how the bot is on Telegram.
type Telegram struct {
	TelegramToken         Secret `env:"TELEGRAM_TOKEN" placeholder:"TOKEN" help:"Token of the bot on Telegram; without it the bot is not there (env TELEGRAM_TOKEN)."`
	TelegramAPIURL        string `name:"telegram-api-url" env:"TELEGRAM_API_URL" default:"https://api.telegram.org" placeholder:"URL" help:"Base of Telegram's Bot API, for methods and files (env TELEGRAM_API_URL, default ${default})."`
	TelegramWebhookURL    string `name:"telegram-webhook-url" env:"TELEGRAM_WEBHOOK_URL" placeholder:"URL" help:"Where Telegram reaches the bot, such as https://quiz.example.org: then it pushes updates to /telegram/webhook there; without it the bot asks for them (env TELEGRAM_WEBHOOK_URL)."`
	TelegramWebhookSecret Secret `env:"TELEGRAM_WEBHOOK_SECRET" placeholder:"SECRET" help:"What shows that a pushed update is from Telegram: 16 to 256 letters, digits, _ or -; else one is made of SECRET_KEY (env TELEGRAM_WEBHOOK_SECRET)."`
}

// TelegramAPI is the base of Telegram's own Bot API.
const TelegramAPI = "https://api.telegram.org"

// WebhookPath is where Telegram pushes updates to.
const WebhookPath = "/telegram/webhook"

// webhookPorts are those that Telegram pushes to; "": that of https.
var webhookPorts = []string{"", "443", "80", "88", "8443"}

var webhookSecret = regexp.MustCompile(`^[A-Za-z0-9_-]{16,256}$`)

// telegramToken and discordToken are what tokens look like, so that one in the other's place is noticed.
var (
	telegramToken = regexp.MustCompile(`^[0-9]{1,20}:[A-Za-z0-9_-]{20,128}$`)
	discordToken  = regexp.MustCompile(`^[A-Za-z0-9_-]{16,40}\.[A-Za-z0-9_-]{4,12}\.[A-Za-z0-9_-]{16,}$`)
)

// Check returns what is wrong.
func (t Telegram) Check() error {
	var errs []error
	if u, err := url.Parse(t.TelegramAPIURL); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		errs = append(errs, wrong("TELEGRAM_API_URL", t.TelegramAPIURL, "write an address such as https://api.telegram.org"))
	}
	if discordToken.MatchString(strings.TrimSpace(string(t.TelegramToken))) {
		errs = append(errs, errors.New("TELEGRAM_TOKEN holds a token of Discord: put it into DISCORD_TOKEN, and the one that @BotFather shows into TELEGRAM_TOKEN"))
	}
	if _, err := t.Webhook(); err != nil {
		errs = append(errs, err)
	}
	if t.TelegramWebhookURL != "" && t.TelegramToken == "" {
		errs = append(errs, errors.New("TELEGRAM_WEBHOOK_URL is set and TELEGRAM_TOKEN is not: the bot needs the token to set the webhook and to answer"))
	}
	if t.TelegramWebhookSecret != "" && !webhookSecret.MatchString(string(t.TelegramWebhookSecret)) {
		errs = append(errs, errors.New("TELEGRAM_WEBHOOK_SECRET is not what Telegram takes: use 16 to 256 of A-Z, a-z, 0-9, _ and -, such as the output of openssl rand -hex 32"))
	}
	return errors.Join(errs...)
}

// Webhook is the address that Telegram pushes updates to; "" if the bot asks for them. A Bot API server of one's own
// may push without https, to any port.
func (t Telegram) Webhook() (string, error) {
	if t.TelegramWebhookURL == "" {
		return "", nil
	}
	u, err := url.Parse(t.TelegramWebhookURL)
	if err != nil || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || u.Scheme != "https" && u.Scheme != "http" {
		return "", wrong("TELEGRAM_WEBHOOK_URL", t.TelegramWebhookURL, "write the scheme and the host, such as https://quiz.example.org")
	}
	if strings.TrimRight(t.TelegramAPIURL, "/") == TelegramAPI && (u.Scheme != "https" || !slices.Contains(webhookPorts, u.Port())) {
		return "", wrong("TELEGRAM_WEBHOOK_URL", t.TelegramWebhookURL, "Telegram pushes only to https, and to the ports 443, 80, 88 and 8443")
	}
	switch path := strings.TrimRight(u.Path, "/"); {
	case path == "":
		u.Path = WebhookPath
	case strings.HasSuffix(path, WebhookPath): // behind a proxy that cuts off what stands before
		u.Path = path
	default:
		return "", wrong("TELEGRAM_WEBHOOK_URL", t.TelegramWebhookURL, "write the scheme and the host alone, or an address that ends in "+WebhookPath)
	}
	return u.String(), nil
}
