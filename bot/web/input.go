package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// input is what a page sends when its person did something. One of Line, Press, Filled and File is set; File
// may come with a Line.
type input struct {
	// ID is chosen by the page: new for each input, the same when an input is sent again. It begins with the
	// time, so that ids are stored in order.
	ID     string     `json:"id"`
	Zone   string     `json:"zone,omitempty"` // IANA
	Line   string     `json:"line,omitempty"` // a command or an answer, as typed
	To     string     `json:"to,omitempty"`   // the slot of the post that Line answers
	Press  *pressData `json:"press,omitempty"`
	Filled *formData  `json:"filled,omitempty"`
	File   *fileData  `json:"file,omitempty"`
}

type pressData struct {
	Action string `json:"action"`
	Slot   string `json:"slot"`
}

type formData struct {
	Action string            `json:"action"`
	Values map[string]string `json:"values"`
}

type fileData struct {
	Name string `json:"name"`
	Type string `json:"type"`
	Data []byte `json:"data"` // base64
}

// result is the response to an input, for its person alone.
type result struct {
	Posts  []privatePost `json:"posts,omitempty"`
	Form   string        `json:"form,omitempty"`   // HTML of a form to fill in
	Update bool          `json:"update,omitempty"` // the first post replaces the one whose button was pressed
	Brief  string        `json:"brief,omitempty"`  // one sentence, instead of posts
	Lang   string        `json:"lang,omitempty"`   // of this person from now on
	Gone   bool          `json:"gone,omitempty"`   // the person was deleted
	Enter  bool          `json:"enter,omitempty"`  // the person must enter their name first
}

type privatePost struct {
	HTML string    `json:"html"`
	File *fileData `json:"file,omitempty"`
}

// bodyLimit is the size of the largest input in bytes: the largest pack as base64, and a reserve.
const bodyLimit = 7<<20 + 64<<10

// inputIDForm is the form of the id of an input.
var inputIDForm = regexp.MustCompile(`^[A-Za-z0-9_-]{8,64}$`)

// authorize returns the lobby of a request and who sent it. It reports false if it has refused the request: the
// lobby's name is invalid, or the person is not known.
func (a *Adapter) authorize(w http.ResponseWriter, req *http.Request) (lobby string, who account, ok bool) {
	lobby = lobbyOf(req)
	who, known, ok := a.who(w, req)
	if !ok {
		return "", account{}, false
	}
	if !known || lobby == "" {
		a.refuse(w, req, http.StatusUnauthorized, phrase.WebEnterFirst)
		return "", account{}, false
	}
	return lobby, who, true
}

// newInput begins an input of a person in a lobby. Its id depends on the person's, so that nobody can use the ids of
// others, and does not hold it, as ids of inputs outlive people.
func (a *Adapter) newInput(req *http.Request, lobby string, who account, id, zone string) bot.Input {
	whose := sha256.Sum256([]byte(id + ":" + who.User))
	from := who.person(zone)
	from.From = network(a.cookie.proxies.Client(req)).String()
	from.Host = a.isHost(req.Context(), lobby, who.User)
	return bot.Input{ID: bot.InputID(platform + ":" + id + ":" + hex.EncodeToString(whose[:8])), Place: place(lobby), From: from, At: a.clock.Now().UTC()}
}

// handleInput passes an input to the service and answers with the reply.
func (a *Adapter) handleInput(w http.ResponseWriter, req *http.Request) {
	name, who, ok := a.authorize(w, req)
	if !ok {
		return
	}
	d, done, ok := a.readInput(w, req, name, who)
	if !ok {
		return
	}
	defer done()
	in := a.newInput(req, name, who, d.ID, d.Zone)
	d.fill(&in, a.service.Commands())
	a.noteHost(context.WithoutCancel(req.Context()), name)
	gone := false
	body, err := a.replies.do(in.ID, who.User, a.clock.Now(), func() ([]byte, error) {
		// What began is brought to its end although the page may be gone: it asks again for the reply.
		reply, err := a.service.Handle(context.WithoutCancel(req.Context()), in)
		gone = reply.Gone
		body, encodeErr := json.Marshal(drawReply(reply, a.clock.Now()))
		return body, errors.Join(err, encodeErr)
	})
	status := http.StatusOK
	if err != nil {
		a.log.Error("handle", "err", err)
		status = http.StatusServiceUnavailable
	}
	if err == nil && !gone && (in.Press != nil || in.Text != nil || in.Form != nil) {
		a.showAnswer(context.WithoutCancel(req.Context()), name, who, &in)
	}
	if gone {
		a.cookie.drop(w, req)
		a.replies.forget(who.User)
	}
	a.writeJSON(w, status, json.RawMessage(body))
}

// mayMake reports whether the address of a request may make one more lobby; else it has refused the request.
func (a *Adapter) mayMake(w http.ResponseWriter, req *http.Request) bool {
	wait := a.made.wait(network(a.cookie.proxies.Client(req)), a.clock.Now())
	if wait == 0 {
		return true
	}
	a.meter.Bounded("new-lobbies")
	w.Header().Set("Retry-After", strconv.Itoa(upTo(wait, time.Second)))
	a.refuse(w, req, http.StatusTooManyRequests, phrase.WebLobbies, phrase.Count("minutes", upTo(wait, time.Minute)))
	return false
}

// smallBody is the size of the largest input of who may not load packs, and how long it and a larger
// one may take to arrive.
const (
	smallBody   = 64 << 10
	smallWithin = 10 * time.Second
	largeWithin = 50 * time.Second
)

