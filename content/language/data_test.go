package language

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"go.yaml.in/yaml/v4"
)

// TestData holds that every embedded file is right, that every language names every unit, and
// that the small reader of data files reads what YAML says.
func TestData(t *testing.T) {
	files := builtinData()
	if _, err := readRegistry(files); err != nil {
		t.Error(err)
	}
	if _, err := readFolding(files); err != nil {
		t.Error(err)
	}
	for _, file := range []string{"answers", "demonyms", "times", "questions", "items", "imports"} {
		if lists, err := readWordLists(files, file); err != nil || len(lists.all) == 0 || len(lists.of) != OwnCount {
			t.Errorf("the lists of %s: %v", file, err)
		}
	}
	if _, err := readDirectionWords(files); err != nil {
		t.Error(err)
	}
	if _, err := readSounds(files); err != nil {
		t.Error(err)
	}
	if _, err := readParticles(files); err != nil {
		t.Error(err)
	}
	if _, err := readArticleWords(files); err != nil {
		t.Error(err)
	}
	if _, err := readVocabulary(files); err != nil {
		t.Error(err)
	}
	if _, err := readDateVocabulary(files); err != nil {
		t.Error(err)
	}
	for code := range readers().smallerUnits {
		if u := UnitNamed(code); u == nil || u.Code != code || UnitNamed(readers().smallerUnits[code]) == nil {
			t.Errorf("en/numerals.yaml: smaller-units: %s: unknown unit", code)
		}
	}
	for _, tag := range tags() {
		l, err := Load(files, tag)
		if err != nil {
			t.Error(err)
			continue
		}
		for i, u := range registry().all {
			if l.units[i].other == u.Code && u.Currency {
				t.Errorf("%s does not name %s", tag, u.Code)
			}
		}
	}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".yaml" {
			return err
		}
		got, err := readData(files, name)
		if err != nil {
			t.Error(err)
			return nil
		}
		compareYAML(t, files, name, got)
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// compareYAML reports what a file holds in YAML and not here, or the other way round.
func compareYAML(t *testing.T, files fs.FS, name string, got *dataFile) {
	src, err := fs.ReadFile(files, name)
	if err != nil {
		t.Fatal(err)
	}
	var root yaml.Node
	if err := yaml.Unmarshal(src, &root); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	want := map[string]string{}
	walk := func(n *yaml.Node, section string, sections bool) {
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i+1].Kind == yaml.ScalarNode {
				want[section+"\x00"+n.Content[i].Value] = n.Content[i+1].Value
			} else if !sections {
				t.Errorf("%s: %s is nested too deep", name, n.Content[i].Value)
			}
		}
	}
	if len(root.Content) > 0 {
		walk(root.Content[0], "", true)
		for i := 0; i+1 < len(root.Content[0].Content); i += 2 {
			if n := root.Content[0].Content[i+1]; n.Kind == yaml.MappingNode {
				walk(n, root.Content[0].Content[i].Value, false)
			}
		}
	}
	for _, s := range got.sections {
		for _, e := range s.entries {
			key := s.name + "\x00" + e.key
			if w, ok := want[key]; !ok || w != e.value {
				t.Errorf("%s:%d: %s is %q here and %q in YAML", name, e.line, e.key, e.value, w)
			}
			delete(want, key)
		}
	}
	for key := range want {
		t.Errorf("%s: %q stands in the YAML only", name, key)
	}
}

// french is a language that the product does not have.
var french = fstest.MapFS{
	"fr/language.yaml": {Data: []byte(`# French, as far as a test needs it.
plurals: one | many | other
capitals: yes
quotes: « | » | “ | ”
labels: A | B | C | D
true: Vrai
false: Faux
list:
  comma: ", "
  two: " et "
  last: " et "
dates:
  day: "{day} {month} {year}"
  month: "{month} {year}"
  year: "{year}"
  day-of-year: "{day} {month}"
  month-of-year: "{month}"
  before-era: "{year} av. J.-C."
  months: janvier | février | mars | avril | mai | juin | juillet | août | septembre | octobre | novembre | décembre
numbers:
  reach: 4
  grouped: yes
  spaced: yes
scales:
  9: milliards | 3
  6: millions | 3
ordinals:
  one: "{n}er"
  other: "{n}e"
`)},
	"fr/units.yaml": {Data: []byte("year:\n  one: an\n  other: ans\n")},
	"fr/numerals.yaml": {Data: []byte(`numerals:
  units: zéro | un, une | deux | trois | quatre | cinq | six | sept | huit | neuf
  teens: dix | onze | douze | treize | quatorze | quinze | seize
  tens: vingt | trente | quarante | cinquante | soixante
  hundred: cent, cents
  half: demi, demie
  point: virgule
  and: et
scales:
  3: mille
  6: million, millions
  9: milliard, milliards
ordinals:
  units: premier, première | deuxième | troisième
parts:
  3: tiers | tiers
words:
  minus: moins
`)},
	"fr/dates.yaml":      {Data: []byte("weekdays: lundi | mardi\nfillers: le\nwords:\n  before-era: av. J.-C.\n")},
	"fr/answers.yaml":    {Data: []byte("leads: je pense que c'est\njoin-words: et\n")},
	"fr/questions.yaml":  {Data: []byte("asks-count: combien de\npoles: Vrai = Faux | Oui = Non\n")},
	"fr/items.yaml":      {Data: []byte("closest: La réponse la plus proche gagne.\nends-frame: \", \"\n")},
	"fr/imports.yaml":    {Data: []byte("question-columns: question\nkind-choice: choix\n")},
	"fr/currencies.yaml": {Data: []byte("USD:\n  one: dollar\n  other: dollars\n")},
}

