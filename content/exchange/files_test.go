package exchange_test

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"summitquiz/content"
	"summitquiz/content/exchange"
	"summitquiz/content/exchange/reader"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/generate"
)

var filesDir = flag.String("files", filepath.Join("testdata", "files"), "folder with expected.json and the files that it names")

// expectedFile says what must come of one file. Lists in place of a text hold what is right as
// well.
type expectedFile struct {
	Path, Format, Encoding, Lang string
	Cards                        []expectedCard
	LeftOut                      []struct {
		Line  int
		Why   string
		Words []string
	} `json:"left_out"`
	Unused, States    [][]string
	Refused           []string
	Questions, Choice int
}

type expectedCard struct {
	Line        int
	Ask, Answer anyOf
	Accept, Not []anyOf
	Alts        []string
	Note        string
	Category    string
	Statement   string
	Truth       bool
	Prints      bool
	OrLeftOut   []string `json:"or_left_out"`
	Stated      []string
}

// anyOf is a text, or several of which any will do.
type anyOf []string

func (a *anyOf) UnmarshalJSON(data []byte) error {
	var one string
	if json.Unmarshal(data, &one) == nil {
		*a = anyOf{one}
		return nil
	}
	return json.Unmarshal(data, (*[]string)(a))
}

func (a anyOf) has(s string) bool {
	return slices.ContainsFunc(a, func(want string) bool { return plain(want) == plain(s) })
}

// TestFiles holds what the files of a folder must give: go test -run TestFiles -files DIR. Packs
// of our own in such a folder are the concern of other tests.
func TestFiles(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(*filesDir, "expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all struct{ Files []expectedFile }
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	if len(all.Files) == 0 {
		t.Fatal("expected.json names no files")
	}
	for _, e := range all.Files {
		if e.Format != "pack" && e.Format != "pack-dir" {
			t.Run(e.Path, e.check)
		}
	}
}

// gotCard is a card of the pack that was made, in the language that is looked at.
type gotCard struct {
	Ask    string
	Answer any
	Accept []string
	Not    []any
	Note   string
}

func (g gotCard) answer() string { return fmt.Sprint(g.Answer) }

// cardsIn reads the cards of a pack in one language.
func cardsIn(pack []byte, lang language.Code) ([]gotCard, error) {
	var got struct{ Cards []map[string]any }
	if err := json.Unmarshal(pack, &got); err != nil {
		return nil, err
	}
	in := func(v any) any {
		m, ok := v.(map[string]any)
		if !ok {
			return v
		}
		for _, key := range []string{lang.String(), "number", "text"} {
			if v, ok := m[key]; ok {
				return v
			}
		}
		return nil
	}
	text := func(v any) string {
		s, _ := in(v).(string)
		return s
	}
	out := make([]gotCard, len(got.Cards))
	for i, c := range got.Cards {
		out[i] = gotCard{Ask: text(c["ask"]), Answer: in(c["answer"]), Note: text(c["note"])}
		accept, _ := in(c["accept"]).([]any)
		for _, a := range accept {
			out[i].Accept = append(out[i].Accept, text(a))
		}
		not, _ := in(c["not"]).([]any)
		for _, n := range not {
			out[i].Not = append(out[i].Not, in(n))
		}
	}
	return out, nil
}

func (e expectedFile) check(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(*filesDir, e.Path))
	if err != nil {
		t.Fatal(err)
	}
	lang, ok := language.Parse(e.Lang)
	if !ok {
		t.Fatalf("there is no language %q", e.Lang)
	}
	var items []drawnItem
	pack, report, err := exchange.Import("FILE", data, exchange.Options{Name: "check", Title: "Check", JSON: true,
		Read: reader.Options{Language: lang}, Batch: func(p *content.Pack) { items = append(items, draw(t, p, lang)...) }})
	said := ""
	if report != nil {
		report.Questions = len(items)
		var b strings.Builder
		if err := report.Write(&b, true); err != nil {
			t.Fatal(err)
		}
		said = b.String()
	}
	if err != nil {
		said += err.Error()
	}
	if e.Refused != nil {
		if err == nil || pack != nil {
			t.Errorf("Import made a pack, want it refused")
		}
		if !containsAny(said, e.Refused) {
			t.Errorf("the refusal %q says none of %q", said, e.Refused)
		}
		return
	}
	if err != nil && !errors.Is(err, exchange.ErrNothing) {
		t.Fatal(err)
	}
	var got []gotCard
	if pack != nil {
		if got, err = cardsIn(pack, lang); err != nil {
			t.Fatal(err)
		}
		if _, err := content.Parse(pack, content.Options{}); err != nil {
			t.Errorf("the pack does not load: %v", err)
		}
	}
	e.compare(t, got, items, said)
}

