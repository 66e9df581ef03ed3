package postgres

import (
	"context"
	"time"
)

// heartbeat is the note that Ping writes.
const heartbeat = "heartbeat"

// Ping reports whether the database can be read and written, by doing both. Its error holds one of the
// errors of this package.
func (db *DB) Ping(ctx context.Context) error {
	if _, err := db.Revision(ctx); err != nil {
		return err
	}
	return db.SetNote(ctx, heartbeat, time.Now().UTC().Format(time.RFC3339))
}

// FailedCommits tells how many commits failed.
func (db *DB) FailedCommits() int64 { return db.failed.Load() }

// Queued tells how many changes wait for the writer.
func (db *DB) Queued() int { return db.queue.len() }
