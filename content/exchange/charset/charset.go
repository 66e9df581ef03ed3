// Package charset turns the bytes of a text file into UTF-8 and says which encoding they had.
//
// It promises that nothing is dropped: a byte that has no meaning in the encoding stays visible,
// as an invalid byte in UTF-8 text and as U+FFFD in decoded text, so that the row that holds it
// can be reported. It refuses bytes that are no text at all.
package charset

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"summitquiz/content/language"
)

// Text is a file's text with its line ends as \n.
type Text struct {
	String   string
	Encoding string // as people know it: UTF-8, UTF-16, cp949 …
	BOM      bool   // the file began with a byte order mark
	Guessed  bool   // the encoding follows from how the text reads, not from a mark or a proof
}

// ErrBinary means that the bytes are no text in any encoding.
var ErrBinary = errors.New("the file is binary, not text")

// ErrUnknown is wrapped by the error for the name of an encoding that is not known.
var ErrUnknown = errors.New("unknown encoding")

// Names lists the encodings that are recognised, for messages.
const Names = "utf-8, utf-16, utf-16le, utf-16be, windows-1252, windows-1256, cp949, gb18030, big5, shift-jis"

// aliases holds names that people and programs use and the IANA registry does not.
var aliases = map[string]encoding.Encoding{
	"utf8": encoding.Nop, "utf-8": encoding.Nop, "utf-8-sig": encoding.Nop,
	"utf16": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "utf-16": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
	"utf-16le": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "utf-16be": unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
	"cp1252": charmap.Windows1252, "latin1": charmap.Windows1252, "latin-1": charmap.Windows1252, "ansi": charmap.Windows1252,
	"cp1256": charmap.Windows1256, "cp949": korean.EUCKR, "ms949": korean.EUCKR, "uhc": korean.EUCKR, "949": korean.EUCKR,
	"euckr": korean.EUCKR, "ks_c_5601-1987": korean.EUCKR,
	"cp936": simplifiedchinese.GB18030, "gbk": simplifiedchinese.GB18030, "gb2312": simplifiedchinese.GB18030, "936": simplifiedchinese.GB18030,
	"cp950": traditionalchinese.Big5, "950": traditionalchinese.Big5,
	"cp932": japanese.ShiftJIS, "sjis": japanese.ShiftJIS, "shift-jis": japanese.ShiftJIS, "shift_jis": japanese.ShiftJIS, "ms932": japanese.ShiftJIS,
}

// strayZeros is how many zero bytes a damaged text may hold; each costs no more than its row.
const strayZeros = 8

// Decode returns the text of a file. name is the encoding that the caller was told, or empty to
// recognise it; likely are the languages of the text, if known.
func Decode(data []byte, name string, likely ...language.Code) (Text, error) {
	if name != "" {
		return decodeAs(data, name)
	}
	if t, ok := marked(data); ok {
		return t, nil
	}
	if endian, ok := wide(data); ok {
		t := decode(data, unicode.UTF16(endian, unicode.IgnoreBOM), "UTF-16")
		t.Guessed = true
		return t, nil
	}
	if n := bytes.Count(data, []byte{0}); n > strayZeros || n > len(data)/20 || controls(data) {
		return Text{}, ErrBinary
	}
	if mostlyUTF8(data) {
		return Text{String: lines(string(data)), Encoding: "UTF-8"}, nil
	}
	best := guess(data, likely)
	t := decode(data, best.encoding, best.name)
	t.Guessed = true
	return t, nil
}

func decodeAs(data []byte, name string) (Text, error) {
	key := strings.ToLower(strings.TrimSpace(name))
	enc := aliases[key]
	if enc == nil {
		var err error
		if enc, err = ianaindex.IANA.Encoding(key); err != nil || enc == nil {
			return Text{}, fmt.Errorf("%w %q: use one of %s", ErrUnknown, name, Names)
		}
	}
	if enc == encoding.Nop {
		data, bom := bytes.CutPrefix(data, []byte("\xEF\xBB\xBF"))
		return Text{String: lines(string(data)), Encoding: "UTF-8", BOM: bom}, nil
	}
	return decode(data, enc, key), nil
}

func decode(data []byte, enc encoding.Encoding, name string) Text {
	plain, err := enc.NewDecoder().Bytes(data)
	if err != nil { // decoders of x/text replace what they cannot read
		plain = bytes.ToValidUTF8(data, []byte("\uFFFD"))
	}
	plain, bom := bytes.CutPrefix(plain, []byte("\uFEFF"))
	return Text{String: lines(string(plain)), Encoding: name, BOM: bom}
}

// marked reads a text with a byte order mark.
func marked(data []byte) (Text, bool) {
	switch {
	case bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")):
		return Text{String: lines(string(data[3:])), Encoding: "UTF-8", BOM: true}, true
	case bytes.HasPrefix(data, []byte("\xFF\xFE")):
		t := decode(data[2:], unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "UTF-16")
		t.BOM = true
		return t, true
	case bytes.HasPrefix(data, []byte("\xFE\xFF")):
		t := decode(data[2:], unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), "UTF-16")
		t.BOM = true
		return t, true
	}
	return Text{}, false
}

