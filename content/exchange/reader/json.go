package reader

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"summitquiz/content/language"
)

// jsonFile is JSON with questions.
type jsonFile struct {
	text    jsonText
	lang    language.Code
	langs   languageSet     // of questions; those without one are of mine
	others  []language.Code // besides lang
	heads   map[string]header
	keys    []string // of questions, in order of appearance
	topics  []string // keys above questions
	comment string   // the folded key that holds Kotoba's comment
	told    string   // Kotoba's instructions
	kotoba  bool
	opentdb bool
	asMap   bool
	mapped  map[string]bool // keys of a map: questions differ
	named   int             // keys of a map that name what they hold, as no question does
}

// openJSON reads JSON of any of the usual shapes.
func (f *File) openJSON(text string, opt Options) error {
	j := &jsonFile{text: jsonText(text), lang: opt.Language, heads: map[string]header{}}
	f.Format = JSON
	if t, ok := j.asTable(); ok {
		err := f.useTable(t, opt)
		f.Format = JSON
		return err
	}
	j.readDeck()
	found, failed, err := j.survey()
	if found == 0 && err == nil {
		j.asMap = true
		found, failed, err = j.survey()
		if found < 2 || 2*j.named > found || 2*len(j.mapped) < found {
			found = 0
		}
		j.mapped = nil
	}
	lines := lineCounter{text: text}
	switch {
	case found == 0 && errors.Is(err, errDeep):
		return refuse("line %d: the JSON is nested more than %d deep", lines.at(failed), maxDepth)
	case found == 0 && err != nil:
		return refuse("line %d: %w", lines.at(failed), err)
	case found == 0:
		return refuse(`the JSON holds no questions with answers: it should be a list like [{"question": "…", "answer": "…"}]`)
	}
	if err := j.chooseLanguage(f); err != nil {
		return err
	}
	j.describe(f)
	f.rows = func(yield func(Row) bool) error { return j.rows(yield) }
	return nil
}

// survey counts the questions and notes their keys. failed is where the JSON is broken.
func (j *jsonFile) survey() (found, failed int, err error) {
	seen := map[string]bool{}
	w := &jsonWalk{text: j.text, asMap: j.asMap, stop: func() bool { return false }}
	w.object = func(path []string, at, _ int) {
		found++
		_, _ = j.text.members(at, func(key string, at, _ int) (int, error) {
			if !seen[key] && len(seen) < maxColumns {
				seen[key] = true
				j.keys = append(j.keys, key)
				j.heads[key] = headerOf(key)
			}
			j.noteLanguages(j.heads[key], at)
			return j.text.skip(at)
		})
		if topic := topicOf(path); topic != "" && !asksAsKey(topic) && len(j.topics) <= 10 && !slices.Contains(j.topics, topic) {
			j.topics = append(j.topics, topic)
		}
	}
	w.pair = func(_ []string, key string, _, _ int) {
		found++
		if j.mapped == nil {
			j.mapped = map[string]bool{}
		}
		j.mapped[key] = true
		if slices.Contains([]role{question, answer, correct, options, wrong, note}, headerOf(key).role) {
			j.named++
		}
	}
	_, err = w.walk(0, nil)
	return found, w.brokenAt, err
}

// rows gives a row for every question.
func (j *jsonFile) rows(yield func(Row) bool) error {
	lines := lineCounter{text: string(j.text)}
	more := true
	w := &jsonWalk{text: j.text, asMap: j.asMap, stop: func() bool { return !more }}
	w.object = func(path []string, at, keyAt int) {
		if !more {
			return
		}
		n, _, err := j.text.parse(at, 0)
		row := Row{Line: lines.at(keyAt)}
		if err != nil {
			row.leave(err.Error(), "")
		} else {
			j.fill(&row, n)
		}
		if last := len(path) - 1; row.Question == "" && last >= 0 && asksAsKey(path[last]) {
			row.Question, path = path[last], path[:last]
		}
		if topic := topicOf(path); row.Category == "" {
			row.Category = topic
		}
		row.Language = cmp.Or(row.Language, languageIn(path))
		for _, c := range j.others {
			other := *j
			other.lang = c
			also := Row{Line: row.Line, Language: c.String()}
			other.fill(&also, n)
			also.Language = c.String()
			row.Also = append(row.Also, also)
		}
		more = yield(row)
	}
	w.pair = func(_ []string, key string, at, keyAt int) {
		if !more {
			return
		}
		n, _, _ := j.text.parse(at, 0)
		more = yield(Row{Line: lines.at(keyAt), Question: key, Answers: n.texts(j.lang)})
	}
	if _, err := w.walk(0, nil); err != nil && more {
		yield(Row{Line: lines.at(min(w.brokenAt, len(j.text))), Skip: err.Error(), Hint: "what follows was not read"})
	}
	return nil
}

// plain are keys that group questions without saying what they are about.
var plain = strings.Fields(`results result questions question data items list quiz quizzes cards deck trivia entries rows records
	content root body response all set sets test exam questionlist question_list qas paragraphs multiple_choice trivia_questions flashcards`)

