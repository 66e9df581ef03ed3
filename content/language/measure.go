package language

import "strings"

// measure is a row of the table of units that are not money.
type measure struct {
	code, base string
	factor     Decimal
	en         string // singular|plural, or a sign
	ar         arabicNoun
	ko, zh     string
	joined     Set    // languages that set no space before it; Chinese never does
	aliases    string // separated by bars
}

// arabicNoun is a noun that is counted: its singular, the plural of 3 to 10, and what else
// number agreement needs.
type arabicNoun struct {
	one, plural string
	adjective   string // masculine singular; follows the noun and agrees with it
	of          string // a name in the genitive instead of an adjective: دولار هونغ كونغ
	fixed       bool   // the noun never changes: وون, %
}

var measures = []measure{
	{"year", "month", Decimal{12, 0}, "year|years", arabicNoun{one: "سنة", plural: "سنوات"}, "년", "年", onlyKorean, "yr|yrs|عام|عامان|عامين|أعوام|عامًا|سنين|년간|해|개년|年间|载"},
	{"month", "month", Decimal{1, 0}, "month|months", arabicNoun{one: "شهر", plural: "أشهر"}, "개월", "个月", onlyKorean, "شهور|달|개월간|個月|月"},
	{"week", "second", Decimal{604800, 0}, "week|weeks", arabicNoun{one: "أسبوع", plural: "أسابيع"}, "주", "周", onlyKorean, "주일|주간|星期|週|个星期|礼拜"},
	{"day", "second", Decimal{86400, 0}, "day|days", arabicNoun{one: "يوم", plural: "أيام"}, "일", "天", onlyKorean, "일간|日"},
	{"hour", "second", Decimal{3600, 0}, "hour|hours", arabicNoun{one: "ساعة", plural: "ساعات"}, "시간", "小时", onlyKorean, "hr|hrs|h|小時|个小时|钟头"},
	{"minute", "second", Decimal{60, 0}, "minute|minutes", arabicNoun{one: "دقيقة", plural: "دقائق"}, "분", "分钟", onlyKorean, "min|mins|분간|分鐘|分"},
	{"second", "second", Decimal{1, 0}, "second|seconds", arabicNoun{one: "ثانية", plural: "ثوانٍ"}, "초", "秒", onlyKorean, "sec|secs|s|ثوان|ثواني|초간|秒钟"},

	{"percent", "percent", Decimal{1, 0}, "%", arabicNoun{one: "%", fixed: true}, "%", "%", everywhere, "percent|per cent|pct|٪|في المئة|في المائة|بالمئة|بالمائة|퍼센트|프로|百分之|％"},
	{"person", "person", Decimal{1, 0}, "person|people", arabicNoun{one: "شخص", plural: "أشخاص"}, "명", "人", onlyKorean, "persons|inhabitants|نسمة|فرد|أفراد|사람|인|名|位"},

	{"km2", "m2", Decimal{1_000_000, 0}, "km²", arabicNoun{one: "كيلومتر", plural: "كيلومترات", adjective: "مربع"}, "km²", "平方公里", onlyKorean, "sq km|sqkm|km^2|㎢|square kilometre|square kilometres|square kilometer|square kilometers|كم2|كم²|كيلو متر مربع|제곱킬로미터|평방킬로미터|平方千米"},
	{"m2", "m2", Decimal{1, 0}, "m²", arabicNoun{one: "متر", plural: "أمتار", adjective: "مربع"}, "m²", "平方米", onlyKorean, "sq m|m^2|㎡|square metre|square metres|square meter|square meters|م2|م²|제곱미터|平方公尺"},
	{"ha", "m2", Decimal{10_000, 0}, "hectare|hectares", arabicNoun{one: "هكتار", plural: "هكتارات"}, "헥타르", "公顷", onlyKorean, "㏊|公頃"},
	{"km", "mm", Decimal{1_000_000, 0}, "km", arabicNoun{one: "كيلومتر", plural: "كيلومترات"}, "km", "公里", onlyKorean, "kilometre|kilometres|kilometer|kilometers|㎞|كم|كيلو متر|킬로미터|킬로|千米"},
	{"m", "mm", Decimal{1_000, 0}, "m", arabicNoun{one: "متر", plural: "أمتار"}, "m", "米", onlyKorean, "metre|metres|meter|meters|م|미터|公尺"},
	{"cm", "mm", Decimal{10, 0}, "cm", arabicNoun{one: "سنتيمتر", plural: "سنتيمترات"}, "cm", "厘米", onlyKorean, "centimetre|centimetres|centimeter|centimeters|㎝|سم|센티미터|센티|公分"},
	{"mm", "mm", Decimal{1, 0}, "mm", arabicNoun{one: "مليمتر", plural: "مليمترات"}, "mm", "毫米", onlyKorean, "millimetre|millimetres|millimeter|millimeters|㎜|ملم|ملليمتر|밀리미터|公厘"},
	{"kg", "g", Decimal{1_000, 0}, "kg", arabicNoun{one: "كيلوغرام", plural: "كيلوغرامات"}, "kg", "千克", onlyKorean, "kilogram|kilograms|kilo|kilos|㎏|كغ|كجم|كيلو|كيلوجرام|킬로그램|킬로|公斤"},
	{"g", "g", Decimal{1, 0}, "g", arabicNoun{one: "غرام", plural: "غرامات"}, "g", "克", onlyKorean, "gram|grams|غ|جرام|جم|그램|公克"},
	{"t", "g", Decimal{1_000_000, 0}, "tonne|tonnes", arabicNoun{one: "طن", plural: "أطنان"}, "톤", "吨", onlyKorean, "ton|tons|metric tons|噸|公吨"},
	{"L", "mL", Decimal{1_000, 0}, "litre|litres", arabicNoun{one: "لتر", plural: "لترات"}, "L", "升", onlyKorean, "liter|liters|ليتر|리터|公升"},
	{"mL", "mL", Decimal{1, 0}, "mL", arabicNoun{one: "مليلتر", plural: "مليلترات"}, "mL", "毫升", onlyKorean, "millilitre|millilitres|milliliter|milliliters|مل|밀리리터"},
	{"celsius", "celsius", Decimal{1, 0}, "°C", arabicNoun{one: "درجة", plural: "درجات", adjective: "مئوي"}, "°C", "℃", everywhere.without(Arabic), "℃|degrees Celsius|degree Celsius|degrees|درجة|도|섭씨|度|摄氏度"},
	{"degree", "degree", Decimal{1, 0}, "°", arabicNoun{one: "درجة", plural: "درجات"}, "도", "度", everywhere.without(Arabic), "degrees|°"},
	{"kmh", "kmh", Decimal{1, 0}, "km/h", arabicNoun{one: "كيلومتر", plural: "كيلومترات", of: "في الساعة"}, "km/h", "公里每小时", onlyKorean, "kph|km per hour|kilometres per hour|كم/س|كم/ساعة|시속|时速|公里/小时"},
	{"kW", "W", Decimal{1_000, 0}, "kW", arabicNoun{one: "كيلوواط", fixed: true}, "kW", "千瓦", onlyKorean, "kilowatt|kilowatts|킬로와트"},
	{"MW", "W", Decimal{1_000_000, 0}, "MW", arabicNoun{one: "ميغاواط", fixed: true}, "MW", "兆瓦", onlyKorean, "megawatt|megawatts|메가와트"},
	{"GB", "GB", Decimal{1, 0}, "GB", arabicNoun{one: "غيغابايت", fixed: true}, "GB", "GB", onlyKorean, "gigabyte|gigabytes|기가바이트|기가"},
}

