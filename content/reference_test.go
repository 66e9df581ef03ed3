package content

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"summitquiz/content/language"
)

// TestThePackReferenceIsThatOfTheCode makes docs/pack-reference.md from the tables that packs are
// checked against, and holds the file against it.
func TestThePackReferenceIsThatOfTheCode(t *testing.T) {
	const path = "../docs/pack-reference.md"
	want := reference()
	if f := flag.Lookup("update"); f != nil && f.Value.String() == "true" {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil { //nolint:gosec // a page for everybody
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		at := 0
		for at < min(len(got), len(want)) && got[at] == want[at] {
			at++
		}
		t.Errorf("docs/pack-reference.md differs from the code at %q: run go test ./content -run Reference -update", want[at:min(at+80, len(want))])
	}
}

// page is the reference while it is written.
type page struct{ strings.Builder }

func (p *page) line(format string, args ...any) { fmt.Fprintf(p, format+"\n", args...) }

func reference() string {
	p := &page{}
	p.line("# Reference of the pack format\n")
	p.line("Made from the code, and held against it by a test. [packs.md](packs.md) explains the format step by step; this page lists all of it.\n")
	p.line("Every text and name is one for all languages, or a mapping with one for each language of the pack: `{en: …, ko: …}`. An id is 1 to %d of a-z, 0-9 and hyphens. A name has at most %d characters, any other text %d, a list %d elements.\n", maxID, maxName, maxText, maxList)
	for _, part := range []struct {
		title string
		shape *shape
	}{
		{"The pack", packShape}, {"Sources", sourceShape}, {"Entities", entityShape}, {"Relations", relationShape}, {"Fields of a relation", fieldShape},
		{"Facts", factShape}, {"Values", valueShape}, {"Cards", cardShape}, {"Answers of a card", answerShape},
	} {
		p.keys(part.title, part.shape)
	}
	p.types()
	p.truth()
	p.kinds()
	p.units()
	p.sentences()
	p.relations()
	return p.String()
}

func (p *page) keys(title string, s *shape) {
	p.line("## %s\n", title)
	p.line("%s\n", s.doc)
	p.line("| Key | | What it may be | What it says |\n|---|---|---|---|")
	for _, k := range s.keys {
		must := ""
		if k.required {
			must = "required"
		}
		doc := k.doc
		if doc == "" {
			doc = k.shape.doc
		}
		p.line("| `%s` | %s | %s | %s |", k.name, must, p.may(k.shape), strings.ReplaceAll(doc, "|", `\|`))
	}
	p.line("")
}

// may says what a value may be: the words to choose from, or its form.
func (p *page) may(s *shape) string {
	if len(s.words) > 0 {
		return "`" + strings.Join(s.words, "`, `") + "`"
	}
	return alternatives(s.expected(), language.English)
}

func (p *page) types() {
	p.line("## Types of fields\n")
	p.line("A field holds entities of one or several kinds, `any` entity, or a value of a type:\n")
	p.line("| Type | How values are written | Can be ordered |\n|---|---|---|")
	for t := TextValue; t <= OrdinalValue; t++ {
		ordered := ""
		if t.ordered() {
			ordered = "yes"
		}
		p.line("| `%s` | %s | %s |", t, strings.TrimPrefix(valueHint(&Field{Type: t}).String(), "write "), ordered)
	}
	p.line("")
}

func (p *page) truth() {
	p.line("## Truth\n\n%s Default: `%s`.\n", truthShape.doc, Open)
}

func (p *page) kinds() {
	p.line("## Kinds of entities\n")
	var roots, rest []string
	for _, id := range sortedKeys(builtInKinds()) {
		if k := builtInKinds()[id]; k.Parent == nil {
			roots = append(roots, "`"+id+"`")
		} else {
			rest = append(rest, fmt.Sprintf("`%s` is a `%s`", id, k.Parent.ID))
		}
	}
	p.line("%s. Below them: %s. A pack adds its own with `kinds: {river: place}`, at most %d.\n", strings.Join(roots, ", "), strings.Join(rest, ", "), maxKinds)
}

func (p *page) units() {
	p.line("## Units\n")
	p.line("Written after a number and a space: in facts by the code or the English name, on cards in any of these spellings. A scale word (`thousand`, `million`, `billion`, `trillion`) may stand between. Units of one measure convert exactly and are one value.\n")
	p.line("| Unit | Spellings |\n|---|---|")
	var money []string
	for _, u := range language.Units() {
		if u.Currency {
			money = append(money, "`"+u.Code+"`")
			continue
		}
		var spellings []string
		for _, s := range u.Spellings(language.English)[1:] {
			if isLatin(s) {
				spellings = append(spellings, s)
			}
		}
		p.line("| `%s` | %s |", u.Code, strings.Join(spellings, ", "))
	}
	slices.Sort(money)
	p.line("\nMoney, by ISO 4217: %s.\n", strings.Join(money, " "))
}

// isLatin reports whether a spelling is one of the Latin script, or a sign.
func isLatin(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > 0x24F && (r < 0x2000 || r > 0x23FF) && r != 'µ' })
}

