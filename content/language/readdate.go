package language

import (
	"maps"
	"slices"
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
	if out := readNumericDate(c, s); out != nil {
		return out
	}
	if d, ok := readMarkedDate(s); ok {
		return []DateReading{{Date: d}}
	}
	return readNamedDate(s)
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

// readNumericDate reads 2025-11-01, 1/11/2025, 11.1 and 20251101.
func readNumericDate(c Code, s string) []DateReading {
	var n []int64
	var sizes []int
	for i := 0; i < len(s); {
		if !digit(s[i]) {
			if strings.IndexByte("-/. ", s[i]) < 0 {
				return nil
			}
			i++
			continue
		}
		value, start := int64(0), i
		for i < len(s) && digit(s[i]) && i-start < 9 {
			value = value*10 + int64(s[i]-'0')
			i++
		}
		n, sizes = append(n, value), append(sizes, i-start)
	}
	var out []DateReading
	put := func(y, m, d int64) {
		if got, ok := date(y, m, d); ok && !slices.Contains(out, DateReading{Date: got}) {
			out = append(out, DateReading{Date: got})
		}
	}
	year := func(i int) int64 {
		if sizes[i] == 2 {
			return 2000 + n[i]
		}
		return n[i]
	}
	switch {
	case len(n) == 1 && sizes[0] == 8:
		put(n[0]/10000, n[0]/100%100, n[0]%100)
	case len(n) == 1 && sizes[0] == 4:
		put(n[0], 0, 0)
	case len(n) == 3 && sizes[0] == 4:
		put(n[0], n[1], n[2])
	case len(n) == 2 && sizes[0] == 4 && sizes[1] <= 2:
		put(n[0], n[1], 0)
	case len(n) == 2 && sizes[1] == 4 && sizes[0] <= 2:
		put(n[1], n[0], 0)
	case len(n) == 3 && (sizes[2] == 4 || sizes[2] == 2) && sizes[0] <= 2 && sizes[1] <= 2, len(n) == 2 && sizes[0] <= 2 && sizes[1] <= 2:
		y := int64(0)
		if len(n) == 3 {
			y = year(2)
		}
		if c != Arabic {
			put(y, n[0], n[1])
		}
		if c == Arabic || c == English {
			put(y, n[1], n[0])
		}
	}
	return out
}

// readMarkedDate reads dates whose numbers carry their names: 2025년 11월 1일, 十一月一号.
func readMarkedDate(s string) (Date, bool) {
	s = strings.ReplaceAll(strings.ReplaceAll(s, " ", ""), ",", "")
	marks := [3][]string{{"年"}, {"月"}, {"日", "号"}}
	if strings.ContainsFunc(s, hangulLetter) {
		marks = [3][]string{{"년"}, {"월"}, {"일"}}
		s = strings.NewReplacer("월달", "월", "유월", "6월", "시월", "10월").Replace(s)
	} else if !strings.ContainsFunc(s, han) {
		return Date{}, false
	}
	var parts [3]int64
	found := false
	for i := range 2 {
		head, tail, ok := strings.Cut(s, marks[i][0])
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
		day := s
		for _, m := range marks[2] {
			if rest, ok := strings.CutSuffix(s, m); ok {
				day = rest
				break
			}
		}
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

var monthIndex = sync.OnceValue(func() *monthNames {
	x := &monthNames{byName: map[string]int8{}}
	put := func(m int, names string) {
		for name := range strings.SplitSeq(names, "|") {
			if s := Normalise(name); s != "" {
				x.byName[s] = int8(m)
			}
		}
	}
	for m := 1; m <= 12; m++ {
		en := English.Language().dates.months[m-1]
		put(m, en+"|"+en[:3])
		put(m, Arabic.Language().dates.months[m-1])
	}
	put(9, "Sept")
	for i, names := range []string{
		"كانون الثاني|جانفي", "شباط|فيفري", "آذار", "نيسان|أفريل|إبريل|نيسان", "أيار|ماي|نوار", "حزيران|جوان|يونية", "تموز|جويلية|يوليوز|يولية", "آب|أوت|غشت",
		"أيلول|شتنبر", "تشرين الأول|تشرين أول", "تشرين الثاني|تشرين ثاني|نونبر|نوفمبير", "كانون الأول|كانون أول|دجنبر|ديسمبير",
	} {
		put(i+1, names)
	}
	x.list = newSlipList(slices.Collect(maps.Keys(x.byName)))
	return x
})

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

// dateFillers are words that a date may hold besides.
var dateFillers = strings.Fields("of the on in day date ad ce من في شهر سنه عام يوم بتاريخ لعام لسنه الموافق م")

// readNamedDate reads dates with the name of a month: 1 November 2025, the first of November,
// الأول من نوفمبر.
func readNamedDate(s string) []DateReading {
	words := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == ',' || r == '/' || r == '-' || r == '.' })
	if len(words) > 12 {
		return nil
	}
	words = slices.DeleteFunc(words, func(w string) bool { return slices.Contains(dateFillers, w) })
	for _, slips := range []bool{false, true} {
		for size := 2; size >= 1; size-- {
			for i := 0; i+size <= len(words); i++ {
				name := strings.Join(words[i:i+size], " ")
				if name[0] < utf8.RuneSelf && digit(name[0]) {
					continue
				}
				m, slip, ok := monthIndex().find(name)
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
		}
	}
	return 0, 0, false
}

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

// weekdays are dropped from dates: they say nothing that the date does not.
var weekdays = sync.OnceValue(func() []string {
	var out []string
	for s := range strings.SplitSeq("monday|tuesday|wednesday|thursday|friday|saturday|sunday|الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد|월요일|화요일|수요일|목요일|금요일|토요일|일요일|星期一|星期二|星期三|星期四|星期五|星期六|星期日|星期天|周一|周二|周三|周四|周五|周六|周日", "|") {
		out = append(out, Normalise(s))
	}
	return out
})

func withoutWeekday(s string) string {
	for _, w := range weekdays() {
		if before, after, ok := strings.Cut(s, w); ok {
			return strings.Trim(before+" "+after, " ,()")
		}
	}
	return s
}
