package language

import "testing"

// TestReadNumberForms reads fractions, powers and signs in all languages. An empty want is no number.
func TestReadNumberForms(t *testing.T) {
	for typed, want := range map[string]string{
		".5": "0.5", "½": "0.5", "1/2": "0.5", "1 / 2": "0.5", "one half": "0.5", "a half": "0.5", "half": "0.5", "50/100": "0.5", "0,5": "0.5", "٠٫٥": "0.5", "٫٥": "0.5", "0.50": "0.5",
		"نصف": "0.5", "النصف": "0.5", "واحد على اثنين": "0.5", "1 على 2": "0.5", "절반": "0.5", "2분의 1": "0.5", "이분의 일": "0.5", "영점오": "0.5", "二分之一": "0.5", "一半": "0.5", "零点五": "0.5", "１／２": "0.5",
		"¾": "0.75", "three quarters": "0.75", "three-fourths": "0.75", "ثلاثة أرباع": "0.75", "4분의 3": "0.75", "四分之三": "0.75", "3 over 4": "0.75",
		"a quarter": "0.25", "ربع": "0.25", "one fourth": "0.25", "a tenth": "0.1", "one hundredth": "0.01", "five eighths": "0.625", "one sixth": "0.166666666666667", "خمسا": "5",
		"1/3": "0.333333333333333", "2/6": "0.333333333333333", "ثلث": "0.333333333333333", "two thirds": "0.666666666666667", "ثلثان": "0.666666666666667", "ثلثين": "0.666666666666667",
		"1½": "1.5", "1 1/2": "1.5", "1-1/2": "1.5", "one and a half": "1.5", "1 and 1/2": "1.5", "واحد ونصف": "1.5", "一又二分之一": "1.5", "1과 2분의 1": "1.5", "two and three quarters": "2.75",
		"اثنان وثلاثة أرباع": "2.75", "1/2 million": "500000", "half a million": "500000", "¼ مليون": "250000", "4/3": "1.33333333333333", "1⅓": "1.33333333333333",
		"½½": "", "1/0": "", "1/2/3": "", "1.1/2": "", "one over": "", "분의": "", "第一分之": "", "third": "",
		"-5": "-5", "−5": "-5", "－5": "-5", "– 5": "-5", "➖5": "-5", "minus five": "-5", "negative five": "-5", "minus 5": "-5", "ناقص خمسة": "-5", "سالب ٥": "-5", "-٥": "-5", "마이너스 5": "-5", "영하 5": "-5", "负五": "-5", "零下五": "-5",
		"+5": "5", "plus five": "5", "-½": "-0.5", "minus a half": "-0.5", "-.5": "-0.5", "minus fifty": "-50", "minus": "", "--": "", "负": "",
		"3 x 10^8": "300000000", "3×10⁸": "300000000", "3*10**8": "300000000", "3·10^8": "300000000", "3e8": "300000000", "3E+8": "300000000", "3.0 × 10 ^ 8": "300000000", "300 million": "300000000",
		"three times ten to the eighth": "300000000", "3 times 10 to the power of 8": "300000000", "3 في 10 أس 8": "300000000", "3 곱하기 10의 8제곱": "300000000", "3乘以10的8次方": "300000000", "三乘以十的八次方": "300000000",
		"138e-3": "0.138", "1.38*10^-1": "0.138", "1.38 × 10⁻¹": "0.138", ".138": "0.138", "10^6": "1000000", "2^10": "1024", "2⁵": "32", "ten to the sixth power": "1000000", "-3 x 10^-2": "-0.03",
		"point five": "0.5", "5 grand": "5000", "=5": "5", "≈5": "5", "<5": "", ">5": "", "<5>": "5", "1e999": "", "10^999": "", "2^99": "", "3 x": "", "^8": "", "10^": "",
		"a pair": "2", "pair": "2", "a couple": "2", "two pairs": "4", "a dozen": "12", "half a dozen": "6", "two dozen": "24", "زوج": "2", "دزينة": "12", "dozens": "",
		"007": "7", "02134": "2134", "0": "0", "00": "0",
	} {
		got := ""
		if r := ReadAmount(Normalise(typed)); len(r) > 0 && !r[0].Slip {
			got = r[0].Number.String()
		}
		if got != want {
			t.Errorf("%q (%q) is read as %q, want %q", typed, Normalise(typed), got, want)
		}
	}
}

