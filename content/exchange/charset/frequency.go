package charset

import (
	"strings"
	"unicode"

	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// How usual a character is in texts of a script: 1 for what fills most texts, 0 for what may
// stand in any, below 0 for what hardly occurs. A wrong encoding gives mostly the last.

// western rates a character beyond ASCII of a European text. In such texts it stands alone among
// ASCII letters; runs of them are rated by arabic and the others, which then score higher.
func western(r rune) float64 {
	switch {
	case strings.ContainsRune("äöüßéèêëàâáãåçñíìîïóòôõøúùûæœÄÖÜÉÀÁÅÇÑÓØ", r):
		return 0.6
	case strings.ContainsRune("’‘“”–—…€£«»°·•§©®™¿¡½²³º", r):
		return 0.4
	case unicode.IsLetter(r):
		return 0.1
	}
	return -0.3
}

// arabic rates by the letters that make up most Arabic text.
func arabic(r rune) float64 {
	switch {
	case strings.ContainsRune("اليمنورتبةعدسفهكقحجأ", r):
		return 1
	case strings.ContainsRune("شصطخضذثزغظىإءئؤآپچژگ", r):
		return 0.5
	case strings.ContainsRune("؟،؛ًٌٍَُِّْ", r):
		return 0.2
	}
	return -1
}

// level reports whether the two bytes of r in a double-byte encoding begin with one of lo to hi:
// national standards put the characters in daily use there.
func level(encoded []byte, err error, lo, hi byte) bool {
	return err == nil && len(encoded) == 2 && encoded[0] >= lo && encoded[0] <= hi
}

func hangul(r rune) float64 {
	switch {
	case r >= 0xAC00 && r <= 0xD7A3:
		b, err := korean.EUCKR.NewEncoder().Bytes([]byte(string(r)))
		if level(b, err, 0xB0, 0xC8) && b[1] >= 0xA1 { // the 2,350 syllables of KS X 1001
			return 1
		}
		return -0.3
	case cjkMark(r):
		return 0.3
	case unicode.Is(unicode.Han, r):
		return -0.5
	}
	return -1
}

func simplified(r rune) float64 {
	switch {
	case unicode.Is(unicode.Han, r):
		b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(string(r)))
		switch {
		case level(b, err, 0xB0, 0xD7) && b[1] >= 0xA1: // the 3,755 characters of level 1
			return 1
		case level(b, err, 0xD8, 0xF7) && b[1] >= 0xA1:
			return 0.2
		}
		return -0.5
	case cjkMark(r):
		return 0.5
	}
	return -1
}

func traditional(r rune) float64 {
	switch {
	case unicode.Is(unicode.Han, r):
		b, err := traditionalchinese.Big5.NewEncoder().Bytes([]byte(string(r)))
		switch {
		case level(b, err, 0xA4, 0xC6): // the 5,401 characters of level 1
			return 0.95
		case level(b, err, 0xC9, 0xF9):
			return -0.2
		}
		return -0.5
	case cjkMark(r):
		return 0.5
	}
	return -1
}

func kana(r rune) float64 {
	switch {
	case r >= 0x3041 && r <= 0x30FE:
		return 1
	case r >= 0xFF61 && r <= 0xFF9F: // half-width kana, which any single byte can look like
		return -0.5
	case unicode.Is(unicode.Han, r), cjkMark(r):
		return 0.4
	}
	return -1
}

// cjkMark reports whether r is punctuation or a full-width form.
func cjkMark(r rune) bool {
	return r >= 0x3000 && r <= 0x303F || r >= 0xFF01 && r <= 0xFF5E || strings.ContainsRune("“”‘’…—·", r)
}
