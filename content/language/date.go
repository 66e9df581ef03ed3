package language

import "strconv"

var months = [Count][13]string{
	Arabic: {"", "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"},
	English: {"", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
		"December"},
}

// The mark of years before the common era, before or after the year.
var bce = [Count]string{Arabic: " ق.م.", English: " BCE", Korean: "기원전 ", Chinese: "公元前"}

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
	return appendDate(dst, c, d, wholeDate, st)
}

func appendDate(dst []byte, c Code, d Date, part datePart, st Style) []byte {
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
	if d.Month == 0 {
		d.Day = 0
	}
	if c == Korean || c == Chinese {
		return appendLargestFirst(dst, c, d)
	}
	if d.Day != 0 {
		dst = append(appendCount(dst, c, int(d.Day), st), ' ')
	}
	if d.Month != 0 {
		dst = append(dst, months[c][d.Month]...)
	}
	if d.Year == 0 {
		return dst
	}
	if d.Month != 0 {
		dst = append(dst, ' ')
	}
	if d.Year < 0 {
		return append(appendCount(dst, c, -int(d.Year), st), bce[c]...)
	}
	return appendCount(dst, c, int(d.Year), st)
}

// appendLargestFirst appends a Korean or Chinese date: year, month, day.
func appendLargestFirst(dst []byte, c Code, d Date) []byte {
	units, space := [3]string{"년", "월", "일"}, " "
	if c == Chinese {
		units, space = [3]string{"年", "月", "日"}, ""
	}
	if d.Year < 0 {
		dst = append(dst, bce[c]...)
	}
	begun := false
	for i, n := range [3]int{abs(int(d.Year)), int(d.Month), int(d.Day)} {
		if n == 0 {
			continue
		}
		if begun {
			dst = append(dst, space...)
		}
		dst = append(strconv.AppendInt(dst, int64(n), 10), units[i]...)
		begun = true
	}
	return dst
}

// appendCount appends a small whole number without grouping.
func appendCount(dst []byte, c Code, n int, st Style) []byte {
	return appendNumber(dst, c, Decimal{Coef: int64(n)}, 0, false, st)
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
