package bottest

import (
	"strings"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/bot/play"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/grade"
)

// games plays whole games: every language, mode and kind of question.
func games(t *testing.T, open func(*testing.T) Stage) {
	var tests []scene
	for _, lang := range language.Own() {
		tests = append(tests, scene{"everyone, in " + lang.String(), func(t *testing.T, s Stage) { wholeGame(t, s, lang) }})
	}
	for k := range quiz.KindCount {
		kind := quiz.Kind(k)
		tests = append(tests, scene{"questions of the kind " + kind.String(), func(t *testing.T, s Stage) { oneKind(t, s, kind) }})
	}
	tests = append(tests,
		scene{"a race closes two seconds after the first right answer", race},
		scene{"solo games stand beside the others and feed no board", solo},
		scene{"speed gives more to the quicker and never less than half", speed},
		scene{"each is told in their own language, and sees the game in it where the platform can", twoLanguages},
		scene{"again starts another game of the same sort", again})
	each(t, open, tests)
}

// wholeGame plays three questions of two people to the board and the line to share.
func wholeGame(t *testing.T, s Stage, lang language.Code) {
	ada, ben := s.Enter(t, "Ada", lang, false), s.Enter(t, "Ben", lang, false)
	m := begin(t, s, ada, lang, options{"pack": summit, "questions": "3", "kind": "choice"})
	Await(t, ben, "the start card", Shows(says(lang, phrase.StartBy, phrase.Name("name", "Ada"), phrase.Count("questions", 3))))
	for n := range 3 {
		c := m.question(ada, n)
		if c.Private {
			t.Error("a question of everyone is private")
		}
		if len(c.Options) != len(m.script.Views[n].Options) {
			t.Errorf("question %d has options %q, want %d", n+1, c.Options, len(m.script.Views[n].Options))
		}
		told(t, ada, says(lang, phrase.SavedChoice, phrase.Text("label", m.right(n))), func() { ada.Click(m.right(n)) })
		told(t, ben, says(lang, phrase.SavedChoice, phrase.Text("label", m.wrong(n))), func() { ben.Click(m.wrong(n)) })
		r := m.reveal(ben, n, true)
		if want := says(lang, phrase.RightWere, phrase.List("names", "Ada")); !strings.Contains(r.Text, want) {
			t.Errorf("the reveal does not say %q:\n%s", want, r.Text)
		}
		if len(r.Options) > 0 {
			t.Error("options can be chosen after the reveal")
		}
	}
	end := Await(t, ben, "the end", Shows(says(lang, phrase.EndTitle)))
	for _, want := range []string{
		says(lang, phrase.BoardRow, phrase.Count("rank", 1), phrase.Name("name", "Ada"), phrase.Count("points", 3), phrase.Count("right", 3), phrase.Count("asked", 3)),
		says(lang, phrase.BoardRow, phrase.Count("rank", 2), phrase.Name("name", "Ben"), phrase.Count("points", 0), phrase.Count("right", 0), phrase.Count("asked", 3)),
	} {
		if !strings.Contains(end.Text, want) {
			t.Errorf("the end does not say %q:\n%s", want, end.Text)
		}
	}
	line := func(right int, signs string) string {
		return says(lang, phrase.ShareLine, phrase.Count("right", right), phrase.Count("asked", 3), phrase.Text("signs", signs))
	}
	told(t, ada, line(3, "🟩🟩🟩"), func() { ada.Click(says(lang, phrase.ButtonShare)) })
	told(t, ben, line(0, "🟥🟥🟥"), func() { ben.Click(says(lang, phrase.ButtonShare)) })
	if page := board(t, s, bot.BoardQuery{Limit: 10}); len(page.Rows) > 1 {
		t.Errorf("who has no points is on the board: %+v", page)
	}
}

// oneKind plays two questions of one kind, with what is right.
func oneKind(t *testing.T, s Stage, kind quiz.Kind) {
	ada := s.Enter(t, "Ada", language.English, false)
	pack := summit
	if kind > quiz.Date { // they set facts of a kind beside each other
		pack = countries
	}
	m := begin(t, s, ada, language.English, options{"pack": pack, "questions": "2", "seconds": "10", "kind": kind.String()})
	for n := range m.total() {
		c := m.question(ada, n)
		if typed := kind.Form() == quiz.TypedForm; typed == (len(c.Options) > 0) {
			t.Errorf("a question of the kind %s has the options %q", kind, c.Options)
		}
		m.solve(ada, n)
		if r := m.reveal(ada, n, true); !strings.Contains(r.Text, "Ada") {
			t.Errorf("what is right was not taken for right:\n%s", r.Text)
		}
	}
	Await(t, ada, "the end", Shows(says(language.English, phrase.EndTitle)))
	for _, a := range m.answers() {
		if a.Mark != grade.Right {
			t.Errorf("question %d: %v for what is right", a.Question+1, a.Mark)
		}
		if _, k, ok := a.Item.Parts(); !ok || k.Form() != kind.Form() || k != kind && kind != quiz.Choice && kind != quiz.Typed { // those two stand for their form
			t.Errorf("question %d is of the kind %s, want %s", a.Question+1, k, kind)
		}
	}
}

