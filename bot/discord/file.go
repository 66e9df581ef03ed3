package discord

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// uploadLimit is how large an attached file may be; packs from chats are no larger.
const uploadLimit = 5 << 20

// fetch downloads an attachment, only from Discord's own hosts, and no more than it may be. The
// file is nil when there is something to tell instead.
func (a *Adapter) fetch(ctx context.Context, f attachment, c language.Code) (*bot.File, bot.Reply, error) {
	tooBig := bot.Say(c, phrase.Say(c, phrase.FileTooBig, phrase.Count("limit", uploadLimit>>20)))
	unreadable := bot.Say(c, phrase.Say(c, phrase.FileUnreadable))
	if f.Size > uploadLimit {
		a.log.Info("refused", "why", phrase.FileTooBig, "size", f.Size)
		return nil, tooBig, nil
	}
	u, err := url.Parse(f.URL)
	if err != nil || !slices.Contains(a.files, u.Host) || u.Scheme != "https" && a.client.base[:len("https:")] == "https:" {
		return nil, unreadable, fmt.Errorf("an attachment that is not at Discord")
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, unreadable, fmt.Errorf("an attachment: %w", scrub(err))
	}
	res, err := a.client.http.Do(req)
	if err != nil {
		return nil, bot.Say(c, phrase.Say(c, phrase.TryAgain)), fmt.Errorf("download an attachment: %w", scrub(err))
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, bot.Say(c, phrase.Say(c, phrase.TryAgain)), fmt.Errorf("download an attachment: status %d", res.StatusCode)
	}
	data, err := io.ReadAll(io.LimitReader(res.Body, uploadLimit+1))
	if err != nil {
		return nil, bot.Say(c, phrase.Say(c, phrase.TryAgain)), fmt.Errorf("download an attachment: %w", scrub(err))
	}
	if len(data) > uploadLimit {
		return nil, tooBig, nil
	}
	return &bot.File{Name: f.Name, Type: f.Type, Data: data}, bot.Reply{}, nil
}
