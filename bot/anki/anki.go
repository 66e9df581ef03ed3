// Package anki writes packages for Anki (.apkg): notes, cards with what is remembered of them, and the
// review log, so that Anki goes on scheduling where this program stands.
//
// It promises a collection of Anki's published schema, version 11, which every Anki since 2.1 imports,
// with the memory of FSRS in each card's data; and that a note keeps its identity from one export to
// the next. It refuses to make questions: it is given texts.
package anki

import (
	"archive/zip"
	"context"
	"crypto/sha1"
	"database/sql"
	_ "embed"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"slices"
	"strings"
	"time"

	_ "modernc.org/sqlite" // writes the collection

	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/flashcard"
)

// schema is that of Anki's collection, version 11.
//
//go:embed schema.sql
var schema string

// Collection is what is written.
type Collection struct {
	Title    string // of the deck that holds all others
	Lang     language.Code
	Settings flashcard.Settings
	Zone     *time.Location // of the learner: their days begin at 04:00 there
	Now      time.Time
	Cards    []Card
}

// Card is one card with its note.
type Card struct {
	Deck  string // its pack's title
	Tag   string // its pack's name
	Front string
	Back  string
	More  string // explanation and source; may be empty

	Memory flashcard.Card
	Log    []Review // in the order in which they were given
}

// Review is one rating.
type Review struct {
	flashcard.Review
	Before   flashcard.Card
	Due      time.Time
	Interval int // days; 0: a step of less than a day, until Due
}

// Write writes a package.
func Write(ctx context.Context, w io.Writer, c *Collection) error {
	data, err := c.database(ctx)
	if err != nil {
		return fmt.Errorf("write the collection: %w", err)
	}
	z := zip.NewWriter(w)
	for _, file := range []struct {
		name string
		data []byte
	}{{"collection.anki2", data}, {"media", []byte("{}")}} {
		f, err := z.CreateHeader(&zip.FileHeader{Name: file.name, Method: zip.Deflate, Modified: c.Now})
		if err != nil {
			return err
		}
		if _, err := f.Write(file.data); err != nil {
			return err
		}
	}
	return z.Close()
}

// database is the collection as the bytes of a database, made in memory.
func (c *Collection) database(ctx context.Context) (data []byte, err error) {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, schema); err != nil {
		return nil, err
	}
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	if err := c.fill(ctx, tx); err != nil {
		return nil, errors.Join(err, tx.Rollback())
	}
	if err := tx.Commit(); err != nil {
		return nil, err
	}
	err = conn.Raw(func(d any) error {
		s, ok := d.(interface{ Serialize() ([]byte, error) })
		if !ok {
			return errors.New("the driver cannot give out a database in memory")
		}
		data, err = s.Serialize()
		return err
	})
	return data, err
}

// filler writes the rows of a collection.
type filler struct {
	*Collection
	tx    *sql.Tx
	began quiz.Day // day 0 of the collection
	decks map[string]int64
	logs  map[int64]bool // ids of reviews that are taken
	err   error
}

func (f *filler) exec(ctx context.Context, query string, args ...any) {
	if f.err == nil {
		_, f.err = f.tx.ExecContext(ctx, query, args...)
	}
}

func (c *Collection) fill(ctx context.Context, tx *sql.Tx) error {
	f := &filler{Collection: c, tx: tx, decks: map[string]int64{}, logs: map[int64]bool{}, began: quiz.PersonalDay(c.Now, c.Zone)}
	for i := range c.Cards {
		if log := c.Cards[i].Log; len(log) > 0 {
			f.began = min(f.began, log[0].Day)
		}
		if m := &c.Cards[i].Memory; m.Reps > 0 {
			f.began = min(f.began, m.Day)
		}
	}
	first := c.Now.UnixMilli()
	for i := range c.Cards {
		f.card(ctx, &c.Cards[i], first+int64(i))
	}
	f.collection(ctx)
	return f.err
}

// deck returns the number of a deck.
func (f *filler) deck(title string) int64 {
	id, ok := f.decks[title]
	if !ok {
		id = f.Now.UnixMilli() + int64(len(f.decks)) + 1
		f.decks[title] = id
	}
	return id
}

