package transfer_test

import (
	"flag"
	"fmt"
	"testing"
	"time"

	"summitquiz/bot/store/postgres/postgrestest"
	"summitquiz/bot/store/sqlite"
	"summitquiz/bot/store/transfer"
)

// largeAnswers is how many answers TestALargeDatabase copies. With figures:
//
//	go test ./bot/store/transfer -run ALargeDatabase -answers 1000000 -v
var largeAnswers = flag.Int("answers", 2000, "how many answers TestALargeDatabase copies")

// TestALargeDatabase copies many answers and posts to a server and back, and says how fast.
func TestALargeDatabase(t *testing.T) {
	file := path(t)
	if _, _, err := sqlite.Migrate(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	execute(t, file, fmt.Sprintf(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
		INSERT INTO answers (session, question, try, member, chat, space, platform, pack, hash, item, seed, lang, option, options, mark, reason, text, points,
			final, lapsed, solo, hinted, prior, at, day, took)
		SELECT i / 10, i %% 10, 1, i %% 1000, 1, 1, 'telegram', 'countries-of-the-world', 'abcdefabcdefabcdef', 'countries/fact-' || i || '/choice/capital', i * 7919, 2,
			i %% 4, 4, 2, 0, '', 10, 1, 0, 0, 0, 0, 1700000000000000 + i, 20000, 1500 FROM n`, *largeAnswers),
		`INSERT INTO sends (op, slot_kind, slot_id, slot_part, slot_n, chat, "to", post, class, cause, state)
		SELECT 'new', 'game', id, 'question', 1, 1, 0, '{"title":"' || hex(zeroblob(200)) || '"}', 1, '', 'done' FROM answers WHERE id % 10 = 0`)
	server, back := postgrestest.Start(t).Database(t), path(t)
	timed := func(from, to string) []transfer.Result {
		began := time.Now()
		all := mustCopy(t, from, to)
		rows := int64(0)
		for _, r := range all {
			rows += r.Sum.Rows
		}
		took := time.Since(began)
		t.Logf("%d rows in %v, %.0f a second", rows, took.Round(time.Millisecond), float64(rows)/took.Seconds())
		return all
	}
	there := timed(file, server)
	same(t, timed(server, back), there)
	if n := sums(there)["answers"].Rows; n != int64(*largeAnswers) {
		t.Errorf("%d answers were copied of %d", n, *largeAnswers)
	}
}
