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

// seal is the key with which the fake signs what it sends to an endpoint.
var seal = ed25519.NewKeyFromSeed([]byte("thirty-two bytes for a fake key."))

// PublicKey is the application's public key, as the developer portal shows it.
var PublicKey = hex.EncodeToString(seal.Public().(ed25519.PublicKey))

// UseEndpoint sends interactions to an endpoint, signed, and no more through the gateway.
func (d *Discord) UseEndpoint(h http.Handler) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.endpoint = h
}

// Post sends a body to an endpoint with a time and returns the status of the answer and its
// body. A bad signature is what Discord tries at random.
func (d *Discord) Post(h http.Handler, body []byte, at time.Time, good bool) (int, string) {
	stamp := strconv.FormatInt(at.Unix(), 10)
	signature := ed25519.Sign(seal, append([]byte(stamp), body...))
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

// call sends an interaction to the endpoint, as the gateway would tell of it.
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
