// Package content holds packs of facts: their format, loading, checks, versions and lookups.
//
// It promises that a loaded pack is whole: every id leads somewhere, every sentence compiles,
// every text is there in every language of the pack, nothing that is declared false is true,
// and every piece of evidence stands in its source. It reports all that is wrong in one run,
// each problem with file, line, column and how to mend it. Loading takes bounded time and
// memory whatever the bytes are, and never panics. A Pack never changes once loaded, so any
// number of goroutines may read it.
//
// It refuses to repair: a pack with a problem is not loaded at all. It makes no questions and
// shows nothing to anybody; it knows no clock, so whether a fact has expired is for its caller.
//
// # How a pack is read
//
// A reader (reader.go) has a part for each step, and all parts share a scope: the file, the
// problems found so far, and what ids stand for. The bytes are scanned for what no text may
// hold (scan.go) and parsed into nodes by a document (tree.go), past broken parts where there
// are any (syntax.go). A formChecker compares the nodes with a table of shapes (format.go,
// conform.go), from which the JSON Schema and docs/pack-reference.md come too. Then texts,
// sources, entities, relations, facts and cards are read, each by a reader of its own, and last
// a packChecker looks at the pack as a whole (check.go) over its index (index.go).
//
// What is wrong is said as a phrase (say.go): an English format with arguments, translated in
// problems.yaml.
//
// # Libraries
//
// YAML is parsed by go.yaml.in/yaml/v4, to nodes: they carry line and column of every key and
// value, which decoding into structs would lose, and they are what lets all problems come at
// once instead of the first. It is the official successor of yaml.v3, reads comments, anchors
// and JSON, and limits nesting by an option. For a pack of 100,000 facts it is more than three
// times as fast as goccy/go-yaml, whose error excerpts are finer but whose tree takes twice the
// memory. What it lacks stands beside it: its alias limit guards decoding only, so tree.go
// measures aliases before anything follows one; a node has no places inside its text, so
// place.go finds them; it stops at the first mistake, so syntax.go goes on; a file that is one
// bracket costs it a gigabyte, so json.go opens that; it knows no paired escapes, so
// surrogate.go joins them.
//
// The schema is made from the same shapes as the checks: one from Go structs could not describe
// texts that are one string or one per language. santhosh-tekuri/jsonschema/v6 validates it
// in the tests, being the fullest implementation of draft 2020-12 in Go; nothing of it is in
// the program, whose own checks are stricter and have places.
package content
