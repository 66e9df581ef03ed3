package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"regexp"
	"strconv"
	"strings"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/adapter"
	"summitquiz/bot/discord/gateway"
)

// Errors of the client.
var (
	// ErrToken means that Discord does not know the bot's token.
	ErrToken = errors.New("discord refuses the token: set DISCORD_TOKEN to the one shown in the developer portal")
	// ErrGateway means that Discord's gateway refuses the bot permanently.
	ErrGateway = gateway.ErrRefused
	errBanned  = errors.New("discord answers with a page instead of JSON: this IP address is banned for a while")
)

// client sends requests to Discord. discordgo's own is not used because it keeps a bucket for every
// interaction and never frees it, holds one lock over all edits, and sleeps without limit when refused.
type client struct {
	http    *http.Client
	base    string // with version, without the last slash
	token   string
	limiter *rateLimiter
	log     *slog.Logger
}

// request is one HTTP request. Every request may be repeated: posts carry a nonce, Discord refuses a second
// acknowledgement, and a repeated edit changes nothing.
type request struct {
	method   string
	path     string // below the base; may hold an interaction's token
	query    string
	body     any
	files    []bot.File
	priority priority
	tries    int // 0: 3
}

// errorBody is the body of an error response.
type errorBody struct {
	Code       int             `json:"code"`
	Message    string          `json:"message"`
	Errors     json.RawMessage `json:"errors"`
	RetryAfter float64         `json:"retry_after"`
	Global     bool            `json:"global"`
}

// apiError is a refusal by Discord. It holds no token.
type apiError struct {
	Route  string // the request without tokens
	Status int
	Code   int    // Discord's own; 0: none
	Text   string // Discord's message and the invalid fields
}

func (e *apiError) Error() string {
	return fmt.Sprintf("%s: %d (code %d) %s", e.Route, e.Status, e.Code, e.Text)
}

// The error codes of Discord that are used here.
const (
	unknownChannel     = 10003
	unknownGuild       = 10004
	unknownMessage     = 10008
	unknownWebhook     = 10015
	unknownInteraction = 10062
	tooManyOldEdits    = 30046
	alreadyAnswered    = 40060
	missingAccess      = 50001
	cannotMessage      = 50007
	missingPermissions = 50013
	invalidToken       = 50027 // of an interaction
	invalidForm        = 50035
	threadArchived     = 50083
	noCommonGuild      = 50278
	threadThere        = 160004
	threadLocked       = 160005
)

// hasCode reports whether err is an *apiError with one of these codes.
func hasCode(err error, codes ...int) bool {
	var e *apiError
	if errors.As(err, &e) {
		for _, c := range codes {
			if e.Code == c {
				return true
			}
		}
	}
	return false
}

// do sends a request, repeats it after connection and server errors, and decodes the response into out (nil:
// it is ignored). It returns an *apiError for a refusal, and a *bot.RetryError if it may be tried later.
func (c *client) do(ctx context.Context, r request, out any) error {
	body, kind, err := r.encode()
	if err != nil {
		return err
	}
	tries := r.tries
	if tries == 0 {
		tries = 3
	}
	route := r.method + " " + messageID.ReplaceAllString(r.path, "$1{id}")
	for attempt := 1; ; attempt++ {
		if err := c.limiter.wait(ctx, route, r.priority); err != nil {
			return err
		}
		after, err := c.once(ctx, r, route, body, kind, out)
		switch {
		case err == nil:
			return nil
		case after < 0 || ctx.Err() != nil:
			return err
		case attempt == tries || r.priority == posting && after > time.Second:
			return &bot.RetryError{After: max(after, time.Second), Err: err}
		}
		if end, ok := ctx.Deadline(); ok && time.Until(end) < after {
			return &bot.RetryError{After: after, Err: err}
		}
		if err := adapter.Sleep(ctx, after<<(attempt-1)); err != nil {
			return err
		}
	}
}

// messageID matches the part of a path that does not count for rate limits: the messages of a channel share
// one limit.
var messageID = regexp.MustCompile(`^(/channels/[^/]+/messages/)[^/]+$`)

// retryPause is the wait before a request is repeated after an error, doubled each time.
const retryPause = 100 * time.Millisecond

// responseLimit is the number of bytes that are read of a response; a hundred long messages stay below it.
const responseLimit = 8 << 20

