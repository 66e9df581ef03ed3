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

// Serve waits until no other process serves the database in a file, and returns the lock that says
// so. If another process is serving, it calls waiting once. The lock is one of the operating system
// on a file beside the database, not a row with a time in it: the system releases it when the process
// dies, even on kill -9, and a process that was only suspended still holds it.
func Serve(ctx context.Context, path string, waiting func()) (*Lock, error) {
	l := &Lock{lockOf(path)}
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

// lockOf is the lock of who serves a database. Nobody holds it yet.
func lockOf(path string) *flock.Flock {
	if resolved, err := filepath.EvalSymlinks(path); err == nil { // else it is still to be made
		path = resolved
	}
	return flock.New(path+".lock", flock.SetPermissions(0o600))
}

// hold takes the lock of who serves a database, which must be free.
func hold(path string) (*flock.Flock, error) {
	lock := lockOf(path)
	switch got, err := lock.TryLock(); {
	case err != nil:
		return nil, fmt.Errorf("lock %s: %w", path, err)
	case !got:
		return nil, ErrServed
	}
	return lock, nil
}
