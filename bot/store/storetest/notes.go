package storetest

import (
	"fmt"
	"strings"
	"testing"

	"summitquiz/bot"
)

func notes(t *testing.T, s bot.Store) {
	if got := must[string](t)(s.Note(t.Context(), "commands")); got != "" {
		t.Errorf("a note that nobody made is %q", got)
	}
	for _, value := range []string{"one", "two"} {
		if err := s.SetNote(t.Context(), "commands", value); err != nil {
			t.Fatal(err)
		}
		if got := must[string](t)(s.Note(t.Context(), "commands")); got != value {
			t.Errorf("the note is %q, want %q", got, value)
		}
	}
	if got := must[string](t)(s.Note(t.Context(), "command")); got != "" {
		t.Errorf("another key gives %q", got)
	}
}

func intake(t *testing.T, s bot.Store) {
	raw := func(ids ...int64) (out []bot.RawInput) {
		for _, id := range ids {
			out = append(out, bot.RawInput{ID: id, Body: fmt.Appendf(nil, `{"update_id":%d,"text":"\x00٧٠"}`, id)})
		}
		return out
	}
	ids := func(rows []bot.RawInput) string {
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
	keep := func(platform string, list []bot.RawInput, want string) []bot.RawInput {
		t.Helper()
		fresh := must[[]bot.RawInput](t)(s.Keep(t.Context(), platform, list, noon))
		if got := ids(fresh); got != want {
			t.Errorf("new are %q, want %q", got, want)
		}
		return fresh
	}
	first := keep("test", raw(7, 8, 9), "7 8 9")
	keep("test", raw(9, 8, 3), "3") // an id may come that is smaller than all before it
	keep("other", raw(8), "8")
	if got := ids(must[[]bot.RawInput](t)(s.Kept(t.Context(), "test", 0, 10))); got != "7 8 9 3" {
		t.Errorf("kept are %q", got)
	}
	if got := ids(must[[]bot.RawInput](t)(s.Kept(t.Context(), "test", first[0].Seq, 2))); got != "8 9" {
		t.Errorf("the next two are %q", got)
	}
	if err := s.Drop(t.Context(), first[1].Seq); err != nil {
		t.Fatal(err)
	}
	if got := ids(must[[]bot.RawInput](t)(s.Kept(t.Context(), "test", 0, 10))); got != "7 9 3" {
		t.Errorf("after one was handled kept are %q", got)
	}
	again := keep("test", raw(8), "8")
	if again[0].Seq <= first[2].Seq {
		t.Errorf("what came again has the number %d", again[0].Seq)
	}
	keep("test", nil, "")
}
