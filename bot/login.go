package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"time"
)

// loginNote is where it is noted since when the logins of an account are void. It does not hold the account:
// users of the platforms that have logins are random, so nobody finds one by its digest.
func loginNote(a Account) string {
	whose := sha256.Sum256([]byte(a.User))
	return "logins/" + a.Platform + "/" + hex.EncodeToString(whose[:16])
}

// EndLogins makes the logins of an account void that were given until a time.
func EndLogins(ctx context.Context, n Notes, a Account, until time.Time) error {
	if err := n.SetNote(ctx, loginNote(a), strconv.FormatInt(until.UnixMicro(), 10)); err != nil {
		return fmt.Errorf("end the logins of an account: %w", err)
	}
	return nil
}

// LoginsEnded returns until when the logins of an account are void; zero: none is.
func LoginsEnded(ctx context.Context, n Notes, a Account) (time.Time, error) {
	value, err := n.Note(ctx, loginNote(a))
	if err != nil || value == "" {
		return time.Time{}, err
	}
	micros, err := strconv.ParseInt(value, 10, 64)
	if err != nil {
		return time.Time{}, fmt.Errorf("when logins ended: %w", err)
	}
	return time.UnixMicro(micros).UTC(), nil
}
