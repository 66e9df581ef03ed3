package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"summitquiz/content"
)

// stdinName is how problems name a pack that comes on the standard input.
const stdinName = "stdin"

// isStdin reports whether a FILE argument means the standard input.
func isStdin(path string) bool {
	return path == "-" || slices.Contains([]string{"/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"}, filepath.Clean(path))
}

// readStdin reads a pack from the standard input.
func readStdin() ([]byte, error) {
	if info, err := os.Stdin.Stat(); err == nil && info.IsDir() {
		return nil, errors.New("the standard input is a folder: name a file, or pipe a pack into it")
	}
	data, err := io.ReadAll(io.LimitReader(os.Stdin, content.FileLimit+1))
	if err != nil {
		return nil, fmt.Errorf("read the standard input: %w", err)
	}
	return data, nil
}

// readPack loads the pack that a FILE argument names: a file, a folder with a pack.yaml, or -
// for the standard input.
func readPack(path string) (*content.Pack, error) {
	if !isStdin(path) {
		return content.LoadFile(path, content.Options{})
	}
	data, err := readStdin()
	if err != nil {
		return nil, err
	}
	return content.Parse(data, content.Options{Name: stdinName, MaxBytes: content.FileLimit})
}

// onlyFile is a folder with one file.
type onlyFile struct {
	name string
	data []byte
}

// Open opens the file.
func (f onlyFile) Open(name string) (fs.File, error) {
	if name != f.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return &openFile{f, bytes.NewReader(f.data)}, nil
}

// openFile is the file of an onlyFile, and what is known of it.
type openFile struct {
	onlyFile
	*bytes.Reader
}

func (f *openFile) Stat() (fs.FileInfo, error) { return f, nil }
func (f *openFile) Close() error               { return nil }
func (f *openFile) Name() string               { return f.name }
func (f *openFile) Size() int64                { return int64(len(f.data)) }
func (f *openFile) Mode() fs.FileMode          { return 0o444 }
func (f *openFile) ModTime() time.Time         { return time.Time{} }
func (f *openFile) IsDir() bool                { return false }
func (f *openFile) Sys() any                   { return nil }
