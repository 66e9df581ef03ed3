package main

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"summitquiz/config"
)

// TestLogsHoldNoSecrets logs secrets as servers and libraries echo them.
func TestLogsHoldNoSecrets(t *testing.T) {
	const telegram, discord, key = "1234567890:AAF-verysecretpartoftoken_x", "MTIzNDU2.abc+/=.wordsofadiscordtoken99", "a \"key\" with\\signs & more, 32 long"
	f := newFilter(telegram, "", discord, key)
	for _, format := range []string{"text", "json"} {
		var out bytes.Buffer
		log, err := newLog(config.Log{LogLevel: "debug", LogFormat: format}, &out, f)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range []string{telegram, discord, key} {
			log.Error("the server said "+s, "err", fmt.Errorf("Post %q: refused", "https://api.example/bot"+s+"/getMe"), "headers", map[string]string{"Authorization": "Bot " + s})
			log.Warn("echo", "path", "/bot"+url.PathEscape(s), "query", url.QueryEscape(s), "err", errors.New(strings.ToUpper("x")+s))
		}
		log.Info("half of it", "token", "AAF-verysecretpartoftoken_x", "raw", []byte(discord))
		for _, part := range []string{"verysecretpart", "wordsofadiscord", "with\\\\signs", "with%5Csigns", "with%5csigns"} {
			if strings.Contains(out.String(), part) {
				t.Errorf("%s: a log holds %q:\n%s", format, part, out.String())
			}
		}
		if !strings.Contains(out.String(), "[secret]") || !strings.Contains(out.String(), "refused") {
			t.Errorf("%s: the log says too little:\n%s", format, out.String())
		}
	}
	cause := errors.New("cause " + telegram)
	if err := f.cleanErr(fmt.Errorf("start: %w", cause)); err.Error() != "start: cause [secret]" || !errors.Is(err, cause) {
		t.Errorf("cleanErr = %v", err)
	}
	if newFilter().clean("as it is") != "as it is" || f.cleanErr(nil) != nil {
		t.Error("a filter without secrets changes a text")
	}
}