func (e expectedFile) compare(t *testing.T, free []gotCard, items []drawnItem, said string) {
	for _, want := range e.Cards {
		i := slices.IndexFunc(free, want.is)
		switch {
		case i < 0 && want.OrLeftOut == nil:
			t.Errorf("line %d: no card", want.Line)
		case i < 0 && !told(said, want.Line, want.OrLeftOut):
			t.Errorf("line %d: neither a card nor reported", want.Line)
		case i >= 0:
			want.compare(t, free[i], items, said)
			free = slices.Delete(free, i, i+1)
		}
	}
	for _, g := range free {
		t.Errorf("a card too many: %q", g.Ask)
	}
	for _, l := range e.LeftOut {
		if !told(said, l.Line, l.Words) {
			t.Errorf("line %d: not reported (%s)", l.Line, l.Why)
		}
	}
	for _, words := range slices.Concat(e.Unused, e.States) {
		if !containsAny(said, words) {
			t.Errorf("the report does not name %q", words[0])
		}
	}
	if names := encodings[e.Encoding]; names != nil && !containsAny(strings.NewReplacer("-", "", "_", "", " ", "").Replace(said), names) {
		t.Errorf("the report does not name the encoding %s", e.Encoding)
	}
	facts, choice := map[content.FactID]bool{}, 0
	for _, it := range items {
		facts[it.fact] = true
		if it.kind == quiz.Choice {
			choice++
		}
	}
	if len(facts) < e.Questions {
		t.Errorf("%d questions, want at least %d", len(facts), e.Questions)
	}
	if choice < e.Choice {
		t.Errorf("%d multiple-choice questions, want at least %d", choice, e.Choice)
	}
	if t.Failed() {
		t.Logf("the report:\n%s", said)
	}
}

var encodings = map[string][]string{
	"windows-1252": {"1252", "latin1", "88591"}, "iso-8859-1": {"1252", "latin1", "88591"}, "windows-1256": {"1256"}, "iso-8859-6": {"88596", "1256"},
	"cp949": {"949", "euckr"}, "euc-kr": {"949", "euckr"}, "gb18030": {"gb18030", "gbk", "936"}, "big5": {"big5", "950"},
}

func (c expectedCard) is(g gotCard) bool {
	if c.Statement != "" {
		return strings.HasPrefix(plain(g.Ask), plain(c.Statement)) || strings.HasSuffix(plain(g.Ask), plain(c.Statement))
	}
	return c.Ask.has(g.Ask)
}

var (
	trues  = strings.Fields("true t yes right صحيح صح صواب نعم 참 맞다 예 o 对 正确 是 真")
	falses = strings.Fields("false f no wrong خطأ خاطئ غلط لا 거짓 틀리다 아니요 x 错 错误 不对 否 假")
)

