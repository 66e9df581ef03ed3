package content

import (
	"errors"
	"io/fs"

	"go.yaml.in/yaml/v4"

	"summitquiz/content/language"
)

func (r *sourceReader) readSources(n *yaml.Node) {
	r.sources = map[string]*Source{}
	left := r.opt.MaxBytes - int64(len(r.raw))
	pairs(n, func(k, v *yaml.Node) {
		if v.Kind != yaml.MappingNode || r.sources[k.Value] != nil {
			return
		}
		s := &Source{ID: k.Value, Title: r.text(at(v, "title")), Cite: r.prose(at(v, "cite")), Language: language.English}
		r.sources[s.ID] = s
		r.pack.Sources = append(r.pack.Sources, s)
		code := at(v, "language")
		if code != nil {
			if c, ok := language.Parse(code.Value); ok {
				s.Language = c
			}
		}
		if d := at(v, "date"); d != nil {
			s.Date, _ = parseDate(d.Value)
		}
		if u := at(v, "url"); u != nil {
			s.URL = u.Value
		}
		file, inline := at(v, "text"), at(v, "inline")
		switch {
		case file != nil && inline != nil:
			r.wrong(inline, say("the source has both text: and inline:"), say("keep one of them"))
		case inline != nil && inline.Kind == yaml.ScalarNode:
			s.Text = inline.Value
		case file != nil && file.Kind == yaml.ScalarNode:
			left = r.readText(s, file, left)
		}
		if (file != nil || inline != nil) && code == nil {
			r.wrong(v, say("the source has a text but no language"), say("add language: with the language of the text"))
		}
	})
}

// readText reads the text of a source from its own file and returns how many bytes are left
// for others.
func (r *sourceReader) readText(s *Source, n *yaml.Node, left int64) int64 {
	if !fs.ValidPath(n.Value) || !plainName(n.Value) {
		return left // reported by conform
	}
	if r.fsys == nil {
		r.wrong(n, say("an upload is one file: text: cannot name another"), say("write the text itself under inline: |"))
		return left
	}
	data, err := readLimited(r.fsys, n.Value, max(left, 0))
	switch {
	case errors.Is(err, errTooBig):
		r.wrong(n, say("with %s the pack is larger than %s", n.Value, inMiB(r.opt.MaxBytes)), say("shorten the text to what facts quote"))
		return left
	case errors.Is(err, fs.ErrNotExist):
		r.wrong(n, say("there is no file %s beside the pack", n.Value), say("put it there, or remove text:"))
		return left
	case err != nil:
		r.wrong(n, say("%s cannot be read", n.Value), said(reason(err)))
		return left
	}
	s.Text = string(r.scan(n.Value, data))
	r.texts = append(r.texts, sourceFile{s.ID, data})
	return left - int64(len(data))
}

// reason is the part of a file error that does not repeat the path.
func reason(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err.Error()
	}
	return err.Error()
}

func plainName(s string) bool {
	for i := range len(s) {
		if s[i] == '/' || s[i] == '\\' || s[i] == ':' {
			return false
		}
	}
	return s != "" && s[0] != '.'
}
