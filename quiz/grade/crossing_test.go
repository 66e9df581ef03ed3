package grade_test

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz/grade"
	"summitquiz/quiz/grade/answers"
)

var crossings = flag.Int("crossings", 20_000, "how many typed variants to grade against other keys")

// thing is a card of a generated pack with the ways to type its answer.
type thing struct {
	id, kind, ask, answer string
	lang                  language.Code
	ways                  func(r *rand.Rand) string
	same                  string // things of one kind with the same text here are equal
}

func pick(r *rand.Rand, from ...string) string { return from[r.IntN(len(from))] }

// chatter puts around an answer what people put there.
func chatter(r *rand.Rand, c language.Code, s string) string {
	if c == language.English {
		switch r.IntN(4) {
		case 0:
			s = strings.ToUpper(s)
		case 1:
			s = strings.ToLower(s)
		}
	}
	before := map[language.Code][]string{
		language.English: {"", "", "", "lol ", "i think it's ", "😂 ", "haha, ", "it's ", "**"}, language.Arabic: {"", "", "", "ههههه ", "أعتقد ", "😂 "},
		language.Korean: {"", "", "", "ㅋㅋ ", "정답은 ", "아마 "}, language.Chinese: {"", "", "", "哈哈，", "我觉得是", "是"},
	}
	after := map[language.Code][]string{
		language.English: {"", "", "", " lol", "!!!", " 😂", " haha", ".", " i think"}, language.Arabic: {"", "", "", " هههه", "!", " 😂"},
		language.Korean: {"", "", "", "ㅋㅋ", "요", "입니다", " ^^"}, language.Chinese: {"", "", "", "哈哈", "吧", "。", "😂"},
	}
	return pick(r, before[c]...) + s + pick(r, after[c]...)
}

const syllables = "ba be bo da de do fa fi ga go ka ki ko la li lo ma mi mo na ne no pa pi po ra ri ro sa se so ta te to va vi vo za ze zo"

// word makes a word of so many syllables that no word list knows.
func word(r *rand.Rand, n int) string {
	all := strings.Fields(syllables)
	var b strings.Builder
	for range n {
		b.WriteString(all[r.IntN(len(all))])
	}
	s := b.String() + pick(r, "x", "q", "zz", "rk")
	return strings.ToUpper(s[:1]) + s[1:]
}

var roman = []string{"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"}
var cardinal = strings.Fields("zero one two three four five six seven eight nine ten eleven twelve")
var ordinal = strings.Fields("zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth")

// things makes so many things of every kind.
func things(r *rand.Rand, each int) []thing {
	var out []thing
	add := func(t thing) {
		t.id = fmt.Sprintf("%s-%d", t.kind, len(out))
		out = append(out, t)
	}
	for i := range each {
		a, b := word(r, 3), word(r, 3)
		add(thing{kind: "pair", lang: language.English, ask: "Which book is it?", answer: a + " and " + b, same: a + b, ways: func(r *rand.Rand) string {
			return pick(r, "", "the ") + a + pick(r, " and ", " & ", " + ", "&", " und ") + b
		}})
		n := 1 + i%12
		king := word(r, 2)
		add(thing{kind: "king", lang: language.English, ask: "Which king was it?", answer: king + " " + roman[n], same: king + roman[n], ways: func(r *rand.Rand) string {
			return pick(r, "", "King ") + king + " " + pick(r, roman[n], strings.ToLower(roman[n]), strconv.Itoa(n), "the "+ordinal[n], cardinal[n])
		}})
		kingTwin := 1 + (n+r.IntN(10))%12
		if kingTwin != n {
			add(thing{kind: "king", lang: language.English, ask: "Which king was it?", answer: king + " " + roman[kingTwin], same: king + roman[kingTwin], ways: func(r *rand.Rand) string {
				return king + " " + pick(r, roman[kingTwin], strconv.Itoa(kingTwin), "the "+ordinal[kingTwin])
			}})
		}
		place := word(r, 2)
		short, full := "St", "Saint"
		switch i % 3 {
		case 1:
			short, full = "Mt", "Mount"
		case 2:
			short, full = "Ft", "Fort"
		}
		add(thing{kind: "place", lang: language.English, ask: "Where is it?", answer: full + " " + place, same: full + place,
			ways: func(r *rand.Rand) string { return pick(r, full, short, short+".") + " " + place }})
		band := word(r, 2)
		add(thing{kind: "band", lang: language.English, ask: "Which band sang it?", answer: "The " + band, same: band, ways: func(r *rand.Rand) string { return pick(r, "", "the ", "a ") + band }})
		noun := strings.ToLower(word(r, 2)) + "el"
		add(thing{kind: "noun", lang: language.English, ask: "What is it?", answer: noun, same: noun, ways: func(r *rand.Rand) string { return pick(r, "", "a ", "the ") + noun + pick(r, "", "s") }})
		x, y, z := strings.ToLower(word(r, 2)), strings.ToLower(word(r, 2)), strings.ToLower(word(r, 2))
		parts := []string{x, y, z}
		slices.Sort(parts)
		add(thing{kind: "list", lang: language.English, ask: "Which are they?", answer: x + ", " + y + " and " + z, same: strings.Join(parts, ","), ways: func(r *rand.Rand) string {
			p := []string{x, y, z}
			r.Shuffle(3, func(i, j int) { p[i], p[j] = p[j], p[i] })
			return p[0] + pick(r, ", ", " ", " and ") + p[1] + pick(r, ", ", " and ", " & ", " ") + p[2]
		}})
		out = append(out, numbers(r, i)...)
		out = append(out, eastern(r, i)...)
	}
	for i := range out {
		out[i].id = fmt.Sprintf("%s-%d", out[i].kind, i)
		out[i].ask = strings.TrimRight(out[i].ask, "?？؟") + " (" + word(r, 4) + ")?" // cards of one question share their answers
	}
	return out
}

