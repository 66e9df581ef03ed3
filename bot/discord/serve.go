package discord

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// How long answers take, counted from the moment when Discord made the interaction. It waits
// for three seconds.
const (
	deferAfter = 1500 * time.Millisecond // a private «thinking» holds the place until the service is done
	leastTime = 200 * time.Millisecond  // for the service, when the interaction was long on its way
	deliveryTime  = 2300 * time.Millisecond // a post that follows from a command is its answer until then
	silentAfter = 700 * time.Millisecond  // a press with nothing to say is acknowledged then, see acknowledge
	answerDeadline    = 2800 * time.Millisecond // the answer would not arrive any more
	ackTime    = 2500 * time.Millisecond // of sending an acknowledgement
	ackTries   = 5                       // within ackTime
	workTime   = 60 * time.Second        // of the service
)

// receive takes an interaction from the gateway. It does not wait.
func (a *Adapter) receive(raw []byte) {
	it, err := decode(raw)
	if err != nil {
		a.counts.unread.Add(1)
		a.log.Error("interaction left alone", "err", err)
		return
	}
	now := a.now()
	if age := now.Sub(it.created()); age > answerDeadline {
		a.counts.late.Add(1)
		a.log.Warn("interaction left alone: it is too old, or the clock is wrong", "id", it.ID, "age", age)
		return
	}
	a.counts.received.Add(1)
	x := newExchange(it)
	if !a.exchanges.add(x, now) {
		return // the same event once more: it is being answered
	}
	key, job := "m"+x.user, func() { a.serve(it, x) }
	if it.Type == autocompleteInteraction {
		key, job = "t"+x.user, func() { a.suggest(it, x) }
	}
	timer := time.AfterFunc(max(a.timeUntil(x, deferAfter), leastTime), func() { a.protect("postponing", it.ID, func() { a.deferAnswer(x) }) })
	if it.Type == autocompleteInteraction {
		timer.Stop() // it cannot be postponed
	}
	if !a.inputs.TryAdd(key, func() { a.protect("interaction", it.ID, job) }) {
		a.counts.dropped.Add(1)
		timer.Stop()
		x.decide(false)
		close(x.finished)
		a.log.Warn("interaction left alone: too many are waiting", "id", it.ID, "type", it.Type)
	}
}

// timeUntil returns how long it is until a moment of an interaction's life. When our clock is
// behind, life begins now.
func (a *Adapter) timeUntil(x *exchange, d time.Duration) time.Duration {
	now := a.now()
	if x.created.After(now) {
		return d
	}
	return max(0, x.created.Add(d).Sub(now))
}

// result is what the service made of an input.
type result struct {
	reply bot.Reply
	err   error
}

// serve hands an interaction to the service and answers it: at once if the service is quick. If it is
// not, or what the person did before is still being served, a private «thinking» has been given
// meanwhile, which is filled in.
func (a *Adapter) serve(it *interaction, x *exchange) {
	defer close(x.finished)
	ctx, cancel := context.WithTimeout(a.work, workTime)
	defer cancel()
	done := make(chan result, 1)
	go func() {
		var r result
		a.resolveThread(ctx, it, x)
		a.restoreView(ctx, it, x)
		r.reply = bot.Say(languageOf(x.locale), phrase.Say(languageOf(x.locale), phrase.TryAgain))
		defer func() { done <- r }() // also after a panic
		a.protect("service", it.ID, func() { r.reply, r.err = a.handle(ctx, it, x) })
	}()
	r := <-done
	if r.err != nil {
		a.log.Error("input not handled", "id", it.ID, "err", r.err)
	}
	a.answer(ctx, x, r.reply)
}

// handle turns an interaction into an input and has the service handle it.
func (a *Adapter) handle(ctx context.Context, it *interaction, x *exchange) (bot.Reply, error) {
	in := bot.Input{ID: it.inputID(), Place: it.place(), From: it.from(), At: a.now().UTC()}
	switch it.Type {
	case commandInteraction:
		if it.Data.Type == menuCommand {
			return a.report(ctx, in, refOf(it, it.Data.Target))
		}
		c, file, _ := it.command()
		if need := a.missingFor(x, c.Name); need != nil {
			x.mu.Lock()
			x.warned = true
			x.mu.Unlock()
			return askForPermissions(languageOf(x.locale), need), nil
		}
		if file != "" {
			f, refusal, err := a.fetch(ctx, it.Data.Resolved.Attachments[file], languageOf(x.locale))
			if f == nil {
				return refusal, err
			}
			c.File = f
		}
		in.Command = &c
	case componentInteraction:
		if it.Data.CustomID == fullTextID && it.Message != nil {
			return a.fullText(ctx, in, refOf(it, it.Message.ID))
		}
		in.Press = &bot.Press{Action: actionOf(it.Data.CustomID)}
	case modalInteraction:
		in.Filled = &bot.Filled{Action: it.Data.CustomID, Values: it.values()}
	default:
		return bot.Reply{}, nil
	}
	return a.service.Handle(ctx, in)
}

// report is the command in the menu of a message: against the question that it shows.
func (a *Adapter) report(ctx context.Context, in bot.Input, message bot.Ref) (bot.Reply, error) {
	c := languageOf(in.From.Locale)
	_, chat, _, err := a.store.Enter(ctx, in.Place, bot.Person{}, in.At)
	if err != nil {
		return bot.Say(c, phrase.Say(c, phrase.TryAgain)), err
	}
	slot, err := a.store.SlotOf(ctx, chat.ID, message)
	switch {
	case errors.Is(err, bot.ErrNone): // not a post of ours
		return bot.Say(c, phrase.Say(c, phrase.ReportWhat)), nil
	case err != nil:
		return bot.Say(c, phrase.Say(c, phrase.TryAgain)), err
	}
	in.Command = &bot.Command{Name: "report", Options: map[string]string{}, Target: slot}
	return a.service.Handle(ctx, in)
}

