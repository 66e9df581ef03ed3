package catalog

import (
	"bytes"
	"io"
	"io/fs"
	"time"

	"summitquiz/content"
)

// Files are a pack's files as they are stored, as a file system.
type Files map[string][]byte

// Open opens one of the files.
func (f Files) Open(name string) (fs.File, error) {
	data, ok := f[name]
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return &file{Reader: bytes.NewReader(data), name: name}, nil
}

// Recorder reads from a file system and keeps what was read, so that exactly the files of which
// a pack was made can be stored.
type Recorder struct {
	From fs.FS
	Read Files
}

// Open reads a file and keeps it. One over the size limit of packs is left to the reader.
func (r *Recorder) Open(name string) (fs.File, error) {
	f, err := r.From.Open(name)
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err != nil || info.IsDir() || info.Size() > content.FileLimit {
		return f, nil
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, content.FileLimit+1))
	if err != nil {
		return nil, err
	}
	r.Read[name] = data
	return r.Read.Open(name)
}

// file is an open file, and its own description.
type file struct {
	*bytes.Reader
	name string
}

func (p *file) Stat() (fs.FileInfo, error) { return p, nil }
func (p *file) Close() error               { return nil }
func (p *file) Name() string               { return p.name }
func (p *file) Mode() fs.FileMode          { return 0o444 }
func (p *file) ModTime() time.Time         { return time.Time{} }
func (p *file) IsDir() bool                { return false }
func (p *file) Sys() any                   { return nil }
