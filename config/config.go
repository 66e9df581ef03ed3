// Package config is what an operator can set: the environment, and the flags of serve that
// bear the same names.
//
// It promises that a wrong value is reported with the name of its variable and what would be
// right, all of them at once, and that a secret never prints. It refuses to read files or to
// open anything: it says what was asked for.
package config

import (
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Database says where everything is kept.
type Database struct {
	DatabaseURL string `name:"database-url" env:"DATABASE_URL" default:"sqlite:summitquiz.db" placeholder:"URL" help:"Where everything is kept: sqlite: and a file, or postgres:// and a database of a PostgreSQL server (env DATABASE_URL, default ${default})."`
}

// Postgres reports whether everything is kept on a PostgreSQL server.
func (d Database) Postgres() bool {
	return strings.HasPrefix(d.DatabaseURL, "postgres://") || strings.HasPrefix(d.DatabaseURL, "postgresql://")
}

// Shown is the address as it may be shown: without a password.
func (d Database) Shown() string {
	scheme, rest, ok := strings.Cut(d.DatabaseURL, "://")
	if !ok {
		return d.DatabaseURL
	}
	place, _, _ := strings.Cut(rest, "?") // which may hold a password too
	if at := strings.LastIndexByte(place, '@'); at >= 0 {
		place = place[at+1:]
	}
	return scheme + "://" + place
}

// Password is the password in the address; "" if there is none.
func (d Database) Password() Secret {
	u, err := url.Parse(d.DatabaseURL)
	if err != nil {
		return ""
	}
	password, _ := u.User.Password()
	if password == "" {
		password = u.Query().Get("password")
	}
	return Secret(password)
}

// Valid returns what is wrong with the address.
func (d Database) Valid() error {
	if !d.Postgres() {
		_, err := d.Path()
		return err
	}
	if u, err := url.Parse(d.DatabaseURL); err != nil || strings.Trim(u.Path, "/") == "" {
		return wrong("DATABASE_URL", d.Shown(), "write postgres://USER:PASSWORD@HOST:5432/DATABASE, with what is special in the password as %XX")
	}
	return nil
}

// Path returns the file of the SQLite database.
func (d Database) Path() (string, error) {
	path, ok := strings.CutPrefix(d.DatabaseURL, "sqlite:")
	switch {
	case !ok:
		return "", wrong("DATABASE_URL", d.Shown(), "write sqlite: and a file, such as sqlite:summitquiz.db, or postgres://USER:PASSWORD@HOST:5432/DATABASE")
	case path == "" || path == ":memory:":
		return "", wrong("DATABASE_URL", d.DatabaseURL, "name a file: what is only in memory is lost with the process")
	}
	return strings.TrimPrefix(path, "//"), nil
}

// Pool says how a database on a server is asked; a file has no use for it.
type Pool struct {
	DatabaseConnections int           `name:"database-connections" env:"DATABASE_CONNECTIONS" default:"8" placeholder:"N" help:"PostgreSQL: connections to read by; two more write and listen (env DATABASE_CONNECTIONS, default ${default})."`
	StatementTimeout    time.Duration `name:"database-statement-timeout" env:"DATABASE_STATEMENT_TIMEOUT" default:"30s" placeholder:"TIME" help:"PostgreSQL: how long one statement may run (env DATABASE_STATEMENT_TIMEOUT, default ${default})."`
	LockTimeout         time.Duration `name:"database-lock-timeout" env:"DATABASE_LOCK_TIMEOUT" default:"20s" placeholder:"TIME" help:"PostgreSQL: how long a statement waits for another process (env DATABASE_LOCK_TIMEOUT, default ${default})."`
}

// Bounds of a pool.
const (
	mostConnections = 500
	leastTimeout    = time.Second
	mostTimeout     = 10 * time.Minute
)

// Check returns what is wrong.
func (p Pool) Check() error {
	var errs []error
	if p.DatabaseConnections < 1 || p.DatabaseConnections > mostConnections {
		errs = append(errs, wrong("DATABASE_CONNECTIONS", strconv.Itoa(p.DatabaseConnections), fmt.Sprintf("use a number from 1 to %d", mostConnections)))
	}
	if p.StatementTimeout < leastTimeout || p.StatementTimeout > mostTimeout {
		errs = append(errs, wrong("DATABASE_STATEMENT_TIMEOUT", p.StatementTimeout.String(), "use a time from 1s to 10m"))
	}
	if p.LockTimeout < leastTimeout || p.LockTimeout > p.StatementTimeout {
		errs = append(errs, wrong("DATABASE_LOCK_TIMEOUT", p.LockTimeout.String(), "use a time from 1s to DATABASE_STATEMENT_TIMEOUT"))
	}
	return errors.Join(errs...)
}

// Log says what is logged and how.
type Log struct {
	LogLevel  string `name:"log-level" env:"LOG_LEVEL" default:"info" placeholder:"L" help:"debug, info, warn or error (env LOG_LEVEL, default ${default})."`
	LogFormat string `name:"log-format" env:"LOG_FORMAT" default:"text" placeholder:"F" help:"text or json (env LOG_FORMAT, default ${default})."`
}

// Level returns the level of the log.
func (l Log) Level() (slog.Level, error) {
	var level slog.Level
	if err := level.UnmarshalText([]byte(l.LogLevel)); err != nil {
		return level, wrong("LOG_LEVEL", l.LogLevel, "use debug, info, warn or error")
	}
	return level, nil
}

// JSON reports whether the log is written as JSON.
func (l Log) JSON() (bool, error) {
	switch l.LogFormat {
	case "text":
		return false, nil
	case "json":
		return true, nil
	}
	return false, wrong("LOG_FORMAT", l.LogFormat, "use text or json")
}

// Discord says whether and how the bot is on Discord.
type Discord struct {
	DiscordToken     Secret `env:"DISCORD_TOKEN" placeholder:"TOKEN" help:"Token of the bot on Discord; without it the bot is not there (env DISCORD_TOKEN)."`
	DiscordPublicKey string `env:"DISCORD_PUBLIC_KEY" placeholder:"HEX" help:"Public key of the application: then interactions may also come by signed HTTP at /discord/interactions (env DISCORD_PUBLIC_KEY)."`
	DiscordAPIURL    string `name:"discord-api-url" env:"DISCORD_API_URL" default:"https://discord.com/api" placeholder:"URL" help:"Base of Discord's API; the gateway is where it says (env DISCORD_API_URL, default ${default})."`
}

// Check returns what is wrong.
func (d Discord) Check() error {
	if u, err := url.Parse(d.DiscordAPIURL); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return wrong("DISCORD_API_URL", d.DiscordAPIURL, "write an address such as https://discord.com/api")
	}
	if telegramToken.MatchString(strings.TrimSpace(string(d.DiscordToken))) {
		return errors.New("DISCORD_TOKEN holds a token of Telegram: put it into TELEGRAM_TOKEN, and the one that Discord's developer portal shows into DISCORD_TOKEN")
	}
	if d.DiscordPublicKey != "" && d.DiscordToken == "" {
		return errors.New("DISCORD_PUBLIC_KEY is set and DISCORD_TOKEN is not: the bot needs the token to answer")
	}
	return nil
}

