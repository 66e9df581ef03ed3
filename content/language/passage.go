package language

import (
	"strings"
	"unicode/utf8"
)

// Contains reports whether phrase occurs in text as whole tokens: Latin words as they are,
// Arabic words with و ف ب ل ك or ال joined to them, Korean from the beginning of a word with
// particles after it and however it is spaced, Chinese anywhere, and numbers never within a
// longer number. Who asks many phrases of one text keeps a Passage and Phrases.
func Contains(c Code, text, phrase string) bool {
	return NewPassage(text).Has(NewPhrase(phrase))
}

// Passage is a text prepared for looking for many phrases in it.
type Passage struct {
	words   []string // tokens
	eojeols []string // of a text with Korean: what stands between spaces
	run     string   // of a text with Chinese: everything without spaces
}

// Phrase is a phrase prepared for being looked for in many texts.
type Phrase struct {
	script script
	words  []string
	run    string // Korean, Chinese: without spaces
}

// NewPassage prepares a text.
func NewPassage(text string) Passage {
	text = ungroup(fold(text))
	p := Passage{words: tokens(text)}
	for _, r := range text {
		switch scriptOf(r) {
		case hangulScript:
			if p.eojeols == nil {
				p.eojeols = eojeols(text)
			}
		case hanScript:
			if p.run == "" {
				p.run = compact(text)
			}
		}
	}
	return p
}

// eojeols cuts a text at blanks and punctuation, but not at the marks within a number. A full
// stop within a word stays, one at its end goes.
func eojeols(text string) []string {
	var out []string
	start := -1
	for i, r := range text {
		between := scriptOf(r) == noScript && r != '.' && !numberMark(text, i)
		switch {
		case between && start >= 0:
			out = append(out, strings.Trim(text[start:i], "."))
			start = -1
		case !between && start < 0:
			start = i
		}
	}
	if start >= 0 {
		out = append(out, strings.Trim(text[start:], "."))
	}
	return out
}

// NewPhrase prepares a phrase. One without letters and digits occurs nowhere.
func NewPhrase(s string) Phrase {
	s = ungroup(fold(s))
	p := Phrase{script: latinScript, words: tokens(s)}
	for _, r := range s {
		switch scriptOf(r) {
		case hangulScript:
			p.script = hangulScript
		case hanScript:
			if p.script != hangulScript {
				p.script = hanScript
			}
		}
	}
	switch p.script {
	case hangulScript:
		p.run = strings.Join(eojeols(s), "")
	case hanScript:
		p.run = compact(s)
	}
	return p
}

// Has reports whether the phrase occurs in the text; see Contains.
func (t Passage) Has(p Phrase) bool {
	switch {
	case len(p.words) == 0:
		return false
	case p.script == hangulScript:
		return containsKorean(t.eojeols, p.run)
	case p.script == hanScript:
		return containsHan(t.run, p.run)
	}
	return containsWords(t.words, p.words)
}

func containsWords(text, phrase []string) bool {
	first, _ := utf8.DecodeRuneInString(phrase[0])
	prefixed := scriptOf(first) == arabicScript
	for i := 0; i+len(phrase) <= len(text); i++ {
		if text[i] != phrase[0] && !(prefixed && sameWord(text[i], phrase[0])) {
			continue
		}
		j := 1
		for j < len(phrase) && sameWord(text[i+j], phrase[j]) {
			j++
		}
		if j == len(phrase) {
			return true
		}
	}
	return false
}

// sameWord reports whether the token of a text is the word, perhaps with Arabic prefixes.
func sameWord(token, word string) bool {
	if token == word {
		return true
	}
	bare := strings.TrimPrefix(word, "ال")
	if !strings.HasSuffix(token, bare) {
		return false
	}
	if first, _ := utf8.DecodeRuneInString(word); scriptOf(first) != arabicScript {
		return false
	}
	for _, p := range Arabic.Language().prefixes.joined {
		if rest, ok := strings.CutPrefix(token, p); ok && (rest == word || rest == bare && strings.HasSuffix(p, "ل")) {
			return true
		}
	}
	return false
}

// containsHan looks for the characters anywhere, spaces aside, and guards the ends of numbers.
func containsHan(text, phrase string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], phrase)
		if i < 0 {
			return false
		}
		i += from
		end := i + len(phrase)
		if !(digitAt(phrase, 0) && digitBefore(text, i)) && !(digitAt(phrase, len(phrase)-1) && digitAfter(text, end)) {
			return true
		}
		from = i + 1
	}
}

func digitAt(s string, i int) bool { return i < len(s) && s[i] >= '0' && s[i] <= '9' }

// digitBefore reports whether a number runs on before s[i].
func digitBefore(s string, i int) bool {
	return i > 0 && (digitAt(s, i-1) || i > 1 && (s[i-1] == '.' || s[i-1] == ',') && digitAt(s, i-2))
}

// digitAfter reports whether a number runs on at s[i].
func digitAfter(s string, i int) bool {
	return digitAt(s, i) || i < len(s) && (s[i] == '.' || s[i] == ',') && digitAt(s, i+1)
}

// compact drops everything between words.
func compact(s string) string {
	return strings.Map(func(r rune) rune {
		if scriptOf(r) == noScript && r != '.' {
			return -1
		}
		return r
	}, s)
}

// containsKorean looks for the phrase from the beginning of a word; what is left of the last
// word must be particles.
func containsKorean(words []string, want string) bool {
	for i := range words {
		rest := want
		for j := i; j < len(words) && rest != ""; j++ {
			w := words[j]
			if after, ok := strings.CutPrefix(w, rest); ok {
				if after == "" || particles(after) {
					return true
				}
				break
			}
			after, ok := strings.CutPrefix(rest, w)
			if !ok {
				break
			}
			rest = after
		}
	}
	return false
}

func particles(s string) bool { return koreanParticles().after[s] }
