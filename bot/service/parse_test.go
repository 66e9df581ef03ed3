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
