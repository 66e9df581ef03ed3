package packs_test

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/content/packs"
)

const (
	ar = language.Arabic
	en = language.English
	ko = language.Korean
	zh = language.Chinese
)

// The fact sheet of the summit lists fifty checks, c-01 to c-50. Here stand those that look at
// the pack itself; those that look at what players see are in items_test.go (c-05, c-12, c-40
// to c-43, c-47 and parts of others). Only a person can check that a translation is faithful
// (c-44 is checked by its words only) and that no question asks for what the article leaves
// out (c-50 is checked by the list of facts and by telling words).
func TestChecksOfTheFactSheet(t *testing.T) {
	p := summit(t)
	value := func(fact_, field string) content.Value { return only(t, fact(t, p, fact_), field) }
	person := func(fact_, field string) string { return who(t, fact(t, p, fact_), field) }
	text := func(v content.Value) language.Text { return v.Words.Text }
	check := func(id string, f func(t *testing.T)) { t.Run(id, f) }
	is := func(t *testing.T, got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}

	check("c-01", func(t *testing.T) {
		article, err := fs.ReadFile(packs.FS(), "gyeongju-summit-2025/article.ar.txt")
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(article)
		is(t, hex.EncodeToString(sum[:]), "cd192204cf3ef42ea60e15adddb5dab813eb90889a5535ae5466436fa8acdce2")
		n := 0
		for _, f := range p.Facts {
			if len(f.Evidence) == 0 {
				t.Errorf("%s has no evidence", f.Name)
			}
			for _, e := range f.Evidence {
				n++
				if !strings.Contains(string(article), e.Quote) {
					t.Errorf("%s: the article does not hold %q", f.Name, e.Quote)
				}
			}
		}
		if n < 90 {
			t.Errorf("%d pieces of evidence, want all of the sheet's", n)
		}
	})
	check("c-02", func(t *testing.T) {
		is(t, value("mou-count", "number").Amount.Number.String(), "7")
		reads(t, p, "mou-count", in4(" 7.", " seven memorandums", "7건", "7份"))
		if f := fact(t, p, "mou-count"); !p.Barred(f, 0, whole(6)) {
			t.Error("6 is not barred: other papers counted six")
		}
	})
	check("c-03", func(t *testing.T) {
		a := value("swap-amount-krw", "amount").Amount
		is(t, a.Number.String()+" "+a.Unit.Code, "70000000000000 KRW")
		reads(t, p, "swap-amount-krw", in4("70 تريليون وون", "70 trillion won", "70조 원", "70万亿韩元"))
	})
	check("c-04", func(t *testing.T) {
		a := value("swap-amount-usd", "amount").Amount
		is(t, a.Number.String()+" "+a.Unit.Code, "48900000000 USD")
		reads(t, p, "swap-amount-usd", in4("48.9 مليار دولار", "48.9 billion dollars", "489억 달러", "489亿美元"))
		for _, s := range sentences(p) {
			if strings.Contains(s.text, "48.9억") || strings.Contains(s.text, "48.9亿") {
				t.Errorf("%s: %q", s.fact.Name, s.text)
			}
		}
	})
	check("c-05", func(t *testing.T) {
		won, dollars := fact(t, p, "swap-amount-krw"), fact(t, p, "swap-amount-usd")
		if i := fieldOf(t, won, "amount"); !p.True(won, i, only(t, dollars, "amount")) {
			t.Error("48.9 billion dollars is not true of the swap in won")
		}
		if i := fieldOf(t, dollars, "amount"); !p.True(dollars, i, only(t, won, "amount")) {
			t.Error("70 trillion won is not true of the swap in dollars")
		}
		yuan := content.Value{Type: content.MoneyValue, Amount: language.Amount{Number: language.Decimal{Coef: 4, Exp: 11}, Unit: language.UnitNamed("CNY")}}
		for _, f := range []*content.Fact{won, dollars} {
			if !p.True(f, fieldOf(t, f, "amount"), yuan) {
				t.Errorf("%s: 400 billion yuan is not true", f.Name)
			}
		}
	})
	check("c-06", func(t *testing.T) {
		a := value("swap-duration", "term").Amount
		is(t, a.Number.String()+" "+a.Unit.Code, "5 year")
		year := regexp.MustCompile(`\b(19|20)\d\d\b`)
		for _, s := range sentences(p) {
			if strings.HasPrefix(s.fact.Name, "swap-") && year.MatchString(s.text) {
				t.Errorf("%s names a year: %q", s.fact.Name, s.text)
			}
		}
	})
	check("c-07", func(t *testing.T) {
		is(t, person("swap-parties", "who"), "central-banks")
		is(t, text(value("mou-signatories", "parties"))[en], "South Korea and China")
		for _, bank := range []string{"bank-of-korea", "bank-of-china"} {
			swap := fact(t, p, "swap-parties")
			if !p.True(swap, fieldOf(t, swap, "who"), entity(t, p, bank)) {
				t.Errorf("%s is not true in the world", bank)
			}
			for _, c := range p.Languages.Codes() {
				never(t, p, c, p.Entity(bank).Name[c])
			}
		}
	})
	check("c-08", func(t *testing.T) {
		swap := in4("تبادل العملات", "swap", "스와프", "互换")
		memo := in4("مذكرات", "memorandum", "양해각서", "备忘录")
		for _, s := range sentences(p) {
			if strings.Contains(s.text, swap[s.lang]) && strings.Contains(s.text, memo[s.lang]) {
				t.Errorf("%s brings the swap and the memorandums together: %q", s.fact.Name, s.text)
			}
		}
	})
	check("c-09", func(t *testing.T) {
		n := 0
		for _, f := range p.Facts {
			if id := f.Relation.ID; id == "document-topic" || id == "document-against" {
				n++
			}
		}
		if n != 2 {
			t.Errorf("%d topics of memorandums, want two", n)
		}
		is(t, text(value("mou-trade-topic", "topic"))[en], "trade and services")
		is(t, text(value("mou-fraud-topic", "crimes"))[en], "voice phishing and online fraud")
	})
	check("c-10", func(t *testing.T) {
		a := value("xi-visit-gap-11y", "gap").Amount
		is(t, a.Number.String()+" "+a.Unit.Code, "11 year")
		for _, s := range sentences(p) {
			if strings.Contains(s.text, "2014") {
				t.Errorf("%s names the year of the earlier visit: %q", s.fact.Name, s.text)
			}
		}
	})
	check("c-11", func(t *testing.T) {
		is(t, person("summit-place", "place"), "gyeongju")
		is(t, person("summit-occasion-apec", "occasion"), "apec-summit")
		if d := value("summit-date", "day").Date; d != (language.Date{Year: 2025, Month: 11, Day: 1}) {
			t.Errorf("the summit was held on %v", d)
		}
		reads(t, p, "summit-first", in4("بين لي جاي ميونغ وشي جين بينغ", "between Lee Jae-myung and Xi Jinping", "이재명과 시진핑의", "李在明与习近平的"))
		for c, countries := range each4("البلدين", "two countries", "양국", "两国") {
			never(t, p, language.Code(c), countries, "summit-first", "summit-place", "summit-date")
		}
	})
	check("c-12", func(t *testing.T) {
		f := fact(t, p, "gift-date")
		day := fieldOf(t, f, "day")
		if d := only(t, f, "day").Date; d != (language.Date{Year: 2025, Month: 11, Day: 2}) {
			t.Errorf("the gifts were exchanged on %v", d)
		}
		if !p.Barred(f, day, content.Value{Type: content.DateValue, Date: language.Date{Year: 2025, Month: 11, Day: 1}}) {
			t.Error("1 November is not barred")
		}
		for _, c := range p.Languages.Codes() {
			if f.Note[c] == "" {
				t.Errorf("the conflict of dates has no note in %s", c)
			}
		}
	})
	check("c-13", func(t *testing.T) {
		numerals := regexp.MustCompile(`\b\d{1,2}[/.\-]\d{1,2}([/.\-]\d{2,4})?\b`)
		for _, s := range sentences(p) {
			if m := numerals.FindString(s.text); m != "" && m != "48.9" {
				t.Errorf("%s shows the date %s in bare numerals: %q", s.fact.Name, m, s.text)
			}
		}
	})
	check("c-14", func(t *testing.T) {
		is(t, person("peng-wife-of-xi", "wife"), "peng")
		reads(t, p, "peng-wife-of-xi", in4("زوجة الرئيس الصيني", "wife of the President of China", "중국 정상의 부인", "中国国家元首的夫人"))
		is(t, person("kim-first-lady", "person"), "kim")
		wife, lady := fact(t, p, "peng-wife-of-xi"), fact(t, p, "kim-first-lady")
		if !p.False(wife, 0, entity(t, p, "kim")) || !p.False(lady, fieldOf(t, lady, "person"), entity(t, p, "peng")) {
			t.Error("the two women can be exchanged")
		}
	})
	check("c-15", func(t *testing.T) {
		for _, name := range []string{"lee-office", "xi-office"} {
			for c, want := range map[language.Code][]string{ko: {"이재명의 직함은 대통령", "시진핑의 직함은 국가주석"}, zh: {"李在明的职务是总统", "习近平的职务是国家主席"}} {
				for _, w := range want {
					if !strings.Contains(fact(t, p, name).Note[c], w) {
						t.Errorf("the note of %s in %s lacks %q", name, c, w)
					}
				}
			}
		}
		for _, s := range sentences(p) {
			for _, wrong := range []string{"시진핑 대통령", "이재명 주석", "이재명 국가주석", "习近平总统", "李在明主席", "李在明国家主席"} {
				if strings.Contains(s.text, wrong) {
					t.Errorf("%s: %q", s.fact.Name, s.text)
				}
			}
			if s.fact.Relation.ID == "head-of-state" && s.text != s.fact.Note[s.lang] {
				for _, title := range []string{"대통령", "주석", "总统", "主席"} {
					if strings.Contains(s.text, title) {
						t.Errorf("%s gives the office away: %q", s.fact.Name, s.text)
					}
				}
			}
		}
	})
	check("c-16", func(t *testing.T) {
		is(t, person("wi-office", "person"), "wi")
		is(t, person("wi-office", "office"), "national-security-adviser")
		reads(t, p, "wi-office", in4("مستشار الأمن القومي", "national security adviser", "국가안보실장", "国家安保室长"))
	})
	check("c-17", func(t *testing.T) {
		is(t, p.Entity("north-korea").Name[ko]+p.Entity("north-korea").Name[zh], "북한朝鲜")
		is(t, p.Entity("south-korea").Name[ko]+p.Entity("south-korea").Name[zh], "한국韩国")
		reads(t, p, "lee-quote-hope", in4("جمهورية كوريا", "Republic of Korea", "대한민국", "大韩民国"))
		never(t, p, zh, "北韩")
		never(t, p, ko, "북조선")
		for _, e := range p.Entities {
			if e.ID != "south-korea" && e.Kind.Is("country") && slices.Contains(p.Entity("south-korea").Aliases[en], e.Name[en]) {
				t.Errorf("%s is a second South Korea", e.ID)
			}
		}
	})
	check("c-18", func(t *testing.T) {
		is(t, person("lee-positive-assessment", "assessor"), "lee")
		reads(t, p, "lee-positive-assessment", in4("بين الصين وكوريا الشمالية", "between China and North Korea", "중국과 북한", "中国与朝鲜"))
		is(t, person("exchanges-parties", "one")+" "+person("exchanges-parties", "other"), "china north-korea")
	})
	check("c-19", func(t *testing.T) {
		is(t, person("us-most-important", "country"), "united-states")
		reads(t, p, "us-most-important", in4("وي سونغ-لاك", "Wi Sung-lac", "위성락", "魏圣洛"))
		reads(t, p, "us-most-important", in4("القائدان", "two leaders", "두 정상", "两位领导人"))
		is(t, person("us-view-attribution", "speaker"), "wi")
		is(t, text(value("us-view-shared-by", "holders"))[en], "Lee Jae-myung and Xi Jinping")
	})
	check("c-20", func(t *testing.T) {
		is(t, person("lee-asks-china-role", "asker")+" "+person("lee-asks-china-role", "asked"), "lee china")
		for c, word := range each4("بناء", "constructive", "건설적", "建设性") {
			never(t, p, language.Code(c), word, "us-view-attribution")
			if strings.Contains(fact(t, p, "us-view-attribution").Values[1][0].Words.Text[c], word) {
				t.Errorf("Lee's request stands in Wi's quotation in %s", language.Code(c))
			}
		}
	})
	check("c-21", func(t *testing.T) {
		for _, f := range spoken(p) {
			for c, word := range each4("استعداد", "readiness", "의지", "深化") {
				if strings.Contains(words(f)[c], word) {
					t.Errorf("%s shows the reporter's words as a quotation: %q", f.Name, words(f)[c])
				}
			}
		}
		if f := fact(t, p, "xi-deepen-communication"); f.Relation.ID == "quoted" {
			t.Error("Beijing's readiness is shown as words that Xi spoke")
		}
	})
	check("c-22", func(t *testing.T) {
		count := map[string]int{}
		for _, f := range spoken(p) {
			count[who(t, f, "speaker")]++
			if strings.Contains(words(f)[ar], "كنوز") {
				t.Errorf("%s makes the name of a gift into speech", f.Name)
			}
		}
		if count["lee"] != 2 || count["xi"] != 3 || count["wi"] != 3 || len(count) != 3 {
			t.Errorf("spoken quotations %v, want Lee 2, Xi 3, Wi 3", count)
		}
	})
	check("c-23", func(t *testing.T) {
		label := in4("", "translated", "아랍어 기사", "译自阿拉伯语报道")
		for _, s := range sentences(p) {
			if w := words(s.fact)[s.lang]; s.lang != ar && w != "" && strings.Contains(s.text, w) && !strings.Contains(s.text, label[s.lang]) {
				t.Errorf("%s shows a quotation in %s without saying that it is translated: %q", s.fact.Name, s.lang, s.text)
			}
		}
	})
	check("c-24", func(t *testing.T) {
		is(t, person("lee-joke-line", "speaker")+" "+person("xi-backdoor-reply", "speaker"), "lee xi")
		is(t, words(fact(t, p, "lee-joke-line"))[en]+" "+words(fact(t, p, "xi-backdoor-reply"))[en], "Is the line secure? You can check whether there is a backdoor.")
		for c, wrong := range each4("خط اليد", "calligraphy", "서예", "书法") {
			never(t, p, language.Code(c), wrong)
		}
	})
	check("c-25", func(t *testing.T) {
		is(t, person("xi-praise", "speaker"), "xi")
		is(t, person("xi-praise-occasion", "thing"), "go-board")
	})
	check("c-26", func(t *testing.T) {
		is(t, person("xi-cosmetics-question", "asker")+" "+person("lee-laughed", "who"), "xi lee")
		laugh := [language.Count]*regexp.Regexp{regexp.MustCompile("ضحك"), regexp.MustCompile("(?i)laugh"), regexp.MustCompile("웃"), regexp.MustCompile("笑(了|声|起)|发笑|大笑")}
		for _, s := range sentences(p) {
			if s.fact.Name != "lee-laughed" && laugh[s.lang].MatchString(s.text) {
				t.Errorf("%s has another laughter: %q", s.fact.Name, s.text)
			}
		}
	})
	check("c-27", func(t *testing.T) {
		for name, want := range map[string]string{"gift-phones": "xi phones", "gift-four-treasures": "xi treasures", "gift-go-board": "lee go-board",
			"gift-lacquer-tray": "lee tray", "gift-teapot-peng": "lee teapot", "gift-creams-peng": "lee creams"} {
			is(t, person(name, "giver")+" "+person(name, "gift"), want)
		}
		is(t, person("gift-teapot-peng", "receiver")+person("gift-creams-peng", "receiver"), "pengpeng")
		is(t, person("gift-kim-tea-set", "receiver")+" "+person("gift-kim-tea-set", "gift"), "kim tea-set")
		for _, f := range p.FactsAbout(entity(t, p, "tea-set")) {
			if slices.ContainsFunc(f.Relation.Fields, func(x content.Field) bool { return x.Name == "giver" }) {
				t.Errorf("%s names a giver of the tea set", f.Name)
			}
		}
	})
	check("c-28", func(t *testing.T) {
		screens := in4("شاشات", "screens", "화면", "屏幕")
		made := in4("كوريا", "made in", "만들어", "制造")
		for _, s := range sentences(p) {
			if strings.Contains(s.fact.Relation.ID, "screens") && strings.Contains(s.text, made[s.lang]) && !strings.Contains(s.text, screens[s.lang]) {
				t.Errorf("%s says of the phones what holds of the screens: %q", s.fact.Name, s.text)
			}
		}
		is(t, person("phones-screens-origin", "country"), "south-korea")
	})
	check("c-29", func(t *testing.T) {
		is(t, person("go-board-material", "wood")+" "+person("tray-material", "finish")+" "+person("tray-decoration", "decoration")+" "+person("teapot-handle", "material"), "torreya lacquer shell silver")
		reads(t, p, "teapot-handle", in4("مقبض", "handle", "손잡이", "把手"))
	})
	check("c-30", func(t *testing.T) {
		for c, chinese := range each4("صينية تقليدية", "Chinese", "중국", "中国") {
			if strings.Contains(p.Entity("tray").Name[c], chinese) {
				t.Errorf("the tray is called Chinese: %s", p.Entity("tray").Name[c])
			}
		}
		for c, tray := range each4("مطلية", "tray", "쟁반", "盘") {
			if strings.Contains(p.Entity("tea-set").Name[c], tray) {
				t.Errorf("the tea set is called a tray: %s", p.Entity("tea-set").Name[c])
			}
		}
	})
	check("c-31", func(t *testing.T) {
		is(t, p.Entity("go").Kind.ID, "game")
		is(t, strings.Join(p.Entity("go").Name[:language.OwnCount], "|"), "لعبة غو|the game of Go|바둑|围棋")
		for _, s := range sentences(p) {
			if low := strings.ToLower(s.text); strings.Contains(low, "golang") || strings.Contains(low, "programming") || strings.Contains(s.text, "Go语言") || strings.Contains(s.text, "Go 언어") {
				t.Errorf("%s speaks of the programming language: %q", s.fact.Name, s.text)
			}
		}
	})
	check("c-32", func(t *testing.T) {
		is(t, person("sanctions-imposer", "imposer")+" "+person("sanctions-target", "company")+" "+person("sanctions-target", "where"), "china hanwha-ocean united-states")
		reads(t, p, "sanctions-target", in4("الشركات التابعة", "subsidiaries", "자회사", "子公司"))
		for c, over := range each4("رُفعت", "lifted", "해제", "解除") {
			never(t, p, language.Code(c), over)
		}
		digits := regexp.MustCompile(`\d`)
		for _, s := range sentences(p) {
			if strings.HasPrefix(s.fact.Name, "sanctions-") && digits.MatchString(s.text) {
				t.Errorf("%s counts: %q", s.fact.Name, s.text)
			}
		}
	})
	check("c-33", func(t *testing.T) {
		is(t, strings.Join(p.Entity("yellow-sea").Name[:language.OwnCount], "|"), "البحر الأصفر|Yellow Sea|서해|黄海")
		for _, s := range sentences(p) {
			if strings.Contains(s.text, "بحر الصين الصفراء") {
				t.Errorf("%s shows the article's slip: %q", s.fact.Name, s.text)
			}
		}
		for c, owner := range each4("الصين", "China", "중국", "中国") {
			never(t, p, language.Code(c), owner, "issue-steel", "structures-place", "structures-material")
		}
	})
	check("c-34", func(t *testing.T) {
		sea := fact(t, p, "structures-place")
		for _, other := range []string{"south-china-sea", "east-china-sea"} {
			if !p.False(sea, 0, entity(t, p, other)) {
				t.Errorf("%s is not false", other)
			}
		}
		if e := p.Entity("yellow-sea"); slices.Contains(e.Aliases[ar], "بحر الصين") || !slices.Contains(e.NearBy[ar], "بحر الصين") {
			t.Error("بحر الصين alone could be accepted")
		}
	})
	check("c-35", func(t *testing.T) {
		is(t, person("issue-cultural", "goods"), "cultural-products")
		for c, who := range each4("الصين", "China", "중국", "中国") {
			never(t, p, language.Code(c), who, "issue-cultural")
		}
	})
	check("c-36", func(t *testing.T) {
		is(t, person("wi-hanwha-condition", "speaker"), "wi")
		reads(t, p, "wi-hanwha-condition", in4("يمكن", "could", "수 있", "可能"))
		reads(t, p, "wi-hanwha-condition", in4("إذا خفّت التوترات بين واشنطن وبكين", "if tensions between Washington and Beijing ease", "워싱턴과 베이징 간 긴장이 완화되면", "如果华盛顿与北京之间的紧张局势缓和"))
	})
	check("c-37", func(t *testing.T) {
		reads(t, p, "resolve-by-communication", in4("اتفق الجانبان على حل", "agreed to resolve", "합의", "同意"))
		reads(t, p, "resolve-by-communication", in4("التواصل المستمر", "continued communication", "지속적인 소통", "持续沟通"))
	})
	check("c-38", func(t *testing.T) {
		is(t, person("tension-parties", "one")+" "+person("tension-parties", "other"), "washington beijing")
		is(t, person("restoration-of-ties", "one")+" "+person("restoration-of-ties", "other"), "seoul beijing")
		tense, ties := fact(t, p, "tension-parties"), fact(t, p, "restoration-of-ties")
		if !p.False(tense, 0, entity(t, p, "seoul")) || !p.False(ties, 0, entity(t, p, "washington")) {
			t.Error("the pairs of capitals can be exchanged")
		}
	})
	check("c-39", func(t *testing.T) {
		for _, name := range []string{"wi-full-restoration", "restoration-means", "restoration-of-ties"} {
			reads(t, p, name, in4("وي سونغ-لاك", "Wi Sung-lac", "위성락", "魏圣洛"))
		}
	})
	check("c-44", func(t *testing.T) {
		reads(t, p, "mou-purpose", in4("العملية", "practical", "실질적", "务实"))
		reads(t, p, "restoration-means", in4("العملية", "pragmatic", "실용", "务实"))
		reads(t, p, "gifts-mood", in4("خفيف", "light-hearted", "가벼운", "轻松"))
		reads(t, p, "xi-values-relations", in4("تقدّر", "values", "중시", "重视"))
		reads(t, p, "lee-asks-china-role", in4("بنّاء", "constructive", "건설적", "建设性"))
		reads(t, p, "structures-material", in4("الصلب", "steel", "강철", "钢"))
	})
	check("c-45", func(t *testing.T) {
		me := [language.Count]*regexp.Regexp{regexp.MustCompile(`إليّ|لأجلي`), regexp.MustCompile(`(?i)\b(to|for|of) me\b`), regexp.MustCompile(`나에게|내게|저에게|나를`), regexp.MustCompile(`给我|对我|为我|向我`)}
		for _, s := range sentences(p) {
			if me[s.lang].MatchString(s.text) {
				t.Errorf("%s takes the name Lee for \"to me\": %q", s.fact.Name, s.text)
			}
		}
	})
	check("c-46", func(t *testing.T) {
		for _, e := range p.Entities {
			for _, name := range append([]string{e.Name[ar], e.Family[ar]}, e.Aliases[ar]...) {
				if name == "بينغ" || name == "كيونغ" {
					t.Errorf("%s is called %s, which belongs to two", e.ID, name)
				}
			}
			if short := []string{"لي", "شي", "وي"}; slices.Contains(short, e.Name[ar]) ||
				slices.ContainsFunc(e.Aliases[ar], func(a string) bool { return slices.Contains(short, a) }) {
				t.Errorf("%s has a family name as an alias, which would match inside other answers", e.ID)
			}
		}
	})
	check("c-48", func(t *testing.T) {
		for _, c := range p.Languages.Codes() {
			if q4 := words(fact(t, p, "wi-hanwha-attribution"))[c]; !strings.Contains(q4, "...") && !strings.Contains(q4, "……") {
				t.Errorf("the remark on Hanwha Ocean lost its ellipsis in %s: %q", c, q4)
			}
			if q8 := words(fact(t, p, "xi-praise"))[c]; strings.Count(q8, ".")+strings.Count(q8, "。") != 3 {
				t.Errorf("the praise has not three sentences in %s: %q", c, q8)
			}
			if q6 := words(fact(t, p, "lee-joke-line"))[c]; !strings.HasSuffix(q6, "?") && !strings.HasSuffix(q6, "؟") && !strings.HasSuffix(q6, "？") {
				t.Errorf("the joke lost its question mark in %s: %q", c, q6)
			}
		}
	})
	check("c-49", func(t *testing.T) {
		for _, e := range p.Entities {
			if e.Kind.Is("person") && strings.Contains(strings.ToLower(e.Name[en]), "interpreter") {
				t.Errorf("%s could be asked for by name", e.ID)
			}
		}
		if v := value("xi-reply-via-interpreter", "way"); v.Entity != nil {
			t.Error("the interpreter is an entity")
		}
	})
	check("c-50", func(t *testing.T) {
		for _, f := range p.Facts {
			asks := slices.ContainsFunc(f.Relation.Fields, func(x content.Field) bool { return x.Ask != nil })
			if asks && !slices.Contains(sheet, f.Name) { // what is only matched restates facts of the sheet
				t.Errorf("%s is no fact of the sheet", f.Name)
			}
		}
		for _, name := range sheet {
			if p.Fact(name) == nil && !slices.Contains(notAsked, name) {
				t.Errorf("%s is missing and not explained in README.md", name)
			}
		}
		unanswerable := regexp.MustCompile(`(?i)weekday|what time|museum|state visit|exchange rate between|which model|what colou?r|how tall|inkstone|nationality|who won`)
		for _, s := range sentences(p) {
			if s.lang == en && unanswerable.MatchString(s.text) {
				t.Errorf("%s asks for what the article leaves out: %q", s.fact.Name, s.text)
			}
		}
	})
}
