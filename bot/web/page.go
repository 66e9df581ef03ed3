package web

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"strings"
	"sync"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

//go:embed pages/*.html
var pageFiles embed.FS

//go:embed static
var staticFiles embed.FS

// pages are the templates; they are part of the program.
var pages = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("").Funcs(template.FuncMap{"lines": linesOf}).ParseFS(pageFiles, "pages/*.html"))
})

// mainLobby is the one at "/".
const mainLobby = "lobby"

// lobbyName is what a lobby may be called in its address.
var lobbyName = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,31}$`)

// lobbyOf returns the lobby of a request; "" if its name is invalid.
func lobbyOf(req *http.Request) string {
	name := cmp.Or(req.PathValue("lobby"), mainLobby)
	if !lobbyName.MatchString(name) {
		return ""
	}
	return name
}

// place is a lobby in the form of the contract: each lobby is a space of its own, and nobody is its admin.
func place(name string) bot.Place {
	return bot.Place{Platform: platform, Space: name, Chat: name, Title: name}
}

// pathOf is the path of a lobby.
func pathOf(name string) string {
	if name == mainLobby {
		return "/"
	}
	return "/l/" + name
}

// base is the data that every page has.
type base struct {
	Lang   language.Code
	Script string
	Style  string
}

func (a *Adapter) base(c language.Code) base {
	return base{Lang: c, Script: assetURL("room.js"), Style: assetURL("room.css")}
}

// Say returns a phrase in the language of the page.
func (b base) Say(id string) string { return phrase.Say(b.Lang, phrase.ID(id)) }

// Tag is the language as HTML names it.
func (b base) Tag() string { return b.Lang.String() }

// Dir is the direction of the page.
func (b base) Dir() string { return direction(b.Lang) }

func direction(c language.Code) string {
	if c == language.Arabic {
		return "rtl"
	}
	return "ltr"
}

// Languages are the choices of a language, each called by its own name.
func (b base) Languages() []choice {
	var out []choice
	for _, c := range language.Own() {
		out = append(out, choice{c.String(), phrase.Say(c, phrase.ID("choice-language-"+c.String())), c == b.Lang})
	}
	return out
}

type choice struct {
	Value, Label string
	Chosen       bool
}

// roomPage is a lobby to play in.
type roomPage struct {
	base
	Lobby    string
	Path     string
	Name     string
	Guests   []guest
	Posts    []template.HTML
	Commands []menuCommand
}

// menuCommand is a command as the menu of the page lists it.
type menuCommand struct {
	Name    string       `json:"name"`
	Does    string       `json:"does"`
	Options []menuOption `json:"options,omitempty"`
}

type menuOption struct {
	Name     string `json:"name"`
	Does     string `json:"does"`
	Suggest  bool   `json:"suggest,omitempty"` // values are asked for
	File     bool   `json:"file,omitempty"`
	Required bool   `json:"required,omitempty"`
}

// enterPage asks for a name and a language.
type enterPage struct {
	base
	Lobby string
	Path  string
	Token string // of a link to ownership; "" if none
	Name  string
	Wrong string // what is wrong with the submitted form
}

// sentencePage is a page with one sentence.
type sentencePage struct {
	base
	Text string
}

// page shows a lobby, or asks for a name first.
func (a *Adapter) page(w http.ResponseWriter, req *http.Request) {
	name := lobbyOf(req)
	if name == "" {
		a.notFound(w, req)
		return
	}
	who, known, ok := a.who(w, req)
	if !ok {
		return
	}
	if !known {
		a.show(w, http.StatusOK, "enter", enterPage{base: a.base(a.languageOf(req)), Lobby: name, Path: pathOf(name)})
		return
	}
	view, err := a.service.View(req.Context(), place(name), who.person(""), shownPosts)
	if err != nil {
		a.log.Error("read a lobby", "lobby", name, "err", err)
		a.refuse(w, req, http.StatusServiceUnavailable, phrase.TryAgain)
		return
	}
	p := roomPage{
		base: a.base(view.Lang), Lobby: name, Path: pathOf(name), Name: who.Name,
		Guests: a.lobbies.present(name), Commands: menu(view.Commands, view.Lang),
	}
	now := a.clock.Now()
	for _, post := range view.Posts {
		p.Posts = append(p.Posts, template.HTML(drawPost(post, view.Lang, now))) // drawn by our own template, which escapes
	}
	a.show(w, http.StatusOK, "room", p)
}

func menu(commands []*bot.Command, c language.Code) []menuCommand {
	var out []menuCommand
	for _, spec := range commands {
		m := menuCommand{Name: spec.Name, Does: spec.Description(c)}
		for i := range spec.Options {
			o := &spec.Options[i]
			m.Options = append(m.Options, menuOption{Name: o.Name, Does: o.Description(c), Required: o.Required, File: o.Type == bot.FileOption,
				Suggest: o.Type == bot.ChoiceOption || o.Type == bot.PackOption || o.Type == bot.VersionOption})
		}
		out = append(out, m)
	}
	return out
}

// enter handles the form in which a person gives or changes their name and language.
func (a *Adapter) enter(w http.ResponseWriter, req *http.Request) {
	if _, ok := a.register(w, req); ok {
		http.Redirect(w, req, pathOf(cmp.Or(lobbyValue(req), mainLobby)), http.StatusSeeOther)
	}
}

// lobbyValue is the lobby of a form; "" if its name is invalid.
func lobbyValue(req *http.Request) string {
	if name := req.PostFormValue("lobby"); lobbyName.MatchString(name) {
		return name
	}
	return ""
}

// formLimit is the size of a form in bytes.
const formLimit = 8 << 10

// register gives the browser the account that its form describes, and tells the service the chosen language. It
// reports false if it has sent an answer already.
func (a *Adapter) register(w http.ResponseWriter, req *http.Request) (account, bool) {
	req.Body = http.MaxBytesReader(w, req.Body, formLimit)
	lang := a.languageOf(req)
	if c, ok := language.Parse(req.PostFormValue("lang")); ok {
		lang = c
	}
	name := bot.CleanName(req.PostFormValue("name"))
	lobby := cmp.Or(lobbyValue(req), mainLobby)
	if name == "" {
		a.show(w, http.StatusUnprocessableEntity, "enter", enterPage{base: a.base(lang), Lobby: lobby, Path: pathOf(lobby),
			Token: req.PostFormValue("token"), Wrong: phrase.Say(lang, phrase.WebNameMissing)})
		return account{}, false
	}
	who, known, ok := a.who(w, req)
	if !ok {
		return account{}, false
	}
	if !known {
		who.User = rand.Text() // 128 random bits
	}
	who.Name, who.Lang = name, lang
	switch _, known, err := a.service.Allowed(req.Context(), place(lobby), who.person("")); {
	case err != nil:
		a.log.Error("look at a lobby", "err", err)
		a.refuse(w, req, http.StatusServiceUnavailable, phrase.TryAgain)
		return account{}, false
	case !known && !a.mayMake(w, req):
		return account{}, false
	}
	in := a.newInput(req, lobby, who, "enter-"+rand.Text(), "")
	in.Command = &bot.CommandCall{Name: "language", Options: map[string]string{"language": lang.String()}}
	if _, err := a.service.Handle(req.Context(), in); err != nil {
		a.log.Error("enter", "err", err)
		a.refuse(w, req, http.StatusServiceUnavailable, phrase.TryAgain)
		return account{}, false
	}
	a.cookie.set(w, req, who, a.clock.Now())
	return who, true
}

// ownerPage asks whether this person wants to become an owner.
func (a *Adapter) ownerPage(w http.ResponseWriter, req *http.Request) {
	p := enterPage{base: a.base(a.languageOf(req)), Lobby: mainLobby, Path: "/", Token: req.URL.Query().Get("t")}
	who, _, ok := a.who(w, req)
	if !ok {
		return
	}
	p.Name = who.Name
	a.show(w, http.StatusOK, "owner", p)
}

// owner makes this person an owner if the link is valid.
func (a *Adapter) owner(w http.ResponseWriter, req *http.Request) {
	who, ok := a.register(w, req)
	if !ok {
		return
	}
	in := a.newInput(req, mainLobby, who, "owner-"+rand.Text(), "")
	in.Press = &bot.Press{Action: req.PostFormValue("token")}
	reply, err := a.service.Handle(req.Context(), in)
	status := http.StatusOK
	if err != nil {
		a.log.Error("make an owner", "err", err)
		status = http.StatusServiceUnavailable
	}
	text := phrase.Say(who.Lang, phrase.TryAgain)
	if len(reply.Posts) > 0 && len(reply.Posts[0].Body) > 0 {
		text = reply.Posts[0].Body[0].Text
	}
	a.show(w, status, "sentence", sentencePage{base: a.base(who.Lang), Text: text})
}

// privacyPage is the privacy policy, which Discord and Telegram ask for the address of.
func (a *Adapter) privacyPage(w http.ResponseWriter, req *http.Request) {
	a.show(w, http.StatusOK, "privacy", a.base(a.languageOf(req)))
}

// notFound says that there is no such page.
func (a *Adapter) notFound(w http.ResponseWriter, req *http.Request) {
	a.refuse(w, req, http.StatusNotFound, phrase.WebNotFound)
}

// show writes a complete page or none.
func (a *Adapter) show(w http.ResponseWriter, status int, name string, data any) {
	var b bytes.Buffer
	if err := pages().ExecuteTemplate(&b, name, data); err != nil {
		a.log.Error("draw a page", "page", name, "err", err)
		http.Error(w, phrase.Say(language.English, phrase.TryAgain), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	if _, err := b.WriteTo(w); err != nil {
		a.log.Debug("a browser disconnected before its page was written", "err", err)
	}
}

// hashes are short digests of the files in static, so that browsers cache a file until it changes.
var hashes = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	err := fs.WalkDir(staticFiles, "static", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := staticFiles.ReadFile(name)
		sum := sha256.Sum256(data)
		out[path.Base(name)] = hex.EncodeToString(sum[:6])
		return err
	})
	if err != nil {
		panic(err) // the files are part of the program
	}
	return out
})

// assetURL is the URL of a file in static.
func assetURL(name string) string { return "/static/" + name + "?v=" + hashes()[name] }

// isAsset reports whether a path is that of a file in static.
func isAsset(p string) bool {
	name, ok := strings.CutPrefix(p, "/static/")
	return ok && hashes()[name] != ""
}

// assets serves static.
func assets() http.Handler {
	files := http.FileServerFS(staticFiles)
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if !isAsset(req.URL.Path) {
			http.NotFound(w, req)
			return
		}
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		files.ServeHTTP(w, req)
	})
}
