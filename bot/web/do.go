package web

import (
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
	"strings"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// deed is what a page sends: something its person did. One of Line, Press, Filled and File is
// set; File may come with a Line.
type deed struct {
	ID     string  `json:"id"`             // the page's own, new for each deed, the same when it is sent again; it begins with the time, so that a store files them in order
	Zone   string  `json:"zone,omitempty"` // IANA
	Line   string  `json:"line,omitempty"` // a command or an answer, as typed
	To     string  `json:"to,omitempty"`   // the slot of the post that Line answers
	Press  *press  `json:"press,omitempty"`
	Filled *filled `json:"filled,omitempty"`
	File   *upload `json:"file,omitempty"`
}

type press struct {
	Action string `json:"action"`
	Slot   string `json:"slot"`
}

type filled struct {
	Action string            `json:"action"`
	Values map[string]string `json:"values"`
}

type upload struct {
	Name string `json:"name"`
	Type string `json:"type"`
	Data []byte `json:"data"` // base64
}

// answer is what the page gets back, for its person alone.
type answer struct {
	Posts  []private `json:"posts,omitempty"`
	Form   string    `json:"form,omitempty"`   // HTML of a form to fill in
	Update bool      `json:"update,omitempty"` // the first post takes the place of the one whose button was pressed
	Brief  string    `json:"brief,omitempty"`  // one sentence, instead of posts
	Lang   string    `json:"lang,omitempty"`   // in which this person is spoken to from now on
	Gone   bool      `json:"gone,omitempty"`   // the person was deleted
	Enter  bool      `json:"enter,omitempty"`  // who this is must be said first
}

type private struct {
	HTML string  `json:"html"`
	File *upload `json:"file,omitempty"`
}

// bodyLimit is the size of a deed in bytes: the largest pack that a chat takes, as base64, and
// some room.
const bodyLimit = 7<<20 + 64<<10

// deedID is what a page may call a deed.
var deedID = regexp.MustCompile(`^[A-Za-z0-9_-]{8,64}$`)

// present returns the lobby that a request is about and who sent it. It reports false if it has
// refused: there is no such lobby, or it is not known who this is.
func (r *Room) present(w http.ResponseWriter, req *http.Request) (lobby string, who account, ok bool) {
	lobby = lobbyOf(req)
	if who, ok = r.cookie.of(req); !ok || lobby == "" {
		r.refuse(w, req, http.StatusUnauthorized, phrase.WebEnterFirst)
		return "", account{}, false
	}
	return lobby, who, true
}

// input begins an input of somebody in a lobby. Its id holds the person's, so that nobody can use
// up ids of others.
func (r *Room) input(lobby string, who account, id, zone string) bot.Input {
	return bot.Input{ID: bot.InputID(platform + ":" + id + ":" + who.User), Place: place(lobby), From: who.person(zone), At: r.clock.Now().UTC()}
}

// do hands a deed to the service and answers with what its person is told.
func (r *Room) do(w http.ResponseWriter, req *http.Request) {
	name, who, ok := r.present(w, req)
	if !ok {
		return
	}
	var d deed
	err := json.NewDecoder(http.MaxBytesReader(w, req.Body, bodyLimit)).Decode(&d)
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		r.refuse(w, req, http.StatusRequestEntityTooLarge, phrase.WebTooLarge)
		return
	case err != nil || !deedID.MatchString(d.ID):
		r.refuse(w, req, http.StatusBadRequest, phrase.WebUnreadable)
		return
	}
	in := r.input(name, who, d.ID, d.Zone)
	d.into(&in)
	reply, err := r.hall.Handle(req.Context(), in)
	status := http.StatusOK
	if err != nil {
		r.log.Error("handle", "err", err)
		status = http.StatusServiceUnavailable
	}
	if reply.Gone {
		r.cookie.drop(w, req)
	}
	r.answer(w, status, drawReply(reply, r.clock.Now()))
}

// into puts what was done into an input.
func (d *deed) into(in *bot.Input) {
	var file *bot.File
	if d.File != nil {
		file = &bot.File{Name: d.File.Name, Type: d.File.Type, Data: d.File.Data}
	}
	switch c, isCommand := bot.ParseLine(d.Line); {
	case d.Press != nil:
		in.Press = &bot.Press{Action: d.Press.Action, Slot: bot.Slot(d.Press.Slot)}
	case d.Filled != nil:
		in.Filled = &bot.Filled{Action: d.Filled.Action, Values: d.Filled.Values}
	case isCommand:
		c.File = file
		in.Command = &c
	case file != nil:
		in.Upload = &bot.Upload{File: *file}
	default:
		in.Typed = &bot.Typed{Text: strings.TrimSpace(d.Line), To: bot.Slot(d.To)}
	}
}

// suggest says what an option of a command could be.
func (r *Room) suggest(w http.ResponseWriter, req *http.Request) {
	name, who, ok := r.present(w, req)
	if !ok {
		return
	}
	q := req.URL.Query()
	list := r.hall.Suggest(req.Context(), place(name), who.person(""), q.Get("command"), q.Get("option"), q.Get("typed"))
	out := make([]map[string]string, len(list))
	for i, s := range list {
		out[i] = map[string]string{"label": language.StripIsolates(s.Label), "value": s.Value}
	}
	r.answer(w, http.StatusOK, out)
}

// answer writes JSON.
func (r *Room) answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(body); err != nil {
		r.log.Debug("a page left before its answer", "err", err)
	}
}

// refuse says one sentence in the language of the person: as JSON to the script, as a page to
// a browser.
func (r *Room) refuse(w http.ResponseWriter, req *http.Request, status int, id phrase.ID) {
	lang := r.tongue(req)
	if strings.Contains(req.Header.Get("Accept"), "text/html") {
		r.show(w, status, "sentence", sentence{base: r.base(lang), Text: phrase.Say(lang, id)})
		return
	}
	r.answer(w, status, answer{Brief: phrase.Say(lang, id), Enter: status == http.StatusUnauthorized})
}

// tongue is the language of a request before the service knows more: what was chosen on coming
// in, else what the browser asks for.
func (r *Room) tongue(req *http.Request) language.Code {
	if c, ok := language.Parse(req.URL.Query().Get("lang")); ok && req.URL.Query().Has("lang") {
		return c
	}
	if a, ok := r.cookie.of(req); ok {
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
