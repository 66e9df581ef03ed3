package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"

	"summitquiz/config"
	"summitquiz/content"
)

type versionCommand struct{}

func (versionCommand) Help() string {
	return `Example:

    summitquiz version`
}

func (versionCommand) Run(s streams) error {
	_, err := fmt.Fprintln(s.out, "summitquiz "+version())
	return err
}

// version is what the Go command recorded of the build: the module's version, the revision
// and the compiler.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	v := cmp.Or(strings.Trim(info.Main.Version, "()"), "devel")
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && !strings.Contains(v, s.Value[:min(12, len(s.Value))]) {
			v += " " + s.Value[:min(12, len(s.Value))]
		}
	}
	return v + " " + info.GoVersion
}

type schemaCommand struct{}

func (schemaCommand) Help() string {
	return `With the schema in a file, an editor that reads YAML completes keys and marks mistakes. Put this line on top of a pack:

    # yaml-language-server: $schema=pack.schema.json

Example:

    summitquiz pack schema > pack.schema.json`
}

func (schemaCommand) Run(s streams) error {
	_, err := s.out.Write(content.Schema())
	return err
}

type diffCommand struct {
	config.Database `embed:""`
	Old             string `arg:"" help:"The earlier version: a file, a folder, or PACK@VERSION of the database."`
	New             string `arg:"" help:"The later version."`
}

func (diffCommand) Help() string {
	return `Says which facts, entities, relations and sources came, went and changed, and what changed in them. The exit code is 0, also when the versions differ, and 1 if one of them has problems.

Examples:

    summitquiz pack diff old/pack.yaml new/pack.yaml
    summitquiz pack diff gyeongju-summit-2025@1.0.0 mypack`
}

func (c diffCommand) Run(ctx context.Context, s streams) error {
	before, err := c.version(ctx, c.Old, s.err)
	if err != nil {
		return err
	}
	after, err := c.version(ctx, c.New, s.err)
	if err != nil {
		return err
	}
	_, err = fmt.Fprint(s.out, describe(content.Diff(before, after)))
	return err
}

// version loads what an argument names.
func (c diffCommand) version(ctx context.Context, name string, w io.Writer) (*content.Pack, error) {
	pack, version, stored := strings.Cut(name, "@")
	if _, err := os.Stat(name); err == nil || !stored {
		return loadPack(name, w)
	}
	var p *content.Pack
	err := withStore(ctx, c.Database, func(o *operator, db database) error {
		r, err := versionOf(ctx, o, db, pack, version)
		if err != nil {
			return err
		}
		v, err := o.library.Read(ctx, r)
		p = v
		return err
	})
	return p, err
}

// describe says what changed, a line each.
func describe(c content.Changes) string {
	var b strings.Builder
	switch {
	case c.Same:
		return "The versions are the same, byte for byte.\n"
	case c.Empty():
		b.WriteString("Only comments or layout differ.\n")
	default:
		fmt.Fprintf(&b, "%s -> %s\n", c.From, c.To)
	}
	if c.SameLabel {
		fmt.Fprintf(&b, "warning: both are labelled %s: give the new one another version:\n", c.To)
	}
	if len(c.About) > 0 {
		fmt.Fprintf(&b, "the pack's %s changed\n", strings.Join(c.About, ", "))
	}
	for _, part := range []struct {
		what    string
		changes []content.Change
	}{{"fact", c.Facts}, {"entity", c.Entities}, {"relation", c.Relations}, {"source", c.Sources}} {
		for _, change := range part.changes {
			fmt.Fprintf(&b, "%s %s %s", part.what, change.ID, change.How)
			if len(change.What) > 0 {
				fmt.Fprintf(&b, ": %s", strings.Join(change.What, ", "))
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}
