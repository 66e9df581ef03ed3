package telegram

import (
	"context"
	"errors"

	"summitquiz/bot"
	"summitquiz/bot/adapter"
)

// sender sends requests that make or change messages.
type sender struct{ *core }

// target says where something goes and how urgent it is.
type target struct {
	to       destination
	origin   *origin // where its buttons act, if that is not where it goes
	priority priority
	edit     bool // it changes what is there
}

// send makes one request that makes or changes a message, when it is its turn. The request
// itself is finished also when ctx ends: half of it would leave everybody in doubt.
func (s *sender) send(ctx context.Context, method string, q params, t target, out any) error {
	return s.sendFile(ctx, method, q, nil, t, out)
}

// sendFile is send with a file. What one person waits for stays queued until ctx ends when
// Telegram refuses it for now; what the service delivers is queued there.
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
	if err := s.limiter.wait(ctx, t.to.chat, t.edit, t.priority); err != nil {
		return err
	}
	err := s.client.send(context.WithoutCancel(ctx), method, q, f, out, sendTime)
	if q["parse_mode"] != "" && hasText(err, "can't parse entities") {
		s.log.Error("telegram does not take the markup of a post; it goes out plain", "method", method, "err", err)
		q["text"] = stripMarkup(q["text"])
		delete(q, "parse_mode")
		err = s.client.send(context.WithoutCancel(ctx), method, q, f, out, sendTime)
	}
	if wait := s.backOff(err); wait > 0 {
		return &bot.RetryError{After: wait, Err: err}
	}
	if t.edit && hasText(err, "message is not modified") {
		return nil
	}
	return err
}

// sendFiles sends what a message cannot hold behind it: a file of the service's, and the rest of a
// text that is too long.
func (s *sender) sendFiles(ctx context.Context, to destination, p bot.Post, whole bool) {
	var files []*bot.File
	if !whole {
		all := p.Whole()
		files = append(files, &all)
	}
	if p.File != nil {
		files = append(files, p.File)
	}
	for _, f := range files {
		s.logFailure("a file", s.sendFile(ctx, "sendDocument", to.addTo(params{}), f, target{to: to, priority: replying}, nil))
	}
}

// logFailure logs what became of a reply that did not arrive. Nothing is repeated: it may have
// arrived, and what was saved stays saved.
func (s *sender) logFailure(what string, err error) {
	if err != nil && !errors.Is(err, context.Canceled) {
		s.log.Warn(what+" did not arrive", "err", err)
	}
}
