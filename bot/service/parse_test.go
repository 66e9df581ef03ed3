package service_test

import (
	"maps"
	"testing"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/service"
)

// commands are all that the features register.
func commands(t *testing.T) bot.CommandList {
	return bottest.New(t, service.Options{Key: testKey}, nil).Commands()
}

func TestLinesAreReadAsTheyAreTyped(t *testing.T) {
	for _, tc := range []struct {
		line    string
		name    string
		options map[string]string
	}{
		{"/quiz", "quiz", nil},
		{"  /Quiz  ", "quiz", nil},
		{"／quiz questions：5", "quiz", map[string]string{"questions": "5"}},
		{"/quiz gyeongju-summit-2025", "quiz", map[string]string{"pack": "gyeongju-summit-2025"}},
		{"/quiz questions:5 kind:choice", "quiz", map[string]string{"questions": "5", "kind": "choice"}},
		{"/quiz KIND: choice", "quiz", map[string]string{"kind": "choice"}},
		{"/answer ٧٠ تريليون وون", "answer", map[string]string{"text": "٧٠ تريليون وون"}},
		{"/answer at 10:30", "answer", map[string]string{"text": "at 10:30"}},
		{"/pack versions countries-of-the-world", "pack versions", map[string]string{"pack": "countries-of-the-world"}},
		{"/pack rollback pack:a version:1.0 beta", "pack rollback", map[string]string{"pack": "a", "version": "1.0 beta"}},
		{"/report reason:other text:the name is wrong", "report", map[string]string{"reason": "other", "text": "the name is wrong"}},
		{"/stop now", "stop", map[string]string{"now": "now"}},
		{"/pack", "pack", nil},
		{"/quiz pack:\u2068zoo\u2069 \u200Fquestions\u200E:\u2066٢\u2069", "quiz", map[string]string{"pack": "zoo", "questions": "٢"}},
		{"\u2068/quiz\u2069 pack:zoo", "quiz", map[string]string{"pack": "zoo"}},
		{"/\u2068quiz\u2069", "quiz", nil},
		{"/pack_rollback pack:a version:1.0", "pack rollback", map[string]string{"pack": "a", "version": "1.0"}},
		{"/dance a:b", "dance", nil},
	} {
		got, ok := commands(t).Parse(tc.line)
		if !ok || got.Name != tc.name || !maps.Equal(got.Options, tc.options) {
			t.Errorf("ParseLine(%q) = %q %v, %v; want %q %v", tc.line, got.Name, got.Options, ok, tc.name, tc.options)
		}
	}
	for _, line := range []string{"", "quiz", "/", " / ", "70 trillion won", "a/b"} {
		if got, ok := commands(t).Parse(line); ok {
			t.Errorf("ParseLine(%q) = %q, want no command", line, got.Name)
		}
	}
}

// TestOptionsAreTakenAsTheyAreShown types values in the digits and by the names that people read.
func TestOptionsAreTakenAsTheyAreShown(t *testing.T) {
	for _, tc := range []struct{ command, option, typed, want string }{
		{"quiz", "questions", "٢", "2"},
		{"quiz", "questions", "\u2068۱۰\u2069", "10"},
		{"quiz", "questions", "１５", "15"},
		{"settings", "seconds", "๓๐", "30"},
		{"quiz", "pack", "\u2068zoo\u2069", "zoo"},
		{"quiz", "mode", "Race", "race"},
		{"settings", "language", "العربية", "ar"},
		{"pack rollback", "version", "١.٢", "1.2"},
	} {
		c := commands(t).Find(tc.command)
		call := &bot.CommandCall{Name: tc.command, Options: map[string]string{"\u200E" + tc.option: tc.typed}}
		if tc.command == "pack rollback" {
			call.Options["pack"] = "zoo"
		}
		got, err := c.Check(call)
		if err != nil || got[tc.option] != tc.want {
			t.Errorf("/%s %s:%q = %q, %v; want %q", tc.command, tc.option, tc.typed, got[tc.option], err, tc.want)
		}
	}
}
