package web

import (
	"context"
	"net/http"
	"slices"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// forgetful keeps nothing.
type forgetful struct{}

func (forgetful) Note(context.Context, string) (string, error)  { return "", nil }
func (forgetful) SetNote(context.Context, string, string) error { return nil }

// who returns the account of a request; known is false where there is none whose login is valid. It reports
// false if it has refused the request, as it could not be looked.
func (a *Adapter) who(w http.ResponseWriter, req *http.Request) (who account, known, ok bool) {
	who, known = a.cookie.of(req)
	if !known {
		return account{}, false, true
	}
	over, err := a.loginOver(req.Context(), who)
	if err != nil {
		a.log.Error("look at a login", "err", err)
		a.refuse(w, req, http.StatusServiceUnavailable, phrase.TryAgain)
		return account{}, false, false
	}
	if over {
		return account{}, false, true
	}
	return who, true, true
}

// loginOver reports whether somebody has ended a login.
func (a *Adapter) loginOver(ctx context.Context, who account) (bool, error) {
	until, err := bot.LoginsEnded(ctx, a.notes, bot.Account{Platform: platform, User: who.User})
	return !until.IsZero() && who.Since <= until.UnixMicro(), err
}

// loginsPage shows how a person ends logins.
func (a *Adapter) loginsPage(w http.ResponseWriter, req *http.Request) {
	if _, known, ok := a.who(w, req); ok && !known {
		http.Redirect(w, req, "/", http.StatusSeeOther)
	} else if ok {
		a.show(w, http.StatusOK, "logins", a.base(a.languageOf(req)))
	}
}

// endLogins ends the login of this browser, or those that this person has in all others.
func (a *Adapter) endLogins(w http.ResponseWriter, req *http.Request) {
	req.Body = http.MaxBytesReader(w, req.Body, formLimit)
	who, known, ok := a.who(w, req)
	switch {
	case !ok:
		return
	case !known:
		http.Redirect(w, req, "/", http.StatusSeeOther)
		return
	}
	until := max(a.clock.Now().UnixMicro(), who.Since)
	ended := []bot.Account{{Platform: platform, User: who.User}}
	others := req.PostFormValue("which") == "others"
	var err error
	if others {
		var linked []bot.Account
		linked, err = a.service.Accounts(req.Context(), place(mainLobby), who.person(""))
		ended = append(ended, linked...)
	}
	for _, account := range ended {
		if err == nil && account.Platform == platform {
			err = bot.EndLogins(context.WithoutCancel(req.Context()), a.notes, account, time.UnixMicro(until))
		}
	}
	a.lobbies.endLogins(ended, until)
	switch {
	case err != nil:
		a.log.Error("end logins", "err", err)
		a.refuse(w, req, http.StatusServiceUnavailable, phrase.TryAgain)
	case others:
		a.cookie.set(w, req, who, time.UnixMicro(until+1)) // this one goes on
		a.show(w, http.StatusOK, "sentence", sentencePage{base: a.base(who.Lang), Text: phrase.Say(who.Lang, phrase.WebLoginsEnded)})
	default:
		a.cookie.drop(w, req)
		a.replies.forget(who.User)
		http.Redirect(w, req, "/", http.StatusSeeOther)
	}
}

// endLogins has the open pages ask for a name whose logins of these accounts were given until a time. What is
// ended elsewhere, such as by an operator, the streams find out with their next heartbeat.
func (ls *lobbies) endLogins(ended []bot.Account, until int64) {
	ls.mu.Lock()
	defer ls.mu.Unlock()
	for _, l := range ls.byName {
		l.send(func(s *stream) bool {
			return s.who.Since <= until && slices.Contains(ended, bot.Account{Platform: platform, User: s.who.User})
		}, func(language.Code) event { return leftEvent })
	}
}

// leftEvent tells a page that its login was ended.
var leftEvent = newEvent("left", struct{}{})
