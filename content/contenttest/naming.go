package contenttest

import "strings"

// naming makes names of syllables, a different one for every number, in every language.
type naming struct {
	length int
	modulo int
	offset int
}

var syllables = [4][20]string{
	{"با", "كي", "لي", "مو", "نو", "را", "سي", "تو", "دا", "في", "جو", "هو", "وا", "شا", "زي", "خو", "طا", "ثي", "غو", "صا"},
	{"ba", "ke", "li", "mo", "nu", "ra", "si", "to", "da", "fe", "ju", "ho", "wa", "sha", "ze", "kho", "ta", "thi", "go", "sa"},
	{"바", "케", "리", "모", "누", "라", "시", "토", "다", "페", "주", "호", "와", "샤", "제", "코", "타", "티", "고", "사"},
	{"巴", "克", "利", "莫", "努", "拉", "西", "托", "达", "费", "朱", "霍", "瓦", "沙", "泽", "科", "塔", "蒂", "戈", "萨"},
}

// newNaming is for count names.
func newNaming(count int, seed uint64) naming {
	n := naming{length: 3, modulo: 8000}
	for n.modulo < 2*count {
		n.length++
		n.modulo *= 20
	}
	n.offset = int(seed % uint64(n.modulo))
	return n
}

// text is name number x in four languages.
func (n naming) text(x int) node {
	x = (x*7919 + n.offset) % n.modulo // 7919 is prime to 20, so no two meet
	var parts [4]strings.Builder
	for range n.length {
		for c := range parts {
			parts[c].WriteString(syllables[c][x%20])
		}
		x /= 20
	}
	en := parts[1].String()
	return texts(parts[0].String(), strings.ToUpper(en[:1])+en[1:], parts[2].String(), parts[3].String())
}
