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

// packFolder loads the built-in packs and those of PACK_DIR, and keeps up with the folder.
type packFolder struct {
	operator *operator
	log      *slog.Logger
	folder   string
	loaded   []loadedPack
	failed   bool            // a file of the folder could not be loaded
	seen     string          // what the folder looked like when it was last read
	said     map[string]bool // files whose state was logged and has not changed since
}

// loadedPack is a pack with the file that it came from; built-in packs have none.
type loadedPack struct {
	*content.Pack
	file string
}

// packDirEvery is how often the folder is read. It is polled because folders that are mounted
// into containers often send no notifications.
const packDirEvery = 3 * time.Second

// provide loads everything at the start. A pack of the folder that has problems is logged, and
// the others are loaded all the same; a folder that does not exist is an error.
func (s *packFolder) provide(ctx context.Context) error {
	for _, name := range packs.Names() {
		p, err := s.operator.provide(ctx, builtIn(name))
		if err != nil {
			return fmt.Errorf("the built-in pack %s: %w", name, err)
		}
		s.loaded = append(s.loaded, loadedPack{p, ""})
	}
	if s.folder == "" {
		return nil
	}
	if info, err := os.Stat(s.folder); err != nil || !info.IsDir() {
		return fmt.Errorf("PACK_DIR is %q: name a folder that is there and can be read", s.folder)
	}
	s.look(ctx)
	return s.comeBack(ctx)
}

// comeBack brings back each built-in pack whose file in PACK_DIR went away while nobody looked.
// Where a file has problems nothing is known of it, so everything stays as it is.
func (s *packFolder) comeBack(ctx context.Context) error {
	if s.failed {
		return nil
	}
	for i, l := range s.loaded {
		if l.file != "" || !slices.Contains(packs.Names(), string(l.ID)) {
			continue
		}
		rows, err := s.operator.library.Versions(ctx, l.ID)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(rows, func(r bot.PackRow) bool { return r.Active && r.Hash != l.Hash && r.By == bot.Folder.Member }) {
			continue
		}
		p, err := s.operator.load(ctx, builtIn(string(l.ID)))
		if err != nil {
			return err
		}
		s.loaded[i] = loadedPack{p, ""}
		s.log.Warn("the file of a pack went away: the built-in pack is in use again", "pack", l.ID, "version", p.Version)
	}
	return nil
}

// builtIn is the folder of a built-in pack.
func builtIn(name string) fs.FS {
	folder, err := fs.Sub(packs.FS(), name)
	if err != nil {
		return packs.FS() // Names returns valid paths only
	}
	return folder
}

// look loads the packs of the folder again if anything in it has changed.
func (s *packFolder) look(ctx context.Context) {
	if s.folder == "" {
		return
	}
	found := scanFolder(s.folder)
	if found.looks == s.seen {
		return
	}
	s.seen = found.looks
	said := map[string]bool{}
	for _, l := range found.left {
		key := l.file + "\x00" + l.why
		if said[key] = true; !s.said[key] {
			s.log.Warn("a file of PACK_DIR is left out", "file", l.file, "reason", l.why)
		}
	}
	s.said = said
	if len(found.packs) == 0 {
		s.log.Warn("PACK_DIR holds no packs: put .yaml, .yml or .json files into it, or folders with a pack.yaml", "folder", s.folder)
	}
	s.failed = false
	byID := map[content.PackID]string{}
	for _, path := range found.packs {
		s.load(ctx, path, byID)
	}
	s.retire(ctx, found.packs)
}

// load loads one file of the folder, unless another one has the same pack.
func (s *packFolder) load(ctx context.Context, path string, byID map[content.PackID]string) {
	p, err := content.LoadFile(path, content.Options{})
	s.failed = s.failed || err != nil
	problems := content.Problems(err)
	for _, problem := range problems {
		s.log.Warn("a pack has a problem", "at", problem)
	}
	switch {
	case len(problems) > 0:
		s.log.Error("a pack was not loaded; the version before stays in use", "file", path)
		return
	case err != nil:
		s.log.Error("a pack cannot be read", "file", path, "err", err)
		return
	}
	if first := byID[p.ID]; first != "" {
		s.log.Warn("two files hold the same pack: the first is used; remove one, or give it another pack:", "pack", p.ID, "used", first, "left_out", path)
		return
	}
	byID[p.ID] = path
	at := slices.IndexFunc(s.loaded, func(l loadedPack) bool { return l.ID == p.ID })
	if at >= 0 && s.loaded[at].file == path && s.loaded[at].Hash == p.Hash {
		return
	}
	if r, err := s.operator.library.Version(ctx, p.ID, p.Version); err == nil && r.Hash != p.Hash {
		s.log.Warn("a pack has other content under the version that it had before: give it another version:", "pack", p.ID, "version", p.Version, "file", path)
	}
	byFile := *s.operator
	byFile.actor = bot.Folder
	if p, err = loadInto(ctx, &byFile, path); err != nil {
		s.log.Error("a pack cannot be loaded", "file", path, "err", err)
		return
	}
	if at < 0 {
		s.loaded = append(s.loaded, loadedPack{p, path})
	} else {
		if s.loaded[at].file == "" {
			s.log.Warn("a pack of PACK_DIR replaces a built-in one", "pack", p.ID, "file", path)
		}
		s.loaded[at] = loadedPack{p, path}
	}
	s.log.Info("pack loaded", "pack", p.Name, "version", p.Version, "facts", len(p.Facts), "file", path)
}