// numbers makes counts, codes and measures.
func numbers(r *rand.Rand, i int) []thing {
	n := 2 + r.IntN(400)
	count := thing{kind: "count", lang: language.English, ask: "How many bones are there?", answer: strconv.Itoa(n), same: strconv.Itoa(n),
		ways: func(r *rand.Rand) string { return pick(r, "", "about ") + strconv.Itoa(n) + pick(r, "", " bones") }}
	code := fmt.Sprintf("%04d", r.IntN(10_000))
	lock := thing{kind: "code", lang: language.English, ask: "What is the code?", answer: strconv.Quote(code), same: code, ways: func(r *rand.Rand) string { return pick(r, "", "code ") + code }}
	call := strconv.Itoa(20 + r.IntN(900))
	phone := thing{kind: "calling", lang: language.English, ask: "What is the calling code?", answer: strconv.Quote("+" + call), same: call,
		ways: func(r *rand.Rand) string { return pick(r, "+", "00", "") + call }}
	units := [][]string{{"km", "kilometres", "km"}, {"kg", "kilograms", "kilos"}, {"ft", "feet", "foot"}, {"miles", "miles", "mi"}, {"m", "metres", "m"}, {"USD", "dollars", "USD"}, {"EUR", "euros", "EUR"}, {"lb", "pounds", "lbs"}, {"km/h", "kph", "km/h"}, {"mph", "mph", "miles per hour"}, {"°C", "degrees Celsius", "C"}, {"°F", "degrees Fahrenheit", "F"}}
	u := units[i%len(units)]
	m := 10 + r.IntN(900)
	measure := thing{kind: "measure", lang: language.English, ask: "How much is it?", answer: strconv.Itoa(m) + " " + u[0], same: strconv.Itoa(m) + u[0],
		ways: func(r *rand.Rand) string { return strconv.Itoa(m) + " " + pick(r, u...) }}
	return []thing{count, lock, phone, measure}
}

// eastern makes names in Arabic, Korean and Chinese.
func eastern(r *rand.Rand, i int) []thing {
	letters := func(from string, n int) string {
		all := []rune(from)
		var b strings.Builder
		for range n {
			b.WriteRune(all[r.IntN(len(all))])
		}
		return b.String()
	}
	a, b := letters("بتثجحخدرزسشصطعغفقكمن", 4), letters("بتثجحخدرزسشصطعغفقكمن", 4)
	arabic := thing{kind: "arabic", lang: language.Arabic, ask: "ما الكتاب؟", answer: "ال" + a + " وال" + b, same: a + " " + b, ways: func(r *rand.Rand) string {
		return pick(r, "ال"+a+" وال"+b, "ال"+a+" و ال"+b, a+" و"+b)
	}}
	n := 1 + i%9
	hangul := letters("가나다라마바사아자차카타파하거너더러머버서어저고노도로모보소", 3)
	digits, words := strconv.Itoa(n), string([]rune("일이삼사오육칠팔구")[n-1])
	korean := thing{kind: "korean", lang: language.Korean, ask: "어느 전쟁입니까?", answer: "제" + digits + "차 " + hangul + " 전쟁", same: digits + hangul, ways: func(r *rand.Rand) string {
		return pick(r, "제"+digits+"차 ", digits+"차 ", "제"+words+"차 ", "제 "+digits+"차 ") + hangul + pick(r, " ", "") + "전쟁"
	}}
	han := letters("山水火木土金石田林森河江湖海岛峰岭谷溪泉", 3)
	numeral := string([]rune("一二三四五六七八九")[n-1])
	chinese := thing{kind: "chinese", lang: language.Chinese, ask: "是哪次会议？", answer: "第" + numeral + "次" + han + "会议", same: numeral + han, ways: func(r *rand.Rand) string {
		return pick(r, "第"+numeral+"次", "第"+digits+"次") + han + pick(r, "会议", "會議")
	}}
	return []thing{arabic, korean, chinese}
}