// TestReadUnits reads units of everyday life. An empty want is no amount.
func TestReadUnits(t *testing.T) {
	for typed, want := range map[string]string{
		"6 feet": "6 ft", "6 ft.": "6 ft", "6'": "6 ft", "72 inches": "72 inch", "72\"": "72 inch", "72 in": "72 inch", "6'2\"": "1879.6 mm", "6 ft 2 in": "1879.6 mm", "6ft2in": "1879.6 mm", "5 foot 11": "1803.4 mm",
		"26.2 miles": "26.2 mi", "75 mph": "75 mph", "75 miles per hour": "75 mph", "120 km/h": "120 kmh", "120 kph": "120 kmh", "120 kilometres an hour": "120 kmh", "33.3 m/s": "33.3 mps", "300,000 km/s": "300000 kps",
		"시속 120킬로미터": "120 kmh", "시속 120km": "120 kmh", "초속 33미터": "33 mps", "时速120公里": "120 kmh", "每小时120公里": "120 kmh", "120 كم/س": "120 kmh", "120 كيلومترًا في الساعة": "120 kmh", "10 أمتار في الثانية": "10 mps", "20 knots": "20 knot",
		"16 lb": "16 lb", "16 lbs": "16 lb", "256 ounces": "256 oz", "5 lb 3 oz": "2353.010419375 g", "42 gallons": "42 gal", "5 cubic metres": "5 m3", "5 m³": "5 m3", "5 세제곱미터": "5 m3", "5立方米": "5 m3", "5 أمتار مكعبة": "5 m3",
		"212 F": "212 fahrenheit", "212°F": "212 fahrenheit", "212 degrees Fahrenheit": "212 fahrenheit", "화씨 212도": "212 fahrenheit", "华氏212度": "212 fahrenheit", "212 درجة فهرنهايت": "212 fahrenheit",
		"373 K": "373 kelvin", "373 kelvin": "373 kelvin", "100 C": "100 celsius", "100 ℃": "100 celsius", "섭씨 100도": "100 celsius", "摄氏100度": "100 celsius", "100 درجة مئوية": "100 celsius",
		"영하 5도": "-5 celsius", "零下5度": "-5 celsius", "5 degrees below zero": "-5 celsius", "٥ درجات تحت الصفر": "-5 celsius", "minus five degrees": "-5 celsius",
		"919,595 sq mi": "919595 mi2", "6388피트": "6388 ft", "2717 قدمًا": "2717 ft", "٨٢٨ م": "828 m", "3 acres": "3 acre", "4 light years": "4 ly",
		"45 mins": "45 minute", "0.75 hours": "0.75 hour", "1 hour 30 minutes": "5400 second", "1시간 30분": "5400 second", "1小时30分钟": "5400 second", "an hour and a half": "1.5 hour", "half an hour": "0.5 hour", "a quarter of an hour": "0.25 hour", "a week": "1 week", "两个半小时": "2.5 hour", "六英尺二英寸": "1879.6 mm", "육 피트 이 인치": "1879.6 mm", "100 km / h": "100 kmh", "9.8 m/s²": "9.8 mps2", "3 cups": "3 cup", "50¢": "50 cent", "fifty cents": "50 cent", "15살": "15 year", "15岁": "15 year", "two hours and a half": "2.5 hour", "ساعة ونصف": "1.5 hour", "2시간 반": "2.5 hour",
		"$24": "24 USD", "24$": "24 USD", "US$24": "24 USD", "24 dollars": "24 USD", "€24": "24 EUR", "£24": "24 GBP", "24 pounds": "24 lb", "₩24": "24 KRW", "-$5": "-5 USD", "$-5": "-5 USD",
		"in 5": "", "m 5": "", "5 F to": "",
	} {
		got := ""
		if r := ReadAmount(Normalise(typed)); len(r) > 0 && len(r[0].Units) > 0 && !r[0].Slip {
			got = r[0].Number.String() + " " + r[0].Units[0].Code
		}
		if got != want {
			t.Errorf("%q (%q) is read as %q, want %q", typed, Normalise(typed), got, want)
		}
	}
}

