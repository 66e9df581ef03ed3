package storetest

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"summitquiz/bot"
)

func intake(t *testing.T, s bot.Store) {
	raw := func(ids ...int64) (out []bot.Raw) {
		for _, id := range ids {
			out = append(out, bot.Raw{ID: id, Body: fmt.Appendf(nil, `{"update_id":%d,"text":"\x00٧٠"}`, id)})
		}
		return out
	}
	ids := func(rows []bot.Raw) string {
		out := []string{}
		last := int64(0)
		for _, r := range rows {
			if r.Seq <= last || string(r.Body) != string(raw(r.ID)[0].Body) {
				t.Errorf("update %d is kept as %d %q", r.ID, r.Seq, r.Body)
			}
			last = r.Seq
			out = append(out, fmt.Sprint(r.ID))
		}
		return strings.Join(out, " ")
	}
	keep := func(platform string, list []bot.Raw, want string) []bot.Raw {
		t.Helper()
		fresh := must[[]bot.Raw](t)(s.Keep(t.Context(), platform, list, noon))
		if got := ids(fresh); got != want {
			t.Errorf("new are %q, want %q", got, want)
		}
		return fresh
	}
	first := keep("test", raw(7, 8, 9), "7 8 9")
	keep("test", raw(9, 8, 3), "3") // an id may come that is smaller than all before it
	keep("other", raw(8), "8")
	if got := ids(must[[]bot.Raw](t)(s.Kept(t.Context(), "test", 0, 10))); got != "7 8 9 3" {
		t.Errorf("kept are %q", got)
	}
	if got := ids(must[[]bot.Raw](t)(s.Kept(t.Context(), "test", first[0].Seq, 2))); got != "8 9" {
		t.Errorf("the next two are %q", got)
	}
	if err := s.Drop(t.Context(), first[1].Seq); err != nil {
		t.Fatal(err)
	}
	if got := ids(must[[]bot.Raw](t)(s.Kept(t.Context(), "test", 0, 10))); got != "7 9 3" {
		t.Errorf("after one was handled kept are %q", got)
	}
	again := keep("test", raw(8), "8")
	if again[0].Seq <= first[2].Seq {
		t.Errorf("what came again has the number %d", again[0].Seq)
	}
	keep("test", nil, "")
}

func postOf(t *testing.T, s bot.Store) {
	h := come(t, s, at("a"), person("Ada"))
	c := &bot.Change{At: noon, Sends: []bot.Send{{Op: bot.New, Slot: "g1/q0", Chat: h.chat.ID}, {Op: bot.New, Slot: "g1/q1", Chat: h.chat.ID}}}
	write(t, s, c)
	find := func(platform, prefix string) bot.Slot {
		t.Helper()
		slot, chat, err := s.PostOf(t.Context(), platform, prefix)
		if err == nil && chat != h.chat || err != nil && !errors.Is(err, bot.ErrNone) {
			t.Errorf("the post %s stands in %+v, %v", prefix, chat, err)
		}
		return slot
	}
	if got := find("test", "p12."); got != "" {
		t.Errorf("before it arrived the post is %q", got)
	}
	write(t, s, &bot.Change{At: noon, Marks: []bot.Mark{{Send: c.Sends[0].ID, State: bot.SendDone, Ref: "p12.77", At: noon}, {Send: c.Sends[1].ID, State: bot.SendDone, Ref: "p123.78", At: noon}}})
	for prefix, want := range map[string]bot.Slot{"p12.": "g1/q0", "p123.": "g1/q1", "p1.": "", "p1234.": ""} {
		if got := find("test", prefix); got != want {
			t.Errorf("the post %s is %q, want %q", prefix, got, want)
		}
	}
	if got := find("other", "p12."); got != "" {
		t.Errorf("on another platform the post is %q", got)
	}
}

func admins(t *testing.T, s bot.Store) {
	a, b := come(t, s, at("a"), person("Ada")), come(t, s, at("b"), person("Ada"))
	administers := func() string {
		t.Helper()
		var out []string
		for _, space := range must[[]bot.Space](t)(s.Administers(t.Context(), a.member.ID)) {
			out = append(out, space.Platform+"/"+space.Key+"/"+space.Title)
		}
		return strings.Join(out, " ")
	}
	for range 2 {
		write(t, s, &bot.Change{At: noon, Admin: &bot.Admin{Member: a.member.ID, Space: a.space.ID}})
	}
	write(t, s, &bot.Change{At: noon, Admin: &bot.Admin{Member: b.member.ID, Space: b.space.ID}})
	if got := administers(); got != "test/a/Room a test/b/Room b" {
		t.Errorf("Ada administers %q", got)
	}
	gone := b.space
	gone.Gone = noon
	write(t, s, &bot.Change{At: noon, Space: &gone})
	if got := administers(); got != "test/a/Room a" {
		t.Errorf("after one is gone, Ada administers %q", got)
	}
	if data := string(must[[]byte](t)(s.Export(t.Context(), a.member.ID))); !strings.Contains(data, "Room a") {
		t.Errorf("the export does not say what Ada administers:\n%s", data)
	}
	if err := s.Purge(t.Context(), a.space.ID); err != nil {
		t.Fatal(err)
	}
	if err := s.Forget(t.Context(), a.member.ID, noon); err != nil {
		t.Fatal(err)
	}
	if got := administers(); got != "" {
		t.Errorf("after all, Ada administers %q", got)
	}
}
