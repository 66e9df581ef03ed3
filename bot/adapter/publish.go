package adapter

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"summitquiz/bot"
)

// Publish tells a platform what it shows of the bot, such as its commands, unless it was told the same
// last time. body identifies what publish tells; the note under key remembers its hash for later
// processes.
func Publish(ctx context.Context, notes bot.Notes, key string, body []byte, publish func() error) error {
	sum := sha256.Sum256(body)
	hash := hex.EncodeToString(sum[:])
	last, err := notes.Note(ctx, key)
	if err != nil {
		return fmt.Errorf("read what was published last: %w", err)
	}
	if last == hash {
		return nil
	}
	if err := publish(); err != nil {
		return err
	}
	return notes.SetNote(ctx, key, hash)
}