// TestNothingPassesForAnother holds that what is typed for one thing, in all the ways that the
// rules of folding make, is right for it and for no other. It logs how often another thing was
// close.
func TestNothingPassesForAnother(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	all := things(r, 30)
	var b strings.Builder
	b.WriteString("pack: crossing\nlanguages: [ar, en, ko, zh]\ntitle: {ar: ت, en: T, ko: 티, zh: 题}\ncards:\n")
	for _, x := range all {
		fmt.Fprintf(&b, "  - {id: %s, ask: %q, answer: %s}\n", x.id, x.ask, yamlText(x.answer))
	}
	p, err := content.Parse([]byte(b.String()), content.Options{})
	if err != nil {
		t.Fatal(err)
	}
	g := answers.NewGrader(p)
	mark := func(x *thing, c language.Code, typed string) grade.Mark {
		v, err := g.Grade(x.id, c, typed)
		if err != nil {
			t.Fatal(err)
		}
		return v.Mark
	}
	kinds := map[string][]int{}
	for i := range all {
		kinds[all[i].kind] = append(kinds[all[i].kind], i)
	}
	table := map[string]map[grade.Mark]int{}
	for range *crossings {
		x := &all[r.IntN(len(all))]
		typed := chatter(r, x.lang, x.ways(r))
		if got := mark(x, x.lang, typed); got != grade.Right {
			t.Errorf("%q for %q is %s", typed, x.answer, got)
		}
		y := &all[r.IntN(len(all))]
		if r.IntN(4) > 0 { // mostly one of its kind, which is likelier to be taken for it
			y = &all[kinds[x.kind][r.IntN(len(kinds[x.kind]))]]
		}
		if x.kind == y.kind && x.same == y.same || equalNumbers(x, y) {
			continue
		}
		got := mark(y, x.lang, typed)
		name := x.kind + " for " + y.kind
		if table[name] == nil {
			table[name] = map[grade.Mark]int{}
		}
		table[name][got]++
		if got == grade.Right {
			t.Errorf("%q, which is %q, passes for %q", typed, x.answer, y.answer)
		}
	}
	for _, x := range slices.Sorted(maps.Keys(kinds)) {
		name := x + " for " + x
		t.Logf("%-20s %6d wrong %5d close %d right", name, table[name][grade.Wrong], table[name][grade.Close], table[name][grade.Right])
	}
}

// yamlText quotes an answer unless it is a number or quoted already.
func yamlText(s string) string {
	if s[0] == '"' || s[0] >= '0' && s[0] <= '9' {
		return s
	}
	return strconv.Quote(s)
}

// equalNumbers reports whether two things are numbers with the same digits, so that one rightly
// passes for the other: a bare 44 is the count 44 and the calling code +44.
func equalNumbers(x, y *thing) bool {
	numeric := map[string]bool{"count": true, "code": true, "calling": true}
	if !numeric[x.kind] || !numeric[y.kind] {
		return x.kind == "measure" && y.kind == "measure" && converts(x.answer, y.answer)
	}
	return strings.TrimLeft(x.same, "0") == strings.TrimLeft(y.same, "0")
}

// converts reports whether two amounts are equal to the nearest whole number of the second.
func converts(a, b string) bool {
	x, y := language.ReadAmount(language.Normalise(a)), language.ReadAmount(language.Normalise(b))
	n, ok := x[0].Units[0].Convert(x[0].Number, y[0].Units[0])
	if !ok {
		return false
	}
	off, ok := n.Sub(y[0].Number)
	if off.Coef < 0 {
		off.Coef = -off.Coef
	}
	return ok && off.Cmp(language.Decimal{Coef: 5, Exp: -1}) <= 0
}
