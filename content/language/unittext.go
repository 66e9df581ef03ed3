package language

import "strings"

// unitText is how one language writes a unit after digits. An empty form is like other.
type unitText struct {
	one     string   // 1 year. Where nouns agree as in Arabic: the words that replace 1 and the unit, سنة واحدة
	two     string   // the dual, which replaces 2 and the unit: سنتان
	oblique string   // the dual after a preposition: سنتين
	few     string   // the plural of 3 to 10: سنوات
	many    string   // the accusative of 11 to 99: شهرًا
	other   string   // every other number, and the form after a scale word
	joined  bool     // no space between the digits and the unit: 5년, 12.5%
	also    []string // what else is read as the unit
}

// readUnits fills in the names of units.
func (l *Language) readUnits(f *dataFile) {
	for i := range f.sections {
		s := &f.sections[i]
		if s.name == "" {
			continue
		}
		u := registry().byCode[s.name]
		if u == nil || u.Code != s.name {
			f.fail(s.line, "unknown unit %q: give it a row in units.yaml or correct its spelling", s.name)
			continue
		}
		noun := arabicNoun{one: s.text("noun"), plural: s.text("plural"), adjective: s.text("adjective"), of: s.text("of")}
		t := unitText{one: s.text("one"), two: s.text("two"), few: s.text("few"), many: s.text("many"), other: s.text("other")}
		switch {
		case noun.one != "" && !l.agreement:
			f.fail(s.line, "%s: a noun and its plural need a language with agreement: write one and other", s.name)
		case noun.one != "" && noun.plural == "":
			f.fail(s.line, "%s: the plural of %s is missing: write plural: …, or other: … for a noun that never changes", s.name, noun.one)
		case noun.one != "":
			t = noun.text()
		case t.other == "":
			f.fail(s.line, "%s has no name: write other: …", s.name)
		}
		t.joined = l.joined != apart || s.text("joined") == "yes"
		t.also = list(s.text("also"))
		l.units[u.index] = t
	}
	f.checkUsed()
}

// arabicNoun is a noun that is counted: its singular, the plural of 3 to 10, and what else
// number agreement needs.
type arabicNoun struct {
	one, plural string
	adjective   string // masculine singular; follows the noun and agrees with it
	of          string // a name in the genitive instead of an adjective: دولار هونغ كونغ
}

// text gives the forms of the noun after 1, 2, 3 to 10, 11 to 99 and every other number.
func (n arabicNoun) text() unitText {
	feminine := strings.HasSuffix(n.one, "ة")
	adjective, which := n.adjective, "واحد"
	if feminine {
		which = "واحدة"
		if adjective != "" {
			adjective += "ة"
		}
	}
	t := unitText{
		one:   n.one + after(adjective) + after(which) + after(n.of),
		few:   n.plural + after(n.of),
		many:  accusative(n.one) + after(accusative(adjective)) + after(n.of),
		other: n.one + after(adjective) + after(n.of),
	}
	if n.adjective != "" {
		t.few = n.plural + after(n.adjective+"ة") // things in the plural take a feminine singular
	}
	t.two, t.oblique = dual(n.one, "ان")+after(dual(adjective, "ان")), dual(n.one, "ين")+after(dual(adjective, "ين"))
	if n.of != "" {
		t.two, t.oblique = t.two+after(n.of), t.oblique+after(n.of)
	}
	return t
}

// dual puts the dual ending on a noun or adjective; the feminine ة opens to ت.
func dual(s, ending string) string {
	if s == "" {
		return ""
	}
	if stem, ok := strings.CutSuffix(s, "ة"); ok {
		return stem + "ت" + ending
	}
	return s + ending
}

// accusative puts the tanwin of the indefinite accusative on a noun or adjective.
func accusative(s string) string {
	if s == "" || strings.HasSuffix(s, "ة") || strings.HasSuffix(s, "اء") {
		return s
	}
	return s + "ًا"
}

// after returns s with a space before it, or nothing.
func after(s string) string {
	if s == "" {
		return ""
	}
	return " " + s
}
