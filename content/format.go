package content

// The pack format, as one table of shapes. Descriptions are for authors: editors show them
// while a pack is written.

var (
	idShape      = &shape{scalar: idScalar}
	idsShape     = &shape{scalar: idScalar, list: idShape}
	boolShape    = &shape{scalar: boolScalar}
	dateShape    = &shape{scalar: dateScalar, doc: "A date as 2025-11-01, 2025-11 or 2025."}
	wordShape    = &shape{scalar: textScalar, max: maxName}
	wordsShape   = &shape{scalar: textScalar, max: maxName, list: wordShape}
	stringShape  = &shape{scalar: textScalar, max: maxText}
	quotedShape  = &shape{scalar: textScalar, max: maxText, verbatim: true}
	quotedShapes = &shape{scalar: textScalar, max: maxText, verbatim: true, list: quotedShape}

	nameShape = &shape{name: "name", doc: "A name: one text for every language, or one per language.",
		scalar: textScalar, max: maxName, rest: wordShape, by: byLanguage, complete: true}
	someNameShape = &shape{name: "some-name", doc: "A name in some languages: one text for every language, or one per language.",
		scalar: textScalar, max: maxName, rest: wordShape, by: byLanguage}
	textShape = &shape{name: "text", doc: "A text: one for every language, or one per language.",
		scalar: textScalar, max: maxText, rest: stringShape, by: byLanguage, complete: true}
	namesShape = &shape{name: "names", doc: "Names per language, one or several each; a plain list counts in every language.",
		scalar: textScalar, max: maxName, list: wordShape, rest: wordsShape, by: byLanguage}

	sentenceShape = &shape{name: "sentence", doc: "A sentence per language, with {field} where a value goes, in ICU message syntax.",
		scalar: textScalar, max: maxText, rest: stringShape, by: byLanguage, complete: true, apart: true}
	frameShape = &shape{name: "frame", doc: "According to the article, At this summit: a phrase per language without a comma at its end, or the word stated.",
		scalar: textScalar, max: maxText, rest: stringShape, by: byLanguage, complete: true}
	stemsShape = &shape{name: "stems", doc: "For each field the question that asks for it.",
		rest: &shape{scalar: nullScalar, max: maxText, rest: stringShape, by: byLanguage, complete: true, apart: true}}

	truthShape = &shape{scalar: wordScalar, words: truthNames,
		doc: "functional: one value is true. complete: all true values are listed. open: only what not: says is known to be false."}
)

var truthNames = []string{"open", "functional", "complete"}

var packShape = &shape{name: "pack", doc: "A pack of facts about one subject.", keys: []key{
	{"pack", true, idShape, "The pack's name: a-z, 0-9 and hyphens."},
	{"version", false, &shape{scalar: textScalar, max: 64}, "A label for this version, such as 1.0.0. Default: 1."},
	{"languages", true, &shape{list: languageShape, many: 16}, "Every text of the pack has to be complete in each of these."},
	{"reviewed", false, &shape{list: languageShape, many: 16}, "The languages that a native editor has read."},
	{"title", true, nameShape, "The title in lists."},
	{"cover", false, nameShape, "What is shown while playing. It must give no answer away."},
	{"about", false, textShape, "One paragraph for lists."},
	{"kinds", false, &shape{rest: idShape, doc: "From kind to parent."}, "Kinds of entities that the built-in tree lacks, each with its parent kind."},
	{"sources", false, &shape{rest: sourceShape}, "The texts that facts are taken from, by id."},
	{"entities", false, &shape{rest: entityShape}, "People, places and things, by id."},
	{"outside", false, &shape{rest: entityShape}, "Entities that are offered only where a fact's not: names them."},
	{"relations", false, &shape{rest: relationShape}, "Shapes of facts that the built-in library lacks, by name."},
	{"facts", false, &shape{list: factShape, many: maxMembers}, "The facts."},
	{"cards", false, &shape{list: cardShape, many: maxMembers}, "Plain questions with their answers."},
}}

var languageShape = &shape{name: "language", scalar: wordScalar, words: languageTags(), doc: "A language of the product."}

