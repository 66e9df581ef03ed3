// Package packs holds the packs that are built into the program: one folder each, with a
// pack.yaml and the source texts beside it. It promises that every folder is complete on its
// own and refuses to know what a pack means: reading and checking is the work of content.
package packs

import (
	"embed"
	"io/fs"
	"path"
	"slices"
)

//go:embed */pack.yaml */*.txt
var files embed.FS

// FS returns the built-in packs: one folder for each, named like the pack.
func FS() fs.FS { return files }

// Default returns the name of the pack for people who name none: the widest one, of which
// everybody knows something.
func Default() string { return "countries-of-the-world" }

// Names returns the names of the built-in packs in alphabetical order.
func Names() []string {
	found, _ := fs.Glob(files, "*/pack.yaml") // the pattern is right, and an embedded FS cannot fail
	names := make([]string, len(found))
	for i, f := range found {
		names[i] = path.Dir(f)
	}
	slices.Sort(names)
	return names
}
