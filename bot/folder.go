package bot

import (
	"bytes"
	"io"
	"io/fs"
	"time"

	"summitquiz/content"
)

// folder is a pack's files as a file system, as they are kept in a store.
type folder map[string][]byte

// Open opens one of the files.
func (f folder) Open(name string) (fs.File, error) {
	data, ok := f[name]
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return &page{Reader: bytes.NewReader(data), name: name}, nil
}

// recorder keeps what is read from a file system, so that exactly the files of which a pack
// was made can be stored.
type recorder struct {
	from fs.FS
	read folder
}

// Open reads a file and keeps it. One over the size limit of packs is left to whoever reads.
func (r *recorder) Open(name string) (fs.File, error) {
	f, err := r.from.Open(name)
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
	r.read[name] = data
	return r.read.Open(name)
}

// page is an open file of a folder, and its own description.
type page struct {
	*bytes.Reader
	name string
}

func (p *page) Stat() (fs.FileInfo, error) { return p, nil }
func (p *page) Close() error               { return nil }
func (p *page) Name() string               { return p.name }
func (p *page) Mode() fs.FileMode          { return 0o444 }
func (p *page) ModTime() time.Time         { return time.Time{} }
func (p *page) IsDir() bool                { return false }
func (p *page) Sys() any                   { return nil }
