package reader

import (
	"slices"
	"strings"

	"summitquiz/content/language"
)

// translation is a table as it reads in another language: columns with a tag of that language
// take the place of others of their role.
type translation struct {
	lang  language.Code
	table *table
}

// pickLanguage leaves only the columns of one language where a table has several, and returns
// the others that have questions of their own.
func (t *table) pickLanguage(opt Options) ([]language.Code, error) {
	var others []language.Code
	mine := t.untagged(question) || t.untagged(term)
	for _, h := range t.heads {
		if !h.tagged || h.role != question && h.role != term {
			continue
		}
		if h.language == opt.Language {
			mine = true
		} else if !slices.Contains(others, h.language) {
			others = append(others, h.language)
		}
	}
	if len(others) == 0 && !mine {
		return nil, nil
	}
	if !mine {
		return nil, refuse("the table has questions in %s and none in %s: choose the language with --lang", codes(others), opt.Language)
	}
	t.all = slices.Clone(t.heads)
	t.heads = headsIn(t.all, opt.Language)
	slices.Sort(others)
	return others, nil
}

// headsIn returns the columns as they are read in one language.
func headsIn(all []header, c language.Code) []header {
	heads := slices.Clone(all)
	own := map[role]bool{}
	for _, h := range all {
		if h.tagged && h.language == c {
			own[h.role] = true
			if h.role == term {
				own[question] = true
			}
		}
	}
	if own[answer] || own[correct] {
		own[answer] = true
	}
	for i, h := range heads {
		if h.tagged && h.language != c || !h.tagged && own[h.role] {
			heads[i].role = noRole
		}
	}
	return heads
}

// translations makes the tables of other languages, as far as they have questions and answers.
func (t *table) translations(others []language.Code, f *File) {
	for _, c := range others {
		other := *t
		other.heads, other.also = headsIn(t.all, c), nil
		other.settle()
		quiet := &File{}
		other.listSeparators(quiet)
		if other.has(question) && (other.has(answer) || other.has(correct) || other.has(options)) {
			t.also = append(t.also, translation{c, &other})
			f.Languages = append(f.Languages, c)
		} else {
			f.state("the table also has questions in %s, and no answers to them", c)
		}
	}
}

// inOthers reads a record in each of the other languages.
func (t *table) inOthers(r record) []Row {
	var out []Row
	for _, o := range t.also {
		row, _ := o.table.row(r)
		row.Language = o.lang.String()
		out = append(out, row)
	}
	return out
}

// roleIn says what a column is used for in another language.
func (t *table) roleIn(i int) string {
	for _, o := range t.also {
		if r := o.table.heads[i].role; r != noRole {
			return string(r) + " in " + o.lang.String()
		}
	}
	return ""
}

func codes(list []language.Code) string {
	var out []string
	for _, c := range list {
		out = append(out, c.String())
	}
	return strings.Join(out, ", ")
}

func (t *table) untagged(r role) bool {
	return slices.ContainsFunc(t.heads, func(h header) bool { return h.role == r && !h.tagged })
}

// languageOf reads a language that a row states.
func languageOf(s string) (language.Code, bool) {
	s = strings.TrimSpace(s)
	if c, ok := language.Parse(s); ok {
		return c, true
	}
	return tagged(fold(s))
}

// SameLanguage reports whether what a row says of its language names c.
func SameLanguage(s string, c language.Code) bool {
	got, ok := languageOf(s)
	return ok && got == c
}
