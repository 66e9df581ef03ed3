package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// event is one server-sent event, ready to be written.
type event []byte

// newEvent encodes data as JSON on one line.
func newEvent(name string, data any) event {
	body, err := json.Marshal(data)
	if err != nil {
		panic(fmt.Errorf("event %s: %w", name, err)) // texts and numbers
	}
	return fmt.Appendf(nil, "event: %s\ndata: %s\n\n", name, body)
}

// stands shows a post as it is now, or as it has become, with labels in the language of a page.
func stands(s bot.Standing, c language.Code, now time.Time) event {
	return newEvent("post", map[string]string{"slot": string(s.Slot), "html": drawPost(s, c, now)})
}

// gone takes a post away.
func gone(slot bot.Slot) event { return newEvent("gone", map[string]string{"slot": string(slot)}) }

// here says who is in the lobby.
func here(present []guest) event {
	names := make([]string, len(present))
	for i, g := range present {
		names[i] = g.Name
	}
	return newEvent("here", names)
}

// all says which posts there are: a page that was away drops the others.
func all(posts []bot.Standing) event {
	slots := make([]bot.Slot, len(posts))
	for i, p := range posts {
		slots[i] = p.Slot
	}
	return newEvent("all", slots)
}

// shownPosts is how many posts of a lobby a page shows.
const shownPosts = 30

// heartbeat is how often a silent stream is written to, so that a dead one is noticed, and
// writeWithin how long one write may take.
const (
	heartbeat   = 20 * time.Second
	writeWithin = 10 * time.Second
)

// live sends a page what happens in its lobby, until it is closed.
func (r *Room) live(w http.ResponseWriter, req *http.Request) {
	name, who, ok := r.present(w, req)
	if !ok {
		return
	}
	lang := who.Lang
	if c, ok := language.Parse(req.URL.Query().Get("lang")); ok {
		lang = c
	}
	l, s, err := r.join(name, who, lang)
	switch {
	case errors.Is(err, errFull):
		r.refuse(w, req, http.StatusServiceUnavailable, phrase.WebFull)
		return
	case err != nil:
		r.refuse(w, req, http.StatusServiceUnavailable, phrase.WebBusy)
		return
	}
	defer r.leave(l, s)
	// From here on nothing is missed: what is posted while the posts are read waits in s.out.
	sight, err := r.hall.Look(req.Context(), place(name), who.person(""), shownPosts)
	if err != nil {
		r.log.Error("look into a lobby", "lobby", name, "err", err)
		r.refuse(w, req, http.StatusServiceUnavailable, phrase.TryAgain)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("X-Accel-Buffering", "no")
	first := []event{event("retry: 1000\n\n"), all(sight.Posts)}
	now := r.clock.Now()
	for _, p := range sight.Posts {
		first = append(first, stands(p, lang, now))
	}
	rc := http.NewResponseController(w)
	rc.SetReadDeadline(time.Time{}) // the server's deadline is for requests, not for streams
	write := func(e event) bool {
		rc.SetWriteDeadline(time.Now().Add(writeWithin)) // where it is not supported, the server's own holds
		_, err := w.Write(e)
		return err == nil && rc.Flush() == nil
	}
	for _, e := range first {
		if !write(e) {
			return
		}
	}
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		var e event
		select {
		case e = <-s.out:
		case <-beat.C:
			e = event(": still here\n\n")
		case <-s.lost:
			return
		case <-r.closed:
			return
		case <-req.Context().Done():
			return
		}
		if !write(e) {
			return
		}
	}
}
