package exchange

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"summitquiz/content/exchange/reader"
)

// ofThese are questions that mean nothing without their options, so that the same words can ask
// different things.
var ofThese = reader.PatternOf("questions", "asks-of-these")

// twice says where a question stood before. Two questions that ask of their options are the same
// only if those are.
func (in *importing) twice(c *card) (reason, hint string) {
	key := foldText(c.question)
	all := slices.Sorted(slices.Values(append([]string{c.answer}, c.wrong...)))
	h := fnv.New64a()
	_, _ = h.Write([]byte(strings.Join(all, "\x00")))
	options := h.Sum64()
	first, again := in.seen[key]
	if !again {
		in.seen[key] = origin{c.row.Line, options}
		return "", ""
	}
	if c.options && ofThese().MatchString(c.question) {
		own := key + "\x00" + strconv.FormatUint(options, 16)
		_, same := in.seen[own]
		if !same && options != first.options {
			in.seen[own] = origin{c.row.Line, options}
			c.id = "card-" + strconv.FormatUint(options, 16) + "-" + strconv.Itoa(c.row.Line)
			return "", ""
		}
	}
	return "this question stands twice", fmt.Sprintf("the same question is already at line %d", first.line)
}

// labelAt returns the position that a letter or number stands for.
func labelAt(s string) (int, bool) {
	s = strings.Trim(strings.TrimSpace(s), "().:")
	if n, err := strconv.Atoi(norm.NFKC.String(s)); err == nil && n >= 1 && n <= 10 {
		return n - 1, true
	}
	return reader.Label(s)
}