// deferAnswer holds the place of an answer that is not there: a private «thinking».
func (a *Adapter) deferAnswer(x *exchange) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.state != unanswered {
		return
	}
	x.decide(false)
	if x.deliverable {
		return // the service is done, and a post that comes may be the answer
	}
	if a.acknowledge(a.work, x, callback{deferredCallback, deferredData{ephemeral}}, nil, nil) == nil {
		x.state = deferred
	}
}

// answer gives a person the service's reply.
func (a *Adapter) answer(ctx context.Context, x *exchange, r bot.Reply) {
	if len(r.Posts) == 0 && r.Form == nil {
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
	switch {
	case x.state == complete:
		more = r.Posts
	case x.state == deferred:
		a.fillDeferred(ctx, x, first)
	case r.Update && x.message != "":
		first.Flags = 0                                                            // those of the message stay
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
		err := a.client.do(ctx, request{method: http.MethodPost, path: "/webhooks/" + a.appID + "/" + x.token, body: m, files: m.files, priority: replying}, nil)
		a.logFailure(x, "a further answer", err)
	}
}

// answerForm opens a form, which has to be the first answer.
func (a *Adapter) answerForm(ctx context.Context, x *exchange, f *bot.Form) {
	if x.state == deferred {
		a.fillDeferred(ctx, x, private(bot.Say(f.Lang, phrase.Say(f.Lang, phrase.TryAgain)).Posts[0], a.now()))
	} else {
		_ = a.acknowledge(ctx, x, callback{modalCallback, drawForm(f)}, nil, nil) // told by acknowledge
	}
	x.state = complete
}

// answerNothing acknowledges what the service has no words for. A command cannot be acknowledged
// silently: the post that follows from it is its answer, else a sentence.
func (a *Adapter) answerNothing(ctx context.Context, x *exchange) {
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

// answerInView shows a sentence on the message on which a person plays alone, so that the message
// stays one. It reports false if the pressed message is none.
func (a *Adapter) answerInView(ctx context.Context, x *exchange, sentence bot.Post) bool {
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

// acknowledge sends the first answer. What became of it is counted and logged here. The caller
// holds x.mu.
//
// Two processes may serve one token, and both get every interaction; the service handles it for
// one of them and the other has nothing to say. Who has nothing to say waits a moment, so that
// who has comes first. That somebody else was first is no error: what was saved is saved.
func (a *Adapter) acknowledge(ctx context.Context, x *exchange, c callback, files []bot.File, out any) error {
	ctx, cancel := context.WithTimeout(ctx, ackTime)
	defer cancel()
	r := request{method: http.MethodPost, path: "/interactions/" + x.id + "/" + x.token + "/callback", body: c, files: files, priority: answering, tries: ackTries}
	if out != nil {
		r.query = "with_response=true"
	}
	err := a.client.do(ctx, r, out)
	a.logFailure(x, "the first answer", err)
	return err
}

// answerIsDeferred reports whether the answer that Discord has is a private «thinking», such as one of
// ours whose acknowledgement was lost. Whoever has words fills it in.
func (a *Adapter) answerIsDeferred(ctx context.Context, x *exchange) bool {
	var there sentMessage
	err := a.client.do(ctx, request{method: http.MethodGet, path: a.originalPath(x.token), priority: replying}, &there)
	return err == nil && there.Flags&ephemeral != 0 && there.Flags&loading != 0
}

// fillDeferred writes a postponed answer.
func (a *Adapter) fillDeferred(ctx context.Context, x *exchange, m message) {
	m.Flags = 0 // it was set when the answer was postponed
	a.logFailure(x, "a postponed answer", a.client.do(ctx, request{method: http.MethodPatch, path: a.originalPath(x.token), body: m, files: m.files, priority: replying}, nil))
}

func (a *Adapter) originalPath(token string) string {
	return "/webhooks/" + a.appID + "/" + token + "/messages/@original"
}

// logFailure counts and logs what became of an answer that did not arrive. Nothing is rolled
// back: what the service saved stays saved.
func (a *Adapter) logFailure(x *exchange, what string, err error) {
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

// suggest answers what an option could be. It cannot be postponed and does not matter enough
// to be repeated.
func (a *Adapter) suggest(it *interaction, x *exchange) {
	defer close(x.finished)
	x.decide(false)
	ctx, cancel := context.WithTimeout(a.work, max(time.Millisecond, a.timeUntil(x, ackTime)))
	defer cancel()
	c, _, typing := it.command()
	list := choices{Choices: []choice{}}
	a.resolveThread(ctx, it, x)
	for _, s := range a.service.Suggest(ctx, it.place(), it.from(), c.Name, typing, c.Options[typing]) {
		value := s.Value
		if len(list.Choices) == maxChoices || value == "" || language.Length(value) > maxChoice {
			continue
		}
		name := language.Cut(strings.TrimSpace(language.StripIsolates(s.Label)), maxChoice)
		if name == "" {
			name = value
		}
		list.Choices = append(list.Choices, choice{Name: name, Value: value})
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	_ = a.acknowledge(ctx, x, callback{choicesCallback, list}, nil, nil) // told by acknowledge
	x.state = complete
}

// languageOf is the language of a person of whom only their client's is known.
func languageOf(locale string) language.Code {
	c, _ := language.Parse(locale) // English where it is unknown
	return c
}