// Owner is an account that may load packs for everybody.
type Owner struct {
	Platform string
	User     string
}

// Serve is all that the running bot can be told.
type Serve struct {
	Database `embed:""`
	Pool     `embed:""`
	Web      `embed:""`
	Front    `embed:""`
	Log      `embed:""`
	Discord  `embed:""`
	Telegram `embed:""`
	Limits   `embed:""`

	Owners    string `env:"OWNERS" placeholder:"LIST" help:"Who may load packs for everybody, such as discord:1234,telegram:5678 (env OWNERS)."`
	PackDir   string `env:"PACK_DIR" placeholder:"DIR" help:"Folder with packs to load at the start and when they change (env PACK_DIR)."`
	SecretKey Secret `env:"SECRET_KEY" placeholder:"KEY" help:"Signs buttons and web logins; at least 32 characters. Made and kept beside the database on the first start (env SECRET_KEY)."`
}

// OwnerList returns the owners.
func (s *Serve) OwnerList() ([]Owner, error) {
	var out []Owner
	for item := range strings.SplitSeq(s.Owners, ",") {
		if item = strings.TrimSpace(item); item == "" {
			continue
		}
		platform, user, ok := strings.Cut(item, ":")
		if !ok || user == "" || platform != "discord" && platform != "telegram" && platform != "web" {
			return nil, wrong("OWNERS", item, "write platform:ID, such as discord:80351110224678912, with commas between")
		}
		out = append(out, Owner{platform, user})
	}
	return out, nil
}

// shortKey is the least length of a secret key, in bytes.
const shortKey = 32

// Check returns everything that is wrong, joined.
func (s *Serve) Check() error {
	_, level := s.Level()
	_, format := s.JSON()
	_, owners := s.OwnerList()
	_, limits := s.Values()
	errs := []error{s.Valid(), s.Pool.Check(), s.Web.Check(), s.Front.Check(), level, format, s.Discord.Check(), s.Telegram.Check(), owners, limits}
	if s.SecretKey != "" && len(s.SecretKey) < shortKey {
		errs = append(errs, fmt.Errorf("SECRET_KEY is too short: use at least %d characters, such as the output of openssl rand -hex 32", shortKey))
	}
	return errors.Join(errs...)
}

// Secret is a text that never prints.
type Secret string

// String returns "[secret]", or "" if there is none.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return "[secret]"
}

// GoString returns what String returns.
func (s Secret) GoString() string { return s.String() }

// LogValue returns what String returns.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText returns what String returns, so that no encoder shows more.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// wrong says which variable has which value and what would be right.
func wrong(variable, value, fix string) error {
	return fmt.Errorf("%s is %q: %s", variable, value, fix)
}
