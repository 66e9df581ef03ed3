package content

import (
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"summitquiz/content/language"
)

// conform checks a node and all below it against a shape and reports what differs. what names
// the node in messages. It returns whether the node itself can be read.
func (r *formChecker) conform(n *yaml.Node, s *shape, what any) bool {
	if r.full() {
		return false
	}
	n = follow(n)
	if n.Style&yaml.TaggedStyle != 0 {
		r.wrong(n, say("the YAML tag %s is not read", n.Tag), say("remove it, and quote the value if it is a text"))
		return false
	}
	switch n.Kind {
	case yaml.ScalarNode:
		if s.scalar == noScalar {
			if isNull(n) && r.partial {
				return false
			}
			if isNull(n) {
				r.wrong(n, say("%s is empty", what), say("write %s, or remove the key", s.expected()))
			} else {
				r.wrong(n, say("%s is a single value", what), say("write %s", s.expected()))
			}
			return false
		}
		if s.apart && len(r.codes) > 1 && !isNull(n) {
			r.wrong(n, say("%s is written once, but the pack has %d languages", what, len(r.codes)), say("write one per language: {%s}", r.languageHint()))
			return false
		}
		return r.conformScalar(n, s, what)
	case yaml.SequenceNode:
		return r.conformList(n, s, what)
	case yaml.MappingNode:
		if !s.mapping() {
			r.wrong(n, say("%s is a mapping", what), say("write %s", s.expected()))
			return false
		}
		return r.conformMapping(n, s, what)
	}
	r.wrong(n, say("%s cannot be read", what), say("write %s", s.expected()))
	return false
}

func (r *formChecker) conformList(n *yaml.Node, s *shape, what any) bool {
	if s.list == nil {
		r.wrong(n, say("%s is a list", what), say("write %s", s.expected()))
		return false
	}
	most := s.many
	if most == 0 {
		most = maxList
	}
	if len(n.Content) > most {
		r.wrong(n.Content[most], say("%s has %d elements, at most %d are allowed", what, len(n.Content), most), say("shorten the list"))
		return false
	}
	if s.list.keys != nil && s.list.name != "" {
		what = listed(s.list)
	}
	ok := true
	for _, c := range n.Content {
		if s.list == factShape {
			r.fact = ""
			if id := at(follow(c), "id"); id != nil && id.Kind == yaml.ScalarNode && isID(id.Value) {
				r.fact = id.Value
			}
		}
		ok = r.conform(c, s.list, what) && ok
	}
	if s.list == factShape {
		r.fact = ""
	}
	return ok
}

// listed is what an element of a list is called in messages.
func listed(s *shape) phrase {
	switch s {
	case factShape:
		return say("the fact")
	case cardShape:
		return say("the card")
	case answerShape:
		return say("the answer")
	}
	return say("the value")
}

func (r *formChecker) conformMapping(n *yaml.Node, s *shape, what any) bool {
	ok := true
	var seen map[string]int // keys of a large mapping
	if len(n.Content) > 32 {
		seen = make(map[string]int, len(n.Content)/2)
	}
	for i := 0; i+1 < len(n.Content) && !r.full(); i += 2 {
		k := n.Content[i]
		if k.Kind != yaml.ScalarNode || k.Style&yaml.TaggedStyle != 0 {
			r.wrong(k, say("a key is not a plain word"), say("write the key as one word, without *, &, ! or brackets"))
			ok = false
			continue
		}
		if k.Tag == "!!merge" {
			r.wrong(k, say("merge keys (<<) are not read"), say("write the keys out"))
			ok = false
			continue
		}
		if first := firstOf(n, i, k.Value, seen); first > 0 {
			r.wrong(k, say("%q appears twice", show(k.Value)), say("first defined at line %d", first))
			ok = false
			continue
		}
		ok = r.conformKey(k, n.Content[i+1], s, what) && ok
	}
	for i := range s.keys {
		if s.keys[i].required && (!r.partial || s != packShape) && at(n, s.keys[i].name) == nil {
			r.wrong(n, say("%s has no %s", what, s.keys[i].name), say("add %s: %s", s.keys[i].name, lowerFirst(firstSentence(s.keys[i].doc))))
			ok = false
		}
	}
	if s.complete && !hasAny(n, s.keys) {
		ok = r.conformLanguages(n, what) && ok
	}
	return ok
}

// hasAny reports whether a mapping has one of the keys.
func hasAny(n *yaml.Node, keys []key) bool {
	for i := range keys {
		if at(n, keys[i].name) != nil {
			return true
		}
	}
	return false
}

// firstOf returns the line of an earlier key of the mapping with the same name, or 0.
func firstOf(n *yaml.Node, i int, name string, seen map[string]int) int {
	if seen != nil {
		if first, again := seen[name]; again {
			return first
		}
		seen[name] = n.Content[i].Line
		return 0
	}
	for j := 0; j < i; j += 2 {
		if n.Content[j].Value == name && n.Content[j].Kind == yaml.ScalarNode {
			return n.Content[j].Line
		}
	}
	return 0
}

