package generate

import (
	"math/bits"

	"summitquiz/content/language"
)

// Dates are steps too: days, months or years, as precisely as the key is known.

// How far neighbouring dates stand from each other: days within a fortnight and a half, months
// within the year, years within a decade.
const (
	widestDays   = 20
	widestMonths = 9
	widestYears  = 9
)

// calendar returns the ladder of dates around the key. What lies in the past of its sources
// gets no wrong date after them.
func (d *drawing) calendar() (l ladder, at int64, ok bool) {
	key := d.key.Date
	l = ladder{precise: precision(key)}
	l.low, l.high = l.yearStep(-9999), l.yearStep(9999)
	switch l.precise {
	case 3:
		l.widest, l.day = widestDays, dayDate
	case 2:
		l.widest, l.day = widestMonths, monthDate
	case 1:
		l.widest, l.day = widestYears, yearDate
		if key.Year > 0 {
			l.low = 1
		} else {
			l.high = -1 // there is no year 0
		}
	default:
		return l, 0, false
	}
	at, ok = dateStep(key, &l)
	limit := d.g.latest
	if later(d.fact.AsOf, limit) {
		limit = d.fact.AsOf
	}
	if limit != (language.Date{}) && !later(key, limit) {
		if top := topStep(limit, precision(key)); top >= at {
			l.high = top
		}
	}
	field := &d.fact.Relation.Fields[d.field]
	if field.Min != nil {
		l.low = max(l.low, l.yearStep(stepAt(*field.Min, 0, true)))
	}
	if field.Max != nil {
		l.high = min(l.high, l.yearStep(stepAt(*field.Max, 0, false)+1)-1)
	}
	return l, at, ok && l.low <= at && at <= l.high
}

// yearStep is the first step of a year.
func (l *ladder) yearStep(year int64) int64 {
	switch year = max(-9999, min(9999, year)); l.precise {
	case 3:
		return dayNumber(language.Date{Year: int16(year), Month: 1, Day: 1})
	case 2:
		return year * 12
	}
	return year
}

// topStep is the last step, in the precision of a key, that begins by a date.
func topStep(limit language.Date, precise int) int64 {
	if limit.Month == 0 {
		limit.Month = 12
	}
	if limit.Day == 0 {
		limit.Day = 28
	}
	switch precise {
	case 3:
		return dayNumber(limit)
	case 2:
		return int64(limit.Year)*12 + int64(limit.Month) - 1
	}
	return int64(limit.Year)
}

// precision is 1 for a year, 2 for a month, 3 for a day, 0 for no date.
func precision(d language.Date) int {
	switch {
	case d.Day > 0:
		return 3
	case d.Month > 0:
		return 2
	case d.Year != 0:
		return 1
	}
	return 0
}

func dateStep(d language.Date, l *ladder) (int64, bool) {
	switch l.precise {
	case 3:
		return dayNumber(d), precision(d) == 3
	case 2:
		return int64(d.Year)*12 + int64(d.Month) - 1, precision(d) == 2
	}
	return int64(d.Year), precision(d) == 1
}

func yearDate(step int64) language.Date { return language.Date{Year: int16(step)} }

func monthDate(step int64) language.Date {
	year := floorDiv(step, 12)
	return language.Date{Year: int16(year), Month: int8(step - 12*year + 1)}
}

// dayNumber counts the days of the proleptic Gregorian calendar from 1 March of year 0.
func dayNumber(d language.Date) int64 {
	y, m := int64(d.Year), int64(d.Month)-3
	if m < 0 {
		y, m = y-1, m+12
	}
	return 365*y + floorDiv(y, 4) - floorDiv(y, 100) + floorDiv(y, 400) + (153*m+2)/5 + int64(d.Day) - 1
}

func dayDate(n int64) language.Date {
	era := floorDiv(n, 146097)
	n -= era * 146097
	y := (n - n/1460 + n/36524 - n/146096) / 365
	n -= 365*y + y/4 - y/100
	m := (5*n + 2) / 153
	day := n - (153*m+2)/5 + 1
	y += era * 400
	if m += 3; m > 12 {
		m, y = m-12, y+1
	}
	return language.Date{Year: int16(y), Month: int8(m), Day: int8(day)}
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// later reports whether a begins after b. No date is before every date.
func later(a, b language.Date) bool {
	if a.Year != b.Year {
		return a.Year > b.Year
	}
	if a.Month != b.Month {
		return a.Month > b.Month
	}
	return a.Day > b.Day
}

func wideMul(a, b int64) (hi, lo uint64) { return bits.Mul64(uint64(a), uint64(b)) }
