package reader

import (
	"cmp"
	"encoding/base64"
	"net/url"
	"slices"
	"strings"

	"summitquiz/content/language"
)

// textKeys are the keys under which an object holds its text, the likely ones first.
var textKeys = strings.Fields("text value content html label title name question answer option choice body stem answerText optionText answer_text option_text")

// languages returns the languages of an object that has a text in each and nothing else, such as
// {"en": "…", "ko": "…"}.
func (n node) languages() []language.Code {
	var out []language.Code
	for _, k := range n.keys {
		c, ok := tagged(fold(k))
		if !ok {
			return nil
		}
		out = append(out, c)
	}
	return out
}

// in returns what a value is in a language; a node of kind 0 if it is in others only.
func (n node) in(lang language.Code) node {
	i := slices.Index(n.languages(), lang)
	switch {
	case n.kind != 'o' || len(n.keys) == 0 || i < 0 && n.languages() == nil:
		return n
	case i < 0:
		return node{}
	}
	return n.kids[i]
}

// textOf returns the text of a value: itself, or the text of an object.
func (n node) textOf(lang language.Code) string {
	n = n.in(lang)
	switch n.kind {
	case 's', 'n', 'b':
		return n.text
	case 'o':
		if own := n.get(lang.String()); own.kind == 's' {
			return own.text
		}
		for _, k := range textKeys {
			for i, own := range n.keys {
				if v := n.kids[i].in(lang); strings.EqualFold(own, k) && (v.kind == 's' || v.kind == 'n') {
					return v.text
				}
			}
		}
	}
	return ""
}

// hasText reports whether a value has a text in some language.
func (n node) hasText() bool {
	return slices.ContainsFunc(language.All(), func(c language.Code) bool { return n.textOf(c) != "" })
}

