package telegram

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"path"
	"strings"

	"summitquiz/bot"
	"summitquiz/bot/adapter"
	"summitquiz/bot/phrase"
)

// tooBig is the answer to a file that is too large.
var tooBig = bot.Remark{ID: phrase.FileTooBig, Args: []phrase.Arg{phrase.Count("limit", adapter.MaxFile>>20)}}

// fetch downloads a file of a message, of at most adapter.MaxFile bytes, from the Bot API. If it returns a
// remark, that says why there is no file.
func (h *handler) fetch(ctx context.Context, d *document) (*bot.File, *bot.Remark, error) {
	if d.Size > adapter.MaxFile {
		return nil, &tooBig, nil
	}
	var f struct {
		Path string `json:"file_path"`
		Size int64  `json:"file_size"`
	}
	err := h.client.do(ctx, "getFile", params{"file_id": d.File}, &f, callTime)
	switch {
	case hasText(err, "file is too big"), f.Size > adapter.MaxFile:
		return nil, &tooBig, nil
	case hasText(err, "file_id", "file is temporarily unavailable"):
		return nil, &bot.Remark{ID: phrase.FileUnreadable}, nil
	case err != nil:
		return nil, nil, fmt.Errorf("get the path of a file: %w", err)
	}
	if f.Path == "" || path.IsAbs(f.Path) || path.Clean(f.Path) != f.Path || strings.HasPrefix(f.Path, "..") {
		return nil, &bot.Remark{ID: phrase.FileUnreadable}, nil
	}
	ctx, cancel := context.WithTimeout(ctx, fileTime)
	defer cancel()
	data, err := adapter.Download(ctx, h.client.http, h.client.files+(&url.URL{Path: f.Path}).EscapedPath())
	if errors.Is(err, adapter.ErrTooLarge) {
		return nil, &tooBig, nil
	}
	if err != nil {
		return nil, nil, h.client.scrub(err)
	}
	if d.Size > 0 && int64(len(data)) < d.Size {
		return nil, nil, errors.New("download a file: it is incomplete")
	}
	return &bot.File{Name: d.Name, Type: d.Type, Data: data}, nil, nil
}
