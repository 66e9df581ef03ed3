package discordtest

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strconv"
	"time"
)

// signingKey is the key with which the fake signs requests to an endpoint.
var signingKey = ed25519.NewKeyFromSeed([]byte("thirty-two bytes for a fake key."))

// PublicKey is the application's public key, as the developer portal shows it.
var PublicKey = hex.EncodeToString(signingKey.Public().(ed25519.PublicKey))

// UseEndpoint sends interactions, signed, to an endpoint instead of the gateway.
func (d *Discord) UseEndpoint(h http.Handler) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.endpoint = h
}

// Post sends a body with a timestamp to an endpoint and returns the status and body of the response. Discord
// sends wrong signatures at random.
func (d *Discord) Post(h http.Handler, body []byte, at time.Time, good bool) (int, string) {
	stamp := strconv.FormatInt(at.Unix(), 10)
	signature := ed25519.Sign(signingKey, append([]byte(stamp), body...))
	if !good {
		signature[0] ^= 1
	}
	r := httptest.NewRequest(http.MethodPost, "/discord/interactions", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Signature-Timestamp", stamp)
	r.Header.Set("X-Signature-Ed25519", hex.EncodeToString(signature))
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

// call sends an interaction to the endpoint.
func (d *Discord) call(h http.Handler, payload map[string]any) {
	body, err := json.Marshal(payload)
	if err != nil {
		d.t.Error(err)
		return
	}
	if status, text := d.Post(h, body, time.Now(), true); status != http.StatusAccepted && status != http.StatusOK {
		d.t.Errorf("the endpoint answers %d %s", status, text)
	}
}
