// Package contenttest makes packs for tests and benchmarks: any number of facts, of many
// shapes, in four languages, the same for the same seed. It promises that what it makes loads
// without an error; it refuses to be anything but test data: the names are syllables.
package contenttest

import (
	"fmt"
	"math/rand/v2"
	"strconv"
)

// Generate returns a pack with the given number of facts as YAML, written as people write it.
func Generate(facts int, seed uint64) []byte { return generated(facts, seed).yaml() }

// GenerateJSON returns the same pack as Generate, as JSON.
func GenerateJSON(facts int, seed uint64) []byte { return generated(facts, seed).json() }

// world is what the facts are about: groups of one person, city, country, company, event,
// agreement and so on, each group with a fact of every shape.
type world struct {
	rng   *rand.Rand
	names naming
	n     int // groups
	facts []node
}

// shapes make one fact each for group i. Numbers of groups and shapes give the facts.
var shapes = []func(w *world, i int) node{
	(*world).capital, (*world).population, (*world).area, (*world).foundedOn, (*world).headquarters,
	(*world).worth, (*world).lasts, (*world).said, (*world).bornOn, (*world).languages,
	(*world).borders, (*world).placed, (*world).count, (*world).memberOf, (*world).heldOn, (*world).bornIn,
}

func generated(facts int, seed uint64) node {
	w := &world{rng: rand.New(rand.NewPCG(seed, 1)), n: (facts + len(shapes) - 1) / len(shapes)}
	w.names = newNaming(w.n*kindsPerGroup+shared, seed)
	for k := 0; k < facts; k++ {
		w.facts = append(w.facts, shapes[k%len(shapes)](w, k/len(shapes)))
	}
	return mapping(
		"pack", word("generated"),
		"version", word("1.0.0"),
		"languages", list(word("ar"), word("en"), word("ko"), word("zh")),
		"title", texts("حزمة", "A generated pack", "만든 팩", "生成的题包"),
		"cover", texts("أسئلة", "Questions", "문제", "题目"),
		"sources", mapping("paper", mapping(
			"title", texts("الصحيفة", "The paper", "신문", "报纸"),
			"cite", texts("وفقًا للصحيفة", "According to the paper", "신문에 따르면", "据报纸报道"),
			"language", word("en"), "date", word("2025-11-02"), "inline", text(paper))),
		"entities", w.entities(),
		"relations", ownRelations,
		"facts", list(w.facts...),
	)
}

// paper is the source text; every evidence is one of its sentences.
const paper = "The first report came in the morning. The second one followed at noon. In the evening a third was read out. Nobody spoke of a fourth."

var evidence = []string{"The first report came in the morning.", "The second one followed at noon.", "In the evening a third was read out."}

var ownRelations = mapping("placed", mapping(
	"fields", mapping("runner", word("person"), "race", word("event"), "place", mapping("type", word("ordinal"), "truth", word("functional"))),
	"state", texts("حلّ {runner} في المركز {place} في {race}.", "{runner} came {place} in {race}.", "{runner}{은/는} {race}에서 {place}에 올랐습니다.", "{runner}在{race}中获得{place}。"),
	"ask", mapping(
		"place", texts("في أيّ مركز حلّ {runner} في {race}؟", "Where did {runner} come in {race}?", "{runner}{은/는} {race}에서 몇 위였습니까?", "{runner}在{race}中获得第几名？"),
		"runner", texts("من حلّ في المركز {place} في {race}؟", "Who came {place} in {race}?", "{race}에서 {place}에 오른 사람은 누구입니까?", "谁在{race}中获得{place}？"))))

// The kinds of entity of a group, and how many more all groups share.
const (
	person = iota
	city
	country
	company
	event
	agreement
	thing
	kindsPerGroup
	shared = 8 // 5 languages, 3 leagues
)

var kinds = [kindsPerGroup]string{"person", "city", "country", "company", "event", "agreement", "object"}

func id(kind, i int) node { return word(kinds[kind] + "-" + strconv.Itoa(i)) }

func (w *world) entities() node {
	var pairs []any
	for i := range w.n {
		for k, kind := range kinds {
			e := []any{"kind", word(kind), "name", w.names.text(i*kindsPerGroup + k + shared)}
			switch k {
			case person:
				e = append(e, "gender", word([]string{"m", "f"}[i%2]), "country", id(country, i), "role", word([]string{"runner", "writer", "minister"}[i%3]))
			case city:
				e = append(e, "in", list(id(country, i)))
			case country:
				e = append(e, "gender", word("f"), "tags", list(word("region-"+strconv.Itoa(i%7))))
			case company:
				e = append(e, "country", id(country, i))
			}
			if k == city && i > 0 && i%5 == 0 {
				e = append(e, "near", list(id(city, i-1)))
			}
			pairs = append(pairs, kind+"-"+strconv.Itoa(i), mapping(e...))
		}
	}
	for j := range shared {
		kind := "language"
		if j >= 5 {
			kind = "organisation"
		}
		pairs = append(pairs, fmt.Sprintf("%s-%d", kind, j), mapping("kind", word(kind), "name", w.names.text(j)))
	}
	return mapping(pairs...)
}