const (
	everywhere = Set(1<<Count - 1)
	onlyKorean = Set(1 << Korean)
)

func (s Set) without(c Code) Set { return s &^ (1 << c) }

func (row *measure) unit() *Unit {
	u := &Unit{Code: row.code, Base: row.base, Factor: row.factor.Norm(), aliases: list(row.aliases)}
	one, other, plural := strings.Cut(row.en, "|")
	if !plural {
		one, other = "", row.en
	}
	u.text[English] = unitText{one: one, other: other, joined: row.joined.Has(English)}
	u.text[Arabic] = row.ar.text()
	u.text[Arabic].joined = row.joined.Has(Arabic)
	u.text[Korean] = unitText{other: row.ko, joined: row.joined.Has(Korean)}
	u.text[Chinese] = unitText{other: row.zh, joined: true}
	return u
}

// text gives the forms of the noun after 1, 2, 3 to 10, 11 to 99 and every other number.
func (n arabicNoun) text() unitText {
	if n.fixed {
		return unitText{other: n.one + after(n.adjective) + after(n.of)}
	}
	feminine := strings.HasSuffix(n.one, "ة")
	adjective, which := n.adjective, "واحد"
	if feminine {
		which = "واحدة"
		if adjective != "" {
			adjective += "ة"
		}
	}
	t := unitText{
		one:   n.one + after(adjective) + after(which) + after(n.of),
		few:   n.plural + after(n.of),
		many:  accusative(n.one) + after(accusative(adjective)) + after(n.of),
		other: n.one + after(adjective) + after(n.of),
	}
	if n.adjective != "" {
		t.few = n.plural + after(n.adjective+"ة") // things in the plural take a feminine singular
	}
	t.two, t.oblique = dual(n.one, "ان")+after(dual(adjective, "ان")), dual(n.one, "ين")+after(dual(adjective, "ين"))
	if n.of != "" {
		t.two, t.oblique = t.two+after(n.of), t.oblique+after(n.of)
	}
	return t
}

// dual puts the dual ending on a noun or adjective; the feminine ة opens to ت.
func dual(s, ending string) string {
	if s == "" {
		return ""
	}
	if stem, ok := strings.CutSuffix(s, "ة"); ok {
		return stem + "ت" + ending
	}
	return s + ending
}

// accusative puts the tanwin of the indefinite accusative on a noun or adjective.
func accusative(s string) string {
	if s == "" || strings.HasSuffix(s, "ة") || strings.HasSuffix(s, "اء") {
		return s
	}
	return s + "ًا"
}

// after returns s with a space before it, or nothing.
func after(s string) string {
	if s == "" {
		return ""
	}
	return " " + s
}