// texts returns the texts of a value or a list.
func (n node) texts(lang language.Code) []string {
	n = n.in(lang)
	var out []string
	if n.kind != 'a' {
		if s := n.textOf(lang); s != "" {
			out = append(out, s)
		}
		for i, k := range n.keys { // {"value": "Pablo Picasso", "aliases": ["Picasso"]}
			if len(out) > 0 && headerOf(k).role == accept {
				out = append(out, n.kids[i].texts(lang)...)
			}
		}
		return out
	}
	for _, kid := range n.kids {
		if s := kid.textOf(lang); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// parts are what the keys of a question hold before they are put together.
type parts struct {
	answers, rights, numbered []node
	verdicts                  []node
	names                     []string // of numbered
	told, term                string
	listed                    bool // all wrong answers stand in one text
}

// fill makes the row of a question.
func (j *jsonFile) fill(row *Row, n node) {
	var p parts
	heads := make([]header, len(n.keys))
	own := map[role]bool{} // roles that keys of this very language have
	for i, k := range n.keys {
		var ok bool
		if heads[i], ok = j.heads[k]; !ok {
			heads[i] = headerOf(k)
		}
		if h := heads[i]; h.tagged && h.language == j.lang && n.kids[i].kind != 'z' {
			own[h.role] = true
		}
	}
	own[question] = own[question] || own[term]
	for i, k := range n.keys {
		h, v := heads[i], n.kids[i].in(j.lang)
		if v.kind != 'z' && v.kind != 0 && (h.tagged && h.language == j.lang || !h.tagged && !own[h.role] || h.role == lang) {
			j.put(row, &p, k, h, v)
		}
	}
	if row.Question == "" {
		row.Question = p.term
	}
	for i, v := range p.numbered {
		row.Options = append(row.Options, Option{Name: p.names[i], Text: v.textOf(j.lang)})
	}
	if len(p.answers)+len(p.rights)+len(p.numbered)+len(row.Options) == 0 && len(p.verdicts) > 0 { // {"statement": "…", "truth": false}
		p.answers, p.told = p.verdicts, cmp.Or(p.told, "true or false")
	}
	j.answers(row, p.answers, p.rights)
	if j.told != "" && row.Question != "" {
		row.Question += " (" + j.told + ")"
	}
	if j.opentdb {
		row.Markup, row.Exact = Entities, true
		decodeTrivia(row, p.told)
	} else {
		row.apply(sortOf(p.told))
	}
	if p.listed {
		row.splitWrong()
	}
}

// putNotes takes the notes inside a value: {"answer": {"text": "…", "explanation": "…"}}.
func (j *jsonFile) putNotes(row *Row, v node) {
	for i, inner := range v.keys {
		if headerOf(inner).role == note {
			row.Note = strings.TrimSpace(row.Note + " " + strings.Join(v.kids[i].texts(j.lang), " "))
		}
	}
}

// put puts the value of a key where its role belongs.
func (j *jsonFile) put(row *Row, p *parts, k string, h header, v node) {
	if h.role == question || h.role == term || h.role == answer || h.role == correct {
		j.putNotes(row, v)
	}
	switch h.role {
	case question:
		row.Question = cmp.Or(row.Question, v.textOf(j.lang))
		for i, k := range v.keys { // {"question": {"stem": "…", "choices": […]}, "answerKey": "A"}
			if headerOf(k).role == options {
				row.Options = append(row.Options, optionsOf(v.kids[i], j.lang)...)
			}
		}
	case term:
		p.term = cmp.Or(p.term, v.textOf(j.lang))
	case answer:
		if h.suffix != "" {
			p.numbered, p.names = append(p.numbered, v), append(p.names, k)
		} else {
			p.answers = append(p.answers, v)
		}
	case correct:
		p.rights = append(p.rights, v)
	case verdict:
		p.verdicts = append(p.verdicts, v)
	case options:
		j.putOptions(row, h, v)
	case wrong:
		j.putWrong(row, p, h, v)
	case accept:
		row.Answers = append(row.Answers, v.texts(j.lang)...)
	case note:
		row.Note = strings.TrimSpace(row.Note + " " + strings.Join(v.texts(j.lang), " "))
	case category:
		row.Category = strings.Join(v.texts(j.lang), ", ")
	case lang:
		row.Language = v.textOf(j.lang)
	case kind:
		p.told = v.textOf(j.lang)
	case media:
		row.Media = cmp.Or(mediaOf(k, strings.Join(v.texts(j.lang), " ")), row.Media)
	}
}

// putWrong adds wrong answers: a list of them, or what stands in one text.
func (j *jsonFile) putWrong(row *Row, p *parts, h header, v node) {
	if v.kind == 's' {
		row.Wrong = append(row.Wrong, optionList(v.text)...)
		p.listed = h.suffix == ""
		return
	}
	row.Wrong = append(row.Wrong, v.texts(j.lang)...)
}

// putOptions adds the options of a key: one of several, or all of them.
func (j *jsonFile) putOptions(row *Row, h header, v node) {
	switch {
	case h.suffix != "" && v.kind != 'a' && v.kind != 'o':
		row.Options = append(row.Options, Option{Name: h.suffix, Text: v.textOf(j.lang)})
	case v.kind == 's':
		for _, s := range row.splitOptions(v.text) {
			row.Options = append(row.Options, Option{Text: s})
		}
	default:
		row.Options = append(row.Options, optionsOf(v, j.lang)...)
	}
}

// answers decides what the keys for answers hold: the options, the right answers, or what points
// at the right option.
func (j *jsonFile) answers(row *Row, answers, rights []node) {
	for _, v := range answers {
		list := optionsOf(v, j.lang)
		marked := false
		for _, o := range list {
			marked = marked || o.Mark != Unmarked
		}
		switch {
		case marked, len(row.Options) == 0 && len(rights) > 0 && (v.kind == 'a' || v.kind == 'o') && len(list) > 1 && len(row.Wrong) == 0:
			row.Options = append(row.Options, list...)
		case len(row.Options) > 0:
			rights = append(rights, v)
		case v.kind == 'b':
			row.State(v.text == "true", j.lang)
		default:
			row.Answers = append(v.texts(j.lang), row.Answers...)
		}
	}
	for _, v := range rights {
		switch {
		case len(row.Options) == 0 && v.kind == 'b':
			row.State(v.text == "true", j.lang)
		case len(row.Options) == 0:
			row.Answers = append(v.texts(j.lang), row.Answers...)
		case v.kind == 'o' && v.textOf(j.lang) == "" && v.pointer() != "":
			row.Correct = append(row.Correct, v.pointer())
		case v.kind == 'o' && v.textOf(j.lang) == "":
			row.Correct = append(row.Correct, v.flags()...)
		default:
			row.Correct = append(row.Correct, v.texts(j.lang)...)
			row.Index = row.Index || v.kind == 'n' || v.kind == 'a' && len(v.kids) > 0 && v.kids[0].kind == 'n'
		}
	}
}

// flags returns the keys of an object whose values say yes. A key such as answer_a_correct names
// the option answer_a.
func (n node) flags() []string {
	var out []string
	for i, k := range n.keys {
		if isYes(n.kids[i]) {
			out = append(out, strings.TrimSuffix(k, "_correct"))
		}
	}
	return out
}

// pointer returns what the only key of an object names an option by: {"id": "b"}.
func (n node) pointer() string {
	if len(n.keys) != 1 || !slices.Contains(labelKeys, strings.ToLower(n.keys[0])) {
		return ""
	}
	return n.kids[0].text
}

func isYes(n node) bool {
	s := strings.ToLower(n.text)
	return (n.kind == 'b' || n.kind == 's') && slices.Contains(Words("yes-marks"), s) || n.kind != 'z' && s == "1"
}

// marks are keys that say whether an option is right.
var marks = map[string]bool{"iscorrect": true, "correct": true, "isright": true, "right": true, "istrue": true, "true": true, "isanswer": true,
	"answer": true, "valid": true, "correctanswer": true, "iscorrectanswer": true, "fraction": true, "score": true, "points": true}

// optionsOf returns the options that a value lists: texts, objects with a mark, an object from
// letters to texts, or one from texts to marks.
func optionsOf(n node, lang language.Code) []Option {
	var out []Option
	n = n.in(lang)
	switch n.kind {
	case 'a':
		for _, kid := range n.kids {
			o := Option{Text: kid.textOf(lang)}
			if kid.kind == 'o' {
				o = marked(kid, lang)
			}
			if o.Text != "" {
				out = append(out, o)
			}
		}
	case 'o':
		if list := besideLabels(n, lang); list != nil {
			return list
		}
		for i, kid := range n.kids {
			switch o := (Option{Name: n.keys[i], Text: kid.textOf(lang), Key: true}); {
			case kid.kind == 'b':
				o = Option{Text: n.keys[i], Mark: NotRight}
				if isYes(kid) {
					o.Mark = Right
				}
				out = append(out, o)
			case kid.kind == 'o':
				o = marked(kid, lang)
				o.Name, o.Key = n.keys[i], true
				out = append(out, o)
			case o.Text != "":
				out = append(out, o)
			}
		}
	case 's':
		for _, s := range optionList(n.text) {
			out = append(out, Option{Text: s})
		}
	case 'n':
		out = append(out, Option{Text: n.text})
	}
	return out
}

// labelKeys are the keys of what labels an option.
var labelKeys = strings.Fields("label labels letter letters key keys id ids index name")

// besideLabels reads options whose texts and labels stand in two lists: {"text": ["…", "…"], "label": ["A", "B"]}.
func besideLabels(n node, lang language.Code) []Option {
	var texts, labels []node
	for i, k := range n.keys {
		switch kid := n.kids[i]; {
		case kid.kind != 'a':
		case slices.Contains(labelKeys, strings.ToLower(k)):
			labels = kid.kids
		case slices.Contains(textKeys, strings.TrimSuffix(strings.ToLower(k), "s")):
			texts = kid.kids
		}
	}
	if len(texts) == 0 || labels != nil && len(labels) != len(texts) {
		return nil
	}
	out := make([]Option, len(texts))
	for i, t := range texts {
		out[i].Text = t.textOf(lang)
		if labels != nil {
			out[i].Name, out[i].Key = labels[i].text, true
		}
	}
	return out
}

// optionList splits options that stand in one text.
func optionList(s string) []string {
	for _, sep := range []string{"|", "\n", ";", "；"} {
		if strings.Contains(s, sep) {
			return strings.Split(s, sep)
		}
	}
	return []string{s}
}

// marked reads an option that is an object.
func marked(n node, lang language.Code) Option {
	o := Option{Text: n.textOf(lang)}
	for i, k := range n.keys {
		switch f := fold(camel.ReplaceAllString(k, "$1 $2")); {
		case marks[strings.ReplaceAll(f, " ", "")]:
			v := n.kids[i]
			if v.kind == 's' && v.text == o.Text { // {"answer": "Paris"} is the text itself
				continue
			}
			o.Mark = NotRight
			if isYes(v) || v.kind == 'n' && v.text != "0" && !strings.HasPrefix(v.text, "-") {
				o.Mark = Right
			}
		case f == "id" || f == "key" || f == "letter" || f == "label" || f == "index" || f == "option":
			if v := n.kids[i]; v.text != o.Text {
				o.Name, o.Key = v.text, true
			}
		}
	}
	return o
}

// State makes the row a statement that is true or false.
func (r *Row) State(is bool, lang language.Code) {
	poles := language.PairsIn(lang, "imports", "statement-poles")[0]
	r.Answers, r.Wrong, r.Options, r.Correct = poles[:1], poles[1:], nil, nil
	if !is {
		r.Answers, r.Wrong = r.Wrong, r.Answers
	}
}

// escapedURL reports whether the texts of a row are escaped as in URLs: then nothing in them is a
// space or beyond ASCII.
func escapedURL(row *Row) bool {
	percent := false
	for _, s := range append(append([]string{row.Question}, row.Answers...), row.Wrong...) {
		percent = percent || strings.Contains(s, "%")
		for i := range len(s) {
			if s[i] <= ' ' || s[i] > '~' {
				return false
			}
		}
	}
	return percent && (strings.Contains(row.Question, "%20") || strings.Contains(row.Question, "+"))
}

// decodeTrivia undoes the encoding of a question of the Open Trivia Database; all its texts have
// the same one.
func decodeTrivia(row *Row, told string) {
	undo := func(s string) string { return s }
	if plain, err := base64.StdEncoding.DecodeString(told); err == nil && (string(plain) == "multiple" || string(plain) == "boolean") {
		undo = func(s string) string {
			if plain, err := base64.StdEncoding.DecodeString(s); err == nil {
				return string(plain)
			}
			return s
		}
	} else if escapedURL(row) {
		unescape := url.PathUnescape
		if strings.Contains(row.Question, "+") {
			unescape = url.QueryUnescape
		}
		undo = func(s string) string {
			if plain, err := unescape(s); err == nil {
				return plain
			}
			return s
		}
	}
	row.Question, row.Category, row.Note = undo(row.Question), undo(row.Category), undo(row.Note)
	for _, list := range [][]string{row.Answers, row.Wrong} {
		for i := range list {
			list[i] = undo(list[i])
		}
	}
}
