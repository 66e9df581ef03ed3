package packs_test

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/generate"
)

// seeds is how many seeds each item of the summit is sample with.
const seeds = 40

// sample is one item as players of each language see it.
type sample struct {
	item  quiz.Item
	views [language.Count]quiz.View
}

var drawSummit = sync.OnceValues(func() ([]sample, error) {
	p, err := loadSummit()
	if err != nil {
		return nil, err
	}
	g := generate.New(p)
	var out []sample
	for _, id := range g.Items() {
		for seed := range uint64(seeds) {
			it, err := g.Draw(id, seed)
			if err != nil {
				return nil, err
			}
			d := sample{item: it}
			for _, c := range language.All() {
				d.views[c] = g.Render(it, c, plain)
			}
			out = append(out, d)
		}
	}
	return out, nil
})

// draws returns every item of the summit with every seed.
func draws(t *testing.T) []sample {
	t.Helper()
	out, err := drawSummit()
	if err != nil {
		t.Fatal(err)
	}
	if len(out) == 0 {
		t.Fatal("the summit pack makes no items")
	}
	return out
}

// wrong returns the values of an item that are offered as false.
func (d sample) wrong() []content.Value {
	it := &d.item
	if it.Kind == quiz.TrueFalse {
		if it.Key == 1 {
			return []content.Value{it.Value}
		}
		return nil
	}
	if it.Kind.Arranged() {
		return nil // its options are no values
	}
	var out []content.Value
	for i, o := range it.Options {
		if (i != it.Key) != (it.Kind == quiz.WhichNot) { // there the key is what is wrong
			out = append(out, o.Value)
		}
	}
	return out
}

// shows is all that is shown of an item before it is answered.
func (d sample) shows(c language.Code) string {
	v := &d.views[c]
	return v.Stem + "\n" + strings.Join(v.Clues, "\n") + "\n" + strings.Join(v.Options, "\n")
}

func ids(values []content.Value) []string {
	var out []string
	for _, v := range values {
		if v.Entity != nil {
			out = append(out, v.Entity.ID)
		}
	}
	return out
}

