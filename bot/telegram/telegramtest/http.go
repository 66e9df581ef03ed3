package telegramtest

import (
	"encoding/json"
	"errors"
	"io"
	"maps"
	"mime"
	"mime/multipart"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// call is one request of a method.
type call struct {
	r      *http.Request
	method string
	params map[string]string
	files  map[string]upload
}

type upload struct {
	name string
	kind string
	data []byte
}

// number is a parameter that holds an integer; 0 when it is missing.
func (c *call) number(name string) int64 {
	n, _ := strconv.ParseInt(c.params[name], 10, 64)
	return n
}

func (c *call) yes(name string) bool {
	return strings.EqualFold(c.params[name], "true") || c.params[name] == "1"
}

// object decodes a JSON parameter; ok is true if it is missing or valid.
func (c *call) object(name string, into any) (ok bool) {
	return c.params[name] == "" || json.Unmarshal([]byte(c.params[name]), into) == nil
}

// reply is the response to a request.
type reply struct {
	status int // 0: the connection is broken off
	body   any
	header http.Header
}

func ok(result any) reply {
	return reply{status: http.StatusOK, body: map[string]any{"ok": true, "result": result}}
}

// refusal is an error response of Telegram.
func refusal(status int, description string) reply {
	kind := map[int]string{400: "Bad Request: ", 403: "Forbidden: ", 409: "Conflict: ", 401: "Unauthorized", 404: "Not Found",
		413: "Request Entity Too Large", 429: "Too Many Requests: "}[status]
	return reply{status: status, body: map[string]any{"ok": false, "error_code": status, "description": kind + description}}
}

// bad refuses a request that violates a rule, and records it. The caller holds f.mu.
func (f *Telegram) bad(c *call, description string) *reply {
	raw, _ := json.Marshal(c.params) // plain values
	f.complain("%s: %s in %s", c.method, description, raw)
	r := refusal(http.StatusBadRequest, description)
	return &r
}

func refuse(status int, description string) *reply { r := refusal(status, description); return &r }

// methods are the methods of the fake. Rated ones count for the rate limits.
var methods = map[string]struct {
	do    func(f *Telegram, c *call) reply
	rated rated
}{
	"getme":                  {(*Telegram).getMe, unrated},
	"setwebhook":             {(*Telegram).setWebhook, unrated},
	"deletewebhook":          {(*Telegram).deleteWebhook, unrated},
	"getwebhookinfo":         {(*Telegram).getWebhookInfo, unrated},
	"sendmessage":            {(*Telegram).sendMessage, sends},
	"sendpoll":               {(*Telegram).sendPoll, sends},
	"senddocument":           {(*Telegram).sendDocument, sends},
	"sendphoto":              {(*Telegram).sendPhoto, sends},
	"editmessagetext":        {(*Telegram).editMessageText, edits},
	"editmessagereplymarkup": {(*Telegram).editMessageReplyMarkup, edits},
	"stoppoll":               {(*Telegram).stopPoll, edits},
	"deletemessage":          {(*Telegram).deleteMessage, unrated},
	"deletemessages":         {(*Telegram).deleteMessages, unrated},
	"sendchataction":         {(*Telegram).sendChatAction, unrated},
	"answercallbackquery":    {(*Telegram).answerCallbackQuery, unrated},
	"getfile":                {(*Telegram).getFile, unrated},
	"getchat":                {(*Telegram).getChat, unrated},
	"getchatmember":          {(*Telegram).getChatMember, unrated},
	"getchatadministrators":  {(*Telegram).getChatAdministrators, unrated},
	"leavechat":              {(*Telegram).leaveChat, unrated},
	"setmycommands":          {(*Telegram).setMyCommands, unrated},
	"getmycommands":          {(*Telegram).getMyCommands, unrated},
	"deletemycommands":       {(*Telegram).deleteMyCommands, unrated},
	"setmyname":              {setText("name", 64), unrated},
	"getmyname":              {getText("name"), unrated},
	"setmydescription":       {setText("description", 512), unrated},
	"getmydescription":       {getText("description"), unrated},
	"setmyshortdescription":  {setText("short_description", 120), unrated},
	"getmyshortdescription":  {getText("short_description"), unrated},
}

// crowd is how many requests of one bot Telegram serves at the same time.
const crowd = 1000

// ServeHTTP answers requests for methods and files.
func (f *Telegram) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := strings.TrimPrefix(r.URL.Path, "/")
	path, isFile := strings.CutPrefix(path, "file/")
	path, isBot := strings.CutPrefix(path, "bot")
	token, rest, _ := strings.Cut(path, "/")
	if !isBot || rest == "" {
		write(w, refusal(http.StatusNotFound, ""))
		return
	}
	c := &call{r: r, method: rest}
	var err error
	if isFile {
		c.method, c.params = "download", map[string]string{"path": rest}
	} else if c.params, c.files, err = read(r); err != nil {
		write(w, refusal(http.StatusBadRequest, err.Error()))
		return
	}
	if f.o.Latency > 0 {
		time.Sleep(f.o.Latency)
	}
	var out reply
	if token == f.Token {
		out = f.answer(c)
	} else {
		out = refusal(http.StatusUnauthorized, "")
	}
	f.record(c, out)
	write(w, out)
}

