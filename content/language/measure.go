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
	{"m", "mm", Decimal{1_000, 0}, "m", arabicNoun{one: "متر", plural: "أمتار"}, "m", "米", onlyKorean, "metre|metres|meter|meters|mtr|م|مترا|미터|公尺"},
	{"cm", "mm", Decimal{10, 0}, "cm", arabicNoun{one: "سنتيمتر", plural: "سنتيمترات"}, "cm", "厘米", onlyKorean, "centimetre|centimetres|centimeter|centimeters|㎝|سم|센티미터|센티|公分"},
	{"mm", "mm", Decimal{1, 0}, "mm", arabicNoun{one: "مليمتر", plural: "مليمترات"}, "mm", "毫米", onlyKorean, "millimetre|millimetres|millimeter|millimeters|㎜|ملم|ملليمتر|밀리미터|公厘"},
	{"kg", "g", Decimal{1_000, 0}, "kg", arabicNoun{one: "كيلوغرام", plural: "كيلوغرامات"}, "kg", "千克", onlyKorean, "kilogram|kilograms|kilo|kilos|㎏|كغ|كجم|كيلو|كيلوجرام|킬로그램|킬로|公斤"},
	{"g", "g", Decimal{1, 0}, "g", arabicNoun{one: "غرام", plural: "غرامات"}, "g", "克", onlyKorean, "gram|grams|غ|جرام|جم|그램|公克"},
	{"t", "g", Decimal{1_000_000, 0}, "tonne|tonnes", arabicNoun{one: "طن", plural: "أطنان"}, "톤", "吨", onlyKorean, "ton|tons|metric tons|噸|公吨"},
	{"L", "mL", Decimal{1_000, 0}, "litre|litres", arabicNoun{one: "لتر", plural: "لترات"}, "L", "升", onlyKorean, "liter|liters|ليتر|리터|公升"},
	{"mL", "mL", Decimal{1, 0}, "mL", arabicNoun{one: "مليلتر", plural: "مليلترات"}, "mL", "毫升", onlyKorean, "millilitre|millilitres|milliliter|milliliters|مل|밀리리터"},
	{"celsius", "kelvin9", Decimal{9, 0}, "°C", arabicNoun{one: "درجة", plural: "درجات", adjective: "مئوي"}, "°C", "℃", everywhere.without(Arabic), "℃|C|Celsius|degrees Celsius|degree Celsius|degrees C|centigrade|degrees centigrade|degrees|درجة|درجات|درجتان|درجتين|درجة سلسيوس|درجات سلسيوس|도|섭씨|섭씨 … 도|度|摄氏度|摄氏|摄氏 … 度"},
	{"degree", "degree", Decimal{1, 0}, "°", arabicNoun{one: "درجة", plural: "درجات"}, "도", "度", everywhere.without(Arabic), "degrees|°"},
	{"kmh", "mh", Decimal{1_000, 0}, "km/h", arabicNoun{one: "كيلومتر", plural: "كيلومترات", of: "في الساعة"}, "km/h", "公里每小时", onlyKorean, "kph|kmph|km per hour|km an hour|kilometres per hour|kilometers per hour|kilometres an hour|kilometers an hour|كم/س|كم/ساعة|كم في الساعة|كيلومتر في الساعة|시속|시속 … km|시속 … 킬로미터|시속 … 킬로|킬로미터 매 시|时速|时速 … 公里|时速 … 千米|每小时 … 公里|每小时 … 千米|公里/小时|千米/小时|千米每小时|公里/时"},
	{"mps", "mh", Decimal{3_600, 0}, "m/s", arabicNoun{one: "متر", plural: "أمتار", of: "في الثانية"}, "m/s", "米每秒", onlyKorean, "m per s|m per second|metres per second|meters per second|metres a second|meters a second|metre per second|meter per second|م/ث|م/ثانية|초속 … m|초속 … 미터|秒速 … 米|每秒 … 米|米/秒|公尺/秒"},
	{"kps", "mh", Decimal{3_600_000, 0}, "km/s", arabicNoun{one: "كيلومتر", plural: "كيلومترات", of: "في الثانية"}, "km/s", "公里每秒", onlyKorean, "km per second|kilometres per second|kilometers per second|kilometres a second|kilometers a second|كم/ث|كم/ثانية|초속 … km|초속 … 킬로미터|秒速 … 公里|每秒 … 公里|每秒 … 千米|公里/秒|千米/秒|千米每秒"},
	{"mph", "mh", Decimal{1_609_344, -3}, "mph", arabicNoun{one: "ميل", plural: "أميال", of: "في الساعة"}, "mph", "英里每小时", onlyKorean, "mi/h|miles per hour|miles an hour|mile per hour|mile an hour|ميل/ساعة|ميل/س|시속 … 마일|时速 … 英里|每小时 … 英里|英里/小时|英里/时"},
	{"knot", "mh", Decimal{1_852, 0}, "knot|knots", arabicNoun{one: "عقدة", plural: "عقد"}, "노트", "节", onlyKorean, "kn|kt|kts|nautical miles per hour|節"},

	{"fahrenheit", "kelvin9", Decimal{5, 0}, "°F", arabicNoun{one: "درجة", plural: "درجات", of: "فهرنهايت"}, "°F", "℉", everywhere.without(Arabic), "℉|F|Fahrenheit|degrees Fahrenheit|degree Fahrenheit|degrees F|degrees|فهرنهايت|درجة|درجات|درجتان|درجتين|도|화씨|화씨 … 도|华氏度|华氏|华氏 … 度|度"},
	{"kelvin", "kelvin9", Decimal{9, 0}, "K", arabicNoun{one: "كلفن", fixed: true}, "K", "K", onlyKorean, "kelvin|kelvins|degrees Kelvin|degrees K|كلفن|كالفن|켈빈|절대 온도|开尔文|开|绝对温度"},

	{"mi", "mm", Decimal{1_609_344, 0}, "mile|miles", arabicNoun{one: "ميل", plural: "أميال"}, "마일", "英里", onlyKorean, "statute mile|statute miles|哩"},
	{"yd", "mm", Decimal{9_144, -1}, "yard|yards", arabicNoun{one: "ياردة", plural: "ياردات"}, "야드", "码", onlyKorean, "yds|يارده"},
	{"ft", "mm", Decimal{3_048, -1}, "foot|feet", arabicNoun{one: "قدم", plural: "أقدام"}, "피트", "英尺", onlyKorean, "foots|'|풋|呎"},
	{"inch", "mm", Decimal{254, -1}, "inch|inches", arabicNoun{one: "بوصة", plural: "بوصات"}, "인치", "英寸", onlyKorean, "in|ins|\"|''|إنش|إنشات|吋"},
	{"nmi", "mm", Decimal{1_852_000, 0}, "nautical mile|nautical miles", arabicNoun{one: "ميل", plural: "أميال", adjective: "بحري"}, "해리", "海里", onlyKorean, "sea miles|浬"},
	{"ly", "mm", Decimal{94_607_304_725_808, 5}, "light-year|light-years", arabicNoun{one: "سنة", plural: "سنوات", adjective: "ضوئي"}, "광년", "光年", onlyKorean, "light year|light years|lightyears|lightyear"},
	{"um", "mm", Decimal{1, -3}, "micrometre|micrometres", arabicNoun{one: "ميكرومتر", plural: "ميكرومترات"}, "마이크로미터", "微米", onlyKorean, "µm|micrometer|micrometers|micron|microns|ميكرون|미크론"},
	{"nm", "mm", Decimal{1, -6}, "nm", arabicNoun{one: "نانومتر", plural: "نانومترات"}, "nm", "纳米", onlyKorean, "nanometre|nanometres|nanometer|nanometers|나노미터"},
	{"mi2", "m2", Decimal{2_589_988_110_336, -6}, "square mile|square miles", arabicNoun{one: "ميل", plural: "أميال", adjective: "مربع"}, "제곱마일", "平方英里", onlyKorean, "sq mi|sq mile|sq miles|mi^2|mi²|평방마일"},
	{"acre", "m2", Decimal{40_468_564_224, -7}, "acre|acres", arabicNoun{one: "فدان", plural: "فدادين", adjective: "إنجليزي"}, "에이커", "英亩", onlyKorean, "ac|إيكر|أكر|英畝"},
	{"ft2", "m2", Decimal{9_290_304, -8}, "square foot|square feet", arabicNoun{one: "قدم", plural: "أقدام", adjective: "مربع"}, "제곱피트", "平方英尺", onlyKorean, "sq ft|sq foot|sq feet|ft^2|ft²|평방피트"},
	{"cm2", "m2", Decimal{1, -4}, "cm²", arabicNoun{one: "سنتيمتر", plural: "سنتيمترات", adjective: "مربع"}, "cm²", "平方厘米", onlyKorean, "sq cm|cm^2|square centimetre|square centimetres|square centimeter|square centimeters|سم2|제곱센티미터"},
	{"km3", "mL", Decimal{1, 15}, "km³", arabicNoun{one: "كيلومتر", plural: "كيلومترات", adjective: "مكعب"}, "km³", "立方公里", onlyKorean, "cubic kilometre|cubic kilometres|cubic kilometer|cubic kilometers|cu km|km^3|كم3|세제곱킬로미터|입방킬로미터|立方千米"},
	{"m3", "mL", Decimal{1, 6}, "m³", arabicNoun{one: "متر", plural: "أمتار", adjective: "مكعب"}, "m³", "立方米", onlyKorean, "cubic metre|cubic metres|cubic meter|cubic meters|cu m|m^3|م3|م³|세제곱미터|입방미터|立方公尺|立方"},
	{"cm3", "mL", Decimal{1, 0}, "cm³", arabicNoun{one: "سنتيمتر", plural: "سنتيمترات", adjective: "مكعب"}, "cm³", "立方厘米", onlyKorean, "cubic centimetre|cubic centimetres|cubic centimeter|cubic centimeters|cc|cu cm|cm^3|سم3|세제곱센티미터|시시"},
	{"ft3", "mL", Decimal{28_316_846_592, -6}, "cubic foot|cubic feet", arabicNoun{one: "قدم", plural: "أقدام", adjective: "مكعب"}, "세제곱피트", "立方英尺", onlyKorean, "cu ft|ft^3|ft³|입방피트"},
	{"gal", "mL", Decimal{3_785_411_784, -6}, "gallon|gallons", arabicNoun{one: "غالون", plural: "غالونات"}, "갤런", "加仑", onlyKorean, "US gallon|US gallons|gals|جالون|جالونات|美制加仑"},
	{"quart", "mL", Decimal{946_352_946, -6}, "quart|quarts", arabicNoun{one: "كوارت", fixed: true}, "쿼트", "夸脱", onlyKorean, "qt|qts"},
	{"pint", "mL", Decimal{473_176_473, -6}, "pint|pints", arabicNoun{one: "باينت", fixed: true}, "파인트", "品脱", onlyKorean, "US pint|US pints"},
	{"floz", "mL", Decimal{295_735_295_625, -10}, "fluid ounce|fluid ounces", arabicNoun{one: "أونصة", plural: "أونصات", adjective: "سائل"}, "액량 온스", "液盎司", onlyKorean, "fl oz|fl. oz.|US fluid ounces"},
	{"lb", "g", Decimal{45_359_237, -5}, "lb", arabicNoun{one: "رطل", plural: "أرطال"}, "파운드", "磅", onlyKorean, "lbs|pound|pounds|باوند|رطلا|파운드"},
	{"oz", "g", Decimal{28_349_523_125, -9}, "oz", arabicNoun{one: "أونصة", plural: "أونصات"}, "온스", "盎司", onlyKorean, "ounce|ounces|أوقية|أوقيات|安士"},
	{"stone", "g", Decimal{635_029_318, -5}, "stone|stone", arabicNoun{one: "ستون", fixed: true}, "스톤", "英石", onlyKorean, "stones"},
	{"mg", "g", Decimal{1, -3}, "mg", arabicNoun{one: "مليغرام", plural: "مليغرامات"}, "mg", "毫克", onlyKorean, "milligram|milligrams|ملغ|ملغم|ملجم|مليجرام|밀리그램"},
	{"millisecond", "second", Decimal{1, -3}, "millisecond|milliseconds", arabicNoun{one: "ميلي ثانية", fixed: true}, "밀리초", "毫秒", onlyKorean, "ms|msec"},

	{"J", "J", Decimal{1, 0}, "joule|joules", arabicNoun{one: "جول", fixed: true}, "줄", "焦耳", onlyKorean, "joules|焦"},
	{"kJ", "J", Decimal{1_000, 0}, "kJ", arabicNoun{one: "كيلوجول", fixed: true}, "kJ", "千焦", onlyKorean, "kilojoule|kilojoules|킬로줄"},
	{"cal", "J", Decimal{4_184, -3}, "calorie|calories", arabicNoun{one: "سعرة", plural: "سعرات"}, "칼로리", "卡路里", onlyKorean, "cals|كالوري|卡"},
	{"kcal", "J", Decimal{4_184, 0}, "kcal", arabicNoun{one: "كيلوكالوري", fixed: true}, "kcal", "千卡", onlyKorean, "kilocalorie|kilocalories|سعرة حرارية|سعرات حرارية|킬로칼로리|大卡"},
	{"kWh", "J", Decimal{3_600_000, 0}, "kWh", arabicNoun{one: "كيلوواط ساعة", fixed: true}, "kWh", "千瓦时", onlyKorean, "kilowatt hour|kilowatt hours|kilowatt-hour|kilowatt-hours|킬로와트시|度电"},
	{"W", "W", Decimal{1, 0}, "watt|watts", arabicNoun{one: "واط", fixed: true}, "와트", "瓦特", onlyKorean, "w|瓦"},
	{"hp", "hp", Decimal{1, 0}, "horsepower|horsepower", arabicNoun{one: "حصان", plural: "أحصنة"}, "마력", "马力", onlyKorean, "bhp"},
	{"volt", "volt", Decimal{1, 0}, "volt|volts", arabicNoun{one: "فولت", fixed: true}, "볼트", "伏特", onlyKorean, "V|伏"},
	{"Hz", "Hz", Decimal{1, 0}, "Hz", arabicNoun{one: "هرتز", fixed: true}, "Hz", "赫兹", onlyKorean, "hertz|헤르츠|赫"},
	{"kHz", "Hz", Decimal{1_000, 0}, "kHz", arabicNoun{one: "كيلوهرتز", fixed: true}, "kHz", "千赫", onlyKorean, "kilohertz|킬로헤르츠"},
	{"MHz", "Hz", Decimal{1_000_000, 0}, "MHz", arabicNoun{one: "ميغاهرتز", fixed: true}, "MHz", "兆赫", onlyKorean, "megahertz|메가헤르츠"},
	{"GHz", "Hz", Decimal{1_000_000_000, 0}, "GHz", arabicNoun{one: "غيغاهرتز", fixed: true}, "GHz", "吉赫", onlyKorean, "gigahertz|기가헤르츠"},
	{"kW", "W", Decimal{1_000, 0}, "kW", arabicNoun{one: "كيلوواط", fixed: true}, "kW", "千瓦", onlyKorean, "kilowatt|kilowatts|킬로와트"},
	{"MW", "W", Decimal{1_000_000, 0}, "MW", arabicNoun{one: "ميغاواط", fixed: true}, "MW", "兆瓦", onlyKorean, "megawatt|megawatts|메가와트"},
	{"GB", "GB", Decimal{1, 0}, "GB", arabicNoun{one: "غيغابايت", fixed: true}, "GB", "GB", onlyKorean, "gigabyte|gigabytes|기가바이트|기가"},
}

// offsets are what a degree of a scale adds in ninths of a kelvin: 0 °C is 273.15 K.
var offsets = map[string]Decimal{"celsius": {245_835, -2}, "fahrenheit": {229_835, -2}}

const (
	everywhere = Set(1<<Count - 1)
	onlyKorean = Set(1 << Korean)
)

func (s Set) without(c Code) Set { return s &^ (1 << c) }

func (row *measure) unit() *Unit {
	u := &Unit{Code: row.code, Base: row.base, Factor: row.factor.Norm(), Offset: offsets[row.code], aliases: list(row.aliases)}
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
