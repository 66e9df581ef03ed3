package discord

import (
	"context"
	"errors"
	"strings"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/adapter"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// When answers are sent, counted from the creation of the interaction. Discord waits for three seconds.
const (
	deferAfter     = 1500 * time.Millisecond // then Discord shows a private "thinking" until the service has finished
	leastTime      = 200 * time.Millisecond  // for the service, if the interaction was long on its way
	deliveryTime   = 2300 * time.Millisecond // until then the post that a command causes may be its answer
	silentAfter    = 700 * time.Millisecond  // then a press without a reply is acknowledged, see acknowledge
	answerDeadline = 2800 * time.Millisecond // later answers would not arrive
	ackTime        = 2500 * time.Millisecond // for sending an acknowledgement
	ackTries       = 5                       // within ackTime
	workTime       = 60 * time.Second        // for the service
)

// handler turns interactions and events of the gateway into inputs of the service.
type handler struct {
	*answerer
	fileHosts []string       // hosts from which attachments are downloaded
	inputs    *adapter.Queue // interactions, by member
	events    *adapter.Queue // of servers and channels
}

// Interaction takes an interaction. It does not wait.
func (h *handler) Interaction(raw []byte) {
	it, err := decode(raw)
	if err != nil {
		h.counts.unread.Add(1)
		h.log.Error("interaction left alone", "err", err)
		return
	}
	now := h.now()
	if age := now.Sub(it.created()); age > answerDeadline {
		h.counts.late.Add(1)
		h.log.Warn("interaction left alone: it is too old, or the clock is wrong", "id", it.ID, "age", age)
		return
	}
	h.counts.received.Add(1)
	x := newExchange(it)
	if !h.exchanges.add(x, now) {
		return // Discord sent it twice
	}
	key, job := "m"+x.user, func() { h.serve(it, x) }
	if it.Type == autocompleteInteraction {
		key, job = "t"+x.user, func() { h.suggest(it, x) }
	}
	timer := time.AfterFunc(max(h.timeUntil(x, deferAfter), leastTime), func() { h.protect("defer", it.ID, func() { h.deferAnswer(x) }) })
	if it.Type == autocompleteInteraction {
		timer.Stop() // it cannot be deferred
	}
	if !h.inputs.TryAdd(key, func() { h.protect("interaction", it.ID, job) }) {
		h.counts.dropped.Add(1)
		timer.Stop()
		x.decide(false)
		close(x.finished)
		h.log.Warn("interaction left alone: too many are waiting", "id", it.ID, "type", it.Type)
	}
}

// timeUntil returns how long it is until d after the creation of an interaction. If our clock is behind,
// the interaction counts as created now.
func (c *core) timeUntil(x *exchange, d time.Duration) time.Duration {
	now := c.now()
	if x.created.After(now) {
		return d
	}
	return max(0, x.created.Add(d).Sub(now))
}

// result is the service's answer to an input.
type result struct {
	reply bot.Reply
	err   error
}

// serve passes an interaction to the service and answers it. If that takes long, or the person's previous
// interaction is still being served, a timer has deferred the answer meanwhile, which is filled in then.
func (h *handler) serve(it *interaction, x *exchange) {
	defer close(x.finished)
	ctx, cancel := context.WithTimeout(h.work, workTime)
	defer cancel()
	done := make(chan result, 1)
	go func() {
		var r result
		h.resolveThread(ctx, it, x)
		h.restoreView(ctx, it, x)
		r.reply = bot.Say(languageOf(x.locale), phrase.Say(languageOf(x.locale), phrase.TryAgain))
		defer func() { done <- r }() // also after a panic
		h.protect("service", it.ID, func() { r.reply, r.err = h.handle(ctx, it, x) })
	}()
	r := <-done
	if r.err != nil {
		h.log.Error("input not handled", "id", it.ID, "err", r.err)
	}
	h.answer(ctx, x, r.reply)
}

// handle turns an interaction into an input and has the service handle it.
func (h *handler) handle(ctx context.Context, it *interaction, x *exchange) (bot.Reply, error) {
	in := bot.Input{ID: it.inputID(), Place: it.place(), From: it.from(), At: h.now().UTC()}
	switch it.Type {
	case commandInteraction:
		if it.Data.Type == menuCommand {
			return h.report(ctx, in, refOf(it, it.Data.Target))
		}
		c, file, _ := it.command()
		if need := h.missingFor(x, c.Name); need != nil {
			x.mu.Lock()
			x.warned = true
			x.mu.Unlock()
			return askForPermissions(languageOf(x.locale), need), nil
		}
		if file != "" {
			f, refusal, err := h.fetch(ctx, it.Data.Resolved.Attachments[file], languageOf(x.locale))
			if f == nil {
				return refusal, err
			}
			c.File = f
		}
		in.Command = &c
	case componentInteraction:
		if it.Data.CustomID == fullTextID && it.Message != nil {
			return h.fullText(ctx, in, refOf(it, it.Message.ID))
		}
		in.Press = &bot.Press{Action: actionOf(it.Data.CustomID)}
	case modalInteraction:
		in.Form = &bot.FilledForm{Action: it.Data.CustomID, Values: it.values()}
	default:
		return bot.Reply{}, nil
	}
	return h.service.Handle(ctx, in)
}

// report handles the command in the menu of a message: a report of the question that it shows.
func (h *handler) report(ctx context.Context, in bot.Input, message bot.Ref) (bot.Reply, error) {
	c := languageOf(in.From.Locale)
	_, chat, _, err := h.store.Enter(ctx, in.Place, bot.Person{}, in.At)
	if err != nil {
		return bot.Say(c, phrase.Say(c, phrase.TryAgain)), err
	}
	slot, err := h.store.SlotOf(ctx, chat.ID, message)
	switch {
	case errors.Is(err, bot.ErrNone): // not our post
		return bot.Say(c, phrase.Say(c, phrase.ReportWhat)), nil
	case err != nil:
		return bot.Say(c, phrase.Say(c, phrase.TryAgain)), err
	}
	in.Command = &bot.CommandCall{Name: "report", Options: map[string]string{}, Target: slot}
	return h.service.Handle(ctx, in)
}

// suggest answers with values for an option. It cannot be deferred and is not important enough to be
// repeated.
func (h *handler) suggest(it *interaction, x *exchange) {
	defer close(x.finished)
	x.decide(false)
	ctx, cancel := context.WithTimeout(h.work, max(time.Millisecond, h.timeUntil(x, ackTime)))
	defer cancel()
	c, _, typing := it.command()
	list := choices{Choices: []choice{}}
	h.resolveThread(ctx, it, x)
	for _, s := range h.service.Suggest(ctx, it.place(), it.from(), c.Name, typing, c.Options) {
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
	_ = h.acknowledge(ctx, x, callback{choicesCallback, list}, nil, nil) // told by acknowledge
	x.state = complete
}

// languageOf is the language of a person of whom only their client's is known.
func languageOf(locale string) language.Code {
	c, _ := language.Parse(locale) // English where it is unknown
	return c
}
