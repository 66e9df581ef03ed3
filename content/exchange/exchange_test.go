package exchange_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"summitquiz/content"
	"summitquiz/content/exchange"
	"summitquiz/content/exchange/reader"
	"summitquiz/content/language"
)

// importText imports a text as English cards.
func importText(t testing.TB, data []byte, opt exchange.Options) ([]gotCard, *exchange.Report) {
	opt.Name, opt.Title, opt.JSON = "p", "T: {x}", true
	if opt.Read.Language == 0 {
		opt.Read.Language = language.English
	}
	pack, report, err := exchange.Import("f", data, opt)
	if errors.Is(err, exchange.ErrNothing) {
		return nil, report
	}
	if err != nil {
		t.Fatalf("Import: %v\n%s", err, data)
	}
	cards, err := cardsIn(pack, opt.Read.Language)
	if err != nil {
		t.Fatal(err)
	}
	return cards, report
}

// text draws what people write in cells: words of every script with marks that formats use.
var text = rapid.StringMatching(`[=+\-@'"|\\~#{}:;,%*$\[\]()/a-zA-Z0-9ء-ي가-힣一-龥?<>&＝＋]{1,12}( [=+\-@'"|\\~#{}:;,%*a-z0-9ء-ي가-힣一-龥?<>&/]{1,12}){0,3}`)

func anyRows(t *rapid.T) []exchange.Row {
	n := rapid.IntRange(1, 8).Draw(t, "rows")
	rows := make([]exchange.Row, n)
	for i := range rows {
		words := rapid.SliceOfNDistinct(text, 2, 7, strings.ToLower).Draw(t, "words")
		rows[i] = exchange.Row{ID: fmt.Sprint(i), Question: fmt.Sprintf("%d %s", i, words[0]), Answer: words[1]}
		rest := words[2:]
		cut := rapid.IntRange(0, len(rest)).Draw(t, "cut")
		rows[i].Accept, rows[i].Wrong = append([]string(nil), rest[:cut]...), append([]string(nil), rest[cut:]...)
		if rapid.Bool().Draw(t, "why") {
			rows[i].Why = text.Draw(t, "note")
		}
	}
	return rows
}

// TestWhatIsWrittenIsReadBack holds that each format gives back what it can hold.
func TestWhatIsWrittenIsReadBack(t *testing.T) {
	for _, c := range []struct {
		format              string
		accept, wrong, note bool
	}{
		{"csv", true, true, true}, {"xlsx", true, true, true}, {"json", true, true, true}, {"gift", true, true, true}, {"anki-text", false, false, false},
	} {
		t.Run(c.format, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				rows := anyRows(t)
				var file bytes.Buffer
				bom := rapid.Bool().Draw(t, "bom")
				if err := exchange.Write(&file, slices.Values(rows), exchange.Target{Format: c.format, Title: "Deck", Lang: language.Korean, BOM: bom}); err != nil {
					t.Fatal(err)
				}
				cards, report, err := imported(file.Bytes(), language.Korean)
				if err != nil {
					t.Fatalf("%v\n%s", err, &file)
				}
				want := map[string]gotCard{}
				for _, r := range rows {
					g := gotCard{Ask: r.Question, Answer: r.Answer}
					if c.accept {
						g.Accept = r.Accept
					}
					if c.wrong {
						for _, w := range r.Wrong {
							g.Not = append(g.Not, w)
						}
					}
					if c.note {
						g.Note = r.Why
					}
					want[g.Ask] = g
				}
				for _, g := range cards {
					g.Answer = fmt.Sprint(g.Answer)
					if !reflect.DeepEqual(trim(g), trim(want[g.Ask])) {
						t.Fatalf("%s gives back %+v, want %+v\n%s", c.format, g, want[g.Ask], &file)
					}
				}
				if len(cards) != len(rows) {
					t.Fatalf("%s gives back %d cards of %d: %v\n%s", c.format, len(cards), len(rows), report.Left, &file)
				}
			})
		})
	}
}

// trim makes empty lists equal.
func trim(g gotCard) gotCard {
	if len(g.Accept) == 0 {
		g.Accept = nil
	}
	if len(g.Not) == 0 {
		g.Not = nil
	}
	return g
}

func imported(data []byte, lang language.Code) ([]gotCard, *exchange.Report, error) {
	pack, report, err := exchange.Import("f", data, exchange.Options{Name: "p", Title: "T", JSON: true, Read: reader.Options{Language: lang}})
	if err != nil {
		return nil, report, err
	}
	cards, err := cardsIn(pack, lang)
	return cards, report, err
}

