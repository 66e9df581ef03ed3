package content

import (
	"errors"
	"strings"

	"summitquiz/content/language"
)

// compilerSays are the messages and hints of the compiler of sentences, which says them in English
// with at most one part of its own.
var compilerSays = []phrase{
	say("a placeholder is not closed"),
	say("add }"),
	say("a branch needs a key and its text in braces"),
	say("a branch is not closed"),
	say("the branch \"other\" is missing"),
	say("add other {…}"),
	say("write other {…}"),
	say("unknown key %s of a select", ""),
	say("unknown key %s", ""),
	say("a plural takes =0, =1 and so on"),
	say("the branch %s stands twice", ""),
	say("remove one"),
	say("the plural category %s never occurs in this language", ""),
	say("categories of %s; =N matches one number", ""),
	say("keys are m, f, p, day, month, year, unit codes and other"),
	say("the message is longer than 8192 bytes"),
	say("split the sentence"),
	say("the message is not valid UTF-8"),
	say("the message is empty"),
	say("a quoted brace is not closed"),
	say("write '{' for one brace; a literal apostrophe before a brace is ''"),
	say("a closing brace without an opening one"),
	say("write '}' for a literal brace"),
	say("a control character"),
	say("remove it"),
	say("an empty placeholder"),
	say("this message has no placeholders"),
	say("placeholders are %s", ""),
	say("a brace within a placeholder"),
	say("write %s or close the first brace", ""),
	say("oblique is for Arabic only"),
	say("nothing may follow oblique"),
	say("close the brace"),
	say("a prefix cannot be joined to a %s", ""),
	say("write the prefix inside each branch"),
	say("branches are nested more than 8 deep"),
	say("%s needs branches", ""),
	say("write {name, %s, other {…}}", ""),
	say("unknown kind of placeholder %s", ""),
	say("unknown part of a date %s", ""),
	say("parts are year, month, day"),
	say("nothing may follow the part of a date"),
	say("{a/an} is for English only"),
	say("unknown particle %s", ""),
	say("English has {a/an}, Korean particles such as {은/는}"),
	say("Korean particles are for Korean only"),
	say("unknown placeholder %s", ""),
	say("a prefix before a placeholder is for Arabic only"),
	say("write it as plain text"),
	say("unknown prefix %s", ""),
	say("prefixes are ل ب ك و ف, and و or ف before one of the others"),
	say("did you mean %s?", ""),
}

// compilerPhrase is a text of the compiler as a phrase that can be said in every language.
func compilerPhrase(text string) phrase {
	if text == "" {
		return noHint
	}
	for _, p := range compilerSays {
		before, after, open := strings.Cut(p.format, "%s")
		switch {
		case !open && text == p.format:
			return p
		case open && strings.HasPrefix(text, before) && strings.HasSuffix(text, after) && len(text) >= len(before)+len(after):
			return phrase{p.format, []any{text[len(before) : len(text)-len(after)]}}
		}
	}
	return said(text)
}

// compilerError is an error of the compiler as a phrase.
func compilerError(err error) phrase {
	var se *language.SyntaxError
	if errors.As(err, &se) {
		return compilerPhrase(se.Reason)
	}
	return said(err.Error())
}
