package content_test

import (
	"strings"
	"testing"

	"summitquiz/content"
)

// TestWarningsComeWithThePack: what is doubtful is said, and the pack still loads.
func TestWarningsComeWithThePack(t *testing.T) {
	for _, c := range []struct{ name, pack, want string }{
		{"an entity that no fact uses", head + "entities: {a: {kind: person, name: A}}\n" + enough,
			"p.yaml:4:12: note: no fact uses the entity a (use it, or remove it)"},
		{"a relation that no fact uses", head + "relations:\n  r: {fields: {a: text}, state: 'Say {a}'}\n" + enough,
			"p.yaml:5:3: note: no fact uses the relation r (use it, or remove it)"},
		{"a source without evidence", head + "sources: {s: {title: S}}\n" + enough,
			"p.yaml:4:11: note: no fact has evidence from s (give facts evidence:, or remove the source)"},
		{"an alias that is another's name", setting + "  - {id: a, capital: {country: fr, city: paris}}\n  - {id: b, met: {one: xi, other: yi}, about: [yi, es, gold, lyon]}\n  - {id: c, symbol: {what: gold, symbol: Au}, evidence: {s: Paris}, not: {what: oslo}, skip: true-false}\n",
			"p.yaml:5:3: warning: the alias xi of yi is the name of xi (en) (typed, it is ambiguous: remove it)"},
		{"two facts that say the same", setting + "  - {id: a, area: {place: fr, area: 1 km2}}\n  - {id: b, area: {place: fr, area: 1000000 m2}, about: [es, paris, lyon, gold, xi], evidence: {s: Paris}, not: {place: oslo}}\n",
			"p.yaml:17:19: warning: the facts a and b say the same (a is at line 16; remove one)"},
		{"two neighbours named both ways", setting + "  - {id: a, borders: {country: fr, neighbour: es}}\n  - {id: b, borders: {country: es, neighbour: fr}, about: [paris, lyon, gold, xi, oslo], evidence: s}\n",
			"p.yaml:17:22: warning: the facts a and b say the same (a is at line 16; remove one)"},
		{"countries that share neighbours", setting + "  - {id: a, borders: {country: fr, neighbour: [es, it]}}\n  - {id: b, borders: {country: es, neighbour: [fr, it]}, about: [paris, lyon, gold, xi, oslo], evidence: s}\n", ""},
		{"a title that was not translated", "pack: p\nlanguages: [en, ko]\ntitle: {en: The title, ko: The title}\ncards: [{ask: {en: What?, ko: 무엇?}, answer: A}]\n",
			"p.yaml:3:28: warning: the text for ko is not written in its script (translate it)"},
		{"a question that asks about nothing", head + strings.Replace(relation("{a} is {b}"), "state:", "ask: {b: 'What is it?'}\n    state:", 1),
			"p.yaml:7:14: warning: the question for {b} in en names no other field (it would be the same for every fact)"},
		{"a state that leaves a field out", head + relation("{a} is"),
			"p.yaml:7:12: warning: the sentence in en does not show {b} (state: uses every field)"},
		{"an open relation that could call false what is true in the world", setting + "  - {id: a, visited: {visitor: xi, place: fr}, not: {place: es}, about: [paris, lyon, gold], evidence: {s: Paris}}\n  - {id: b, visited: {visitor: xi, place: lyon}, not: {place: oslo}}\n",
			"p.yaml:16:5: warning: visited is open and has no frame, so it makes no true-false questions (add frame: with what the sentence holds for, such as According to the article)"},
		{"a frame on the fact", setting + "  - {id: a, visited: {visitor: xi, place: fr}, frame: On that day, not: {place: [es, oslo]}, about: [paris, lyon, gold], evidence: {s: Paris}}\n", ""},
		{"a question with a frame that its statement lacks", head + strings.Replace(relation("{a} is {b}"), "state:", "ask: {b: 'In the story, what is {a}?'}\n    state:", 1),
			"p.yaml:5:3: warning: the question for {b} in en begins with \"In the story\", and the statement does not say it (add frame: to the relation, say it in state: too, or write frame: stated)"},
		{"a question with a frame of its own and a statement that says it otherwise", head + strings.Replace(relation("{a} is {b} in the story"), "state:", "frame: stated\n    ask: {b: 'In the story, what is {a}?'}\n    state:", 1), ""},
		{"a no-break space in an answer", head + "cards: [{ask: What?, answer: \"New\u00a0York\"}]\n",
			"p.yaml:4:34: warning: no-break space U+00A0 (write a plain space)"},
		{"a Cyrillic letter in a Latin word", head + "cards: [{ask: What?, answer: Pаris}]\n",
			`p.yaml:4:31: warning: "Pаris" holds the letter 'а' (U+0430), which only looks like 'a' (type the word again in one script)`},
		{"a Greek sign that is meant", head + "cards: [{ask: What?, answer: 5 kΩ, not: [6 kΩ, β-blocker]}]\n", ""},
		{"a wrong answer in look-alike letters", head + "cards: [{ask: What?, answer: COP, not: [СОР, BAR]}]\n",
			"p.yaml:4:41: warning: not: СОР looks the same as the answer, but is written with other letters (type it again in one script, or remove it)"},
		{"two names in look-alike letters", head + "entities: {a: {kind: city, name: COP}, b: {kind: city, name: СОР, in: a}}\ncards: [{ask: What?, answer: A}]\n",
			"p.yaml:4:40: warning: the names of a and b look the same in en, but are written with other letters: СОР (type one of them again in one script)\np.yaml:4:40: note: no fact uses the entity b (use it, or remove it)"},
		{"a relation of the pack that the library has too", head + "entities: {fr: {kind: country, name: France}}\nrelations: {capital: {fields: {of: country, name: text}, state: '{of} has {name}'}}\nfacts: [{id: a, capital: {of: fr, name: Paris}}]\n",
			"p.yaml:5:13: note: capital is also a relation of the built-in library (the pack's own is used; choose another name to have both)"},
		{"an accepted wording of a number", head + "cards: [{ask: What?, answer: 7, accept: [seven]}]\n",
			"p.yaml:4:41: warning: accept: is not used for numbers and dates (put the answer in quotes to have it read as a text)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := c.pack
			if strings.Contains(text, "it]") {
				text = strings.Replace(text, "entities:\n", "entities:\n  it: {kind: country, name: Italy}\n", 1)
			}
			if strings.Contains(text, "yi") {
				text = strings.Replace(text, "entities:\n", "entities:\n  yi: {kind: person, name: Yi, aliases: xi}\n", 1)
			}
			p, err := content.Parse([]byte(text), content.Options{Name: "p.yaml"})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, w := range p.Warnings {
				got = append(got, w.Error())
			}
			if strings.Join(got, "\n") != c.want {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), c.want)
			}
		})
	}
}
