package sqlite

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// Lock says that this process serves a database.
type Lock struct{ file *flock.Flock }

// lockRetry is how often a process that waits looks again.
const lockRetry = 100 * time.Millisecond

// Serve waits until no other process serves the database in a file, and returns what says that
// this one does. If somebody else is serving, waiting is called once. It is a lock of the
// operating system on a file beside the database and not a row with a time in it: the system
// gives it up in the moment in which its process dies, also of kill -9, and a process that was
// only asleep still holds it.
func Serve(ctx context.Context, path string, waiting func()) (*Lock, error) {
	if real, err := filepath.EvalSymlinks(path); err == nil { // else it is still to be made
		path = real
	}
	l := &Lock{flock.New(path+".lock", flock.SetPermissions(0o600))}
	got, err := l.file.TryLock()
	if err == nil && !got {
		waiting()
		_, err = l.file.TryLockContext(ctx, lockRetry)
	}
	if err != nil {
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	return l, nil
}

// Release lets the next process serve.
func (l *Lock) Release() error { return l.file.Close() }
