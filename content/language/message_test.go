package language

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// say compiles and writes a message without isolates.
func say(t *testing.T, c Code, src string, names []string, args ...Arg) string {
	t.Helper()
	m, err := Compile(c, src, names)
	if err != nil {
		t.Fatalf("%q: %v", src, err)
	}
	return string(m.Append(nil, args, plainStyle))
}

func numberArg(n int64, unit string) Arg {
	return Arg{Kind: Number, Amount: amountOf(n, 0, unit)}
}

func TestMessages(t *testing.T) {
	xy := []string{"x", "y"}
	name := func(s string) Arg { return Arg{Text: s} }
	gap := Arg{Kind: Gap}
	for _, c := range []struct {
		lang Code
		src  string
		args []Arg
		want string
	}{
		// English: capital, the, a/an.
		{English, "{x} was held in {y}.", []Arg{{Text: "summit", The: true}, name("Gyeongju")}, "The summit was held in Gyeongju."},
		{English, "In {x}, {y} met.", []Arg{{Text: "United States", The: true}, name("the leaders")}, "In the United States, the leaders met."},
		{English, "{x} is the key.", []Arg{name("lacquer")}, "Lacquer is the key."},
		{English, "{x} is the key.", []Arg{name("iPhone")}, "iPhone is the key."},
		{English, "{x} was said.", []Arg{{Kind: Quote, Text: "thank you"}}, "“thank you” was said."},
		{English, "{a/an} {x} was signed.", []Arg{name("MOU")}, "An MOU was signed."},
		{English, "It was {a/an} {x}-year gap.", []Arg{numberArg(11, "")}, "It was an 11-year gap."},
		{English, "It was {a/an} {x}.", []Arg{gap}, "It was a/an ____."},
		{English, "It was {a/an} {x}.", []Arg{{Text: "United Nations", The: true}}, "It was a United Nations."},
		{English, "{x} won.", []Arg{numberArg(5, "year")}, "5 years won."},
		// ICU quoting.
		{English, "It's {x}''s '{'turn'}' isn't it", []Arg{name("Xi")}, "It's Xi's {turn} isn't it"},
		{English, "'{x}' {x}", []Arg{name("Xi")}, "{x} Xi"},
		{English, "the end'", nil, "the end'"},
		// Plural and select.
		{English, "{x, plural, one {# memo} other {# memos}} signed", []Arg{numberArg(1, "")}, "1 memo signed"},
		{English, "{x, plural, one {# memo} other {# memos}} signed", []Arg{numberArg(7, "")}, "7 memos signed"},
		{English, "{x, plural, =0 {no memos} one {# memo} other {# memos}}", []Arg{numberArg(0, "")}, "no memos"},
		{English, "{x, plural, =1 {one memo} other {'#' #}}", []Arg{numberArg(4, "year")}, "# 4"},
		{English, "{x, plural, one {{y, select, f {her} other {his}} memo} other {{y, select, f {her} other {his}} # memos}}",
			[]Arg{numberArg(2, ""), {Text: "Peng", Gender: Feminine}}, "her 2 memos"},
		{English, "{x, select, m {he} f {she} p {they} other {it}}", []Arg{{Text: "banks", Plural: true}}, "they"},
		{English, "{x, select, f {she} other {it}}", []Arg{{Text: "banks", Plural: true}}, "it"},
		{English, "{x, select, USD {in dollars} other {in money}}", []Arg{numberArg(3, "USD")}, "in dollars"},
		{English, "{x, select, usd {in dollars} other {in money}}", []Arg{numberArg(3, "KRW")}, "in money"},
		{English, "{x, select, day {on} month {in} other {in the year}} {x}", []Arg{{Kind: Day, Date: Date{2025, 11, 0}}}, "in November 2025"},
		{English, "{x, plural, one {# dollar} other {# dollars}}", []Arg{{Kind: Number, Amount: Amount{Number: Decimal{15, -1}}}}, "1.5 dollars"},
		{English, "{x} {x, plural, one {is} other {are}} here.", []Arg{{Kind: Several, List: []Arg{name("Xi"), name("Lee"), {Text: "US", The: true}}}}, "Xi, Lee and the US are here."},
		// Dates by part.
		{English, "{x, date, year}; {x, date, month}; {x, date, day}", []Arg{{Kind: Day, Date: Date{2025, 11, 1}}}, "2025; November 2025; 1 November"},
		{Korean, "{x, date, year}에; {x, date, month}; {x, date, day}", []Arg{{Kind: Day, Date: Date{2025, 11, 1}}}, "2025년에; 2025년 11월; 11월 1일"},
		// Arabic: prefixes, agreement, duals.
		{Arabic, "وصل {ل+x} و{ب+x}", []Arg{name("الصين")}, "وصل للصين وبالصين"},
		{Arabic, "قدم {ل+x} هدية", []Arg{name("اللجنة")}, "قدم للجنة هدية"},
		{Arabic, "انضم {ل+x}", []Arg{name("APEC")}, "انضم لـAPEC"},
		{Arabic, "{ب+x} وقع", []Arg{numberArg(70, "KRW")}, "بـ70 وون وقع"},
		{Arabic, "تعهد {ب+x}", []Arg{gap}, "تعهد بـ____"},
		{Arabic, "الصين {و+x}", []Arg{gap}, "الصين و____"},
		{Arabic, "قال {و+x}", []Arg{{Kind: Quote, Text: "نعم"}}, "قال و«نعم»"},
		{Arabic, "سمي {ب+x}", []Arg{{Kind: Quote, Text: "باب"}}, "سمي بـ«باب»"},
		{Arabic, "التقى {x}", []Arg{{Kind: Several, List: []Arg{name("الصين"), name("كوريا"), name("اليابان")}}}, "التقى الصين وكوريا واليابان"},
		{Arabic, "سافر {ل+x}", []Arg{{Kind: Several, List: []Arg{name("الصين"), name("كوريا")}}}, "سافر للصين وكوريا"},
		{Arabic, "المدة {x}", []Arg{numberArg(2, "year")}, "المدة سنتان"},
		{Arabic, "جُددت لمدة {x}", []Arg{numberArg(2, "year")}, "جُددت لمدة سنتين"},
		{Arabic, "اتفاق مدته {x}", []Arg{numberArg(2, "month")}, "اتفاق مدته شهران"},
		{Arabic, "اتفاق بلغ {x, oblique}", []Arg{numberArg(2, "month")}, "اتفاق بلغ شهرين"},
		{Arabic, "جُددت {ل+x}", []Arg{numberArg(2, "year")}, "جُددت لسنتين"},
		{Arabic, "وقع الجانبان {x, plural, one {مذكرة واحدة} two {مذكرتين} few {# مذكرات} many {# مذكرة} other {# مذكرة}}", []Arg{numberArg(7, "")}, "وقع الجانبان 7 مذكرات"},
		{Arabic, "{x} {x, select, f {قالت} other {قال}}", []Arg{{Text: "بينغ", Gender: Feminine}}, "بينغ قالت"},
		{Arabic, "كان {x} هنا", []Arg{{Kind: Ordinal, Amount: amountOf(1, 0, ""), Gender: Feminine}}, "كان الأولى هنا"},
		// Korean lists choose 와 and 과, and the particle follows the last name.
		{Korean, "{x}{은/는} 만났습니다.", []Arg{{Kind: Several, List: []Arg{name("시진핑"), name("이재명")}}}, "시진핑과 이재명은 만났습니다."},
		{Korean, "{x}{은/는} 만났습니다.", []Arg{{Kind: Several, List: []Arg{name("중국"), name("한국"), name("영국")}}}, "중국, 한국, 영국은 만났습니다."},
		{Chinese, "{x}签署了{y, plural, other {#份备忘录}}。", []Arg{{Kind: Several, List: []Arg{name("韩国"), name("中国")}}, numberArg(7, "")}, "韩国和中国签署了7份备忘录。"},
		{English, "  outer space goes \n", nil, "outer space goes"},
		{English, "too few {x}{y}!", nil, "too few !"},
	} {
		if got := say(t, c.lang, c.src, xy, c.args...); got != c.want {
			t.Errorf("%s %q: got %q, want %q", c.lang, c.src, got, c.want)
		}
	}
}

