package language

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	xlanguage "golang.org/x/text/language"
)

// Language is one language as its folder of data describes it: how it writes numbers, amounts,
// dates, lists and messages. It is immutable and safe for use by many goroutines.
type Language struct {
	tag        string
	plural     xlanguage.Tag
	categories []string // CLDR plural categories that occur

	rtl       bool
	capitals  bool   // messages that begin with a value begin with a capital
	article   bool   // messages may hold {a/an}
	the       string // before names that take it
	particles bool   // messages may hold {은/는} and the like
	prefixes  *prefixes

	quotes [4]string // outer, then those for a quotation within
	labels []string
	truth  [2]string
	list   listWords
	dates  dateWords
	native *digitSet // digits of its own; nil: none

	scales   []scale
	packs    map[string]int32 // powers of ten as packs write them
	reach    int32            // digits that may stand before a scale word: 1,200 billion beside 900 billion
	grouped  bool             // digits before a scale word are grouped
	spaced   bool             // a space stands between digits and scale word
	thousand string           // the number comes in groups of four, and this stands for round thousands
	joined   joint
	ordinals ordinalWords

	agreement bool // nouns bend with the number as in Arabic
	units     []unitText
}

// joint says whether a unit follows its number without a space.
type joint uint8

const (
	apart joint = iota
	joinedToDigits
	joinedAlways
)

// Load reads the language whose data stand in the folder tag of files: language.yaml, and if
// they are there units.yaml and currencies.yaml. tag is an IETF tag; it chooses the plural rules
// of CLDR. The error joins everything that is wrong, each with its file and line.
func Load(files fs.FS, tag string) (*Language, error) {
	l := &Language{tag: tag}
	var err error
	if l.plural, err = xlanguage.Parse(tag); err != nil {
		return nil, fmt.Errorf("language %q: %w", tag, err)
	}
	f, err := readData(files, tag+"/language.yaml")
	if err != nil {
		return nil, err
	}
	l.read(f)
	f.checkUsed()
	problems := f.problems
	l.units = make([]unitText, len(registry().all))
	for _, name := range []string{"units", "currencies"} {
		f, err := readData(files, tag+"/"+name+".yaml")
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			problems = append(problems, err)
			continue
		}
		l.readUnits(f)
		problems = append(problems, f.problems...)
	}
	for i := range l.units {
		if l.units[i].other == "" {
			l.units[i].other = registry().all[i].Code
		}
	}
	return l, errors.Join(problems...)
}

// builtin are the languages of the embedded data, by code.
var builtin = sync.OnceValue(func() []*Language {
	all := make([]*Language, len(tags()))
	for i, tag := range tags() {
		l, err := Load(builtinData(), tag)
		if err != nil {
			panic(err) // TestData holds that the embedded files are right
		}
		all[i] = l
	}
	return all
})

// languageOf returns a language by its folder: a built-in one, or one that only files hold.
func languageOf(files fs.FS, tag string) (*Language, error) {
	if i := slices.Index(tags(), tag); i >= 0 {
		return builtin()[i], nil
	}
	return Load(files, tag)
}

// Language returns the language of a code.
func (c Code) Language() *Language { return builtin()[c] }

// String returns the IETF tag of the language.
func (l *Language) String() string { return l.tag }

// RTL reports whether the language is written from right to left.
func (l *Language) RTL() bool { return l.rtl }

// read fills the language from its first file.
func (l *Language) read(f *dataFile) {
	l.categories = f.words("", "plurals")
	for _, c := range l.categories {
		if categoryOf(c) < 0 {
			f.fail(f.section("").entry("plurals").line, "%q is no CLDR plural category: write zero, one, two, few, many or other", c)
		}
	}
	if len(l.categories) == 0 || l.categories[len(l.categories)-1] != "other" {
		f.fail(1, "plurals must end with other: write plurals: one | other")
	}
	switch d := f.text("", "direction"); d {
	case "", "left-to-right":
	case "right-to-left":
		l.rtl = true
	default:
		f.fail(f.section("").entry("direction").line, "direction is %q: write left-to-right or right-to-left", d)
	}
	switch a := f.text("", "agreement"); a {
	case "":
	case "arabic":
		l.agreement = true
	default:
		f.fail(f.section("").entry("agreement").line, "agreement is %q: the only rule there is is arabic", a)
	}
	l.capitals, l.article, l.particles = f.yes("", "capitals"), f.yes("", "article"), f.yes("", "particles")
	l.the = f.text("", "the")
	quotes := list(f.required("", "quotes"))
	if copy(l.quotes[:], quotes) != 4 || len(quotes) != 4 {
		f.fail(1, "quotes are %d marks: write four, two around a quotation and two around one within it", len(quotes))
	}
	if l.labels = f.words("", "labels"); len(l.labels) < 4 {
		f.fail(1, "labels are %d: write at least four, such as A | B | C | D", len(l.labels))
	}
	l.truth = [2]string{f.required("", "true"), f.required("", "false")}
	l.list = readList(f)
	l.dates = readDates(f)
	l.native = readDigitSet(f)
	l.readNumbers(f)
	l.ordinals = readOrdinals(f)
	l.prefixes = readPrefixes(f)
}