// once sends a request once. After an error, after is how long to wait before repeating it; negative: never.
func (c *client) once(ctx context.Context, r request, route string, body []byte, kind string, out any) (after time.Duration, err error) {
	target := c.base + r.path
	if r.query != "" {
		target += "?" + r.query
	}
	req, err := http.NewRequestWithContext(ctx, r.method, target, bytes.NewReader(body))
	if err != nil {
		return -1, fmt.Errorf("%s: %w", redact(route), adapter.ScrubURL(err))
	}
	req.Header.Set("Authorization", "Bot "+c.token)
	req.Header.Set("User-Agent", "DiscordBot (https://github.com/bwmarrin/discordgo, v0.29.0) SummitQuiz")
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	res, err := c.http.Do(req)
	if err != nil {
		return retryPause, fmt.Errorf("%s: %w", redact(route), adapter.ScrubURL(err))
	}
	defer res.Body.Close()
	data, err := io.ReadAll(io.LimitReader(res.Body, responseLimit))
	if err != nil {
		return retryPause, fmt.Errorf("%s: read the response: %w", redact(route), adapter.ScrubURL(err))
	}
	var no errorBody
	if res.StatusCode >= 400 {
		_ = json.Unmarshal(data, &no) // an HTML page has no details
	}
	wait := c.limiter.learn(route, r.priority, res, &no)
	if res.StatusCode < 300 {
		if out == nil || len(data) == 0 {
			return 0, nil
		}
		if err := json.Unmarshal(data, out); err != nil {
			return -1, fmt.Errorf("%s: decode the response: %w", redact(route), err)
		}
		return 0, nil
	}
	fault := &apiError{Route: redact(route), Status: res.StatusCode, Code: no.Code, Text: strings.TrimSpace(no.Message + " " + invalidFields(no.Errors))}
	switch {
	case no.Code == tooManyOldEdits:
		return -1, fault
	case wait > 0:
		return wait, fault
	case res.StatusCode >= 500:
		return retryPause, fault
	case res.StatusCode == http.StatusUnauthorized && !r.ofInteraction():
		return -1, errors.Join(ErrToken, fault)
	}
	return -1, fault
}

// encode returns the body and its content type: JSON, or multipart with JSON and files.
func (r *request) encode() (body []byte, kind string, err error) {
	if r.body == nil {
		return nil, "", nil
	}
	data, err := json.Marshal(r.body)
	if err != nil {
		return nil, "", fmt.Errorf("%s: encode the request: %w", redact(r.method+" "+r.path), err)
	}
	if len(r.files) == 0 {
		return data, "application/json", nil
	}
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	write := func(name, file, kind string, data []byte) {
		h := textproto.MIMEHeader{}
		disposition := `form-data; name="` + name + `"`
		if file != "" {
			disposition += `; filename="` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\r", "", "\n", "").Replace(file) + `"`
		}
		h.Set("Content-Disposition", disposition)
		h.Set("Content-Type", kind)
		w, partErr := form.CreatePart(h)
		if partErr == nil {
			_, partErr = w.Write(data)
		}
		err = errors.Join(err, partErr)
	}
	write("payload_json", "", "application/json", data)
	for i, f := range r.files {
		kind := f.Type
		if kind == "" {
			kind = "application/octet-stream"
		}
		write("files["+strconv.Itoa(i)+"]", f.Name, kind, f.Data)
	}
	if err := errors.Join(err, form.Close()); err != nil {
		return nil, "", fmt.Errorf("encode files: %w", err)
	}
	return b.Bytes(), form.FormDataContentType(), nil
}

// ofInteraction reports whether the request is authorized by an interaction's token.
func (r *request) ofInteraction() bool {
	return strings.HasPrefix(r.path, "/interactions/") || strings.HasPrefix(r.path, "/webhooks/")
}

// redact removes an interaction's token from a route.
func redact(route string) string {
	parts := strings.Split(route, "/")
	for i, p := range parts {
		if (p == "interactions" || p == "webhooks") && i+2 < len(parts) {
			parts[i+2] = "-"
		}
	}
	return strings.Join(parts, "/")
}

// invalidFields lists the paths and codes of the invalid fields of a request, without the values.
func invalidFields(raw json.RawMessage) string {
	var out []string
	var walk func(path string, raw json.RawMessage)
	walk = func(path string, raw json.RawMessage) {
		var in map[string]json.RawMessage
		if len(out) > 10 || json.Unmarshal(raw, &in) != nil {
			return
		}
		var list []struct {
			Code string `json:"code"`
		}
		if json.Unmarshal(in["_errors"], &list) == nil {
			for _, e := range list {
				out = append(out, strings.TrimPrefix(path, ".")+": "+e.Code)
			}
			return
		}
		for name, below := range in {
			walk(path+"."+name, below)
		}
	}
	walk("", raw)
	return strings.Join(out, ", ")
}
