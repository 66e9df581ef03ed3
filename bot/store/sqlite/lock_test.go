package sqlite

import (
	"context"
	"os"
	"path/filepath"
	"testing"
)

func TestOneProcessServes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "quiz.db")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "link.db")
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	first, err := Serve(t.Context(), path, func() { t.Error("the first one waits") })
	if err != nil {
		t.Fatal(err)
	}
	waits, got := make(chan struct{}), make(chan error)
	go func() { // the second one knows the file by another name
		second, err := Serve(context.Background(), link, func() { close(waits) })
		if err == nil {
			err = second.Release()
		}
		got <- err
	}()
	<-waits
	ctx, cancel := context.WithCancel(t.Context())
	if _, err := Serve(ctx, path, cancel); err == nil {
		t.Error("whoever stops waiting serves")
	}
	select {
	case err := <-got:
		t.Fatalf("two serve at once, %v", err)
	default:
	}
	if err := first.Release(); err != nil {
		t.Fatal(err)
	}
	if err := <-got; err != nil {
		t.Fatal(err)
	}
}
