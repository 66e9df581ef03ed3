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
	put := func(w dayWord, words string) {
		for s := range strings.SplitSeq(words, "|") {
			out = append(out, lexiconEntry[dayWord]{cmp.Or(language.Normalise(s), s), w})
		}
	}
	for d, words := range []string{
		"sunday|sundays|sun|su|الأحد|احد|일요일|일|星期日|星期天|周日|周天|礼拜天|礼拜日|日|天",
		"monday|mondays|mon|mo|الاثنين|الإثنين|اثنين|월요일|월|星期一|周一|礼拜一|一",
		"tuesday|tuesdays|tues|tue|tu|الثلاثاء|ثلاثاء|화요일|화|星期二|周二|礼拜二|二",
		"wednesday|wednesdays|wed|we|الأربعاء|أربعاء|수요일|수|星期三|周三|礼拜三|三",
		"thursday|thursdays|thurs|thur|thu|th|الخميس|خميس|목요일|목|星期四|周四|礼拜四|四",
		"friday|fridays|fri|fr|الجمعة|جمعة|금요일|금|星期五|周五|礼拜五|五",
		"saturday|saturdays|sat|sa|السبت|سبت|토요일|토|星期六|周六|礼拜六|六",
	} {
		put(dayWord{days: 1 << d}, words)
	}
	put(dayWord{days: EveryDay}, "every day|everyday|daily|all days|all|كل يوم|يوميا|كل الأيام|매일|每天|天天|每日")
	put(dayWord{days: MondayToFriday}, "weekdays|weekday|working days|workdays|평일|주중|工作日")
	put(dayWord{days: SundayToThursday}, "أيام العمل|أيام الدوام|أيام الأسبوع")
	put(dayWord{days: SaturdaySunday}, "weekends|weekend|the weekend|주말|周末")
	put(dayWord{days: FridaySaturday}, "نهاية الأسبوع|عطلة نهاية الأسبوع|عطلة الأسبوع")
	put(dayWord{until: true}, "-|~|to|till|until|through|thru|إلى|الى|حتى|到|至")
	put(dayWord{from: true}, "부터|에서")
	put(dayWord{}, "and|on|from|every|و|من|أيام|يوم|كل|까지|마다|요일|및|和|周|每周|星期|每|从|,|、|/|+|&|;|days")
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
