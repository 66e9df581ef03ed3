package anki_test

import (
	"archive/zip"
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite" // reads what was written

	"summitquiz/bot/anki"
	"summitquiz/content"
	"summitquiz/content/exchange"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/flashcard"
)

var now = time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)

// studied is a collection of four cards: new, on a step, reviewed and suspended.
func studied(t *testing.T) *anki.Collection {
	t.Helper()
	s, err := flashcard.NewScheduler(flashcard.DefaultSettings())
	if err != nil {
		t.Fatal(err)
	}
	zone := time.FixedZone("KST", 9*60*60)
	c := &anki.Collection{Title: "Summit Quiz", Lang: language.Arabic, Settings: flashcard.DefaultSettings(), Zone: zone, Now: now}
	for i, ratings := range [][]flashcard.Rating{nil, {flashcard.Good}, {flashcard.Easy, flashcard.Good, flashcard.Again}, {flashcard.Easy}} {
		card := anki.Card{Deck: "بلدان", Tag: "countries", Front: fmt.Sprintf("ما عاصمة <البلد> %d؟", i), Back: "سيول & بوسان", More: "سطر\nآخر",
			Memory: flashcard.NewCard(content.FactID(fmt.Sprint("countries/f", i)), uint64(i+1))}
		at := now.AddDate(0, 0, -40)
		for n, rating := range ratings {
			r := flashcard.Review{Rating: rating, At: at, Day: quiz.PersonalDay(at, zone), Reps: n, Took: 90 * time.Second}
			did, err := s.Rate(card.Memory, r)
			if err != nil {
				t.Fatal(err)
			}
			card.Log = append(card.Log, anki.Review{Review: r, Before: did.Before, Due: did.After.Due, Interval: did.After.Interval})
			card.Memory = did.After
			at = did.After.Due
		}
		c.Cards = append(c.Cards, card)
	}
	c.Cards[3].Memory.Suspended = true
	return c
}

