package reader

import (
	_ "embed" // the names of columns
	"regexp"
	"strings"
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
var roleNames string

var roleOf = readRoles(roleNames)

func readRoles(text string) map[string]role {
	out := map[string]role{}
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		name, list, _ := strings.Cut(strings.TrimSpace(line), ":")
		for _, s := range strings.Split(list, ",") {
			if s = fold(s); s != "" {
				out[s] = role(name)
			}
		}
	}
	return out
}

// header is the name of a column, taken apart.
type header struct {
	role     role
	suffix   string // the number or letter at its end: "1" of "Option 1", "a" of "optionA"
	language language.Code
	tagged   bool // language is set
}

var (
	camel         = regexp.MustCompile(`(\p{Ll})(\p{Lu})`)
	trailing      = regexp.MustCompile(`^(.*?)[ ]?(\d{1,2}|[a-h]|one|two|three|four|five|six|first|second|third|fourth|[ㄱ-ㅎ가나다라마바사]|[أابجده]|[甲乙丙丁戊]|[一二三四五六])$`)
	leading       = regexp.MustCompile(`^(\d{1,2}|[a-h]|first|second|third|fourth|1st|2nd|3rd|4th)[ .)번]*(.+)$`)
	languageAside = regexp.MustCompile(`[(（\[【]\s*(\pL+)\s*[)）\]】]\s*$`)
	aside         = regexp.MustCompile(`\s*[(（\[【].*$|\s+[-–—]\s.*$`)
)

var numerals = map[string]string{"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "first": "1", "second": "2", "third": "3",
	"fourth": "4", "1st": "1", "2nd": "2", "3rd": "3", "4th": "4", "一": "1", "二": "2", "三": "3", "四": "4", "五": "5", "六": "6"}

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
	if r, ok := roleOf[fold(name)]; ok {
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
var languageNames = map[string]language.Code{
	"english": language.English, "eng": language.English, "arabic": language.Arabic, "ara": language.Arabic, "korean": language.Korean, "kor": language.Korean, "kr": language.Korean,
	"chinese": language.Chinese, "cn": language.Chinese, "zho": language.Chinese, "영어": language.English, "한국어": language.Korean, "아랍어": language.Arabic, "중국어": language.Chinese,
	"العربية": language.Arabic, "بالعربية": language.Arabic, "الإنجليزية": language.English, "بالإنجليزية": language.English,
	"中文": language.Chinese, "英文": language.English, "韩文": language.Korean, "阿拉伯文": language.Arabic,
}

func tagged(word string) (language.Code, bool) {
	if c, ok := languageNames[word]; ok {
		return c, true
	}
	if len(word) != 2 {
		return 0, false
	}
	return language.Parse(word)
}

func lookUp(plain string) (header, bool) {
	if r, ok := roleOf[plain]; ok {
		return header{role: r}, true
	}
	if m := trailing.FindStringSubmatch(plain); m != nil && m[1] != "" {
		if r, ok := roleOf[strings.TrimRight(m[1], " #")]; ok {
			return header{role: r, suffix: number(m[2])}, true
		}
	}
	if m := leading.FindStringSubmatch(plain); m != nil {
		if r, ok := roleOf[strings.TrimSpace(m[2])]; ok {
			return header{role: r, suffix: number(m[1])}, true
		}
	}
	return header{}, false
}

func number(s string) string {
	if n, ok := numerals[s]; ok {
		return n
	}
	return s
}

// labels are the rows of letters that options are labelled with, by position.
var labels = [][]string{
	strings.Split("a b c d e f g h i j", " "),
	strings.Split("1 2 3 4 5 6 7 8 9 10", " "),
	strings.Split("ㄱ ㄴ ㄷ ㄹ ㅁ ㅂ ㅅ ㅇ", " "),
	strings.Split("가 나 다 라 마 바 사 아", " "),
	strings.Split("أ ب ج د ه و ز ح", " "),
	strings.Split("ا ب ج د ه و ز ح", " "),
	strings.Split("甲 乙 丙 丁 戊 己 庚 辛", " "),
}

// isLabel reports whether a folded name labels an option and is nothing else: A, 1, 가, أ. A
// circled number folds to the number.
func isLabel(s string) bool {
	for _, row := range labels {
		for _, l := range row {
			if s == l {
				return true
			}
		}
	}
	return false
}

// Label returns the position that a label stands for, from 0; numbers are no labels here.
func Label(s string) (int, bool) {
	s = strings.ToLower(norm.NFKC.String(strings.TrimSpace(s)))
	for i, row := range labels {
		if i == 1 {
			continue
		}
		for n, l := range row {
			if s == l {
				return n, true
			}
		}
	}
	return 0, false
}
