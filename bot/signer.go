package bot

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strconv"
	"strings"
)

// Payload is what a button or a form carries: the name of an Action with numbers. It travels
// through platforms that let anybody send anything, so it is signed, and it never holds an
// answer.
type Payload struct {
	Action string   // a-z and 0-9, at most 8
	Args   []uint64 // at most 4
}

// ErrPayload means that a payload was not signed with any of the keys.
var ErrPayload = errors.New("the signature of the button is not valid")

// payloadLimit is the length of a signed payload in bytes: what Telegram carries.
const payloadLimit = 64

// Signer signs payloads for one chat, for one member, or for anybody.
type Signer struct {
	keys [][]byte // the first signs, all verify
}

// NewSigner returns a signer with a key, and older keys that are still honoured.
func NewSigner(key []byte, older ...[]byte) Signer {
	return Signer{append([][]byte{key}, older...)}
}

// Sign returns the payload as it travels: v1.action.args.mac, the arguments in base 36 and the
// first 8 bytes of an HMAC-SHA256 over audience and everything before it. audience says where the
// payload is valid, such as "c12" for a chat or "m7" for a member.
func (s Signer) Sign(audience string, a Payload) string {
	var b strings.Builder
	b.WriteString("v1.")
	b.WriteString(a.Action)
	b.WriteByte('.')
	for i, n := range a.Args {
		if i > 0 {
			b.WriteByte('-')
		}
		b.WriteString(strconv.FormatUint(n, 36))
	}
	b.WriteByte('.')
	b.WriteString(mac(s.keys[0], audience, b.String()))
	return b.String()
}

// Open returns the payload of a token that was signed for the same audience, or ErrPayload.
func (s Signer) Open(audience, token string) (Payload, error) {
	if len(token) > payloadLimit {
		return Payload{}, ErrPayload
	}
	at := strings.LastIndexByte(token, '.')
	if at < 0 || !s.signed(audience, token[:at+1], token[at+1:]) {
		return Payload{}, ErrPayload
	}
	parts := strings.Split(token[:at], ".")
	if len(parts) != 3 || parts[0] != "v1" {
		return Payload{}, ErrPayload
	}
	a := Payload{Action: parts[1]}
	if parts[2] == "" {
		return a, nil
	}
	for arg := range strings.SplitSeq(parts[2], "-") {
		n, err := strconv.ParseUint(arg, 36, 64)
		if err != nil {
			return Payload{}, ErrPayload
		}
		a.Args = append(a.Args, n)
	}
	return a, nil
}

// Arg returns the i-th argument, or 0.
func (a Payload) Arg(i int) uint64 {
	if i < len(a.Args) {
		return a.Args[i]
	}
	return 0
}

func (s Signer) signed(audience, body, got string) bool {
	for _, key := range s.keys {
		if hmac.Equal([]byte(mac(key, audience, body)), []byte(got)) {
			return true
		}
	}
	return false
}

// mac is 11 characters of base64.
func mac(key []byte, audience, body string) string {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(audience))
	h.Write([]byte{0})
	h.Write([]byte(body))
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:8])
}

// Audience is what payloads for everybody in the chat are signed with.
func (c Chat) Audience() string { return "c" + strconv.FormatInt(int64(c.ID), 36) }

// Audience is what payloads for one member are signed with.
func (m Member) Audience() string { return "m" + strconv.FormatInt(int64(m.ID), 36) }

// Anybody is what payloads are signed with that are made before it is known who will use them.
const Anybody = "owner"
