package exchange

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"summitquiz/content/exchange/reader"
	"summitquiz/content/language"
)

var (
	orWord  = reader.Pattern(func() string { return ` ` + reader.OneOf("or-words") + ` ` })
	bracket = regexp.MustCompile(`^(.*\S)\s+[(（]([^()（）]+)[)）]$|^[(（]([^()（）]+)[)）]\s+(\S.*)$`)
)

// alternatives splits an answer in which several right ones stand: "a / b", "a; b", "a or b". An
// answer with options is one of them and stays whole.
func (c *card) alternatives() {
	if c.options {
		return
	}
	for _, list := range [][]string{{c.answer}, c.accept} {
		for _, s := range list {
			c.split(s)
		}
	}
}

func (c *card) split(s string) {
	parts := split(s)
	if len(parts) > 1 {
		c.changed(fmt.Sprintf("%q is read as %d right answers", show(s), len(parts)))
		if s == c.answer {
			c.answer = parts[0]
			parts = parts[1:]
		} else {
			c.accept = slices.DeleteFunc(c.accept, func(a string) bool { return a == s })
		}
		c.accept = c.unique(append(c.accept, parts...), c.answer)
		return
	}
	if m := bracket.FindStringSubmatch(s); m != nil && s == c.answer {
		short, inside := m[1], m[2]
		if short == "" {
			short, inside = m[4], m[3]
		}
		if !hasLetters(short) || !hasLetters(inside) || slices.Contains(c.accept, short) {
			return
		}
		c.changed(fmt.Sprintf("the bracket in %q may be left out of an answer", show(s)))
		c.accept = append(c.accept, short)
	}
}

// split returns the answers in a text, or the text alone. It cuts only at separators that stand
// between spaces or end a word: AC/DC, km/h and 1/2 have none.
func split(s string) []string {
	for _, sep := range []string{" / ", "; ", "؛ ", "；", " | "} {
		if strings.Contains(s, sep) {
			return trimmed(strings.Split(s, sep))
		}
	}
	if parts := orWord().Split(s, -1); len(parts) == 2 && isTerm(parts[0]) && isTerm(parts[1]) && !slices.Contains(reader.Words("or-idioms"), strings.ToLower(s)) {
		return trimmed(parts)
	}
	return []string{s}
}

// isTerm reports whether a text is one or two words that no title would have so. Longer texts
// with an "or" are sentences, such as "to be or not to be".
func isTerm(s string) bool {
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > 2 || utf8.RuneCountInString(s) > 30 {
		return false
	}
	first, _ := utf8.DecodeRuneInString(s)
	return !unicode.IsUpper(first) || len(words) == 1 && s == strings.ToUpper(s)
}

