package telegram

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"strings"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
)

// uploadLimit is how large a file may be; packs from chats are no larger.
const uploadLimit = 5 << 20

// tooBig is what is said of a larger one.
var tooBig = bot.Remark{ID: phrase.FileTooBig, Args: []phrase.Arg{phrase.Count("limit", uploadLimit>>20)}}

// fetch downloads a file of a message, only from where the Bot API is, and no more than it may
// be. It returns a remark when there is something to tell in place of the file.
func (a *Adapter) fetch(ctx context.Context, d *document) (*bot.File, *bot.Remark, error) {
	if d.Size > uploadLimit {
		return nil, &tooBig, nil
	}
	var f struct {
		Path string `json:"file_path"`
		Size int64  `json:"file_size"`
	}
	err := a.client.do(ctx, "getFile", params{"file_id": d.File}, &f, callTime)
	switch {
	case says(err, "file is too big"), f.Size > uploadLimit:
		return nil, &tooBig, nil
	case says(err, "file_id", "file is temporarily unavailable"):
		return nil, &bot.Remark{ID: phrase.FileUnreadable}, nil
	case err != nil:
		return nil, nil, fmt.Errorf("ask for a file: %w", err)
	}
	if f.Path == "" || path.IsAbs(f.Path) || path.Clean(f.Path) != f.Path || strings.HasPrefix(f.Path, "..") {
		return nil, &bot.Remark{ID: phrase.FileUnreadable}, nil
	}
	ctx, cancel := context.WithTimeout(ctx, fileTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, a.client.files+(&url.URL{Path: f.Path}).EscapedPath(), nil)
	if err != nil {
		return nil, nil, fmt.Errorf("download a file: %w", a.client.scrub(err))
	}
	res, err := a.client.http.Do(req)
	if err != nil {
		return nil, nil, fmt.Errorf("download a file: %w", a.client.scrub(err))
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, nil, fmt.Errorf("download a file: status %d", res.StatusCode)
	}
	data, err := io.ReadAll(io.LimitReader(res.Body, uploadLimit+1))
	if err != nil {
		return nil, nil, fmt.Errorf("download a file: %w", a.client.scrub(err))
	}
	if len(data) > uploadLimit {
		return nil, &tooBig, nil
	}
	if d.Size > 0 && int64(len(data)) < d.Size {
		return nil, nil, errors.New("download a file: it broke off")
	}
	return &bot.File{Name: d.Name, Type: d.Type, Data: data}, nil, nil
}