// The checks of the fact sheet that look at what players see.
func TestChecksOfTheFactSheetOnItems(t *testing.T) {
	p := summit(t)
	all := draws(t)
	of := func(t *testing.T, names ...string) []sample {
		t.Helper()
		var out []sample
		for _, d := range all {
			if slices.Contains(names, d.item.Fact.Name) {
				out = append(out, d)
			}
		}
		if len(out) == 0 {
			t.Fatalf("no items of %v", names)
		}
		return out
	}
	check := func(id string, f func(t *testing.T)) { t.Run(id, f) }

	check("c-02", func(t *testing.T) {
		for _, d := range of(t, "mou-count") {
			for _, v := range d.wrong() {
				if n := v.Amount.Number.String(); n == "6" || n == "7" || n == "70" {
					t.Errorf("%s offers %s as wrong", d.item.ID, n)
				}
			}
		}
	})
	check("c-05", func(t *testing.T) {
		for _, d := range of(t, "swap-amount-krw", "swap-amount-usd") {
			key := only(t, d.item.Fact, "amount").Amount
			for _, v := range d.wrong() {
				if v.Amount.Unit != key.Unit || v.Amount.Equal(key) {
					t.Errorf("%s offers %v beside %v", d.item.ID, v.Amount, key)
				}
			}
			if d.item.Kind != quiz.TrueFalse && d.item.Kind != quiz.Cloze {
				for c, unit := range each4("", "won dollars", "원화 달러", "韩元 美元") {
					if unit != "" && !slices.ContainsFunc(strings.Fields(unit), func(u string) bool { return strings.Contains(d.views[c].Stem, u) }) {
						t.Errorf("%s does not name the currency: %q", d.item.ID, d.views[c].Stem)
					}
				}
			}
		}
	})
	check("c-12", func(t *testing.T) {
		cite := in4("بحسب المقال", "according to the article", "기사에 따르면", "据报道")
		for _, d := range of(t, "gift-date") {
			for _, v := range d.wrong() {
				if v.Date == (language.Date{Year: 2025, Month: 11, Day: 1}) {
					t.Errorf("%s offers 1 November as wrong", d.item.ID)
				}
			}
			for c := range language.OwnCount {
				stem := strings.ToLower(d.views[c].Stem)
				if n := strings.Count(stem, cite[c]); n != 1 {
					t.Errorf("%s names its source %d times in %s: %q", d.item.ID, n, language.Code(c), d.views[c].Stem)
				}
				if !strings.Contains(d.views[c].Explanation, d.item.Fact.Note[c]) {
					t.Errorf("%s does not tell of the conflict in %s: %q", d.item.ID, language.Code(c), d.views[c].Explanation)
				}
			}
		}
	})
	check("c-13", func(t *testing.T) {
		numerals := regexp.MustCompile(`\b\d{1,2}[/.\-]\d{1,2}([/.\-]\d{2,4})?\b`)
		for _, d := range all {
			for c := range language.OwnCount {
				if m := numerals.FindString(d.shows(language.Code(c))); m != "" && !strings.HasPrefix(d.item.Fact.Name, "swap-amount") {
					t.Errorf("%s shows %s in %s", d.item.ID, m, language.Code(c))
				}
			}
		}
	})
	check("c-17", func(t *testing.T) {
		for _, d := range all {
			for c, names := range [language.Count][2]string{{"كوريا الجنوبية", "جمهورية كوريا"}, {"South Korea", "Republic of Korea"}, {"한국", "대한민국"}, {"韩国", "大韩民国"}} {
				if o := d.views[c].Options; slices.Contains(o, names[0]) && slices.Contains(o, names[1]) {
					t.Errorf("%s offers one country twice in %s: %v", d.item.ID, language.Code(c), o)
				}
			}
		}
	})
	check("c-21", func(t *testing.T) {
		for _, d := range all {
			if d.item.Kind == quiz.WhoSaid && strings.HasPrefix(d.item.Fact.Name, "xi-deepen") {
				t.Errorf("%s asks who said what nobody said", d.item.ID)
			}
		}
	})
	check("c-22", func(t *testing.T) {
		for _, d := range all {
			if d.item.Kind == quiz.WhoSaid && words(d.item.Fact) == (language.Text{}) {
				t.Errorf("%s asks who said something that is no quotation", d.item.ID)
			}
		}
	})
	check("c-23", func(t *testing.T) {
		label := in4("", "translated", "아랍어 기사", "译自阿拉伯语报道")
		for _, d := range all {
			w := words(d.item.Fact)
			for _, c := range []language.Code{en, ko, zh} {
				if w[c] != "" && !strings.Contains(d.shows(c), label[c]) {
					t.Errorf("%s does not say in %s that the words are translated: %q", d.item.ID, c, d.views[c].Stem)
				}
			}
		}
	})
	check("c-33", func(t *testing.T) {
		for _, d := range all {
			if v := &d.views[ar]; strings.Contains(d.shows(ar)+v.Explanation+strings.Join(v.Why, ""), "بحر الصين الصفراء") {
				t.Errorf("%s shows the article's slip", d.item.ID)
			}
		}
	})
	check("c-40", func(t *testing.T) {
		for _, d := range of(t, "both-love-go", "us-view-shared-by", "gifts-after-talks", "gifts-mood", "gift-date", "mou-signatories") {
			for _, v := range append(d.wrong(), d.item.Value) {
				if v.Entity != nil && v.Entity.Kind.Is("person") {
					t.Errorf("%s sets %s against the other leader in what both did", d.item.ID, v.Entity.ID)
				}
			}
		}
		for _, d := range of(t, "summit-participants") {
			if w := ids(d.wrong()); slices.Contains(w, "lee") || slices.Contains(w, "xi") {
				t.Errorf("%s offers one leader as wrong for the summit: %v", d.item.ID, w)
			}
		}
	})
	check("c-41", func(t *testing.T) {
		sets := map[string][]string{ // of these none is wrong where another is right
			"mou-fraud-targets":   {"voice-phishing", "online-fraud"},
			"gift-phones":         {"phones", "treasures", "tea-set"},
			"gift-four-treasures": {"phones", "treasures", "tea-set"},
			"gift-go-board":       {"go-board", "tray", "teapot", "creams", "cups"},
			"gift-lacquer-tray":   {"go-board", "tray", "teapot", "creams", "cups"},
			"gift-teapot-peng":    {"teapot", "creams", "cups", "go-board", "tray"},
			"gift-creams-peng":    {"teapot", "creams", "cups", "go-board", "tray"},
			"teapot-cups":         {"cups", "creams"},
		}
		for name, members := range sets {
			for _, d := range of(t, name) {
				for _, id := range ids(d.wrong()) {
					if slices.Contains(members, id) {
						t.Errorf("%s offers %s as wrong", d.item.ID, id)
					}
				}
			}
		}
		for _, group := range [][]string{{"issue-hanwha", "issue-steel"}, {"lee-hope-communication", "lee-hope-conditions"}, {"mou-trade-topic", "mou-fraud-topic"}} {
			for _, d := range of(t, group...) {
				for _, name := range group {
					f := p.Fact(name)
					for i, vs := range f.Values {
						for _, v := range d.wrong() {
							if v.Words != nil && f.Relation.Fields[i].Type == content.TextValue && v.Equal(vs[0]) {
								t.Errorf("%s offers what %s says as wrong", d.item.ID, name)
							}
						}
					}
				}
			}
		}
		for _, d := range of(t, "coop-emphasis", "talks-focus") {
			for _, v := range d.wrong() {
				if low := strings.ToLower(v.Words.Text[en]); strings.Contains(low, "peace") || strings.Contains(low, "nuclear") {
					t.Errorf("%s offers an aim of both sides as wrong: %s", d.item.ID, low)
				}
			}
		}
	})
	check("c-42", func(t *testing.T) {
		banned := [language.Count][]string{
			{"تجارة الخدمات", "الورنيش", "بنك كوريا", "بنك الشعب الصيني"},
			{"services trade", "silver economy", "start-ups", "persimmon", "THAAD", "rare earths", "submarine", "West Sea", "East Sea", "Bohai",
				"Republic of Korea", "DPRK", "museum", "artificial intelligence", "bread", "eye cream", "silver cups", "jade", "inkstone", "LG", "Samsung Display",
				"kaya", "varnish", "mother-of-pearl", "baduk", "weiqi", "exquisite", "very nice", "applause", "complete restoration", "Bank of Korea", "national-interest"},
			{"황해", "동해", "조선", "대한민국", "나전", "한국은행", "전면 복원", "국익"},
			{"北韩", "西海", "渤海", "大韩民国", "螺钿", "韩国银行", "完全恢复", "榧树"},
		}
		for _, d := range all {
			if len(d.item.Options) > 0 && (d.item.Key < 0 || d.item.Key >= len(d.item.Options)) {
				t.Fatalf("%s has no key", d.item.ID)
			}
			for _, v := range d.wrong() {
				if p.True(d.item.Fact, d.item.Field, v) || p.Barred(d.item.Fact, d.item.Field, v) {
					t.Errorf("%s offers as wrong what is true or disputed: %v", d.item.ID, v)
				}
				for c := range language.OwnCount {
					a := p.Arg(language.Code(c), v)
					shown := string(language.AppendArg(nil, language.Code(c), &a, plain))
					for _, b := range banned[c] {
						if language.Contains(language.Code(c), shown, b) {
							t.Errorf("%s offers %q as wrong, which is true in the world", d.item.ID, shown)
						}
					}
				}
			}
		}
	})
	check("c-43", func(t *testing.T) {
		n := 0
		for _, d := range all {
			if d.item.Kind == quiz.TrueFalse && d.item.Key == 1 {
				n++
				if !p.False(d.item.Fact, d.item.Field, d.item.Value) {
					t.Errorf("%s calls false what is not known to be false: %q", d.item.ID, d.views[en].Stem)
				}
			}
		}
		if n == 0 {
			t.Error("no statement is false")
		}
	})
	check("c-47", func(t *testing.T) {
		for _, d := range all {
			if d.item.Kind != quiz.Cloze {
				continue
			}
			for c := range language.OwnCount {
				v, lang := &d.views[c], language.Code(c)
				if strings.Count(v.Stem, language.Blank(lang)) != 1 {
					t.Errorf("%s has not one blank in %s: %q", d.item.ID, lang, v.Stem)
				}
				if len(v.Accepts) == 0 || language.Contains(lang, v.Stem, v.Accepts[0]) {
					t.Errorf("%s shows its answer in %s: %q", d.item.ID, lang, v.Stem)
				}
			}
		}
	})
	check("c-50", func(t *testing.T) {
		for _, d := range all {
			for c := range language.OwnCount {
				if d.views[c].Stem == "" || d.views[c].Explanation == "" || d.views[c].Source == "" || d.views[c].Evidence == "" {
					t.Fatalf("%s lacks its stem, explanation, source or evidence in %s", d.item.ID, language.Code(c))
				}
			}
		}
	})
}

