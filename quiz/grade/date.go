package grade

import "summitquiz/content/language"

// dateKey is a key that is a date, as precise as it is known.
type dateKey struct {
	date         language.Date
	yearOptional bool
}

func (k *dateKey) grade(lang language.Code, s string) Verdict {
	best := Verdict{Wrong, Unread}
	found := false
	take := func(v Verdict) {
		if !found || v.Mark > best.Mark {
			best, found = v, true
		}
	}
	for _, r := range numberAffixes().forms(s) {
		for _, d := range language.ReadDate(lang, r) {
			v := k.judge(d.Date)
			if d.Slip && v.Mark == Right {
				v = Verdict{Close, Spelling}
			}
			take(v)
		}
		if k.date.Month == 0 {
			for _, n := range language.ReadAmount(r) {
				if v, ok := k.year(&n); ok {
					take(v)
				}
			}
		}
		if best.Mark == Right {
			return best
		}
	}
	switch {
	case found:
		return best
	case len(alternatives(s)) > 1:
		return Verdict{Wrong, SeveralAnswers}
	case denied(s, ""):
		return Verdict{Wrong, Denied}
	}
	return best
}

// year grades a number as a year.
func (k *dateKey) year(r *language.Reading) (Verdict, bool) {
	if len(r.Units) > 0 && r.Units[0].Code != "year" {
		return Verdict{}, false
	}
	n, ok := r.Number.Int()
	switch {
	case !ok || r.Slip && n != int64(k.date.Year):
		return Verdict{Wrong, OtherValue}, ok
	case n != int64(k.date.Year):
		return Verdict{Wrong, OtherValue}, true
	case r.Slip:
		return Verdict{Close, Spelling}, true
	}
	return Verdict{Right, Matched}, true
}

// judge compares what a date says with what was asked: what is said has to be right, and what
// is asked has to be said.
func (k *dateKey) judge(d language.Date) Verdict {
	switch {
	case d.Year != 0 && d.Year != k.date.Year,
		d.Month != 0 && k.date.Month != 0 && d.Month != k.date.Month,
		d.Day != 0 && k.date.Day != 0 && d.Day != k.date.Day:
		return Verdict{Wrong, OtherValue}
	case d.Month != 0 && k.date.Month == 0, d.Day != 0 && k.date.Day == 0:
		if d.Year == 0 {
			return Verdict{Close, YearMissing}
		}
		return Verdict{Close, MoreThanAsked}
	case d.Month == 0 && k.date.Month != 0:
		return Verdict{Close, MonthMissing}
	case d.Day == 0 && k.date.Day != 0:
		return Verdict{Close, DayMissing}
	case d.Year == 0 && !k.yearOptional:
		return Verdict{Close, YearMissing}
	}
	return Verdict{Right, Matched}
}
