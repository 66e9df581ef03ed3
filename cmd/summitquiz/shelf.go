package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"summitquiz/bot"
	"summitquiz/content"
	"summitquiz/content/packs"
)

// shelf puts the packs that are built in and those of PACK_DIR before the hall.
type shelf struct {
	hall   *bot.Hall
	log    *slog.Logger
	folder string
	loaded []*content.Pack
	seen   string // what the folder looked like when it was last read
}

// shelfEvery is how often the folder is looked at. It is asked and not waited for, because
// folders that are mounted into containers often tell nothing by themselves.
const shelfEvery = 3 * time.Second

// provide loads everything at the start. A pack of the folder that has problems is logged and
// keeps nobody from playing the others; a folder that is not there is an error.
func (s *shelf) provide(ctx context.Context) error {
	for _, name := range packs.Names() {
		folder, err := fs.Sub(packs.FS(), name)
		if err != nil {
			return err
		}
		p, err := s.hall.Provide(ctx, folder)
		if err != nil {
			return fmt.Errorf("the built-in pack %s: %w", name, err)
		}
		s.loaded = append(s.loaded, p)
	}
	if s.folder == "" {
		return nil
	}
	if info, err := os.Stat(s.folder); err != nil || !info.IsDir() {
		return fmt.Errorf("PACK_DIR is %q: name a folder that is there and can be read", s.folder)
	}
	s.look(ctx)
	return nil
}

// look loads the packs of the folder anew if anything in it has changed.
func (s *shelf) look(ctx context.Context) {
	if s.folder == "" {
		return
	}
	files, now := s.files()
	if now == s.seen {
		return
	}
	s.seen = now
	for _, path := range files {
		p, err := loadInto(ctx, s.hall, path)
		for _, problem := range content.Problems(err) {
			s.log.Warn("a pack has a problem", "at", problem)
		}
		switch {
		case len(content.Problems(err)) > 0:
			s.log.Error("a pack was not loaded; the version before stays in use", "file", path)
		case err != nil:
			s.log.Error("a pack cannot be read", "file", path, "err", err)
		default:
			s.loaded = append(slices.DeleteFunc(s.loaded, func(q *content.Pack) bool { return q.ID == p.ID }), p)
			s.log.Info("pack loaded", "pack", p.Name, "version", p.Version, "facts", len(p.Facts), "file", path)
		}
	}
}

// files returns the packs of the folder, one file each, and a text that changes with any file in
// it.
func (s *shelf) files() (found []string, looks string) {
	var b strings.Builder
	err := filepath.WalkDir(s.folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil // it went meanwhile
		}
		depth := strings.Count(strings.TrimPrefix(path, s.folder), string(filepath.Separator))
		if d.IsDir() {
			if depth > 1 {
				return fs.SkipDir
			}
			return nil
		}
		info, err := os.Stat(path)
		if err != nil {
			return nil
		}
		fmt.Fprintln(&b, path, info.Size(), info.ModTime().UnixNano())
		ext := filepath.Ext(path)
		if d.Name() == content.PackFile || depth == 1 && slices.Contains([]string{".yaml", ".yml", ".json"}, ext) {
			found = append(found, path)
		}
		return nil
	})
	if err != nil {
		s.log.Error("read PACK_DIR", "err", err)
	}
	return found, b.String()
}

// names says what can be played, each with its version and size.
func (s *shelf) names() []string {
	var out []string
	for _, p := range s.loaded {
		out = append(out, fmt.Sprintf("%s %s (%d facts)", p.Name, p.Version, len(p.Facts)))
	}
	return out
}

// loadInto loads a pack's file, or the folder with its pack.yaml, for everybody. A symbolic link
// does not lead out of the folder.
func loadInto(ctx context.Context, hall *bot.Hall, path string) (*content.Pack, error) {
	path = packFile(path)
	root, err := os.OpenRoot(filepath.Dir(path))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	p, err := hall.Load(ctx, called{root.FS(), filepath.Base(path)})
	for _, problem := range content.Problems(err) {
		if problem.File == content.PackFile {
			problem.File = path
		}
	}
	return p, err
}

// called is a folder in which the pack's file has another name.
type called struct {
	fs.FS
	name string
}

// Open opens a file, and the pack's file by the name that it has here.
func (c called) Open(name string) (fs.File, error) {
	if name == content.PackFile {
		name = c.name
	}
	f, err := c.FS.Open(name)
	var at *fs.PathError
	if errors.As(err, &at) {
		at.Path = name
	}
	return f, err
}
