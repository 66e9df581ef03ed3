package exchange

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"summitquiz/content"
	"summitquiz/content/language"
)

// batchSize is how many cards are checked at once: checking all of a long file at once would need
// several times its memory.
const batchSize = 1000

// packWriter writes a pack. Each card stands on one line, so that a problem's line tells the card.
type packWriter struct {
	head  string
	opt   Options
	langs []language.Code
	cards []*card
	body  bytes.Buffer
}

func newPackWriter(opt Options, langs []language.Code) *packWriter {
	return &packWriter{opt: opt, langs: langs,
		head: fmt.Sprintf("pack: %s\nversion: 1.0.0\nlanguages: [%s]\ntitle: %s\ncards:\n", opt.Name, codes(langs), quoted(opt.Title))}
}

func (w *packWriter) add(c *card) { w.cards = append(w.cards, c) }

// refused is a card that the pack format does not take.
type refused struct {
	card    *card
	problem *content.Problem
}

// check loads the waiting cards as a pack, leaves out those with problems until it loads, and
// writes the others.
func (w *packWriter) check() (kept []*card, bad []refused, p *content.Pack) {
	kept, w.cards = w.cards, nil
	first := strings.Count(w.head, "\n") + 1
	for len(kept) > 0 {
		var b bytes.Buffer
		b.WriteString(w.head)
		for _, c := range kept {
			b.WriteString("  - ")
			w.write(&b, c)
			b.WriteByte('\n')
		}
		loaded, err := content.Parse(b.Bytes(), content.Options{MaxBytes: content.FileLimit})
		if err == nil {
			w.keep(kept)
			return kept, bad, loaded
		}
		wrong := map[int]*content.Problem{}
		for _, problem := range content.Problems(err) {
			if i := problem.Line - first; problem.Severity == content.Wrong && i >= 0 && i < len(kept) && wrong[i] == nil {
				wrong[i] = problem
			}
		}
		if len(wrong) == 0 { // a problem of the pack as a whole
			for _, c := range kept {
				bad = append(bad, refused{c, &content.Problem{Message: "the pack cannot be made: " + err.Error()}})
			}
			return nil, bad, nil
		}
		var good []*card
		for i, c := range kept {
			if problem := wrong[i]; problem != nil {
				bad = append(bad, refused{c, problem})
			} else {
				good = append(good, c)
			}
		}
		kept = good
	}
	return nil, bad, nil
}

func (w *packWriter) keep(cards []*card) {
	for _, c := range cards {
		if w.opt.JSON {
			if w.body.Len() > 0 {
				w.body.WriteString(",\n")
			}
			w.body.WriteString("  ")
		} else {
			w.body.WriteString("  - ")
		}
		w.write(&w.body, c)
		if !w.opt.JSON {
			w.body.WriteByte('\n')
		}
	}
}

// bytes returns the whole pack.
func (w *packWriter) bytes() ([]byte, error) {
	var b bytes.Buffer
	b.Grow(w.body.Len() + len(w.head) + 100)
	if w.opt.JSON {
		fmt.Fprintf(&b, `{"pack": %s, "version": "1.0.0", "languages": ["%s"], "title": %s, "cards": [`+"\n",
			quoted(w.opt.Name), strings.ReplaceAll(codes(w.langs), ", ", `", "`), quoted(w.opt.Title))
		b.Write(w.body.Bytes())
		b.WriteString("\n]}\n")
	} else {
		b.WriteString(w.head)
		b.Write(w.body.Bytes())
	}
	if b.Len() > content.FileLimit {
		return nil, fmt.Errorf("the pack would be larger than %d MiB: split the file", content.FileLimit>>20)
	}
	return b.Bytes(), nil
}

// write writes a card in one line.
func (w *packWriter) write(b *bytes.Buffer, c *card) {
	key := func(s string) string {
		if w.opt.JSON {
			return `"` + s + `"`
		}
		return s
	}
	b.WriteByte('{')
	if c.id != "" {
		fmt.Fprintf(b, "%s: %s, ", key("id"), quoted(c.id))
	}
	answer := w.inEach(c, func(c *card) string { return quoted(c.answer) })
	if whole.MatchString(c.answer) && len(c.accept)+len(c.wrong) == 0 && answer == quoted(c.answer) {
		answer = c.answer
	}
	tolerance := ""
	if c.row.Tolerance != "" && len(c.accept)+len(c.wrong) == 0 {
		tolerance = c.row.Tolerance
		if answer != c.answer {
			answer = fmt.Sprintf("{%s: %s}", key("number"), quoted(c.answer))
		}
	}
	fmt.Fprintf(b, "%s: %s, %s: %s", key("ask"), w.inEach(c, func(c *card) string { return quoted(c.question) }), key("answer"), answer)
	if accept := w.inEach(c, func(c *card) string { return list(c.accept) }); accept != "[]" {
		fmt.Fprintf(b, ", %s: %s", key("accept"), accept)
	}
	if tolerance != "" {
		fmt.Fprintf(b, ", %s: %s", key("tolerance"), quoted(tolerance))
	}
	if len(c.wrong) > 0 {
		wrong := make([]string, len(c.wrong))
		for i := range c.wrong {
			wrong[i] = w.inEach(c, func(c *card) string { return quoted(c.wrong[i]) })
		}
		fmt.Fprintf(b, ", %s: [%s]", key("not"), strings.Join(wrong, ", "))
	}
	if note := w.inEach(c, func(c *card) string { return quoted(c.note) }); note != `""` {
		fmt.Fprintf(b, ", %s: %s", key("note"), note)
	}
	b.WriteByte('}')
}

// inEach writes a value once if it is the same in every language of a card, or by language.
func (w *packWriter) inEach(c *card, value func(*card) string) string {
	first := value(c)
	same := true
	for _, other := range c.also {
		same = same && value(other) == first
	}
	if same {
		return first
	}
	out := []string{fmt.Sprintf("%q: %s", w.langs[0].String(), first)}
	for i, other := range c.also {
		if s := value(other); s != `""` {
			out = append(out, fmt.Sprintf("%q: %s", w.langs[i+1].String(), s))
		}
	}
	return "{" + strings.Join(out, ", ") + "}"
}

func list(texts []string) string {
	out := make([]string, len(texts))
	for i, s := range texts {
		out[i] = quoted(s)
	}
	return "[" + strings.Join(out, ", ") + "]"
}

// quoted is a text in double quotes; a JSON string is a YAML string.
func quoted(s string) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(s) // a string always encodes
	return strings.TrimSuffix(b.String(), "\n")
}

// whole is a number that prints as it was written when it is taken for one: no zeros before it,
// no decimals, and no year. Everything else is written as a text.
var whole = regexp.MustCompile(`^(0|[1-9][0-9]{0,2})$`)
