package language

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Tokens returns the words and numbers of a text, normalised: case, harakat and digit sets
// are folded. A change of script begins a new token, so APEC이 is two; a number keeps its
// decimal mark. Chinese characters come as one token a run: match them with Contains.
func Tokens(c Code, s string) []string { return tokens(Normalise(s)) }

func tokens(s string) []string {
	var out []string
	start, kind := -1, noScript
	end := func(i int) {
		if start >= 0 {
			out = append(out, s[start:i])
		}
		start, kind = -1, noScript
	}
	for i, r := range s {
		k := scriptOf(r)
		switch {
		case k == noScript && numberPoint(s, i, kind):
		case k == noScript:
			end(i)
		case k == markScript && start >= 0:
		case kind == latinScript && k == digitScript, kind == digitScript && k == latinScript:
			kind = latinScript // G20, 8th
		case k != kind:
			end(i)
			start, kind = i, k
		}
	}
	end(len(s))
	return out
}

type script uint8

const (
	noScript script = iota
	latinScript
	digitScript
	arabicScript
	hangulScript
	hanScript
	otherScript
	markScript
)

func scriptOf(r rune) script {
	switch {
	case r < utf8.RuneSelf && r|0x20 >= 'a' && r|0x20 <= 'z':
		return latinScript
	case unicode.IsDigit(r):
		return digitScript
	case r < utf8.RuneSelf:
		return noScript
	case r >= 0xAC00 && r <= 0xD7A3:
		return hangulScript
	case unicode.Is(unicode.Han, r):
		return hanScript
	case unicode.IsMark(r):
		return markScript
	case !unicode.IsLetter(r):
		return noScript
	case unicode.Is(unicode.Arabic, r):
		return arabicScript
	case unicode.Is(unicode.Latin, r):
		return latinScript
	}
	return otherScript
}

// numberPoint reports whether s[i] is a decimal or grouping mark within a number.
func numberPoint(s string, i int, kind script) bool {
	return kind == digitScript && numberMark(s, i)
}

// Contains reports whether phrase occurs in text as whole tokens: Latin words as they are,
// Arabic words with و ف ب ل ك or ال joined to them, Korean from the beginning of a word with
// particles after it and however it is spaced, Chinese anywhere, and numbers never within a
// longer number.
func Contains(c Code, text, phrase string) bool {
	text, phrase = Normalise(text), Normalise(phrase)
	var han, hangul bool
	for _, r := range phrase {
		k := scriptOf(r)
		han, hangul = han || k == hanScript, hangul || k == hangulScript
	}
	switch {
	case hangul:
		return containsKorean(text, phrase)
	case han:
		return containsHan(text, phrase)
	}
	return containsWords(tokens(text), tokens(phrase))
}

func containsWords(text, phrase []string) bool {
	if len(phrase) == 0 {
		return false
	}
	for i := 0; i+len(phrase) <= len(text); i++ {
		j := 0
		for j < len(phrase) && sameWord(text[i+j], phrase[j]) {
			j++
		}
		if j == len(phrase) {
			return true
		}
	}
	return false
}

// joined are the Arabic prefixes that may stand before a word.
var joinedPrefixes = []string{"و", "ف", "ب", "ل", "ك", "ال", "وال", "فال", "بال", "كال", "لل", "ول", "وب", "وك", "فل", "فب", "ولل", "وبال", "فلل"}

// sameWord reports whether the token of a text is the word, perhaps with Arabic prefixes.
func sameWord(token, word string) bool {
	if token == word {
		return true
	}
	if first, _ := utf8.DecodeRuneInString(word); scriptOf(first) != arabicScript {
		return false
	}
	bare := strings.TrimPrefix(word, "ال")
	for _, p := range joinedPrefixes {
		if rest, ok := strings.CutPrefix(token, p); ok && (rest == word || rest == bare && strings.HasSuffix(p, "ل")) {
			return true
		}
	}
	return false
}

// containsHan looks for the characters anywhere, spaces aside, and guards the ends of numbers.
func containsHan(text, phrase string) bool {
	text, phrase = compact(text), compact(phrase)
	if phrase == "" {
		return false
	}
	for from := 0; ; {
		i := strings.Index(text[from:], phrase)
		if i < 0 {
			return false
		}
		i += from
		if !digitAt(phrase, 0) || !digitBefore(text, i) {
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
func containsKorean(text, phrase string) bool {
	want := strings.Join(tokens(phrase), "")
	if want == "" {
		return false
	}
	words := strings.FieldsFunc(text, func(r rune) bool { return scriptOf(r) == noScript && r != '.' })
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

var koreanParticles = strings.Fields("은 는 이 가 을 를 과 와 의 에 에서 에게 에게서 께 께서 로 으로 으로서 으로써 로서 로써 도 만 부터 까지 " +
	"처럼 보다 마다 조차 마저 밖에 이나 나 이라 라 이란 란 이라는 라는 이라고 라고 이며 며 이고 고 한테 하고 이랑 랑 이든 든 들 들이 들은 들을 들의 " +
	"에는 에도 에만 에서는 에서도 에서의 에의 로의 으로의 와의 과의 부터의 까지의 까지는 으로는 로는 에게는 께서는 " +
	"입니다 이다 다 이었다 였다 이었습니다 였습니다 인 이에요 예요 입니까 인가 인가요 이라면 라면 이었던 였던 이자")

func particles(s string) bool { return slices.Contains(koreanParticles, s) }
