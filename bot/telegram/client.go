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

// ErrToken means that Telegram refused the bot's token.
var ErrToken = errors.New("telegram refuses the token: set TELEGRAM_TOKEN to the one that @BotFather shows for your bot")

// client sends requests through the library and decodes the responses itself: the library has no contexts,
// drops error codes, and takes HTML pages of proxies for broken JSON.
type client struct {
	token   string
	methods string // URL format of methods, for the library
	files   string // URL prefix of files; holds the token
	http    *http.Client
	open    chan struct{} // one element for each request in flight
}

// maxRequests is how many requests may be in flight. Telegram refuses about 1,000.
const maxRequests = 300

func newClient(token, base string, h *http.Client) *client {
	return &client{token: token, methods: base + "/bot%s/%s", files: base + "/file/bot" + token + "/", http: h, open: make(chan struct{}, maxRequests)}
}

// response is Telegram's response to any request.
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

// apiError is an error response of Telegram. It holds no token and no text that a person typed.
type apiError struct {
	Method    string
	Code      int
	Text      string        // Telegram's description
	After     time.Duration // how long to wait before repeating it; 0: not given
	MigrateTo int64         // the new id of a chat that migrated; 0: it did not
}

func (e *apiError) Error() string { return fmt.Sprintf("%s: %d %s", e.Method, e.Code, e.Text) }

// noResponseError is a request without a response.
type noResponseError struct {
	Method string
	Sent   bool // Telegram may have received it
	Err    error
}

func (e *noResponseError) Error() string { return fmt.Sprintf("%s: %v", e.Method, e.Err) }

func (e *noResponseError) Unwrap() error { return e.Err }

// outcomeUnknown reports whether Telegram may or may not have carried out a request.
func outcomeUnknown(err error) bool {
	var s *noResponseError
	var r *apiError
	return errors.As(err, &s) && s.Sent || errors.As(err, &r) && r.Code >= 500
}

// hasText reports whether err is an *apiError whose text contains one of these lower-case words.
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

// params are the parameters of a request; objects are JSON.
type params = tgbotapi.Params

// do sends a request with a timeout and decodes the result into out (nil: it is ignored).
func (c *client) do(ctx context.Context, method string, p params, out any, within time.Duration) error {
	return c.send(ctx, method, p, nil, out, within)
}

// send is do with a file in the field of its method.
func (c *client) send(ctx context.Context, method string, p params, f *bot.File, out any, within time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	if method != "getUpdates" { // long polling, at most one request
		select {
		case c.open <- struct{}{}:
			defer func() { <-c.open }()
		case <-ctx.Done():
			return &noResponseError{Method: method, Err: ctx.Err()}
		}
	}
	w := &recorder{ctx: ctx, http: c.http}
	api := &tgbotapi.BotAPI{Token: c.token, Client: w} // a new one for each request, because it has no context
	api.SetAPIEndpoint(c.methods)
	var err error
	if f == nil {
		_, err = api.MakeRequest(method, p)
	} else {
		_, err = api.UploadFiles(method, p, []tgbotapi.RequestFile{{Name: fileField(method), Data: tgbotapi.FileBytes{Name: f.Name, Bytes: f.Data}}})
	}
	if w.status == 0 { // no response
		if err == nil {
			err = errors.New("no response")
		}
		return &noResponseError{Method: method, Sent: w.sent.Load(), Err: c.scrub(err)}
	}
	return w.decode(method, out)
}

// fileField is the field in which a method takes its file.
func fileField(method string) string {
	if method == "sendPhoto" {
		return "photo"
	}
	return "document"
}

// responseLimit is the number of bytes that are read of a response; a hundred updates stay far below it.
const responseLimit = 16 << 20

// recorder is the library's HTTP client for one request: it adds the context and records the response.
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

// decode decodes the recorded response, whatever the library made of it.
func (w *recorder) decode(method string, out any) error {
	var a response
	if err := json.Unmarshal(w.body, &a); err != nil {
		code := w.status
		if code < 400 {
			code = http.StatusBadGateway // a page instead of JSON: the outcome is unknown
		}
		return &apiError{Method: method, Code: code, Text: "a page instead of JSON"}
	}
	if !a.OK {
		code := a.Code
		if code == 0 {
			code = w.status
		}
		after := time.Duration(a.Parameters.RetryAfter) * time.Second
		return &apiError{Method: method, Code: code, Text: a.Text, After: after, MigrateTo: a.Parameters.MigrateTo}
	}
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(a.Result, out); err != nil {
		return fmt.Errorf("%s: decode the result: %w", method, err)
	}
	return nil
}

// scrub removes the URL, which holds the token, from a transport error.
func (c *client) scrub(err error) error {
	err = adapter.ScrubURL(err)
	if strings.Contains(err.Error(), c.token) {
		return errors.New(strings.ReplaceAll(err.Error(), c.token, "[secret]"))
	}
	return err
}

// discardLogger disables the library's own log, which holds URLs and so tokens.
type discardLogger struct{}

func (discardLogger) Println(...any)        {}
func (discardLogger) Printf(string, ...any) {}
