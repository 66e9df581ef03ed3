package content_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"summitquiz/content"
	"summitquiz/content/language"
)

// fiveLines is the smallest useful pack.
const fiveLines = `pack: capitals
languages: [en]
title: Capitals
cards:
  - {ask: What is the capital of France?, answer: Paris, accept: [Lutetia], not: [Lyon, Nice, Lille]}
`

// rich uses most of the format.
const rich = `
pack: rich
version: 2.1.0
languages: [ar, en, ko, zh]
reviewed: [en]
title: {ar: قمة, en: A summit, ko: 정상회담, zh: 峰会}
cover: {ar: أخبار, en: News, ko: 뉴스, zh: 新闻}
kinds: {strait: sea}
sources:
  article:
    title: {ar: المقال, en: The article, ko: 기사, zh: 文章}
    cite: {ar: وفقًا للمقال, en: According to the article, ko: 기사에 따르면, zh: 据文章}
    language: en
    date: 2025-11-02
    url: https://example.org/summit
    inline: |
      The two sides renewed a swap of 70 trillion won.
      "You can check if there is a backdoor," he joked.
entities:
  korea: {kind: country, name: {ar: كوريا الجنوبية, en: South Korea, ko: 한국, zh: 韩国}, gender: f, aliases: {en: [Korea, ROK]}}
  gyeongju: {kind: city, name: {ar: كيونغجو, en: Gyeongju, ko: 경주, zh: 庆州}, in: korea, country: korea, near: [gwangju], near-names: {ko: [공주]}}
  seoul: {kind: city, name: {ar: سيول, en: Seoul, ko: 서울, zh: 首尔}, in: [korea]}
  summit: {kind: event, name: {ar: القمة, en: summit, ko: 정상회담, zh: 峰会}, gender: f, the: true}
  xi: {kind: person, name: {ar: شي جين بينغ, en: Xi Jinping, ko: 시진핑, zh: 习近平}, family: {en: Xi, zh: 习}, role: president, tags: [leader]}
  lee: {kind: person, name: {ar: لي جاي ميونغ, en: Lee Jae-myung, ko: 이재명, zh: 李在明}, role: president, country: korea}
  swap: {kind: agreement, name: {ar: مبادلة العملات, en: currency swap, ko: 통화 스와프, zh: 货币互换}, gender: f, the: true}
outside:
  gwangju: {kind: city, name: {ar: غوانغجو, en: Gwangju, ko: 광주, zh: 光州}, in: korea}
relations:
  hosted:
    fields: {city: {kind: city, truth: functional}, event: event, guests: {type: integer, min: 0, counted: {en: [guest, guests]}}}
    state:
      ar: "استضافت {city} {event} بحضور {guests}."
      en: "{city} hosted {event} with {guests} guests."
      ko: "{city}{은/는} {guests}명이 참석한 {event}{을/를} 개최했습니다."
      zh: "{city}主办了有{guests}人参加的{event}。"
    ask:
      city: {ar: "أيّ مدينة استضافت {event}؟", en: "Which city hosted {event}?", ko: "{event}{을/를} 개최한 도시는 어디입니까?", zh: "哪个城市主办了{event}？"}
      guests: {ar: "كم ضيفًا حضر {event}؟", en: "How many guests came to {event}?", ko: "{event}에 참석한 사람은 몇 명입니까?", zh: "{event}有多少人参加？"}
facts:
  - id: host
    hosted: {city: gyeongju, event: summit, guests: 120}
    not: {city: [gwangju, seoul]}
    prominence: headline
    ask: {guests: null}
  - id: swap-amount
    worth: {what: swap, amount: 70 trillion KRW}
    same-as: {amount: 48.9 billion USD}
    also-true: {amount: 400 billion CNY}
    evidence: {article: swap of 70 trillion won}
    as-of: 2025-11-01
    until: 2030-01-01
    note: {ar: جُددت, en: It was renewed., ko: 갱신되었습니다., zh: 已续签。}
  - id: swap-term
    lasts: {what: swap, duration: 5 years}
    not: {duration: [3 years, 7 years]}
    disputed: {duration: 4 years}
    skip: [true-false]
  - id: backdoor
    said:
      speaker: xi
      words:
        text: {ar: "يمكنك التحقق من وجود [باب خلفي]", en: "You can check if there is a [backdoor]", ko: "[백도어]가 있는지 확인해 보세요", zh: "你可以查查有没有[后门]"}
        accept: {en: [a back door]}
    evidence: {article: ['"You can check if there is a backdoor,"']}
    about: [xi, summit]
  - id: met
    met: {one: xi, other: lee}
    evidence: article
cards:
  - id: where
    ask: {ar: "في أيّ سنة؟", en: "In which year?", ko: "몇 년입니까?", zh: "哪一年？"}
    answer: 2025
    not: [2023, 2024]
`