// The pack has to be wide: goal G8 of the question standards and the seed pack's promise of
// four different items for each fact, in at least six kinds.
func TestSummitCoverage(t *testing.T) {
	p := summit(t)
	if len(p.Facts) < 80 {
		t.Errorf("%d facts, want at least 80", len(p.Facts))
	}
	for _, c := range p.Languages.Codes() {
		items := map[quiz.ItemID]bool{}
		perFact := map[string]map[quiz.ItemID]bool{}
		kindsOf := map[string]map[quiz.Kind]bool{}
		kinds := map[quiz.Kind]int{}
		for _, d := range draws(t) {
			if d.views[c].Stem == "" || items[d.item.ID] {
				continue
			}
			name := d.item.Fact.Name
			if perFact[name] == nil {
				perFact[name], kindsOf[name] = map[quiz.ItemID]bool{}, map[quiz.Kind]bool{}
			}
			items[d.item.ID], perFact[name][d.item.ID], kindsOf[name][d.item.Kind] = true, true, true
			kinds[d.item.Kind]++
		}
		wide := 0
		for _, k := range kindsOf {
			if len(k) >= 3 {
				wide++
			}
		}
		facts := len(p.Facts)
		t.Logf("%s: %d items of %d of %d facts, %.2f a fact, kinds %v, %d facts with three kinds or more",
			c, len(items), len(perFact), facts, float64(len(items))/float64(facts), kinds, wide)
		if len(items) < 4*facts {
			t.Errorf("%s: %d items, want at least four for each of %d facts", c, len(items), facts)
		}
		if len(kinds) < 6 {
			t.Errorf("%s: %d kinds, want at least six", c, len(kinds))
		}
		if 100*len(perFact) < 95*facts {
			t.Errorf("%s: %d of %d facts yield a question, want 95 %%", c, len(perFact), facts)
		}
		if 100*wide < 60*facts {
			t.Errorf("%s: %d of %d facts yield three kinds, want 60 %%", c, wide, facts)
		}
	}
}

