package discordtest

import (
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// route is one endpoint: its path with the parts that differ in groups, the same as the
// specification writes it, and what it does. limit and per are its window for each value of
// the first group; 0: none. exempt routes do not count for the global limit.
type route struct {
	method string
	path   *regexp.Regexp
	spec   string
	limit  int
	per    time.Duration
	exempt bool
	do     func(d *Discord, id []string, q *query) reply
}

// query is a request without its path.
type query struct {
	body  map[string]any
	raw   []byte
	files map[string][]byte
	with  bool // with_response=true
	limit int
}

func at(pattern string) *regexp.Regexp { return regexp.MustCompile("^" + pattern + "$") }

var routes = []route{
	{"GET", at("/applications/@me"), "/applications/@me", 0, 0, false, (*Discord).getApplication},
	{"GET", at("/gateway"), "/gateway", 0, 0, false, (*Discord).getGateway},
	{"GET", at("/gateway/bot"), "/gateway/bot", 0, 0, false, (*Discord).getGateway},
	{"PUT", at("/applications/([^/]+)/commands"), "/applications/{application_id}/commands", 0, 0, false, (*Discord).putCommands},
	{"GET", at("/channels/([^/]+)/messages"), "/channels/{channel_id}/messages", 10, 10 * time.Second, false, (*Discord).listMessages},
	{"POST", at("/channels/([^/]+)/messages"), "/channels/{channel_id}/messages", 5, 5 * time.Second, false, (*Discord).postMessage},
	{"PATCH", at("/channels/([^/]+)/messages/([^/]+)"), "/channels/{channel_id}/messages/{message_id}", 5, 5 * time.Second, false, (*Discord).patchMessage},
	{"DELETE", at("/channels/([^/]+)/messages/([^/]+)"), "/channels/{channel_id}/messages/{message_id}", 5, time.Second, false, (*Discord).deleteMessage},
	{"POST", at("/channels/([^/]+)/messages/([^/]+)/threads"), "/channels/{channel_id}/messages/{message_id}/threads", 50, 5 * time.Minute, false,
		(*Discord).openThread},
	{"GET", at("/channels/([^/]+)"), "/channels/{channel_id}", 0, 0, false, (*Discord).getChannel},
	{"POST", at("/interactions/([^/]+)/([^/]+)/callback"), "/interactions/{interaction_id}/{interaction_token}/callback", 0, 0, true, (*Discord).postCallback},
	{"GET", at("/webhooks/([^/]+)/([^/]+)/messages/@original"), "/webhooks/{webhook_id}/{webhook_token}/messages/@original", 5, 2 * time.Second, true,
		(*Discord).getOriginal},
	{"PATCH", at("/webhooks/([^/]+)/([^/]+)/messages/@original"), "/webhooks/{webhook_id}/{webhook_token}/messages/@original", 5, 2 * time.Second,
		true, (*Discord).patchOriginal},
	{"DELETE", at("/webhooks/([^/]+)/([^/]+)/messages/@original"), "/webhooks/{webhook_id}/{webhook_token}/messages/@original", 5, 2 * time.Second,
		true, (*Discord).deleteOriginal},
	{"POST", at("/webhooks/([^/]+)/([^/]+)"), "/webhooks/{webhook_id}/{webhook_token}", 5, 2 * time.Second, true, (*Discord).followUp},
}

// ServeHTTP answers requests for the API, the gateway and attached files.
func (d *Discord) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case strings.HasPrefix(r.URL.Path, "/gw") || strings.HasPrefix(r.URL.Path, "/resume"):
		d.serveGateway(w, r)
		return
	case strings.HasPrefix(r.URL.Path, "/attachments/"):
		d.mu.Lock()
		data, ok := d.files[r.URL.Path]
		d.mu.Unlock()
		if !ok {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		_, _ = w.Write(data) // the client sees what is missing
		return
	}
	path, isAPI := strings.CutPrefix(r.URL.Path, "/api/v9")
	if !isAPI {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	q, err := read(r)
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	if d.o.Latency > 0 {
		time.Sleep(d.o.Latency)
	}
	out := d.answer(r, path, q)
	if !d.o.Fast {
		d.mu.Lock()
		d.requests = append(d.requests, Request{time.Now(), r.Method, path, q.raw, out.status})
		d.mu.Unlock()
	}
	if out.status == 0 {
		panic(http.ErrAbortHandler)
	}
	for k, v := range out.header {
		w.Header()[k] = v
	}
	if page, ok := out.body.(string); ok {
		w.WriteHeader(out.status)
		_, _ = io.WriteString(w, page) // the client sees what is missing
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(out.status)
	if out.body != nil {
		_ = json.NewEncoder(w).Encode(out.body) // the client sees what is missing
	}
}

// answer finds the route of a request, checks it, and carries it out.
func (d *Discord) answer(r *http.Request, path string, q *query) reply {
	if r.Header.Get("Authorization") != "Bot "+Token {
		return refuse(http.StatusUnauthorized, 0, "401: Unauthorized")
	}
	for _, rt := range routes {
		id := rt.path.FindStringSubmatch(path)
		if rt.method != r.Method || id == nil {
			continue
		}
		if d.o.Fast {
			d.mu.Lock()
			defer d.mu.Unlock()
			return rt.do(d, id[1:], q)
		}
		if complaint := validate(rt.method, rt.spec, q.raw); complaint != "" {
			d.mu.Lock()
			d.complain("%s %s: %s", rt.method, rt.spec, complaint)
			d.mu.Unlock()
		}
		do := func() reply {
			d.mu.Lock()
			defer d.mu.Unlock()
			return d.limitedDo(&rt, id, q)
		}
		d.mu.Lock()
		f := d.fault(r.Method, path)
		d.mu.Unlock()
		if f != nil {
			return f(d, do)
		}
		return do()
	}
	return refuse(http.StatusNotFound, 0, "404: Not Found")
}

// limitedDo carries out a request within the rate limits. The caller holds d.mu.
func (d *Discord) limitedDo(rt *route, id []string, q *query) reply {
	var h http.Header
	if !d.o.Unlimited {
		if !rt.exempt {
			if _, full := d.window("global", 50, time.Second); full > 0 {
				d.limited++
				return tooMany(full, "global")
			}
		}
		if rt.limit > 0 {
			major := id[1]
			if rt.exempt {
				major = id[2] // an interaction's token
			}
			var full time.Duration
			if h, full = d.window(rt.method+rt.spec+major, rt.limit, rt.per); full > 0 {
				d.limited++
				return tooMany(full, "user")
			}
		}
	}
	out := rt.do(d, id[1:], q)
	if out.header == nil {
		out.header = h
	}
	return out
}

// read decodes a body: JSON, or multipart with JSON and files.
func read(r *http.Request) (*query, error) {
	q := &query{files: map[string][]byte{}, with: r.URL.Query().Get("with_response") == "true"}
	q.limit, _ = strconv.Atoi(r.URL.Query().Get("limit"))
	kind, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind != "multipart/form-data" {
		data, err := io.ReadAll(r.Body)
		q.raw, q.body = data, parse(data)
		return q, err
	}
	form := multipart.NewReader(r.Body, params["boundary"])
	for {
		p, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return q, nil
		}
		if err != nil {
			return nil, err
		}
		data, err := io.ReadAll(p)
		if err != nil {
			return nil, err
		}
		if p.FormName() == "payload_json" {
			q.raw, q.body = data, parse(data)
		} else {
			q.files[p.FileName()] = data
		}
	}
}

func (d *Discord) getApplication(_ []string, _ *query) reply {
	return ok(map[string]any{"id": AppID, "name": "Summit Quiz", "bot": map[string]any{"id": BotID, "username": "Summit Quiz", "bot": true}})
}

func (d *Discord) getGateway(_ []string, _ *query) reply {
	remaining, reset := cmp.Or(d.o.Starts, 1000), time.Until(d.begun.Add(startsRenewed))
	if reset <= 0 {
		remaining, reset = 1000, 24*time.Hour
	}
	return ok(map[string]any{"url": d.socket("/gw"), "shards": cmp.Or(d.o.Shards, 1), "session_start_limit": map[string]any{
		"total": 1000, "remaining": remaining, "reset_after": reset.Milliseconds(), "max_concurrency": cmp.Or(d.o.AtOnce, 1)}})
}

// startsRenewed is when, after its start, the fake renews the session starts.
const startsRenewed = time.Hour

func (d *Discord) socket(path string) string {
	return "ws" + strings.TrimSuffix(strings.TrimPrefix(d.URL, "http"), "/api") + path
}

func (d *Discord) putCommands(id []string, q *query) reply {
	if id[0] != AppID {
		return refuse(http.StatusForbidden, 20012, "You are not authorized to perform this action on this application")
	}
	var all []map[string]any
	if err := json.Unmarshal(q.raw, &all); err != nil {
		return d.invalid("PUT commands", "body", string(q.raw))
	}
	for _, c := range all {
		names, _ := c["name_localizations"].(map[string]any)
		if _, arabic := names["ar"]; arabic && d.o.NoArabic {
			return refuse(http.StatusBadRequest, 50035, "Invalid Form Body")
		}
	}
	if bad := checkCommands(all); bad != "" {
		return d.invalid("PUT commands", bad, all)
	}
	d.commands = all
	d.registered++
	return ok(all)
}

func (d *Discord) reach(channel string) (*Channel, *reply) {
	c := d.channels[channel]
	if c == nil || c.gone {
		r := refuse(http.StatusNotFound, 10003, "Unknown Channel")
		return nil, &r
	}
	if c.Guild != nil && c.Rights&(1<<10) == 0 {
		r := refuse(http.StatusForbidden, 50001, "Missing Access")
		return nil, &r
	}
	return c, nil
}

func (d *Discord) listMessages(id []string, q *query) reply {
	c, bad := d.reach(id[0])
	if bad != nil {
		return *bad
	}
	list := []any{}
	for i := len(c.ordered) - 1; i >= 0 && len(list) < q.limit; i-- {
		if m := c.ordered[i]; !m.deleted && m.Only == "" {
			list = append(list, m.object())
		}
	}
	return ok(list)
}

func (d *Discord) postMessage(id []string, q *query) reply {
	c, bad := d.reach(id[0])
	if bad != nil {
		return *bad
	}
	send := uint64(1 << 11)
	if c.Type == 11 {
		send = 1 << 38
	}
	if c.Guild != nil && c.Rights&send == 0 {
		return refuse(http.StatusForbidden, 50013, "Missing Permissions")
	}
	d.checkMentions("a new message", q.body)
	if bad := check(q.body); bad != "" {
		return d.invalid("a new message", bad, q.body)
	}
	nonce, _ := q.body["nonce"].(string)
	if len(nonce) > 25 {
		return d.invalid("a new message", "nonce", q.body)
	}
	if nonce == "" || q.body["enforce_nonce"] != true {
		d.complain("a new message goes without a nonce that is enforced")
	}
	for _, m := range c.ordered {
		if nonce != "" && m.nonce == nonce && time.Since(m.made) < 5*time.Minute {
			return ok(m.object())
		}
	}
	m := d.addMessage(c, q.body, q.files)
	m.nonce = nonce
	return ok(m.object())
}

func (d *Discord) openThread(id []string, q *query) reply {
	c, bad := d.reach(id[0])
	if bad != nil {
		return *bad
	}
	m := d.messages[id[1]]
	name, _ := q.body["name"].(string)
	switch {
	case c.Rights&(1<<35) == 0:
		return refuse(http.StatusForbidden, 50013, "Missing Permissions")
	case m == nil || m.deleted || m.Channel != id[0] || m.Only != "":
		return refuse(http.StatusNotFound, 10008, "Unknown Message")
	case c.Type != 0:
		return refuse(http.StatusBadRequest, 50024, "Cannot execute action on this channel type")
	case name == "" || units(name) > 100:
		return d.invalid("a new thread", "name", q.body)
	case d.channels[m.ID] != nil:
		return refuse(http.StatusBadRequest, 160004, "A thread has already been created for this message")
	}
	t := &Channel{d: d, ID: m.ID, Guild: c.Guild, Name: name, Type: 11, Rights: c.Rights, Parent: c.ID, Owner: BotID}
	d.channels[t.ID] = t
	d.wake()
	return ok(t.object())
}

func (d *Discord) getChannel(id []string, _ *query) reply {
	c, bad := d.reach(id[0])
	if bad != nil {
		return *bad
	}
	return ok(c.object())
}

func (d *Discord) patchMessage(id []string, q *query) reply {
	if _, bad := d.reach(id[0]); bad != nil {
		return *bad
	}
	m := d.messages[id[1]]
	if m == nil || m.deleted || m.Channel != id[0] || m.Only != "" {
		return refuse(http.StatusNotFound, 10008, "Unknown Message")
	}
	return d.edit("an edit", m, q)
}

// edit edits a message. The caller holds d.mu.
func (d *Discord) edit(where string, m *Message, q *query) reply {
	d.checkMentions(where, q.body)
	if bad := check(q.body); bad != "" {
		return d.invalid(where, bad, q.body)
	}
	m.change(q.body, q.files)
	m.Edits++
	d.wake()
	return ok(m.object())
}

func (d *Discord) deleteMessage(id []string, _ *query) reply {
	m := d.messages[id[1]]
	if m == nil || m.deleted {
		return refuse(http.StatusNotFound, 10008, "Unknown Message")
	}
	m.deleted = true
	d.wake()
	return nothing
}
