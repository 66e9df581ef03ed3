package content_test

import (
	"fmt"
	"strings"
	"testing"

	"summitquiz/content"
)

// A bad pack is given whole, or as what follows the head, or as a fact that follows the
// setting. Places are counted in the whole file.
const (
	head    = "pack: p\nlanguages: [en]\ntitle: T\n" // 3 lines
	setting = head + `entities:
  fr: {kind: country, name: France}
  es: {kind: country, name: Spain}
  paris: {kind: city, name: Paris, in: fr}
  lyon: {kind: city, name: Lyon, in: fr}
  gold: {kind: material, name: gold}
  xi: {kind: person, name: Xi}
outside:
  oslo: {kind: city, name: Oslo}
sources:
  s: {title: S, language: en, inline: The capital of France is Paris and nowhere else.}
facts:
` // 15 lines
	enough = "cards: [{ask: What?, answer: That}]\n"
)

var badPacks = []struct {
	name string
	pack string
	want string // every problem, one a line
}{
	{"a file that is too big", "#" + strings.Repeat("x", content.UploadLimit),
		`p.yaml:1:1: the pack is larger than 5 MiB (split it into several packs)`},
	{"more values than text", head + "cards: [" + strings.Repeat(",", 300000) + "]\n",
		`p.yaml:1:1: the file holds too many values for its size: about 300006, at most 95010 (split it into several packs)`},
	{"empty file", "",
		`p.yaml:1:1: the file is empty (begin with pack: and the pack's name)`},
	{"only a comment", "# nothing yet\n",
		`p.yaml:1:1: the file is empty (begin with pack: and the pack's name)`},
	{"a list instead of a pack", "- a\n- b\n",
		`p.yaml:1:1: a pack is a mapping (begin with pack: and the pack's name)`},
	{"a clue that names the answer", setting + "  - {id: a, known: {who: fr, thing: a long walk}, about: [es, xi, paris, lyon, gold, oslo], evidence: {s: Paris}}\n" +
		"relations: {known: {fields: {who: {kind: country, truth: functional}, thing: text}, state: 'FRANCE, that is {who}, has {thing}', ask: {who: 'Who is known for {thing}?'}}}\n",
		`p.yaml:16:5: a sentence of a names what it asks for: {who} is France (word it without the answer, or do not ask for it: ask: {who: null})`},
	{"a clue that names the answer in another language", "pack: p\nlanguages: [ar, en]\ntitle: {en: T, ar: عنوان}\nentities: {a: {kind: city, name: {en: Alexandria, ar: الإسكندرية}}}\nrelations:\n  r:\n    fields: {c: city, t: text}\n" +
		"    state: {en: '{c} has {t}', ar: 'في {c} {t}'}\n    ask: {c: {en: 'Which city has {t}?', ar: 'أيّ مدينة فيها {t} كما في الاسكندرية؟'}}\nfacts: [{id: x, r: {c: a, t: {en: a library, ar: مكتبة}}}]\n",
		`p.yaml:10:9: a sentence of x names what it asks for: {c} is الإسكندرية (word it without the answer, or do not ask for it: ask: {c: null})`},
	{"a clue that names an answer of two letters", "pack: p\nlanguages: [en]\ntitle: T\nentities: {i: {kind: city, name: Io}}\nrelations:\n  r:\n    fields: {c: city, t: text}\n" +
		"    state: '{c} has {t}'\n    ask: {c: 'Which moon, not unlike Io, has {t}?'}\nfacts: [{id: x, r: {c: i, t: lava}}]\n",
		`p.yaml:10:9: a sentence of x names what it asks for: {c} is Io (word it without the answer, or do not ask for it: ask: {c: null})`},
	{"a frame with a placeholder", setting + "  - {id: a, visited: {visitor: xi, place: fr}, frame: 'When {visitor} came', about: [es, paris, lyon, gold, oslo], evidence: {s: Paris}}\n",
		`p.yaml:16:62: unknown placeholder "visitor" (this message has no placeholders)`},
	{"a frame in one language of two", "pack: p\nlanguages: [en, ko]\ntitle: {en: T, ko: 제목}\nrelations:\n  r:\n    fields: {a: text}\n    state: {en: 'It is {a}', ko: '{a}입니다'}\n    frame: In the story\nfacts: [{id: x, r: {a: {en: red, ko: 빨강}}}]\n",
		`p.yaml:8:12: frame is written once, but the pack has 2 languages (write one per language: {en: …, ko: …}, or the word stated if the sentences name it themselves)`},
	{"a question that cites what its statement does not", head + "sources: {s: {title: S, cite: According to S}}\nrelations:\n  r:\n    fields: {a: text, b: text}\n    state: '{a} is {b}'\n    ask: {b: 'What, according to S, is {a}?'}\nfacts: [{id: x, r: {a: rose, b: red}, evidence: s}]\n",
		`p.yaml:6:3: the question for {b} in en says "According to S", and the statement does not (add frame: to the relation, or say it in state: too)`},
	{"broken YAML: bracket not closed", head + "cards: [{ask: What?, answer: That}\n",
		`p.yaml:5:1: this is not YAML: did not find expected ',' or ']' while parsing a flow sequence that begins at line 4 (close the bracket, and quote texts that hold a comma or a bracket)`},
	{"broken YAML: quotation mark not closed", head + "cover: \"The cover\n" + enough,
		`p.yaml:4:8: this is not YAML: the quotation mark is never closed (close it, or double it where it belongs to the text)`},
	{"broken YAML: a colon in a plain text", head + "cover: News: today\n" + enough,
		`p.yaml:4:12: this is not YAML: mapping values are not allowed in this context (put a text that holds a colon and a space in quotes)`},
	{"broken YAML: a tab for indentation", head + "sources:\n\ts: {title: S}\n",
		`p.yaml:5:1: this is not YAML: found character that cannot start any token while scanning for the next token (indent with spaces, not with tabs)`},
	{"broken YAML in several places, and other mistakes", head + `covr: C
entities:
  a: {kind: person, name: A
  b: {kind: persn, name: B}
  c: {kind: person, name: "C}
  d:
    kind: person
    name: D: the fourth
facts:
  - {id: one, met: {one: a, other: b}}
  - id: two
    met: {one: b, other: [d}
    skip: cloze
  - {id: three, met: {one: b}, untill: 2030}
  - {id: Four, met: {one: *b, other: c}}
cards:
- ask: What?
  answer: That: this
- ask: Who?
`,
		`p.yaml:4:1: the pack has no key "covr" (did you mean cover?)` + "\n" +
			`p.yaml:7:4: this is not YAML: did not find expected ',' or '}' while parsing a flow mapping that begins at line 6 (close the bracket, and quote texts that hold a comma or a bracket)` + "\n" +
			`p.yaml:7:13: unknown kind "persn" (did you mean person?)` + "\n" +
			`p.yaml:8:27: this is not YAML: the quotation mark is never closed (close it, or double it where it belongs to the text)` + "\n" +
			`p.yaml:11:12: this is not YAML: mapping values are not allowed in this context (put a text that holds a colon and a space in quotes)` + "\n" +
			`p.yaml:15:28: this is not YAML: did not find expected ',' or ']' while parsing a flow sequence (close the bracket, and quote texts that hold a comma or a bracket)` + "\n" +
			`p.yaml:17:22: met has no other (a fact fills every field of its relation)` + "\n" +
			`p.yaml:17:32: a fact has no key "untill" (did you mean until?)` + "\n" +
			`p.yaml:18:27: this is not YAML: unknown anchor 'b' referenced (write &name before the value that *name stands for)` + "\n" +
			`p.yaml:21:15: this is not YAML: mapping values are not allowed in this context (put a text that holds a colon and a space in quotes)` + "\n" +
			`p.yaml:22:3: the card has no answer (add answer: the right answer)`},
	{"JSON with something behind it", "{\"pack\": \"p\"}\nfoo: bar\n",
		`p.yaml:2:1: something follows the bracket that closes the pack (remove it)`},
	{"JSON that is not closed", "\n  {\"pack\": \"p\", \"languages\": [\"en\"\n",
		`p.yaml:3:1: this is not YAML: did not find expected ',' or ']' while parsing a flow sequence that begins at line 2 (close the bracket, and quote texts that hold a comma or a bracket)`},
	{"JSON with a mistake on its first line", "\n  {\"pack\": \"P\", \"languages\": [\"en\"],\n\"titel\": \"T\"}\n",
		`p.yaml:2:3: the pack has no title (add title: the title in lists)` + "\n" +
			`p.yaml:2:12: pack: "P" is not a valid id (an id is 1 to 64 of a-z, 0-9 and hyphens)` + "\n" +
			`p.yaml:3:1: the pack has no key "titel" (did you mean title?)`},
	{"two documents", head + enough + "---\n" + head + enough,
		`p.yaml:5:1: the file holds more than one YAML document (remove the --- and what follows, or make it a pack of its own)`},
	{"a YAML tag", head + "cover: !!str Cover\n" + enough,
		`p.yaml:4:8: the YAML tag !!str is not read (remove it, and quote the value if it is a text)`},
	{"a merge key", head + "entities:\n  a: &a {kind: person, name: A}\n  b: {<<: *a, name: B}\n" + enough,
		`p.yaml:6:6: b has no kind (add kind: person, city, country, company, event, object … or one from kinds:)` + "\n" +
			`p.yaml:6:7: merge keys (<<) are not read (write the keys out)`},
	{"an unknown anchor", head + "cover: *cover\n" + enough,
		`p.yaml:4:8: this is not YAML: unknown anchor 'cover' referenced (write &name before the value that *name stands for)`},
	{"an alias inside itself", head + "cards: &c [*c]\n",
		`p.yaml:4:12: *c contains itself (write the value out)`},
	{"an alias bomb", head + bomb,
		`p.yaml:10:45: aliases repeat more than 100000 values (write the values out, or fewer of them)`},
	{"deep nesting", head + "cards: " + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + "\n",
		`p.yaml:4:32: values are nested deeper than 24 levels (a pack needs no more than 8)`},
	{"deep blocks", head + "cards:\n" + stairs(200),
		`p.yaml:28:26: values are nested deeper than 24 levels (a pack needs no more than 8)`},
	{"NUL", head + "cover: Co\x00ver\n" + enough,
		`p.yaml:4:10: control character U+0000 (remove it)`},
	{"control characters", head + "cover: \aCo\x1bver\n" + enough,
		`p.yaml:4:8: control character U+0007 (remove it)` + "\n" +
			`p.yaml:4:11: control character U+001B (remove it)`},
	{"a bidi override", head + "cover: ab\u202Edc\n" + enough,
		`p.yaml:4:10: bidi override U+202E: text could read other than it is (remove it; direction is added where the text is shown)`},
	{"a bidi override as an escape", head + `cover: "ab\u202Edc"` + "\n" + enough,
		`p.yaml:4:11: cover holds bidi override U+202E: text could read other than it is (remove it; direction is added where the text is shown)`},
	{"an invisible character", head + "cover: 경\u200B주\n" + enough,
		`p.yaml:4:9: invisible character U+200B (remove it)`},
	{"invalid UTF-8", head + "cover: 경\xff주\n" + enough,
		`p.yaml:4:9: this byte is not UTF-8 (save the file as UTF-8)`},
	{"UTF-16", "\xff\xfep\x00a\x00",
		`p.yaml:1:1: the file is UTF-16 (save it as UTF-8)`},
	{"an empty text", head + "cover: ' '\n" + enough,
		`p.yaml:4:8: cover is empty (write a text or a mapping from language to text, or remove the key)`},
	{"an empty value", head + "cover:\n" + enough,
		`p.yaml:4:7: cover is empty (write a text or a mapping from language to text, or remove the key)`},
	{"a huge text", head + "cover: " + strings.Repeat("ab", 200) + "\n" + enough,
		`p.yaml:4:8: cover is 400 characters long (at most 200)`},
	{"wrong types", "pack: [p]\nlanguages: en\ntitle: [T]\nfacts: {a: b}\ncards: 7\n",
		`p.yaml:1:7: pack is a list (write an id)` + "\n" +
			`p.yaml:2:12: languages is a single value (write a list)` + "\n" +
			`p.yaml:3:8: title is a list (write a text or a mapping from language to text)` + "\n" +
			`p.yaml:4:8: facts is a mapping (write a list)` + "\n" +
			`p.yaml:5:8: cards is a single value (write a list)`},
	{"unknown keys", head + "covr: C\ncards: [{ask: What?, answer: That, acept: [This]}]\n",
		`p.yaml:4:1: the pack has no key "covr" (did you mean cover?)` + "\n" +
			`p.yaml:5:36: the card has no key "acept" (did you mean accept?)`},
	{"a key twice", head + "title: U\n" + enough,
		`p.yaml:4:1: "title" appears twice (first defined at line 3)`},
	{"an entity twice", head + "entities:\n  a: {kind: person, name: A}\n  a: {kind: person, name: B}\n" + enough,
		`p.yaml:6:3: "a" appears twice (first defined at line 5)`},
	{"an entity inside and outside", head + "entities: {a: {kind: person, name: A}}\noutside: {a: {kind: person, name: B}}\n" + enough,
		`p.yaml:5:11: the entity "a" is defined twice (first defined at line 4)`},
	{"a fact twice", setting + "  - {id: a, capital: {country: fr, city: paris}}\n  - {id: a, symbol: {what: gold, symbol: Au}}\n",
		`p.yaml:17:10: the fact "a" is defined twice (first defined at line 16)`},
	{"a question twice", head + "cards:\n  - {ask: What?, answer: That}\n  - {ask: What?, answer: This}\n",
		`p.yaml:6:5: this question appears twice (first at line 5)`},
	{"missing languages", "pack: p\nlanguages: [en, ko, zh]\ntitle: {en: T, ko: 제목}\ncards:\n  - {ask: What?, answer: {en: That, zh: 那}}\n",
		`p.yaml:3:8: title is missing in zh (every text needs each language that languages: lists)` + "\n" +
			`p.yaml:5:26: answer is missing in ko (every text needs each language that languages: lists)`},
	{"an unknown language", "pack: p\nlanguages: [en, kr]\ntitle: {en: T, eng: U}\n" + enough,
		`p.yaml:2:17: languages cannot be "kr" (write one of ar, en, ko, zh)` + "\n" +
			`p.yaml:3:16: "eng" is not a supported language (did you mean en?)`},
	{"a language that is not listed", head + "cover: {en: C, ko: 표지}\ncards: 7\n",
		`p.yaml:4:16: warning: cover has a text in ko, which languages: does not list (list the language or remove the text)` + "\n" +
			`p.yaml:5:8: cards is a single value (write a list)`},
	{"an unknown kind", head + "entities: {a: {kind: persn, name: A}, b: {kind: planet, name: B}}\n" + enough,
		`p.yaml:4:22: unknown kind "persn" (did you mean person?)` + "\n" +
			`p.yaml:4:49: unknown kind "planet" (did you mean place?)`},
	{"kinds in a circle", head + "kinds: {a: b, b: a, city: place, c: plase}\n" + enough,
		`p.yaml:4:9: the kind a is above itself (kinds form a tree: end it at a built-in kind)` + "\n" +
			`p.yaml:4:21: city is a built-in kind (choose another name)` + "\n" +
			`p.yaml:4:37: unknown kind "plase" (did you mean place?)`},
	{"places in a circle", head + "entities:\n  a: {kind: city, name: A, in: b}\n  b: {kind: city, name: B, in: a}\n  c: {kind: city, name: C, in: c}\n" + enough,
		`p.yaml:6:3: in: b is in a, and so in itself (in: leads from smaller to larger)` + "\n" +
			`p.yaml:7:32: c names itself (remove it)`},
	{"near and in to nowhere", head + "entities: {ab: {kind: city, name: A, in: ac, near: [b], country: ab}}\n" + enough,
		`p.yaml:4:42: unknown entity "ac" (define it under entities:)` + "\n" +
			`p.yaml:4:53: unknown entity "b" (define it under entities:)` + "\n" +
			`p.yaml:4:66: ab is not a country (country: names an entity of kind country; for other places use in:)`},
	{"an unknown entity", setting + "  - {id: a, capital: {country: fr, city: pariss}}\n",
		`p.yaml:16:42: unknown entity "pariss" (did you mean paris?)`},
	{"an entity of another kind", setting + "  - {id: a, capital: {country: paris, city: fr}}\n",
		`p.yaml:16:32: paris is of kind city, and country takes country or region (name another entity, or another relation)` + "\n" +
			`p.yaml:16:45: fr is of kind country, and city takes city (name another entity, or another relation)`},
	{"an outside entity as a value", setting + "  - {id: a, capital: {country: fr, city: oslo}}\n",
		`p.yaml:16:42: oslo is an outside entity: it is only offered as false (use it in not:, or move it to entities:)`},
	{"an unknown relation", setting + "  - {id: a, capitol: {country: fr, city: paris}}\n  - {id: b, orbits: {what: gold}}\n",
		`p.yaml:16:13: unknown relation or key "capitol" (did you mean capital?)` + "\n" +
			`p.yaml:17:13: unknown relation or key "orbits" (define it under relations:)`},
	{"an unknown fact key", setting + "  - {id: a, capital: {country: fr, city: paris}, evidense: {s: Paris}}\n",
		`p.yaml:16:50: a fact has no key "evidense" (did you mean evidence?)`},
	{"a field unknown and a field missing", setting + "  - {id: a, capital: {country: fr, town: paris}}\n",
		`p.yaml:16:22: capital has no city (a fact fills every field of its relation)` + "\n" +
			`p.yaml:16:36: capital has no field "town" (write one of country, city)`},
	{"no relation, and two", setting + "  - {id: a, note: nothing}\n  - {id: b, capital: {country: fr, city: paris}, largest-city: {country: fr, city: paris}}\n",
		`p.yaml:16:5: the fact has no relation (add one, such as capital: {country: …, city: …})` + "\n" +
			`p.yaml:17:50: the fact has two relations, capital and largest-city (make it two facts)`},
	{"same-as beside the field", setting + "  - {id: a, worth: {what: gold, amount: 7 KRW, same-as: 8 USD}}\n",
		`p.yaml:16:48: worth has no field "same-as" (same-as: goes beside worth:, by field)`},
	{"wrong values", setting + "  - {id: a, worth: {what: gold, amount: 70 trilion KRW}}\n  - {id: b, worth: {what: gold, amount: 7 km2}}\n  - {id: c, area: {place: fr, area: 643801}}\n  - {id: d, count: {group: gold, number: 1.5}}\n  - {id: e, lasts: {what: gold, duration: 5 KRW}}\n  - {id: f, held-on: {event: xi, day: 2025-02-31}}\n  - {id: g, born-on: {person: xi, day: yesterday}}\n",
		`p.yaml:16:44: amount: unknown unit "trilion KRW" (did you mean trillion?)` + "\n" +
			`p.yaml:17:41: amount is an amount of money: km2 is not a currency (write a number with its currency, such as 70 trillion KRW)` + "\n" +
			`p.yaml:18:37: area: "643801" has no unit (write a number with its unit, such as 120 km2)` + "\n" +
			`p.yaml:19:42: number is an integer: "1.5" is not whole (write a whole number, such as 7)` + "\n" +
			`p.yaml:20:43: duration is a duration: KRW is not a unit of time (write a number with a unit of time, such as 5 years)` + "\n" +
			`p.yaml:21:30: xi is of kind person, and event takes event (name another entity, or another relation)` + "\n" +
			`p.yaml:21:39: day: there is no day 31 in month 02 of 2025 (write 2025-11-01, 2025-11 or 2025)` + "\n" +
			`p.yaml:22:40: day: "yesterday" is not a date (write 2025-11-01, 2025-11 or 2025)`},
	{"two values where one is true", setting + "  - {id: a, area: {place: fr, area: [1 km2, 2 km2]}}\n",
		`p.yaml:16:37: area has one true value, and 2 are given (keep one, or make the field's truth complete or open)`},
	{"a functional relation with two values", setting + "  - {id: a, area: {place: fr, area: 1 km2}}\n  - {id: b, area: {place: es, area: 2 km2}}\n  - {id: c, area: {place: fr, area: 3 km2}}\n",
		`p.yaml:18:37: area has one true value: c says 3 km2, but a says 1 km2 (a is at line 16; correct one, or give each its as-of:)`},
	{"a same-as that contradicts", setting + "  - {id: a, area: {place: fr, area: 1 km2}, same-as: {area: [2 km2, 1000000 m2, 7 m2]}}\n",
		`p.yaml:16:62: same-as contradicts the fact: 2 km2 is not 1 km2 (same-as gives the same value in another unit; for another true value use also-true:)` + "\n" +
			`p.yaml:16:81: same-as contradicts the fact: 7 m2 is not 1 km2 (same-as gives the same value in another unit; for another true value use also-true:)`},
	{"not: what is true", setting + "  - {id: a, capital: {country: fr, city: paris}, not: {city: [lyon, paris]}}\n  - {id: b, capital: {country: fr, city: lyon}}\n",
		`p.yaml:16:63: not: lyon is true, as the fact b at line 17 says (remove it, or correct the fact that makes it true)` + "\n" +
			`p.yaml:16:69: not: paris is true of this very fact (remove it, or correct the fact that makes it true)`},
	{"not: what contains it", setting + "  - {id: a, located-in: {what: xi, where: paris}, not: {where: [fr, es]}}\n",
		`p.yaml:16:65: not: fr is true: paris is in it (remove it, or correct the fact that makes it true)`},
	{"not: what is disputed or also true", setting + "  - {id: a, count: {group: gold, number: 7}, not: {number: [5, 6, 8]}, disputed: {number: 6}, also-true: {number: 8}}\n",
		`p.yaml:16:64: not: 6 is disputed by this fact (a disputed value is never offered; remove it from not:)` + "\n" +
			`p.yaml:16:67: not: 8 is true, as same-as: or also-true: says (remove it, or correct the fact that makes it true)`},
	{"until before as-of", setting + "  - {id: a, capital: {country: fr, city: paris}, as-of: 2025-11-01, until: 2024-01-01}\n",
		`p.yaml:16:76: until is before as-of (a fact ends after it begins)`},
	{"evidence that is not there", setting + "  - {id: a, capital: {country: fr, city: paris}, evidence: {s: The capital of Spain is Paris}}\n  - {id: b, symbol: {what: gold, symbol: Au}, evidence: {t: gold}}\n",
		`p.yaml:16:79: the evidence is not in s (after "The capital of " the source has 'F' (U+0046), the evidence 'S' (U+0053); see the source at 1:16)` + "\n" +
			`p.yaml:17:58: unknown source "t" (define it under sources:)`},
	{"a source outside the folder", head + "sources: {s: {title: S, language: en, text: ../../etc/passwd}}\n" + enough,
		`p.yaml:4:45: text: "../../etc/passwd" leads out of the pack's folder (write the plain name of a file beside the pack)`},
	{"a template with an unknown placeholder", head + relation("{a} is {c}"),
		`p.yaml:7:21: unknown placeholder "c" (placeholders are a, b)`},
	{"a template that does not end", head + relation("{a} is {b"),
		`p.yaml:7:20: a placeholder is not closed (add })`},
	{"a template in a folded text", head + relation(">-\n      {a}\n      is {c}"),
		`p.yaml:9:11: unknown placeholder "c" (placeholders are a, b)`},
	{"a question that tells", head + strings.Replace(relation("{a} is {b}"), "state:", "ask: {b: 'Is {b} right?'}\n    state:", 1),
		`p.yaml:7:14: the question for {b} shows {b} (a question must not hold its answer)`},
	{"relations that are not", head + "relations:\n  capital: {fields: {a: text}, state: '{a}'}\n  until: {fields: {a: text}, state: '{a}'}\n  r: {fields: {a: citty, b: {type: money, unit: km2}, c: {kind: person, type: text}}, state: '{a}'}\n  s: {fields: {a: text, b: date}, symmetric: [a, b], state: '{a} {b}', order: {a: Which?}, ask: {d: What?}}\n" + enough,
		`p.yaml:5:3: note: capital is also a relation of the built-in library (the pack's own is used; choose another name to have both)` + "\n" +
			`p.yaml:6:3: until is a key of every fact (choose another name)` + "\n" +
			`p.yaml:7:19: a: unknown kind or type "citty" (did you mean city?)` + "\n" +
			`p.yaml:7:49: b: values of type money are not given in km2 (change the unit or the type)` + "\n" +
			`p.yaml:7:79: c has both kind: and type: (keep one of them)` + "\n" +
			`p.yaml:8:46: a and b have different types (fields that may be swapped are of one type)` + "\n" +
			`p.yaml:8:80: a is of type text, which has no order (order by a number or a date)` + "\n" +
			`p.yaml:8:98: the relation has no field "d" (write one of a, b)`},
	{"marks that do not match", setting + `  - {id: a, symbol: {what: gold, symbol: 'A[u'}}
  - {id: b, symbol: {what: gold, symbol: 'A[]u'}}
  - {id: c, symbol: {what: gold, symbol: 'A]u'}}
  - {id: d, symbol: {what: gold, symbol: 'A[[u]]'}}
`,
		`p.yaml:16:44: a [ without ] (mark a piece as [piece]; \[ is a literal bracket)` + "\n" +
			`p.yaml:17:45: nothing between [ and ] (mark a piece as [piece]; \[ is a literal bracket)` + "\n" +
			`p.yaml:18:44: a ] without [ (mark a piece as [piece]; \[ is a literal bracket)` + "\n" +
			`p.yaml:19:45: a [ inside [ ] (mark a piece as [piece]; \[ is a literal bracket)`},
	{"a comma inside a number", head + "cards: [{ask: What?, answer: 51,740,000}]\n",
		`p.yaml:4:33: the card has no key "740" (inside { } a comma ends a value: put the number in quotes, or write it without commas)` + "\n" +
			`p.yaml:4:37: the card has no key "000" (inside { } a comma ends a value: put the number in quotes, or write it without commas)`},
	{"a relation named like cards", head + "relations: {card: {fields: {a: text}, state: '{a}'}}\n" + enough,
		`p.yaml:4:13: card is the relation of cards (choose another name)`},
	{"a language that is reviewed but not listed", "pack: p\nlanguages: [en]\nreviewed: [ko]\ntitle: T\n" + enough,
		`p.yaml:3:12: ko is reviewed but not among the languages (list it in languages:, or remove it here)`},
	{"bounds that cross", head + "relations: {r: {fields: {a: {type: integer, min: 9, max: 3}, b: {type: date, unit: day}, c: {type: money, unit: KRX}, d: {type: integer, min: few}}, state: '{a} {b} {c} {d}'}}\n" + enough,
		`p.yaml:4:58: a: max is below min (swap them)` + "\n" +
			`p.yaml:4:84: b: values of type date are not given in day (change the unit or the type)` + "\n" +
			`p.yaml:4:113: c: unknown unit "KRX" (did you mean KRW?)` + "\n" +
			`p.yaml:4:143: d: "few" is not a valid bound (write a number in the field's own unit, such as 0 or 1.5 billion)`},
	{"texts with different marks", "pack: p\nlanguages: [en, ko]\ntitle: T\nentities: {au: {kind: material, name: Au}}\nfacts:\n  - {id: a, symbol: {what: au, symbol: {en: '[A]u', ko: 'Au'}}}\n  - {id: b, symbol: {what: au, symbol: {en: A, ko: B, accept: [C]}}}\n",
		`p.yaml:6:57: the text has 0 marked pieces in ko and 1 in en (mark the same pieces with [ ] in every language)` + "\n" +
			`p.yaml:7:55: accept: needs text: beside it (write {text: …, accept: …})`},
	{"bounds that exclude the key", head + "kinds: {peak: place}\nentities: {k: {kind: peak, name: K2}}\n" +
		"relations: {high: {fields: {what: peak, height: {type: quantity, unit: m, min: 100, max: 8000}, year: {type: date, min: 1900}}, state: '{what} {height} {year}'}}\n" +
		"facts:\n  - {id: a, high: {what: k, height: 8611 m, year: 1856}}\n" + enough,
		"p.yaml:8:37: height: 8611 m is above max: 8000 of the field (correct the value, or raise max:)\n" +
			"p.yaml:8:51: year: 1856 is below min: 1900 of the field (correct the value, or lower min:)"},
	{"an open relation of the pack without a frame", setting + "  - {id: a, saw: {who: xi, what: fr}, not: {what: es}, about: [paris, lyon, gold, oslo], evidence: {s: Paris}}\n" +
		"relations: {saw: {fields: {who: person, what: country}, state: '{who} saw {what}.', ask: {what: 'What did {who} see?'}}}\n",
		"p.yaml:16:5: saw is open and has no frame: what is false here may be true in the world (add frame: with what the sentence holds for, such as According to the article)"},
	{"tolerances that accept anything, nothing or another unit", head + "cards:\n" +
		"  - {id: a, ask: A?, answer: 200 km, tolerance: 200 %}\n" +
		"  - {id: b, ask: B?, answer: 200 km, tolerance: 101 km}\n" +
		"  - {id: c, ask: C?, answer: 200 km, tolerance: 0 %}\n" +
		"  - {id: d, ask: D?, answer: 200 km, tolerance: 2 kg}\n" +
		"  - {id: e, ask: E?, answer: Paris, tolerance: 5 %}\n" +
		"relations: {r: {fields: {a: {type: integer, tolerance: 51 %}, b: {type: date, tolerance: 5 %}, c: {type: integer, tolerance: some}}, state: '{a} {b} {c}'}}\n",
		`p.yaml:5:49: a tolerance of 200 % accepts nearly every number (a tolerance is at most half of the value: 50 %)` + "\n" +
			`p.yaml:6:49: a tolerance of 101 km accepts nearly every number (a tolerance is at most half of the value: 50 %)` + "\n" +
			`p.yaml:7:49: a tolerance of 0 % accepts nothing (write a number greater than 0, or remove tolerance: to ask for the exact value)` + "\n" +
			`p.yaml:8:49: "2 kg" is not a tolerance (write a part of the value, such as 5 %, or a number in its own unit, such as 10 km)` + "\n" +
			`p.yaml:9:48: a value of type text has no tolerance (remove tolerance:, or make the value a number)` + "\n" +
			`p.yaml:10:56: a tolerance of 51 % accepts nearly every number (a tolerance is at most half of the value: 50 %)` + "\n" +
			`p.yaml:10:90: a value of type date has no tolerance (remove tolerance:, or make the value a number)` + "\n" +
			`p.yaml:10:126: "some" is not a tolerance (write a part of the value, such as 5 %, or a number in its own unit, such as 10 km)`},
	{"no facts", head,
		`p.yaml:1:1: the pack has no facts and no cards (add facts: or cards:)`},
}

