package web

import (
	"context"
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

// postEvent shows a new or changed post, with labels in the language of a page.
func postEvent(s bot.ChatPost, c language.Code, now time.Time) event {
	return newEvent("post", map[string]string{"slot": s.Slot.String(), "html": drawPost(s, c, now)})
}

// goneEvent removes a post.
func goneEvent(slot bot.Slot) event {
	return newEvent("gone", map[string]string{"slot": slot.String()})
}

// presenceEvent lists the people in the lobby.
func presenceEvent(present []guest) event {
	type shown struct {
		Name string `json:"name"`
		Host bool   `json:"host,omitempty"`
	}
	out := make([]shown, len(present))
	for i, g := range present {
		out[i] = shown{g.Name, g.Host}
	}
	return newEvent("here", out)
}

// slotsEvent lists the slots of all posts: a page that was disconnected removes the others.
func slotsEvent(posts []bot.ChatPost) event {
	slots := make([]bot.Slot, len(posts))
	for i, p := range posts {
		slots[i] = p.Slot
	}
	return newEvent("all", slots)
}

// shownPosts is how many posts of a lobby a page shows.
const shownPosts = 30

// heartbeat is how often a stream is written to, so that either side notices a dead one: a page that hears
// nothing for 15 s connects again. writeWithin is how long one write may take.
const (
	heartbeat   = 5 * time.Second
	writeWithin = 10 * time.Second
)

// streamEvents sends the events of a lobby to a page until the page is closed.
func (a *Adapter) streamEvents(w http.ResponseWriter, req *http.Request) {
	name, who, ok := a.authorize(w, req)
	if !ok {
		return
	}
	lang := who.Lang
	if c, ok := language.Parse(req.URL.Query().Get("lang")); ok {
		lang = c
	}
	l, s, err := a.lobbies.join(name, who, network(a.cookie.proxies.Client(req)), lang, a.hostNoted(req.Context(), name))
	switch {
	case errors.Is(err, errFull):
		a.meter.Bounded("lobby-members")
		a.refuse(w, req, http.StatusServiceUnavailable, phrase.WebFull)
		return
	case errors.Is(err, errTabs):
		a.meter.Bounded("streams")
		a.refuse(w, req, http.StatusTooManyRequests, phrase.WebTabs)
		return
	case err != nil:
		a.meter.Bounded("pages")
		a.refuse(w, req, http.StatusServiceUnavailable, phrase.WebBusy)
		return
	}
	defer func() {
		a.lobbies.leave(l, s)
		a.tell(req.Context(), name)
	}()
	a.tell(req.Context(), name)
	if a.feed != nil && !a.follow(req.Context(), l) {
		return
	}
	// From here on no event is missed: posts that arrive while the stored ones are read wait in s.out.
	view, err := a.service.View(req.Context(), place(name), who.person(""), shownPosts)
	if err != nil {
		a.log.Error("read a lobby", "lobby", name, "err", err)
		a.refuse(w, req, http.StatusServiceUnavailable, phrase.TryAgain)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("X-Accel-Buffering", "no")
	first := []event{event("retry: 1000\n\n"), slotsEvent(view.Posts)}
	now := a.clock.Now()
	for _, p := range view.Posts {
		first = append(first, postEvent(p, lang, now))
	}
	out := newEventWriter(w)
	for _, e := range first {
		if !out.write(e) {
			return
		}
	}
	a.copyEvents(req.Context(), s, out)
}

// copyEvents writes a page's events until the page or the server is gone, or its login was ended.
func (a *Adapter) copyEvents(ctx context.Context, s *stream, out eventWriter) {
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		var e event
		select {
		case e = <-s.out:
		case <-beat.C:
			e = newEvent("beat", struct{}{})
			if over, err := a.loginOver(ctx, s.who); err == nil && over {
				out.write(leftEvent)
				return
			}
		case <-s.lost:
			return
		case <-a.lobbies.closed:
			return
		case <-ctx.Done():
			return
		}
		if !out.write(e) {
			return
		}
	}
}

// eventWriter writes events to a page.
type eventWriter struct {
	w  http.ResponseWriter
	rc *http.ResponseController
}

func newEventWriter(w http.ResponseWriter) eventWriter {
	rc := http.NewResponseController(w)
	rc.SetReadDeadline(time.Time{}) // the server's deadline is for requests, not for streams
	return eventWriter{w, rc}
}

// write writes an event and reports whether the page may have got it.
func (o eventWriter) write(e event) bool {
	o.rc.SetWriteDeadline(time.Now().Add(writeWithin)) // if that is not supported, the server's own deadline applies
	_, err := o.w.Write(e)
	return err == nil && o.rc.Flush() == nil
}
