package language

import "strings"

// currency is a row of the table of currencies. Names follow CLDR, shortened where a reader
// of news would shorten them: USD is "dollars", 달러, دولار.
type currency struct {
	code    string
	en      string // singular|plural
	noun    arabicNoun
	adj     string // masculine; agrees with the noun
	ko, zh  string
	aliases string // separated by bars; the first row that has an alias is its default meaning
}

var (
	dollar = arabicNoun{one: "دولار", plural: "دولارات"}
	dinar  = arabicNoun{one: "دينار", plural: "دنانير"}
	riyal  = arabicNoun{one: "ريال", plural: "ريالات"}
	dirham = arabicNoun{one: "درهم", plural: "دراهم"}
	pound  = arabicNoun{one: "جنيه", plural: "جنيهات"}
	lira   = arabicNoun{one: "ليرة", plural: "ليرات"}
	franc  = arabicNoun{one: "فرنك", plural: "فرنكات"}
	rupee  = arabicNoun{one: "روبية", plural: "روبيات"}
	krona  = arabicNoun{one: "كرونة", plural: "كرونات"}
	rouble = arabicNoun{one: "روبل", plural: "روبلات"}
	yuan   = arabicNoun{one: "يوان", plural: "يوانات"}
	shill  = arabicNoun{one: "شلن", plural: "شلنات"}
	leu    = arabicNoun{one: "ليو", fixed: true}
)

// foreign is a name that Arabic took over and never bends.
func foreign(one string) arabicNoun { return arabicNoun{one: one, fixed: true} }