// The sheet's matrix says which kinds a fact cannot make fairly.
func TestSummitKeepsToTheMatrix(t *testing.T) {
	bars := map[quiz.Kind]string{
		quiz.Typed: `summit-first coop-emphasis mou-signatories mou-purpose gifts-after-talks gifts-mood lee-hope-communication
			lee-hope-conditions xi-policy-consistency talks-focus us-view-shared-by swap-renewed mou-trade-topic mou-trade-purpose
			mou-fraud-topic mou-fraud-targets issue-cultural wi-hanwha-condition resolve-by-communication tray-decoration teapot-cups
			restoration-means`,
		quiz.Cloze:  `mou-described-count issues-listed gift-phones-count`,
		quiz.Number: `summit-first`,
		quiz.WhoSaid: `summit-participants lee-positive-assessment lee-hope-dialogue xi-deepen-communication wi-office
			lee-asks-china-role gift-phones gift-four-treasures gift-go-board gift-lacquer-tray lee-laughed kim-first-lady`,
	}
	made := map[quiz.Kind]int{}
	for _, d := range draws(t) {
		made[d.item.Kind]++
		if slices.Contains(strings.Fields(bars[d.item.Kind]), d.item.Fact.Name) {
			t.Errorf("%s is made, and the matrix says no", d.item.ID)
		}
	}
	for kind := range bars {
		if made[kind] == 0 {
			t.Errorf("no %s at all", kind)
		}
	}
}

// What a machine can see of language and direction is right in everything that is shown.
func TestSummitReadsWell(t *testing.T) {
	p := summit(t)
	g := generate.New(p)
	for _, id := range g.Items() {
		for seed := range uint64(8) {
			it, err := g.Draw(id, seed)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range p.Languages.Codes() {
				for _, digits := range []language.Digits{language.European, language.ArabicIndic} {
					v := g.Render(it, c, language.Style{Digits: digits})
					for _, text := range append(append([]string{v.Stem, v.Explanation}, v.Options...), v.Why...) {
						if err := language.CheckDirection(c, text); err != nil {
							t.Errorf("%s in %s: %v: %q", id, c, err, text)
						}
						for _, slip := range generate.Fluency(c, text) {
							t.Errorf("%s in %s: %s at %q: %q", id, c, slip.Code, slip.Detail, text)
						}
					}
				}
			}
		}
	}
}