// readInput reads an input, as large as the person may send one. Before a large one is read, it is
// looked whether they may, and whether others are being read. It reports false if it has refused
// the request; else done must be called when the input has been handled.
func (a *Adapter) readInput(w http.ResponseWriter, req *http.Request, lobby string, who account) (d input, done func(), ok bool) {
	role, known, err := a.service.Allowed(req.Context(), place(lobby), who.person(""))
	if err != nil {
		a.log.Error("look at a lobby", "err", err)
		a.refuse(w, req, http.StatusServiceUnavailable, phrase.TryAgain)
		return d, nil, false
	}
	if !known && !a.mayMake(w, req) {
		return d, nil, false
	}
	limit, within := int64(smallBody), smallWithin
	done = func() {}
	if req.ContentLength > smallBody || req.ContentLength < 0 {
		if role >= bot.ChatAdmin {
			select {
			case a.uploads <- struct{}{}:
				done = func() { <-a.uploads }
			default:
				a.meter.Bounded("uploads")
				a.refuse(w, req, http.StatusServiceUnavailable, phrase.UploadsBusy)
				return d, nil, false
			}
			limit, within = bodyLimit, largeWithin
		} else if req.ContentLength > smallBody {
			a.refuse(w, req, http.StatusRequestEntityTooLarge, phrase.WebTooLarge)
			return d, nil, false
		}
	}
	control := http.NewResponseController(w)
	_ = control.SetReadDeadline(time.Now().Add(within)) // not every connection can have one
	err = json.NewDecoder(http.MaxBytesReader(w, req.Body, limit)).Decode(&d)
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		a.refuse(w, req, http.StatusRequestEntityTooLarge, phrase.WebTooLarge)
	case errors.Is(err, os.ErrDeadlineExceeded):
		a.refuse(w, req, http.StatusRequestTimeout, phrase.WebUnreadable)
	case err != nil || !inputIDForm.MatchString(d.ID):
		a.refuse(w, req, http.StatusBadRequest, phrase.WebUnreadable)
	default:
		_ = control.SetReadDeadline(time.Time{})
		return d, done, true
	}
	done()
	return d, nil, false
}

// fill sets the part of an input that the page sent.
func (d *input) fill(in *bot.Input, commands bot.CommandList) {
	var file *bot.File
	if d.File != nil {
		file = &bot.File{Name: d.File.Name, Type: d.File.Type, Data: d.File.Data}
	}
	switch c, isCommand := commands.Parse(d.Line); {
	case d.Press != nil:
		in.Press = &bot.Press{Action: d.Press.Action, Slot: slotOf(d.Press.Slot)}
	case d.Filled != nil:
		in.Form = &bot.FilledForm{Action: d.Filled.Action, Values: d.Filled.Values}
	case isCommand:
		c.File = file
		in.Command = &c
	case file != nil:
		in.Upload = &bot.Upload{File: *file}
	default:
		in.Text = &bot.Text{Text: strings.TrimSpace(d.Line), To: slotOf(d.To)}
	}
}

// slotOf reads a slot as a page names it; whatever else a page sends names nothing.
func slotOf(text string) bot.Slot {
	slot, _ := bot.ParseSlot(text)
	return slot
}

// suggest answers with values for an option of a command.
func (a *Adapter) suggest(w http.ResponseWriter, req *http.Request) {
	name, who, ok := a.authorize(w, req)
	if !ok {
		return
	}
	q := req.URL.Query()
	typed := bot.Values{"pack": q.Get("pack")}
	typed[q.Get("option")] = q.Get("typed")
	list := a.service.Suggest(req.Context(), place(name), who.person(""), q.Get("command"), q.Get("option"), typed)
	out := make([]map[string]string, len(list))
	for i, s := range list {
		out[i] = map[string]string{"label": language.StripIsolates(s.Label), "value": s.Value}
	}
	a.writeJSON(w, http.StatusOK, out)
}

// writeJSON writes JSON.
func (a *Adapter) writeJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(body); err != nil {
		a.log.Debug("a page disconnected before its answer was written", "err", err)
	}
}

// refuse answers with one sentence in the language of the person: as JSON for the script, as a page for a
// browser.
func (a *Adapter) refuse(w http.ResponseWriter, req *http.Request, status int, id phrase.ID, args ...phrase.Arg) {
	lang := a.languageOf(req)
	if strings.Contains(req.Header.Get("Accept"), "text/html") {
		a.show(w, status, "sentence", sentencePage{base: a.base(lang), Text: phrase.Say(lang, id, args...)})
		return
	}
	a.writeJSON(w, status, result{Brief: phrase.Say(lang, id, args...), Enter: status == http.StatusUnauthorized})
}

// languageOf is the language of a request while the service does not know the person: the one chosen on entering,
// otherwise the one that the browser prefers.
func (a *Adapter) languageOf(req *http.Request) language.Code {
	if c, ok := language.Parse(req.URL.Query().Get("lang")); ok && req.URL.Query().Has("lang") {
		return c
	}
	if a, ok := a.cookie.of(req); ok {
		return a.Lang
	}
	for tag := range strings.SplitSeq(req.Header.Get("Accept-Language"), ",") {
		tag, _, _ = strings.Cut(tag, ";")
		if c, ok := language.Parse(strings.TrimSpace(tag)); ok {
			return c
		}
	}
	return language.English
}
