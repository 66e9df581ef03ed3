package daily

import (
	"strconv"
	"strings"

	"summitquiz/content/language"
	"summitquiz/quiz"
)

// Mark is what came of one question of a day.
type Mark uint8

// The marks.
const (
	NotAnswered Mark = iota
	MarkWrong
	MarkRight
)

var markSigns = [...]string{NotAnswered: "⬜", MarkWrong: "🟥", MarkRight: "🟩"}

// Share is what a member may show of a day: the date, what came of each question, and the
// streak. It tells no answer.
type Share struct {
	Day    quiz.Day // of the set
	Marks  []Mark   // in the order of the set
	Streak int      // days; 0: not shown
}

// Signs returns the marks as squares, in order.
func (s Share) Signs() string {
	var b strings.Builder
	for _, m := range s.Marks {
		b.WriteString(markSigns[m])
	}
	return b.String()
}

// Right returns how many were right.
func (s Share) Right() int {
	n := 0
	for _, m := range s.Marks {
		if m == MarkRight {
			n++
		}
	}
	return n
}

// Append appends the line to be copied, such as "Summit Quiz 28 Nov 2026 🟩🟩🟥 🔥 12". title is
// the name of the product in the language. In Arabic all of it runs from right to left.
func (s Share) Append(dst []byte, c language.Code, title string, st language.Style) []byte {
	year, month, day := s.Day.Date()
	line := append(dst, title...)
	line = append(line, ' ')
	if c == language.English {
		line = append(line, strconv.Itoa(day)+" "+month.String()[:3]+" "+strconv.Itoa(year)...)
	} else {
		line = language.AppendDate(line, c, language.Date{Year: int16(year), Month: int8(month), Day: int8(day)}, st)
	}
	line = append(line, ' ')
	line = append(line, s.Signs()...)
	if s.Streak > 0 {
		line = append(line, " 🔥 "...)
		line = language.AppendAmount(line, c, language.Amount{Number: language.Whole(int64(s.Streak))}, nil, st)
	}
	return line
}
