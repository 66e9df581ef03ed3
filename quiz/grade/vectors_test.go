package grade

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"summitquiz/content/language"
)

var vectorFile = flag.String("vectors", "quiz/grade/testdata/answers.json", "conformance vectors: an absolute path, or one from the module's root")

// vectors is the shape of the file.
type vectors struct {
	Items map[string]vectorItem `json:"items"`
	Cases []struct {
		ID      string `json:"id"`
		Item    string `json:"item"`
		Typed   string `json:"typed"`
		Verdict string `json:"verdict"`
		Rule    string `json:"rule"`
		Why     string `json:"why"`
	} `json:"cases"`
}

type vectorItem struct {
	Lang     string    `json:"lang"`
	Kind     string    `json:"kind"`
	Question string    `json:"question"`
	Key      vectorKey `json:"key"`
}

type vectorKey struct {
	Value      json.RawMessage `json:"value"`
	Unit       string          `json:"unit"`
	AskedUnit  *string         `json:"asked_unit"`
	AskedScale *json.Number    `json:"asked_scale"`
	Also       []struct {
		Value json.Number `json:"value"`
		Unit  string      `json:"unit"`
	} `json:"also"`
	Tol          float64  `json:"tol"`
	CloseTol     float64  `json:"close_tol"`
	Counted      []string `json:"counted"`
	Date         string   `json:"date"`
	YearOptional bool     `json:"year_optional"`
	Accepted     []string `json:"accepted"`
	Others       []string `json:"others"`
	Family       []string `json:"family"`
	FamilyUnique bool     `json:"family_unique"`
	Qualifiers   []string `json:"qualifiers"`
	Labels       []string `json:"labels"`
	Options      []string `json:"options"`
	CorrectIndex int      `json:"correct_index"`
}

// TestVectors grades every case of a conformance file.
func TestVectors(t *testing.T) {
	path := *vectorFile
	if !filepath.IsAbs(path) {
		path = filepath.Join("..", "..", path)
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		path = "testdata/answers.json" // the folder is for TestEveryday
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var v vectors
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	if len(v.Cases) == 0 {
		t.Fatal("the file has no cases")
	}
	keys := map[string]Key{}
	for id, it := range v.Items {
		if it.Kind != "choice" {
			keys[id] = it.key(t)
		}
	}
	marks := map[Mark]string{Right: "correct", Close: "close", Wrong: "wrong"}
	for i, c := range v.Cases {
		name := c.ID
		if name == "" {
			name = strconv.Itoa(i + 1)
		}
		t.Run(name, func(t *testing.T) {
			it := v.Items[c.Item]
			var got Verdict
			if it.Kind == "choice" {
				_, got = choice(it.Key.Labels, it.Key.Options, it.Key.CorrectIndex, c.Typed)
			} else {
				k := keys[c.Item]
				got = Answer(&k, c.Typed)
			}
			if marks[got.Mark] != c.Verdict {
				t.Errorf("%s: %q is %s (%s), want %s: %s, %s", it.Question, c.Typed, marks[got.Mark], got.Reason, c.Verdict, c.Rule, c.Why)
			}
		})
	}
}

func number(t testing.TB, s string) language.Decimal {
	t.Helper()
	d, ok := language.ParseDecimal(s)
	if !ok {
		t.Fatalf("the number %s cannot be read", s)
	}
	return d.Norm()
}

// share returns 1 - tol and 1 + tol.
func share(t testing.TB, tol float64) [2]language.Decimal {
	text := func(f float64) string { return strings.TrimRight(strconv.FormatFloat(f, 'f', 6, 64), "0") + "0" }
	return [2]language.Decimal{number(t, text(1-tol)), number(t, text(1+tol))}
}

// key is the item as the grader knows it.
func (it vectorItem) key(t testing.TB) Key {
	t.Helper()
	lang, ok := language.Parse(it.Lang)
	if !ok {
		t.Fatalf("the language %s is not known", it.Lang)
	}
	k, in := Key{lang: lang}, it.Key
	unit := func(code string) *language.Unit {
		if code == "" {
			return nil
		}
		u := language.UnitNamed(code)
		if u == nil {
			t.Fatalf("the unit %s is not known", code)
		}
		return u
	}
	switch it.Kind {
	case "yesno":
		k.sort, k.yes = polarSort, string(in.Value) == "true"
	case "date":
		k.sort = dateSort
		var d [3]int
		for i, part := range strings.Split(in.Date, "-") {
			d[i], _ = strconv.Atoi(part)
		}
		k.date = dateKey{language.Date{Year: int16(d[0]), Month: int8(d[1]), Day: int8(d[2])}, in.YearOptional}
	case "year":
		k.sort = dateSort
		n, _ := number(t, string(in.Value)).Int()
		k.date = dateKey{language.Date{Year: int16(n)}, false}
	case "amount", "count", "duration", "percent":
		k.sort = amountSort
		value := number(t, string(in.Value))
		a := amount{value: within(value, unit(in.Unit), share(t, in.Tol), share(t, in.CloseTol))}
		if in.AskedUnit != nil {
			a.asked = unit(*in.AskedUnit)
		} else if it.Kind == "percent" {
			a.asked = unit(in.Unit)
		}
		if in.AskedScale != nil {
			a.scale = number(t, in.AskedScale.String())
		}
		for _, w := range in.Also {
			a.also = append(a.also, within(number(t, w.Value.String()), unit(w.Unit), share(t, in.Tol), share(t, in.CloseTol)))
		}
		for _, w := range in.Counted {
			a.counted = append(a.counted, language.Normalise(w))
		}
		a.bare = bareIn(lang, language.Amount{Number: value, Unit: unit(in.Unit), LastDigit: value.Exp})
		k.amount = a
	default:
		lex := &Lexicon{exact: map[string][]owner{}}
		for i, o := range in.Others {
			lex.add(o, owner(i))
		}
		n := names{lexicon: lex, family: map[string]bool{}, familyUnique: in.FamilyUnique, person: it.Kind == "person", place: it.Kind == "place" || it.Kind == "country"}
		for _, a := range in.Accepted {
			n.accept(a)
		}
		for _, f := range in.Family {
			n.family[language.Compact(language.Normalise(f))] = true
		}
		n.origin = demonymsOf("")
		n.qualifiers = parse(strings.Join(in.Qualifiers, "|"))
		k.name = n
	}
	return k
}
