package discord

import (
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

// Discord sends interactions by HTTP instead of through the gateway if the URL of an endpoint is set in the
// developer portal. Both ways lead to the same queue; events about servers still come through the gateway.

// Limits of a request to the endpoint: its size in bytes, and the difference between its time and ours.
const (
	endpointBody  = 1 << 20
	endpointDrift = 5 * time.Minute
)

// ErrKey means that the public key of the application is invalid.
var ErrKey = errors.New("DISCORD_PUBLIC_KEY is not a valid public key: copy the 64 characters that the developer portal shows under General Information")

// publicKey decodes the key as the developer portal shows it. The result is nil for "".
func publicKey(text string) (ed25519.PublicKey, error) {
	if text == "" {
		return nil, nil
	}
	key, err := hex.DecodeString(text)
	if err != nil || len(key) != ed25519.PublicKeySize {
		return nil, ErrKey
	}
	return key, nil
}

// ServeHTTP receives an interaction that Discord signed. It answers 401 to a wrong signature, which Discord
// tests now and then, and otherwise 202: the interaction is answered by a request of our own, as always.
// Without a public key every signature is wrong.
func (a *Adapter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, endpointBody))
	if err != nil {
		http.Error(w, "too large or incomplete", http.StatusRequestEntityTooLarge)
		return
	}
	if err := a.verifySignature(r.Header, body); err != nil {
		a.counts.unsigned.Add(1)
		a.log.Debug("an interaction is not from Discord", "err", err)
		http.Error(w, "not signed", http.StatusUnauthorized)
		return
	}
	var ping struct {
		Type int `json:"type"`
	}
	if json.Unmarshal(body, &ping) == nil && ping.Type == pingInteraction {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"type":%d}`, pongCallback)
		return
	}
	select {
	case <-a.introduced:
	default:
		http.Error(w, "starting", http.StatusServiceUnavailable)
		return
	}
	a.handler.Interaction(body)
	w.WriteHeader(http.StatusAccepted)
}

// verifySignature checks the signature and time of a request.
func (a *Adapter) verifySignature(h http.Header, body []byte) error {
	stamp := h.Get("X-Signature-Timestamp")
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil {
		return errors.New("the timestamp is missing")
	}
	if drift := a.now().Sub(time.Unix(seconds, 0)).Abs(); drift > endpointDrift {
		return fmt.Errorf("the timestamp differs from our clock by %v", drift.Round(time.Second))
	}
	signature, err := hex.DecodeString(h.Get("X-Signature-Ed25519"))
	if err != nil || len(a.public) == 0 || !ed25519.Verify(a.public, append([]byte(stamp), body...), signature) {
		return errors.New("the signature is wrong")
	}
	return nil
}
