package discord

import (
	"context"
	"errors"
	"net/url"
	"slices"

	"summitquiz/bot"
	"summitquiz/bot/adapter"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// fetch downloads an attachment of at most adapter.MaxFile bytes from a host of Discord. If the file is nil,
// the reply says why.
func (h *handler) fetch(ctx context.Context, f attachment, c language.Code) (*bot.File, bot.Reply, error) {
	tooBig := bot.Say(c, phrase.Say(c, phrase.FileTooBig, phrase.Count("limit", adapter.MaxFile>>20)))
	unreadable := bot.Say(c, phrase.Say(c, phrase.FileUnreadable))
	if f.Size > adapter.MaxFile {
		h.log.Info("refused", "why", phrase.FileTooBig, "size", f.Size)
		return nil, tooBig, nil
	}
	u, err := url.Parse(f.URL)
	if err != nil || !slices.Contains(h.fileHosts, u.Host) || u.Scheme != "https" && h.client.base[:len("https:")] == "https:" {
		return nil, unreadable, errors.New("the attachment is not on a host of Discord")
	}
	data, err := adapter.Download(ctx, h.client.http, u.String())
	if errors.Is(err, adapter.ErrTooLarge) {
		return nil, tooBig, nil
	}
	if err != nil {
		return nil, bot.Say(c, phrase.Say(c, phrase.TryAgain)), err
	}
	return &bot.File{Name: f.Name, Type: f.Type, Data: data}, bot.Reply{}, nil
}
