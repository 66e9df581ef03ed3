package daily

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"summitquiz/content/language"
)

// TimeError says why a text is not a time of day.
type TimeError struct {
	Text   string // at most 40 letters of it
	NoSuch bool   // it reads like a time that no clock shows, such as 25:00

}

func (e *TimeError) Error() string {
	if e.NoSuch {
		return fmt.Sprintf("%q is not a time that a clock shows: write one from 00:00 to 23:59, such as 21:30", e.Text)
	}
	return fmt.Sprintf("%q is not a time of day: write it like 21:30 or 9:30 pm", e.Text)
}

// ReadTime reads a time of day as people type it in any of the four languages: 9, 09:30,
// 9:30 pm, ٩:٣٠ م, half past nine, التاسعة والنصف مساء, 오후 9시 반, 上午九点. An hour without a part
// of the day is that of a clock with 24 hours. It returns a *TimeError for other texts.
func ReadTime(text string) (TimeOfDay, error) {
	wrong := &TimeError{Text: shortened(text)}
	if len(text) > 200 {
		return 0, wrong
	}
	words, ok := clockWords(language.Normalise(text))
	if !ok {
		return 0, wrong
	}
	part := anyPart
	words = slices.DeleteFunc(words, func(w clockWord) bool {
		if w.kind != dayPart {
			return false
		}
		if part != anyPart && part != w.n {
			ok = false
		}
		part = w.n
		return true
	})
	hour, minute, understood := clockReading(words, part)
	if !ok || !understood {
		return 0, wrong
	}
	if hour, ok = inPart(hour, part); !ok || minute < 0 || minute > 59 || hour > 24 || hour == 24 && minute > 0 {
		wrong.NoSuch = true
		return 0, wrong
	}
	return At(hour%24, minute), nil
}

// shortened returns the first letters of a text that a sentence quotes.
func shortened(text string) string {
	const most = 40
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most]) + "…"
}

// Parts of the day.
const (
	anyPart = iota
	forenoon
	afternoon
	evening
	night
	midday
)

// inPart returns the hour of 24 that an hour is in a part of the day.
func inPart(hour, part int) (int, bool) {
	if part == anyPart || hour > 12 && part != forenoon {
		return hour, hour <= 24
	}
	late := hour
	if hour < 12 {
		late += 12
	}
	switch {
	case part == forenoon:
		return hour % 12, hour <= 12
	case part == afternoon:
		return late, true
	case part == evening && hour == 12, part == night && hour == 12:
		return 0, true
	case part == evening, part == night && hour > 4, part == midday && hour < 9:
		return late, true
	}
	return hour, true
}

// clockReading reads hour and minute from words without a part of the day.
func clockReading(words []clockWord, part int) (hour, minute int, ok bool) {
	words = joinNumbers(words)
	if hour, minute, ok = spokenReading(words, part); ok {
		return hour, minute, true
	}
	c := clockCursor{words}
	h, ok := c.take(number)
	switch {
	case !ok:
		return 0, 0, false
	case c.done() && h.digits > 2: // 0930
		return h.n / 100, h.n % 100, true
	}
	c.take(hourMark, colon)
	sign, signed := c.take(lessThan, andMore) // التاسعة إلا ربعا, التاسعة والنصف
	if c.done() {
		return h.n, 0, !signed
	}
	m, ok := c.take(number, minutes, quarters)
	if !ok {
		return 0, 0, false
	}
	if _, several := c.take(quarters); several && m.kind == number { // 九点三刻
		m.n *= 15
	}
	c.take(minuteMark)
	_, back := c.take(lessThan) // 9시 10분 전
	if _, seconds := c.take(colon); seconds {
		if s, ok := c.take(number); !ok || s.n > 59 {
			return 0, 0, false
		}
	}
	hour, minute = reckon(h.n, m.n, back || sign.kind == lessThan)
	return hour, minute, c.done()
}

// spokenReading reads what does not begin with the hour: noon, midnight, half past nine, ten to nine.
func spokenReading(words []clockWord, part int) (hour, minute int, ok bool) {
	c := clockCursor{words}
	if c.done() { // noon and midnight are parts of the day too
		return map[int]int{midday: 12, night: 0}[part], 0, part == midday || part == night
	}
	m, counted := c.take(number, minutes, quarters)
	if whole, ok := c.take(wholeHour); ok {
		return whole.n, 0, part == anyPart && c.done() && (!counted || m.n == 12)
	}
	side, ok := c.take(pastHour, toHour)
	h, named := c.take(number)
	if !counted || !ok || !named || !c.done() {
		return 0, 0, false
	}
	hour, minute = reckon(h.n, m.n, side.kind == toHour)
	return hour, minute, true
}

