package language

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

// The marks that this package writes. Embeddings and overrides (U+202A to U+202E) are never
// written.
const (
	lri = "\u2066" // left-to-right isolate
	fsi = "\u2068" // first strong isolate
	pdi = "\u2069" // pop directional isolate
	lrm = "\u200E" // left-to-right mark
	rlm = "\u200F" // right-to-left mark
	alm = "\u061C" // Arabic letter mark
)

// Isolate appends s between U+2068 and U+2069, so that its direction does not touch the
// sentence around it. Text that holds isolates of its own already is appended as it is: a
// sentence that was said before is told once more.
func Isolate(dst []byte, s string) []byte {
	if said, left, right, ok := settled(s); ok && !left && !right {
		return append(dst, said...)
	}
	return append(append(append(dst, fsi...), s...), pdi...)
}

// settled reports whether s holds isolates, all closed and none within another but a number with a minus, and whether letters
// of either direction stand outside them. It returns s without the mark at its beginning, which
// only the beginning of a line needs.
func settled(s string) (said string, left, right, ok bool) {
	if !strings.Contains(s, fsi) && !strings.Contains(s, lri) {
		return s, false, false, false
	}
	depth := 0
	for _, r := range s {
		switch {
		case r == 0x2068 || r == 0x2066:
			depth++
		case r == 0x2069:
			depth--
		case r == '\n', r >= 0x202A && r <= 0x202E, r == 0x2067:
			return s, false, false, false
		case depth == 0:
			left, right = left || leftToRight(r), right || r >= 0x0590 && rightToLeft(r) && r != 0x200F
		}
		if depth < 0 || depth > 1 && r == 0x2068 {
			return s, false, false, false
		}
	}
	return strings.TrimPrefix(s, rlm), left, right, depth == 0
}

// says reports whether s was said in this language: it holds isolates and may stand in another
// sentence as it is.
func (l *Language) says(s string) (string, bool) {
	said, left, right, ok := settled(s)
	return said, ok && !(l.rtl && left) && !(!l.rtl && right)
}

var marks = strings.NewReplacer(fsi, "", pdi, "", lri, "", "\u2067", "", lrm, "", rlm, "", alm, "")

// StripIsolates returns s without isolates and direction marks.
func StripIsolates(s string) string { return marks.Replace(s) }

// ErrDirection is what every error of CheckDirection wraps.
var ErrDirection = errors.New("reading direction")

// CheckDirection reports the first thing in s that a reader could see in the wrong order:
// an embedding or override, isolates that do not balance or stand within others (but for the minus of a number), and in Arabic a left-to-right run
// or a number with a sign outside an isolate, a line that does not begin right to left, or
// two sets of digits in one message.
func CheckDirection(c Code, s string) error { return c.Language().CheckDirection(s) }

// CheckDirection is the function CheckDirection in this language.
func (l *Language) CheckDirection(s string) error {
	for i, line := range strings.Split(s, "\n") {
		if err := checkLine(l.rtl, line); err != nil {
			return fmt.Errorf("%w: line %d: %w", ErrDirection, i+1, err)
		}
	}
	if l.rtl && strings.ContainsFunc(s, arabicDigit) && europeanNumber(s) {
		return fmt.Errorf("%w: European and Arabic-Indic digits in one message", ErrDirection)
	}
	return nil
}

func checkLine(rtl bool, line string) error {
	depth := 0
	var prev rune
	for i, r := range line {
		switch {
		case r >= 0x202A && r <= 0x202E:
			return fmt.Errorf("embedding or override U+%04X at byte %d", r, i)
		case r >= 0x2066 && r <= 0x2068:
			if depth++; depth > 1 && r == 0x2068 {
				return fmt.Errorf("an isolate within another at byte %d", i)
			}
		case r == 0x2069:
			if depth--; depth < 0 {
				return fmt.Errorf("U+2069 at byte %d closes nothing", i)
			}
		case rtl && depth == 0 && leftToRight(r):
			return fmt.Errorf("left-to-right text outside an isolate at byte %d", i)
		case rtl && depth == 0 && (unicode.IsDigit(r) && signRune(prev) || signRune(r) && unicode.IsDigit(prev) && !(r == ':' && pause(line[i+1:]))):
			return fmt.Errorf("a number with a sign outside an isolate at byte %d", i)
		}
		prev = r
	}
	if depth != 0 {
		return fmt.Errorf("%d isolates are not closed", depth)
	}
	if rtl && line != "" && needsMark([]byte(line)) {
		return errors.New("the line does not begin right to left")
	}
	return nil
}

// signRune reports whether r belongs to a number and has no direction of its own.
func signRune(r rune) bool { return strings.ContainsRune(directionSigns().signs, r) }

// directionWords are the signs that the checks of direction look for.
type directionWords struct {
	attached string // to the digits beside them
	signs    string // that make the order of a number depend on its surroundings
	openings string // that end a run of Latin words
}

var directionSigns = sync.OnceValue(func() *directionWords {
	w, err := readDirectionWords(builtinData())
	if err != nil {
		panic(err) // TestData holds that the embedded files are right
	}
	return w
})

func readDirectionWords(files fs.FS) (*directionWords, error) {
	f, err := readData(files, "direction.yaml")
	if err != nil {
		return nil, err
	}
	w := &directionWords{f.required("", "attached"), f.required("", "signs"), f.required("", "openings")}
	f.checkUsed()
	return w, errors.Join(f.problems...)
}

// pause reports whether a colon ends its phrase and is no part of a ratio or a time.
func pause(rest string) bool { return rest == "" || rest[0] == ' ' }

// needsMark reports whether a line of an Arabic message would not be taken for right to left
// by every reader: its first visible character is not an Arabic letter, or all such letters
// stand in isolates, which the bidi algorithm passes over.
func needsMark(line []byte) bool {
	first, depth := true, 0
	for i := 0; i < len(line); {
		r, size := utf8.DecodeRune(line[i:])
		i += size
		switch {
		case r >= 0x2066 && r <= 0x2068:
			depth++
			continue
		case r == 0x2069:
			depth--
			continue
		case r == 0x200F || r == 0x061C:
			if depth == 0 {
				return false
			}
		}
		right := r >= 0x0590 && rightToLeft(r)
		if first && !right {
			return true
		}
		first = false
		if right && depth == 0 {
			return false
		}
		if depth == 0 && leftToRight(r) {
			return true
		}
	}
	return !first
}

func rightToLeft(r rune) bool {
	p, _ := bidi.LookupRune(r)
	return p.Class() == bidi.AL || p.Class() == bidi.R
}

func arabicDigit(r rune) bool { return r >= 0x0660 && r <= 0x0669 }

// europeanNumber reports whether s has European digits that are not part of a Latin name.
func europeanNumber(s string) bool {
	for i := 0; i < len(s); {
		if !wordByte(s[i]) {
			i++
			continue
		}
		latin, digit := false, false
		for ; i < len(s) && wordByte(s[i]); i++ {
			latin = latin || s[i] >= 'A'
			digit = digit || s[i] <= '9'
		}
		if digit && !latin {
			return true
		}
	}
	return false
}