func (p *page) sentences() {
	p.line("## Inside sentences\n")
	p.line("| You write | You get |\n|---|---|")
	for _, row := range [][2]string{
		{"{field}", "the value of the field"},
		{"{field, plural, one {# lane} other {# lanes}}", "a form by number: zero, one, two, few, many, other, or =7"},
		{"{field, select, f {her} other {him}}", "a form by grammatical gender (`m`, `f`), for a date by its precision (`day`, `month`, `year`), for an amount by its unit"},
		{"{field, date, year}", "only the year of a date"},
		{"{a/an} {field}", "the English article"},
		{"{ل+field}", "an Arabic prefix, joined"},
		{"'{'", "a brace that means itself"},
	} {
		p.line("| `%s` | %s |", row[0], row[1])
	}
	var particles []string
	for _, s := range language.Particles() {
		particles = append(particles, "`{"+s+"}`")
	}
	p.line("| %s | the Korean particle by the sound before it, and whatever goes on from it: `{이라는/라는}` |", strings.Join(particles, " "))
	p.line("\n`order:` on a relation has, for a field that can be ordered, the sentence that asks to put facts in order by it: `order: {day: \"Which came in this order?\"}`. `match:` has the sentence that asks to match the first two fields that are asked for. Both hold no placeholder.\n")
}

func (p *page) relations() {
	p.line("## Relations of the library\n")
	p.line("Each has its sentences in four languages; the English ones are shown. A relation of the same name in the pack wins.\n")
	for _, rel := range Library() {
		p.line("### %s\n", rel.ID)
		p.line("%s\n", code(rel.State.Source[language.English]))
		if a, b := rel.Symmetric[0], rel.Symmetric[1]; a != b {
			p.line("`%s` and `%s` may be swapped.\n", rel.Fields[a].Name, rel.Fields[b].Name)
		}
		p.line("| Field | Holds | Truth | Question |\n|---|---|---|---|")
		for i := range rel.Fields {
			f := &rel.Fields[i]
			question := ""
			if f.Ask != nil {
				question = code(f.Ask.Source[language.English])
			}
			if i < len(rel.Order) && rel.Order[i] != nil {
				question += " order: " + code(rel.Order[i].Source[language.English])
			}
			p.line("| `%s` | %s | %s | %s |", f.Name, holds(f), f.Truth, strings.TrimSpace(question))
		}
		if rel.Match != nil {
			p.line("\nmatch: %s", code(rel.Match.Source[language.English]))
		}
		p.line("")
	}
}

// holds says what a field holds: kinds or a type, with its unit and bounds.
func holds(f *Field) string {
	s := f.Type.String()
	if f.Type == EntityValue {
		s = "any"
		if len(f.Kinds) > 0 {
			s = kindList(f.Kinds)
		}
	}
	if f.Unit != nil {
		s += " in " + f.Unit.Code
	}
	if f.AskUnit {
		s += ", the question names the unit"
	}
	if f.Min != nil {
		s += ", from " + f.Min.String()
	}
	if f.Max != nil {
		s += ", to " + f.Max.String()
	}
	return s
}

func code(s string) string {
	return "`" + strings.ReplaceAll(strings.Join(strings.Fields(s), " "), "|", `\|`) + "`"
}
