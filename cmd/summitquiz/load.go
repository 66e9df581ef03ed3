package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"summitquiz/content"
	"summitquiz/content/language"
)

// loadPack loads the pack at a path, a file or a folder with a pack.yaml, and prints its
// problems to w if it has any.
func loadPack(path string, w io.Writer) (*content.Pack, error) {
	p, err := readPack(path)
	if problems := content.Problems(err); len(problems) > 0 {
		for _, problem := range problems {
			fmt.Fprintln(w, problem)
		}
		return nil, errProblems
	}
	return p, unreadable(path, err)
}

// unreadable says what to do about a pack that cannot be read at all.
func unreadable(path string, err error) error {
	if err == nil {
		return nil
	}
	if info, statErr := os.Stat(path); statErr == nil && info.IsDir() && errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no %s in the folder %s: name the pack's file or its folder", content.PackFile, path)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return &fs.PathError{Op: "open", Path: path, Err: fs.ErrNotExist}
	}
	var at *fs.PathError
	if errors.As(err, &at) && !filepath.IsAbs(at.Path) {
		return &fs.PathError{Op: at.Op, Path: path, Err: at.Err}
	}
	return err
}

// packFile is the path of the file that LoadFile reads for path.
func packFile(path string) string {
	if isStdin(path) {
		return stdinName
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return filepath.Join(path, content.PackFile)
	}
	return path
}

// languagesOf returns the languages that --lang asks for: one of the pack's, or all of them.
// An empty tag means English, or the pack's first language if it has no English.
func languagesOf(p *content.Pack, tag string) ([]language.Code, error) {
	codes := p.Languages.Codes()
	switch {
	case tag == "all":
		return codes, nil
	case tag == "" && p.Languages.Has(language.English):
		return []language.Code{language.English}, nil
	case tag == "":
		return codes[:1], nil
	}
	c, ok := language.Parse(tag)
	if !ok {
		return nil, fmt.Errorf("%q is no language of this program: use one of %s", tag, tags(language.All()))
	}
	if !p.Languages.Has(c) {
		return nil, fmt.Errorf("the pack %s is not written in %s: it has %s", p.Name, c, tags(codes))
	}
	return []language.Code{c}, nil
}

func tags(codes []language.Code) string {
	names := make([]string, len(codes))
	for i, c := range codes {
		names[i] = c.String()
	}
	return strings.Join(names, ", ")
}
