// Package transfer copies everything from one database to another, of whichever engines.
//
// It promises that each table holds the same rows afterwards, by count and by checksum, and that a copy that was
// interrupted goes on when it is started again: what is there already is compared, not doubled. It refuses to know what
// the rows mean. Databases keep the same values under the same names, which is all that it rests on.
package transfer

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"math"
	"math/bits"
	"slices"
	"time"
)

// Tables are all tables that are copied; rows refer only to rows of tables before.
var Tables = []string{
	"revision", "spaces", "chats", "members", "accounts", "admins", "inbox", "updates", "notes", "sessions", "session_scripts", "session_states",
	"answers", "pack_edits", "projections", "exposures", "sends", "namings_since", "namings", "due", "packs", "packs_off", "drafts", "reports", "audit",
	"subscriptions", "daily_runs", "daily_sets", "streaks", "daily_turns", "zone_moves", "link_codes", "link_tries", "links", "link_moves", "link_merges",
	"learners", "cards", "reviews",
}

// Prefilled are those that have a row in a database without anything.
var Prefilled = []string{"revision", "namings_since"}

// Source is what is copied: one state of a database, whatever is written to it meanwhile.
type Source interface {
	// Columns returns the names of the columns of a table.
	Columns(ctx context.Context, table string) ([]string, error)
	// Rows yields the rows of a table in any order: int64, float64, string, []byte or nil for each column.
	Rows(ctx context.Context, table string, columns []string) iter.Seq2[[]any, error]
	// Counters returns the last number that was given, by table.
	Counters(ctx context.Context) (map[string]int64, error)
}

// Target is what is copied to. Until Finish it says of itself that it is not whole.
type Target interface {
	Columns(ctx context.Context, table string) ([]string, error)
	Rows(ctx context.Context, table string, columns []string) iter.Seq2[[]any, error]
	// Replace empties a table and the ones that refer to it, and fills it, all or nothing.
	Replace(ctx context.Context, table string, columns []string, rows iter.Seq2[[]any, error]) error
	// Finish sets the numbers that are given next and says that the database is whole.
	Finish(ctx context.Context, counters map[string]int64) error
}

// Errors of Copy.
var (
	ErrDiffers = errors.New("what was written is not what was read: check the disk of the target and copy again")
	ErrColumns = errors.New("the two databases are of different versions of the program: run `summitquiz migrate` on the older one")
)

// Result is what became of a table.
type Result struct {
	Table string
	Sum   Sum
	There bool // it was there already, from a copy that was interrupted
}

// Progress is told which table is being copied and how many rows of it are, twice a second and at the end of each.
type Progress func(table string, rows int64)

// Copy copies all tables.
func Copy(ctx context.Context, from Source, to Target, progress Progress) ([]Result, error) {
	var out []Result
	for _, table := range Tables {
		r, err := copyTable(ctx, from, to, table, progress)
		if err != nil {
			return out, fmt.Errorf("copy %s: %w", table, err)
		}
		out = append(out, r)
	}
	counters, err := from.Counters(ctx)
	if err != nil {
		return out, fmt.Errorf("read the numbers given last: %w", err)
	}
	return out, to.Finish(ctx, counters)
}

func copyTable(ctx context.Context, from Source, to Target, table string, progress Progress) (Result, error) {
	columns, err := sameColumns(ctx, from, to, table)
	if err != nil {
		return Result{}, err
	}
	before, err := SumOf(to.Rows(ctx, table, columns))
	if err != nil {
		return Result{}, err
	}
	if before.Rows > 0 { // from a copy that was interrupted
		now, err := SumOf(from.Rows(ctx, table, columns))
		if err != nil {
			return Result{}, err
		}
		if now == before {
			progress(table, now.Rows)
			return Result{Table: table, Sum: now, There: true}, nil
		}
	}
	var read Sum
	told := time.Now() // measured, not decided by
	err = to.Replace(ctx, table, columns, func(yield func([]any, error) bool) {
		read = Sum{}
		for row, err := range from.Rows(ctx, table, columns) {
			if err == nil {
				read.add(row)
				if time.Since(told) > time.Second/2 {
					told = time.Now()
					progress(table, read.Rows)
				}
			}
			if !yield(row, err) {
				return
			}
		}
	})
	if err != nil {
		return Result{}, err
	}
	written, err := SumOf(to.Rows(ctx, table, columns))
	if err != nil {
		return Result{}, err
	}
	if written != read {
		return Result{}, fmt.Errorf("%w (%v and %v)", ErrDiffers, read, written)
	}
	progress(table, read.Rows)
	return Result{Table: table, Sum: read}, nil
}

// sameColumns returns the columns of a table, in order, that both databases have.
func sameColumns(ctx context.Context, from Source, to Target, table string) ([]string, error) {
	columns, err := from.Columns(ctx, table)
	if err != nil {
		return nil, err
	}
	others, err := to.Columns(ctx, table)
	if err != nil {
		return nil, err
	}
	slices.Sort(columns)
	slices.Sort(others)
	if !slices.Equal(columns, others) || len(columns) == 0 {
		return nil, fmt.Errorf("%w (%v and %v)", ErrColumns, columns, others)
	}
	return columns, nil
}

// Sum tells the rows of a table from other rows, in whichever order they come.
type Sum struct {
	Rows      int64
	high, low uint64 // of the hashes of all rows
}

// String is the count and the checksum.
func (s Sum) String() string { return fmt.Sprintf("%d rows, %s", s.Rows, s.Checksum()) }

// Checksum is the checksum alone.
func (s Sum) Checksum() string { return fmt.Sprintf("%016x%016x", s.high, s.low) }

func (s *Sum) add(row []any) {
	var buffer [512]byte
	b := buffer[:0]
	for _, v := range row {
		b = appendValue(b, v)
	}
	h := sha256.Sum256(b)
	low, carry := bits.Add64(s.low, binary.BigEndian.Uint64(h[8:]), 0)
	s.low = low
	s.high, _ = bits.Add64(s.high, binary.BigEndian.Uint64(h[:]), carry)
	s.Rows++
}

// appendValue appends a value so that no two rows look the same.
func appendValue(b []byte, v any) []byte {
	switch v := v.(type) {
	case nil:
		return append(b, 'n')
	case int64:
		return binary.BigEndian.AppendUint64(append(b, 'i'), uint64(v))
	case float64:
		return binary.BigEndian.AppendUint64(append(b, 'f'), math.Float64bits(v))
	case string:
		return append(binary.BigEndian.AppendUint64(append(b, 's'), uint64(len(v))), v...)
	case []byte:
		return append(binary.BigEndian.AppendUint64(append(b, 'b'), uint64(len(v))), v...)
	}
	return fmt.Appendf(append(b, '?'), "%T:%v;", v, v) // no column holds such a value
}

// SumOf sums rows up.
func SumOf(rows iter.Seq2[[]any, error]) (s Sum, err error) {
	for row, err := range rows {
		if err != nil {
			return s, err
		}
		s.add(row)
	}
	return s, nil
}
