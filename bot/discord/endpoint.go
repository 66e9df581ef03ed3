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

// Discord sends interactions by HTTP instead of through the gateway where the address of an
// endpoint is set in the developer portal. Both ways lead to the same queue; the gateway still
// tells of servers that come and go.

// What a request to the endpoint may be: its size, and how far its time may be from ours.
const (
	endpointBody  = 1 << 20
	endpointDrift = 5 * time.Minute
)

// ErrKey means that the public key of the application is none.
var ErrKey = errors.New("DISCORD_PUBLIC_KEY is no public key: copy the 64 characters that the developer portal shows under General Information")

// publicKey reads the key as the developer portal shows it; "" is none.
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

// ServeHTTP takes an interaction that Discord signed. It answers 401 to what Discord did not
// sign, which Discord tries now and then, and 202 to the rest: the answer of the interaction
// goes the same way as always. Without a public key everything is unsigned.
func (a *Adapter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, endpointBody))
	if err != nil {
		http.Error(w, "too large, or broken off", http.StatusRequestEntityTooLarge)
		return
	}
	if err := a.verifySignature(r.Header, body); err != nil {
		a.counts.unsigned.Add(1)
		a.log.Warn("an interaction is not from Discord", "err", err)
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
	a.handler.receive(body)
	w.WriteHeader(http.StatusAccepted)
}

// verifySignature returns what is wrong with the signature of a request.
func (a *Adapter) verifySignature(h http.Header, body []byte) error {
	stamp := h.Get("X-Signature-Timestamp")
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil {
		return errors.New("it has no time")
	}
	if drift := a.now().Sub(time.Unix(seconds, 0)).Abs(); drift > endpointDrift {
		return fmt.Errorf("its time is %v from ours", drift.Round(time.Second))
	}
	seal, err := hex.DecodeString(h.Get("X-Signature-Ed25519"))
	if err != nil || len(a.public) == 0 || !ed25519.Verify(a.public, append([]byte(stamp), body...), seal) {
		return errors.New("the signature is wrong")
	}
	return nil
}
