package language

import (
	"errors"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// DateReading is one way to read a text as a date. Year, Month or Day are 0 where the text
// does not give them; a Day may stand without a Year.
type DateReading struct {
	Date Date
	Slip bool // the name of the month was misspelt, and is near exactly one
}

// ReadDate reads a normalised text that is nothing but a date, in any of the four languages.
// Numbers alone are read in the order of language c unless the year comes first: month before
// day in Korean and Chinese, day before month in Arabic, either in English.
func ReadDate(c Code, s string) []DateReading {
	if len(s) > longestAmount {
		return nil
	}
	s = withoutWeekday(s)
	if rest, ok := cutEra(s); ok {
		if n, ok := wholeNumber(rest); ok && n > 0 && n <= 9999 {
			return []DateReading{{Date: Date{Year: -int16(n)}}}
		}
		return beforeEra(readDate(c, rest))
	}
	return withCenturies(readDate(c, s))
}

// readDate reads a date after the beginning of the era, or of no year.
func readDate(c Code, s string) []DateReading {
	if year, ok := strings.CutPrefix(s, "'"); ok && len(year) == 2 && digit(year[0]) && digit(year[1]) {
		n := int16(year[0]-'0')*10 + int16(year[1]-'0')
		return []DateReading{{Date: Date{Year: 1900 + n}}, {Date: Date{Year: 2000 + n}}}
	}
	if out := readNumericDate(c, s); out != nil {
		return out
	}
	if d, ok := readMarkedDate(s); ok {
		return []DateReading{{Date: d}}
	}
	return readNamedDate(s)
}

// withCenturies adds to dates with a year of two digits after a day and a month, which names no
// day, the same dates in this century and the last: 8 May 45. A year alone is taken at its word
// unless an apostrophe says that its century is left out: '45.
func withCenturies(dates []DateReading) []DateReading {
	for _, d := range dates {
		if y := d.Date.Year; y > 0 && y < 100 && d.Date.Month > 0 {
			for _, century := range [...]int16{1900, 2000} {
				full := d
				full.Date.Year += century
				dates = append(dates, full)
			}
		}
	}
	return dates
}

// dateVocabulary is what dates are read with besides numbers, in all languages. It is built
// once, on the first date that is read.
type dateVocabulary struct {
	months   *monthNames
	spoken   *strings.Replacer // Korean months that are not read as their numbers: 유월, 시월
	marks    [][3][]string     // after the numbers of year, month and day
	fillers  []string
	weekdays []string
	era      []string // before or after a year before the common era
}

var dateReaders = sync.OnceValue(func() *dateVocabulary {
	v, err := readDateVocabulary(builtinData())
	if err != nil {
		panic(err) // TestData holds that the embedded files are right
	}
	return v
})

func readDateVocabulary(files fs.FS) (*dateVocabulary, error) {
	v := &dateVocabulary{months: &monthNames{byName: map[string]int8{}}}
	var problems []error
	var spoken []string
	tags := folders(files, "dates.yaml")
	v.marks = make([][3][]string, len(tags))
	for c, tag := range tags {
		f, err := readData(files, tag+"/dates.yaml")
		if err != nil {
			return nil, err
		}
		v.fillers = append(v.fillers, f.words("", "fillers")...)
		for _, w := range f.words("", "weekdays") {
			v.weekdays = append(v.weekdays, Normalise(w))
		}
		v.era = append(v.era, spellings(f.text("words", "before-era"))...)
		for i, key := range []string{"year", "month", "day"} {
			v.marks[c][i] = spellings(f.text("marks", key))
		}
		marked := v.marks[c][1] != nil
		f.numbered("months", func(m int64, text string) {
			for _, name := range spellings(text) {
				if marked {
					spoken = append(spoken, name, strconv.FormatInt(m, 10)+v.marks[c][1][0])
				} else {
					v.months.byName[name] = int8(m)
				}
			}
		})
		l, err := languageOf(files, tag)
		if err != nil {
			return nil, err
		}
		v.months.put(l.dates.months, f.text("", "abbreviation") == "3")
		f.checkUsed()
		problems = append(problems, f.problems...)
	}
	v.spoken = strings.NewReplacer(spoken...)
	v.months.list = newSlipList(slices.Collect(maps.Keys(v.months.byName)))
	return v, errors.Join(problems...)
}

// cutEra takes the words for a year before the common era from either end of a date.
func cutEra(s string) (string, bool) {
	for _, w := range dateReaders().era {
		if rest, ok := strings.CutSuffix(s, " "+w); ok && rest != "" {
			return rest, true
		}
		if rest, ok := strings.CutPrefix(s, w); ok && rest != "" && (rest[0] == ' ' || w[0] >= utf8.RuneSelf) {
			return strings.TrimLeft(rest, " "), true
		}
	}
	return s, false
}

// beforeEra puts dates before the common era; what has no year is no such date.
func beforeEra(dates []DateReading) []DateReading {
	var out []DateReading
	for _, d := range dates {
		if d.Date.Year > 0 {
			d.Date.Year = -d.Date.Year
			out = append(out, d)
		}
	}
	return out
}

func date(y, m, d int64) (Date, bool) {
	if m < 0 || m > 12 || d < 0 || d > 31 || y < 0 || y > 9999 || d > 0 && m == 0 {
		return Date{}, false
	}
	if m > 0 && d > [13]int64{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[m] {
		return Date{}, false
	}
	return Date{int16(y), int8(m), int8(d)}, true
}

// readNumericDate reads 2025-11-01, 1/11/2025, 11.1, 20251101 and 1/11/25, whose year may be of
// this century or the last.
func readNumericDate(c Code, s string) []DateReading {
	n, shape, ok := dateNumbers(s)
	if !ok {
		return nil
	}
	var out []DateReading
	put := func(y, m, d int64) {
		if got, ok := date(y, m, d); ok && !slices.Contains(out, DateReading{Date: got}) {
			out = append(out, DateReading{Date: got})
		}
	}
	switch shape {
	case "8":
		put(n[0]/10000, n[0]/100%100, n[0]%100)
	case "4":
		put(n[0], 0, 0)
	case "4dd":
		put(n[0], n[1], n[2])
	case "4d":
		put(n[0], n[1], 0)
	case "d4":
		put(n[1], n[0], 0)
	case "dd":
		putDay(put, c, 0, n)
	case "dd4":
		putDay(put, c, n[2], n)
	case "ddd":
		if n[2] > 9 || strings.HasSuffix(s, "0"+strconv.FormatInt(n[2], 10)) {
			putDay(put, c, 2000+n[2], n)
			putDay(put, c, 1900+n[2], n)
		}
	}
	return out
}

// putDay puts the orders in which a language writes day and month in digits.
func putDay(put func(y, m, d int64), c Code, year int64, n []int64) {
	if c != Arabic {
		put(year, n[0], n[1])
	}
	if c == Arabic || c == English {
		put(year, n[1], n[0])
	}
}

// dateNumbers returns the numbers of a text that holds nothing else, and their shape: a d for
// each of one or two digits, else how many digits it has.
func dateNumbers(s string) (n []int64, shape string, ok bool) {
	var shapes []byte
	for i := 0; i < len(s); {
		if !digit(s[i]) {
			if strings.IndexByte("-/. ", s[i]) < 0 {
				return nil, "", false
			}
			i++
			continue
		}
		value, start := int64(0), i
		for i < len(s) && digit(s[i]) && i-start < 9 {
			value = value*10 + int64(s[i]-'0')
			i++
		}
		n = append(n, value)
		if size := i - start; size <= 2 {
			shapes = append(shapes, 'd')
		} else {
			shapes = append(shapes, '0'+byte(size))
		}
	}
	return n, string(shapes), true
}

// readMarkedDate reads dates whose numbers carry their names: 2025년 11월 1일, 十一月一号.
func readMarkedDate(s string) (Date, bool) {
	s = strings.ReplaceAll(strings.ReplaceAll(s, " ", ""), ",", "")
	v := dateReaders()
	marks := &v.marks[Chinese]
	switch {
	case strings.ContainsFunc(s, hangulLetter):
		marks, s = &v.marks[Korean], v.spoken.Replace(s)
	case !strings.ContainsFunc(s, han):
		return Date{}, false
	}
	var parts [3]int64
	found := false
	for i := range 2 {
		head, tail, ok := cutAnyOnce(s, marks[i])
		if !ok {
			continue
		}
		n, ok := partNumber(head)
		if !ok || i == 1 && (n < 1 || n > 12) {
			return Date{}, false
		}
		parts[i], s, found = n, tail, true
	}
	if s != "" {
		day, _ := cutAnySuffix(s, marks[2])
		n, ok := partNumber(day)
		if !ok || n < 1 || parts[1] == 0 {
			return Date{}, false
		}
		parts[2] = n
	}
	if !found {
		return Date{}, false
	}
	return date(parts[0], parts[1], parts[2])
}

// cutAnyOnce cuts s at the first of words that occurs in it.
func cutAnyOnce(s string, words []string) (before, after string, ok bool) {
	for _, w := range words {
		if before, after, ok = strings.Cut(s, w); ok {
			return before, after, true
		}
	}
	return s, "", false
}

func partNumber(s string) (int64, bool) {
	n, ok := readNumber(s)
	if !ok {
		return 0, false
	}
	return n.Number.Int()
}

// monthNames are names of months, normalised, with how many words they have.
type monthNames struct {
	byName map[string]int8
	list   *slipList
}

// put adds the names that a language writes, January first, and their first three letters if
// they are written short.
func (x *monthNames) put(names []string, short bool) {
	for m, name := range names {
		name = Normalise(name)
		x.byName[name] = int8(m + 1)
		if short {
			x.byName[name[:3]] = int8(m + 1)
		}
	}
}

// find returns the month of a name, or of the one name that it is a slip of.
func (x *monthNames) find(name string) (m int8, slip, ok bool) {
	if m, ok := x.byName[name]; ok {
		return m, false, true
	}
	found, least := int8(0), 3
	for n, d := range x.list.near(name) {
		switch {
		case d > least:
		case d < least:
			found, least = x.byName[n], d
		case x.byName[n] != found:
			found = 0
		}
	}
	return found, true, found != 0
}

// readNamedDate reads dates with the name of a month: 1 November 2025, the first of November,
// الأول من نوفمبر.
func readNamedDate(s string) []DateReading {
	words := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == ',' || r == '/' || r == '-' || r == '.' || r == '\'' })
	if len(words) > 12 {
		return nil
	}
	words = slices.DeleteFunc(words, func(w string) bool { return slices.Contains(dateReaders().fillers, w) })
	for _, slips := range []bool{false, true} {
		for size := 2; size >= 1; size-- {
			for i := 0; i+size <= len(words); i++ {
				name := strings.Join(words[i:i+size], " ")
				if name[0] < utf8.RuneSelf && digit(name[0]) {
					continue
				}
				m, slip, ok := dateReaders().months.find(name)
				if !ok || slip != slips {
					continue
				}
				rest := append(slices.Clone(words[:i]), words[i+size:]...)
				if day, year, ok := dayAndYear(rest); ok {
					if d, ok := date(year, int64(m), day); ok {
						return []DateReading{{Date: d, Slip: slip}}
					}
				}
			}
		}
	}
	return nil
}

