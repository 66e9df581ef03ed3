package content

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Size limits of a pack, its source texts included.
const (
	UploadLimit = 5 << 20  // bytes; default of Parse
	FileLimit   = 64 << 20 // bytes; default of Load and LoadFile
)

// PackFile is the name of the file that Load reads.
const PackFile = "pack.yaml"

// Options say how a pack is loaded. The zero Options serve a built-in pack.
type Options struct {
	Space    string // the owning space, the first part of the PackID; empty for built-in packs
	Name     string // the file's name in problems; default pack.yaml
	MaxBytes int64  // of the pack and its source texts together; 0: the default limit

	// Accepted: an earlier version of the program took this pack, so what only later ones refuse is a warning.
	Accepted bool
}

// Load reads pack.yaml and the source texts beside it from fsys, checks everything and returns
// the pack, or an error that joins every *Problem (see Problems). There is no half-loaded
// pack. An error that holds no Problem means that a file could not be read.
func Load(fsys fs.FS, opt Options) (*Pack, error) {
	return loadFile(fsys, PackFile, opt)
}

// LoadFile is Load for a path: a pack's file or the folder with its pack.yaml. Source texts
// are read from the folder of that file only; a symbolic link does not lead out of it.
func LoadFile(path string, opt Options) (*Pack, error) {
	file, err := FindFile(path)
	if err != nil {
		return nil, fmt.Errorf("load pack: %w", err)
	}
	root, err := os.OpenRoot(filepath.Dir(file))
	if err != nil {
		return nil, fmt.Errorf("load pack: %w", err)
	}
	defer root.Close()
	if opt.Name == "" {
		opt.Name = path
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			opt.Name = filepath.Join(path, PackFile)
		}
	}
	return loadFile(root.FS(), filepath.Base(file), opt)
}

// FindFile returns the file that holds the pack of a path: the path itself, or pack.yaml in the
// folder that it names. It follows symbolic links and refuses what is not a regular file.
func FindFile(path string) (string, error) {
	info, err := os.Stat(path)
	if err == nil && info.IsDir() {
		path = filepath.Join(path, PackFile)
		info, err = os.Stat(path)
	}
	if err != nil {
		return "", err
	}
	if err := CheckRegular(info); err != nil {
		return "", &fs.PathError{Op: "read", Path: path, Err: err}
	}
	return filepath.EvalSymlinks(path)
}

// CheckRegular returns an error that says what a file is, unless it is a regular one: reading a
// named pipe or a device may never end.
func CheckRegular(info fs.FileInfo) error {
	what := ""
	switch mode := info.Mode(); {
	case mode.IsRegular():
		return nil
	case mode.IsDir():
		what = "a folder"
	case mode&fs.ModeNamedPipe != 0:
		what = "a named pipe"
	case mode&fs.ModeSocket != 0:
		what = "a socket"
	case mode&fs.ModeDevice != 0:
		what = "a device"
	default:
		what = "no file of bytes"
	}
	return fmt.Errorf("is %s, not a regular file", what)
}

// Parse reads an uploaded pack: one file, its source texts inline.
func Parse(data []byte, opt Options) (*Pack, error) {
	if opt.MaxBytes == 0 {
		opt.MaxBytes = UploadLimit
	}
	return parse(data, nil, opt)
}

func loadFile(fsys fs.FS, name string, opt Options) (*Pack, error) {
	if opt.MaxBytes == 0 {
		opt.MaxBytes = FileLimit
	}
	if opt.Name == "" {
		opt.Name = name
	}
	data, err := readLimited(fsys, name, opt.MaxBytes)
	if errors.Is(err, errTooBig) {
		return nil, &problems{[]*Problem{tooBig(opt.Name, opt.MaxBytes)}}
	}
	if err != nil {
		return nil, fmt.Errorf("load pack: %w", err)
	}
	return parse(data, fsys, opt)
}

// parse does the work; fsys is nil for an upload.
func parse(data []byte, fsys fs.FS, opt Options) (*Pack, error) {
	if opt.Name == "" {
		opt.Name = PackFile
	}
	if int64(len(data)) > opt.MaxBytes {
		return nil, &problems{[]*Problem{tooBig(opt.Name, opt.MaxBytes)}}
	}
	r := &reader{&scope{report: report{file: opt.Name}, opt: opt, fsys: fsys, raw: data}}
	r.read()
	if err := r.err(); err != nil {
		return nil, err
	}
	r.pack.Hash = hashOf(data, r.texts)
	r.pack.Warnings = r.sorted(r.mild)
	return r.pack, nil
}

var errTooBig = errors.New("file too big")

func tooBig(file string, limit int64) *Problem {
	return (&Problem{File: file, Line: 1, Column: 1,
		message: say("the pack is larger than %s", inMiB(limit)),
		hint:    say("split it into several packs")}).worded()
}

func inMiB(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d bytes", n)
	}
	return fmt.Sprintf("%.4g MiB", float64(n)/(1<<20))
}

// readLimited reads a file of at most limit bytes; a larger one is errTooBig. It never holds
// more than limit bytes, whatever the file claims.
func readLimited(fsys fs.FS, name string, limit int64) ([]byte, error) {
	if s, ok := fsys.(fs.StatFS); ok { // before it is opened, as opening a named pipe waits for a writer
		if info, err := s.Stat(name); err == nil && !info.IsDir() && CheckRegular(info) != nil {
			return nil, &fs.PathError{Op: "read", Path: name, Err: CheckRegular(info)}
		}
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil {
		if err := CheckRegular(info); err != nil {
			return nil, &fs.PathError{Op: "read", Path: name, Err: err}
		}
		if info.Size() > limit {
			return nil, errTooBig
		}
	}
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(data)) > limit {
		return nil, errTooBig
	}
	return data, nil
}

// sourceFile is the text of one source that stands in a file of its own.
type sourceFile struct {
	id   string
	text []byte
}

// hashOf is the identity of a version: SHA-256 over the YAML and every source text, in file
// order, each with its length before it, so that no two packs run together.
func hashOf(data []byte, texts []sourceFile) string {
	h := sha256.New()
	add := func(b []byte) {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(len(b)))
		h.Write(n[:])
		h.Write(b)
	}
	add(data)
	for _, t := range texts {
		add([]byte(t.id))
		add(t.text)
	}
	return hex.EncodeToString(h.Sum(nil))
}