// bomb names ten values ten times over, eight levels deep: 10^8 values from 500 bytes.
var bomb = func() string {
	var b strings.Builder
	b.WriteString("cards:\n  - {ask: &l0 What?, answer: That}\n")
	for i := 1; i <= 8; i++ {
		fmt.Fprintf(&b, "  - &l%d [%s*l%d]\n", i, strings.Repeat(fmt.Sprintf("*l%d, ", i-1), 9), i-1)
	}
	return b.String()
}()

// stairs is a block mapping nested so many levels deep.
func stairs(levels int) string {
	var b strings.Builder
	for i := range levels {
		b.WriteString(strings.Repeat(" ", i+1) + "a:\n")
	}
	return b.String()
}

// relation is a pack's relation with the given sentence, and a fact of it.
func relation(state string) string {
	if !strings.HasPrefix(state, ">") {
		state = "'" + state + "'"
	}
	return "relations:\n  r:\n    fields: {a: text, b: text}\n    state: " + state + "\nfacts:\n  - {id: f, r: {a: x, b: y}}\n"
}

func TestEveryBadInputIsReportedAtItsPlace(t *testing.T) {
	for _, bad := range badPacks {
		t.Run(bad.name, func(t *testing.T) {
			p, err := content.Parse([]byte(bad.pack), content.Options{Name: "p.yaml"})
			if p != nil || err == nil {
				t.Fatalf("the pack was loaded")
			}
			if content.Problems(err) == nil {
				t.Fatalf("%v is no problem of the pack", err)
			}
			if err.Error() != bad.want {
				t.Errorf("got\n%v\nwant\n%s", err, bad.want)
			}
		})
	}
}
