package grade

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// corpus holds further answers to the questions of the vectors, with the verdict that the
// policy gives: right | close | wrong, answers separated by bars.
var corpus = map[string][3]string{
	"en-krw": {
		"70tn won|70 trn won|70tn|KRW70tn|won 70 trillion|₩70T|70 trillion South Korean won|seventy-trillion won|70.0 trillion won|70 000 000 000 000 won|approximately 70 trillion won|I think it's 70 trillion won.|7e13|7e13 won|70.2 trillion won|a total of 70 trillion won|٧٠ تريليون وون|70万亿韩元|칠십조 원|**70 trillion won**|70 Trillion Won!|it's about 70 trillion won",
		"70 trillon won|seventy trillian won|71 trillion won|67 trillion won|400 billion yuan|seventy",
		"70 million won|700 trillion won|7e12 won|70 trillion yen|70 trillion dollars|-70 trillion won|70 trillion to 80 trillion won|60 or 70 trillion won|not 70 trillion won|60 trillion won|trillions|trillions of won|won|seven trillion won|70 trillion billion won|no idea|70 won|48.9 trillion won",
	},
	"en-trn": {"70.0|about 70|seventy trillion won|70 trillion won|70000 billion", "68|seventi", "seventeen|700|0.07|70 thousand|69 or 70"},
	"en-usd": {
		"USD 48.9 billion|48.9 billion USD|48.9bn dollars|$48.9B|US$ 48.9 billion|48.9 billion U.S. dollars|48900 million dollars|48.9 billion bucks|dollars 48.9 billion|489亿美元|489억 달러|٤٨٫٩ مليار دولار أمريكي|$48.9 billion dollars|forty eight point nine billion",
		"50 billion dollars|$47.5 billion|48.9 bilion dollars|400 billion yuan",
		"48.9 billion euros|$48.9|$489 million|48.9 billion won|48.9 trillion dollars|$4.89bn|forty-nine million dollars|between 48 and 49 billion dollars|$489",
	},
	"en-open": {"70tn won|KRW 70 trillion|¥400 billion|RMB 400bn|US$48.9bn|400bn yuan|48.9 billion US dollars", "70tn|48.9 billion|400 billion|70|72 trillion won", "70 trillion euros|48.9 billion yuan"},
	"ar-krw": {
		"سبعون تريليون|سبعين تريليون وون كوري|نحو سبعين تريليون وون|70 تريليون وون كوري جنوبي|٧٠ تريليون|بقيمة ٧٠ تريليون وون|سبعون ألف مليار وون|70 trillion won|70조 원|أعتقد أنها ٧٠ تريليون وون",
		"سبعون تريلون وون|٧١ تريليون وون|٤٠٠ مليار يوان",
		"سبعمئة تريليون وون|سبعة تريليونات وون|٧٠ مليون وون|٧٠ تريليون ين|تريليونات|٦٠ أو ٧٠ تريليون وون|ليس ٧٠ تريليون وون|لا أدري|٧٠ وون",
	},
	"ar-usd":  {"ثمانية وأربعون فاصلة تسعة مليار دولار|48.9 مليار دولار أمريكي|٤٨٫٩ مليار|$48.9 billion", "٤٧٫٥ مليار دولار|خمسون مليار دولار", "ثمانية وأربعون مليون دولار|٤٨٫٩ تريليون دولار|٤٫٨٩ مليار دولار"},
	"ar-2bn":  {"مليارين|مليارا دولار أمريكي|اثنان مليار دولار|٢٬٠٠٠ مليون دولار|2 billion dollars|ألفا مليون دولار", "", "مليونان|ملياران ونصف|٢ مليون دولار|ملايين|مليونا دولار"},
	"ar-3bn":  {"ثلاث مليارات|3 billion|٣٬٠٠٠٬٠٠٠٬٠٠٠ دولار|ثلاثة آلاف مليون دولار", "", "ثلاثة ملايين دولار|ثلاثة عشر مليار دولار|ثلاثمئة مليار دولار"},
	"ar-1.5m": {"مليون ونصف المليون دولار|مليون وخمسمئة ألف دولار|1.5 million dollars|مليون و٥٠٠ ألف", "", "مليون وخمسون ألف دولار|مليونان ونصف|مليون|خمسة عشر مليون دولار"},
	"ko-krw": {
		"약 70조 원입니다|70조 원이에요|칠십조|한화 70조 원|70조원 정도|70 조 원|총 70조원|70조 원 규모입니다|칠십 조 원이요|70万亿韩元|700000억|7십조 원|７０조",
		"71조 원|489억불|4천억 위안",
		"7백조 원|칠조 원|70만 원|70조 엔|60조나 70조|60~70조 원|70조 원 아님|모르겠습니다|조|70원",
	},
	"ko-usd":   {"사백팔십구 억 달러|489억 미국 달러|489억달러요|미화 489억 달러|US$48.9bn|4백8십9억 달러|48.9 billion dollars", "500억 달러", "489조 달러|사십팔억 구천만 달러|489억 원|48억 9천만 달러"},
	"ko-2.5":   {"2조 5천억|이조오천억원|2조 5,000억 원|25000억 원|2.5 trillion won", "2조 4천억 원|2조 6천억 원", "2조 5백억 원|2조5천|2억 5천만 원|이십오조 원|2조 원"},
	"zh-krw":   {"七十万亿|大约70万亿韩元|70万亿韩币|70万亿韩元吧|70兆|我觉得是70万亿韩元|七十兆韩元|是70万亿韩元|70 trillion won|七〇万亿韩元", "71万亿韩元|4000亿人民币", "7万亿|700万亿韩元|70万韩元|70万亿日元|60到70万亿韩元|不是70万亿韩元|不清楚|万亿|70韩元"},
	"zh-usd":   {"四百八十九亿|489亿美金左右|约489亿美元|48.9 billion USD|489亿美元整", "500亿美元|480亿", "四十八亿九千万美元|489万亿美元|489亿韩元"},
	"en-mou":   {"7 memoranda|seven MOUs|exactly seven|just 7|七|7개|سبعة|total of 7|7.", "seveen", "7000|sixty|6 or 7|six or seven|7 and a half|none|at least not 7|70|0|-7|seventh or so"},
	"ar-mou":   {"سبع|سبعة مذكرات|٧ مذكرات|حوالي ٧ مذكرات|7 MOUs", "", "سبعمئة|سبع عشرة|٧٠|ست|ستة أو سبعة|بين ٦ و٧"},
	"ko-mou":   {"일곱|일곱 개|7개요|7개입니다|칠 건|7건이요|모두 일곱 건|7 MOUs", "", "칠십|열일곱|17건|여덟 건|6건이나 7건|일곱 건 아님"},
	"zh-mou":   {"七|七个|7份备忘录|总共七份|七项|是7份|7个备忘录", "", "七十|十七|八份|六或七份|不是7份"},
	"en-year":  {"in 2025|the year 2025|2025 AD|twenty twenty-five|two thousand and twenty-five|two thousand twenty-five|2025년|2025年|٢٠٢٥م", "November 2025", "2005|25|2025 or 2026|twenty fifteen|two thousand and five|20 25 26|last year"},
	"ar-year":  {"عام ٢٠٢٥|سنة ٢٠٢٥|في عام 2025|2025", "", "٢٠٢٦|ألفان وخمسة عشر|ألفان"},
	"ko-year":  {"2025|2025년입니다|이천이십오|서기 2025년|2025년에", "", "2015년|이천십오년|이천이십년"},
	"zh-year":  {"2025|二零二五年|两千零二十五|公元2025年|在2025年", "", "二〇一五年|两千零五年|两千二十年"},
	"en-date":  {"1st November|November 1st|the 1st of November 2025|1 Nov 2025|Nov. 1, 2025|November first|the first of November|1/11/2025|01-11-2025|2025/11/1|20251101|on 1 November|Saturday, 1 November 2025|1 November|11월 1일|11月1日|١ نوفمبر|November 1st, 2025|1-Nov-2025", "November|1 Novemberr|2025|in November", "31 October|11 November|November 1 or 2|1 December 2025|2025-01-11|November 1, 2026|first|1|21 November|not November 1"},
	"ar-date":  {"١ نوفمبر|1 نوفمبر|الأول من تشرين الثاني|يوم ١ نوفمبر ٢٠٢٥|١-١١-٢٠٢٥|السبت ١ نوفمبر|1 November 2025|٢٠٢٥/١١/١|١ نونبر|في الأول من نوفمبر", "تشرين الثاني|١ نوفبر ٢٠٢٥ م", "١١/١/٢٠٢٥|٣١ أكتوبر|الثاني من نوفمبر|الأول من ديسمبر|١ كانون الثاني"},
	"ko-date":  {"11월 1일이요|11월1일|2025년 11월 1일 토요일|2025-11-01|2025/11/1|11월 1일입니다|11.1|십일월 일일이요|November 1", "11월달|2025년 11월|2025년", "11월 11일|1월 11일|십일월 이일|11월 1일이나 2일|12월 1일"},
	"zh-date":  {"11月1日|2025年11月1号|十一月一号|11/1|2025.11.1|11月1日星期六|2025年十一月一日|是11月1日|在11月1日", "2025年11月|十一月|2025年", "11月11日|十一月十一日|1/11|12月1日|11月1日或2日"},
	"en-11y":   {"11 years|eleven|11 years ago|after 11 years|in 11 years|132 months|11年|11년|about 11 years", "elevn years", "eleven months|12 years|one year|11 or 12 years|111 years"},
	"en-dur":   {"5 years|five|for five years|5-year|5yrs|sixty months|five years long|5년|٥ سنوات", "", "five months|five decades|50 years|4 or 5 years|6 months|five and a half years"},
	"en-long":  {"five years|60 months|5 yrs|for 5 years|5年", "five", "five months|5 days|55 months|years"},
	"ar-dur":   {"خمس|لمدة خمس سنوات|خمسة سنوات|خمسة اعوام|ستون شهرا|٥ أعوام|5 years", "", "خمسون سنة|خمسة عشر عاما|سنة|سنتين|خمسة أيام"},
	"ar-11y":   {"أحد عشر|١١ عاما|منذ ١١ سنة|إحدى عشرة|11 years|منذ أحد عشر عاما", "", "إحدى وعشرون سنة|اثنا عشر عاما|أحد عشر شهرا"},
	"ko-dur":   {"5년입니다|오년|5년이요|다섯 해요|육십 개월|5년 동안", "", "오십 년|5개월|4년|오 개월|5주"},
	"ko-11y":   {"11년이요|십일년|11년 만에|열한 해|11년만", "", "이십일 년|11개월|12년 만"},
	"zh-dur":   {"五年期|5年整|期限五年|六十个月|5 years|为期5年", "", "五个月|十五年|五天|4年"},
	"zh-11y":   {"十一年|11年前|时隔11年|相隔十一年|11年了", "", "二十一年|十一个月|一年"},
	"en-pct":   {"12.5 percent|12.5 per cent|12.5pct|12.50%|٪١٢٫٥|12.5퍼센트|百分之12.5", "13%|12.1%", "1.25%|12.5 dollars|0.125%|25%|12.5 or 13%"},
	"ko-pct":   {"12.5 프로|12.5%입니다|십이점오 퍼센트|12.5", "12%", "1.25%|12.5원"},
	"zh-pct":   {"12.5|百分之12.5|12.5％|十二点五", "13%", "百分之一百二十五|十二点五年"},
	"ar-pct":   {"١٢٫٥ بالمئة|12.5%|١٢٫٥ في المائة", "١٢٪", "١٫٢٥٪"},
	"en-lee":   {"Lee Jae-Myung|LEE JAE MYUNG|Lee Jaemyung|Jaemyung Lee|Mr Lee|President Lee|Korean President Lee Jae-myung|It was Lee Jae-myung|I think Lee Jae-myung|이재명|李在明总统|لي جاي ميونغ|Lee Jae-myeong|Lee Jae-myung (이재명)", "Lee Jae-myungg|Lee Jae-mung", "Xi|Lee Jae-myung or Xi Jinping|not Lee Jae-myung|Lee Jae|Jae-myung|Kim|Wi Sung-lac|who knows|president"},
	"en-lee2":  {"Lee Jae-myung|President Lee Jae-myung|이재명 대통령", "President Lee|Mr Lee|이 대통령|李", "Lee Jaeyong|Lee Jae-yon|Li Qiang|Lee Myungbak|이재용 회장|Lee Jae-yong or Lee Jae-myung"},
	"en-xi":    {"xi jinping|XI JINPING|Xi, Jinping|Chinese President Xi Jinping|President Xi Jinping|Mr Xi|General Secretary Xi Jinping|習近平|시진핑 주석|الرئيس شي|it was Xi", "Xi Jinpin|Xi Jinpping|Xi Jnping", "Li|Jinping's wife|Wang Yi|Xi and Lee|Lee|Peng|not Xi|idk"},
	"ar-lee":   {"الرئيس الكوري الجنوبي لي جاي ميونغ|لي جاي-ميونغ|لي جايميونغ|Lee Jae-myung", "لي جاي ميونع|لي", "لي جاي يون|الرئيس|لي تشيانغ|ليس لي جاي ميونغ|لي جاي ميونغ أو شي جين بينغ"},
	"ar-xi":    {"شي|الرئيس شي|شي جين بينغ|الرئيس شي جين بينغ|شى جين بينغ|Xi Jinping", "شي جين بينع", "لي|بينغ|بنغ لي يوان|الرئيس الصيني|شي ولي"},
	"ko-lee":   {"이재명입니다|이재명이에요|이재명 대통령이요|한국 대통령 이재명|이재명 대통령|Lee Jae-myung", "이재몀|이재멍", "이재|재명|문재인 대통령이 아님|시진핑 주석|이재명 아니면 시진핑"},
	"ko-xi":    {"시|시진핑이요|시진핑 주석입니다|중국 국가주석 시진핑|시 주석이요|시진핑씨|习近平", "시진빙", "주석|리창 총리|시진핑 말고|펑리위안 여사"},
	"zh-lee":   {"李在明|李在明總統|是李在明|韩国的李在明|이재명 대통령|李在明先生", "李在民|李在", "总统|习主席|不是李在明|李在明或习近平"},
	"zh-xi":    {"国家主席习近平|中国国家主席习近平|习近平总书记|是习近平|习近平吧", "习近苹|近平|习远平", "主席|李强|习近平和李在明|习仲勋"},
	"en-sk":    {"south korea|The Republic of Korea|S Korea|it's South Korea|한국|韩国|كوريا الجنوبية|the ROK", "South Kora|Sout Korea", "Korea North|N. Korea|Japan|Nort Korea|South Korea or China|not South Korea|South|DPRK"},
	"en-cn":    {"CHINA|the People's Republic of China|Peoples Republic of China|中国|중국", "Chima", "Taiwan|Chile|India|not China"},
	"ar-sk":    {"كوريا الجنوبية|كوريا الجنوبيّة|South Korea|جمهوريّة كوريا", "كوريا الجنوبيا", "كوريا|كوريا الشمالية|الصين|ليست كوريا الجنوبية"},
	"ar-cn":    {"صين|جمهورية الصين الشعبيه|China", "", "اليابان|الصين أو اليابان|كوريا الجنوبية"},
	"ko-sk":    {"대한민국입니다|남한|한국입니다|South Korea|韩国", "대한밈국", "북한|조선|한국 아님|일본"},
	"ko-cn":    {"중국이요|중국입니다|China", "", "대만|미국|중국이나 일본"},
	"zh-sk":    {"韩国|大韓民國|是韩国|한국", "", "朝鲜|中国|不是韩国"},
	"zh-cn":    {"中國|中华人民共和国|是中国|China", "", "日本|韩国|中国或韩国"},
	"en-city":  {"gyeong ju|in Gyeongju.|Gyeongju city|the city of Gyeongju|Gyeongju (South Korea)|Gyeongju, North Gyeongsang Province|I think it was Gyeongju|at Gyeongju|庆州|경주시|**Gyeongju**|\"Gyeongju\"", "Gyeongjuu|Gyeongjoo|Gyeonju", "Gwanju|Gyongju|겅주|Gongju|Gyeongju and Busan|Busan, South Korea|South Korea|city|Gyeong|Jeonju|Korea|anywhere but Gyeongju|???"},
	"ar-city":  {"بمدينة غيونغجو|في مدينة غيونغجو|بغيونغجو|غيونغجو، كوريا الجنوبية|مدينة كيونغجو|Gyeongju", "غيونغجوو|غينغجو", "بوسان|كوريا الجنوبية|غوانزو|غيونغجو أو سيول|مدينة|ليس في غيونغجو"},
	"ko-city":  {"경상북도 경주|경북 경주시|경주예요|경주에서요|경주시입니다|대한민국 경주|Gyeongju|庆州|경주라고 생각합니다", "경두", "경북|경기|전주|경주 아니에요|경주 아니면 부산|부산|한국|도시"},
	"zh-city":  {"在庆州市|慶州市|韩国庆州市|庆尚北道庆州|是庆州|庆州吧|경주", "", "韩国|济州|庆州或首尔|庆尚北道|不在庆州|城市"},
	"en-gift":  {"the smartphones|smartphone|mobile phones|cell phones|Smart Phones|Xiaomi smartphones|手机", "smarphones|smartphons", "iphone|Huawei phones and tablets|tablets|phone cases or phones|laptop|smartwatch"},
	"en-board": {"Go board|a wooden Go board|the Go board|a weiqi board|바둑판|棋盘", "Gobord", "a chessboard|board|Go stones|Go|tea set"},
	"ar-gift":  {"هاتف|هاتفين ذكيين|الهاتف الذكي|هواتف شاومي|smartphones", "هواتف ذكيا", "سماعات|آيفون|ساعات|حواسيب"},
	"ko-gift":  {"스마트폰이요|샤오미폰|휴대전화|핸드폰입니다|smartphone", "스마트폼", "아이폰|태블릿|스마트|스마트워치요"},
	"ko-board": {"바둑판이요|바둑판입니다|비자나무바둑판|Go board", "비둑판", "바둑|바둑돌|체스판|장기판이요"},
	"zh-gift":  {"小米手机|智能手机|手机吧|手機|스마트폰", "", "苹果手机|手表|平板电脑|手机壳"},
	"zh-board": {"棋盘|围棋盘|圍棋棋盤|是围棋棋盘", "", "象棋棋盘|棋子|围棋子|围棋"},
	"en-apec":  {"the APEC|apec|Asia Pacific Economic Cooperation|APEC forum|亚太经合组织|에이펙", "Asia-Pacific Economic Coperation", "APAC|OPEC|ASEM|AP|G20"},
	"en-yes":   {"Yes!|yeah|Y|of course|that is right|correct|نعم|네|是的|it is true", "", "nope|not correct|yes or no|maybe|wrong|never|no, yes|untrue|idk|yesterday"},
	"en-no":    {"NO|nah|incorrect|it was not|not at all|false|لا|아니요|不是", "", "yeah|true|no idea|not sure|I don't know|know|correct"},
	"ar-yes":   {"نعم.|أجل|طبعا|صح|نعم صحيح|yes|هذا صحيح", "", "لا|ليس صحيحا|خطأ|لا أعرف|ربما|نعم ولا"},
	"ar-no":    {"لا.|خطأ|ليس صحيحا|لا، غير صحيح|no|أبدا", "", "صحيح|أجل|لا أدري|لا أعلم|نعم ولا"},
	"ko-yes":   {"네!|응|그렇습니다|맞습니다|참|ㅇㅇㅇ|네 맞아요|yes", "", "아뇨|틀렸어요|모르겠어요|네니요|아닙니다|안 맞아요"},
	"ko-no":    {"아니에요|틀렸습니다|거짓|ㄴ|아니오|맞지 않습니다|no", "", "맞아요|응|몰라요|예|글쎄요"},
	"zh-yes":   {"是的|对的|正确|對|没错啊|yes|是啊", "", "不|否|错|不知道|不是的|是不是"},
	"zh-no":    {"不|没有|错|不對|不正确|no|并不是", "", "是|对|不清楚|不晓得|正确"},
	"en-abc":   {"option B|(B)|b.|answer B|2.|gyeongju!|number 2|B Gyeongju|it's Gyeongju", "Gyeongjuu", "A|4|5|E|A. Gyeongju|Busan|B or C|idk"},
	"en-num":   {"B.|7.0|it's 7|B) 7", "", "A|9|2|6|5 or 7|eleven|A. 7"},
	"ar-abc":   {"الخيار ب|ب.|2|غيونغجو", "", "أ|سيول|ب. سيول|٣"},
	"ko-abc":   {"2|2번이요|경주요|2. 경주|②번", "", "1번|서울|2. 서울|5"},
	"zh-abc":   {"b|选项B|B. 庆州|2|答案是B", "", "A|首尔|B. 首尔|选C"},
}

func TestCorpus(t *testing.T) {
	data, err := os.ReadFile("testdata/answers.json")
	if err != nil {
		t.Fatal(err)
	}
	var v vectors
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	total := 0
	for id, sorts := range corpus {
		it, ok := v.Items[id]
		if !ok {
			t.Fatalf("the vectors have no item %s", id)
		}
		var key Key
		if it.Kind != "choice" {
			key = it.key(t)
		}
		for i, want := range []Mark{Right, Close, Wrong} {
			for typed := range strings.SplitSeq(sorts[i], "|") {
				if typed == "" {
					continue
				}
				total++
				var got Verdict
				if it.Kind == "choice" {
					_, got = choice(it.Key.Labels, it.Key.Options, it.Key.CorrectIndex, typed)
				} else {
					got = Answer(&key, typed)
				}
				if got.Mark != want {
					t.Errorf("%s: %q is %s (%s), want %s", id, typed, got.Mark, got.Reason, want)
				}
			}
		}
	}
	t.Logf("%d answers", total)
}
