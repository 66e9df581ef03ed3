package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync/atomic"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"summitquiz/bot"
	"summitquiz/bot/adapter"
)

// ErrToken means that Telegram does not know the bot's token.
var ErrToken = errors.New("telegram refuses the token: set TELEGRAM_TOKEN to the one that @BotFather shows for your bot")

// client makes requests in the library's form, and reads their answers itself: the library
// knows no contexts, leaves out codes and takes pages of proxies for broken JSON.
type client struct {
	token   string
	methods string // the address of methods, as the library wants it
	files   string // what stands before the path of a file; holds the token
	http    *http.Client
	open    chan struct{} // one for each request that is on its way
}

// maxRequests is how many requests may be on their way. Telegram turns a bot away at about 1,000.
const maxRequests = 300

func newClient(token, base string, h *http.Client) *client {
	return &client{token: token, methods: base + "/bot%s/%s", files: base + "/file/bot" + token + "/", http: h, open: make(chan struct{}, maxRequests)}
}

// response is what Telegram answers to any request.
type response struct {
	OK         bool            `json:"ok"`
	Result     json.RawMessage `json:"result"`
	Code       int             `json:"error_code"`
	Text       string          `json:"description"`
	Parameters struct {
		RetryAfter int   `json:"retry_after"`
		MigrateTo  int64 `json:"migrate_to_chat_id"`
	} `json:"parameters"`
}

// apiError is a request that Telegram answered with an error. It holds no token and nothing that
// anybody typed.
type apiError struct {
	Method    string
	Code      int
	Text      string        // Telegram's own words
	After     time.Duration // when it may be tried again, if Telegram said so
	MigrateTo int64         // where the chat went, if it did
}

func (e *apiError) Error() string { return fmt.Sprintf("%s: %d %s", e.Method, e.Code, e.Text) }

// noResponseError is a request that got no answer.
type noResponseError struct {
	Method string
	Sent   bool // it may have arrived
	Err    error
}

func (e *noResponseError) Error() string { return fmt.Sprintf("%s: %v", e.Method, e.Err) }

func (e *noResponseError) Unwrap() error { return e.Err }

// outcomeUnknown reports whether nobody knows what became of a request.
func outcomeUnknown(err error) bool {
	var s *noResponseError
	var r *apiError
	return errors.As(err, &s) && s.Sent || errors.As(err, &r) && r.Code >= 500
}

// hasText reports whether err is a refusal in one of these words.
func hasText(err error, words ...string) bool {
	var r *apiError
	if !errors.As(err, &r) {
		return false
	}
	text := strings.ToLower(r.Text)
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// params are those of a request; objects are JSON.
type params = tgbotapi.Params

// do makes a request within a time and reads the result into out (nil: not).
func (c *client) do(ctx context.Context, method string, p params, out any, within time.Duration) error {
	return c.send(ctx, method, p, nil, out, within)
}

// send is do with a file, which goes into the field document.
func (c *client) send(ctx context.Context, method string, p params, f *bot.File, out any, within time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	if method != "getUpdates" { // which waits, and is one
		select {
		case c.open <- struct{}{}:
			defer func() { <-c.open }()
		case <-ctx.Done():
			return &noResponseError{Method: method, Err: ctx.Err()}
		}
	}
	w := &recorder{ctx: ctx, http: c.http}
	api := &tgbotapi.BotAPI{Token: c.token, Client: w} // made anew for each request, as it has no context of its own
	api.SetAPIEndpoint(c.methods)
	var err error
	if f == nil {
		_, err = api.MakeRequest(method, p)
	} else {
		_, err = api.UploadFiles(method, p, []tgbotapi.RequestFile{{Name: "document", Data: tgbotapi.FileBytes{Name: f.Name, Bytes: f.Data}}})
	}
	if w.status == 0 { // nothing came back
		if err == nil {
			err = errors.New("no answer")
		}
		return &noResponseError{Method: method, Sent: w.sent.Load(), Err: c.scrub(err)}
	}
	return w.decode(method, out)
}

// responseLimit bounds what is read of an answer: a hundred updates stay far below it.
const responseLimit = 16 << 20

// recorder is one request on its way: the library's client, which gives the request its context and
// keeps what came back.
type recorder struct {
	ctx    context.Context
	http   *http.Client
	sent   atomic.Bool
	status int
	body   []byte
}

// Do sends a request.
func (w *recorder) Do(req *http.Request) (*http.Response, error) {
	trace := &httptrace.ClientTrace{WroteHeaders: func() { w.sent.Store(true) }}
	res, err := w.http.Do(req.WithContext(httptrace.WithClientTrace(w.ctx, trace)))
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, responseLimit))
	if err != nil {
		return nil, err
	}
	w.status, w.body = res.StatusCode, body
	res.Body = io.NopCloser(bytes.NewReader(body))
	return res, nil
}

// decode reads what came back, whatever the library made of it.
func (w *recorder) decode(method string, out any) error {
	var a response
	if err := json.Unmarshal(w.body, &a); err != nil {
		code := w.status
		if code < 400 {
			code = http.StatusBadGateway // a page in place of an answer: nobody knows what it stands for
		}
		return &apiError{Method: method, Code: code, Text: "a page instead of JSON"}
	}
	if !a.OK {
		code := a.Code
		if code == 0 {
			code = w.status
		}
		return &apiError{Method: method, Code: code, Text: a.Text, After: time.Duration(a.Parameters.RetryAfter) * time.Second, MigrateTo: a.Parameters.MigrateTo}
	}
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(a.Result, out); err != nil {
		return fmt.Errorf("%s: the result is not as documented: %w", method, err)
	}
	return nil
}

// scrub takes the address, which holds the token, off a transport's error.
func (c *client) scrub(err error) error {
	err = adapter.ScrubURL(err)
	if strings.Contains(err.Error(), c.token) {
		return errors.New(strings.ReplaceAll(err.Error(), c.token, "[secret]"))
	}
	return err
}

// discardLogger silences the library's own log: it writes addresses, and so tokens, into it.
type discardLogger struct{}

func (discardLogger) Println(...any)        {}
func (discardLogger) Printf(string, ...any) {}
