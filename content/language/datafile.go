package language

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// The data of the languages, one folder each, and what they share. The files are YAML with at most
// two levels of keys; bars separate the items of a list.
//
//go:embed data/*.yaml data/*/*.yaml
var embedded embed.FS

// builtinData are the data of the built-in languages.
func builtinData() fs.FS {
	files, err := fs.Sub(embedded, "data")
	if err != nil {
		panic(err) // the path is a constant and valid
	}
	return files
}

// folders returns the languages whose folders have a file, the built-in ones first in their order.
func folders(files fs.FS, name string) []string {
	out := append([]string(nil), ownTags[:]...)
	all, _ := fs.ReadDir(files, ".") // a missing folder is told where its files are read
	for _, d := range all {
		if _, err := fs.Stat(files, d.Name()+"/"+name); err == nil && !slices.Contains(out, d.Name()) {
			out = append(out, d.Name())
		}
	}
	return out
}

// dataFile is a file of data: its sections in their order, the keys outside of any first.
type dataFile struct {
	name     string
	sections []dataSection
	index    map[string]int // of sections by name
	problems []error
}

type dataSection struct {
	name    string
	line    int
	entries []dataEntry
}

type dataEntry struct {
	key, value string
	line       int
	used       bool
}

// readData reads a file of data. Errors name the line and what to write instead.
func readData(files fs.FS, name string) (*dataFile, error) {
	src, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, fmt.Errorf("read language data: %w", err)
	}
	lines := bytes.Count(src, []byte("\n"))
	f := &dataFile{name: name, sections: make([]dataSection, 1, lines/3+2), index: make(map[string]int, lines/3+2)}
	f.index[""] = 0
	line := 0
	for text := range strings.Lines(string(src)) {
		line++
		f.line(line, strings.TrimRight(text, "\r\n"))
	}
	return f, errors.Join(f.problems...)
}

// line reads one line into the section that it belongs to.
func (f *dataFile) line(n int, text string) {
	body := strings.TrimLeft(text, " ")
	if body == "" || body[0] == '#' {
		return
	}
	indent := len(text) - len(body)
	key, value, ok := cutEntry(body)
	switch {
	case !ok:
		f.fail(n, "%q is not a key with a text: write key: text, and quote texts that begin with a sign", body)
	case indent == 0 && value == "":
		if f.section(key) != nil {
			f.fail(n, "the section %q stands twice: join the two", key)
		}
		f.index[key] = len(f.sections)
		f.sections = append(f.sections, dataSection{name: key, line: n, entries: make([]dataEntry, 0, 4)})
	case indent != 0 && indent != 2:
		f.fail(n, "%q is indented by %d spaces: sections are indented by 2", key, indent)
	default:
		s := &f.sections[0]
		if indent > 0 {
			s = &f.sections[len(f.sections)-1]
		}
		if indent > 0 && s.name == "" {
			f.fail(n, "%q is indented but belongs to no section", key)
		} else if s.entry(key) != nil {
			f.fail(n, "%q stands twice: remove one", key)
		} else {
			s.entries = append(s.entries, dataEntry{key: key, value: unquoteData(value), line: n})
		}
	}
}

// cutEntry cuts a line into key and value, without a comment at its end.
func cutEntry(s string) (key, value string, ok bool) {
	if s[0] == '"' || s[0] == '\'' || s[0] == '-' || s[0] == '\t' {
		return "", "", false
	}
	i := strings.IndexByte(s, ':')
	if i <= 0 || i+1 < len(s) && s[i+1] != ' ' {
		return "", "", false
	}
	key, value = s[:i], strings.TrimLeft(s[i+1:], " ")
	if strings.HasPrefix(value, `"`) {
		end := closingQuote(value)
		if rest := strings.TrimLeft(value[min(end+1, len(value)):], " "); end < 0 || rest != "" && rest[0] != '#' {
			return "", "", false
		}
		return key, value[:end+1], true
	}
	if strings.HasPrefix(value, "#") {
		return key, "", true
	}
	value, _, _ = strings.Cut(value, " #")
	return key, strings.TrimRight(value, " "), value == "" || strings.IndexByte("%@&*!|>'{}[],?-`", value[0]) < 0
}

// closingQuote returns where the quotation mark is that closes the text beginning with one, or -1.
func closingQuote(s string) int {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i
		}
	}
	return -1
}

// unquoteData returns a value without its quotation marks.
func unquoteData(s string) string {
	inner, ok := strings.CutPrefix(s, `"`)
	if !ok {
		return s
	}
	return quotedSigns.Replace(strings.TrimSuffix(inner, `"`))
}

var quotedSigns = strings.NewReplacer(`\"`, `"`, `\\`, `\`)

func (f *dataFile) fail(line int, format string, args ...any) {
	f.problems = append(f.problems, fmt.Errorf("%s:%d: "+format, append([]any{f.name, line}, args...)...))
}

// section returns the section of a name, or nil; "" are the keys outside of any.
func (f *dataFile) section(name string) *dataSection {
	if i, ok := f.index[name]; ok {
		return &f.sections[i]
	}
	return nil
}

func (s *dataSection) entry(key string) *dataEntry {
	for i := range s.entries {
		if s.entries[i].key == key {
			return &s.entries[i]
		}
	}
	return nil
}

// text returns a text and marks it as used; "" where it is missing.
func (f *dataFile) text(section, key string) string {
	if s := f.section(section); s != nil {
		return s.text(key)
	}
	return ""
}

func (s *dataSection) text(key string) string {
	if e := s.entry(key); e != nil {
		e.used = true
		return e.value
	}
	return ""
}

// required is text, and a problem where it is missing.
func (f *dataFile) required(section, key string) string {
	text := f.text(section, key)
	if text == "" {
		where := "the file"
		if section != "" {
			where = "the section " + section
		}
		f.fail(max(1, f.lineOf(section)), "%s lacks %q: add %s: …", where, key, key)
	}
	return text
}

func (f *dataFile) lineOf(section string) int {
	if s := f.section(section); s != nil {
		return s.line
	}
	return 1
}

// words returns a list of texts, nil where it is missing.
func (f *dataFile) words(section, key string) []string { return list(f.text(section, key)) }

// yes reports whether a switch is on.
func (f *dataFile) yes(section, key string) bool {
	switch v := f.text(section, key); v {
	case "yes":
		return true
	case "", "no":
	default:
		f.fail(f.section(section).entry(key).line, "%s is %q: write yes or no", key, v)
	}
	return false
}

// checkUsed reports keys that no reader asked for: they are misspelt or out of place.
func (f *dataFile) checkUsed() {
	for _, s := range f.sections {
		for _, e := range s.entries {
			if !e.used {
				f.fail(e.line, "unknown key %q in %s: remove it or correct its spelling", e.key, or(s.name, "the file"))
			}
		}
	}
}

// list splits texts that are separated by bars.
func list(bars string) []string {
	if bars == "" {
		return nil
	}
	out := strings.Split(bars, "|")
	for i := range out {
		out[i] = strings.TrimSpace(out[i])
	}
	return out
}
