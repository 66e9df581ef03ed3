package language

import "testing"

func TestDates(t *testing.T) {
	for _, row := range []struct {
		d              Date
		en, ar, ko, zh string
	}{
		{Date{2025, 11, 1}, "1 November 2025", "1 نوفمبر 2025", "2025년 11월 1일", "2025年11月1日"},
		{Date{2025, 11, 0}, "November 2025", "نوفمبر 2025", "2025년 11월", "2025年11月"},
		{Date{2025, 0, 0}, "2025", "2025", "2025년", "2025年"},
		{Date{-44, 3, 15}, "15 March 44 BCE", "15 مارس 44 ق.م.", "기원전 44년 3월 15일", "公元前44年3月15日"},
		{Date{-221, 0, 0}, "221 BCE", "221 ق.م.", "기원전 221년", "公元前221年"},
		{Date{1066, 0, 0}, "1066", "1066", "1066년", "1066年"},
		{Date{0, 5, 4}, "4 May", "4 مايو", "5월 4일", "5月4日"},
		{Date{}, "", "", "", ""},
		{Date{2025, 13, 1}, "2025", "2025", "2025년", "2025年"}, // no such month
	} {
		for c, want := range map[Code]string{English: row.en, Arabic: row.ar, Korean: row.ko, Chinese: row.zh} {
			if got := string(AppendDate(nil, c, row.d, plainStyle)); got != want {
				t.Errorf("%s %v: got %q, want %q", c, row.d, got, want)
			}
		}
	}
	if got := string(AppendDate(nil, Arabic, Date{2025, 11, 1}, Style{Digits: ArabicIndic})); got != "١ نوفمبر ٢٠٢٥" {
		t.Errorf("in Arabic digits: %q", got)
	}
}

func TestOrdinals(t *testing.T) {
	for _, row := range []struct {
		n                    int64
		en, arM, arF, ko, zh string
	}{
		{1, "1st", "الأول", "الأولى", "첫 번째", "第一"},
		{2, "2nd", "الثاني", "الثانية", "두 번째", "第二"},
		{3, "3rd", "الثالث", "الثالثة", "세 번째", "第三"},
		{10, "10th", "العاشر", "العاشرة", "열 번째", "第十"},
		{11, "11th", "الحادي عشر", "الحادية عشرة", "11번째", "第十一"},
		{12, "12th", "الثاني عشر", "الثانية عشرة", "12번째", "第十二"},
		{20, "20th", "الـ20", "الـ20", "20번째", "第二十"},
		{21, "21st", "الـ21", "الـ21", "21번째", "第二十一"},
		{99, "99th", "الـ99", "الـ99", "99번째", "第九十九"},
		{112, "112th", "الـ112", "الـ112", "112번째", "第112"},
		{123, "123rd", "الـ123", "الـ123", "123번째", "第123"},
		{0, "0", "0", "0", "0", "0"},
		{-3, "-3", "-3", "-3", "-3", "-3"},
	} {
		a := amountOf(row.n, 0, "")
		for _, c := range []struct {
			lang Code
			g    Gender
			want string
		}{{English, Masculine, row.en}, {Arabic, Masculine, row.arM}, {Arabic, Feminine, row.arF}, {Korean, Masculine, row.ko}, {Chinese, Feminine, row.zh}} {
			if got := string(AppendOrdinal(nil, c.lang, a, c.g, plainStyle)); got != c.want {
				t.Errorf("%s %d: got %q, want %q", c.lang, row.n, got, c.want)
			}
		}
	}
}
