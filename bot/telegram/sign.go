package telegram

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"

	"summitquiz/bot"
)

// A button may act in another place than the chat it stands in: what one person is told about a
// group stands in their private chat, and a topic cannot be told from its group once a message
// is old. So the place travels behind the action, sealed, within Telegram's 64 bytes:
// action@chat.thread.seal, numbers in base 36, and ! before the seal where whoever presses acts
// as an anonymous admin of the group.

// dataLimit is the length of a button's data in bytes.
const dataLimit = 64

// noteData is the data of a button that only shows something.
const noteData = "note"

// signer seals places with a key that only who has the bot's token can make.
type signer struct{ key []byte }

func newSigner(token string) signer {
	h := hmac.New(sha256.New, []byte(token))
	h.Write([]byte("summit quiz: the places of buttons"))
	return signer{h.Sum(nil)}
}

// origin is where a button acts.
type origin struct {
	at        destination
	anonymous bool
}

// sign returns the data of a button: its action, with an origin where it needs one. It reports
// false if that does not fit; actions of the service are at most 41 bytes, so it does.
func (s signer) sign(action string, o *origin) (data string, ok bool) {
	if o != nil {
		action += "@" + strconv.FormatInt(o.at.chat, 36)
		if o.at.thread != 0 {
			action += "." + strconv.FormatInt(o.at.thread, 36)
		}
		if o.anonymous {
			action += "!"
		}
		action += s.mac(action)
	}
	return action, len(action) <= dataLimit
}

// macLength is the length of a seal in characters of base64.
const macLength = 8

func (s signer) mac(text string) string {
	h := hmac.New(sha256.New, s.key)
	h.Write([]byte(text))
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:macLength*6/8])
}

// verify splits the data of a button. A seal that is not ours leaves the data whole, as an action
// that the service does not know.
func (s signer) verify(data string) (action string, o *origin) {
	action, where, sealed := strings.Cut(data, "@")
	at := len(data) - macLength
	if !sealed || at <= len(action) || !hmac.Equal([]byte(s.mac(data[:at])), []byte(data[at:])) {
		return data, nil
	}
	where = where[:len(where)-macLength]
	o = &origin{}
	where, o.anonymous = strings.CutSuffix(where, "!")
	chat, thread, _ := strings.Cut(where, ".")
	o.at.chat, _ = strconv.ParseInt(chat, 36, 64) // sealed, so a number
	o.at.thread, _ = strconv.ParseInt(thread, 36, 64)
	return action, o
}

// chatKey is the chat as the service knows it.
func (s destination) chatKey() string {
	if s.thread != 0 {
		return decimal(s.chat) + "/" + decimal(s.thread)
	}
	return decimal(s.chat)
}

// place is where a button of an origin acts.
func (o *origin) place() bot.Place {
	return bot.Place{Platform: platform, Space: decimal(o.at.chat), Chat: o.at.chatKey(), Private: o.at.chat > 0}
}
