package content_test

import (
	"slices"
	"testing"

	"summitquiz/content"
	"summitquiz/content/language"
)

// world is a pack for asking what is true.
const world = `
pack: world
languages: [en]
title: The world
entities:
  europe: {kind: continent, name: Europe}
  africa: {kind: continent, name: Africa}
  asia: {kind: continent, name: Asia}
  france: {kind: country, name: France, in: europe}
  spain: {kind: country, name: Spain, in: europe}
  egypt: {kind: country, name: Egypt}
  island: {kind: country, name: Island}
  normandy: {kind: region, name: Normandy, in: france}
  paris: {kind: city, name: Paris, in: france}
  rouen: {kind: city, name: Rouen, in: normandy}
  madrid: {kind: city, name: Madrid, in: spain}
  fair: {kind: event, name: fair, the: true}
  pact: {kind: agreement, name: pact, the: true}
  loan: {kind: agreement, name: loan, the: true}
  french: {kind: language, name: French}
  german: {kind: language, name: German}
facts:
  - {id: france-capital, capital: {country: france, city: paris}}
  - {id: spain-capital, capital: {country: spain, city: madrid}}
  - {id: france-europe, continent: {country: france, continent: europe}}
  - {id: egypt-africa, continent: {country: egypt, continent: [africa, asia]}}
  - {id: border, borders: {country: france, neighbour: spain}}
  - {id: border-south, borders: {country: spain, neighbour: island}}
  - {id: people-then, population: {place: france, number: 60 million}, as-of: 2000}
  - {id: people-now, population: {place: france, number: 68 million}, as-of: 2024}
  - {id: fair-place, held-in: {event: fair, place: rouen}}
  - {id: fair-day, held-on: {event: fair, day: 2025-11-01}}
  - {id: pact-term, lasts: {what: pact, duration: 1 year}, disputed: {duration: 2 years}}
  - {id: loan-sum, worth: {what: loan, amount: 70 trillion KRW}, same-as: {amount: 48.9 billion USD}, also-true: {amount: 400 billion CNY}}
  - {id: france-french, official-language: {country: france, language: french}}
`

func worldPack(t *testing.T) *content.Pack {
	t.Helper()
	p, err := content.Parse([]byte(world), content.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// amount is a value as it would stand in a field of the given type.
func amount(t content.Type, coef int64, exp int32, unit string) content.Value {
	return content.Value{Type: t, Amount: language.Amount{Number: language.Decimal{Coef: coef, Exp: exp}, Unit: language.UnitNamed(unit)}}
}

func day(y int16, m, d int8) content.Value {
	return content.Value{Type: content.DateValue, Date: language.Date{Year: y, Month: m, Day: d}}
}

func TestWhatAPackMakesTrueAndFalse(t *testing.T) {
	p := worldPack(t)
	entity := func(id string) content.Value { return content.Value{Type: content.EntityValue, Entity: p.Entity(id)} }
	const (
		yes     = "true"
		no      = "false"
		unknown = "unknown"
	)
	for _, c := range []struct {
		name  string
		fact  string
		field int
		value content.Value
		want  string
	}{
		{"the capital itself", "france-capital", 1, entity("paris"), yes},
		{"another country's capital", "france-capital", 1, entity("madrid"), no},
		{"another city", "france-capital", 1, entity("rouen"), no},
		{"the country of a capital", "spain-capital", 0, entity("france"), no},
		{"a continent listed second", "egypt-africa", 1, entity("asia"), yes},
		{"a continent not listed", "egypt-africa", 1, entity("europe"), no},
		{"a country whose continent is another", "france-europe", 0, entity("egypt"), no},
		{"a country whose continent the pack does not give", "france-europe", 0, entity("island"), unknown},
		{"a neighbour", "border", 1, entity("spain"), yes},
		{"a neighbour asked the other way round", "border", 0, entity("france"), yes},
		{"a neighbour that another fact names the other way round", "border-south", 1, entity("france"), yes},
		{"a neighbour's neighbour", "border", 1, entity("island"), no},
		{"what was true at another time", "people-now", 1, amount(content.IntegerValue, 60, 6, ""), yes},
		{"what was never true", "people-now", 1, amount(content.IntegerValue, 64, 6, ""), no},
		{"no neighbour", "border", 1, entity("egypt"), no},
		{"the city of an event", "fair-place", 1, entity("rouen"), yes},
		{"the region around it", "fair-place", 1, entity("normandy"), yes},
		{"the country around that", "fair-place", 1, entity("france"), yes},
		{"another city of the country", "fair-place", 1, entity("paris"), no},
		{"the day", "fair-day", 1, day(2025, 11, 1), yes},
		{"the month of the day", "fair-day", 1, day(2025, 11, 0), yes},
		{"the year of the day", "fair-day", 1, day(2025, 0, 0), yes},
		{"the next day", "fair-day", 1, day(2025, 11, 2), no},
		{"another year", "fair-day", 1, day(2024, 0, 0), no},
		{"the same term in months", "pact-term", 1, amount(content.DurationValue, 12, 0, "months"), yes},
		{"another term", "pact-term", 1, amount(content.DurationValue, 13, 0, "months"), no},
		{"a disputed term", "pact-term", 1, amount(content.DurationValue, 24, 0, "months"), unknown},
		{"the sum", "loan-sum", 1, amount(content.MoneyValue, 7, 13, "KRW"), yes},
		{"the sum in dollars", "loan-sum", 1, amount(content.MoneyValue, 489, 8, "USD"), yes},
		{"what is also true of it", "loan-sum", 1, amount(content.MoneyValue, 4, 11, "CNY"), yes},
		{"the digits at another scale", "loan-sum", 1, amount(content.MoneyValue, 7, 10, "KRW"), no},
		{"the other agreement", "loan-sum", 0, entity("pact"), unknown},
		{"an official language", "france-french", 1, entity("french"), yes},
		{"another language", "france-french", 1, entity("german"), no},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := p.Fact(c.fact)
			got := unknown
			switch isTrue, isFalse := p.True(f, c.field, c.value), p.False(f, c.field, c.value); {
			case isTrue && isFalse:
				got = "both"
			case isTrue:
				got = yes
			case isFalse:
				got = no
			}
			if got != c.want {
				t.Errorf("%s = %s, want %s", c.name, got, c.want)
			}
		})
	}
}