// TestConvert holds the conversions that people know.
func TestConvert(t *testing.T) {
	for _, c := range []struct{ n, from, to, want string }{
		{"212", "fahrenheit", "celsius", "100"}, {"98.6", "fahrenheit", "celsius", "37"}, {"-40", "celsius", "fahrenheit", "-40"}, {"100", "celsius", "kelvin", "373.15"}, {"0", "kelvin", "celsius", "-273.15"},
		{"6", "ft", "m", "1.8288"}, {"1", "m", "ft", "3.28083989501312"}, {"12388", "ft", "m", "3775.8624"}, {"72", "inch", "ft", "6"}, {"26.2188", "mi", "km", "42.1950684672"}, {"75", "mph", "kmh", "120.7008"},
		{"120", "kmh", "mps", "33.3333333333333"}, {"33.3", "mps", "kmh", "119.88"}, {"16", "lb", "kg", "7.25747792"}, {"42", "gal", "L", "158.987294928"}, {"1", "m3", "L", "1000"}, {"919595", "mi2", "km2", "2381740.11632443"},
		{"60", "month", "year", "5"}, {"45", "minute", "hour", "0.75"}, {"1", "ly", "km", "9460730472580.8"},
		{"2400", "cent", "USD", "24"}, {"1", "kg", "m", ""}, {"1", "USD", "EUR", ""}, {"1", "USD", "USD", "1"},
	} {
		n, _ := ParseDecimal(c.n)
		got := ""
		if d, ok := UnitNamed(c.from).Convert(n, UnitNamed(c.to)); ok {
			got = d.String()
		}
		if got != c.want {
			t.Errorf("%s %s are %q %s, want %q", c.n, c.from, got, c.to, c.want)
		}
	}
	hot := Amount{Number: Whole(212), Unit: UnitNamed("fahrenheit")}
	if !hot.Equal(Amount{Number: Whole(100), Unit: UnitNamed("celsius")}) {
		t.Error("212 °F does not equal 100 °C")
	}
}

// TestReadCounts reads numbers with what they count.
func TestReadCounts(t *testing.T) {
	for typed, want := range map[string]Counted{
		"two moons": {Number: Whole(2), Noun: "moons"}, "2 moons": {Number: Whole(2), Noun: "moons"}, "2moons": {Number: Whole(2), Noun: "moons"}, "a pair of moons": {Number: Whole(2), Noun: "moons"},
		"a pair": {Number: Whole(2)}, "two hundred and six bones": {Number: Whole(206), Noun: "bones"}, "206": {Number: Whole(206)}, "half a dozen eggs": {Number: Whole(6), Noun: "eggs"}, "8 billion people": {Number: Decimal{8, 9}, Noun: "people"},
		"두 개":         {Number: Whole(2), Counter: "개", General: true},
		"2개":          {Number: Whole(2), Counter: "개", General: true},
		"2명":          {Number: Whole(2), Counter: "명"},
		"위성 두 개":      {Number: Whole(2), Noun: "위성", Counter: "개", General: true},
		"위성 2개":       {Number: Whole(2), Noun: "위성", Counter: "개", General: true},
		"한 쌍":         {Number: Whole(2), Counter: "쌍", General: true},
		"네 차로":        {Number: Whole(4), Noun: "차로"},
		"两颗":          {Number: Whole(2), Counter: "颗"},
		"两个":          {Number: Whole(2), Counter: "个", General: true},
		"两颗卫星":        {Number: Whole(2), Noun: "卫星", Counter: "颗"},
		"四条车道":        {Number: Whole(4), Noun: "车道", Counter: "条"},
		"卫星两颗":        {Number: Whole(2), Noun: "卫星", Counter: "颗"},
		"一对":          {Number: Whole(2), Counter: "对", General: true},
		"十二个月":        {Number: Whole(12), Noun: "月", Counter: "个", General: true},
		"قمران":       {Number: Whole(2), Noun: "قمر"},
		"قمرين":       {Number: Whole(2), Noun: "قمر"},
		"قمر واحد":    {Number: Whole(1), Noun: "قمر"},
		"ثلاثة أقمار": {Number: Whole(3), Noun: "اقمار"},
		"حارتان":      {Number: Whole(2), Noun: "حاره"},
		"قمران اثنان": {Number: Whole(2), Noun: "قمر"},
		"٤ حارات":     {Number: Whole(4), Noun: "حارات"},
		"moons":       {}, "": {}, "개": {},
	} {
		counts := ReadCounts(Normalise(typed))
		found := want == Counted{} && len(counts) == 0
		for _, c := range counts {
			found = found || c == want
		}
		if !found {
			t.Errorf("%q is read as %+v, want %+v", typed, counts, want)
		}
	}
}

// TestReadCode keeps the zeros that a number would lose.
func TestReadCode(t *testing.T) {
	for typed, want := range map[string]string{
		"007": "007", "02134": "02134", "+20": "+20", "0020": "0020", "٢٠": "20", "82번": "82", "+ 82": "", "+1 868": "+1868", "number 9": "9", "０８２": "082", "eighty-two": "", "": "", "-5": "", "1.5": "",
	} {
		digits, plus, ok := ReadCode(Normalise(typed))
		if plus {
			digits = "+" + digits
		}
		if digits != want || ok != (want != "") {
			t.Errorf("%q is read as %q, %v, want %q", typed, digits, ok, want)
		}
	}
	if r := ReadAmount("007"); len(r) != 1 || r[0].Zeros != 2 || r[0].Number != Whole(7) {
		t.Errorf("007 is read as %+v, want 7 with two zeros before it", r)
	}
}
