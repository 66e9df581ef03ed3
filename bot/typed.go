package bot

import (
	"slices"
	"strings"
	"unicode"

	"summitquiz/content/language"
)

// PlainText is what somebody typed or pasted, without the invisible marks of direction that texts
// bear when they are copied from a chat, and without space around it.
func PlainText(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r >= '\u202A' && r <= '\u202E' || r >= '\u2066' && r <= '\u2069': // embeddings, overrides, isolates
			return -1
		case r == '\u200E' || r == '\u200F' || r == '\u061C' || r == '\u200B' || r == '\u2060' || r == '\uFEFF': // marks, spaces of no width
			return -1
		}
		return r
	}, s))
}

// plainDigits writes the digits of every script, and full-width letters and signs, in ASCII.
func plainDigits(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r > unicode.MaxASCII && unicode.IsDigit(r):
			return '0' + rune(digitValue(r))
		}
		return r
	}, s)
}

// digitValue is the value of a digit of any script: they stand in runs of ten.
func digitValue(r rune) int {
	for _, run := range unicode.Nd.R16 {
		if r >= rune(run.Lo) && r <= rune(run.Hi) {
			return int(r-rune(run.Lo)) % 10
		}
	}
	for _, run := range unicode.Nd.R32 {
		if r >= rune(run.Lo) && r <= rune(run.Hi) {
			return int(r-rune(run.Lo)) % 10
		}
	}
	return 0
}

// plain is a value of the option as it is checked. What stands for a number, a choice, a pack or a
// version may be typed in the digits of any script, and a choice also by the name that people read.
func (o *OptionSpec) plain(value string) string {
	value = PlainText(value)
	switch o.Type {
	case IntOption, PackOption, VersionOption:
		return plainDigits(value)
	case ChoiceOption:
		return o.choice(value)
	}
	return value
}

// choice is the choice that somebody typed, by its value or by its name in any language.
func (o *OptionSpec) choice(typed string) string {
	low := strings.ToLower(plainDigits(typed))
	if slices.Contains(o.Choices, low) {
		return low
	}
	for _, c := range language.Own() {
		for _, value := range o.Choices {
			if strings.EqualFold(language.StripIsolates(o.ChoiceName(c, value)), typed) {
				return value
			}
		}
	}
	return typed
}
