package main

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"log/slog"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"summitquiz/config"
)

// newLog returns a log whose lines hold none of the secrets, wherever they come from.
func newLog(l config.Log, w io.Writer, secrets *filter) (*slog.Logger, error) {
	level, err := l.Level()
	if err != nil {
		return nil, err
	}
	asJSON, err := l.JSON()
	if err != nil {
		return nil, err
	}
	o := &slog.HandlerOptions{Level: level}
	w = filtered{w, secrets}
	if asJSON {
		return slog.New(slog.NewJSONHandler(w, o)), nil
	}
	return slog.New(slog.NewTextHandler(w, o)), nil
}

// filter replaces secrets in texts, also where a server, a library or an error echoes them in another
// spelling.
type filter struct{ replacer *strings.Replacer }

// secretLeast is the length from which a part of a secret, such as what follows the colon of a
// token, is a secret itself.
const secretLeast = 20

func newFilter(secrets ...string) *filter {
	var forms []string
	for _, s := range secrets {
		if s == "" {
			continue
		}
		parts := strings.FieldsFunc(s, func(r rune) bool { return r == ':' || r == '.' })
		for _, p := range append(parts, s) {
			if p == s || len(p) >= secretLeast {
				forms = append(forms, spellings(p)...)
			}
		}
	}
	slices.SortFunc(forms, func(a, b string) int { return len(b) - len(a) }) // a part never cuts the whole
	var pairs []string
	for _, f := range slices.Compact(forms) {
		pairs = append(pairs, f, "[secret]")
	}
	return &filter{strings.NewReplacer(pairs...)}
}

// spellings are the forms in which a text may appear.
func spellings(s string) []string {
	quoted := strconv.Quote(s)
	inJSON, err := json.Marshal(s)
	if err != nil {
		panic(err) // a string always has a form
	}
	return []string{s, quoted[1 : len(quoted)-1], string(inJSON[1 : len(inJSON)-1]), url.QueryEscape(s), url.PathEscape(s),
		base64.StdEncoding.EncodeToString([]byte(s)), base64.RawStdEncoding.EncodeToString([]byte(s)), base64.RawURLEncoding.EncodeToString([]byte(s))}
}

// clean returns a text without secrets.
func (f *filter) clean(text string) string { return f.replacer.Replace(text) }

// filtered writes through a filter. Each Write is a whole line.
type filtered struct {
	w io.Writer
	f *filter
}

func (w filtered) Write(line []byte) (int, error) {
	if _, err := io.WriteString(w.w, w.f.clean(string(line))); err != nil {
		return 0, err
	}
	return len(line), nil
}

// cleanError is an error whose text holds no secrets.
type cleanError struct {
	error
	text string
}

func (e cleanError) Error() string { return e.text }
func (e cleanError) Unwrap() error { return e.error }

// cleanErr returns err with a text without secrets.
func (f *filter) cleanErr(err error) error {
	if err == nil {
		return nil
	}
	return cleanError{err, f.clean(err.Error())}
}
