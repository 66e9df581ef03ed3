package telegram

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"

	"summitquiz/bot"
)

// A button may act in another chat than that of its message: replies about a group are in a private chat,
// and the topic of an old message cannot be told from its group. So the data of a button holds the chat
// after the action, signed, within Telegram's 64 bytes: action@chat.thread.signature, with numbers in base
// 36, and ! before the signature if the person acts as an anonymous admin of the group.

// dataLimit is the length of a button's data in bytes.
const dataLimit = 64

// noteData is the data of a button that does nothing.
const noteData = "note"

// signer signs the chats of buttons with a key derived from the bot's token.
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

// sign returns the data of a button: its action, and its origin if it needs one. It reports false if that does
// not fit; the actions of the service have at most 41 bytes, so they fit.
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

// macLength is the length of a signature in base64.
const macLength = 8

func (s signer) mac(text string) string {
	h := hmac.New(sha256.New, s.key)
	h.Write([]byte(text))
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:macLength*6/8])
}

// verify splits the data of a button. Data with a wrong signature is returned as it is: as an action it is
// invalid.
func (s signer) verify(data string) (action string, o *origin) {
	action, where, signed := strings.Cut(data, "@")
	at := len(data) - macLength
	if !signed || at <= len(action) || !hmac.Equal([]byte(s.mac(data[:at])), []byte(data[at:])) {
		return data, nil
	}
	where = where[:len(where)-macLength]
	o = &origin{}
	where, o.anonymous = strings.CutSuffix(where, "!")
	chat, thread, _ := strings.Cut(where, ".")
	o.at.chat, _ = strconv.ParseInt(chat, 36, 64) // signed, so it is a number
	o.at.thread, _ = strconv.ParseInt(thread, 36, 64)
	return action, o
}

// chatKey is the chat in the form of the contract.
func (s destination) chatKey() string {
	if s.thread != 0 {
		return decimal(s.chat) + "/" + decimal(s.thread)
	}
	return decimal(s.chat)
}

// place is the chat in which a button acts.
func (o *origin) place() bot.Place {
	return bot.Place{Platform: platform, Space: decimal(o.at.chat), Chat: o.at.chatKey(), Private: o.at.chat > 0}
}
