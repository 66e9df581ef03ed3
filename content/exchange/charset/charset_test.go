package charset

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"summitquiz/content/language"
)

// TestEncodingsAreRecognised holds short tables of each encoding, read with their language told
// and with a language that says nothing of them.
func TestEncodingsAreRecognised(t *testing.T) {
	for _, c := range []struct {
		name string
		enc  encoding.Encoding
		lang language.Code
		text string
	}{
		{"windows-1252", charmap.Windows1252, language.English, "Frage;Antwort\nWo liegt São Paulo?;Südamerika\nWie heißt „le café“?;das Café\n"},
		{"windows-1252", charmap.ISO8859_1, language.English, "question;answer\nWas ist \"groß\"?;groß\nWie heißt die Hauptstadt?;Bern\n"},
		{"windows-1252", charmap.ISO8859_1, language.English, "question,answer\nWhich sauce is made of yolk?,béarnaise\n"},
		{"windows-1256", charmap.Windows1256, language.Arabic, "السؤال,الجواب\nما عاصمة مصر؟,القاهرة\n"},
		{"windows-1256", charmap.Windows1256, language.Arabic, "question;answer\nما أكبر محيط؟;الهادئ\n"},
		{"iso-8859-6", charmap.ISO8859_6, language.Arabic, "سؤال;جواب\nمن أول رائد فضاء عربي؟;سلطان بن سلمان\nكم يوما في الأسبوع؟;سبعة\n"},
		{"cp949", korean.EUCKR, language.Korean, "질문,정답\n대한민국의 수도는?,서울\n"},
		{"cp949", korean.EUCKR, language.Korean, "문제\t답\n똠얌꿍은 어느 나라 음식인가?\t태국\n"},
		{"gb18030", simplifiedchinese.GB18030, language.Chinese, "题目,答案\n中国最长的河流是哪条？,长江\n"},
		{"gb18030", simplifiedchinese.GBK, language.Chinese, "question,answer\n水的沸点是多少？,一百度\n"},
		{"big5", traditionalchinese.Big5, language.Chinese, "題目,答案\n台灣最高的山是哪一座？,玉山\n"},
		{"shift-jis", japanese.ShiftJIS, language.English, "問題,答え\n日本の首都はどこですか？,東京\n"},
		{"UTF-16", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), language.Arabic, "السؤال\tالجواب\nما عاصمة مصر؟\tالقاهرة\n"},
		{"UTF-16", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), language.Arabic, "السؤال\tالجواب\nما عاصمة مصر؟\tالقاهرة\n"},
		{"UTF-16", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), language.Korean, "질문\t정답\n수도는 어디?\t서울\n"},
		{"UTF-16", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), language.Korean, "가장 큰 행성은?\t목성\n가장 작은 것은?\t수성\n"},
		{"UTF-8", encoding.Nop, language.Korean, "질문,정답\r\n수도는?,서울\r\n"},
	} {
		data, err := c.enc.NewEncoder().Bytes([]byte(c.text))
		if err != nil {
			t.Fatal(err)
		}
		for _, likely := range [][]language.Code{{c.lang}, nil} {
			got, err := Decode(data, "", likely...)
			if want := strings.ReplaceAll(c.text, "\r\n", "\n"); err != nil || got.Encoding != c.name || got.String != want {
				t.Errorf("Decode(%s, %v) = %q, %q, %v, want %q", c.name, likely, got.Encoding, got.String, err, want)
			}
		}
		got, err := Decode(data, c.name)
		if c.name != "UTF-16" && (err != nil || got.Guessed) {
			t.Errorf("Decode as %s = guessed %t, %v", c.name, got.Guessed, err)
		}
	}
}

func TestLineEndsAndMarks(t *testing.T) {
	got, err := Decode([]byte("\xEF\xBB\xBFa\rb\r\nc\nd"), "")
	if err != nil || got.String != "a\nb\nc\nd" || !got.BOM || got.Guessed {
		t.Errorf("Decode = %+v, %v", got, err)
	}
}

func TestABrokenByteStaysWhereItIs(t *testing.T) {
	got, err := Decode([]byte("질문,답\n\xB0\xA1?,x\n산은?,한라산\n"), "", language.Korean)
	if err != nil || got.Encoding != "UTF-8" || !strings.Contains(got.String, "\xB0\xA1?,x") {
		t.Errorf("Decode = %+v, %v", got, err)
	}
}

func TestWhatIsNoTextIsRefused(t *testing.T) {
	if _, err := Decode([]byte("ab\x00\x01\x02\x00c"), ""); !errors.Is(err, ErrBinary) {
		t.Errorf("Decode of binary = %v", err)
	}
	if _, err := Decode([]byte("abc"), "klingon"); !errors.Is(err, ErrUnknown) {
		t.Errorf("Decode as klingon = %v", err)
	}
}

func ExampleDecode() {
	t, _ := Decode([]byte("caf\xE9"), "", language.English)
	fmt.Println(t.String, t.Encoding, t.Guessed)
	// Output: café windows-1252 true
}