// card writes a note, its card and its reviews. A note's guid is made from the fact, so that another
// export brings the same note up to date.
func (f *filler) card(ctx context.Context, c *Card, id int64) {
	m := &c.Memory
	mod := f.Now.Unix()
	front := plain(c.Front)
	sum := sha1.Sum([]byte(front))
	guid := sha1.Sum([]byte(string(m.Fact) + "\n" + f.Lang.String()))
	f.exec(ctx, `INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, ?, 0, '')`, id, hex.EncodeToString(guid[:8]), f.model(), mod, " "+c.Tag+" ",
		strings.Join([]string{front, plain(c.Back), plain(c.More)}, "\x1f"), front, int64(binary.BigEndian.Uint32(sum[:4])))
	kind, queue, due, left := int(m.State), int(m.State), id-f.Now.UnixMilli()+1, 0 // a new card is due at its place
	switch m.State {
	case flashcard.Learning, flashcard.Relearning:
		queue, due = 1, m.Due.Unix()
		steps := f.Settings.Steps
		if m.State == flashcard.Relearning {
			steps = f.Settings.Relearning
		}
		rest := max(1, len(steps)-m.Step)
		left = rest*1000 + rest
	case flashcard.Reviewing:
		due = int64(m.DueDay() - f.began)
	}
	if m.Suspended {
		queue = -1
	}
	data := "{}"
	if m.State != flashcard.New {
		data = fmt.Sprintf(`{"s":%.4f,"d":%.3f,"dr":%.2f}`, m.Stability, m.Difficulty, f.Settings.Retention)
	}
	f.exec(ctx, `INSERT INTO cards VALUES (?, ?, ?, 0, ?, -1, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, ?)`,
		id, id, f.deck(c.Deck), mod, kind, queue, due, m.Interval, ease(m), m.Reps, m.Lapses, left, data)
	for i := range c.Log {
		f.review(ctx, &c.Log[i], id)
	}
}

// ease is the factor of a card that was reviewed: Anki's own for one that FSRS schedules.
func ease(m *flashcard.Card) int {
	if m.State == flashcard.New {
		return 0
	}
	return 2500
}

// review writes a row of the log. Its id is the moment in milliseconds; two of one moment stand side
// by side.
func (f *filler) review(ctx context.Context, r *Review, card int64) {
	id := r.At.UnixMilli()
	for f.logs[id] {
		id++
	}
	f.logs[id] = true
	kind := map[flashcard.State]int{flashcard.New: 0, flashcard.Learning: 0, flashcard.Reviewing: 1, flashcard.Relearning: 2}[r.Before.State]
	interval, last := r.Interval, r.Before.Interval
	if interval == 0 {
		interval = -max(1, int(r.Due.Sub(r.At)/time.Second))
	}
	if last == 0 && r.Before.State != flashcard.New {
		last = -max(1, int(r.Before.Due.Sub(r.Before.Reviewed)/time.Second))
	}
	factor := 0 // the difficulty, as Anki notes it for FSRS
	if r.Before.State != flashcard.New {
		factor = int(((r.Before.Difficulty-1)/9+0.1)*1000 + 0.5)
	}
	took := min(r.Took.Milliseconds(), 60_000)
	f.exec(ctx, `INSERT INTO revlog VALUES (?, ?, -1, ?, ?, ?, ?, ?, ?)`, id, card, int(r.Rating), interval, last, factor, took, kind)
}

// plain is a text as HTML that shows it as it is.
func plain(s string) string {
	return strings.ReplaceAll(html.EscapeString(strings.TrimSpace(language.StripIsolates(s))), "\n", "<br>")
}

// collection writes the one row of the collection.
func (f *filler) collection(ctx context.Context) {
	// The collection begins at the rollover hour of its day 0.
	year, month, day := f.began.Date()
	crt := time.Date(year, month, day, quiz.Rollover, 0, 0, 0, f.Zone)
	now := f.Now.UnixMilli()
	texts := []any{}
	for _, v := range []any{f.conf(), map[string]any{fmt.Sprint(f.model()): f.noteType()}, f.deckList(), map[string]any{"1": f.options()}, map[string]any{}} {
		text, err := json.Marshal(v)
		if err != nil && f.err == nil {
			f.err = err
		}
		texts = append(texts, string(text))
	}
	f.exec(ctx, `INSERT INTO col VALUES (1, ?, ?, ?, 11, 0, 0, 0, ?, ?, ?, ?, ?)`, append([]any{crt.Unix(), now, now}, texts...)...)
}

// titles are the decks in the order of their numbers.
func (f *filler) titles() []string {
	var out []string
	for title := range f.decks {
		out = append(out, title)
	}
	slices.SortFunc(out, func(a, b string) int { return int(f.decks[a] - f.decks[b]) })
	return out
}
