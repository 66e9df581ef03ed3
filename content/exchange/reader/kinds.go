package reader

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"summitquiz/content/language"
)

// sort is what a file says about the kind of a question.
type sort uint8

const (
	unsaid sort = iota
	choice
	tick
	typed
	open
	truth
	matching
	ordering
)

// sorts are the lists of words that names of question kinds contain, the telling ones first.
var sorts = []struct {
	sort sort
	list string
}{
	{matching, "kind-matching"}, {ordering, "kind-ordering"}, {open, "kind-open"}, {tick, "kind-several"}, {truth, "kind-statement"}, {typed, "kind-typed"}, {choice, "kind-choice"},
}

func sortOf(s string) sort {
	s = fold(s)
	if s == "" {
		return unsaid
	}
	for _, k := range sorts {
		for _, w := range Words(k.list) {
			if len(w) > 2 && strings.Contains(s, w) || s == w {
				return k.sort
			}
		}
	}
	return unsaid
}

// apply makes what the file says of a row's kind hold.
func (r *Row) apply(s sort) {
	switch s {
	case open: // some programs call a typed answer open
		if len(r.Answers)+len(r.Correct) == 0 && !slices.ContainsFunc(r.Options, func(o Option) bool { return o.Mark == Right }) {
			r.leave("it is an open question without an answer to compare with", "")
		}
	case truth:
		r.judge()
	case matching:
		r.leave("it is a matching question: its pairs cannot be asked as one question", "write one question for each pair")
	case ordering:
		r.leave("it is an ordering question: it has no single answer", "")
	case typed: // the options of a blank are what may be typed
		if len(r.Correct) == 0 && len(r.Answers) == 0 {
			for _, o := range r.Options {
				r.Answers = append(r.Answers, o.Text)
			}
			r.Options = nil
		}
	}
}

// short are one-letter answers of statements.
var short = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for _, s := range Words("true-signs") {
		out[s] = true
	}
	for _, s := range Words("false-signs") {
		out[s] = false
	}
	return out
})

// judge writes out the short answer of a statement that the file says is true or false. A card shows
// the words of its own language for it.
func (r *Row) judge() {
	list := append(slices.Clone(r.Answers), r.Correct...)
	if len(r.Options) > 0 || len(r.Wrong) > 0 || len(list) != 1 {
		return
	}
	if is, ok := short()[fold(list[0])]; ok {
		r.State(is, language.English)
	}
}

// leave leaves a row out, for the first reason that is given.
func (r *Row) leave(reason, hint string) {
	if r.Skip == "" {
		r.Skip, r.Hint = reason, hint
	}
}

var (
	pictureName = regexp.MustCompile(`(?i)\.(png|jpe?g|gif|webp|svg|bmp|avif|heic)\b`)
	soundName   = regexp.MustCompile(`(?i)\.(mp3|ogg|wav|m4a|flac|opus)\b`)
	videoName   = regexp.MustCompile(`(?i)\.(mp4|webm|mov|avi|mkv)\b|youtu\.?be`)
)

// mediaOf says what a cell of a media column holds.
func mediaOf(head, cell string) string {
	switch cell = strings.TrimSpace(cell); {
	case cell == "", len(cell) <= 5 && !strings.Contains(cell, "."): // none, no, -, n/a, null
		return ""
	case soundName.MatchString(cell):
		return "sound"
	case videoName.MatchString(cell):
		return "video"
	case pictureName.MatchString(cell):
		return "picture"
	}
	has := func(list string) bool {
		return slices.ContainsFunc(Words(list), func(w string) bool { return strings.Contains(fold(head), w) })
	}
	switch {
	case has("sound-words"):
		return "sound"
	case has("video-words"):
		return "video"
	}
	return "picture"
}
