package generate

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
)

// A hint helps and gives nothing away: the first letter and the length of a name, the
// magnitude of a number. It is never the whole answer or half of it, nor an article or a sign;
// where nothing useful is left there is none.

// leastShare is how many letters an answer has to have for each one that a hint shows.
const leastShare = 3

// leastHinted is the smallest number of which the magnitude says less than half.
const leastHinted = 20

// hint returns the hint of a typed item in one language, empty where there is none.
func (g *Generator) hint(it *quiz.Item, answer string, c language.Code, st language.Style) quiz.Hint {
	st.Plain = true // the post isolates what it inserts
	switch v := &it.Value; {
	case v.Words != nil || v.Entity != nil:
		return letterHint(answer, c)
	case v.Type == content.DateValue:
		return yearHint(v.Date, c, st)
	default:
		return magnitudeHint(&v.Amount, c, st)
	}
}

// letterHint shows the first letter of an answer.
func letterHint(answer string, c language.Code) quiz.Hint {
	bare := strings.TrimLeftFunc(language.StripIsolates(answer), func(r rune) bool { return !unicode.IsLetter(r) })
	for _, a := range wordsOf()[c].articles {
		if len(bare) > len(a) && strings.EqualFold(bare[:len(a)], a) {
			bare = bare[len(a):]
			break
		}
	}
	letters := 0
	for _, r := range bare {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	first, _ := utf8.DecodeRuneInString(bare)
	if letters < leastShare {
		return quiz.Hint{}
	}
	return quiz.Hint{First: string(first), Letters: language.Letters(language.StripIsolates(answer))}
}

// yearHint shows in which half of which century a year lies.
func yearHint(d language.Date, c language.Code, st language.Style) quiz.Hint {
	if d.Month != 0 || d.Year < 100 {
		return quiz.Hint{}
	}
	const span = 50
	low := int(d.Year) / span * span
	if low == int(d.Year) {
		low -= span / 2 // the year itself would be named
	}
	show := func(year int) string {
		a := language.Arg{Kind: language.Day, Date: language.Date{Year: int16(year)}}
		return string(language.AppendArg(nil, c, &a, st))
	}
	return quiz.Hint{Low: show(low), High: show(low + span)}
}

// magnitudeHint shows the nearest of 1, 2, 5, 10, 20, 50 … below and above an amount.
func magnitudeHint(a *language.Amount, c language.Code, st language.Style) quiz.Hint {
	n := a.Number.Norm()
	if n.Cmp(language.Whole(leastHinted)) < 0 {
		return quiz.Hint{}
	}
	low, high := language.Whole(1), language.Whole(2)
	for i, exp := 0, int32(0); high.Cmp(n) <= 0; i++ {
		low = high
		step := []int64{5, 10, 2}[i%3]
		high = language.Decimal{Coef: step, Exp: exp}
		if step == 10 {
			exp++
		}
	}
	if low.Cmp(n) == 0 { // the amount itself would be named
		low = language.Decimal{Coef: max(1, low.Norm().Coef/2), Exp: low.Norm().Exp}
		if low.Cmp(n) >= 0 {
			low = language.Decimal{Coef: 5, Exp: n.Exp - 1}
		}
	}
	ends := [2]language.Amount{{Number: low, Unit: a.Unit}, {Number: high, Unit: a.Unit}}
	form, ok := language.FormFor(c, ends[:])
	if !ok {
		return quiz.Hint{}
	}
	show := func(i int) string {
		arg := language.Arg{Kind: language.Number, Amount: ends[i], Form: &form}
		return string(language.AppendArg(nil, c, &arg, st))
	}
	return quiz.Hint{Low: show(0), High: show(1)}
}
