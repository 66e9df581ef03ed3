package language

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Bounds of a message, far above what a sentence needs.
const (
	maxNesting = 8    // plurals and selects within each other
	maxSource  = 8192 // bytes
	maxNames   = 64
)

// Compile reads a message in language c. names are the placeholders that may occur; their
// positions are the positions of the arguments of Append. Errors are *SyntaxError.
func Compile(c Code, src string, names []string) (*Message, error) {
	return c.Language().Compile(src, names)
}

// Compile is the function Compile in this language.
func (l *Language) Compile(src string, names []string) (*Message, error) {
	if len(names) > maxNames {
		names = names[:maxNames]
	}
	p := &parser{src: src, end: len(src), names: names, m: &Message{lang: l}}
	if len(src) > maxSource {
		return nil, &SyntaxError{Offset: maxSource, Reason: "the message is longer than 8192 bytes", Hint: "split the sentence"}
	}
	if !utf8.ValidString(src) {
		return nil, &SyntaxError{Offset: invalid(src), Reason: "the message is not valid UTF-8"}
	}
	for p.pos < p.end && space(src[p.pos]) {
		p.pos++
	}
	for p.end > p.pos && space(src[p.end-1]) {
		p.end--
	}
	if p.pos == p.end {
		return nil, &SyntaxError{Reason: "the message is empty"}
	}
	if err := p.body(0, -1); err != nil {
		return nil, err
	}
	return p.m, nil
}

// parser reads a message from left to right and writes its ops.
type parser struct {
	src      string
	pos, end int
	names    []string
	m        *Message
}

func (p *parser) fail(at int, reason, hint string) *SyntaxError {
	return &SyntaxError{Offset: at, Reason: reason, Hint: hint}
}

// body reads text and placeholders up to the end, or up to the closing brace of a branch.
// plural is the placeholder that # stands for, or -1.
func (p *parser) body(depth, plural int) *SyntaxError {
	var lit []byte
	flush := func() {
		if len(lit) > 0 {
			p.m.literal(string(lit))
			lit = lit[:0]
		}
	}
	for p.pos < p.end {
		switch b := p.src[p.pos]; {
		case b == '\'':
			at := p.pos
			var ok bool
			if lit, ok = p.quoted(lit, plural >= 0); !ok {
				return p.fail(at, "a quoted brace is not closed", "write '{' for one brace; a literal apostrophe before a brace is ''")
			}
		case b == '}':
			if depth == 0 {
				return p.fail(p.pos, "a closing brace without an opening one", "write '}' for a literal brace")
			}
			flush()
			return nil
		case b == '#' && plural >= 0:
			flush()
			p.m.ops = append(p.m.ops, op{kind: opNumber, arg: int32(plural)})
			p.pos++
		case b == '{':
			flush()
			if err := p.placeholder(depth, plural); err != nil {
				return err
			}
		case b < ' ' && b != '\n' && b != '\t':
			return p.fail(p.pos, "a control character", "remove it")
		default:
			end := p.pos + 1
			for end < p.end && p.src[end] != '\'' && p.src[end] != '{' && p.src[end] != '}' && p.src[end] != '#' && (p.src[end] >= ' ' || p.src[end] == '\n') {
				end++
			}
			lit = append(lit, p.src[p.pos:end]...)
			p.pos = end
		}
	}
	flush()
	return nil
}

// quoted reads what an apostrophe begins: a second one is an apostrophe, '{…' is literal, and before
// any other character the apostrophe is itself.
func (p *parser) quoted(lit []byte, plural bool) ([]byte, bool) {
	p.pos++
	if p.pos >= p.end {
		return append(lit, '\''), true
	}
	switch b := p.src[p.pos]; {
	case b == '\'':
		p.pos++
		return append(lit, '\''), true
	case b != '{' && b != '}' && !(b == '#' && plural):
		return append(lit, '\''), true
	}
	for p.pos < p.end {
		b := p.src[p.pos]
		p.pos++
		if b != '\'' {
			lit = append(lit, b)
			continue
		}
		if p.pos < p.end && p.src[p.pos] == '\'' {
			p.pos++
			lit = append(lit, '\'')
			continue
		}
		return lit, true
	}
	return lit, false
}

// placeholder reads {…}; p.pos is at the opening brace.
func (p *parser) placeholder(depth, plural int) *SyntaxError {
	open := p.pos
	p.pos++
	head, at := p.word(",{}")
	if p.pos >= p.end {
		return p.fail(open, "a placeholder is not closed", "add }")
	}
	if head == "" {
		return p.fail(open, "an empty placeholder", p.namesHint())
	}
	if p.src[p.pos] == '}' {
		if handled, err := p.wordOp(head, at); handled || err != nil {
			p.pos++
			return err
		}
	}
	prefix, name := "", head
	if before, rest, ok := strings.Cut(head, "+"); ok {
		prefix, name = strings.TrimSpace(before), strings.TrimSpace(rest)
		if err := p.checkPrefix(prefix, at); err != nil {
			return err
		}
	}
	arg, err := p.name(name, at)
	if err != nil {
		return err
	}
	p.m.used |= 1 << arg
	switch p.src[p.pos] {
	case '}':
		p.pos++
		p.m.ops = append(p.m.ops, op{kind: opValue, arg: int32(arg), text: prefix, oblique: p.oblique(prefix)})
		return nil
	case '{':
		return p.fail(p.pos, "a brace within a placeholder", "write {"+name+", select, …} or close the first brace")
	}
	p.pos++ // the comma
	return p.typed(open, depth, arg, prefix, plural)
}

