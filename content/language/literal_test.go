package language

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestLatinWordsOfAuthors checks what is isolated in the text that authors write into Arabic
// messages; ⟨ and ⟩ stand for the isolates.
func TestLatinWordsOfAuthors(t *testing.T) {
	for _, want := range []string{
		"النسبة ⟨12%⟩ هنا",
		"النسبة ⟨12.5%⟩",
		"قمة ⟨APEC⟩ في 2025",
		"من 5–7 أيام", // a range reads from the right
		"وقعا 7 مذكرات",
		"السعر ⟨$5⟩ و⟨€7.5⟩ فقط",
		"شركة ⟨Hanwha Ocean⟩ الكورية",
		"مجموعة ⟨G20⟩ و20 دولة",
		"شبكة ⟨5G⟩ الجديدة",
		"قالا (⟨MOU⟩)، ثم 7",
		"اسمها ⟨한국⟩ هنا",
		"خلال 11 سنة",
	} {
		src := StripIsolates(strings.NewReplacer("⟨", "", "⟩", "").Replace(want))
		m, err := Compile(Arabic, src, nil)
		if err != nil {
			t.Fatal(err)
		}
		out := string(m.Append(nil, nil, Style{}))
		if got := strings.NewReplacer(fsi, "⟨", pdi, "⟩").Replace(out); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		if strings.Contains(want, "–") {
			continue
		}
		if err := CheckDirection(Arabic, out); err != nil {
			t.Errorf("%q: %v", out, err)
		}
	}
}

func TestDigitsOfOneMessageAgree(t *testing.T) {
	m, err := Compile(Arabic, "قبل 11 سنة اجتمعت {x} في G20 مرة بنسبة 12.5%", []string{"x"})
	if err != nil {
		t.Fatal(err)
	}
	for _, plain := range []bool{false, true} {
		out := string(m.Append(nil, []Arg{{Text: "7 دول من G7"}}, Style{Digits: ArabicIndic, Plain: plain}))
		if got, want := StripIsolates(out), "قبل ١١ سنة اجتمعت ٧ دول من G7 في G20 مرة بنسبة ١٢٫٥٪"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		if err := CheckDirection(Arabic, out); err != nil && !plain {
			t.Error(err)
		}
	}
}

func TestArabicDigitsOfAuthorsFollowTheSetting(t *testing.T) {
	m, err := Compile(Arabic, "قبل ١١ سنة، بنسبة ١٢٫٥٪ من {x}", []string{"x"})
	if err != nil {
		t.Fatal(err)
	}
	args := []Arg{{Text: "٧ دول ٬ ٪"}}
	if got, want := string(m.Append(nil, args, plainStyle)), "قبل 11 سنة، بنسبة 12.5% من 7 دول ٬ ٪"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := string(m.Append(nil, args, Style{Digits: ArabicIndic, Plain: true})), "قبل ١١ سنة، بنسبة ١٢٫٥٪ من ٧ دول ٬ ٪"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestEverythingWrittenReadsInOrder draws messages and values and holds every result to the
// rules of direction.
func TestEverythingWrittenReadsInOrder(t *testing.T) {
	names := []string{"x", "y"}
	pieces := []string{"عقدت القمة ", "في ", "{x}", "{y}", "{ل+x}", "{وب+y} ", "APEC ", "7 ", "٧ ", "12% ", "، ", "؟", "(", ") ", "\n", "«", "» ", ". ",
		"{x, plural, two {مذكرتان} few {# مذكرات} other {# مذكرة}} ", "{y, select, f {قالت} other {قال}} "}
	rapid.Check(t, func(t *rapid.T) {
		src := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 8).Draw(t, "pieces"), "")
		m, err := Compile(Arabic, src, names)
		if err != nil {
			return // white space only
		}
		arg := rapid.Custom(func(t *rapid.T) Arg {
			text := rapid.SampledFrom([]string{"شي جين بينغ", "APEC", "قمة (APEC)", "G20", "7", "٧ دول", "12%", "____", "한국"}).Draw(t, "text")
			return Arg{
				Kind:   rapid.SampledFrom([]ArgKind{Name, Words, Quote, Number, Ordinal, Day, Several, Gap}).Draw(t, "kind"),
				Text:   text,
				Gender: rapid.SampledFrom([]Gender{Masculine, Feminine}).Draw(t, "gender"),
				Amount: amountOf(rapid.Int64Range(-20, 110).Draw(t, "n"), rapid.Int32Range(-1, 12).Draw(t, "exp"), rapid.SampledFrom([]string{"", "KRW", "year", "percent", "celsius"}).Draw(t, "unit")),
				Date:   Date{Year: 2025, Month: int8(rapid.IntRange(0, 12).Draw(t, "month")), Day: 1},
				List:   []Arg{{Text: text}, {Text: "APEC"}, {Kind: Gap}},
			}
		})
		args := []Arg{arg.Draw(t, "x"), arg.Draw(t, "y")}
		for _, digits := range []Digits{European, ArabicIndic} {
			out := string(m.Append(nil, args, Style{Digits: digits}))
			if err := CheckDirection(Arabic, out); err != nil {
				t.Fatalf("%q: %q: %v", src, out, err)
			}
			if plain := string(m.Append(nil, args, Style{Digits: digits, Plain: true})); plain != StripIsolates(out) {
				t.Fatalf("%q: plain is %q, without isolates it is %q", src, plain, StripIsolates(out))
			}
		}
	})
}
