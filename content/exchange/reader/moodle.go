package reader

import (
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
)

// moodleQuestion is a question of Moodle XML.
type moodleQuestion struct {
	Type     string       `xml:"type,attr"`
	Category moodleText   `xml:"category"`
	Text     moodleText   `xml:"questiontext"`
	Feedback moodleText   `xml:"generalfeedback"`
	Single   string       `xml:"single"`
	Answers  []moodleMark `xml:"answer"`
	Unused   []struct{}   `xml:"subquestion"`
}

type moodleText struct {
	Format string       `xml:"format,attr"`
	Text   string       `xml:"text"`
	Files  []moodleFile `xml:"file"`
}

type moodleFile struct {
	Name string `xml:"name,attr"`
}

type moodleMark struct {
	Fraction  string     `xml:"fraction,attr"`
	Format    string     `xml:"format,attr"`
	Text      string     `xml:"text"`
	Tolerance string     `xml:"tolerance"`
	Feedback  moodleText `xml:"feedback"`
}

// openMoodle reads Moodle XML, one question at a time.
func (f *File) openMoodle(text string) error {
	f.Format = Moodle
	if strings.Contains(text, `type="category"`) {
		f.state("the categories have no place in a card")
	}
	if !strings.Contains(text, "<question") {
		return refuse("the XML holds no questions of Moodle")
	}
	f.rows = func(yield func(Row) bool) error {
		in := xml.NewDecoder(strings.NewReader(text))
		in.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is UTF-8 by now
		in.Strict = false
		category := ""
		for {
			token, err := in.Token()
			if errors.Is(err, io.EOF) {
				return nil
			}
			line, _ := in.InputPos()
			if err != nil {
				yield(Row{Line: line, Skip: "the XML breaks off or is broken here", Hint: "what follows was not read"})
				return nil
			}
			start, ok := token.(xml.StartElement)
			if !ok || start.Name.Local != "question" {
				continue
			}
			var q moodleQuestion
			if err := in.DecodeElement(&q, &start); err != nil {
				yield(Row{Line: line, Skip: "the XML breaks off or is broken here", Hint: "what follows was not read"})
				return nil
			}
			if q.Type == "category" {
				category = strings.TrimPrefix(strings.TrimSpace(q.Category.Text), "$course$/")
				continue
			}
			row := Row{Line: line, Category: category}
			q.fill(&row)
			if !yield(row) {
				return nil
			}
		}
	}
	return nil
}

func (q *moodleQuestion) fill(row *Row) {
	row.Question, row.Note = q.Text.Text, strings.TrimSpace(q.Feedback.Text)
	switch q.Text.Format {
	case "html", "moodle_auto_format":
		row.Markup = HTML
	case "plain_text":
		row.Markup = Plain
	}
	if len(q.Text.Files) > 0 && strings.Contains(q.Text.Text, "@@PLUGINFILE@@") {
		row.Media = mediaOf("", q.Text.Files[0].Name)
	}
	switch strings.ToLower(q.Type) {
	case "multichoice", "multichoiceset":
		single := q.Type == "multichoice" && q.Single != "false" && q.Single != "0" // the other type is all or nothing
		whole := single && slices.ContainsFunc(q.Answers, func(a moodleMark) bool { return a.weight() >= 100 })
		for _, a := range q.Answers {
			if row.Note == "" && a.weight() >= 100 {
				row.Note = strings.TrimSpace(a.Feedback.Text)
			}
			row.weigh(a.Text, a.weight(), whole)
		}
	case "truefalse":
		for _, a := range q.Answers {
			if a.weight() > 0 {
				row.Answers = append(row.Answers, a.Text)
			} else {
				row.Wrong = append(row.Wrong, a.Text)
			}
		}
	case "shortanswer", "numerical":
		q.fillTyped(row)
	case "matching", "ddmatch":
		row.apply(matching)
	case "essay":
		row.leave("it is an essay: there is no answer to compare with", "")
	case "description":
		row.leave("it has no answers: a description", "")
	default:
		row.leave("a question of the type "+q.Type+" has no form here", "multichoice, truefalse, shortanswer and numerical have")
	}
}

// fillTyped takes the answers of a question that is answered by typing.
func (q *moodleQuestion) fillTyped(row *Row) {
	for _, a := range q.Answers {
		switch {
		case a.Fraction != "" && a.weight() < 100:
			if a.weight() > 0 {
				row.Changes = append(row.Changes, "the answer "+a.Text+" is left out, as it earns part of the points only")
			}
		case q.Type == "shortanswer" && strings.Contains(strings.ReplaceAll(a.Text, `\*`, ""), "*"):
			row.Changes = append(row.Changes, "the answer "+a.Text+" is left out, as * in it stands for any text")
		case q.Type == "numerical":
			row.near(strings.TrimSpace(a.Text), strings.TrimSpace(a.Tolerance))
		default:
			row.Answers = append(row.Answers, strings.ReplaceAll(a.Text, `\*`, "*"))
		}
	}
}

// weight is the share of the points that an answer earns, in percent. Old files have it from 0 to 1.
func (a *moodleMark) weight() float64 {
	w, err := strconv.ParseFloat(strings.TrimSpace(a.Fraction), 64)
	if err != nil {
		return 0
	}
	if strings.TrimRight(strings.TrimRight(strings.TrimSpace(a.Fraction), "0"), ".") == "1" {
		return 100
	}
	return w
}