func TestLoadReadsEverythingAnAuthorWrote(t *testing.T) {
	p, err := content.Parse([]byte(rich), content.Options{Space: "team"})
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range p.Warnings {
		t.Error(w)
	}
	if p.ID != "team:rich" || p.Version != "2.1.0" || p.Languages.Codes() == nil || !p.Reviewed.Has(language.English) || p.Reviewed.Has(language.Korean) {
		t.Errorf("header: %s %s %v %v", p.ID, p.Version, p.Languages, p.Reviewed)
	}
	host := p.Fact("host")
	if host == nil || host.ID != "team:rich/host" || p.FactByID("team:rich/host") != host {
		t.Fatalf("the fact host is not found by its names")
	}
	if host.Prominence != content.Headline || host.Asks(2) != nil || host.Asks(0) == nil {
		t.Errorf("host: prominence %v, asks for guests %v", host.Prominence, host.Asks(2))
	}
	if f := p.Entity("gwangju"); !f.Outside || p.Entity("gyeongju").Near[0] != f || p.Entity("gyeongju").NearBy[language.Korean][0] != "공주" {
		t.Errorf("near and outside entities are not as written")
	}
	quote := p.Fact("backdoor").Values[1][0]
	if b := quote.Words.Blanks[language.Korean]; len(b) != 1 || quote.Words.Text[language.Korean][b[0].Start:b[0].End] != "백도어" {
		t.Errorf("marked pieces: %v", b)
	}
	amount := p.Fact("swap-amount").Values[1][0].Amount
	if amount.Number != (language.Decimal{Coef: 7, Exp: 13}) || amount.LastDigit != 12 || amount.Unit != language.UnitNamed("KRW") {
		t.Errorf("70 trillion KRW = %+v", amount)
	}
	if year := p.Fact("where"); !year.Card || year.Relation.ID != content.CardDateRelation || year.Values[1][0].Date != (language.Date{Year: 2025}) {
		t.Errorf("the card: %+v", year)
	}
	if e := p.Fact("met").Evidence; len(e) != 1 || e[0].Source != p.Sources[0] || e[0].Quote != "" {
		t.Errorf("evidence that names only its source: %v", e)
	}
	if about := p.Fact("met").About; len(about) != 1 || about[0].ID != "xi" {
		t.Errorf("a fact is about its first entities by default, got %v", about)
	}
}

func TestSourceTextsBesideThePack(t *testing.T) {
	pack := func(name string) string {
		return "pack: a\nlanguages: [en]\ntitle: A\nsources: {s: {title: S, language: en, text: " + name + "}}\n" +
			"entities: {au: {kind: material, name: gold}}\nfacts:\n  - {id: gold, symbol: {what: au, symbol: Au}, evidence: {s: gold is Au}}\n"
	}
	files := func(name, text string) fstest.MapFS {
		return fstest.MapFS{"pack.yaml": {Data: []byte(pack(name))}, "s.txt": {Data: []byte(text)}}
	}
	first, err := content.Load(files("s.txt", "The sign of gold is Au."), content.Options{})
	if err != nil {
		t.Fatal(err)
	}
	second, err := content.Load(files("s.txt", "Indeed the sign of gold is Au."), content.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if first.Hash == second.Hash {
		t.Error("the hash does not cover the source text")
	}
	for name, want := range map[string]string{
		"missing":  "pack.yaml:4:45: there is no file t.txt beside the pack (put it there, or remove text:)",
		"tampered": "pack.yaml:7:71: the evidence is not in s (after \"gold is A\" the source has 'g' (U+0067), the evidence 'u' (U+0075); see the source at 1:22)",
		"not text": "s.txt:2:3: this byte is not UTF-8 (save the file as UTF-8)",
		"escaping": `pack.yaml:4:45: text: "../s.txt" leads out of the pack's folder (write the plain name of a file beside the pack)`,
	} {
		t.Run(name, func(t *testing.T) {
			fsys := map[string]fstest.MapFS{
				"missing":  files("t.txt", ""),
				"tampered": files("s.txt", "The sign of gold is Ag."),
				"not text": files("s.txt", "The sign of gold is Au.\nno\xffno"),
				"escaping": files("../s.txt", ""),
			}[name]
			_, err := content.Load(fsys, content.Options{})
			if err == nil || !strings.Contains(err.Error()+"\n", want+"\n") {
				t.Errorf("got\n%v\nwant\n%s", err, want)
			}
		})
	}
	if _, err := content.Parse([]byte(pack("s.txt")), content.Options{}); err == nil || !strings.Contains(err.Error(), "an upload is one file") {
		t.Errorf("an upload that names a file: %v", err)
	}
}

func TestAFileThatCannotBeReadIsNoProblemOfThePack(t *testing.T) {
	_, err := content.LoadFile("testdata/nowhere", content.Options{})
	if err == nil || content.Problems(err) != nil {
		t.Errorf("got %v with problems %v", err, content.Problems(err))
	}
}

func ExampleParse() {
	p, err := content.Parse([]byte(fiveLines), content.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	f := p.Facts[0]
	fmt.Println(p.Title.In(language.English), f.Values[1][0].Words.Text.In(language.English))
	// Output: Capitals Paris
}

func ExampleProblems() {
	_, err := content.Parse([]byte("pack: capitals\nlanguages: [en]\ntitel: Capitals\n"), content.Options{})
	for _, p := range content.Problems(err) {
		fmt.Println(p)
	}
	// Output:
	// pack.yaml:1:1: the pack has no title (add title: the title in lists)
	// pack.yaml:3:1: the pack has no key "titel" (did you mean title?)
}

func TestAReportStopsWhereNobodyReadsOn(t *testing.T) {
	text := head + "cards:\n" + strings.Repeat("  - {ask: What?}\n", 5000)
	_, err := content.Parse([]byte(text), content.Options{})
	list := content.Problems(err)
	if len(list) != 1001 {
		t.Fatalf("%d problems", len(list))
	}
	if last := list[1000].Error(); last != "pack.yaml: only the first 1000 problems are listed (fix these and check again)" {
		t.Error(last)
	}
}

// TestManyReadersShareAPack is for the race detector: a pack is only ever read.
func TestManyReadersShareAPack(t *testing.T) {
	p := parse(t, rich)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			walk(t, p)
		})
	}
	group.Wait()
}