func trimmed(parts []string) []string {
	var out []string
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

var (
	inline = reader.Pattern(func() string {
		return `(?:^|\s)[(（]?([A-Ha-h1-8]|[①-⑧]|` + reader.LineLabels(5) + `)\s*[.)）．:]\s*`
	})
	asLast = reader.Pattern(func() string {
		return `^(.*[,:،，、—–-]|.*\s(?:` + language.TextIn(language.English, "imports", "before-options") + `)[,:]?)\s+([^?？؟]+)[?？؟]$`
	})
	orWords = reader.Pattern(func() string {
		return `(?i),?\s+` + reader.OneOf("or-inside") + `\s+|\s*` + reader.OneOf("or-inside-joined") + `\s*`
	})
)

// optionsInside finds options that stand in the question: "A) x B) y C) z" behind it, or "x, y or
// z?" at its end. Where such options cannot be read and the answer points at one, the card is left
// out.
func (c *card) optionsInside() {
	if c.options {
		return
	}
	if ask, options, _ := lettered(c.question); len(options) >= 2 && hasLetters(ask) {
		at := slices.IndexFunc(options, func(o string) bool { return foldText(o) == foldText(c.answer) })
		if n, ok := labelAt(c.answer); at < 0 && ok && n < len(options) {
			at = n
		}
		if at < 0 {
			if _, ok := labelAt(c.answer); ok {
				c.reason = "the options stand in the question and the answer " + c.answer + " is none of them"
			}
			return
		}
		c.question, c.answer, c.accept = ask, options[at], nil
		c.wrong = c.unique(slices.Delete(options, at, at+1), c.answer)
		c.options = true
		c.changed("the options in the question were taken out of it")
		c.reason = c.impossible()
		return
	}
	if options := trailing(c.question); len(options) >= 2 {
		at := slices.IndexFunc(options, func(o string) bool { return foldText(o) == foldText(c.answer) })
		if at < 0 && c.answer != "" && startsList(c.question, c.answer) { // "Is it x, y or z?"
			options, at = append([]string{c.answer}, options...), 0
		}
		if at < 0 {
			return
		}
		rest := slices.Delete(options, at, at+1)
		for _, r := range rest {
			if slices.ContainsFunc(c.accept, func(a string) bool { return foldText(a) == foldText(r) }) {
				return
			}
		}
		c.wrong = c.unique(rest, c.answer)
		c.options = len(c.wrong) > 0
		c.changed("the other options in the question are wrong answers")
		c.reason = c.impossible()
	}
}

// lettered reads "Which is it? A) x B) y": the labels have to run from the first in order. The mark of
// a question behind the last option belongs to the question.
func lettered(q string) (ask string, options, labels []string) {
	marks := inline().FindAllStringSubmatchIndex(q, -1)
	if len(marks) < 2 {
		return q, nil, nil
	}
	for i, m := range marks {
		if n, ok := labelAt(q[m[2]:m[3]]); !ok || n != i {
			return q, nil, nil
		}
	}
	for i, m := range marks {
		end := len(q)
		if i+1 < len(marks) {
			end = marks[i+1][0]
		}
		text := strings.Trim(strings.TrimSpace(q[m[1]:end]), ",;")
		if text == "" {
			return q, nil, nil
		}
		options, labels = append(options, text), append(labels, q[m[2]:m[3]])
	}
	ask = strings.TrimRight(strings.TrimSpace(q[:marks[0][0]]), " :-–(")
	last := &options[len(options)-1]
	if mark := strings.TrimLeft((*last)[len(strings.TrimRight(*last, questionMarks)):], " "); mark != "" && ask != "" && !strings.ContainsAny(ask, questionMarks) &&
		!slices.ContainsFunc(options[:len(options)-1], func(o string) bool { return strings.ContainsAny(o, questionMarks) }) {
		ask, *last = ask+mark, strings.TrimRight(*last, questionMarks+" ")
	}
	return ask, options, labels
}

const questionMarks = "?？؟"

// trailing reads "…, x, y or z?".
func trailing(q string) []string {
	if !orWords().MatchString(q) {
		return nil
	}
	m := asLast().FindStringSubmatch(q)
	if m == nil {
		return nil
	}
	list := q
	if i := strings.LastIndexAny(m[1], ":"); i >= 0 {
		list = q[i+1:]
	} else if i := firstComma(q); i >= 0 {
		list = q[i:]
	} else {
		list = m[2]
	}
	list = strings.TrimRight(list, "?？؟ ")
	ends := orWords().Split(list, -1)
	if len(ends) != 2 {
		return nil
	}
	var out []string
	for _, s := range append(strings.FieldsFunc(ends[0], func(r rune) bool { return strings.ContainsRune(",،，、", r) }), ends[1]) {
		if s = strings.TrimSpace(s); s != "" {
			if strings.Count(s, " ") > 3 {
				return nil
			}
			out = append(out, s)
		}
	}
	return out
}

// startsList reports whether the answer stands before the first comma, where a list may begin
// without a mark.
func startsList(question, answer string) bool {
	i := firstComma(question)
	if i < 0 {
		return false
	}
	before := foldText(strings.TrimRight(question[:i], ",،， "))
	return strings.HasSuffix(before, " "+foldText(answer))
}

// firstComma returns where the list begins that runs to the "or".
func firstComma(q string) int {
	for i, r := range q {
		if strings.ContainsRune(",،，—–", r) {
			return i + utf8.RuneLen(r)
		}
	}
	return -1
}
