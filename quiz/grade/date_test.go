package grade

import (
	"testing"

	"summitquiz/content/language"
)

// TestYearsOfTwoDigits holds that a year is read in two digits where nothing else is possible:
// after a day and a month, and after an apostrophe.
func TestYearsOfTwoDigits(t *testing.T) {
	day := Key{sort: dateSort, lang: language.English, date: dateKey{language.Date{Year: 1945, Month: 5, Day: 8}, true}}
	early := Key{sort: dateSort, lang: language.English, date: dateKey{language.Date{Year: 2005, Month: 5, Day: 8}, false}}
	year := Key{sort: dateSort, lang: language.English, date: dateKey{language.Date{Year: 1945}, false}}
	ancient := Key{sort: dateSort, lang: language.English, date: dateKey{language.Date{Year: 45}, false}}
	for _, c := range []struct {
		key   *Key
		typed string
		want  Verdict
	}{
		{&day, "8 May 45", Verdict{Right, Matched}}, {&day, "May 8, '45", Verdict{Right, Matched}}, {&day, "the 8th of May 45", Verdict{Right, Matched}},
		{&day, "8-May-45", Verdict{Right, Matched}}, {&day, "45年5月8日", Verdict{Right, Matched}}, {&day, "45년 5월 8일", Verdict{Right, Matched}}, {&day, "8 مايو 45", Verdict{Right, Matched}},
		{&day, "8 May 46", Verdict{Wrong, OtherValue}}, {&day, "8 May 54", Verdict{Wrong, OtherValue}}, {&day, "8 May 2045", Verdict{Wrong, OtherValue}},
		{&early, "8 May 05", Verdict{Right, Matched}}, {&early, "8 May '05", Verdict{Right, Matched}}, {&early, "5 May 08", Verdict{Wrong, OtherValue}},
		{&year, "'45", Verdict{Right, Matched}}, {&year, "’45", Verdict{Right, Matched}}, {&year, "45", Verdict{Wrong, OtherValue}}, {&year, "'46", Verdict{Wrong, OtherValue}},
		{&ancient, "45", Verdict{Right, Matched}}, {&ancient, "AD 45", Verdict{Right, Matched}}, {&ancient, "1945", Verdict{Wrong, OtherValue}},
	} {
		if got := Answer(c.key, c.typed); got != c.want {
			t.Errorf("%q for %v is %s (%s), want %s (%s)", c.typed, c.key.date.date, got.Mark, got.Reason, c.want.Mark, c.want.Reason)
		}
	}
}
