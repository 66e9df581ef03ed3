package packs_test

import (
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/content/packs"
	"summitquiz/quiz"
	"summitquiz/quiz/generate"
)

var loadCountries = sync.OnceValues(func() (*content.Pack, error) {
	folder, err := fs.Sub(packs.FS(), "countries-of-the-world")
	if err != nil {
		return nil, err
	}
	return content.Load(folder, content.Options{})
})

// countries is the pack of the countries of the world.
func countries(t *testing.T) *content.Pack {
	t.Helper()
	p, err := loadCountries()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// given returns the ids of the entities that a fact names in a field.
func given(f *content.Fact, field int) []string {
	var ids []string
	for _, v := range f.Values[field] {
		ids = append(ids, v.Entity.ID)
	}
	return ids
}

// alsoTrue returns the ids of the entities that a fact lets pass in a field.
func alsoTrue(f *content.Fact, field int) []string {
	var ids []string
	for _, fv := range f.AlsoTrue {
		for _, v := range fv.Values {
			if fv.Field == field {
				ids = append(ids, v.Entity.ID)
			}
		}
	}
	return ids
}

func TestCountriesLoadWithoutAWarning(t *testing.T) {
	p := countries(t)
	for _, w := range p.Warnings {
		t.Error(w)
	}
	if len(p.Languages.Codes()) != language.OwnCount {
		t.Errorf("languages %v, want all", p.Languages.Codes())
	}
}

func TestCountriesAreAnotherWorld(t *testing.T) {
	p := countries(t)
	if len(p.Facts) < 250 {
		t.Errorf("%d facts, want 250", len(p.Facts))
	}
	first := summit(t)
	used := map[string]bool{}
	for _, r := range first.Relations {
		used[r.ID] = len(first.FactsOf(r)) > 0
	}
	fresh := 0
	for _, r := range p.Relations {
		if len(p.FactsOf(r)) > 0 && !used[r.ID] {
			fresh++
		}
	}
	if fresh < 6 {
		t.Errorf("%d relations that the summit pack does not use, want 6", fresh)
	}
	told := map[string]bool{}
	for _, f := range p.Facts {
		if v := f.Values[0][0]; v.Entity.Kind.Is("country") {
			told[v.Entity.ID] = true
		}
	}
	if len(told) < 48 {
		t.Errorf("facts about %d countries, want 48", len(told))
	}
	for _, e := range p.EntitiesOf("continent") {
		if n := len(p.FactsWith(p.Relation("continent"), 1, content.Value{Type: content.EntityValue, Entity: e})); n < 3 {
			t.Errorf("%d countries in %s, want 3", n, e.ID)
		}
	}
}

func TestNeighboursAreMutual(t *testing.T) {
	p := countries(t)
	lists := map[string]*content.Fact{}
	for _, f := range p.FactsOf(p.Relation("land-neighbours")) {
		lists[given(f, 0)[0]] = f
	}
	if len(lists) < 40 {
		t.Errorf("neighbours of %d countries, want 40", len(lists))
	}
	for id, f := range lists {
		for _, n := range given(f, 1) {
			if back := lists[n]; back != nil && !slices.Contains(given(back, 1), id) && !slices.Contains(alsoTrue(back, 1), id) {
				t.Errorf("%s borders %s, but %s does not border %s", id, n, n, id)
			}
		}
	}
}

// How many land neighbours a country has is in every atlas: a list with another length has a
// slip in it.
func TestNeighboursAreComplete(t *testing.T) {
	p := countries(t)
	for id, want := range map[string]int{
		"germany": 9, "austria": 8, "tanzania": 8, "turkiye": 8, "saudi-arabia": 7, "iran": 7, "poland": 7, "hungary": 7, "niger": 7,
		"ethiopia": 6, "iraq": 6, "south-africa": 6, "italy": 6, "switzerland": 5, "slovakia": 5, "colombia": 5, "peru": 5, "argentina": 5,
		"kenya": 5, "senegal": 5, "belgium": 4, "slovenia": 4, "greece": 4, "thailand": 4, "nigeria": 4, "norway": 3, "finland": 3,
		"vietnam": 3, "malaysia": 3, "mexico": 3, "chile": 3, "paraguay": 3, "mongolia": 2, "uruguay": 2, "portugal": 1, "south-korea": 1,
	} {
		facts := p.FactsWith(p.Relation("land-neighbours"), 0, entity(t, p, id))
		if len(facts) != 1 || len(facts[0].Values[1]) != want {
			t.Errorf("%s: want one fact with %d neighbours", id, want)
		}
	}
}

func TestWhatIsFalseOfACountryIsKnown(t *testing.T) {
	p := countries(t)
	for _, c := range []struct {
		fact  string
		field int
		value string
		false bool
	}{
		{"neighbours-namibia", 1, "mongolia", true},
		{"neighbours-namibia", 1, "angola", false},
		{"neighbours-namibia", 1, "zimbabwe", false}, // they come within sight of each other at the Zambezi
		{"neighbours-malaysia", 1, "singapore", false},
		{"neighbours-thailand", 0, "germany", true},
		{"neighbours-thailand", 0, "laos", false},
		{"neighbours-thailand", 0, "china", false}, // of China the pack gives no list
		{"neighbours-norway", 1, "russia", false},
		{"currency-egypt", 1, "dinar", true},
		{"currency-austria", 0, "finland", false}, // the euro is theirs as well
		{"currency-austria", 0, "poland", true},
		{"currency-austria", 0, "canada", false}, // of whose currency the pack says nothing
		{"languages-belgium", 1, "french", false},
		{"languages-belgium", 1, "english", true},
		{"languages-namibia", 1, "german", false}, // a national language there
		{"capital-australia", 1, "sydney", true},
		{"capital-australia", 0, "austria", true},
		{"continent-kenya", 0, "egypt", false}, // lies on two continents, so the pack does not place it
	} {
		f := fact(t, p, c.fact)
		if got := p.False(f, c.field, entity(t, p, c.value)); got != c.false {
			t.Errorf("%s: %s is false = %v, want %v", c.fact, c.value, got, c.false)
		}
	}
}

func TestEveryCapitalHasOneCountry(t *testing.T) {
	p := countries(t)
	seen := map[string]string{}
	for _, f := range p.FactsOf(p.Relation("capital")) {
		country, city := f.Values[0][0].Entity, f.Values[1][0].Entity
		if other := seen[city.ID]; other != "" {
			t.Errorf("%s is the capital of %s and %s", city.ID, other, country.ID)
		}
		seen[city.ID] = country.ID
		if !p.Within(city, country) {
			t.Errorf("%s is not in %s", city.ID, country.ID)
		}
		for _, not := range f.Not {
			for _, v := range not.Values {
				if !p.Within(v.Entity, country) {
					t.Errorf("%s is offered for %s, where it is not", v.Entity.ID, country.ID)
				}
			}
		}
	}
}

// "Egyptian pound" typed for the currency of Egypt is right and "British pound" is not, but
// both are the pound; so such names are never typed.
func TestSharedCurrencyNamesAreNotTyped(t *testing.T) {
	p := countries(t)
	rel := p.Relation("currency-name")
	for _, f := range p.FactsOf(rel) {
		money := f.Values[1][0]
		if money.Entity.ID != "euro" && len(p.FactsWith(rel, 1, money)) > 1 && !slices.Contains(f.Skip, "typed") {
			t.Errorf("%s may be typed, and so may another country's %s", f.Name, money.Entity.ID)
		}
	}
}

// Evidence is the row of a table. It must name the country and give the value of its fact.
func TestEvidenceGivesTheValue(t *testing.T) {
	p := countries(t)
	checked := map[string]int{}
	for _, f := range p.Facts {
		for _, e := range f.Evidence {
			if e.Quote == "" {
				continue // a source without a text
			}
			checked[f.Relation.ID]++
			country := strings.ReplaceAll(f.Values[0][0].Entity.Name[language.English], "’", "'")
			if !strings.Contains(e.Quote, country) {
				t.Errorf("%s: %q does not name %s", f.Name, e.Quote, country)
			}
			v := f.Values[1][0]
			want := ""
			switch v.Type {
			case content.TextValue:
				want = v.Words.Text[language.English]
			case content.DateValue:
				want = strconv.Itoa(int(v.Date.Year))
			case content.QuantityValue:
				want = string(language.AppendAmount(nil, language.English, v.Amount, &language.Form{Unit: true}, plain))
			default:
				arg := p.Arg(language.English, v)
				want = string(language.AppendArg(nil, language.English, &arg, plain))
			}
			if !strings.Contains(" "+e.Quote+" ", " "+want+" ") {
				t.Errorf("%s: %q does not give %s", f.Name, e.Quote, want)
			}
		}
	}
	for _, id := range []string{"population", "area", "joined-un", "internet-domain", "calling-code"} {
		if n := len(p.FactsOf(p.Relation(id))); checked[id] != n {
			t.Errorf("%s: %d of %d facts have evidence", id, checked[id], n)
		}
	}
}

func TestNumbersKeepToTheirBounds(t *testing.T) {
	p := countries(t)
	for _, f := range p.FactsOf(p.Relation("population")) {
		if n, ok := f.Values[1][0].Amount.Number.Int(); !ok || n < 300_000 || n > 1_500_000_000 {
			t.Errorf("%s: %d people", f.Name, n)
		}
		if f.AsOf != (language.Date{Year: 2024, Month: 7, Day: 1}) {
			t.Errorf("%s: as of %v", f.Name, f.AsOf)
		}
	}
	for _, f := range p.FactsOf(p.Relation("area")) {
		if n, ok := f.Values[1][0].Amount.Number.Int(); !ok || n < 10_000 || n > 10_000_000 {
			t.Errorf("%s: %d km²", f.Name, n)
		}
	}
	for _, f := range p.FactsOf(p.Relation("joined-un")) {
		if y := f.Values[1][0].Date.Year; y < 1945 || y > 2011 {
			t.Errorf("%s: %d", f.Name, y)
		}
	}
}

func TestEasilyConfusedCountriesKnowEachOther(t *testing.T) {
	p := countries(t)
	for _, pair := range [][2]string{
		{"austria", "australia"}, {"niger", "nigeria"}, {"slovakia", "slovenia"}, {"iran", "iraq"}, {"mali", "malawi"},
		{"south-korea", "north-korea"}, {"sudan", "south-sudan"}, {"sweden", "switzerland"}, {"paraguay", "uruguay"},
		{"gambia", "zambia"}, {"iceland", "ireland"}, {"guinea", "guinea-bissau"}, {"dakar", "dhaka"}, {"budapest", "bucharest"},
	} {
		a, b := p.Entity(pair[0]), p.Entity(pair[1])
		if a == nil || b == nil || !slices.Contains(a.Near, b) && !slices.Contains(b.Near, a) {
			t.Errorf("%s and %s are not near", pair[0], pair[1])
		}
	}
}

func TestTheTwoPacksMakeEveryKindOfItem(t *testing.T) {
	made := map[string]map[quiz.Kind]int{}
	for _, p := range []*content.Pack{summit(t), countries(t)} {
		kinds := map[quiz.Kind]int{}
		g := generate.New(p)
		for i, id := range g.Items() {
			it, err := g.Draw(id, uint64(i))
			if err != nil {
				t.Errorf("%s: %v", id, err)
				continue
			}
			kinds[it.Kind]++
		}
		made[p.Name] = kinds
	}
	for k := quiz.Kind(0); k < quiz.KindCount; k++ {
		if made["gyeongju-summit-2025"][k]+made["countries-of-the-world"][k] == 0 {
			t.Errorf("neither pack makes an item of kind %s", k)
		}
	}
	for _, k := range []quiz.Kind{quiz.Order, quiz.Match} {
		if n := made["countries-of-the-world"][k]; n < 100 {
			t.Errorf("%d items of kind %s, want 100", n, k)
		}
	}
}

func TestEveryCountryFactMakesItems(t *testing.T) {
	p := countries(t)
	g := generate.New(p)
	for _, f := range p.Facts {
		if len(g.Made(f)) == 0 {
			t.Errorf("%s makes no item", f.Name)
		}
	}
	if n := len(g.Items()); n < 4*len(p.Facts) {
		t.Errorf("%d items of %d facts, want four of each", n, len(p.Facts))
	}
}

// The names of countries and capitals are in every question: what the cover says is never one.
func TestTheCoverNamesNoPlace(t *testing.T) {
	p := countries(t)
	for _, e := range p.Entities {
		for _, c := range p.Languages.Codes() {
			for _, name := range append([]string{e.Name[c]}, e.Aliases[c]...) {
				if language.Contains(c, p.Cover[c], name) {
					t.Errorf("the cover in %s holds %q", c, name)
				}
			}
		}
	}
}

// Gender in Arabic, particles in Korean, articles and lists in English: as an editor would
// print them.
func TestCountriesRead(t *testing.T) {
	p := countries(t)
	for name, want := range map[string]language.Text{
		"continent-iraq":            in4("العراق دولة في آسيا.", "Iraq is in Asia.", "이라크는 아시아에 있습니다.", "伊拉克位于亚洲。"),
		"continent-philippines":     in4("الفلبين دولة في آسيا.", "The Philippines is in Asia.", "필리핀은 아시아에 있습니다.", "菲律宾位于亚洲。"),
		"neighbours-tunisia":        in4("لتونس حدود برية مع الجزائر وليبيا.", "Tunisia shares a land border with Algeria and Libya.", "튀니지와 국경을 맞댄 나라는 알제리와 리비아입니다.", "突尼斯在陆地上与阿尔及利亚和利比亚接壤。"),
		"neighbours-south-korea":    in4("لكوريا الجنوبية حدود برية مع كوريا الشمالية.", "South Korea shares a land border with North Korea.", "한국은 북한과 국경을 맞대고 있습니다.", "韩国在陆地上与朝鲜接壤。"),
		"neighbours-oman":           in4("لعُمان حدود برية مع السعودية والإمارات واليمن.", "Oman shares a land border with Saudi Arabia, the United Arab Emirates and Yemen.", "오만과 국경을 맞댄 나라는 사우디아라비아, 아랍에미리트, 예멘입니다.", "阿曼在陆地上与沙特阿拉伯、阿联酋和也门接壤。"),
		"currency-thailand":         in4("عملة تايلاند هي البات.", "The currency of Thailand is called the baht.", "태국의 통화 단위는 바트입니다.", "泰国的货币单位是铢。"),
		"languages-canada":          in4("اللغات الرسمية في كندا هي الإنجليزية والفرنسية.", "The official languages of Canada are English and French.", "캐나다의 공용어는 영어와 프랑스어입니다.", "加拿大的官方语言是英语和法语。"),
		"languages-brazil":          in4("من اللغات الرسمية في البرازيل اللغة البرتغالية.", "Portuguese is an official language of Brazil.", "포르투갈어는 브라질의 공용어입니다.", "葡萄牙语是巴西的官方语言。"),
		"area-mongolia":             in4("تبلغ مساحة منغوليا 1.56 مليون كيلومتر مربع.", "The area of Mongolia is 1.56 million km².", "몽골의 면적은 156만 km²입니다.", "蒙古的面积为156万平方公里。"),
		"population-japan":          in4("بلغ عدد سكان اليابان 124 مليون نسمة.", "Japan has a population of 124 million.", "일본의 인구는 1억 2400만 명입니다.", "日本的人口为1.24亿。"),
		"population-iceland":        in4("بلغ عدد سكان آيسلندا 393,000 نسمة.", "Iceland has a population of 393,000.", "아이슬란드의 인구는 393,000 명입니다.", "冰岛的人口为39.3万。"),
		"un-jordan":                 in4("انضم الأردن إلى الأمم المتحدة عام 1955.", "Jordan joined the United Nations in 1955.", "요르단은 1955년에 유엔에 가입했습니다.", "约旦于1955年加入联合国。"),
		"un-united-arab-emirates":   in4("انضمت الإمارات إلى الأمم المتحدة عام 1971.", "The United Arab Emirates joined the United Nations in 1971.", "아랍에미리트는 1971년에 유엔에 가입했습니다.", "阿联酋于1971年加入联合国。"),
		"domain-austria":            in4("نطاق الإنترنت الخاص بالنمسا هو .at.", "The internet domain of Austria is .at.", "오스트리아의 인터넷 국가 도메인은 .at입니다.", "奥地利的互联网国家域名是.at。"),
		"calling-code-saudi-arabia": in4("رمز الاتصال الدولي للسعودية هو +966.", "The international calling code of Saudi Arabia is +966.", "사우디아라비아의 국제전화 국가 번호는 +966입니다.", "沙特阿拉伯的国际电话区号是+966。"),
		"mountain-south-korea":      in4("أعلى جبل في كوريا الجنوبية هو جبل هالاسان.", "The highest mountain in South Korea is Hallasan.", "한국에서 가장 높은 산은 한라산입니다.", "韩国最高的山是汉拿山。"),
		"height-fuji":               in4("يبلغ ارتفاع جبل فوجي 3,776 مترًا.", "Mount Fuji is 3,776 m high.", "후지산의 높이는 3,776m입니다.", "富士山的海拔为3,776米。"),
		"capital-united-kingdom":    in4("عاصمة المملكة المتحدة هي لندن.", "The capital of the United Kingdom is London.", "영국의 수도는 런던입니다.", "英国的首都是伦敦。"),
		"currency-papua-new-guinea": in4("عملة بابوا غينيا الجديدة هي الكينا.", "The currency of Papua New Guinea is called the kina.", "파푸아뉴기니의 통화 단위는 키나입니다.", "巴布亚新几内亚的货币单位是基那。"),
	} {
		f := fact(t, p, name)
		for _, c := range p.Languages.Codes() {
			if got := states(p, f, c); got != want[c] {
				t.Errorf("%s in %s reads\n%q, want\n%q", name, c, got, want[c])
			}
		}
	}
}
