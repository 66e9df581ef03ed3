package phrase

import "summitquiz/content/language"

// Arg is the value of a placeholder.
type Arg struct {
	Name  string
	Value language.Arg
}

// Text is a piece of text: a title, a label.
func Text(name, s string) Arg {
	return Arg{name, language.Arg{Kind: language.Words, Text: s}}
}

// Name is what somebody or something is called, letter by letter: a person, a pack, an option, a
// command to be typed.
func Name(name, s string) Arg {
	return Arg{name, language.Arg{Kind: language.Literal, Text: s}}
}

// Count is a whole number.
func Count(name string, n int) Arg {
	return Arg{name, language.Arg{Kind: language.Number, Amount: language.Amount{Number: language.Whole(int64(n))}}}
}

// Date is a date.
func Date(name string, d language.Date) Arg {
	return Arg{name, language.Arg{Kind: language.Day, Date: d}}
}

// List is several names, joined as the language joins a list.
func List(name string, items ...string) Arg {
	a := language.Arg{Kind: language.Several}
	for _, s := range items {
		a.List = append(a.List, language.Arg{Kind: language.Literal, Text: s})
	}
	return Arg{name, a}
}