func (r *formChecker) conformKey(k, v *yaml.Node, s *shape, what any) bool {
	if known := s.known(k.Value); known != nil {
		return r.conform(v, known.shape, k.Value)
	}
	if s.open {
		return true
	}
	if s.rest == nil {
		hint := oneOf(k.Value, s.keyNames())
		if k.Value != "" && strings.Trim(k.Value, "0123456789") == "" {
			hint = say("inside { } a comma ends a value: put the number in quotes, or write it without commas")
		}
		r.wrong(k, say("%s has no key %q", what, show(k.Value)), hint)
		return false
	}
	if s.by == byLanguage {
		c, ok := language.Parse(k.Value)
		if !ok || c.String() != k.Value {
			if s.keys != nil {
				r.wrong(k, say("%s has no key or language %q", what, show(k.Value)), oneOf(k.Value, append(languageTags(), s.keyNames()...)))
			} else {
				r.wrong(k, say("%q is not a supported language", show(k.Value)), oneOf(k.Value, languageTags()))
			}
			return false
		}
		if r.codes != nil && !slices.Contains(r.codes, c) {
			r.warn(k, say("%s has a text in %s, which languages: does not list", what, c), say("list the language or remove the text"))
		}
		return r.conform(v, s.rest, say("%s in %s", what, k.Value))
	}
	if !isID(k.Value) {
		r.wrong(k, say("%q is not a valid id", show(k.Value)), idHint)
		return false
	}
	return r.conform(v, s.rest, k.Value)
}

var idHint = say("an id is 1 to 64 of a-z, 0-9 and hyphens")

// conformLanguages reports the languages of the pack that a mapping lacks.
func (r *formChecker) conformLanguages(n *yaml.Node, what any) bool {
	var missing []string
	for _, c := range r.codes {
		if at(n, c.String()) == nil {
			missing = append(missing, c.String())
		}
	}
	if missing == nil {
		return true
	}
	r.wrong(n, say("%s is missing in %s", what, strings.Join(missing, ", ")), say("every text needs each language that languages: lists"))
	return false
}

func (r *scope) languageHint() string {
	parts := make([]string, len(r.codes))
	for i, c := range r.codes {
		parts[i] = c.String() + ": …"
	}
	return strings.Join(parts, ", ")
}

func (r *formChecker) conformScalar(n *yaml.Node, s *shape, what any) bool {
	v := n.Value
	if n.Style&yaml.DoubleQuotedStyle != 0 {
		if bad, hint, i := firstBad(v); i >= 0 {
			r.wrongIn(n, i, say("%s holds %s", what, bad), hint)
			return false
		}
	}
	if s.scalar == nullScalar && isNull(n) {
		return true
	}
	if isNull(n) || strings.TrimSpace(v) == "" {
		r.wrong(n, say("%s is empty", what), say("write %s, or remove the key", s.expected()))
		return false
	}
	if s.max > 0 && len(v) > s.max {
		if count := utf8.RuneCountInString(v); count > s.max {
			r.wrong(n, say("%s is %d characters long", what, count), say("at most %d", s.max))
			return false
		}
	}
	return r.conformForm(n, s, what)
}

// conformForm checks that a single value is written as its shape asks.
func (r *formChecker) conformForm(n *yaml.Node, s *shape, what any) bool {
	v := n.Value
	switch s.scalar {
	case textScalar:
		if s.max == maxName && strings.ContainsAny(strings.TrimSpace(v), "\n\t") {
			r.wrong(n, say("%s holds a line break or a tab", what), say("write it on one line"))
			return false
		}
		if bad, hint, i := disguise(v); bad.format != "" && !s.verbatim {
			r.warnIn(n, i, bad, hint)
		}
	case idScalar:
		if !isID(v) {
			r.wrong(n, say("%s: %q is not a valid id", what, show(v)), idHint)
			return false
		}
	case wordScalar:
		if !slices.Contains(s.words, v) {
			r.wrong(n, say("%s cannot be %q", what, show(v)), oneOf(v, s.words))
			return false
		}
	case boolScalar:
		if v != "true" && v != "false" {
			r.wrong(n, say("%s cannot be %q", what, show(v)), say("write true or false"))
			return false
		}
	case dateScalar:
		if _, reason := parseDate(v); reason.format != "" {
			r.wrong(n, say("%s: %s", what, reason), dateHint)
			return false
		}
	case urlScalar:
		if !strings.HasPrefix(v, "https://") && !strings.HasPrefix(v, "http://") || strings.ContainsAny(v, " \n\t\"<>") {
			r.wrong(n, say("%s: %q is not a web address", what, show(v)), say("begin with https://"))
			return false
		}
	case fileScalar:
		if strings.ContainsAny(v, "/\\:") || strings.HasPrefix(v, ".") {
			r.wrong(n, say("%s: %q leads out of the pack's folder", what, show(v)), say("write the plain name of a file beside the pack"))
			return false
		}
	}
	return true
}

// show shortens a text for a message.
func show(s string) string {
	const most = 60
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	runes := []rune(s[:min(len(s), 4*most)])
	return string(runes[:min(len(runes), most-1)]) + "…"
}

func firstSentence(s string) string {
	first, _, _ := strings.Cut(s, ". ")
	return first
}

func lowerFirst(s string) string {
	if len(s) > 1 && s[0] >= 'A' && s[0] <= 'Z' && (s[1] < 'A' || s[1] > 'Z') {
		return strings.ToLower(s[:1]) + strings.TrimSuffix(s[1:], ".")
	}
	return strings.TrimSuffix(s, ".")
}
