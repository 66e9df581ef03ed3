package reader

import (
	"strconv"
	"strings"
)

// gap is what stands in a question where a word is asked for.
const gap = "____"

// piece is a part of a text with deletions: plain text, or a deletion with its own pieces.
type piece struct {
	text   string
	number int // of the deletion; 0 for plain text
	hint   string
	inside []piece
}

// clozes returns the rows of a text with deletions such as {{c1::answer::hint}}, one for each
// number. ok is false if there are none.
func clozes(row Row) (rows []Row, ok bool) {
	if !hasCloze(row.Question) {
		return nil, false
	}
	pieces, rest := clozePieces(row.Question, 0)
	if rest != "" {
		pieces = append(pieces, piece{text: rest})
	}
	var numbers []int
	seen := map[int]int{}
	countDeletions(pieces, func(n int) {
		if seen[n] == 0 {
			numbers = append(numbers, n)
		}
		seen[n]++
	})
	if len(numbers) == 0 {
		return nil, false
	}
	for _, n := range numbers {
		r := row
		r.Answers = nil
		r.Note = strings.TrimSpace(strings.Join(append(append([]string(nil), row.Answers...), row.Note), " "))
		var text strings.Builder
		var answers []string
		blank(&text, pieces, n, &answers)
		r.Question = text.String()
		r.Answers = answers[:1:1]
		for _, a := range answers[1:] {
			if a != answers[0] {
				r.leave("two gaps share the number c"+strconv.Itoa(n)+" and are asked for at once", "give each deletion a number of its own")
				break
			}
		}
		rows = append(rows, r)
	}
	return rows, true
}

// clozePieces parses text up to the end or the }} that closes the deletion it stands in.
func clozePieces(s string, depth int) (out []piece, rest string) {
	plain := func(text string) {
		if text != "" {
			out = append(out, piece{text: text})
		}
	}
	start := 0
	for i := 0; i < len(s); {
		switch {
		case depth > 0 && strings.HasPrefix(s[i:], "}}"):
			plain(s[start:i])
			return out, s[i+2:]
		case strings.HasPrefix(s[i:], "{{c") && depth < 8:
			n, body, ok := deletionStart(s[i:])
			if !ok || !strings.Contains(body, "}}") {
				i += 3
				continue
			}
			plain(s[start:i])
			inside, after := clozePieces(body, depth+1)
			p := piece{number: n, inside: inside}
			if last := len(inside) - 1; last >= 0 && inside[last].number == 0 {
				if text, hint, has := strings.Cut(inside[last].text, "::"); has {
					inside[last].text, p.hint = text, hint
				}
			}
			out = append(out, p)
			s, i, start = after, 0, 0
		default:
			i++
		}
	}
	plain(s[start:])
	return out, ""
}

// deletionStart reads {{c1:: and returns its number and what follows.
func deletionStart(s string) (n int, body string, ok bool) {
	digits, body, ok := strings.Cut(s[3:], "::")
	if !ok || len(digits) > 3 {
		return 0, "", false
	}
	n, err := strconv.Atoi(digits)
	return n, body, err == nil && n > 0
}

func countDeletions(pieces []piece, f func(int)) {
	for _, p := range pieces {
		if p.number > 0 {
			f(p.number)
			countDeletions(p.inside, f)
		}
	}
}

// blank writes a text with a gap for each deletion of one number.
func blank(b *strings.Builder, pieces []piece, number int, answers *[]string) {
	for _, p := range pieces {
		switch {
		case p.number == 0:
			b.WriteString(p.text)
		case p.number == number:
			var inner strings.Builder
			blank(&inner, p.inside, -1, answers)
			*answers = append(*answers, inner.String())
			b.WriteString(gap)
			if p.hint != "" {
				b.WriteString(" (" + p.hint + ")")
			}
		default:
			blank(b, p.inside, number, answers)
		}
	}
}
