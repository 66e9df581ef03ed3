package packs_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/generate"
)

// What a reader sent back once, by language, as the kind that it is an example of. None of it may stand
// in anything that players see of the countries or of the summit.
var sentBack = [language.Count][]string{
	en: {
		`(?i)\bwho gave\b[^?]*\bfor [A-Z][^?]*\bbesides\b`, `\bbesides\b`, `(?i)^what .* gave that was`, `(?i)\bthe devices\b`, `(?i)\bthe tableware\b`,
		`(?i)in \w+'s reply, which country values`, `(?i)\bcounting the summits\b`, `(?i)^which country (is|borders|shares|belongs)\b`, `(?i)which country borders`,
		`(?is)translated from the Arabic.*translated from the Arabic[^.”]*\?`, `\b(gave|lists|describes) \d\b`, `(?i)\b1 (smart)?phone`,
		`(?i)^which summit\b.*\bdescribe`, `(?i)\btook place in\b.*\bindependence|independence of \S+ took place`, `(?i)^around which\b`,
	},
	ar: {
		`حتى تاريخ`, `^لأيّ دولة نطاق`, `^ممّ النقوش`, `بحبّ ماذا`, `على استيراد ماذا`, `ضد ماذا`, `^ما صفة`, `شاركا? الرأي بأن`, `عدد الهواتف هو`,
		`(^|\s)(إلى|على|في|من|عن|مع|بـ?|ل) ?ماذا`, `وقع (استقلال|نشر|إنجاز|اكتشاف)`, `هاتف ذكي 1|1 هاتف|2 هاتف`,
	},
	ko: {
		`함께한 것은 .*긴장`, `며칠에 열렸`, `서명한 양측은 누구`, `쟁반에 쓰인 재료`, `어떤 사람들이 쓰는`, `위한 \S+의 식기류`, `넓은 것부터`, `\d(대|가지|건)[를을]? `,
		`____(은|는|이|가|을|를|과|와) `,
	},
	zh: {
		`反应是发笑`, `伴随着什么`, `互赠礼物是哪一天进行`, `饰有什么纹饰`, `木雕礼物`, `MOU代表`, `介绍了内容的谅解备忘录`, `聚焦于为了`, `之间的?紧张缓和`,
		`(山|峰)的高度`, `查看围棋盘`, `赠送了\d`, `\d个敏感`,
	},
}

// What should stand there instead, each somewhere.
var rightSentences = [language.Count][]string{
	en: {
		"who gave Peng Liyuan nourishing creams as well as a teapot?", "Xi Jinping gave two smartphones.", "Lee Jae-myung's gifts to Peng Liyuan included a teapot.",
		"Which of these countries is in Asia?", "Name a country that shares a land border with Mongolia.", "Xi Jinping gave one smartphone.",
		"Which of Lee Jae-myung and Xi Jinping's summits is the article about?",
	},
	ar: {
		"في 1 يوليو 2024، كم بلغ عدد سكان", "ما الدولة التي نطاقها", "ممّ صُنعت", "ما اللعبة التي يُعرف كلا القائدين بحبها؟", "على استيرادها",
		"على التعاون ضد أيّ جرائم", "ممّ صُنع مقبض", "اتفق القائدان على أن", "أهدى شي جين بينغ هاتفًا ذكيًا واحدًا.",
	},
	ko: {
		"정상회담은 언제 열렸습니까?", "어느 두 나라입니까?", "무엇으로 마감", "누구용인지", "이재명이 펑리위안에게 선물한 것 중에는", "면적이 넓은 곳부터", "시진핑은 스마트폰 두 대를 선물했습니다.",
	},
	zh: {
		"谁发笑了？", "气氛如何？", "哪天互赠礼物", "纹饰用什么材料制成", "木制礼物", "MOU是", "报道介绍了其中两份谅解备忘录的内容", "聚焦于", "紧张局势缓和", "海拔", "端详", "习近平赠送了两部智能手机。",
	},
}

// shownTexts calls f with every text that players see of a pack, each item drawn with some seeds.
func shownTexts(t *testing.T, p *content.Pack, seeds uint64, f func(it *quiz.Item, c language.Code, texts []string)) {
	t.Helper()
	g := generate.New(p)
	for _, id := range g.Items() {
		for seed := range seeds {
			it, err := g.Draw(id, seed)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range p.Languages.Codes() {
				v := g.Render(it, c, language.Style{Plain: true})
				f(&it, c, slices.Concat([]string{v.Stem, v.Explanation}, strings.Split(v.Stem, "\n"), v.Options, v.Why, v.Clues))
			}
		}
	}
}

