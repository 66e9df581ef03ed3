package telegram_test

import (
	"testing"
	"testing/synctest"
	"time"

	"summitquiz/bot/telegram/telegramtest"
)

// TestSpecIsHeldByEveryRequest shows that what this room sends is validated against Telegram's
// own specification: every request to a method that the fake serves is, and a complaint about
// one fails its test.
func TestSpecIsHeldByEveryRequest(t *testing.T) {
	if !telegramtest.HasSpec() {
		t.Skip("Telegram's specification is not at hand")
	}
	synctest.Test(t, func(t *testing.T) {
		f := telegramtest.New(t, telegramtest.Options{})
		before := telegramtest.Validated()
		p := begin(t, f, open(t))
		c, ada := f.NewSupergroup("Friends"), f.NewUser("Ada", "en")
		ada.Start("")
		ada.Say(c, "/quiz questions:1 kind:choice")
		q := newest(t, c, openPoll)
		ada.Vote(c, q, 0)
		newest(t, c, func(m telegramtest.Message) bool { return m.ReplyTo == q.ID })
		ada.SendFile(f.Private(ada), telegramtest.File{Name: "pack.yaml", Type: "application/yaml", Data: []byte("none")}, "")
		rest(time.Minute)
		p.stop()
		sent := len(f.Requests("getUpdates"))
		methods := map[string]bool{}
		for _, r := range f.Requests() {
			if r.Method != "download" {
				sent++
				methods[r.Method] = true
			}
		}
		if n := telegramtest.Validated() - before; n < sent || sent == 0 {
			t.Errorf("%d of %d requests were validated", n, sent)
		}
		for _, m := range []string{"getMe", "setMyCommands", "sendMessage", "editMessageText", "sendPoll", "stopPoll", "getFile"} {
			if !methods[m] {
				t.Errorf("%s was not called", m)
			}
		}
	})
}
