package main

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"summitquiz/bot/store/postgres"
	"summitquiz/bot/store/sqlite"
)

// health is how the database is. Whoever asks again within a second is told the same, so that
// strangers who ask do not make the bot write.
type health struct {
	log *slog.Logger
	now func() time.Time

	mu     sync.Mutex
	asked  time.Time
	wrong  string // the sentence for who asks; "": nothing
	damage error  // what the last look through the whole file found
}

// pingWithin is how long the database may take to answer a question about its health, and pingEvery
// how long the answer holds. healthEvery is how often the bot asks itself.
const (
	pingWithin = 2 * time.Second
	pingEvery  = time.Second

	healthEvery = 15 * time.Second
)

// said says in one sentence what is wrong, or nothing. The log tells the operator what to do, once
// for each trouble, and that it is over.
func (h *health) said(ping func(context.Context) error) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := h.now()
	if since := now.Sub(h.asked); since >= 0 && since < pingEvery {
		return h.wrong
	}
	h.asked = now
	err := h.damage
	if err == nil {
		ctx, cancel := context.WithTimeout(context.Background(), pingWithin)
		defer cancel()
		err = ping(ctx)
	}
	wrong := sentenceOf(err)
	switch {
	case wrong != "" && wrong != h.wrong:
		h.log.Error(wrong, "err", err)
	case wrong == "" && h.wrong != "":
		h.log.Info("the database is well again")
	}
	h.wrong = wrong
	return wrong
}

// looked notes what a look through the whole file found.
func (h *health) looked(damage error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.damage, h.asked = damage, time.Time{}
}

// sentenceOf says what is wrong, without what only the operator should read.
func sentenceOf(err error) string {
	switch {
	case err == nil:
		return ""
	case errors.Is(err, sqlite.ErrGone):
		return "the file of the database was deleted or moved"
	case errors.Is(err, sqlite.ErrReplaced):
		return "another file is in the place of the database: the bot must be restarted"
	case errors.Is(err, sqlite.ErrFull):
		return "the disk is full"
	case errors.Is(err, postgres.ErrFull):
		return "the disk of the database is full"
	case errors.Is(err, sqlite.ErrReadOnly), errors.Is(err, postgres.ErrReadOnly):
		return "the database cannot be written"
	case errors.Is(err, postgres.ErrPassword), errors.Is(err, postgres.ErrRights):
		return "the database refuses the bot"
	case errors.Is(err, sqlite.ErrCorrupt), errors.Is(err, postgres.ErrCorrupt):
		return "the database is damaged"
	case errors.Is(err, sqlite.ErrDisk):
		return "the disk gives errors"
	case errors.Is(err, sqlite.ErrLocked):
		return "another program holds the database"
	}
	return "the database does not answer"
}
