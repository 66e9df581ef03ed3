package main

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/account"
	"summitquiz/config"
)

// errNoKey means that there is no key where one was looked for.
var errNoKey = errors.New("there is no secret key beside the database: set SECRET_KEY, and DATABASE_URL, as the bot has them")

// secretKey returns the key that signs buttons and web logins: the one that is set, else the
// one in a file, which is made on first use: then it reports true.
func secretKey(set config.Secret, path string) (key []byte, made bool, err error) {
	if key, err = existingKey(set, path); !errors.Is(err, errNoKey) {
		return key, false, err
	}
	if err := makeKey(path); err != nil {
		return nil, false, fmt.Errorf("make the secret key: %w", err)
	}
	key, err = existingKey(set, path)
	return key, true, err
}

// existingKey returns the key that is set, else the one in a file, or errNoKey.
func existingKey(set config.Secret, path string) ([]byte, error) {
	if set != "" {
		return []byte(set), nil
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, errNoKey
	case err != nil:
		return nil, fmt.Errorf("read the secret key: %w", err)
	case runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0:
		return nil, fmt.Errorf("the secret key in %s can be read by others (mode %#o): run chmod 600 %s", path, info.Mode().Perm(), path)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the secret key: %w", err)
	}
	text := strings.TrimSpace(string(data))
	if len(text) < 32 {
		return nil, fmt.Errorf("the secret key in %s is cut off: restore it from a backup, or remove it to have a new one made, which ends all web logins", path)
	}
	return []byte(text), nil
}

// keyNote is where a database keeps a digest of the key that it is used with.
const keyNote = "secret-key"

// keyDigest tells keys apart and says nothing about them.
func keyDigest(key []byte) string {
	h := hmac.New(sha256.New, key)
	h.Write([]byte("summitquiz key digest v1"))
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// useKey notes which key a database is used with. It reports whether another one was used before.
func useKey(ctx context.Context, n bot.Notes, key []byte) (changed bool, err error) {
	before, err := n.Note(ctx, keyNote)
	if err != nil || before == keyDigest(key) {
		return false, err
	}
	return before != "", n.SetNote(ctx, keyNote, keyDigest(key))
}

// makeKey writes a new key. Whoever comes second at the same time keeps the first one's.
func makeKey(path string) error {
	raw := make([]byte, 32)
	rand.Read(raw)
	f, err := os.CreateTemp(filepath.Dir(path), ".key-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = fmt.Fprintln(f, hex.EncodeToString(raw))
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Link(f.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}

// ownerLink is a link that makes the first browser that follows it an owner.
func ownerLink(url string, key []byte) string {
	nonce, err := rand.Int(rand.Reader, new(big.Int).SetUint64(1<<63))
	if err != nil {
		panic(err) // it never fails
	}
	return url + "/owner?t=" + account.OwnerAction(key, nonce.Uint64(), time.Now())
}