var currencies = []currency{
	{"USD", "dollar|dollars", dollar, "", "달러", "美元", "$|US$|US dollar|US dollars|U.S. dollars|American dollars|bucks|دولار أمريكي|دولار أميركي|دولارات أمريكية|미국 달러|미 달러|미화|불|弗|美金|美圆|美刀"},
	{"KRW", "won|won", foreign("وون"), "", "원", "韩元", "₩|￦|South Korean won|Korean won|ون|وون كوري|وون كوري جنوبي|الوون الكوري|원화|한화|한국 원|韩圜|韓元|韩币|韩国元|韩圆"},
	{"CNY", "yuan|yuan", yuan, "", "위안", "元", "RMB|renminbi|CN¥|¥|Chinese yuan|رنمينبي|رنمينبي صيني|يوان صيني|위안화|인민폐|런민비|人民币|人民币元|人民幣|块|块钱|圆"},
	{"EUR", "euro|euros", foreign("يورو"), "", "유로", "欧元", "€|أورو|유로화|歐元"},
	{"JPY", "yen|yen", foreign("ين"), "", "엔", "日元", "JP¥|￥|Japanese yen|ين ياباني|엔화|일본 엔|日圆|日圓|日币"},
	{"GBP", "pound|pounds", pound, "إسترليني", "파운드", "英镑", "£|pound sterling|pounds sterling|British pounds|sterling|quid|جنيه|جنيه استرليني|영국 파운드|英鎊"},

	{"AUD", "Australian dollar|Australian dollars", dollar, "أسترالي", "호주 달러", "澳元", "A$|AU$|澳大利亚元|오스트레일리아 달러"},
	{"CAD", "Canadian dollar|Canadian dollars", dollar, "كندي", "캐나다 달러", "加元", "C$|CA$|加拿大元"},
	{"NZD", "New Zealand dollar|New Zealand dollars", dollar, "نيوزيلندي", "뉴질랜드 달러", "新西兰元", "NZ$|纽元"},
	{"HKD", "Hong Kong dollar|Hong Kong dollars", dollar, "هونغ كونغي", "홍콩 달러", "港元", "HK$|港币|دولار هونغ كونغ"},
	{"SGD", "Singapore dollar|Singapore dollars", dollar, "سنغافوري", "싱가포르 달러", "新加坡元", "S$|新元|Singaporean dollars"},
	{"TWD", "New Taiwan dollar|New Taiwan dollars", dollar, "تايواني", "신 타이완 달러", "新台币", "NT$|新臺幣|대만 달러|دولار تايواني جديد"},
	{"BND", "Brunei dollar|Brunei dollars", dollar, "بروني", "브루나이 달러", "文莱元", "B$"},
	{"FJD", "Fijian dollar|Fijian dollars", dollar, "فيجي", "피지 달러", "斐济元", "FJ$"},
	{"JMD", "Jamaican dollar|Jamaican dollars", dollar, "جامايكي", "자메이카 달러", "牙买加元", "J$"},
	{"NAD", "Namibian dollar|Namibian dollars", dollar, "ناميبي", "나미비아 달러", "纳米比亚元", "N$"},

	{"CHF", "Swiss franc|Swiss francs", franc, "سويسري", "스위스 프랑", "瑞士法郎", "SFr|franc|francs|فرنك|프랑|法郎"},
	{"SEK", "Swedish krona|Swedish kronor", krona, "سويدي", "스웨덴 크로나", "瑞典克朗", "krona|kronor|크로나|كرونة|克朗|瑞典克郎"},
	{"NOK", "Norwegian krone|Norwegian kroner", krona, "نرويجي", "노르웨이 크로네", "挪威克朗", "krone|kroner|크로네"},
	{"DKK", "Danish krone|Danish kroner", krona, "دنماركي", "덴마크 크로네", "丹麦克朗", ""},
	{"ISK", "Icelandic króna|Icelandic krónur", krona, "آيسلندي", "아이슬란드 크로나", "冰岛克朗", "Icelandic krona"},
	{"RUB", "Russian rouble|Russian roubles", rouble, "روسي", "러시아 루블", "俄罗斯卢布", "₽|rouble|roubles|ruble|rubles|Russian ruble|Russian rubles|روبل|루블|卢布"},
	{"BYN", "Belarusian rouble|Belarusian roubles", rouble, "بيلاروسي", "벨라루스 루블", "白俄罗斯卢布", "Belarusian ruble|Belarusian rubles"},
	{"UAH", "hryvnia|hryvnias", foreign("هريفنيا"), "أوكرانية", "흐리우냐", "格里夫纳", "₴|hryvnya|هريفنيا|흐리브냐|乌克兰格里夫纳"},
	{"PLN", "zloty|zlotys", foreign("زلوتي"), "بولندي", "즈워티", "兹罗提", "zł|złoty|زلوتي|波兰兹罗提"},
	{"CZK", "Czech koruna|Czech korunas", krona, "تشيكي", "체코 코루나", "捷克克朗", "Kč|koruna|korunas|코루나"},
	{"HUF", "forint|forints", foreign("فورنت"), "مجري", "포린트", "福林", "Ft|فورنت|匈牙利福林"},
	{"RON", "Romanian leu|Romanian lei", leu, "روماني", "루마니아 레우", "罗马尼亚列伊", "leu|lei|레우|列伊"},
	{"MDL", "Moldovan leu|Moldovan lei", leu, "مولدوفي", "몰도바 레우", "摩尔多瓦列伊", ""},
	{"BGN", "Bulgarian lev|Bulgarian leva", foreign("ليف"), "بلغاري", "불가리아 레프", "保加利亚列弗", "lev|leva|ليف|레프|列弗"},
	{"RSD", "Serbian dinar|Serbian dinars", dinar, "صربي", "세르비아 디나르", "塞尔维亚第纳尔", ""},
	{"ALL", "Albanian lek|Albanian lekë", foreign("ليك"), "ألباني", "알바니아 레크", "阿尔巴尼亚列克", "lek|leke|ليك|레크|列克"},
	{"TRY", "Turkish lira|Turkish liras", lira, "تركي", "튀르키예 리라", "土耳其里拉", "₺|lira|liras|ليرة|리라|里拉|터키 리라"},
	{"ILS", "shekel|shekels", arabicNoun{one: "شيكل", plural: "شواكل"}, "", "셰켈", "谢克尔", "₪|new shekel|Israeli shekel|شيكل إسرائيلي|세켈|新谢克尔"},

	{"SAR", "Saudi riyal|Saudi riyals", riyal, "سعودي", "사우디 리얄", "沙特里亚尔", "riyal|riyals|ريال|리얄|里亚尔|사우디아라비아 리얄"},
	{"QAR", "Qatari riyal|Qatari riyals", riyal, "قطري", "카타르 리얄", "卡塔尔里亚尔", ""},
	{"OMR", "Omani rial|Omani rials", riyal, "عماني", "오만 리알", "阿曼里亚尔", ""},
	{"YER", "Yemeni rial|Yemeni rials", riyal, "يمني", "예멘 리알", "也门里亚尔", ""},
	{"IRR", "Iranian rial|Iranian rials", riyal, "إيراني", "이란 리알", "伊朗里亚尔", "rial|rials|리알"},
	{"AED", "UAE dirham|UAE dirhams", dirham, "إماراتي", "아랍에미리트 디르함", "阿联酋迪拉姆", "dirham|dirhams|Emirati dirham|Emirati dirhams|درهم|디르함|迪拉姆"},
	{"MAD", "Moroccan dirham|Moroccan dirhams", dirham, "مغربي", "모로코 디르함", "摩洛哥迪拉姆", ""},
	{"KWD", "Kuwaiti dinar|Kuwaiti dinars", dinar, "كويتي", "쿠웨이트 디나르", "科威特第纳尔", "dinar|dinars|دينار|디나르|第纳尔"},
	{"BHD", "Bahraini dinar|Bahraini dinars", dinar, "بحريني", "바레인 디나르", "巴林第纳尔", ""},
	{"JOD", "Jordanian dinar|Jordanian dinars", dinar, "أردني", "요르단 디나르", "约旦第纳尔", ""},
	{"IQD", "Iraqi dinar|Iraqi dinars", dinar, "عراقي", "이라크 디나르", "伊拉克第纳尔", ""},
	{"DZD", "Algerian dinar|Algerian dinars", dinar, "جزائري", "알제리 디나르", "阿尔及利亚第纳尔", ""},
	{"TND", "Tunisian dinar|Tunisian dinars", dinar, "تونسي", "튀니지 디나르", "突尼斯第纳尔", ""},
	{"LYD", "Libyan dinar|Libyan dinars", dinar, "ليبي", "리비아 디나르", "利比亚第纳尔", ""},
	{"EGP", "Egyptian pound|Egyptian pounds", pound, "مصري", "이집트 파운드", "埃及镑", "E£|LE"},
	{"SDG", "Sudanese pound|Sudanese pounds", pound, "سوداني", "수단 파운드", "苏丹镑", ""},
	{"LBP", "Lebanese pound|Lebanese pounds", lira, "لبناني", "레바논 파운드", "黎巴嫩镑", "Lebanese lira"},
	{"SYP", "Syrian pound|Syrian pounds", lira, "سوري", "시리아 파운드", "叙利亚镑", "Syrian lira"},
	{"MRU", "ouguiya|ouguiyas", foreign("أوقية"), "موريتانية", "우기야", "乌吉亚", "أوقية"},
	{"SOS", "Somali shilling|Somali shillings", shill, "صومالي", "소말리아 실링", "索马里先令", ""},

	{"INR", "Indian rupee|Indian rupees", rupee, "هندي", "인도 루피", "印度卢比", "₹|rupee|rupees|روبية|루피|卢比"},
	{"PKR", "Pakistani rupee|Pakistani rupees", rupee, "باكستاني", "파키스탄 루피", "巴基斯坦卢比", "Rs"},
	{"LKR", "Sri Lankan rupee|Sri Lankan rupees", rupee, "سريلانكي", "스리랑카 루피", "斯里兰卡卢比", ""},
	{"NPR", "Nepalese rupee|Nepalese rupees", rupee, "نيبالي", "네팔 루피", "尼泊尔卢比", ""},
	{"BDT", "taka|taka", foreign("تاكا"), "", "타카", "塔卡", "৳|takas|تاكا بنغلاديشية|孟加拉塔卡"},
	{"AFN", "afghani|afghanis", foreign("أفغاني"), "", "아프가니", "阿富汗尼", ""},
	{"IDR", "rupiah|rupiah", rupee, "إندونيسي", "루피아", "印尼盾", "Rp|rupiahs|인도네시아 루피아|印尼卢比|印度尼西亚盾"},
	{"MYR", "ringgit|ringgit", foreign("رينغيت"), "", "링깃", "林吉特", "RM|ringgits|رينغيت ماليزي|말레이시아 링깃|马来西亚林吉特"},
	{"THB", "baht|baht", foreign("بات"), "", "밧", "泰铢", "฿|Thai baht|بات تايلاندي|바트|泰国铢"},
	{"VND", "dong|dong", foreign("دونغ"), "", "동", "越南盾", "₫|Vietnamese dong|دونغ فيتنامي|베트남 동"},
	{"PHP", "Philippine peso|Philippine pesos", foreign("بيزو"), "فلبيني", "필리핀 페소", "菲律宾比索", "₱"},
	{"KHR", "riel|riel", foreign("رييل"), "", "리엘", "瑞尔", "៛|riels|柬埔寨瑞尔"},
	{"LAK", "kip|kip", foreign("كيب"), "", "킵", "基普", "₭|kips|老挝基普"},
	{"MMK", "kyat|kyats", foreign("كيات"), "", "짯", "缅元", "차트|缅甸元"},
	{"MNT", "tugrik|tugriks", foreign("توغريك"), "", "투그릭", "图格里克", "₮|tögrög|蒙古图格里克"},
	{"KPW", "North Korean won|North Korean won", foreign("وون"), "كوري شمالي", "북한 원", "朝鲜元", "조선 원"},
	{"KZT", "tenge|tenge", foreign("تنغ"), "", "텡게", "坚戈", "₸|تينغ|哈萨克斯坦坚戈"},
	{"UZS", "Uzbek som|Uzbek som", foreign("سوم"), "أوزبكي", "우즈베키스탄 숨", "乌兹别克斯坦苏姆", "sum|so'm"},
	{"KGS", "Kyrgyz som|Kyrgyz som", foreign("سوم"), "قيرغيزي", "키르기스스탄 솜", "吉尔吉斯斯坦索姆", "som"},
	{"AZN", "manat|manats", foreign("مانات"), "", "마나트", "马纳特", "₼|阿塞拜疆马纳特"},
	{"GEL", "lari|lari", foreign("لاري"), "", "라리", "拉里", "₾|laris|格鲁吉亚拉里"},
	{"AMD", "dram|drams", foreign("درام"), "", "드람", "德拉姆", "֏|亚美尼亚德拉姆"},

	{"BRL", "real|reais", arabicNoun{one: "ريال", plural: "ريالات"}, "برازيلي", "헤알", "雷亚尔", "R$|reals|Brazilian real|Brazilian reais|브라질 헤알|레알|巴西雷亚尔"},
	{"MXN", "Mexican peso|Mexican pesos", foreign("بيزو"), "مكسيكي", "멕시코 페소", "墨西哥比索", "MX$|peso|pesos|بيزو|페소|比索"},
	{"ARS", "Argentine peso|Argentine pesos", foreign("بيزو"), "أرجنتيني", "아르헨티나 페소", "阿根廷比索", ""},
	{"CLP", "Chilean peso|Chilean pesos", foreign("بيزو"), "تشيلي", "칠레 페소", "智利比索", ""},
	{"COP", "Colombian peso|Colombian pesos", foreign("بيزو"), "كولومبي", "콜롬비아 페소", "哥伦比亚比索", ""},
	{"UYU", "Uruguayan peso|Uruguayan pesos", foreign("بيزو"), "أوروغواياني", "우루과이 페소", "乌拉圭比索", ""},
	{"CUP", "Cuban peso|Cuban pesos", foreign("بيزو"), "كوبي", "쿠바 페소", "古巴比索", ""},
	{"DOP", "Dominican peso|Dominican pesos", foreign("بيزو"), "دومينيكاني", "도미니카 페소", "多米尼加比索", ""},
	{"PEN", "sol|soles", foreign("سول"), "", "솔", "索尔", "S/|Peruvian sol|秘鲁索尔"},
	{"PYG", "guaraní|guaraníes", foreign("غواراني"), "", "과라니", "瓜拉尼", "₲|guarani|guaranis"},
	{"BOB", "boliviano|bolivianos", foreign("بوليفيانو"), "", "볼리비아노", "玻利维亚诺", "Bs"},
	{"VES", "bolívar|bolívares", foreign("بوليفار"), "", "볼리바르", "玻利瓦尔", "bolivar|bolivars|bolivares"},
	{"CRC", "Costa Rican colón|Costa Rican colones", foreign("كولون"), "كوستاريكي", "코스타리카 콜론", "哥斯达黎加科朗", "₡|colon|colones"},
	{"GTQ", "quetzal|quetzales", foreign("كتزال"), "", "케찰", "格查尔", "quetzals"},

	{"ZAR", "rand|rand", foreign("راند"), "", "랜드", "兰特", "rands|South African rand|راند جنوب أفريقي|남아프리카 공화국 랜드|란드|南非兰特"},
	{"NGN", "naira|naira", foreign("نايرا"), "", "나이라", "奈拉", "₦|nairas|نيرة|尼日利亚奈拉"},
	{"KES", "Kenyan shilling|Kenyan shillings", shill, "كيني", "케냐 실링", "肯尼亚先令", "KSh|shilling|shillings|شلن|실링|先令"},
	{"TZS", "Tanzanian shilling|Tanzanian shillings", shill, "تنزاني", "탄자니아 실링", "坦桑尼亚先令", "TSh"},
	{"UGX", "Ugandan shilling|Ugandan shillings", shill, "أوغندي", "우간다 실링", "乌干达先令", "USh"},
	{"GHS", "cedi|cedis", foreign("سيدي"), "", "세디", "塞地", "₵|GH₵|加纳塞地"},
	{"ETB", "birr|birr", foreign("بير"), "", "비르", "比尔", "Br|birrs|埃塞俄比亚比尔"},
	{"XOF", "West African CFA franc|West African CFA francs", franc, "غرب أفريقي", "서아프리카 CFA 프랑", "西非法郎", "CFA franc|CFA francs|CFA|فرنك سيفا|CFA 프랑"},
	{"XAF", "Central African CFA franc|Central African CFA francs", franc, "وسط أفريقي", "중앙아프리카 CFA 프랑", "中非法郎", "FCFA"},
	{"RWF", "Rwandan franc|Rwandan francs", franc, "رواندي", "르완다 프랑", "卢旺达法郎", ""},
}

func (row *currency) unit() *Unit {
	u := &Unit{Code: row.code, Currency: true, Base: row.code, Factor: Decimal{Coef: 1}, aliases: list(row.aliases)}
	noun := row.noun
	noun.adjective = row.adj
	one, other, _ := strings.Cut(row.en, "|")
	u.text[English] = unitText{one: one, other: other}
	u.text[Arabic] = noun.text()
	u.text[Korean] = unitText{other: row.ko, joined: true}
	u.text[Chinese] = unitText{other: row.zh, joined: true}
	return u
}
