package daily

import (
	"fmt"
	"slices"
	"strconv"
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
	put := func(kind wordKind, n int, list string) {
		for _, w := range language.WordsOf("times", list) {
			out = append(out, lexiconEntry[clockWord]{language.Normalise(w), clockWord{kind: kind, n: n}})
		}
	}
	put(filler, 0, "time-fillers")
	put(hourMark, 0, "hour-marks")
	put(minuteMark, 0, "minute-marks")
	put(minutes, 30, "half-hours")
	put(minutes, 20, "third-hours")
	put(quarters, 15, "quarter-hours")
	put(pastHour, 0, "past-hour")
	put(toHour, 0, "to-hour")
	put(lessThan, 0, "less-than")
	put(andMore, 0, "and-more")
	put(dayPart, forenoon, "forenoon")
	put(dayPart, afternoon, "afternoon")
	put(dayPart, evening, "evening")
	put(dayPart, night, "night")
	put(dayPart, midday, "midday")
	put(wholeHour, 12, "noon")
	put(wholeHour, 0, "midnight")
	for n := range 60 {
		put(number, n, "number-"+strconv.Itoa(n))
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
	unit := -1
	for i, r := range s {
		d := slices.Index(language.WordsIn(language.Chinese, "times", "digits-to-ten"), string(r))
		if d < 0 {
			d = slices.Index(language.WordsIn(language.Korean, "times", "digits-to-ten"), string(r))
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
