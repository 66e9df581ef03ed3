package discord

import (
	"context"
	"net/http"
	"strings"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
)

// answerer answers interactions.
type answerer struct{ *core }

// deferAnswer acknowledges an interaction without an answer yet: Discord shows a private "thinking".
func (a *answerer) deferAnswer(x *exchange) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.state != unanswered {
		return
	}
	x.decide(false)
	if x.deliverable {
		return // the service has finished, and a delivery may become the answer
	}
	if a.acknowledge(a.work, x, callback{deferredCallback, deferredData{ephemeral}}, nil, nil) == nil {
		x.state = deferred
	}
}

// answer sends a person the service's reply.
func (a *answerer) answer(ctx context.Context, x *exchange, r bot.Reply) {
	if len(r.Posts) == 0 && r.Form == nil || r.Said && x.chat == x.channel { // in a thread no post can be the answer
		a.answerNothing(ctx, x)
		return
	}
	x.decide(false)
	x.mu.Lock()
	defer x.mu.Unlock()
	if r.Form != nil {
		a.answerForm(ctx, x, r.Form)
		return
	}
	first, more := private(r.Posts[0], a.now()), r.Posts[1:]
	if r.To != "" && x.server { // Discord shows the link to a message as the name of its channel
		at := string(r.To)
		if !strings.Contains(at, threadSeparator) {
			at = x.channel + "/" + at
		}
		first.Content = strings.TrimLeft(first.Content+"\nhttps://discord.com/channels/"+x.guild+"/"+at, "\n")
	}
	switch {
	case x.state == complete:
		more = r.Posts
	case x.state == deferred:
		a.fillDeferred(ctx, x, first)
	case r.Update && x.message != "":
		first.Flags = 0                                                              // those of the message stay
		_ = a.acknowledge(ctx, x, callback{updateCallback, first}, first.files, nil) // told by acknowledge
	case r.Brief && x.message != "" && a.answerInView(ctx, x, r.Posts[0]):
	default:
		err := a.acknowledge(ctx, x, callback{messageCallback, first}, first.files, nil)
		if hasCode(err, alreadyAnswered) && a.answerIsDeferred(ctx, x) {
			a.fillDeferred(ctx, x, first)
		}
	}
	x.state = complete
	for _, p := range more {
		m := private(p, a.now())
		a.logFailure(x, "a further answer", a.followUp(ctx, x, m))
	}
}

// answerForm opens a form, which must be the first answer.
func (a *answerer) answerForm(ctx context.Context, x *exchange, f *bot.Form) {
	if x.state == deferred {
		a.fillDeferred(ctx, x, private(bot.Say(f.Lang, phrase.Say(f.Lang, phrase.TryAgain)).Posts[0], a.now()))
	} else {
		_ = a.acknowledge(ctx, x, callback{modalCallback, drawForm(f)}, nil, nil) // told by acknowledge
	}
	x.state = complete
}