// clockCursor takes words off the front.
type clockCursor struct{ rest []clockWord }

// take takes the next word if it is of one of the kinds.
func (c *clockCursor) take(kinds ...wordKind) (clockWord, bool) {
	if len(c.rest) == 0 || !slices.Contains(kinds, c.rest[0].kind) {
		return clockWord{}, false
	}
	w := c.rest[0]
	c.rest = c.rest[1:]
	return w, true
}

func (c *clockCursor) done() bool { return len(c.rest) == 0 }

// reckon moves minutes back from the hour where they are left to it.
func reckon(hour, minute int, back bool) (int, int) {
	if !back || minute == 0 {
		return hour, minute
	}
	if hour--; hour < 1 {
		hour += 12
	}
	return hour, 60 - minute
}

// joinNumbers joins the numbers of "thirty five".
func joinNumbers(words []clockWord) []clockWord {
	var out []clockWord
	for _, w := range words {
		if last := len(out) - 1; last >= 0 && w.kind == number && out[last].kind == number && w.digits == 0 && out[last].digits == 0 &&
			out[last].n >= 20 && out[last].n%10 == 0 && w.n < 10 {
			out[last].n += w.n
			continue
		}
		out = append(out, w)
	}
	return out
}

// wordKind is what a word of a time is.
type wordKind uint8

const (
	noWord wordKind = iota
	filler
	number
	colon
	hourMark
	minuteMark
	minutes  // half, third
	quarters // a quarter, or so many
	pastHour
	toHour   // minutes before the hour that follows
	lessThan // minutes before the hour that stands already
	andMore
	dayPart
	wholeHour // noon, midnight
)

// clockWord is one word of a time.
type clockWord struct {
	kind   wordKind
	n      int
	digits int // of a number in digits; 0: in words
}

// clockLexicon holds the words of times, normalised, the longest first.
var clockLexicon = sync.OnceValue(func() []lexiconEntry[clockWord] {
	var out []lexiconEntry[clockWord]
	put := func(kind wordKind, n int, words string) {
		for w := range strings.SplitSeq(words, "|") {
			out = append(out, lexiconEntry[clockWord]{language.Normalise(w), clockWord{kind: kind, n: n}})
		}
	}
	put(filler, 0, "at|the|in|around|about|o'clock|oclock|o clock|sharp|hours|hrs|الساعة|ساعة|في|تماما|عند|정각|에|정각에|整|钟|每天|دقيقة|دقائق|minutes|minute")
	put(hourMark, 0, "h|시|点|时|點")
	put(minuteMark, 0, "분|分")
	put(minutes, 30, "half|نصف|النصف|반|半")
	put(minutes, 20, "ثلث|الثلث")
	put(quarters, 15, "a quarter|quarter|ربع|الربع|ربعا|刻")
	put(minutes, 20, "ثلثا")
	put(pastHour, 0, "past|after")
	put(toHour, 0, "to|till|before")
	put(lessThan, 0, "إلا|전")
	put(andMore, 0, "and|و")
	put(dayPart, forenoon, "am|a.m|a m|morning|in the morning|ص|صباحا|صباح|الصباح|فجرا|الفجر|오전|아침|새벽|上午|早上|早晨|清晨|凌晨|早")
	put(dayPart, afternoon, "pm|p.m|p m|afternoon|in the afternoon|م|بعد الظهر|عصرا|العصر|오후|下午")
	put(dayPart, evening, "evening|in the evening|مساء|المساء|저녁|傍晚")
	put(dayPart, night, "night|at night|tonight|ليلا|الليل|밤|晚上|夜里|晚|夜晚")
	put(dayPart, midday, "ظهرا|الظهر|낮|中午")
	put(wholeHour, 12, "noon|midday|noontime|정오|正午")
	put(wholeHour, 0, "midnight|منتصف الليل|자정|午夜|半夜")
	for n, words := range []string{
		1: "one|واحدة|الواحدة|واحد|한", 2: "two|اثنين|الثانية|اثنتين|두|两", 3: "three|ثلاثة|الثالثة|ثلاث|세", 4: "four|أربعة|الرابعة|أربع|네",
		5: "five|خمسة|الخامسة|خمس|다섯", 6: "six|ستة|السادسة|ست|여섯", 7: "seven|سبعة|السابعة|سبع|일곱", 8: "eight|ثمانية|الثامنة|ثمان|여덟",
		9: "nine|تسعة|التاسعة|تسع|아홉", 10: "ten|عشرة|العاشرة|عشر|열", 11: "eleven|أحد عشر|الحادية عشرة|الحادية عشر|إحدى عشرة|열한",
		12: "twelve|اثنا عشر|الثانية عشرة|الثانية عشر|اثنتا عشرة|열두", 13: "thirteen", 14: "fourteen", 15: "fifteen", 16: "sixteen", 17: "seventeen", 18: "eighteen",
		19: "nineteen", 20: "twenty|عشرين|عشرون", 25: "خمس وعشرين|خمسة وعشرين", 30: "thirty|ثلاثين|ثلاثون", 40: "forty|أربعين", 50: "fifty|خمسين",
	} {
		if words != "" {
			put(number, n, words)
		}
	}
	return sortedLexicon(out)
})