func TestWhatAuthorsGetWrong(t *testing.T) {
	names := []string{"place", "speaker", "number"}
	deep := strings.Repeat("{number, plural, other {", 9) + "x" + strings.Repeat("}}", 9)
	for _, c := range []struct {
		lang   Code
		src    string
		offset int
		reason string // part of it
		hint   string // part of it
	}{
		{English, "In {plase}", 4, `unknown placeholder "plase"`, `did you mean place?`},
		{English, "In {}", 3, "an empty placeholder", "placeholders are place, speaker, number"},
		{English, "In {xyz}", 4, "unknown placeholder", "placeholders are place"},
		{English, "In {place", 3, "not closed", "add }"},
		{English, "In place}", 8, "a closing brace without an opening one", "'}'"},
		{English, "In {place {x}}", 10, "a brace within a placeholder", "select"},
		{English, "'{ not closed", 0, "quoted brace", "'{'"},
		{English, "", 0, "empty", ""},
		{English, "  \n ", 0, "empty", ""},
		{English, "a \x00", 2, "control character", ""},
		{English, "a \xff", 2, "not valid UTF-8", ""},
		{English, strings.Repeat("a", 9000), 8192, "longer than", ""},
		{English, deep, len(strings.Repeat("{number, plural, other {", 8)), "nested more than 8 deep", ""},
		{English, "{number, plural}", 15, "plural needs branches", ""},
		{English, "{number, plural, one {x}}", 0, `"other" is missing`, "add other {…}"},
		{English, "{number, plural, few {x} other {y}}", 17, `"few" never occurs`, "one, other"},
		{Korean, "{number, plural, one {x} other {y}}", 17, `"one" never occurs`, "=N"},
		{Arabic, "{number, plural, fwe {x} other {y}}", 17, `"fwe" never occurs`, ""},
		{English, "{number, plural, other {x} other {y}}", 27, "stands twice", ""},
		{English, "{number, plural, =x {x} other {y}}", 17, `unknown key "=x"`, "=0, =1"},
		{English, "{number, plural, other x}", 17, "a branch needs a key", ""},
		{English, "{number, plural, other {x}", 0, "not closed", ""},
		{English, "{number, plural, other {x", 23, "a branch is not closed", ""},
		{English, "{speaker, select, fem {x} other {y}}", 18, `unknown key "fem"`, ""},
		{English, "{speaker, select, =1 {x} other {y}}", 18, `unknown key "=1"`, ""},
		{English, "{speaker, chose, other {y}}", 10, `unknown kind of placeholder "chose"`, ""},
		{English, "{speaker, selct, other {y}}", 10, "unknown kind of placeholder", `did you mean select?`},
		{English, "{place, date, yaer}", 14, "unknown part of a date", `did you mean year?`},
		{English, "{place, date}", 12, "unknown part of a date", "year, month, day"},
		{English, "{place, oblique}", 8, "Arabic only", ""},
		{Arabic, "{س+place}", 1, `unknown prefix "س"`, "ل ب ك و ف"},
		{English, "{ل+place}", 1, "Arabic only", ""},
		{Korean, "{place}{는/은}", 8, "unknown particle", "{은/는}"},
		{Korean, "{place}{은/을}", 8, "unknown particle", "known pairs"},
		{English, "{place}{은/는}", 8, "Korean only", ""},
		{Korean, "{a/an} {place}", 1, "English only", ""},
		{English, "{an/a} {place}", 1, `unknown particle "an/a"`, "{a/an}"},
	} {
		_, err := Compile(c.lang, c.src, names)
		var e *SyntaxError
		if !errors.As(err, &e) {
			t.Errorf("%q: got %v, want a SyntaxError", c.src, err)
			continue
		}
		if e.Offset != c.offset || !strings.Contains(e.Reason, c.reason) || !strings.Contains(e.Hint, c.hint) {
			t.Errorf("%.40q: got %d %q (%q), want %d %q (%q)", c.src, e.Offset, e.Reason, e.Hint, c.offset, c.reason, c.hint)
		}
	}
}