// TestFifthLanguage holds that a language is its folder of data: numbers, dates, lists and
// messages of one that no code knows.
func TestFifthLanguage(t *testing.T) {
	fr, err := Load(french, "fr")
	if err != nil {
		t.Fatal(err)
	}
	amount := func(coef int64, exp int32, unit string) Amount {
		return Amount{Number: Decimal{coef, exp}, Unit: UnitNamed(unit), LastDigit: exp}
	}
	for want, got := range map[string][]byte{
		"1 an": fr.AppendAmount(nil, amount(1, 0, "year"), nil, plainStyle), "7 ans": fr.AppendAmount(nil, amount(7, 0, "year"), nil, plainStyle),
		"48.9 milliards dollars": fr.AppendAmount(nil, amount(489, 8, "USD"), nil, plainStyle), "3 km2": fr.AppendAmount(nil, amount(3, 0, "km2"), nil, plainStyle),
		"1 novembre 2025": fr.AppendDate(nil, Date{2025, 11, 1}, plainStyle), "mars 44 av. J.-C.": fr.AppendDate(nil, Date{-44, 3, 0}, plainStyle), "2 mai": fr.AppendDate(nil, Date{0, 5, 2}, plainStyle),
		"Paris, Lyon et Nice": fr.AppendList(nil, []string{"Paris", "Lyon", "Nice"}), "Paris et Nice": fr.AppendList(nil, []string{"Paris", "Nice"}),
		"1er": fr.AppendOrdinal(nil, amount(1, 0, "year"), Masculine, plainStyle), "2e": fr.AppendOrdinal(nil, amount(2, 0, "year"), Masculine, plainStyle),
	} {
		if string(got) != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	m, err := fr.Compile("{who} a gagné {n, plural, one {# partie} other {# parties}}, {when}.", []string{"who", "n", "when"})
	if err != nil {
		t.Fatal(err)
	}
	args := []Arg{{Kind: Several, List: []Arg{{Text: "éric"}, {Text: "Zoé"}}}, {Kind: Number, Amount: Amount{Number: Whole(3)}}, {Kind: Day, Date: Date{2025, 11, 1}}}
	if got, want := string(m.Append(nil, args, plainStyle)), "Éric et Zoé a gagné 3 parties, 1 novembre 2025."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if _, err := fr.Compile("{a/an} {who}", []string{"who"}); err == nil {
		t.Error("French takes an English article")
	}
}

// both are files of the product with a folder more.
type both struct{ fs.FS }

func (b both) Open(name string) (fs.File, error) {
	if f, err := french.Open(name); err == nil && name != "." {
		return f, nil
	}
	return b.FS.Open(name)
}

func (b both) ReadDir(name string) ([]fs.DirEntry, error) {
	out, err := fs.ReadDir(b.FS, name)
	more, _ := fs.ReadDir(french, name)
	return append(out, more...), err
}

// TestFifthLanguageIsRead holds that a folder of data is enough to read numbers, units, dates and
// what stands around an answer as well.
func TestFifthLanguageIsRead(t *testing.T) {
	files := both{builtinData()}
	v, err := readVocabulary(files)
	if err != nil {
		t.Fatal(err)
	}
	dates, err := readDateVocabulary(files)
	if err != nil {
		t.Fatal(err)
	}
	fr, err := Load(files, "fr")
	if err != nil {
		t.Fatal(err)
	}
	lists, err := readWordLists(files, "answers")
	if err != nil || !slices.Contains(lists.all["leads"], "je pense que c'est") || !slices.Contains(lists.of["fr"]["join-words"], "et") {
		t.Errorf("the words around a French answer are not read: %v", err)
	}
	units := newUnitIndex(append(builtin()[:], fr))
	oldReaders, oldDates, oldUnits := readers, dateReaders, unitNames
	defer func() { readers, dateReaders, unitNames = oldReaders, oldDates, oldUnits }()
	readers = func() *vocabulary { return v }
	dateReaders = func() *dateVocabulary { return dates }
	unitNames = func() *unitIndex { return units }
	for s, want := range map[string]struct {
		number Decimal
		unit   string
	}{
		"vingt et un": {Whole(21), ""}, "trois cent quarante-deux mille": {Whole(342000), ""}, "moins cinq": {Whole(-5), ""}, "deux ans": {Whole(2), "year"},
		"trois millions de dollars": {}, "trois millions dollars": {Whole(3_000_000), "USD"}, "206": {Whole(206), ""}, "two years": {Whole(2), "year"}, "سنتان": {Whole(2), "year"},
	} {
		got := ReadAmount(Normalise(s))
		if want == (struct {
			number Decimal
			unit   string
		}{}) {
			if len(got) > 0 {
				t.Errorf("%s is read as %v", s, got)
			}
			continue
		}
		if len(got) == 0 || got[0].Number.Cmp(want.number) != 0 || got[0].Slip || want.unit != "" && (len(got[0].Units) == 0 || got[0].Units[0].Code != want.unit) {
			t.Errorf("%s is read as %+v, want %v %s", s, got, want.number, want.unit)
		}
	}
	for s, want := range map[string]Date{"le 2 mai 1968": {1968, 5, 2}, "14 juillet 1789": {1789, 7, 14}, "août 1944": {1944, 8, 0}, "mars 44 av. J.-C.": {-44, 3, 0}, "2 May 1968": {1968, 5, 2}} {
		if got := ReadDate(English, Normalise(s)); len(got) == 0 || got[0].Date != want {
			t.Errorf("%s is read as %v, want %v", s, got, want)
		}
	}
	if n, ok := ReadOrdinal(Normalise("deuxième")); !ok || n != 2 {
		t.Errorf("deuxième is read as %d, %v", n, ok)
	}
}

// TestFifthLanguageAsks holds that what questions say, what is read in them and what imports are read by
// comes with a folder of data too.
func TestFifthLanguageAsks(t *testing.T) {
	files := both{builtinData()}
	for file, list := range map[string]string{"questions": "asks-count", "imports": "kind-choice"} {
		if lists, err := readWordLists(files, file); err != nil || len(lists.of["fr"][list]) != 1 || !slices.Contains(lists.all[list], lists.of["fr"][list][0]) {
			t.Errorf("the words of %s are not read in French: %v", file, err)
		}
	}
	if lists, err := readWordLists(files, "items"); err != nil || lists.texts["fr"]["closest"] != "La réponse la plus proche gagne." || lists.texts["fr"]["ends-frame"] != ", " {
		t.Errorf("what items say is not read in French: %v", err)
	}
}

// TestWrongData holds that mistakes in data are told with their line and what to do.
func TestWrongData(t *testing.T) {
	right := string(french["fr/language.yaml"].Data)
	for mistake, want := range map[string]string{
		"plurals: one | several | other": `fr/language.yaml:2: "several" is no CLDR plural category: write zero, one, two, few, many or other`,
		"capitals: perhaps":              `fr/language.yaml:3: capitals is "perhaps": write yes or no`,
		"  months: janvier | février":    "fr/language.yaml:19: there are 2 months: write twelve names, January first, or none",
		"  yaer: x":                      `unknown key "yaer"`,
		"    year: x":                    `fr/language.yaml:15: "year" is indented by 4 spaces: sections are indented by 2`,
		"quotes: « | »":                  "quotes are 2 marks: write four, two around a quotation and two around one within it",
		"  9: milliards":                 "9: milliards is no scale: write a power of ten with its word and the decimals before it",
		"nonsense":                       `"nonsense" is not a key with a text`,
		"direction: up":                  `direction is "up": write left-to-right or right-to-left`,
		"true: ":                         `the file lacks "true": add true: …`,
	} {
		key, _, _ := strings.Cut(mistake, ":")
		lines := strings.Split(right, "\n")
		done := false
		for i, line := range lines {
			if strings.HasPrefix(line, key+":") || strings.HasPrefix(strings.TrimSpace(line), strings.TrimSpace(key)+":") {
				lines[i], done = mistake, true
				break
			}
		}
		if !done {
			lines = append(lines, mistake)
		}
		_, err := Load(fstest.MapFS{"fr/language.yaml": {Data: []byte(strings.Join(lines, "\n"))}}, "fr")
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", mistake, err, want)
		}
	}
	bad := fstest.MapFS{"fr/language.yaml": french["fr/language.yaml"], "fr/units.yaml": {Data: []byte("yaer:\n  other: an\nyear:\n  one: an\nkm:\n  noun: kilomètre\n")}}
	_, err := Load(bad, "fr")
	for _, want := range []string{`fr/units.yaml:1: unknown unit "yaer"`, "fr/units.yaml:3: year has no name: write other: …", "fr/units.yaml:5: km: a noun and its plural need a language with agreement"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}