func race(t *testing.T, s Stage) {
	ada, ben := s.Enter(t, "Ada", language.English, false), s.Enter(t, "Ben", language.English, false)
	cleo := s.Enter(t, "Cleo", language.English, false)
	m := begin(t, s, ada, language.English, options{"pack": summit, "questions": "1", "kind": "choice", "mode": "race"})
	m.question(ada, 0)
	told(t, cleo, says(language.English, phrase.SavedChoice, phrase.Text("label", m.wrong(0))), func() { cleo.Click(m.wrong(0)) })
	told(t, ada, says(language.English, phrase.SavedChoice, phrase.Text("label", m.right(0))), func() { ada.Click(m.right(0)) })
	s.Clock().Advance(time.Second)
	told(t, ben, says(language.English, phrase.SavedChoice, phrase.Text("label", m.right(0))), func() { ben.Click(m.right(0)) })
	s.Clock().Advance(1100 * time.Millisecond)
	if r := m.reveal(ben, 0, false); !strings.Contains(r.Text, "Ada and Ben") {
		t.Errorf("who was right within two seconds is not named:\n%s", r.Text)
	}
}

func solo(t *testing.T, s Stage) {
	ada, ben := s.Enter(t, "Ada", language.English, false), s.Enter(t, "Ben", language.English, false)
	alone := begin(t, s, ada, language.English, options{"pack": summit, "questions": "2", "kind": "choice", "mode": "solo"})
	c := alone.question(ada, 0)
	if !c.Private {
		t.Error("a question of a solo game is public")
	}
	for _, c := range ben.Screen() {
		if strings.Contains(c.Text, "Question 1") {
			t.Errorf("Ben sees Ada's own question:\n%s", c.Text)
		}
	}
	// It is typed: the letters of two open questions would be alike.
	all := begin(t, s, ben, language.English, options{"pack": countries, "questions": "1", "kind": "typed"})
	if len(all.script.Views) != 1 {
		t.Fatal("no game for everybody began beside a solo game")
	}
	ada.Click(alone.wrong(0)) // to one who plays alone nothing is said of nobody
	if r := alone.reveal(ada, 0, false); !strings.Contains(r.Text, says(language.English, phrase.YouWereNotRight)) || strings.Contains(r.Text, "Nobody") {
		t.Errorf("her own reveal says\n%s", r.Text)
	}
	alone.question(ada, 1)
	ada.Click(alone.right(1))
	end := Await(t, ada, "the end of her own game", func(c Card) bool { return c.Private && strings.Contains(c.Text, "Final scores") })
	if !strings.Contains(end.Text, says(language.English, phrase.YouMissedTitle)) || strings.Contains(end.Text, "Nobody") {
		t.Errorf("her own end says\n%s", end.Text)
	}
	if page := board(t, s, bot.BoardQuery{Limit: 10}); len(page.Rows) > 0 {
		t.Errorf("a solo game feeds the board: %+v", page)
	}
}

func speed(t *testing.T, s Stage) {
	ada, ben := s.Enter(t, "Ada", language.English, false), s.Enter(t, "Ben", language.English, false)
	m := begin(t, s, ada, language.English, options{"pack": summit, "questions": "1", "kind": "choice", "scoring": "speed", "seconds": "20"})
	m.question(ada, 0)
	ada.Click(m.right(0))
	s.Clock().Advance(19 * time.Second)
	ben.Click(m.right(0))
	m.reveal(ben, 0, true)
	points := map[int]bool{}
	for _, a := range m.answers() {
		if a.Points < 500 || a.Points > 1000 {
			t.Errorf("%d points after %v", a.Points, a.Took)
		}
		points[a.Points] = true
	}
	if len(points) != 2 {
		t.Errorf("the quick and the slow have the same points: %v", points)
	}
}

// twoLanguages lets an Arabic and a Korean player share a chat.
func twoLanguages(t *testing.T, s Stage) {
	layla, minsu := s.Enter(t, "ليلى", language.Arabic, false), s.Enter(t, "민수", language.Korean, false)
	m := begin(t, s, layla, language.Arabic, options{"pack": summit, "questions": "1", "kind": "choice", "language": "ar"})
	seen := m.in(language.Korean)
	seen.question(minsu, 0)
	told(t, minsu, says(language.Korean, phrase.SavedChoice, phrase.Text("label", seen.right(0))), func() { minsu.Click(seen.right(0)) })
	told(t, layla, says(language.Arabic, phrase.SavedChoice, phrase.Text("label", m.right(0))), func() { layla.Click(m.right(0)) })
	r := seen.reveal(minsu, 0, true)
	if want := says(seen.lang, phrase.RightWere, phrase.List("names", "민수", "ليلى")); !strings.Contains(r.Text, want) {
		t.Errorf("the reveal does not say %q:\n%s", want, r.Text)
	}
}

func again(t *testing.T, s Stage) {
	ada := s.Enter(t, "Ada", language.English, false)
	m := begin(t, s, ada, language.English, options{"pack": summit, "questions": "1", "kind": "who-said"})
	m.question(ada, 0)
	m.solve(ada, 0)
	m.reveal(ada, 0, true)
	Await(t, ada, "the end", Shows("Final scores"))
	ada.Click("Again")
	Await(t, ada, "another start card", func(Card) bool {
		live, err := s.Store().Live(t.Context(), play.Kind)
		return err == nil && len(live) == 1 && live[0].ID > m.id && string(live[0].Pack) == summit
	})
}