// clockWords takes a normalised text apart; false if it has anything that does not belong to a time.
func clockWords(s string) ([]clockWord, bool) {
	var out []clockWord
	for s != "" {
		if s[0] == ' ' || s[0] == ',' {
			s = s[1:]
			continue
		}
		if end := digitsAt(s); end > 0 {
			if end > 4 {
				return nil, false
			}
			out = append(out, clockWord{kind: number, n: atoi(s[:end]), digits: end})
			s = s[end:]
			continue
		}
		if s[0] == ':' || (s[0] == '.' || s[0] == '-') && len(out) > 0 && out[len(out)-1].kind == number {
			out = append(out, clockWord{kind: colon})
			s = s[1:]
			continue
		}
		if w, size, ok := lookUp(clockLexicon(), s); ok {
			if w.kind != filler {
				out = append(out, w)
			}
			s = s[size:]
			continue
		}
		n, size := eastNumber(s)
		if size == 0 {
			return nil, false
		}
		out = append(out, clockWord{kind: number, n: n})
		s = s[size:]
	}
	return out, true
}

func digitsAt(s string) int {
	end := 0
	for end < len(s) && s[end] >= '0' && s[end] <= '9' {
		end++
	}
	return end
}

func atoi(s string) int {
	n := 0
	for _, c := range []byte(s) {
		n = 10*n + int(c-'0')
	}
	return n
}

// eastNumber reads a number up to 99 in Chinese or Sino-Korean numerals at the beginning of s: 二十三, 삼십.
func eastNumber(s string) (n, size int) {
	const chinese, korean = "零一二三四五六七八九十", "영일이삼사오육칠팔구십"
	unit := -1
	for i, r := range s {
		d := slices.Index([]rune(chinese), r)
		if d < 0 {
			d = slices.Index([]rune(korean), r)
		}
		if d < 0 || n >= 10 && d == 10 || unit > 0 && d < 10 {
			return n + max(unit, 0), i
		}
		if d == 10 {
			n, unit = 10*max(unit, 1), -1
			if i == 0 {
				n = 10
			}
		} else {
			unit = d
		}
		size = i + utf8.RuneLen(r)
	}
	return n + max(unit, 0), size
}

// lexiconEntry is a word and what it means.
type lexiconEntry[T any] struct {
	word string
	is   T
}

// sortedLexicon puts longer words before their beginnings.
func sortedLexicon[T any](entries []lexiconEntry[T]) []lexiconEntry[T] {
	slices.SortStableFunc(entries, func(a, b lexiconEntry[T]) int { return len(b.word) - len(a.word) })
	return entries
}

// lookUp returns the longest word with which s begins. Words of Latin and Arabic letters end
// where other letters do not follow, but for the Arabic "and", which is joined to the next word.
func lookUp[T any](lexicon []lexiconEntry[T], s string) (is T, size int, ok bool) {
	for _, e := range lexicon {
		if e.word == "" || !strings.HasPrefix(s, e.word) {
			continue
		}
		last, _ := utf8.DecodeLastRuneInString(e.word)
		next, _ := utf8.DecodeRuneInString(s[len(e.word):])
		if joined := unicode.IsLetter(next) && sameScript(last, next); !joined || e.word == "و" {
			return e.is, len(e.word), true
		}
	}
	return is, 0, false
}

// sameScript reports whether two letters are both Latin or both Arabic.
func sameScript(a, b rune) bool {
	return unicode.Is(unicode.Latin, a) && unicode.Is(unicode.Latin, b) || unicode.Is(unicode.Arabic, a) && unicode.Is(unicode.Arabic, b)
}
