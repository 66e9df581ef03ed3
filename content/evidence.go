package content

import (
	"index/suffixarray"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// checkEvidence reports evidence that does not stand in its source, with the place where the
// two part. A source without a text is not checked.
func (r *evidenceChecker) checkEvidence(src *Source, n *yaml.Node) {
	if src.Text == "" || n.Value == "" || r.holds(src, n.Value) {
		return
	}
	message := say("the evidence is not in %s", src.ID)
	if r.nearest == maxNearest {
		r.wrong(n, message, say("copy it from the source character by character"))
		return
	}
	r.nearest++
	same, at := r.longestPrefix(src, n.Value)
	if same == 0 {
		if found := r.longestInside(src, n.Value); found != "" {
			r.wrong(n, message, say("only %q does; copy the evidence from the source character by character", show(found)))
			return
		}
		r.wrong(n, message, say("copy it from the source character by character"))
		return
	}
	got, _ := utf8.DecodeRuneInString(n.Value[same:])
	want, size := utf8.DecodeRuneInString(src.Text[at+same:])
	hint := say("after %q the source ends", tail(n.Value[:same]))
	if size > 0 {
		line := 1 + strings.Count(src.Text[:at+same], "\n")
		column := 1 + utf8.RuneCountInString(src.Text[strings.LastIndexByte(src.Text[:at+same], '\n')+1:at+same])
		hint = say("after %q the source has %s, the evidence %s; see the source at %d:%d", tail(n.Value[:same]), named(want), named(got), line, column)
	}
	r.wrongIn(n, same, message, hint)
}

// named shows a character so that look-alikes can be told apart.
func named(c rune) phrase {
	switch c {
	case '\n':
		return say("a line break")
	case ' ':
		return say("a space")
	}
	return say("%q (%U)", c, c)
}

// tail is the end of a text.
func tail(s string) string {
	runes := []rune(s)
	if len(runes) > 24 {
		return "…" + string(runes[len(runes)-23:])
	}
	return s
}

// maxNearest is for how many pieces of evidence the nearest place is looked up; it costs some
// ten searches each.
const maxNearest = 50

// searchBudget is how many bytes may be searched plainly before a source gets a suffix array,
// which takes long to make and then answers in no time.
const searchBudget = 256 << 20

// holds reports whether a source holds a text.
func (r *evidenceChecker) holds(src *Source, text string) bool {
	if a := r.arrays[src]; a != nil {
		return len(a.Lookup([]byte(text), 1)) > 0
	}
	if r.searched += len(src.Text); r.searched > searchBudget && len(src.Text) > 1<<12 {
		if r.arrays == nil {
			r.arrays = map[*Source]*suffixarray.Index{}
		}
		r.arrays[src] = suffixarray.New([]byte(src.Text))
	}
	return strings.Contains(src.Text, text)
}

// longestPrefix returns how many bytes of a text, from its start, stand in the source together,
// and where.
func (r *evidenceChecker) longestPrefix(src *Source, text string) (length, at int) {
	low, high := 0, len(text)-1
	for low < high {
		mid := (low + high + 1) / 2
		if r.holds(src, text[:mid]) {
			low = mid
		} else {
			high = mid - 1
		}
	}
	for low > 0 && !utf8.RuneStart(text[low]) {
		low--
	}
	if low < 4 {
		return 0, 0 // a letter or two stand anywhere
	}
	return low, strings.Index(src.Text, text[:low])
}

// longestInside returns a longer stretch of whole words of a text that stands in the source.
func (r *evidenceChecker) longestInside(src *Source, text string) string {
	words := strings.Fields(text)
	for i := 1; i < len(words) && i < 4; i++ {
		rest := text[strings.Index(text, words[i]):]
		if n, _ := r.longestPrefix(src, rest+" "); n > 12 {
			return strings.TrimSpace(rest[:min(n, len(rest))])
		}
	}
	return ""
}