// dayAndYear reads what stands around the name of a month.
func dayAndYear(words []string) (day, year int64, ok bool) {
	if len(words) == 0 {
		return 0, 0, true
	}
	if n, ok := dayOrYear(words); ok {
		if n > 31 {
			return 0, n, true
		}
		return n, 0, n > 0
	}
	for cut := 1; cut < len(words); cut++ {
		first, ok1 := dayOrYear(words[:cut])
		second, ok2 := dayOrYear(words[cut:])
		switch {
		case !ok1 || !ok2:
		case first >= 1 && first <= 31 && second > 31:
			return first, second, true
		case second >= 1 && second <= 31 && first > 31:
			return second, first, true
		case first >= 1 && first <= 31 && twoDigits(words[len(words)-1]):
			return first, second, true // 8 May 05
		}
	}
	return 0, 0, false
}

// twoDigits reports whether a word is a year of two digits.
func twoDigits(w string) bool { return len(w) == 2 && digit(w[0]) && digit(w[1]) }

func dayOrYear(words []string) (int64, bool) {
	s := strings.Join(words, " ")
	if n, ok := ReadOrdinal(s); ok && n <= 31 {
		return n, true
	}
	r, ok := readNumber(s)
	if !ok || r.Slip {
		return 0, false
	}
	return r.Number.Int()
}

// withoutWeekday drops the day of the week, which says nothing that the date does not.
func withoutWeekday(s string) string {
	for _, w := range dateReaders().weekdays {
		if before, after, ok := strings.Cut(s, w); ok {
			return strings.Trim(before+" "+after, " ,()")
		}
	}
	return s
}
