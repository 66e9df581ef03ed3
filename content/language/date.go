package language

import (
	"strconv"
	"strings"
)

// dateWords are the patterns in which a language writes dates, by what of the date is known.
type dateWords struct {
	day, month, year     datePattern // with the year
	dayOfYear, monthOnly datePattern // without
	beforeEra            datePattern // a year before the common era
	months               []string    // names; none: months are numbers
}

// datePattern is a pattern such as "{day} {month} {year}".
type datePattern []dateSegment

type dateSegment struct {
	text string
	part datePart // of the value that follows the text; wholeDate: none
}

// readDates reads the patterns of dates and the names of the months.
func readDates(f *dataFile) dateWords {
	pattern := func(key string) datePattern {
		text := f.required("dates", key)
		p, ok := parseDatePattern(text)
		if !ok {
			f.fail(f.lineOf("dates"), "%s: %s has a placeholder that dates do not have: write {day}, {month} or {year}", key, text)
		}
		return p
	}
	d := dateWords{
		day: pattern("day"), month: pattern("month"), year: pattern("year"),
		dayOfYear: pattern("day-of-year"), monthOnly: pattern("month-of-year"), beforeEra: pattern("before-era"),
		months: f.words("dates", "months"),
	}
	if n := len(d.months); n != 0 && n != 12 {
		f.fail(f.section("dates").entry("months").line, "there are %d months: write twelve names, January first, or none", n)
		d.months = nil
	}
	return d
}

func parseDatePattern(s string) (datePattern, bool) {
	var p datePattern
	for s != "" {
		text, rest, found := strings.Cut(s, "{")
		name, after, closed := strings.Cut(rest, "}")
		part, known := map[string]datePart{"year": yearPart, "month": monthPart, "day": dayPart}[name]
		if !found {
			return append(p, dateSegment{text: text}), !strings.Contains(text, "}")
		}
		if !closed || !known {
			return nil, false
		}
		p, s = append(p, dateSegment{text, part}), after
	}
	return p, len(p) > 0
}

// datePart is a part of a date that a message may ask for.
type datePart uint8

const (
	wholeDate datePart = iota
	yearPart           // 2025
	monthPart          // November 2025
	dayPart            // 1 November
)

// AppendDate appends a date as precisely as it is known: "1 November 2025", "نوفمبر 2025",
// "2025년 11월 1일", "2025年". Year -44 is 44 BCE. The zero date appends nothing.
func AppendDate(dst []byte, c Code, d Date, st Style) []byte {
	return c.Language().AppendDate(dst, d, st)
}

// AppendDate is the function AppendDate in this language.
func (l *Language) AppendDate(dst []byte, d Date, st Style) []byte {
	return l.appendDate(dst, d, wholeDate, st)
}

func (l *Language) appendDate(dst []byte, d Date, part datePart, st Style) []byte {
	switch {
	case part == yearPart && d.Year != 0:
		d.Month, d.Day = 0, 0
	case part == monthPart && d.Year != 0:
		d.Day = 0
	case part == dayPart && d.Month != 0:
		d.Year = 0
	}
	if d.Month < 0 || d.Month > 12 {
		d.Month = 0
	}
	var pattern datePattern
	switch w := &l.dates; {
	case d.Year == 0 && d.Month == 0:
		return dst
	case d.Year == 0 && d.Day == 0:
		pattern = w.monthOnly
	case d.Year == 0:
		pattern = w.dayOfYear
	case d.Month == 0:
		pattern = w.year
	case d.Day == 0:
		pattern = w.month
	default:
		pattern = w.day
	}
	return l.appendPattern(dst, pattern, d, st)
}

func (l *Language) appendPattern(dst []byte, p datePattern, d Date, st Style) []byte {
	for i := range p {
		dst = append(dst, p[i].text...)
		switch p[i].part {
		case yearPart:
			if d.Year < 0 {
				d.Year = -d.Year
				dst = l.appendPattern(dst, l.dates.beforeEra, d, st)
			} else {
				dst = l.appendCount(dst, int(d.Year), st)
			}
		case monthPart:
			if l.dates.months != nil {
				dst = append(dst, l.dates.months[d.Month-1]...)
			} else {
				dst = l.appendCount(dst, int(d.Month), st)
			}
		case dayPart:
			dst = l.appendCount(dst, int(d.Day), st)
		}
	}
	return dst
}

// appendCount appends a small whole number without grouping.
func (l *Language) appendCount(dst []byte, n int, st Style) []byte {
	if l.native == nil {
		return strconv.AppendInt(dst, int64(n), 10)
	}
	return l.appendNumber(dst, Decimal{Coef: int64(n)}, 0, false, st)
}