// retire looks after packs whose file went away: a built-in one comes back, any other stays in
// use until an operator disables it.
func (s *packFolder) retire(ctx context.Context, files []string) {
	for i, l := range s.loaded {
		if l.file == "" || slices.Contains(files, l.file) {
			continue
		}
		s.loaded[i].file = ""
		if !slices.Contains(packs.Names(), string(l.ID)) {
			s.log.Warn("the file of a pack went away: its last version stays in use until `summitquiz pack disable` takes it out", "pack", l.ID, "file", l.file)
			continue
		}
		p, err := s.operator.load(ctx, builtIn(string(l.ID)))
		if err != nil {
			s.log.Error("a built-in pack cannot be loaded", "pack", l.ID, "err", err)
			continue
		}
		s.loaded[i] = loadedPack{p, ""}
		s.log.Warn("the file of a pack went away: the built-in pack is in use again", "pack", l.ID, "version", p.Version, "file", l.file)
	}
}

// folderContent is what a folder holds.
type folderContent struct {
	packs []string   // a file each, in the order of their names
	left  []leftFile // what cannot be a pack, though it looks like one
	looks string     // a text that changes with any file
}

type leftFile struct{ file, why string }

// scanFolder finds the packs of a folder: files in it, and pack.yaml in a folder of it. Hidden
// folders are left out, as mounted folders keep their older versions in them.
func scanFolder(folder string) folderContent {
	var found folderContent
	var looks strings.Builder
	entries := func(dir string) []fs.DirEntry {
		list, err := os.ReadDir(dir)
		if err != nil {
			found.left = append(found.left, leftFile{dir, "it cannot be read: " + err.Error()})
		}
		return list
	}
	file := func(path string, pack bool) {
		info, err := os.Stat(path)
		if err != nil {
			if pack {
				found.left = append(found.left, leftFile{path, "it cannot be read: " + err.Error()})
			}
			return
		}
		fmt.Fprintln(&looks, path, info.Size(), info.ModTime().UnixNano(), info.Mode().Type())
		if err := content.CheckRegular(info); pack && err != nil {
			found.left = append(found.left, leftFile{path, err.Error()})
		} else if pack {
			found.packs = append(found.packs, path)
		}
	}
	for _, e := range entries(folder) {
		path := filepath.Join(folder, e.Name())
		info, err := os.Stat(path)
		if err != nil || !info.IsDir() {
			file(path, slices.Contains([]string{".yaml", ".yml", ".json"}, filepath.Ext(e.Name())))
			continue
		}
		if strings.HasPrefix(e.Name(), ".") {
			continue
		}
		for _, inner := range entries(path) {
			if info, err := os.Stat(filepath.Join(path, inner.Name())); err != nil || !info.IsDir() {
				file(filepath.Join(path, inner.Name()), inner.Name() == content.PackFile)
			}
		}
	}
	for _, l := range found.left {
		fmt.Fprintln(&looks, l.file, l.why)
	}
	found.looks = looks.String()
	if found.looks == "" {
		found.looks = "empty"
	}
	return found
}

// names says what can be played, each with its version and size.
func (s *packFolder) names() []string {
	var out []string
	for _, p := range s.loaded {
		out = append(out, fmt.Sprintf("%s %s (%d facts)", p.Name, p.Version, len(p.Facts)))
	}
	return out
}

// loadInto loads a pack's file, or the folder with its pack.yaml, for everybody; - is the
// standard input. Source texts are read from the folder of the file only.
func loadInto(ctx context.Context, o *operator, path string) (*content.Pack, error) {
	if isStdin(path) {
		data, err := readStdin()
		if err != nil {
			return nil, err
		}
		p, err := o.load(ctx, onlyFile{content.PackFile, data})
		return p, renamed(err, stdinName)
	}
	path, err := content.FindFile(path)
	if err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(filepath.Dir(path))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	p, err := o.load(ctx, called{root.FS(), filepath.Base(path)})
	return p, renamed(err, path)
}

// renamed gives the problems of a pack the name under which the caller knows its file.
func renamed(err error, path string) error {
	for _, problem := range content.Problems(err) {
		if problem.File == content.PackFile {
			problem.File = path
		}
	}
	return err
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
	if info, err := fs.Stat(c.FS, name); err == nil && content.CheckRegular(info) != nil {
		return nil, &fs.PathError{Op: "read", Path: name, Err: content.CheckRegular(info)}
	}
	f, err := c.FS.Open(name)
	var at *fs.PathError
	if errors.As(err, &at) {
		at.Path = name
	}
	return f, err
}
