package telegram

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"summitquiz/bot"
)

// TestPlacesTravelWithButtons seals and opens places of all kinds.
func TestPlacesTravelWithButtons(t *testing.T) {
	s := newSigner("7012345678:a-token-of-a-bot-for-tests")
	rapid.Check(t, func(t *rapid.T) {
		o := origin{at: destination{chat: rapid.Int64().Draw(t, "chat"), thread: rapid.Int64Range(0, math.MaxInt32).Draw(t, "thread")},
			anonymous: rapid.Bool().Draw(t, "anonymous")}
		action := rapid.StringMatching(`v1\.[a-z]{1,6}\.[0-9a-z-]{0,14}\.[A-Za-z0-9_-]{11}`).Draw(t, "action")
		data, ok := s.sign(action, &o)
		if ok != (len(data) <= dataLimit) {
			t.Fatalf("%d bytes, taken: %v", len(data), ok)
		}
		got, at := s.verify(data)
		if got != action || at == nil || *at != o {
			t.Fatalf("seal and open %q of %+v = %q of %+v", action, o, got, at)
		}
		n := rapid.IntRange(len(action)+1, len(data)-1).Draw(t, "n")
		forged := data[:n] + string(rune('a'+(data[n]-'a'+1)%26)) + data[n+1:]
		if got, at := s.verify(forged); forged != data && (at != nil || got != forged) {
			t.Fatalf("the forged %q opens as %q of %+v", forged, got, at)
		}
	})
}

// TestTheLongestActionsFitIntoAButton holds that no button of the service is left out for its length.
func TestTheLongestActionsFitIntoAButton(t *testing.T) {
	s := newSigner("x")
	signer := bot.NewSigner([]byte("key"))
	o := &origin{at: destination{chat: -1009999999999999, thread: math.MaxInt32}, anonymous: true}
	for _, a := range []bot.Payload{
		{Action: "board", Args: []uint64{1, 3, 999, 1<<40 - 1}}, {Action: "why", Args: []uint64{1 << 34, 49, 5}}, {Action: "a", Args: []uint64{1 << 34, 49, 11}},
		{Action: "forget", Args: []uint64{1 << 33}}, {Action: "export"}, {Action: "put", Args: []uint64{1 << 34}}, {Action: "again", Args: []uint64{1 << 34}},
	} {
		if data, ok := s.sign(signer.Sign("m1", a), o); !ok {
			t.Errorf("%s: %d bytes: %s", a.Action, len(data), data)
		}
	}
}

// FuzzOpen opens what strangers send.
func FuzzOpen(f *testing.F) {
	s := newSigner("x")
	sealed, _ := s.sign("v1.a.1-0-2.AAAAAAAAAAA", &origin{at: destination{-100, 7}, anonymous: true})
	for _, data := range []string{"", "@", "@@", "a@b", sealed, sealed + "x", strings.ToUpper(sealed), "note", "v1.a.1@-2s!AAAAAAAA"} {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data string) {
		action, o := s.verify(data)
		if o == nil && action != data {
			t.Errorf("open(%q) = %q without a place", data, action)
		}
		if o != nil {
			if again, ok := s.sign(action, o); ok && again != data {
				t.Errorf("open(%q) = %q of %+v, which seals to %q", data, action, *o, again)
			}
		}
	})
}
