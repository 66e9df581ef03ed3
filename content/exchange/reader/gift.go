package reader

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// openGIFT reads Moodle's GIFT. Questions are divided by empty lines outside braces.
func (f *File) openGIFT(text string, opt Options) error {
	f.Format = GIFT
	if strings.Contains(text, "$CATEGORY") {
		f.state("the categories of $CATEGORY have no place in a card")
	}
	f.rows = func(yield func(Row) bool) error {
		g := &giftFile{yield: yield, lang: opt}
		line := 0
		for s := range strings.Lines(text) {
			line++
			if !g.line(line, strings.TrimRight(s, "\n")) {
				return nil
			}
		}
		g.flush()
		return nil
	}
	return nil
}

type giftFile struct {
	yield    func(Row) bool
	lang     Options
	category string
	lines    []string
	numbers  []int // of the lines in the file
	size     int
	depth    int // 1 inside braces
	braces   int // how many have closed
	next     int // which of the lines may begin the next question, as a } ended the line before; 0: none
	blank    bool
	joined   bool // no empty line stands before the question
	ended    bool
}

// line adds a line; it returns false when no more are wanted.
func (g *giftFile) line(n int, s string) bool {
	plain := strings.TrimSpace(s)
	starts := strings.HasPrefix(plain, "::") || strings.HasPrefix(plain, "//") || strings.HasPrefix(plain, "$CATEGORY:")
	switch {
	case strings.HasPrefix(plain, "//"):
		return !g.ended
	case plain == "":
		g.blank = true
		if g.depth == 0 {
			g.flush()
		}
		return !g.ended
	case g.depth > 0 && g.blank && starts, g.depth == 0 && starts && g.size > 0 && strings.HasPrefix(plain, "::"), g.size > maxCell:
		g.flush()
	}
	g.blank = false
	if rest, ok := strings.CutPrefix(plain, "$CATEGORY:"); ok && g.depth == 0 {
		g.flush()
		g.category = strings.TrimPrefix(strings.TrimSpace(rest), "$course$/")
		return !g.ended
	}
	g.divide(s)
	g.lines, g.numbers, g.size = append(g.lines, s), append(g.numbers, n), g.size+len(s)
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '{':
			g.depth = 1
		case '}':
			g.braces, g.depth = g.braces+g.depth, 0
		}
	}
	if g.braces > 0 && g.next == 0 && g.depth == 0 && strings.HasSuffix(plain, "}") {
		g.next = len(g.lines)
	}
	return !g.ended
}

// divide ends a question that has its answers where a line opens braces again: whoever wrote the file left
// out the empty line between two questions.
func (g *giftFile) divide(s string) {
	if g.braces == 0 || g.depth > 0 || unescaped(s, "{") < 0 {
		return
	}
	if g.next == 0 {
		g.next = len(g.lines)
	}
	later, numbers := slices.Clone(g.lines[g.next:]), slices.Clone(g.numbers[g.next:])
	g.lines = g.lines[:g.next]
	g.flush()
	g.lines, g.numbers, g.joined = append(g.lines, later...), append(g.numbers, numbers...), true
	for _, l := range later {
		g.size += len(l)
	}
}

func (g *giftFile) flush() {
	if len(g.lines) > 0 && !g.ended {
		row := Row{Line: g.numbers[0], Category: g.category}
		if g.joined {
			row.Changes = append(row.Changes, "no empty line stands before the question: it begins where the one before it has its answers")
		}
		giftRow(&row, strings.Join(g.lines, "\n"), g.lang)
		g.ended = !g.yield(row)
	}
	g.lines, g.numbers, g.size, g.depth, g.blank = g.lines[:0], g.numbers[:0], 0, 0, false
	g.braces, g.next, g.joined = 0, 0, false
}

var giftTag = regexp.MustCompile(`^\[(html|markdown|plain|moodle)\]`)

// giftRow reads one question.
func giftRow(row *Row, s string, opt Options) {
	s = strings.TrimSpace(s)
	if rest, ok := strings.CutPrefix(s, "::"); ok {
		if i := unescaped(rest, "::"); i >= 0 {
			s = strings.TrimSpace(rest[i+2:])
		}
	}
	if m := giftTag.FindStringSubmatch(s); m != nil {
		s = s[len(m[0]):]
		switch m[1] {
		case "html":
			row.Markup = HTML
		case "plain":
			row.Markup, row.Exact = Plain, true
		}
	}
	from := unescaped(s, "{")
	if from < 0 {
		row.Question = giftText(s)
		row.leave("it has no answers: a description", "")
		return
	}
	length := unescaped(s[from:], "}")
	if length < 0 {
		row.Question = giftText(s[:from])
		row.leave("a { opens and does not close", "write } behind the last answer")
		return
	}
	head, body, tail := s[:from], strings.TrimSpace(s[from+1:from+length]), strings.TrimSpace(s[from+length+1:])
	row.Question = strings.TrimSpace(giftText(head))
	if tail != "" {
		gap := "____"
		if head != "" && !strings.HasSuffix(head, " ") && !strings.HasSuffix(head, "\n") {
			gap = " ____"
		}
		if after := s[from+length+1:]; strings.HasPrefix(after, " ") || strings.HasPrefix(after, "\n") {
			tail = " " + tail
		}
		row.Question = strings.TrimSpace(giftText(head) + gap + giftText(tail))
	}
	if i := unescaped(body, "####"); i >= 0 {
		row.Note = giftText(strings.TrimSpace(body[i+4:]))
		body = strings.TrimSpace(body[:i])
	}
	giftBody(row, body, opt)
}

