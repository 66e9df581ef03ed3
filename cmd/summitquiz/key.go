package main

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"time"

	"summitquiz/bot/account"
	"summitquiz/config"
)

// secretKey returns the key that signs buttons and web logins: the one that is set, else the
// one in a file, which is made on first use.
func secretKey(set config.Secret, path string) ([]byte, error) {
	if set != "" {
		return []byte(set), nil
	}
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		if err := makeKey(path); err != nil {
			return nil, fmt.Errorf("make the secret key: %w", err)
		}
		data, err = os.ReadFile(path)
	}
	if err != nil {
		return nil, fmt.Errorf("read the secret key: %w", err)
	}
	key := strings.TrimSpace(string(data))
	if len(key) < 32 {
		return nil, fmt.Errorf("the secret key in %s is cut off: restore it from a backup, or remove it to have a new one made, which ends all web logins", path)
	}
	return []byte(key), nil
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
