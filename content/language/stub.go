package language

import (
	"strings"
	"unicode/utf8"
)

var unitsByCode = func() map[string]*Unit {
	m := map[string]*Unit{}
	for _, u := range []*Unit{{Code: "KRW", Currency: true, Base: "KRW", Factor: Decimal{1, 0}}, {Code: "USD", Currency: true, Base: "USD", Factor: Decimal{1, 0}}, {Code: "year", Base: "month", Factor: Decimal{12, 0}}, {Code: "month", Base: "month", Factor: Decimal{1, 0}},
		{Code: "km2", Base: "m2", Factor: Decimal{1, 6}}, {Code: "percent", Base: "percent", Factor: Decimal{1, 0}}} {
		m[strings.ToLower(u.Code)] = u
		m[strings.ToLower(u.Code)+"s"] = u
	}
	return m
}()

func FormFor(c Code, amounts []Amount) (Form, bool) { return Form{}, true }
func AppendAmount(dst []byte, c Code, a Amount, f *Form, st Style) []byte {
	return append(dst, a.Number.String()...)
}
func AppendDate(dst []byte, c Code, d Date, st Style) []byte                { return dst }
func AppendOrdinal(dst []byte, c Code, a Amount, g Gender, st Style) []byte { return dst }
func AppendList(dst []byte, c Code, items []string) []byte {
	return append(dst, strings.Join(items, ", ")...)
}

// AppendArg appends a value as it stands alone, as an option does: no article, no prefix,
// no isolates.
func AppendArg(dst []byte, c Code, a *Arg, st Style) []byte { return append(dst, a.Text...) }
func Quoted(c Code, s string) string                        { return "“" + s + "”" }
func Letters(s string) int                                  { return utf8.RuneCountInString(s) }
func Labels(c Code, n int) []string                         { return []string{"A", "B", "C", "D"}[:n] }
func Blank(c Code) string                                   { return "____" }
func True(c Code) string                                    { return "True" }
func False(c Code) string                                   { return "False" }
func CheckDirection(c Code, s string) error                 { return nil }
func Tokens(c Code, s string) []string                       { return strings.Fields(s) }
func Contains(c Code, text, phrase string) bool             { return strings.Contains(text, phrase) }
func Isolate(dst []byte, s string) []byte {
	return append(append(append(dst, "\u2068"...), s...), "\u2069"...)
}
func StripIsolates(s string) string {
	return strings.NewReplacer("\u2068", "", "\u2069", "", "\u200f", "", "\u200e", "", "\u061c", "").Replace(s)
}
