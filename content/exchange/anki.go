package exchange

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"html"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// ankiHeader is what the lines with # at the top of an Anki export say.
type ankiHeader struct {
	comma rune
	html  bool
	skip  map[int]bool // columns that hold no field of the note: guid, deck, tags, note type
	lines int
}

var separators = map[string]rune{"tab": '\t', "comma": ',', "semicolon": ';', "colon": ':', "pipe": '|', "space": ' '}

// anki reads "Notes in Plain Text" or "Cards in Plain Text": the first field is the question,
// the second the answer. Of a cloze note every deletion becomes a question.
func (r *reading) anki(data []byte) error {
	head, body := ankiHead(data)
	in := csv.NewReader(bytes.NewReader(body))
	in.Comma, in.FieldsPerRecord, in.LazyQuotes = head.comma, -1, true
	for {
		record, err := in.Read()
		var broken *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			if len(r.rows)+len(r.problems) == 0 {
				return fmt.Errorf("%w: there are no notes: export from Anki with \"Notes in Plain Text\"", ErrFormat)
			}
			return nil
		case errors.As(err, &broken):
			r.bad(head.lines+broken.StartLine, "the note cannot be read: "+broken.Err.Error(), "")
			continue
		case err != nil:
			return fmt.Errorf("read Anki text: %w", err)
		}
		at, _ := in.FieldPos(0)
		line := head.lines + at
		var fields []string
		for i, f := range record {
			if !head.skip[i+1] {
				fields = append(fields, head.plain(f))
			}
		}
		switch {
		case len(fields) > 0 && deletion.MatchString(fields[0]):
			r.clozes(line, fields[0])
		case len(fields) < 2:
			r.bad(line, "the note has one field only", "it needs a question and an answer; check #separator:")
		default:
			r.add(Row{Line: line, Question: fields[0], Answer: fields[1]})
		}
	}
}

// ankiHead reads the lines with # and returns what follows them.
func ankiHead(data []byte) (ankiHeader, []byte) {
	head := ankiHeader{comma: '\t', html: markup.Match(data), skip: map[int]bool{}}
	chosen := false
	for bytes.HasPrefix(data, []byte("#")) {
		line, rest, _ := bytes.Cut(data, []byte("\n"))
		key, value, _ := strings.Cut(strings.TrimRight(string(line[1:]), "\r"), ":")
		switch key = strings.ToLower(strings.TrimSpace(key)); {
		case key == "separator":
			chosen = true
			if s, known := separators[strings.ToLower(value)]; known {
				head.comma = s
			} else if value != "" {
				head.comma = []rune(value)[0]
			}
		case key == "html":
			head.html = strings.TrimSpace(value) == "true"
		case strings.HasSuffix(key, " column"):
			if n, err := strconv.Atoi(strings.TrimSpace(value)); err == nil {
				head.skip[n] = true
			}
		}
		head.lines++
		data = rest
	}
	if first, err := bufio.NewReader(bytes.NewReader(data)).ReadString('\n'); !chosen && (err == nil || err == io.EOF) && !strings.Contains(first, "\t") && strings.Contains(first, ";") {
		head.comma = ';'
	}
	return head, data
}

var (
	markup = regexp.MustCompile(`(?i)<(br|div|b|i|p|img|span|/)[^>]*>|&(nbsp|amp|lt|gt|quot);`)
	breaks = regexp.MustCompile(`(?i)<(br|/?div|/?p|/?li|/?tr)[^>]*>`)
	tags   = regexp.MustCompile(`<[a-zA-Z/!][^>]*>`)
	media  = regexp.MustCompile(`\[(sound|anki:[a-z]+):[^\]]*\]`)

	deletion = regexp.MustCompile(`\{\{c(\d+)::(.*?)(?:::(.*?))?\}\}`)
)

// plain returns the text of a field.
func (h ankiHeader) plain(field string) string {
	if h.html {
		field = html.UnescapeString(tags.ReplaceAllString(breaks.ReplaceAllString(field, " "), ""))
	}
	return media.ReplaceAllString(field, "")
}

// clozes makes a question of every number of deletions in a text.
func (r *reading) clozes(line int, text string) {
	done := map[string]bool{}
	for _, m := range deletion.FindAllStringSubmatch(text, -1) {
		number, answer := m[1], m[2]
		if done[number] {
			continue
		}
		done[number] = true
		r.add(Row{Line: line, Answer: answer, Question: deletion.ReplaceAllStringFunc(text, func(s string) string {
			if part := deletion.FindStringSubmatch(s); part[1] != number {
				return part[2]
			}
			return "____"
		})})
	}
}

// WriteAnki writes rows as notes of question and answer. Each has a guid, so that importing
// them again updates the notes that are there.
func WriteAnki(w io.Writer, rows []Row, deck string) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "#separator:tab\n#html:false\n#guid column:1\n#deck:%s\n#columns:guid\tfront\tback\n", tidy(deck))
	notes := csv.NewWriter(out)
	notes.Comma = '\t'
	for _, row := range rows {
		if err := notes.Write([]string{row.ID, tidy(row.Question), tidy(row.Answer)}); err != nil {
			return fmt.Errorf("write Anki text: %w", err)
		}
	}
	notes.Flush()
	return errors.Join(notes.Error(), out.Flush())
}