func TestUses(t *testing.T) {
	m, err := Compile(English, "{b, plural, one {x} other {{c}}}", []string{"a", "b", "c"})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []bool{false, true, true, false} {
		if m.Uses(i) != want {
			t.Errorf("Uses(%d) = %v", i, !want)
		}
	}
}

func TestAppendKeepsWhatWasThere(t *testing.T) {
	m, err := Compile(Arabic, "{x} وون", []string{"x"})
	if err != nil {
		t.Fatal(err)
	}
	args := []Arg{numberArg(7, "")}
	alone := string(m.Append(nil, args, Style{}))
	if got := string(m.Append([]byte("قبل "), args, Style{})); got != "قبل "+alone {
		t.Errorf("got %q, want %q after what was there", got, alone)
	}
}

// TestSentencesGolden writes one sentence of each shape in each language, with isolates made
// visible, for a number ending in each of 0 to 12, 21 and 100.
func TestSentencesGolden(t *testing.T) {
	sentences := [Count]string{
		Arabic:  "وقعت {who} {n, plural, zero {# مذكرة} one {مذكرة واحدة} two {مذكرتين} few {# مذكرات} many {# مذكرة} other {# مذكرة}} لمدة {term}، وهذا مكسب {ل+who}",
		English: "{who} signed {n, plural, one {# memorandum} other {# memoranda}}, {a/an} {n}-page text, for {term}.",
		Korean:  "{who}{은/는} 기한이 {term}인 양해각서 {n}건을 체결했습니다. 답은 {n}{이었습니다/였습니다}.",
		Chinese: "{who}签署了{n}份为期{term}的备忘录。",
	}
	who := [Count][]string{
		Arabic: {"الصين", "كوريا الجنوبية", "APEC", "اللجنة"}, English: {"China", "South Korea", "APEC", "UN"},
		Korean: {"중국", "경주", "서울", "APEC"}, Chinese: {"中国", "韩国", "首尔", "APEC"},
	}
	var b strings.Builder
	visible := strings.NewReplacer(fsi, "⟨", pdi, "⟩", rlm, "‹R›", lrm, "‹L›", alm, "‹A›")
	for _, c := range All() {
		m, err := Compile(c, sentences[c], []string{"who", "n", "term"})
		if err != nil {
			t.Fatal(err)
		}
		for i, n := range []int64{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 21, 100} {
			args := []Arg{{Text: who[c][i%4]}, numberArg(n, ""), numberArg(n, "year")}
			for _, st := range []Style{{}, {Digits: ArabicIndic}} {
				if c != Arabic && st.Digits == ArabicIndic {
					continue
				}
				out := string(m.Append(nil, args, st))
				if err := CheckDirection(c, out); err != nil {
					t.Errorf("%q: %v", out, err)
				}
				fmt.Fprintf(&b, "%s %s\n", c, visible.Replace(out))
			}
		}
	}
	golden(t, "sentences.golden", b.String())
}
