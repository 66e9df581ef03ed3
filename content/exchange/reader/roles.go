package reader

import (
	_ "embed" // the names of columns
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"summitquiz/content/language"
)

// role is what a column of a table or a key of JSON holds.
type role string

// The roles.
const (
	noRole       role = ""
	question     role = "question"
	term         role = "term" // a question if there is no better one
	answer       role = "answer"
	correct      role = "correct" // the right answer, or what points at it
	wrong        role = "wrong"
	options      role = "options"
	accept       role = "accept"
	note         role = "note"
	category     role = "category"
	lang         role = "language"
	verdict      role = "true or false"
	kind         role = "kind"
	media        role = "media"
	ident        role = "id"
	instructions role = "instructions"
)

//go:embed roles.txt
var otherRoles string

// roleOf is what the names of columns mean, read on first use: those of the product's languages, and
// some of others.
var roleOf = sync.OnceValue(func() map[string]role {
	out := map[string]role{}
	for line := range strings.Lines(otherRoles) {
		if name, list, ok := strings.Cut(strings.TrimSpace(line), ":"); ok && !strings.HasPrefix(line, "#") {
			for _, s := range strings.Split(list, ",") {
				out[fold(s)] = role(name)
			}
		}
	}
	for r, list := range map[role]string{question: "question", term: "term", answer: "answer", correct: "correct", wrong: "wrong", options: "option",
		accept: "accept", note: "note", category: "category", lang: "language", verdict: "true-or-false", kind: "kind", media: "media", ident: "id",
		instructions: "instructions"} {
		for _, s := range Words(list + "-columns") {
			out[fold(s)] = r
		}
	}
	return out
})

// header is the name of a column, taken apart.
type header struct {
	role     role
	suffix   string // the number or letter at its end: "1" of "Option 1", "a" of "optionA"
	language language.Code
	tagged   bool // language is set
}

var (
	camel         = regexp.MustCompile(`(\p{Ll})(\p{Lu})`)
	languageAside = regexp.MustCompile(`[(（\[【]\s*(\pL+)\s*[)）\]】]\s*$`)
	aside         = regexp.MustCompile(`\s*[(（\[【].*$|\s+[-–—]\s.*$`)
)

var (
	trailing = Pattern(func() string {
		return `^(.*?)[ ]?(\d{1,2}|[a-h]|` + oneOfKeys("number-words") + `|[\x{3131}-\x{314E}` + firstLabels(7) + `])$`
	})
	leading = Pattern(func() string {
		return `^(\d{1,2}|[a-h]|` + oneOfKeys("ordinal-words") + `)[ .)` + strings.Join(Words("after-number"), "") + `]*(.+)$`
	})
)

// fold brings a name of a column into the form in which names are compared.
func fold(s string) string {
	s = norm.NFKC.String(s)
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '_' || r == '-' || r == '.' || r == '/' || unicode.IsSpace(r):
			return ' '
		case r == '*' || r == ':' || r == '?' || r == '؟' || r == '"' || r == '\'' || r == 'ـ' || unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r):
			return -1
		}
		return unicode.ToLower(r)
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// headerOf says what a name of a column means.
func headerOf(name string) header {
	name = strings.Join(strings.Fields(name), " ")
	if r, ok := roleOf()[fold(name)]; ok {
		return header{role: r}
	}
	plain := fold(aside.ReplaceAllString(camel.ReplaceAllString(name, "$1 $2"), ""))
	if m := languageAside.FindStringSubmatch(name); m != nil {
		if c, ok := tagged(fold(m[1])); ok {
			if h, ok := inLanguage(plain, c); ok {
				return h
			}
		}
	}
	if plain == "" {
		plain = fold(name)
	}
	if h, ok := lookUp(plain); ok {
		return h
	}
	first, rest, two := strings.Cut(plain, " ")
	if c, ok := tagged(first); ok && two {
		if h, ok := inLanguage(rest, c); ok {
			return h
		}
	}
	if i := strings.LastIndexByte(plain, ' '); i > 0 {
		if c, ok := tagged(plain[i+1:]); ok {
			if h, ok := inLanguage(plain[:i], c); ok {
				return h
			}
		}
	}
	if isLabel(plain) {
		return header{role: options, suffix: plain}
	}
	return header{}
}

// inLanguage reads the name of a column without the language it names.
func inLanguage(plain string, c language.Code) (header, bool) {
	h, ok := lookUp(plain)
	if !ok && isLabel(plain) {
		h, ok = header{role: options, suffix: plain}, true
	}
	if plain == "a" {
		h.suffix = plain
	}
	h.language, h.tagged = c, true
	return h, ok
}

// letters makes a column named A one of the options where others are named B and C; alone it holds
// answers.
func letters(heads []header, names []string) {
	isNamed := func(i int, letter string) bool {
		return fold(names[i]) == letter || heads[i].tagged && heads[i].suffix == letter
	}
	has := func(letter string) bool {
		for i, h := range heads {
			if h.role == options && h.suffix == letter && isNamed(i, letter) {
				return true
			}
		}
		return false
	}
	for i := range heads {
		switch {
		case !isNamed(i, "a") || heads[i].role == options:
		case has("b"):
			heads[i].role, heads[i].suffix = options, "a"
		default:
			heads[i].suffix = ""
		}
	}
}

// languageNames are the names that follow or precede the name of a column.
var languageNames = sync.OnceValue(func() map[string]language.Code {
	out := map[string]language.Code{}
	for name, tag := range numbersOf("language-names") {
		if c, ok := language.Parse(tag); ok {
			out[fold(name)] = c
		}
	}
	return out
})

func tagged(word string) (language.Code, bool) {
	if c, ok := languageNames()[word]; ok {
		return c, true
	}
	if len(word) != 2 {
		return 0, false
	}
	return language.Parse(word)
}

func lookUp(plain string) (header, bool) {
	if r, ok := roleOf()[plain]; ok {
		return header{role: r}, true
	}
	if m := trailing().FindStringSubmatch(plain); m != nil && m[1] != "" {
		if r, ok := roleOf()[strings.TrimRight(m[1], " #")]; ok {
			return header{role: r, suffix: number(m[2])}, true
		}
	}
	if m := leading().FindStringSubmatch(plain); m != nil {
		if r, ok := roleOf()[strings.TrimSpace(m[2])]; ok {
			return header{role: r, suffix: number(m[1])}, true
		}
	}
	return header{}, false
}

func number(s string) string {
	if n, ok := Numbers()[s]; ok {
		return n
	}
	return s
}

// isLabel reports whether a folded name labels an option and is nothing else: A, 1, 가, أ. A
// circled number folds to the number.
func isLabel(s string) bool {
	if n, err := strconv.Atoi(s); err == nil {
		return n >= 1 && n <= 10 && s == strconv.Itoa(n)
	}
	return slices.ContainsFunc(labels(), func(row []string) bool { return slices.Contains(row, s) })
}

// Label returns the position that a label stands for, from 0; numbers are no labels here.
func Label(s string) (int, bool) {
	s = strings.ToLower(norm.NFKC.String(strings.TrimSpace(s)))
	for _, row := range labels() {
		if n := slices.Index(row, s); n >= 0 {
			return n, true
		}
	}
	return 0, false
}