// wide recognises UTF-16 without a mark: it has zero bytes, and read with the right order of bytes
// it is made of characters in use.
func wide(data []byte) (unicode.Endianness, bool) {
	head := data[:min(len(data), 1<<16)&^1]
	if len(head) < 4 || bytes.IndexByte(head, 0) < 0 {
		return unicode.BigEndian, false
	}
	little, big := usual(head, 0), usual(head, 1)
	switch {
	case little >= 0.95 && little > big:
		return unicode.LittleEndian, true
	case big >= 0.95 && big > little:
		return unicode.BigEndian, true
	}
	return unicode.BigEndian, false
}

// usual is the share of two-byte characters that texts in use are made of. high is where the
// lower half of a character stands: 0 for little endian.
func usual(data []byte, low int) float64 {
	good := 0
	for i := 0; i+1 < len(data); i += 2 {
		switch r := rune(data[i+low]) | rune(data[i+1-low])<<8; {
		case r == '\t' || r == '\n' || r == '\r' || r >= ' ' && r < 0x7F || r >= 0xC0 && r < 0x180,
			r >= 0x600 && r < 0x700, r >= 0x2010 && r < 0x2040,
			r >= 0x3000 && r < 0x3100, r >= 0x4E00 && r < 0xA000, r >= 0xAC00 && r < 0xD7A4, r >= 0xFF00 && r < 0xFF60:
			good++
		}
	}
	return float64(good) / float64(len(data)/2)
}

// controls reports whether a text holds more control characters than a damaged text would.
func controls(data []byte) bool {
	n := 0
	for _, b := range data[:min(len(data), 1<<16)] {
		if b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != '\v' && b != 0x1F {
			n++
		}
	}
	return n > 8 && n > min(len(data), 1<<16)/50
}

// mostlyUTF8 reports whether a text is UTF-8 apart from single broken places. In text of another
// encoding the bytes beyond ASCII hardly ever form UTF-8 sequences.
func mostlyUTF8(data []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(data); {
		if data[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			bad++
		} else {
			good++
		}
		i += size
	}
	return bad == 0 || good >= 2*bad
}

// lines writes every line end as \n.
func lines(s string) string {
	if !strings.ContainsRune(s, '\r') {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

// candidate is an encoding that a text without a mark may have.
type candidate struct {
	name     string
	encoding encoding.Encoding
	of       []language.Code // the languages that are written in it
	score    func(rune) float64
}

// Detectors that know no language fail on files of a few lines (chardet 1.0.5 takes the 62 bytes
// of an Arabic table for KOI8-R), so the text is decoded in every way that is likely, and the
// reading with the most frequent letters wins.
var candidates = []candidate{
	{"windows-1252", charmap.Windows1252, []language.Code{language.English}, western},
	{"windows-1256", charmap.Windows1256, []language.Code{language.Arabic}, arabic},
	{"iso-8859-6", charmap.ISO8859_6, []language.Code{language.Arabic}, arabic},
	{"cp949", korean.EUCKR, []language.Code{language.Korean}, hangul},
	{"gb18030", simplifiedchinese.GB18030, []language.Code{language.Chinese}, simplified},
	{"big5", traditionalchinese.Big5, []language.Code{language.Chinese}, traditional},
	{"shift-jis", japanese.ShiftJIS, nil, kana},
}

// sample is how much of a text is tried in every encoding.
const sample = 1 << 16

func guess(data []byte, likely []language.Code) candidate {
	part := data
	if len(part) > sample {
		part = part[:sample]
		if i := bytes.LastIndexByte(part, '\n'); i > 0 {
			part = part[:i]
		}
	}
	best, top := candidates[0], -1e9
	for _, c := range candidates {
		score := c.rate(part)
		if slices.ContainsFunc(c.of, func(l language.Code) bool { return slices.Contains(likely, l) }) {
			score += 0.3
		}
		if score > top {
			best, top = c, score
		}
	}
	return best
}

// rate is the mean score of the characters beyond ASCII, between about -3 and 1.
func (c candidate) rate(data []byte) float64 {
	plain, err := c.encoding.NewDecoder().Bytes(data)
	if err != nil {
		return -10
	}
	sum, n := 0.0, 0
	runes := []rune(string(plain))
	for i, r := range runes {
		if r < utf8.RuneSelf {
			continue
		}
		n++
		switch {
		case r == utf8.RuneError, r >= 0x80 && r < 0xA0:
			sum -= 3
		case r >= 0xE000 && r < 0xF900:
			sum -= 2
		default:
			sum += c.score(r) + c.neighbours(runes, i)
		}
	}
	if n == 0 {
		return 0
	}
	return sum / float64(n)
}

// neighbours rates a letter by those beside it: in European words the letters beyond ASCII stand
// between ASCII letters, in words of other scripts they do not.
func (c candidate) neighbours(runes []rune, i int) float64 {
	beside := 0
	for _, j := range []int{i - 1, i + 1} {
		if j >= 0 && j < len(runes) && (runes[j] >= 'a' && runes[j] <= 'z' || runes[j] >= 'A' && runes[j] <= 'Z') {
			beside++
		}
	}
	switch {
	case c.name == "windows-1252" && beside > 0:
		return 0.4
	case c.name == "windows-1252":
		return 0
	case beside == 2, beside == 1 && strings.Contains(c.name, "1256"), beside == 1 && strings.HasPrefix(c.name, "iso"):
		return -1
	}
	return 0
}
