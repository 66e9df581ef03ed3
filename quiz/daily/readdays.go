package daily

import (
	"cmp"
	"fmt"
	"strings"
	"sync"
	"time"

	"summitquiz/content/language"
)

// WeekdaysError says that a text names no days of the week.
type WeekdaysError struct{ Text string }

func (e *WeekdaysError) Error() string {
	return fmt.Sprintf("%q does not name days of the week: write them like mon-fri, or sun, tue, thu", e.Text)
}

// dayWord is one word of a set of days.
type dayWord struct {
	days  Weekdays
	until bool // of a range
	from  bool // of a range in Korean: it stands after the first day
}

// dayLexicon holds the words for days, normalised, the longest first. Which days are the weekend
// goes by the language of the word.
var dayLexicon = sync.OnceValue(func() []lexiconEntry[dayWord] {
	var out []lexiconEntry[dayWord]
	put := func(w dayWord, words ...string) {
		for _, s := range words {
			out = append(out, lexiconEntry[dayWord]{cmp.Or(language.Normalise(s), s), w})
		}
	}
	for d := time.Sunday; d <= time.Saturday; d++ {
		put(dayWord{days: 1 << d}, language.WordsOf("times", strings.ToLower(d.String()))...)
	}
	put(dayWord{days: EveryDay}, language.WordsOf("times", "every-day")...)
	put(dayWord{days: MondayToFriday}, language.WordsOf("times", "monday-to-friday")...)
	put(dayWord{days: SundayToThursday}, language.WordsOf("times", "sunday-to-thursday")...)
	put(dayWord{days: SaturdaySunday}, language.WordsOf("times", "saturday-sunday")...)
	put(dayWord{days: FridaySaturday}, language.WordsOf("times", "friday-saturday")...)
	put(dayWord{until: true}, language.WordsOf("times", "until")...)
	put(dayWord{until: true}, "-", "~")
	put(dayWord{from: true}, language.WordsOf("times", "from")...)
	put(dayWord{}, language.WordsOf("times", "day-fillers")...)
	put(dayWord{}, ",", "、", "/", "+", "&", ";")
	return sortedLexicon(out)
})

// ReadWeekdays reads days of the week as people type them in any of the four languages: mon-fri,
// weekends, الأحد إلى الخميس, 월수금, 周一到周五. It returns a *WeekdaysError for other texts.
func ReadWeekdays(text string) (Weekdays, error) {
	wrong := &WeekdaysError{Text: shortened(text)}
	if len(text) > 400 {
		return 0, wrong
	}
	var days Weekdays
	last, open := time.Weekday(-1), false
	for s := language.Normalise(text); s != ""; {
		if s[0] == ' ' {
			s = s[1:]
			continue
		}
		w, size, ok := lookUp(dayLexicon(), s)
		if !ok {
			return 0, wrong
		}
		s = s[size:]
		list := w.days.List()
		switch {
		case w.until || w.from:
			if last < 0 {
				return 0, wrong
			}
			open = true
		case len(list) == 1:
			for d := last; open && d != list[0]; d = (d + 1) % 7 {
				days |= 1 << d
			}
			last, open = list[0], false
			days |= w.days
		case len(list) > 1:
			days |= w.days
		}
	}
	if days == 0 || open {
		return 0, wrong
	}
	return days, nil
}
