// Command licences prints the licence texts of every module that a program is built from, and of the
// data in this repository that others made. Modules with the same text share it.
//
//	go run -C tools ./licences ../cmd/summitquiz > cmd/summitquiz/licences.txt
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// module is a module as the Go command tells it.
type module struct {
	Path, Version, Dir string
	Main               bool
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: licences FOLDER")
		os.Exit(2)
	}
	if err := write(os.Stdout, os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "licences:", err)
		os.Exit(1)
	}
}

func write(w io.Writer, folder string) error {
	modules, err := modulesOf(folder)
	if err != nil {
		return err
	}
	var order []string
	users := map[string][]string{}
	for _, m := range modules {
		text, err := licence(m.Dir)
		if err != nil {
			return fmt.Errorf("%s: %w", m.Path, err)
		}
		if users[text] == nil {
			order = append(order, text)
		}
		users[text] = append(users[text], m.Path+" "+m.Version)
	}
	for _, text := range order {
		if _, err := fmt.Fprintf(w, "==== %s\n\n%s\n\n", strings.Join(users[text], "\n==== "), text); err != nil {
			return err
		}
	}
	return writeData(w, "..")
}

// writeData prints the licences that stand beside data of others: LICENSE.NAME.
func writeData(w io.Writer, root string) error {
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasPrefix(d.Name(), "LICENSE.") {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(w, "==== %s, in %s\n\n%s\n\n", strings.TrimPrefix(d.Name(), "LICENSE."),
			filepath.ToSlash(strings.TrimPrefix(filepath.Dir(path), root+string(filepath.Separator))), bytes.TrimSpace(text))
		return err
	})
}

// modulesOf returns the modules of a program on every system that it is released for, sorted by path,
// and Go's own library.
func modulesOf(folder string) ([]module, error) {
	seen := map[string]module{}
	for _, system := range []string{"linux", "darwin", "windows"} {
		list := exec.Command("go", "list", "-deps", "-json=Module", ".")
		list.Dir, list.Stderr = folder, os.Stderr
		list.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+system)
		out, err := list.Output()
		if err != nil {
			return nil, err
		}
		if err := collect(seen, out); err != nil {
			return nil, err
		}
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, err
	}
	modules := []module{{Path: "Go standard library", Dir: strings.TrimSpace(string(root))}}
	for _, m := range seen {
		modules = append(modules, m)
	}
	slices.SortFunc(modules, func(a, b module) int { return strings.Compare(a.Path, b.Path) })
	return modules, nil
}

// collect adds the modules in what the Go command printed.
func collect(seen map[string]module, out []byte) error {
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct{ Module *module }
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		if p.Module != nil && !p.Module.Main {
			seen[p.Module.Path] = *p.Module
		}
	}
}

// licence returns the texts in a module's folder that are called as licences are.
func licence(folder string) (string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return "", err
	}
	var texts []string
	for _, e := range entries {
		name := strings.ToUpper(e.Name())
		if e.IsDir() || strings.HasSuffix(name, ".GO") ||
			!slices.ContainsFunc([]string{"LICENSE", "LICENCE", "COPYING", "NOTICE"}, func(p string) bool { return strings.HasPrefix(name, p) }) {
			continue
		}
		data, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			return "", err
		}
		texts = append(texts, strings.TrimSpace(strings.ReplaceAll(string(data), "\r\n", "\n")))
	}
	if len(texts) == 0 {
		return "", errors.New("no licence is there")
	}
	return strings.Join(texts, "\n\n"), nil
}
