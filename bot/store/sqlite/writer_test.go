package sqlite

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
)

// TestWorkIsDoneWholeOrNotAtAll ends the context of whoever asked while their work waits and while
// it is being done: they get an end that is true, and nothing is written to behind their back.
func TestWorkIsDoneWholeOrNotAtAll(t *testing.T) {
	db := openAt(t, filepath.Join(t.TempDir(), "quiz.db"))
	begun, goOn := make(chan struct{}), make(chan struct{})
	ctx, cancel := context.WithCancel(t.Context())
	first := make(chan error)
	value := 0
	go func() {
		first <- db.now(ctx, func(context.Context, *statements) error {
			close(begun)
			<-goOn
			value = 1
			return nil
		})
	}()
	<-begun
	cancel()
	ran := false
	if err := db.now(ctx, func(context.Context, *statements) error { ran = true; return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("work that had not begun ends with %v, not with the end of its context", err)
	}
	close(goOn)
	if err := <-first; err != nil || value != 1 {
		t.Errorf("work that had begun ends with %v and value %d", err, value)
	}
	if err := db.now(t.Context(), func(context.Context, *statements) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if ran {
		t.Error("work that was withdrawn was done")
	}
}
