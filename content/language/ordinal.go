package language

// Ordinals in words. Arabic agrees in gender; Korean and Chinese go on in digits where
// readers expect digits.
var (
	arabicOrdinals = [2][21]string{
		Masculine: {1: "الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع", "العاشر",
			"الحادي عشر", "الثاني عشر", "الثالث عشر", "الرابع عشر", "الخامس عشر", "السادس عشر", "السابع عشر", "الثامن عشر", "التاسع عشر"},
		Feminine: {1: "الأولى", "الثانية", "الثالثة", "الرابعة", "الخامسة", "السادسة", "السابعة", "الثامنة", "التاسعة", "العاشرة",
			"الحادية عشرة", "الثانية عشرة", "الثالثة عشرة", "الرابعة عشرة", "الخامسة عشرة", "السادسة عشرة", "السابعة عشرة", "الثامنة عشرة", "التاسعة عشرة"},
	}
	koreanOrdinals = [11]string{1: "첫", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열"}
	chineseDigits  = [10]string{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
)

// AppendOrdinal appends a whole number as an ordinal: "1st", الأولى (g is the gender of what
// is counted), "첫 번째", "第一". Beyond the words that people write, digits follow: الـ21,
// 11번째, 第100. A number that is not whole and positive is appended as a number.
func AppendOrdinal(dst []byte, c Code, a Amount, g Gender, st Style) []byte {
	n, ok := a.Number.Int()
	if !ok || n <= 0 {
		return appendNumber(dst, c, a.Number, 0, true, st)
	}
	switch c {
	case Arabic:
		if n < 20 {
			return append(dst, arabicOrdinals[g&1][n]...)
		}
		return appendNumber(append(dst, "الـ"...), c, a.Number, 0, true, st)
	case Korean:
		if n <= 10 {
			return append(append(dst, koreanOrdinals[n]...), " 번째"...)
		}
		return append(appendNumber(dst, c, a.Number, 0, true, st), "번째"...)
	case Chinese:
		dst = append(dst, "第"...)
		if n >= 100 {
			return appendNumber(dst, c, a.Number, 0, false, st)
		}
		return appendChinese(dst, n)
	}
	return append(appendNumber(dst, c, a.Number, 0, true, st), englishSuffix(n)...)
}

func englishSuffix(n int64) string {
	if n%100 >= 11 && n%100 <= 13 {
		return "th"
	}
	switch n % 10 {
	case 1:
		return "st"
	case 2:
		return "nd"
	case 3:
		return "rd"
	}
	return "th"
}

// appendChinese appends 1 to 99 in Chinese numerals: 十, 十一, 二十, 九十九.
func appendChinese(dst []byte, n int64) []byte {
	if n >= 20 {
		dst = append(dst, chineseDigits[n/10]...)
	}
	if n >= 10 {
		dst = append(dst, "十"...)
	}
	if n%10 != 0 {
		dst = append(dst, chineseDigits[n%10]...)
	}
	return dst
}