var sourceShape = &shape{name: "source", doc: "A text that facts are taken from.", keys: []key{
	{"title", true, nameShape, "Its title, shown with the explanation."},
	{"cite", false, nameShape, "How a stem names it: According to the article."},
	{"language", false, languageShape, "The language of the text."},
	{"date", false, dateShape, "When it was published."},
	{"url", false, &shape{scalar: urlScalar, max: 500}, "Where it can be read. It is shown, never fetched."},
	{"text", false, &shape{scalar: fileScalar, max: 100}, "The name of a file beside the pack with the text; evidence is looked up in it."},
	{"inline", false, &shape{scalar: textScalar, max: maxInline, verbatim: true}, "The text itself, in place of a file."},
}}

var entityShape = &shape{name: "entity", doc: "A thing with a kind and names.", keys: []key{
	{"kind", true, idShape, "person, city, country, company, event, object … or one from kinds:."},
	{"name", true, nameShape, "The name that is shown."},
	{"aliases", false, namesShape, "Other names that are right when typed."},
	{"family", false, someNameShape, "The family name, where it may be typed alone."},
	{"gender", false, &shape{scalar: wordScalar, words: []string{"m", "f"}}, "Grammatical gender, for Arabic. Default: m."},
	{"plural", false, boolShape, "The name is a plural: the central banks."},
	{"the", false, boolShape, "English says the before the name inside a sentence."},
	{"in", false, idsShape, "Larger places or groups it is part of."},
	{"country", false, idShape, "Its country."},
	{"role", false, &shape{scalar: textScalar, max: maxID}, "What it is, in one word, such as president: options share it."},
	{"tags", false, &shape{scalar: textScalar, max: maxID, list: &shape{scalar: textScalar, max: maxID}}, "Words that group entities."},
	{"near", false, idsShape, "Entities it is easily confused with: good wrong options, never taken for typing errors."},
	{"near-names", false, namesShape, "Names it is easily confused with that are no entities of the pack."},
}}

var relationShape = &shape{name: "relation", doc: "The shape of a fact: named, typed fields and the sentences that state it and ask about it.", keys: []key{
	{"fields", true, &shape{rest: fieldShape}, "The fields by name, each a kind of entity or a type, or a mapping."},
	{"truth", false, truthShape, "How far the truth is closed, for all fields. Default: open."},
	{"symmetric", false, &shape{list: idShape, many: 2}, "Two fields that may be swapped."},
	{"state", true, sentenceShape, "The sentence that states the fact."},
	{"frame", false, frameShape, "What the sentences hold for, said in front of each of them; or stated, where they say it themselves."},
	{"ask", false, stemsShape, "The questions, by the field they ask for."},
	{"typed", false, stemsShape, "By field, the question where the answer is typed, for fields with several right answers: Name a country that …"},
	{"order", false, &shape{rest: sentenceShape}, "The sentence that asks to put facts in order, by the field to order by."},
	{"most", false, &shape{rest: sentenceShape}, "The sentence that asks which is the largest or the earliest, by the field to order by."},
	{"match", false, sentenceShape, "The sentence that asks to match the first two fields that ask: names, or the first two of a relation without ask:."},
}}

var fieldShape = &shape{name: "field", doc: "A kind of entity, or text, quote, integer, quantity, money, date, duration, ordinal or any.",
	scalar: idScalar, list: idShape, keys: []key{
		{"kind", false, idsShape, "The kind or kinds of entity."},
		{"type", false, &shape{scalar: wordScalar, words: typeWords}, "The type of a value that is no entity; any is any entity."},
		{"truth", false, truthShape, "How far the truth of this field is closed."},
		{"unit", false, &shape{scalar: textScalar, max: maxID}, "The unit every value has, such as KRW, km2 or year."},
		{"counted", false, namesShape, "What an integer counts, accepted after the number: MOU, MOUs."},
		{"cloze", false, boolShape, "Whether the field may be blanked in the sentence. Default: true."},
		{"min", false, wordShape, "The smallest plausible number."},
		{"max", false, wordShape, "The largest plausible number."},
		{"asks-unit", false, boolShape, "The question names the unit, so an answer may leave it out."},
		{"tolerance", false, wordShape, "How far a typed number may be off and still be right: 5 %, or 10 in the field's own unit."},
	}}