func TestLookups(t *testing.T) {
	p := worldPack(t)
	france := content.Value{Type: content.EntityValue, Entity: p.Entity("france")}
	names := func(facts []*content.Fact) (out []string) {
		for _, f := range facts {
			out = append(out, f.Name)
		}
		return out
	}
	check := func(what string, got, want []string) {
		t.Helper()
		if !slices.Equal(got, want) {
			t.Errorf("%s = %v, want %v", what, got, want)
		}
	}
	capital := p.Relation("capital")
	check("facts of capital", names(p.FactsOf(capital)), []string{"france-capital", "spain-capital"})
	check("capital with France", names(p.FactsWith(capital, 0, france)), []string{"france-capital"})
	check("capital with France as a city", names(p.FactsWith(capital, 1, france)), nil)
	about := names(p.FactsAbout(france))
	slices.Sort(about)
	check("facts about France", about, []string{"border", "france-capital", "france-europe", "france-french", "people-now", "people-then"})
	check("facts of a relation that is not used", names(p.FactsOf(content.Library()[0])), nil)

	var places []string
	for _, e := range p.EntitiesOf("place") {
		places = append(places, e.ID)
	}
	if len(places) != 11 || places[0] != "europe" || places[10] != "madrid" {
		t.Errorf("places = %v", places)
	}
	if p.Entity("nobody") != nil || p.Fact("nothing") != nil || p.Relation("signed") != nil || p.FactByID("other/border") != nil {
		t.Error("something is found that is not there")
	}
	if !p.Within(p.Entity("rouen"), p.Entity("europe")) || p.Within(p.Entity("france"), p.Entity("rouen")) {
		t.Error("containment does not lead through all levels, or leads down")
	}
}

func TestAFactStandsOnceAmongThoseAboutAValue(t *testing.T) {
	p := parse(t, head+"relations: {r: {fields: {a: integer, b: integer}, state: '{a} and {b}'}}\n"+
		"facts:\n  - {id: x, r: {a: 7, b: 7}}\n  - {id: y, r: {a: 3, b: 7}}\n  - {id: z, r: {a: 7, b: 3}}\n")
	var names []string
	for _, f := range p.FactsAbout(amount(content.IntegerValue, 7, 0, "")) {
		names = append(names, f.Name)
	}
	if !slices.Equal(names, []string{"x", "y", "z"}) {
		t.Errorf("facts about 7: %v", names)
	}
}

func TestTextsAreComposed(t *testing.T) {
	p := parse(t, head+"cards: [{ask: What?, answer: Cafe\u0301 \u1100\u1161}]\n")
	if got := p.Facts[0].Values[1][0].Words.Text.In(language.English); got != "Caf\u00e9 \uac00" {
		t.Errorf("%+q", got)
	}
}

func TestValuesAreEqualAcrossUnits(t *testing.T) {
	year, months := amount(content.DurationValue, 1, 0, "year"), amount(content.DurationValue, 12, 0, "month")
	if !year.Equal(months) || year.ID() != months.ID() {
		t.Error("a year is not twelve months")
	}
	if year.Equal(amount(content.DurationValue, 1, 0, "month")) || year.Equal(amount(content.IntegerValue, 1, 0, "")) {
		t.Error("a year is a month, or the number one")
	}
	if !amount(content.MoneyValue, 70, 12, "KRW").Equal(amount(content.MoneyValue, 7, 13, "KRW")) {
		t.Error("70 trillion is not 70 trillion")
	}
	if amount(content.OrdinalValue, 3, 0, "").Equal(amount(content.IntegerValue, 3, 0, "")) {
		t.Error("the third is three")
	}
	text := func(en, ko string) content.Value {
		return content.Value{Type: content.TextValue, Words: &content.Words{Text: language.Text{language.English: en, language.Korean: ko}}}
	}
	if !text("a", "b").Equal(text("a", "b")) || text("a", "b").Equal(text("ab", "")) {
		t.Error("texts are not compared language by language")
	}
}
