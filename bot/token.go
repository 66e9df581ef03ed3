package bot

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strconv"
	"strings"
)

// Action is what a button or a form does: a verb with numbers. It travels through platforms
// that let anybody send anything, so it is signed, and it never holds an answer.
type Action struct {
	Verb string   // a-z and 0-9, at most 8
	Args []uint64 // at most 4
}

// ErrAction means that an action was not made by this hall, or by one with another key.
var ErrAction = errors.New("the action is not ours")

// actionLimit is the length of a signed action in bytes: what Telegram carries.
const actionLimit = 64

// Signer signs actions for one chat or one member.
type Signer struct {
	keys [][]byte // the first signs, all verify
}

// NewSigner returns a signer with a key, and older keys that are still honoured.
func NewSigner(key []byte, older ...[]byte) Signer {
	return Signer{append([][]byte{key}, older...)}
}

// Sign returns the action as it travels: v1.verb.args.mac, the arguments in base 36 and the
// first 8 bytes of an HMAC-SHA256 over bound and everything before it. bound says where the
// action is valid, such as "c12" for a chat or "m7" for a member.
func (s Signer) Sign(bound string, a Action) string {
	var b strings.Builder
	b.WriteString("v1.")
	b.WriteString(a.Verb)
	b.WriteByte('.')
	for i, n := range a.Args {
		if i > 0 {
			b.WriteByte('-')
		}
		b.WriteString(strconv.FormatUint(n, 36))
	}
	b.WriteByte('.')
	b.WriteString(mac(s.keys[0], bound, b.String()))
	return b.String()
}

// Open returns the action of a token that was signed with the same bound, or ErrAction.
func (s Signer) Open(bound, token string) (Action, error) {
	if len(token) > actionLimit {
		return Action{}, ErrAction
	}
	at := strings.LastIndexByte(token, '.')
	if at < 0 || !s.signed(bound, token[:at+1], token[at+1:]) {
		return Action{}, ErrAction
	}
	parts := strings.Split(token[:at], ".")
	if len(parts) != 3 || parts[0] != "v1" {
		return Action{}, ErrAction
	}
	a := Action{Verb: parts[1]}
	if parts[2] == "" {
		return a, nil
	}
	for arg := range strings.SplitSeq(parts[2], "-") {
		n, err := strconv.ParseUint(arg, 36, 64)
		if err != nil {
			return Action{}, ErrAction
		}
		a.Args = append(a.Args, n)
	}
	return a, nil
}

// Arg returns the i-th argument, or 0.
func (a Action) Arg(i int) uint64 {
	if i < len(a.Args) {
		return a.Args[i]
	}
	return 0
}

func (s Signer) signed(bound, body, got string) bool {
	for _, key := range s.keys {
		if hmac.Equal([]byte(mac(key, bound, body)), []byte(got)) {
			return true
		}
	}
	return false
}

// mac is 11 characters of base64.
func mac(key []byte, bound, body string) string {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(bound))
	h.Write([]byte{0})
	h.Write([]byte(body))
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:8])
}