var giftTruth = regexp.MustCompile(`(?is)^(t|f|true|false)\s*(#.*)?$`)

func giftBody(row *Row, body string, opt Options) {
	switch m := giftTruth.FindStringSubmatch(body); {
	case body == "":
		row.leave("it is an essay: there is no answer to compare with", "")
	case m != nil:
		row.State(strings.EqualFold(m[1][:1], "t"), opt.Language)
	case body[0] == '#':
		giftNumber(row, strings.TrimSpace(body[1:]))
	default:
		giftAnswers(row, giftItems(body))
	}
}

// giftItem is one answer of a question.
type giftItem struct {
	sign   byte // = or ~
	weight float64
	given  bool // the weight was written
	text   string
	note   string
}

var giftWeight = regexp.MustCompile(`^%(-?\d+(?:\.\d+)?)%`)

func giftItems(body string) []giftItem {
	var out []giftItem
	for body != "" {
		it := giftItem{sign: body[0]}
		if it.sign != '=' && it.sign != '~' {
			it.sign = 0
		} else {
			body = body[1:]
		}
		end := len(body)
		for _, sign := range []string{"=", "~"} {
			if i := unescaped(body[:end], sign); i >= 0 {
				end = i
			}
		}
		text := strings.TrimSpace(body[:end])
		body = body[end:]
		if m := giftWeight.FindStringSubmatch(text); m != nil {
			it.weight, _ = strconv.ParseFloat(m[1], 64)
			it.given = true
			text = text[len(m[0]):]
		} else if it.sign == '=' {
			it.weight = 100
		}
		if i := unescaped(text, "#"); i >= 0 {
			it.note = giftText(strings.TrimSpace(text[i+1:]))
			text = text[:i]
		}
		it.text = strings.TrimSpace(text)
		if m := giftTag.FindString(it.text); m != "" {
			it.text = it.text[len(m):]
		}
		out = append(out, it)
	}
	return out
}

// giftAnswers reads multiple choice and short answers.
func giftAnswers(row *Row, items []giftItem) {
	wrong, pairs, whole := 0, 0, false
	for _, it := range items {
		whole = whole || it.weight >= 100
		switch {
		case it.sign == 0:
			row.leave("its answers are not marked with = or ~", "")
			return
		case it.sign == '~':
			wrong++
		case unescaped(it.text, "->") >= 0:
			pairs++
		}
	}
	if pairs > 1 && wrong == 0 {
		row.apply(matching)
		return
	}
	for _, it := range items {
		if it.weight == 100 && it.note != "" && row.Note == "" {
			row.Note = it.note
		}
		if wrong > 0 {
			row.weigh(giftText(it.text), it.weight, whole)
			continue
		}
		text := it.text
		switch {
		case it.given && it.weight < 100:
			row.Changes = append(row.Changes, fmt.Sprintf("the answer %q is left out, as it earns %v %% only", giftText(text), it.weight))
		case strings.Contains(strings.ReplaceAll(text, `\*`, ""), "*"):
			row.Changes = append(row.Changes, "the answer "+strconv.Quote(giftText(text))+" is left out, as * in it stands for any text")
		default:
			row.Answers = append(row.Answers, giftText(strings.ReplaceAll(text, `\*`, "*")))
		}
	}
}

// weigh adds an option that earns some of the points. Where another one earns all of them, one that earns a
// part is neither right nor wrong; where none does, those that earn a part are right together.
func (r *Row) weigh(text string, weight float64, whole bool) {
	o := Option{Text: text, Mark: NotRight}
	switch {
	case whole && weight > 0 && weight < 100:
		r.Changes = append(r.Changes, fmt.Sprintf("the option %q is left out, as it earns part of the points only", text))
		return
	case weight > 0:
		o.Mark = Right
	}
	if whole {
		r.Several = Any
	}
	r.Options = append(r.Options, o)
}

// giftNumber reads a number, a number with a tolerance, or a range.
func giftNumber(row *Row, body string) {
	if !strings.HasPrefix(body, "=") {
		body = "=" + body
	}
	for _, it := range giftItems(body) {
		if it.given && it.weight < 100 {
			row.Changes = append(row.Changes, "the answer "+it.text+" is left out, as it earns part of the points only")
			continue
		}
		if row.Note == "" {
			row.Note = it.note
		}
		if low, high, ok := strings.Cut(it.text, ".."); ok {
			row.between(strings.TrimSpace(low), strings.TrimSpace(high))
			continue
		}
		value, tolerance, _ := strings.Cut(it.text, ":")
		row.near(strings.TrimSpace(value), strings.TrimSpace(tolerance))
	}
}

// unescaped returns the place of a mark that has no backslash before it, or -1.
func unescaped(s, mark string) int {
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' {
			i++
			continue
		}
		if strings.HasPrefix(s[i:], mark) {
			return i
		}
	}
	return -1
}

var giftEscape = regexp.MustCompile(`\\(n|[^\sA-Za-z0-9])`)

// giftText undoes escapes: a backslash before a mark is none of the text.
func giftText(s string) string {
	return giftEscape.ReplaceAllStringFunc(s, func(e string) string {
		if e == `\n` {
			return "\n"
		}
		return e[1:]
	})
}