// readNumbers fills in how numbers are written.
func (l *Language) readNumbers(f *dataFile) {
	reach, err := strconv.Atoi(or(f.text("numbers", "reach"), "4"))
	if err != nil || reach < 1 || reach > 9 {
		f.fail(f.lineOf("numbers"), "reach is no number from 1 to 9")
	}
	l.reach = int32(reach)
	l.grouped, l.spaced = f.yes("numbers", "grouped"), f.yes("numbers", "spaced")
	l.thousand = f.text("numbers", "thousand")
	switch j := f.text("numbers", "units"); j {
	case "":
	case "joined":
		l.joined = joinedAlways
	case "joined-to-digits":
		l.joined = joinedToDigits
	default:
		f.fail(f.section("numbers").entry("units").line, "units are %q: write joined or joined-to-digits, or nothing for a space before a unit", j)
	}
	l.packs = map[string]int32{}
	f.numbered("scale-names", func(exp int64, text string) {
		for _, w := range spellings(text) {
			l.packs[w] = int32(exp)
		}
	})
	s := f.section("scales")
	if s == nil {
		return
	}
	for i := range s.entries {
		e := &s.entries[i]
		e.used = true
		exp, err1 := strconv.Atoi(e.key)
		parts := list(e.value)
		if err1 != nil || exp < 1 || exp > 60 || len(parts) < 2 {
			f.fail(e.line, "%s: %s is no scale: write a power of ten with its word and the decimals before it, such as 6: million | 3", e.key, e.value)
			continue
		}
		places, err := strconv.Atoi(parts[1])
		if err != nil || places < 0 || places > 9 {
			f.fail(e.line, "%q is no number of decimals from 0 to 9", parts[1])
		}
		if n := len(l.scales); n > 0 && l.scales[n-1].exp <= int32(exp) {
			f.fail(e.line, "scales fall: put 10^%d before the smaller ones", exp)
		}
		word := scale{exp: int32(exp), word: parts[0], places: places}
		if len(parts) > 2 {
			word.plural = parts[2]
		}
		l.scales = append(l.scales, word)
	}
}

// digitSet are digits of a language's own, with the marks that go with them.
type digitSet struct {
	zero                  rune // nine more follow it
	point, comma, percent string
}

func readDigitSet(f *dataFile) *digitSet {
	if f.section("digits") == nil {
		return nil
	}
	digits := []rune(f.required("digits", "zero-to-nine"))
	if len(digits) != 10 {
		f.fail(f.lineOf("digits"), "zero-to-nine are %d characters: write the ten digits", len(digits))
		return nil
	}
	for i, r := range digits {
		if r != digits[0]+rune(i) {
			f.fail(f.lineOf("digits"), "the digits are not those of one script in their order")
			return nil
		}
	}
	return &digitSet{digits[0], f.required("digits", "point"), f.required("digits", "comma"), f.required("digits", "percent")}
}

// ascii returns the ASCII form of a digit or mark of the set, and whether it is a digit; 0 if it is neither.
func (d *digitSet) ascii(r rune) (b byte, digit bool) {
	if r >= d.zero && r <= d.zero+9 {
		return '0' + byte(r-d.zero), true
	}
	for i, mark := range [...]string{d.point, d.comma, d.percent} {
		if m, _ := utf8.DecodeRuneInString(mark); r == m {
			return ".,%"[i], false
		}
	}
	return 0, false
}

// prefixes are what Arabic joins to the value that follows.
type prefixes struct {
	genitive, leading string // letters
	governing         []string
	joined            []string // with a word of a text
	rootAlef          []string
}

func readPrefixes(f *dataFile) *prefixes {
	if f.section("prefixes") == nil {
		return nil
	}
	return &prefixes{
		genitive:  strings.Join(f.words("prefixes", "genitive"), ""),
		leading:   strings.Join(f.words("prefixes", "leading"), ""),
		governing: f.words("prefixes", "governing"),
		joined:    f.words("prefixes", "joined"),
		rootAlef:  f.words("prefixes", "root-alef"),
	}
}
