package reader

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// atCommas cuts a text at its commas, in all four languages, but not inside a number such as 1,000. It
// returns the text alone if a part would be empty.
func atCommas(s string) []string {
	runes := []rune(s)
	var out []string
	from := 0
	for i, c := range runes {
		if !strings.ContainsRune(",،，、", c) || c == ',' && i > 0 && i+1 < len(runes) && unicode.IsDigit(runes[i-1]) && unicode.IsDigit(runes[i+1]) {
			continue
		}
		out, from = append(out, strings.TrimSpace(string(runes[from:i]))), i+1
	}
	out = append(out, strings.TrimSpace(string(runes[from:])))
	if slices.Contains(out, "") {
		return []string{s}
	}
	return out
}

// splitWrong makes several wrong answers of the one text in which a row has them, "Lyon, Nice": they are
// several where the right answer has no comma and each part is about as long as it.
func (r *Row) splitWrong() {
	if len(r.Wrong) != 1 || len(r.Answers) == 0 || len(r.Options) > 0 || len(atCommas(r.Answers[0])) > 1 {
		return
	}
	text := strings.TrimSpace(r.Wrong[0])
	parts := atCommas(text)
	longest := max(3, len(strings.Fields(r.Answers[0]))+1)
	if len(parts) < 2 || slices.ContainsFunc(parts, func(p string) bool { return len(strings.Fields(p)) > longest }) {
		return
	}
	r.Wrong = parts
	r.Changes = append(r.Changes, fmt.Sprintf("%s is read as %d wrong answers", strconv.Quote(text), len(parts)))
}

// secondLabel finds the label of a second option.
var secondLabel = Pattern(func() string {
	seconds := "B2②"
	for _, row := range labels()[1:] { // English first
		seconds += row[1]
	}
	return `(?i)(?:^|\s)[(（]?[` + seconds + `]\s*[.)）．:]`
})

// splitOptions makes several options of the one text in which a row has them: "Paris, Lyon, Nice". Those
// with letters before them are told apart by those.
func (r *Row) splitOptions(text string) []string {
	if list := optionList(text); len(list) > 1 || secondLabel().MatchString(text) {
		return list
	}
	parts := atCommas(text)
	if len(parts) > 1 {
		r.Changes = append(r.Changes, fmt.Sprintf("%s is read as %d options", strconv.Quote(text), len(parts)))
	}
	return parts
}
