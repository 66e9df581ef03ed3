package main

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"summitquiz/bot/store/sqlite"
)

// TestHealthIsSaidOnce holds that each trouble is told to who asks, logged once with what to do, and
// over when it is over; and that a crowd that asks makes the bot look once a second.
func TestHealthIsSaidOnce(t *testing.T) {
	var log bytes.Buffer
	now, looks := time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC), 0
	h := &health{log: slog.New(slog.NewTextHandler(&log, nil)), now: func() time.Time { return now }}
	var trouble error
	ping := func(context.Context) error { looks++; return trouble }
	for _, step := range []struct {
		trouble, damage error
		want            string
	}{
		{nil, nil, ""},
		{fmt.Errorf("commit: %w", sqlite.ErrFull), nil, "the disk is full"},
		{fmt.Errorf("commit: %w", sqlite.ErrFull), nil, "the disk is full"},
		{sqlite.ErrGone, nil, "deleted or moved"},
		{sqlite.ErrReplaced, nil, "another file is in the place"},
		{sqlite.ErrReadOnly, nil, "cannot be written"},
		{context.DeadlineExceeded, nil, "does not answer"},
		{nil, sqlite.ErrCorrupt, "the database is damaged"},
		{nil, nil, ""},
	} {
		trouble = step.trouble
		h.looked(step.damage)
		now = now.Add(time.Minute)
		for range 100 {
			if said := h.said(ping); said != step.want && (step.want == "" || !strings.Contains(said, step.want)) {
				t.Errorf("with %v and %v it says %q, want %q", step.trouble, step.damage, said, step.want)
			}
		}
	}
	if looks != 8 {
		t.Errorf("the database was asked %d times, want once a step and never while it is damaged", looks)
	}
	if n := strings.Count(log.String(), sqlite.ErrFull.Error()); n != 1 {
		t.Errorf("the full disk was logged %d times:\n%s", n, &log)
	}
	if !strings.Contains(log.String(), "put it back, or stop the bot and restore a backup or the copy that ends in .rescued") || strings.Count(log.String(), "well again") != 1 {
		t.Errorf("the log says\n%s", &log)
	}
}
