package language

import (
	"strings"
	"testing"
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
