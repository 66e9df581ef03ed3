package exchange

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"summitquiz/content/exchange/reader"
	"summitquiz/content/language"
)

// gap is what the rows of a file lack in one of its languages.
type gap struct {
	rows  int
	lines []string // the first few
}

// missing counts the rows that lack a question or an answer in another language.
func (k *keyRules) missing(row reader.Row) {
	for _, other := range row.Also {
		c, _ := language.Parse(other.Language)
		if strings.TrimSpace(other.Question) != "" && (len(other.Answers)+len(other.Correct) > 0 || slices.ContainsFunc(other.Options, isMarked)) {
			continue
		}
		g := &k.gaps[c]
		if g.rows++; len(g.lines) < 3 {
			g.lines = append(g.lines, strconv.Itoa(row.Line))
		}
	}
}

func isMarked(o reader.Option) bool { return o.Mark == reader.Right }

// chooseLanguages settles which languages the cards have besides the first one.
func (in *importing) chooseLanguages() error {
	for _, c := range in.opt.Languages {
		if !slices.Contains(in.file.Languages, c) {
			return fmt.Errorf("%w: it has no columns for questions and answers in %s", reader.ErrFormat, c)
		}
	}
	for _, c := range in.file.Languages {
		g := in.keys.gaps[c]
		lines := either(g.rows == 1, "line ", "lines ") + strings.Join(g.lines, ", ")
		if g.rows > len(g.lines) {
			lines += " …"
		}
		switch {
		case slices.Contains(in.opt.Languages, c), g.rows == 0 && len(in.opt.Languages) == 0:
			in.also = append(in.also, c)
		case len(in.opt.Languages) > 0:
			in.file.Stated = append(in.file.Stated, fmt.Sprintf("the table also has questions in %s, which were not asked for", c))
		default:
			in.file.Stated = append(in.file.Stated, fmt.Sprintf("the cards are not in %s, as %s without a question or an answer in it (%s); with --lang %s,%s such rows are left out",
				c, counted(g.rows, "row")+either(g.rows == 1, " is", " are"), lines, in.lang, c))
		}
	}
	if len(in.also) > 0 {
		in.file.Stated = append(in.file.Stated, "each card is in several languages: "+in.lang.String()+", "+codes(in.also))
	}
	return nil
}

func codes(list []language.Code) string {
	var out []string
	for _, c := range list {
		out = append(out, c.String())
	}
	return strings.Join(out, ", ")
}

func either(yes bool, a, b string) string {
	if yes {
		return a
	}
	return b
}

// translate adds the other languages of a card.
func (in *importing) translate(c *card) (reason, hint string) {
	for _, code := range in.also {
		i := slices.IndexFunc(c.row.Also, func(r reader.Row) bool { return r.Language == code.String() })
		if i < 0 {
			return "the row is not in " + code.String(), ""
		}
		other, reason, hint := in.card(c.row.Also[i])
		switch {
		case reason != "":
			return reason + " (in " + code.String() + ")", hint
		case len(other.wrong) != len(c.wrong):
			return fmt.Sprintf("it has other wrong answers in %s than in %s: %d and %d", code, in.lang, len(other.wrong), len(c.wrong)),
				"give the same ones in each language"
		}
		for _, change := range other.changes {
			c.changed("in " + code.String() + ": " + change)
		}
		c.also = append(c.also, other)
	}
	return "", ""
}
