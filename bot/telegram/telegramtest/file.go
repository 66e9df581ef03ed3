package telegramtest

import (
	"fmt"
	"net/http"
	"path"
	"time"
)

// File is a document.
type File struct {
	Name string // "": the sender gave none
	Type string
	Data []byte
	Size int64 // as Telegram claims; 0: of Data

	id string
}

// stored is a file that can be fetched for a while.
type stored struct {
	file   *File
	path   string
	linked time.Time // when the link was given out
}

// The limits of files, in bytes, and how long a link is good for.
const (
	downloadLimit = 20 << 20
	uploadLimit   = 50 << 20
	linkLife      = time.Hour
)

func (d *File) size() int64 {
	if d.Size != 0 {
		return d.Size
	}
	return int64(len(d.Data))
}

func (d *File) object() map[string]any {
	out := map[string]any{"file_id": d.id, "file_unique_id": "AgAD" + d.id[len(d.id)-8:], "file_size": d.size()}
	if d.Name != "" {
		out["file_name"] = d.Name
	}
	if d.Type != "" {
		out["mime_type"] = d.Type
	}
	return out
}

// store keeps a file; the caller holds f.mu.
func (f *Telegram) store(d *File) *File {
	n := f.count()
	d.id = fmt.Sprintf("BQACAgIAAxkBAAI%08d", n)
	f.files[d.id] = &stored{file: d, path: fmt.Sprintf("documents/file_%d%s", n, path.Ext(d.Name))}
	return d
}

// SendFile sends a document with a text below it.
func (u *User) SendFile(c *Chat, file File, caption string) Message {
	u.f.mu.Lock()
	d := u.f.store(&file)
	u.f.mu.Unlock()
	return u.post(c, &Message{File: d, Text: caption})
}

func (f *Telegram) sendDocument(c *call) reply { return f.sendUpload(c, "document") }

// sendPhoto keeps a photo as a document: its sender sees the same.
func (f *Telegram) sendPhoto(c *call) reply { return f.sendUpload(c, "photo") }

func (f *Telegram) sendUpload(c *call, field string) reply {
	r, m, bad := f.compose(c, "messages")
	if bad != nil {
		return *bad
	}
	if m.Text, m.Entities, bad = f.text(c, "caption", "parse_mode"); bad != nil {
		return *bad
	}
	if units(m.Text) > captionLimit {
		return *f.bad(c, "message caption is too long")
	}
	sent, uploaded := c.files[field]
	known := f.files[c.params[field]]
	switch {
	case uploaded && len(sent.data) == 0:
		return *f.bad(c, "file must be non-empty")
	case uploaded && len(sent.data) > uploadLimit:
		return refusal(http.StatusRequestEntityTooLarge, "")
	case uploaded:
		m.File = f.store(&File{Name: sent.name, Type: sent.kind, Data: sent.data})
	case known != nil:
		m.File = known.file
	default:
		return *f.bad(c, "there is no "+field+" in the request")
	}
	return ok(f.object(f.addMessage(r, m), true))
}

func (f *Telegram) getFile(c *call) reply {
	s := f.files[c.params["file_id"]]
	if s == nil {
		return refusal(http.StatusBadRequest, "invalid file_id")
	}
	if s.file.size() > downloadLimit {
		return refusal(http.StatusBadRequest, "file is too big")
	}
	s.linked = time.Now()
	out := s.file.object()
	delete(out, "file_name")
	delete(out, "mime_type")
	out["file_path"] = s.path
	return ok(out)
}

// download serves a file whose link was given out; the caller holds f.mu.
func (f *Telegram) download(c *call) reply {
	for _, s := range f.files {
		if s.path == c.params["path"] && !s.linked.IsZero() && time.Since(s.linked) <= linkLife {
			return reply{status: http.StatusOK, body: s.file.Data}
		}
	}
	return refusal(http.StatusNotFound, "")
}