func (w *world) fact(name string, i int, relation string, fields node, more ...any) node {
	pairs := []any{"id", word(name + "-" + strconv.Itoa(i)), relation, fields}
	if w.rng.IntN(3) == 0 {
		pairs = append(pairs, "evidence", mapping("paper", text(evidence[w.rng.IntN(len(evidence))])))
	}
	if w.rng.IntN(10) == 0 {
		pairs = append(pairs, "prominence", word([]string{"lead", "headline"}[w.rng.IntN(2)]))
	}
	return mapping(append(pairs, more...)...)
}

func (w *world) capital(i int) node {
	return w.fact("capital", i, "capital", mapping("country", id(country, i), "city", id(city, i)))
}

func (w *world) population(i int) node {
	return w.fact("population", i, "population", mapping("place", id(city, i), "number", word(strconv.Itoa(w.significant(4, 7)))), "as-of", word("2024"))
}

func (w *world) area(i int) node {
	return w.fact("area", i, "area", mapping("place", id(country, i), "area", word(strconv.Itoa(w.significant(3, 6))+" km2")))
}

func (w *world) foundedOn(i int) node {
	return w.fact("founded", i, "founded-on", mapping("what", id(company, i), "day", word(strconv.Itoa(1850+w.rng.IntN(170)))))
}

func (w *world) headquarters(i int) node {
	return w.fact("headquarters", i, "headquarters", mapping("organisation", id(company, i), "city", id(city, w.rng.IntN(w.n))))
}

func (w *world) worth(i int) node {
	n := w.significant(2, 3)
	return w.fact("worth", i, "worth", mapping("what", id(company, i), "amount", word(fmt.Sprintf("%d billion KRW", n))),
		"same-as", mapping("amount", list(word(fmt.Sprintf("%d.%d million USD", n*3/4, n%10)))))
}

func (w *world) lasts(i int) node {
	return w.fact("lasts", i, "lasts", mapping("what", id(agreement, i), "duration", word(strconv.Itoa(2+w.rng.IntN(30))+[]string{" years", " months", " days"}[i%3])))
}

func (w *world) said(i int) node {
	a := w.names.text(i*kindsPerGroup + thing + shared)
	part := func(c string, pattern string) node { return text(fmt.Sprintf(pattern, a.get(c))) }
	return w.fact("said", i, "said", mapping("speaker", id(person, i), "words", mapping(
		"ar", part("ar", "رأينا [%s] في الصباح"), "en", part("en", "We saw [%s] in the morning"),
		"ko", part("ko", "우리는 아침에 [%s] 보았다"), "zh", part("zh", "我们早上看见了[%s]"))))
}

func (w *world) bornOn(i int) node {
	return w.fact("born", i, "born-on", mapping("person", id(person, i),
		"day", word(fmt.Sprintf("%d-%02d-%02d", 1930+w.rng.IntN(70), 1+w.rng.IntN(12), 1+w.rng.IntN(28)))))
}

func (w *world) languages(i int) node {
	first := w.rng.IntN(5)
	return w.fact("languages", i, "official-language", mapping("country", id(country, i),
		"language", list(word(fmt.Sprintf("language-%d", first)), word(fmt.Sprintf("language-%d", (first+1)%5)))))
}

// borders joins the countries in a row.
func (w *world) borders(i int) node {
	if i == 0 {
		return w.fact("born-city", 0, "located-in", mapping("what", id(thing, 0), "where", id(city, 0)))
	}
	return w.fact("border", i, "borders", mapping("country", id(country, i), "neighbour", id(country, i-1)))
}

func (w *world) placed(i int) node {
	return w.fact("placed", i, "placed", mapping("runner", id(person, i), "race", id(event, i), "place", word(strconv.Itoa(1+w.rng.IntN(12)))))
}

func (w *world) count(i int) node {
	n := 3 + w.rng.IntN(40)
	return w.fact("count", i, "count", mapping("group", id(thing, i), "number", word(strconv.Itoa(n))),
		"not", mapping("number", list(word(strconv.Itoa(n+1)), word(strconv.Itoa(n+2)))), "disputed", mapping("number", list(word(strconv.Itoa(n-1)))))
}

func (w *world) memberOf(i int) node {
	league := w.rng.IntN(3)
	return w.fact("member", i, "member-of", mapping("member", id(country, i), "group", word(fmt.Sprintf("organisation-%d", 5+league))),
		"not", mapping("group", list(word(fmt.Sprintf("organisation-%d", 5+(league+1)%3)))))
}

func (w *world) heldOn(i int) node {
	return w.fact("held", i, "held-on", mapping("event", id(event, i), "day", word(fmt.Sprintf("%d-%02d", 1990+w.rng.IntN(36), 1+w.rng.IntN(12)))))
}

func (w *world) bornIn(i int) node {
	return w.fact("born-in", i, "born-in", mapping("person", id(person, i), "place", id(city, w.rng.IntN(w.n))))
}

// significant returns a number of the given magnitude with two significant digits, as sources
// write large numbers.
func (w *world) significant(from, to int) int {
	n := 10 + w.rng.IntN(90)
	for range from + w.rng.IntN(to-from+1) - 2 {
		n *= 10
	}
	return n
}
