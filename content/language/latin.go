package language

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// spoken lists acronyms that are read as words, with how they end in Korean.
var spoken = map[string]sound{
	"APEC": consonantSound, "OPEC": consonantSound, "ASEAN": consonantSound, "THAAD": vowelSound, "NATO": vowelSound,
	"NASA": vowelSound, "UNESCO": vowelSound, "UNICEF": vowelSound, "FIFA": vowelSound, "UEFA": vowelSound, "BRICS": vowelSound,
	"SARS": vowelSound, "MERS": vowelSound, "AIDS": vowelSound, "NAFTA": vowelSound, "AUKUS": vowelSound, "QUAD": vowelSound,
	"LAN": consonantSound, "RAM": consonantSound, "SIM": consonantSound, "START": vowelSound, "SWIFT": vowelSound,
	"COVID": vowelSound, "MERCOSUR": vowelSound, "UNCTAD": vowelSound, "LASER": vowelSound, "RADAR": vowelSound, "SALT": vowelSound,
}

// unitSounds are unit signs that Korean reads as words, after a digit.
var unitSounds = map[string]sound{
	"km": vowelSound, "m": vowelSound, "cm": vowelSound, "mm": vowelSound, "km²": vowelSound, "m²": vowelSound, "km/h": vowelSound,
	"kg": consonantSound, "g": consonantSound, "t": consonantSound, "L": vowelSound, "mL": vowelSound, "kW": vowelSound, "MW": vowelSound,
	"GB": vowelSound,
}

// latinRune reports whether r is a Latin letter, accented or not.
func latinRune(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 0xC0 && unicode.Is(unicode.Latin, r)
}

// latinSound returns how the Latin word or sign at the end of b ends when a Korean reads it.
func latinSound(b []byte) sound {
	start := len(b)
	for start > 0 {
		r, size := utf8.DecodeLastRune(b[:start])
		if !latinRune(r) && r != '²' && r != '³' && r != '/' {
			break
		}
		start -= size
	}
	word := string(b[start:])
	before, _ := utf8.DecodeLastRune(b[:start])
	if s, ok := unitSounds[word]; ok && (before >= '0' && before <= '9' || before == ' ') {
		return s
	}
	word = strings.TrimRight(word, "²³/")
	if word == "" {
		return vowelSound
	}
	if s, ok := spoken[word]; ok {
		return s
	}
	if word == strings.ToUpper(word) {
		return letterSound(word[len(word)-1])
	}
	return wordSound(strings.ToLower(word))
}

// letterSound reads one letter by its Korean name: 엘, 엠, 엔 and 알 end in consonants.
func letterSound(b byte) sound {
	switch b {
	case 'L', 'R':
		return rieulSound
	case 'M', 'N':
		return consonantSound
	}
	return vowelSound
}

// wordSound guesses how a Latin word ends in Hangul: Google is 구글, Facebook 페이스북, Nike
// 나이키, Microsoft 마이크로소프트.
func wordSound(w string) sound {
	last := w[len(w)-1]
	var before byte
	if len(w) > 1 {
		before = w[len(w)-2]
	}
	switch last {
	case 'l':
		return rieulSound
	case 'm', 'n':
		return consonantSound
	case 'g':
		if before == 'n' {
			return consonantSound
		}
	case 'k', 'c', 'p', 't', 'b':
		if strings.IndexByte("aeiou", before) >= 0 || last == 'k' && before == 'c' {
			return consonantSound
		}
	case 'e':
		switch before {
		case 'l':
			return rieulSound
		case 'm', 'n':
			return consonantSound
		}
	}
	return vowelSound
}

// Chinese characters are rare in Korean text and mostly names. These are the common ones by
// the end of their Korean reading; the others are taken to end in a consonant, as most do.
const (
	hanjaOpen = "家可加歌假街佳個改開介階計界系古故苦考高告固庫過果科課瓜橋敎教交校九口求救久究具舊球區句貴歸規其期氣起基機記技旗" +
		"那內奈女多大代對隊臺台待度道島都圖徒土到導路老勞露料僚類流留里理利李離羅來禮魯馬媽每妹買賣梅母毛模慕苗妙武無務舞貿" +
		"美米未味尾微美巴波派破把敗杯背配輩步保普補報寶富父夫婦副部府否浮符非飛比費悲備秘師四死事私使史司社寺思士仕沙絲斯祀" +
		"小少所素笑消素訴秀手水首收守受修樹數需壽始時市試施示視詩是亞兒牙我夜野也魚語漁御余與餘如女吾五午悟五要謠曜料友右雨牛憂宇" +
		"優又由油有遊幼儒唯維遺乳衣醫意義議依李二以耳異移已夷爾子字自者資姿慈磁酒周住主朱州走晝株注紙地知支志指止智持枝" +
		"車次此差茶債菜採妻處體初草招超秋追推取就趣吹治致齒值置波妥打太態土投破坡布包抱砲表票標皮彼避下夏河何荷賀海解害諧" +
		"戶湖護好呼虎號豪火花化和話華貨會回懷灰後厚侯孝效休輝希喜姬熙稀羲堯趙曺崔裵徐柳盧魏許河馬歐洲"
	hanjaRieul = "一七八日月出發達結決缺別列烈律率物不佛拂密卒述術室失實質疾秩漆八筆必活血滑骨突屈窟吉乙逸越熱悅雪說設舌殺察札刹切絶節鐵哲" +
		"徹撤脫奪葛渴割轄闊括末抹沫勿弼畢匹闕厥傑桀滅閱日佾瑟蝨戌率訖吃曷喝謁斡蔑涅捏栗慄鬱蔚"
)

func hanjaSound(r rune) sound {
	switch {
	case strings.ContainsRune(hanjaOpen, r):
		return vowelSound
	case strings.ContainsRune(hanjaRieul, r):
		return rieulSound
	}
	return consonantSound
}
