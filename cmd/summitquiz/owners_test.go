package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/store/sqlite"
)

// TestOwnersAreListedAndRevoked makes two owners of one name and takes the ownership of one.
func TestOwnersAreListedAndRevoked(t *testing.T) {
	path := filepath.Join(t.TempDir(), "quiz.db")
	at := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	withDB(t, path, func(ctx context.Context, db *sqlite.DB) {
		for _, user := range []string{"u1", "u2"} {
			_, _, m, err := db.Enter(ctx, bot.Place{Platform: "web", Space: "lobby", Chat: "lobby"}, bot.Person{User: user, Name: "Mina"}, at)
			if err != nil {
				t.Fatal(err)
			}
			m.Owner = true
			if err := db.Write(&bot.Change{At: at, Member: &m})(ctx); err != nil {
				t.Fatal(err)
			}
		}
	})
	owners := func(args ...string) (int, string) {
		var out bytes.Buffer
		code := run(t.Context(), append(append([]string{"owners"}, args...), "--database-url", "sqlite:"+path), &out, &out)
		return code, out.String()
	}
	t.Setenv("OWNERS", "discord:80351110224678912")
	for _, tc := range []struct {
		args, want string
		code       int
	}{
		{"list", "web:u1 Mina link", exitClean},
		{"list", "discord:80351110224678912 OWNERS", exitClean},
		{"revoke Mina", "2 owners are called Mina", exitUsage},
		{"revoke web:u9", "is no owner by a link", exitUsage},
		{"revoke discord:80351110224678912", "is an owner by OWNERS: remove the account there", exitUsage},
		{"revoke web:u2 --logins", "Mina is no owner any more. Their logins in the web room have ended.", exitClean},
		{"revoke Mina", "Mina is no owner any more", exitClean},
		{"revoke Mina", "is no owner by a link", exitUsage},
	} {
		code, out := owners(strings.Fields(tc.args)...)
		if out = strings.Join(strings.Fields(out), " "); code != tc.code || !strings.Contains(out, tc.want) {
			t.Errorf("owners %s: %d %s; want %d %q", tc.args, code, out, tc.code, tc.want)
		}
	}
	withDB(t, path, func(ctx context.Context, db *sqlite.DB) {
		for user, want := range map[string]bool{"u1": false, "u2": true} {
			if until, err := bot.LoginsEnded(ctx, db, bot.Account{Platform: "web", User: user}); err != nil || until.IsZero() == want {
				t.Errorf("the logins of %s ended %s, %v", user, until, err)
			}
		}
		if audits, err := db.Audits(ctx, 0, 9); err != nil || len(audits) != 2 || audits[0].Action != "owner-revoke" {
			t.Errorf("the audit has %v, %v", audits, err)
		}
	})
}

func withDB(t *testing.T, path string, work func(context.Context, *sqlite.DB)) {
	t.Helper()
	db, err := sqlite.Open(t.Context(), path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	work(t.Context(), db)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestAKeyForEverybodyIsRefused holds that a key file that others can read is not used, and what mends it.
func TestAKeyForEverybodyIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "quiz.db.key")
	if _, _, err := secretKey("", path); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, _, err := secretKey("", path); err == nil || !strings.Contains(err.Error(), "chmod 600 "+path) {
		t.Errorf("a key of mode 0644: %v", err)
	}
}

// TestOwnerLinkKnowsTheKeyInUse holds that a link that the running bot would refuse is not printed.
func TestOwnerLinkKnowsTheKeyInUse(t *testing.T) {
	folder := t.TempDir()
	p := begin(t, folder, freeAddress(t), "SECRET_KEY="+strings.Repeat("a", 40))
	p.awaitReady(t)
	for key, want := range map[string]string{strings.Repeat("a", 40): "/owner?t=", strings.Repeat("b", 40): "is not the one that the bot uses"} {
		var out bytes.Buffer
		run(t.Context(), []string{"owner-link", "--secret-key", key, "--database-url", "sqlite:" + filepath.Join(folder, "summitquiz.db")}, &out, &out)
		if !strings.Contains(out.String(), want) {
			t.Errorf("owner-link said %s; want %s", out.String(), want)
		}
	}
	var out bytes.Buffer
	t.Setenv("SECRET_KEY", "")
	run(t.Context(), []string{"owner-link", "--database-url", "sqlite:" + filepath.Join(folder, "summitquiz.db")}, &out, &out)
	if !strings.Contains(out.String(), "there is no secret key beside the database") || exists(filepath.Join(folder, "summitquiz.db.key")) {
		t.Errorf("without the key owner-link said %s", out.String())
	}
}