// written writes a collection and opens its database.
func written(t *testing.T, c *anki.Collection) (pack []byte, db *sql.DB) {
	t.Helper()
	var out bytes.Buffer
	if err := anki.Write(context.Background(), &out, c); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	names := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if names[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	if len(names) != 2 || string(names["media"]) != "{}" {
		t.Errorf("the package holds %d entries, media %q", len(names), names["media"])
	}
	path := filepath.Join(t.TempDir(), "collection.anki2")
	if err := os.WriteFile(path, names["collection.anki2"], 0o600); err != nil {
		t.Fatal(err)
	}
	if db, err = sql.Open("sqlite", path); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return out.Bytes(), db
}

// published is Anki's schema 11 as its source has it (rslib/src/storage/schema11.sql): the columns of
// each table in their order, with their types, and the indexes.
var published = map[string]string{
	"col": "id integer, crt integer, mod integer, scm integer, ver integer, dty integer, usn integer, ls integer, conf text, models text, decks text, " +
		"dconf text, tags text",
	"notes": "id integer, guid text, mid integer, mod integer, usn integer, tags text, flds text, sfld integer, csum integer, flags integer, data text",
	"cards": "id integer, nid integer, did integer, ord integer, mod integer, usn integer, type integer, queue integer, due integer, ivl integer, " +
		"factor integer, reps integer, lapses integer, left integer, odue integer, odid integer, flags integer, data text",
	"revlog": "id integer, cid integer, usn integer, ease integer, ivl integer, lastIvl integer, factor integer, time integer, type integer",
	"graves": "usn integer, oid integer, type integer",
}

func TestTheSchemaIsAnkis(t *testing.T) {
	_, db := written(t, studied(t))
	ask := func(query string, args ...any) string {
		t.Helper()
		var out string
		if err := db.QueryRow(query, args...).Scan(&out); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		return out
	}
	for table, want := range published {
		got := ask(`SELECT group_concat(name || ' ' || lower(type), ', ') FROM (SELECT * FROM pragma_table_info(?) ORDER BY cid)`, table)
		if got != want {
			t.Errorf("%s has the columns\n%s, want\n%s", table, got, want)
		}
		loose := ask(`SELECT count(*) FROM pragma_table_info(?) WHERE "notnull" = 0 AND pk = 0`, table)
		if loose != "0" {
			t.Errorf("%s has %s columns that may be empty", table, loose)
		}
	}
	if got, want := ask(`SELECT group_concat(name || ' ' || tbl_name, ', ') FROM (SELECT * FROM sqlite_schema WHERE type = 'index' ORDER BY name)`),
		"ix_cards_nid cards, ix_cards_sched cards, ix_cards_usn cards, ix_notes_csum notes, ix_notes_usn notes, ix_revlog_cid revlog, ix_revlog_usn revlog"; got != want {
		t.Errorf("the indexes are %s, want %s", got, want)
	}
	if got := ask(`SELECT count(*) FROM sqlite_schema WHERE type = 'table'`); got != "5" {
		t.Errorf("there are %s tables", got)
	}
	if got := ask(`PRAGMA integrity_check`); got != "ok" {
		t.Error(got)
	}
	if got := ask(`SELECT ver || ' ' || count(*) FROM col`); got != "11 1" {
		t.Errorf("the collection is of version and rows %s", got)
	}
}

func TestCardsAndReviewsAreWrittenAsAnkiHasThem(t *testing.T) {
	c := studied(t)
	_, db := written(t, c)
	var crt int64
	var models, decks, dconf string
	if err := db.QueryRow(`SELECT crt, models, decks, dconf FROM col`).Scan(&crt, &models, &decks, &dconf); err != nil {
		t.Fatal(err)
	}
	began := quiz.CalendarDay(time.Unix(crt, 0), c.Zone)
	if local := time.Unix(crt, 0).In(c.Zone); local.Hour() != quiz.Rollover || began != c.Cards[1].Log[0].Day {
		t.Errorf("the collection begins at %v", local)
	}
	rows, err := db.Query(`SELECT type, queue, due, ivl, reps, lapses, left, data FROM cards ORDER BY id`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for i := 0; rows.Next(); i++ {
		var kind, queue, ivl, reps, lapses, left int
		var due int64
		var data string
		if err := rows.Scan(&kind, &queue, &due, &ivl, &reps, &lapses, &left, &data); err != nil {
			t.Fatal(err)
		}
		m := c.Cards[i].Memory
		wantQueue := [...]int{0, 1, 1, -1}[i]
		wantDue := [...]int64{1, m.Due.Unix(), m.Due.Unix(), int64(m.DueDay() - began)}[i]
		if kind != int(m.State) || queue != wantQueue || due != wantDue || ivl != m.Interval || reps != m.Reps || lapses != m.Lapses {
			t.Errorf("card %d is type %d, queue %d, due %d, every %d days, %d reviews, %d lapses; want %+v, queue %d, due %d",
				i, kind, queue, due, ivl, reps, lapses, m, wantQueue, wantDue)
		}
		var memory struct{ S, D, DR float64 }
		if err := json.Unmarshal([]byte(data), &memory); err != nil {
			t.Fatal(err)
		}
		if m.Reps > 0 && (abs(memory.S-m.Stability) > 0.001 || abs(memory.D-m.Difficulty) > 0.001 || memory.DR != 0.9) {
			t.Errorf("card %d remembers %s, want %+v", i, data, m)
		}
	}
	var log string
	if err := db.QueryRow(`SELECT group_concat(ease || ' ' || type || ' ' || (ivl > 0) || ' ' || (lastIvl > 0) || ' ' || time, ', ')
		FROM (SELECT * FROM revlog ORDER BY cid, id)`).Scan(&log); err != nil {
		t.Fatal(err)
	}
	if want := "3 0 0 0 60000, 4 0 1 0 60000, 3 1 1 1 60000, 1 1 0 1 60000, 4 0 1 0 60000"; log != want {
		t.Errorf("the log is %s, want %s", log, want)
	}
	for text, in := range map[string]string{`"rtl":true`: models, "direction: rtl": models, "Summit Quiz::بلدان": decks, `"desiredRetention":0.9`: dconf} {
		if !strings.Contains(in, text) {
			t.Errorf("%s is not in %s", text, in)
		}
	}
}

func abs(x float64) float64 { return max(x, -x) }

// TestItIsReadBack imports what was written, and writes it again with the same identities.
func TestItIsReadBack(t *testing.T) {
	c := studied(t)
	data, db := written(t, c)
	pack, report, err := exchange.Import("summit-quiz.apkg", data, exchange.Options{})
	if err != nil || report.Cards != 4 || len(report.Left) != 0 {
		t.Fatalf("read back as %+v, %v", report, err)
	}
	for _, want := range []string{"ما عاصمة <البلد> 2؟", "سيول & بوسان"} {
		if !strings.Contains(string(pack), want) {
			t.Errorf("the pack lacks %s:\n%s", want, pack)
		}
	}
	c.Now = now.AddDate(0, 0, 1)
	_, later := written(t, c)
	guids := func(db *sql.DB) (out string) {
		if err := db.QueryRow(`SELECT group_concat(guid || mid) FROM (SELECT * FROM notes ORDER BY flds)`).Scan(&out); err != nil {
			t.Fatal(err)
		}
		return out
	}
	if a, b := guids(db), guids(later); a != b {
		t.Errorf("the notes are other ones a day later: %s, %s", a, b)
	}
}