var factShape = &shape{name: "fact", doc: "One filled relation. Besides the keys below it has exactly one key more: the relation, with its fields.",
	open: true, keys: []key{
		{"id", true, idShape, "Unique in the pack. Cards and statistics hang on it: do not change it."},
		{"not", false, valuesShape, "Values declared false, by field: the best wrong options."},
		{"also-true", false, valuesShape, "Values that are true in the world though not in the sources: never offered as false."},
		{"same-as", false, valuesShape, "The same value in another unit or calendar."},
		{"disputed", false, valuesShape, "Values that other sources give: never an option, and the question names its source."},
		{"as-of", false, dateShape, "The day for which the fact holds. The question says so."},
		{"until", false, dateShape, "The fact is not asked after this day."},
		{"evidence", false, &shape{scalar: idScalar, list: idShape, rest: quotedShapes}, "Verbatim pieces of sources, by source; or just the sources."},
		{"prominence", false, &shape{scalar: wordScalar, words: prominenceNames}, "Where in its source the fact stands. Default: body."},
		{"about", false, idsShape, "Its subjects. Default: the entities of the first entity field."},
		{"note", false, textShape, "A sentence shown with the explanation."},
		{"skip", false, &shape{scalar: wordScalar, words: skipNames, list: &shape{scalar: wordScalar, words: skipNames}},
			"Kinds of question that are not made of this fact."},
		{"state", false, sentenceShape, "Replaces the relation's sentence."},
		{"frame", false, frameShape, "Replaces the relation's frame."},
		{"ask", false, stemsShape, "Replaces the relation's questions, by field; null: this field is not asked."},
	}}

var (
	typeWords       = []string{"text", "quote", "integer", "quantity", "money", "date", "duration", "ordinal", "any"}
	prominenceNames = []string{"body", "lead", "headline"}
	skipNames       = []string{"choice", "true-false", "typed", "cloze", "who-said", "number", "date", "order", "match",
		"which-not", "odd-one-out", "extreme", "timeline", "two-facts", "closest", "who-am-i", "name-many"}
)

// valueShape is one value of a field: its type decides, so what a scalar holds is checked when
// the field is known (value.go).
var valueShape = &shape{name: "value", doc: "An entity's id, a number with its unit, a date, or a text in one or all languages.",
	scalar: anyScalar, max: maxText, rest: &shape{scalar: textScalar, max: maxText}, by: byLanguage, keys: []key{
		{"text", false, textShape, "The text, with [ ] around what a cloze may blank."},
		{"accept", false, namesShape, "Other wordings that are right when typed."},
		{"gender", false, &shape{scalar: wordScalar, words: []string{"m", "f"}}, "Grammatical gender, for Arabic. Default: m."},
		{"plural", false, boolShape, "The text is a plural."},
	}}

// fieldValueShape is what stands under a field of a fact: a value or several, all true together.
var fieldValueShape = &shape{name: "values", doc: "A value, or a list of values that are true together.",
	scalar: valueShape.scalar, max: maxText, list: valueShape, many: maxValues, keys: valueShape.keys, rest: valueShape.rest, by: byLanguage}

// filledShape is a relation's fields with their values.
var filledShape = &shape{name: "filled", doc: "The relation's fields with their values.", rest: fieldValueShape}

var valuesShape = &shape{rest: fieldValueShape, doc: "Values by field."}

// answerShape is an answer of a card: its writing decides what it is, or the author does.
var answerShape = &shape{name: "answer", doc: "An answer: one for every language, or one per language; or one that says what it is.",
	scalar: textScalar, max: maxText, rest: stringShape, by: byLanguage, complete: true, keys: []key{
		{"text", false, textShape, "The answer is a text, whatever it looks like: {text: 5G}."},
		{"number", false, wordShape, "The answer is a number, with or without a unit: {number: 1945}."},
		{"date", false, dateShape, "The answer is a date: {date: 1945-05-08}."},
	}}

var cardShape = &shape{name: "card", doc: "A plain question with its answer.", keys: []key{
	{"id", false, idShape, "Default: made from the question."},
	{"ask", true, textShape, "The question."},
	{"answer", true, answerShape,
		"The right answer. Without quotes, numbers and dates are recognised; true, false, yes and no make it a question of two options."},
	{"accept", false, namesShape, "Other answers that are right when typed."},
	{"not", false, &shape{scalar: textScalar, max: maxText, list: answerShape}, "Wrong answers to choose from."},
	{"tolerance", false, wordShape, "How far a typed number may be off and still be right: 5 %, or 10 in the answer's own unit."},
	{"as-of", false, dateShape, "The day for which the answer holds."},
	{"until", false, dateShape, "The card is not asked after this day."},
	{"note", false, textShape, "A sentence shown with the explanation."},
	{"source", false, idShape, "The source, by id."},
}}
