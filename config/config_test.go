package config_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"summitquiz/config"
)

func good() config.Serve {
	return config.Serve{
		Database: config.Database{DatabaseURL: "sqlite:quiz.db"},
		Pool:     config.Pool{DatabaseConnections: 8, StatementTimeout: 30 * time.Second, LockTimeout: 20 * time.Second},
		Web:      config.Web{HTTPAddr: "127.0.0.1:8080"},
		Log:      config.Log{LogLevel: "info", LogFormat: "text"},
		Discord:  config.Discord{DiscordAPIURL: "https://discord.com/api"},
		Telegram: config.Telegram{TelegramAPIURL: "https://api.telegram.org"},
	}
}

func TestEveryWrongValueIsNamedAtOnce(t *testing.T) {
	s := good()
	s.DatabaseURL, s.HTTPAddr, s.LogLevel, s.LogFormat = "mysql://x", "8080", "loud", "xml"
	s.Owners, s.SecretKey, s.DiscordAPIURL, s.TelegramAPIURL = "discord", "short", "discord.com", "telegram"
	err := s.Check()
	if err == nil {
		t.Fatal("eight wrong values are taken")
	}
	for _, name := range []string{"DATABASE_URL", "HTTP_ADDR", "LOG_LEVEL", "LOG_FORMAT", "OWNERS", "SECRET_KEY", "DISCORD_API_URL", "TELEGRAM_API_URL"} {
		if !strings.Contains(err.Error(), name) {
			t.Errorf("%s is not named in: %v", name, err)
		}
	}
	if strings.Contains(err.Error(), "short\"") {
		t.Errorf("the secret shows in: %v", err)
	}
}

func TestPool(t *testing.T) {
	for name, spoil := range map[string]func(*config.Pool){
		"DATABASE_CONNECTIONS":       func(p *config.Pool) { p.DatabaseConnections = 0 },
		"DATABASE_STATEMENT_TIMEOUT": func(p *config.Pool) { p.StatementTimeout = time.Hour },
		"DATABASE_LOCK_TIMEOUT":      func(p *config.Pool) { p.LockTimeout = p.StatementTimeout + 1 },
	} {
		s := good()
		spoil(&s.Pool)
		if err := s.Check(); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWhatIsRightIsTaken(t *testing.T) {
	s := good()
	s.Owners = " discord:80351110224678912, telegram:5 ,"
	s.SecretKey = config.Secret(strings.Repeat("k", 32))
	if err := s.Check(); err != nil {
		t.Fatal(err)
	}
	got, _ := s.OwnerList()
	want := []config.Owner{{Platform: "discord", User: "80351110224678912"}, {Platform: "telegram", User: "5"}}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("owners = %v, want %v", got, want)
	}
}

func TestWebhook(t *testing.T) {
	const own = "http://127.0.0.1:8081" // a Bot API server of one's own
	for _, row := range []struct{ url, api, want string }{
		{"", config.TelegramAPI, ""},
		{"https://quiz.example.org", config.TelegramAPI, "https://quiz.example.org/telegram/webhook"},
		{"https://quiz.example.org/", config.TelegramAPI, "https://quiz.example.org/telegram/webhook"},
		{"https://quiz.example.org:8443/telegram/webhook", config.TelegramAPI, "https://quiz.example.org:8443/telegram/webhook"},
		{"https://example.org/quiz/telegram/webhook/", config.TelegramAPI, "https://example.org/quiz/telegram/webhook"},
		{"http://10.0.0.5:8080", own, "http://10.0.0.5:8080/telegram/webhook"},
	} {
		if got, err := (config.Telegram{TelegramWebhookURL: row.url, TelegramAPIURL: row.api}).Webhook(); err != nil || got != row.want {
			t.Errorf("%q leads to %q, %v; want %q", row.url, got, err, row.want)
		}
	}
	for _, bad := range []string{"quiz.example.org", "http://quiz.example.org", "https://quiz.example.org:8080", "https://quiz.example.org/hook",
		"https://a:b@quiz.example.org", "https://quiz.example.org?a=b", "ftp://quiz.example.org", "https://", "https://quiz.example.org#a"} {
		s := good()
		s.TelegramToken, s.TelegramWebhookURL = "5:token", bad
		if err := s.Check(); err == nil || !strings.Contains(err.Error(), "TELEGRAM_WEBHOOK_URL") {
			t.Errorf("%q: %v", bad, err)
		}
	}
	s := good()
	s.TelegramWebhookURL, s.TelegramWebhookSecret = "https://quiz.example.org", "a b c"
	if err := s.Check(); err == nil || !strings.Contains(err.Error(), "TELEGRAM_TOKEN is not") || !strings.Contains(err.Error(), "TELEGRAM_WEBHOOK_SECRET") ||
		strings.Contains(err.Error(), "a b c") {
		t.Errorf("without a token and with a wrong secret: %v", err)
	}
	s.TelegramToken, s.TelegramWebhookSecret = "5:token", config.Secret(strings.Repeat("k", 64))
	if err := s.Check(); err != nil {
		t.Error(err)
	}
}

func TestTokensOfTheOtherPlatform(t *testing.T) {
	const discord, telegram = "MTAwMDAwMDAwMDAwMDAwMDAx.fake12.token-of-the-bot-in-tests", "7012345678:AAHm3fake_token-of_the_quiz_bot_tst"
	s := good()
	s.DiscordToken, s.TelegramToken = discord, telegram
	if err := s.Check(); err != nil {
		t.Error(err)
	}
	s.DiscordToken, s.TelegramToken = telegram, discord
	err := s.Check()
	for _, want := range []string{"DISCORD_TOKEN holds a token of Telegram", "TELEGRAM_TOKEN holds a token of Discord"} {
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "AAHm3") || strings.Contains(err.Error(), "fake12") {
			t.Errorf("swapped: %v, want %q", err, want)
		}
	}
}