// moodleChoice is a question with the options a, b and c, which earn some percent each.
func moodleChoice(kind, single string, a, b, c int) string {
	return fmt.Sprintf(`<quiz><question type="%s"><questiontext format="html"><text>Which?</text></questiontext><single>%s</single>`+
		`<answer fraction="%d"><text>a</text></answer><answer fraction="%d"><text>b</text></answer><answer fraction="%d"><text>c</text></answer></question></quiz>`, kind, single, a, b, c)
}

// TestWhatBecomesOfARow holds the rules of what is changed and what is left out.
func TestWhatBecomesOfARow(t *testing.T) {
	for _, c := range []struct{ name, file, card, said string }{
		{"several answers in a cell", "question,answer\nDog?,perro / can\n", `{Dog? perro [can] [] }`, `2:1: note: "perro / can" is read as 2 right answers`},
		{"no cut without spaces", "question,answer\nUnit?,km/h\n", `{Unit? km/h [] [] }`, ""},
		{"a bracket", "question,answer\nPlanet?,Mercury (planet)\n", `{Planet? Mercury (planet) [Mercury] [] }`, "the bracket in"},
		{"options in the question", "question,answer\n\"Which flies? A) dog B) eagle C) cat\",B\n", `{Which flies? eagle [] [dog cat] }`, "taken out of it"},
		{"options at its end", "question,answer\n\"Which is bigger: the Sun, Mars or the Moon?\",the Sun\n", `{Which is bigger: the Sun, Mars or the Moon? the Sun [] [Mars the Moon] }`, "are wrong answers"},
		{"an answer that is none of the options in the question", "question,answer\n\"Which flies? A) dog B) eagle\",D\n", "", "the options stand in the question"},
		{"superscript", "question,answer\nThousand?,10<sup>3</sup>\n", `{Thousand? 10³ [] [] }`, "HTML was turned to text"},
		{"a question about tags", "question,answer\nWhich tag makes bold?,<b>\n", `{Which tag makes bold? <b> [] [] }`, ""},
		{"a spreadsheet's error", "question,answer\nA?,#N/A\n", "", "an error of the spreadsheet"},
		{"a lost character", "question,answer\nA�?,b\n", "", "the row holds �"},
		{"a zero byte", "question,answer\nWhat is a\x00b called?,c\nWhat is d called?,e\n", `{What is d called? e [] [] }`, "2:1: left out: the row holds a zero byte"},
		{"a picture", "question,answer\nWhich flag is <img src=x.png>?,Chad\n", "", "needs a picture"},
		{"letters before options", "question,options,answer\nFlies?,A) dog|B) eagle,B\n", `{Flies? eagle [] [dog] }`, "the letters before the options"},
		{"all to tick", "question,A,B,C,answer\nX?,a,b,c,\"A,C\"\n", "", "more than one option is right"},
		{"short words of statements", "question,answer\nA is a letter.,T\nB is a digit.,F\n", `{A is a letter. T [] [F] }`, "statements that are true or false"},
		{"an unclosed quote", "question,answer\n\"A?,b\nC?,d\n", `{C? d [] [] }`, "2:1: left out: a quote opens and does not close"},
		{"one question with other options", "question,A,B,answer\nWhich of these flies?,dog,eagle,B\nWhich of these flies?,cow,crow,B\n", `{Which of these flies? eagle [] [dog] }`, "2 cards"},
		{"a mark on the right option", "question,option1,option2\nWhich flies?,dog,eagle*\nWhich swims?,✓ cod,cow\n", `{Which flies? eagle [] [dog] }`, "2 cards"},
		{"two marks", "question,option1,option2,option3\nWhich fly?,*dog,*eagle,cow\n", "", "which of the options is the right answer is not said"},
		{"a list without a mark before it", "question,answer\n\"Is it red, green or blue?\",red\n", `{Is it red, green or blue? red [] [green blue] }`, "are wrong answers"},
		{"options within the question", `[{"question": {"stem": "Which flies?", "choices": [{"label": "A", "text": "dog"}, {"label": "B", "text": "eagle"}]}, "answerKey": "B"}]`,
			`{Which flies? eagle [] [dog] }`, "1 card"},
		{"a table with a language in brackets", "Q (English),A (English),Q (Korean)\nWhich flies?,eagle,무엇?\n", `{Which flies? eagle [] [] }`, "no answers to them"},
		{"a language that is not complete", "question,answer,question_zh,answer_zh\nWhich flies?,eagle,,\n", `{Which flies? eagle [] [] }`, "with --lang en,zh such rows are left out"},
		{"right answers in two columns", "Question,A,B,C,Correct Answer,Correct Answer\nWhich flies?,dog,eagle,cow,B,\nWhich fly?,dog,eagle,owl,B,C\n", `{Which flies? eagle [] [dog cow] }`,
			"3:1: left out: more than one option is right"},
		{"two columns that point at one option", "Question,A,B,C,Correct Answer,Right Option\nWhich flies?,dog,eagle,cow,B,eagle\n", `{Which flies? eagle [] [dog cow] }`, "Right Option"},
		{"ANS: and points", "1. Which flies?\na. dog\nb. eagle\nANS: B PTS: 1\n\n2. Which swims?\na. cod\nb. cow\nANS: A\n", `{Which flies? eagle [] [dog] }`, "2 cards"},
		{"names of columns in German", "Frage;Antwort;Falsch 1;Falsch 2\nWer?;Ich;Du;Er\n", `{Wer? Ich [] [Du Er] }`, "Falsch 1 = wrong"},
		{"a semicolon that splits a field of Anki", "#separator:Semicolon\n#html:true\n#tags column:3\nWho?;Ada;x\nWhat &amp; why?;it;y\nWhen?;now;z\n", `{Who? Ada [] [] }`,
			"5:1: left out: the row has 4 cells and the table 3 columns"},
		{"a quote within a quote in a reason", "question,A,B,answer\nWho?,x,y,\"Leave \"\"blank\"\" here\"\n", "", "is none of the options: 1 row"},
		{"a letter with its text", "1. Which flies?\n(a) dog\n(b) eagle\nAnswer: (b) eagle\n\n2. Which swims?\n(a) cod\n(b) cow\nAnswer: (a)\n", `{Which flies? eagle [] [dog] }`, "2 cards"},
		{"a letter with the text of another", "Q: Which flies?\nA) dog\nB) eagle\nC) cow\nAnswer: A) eagle\n\nQ: Which swims?\nA) cod\nB) cow\nAnswer: A\n", `{Which swims? cod [] [cow] }`,
			`left out: the answer "A) eagle" is none of the options`},
		{"a letter with the text of another, in cells", "question,options,answer\nWhich flies?,A) dog|B) eagle,A) eagle\n", "", "is none of the options"},
		{"a statement of JSON", `[{"statement": "Ice is hot", "truth": false}]`, `{Ice is hot False [] [True] }`, "1 card"},
		{"a statement of JSON by a letter", `[{"statement": "Ice is hot", "truth": "F"}]`, `{Ice is hot False [] [True] }`, "1 card"},
		{"the truth of a spreadsheet", "question,answer\nIs ice cold?,TRUE\n", `{Is ice cold? True [] [] }`, "1 card"},
		{"a row as long as a file", "question,answer\nWhat?,b\nWho?," + strings.Repeat("word ", 14000) + "\n", `{What? b [] [] }`, "3:1: left out: the texts of the row are longer than 64 KiB"},
		{"part of the points in GIFT", "::w::Home is {~Jerusalem ~%25%Bethlehem#born there ~%50%Galilee =Nazareth}\n", `{Home is Nazareth [] [Jerusalem] }`,
			`the option "Bethlehem" is left out, as it earns part of the points only`},
		{"parts that make the whole in GIFT", "::w::Who? {~%-100%No one ~%50%Grant ~%50%Julia}\n", "", "more than one option is right"},
		{"part of the points in Moodle", moodleChoice("multichoice", "true", 50, 100, 0), `{Which? b [] [c] }`, `the option "a" is left out`},
		{"two whole ones in Moodle", moodleChoice("multichoice", "true", 100, 100, 0), `{Which? a [b] [c] }`, "1 card"},
		{"two to tick in Moodle", moodleChoice("multichoice", "false", 50, 50, -100), "", "more than one option is right"},
		{"all or nothing in Moodle", moodleChoice("multichoiceset", "", 100, 100, 0), "", "more than one option is right"},
		{"wrong answers in one text", `[{"question": "Capital?", "correct_answer": "Paris", "incorrect_answers": "Lyon, Nice, Lille"}]`,
			`{Capital? Paris [] [Lyon Nice Lille] }`, `"Lyon, Nice, Lille" is read as 3 wrong answers`},
		{"wrong answers in one text, without blanks", `[{"question": "سؤال؟", "answer": "باريس", "incorrect": "ليون،نيس"}]`, `{سؤال؟ باريس [] [ليون نيس] }`, "2 wrong answers"},
		{"a wrong answer with a comma", `[{"question": "Where?", "answer": "Paris, France", "incorrect": "Rome, Italy"}]`, `{Where? Paris, France [] [Rome, Italy] }`, "1 card"},
		{"a wrong number with a comma", `[{"question": "How many?", "answer": "2,000", "incorrect": "1,000, 3,000"}]`, `{How many? 2,000 [] [1,000 3,000] }`, "2 wrong answers"},
		{"a wrong sentence", `[{"question": "What?", "answer": "It turns", "incorrect": "It rises early in the morning, and sets"}]`,
			`{What? It turns [] [It rises early in the morning, and sets] }`, "1 card"},
		{"options in one text", `[{"question": "Capital?", "options": "Lyon, Paris, Nice", "answer": "Paris"}]`, `{Capital? Paris [] [Lyon Nice] }`, "is read as 3 options"},
		{"lettered options in one text", `[{"question": "Capital?", "options": "A) Lyon, old B) Paris, new", "answer": "B"}]`, `{Capital? Paris, new [] [Lyon, old] }`, "the letters"},
		{"wrong answers of some rows in one cell", "question,answer,wrong\nCapital?,Paris,\"Lyon, Nice\"\nRiver?,Seine,Loire\n", `{Capital? Paris [] [Lyon Nice] }`, "2 wrong answers"},
		{"a number that counts from 1 in words", "question,A,B,answer\n무엇?,x,y,2번\n", `{무엇? y [] [x] }`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			cards, report := importText(t, []byte(c.file), exchange.Options{})
			var b strings.Builder
			if err := report.Write(&b, true); err != nil {
				t.Fatal(err)
			}
			got := ""
			if len(cards) > 0 {
				got = fmt.Sprint(cards[0])
			}
			if got != c.card {
				t.Errorf("card %s, want %s", got, c.card)
			}
			if !strings.Contains(b.String(), c.said) {
				t.Errorf("the report does not say %q:\n%s", c.said, &b)
			}
		})
	}
}