// answerNothing acknowledges an input to which the service has no reply. A command cannot be acknowledged
// silently: the post that it causes is its answer, otherwise a sentence.
func (a *answerer) answerNothing(ctx context.Context, x *exchange) {
	silent := x.kind == componentInteraction || x.kind == modalInteraction && x.message != ""
	select {
	case <-x.decided: // postponed
	default:
		x.decide(true)
		wait := deliveryTime
		if silent {
			wait = silentAfter
		}
		timer := time.NewTimer(a.timeUntil(x, wait))
		defer timer.Stop()
		select {
		case <-x.delivered:
			return
		case <-timer.C:
		case <-ctx.Done():
		}
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	c := languageOf(x.locale)
	note := private(bot.Say(c, phrase.Say(c, phrase.SoonHere)).Posts[0], a.now())
	switch {
	case x.state == complete:
		return
	case x.state == deferred && silent:
		a.logFailure(x, "a removed answer", a.client.do(ctx, request{method: http.MethodDelete, path: a.originalPath(x.token), priority: replying}, nil))
	case x.state == deferred:
		a.fillDeferred(ctx, x, note)
		x.placeholder = true
	case silent:
		if a.acknowledge(ctx, x, callback{Type: silentCallback}, nil, nil) == nil && x.message != "" {
			a.exchanges.renewView(x)
		}
	default:
		x.placeholder = a.acknowledge(ctx, x, callback{messageCallback, note}, nil, nil) == nil
	}
	x.state = complete
}

// answerInView shows a sentence in a person's private view. It reports false if the pressed button is not
// part of one.
func (a *answerer) answerInView(ctx context.Context, x *exchange, sentence bot.Post) bool {
	key := viewKey{x.chat, x.user}
	s, ok := a.exchanges.view(key)
	if !ok || s.message != x.message {
		return false
	}
	p := s.post
	p.After = append(append([]bot.Line{}, p.After...), sentence.Body...)
	m := draw(p, a.now())
	if a.acknowledge(ctx, x, callback{updateCallback, m}, m.files, nil) == nil {
		a.exchanges.renewView(x)
	}
	return true
}

// acknowledge sends the first answer, and counts and logs a failure. The caller holds x.mu.
//
// Two processes may serve one token, and both get every interaction; the service handles it for one of
// them and the other has no reply. A process with no reply waits briefly so that one with a reply wins.
// That another process answered first is not an error: what was saved is saved.
func (a *answerer) acknowledge(ctx context.Context, x *exchange, c callback, files []bot.File, out any) error {
	ctx, cancel := context.WithTimeout(ctx, ackTime)
	defer cancel()
	path := "/interactions/" + x.id + "/" + x.token + "/callback"
	r := request{method: http.MethodPost, path: path, body: c, files: files, priority: answering, tries: ackTries}
	if out != nil {
		r.query = "with_response=true"
	}
	err := a.client.do(ctx, r, out)
	a.logFailure(x, "the first answer", err)
	return err
}

// answerIsDeferred reports whether Discord shows a private "thinking" as the answer, such as one whose
// acknowledgement was lost. It is then replaced with the reply.
func (a *answerer) answerIsDeferred(ctx context.Context, x *exchange) bool {
	var there sentMessage
	err := a.client.do(ctx, request{method: http.MethodGet, path: a.originalPath(x.token), priority: replying}, &there)
	return err == nil && there.Flags&ephemeral != 0 && there.Flags&loading != 0
}

// followUp sends a private message after the answer.
func (a *answerer) followUp(ctx context.Context, x *exchange, m message) error {
	return a.client.do(ctx, request{method: http.MethodPost, path: "/webhooks/" + a.appID + "/" + x.token, body: m, files: m.files, priority: replying}, nil)
}

// fillDeferred writes the content of a deferred answer.
func (a *answerer) fillDeferred(ctx context.Context, x *exchange, m message) {
	m.Flags = 0 // it was set when the answer was deferred
	a.logFailure(x, "a postponed answer", a.edit(ctx, x.token, m, nil))
}

// edit changes the answer to an interaction and reads the message into out (nil: it is ignored).
func (a *answerer) edit(ctx context.Context, token string, m message, out any) error {
	return a.client.do(ctx, request{method: http.MethodPatch, path: a.originalPath(token), body: m, files: m.files, priority: replying}, out)
}

func (a *answerer) originalPath(token string) string {
	return "/webhooks/" + a.appID + "/" + token + "/messages/@original"
}

// logFailure counts and logs the failure of an answer. Nothing is rolled back: what the service saved
// stays saved.
func (a *answerer) logFailure(x *exchange, what string, err error) {
	switch {
	case err == nil:
	case hasCode(err, alreadyAnswered):
		a.counts.repeated.Add(1)
		a.log.Debug("answered by another process, or by our own earlier attempt", "id", x.id)
	case hasCode(err, unknownInteraction):
		a.counts.dead.Add(1)
		a.log.Warn("an answer came too late", "id", x.id, "age", a.now().Sub(x.created))
	case hasCode(err, invalidForm):
		a.log.Error("discord does not take "+what, "id", x.id, "err", err)
	default:
		a.log.Warn(what+" did not arrive", "id", x.id, "err", err)
	}
}

// answerWithMessage answers an interaction with a message and returns it. If it is unknown whether Discord
// took it, it asks Discord. The caller holds x.mu.
func (a *answerer) answerWithMessage(ctx context.Context, x *exchange, m message) (sentMessage, bool) {
	var made callbackResult
	err := a.acknowledge(ctx, x, callback{messageCallback, m}, m.files, &made)
	x.state = complete
	close(x.delivered)
	if err == nil && made.Resource.Message.ID != "" {
		return made.Resource.Message, true
	}
	var there sentMessage
	err = a.client.do(ctx, request{method: http.MethodGet, path: a.originalPath(x.token), priority: replying}, &there)
	if err != nil || there.ID == "" || there.Flags&ephemeral != m.Flags&ephemeral {
		return sentMessage{}, false
	}
	return there, true
}

// sendMissing tells a person in private which permissions are missing, once, after their interaction was
// answered.
func (a *answerer) sendMissing(ctx context.Context, x *exchange, r bot.Reply) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.warned || x.state != complete {
		return
	}
	x.warned = true
	a.logFailure(x, "what is missing", a.followUp(ctx, x, private(r.Posts[0], a.now())))
}