// typed reads what follows the first comma of a placeholder.
func (p *parser) typed(open, depth, arg int, prefix string, plural int) *SyntaxError {
	kind, at := p.word(",{}")
	if p.pos >= p.end {
		return p.fail(open, "a placeholder is not closed", "add }")
	}
	switch kind {
	case "oblique":
		if p.m.lang.prefixes == nil {
			return p.fail(at, "oblique is for Arabic only", "remove it")
		}
		if p.src[p.pos] != '}' {
			return p.fail(p.pos, "nothing may follow oblique", "close the brace")
		}
		p.pos++
		p.m.ops = append(p.m.ops, op{kind: opValue, arg: int32(arg), text: prefix, oblique: true})
		return nil
	case "date":
		return p.date(open, arg, prefix)
	case "plural", "select":
		if prefix != "" {
			return p.fail(at, "a prefix cannot be joined to a "+kind, "write the prefix inside each branch")
		}
		if depth >= maxNesting {
			return p.fail(open, "branches are nested more than 8 deep", "split the sentence")
		}
		if p.src[p.pos] != ',' {
			return p.fail(p.pos, kind+" needs branches", "write {name, "+kind+", other {…}}")
		}
		p.pos++
		return p.branches(open, depth, arg, kind == "plural", plural)
	}
	return p.fail(at, "unknown kind of placeholder "+strconv.Quote(kind), DidYouMean(kind, []string{"select", "plural", "date", "oblique"}))
}

// date reads the part of {when, date, part}.
func (p *parser) date(open, arg int, prefix string) *SyntaxError {
	part, at := "", p.pos
	if p.src[p.pos] == ',' {
		p.pos++
		part, at = p.word(",{}")
	}
	if p.pos >= p.end {
		return p.fail(open, "a placeholder is not closed", "add }")
	}
	parts := []string{"year", "month", "day"}
	i := slices.Index(parts, part)
	switch {
	case i < 0:
		return p.fail(at, "unknown part of a date "+strconv.Quote(part), or(DidYouMean(part, parts), "parts are year, month, day"))
	case p.src[p.pos] != '}':
		return p.fail(p.pos, "nothing may follow the part of a date", "close the brace")
	}
	p.pos++
	p.m.ops = append(p.m.ops, op{kind: opValue, arg: int32(arg), text: prefix, part: yearPart + datePart(i)})
	return nil
}

// wordOp reads a placeholder that is no value: a Korean particle or an English article.
func (p *parser) wordOp(head string, at int) (handled bool, err *SyntaxError) {
	if slices.Contains(p.names, head) || !strings.Contains(head, "/") {
		return false, nil
	}
	if head == "a/an" {
		if !p.m.lang.article {
			return false, p.fail(at, "{a/an} is for English only", "remove it")
		}
		p.m.ops = append(p.m.ops, op{kind: opArticle})
		return true, nil
	}
	pair, hint, ok := parseParticle(head)
	switch {
	case !ok:
		if hint == "" {
			hint = "English has {a/an}, Korean particles such as {은/는}"
		}
		return false, p.fail(at, "unknown particle "+strconv.Quote(head), hint)
	case !p.m.lang.particles:
		return false, p.fail(at, "Korean particles are for Korean only", "remove it")
	}
	p.m.ops = append(p.m.ops, op{kind: opParticle, pair: &pair})
	return true, nil
}

// word reads up to one of the stop bytes, without outer white space. at is where it begins.
func (p *parser) word(stop string) (word string, at int) {
	for p.pos < p.end && space(p.src[p.pos]) {
		p.pos++
	}
	at = p.pos
	for p.pos < p.end && strings.IndexByte(stop, p.src[p.pos]) < 0 {
		p.pos++
	}
	return strings.TrimRight(p.src[at:p.pos], " \t\r\n"), at
}

// name returns the position of a placeholder among the names.
func (p *parser) name(name string, at int) (int, *SyntaxError) {
	if i := slices.Index(p.names, name); i >= 0 {
		return i, nil
	}
	return 0, p.fail(at, "unknown placeholder "+strconv.Quote(name), or(DidYouMean(name, p.names), p.namesHint()))
}

func (p *parser) namesHint() string {
	if len(p.names) == 0 {
		return "this message has no placeholders"
	}
	return "placeholders are " + strings.Join(p.names, ", ")
}

func (p *parser) checkPrefix(prefix string, at int) *SyntaxError {
	switch {
	case p.m.lang.prefixes == nil:
		return p.fail(at, "a prefix before a placeholder is for Arabic only", "write it as plain text")
	case !p.m.lang.prefixes.known(prefix):
		return p.fail(at, "unknown prefix "+strconv.Quote(prefix), "prefixes are ل ب ك و ف, and و or ف before one of the others")
	}
	return nil
}

// oblique reports whether the value that follows what was read stands after a preposition.
func (p *parser) oblique(prefix string) bool {
	known := p.m.lang.prefixes
	if known == nil {
		return false
	}
	if prefix != "" {
		return strings.ContainsAny(prefix, known.genitive)
	}
	if len(p.m.ops) == 0 {
		return false
	}
	last := &p.m.ops[len(p.m.ops)-1]
	if last.kind != opLiteral || !strings.HasSuffix(last.text, " ") {
		return false
	}
	words := strings.Fields(last.text)
	return len(words) > 0 && slices.Contains(known.governing, strings.TrimPrefix(words[len(words)-1], "و"))
}

func space(b byte) bool { return b == ' ' || b == '\t' || b == '\n' || b == '\r' }

func invalid(s string) int {
	for i, r := range s {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(s[i:]); size == 1 {
				return i
			}
		}
	}
	return 0
}