// TestAPackOfNoRowsIsRefused holds that what the pack format does not take is left out with its
// line.
func TestAPackOfNoRowsIsRefused(t *testing.T) {
	_, report, err := exchange.Import("f.csv", []byte("question,answer\n\n"+strings.Repeat("long ", 1000)+",yes\n"), exchange.Options{Name: "x", Title: "X", Read: reader.Options{Language: language.English}})
	if !errors.Is(err, exchange.ErrNothing) || len(report.Left) != 1 || report.Left[0].Line != 3 {
		t.Errorf("Import = %+v, %v, want ErrNothing and a problem at line 3", report, err)
	}
}

// TestManyRowsAreCheckedInParts holds that rows keep their order and lines over several parts.
func TestManyRowsAreCheckedInParts(t *testing.T) {
	var b strings.Builder
	b.WriteString("question,answer\n")
	for i := range 3500 {
		fmt.Fprintf(&b, "What is number %d?,word %d\n", i, i)
	}
	b.WriteString("What is number 7?,word 7\n")
	facts := 0
	cards, report := importText(t, []byte(b.String()), exchange.Options{Batch: func(p *content.Pack) { facts += len(p.Facts) }})
	if len(cards) != 3500 || facts != 3500 || cards[3499].Ask != "What is number 3499?" {
		t.Errorf("%d cards, %d facts", len(cards), facts)
	}
	if len(report.Left) != 1 || report.Left[0].Line != 3502 || report.Left[0].Hint != "the same question is already at line 9" {
		t.Errorf("left out: %v", report.Left)
	}
}

func ExampleWrite() {
	_ = exchange.Write(os.Stdout, slices.Values([]exchange.Row{
		{ID: "sum", Question: "What is {a} in a = 1: 2 ~ #?", Answer: "1:2", Wrong: []string{"=3"}, Why: "It says so."},
		{ID: "sea", Question: "The sea is sweet.", Answer: "False", Truth: exchange.FalseStatement},
		{ID: "tip", Question: "How much is the tip?", Answer: "%5%", Accept: []string{"5*"}},
	}), exchange.Target{Format: "gift", Title: "Examples", Lang: language.English})
	// Output:
	// $CATEGORY: Examples
	//
	// ::sum::[plain]What is \{a\} in a \= 1\: 2 \~ \#? {
	// 	=1\:2
	// 	~\=3
	// ####It says so.}
	//
	// ::sea::[plain]The sea is sweet. {FALSE}
	//
	// ::tip::[plain]How much is the tip? {
	// 	=%100%%5%
	// 	=5\*
	// }
}

func ExampleNameFor() {
	fmt.Println(exchange.NameFor("General Knowledge (2025)"), exchange.NameFor("상식"))
	// Output: general-knowledge-2025 imported
}