func TestDatabasePath(t *testing.T) {
	for url, want := range map[string]string{"sqlite:a.db": "a.db", "sqlite:///var/a.db": "/var/a.db", "sqlite:/var/a.db": "/var/a.db"} {
		if got, err := (config.Database{DatabaseURL: url}).Path(); err != nil || got != want {
			t.Errorf("Path(%q) = %q, %v, want %q", url, got, err, want)
		}
	}
	for _, url := range []string{"sqlite:", "sqlite::memory:", "a.db", ""} {
		if got, err := (config.Database{DatabaseURL: url}).Path(); err == nil {
			t.Errorf("Path(%q) = %q, want an error", url, got)
		}
	}
}

func TestAddressesOfServers(t *testing.T) {
	for _, good := range []string{"postgres://bot:pw@db:5432/quiz", "postgresql://db/quiz?sslmode=require", "postgres://bot@/quiz?host=/run/postgresql"} {
		if d := (config.Database{DatabaseURL: good}); !d.Postgres() || d.Valid() != nil {
			t.Errorf("%s: %v, %v", good, d.Postgres(), d.Valid())
		}
	}
	for _, bad := range []string{"postgres://", "postgres://bot:very-secret@db:5432", "postgres://bot:very-secret@db:x/quiz", "mysql://bot:very-secret@db/quiz",
		"postgres://bot:very-secret%@db/quiz", "postgres://db/?password=very-secret"} {
		err := (config.Database{DatabaseURL: bad}).Valid()
		if err == nil || strings.Contains(err.Error(), "very-secret") || !strings.Contains(err.Error(), "DATABASE_URL") {
			t.Errorf("%s: %v", bad, err)
		}
	}
	d := config.Database{DatabaseURL: "postgres://bot:very-secret@db:5432/quiz?password=other"}
	if d.Shown() != "postgres://db:5432/quiz" || string(d.Password()) != "very-secret" {
		t.Errorf("the address is shown as %q, and its password is %q", d.Shown(), string(d.Password()))
	}
}

func TestWhereTheWebRoomIs(t *testing.T) {
	for addr, want := range map[string]struct {
		url  string
		loop bool
	}{
		"127.0.0.1:8080": {"http://127.0.0.1:8080", true},
		"localhost:1":    {"http://localhost:1", true},
		"[::1]:80":       {"http://[::1]:80", true},
		":8080":          {"http://localhost:8080", false},
		"0.0.0.0:8080":   {"http://localhost:8080", false},
	} {
		w := config.Web{HTTPAddr: addr}
		if w.URL() != want.url || w.Loopback() != want.loop {
			t.Errorf("%s = %s, loopback %v, want %s, %v", addr, w.URL(), w.Loopback(), want.url, want.loop)
		}
	}
}

func TestASecretNeverPrints(t *testing.T) {
	s := config.Secret("hunter2")
	var b strings.Builder
	slog.New(slog.NewTextHandler(&b, nil)).Info("start", "key", s)
	data, err := json.Marshal(map[string]any{"key": s})
	if err != nil {
		t.Fatal(err)
	}
	shown := fmt.Sprintf("%v %s %+v %#v %q %s %s", s, s, s, s, s, b.String(), data)
	if strings.Contains(shown, "hunter2") || !strings.Contains(shown, "[secret]") {
		t.Errorf("shown as %s", shown)
	}
}

func ExampleServe_Check() {
	s := good()
	s.HTTPAddr = "8080"
	fmt.Println(s.Check())
	// Output: HTTP_ADDR is "8080": write host:port, such as 127.0.0.1:8080, or :8080 for every interface
}
