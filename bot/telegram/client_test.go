package telegram

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/telegram/telegramtest"
)

// TestTheClientCuresTheLibrary makes requests that fail in every way, and reads the errors: each
// has its code, says whether something may have gone out, and holds no address, as that holds
// the token.
func TestTheClientCuresTheLibrary(t *testing.T) {
	file := &bot.File{Name: "a\".txt", Data: []byte("x")}
	for name, tc := range map[string]struct {
		fault   telegramtest.Fault
		down    bool
		code    int
		after   time.Duration
		unknown bool
	}{
		"all is well":                 {},
		"no network":                  {down: true},
		"refused":                     {fault: telegramtest.Refuse(403, "bot was blocked by the user"), code: 403},
		"too many":                    {fault: telegramtest.Limit(3 * time.Second), code: 429, after: 3 * time.Second},
		"an error inside of telegram": {fault: telegramtest.Internal, code: 500, unknown: true},
		"the page of a proxy":         {fault: telegramtest.Status(502), code: 502, unknown: true},
		"a page as if all were well":  {fault: telegramtest.Page, code: 502, unknown: true},
		"a proxy that forbids":        {fault: telegramtest.Status(403), code: 403},
		"the connection breaks off":   {fault: telegramtest.DropBefore, unknown: true},
		"the answer does not come":    {fault: telegramtest.Late(time.Minute), unknown: true},
	} {
		for kind, f := range map[string]*bot.File{"": nil, " with a file": file} {
			t.Run(name+kind, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					fake := telegramtest.New(t, telegramtest.Options{})
					u := fake.NewUser("Ada", "en")
					u.Unblock()
					transport := &http.Transport{DialContext: fake.Dial}
					defer transport.CloseIdleConnections()
					c := newClient(fake.Token, fake.URL, &http.Client{Transport: transport})
					method, q := "sendMessage", params{"chat_id": decimal(u.ID), "text": "x"}
					if f != nil {
						method, q = "sendDocument", params{"chat_id": decimal(u.ID)}
					}
					if tc.fault != nil {
						fake.Fail(1, method, tc.fault)
					}
					fake.Down(tc.down)
					began := time.Now()
					err := c.send(context.Background(), method, q, f, nil, 10*time.Second)
					if took := time.Since(began); took > 10*time.Second {
						t.Errorf("it took %v", took)
					}
					if good := tc.fault == nil && !tc.down; good != (err == nil) || outcomeUnknown(err) != tc.unknown {
						t.Errorf("send = %v; unknown: %v", err, outcomeUnknown(err))
					}
					var r *apiError
					if errors.As(err, &r) != (tc.code != 0) || r != nil && (r.Code != tc.code || r.After != tc.after) {
						t.Errorf("send = %+v, want code %d and %v", r, tc.code, tc.after)
					}
					if err != nil && (strings.Contains(err.Error(), "fake_token") || strings.Contains(err.Error(), fake.URL)) {
						t.Errorf("the error holds the address: %v", err)
					}
					time.Sleep(2 * time.Minute) // what comes late has come
				})
			})
		}
	}
}

// TestAContextEndsACall ends a call that waits for its answer.
func TestAContextEndsACall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		fake := telegramtest.New(t, telegramtest.Options{})
		transport := &http.Transport{DialContext: fake.Dial}
		defer transport.CloseIdleConnections()
		c := newClient(fake.Token, fake.URL, &http.Client{Transport: transport})
		ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
		defer cancel()
		began := time.Now()
		err := c.do(ctx, "getUpdates", params{"timeout": "50"}, nil, time.Minute)
		if took := time.Since(began); took != 3*time.Second || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the call ended with %v after %v", err, took)
		}
	})
}

// TestAnAddressThatIsNoneIsSaid builds adapters that cannot work.
func TestAnAddressThatIsNoneIsSaid(t *testing.T) {
	for _, api := range []string{"telegram.org", "ftp://x", "https://", "https://user:password@host", "https://host/%s", "https://host?x=1", "::"} {
		_, err := New(Options{Token: telegramtest.Token, APIURL: api})
		if err == nil || !strings.Contains(err.Error(), "TELEGRAM_API_URL") || strings.Contains(err.Error(), "password") {
			t.Errorf("New with %q = %v", api, err)
		}
	}
	for _, api := range []string{"", "https://api.telegram.org/", "http://127.0.0.1:8081/sub"} {
		if _, err := New(Options{Token: telegramtest.Token, APIURL: api}); err != nil {
			t.Errorf("New with %q = %v", api, err)
		}
	}
}