func topicOf(path []string) string {
	for _, key := range slices.Backward(path) {
		if _, isCode := language.Parse(key); isCode && len(key) == 2 {
			continue
		}
		if key != "" && !slices.Contains(plain, strings.ToLower(key)) && headerOf(key).role == noRole {
			return key
		}
	}
	return ""
}

// readDeck reads what a deck of Kotoba says of itself.
func (j *jsonFile) readDeck() {
	at := j.text.space(0)
	if at >= len(j.text) || j.text[at] != '{' {
		return
	}
	var told, comment string
	deck := false
	_, _ = j.text.members(at, func(key string, at, _ int) (int, error) {
		switch key {
		case "questionCreationStrategy", "answerCompareStrategy", "commentFieldName", "uniqueId":
			deck = true
		}
		if key == "instructions" || key == "commentFieldName" {
			if n, _, err := j.text.parse(at, 0); err == nil && n.kind == 's' {
				if key == "instructions" {
					told = n.text
				} else {
					comment = fold(n.text)
				}
			}
		}
		return j.text.skip(at)
	})
	if deck {
		j.kotoba, j.told, j.comment = true, strings.TrimSpace(told), comment
	}
}

// describe tells what the keys were taken for.
func (j *jsonFile) describe(f *File) {
	j.opentdb = j.has("correct_answer") && j.has("incorrect_answers")
	if j.opentdb {
		f.Format = OpenTDB
	}
	if j.kotoba {
		f.Format = Kotoba
	}
	heads := make([]header, len(j.keys))
	for i, k := range j.keys {
		heads[i] = j.heads[k]
	}
	letters(heads, j.keys)
	for i, k := range j.keys {
		h := heads[i]
		if j.kotoba && (fold(k) == j.comment || fold(k) == "meaning") {
			h.role = note
		}
		r := string(h.role)
		if h.tagged && h.language != j.lang && h.role != noRole {
			r += " in " + h.language.String()
		}
		if h.role == category || h.role == ident || h.role == kind {
			r = ""
		}
		j.heads[k] = h
		f.Columns = append(f.Columns, Column{Name: k, Role: r})
	}
	if len(j.topics) > 0 {
		list := strings.Join(j.topics[:min(len(j.topics), 10)], ", ")
		f.state("the keys above the questions (%s) are categories, which have no place in a card", list)
	}
	if j.told != "" {
		f.state("the instructions of the deck stand in brackets after each question")
	}
}

func (j *jsonFile) has(key string) bool { return slices.Contains(j.keys, key) }

// asTable takes a list of lists of texts for the rows of a table.
func (j *jsonFile) asTable() (*table, bool) {
	at := j.text.space(0)
	if at >= len(j.text) || j.text[at] != '[' {
		return nil, false
	}
	if first := j.text.space(at + 1); first >= len(j.text) || j.text[first] != '[' {
		return nil, false
	}
	return &table{records: func(yield func(record) bool) error {
		lines := lineCounter{text: string(j.text)}
		pos := at + 1
		for {
			pos = j.text.space(pos)
			if pos >= len(j.text) || j.text[pos] == ']' {
				return nil
			}
			n, end, err := j.text.parse(pos, 0)
			if err != nil {
				return refuse("line %d: %w", lines.at(pos), err)
			}
			r := record{line: lines.at(pos)}
			for _, kid := range n.kids {
				r.cells = append(r.cells, kid.textOf(j.lang))
			}
			if !yield(r) {
				return nil
			}
			if pos, err = j.text.comma(end, ']'); err != nil {
				return refuse("line %d: %w", lines.at(min(pos, len(j.text))), err)
			}
		}
	}}, true
}

// openJSONLines reads one JSON object a line. A line that is none is left out by itself.
func (f *File) openJSONLines(text string, opt Options) error {
	f.Format = JSON
	j := &jsonFile{lang: opt.Language, heads: map[string]header{}}
	found := 0
	each := func(yield func(line int, t jsonText) bool) {
		line := 0
		for s := range strings.Lines(text) {
			line++
			if strings.TrimSpace(s) != "" && !yield(line, jsonText(s)) {
				return
			}
		}
	}
	each(func(_ int, t jsonText) bool {
		j.text = t
		n, _, _ := j.survey()
		found += n
		return true
	})
	if found == 0 {
		return refuse(`the lines hold no questions with answers: each should be like {"question": "…", "answer": "…"}`)
	}
	j.keys = compact(j.keys)
	if err := j.chooseLanguage(f); err != nil {
		return err
	}
	j.describe(f)
	f.rows = func(yield func(Row) bool) error {
		each(func(line int, t jsonText) bool {
			one := *j
			one.text = t
			end, err := t.skip(0)
			if err != nil || t.space(end) < len(t) {
				return yield(Row{Line: line, Skip: "the line is no JSON", Hint: "each line has to be one object"})
			}
			more, some := true, false
			_ = one.rows(func(r Row) bool {
				r.Line, some = line, true
				more = yield(r)
				return more
			})
			if !some {
				return yield(Row{Line: line, Skip: "the line has no question with an answer"})
			}
			return more
		})
		return nil
	}
	return nil
}

// compact leaves the first of each key.
func compact(list []string) []string {
	seen := map[string]bool{}
	return slices.DeleteFunc(list, func(s string) bool {
		twice := seen[s]
		seen[s] = true
		return twice
	})
}