// TestNothingThatWasSentBack renders every item of two packs and looks for what a reader sent back, and
// for the right sentences in its place.
func TestNothingThatWasSentBack(t *testing.T) {
	var wrong [language.Count][]*regexp.Regexp
	for c, patterns := range sentBack {
		for _, s := range patterns {
			wrong[c] = append(wrong[c], regexp.MustCompile(s))
		}
	}
	missing := [language.Count]map[string]bool{}
	for c, sentences := range rightSentences {
		missing[c] = map[string]bool{}
		for _, s := range sentences {
			missing[c][s] = true
		}
	}
	told := 0
	for p, seeds := range map[*content.Pack]uint64{countries(t): 1, summit(t): 6} {
		shownTexts(t, p, seeds, func(it *quiz.Item, c language.Code, texts []string) {
			for _, text := range texts {
				text = language.StripIsolates(text)
				for _, re := range wrong[c] {
					if re.MatchString(text) {
						if told++; told < 20 {
							t.Errorf("%s in %s: %q was sent back (%s)", it.ID, c, text, re)
						}
					}
				}
				for s := range missing[c] {
					if strings.Contains(text, s) {
						delete(missing[c], s)
					}
				}
			}
		})
	}
	for c, left := range missing {
		for s := range left {
			t.Errorf("%s: %q stands nowhere", language.Code(c), s)
		}
	}
}

// TestGapsTellNoGender holds that no Arabic verb or pronoun beside a gap goes with what fills it, where
// the answer may have either gender.
func TestGapsTellNoGender(t *testing.T) {
	for _, p := range builtIn(t) {
		genders := map[*content.Kind]map[language.Gender]bool{}
		for _, e := range p.Entities {
			for k := e.Kind; k != nil; k = k.Parent {
				if genders[k] == nil {
					genders[k] = map[language.Gender]bool{}
				}
				genders[k][e.Gender] = true
			}
		}
		shownTexts(t, p, 1, func(it *quiz.Item, c language.Code, _ []string) {
			if c != ar || it.Kind != quiz.Cloze && it.Kind != quiz.WhoAmI || it.Value.Entity == nil || len(genders[it.Value.Entity.Kind]) < 2 {
				return
			}
			facts, fields := it.Facts, it.Fields
			if it.Kind == quiz.Cloze {
				facts, fields = []*content.Fact{it.Fact}, []int{it.Field}
			}
			for i, f := range facts {
				name := f.Relation.Fields[fields[i]].Name
				if agrees := regexp.MustCompile(`\{` + name + `, select, [^}]*f \{`); agrees.MatchString(f.States().Source[ar]) {
					t.Errorf("%s: the sentence of %s goes with the gender of the answer: %s", it.ID, f.Name, f.States().Source[ar])
				}
			}
		})
	}
}

// TestAreasInOneForm holds that the areas of one Korean item are all written out or all in 만.
func TestAreasInOneForm(t *testing.T) {
	scaled, plain := regexp.MustCompile(`\d만 km²`), regexp.MustCompile(`\d{3}km²`)
	shownTexts(t, countries(t), 2, func(it *quiz.Item, c language.Code, texts []string) {
		if all := strings.Join(texts, "\n"); c == ko && it.Kind != quiz.Choice && scaled.MatchString(all) && plain.MatchString(all) {
			t.Errorf("%s has areas of two forms: %q", it.ID, all)
		}
	})
}

// TestEvidenceOfTheSummitIsLongEnough holds the evidence of each fact against what proves it, as somebody
// found it in the article: fact, tab, the words of the article.
func TestEvidenceOfTheSummitIsLongEnough(t *testing.T) {
	file, err := os.ReadFile("testdata/summit-evidence.txt")
	if err != nil {
		t.Fatal(err)
	}
	p := summit(t)
	proofs := 0
	for line := range strings.Lines(string(file)) {
		name, proof, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		f := fact(t, p, name)
		if proofs++; !slices.ContainsFunc(f.Evidence, func(e content.Evidence) bool { return strings.Contains(e.Quote, proof) }) {
			t.Errorf("the evidence of %s does not hold %q", name, proof)
		}
	}
	if proofs < 90 {
		t.Errorf("%d proofs read", proofs)
	}
}
