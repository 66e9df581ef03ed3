package telegram

import (
	"context"
	"errors"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/adapter"
)

// sender sends requests that make or change messages.
type sender struct{ *core }

// target is where a request goes and how urgent it is.
type target struct {
	to       destination
	origin   *origin // where buttons act; nil: where they are sent
	priority priority
	edit     bool // it changes or deletes a message

	within time.Duration // how long a request may take, the wait for its turn included; 0: sendTime, once it has begun

	begin func(context.Context) error // is told before a request leaves; nil: nobody is
}

// send sends one request that makes or changes a message, as soon as the rate limits allow. A request that
// has begun is finished even if ctx ends, because otherwise its outcome would be unknown.
func (s *sender) send(ctx context.Context, method string, q params, t target, out any) error {
	return s.sendFile(ctx, method, q, nil, t, out)
}

// sendFile is send with a file. If Telegram refuses a reply for now, it is repeated until ctx ends;
// deliveries are repeated by the caller.
func (s *sender) sendFile(ctx context.Context, method string, q params, f *bot.File, t target, out any) error {
	for {
		err := s.attempt(ctx, method, q, f, t, out)
		var retry *bot.RetryError
		if t.priority != replying || !errors.As(err, &retry) || adapter.Sleep(ctx, retry.After) != nil {
			return err
		}
	}
}

// attempt sends once.
func (s *sender) attempt(ctx context.Context, method string, q params, f *bot.File, t target, out any) error {
	within := sendTime
	if t.within > 0 {
		within = t.within
		limited, cancel := context.WithTimeout(ctx, within)
		defer cancel()
		ctx = limited
	}
	if err := s.limiter.wait(ctx, t.to.chat, t.edit, t.priority); err != nil {
		return err
	}
	if t.begin != nil {
		if err := t.begin(ctx); err != nil {
			return err
		}
	}
	err := s.client.send(context.WithoutCancel(ctx), method, q, f, out, within)
	if q["parse_mode"] != "" && hasText(err, "can't parse entities") {
		s.log.Error("telegram refuses the markup of a post; it is sent as plain text", "method", method, "err", err)
		q["text"] = stripMarkup(q["text"])
		delete(q, "parse_mode")
		err = s.client.send(context.WithoutCancel(ctx), method, q, f, out, within)
	}
	if wait := s.backOff(err); wait > 0 {
		return &bot.RetryError{After: wait, Err: err}
	}
	if t.edit && hasText(err, "message is not modified") {
		return nil
	}
	return err
}

// sendFiles sends the files that follow a message: the full text if that did not fit, and the post's file.
func (s *sender) sendFiles(ctx context.Context, to destination, p bot.Post, complete bool) {
	var files []*bot.File
	if !complete {
		all := p.FullText()
		files = append(files, &all)
	}
	if p.File != nil {
		files = append(files, p.File)
	}
	for _, f := range files {
		s.logFailure("a file", s.sendFile(ctx, methodOf(f), to.addTo(params{}), f, target{to: to, priority: replying}, nil))
	}
}

// methodOf is how a file is sent: a picture so that it is seen at once, anything else as a document.
func methodOf(f *bot.File) string {
	if f.Type == "image/png" {
		return "sendPhoto"
	}
	return "sendDocument"
}

// logFailure logs a reply that failed. It is not repeated: it may have arrived, and what was saved stays saved.
func (s *sender) logFailure(what string, err error) {
	if err != nil && !errors.Is(err, context.Canceled) {
		s.log.Warn(what+" did not arrive", "err", err)
	}
}