func (c expectedCard) compare(t *testing.T, g gotCard, items []drawnItem, said string) {
	if c.Stated != nil && !told(said, c.Line, c.Stated) {
		t.Errorf("line %d: changed without a word", c.Line)
	}
	own := slices.DeleteFunc(slices.Clone(items), func(it drawnItem) bool {
		return !strings.Contains(it.stem, strings.TrimRight(plain(g.Ask), "?？؟.。!: "))
	})
	if c.Statement != "" {
		words := falses
		if c.Truth {
			words = trues
		}
		if !slices.Contains(words, strings.ToLower(g.answer())) {
			t.Errorf("line %d: answer %q", c.Line, g.answer())
		}
		if len(own) == 0 {
			t.Errorf("line %d: the statement is never asked", c.Line)
		}
		return
	}
	var not []string
	for _, n := range g.Not {
		not = append(not, fmt.Sprint(n))
	}
	if c.Alts != nil {
		have := strings.ToLower(strings.Join(append(slices.Clone(g.Accept), g.answer()), "\n")) + "\n"
		for _, a := range c.Alts {
			if !strings.Contains(have, strings.ToLower(a)+"\n") {
				t.Errorf("line %d: %q is not right when typed", c.Line, a)
			}
		}
	} else {
		if !c.Answer.has(g.answer()) {
			t.Errorf("line %d: answer %q, want %q", c.Line, g.answer(), c.Answer)
		}
		compareLists(t, c.Line, "accept", c.Accept, g.Accept)
		compareLists(t, c.Line, "not", c.Not, not)
	}
	if !strings.Contains(plain(g.Note), plain(c.Note)) {
		t.Errorf("line %d: note %q, want %q", c.Line, g.Note, c.Note)
	}
	if c.Category != "" && !containsAny(said, []string{"categor", "topic", c.Category}) {
		t.Errorf("line %d: the category is dropped without a word", c.Line)
	}
	if c.Prints && len(own) == 0 {
		t.Errorf("line %d: never asked", c.Line)
	}
	options := []string{printed(g.answer())}
	for _, n := range not {
		options = append(options, printed(n))
	}
	for _, it := range own {
		if c.Alts == nil && printed(it.shown) != printed(g.answer()) {
			t.Errorf("line %d: %q is shown as %q", c.Line, g.answer(), it.shown)
		}
		for _, o := range it.options {
			if it.kind == quiz.Choice && !slices.Contains(options, printed(o)) {
				t.Errorf("line %d: the file does not have the option %q", c.Line, o)
			}
		}
	}
}

func compareLists(t *testing.T, line int, key string, want []anyOf, got []string) {
	left := slices.Clone(got)
	for _, w := range want {
		if i := slices.IndexFunc(left, w.has); i >= 0 {
			left = slices.Delete(left, i, i+1)
		} else {
			t.Errorf("line %d: %s lacks %q", line, key, w)
		}
	}
	if len(left) > 0 {
		t.Errorf("line %d: %s has %q besides", line, key, left)
	}
}

// drawnItem is a question as the preview shows it.
type drawnItem struct {
	fact    content.FactID
	kind    quiz.Kind
	stem    string
	options []string
	shown   string // the answer
}

func draw(t testing.TB, p *content.Pack, lang language.Code) []drawnItem {
	g := generate.New(p)
	var out []drawnItem
	for _, id := range g.Items() {
		it, err := g.Draw(id, 1)
		if err != nil {
			t.Fatalf("draw %s: %v", id, err)
		}
		v := g.Render(it, lang, language.Style{})
		d := drawnItem{fact: it.Fact.ID, kind: it.Kind, stem: plain(v.Stem), options: v.Options}
		if v.Key >= 0 && v.Key < len(v.Options) {
			d.shown = v.Options[v.Key]
		} else if len(v.Accepts) > 0 {
			d.shown = v.Accepts[0]
		}
		out = append(out, d)
	}
	return out
}

// plain is a text without marks that nobody sees.
func plain(s string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, norm.NFC.String(s))), " ")
}

var grouping = regexp.MustCompile(`([0-9])[ ,٬]([0-9]{3}\b)`)

// printed is what two spellings of one printed answer share: digits in ASCII, no grouping, no mark
// of a year.
func printed(s string) string {
	s = strings.Map(func(r rune) rune {
		for _, zero := range "0٠۰" {
			if r >= zero && r <= zero+9 {
				return '0' + r - zero
			}
		}
		return unicode.ToLower(r)
	}, norm.NFKC.String(plain(s)))
	return strings.TrimRight(grouping.ReplaceAllString(s, "$1$2"), "년年.。 ")
}

var columnOf = regexp.MustCompile(`(:[0-9]+):[0-9]+:`)

// told reports whether some line of the report names the line of the file and one of the words.
func told(said string, line int, words []string) bool {
	number := regexp.MustCompile(fmt.Sprintf(`(^|[^0-9.\-])%d($|[^0-9.])`, line))
	for l := range strings.Lines(said) {
		if l = columnOf.ReplaceAllString(l, "$1:"); number.MatchString(l) && containsAny(l, words) {
			return true
		}
	}
	return false
}

func containsAny(said string, words []string) bool {
	said = strings.ToLower(said)
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(said, strings.ToLower(w)) })
}
