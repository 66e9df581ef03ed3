package phrase

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/generate"
	"summitquiz/quiz/grade"
)

// wanted lists every phrase that the program can say.
func wanted() []ID {
	ids := []ID{Answer, Accepted, Why, WhyNot, Source, EvidenceIs, NotReviewed}
	for m := grade.Wrong; m <= grade.Right; m++ {
		ids = append(ids, Mark(m))
	}
	for r := range grade.ReasonCount {
		ids = append(ids, Grade(grade.Reason(r)))
	}
	for r := range generate.ReasonCount {
		ids = append(ids, Missing(generate.Reason(r)))
	}
	for k := range quiz.KindCount {
		ids = append(ids, Kind(quiz.Kind(k)))
	}
	slices.Sort(ids)
	return ids
}

func TestEveryPhraseStandsInEveryLanguage(t *testing.T) {
	for _, c := range language.All() {
		got, err := read(c)
		if err != nil {
			t.Error(err)
		}
		have := slices.Sorted(maps.Keys(got))
		for _, id := range wanted() {
			if !slices.Contains(have, id) {
				t.Errorf("%s lacks %s", c, id)
			}
		}
		for _, id := range have {
			if !slices.Contains(wanted(), id) {
				t.Errorf("%s has %s, which nothing says", c, id)
			}
		}
	}
}

func TestEveryLanguageUsesEveryPlaceholder(t *testing.T) {
	for _, c := range language.All() {
		got, _ := read(c)
		for id, m := range got {
			for i, name := range placeholders[id] {
				if !m.Uses(i) {
					t.Errorf("%s of %s does not show {%s}", id, c, name)
				}
			}
		}
	}
}

func TestNothingAboutAGradeCanShowTheKey(t *testing.T) {
	for r := range grade.ReasonCount {
		if id := Grade(grade.Reason(r)); len(placeholders[id]) > 0 {
			t.Errorf("%s has placeholders", id)
		}
	}
}

var arguments = map[ID][]string{WhyNot: {"B"}}

func TestPhrasesReadInTheRightDirectionAndCleanly(t *testing.T) {
	doubled := regexp.MustCompile(`  |[.。?？!！]{2}|\s[.,:;!?]`)
	for _, c := range language.All() {
		for _, id := range wanted() {
			s := Say(c, id, arguments[id]...)
			if err := language.CheckDirection(c, s); err != nil {
				t.Errorf("%s in %s: %q: %v", id, c, s, err)
			}
			if plain := language.StripIsolates(s); doubled.MatchString(plain) || plain == string(id) {
				t.Errorf("%s in %s = %q", id, c, plain)
			}
		}
	}
}

func TestGradesDifferFromEachOther(t *testing.T) {
	for _, c := range language.All() {
		seen := map[string]ID{}
		for r := range grade.ReasonCount {
			id := Grade(grade.Reason(r))
			s := Say(c, id)
			if other, twice := seen[s]; twice {
				t.Errorf("%s and %s are both %q in %s", other, id, s, c)
			}
			seen[s] = id
		}
	}
}

func TestKoreanPhrasesArePolite(t *testing.T) {
	for _, id := range wanted() {
		if !strings.HasPrefix(string(id), "grade-") && !strings.HasPrefix(string(id), "missing-") {
			continue
		}
		s := Say(language.Korean, id)
		if !regexp.MustCompile(`(니다\.|십시오\.|니까\?)$`).MatchString(s) {
			t.Errorf("%s = %q does not end politely", id, s)
		}
	}
}

func TestASlipIsSeenAndBreaksNothing(t *testing.T) {
	if got := Say(language.English, "no-such-phrase"); got != "no-such-phrase" {
		t.Errorf("an unknown phrase reads %q", got)
	}
	if got := Say(language.English, WhyNot); got != string(WhyNot) {
		t.Errorf("a phrase without its argument reads %q", got)
	}
}

func ExampleSay() {
	fmt.Println(Say(language.English, Grade(grade.OtherScale)))
	fmt.Println(Say(language.Korean, Grade(grade.Spelling)))
	// Output:
	// Right digits, wrong scale: check the scale word.
	// 거의 맞았습니다. 철자를 확인해 주십시오.
}