// answer finds the method of a request, checks the request, and carries it out.
func (f *Telegram) answer(c *call) reply {
	f.mu.Lock()
	f.busy++
	tooMany := f.busy > crowd
	ft := f.fault(c.method)
	f.mu.Unlock()
	defer func() {
		f.mu.Lock()
		f.busy--
		f.mu.Unlock()
	}()
	if tooMany {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.rates.limited++
		return limit(time.Minute)
	}
	do := func() reply { return f.do(c) }
	if ft != nil {
		return ft(f, do)
	}
	return do()
}

func (f *Telegram) do(c *call) reply {
	switch {
	case c.method == "download":
		f.mu.Lock()
		defer f.mu.Unlock()
		return f.download(c)
	case strings.EqualFold(c.method, "getUpdates"):
		f.check(c)
		return f.getUpdates(c)
	}
	m, known := methods[strings.ToLower(c.method)]
	if known {
		f.check(c)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if !known {
		f.complain("%s: the fake knows no such method", c.method)
		return refusal(http.StatusNotFound, ": method not found")
	}
	if !f.o.Unlimited && m.rated != unrated {
		if out := f.admit(c, m.rated); out != nil {
			return *out
		}
	}
	return m.do(f, c)
}

// check validates a request against Telegram's specification, if that is available.
func (f *Telegram) check(c *call) {
	for _, complaint := range conform(c.method, c.params, c.files) {
		f.mu.Lock()
		f.complain("%s: not as specified: %s", c.method, complaint)
		f.mu.Unlock()
	}
}

func (f *Telegram) record(c *call, out reply) {
	files := map[string][]byte{}
	for name, u := range c.files {
		files[name] = u.data
	}
	r := Request{At: time.Now(), Method: c.method, Params: maps.Clone(c.params), Files: files, Status: out.status}
	if body, isObject := out.body.(map[string]any); isObject {
		r.Error, _ = body["description"].(string)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.requests = append(f.requests, r)
}

// write writes a response: an object as JSON, text as a page, bytes as a file.
func write(w http.ResponseWriter, out reply) {
	if out.status == 0 {
		panic(http.ErrAbortHandler)
	}
	maps.Copy(w.Header(), out.header)
	var data []byte
	switch body := out.body.(type) {
	case []byte:
		data = body
		w.Header().Set("Content-Type", "application/octet-stream")
	case string:
		data = []byte(body)
		w.Header().Set("Content-Type", "text/html")
	default:
		data, _ = json.Marshal(body) // plain values
		w.Header().Set("Content-Type", "application/json")
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(data)))
	w.WriteHeader(out.status)
	_, _ = w.Write(data) // the client sees what is missing
}

// read reads the parameters of a request from the query, a form with or without files, or a JSON object.
func read(r *http.Request) (params map[string]string, files map[string]upload, err error) {
	params, files = map[string]string{}, map[string]upload{}
	for name, values := range r.URL.Query() {
		params[name] = values[0]
	}
	kind, more, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch kind {
	case "application/json":
		var object map[string]json.RawMessage
		if err := json.NewDecoder(r.Body).Decode(&object); err != nil && err != io.EOF {
			return nil, nil, err
		}
		for name, raw := range object {
			var text string
			if json.Unmarshal(raw, &text) != nil {
				text = string(raw)
			}
			params[name] = text
		}
	case "multipart/form-data":
		form := multipart.NewReader(r.Body, more["boundary"])
		for {
			p, err := form.NextPart()
			if errors.Is(err, io.EOF) {
				return params, files, nil
			}
			if err != nil {
				return nil, nil, err
			}
			data, err := io.ReadAll(p)
			if err != nil {
				return nil, nil, err
			}
			if p.FileName() != "" {
				files[p.FormName()] = upload{p.FileName(), p.Header.Get("Content-Type"), data}
			} else {
				params[p.FormName()] = string(data)
			}
		}
	default:
		if err := r.ParseForm(); err != nil {
			return nil, nil, err
		}
		for name, values := range r.Form {
			params[name] = values[0]
		}
	}
	return params, files, nil
}

func (f *Telegram) getMe(*call) reply {
	me := f.bot()
	me["can_join_groups"], me["can_read_all_group_messages"], me["supports_inline_queries"] = true, f.o.Talkative, false
	return ok(me)
}

// bot is the bot as a user.
func (f *Telegram) bot() map[string]any {
	return map[string]any{"id": BotID, "is_bot": true, "first_name": BotName, "username": BotUsername}
}
