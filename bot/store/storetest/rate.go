package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"summitquiz/bot"
)

// BusyAnswer is the n-th answer of a busy evening: 100 games, in which 40 members each answer
// one question after the other.
func BusyAnswer(n int) bot.Answer {
	const games, players = 100, 40
	round, turn := n/(games*players), n%(games*players)
	g := turn % games
	return bot.Answer{
		Session: bot.SessionID(g + 1 + games*(round/50)), Question: round % 50, Member: bot.MemberID(g*players + turn/games + 1),
		Chat: bot.ChatID(g + 1), Space: bot.SpaceID(g + 1),
		Platform: "discord", Pack: "countries-of-the-world", Hash: "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
		Item: "countries-of-the-world/area-of-france/choice/area", Seed: uint64(n) * 0x9e3779b97f4a7c15, Option: 2, Options: 4, Mark: 1, Points: 1, Final: true,
		Prior: -120, At: noon.Add(time.Duration(n) * 50 * time.Microsecond), Day: 20782, Took: 3 * time.Second,
	}
}

// DriverRate is how many answers a second the SQLite driver itself puts on disk, so many to a
// commit, in a database that has the tables: what a store can be measured against.
func DriverRate(b testing.TB, path string, rows, batch int) float64 {
	b.Helper()
	db, err := sql.Open("sqlite", path+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	insert, err := db.Prepare(`INSERT INTO answers (session, question, try, member, chat, space, platform, pack, hash, item, seed, lang, option, options, mark,
			reason, text, points, final, lapsed, solo, hinted, prior, at, day, took)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	if err != nil {
		b.Fatal(err)
	}
	defer insert.Close()
	began := time.Now()
	for n := 0; n < rows; n += batch {
		tx, err := db.Begin()
		if err != nil {
			b.Fatal(err)
		}
		in := tx.Stmt(insert)
		for i := n; i < min(n+batch, rows); i++ {
			a := BusyAnswer(i)
			if _, err := in.Exec(a.Session, a.Question, a.Try, a.Member, a.Chat, a.Space, a.Platform, a.Pack, a.Hash, a.Item, int64(a.Seed), a.Lang,
				a.Option, a.Options, a.Mark, a.Reason,
				a.Text, a.Points, a.Final, a.Lapsed, a.Solo, a.Hinted, a.Prior, a.At.UnixMicro(), a.Day, a.Took.Microseconds()); err != nil {
				b.Fatal(err)
			}
		}
		if err := tx.Commit(); err != nil {
			b.Fatal(err)
		}
	}
	return float64(rows) / time.Since(began).Seconds()
}

// ServerRate is how many answers a second a PostgreSQL server itself puts on disk, so many to a commit, each
// commit in one message, in a database that has the tables.
func ServerRate(b testing.TB, url string, rows, batch int) float64 {
	b.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close(ctx)
	var places []string
	for i := range 26 {
		places = append(places, fmt.Sprint("$", i+1))
	}
	insert := `INSERT INTO answers (session, question, try, member, chat, space, platform, pack, hash, item, seed, lang, option, options, mark,
		reason, text, points, final, lapsed, solo, hinted, prior, at, day, took) VALUES (` + strings.Join(places, ", ") + `)`
	began := time.Now()
	for n := 0; n < rows; n += batch {
		all := &pgx.Batch{}
		all.Queue("BEGIN")
		for i := n; i < min(n+batch, rows); i++ {
			a := BusyAnswer(i)
			all.Queue(insert, a.Session, a.Question, a.Try, a.Member, a.Chat, a.Space, a.Platform, a.Pack, a.Hash, a.Item, int64(a.Seed), a.Lang,
				a.Option, a.Options, a.Mark, a.Reason, a.Text, a.Points, flag(a.Final), flag(a.Lapsed), flag(a.Solo), flag(a.Hinted), a.Prior,
				a.At.UnixMicro(), a.Day, a.Took.Microseconds())
		}
		all.Queue("COMMIT")
		if err := conn.SendBatch(ctx, all).Close(); err != nil {
			b.Fatal(err)
		}
	}
	return float64(rows) / time.Since(began).Seconds()
}

// flag is 0 or 1, as rows have it.
func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
