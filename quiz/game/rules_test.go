package game

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"summitquiz/quiz"
	"summitquiz/quiz/grade"
)

const (
	mina Member = iota + 1 // the starter
	omar
	jun
	lena
)

var evening = time.Date(2026, 11, 25, 20, 0, 0, 0, time.UTC)

// step is one event at a time in seconds after the start, and the effects that it must have.
type step struct {
	at   float64
	do   Event
	want string // effects as told writes them, with "; " between; "-" for none
}

// told is an effect in a few words.
func told(f Effect) string {
	switch f := f.(type) {
	case PostStart:
		return "start card"
	case EditStart:
		return "start card renewed"
	case PostQuestion:
		return fmt.Sprint("post ", f.Question)
	case EditQuestion:
		return fmt.Sprint(f.Why, " ", f.Question)
	case Reveal:
		return fmt.Sprint("reveal ", f.Question)
	case VoidQuestion:
		return fmt.Sprint("void ", f.Question)
	case Expose:
		return fmt.Sprint("seen ", f.Question)
	case Say:
		return "say " + string(f.Notice)
	case PostEnd:
		return "end"
	case Tell:
		return fmt.Sprint(f.Member, " ", f.Code)
	case Timer:
		if f.At.IsZero() {
			return "no timer"
		}
		return fmt.Sprint("timer ", f.At.Sub(evening).Seconds())
	case Record:
		tags := ""
		if !f.Counts {
			tags += " not yet"
		}
		if f.Lapsed {
			tags += " lapsed"
		}
		if f.Hinted {
			tags += " hinted"
		}
		return fmt.Sprint(f.Member, " ", f.Verdict.Mark, " ", f.Points, tags)
	}
	return fmt.Sprintf("%#v", f)
}

func run(t *testing.T, s State, steps []step) State {
	t.Helper()
	for i, st := range steps {
		now := evening.Add(time.Duration(st.at * float64(time.Second)))
		if a, ok := st.do.(Answer); ok && a.At.IsZero() {
			a.At = now
			st.do = a
		}
		var effects []Effect
		s, effects = Apply(s, st.do, now)
		got := "-"
		if len(effects) > 0 {
			words := make([]string, len(effects))
			for i := range effects {
				words[i] = told(effects[i])
			}
			got = strings.Join(words, "; ")
		}
		if got != st.want {
			t.Fatalf("step %d, %+v at %g s\n got %s\nwant %s", i, st.do, st.at, got, st.want)
		}
	}
	return s
}

// made returns a game of n questions with four options and key 1; change may make it another.
func made(t *testing.T, n int, change func(*Settings, []Question)) State {
	t.Helper()
	set := Defaults(mina)
	questions := make([]Question, n)
	for i := range questions {
		questions[i] = Question{Item: quiz.ItemID(fmt.Sprint("p/f/choice/", i)), Options: 4, Key: 1}
	}
	if change != nil {
		change(&set, questions)
	}
	s, err := New(set, questions)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func chose(m Member, question, option int) Answer {
	return Answer{Member: m, Question: question, Option: option}
}

func typed(m Member, question int, mark grade.Mark) Answer {
	return Answer{Member: m, Question: question, Option: -1, Verdict: grade.Verdict{Mark: mark}}
}

func typing(_ *Settings, questions []Question) {
	for i := range questions {
		questions[i].Form, questions[i].Options, questions[i].Key = quiz.TypedForm, 0, -1
	}
}

func solo(s *Settings, _ []Question)    { s.Mode = Solo }
func private(s *Settings, _ []Question) { s.Private = true }
func race(s *Settings, _ []Question)    { s.Mode = Race }
func speed(s *Settings, _ []Question)   { s.Scoring = Speed }

func TestRules(t *testing.T) {
	const opened = "timer 25; countdown 0; seen 0" // at 5 s, choice
	for name, c := range map[string]struct {
		questions int
		change    func(*Settings, []Question)
		steps     []step
	}{
		"the start card is up for five seconds": {2, nil, []step{
			{0, Start{}, "start card; timer 5"},
			{3, Tick{}, "timer 5"},
			{5, Tick{}, "timer 605; post 0"},
			{5, Tick{}, "timer 605"},
		}},
		"in a private chat the first question comes at once": {2, private, []step{
			{0, Start{}, "start card; timer 600; post 0"},
		}},
		"starting twice is starting once": {2, nil, []step{
			{0, Start{}, "start card; timer 5"},
			{1, Start{}, "-"},
		}},
		"the clock starts when the question has arrived": {2, nil, []step{
			{0, Start{}, "start card; timer 5"},
			{5, Tick{}, "timer 605; post 0"},
			{65, Delivered{0}, "timer 85; countdown 0; seen 0"},
			{66, Delivered{0}, "-"},
			{84, Tick{}, "timer 85"},
			{85, Tick{}, "reveal 0; timer 89"},
			{89, Tick{}, "timer 689; post 1"},
		}},
		"a long question has time to be read": {1, func(_ *Settings, q []Question) { q[0].Reading = 7 * time.Second }, []step{
			{0, Start{}, "start card; timer 5"},
			{5, Tick{}, "timer 605; post 0"},
			{5, Delivered{0}, "timer 32; countdown 0; seen 0"},
		}},
		"the first answer counts": {2, nil, []step{
			{0, Start{}, "start card; timer 5"},
			{5, Tick{}, "timer 605; post 0"},
			{5, Delivered{0}, opened},
			{6, chose(omar, 0, 2), "2 wrong 0"},
			{7, chose(omar, 0, 1), "2 already-answered"},
			{8, chose(jun, 0, 1), "3 right 1"},
			{25, Tick{}, "reveal 0; timer 29"},
		}},
		"an answer before the bot knows that the question arrived counts": {2, nil, []step{
			{0, Start{}, "start card; timer 5"},
			{5, Tick{}, "timer 605; post 0"},
			{6, chose(omar, 0, 1), "timer 26; countdown 0; seen 0; 2 right 1"},
			{7, Delivered{0}, "-"},
		}},
		"an answer in time counts though it is handled late": {2, nil, []step{
			{0, Start{}, "start card; timer 5"},
			{5, Tick{}, "timer 605; post 0"},
			{5, Delivered{0}, opened},
			{26, Answer{Member: omar, Option: 1, At: evening.Add(25 * time.Second)}, "2 right 1"},
			{26, Tick{}, "reveal 0; timer 30"},
		}},
		"after the time it is too late, tick or no tick": {2, nil, []step{
			{0, Start{}, "start card; timer 5"},
			{5, Tick{}, "timer 605; post 0"},
			{5, Delivered{0}, opened},
			{25.1, chose(omar, 0, 1), "reveal 0; timer 29.1; 2 too-late"},
			{26, chose(jun, 0, 1), "3 too-late"},
			{26, chose(jun, 1, 1), "3 too-early"},
			{26, chose(jun, -1, 1), "3 too-early"},
		}},
		"an option that is not there": {2, nil, []step{
			{0, Start{}, "start card; timer 5"},
			{5, Tick{}, "timer 605; post 0"},
			{5, Delivered{0}, opened},
			{6, chose(omar, 0, 4), "2 no-such-option"},
			{6, chose(omar, 0, -1), "2 no-such-option"},
		}},
		"close is no answer yet": {1, typing, []step{
			{0, Start{}, "start card; timer 5"},
			{5, Tick{}, "timer 605; post 0"},
			{5, Delivered{0}, "timer 35; countdown 0; seen 0"},
			{6, typed(omar, 0, grade.Close), "2 close 0 not yet"},
			{7, typed(omar, 0, grade.Right), "2 right 1"},
			{8, typed(omar, 0, grade.Right), "2 already-answered"},
			{8, typed(jun, 0, grade.Close), "3 close 0 not yet"},
			{9, typed(jun, 0, grade.Close), "3 close 0"},
			{9, typed(jun, 0, grade.Right), "3 already-answered"},
			{9, typed(lena, 0, grade.Close), "4 close 0 not yet"},
			{35, Tick{}, "4 wrong 0 lapsed; reveal 0; no timer; end"},
		}},
		"speed earns 1000 at first and more than half at last": {2, speed, []step{
			{0, Start{}, "start card; timer 5"},
			{5, Tick{}, "timer 605; post 0"},
			{5, Delivered{0}, opened},
			{6.5, chose(mina, 0, 1), "1 right 1000"},
			{16.5, chose(omar, 0, 1), "2 right 750"},
			{25, chose(jun, 0, 1), "3 right 538"},
			{25, Tick{}, "reveal 0; timer 29"},
		}},
		"a hint halves the points of those who saw it": {2, speed, []step{
			{0, Start{}, "start card; timer 5"},
			{5, Tick{}, "timer 605; post 0"},
			{5, Hint{omar, 0}, "2 too-early"},
			{5, Delivered{0}, opened},
			{6, chose(mina, 0, 1), "1 right 1000"},
			{6, Hint{omar, 0}, "hint 0"},
			{6, Hint{jun, 0}, "3 hint-used"},
			{6, chose(omar, 0, 1), "2 right 500 hinted"},
			{25, Hint{jun, 0}, "reveal 0; timer 29; 3 too-late"},
		}},
		"a hint costs nothing else": {2, nil, []step{
			{0, Start{}, "start card; timer 5"},
			{5, Tick{}, "timer 605; post 0"},
			{5, Delivered{0}, opened},
			{6, Hint{omar, 0}, "hint 0"},
			{6, chose(omar, 0, 1), "2 right 1 hinted"},
		}},
		"true or false has no hint": {1, func(_ *Settings, q []Question) { q[0].Options = 2 }, []step{
			{0, Start{}, "start card; timer 5"},
			{5, Tick{}, "timer 605; post 0"},
			{5, Delivered{0}, opened},
			{6, Hint{omar, 0}, "2 no-hint"},
		}},
		"from the third question on it closes when all active players have answered": {4, nil, []step{
			{0, Start{}, "start card; timer 5"},
			{5, Tick{}, "timer 605; post 0"},
			{5, Delivered{0}, opened},
			{6, chose(mina, 0, 1), "1 right 1"},
			{25, Tick{}, "reveal 0; timer 29"},
			{29, Tick{}, "timer 629; post 1"},
			{30, Delivered{1}, "timer 50; countdown 1; seen 1"},
			{31, chose(mina, 1, 1), "1 right 1"},
			{32, chose(omar, 1, 1), "2 right 1"},
			{50, Tick{}, "reveal 1; timer 54"},
			{54, Tick{}, "timer 654; post 2"},
			{55, Delivered{2}, "timer 75; countdown 2; seen 2"},
			{56, chose(mina, 2, 1), "1 right 1"},
			{57, chose(jun, 2, 1), "3 right 1"},
			{58, chose(omar, 2, 0), "2 wrong 0; reveal 2; timer 62"},
		}},
		"nobody waits for who left two questions ago, but for who may try again": {4, typing, []step{
			{0, Start{}, "start card; timer 5"},
			{5, Tick{}, "timer 605; post 0"},
			{5, Delivered{0}, "timer 35; countdown 0; seen 0"},
			{6, typed(mina, 0, grade.Right), "1 right 1"},
			{35, Tick{}, "reveal 0; timer 39"},
			{39, Tick{}, "timer 639; post 1"},
			{40, Delivered{1}, "timer 70; countdown 1; seen 1"},
			{41, typed(omar, 1, grade.Right), "2 right 1"},
			{70, Tick{}, "reveal 1; timer 74"},
			{74, Tick{}, "timer 674; post 2"},
			{75, Delivered{2}, "timer 105; countdown 2; seen 2"},
			{76, typed(omar, 2, grade.Right), "2 right 1"},
			{105, Tick{}, "reveal 2; timer 109"},
			{109, Tick{}, "timer 709; post 3"},
			{110, Delivered{3}, "timer 140; countdown 3; seen 3"},
			{111, typed(jun, 3, grade.Close), "3 close 0 not yet"},
			{112, typed(omar, 3, grade.Right), "2 right 1"},
			{113, typed(jun, 3, grade.Wrong), "3 wrong 0; reveal 3; no timer; end"},
		}},
		"alone it closes at once": {2, solo, []step{
			{0, Start{}, "start card; timer 600; post 0"},
			{1, Delivered{0}, "timer 21; countdown 0; seen 0"},
			{2, chose(omar, 0, 1), "2 not-your-game"},
			{2, Hint{omar, 0}, "2 not-your-game"},
			{2, SkipVote{omar, 0, false}, "2 not-your-game"},
			{3, chose(mina, 0, 1), "1 right 1; reveal 0; timer 7"},
		}},
		"alone with a close answer it waits for the second": {2, func(s *Settings, q []Question) { private(s, q); typing(s, q) }, []step{
			{0, Start{}, "start card; timer 600; post 0"},
			{1, Delivered{0}, "timer 31; countdown 0; seen 0"},
			{3, typed(mina, 0, grade.Close), "1 close 0 not yet"},
			{4, typed(mina, 0, grade.Right), "1 right 1; reveal 0; timer 8"},
		}},
		"a race closes two seconds after the first right answer": {2, race, []step{
			{0, Start{}, "start card; timer 5"},
			{5, Tick{}, "timer 605; post 0"},
			{5, Delivered{0}, opened},
			{6, chose(mina, 0, 0), "1 wrong 0"},
			{7, chose(omar, 0, 1), "2 right 1; timer 9; countdown 0"},
			{9, chose(jun, 0, 1), "3 right 1"},
			{9.1, chose(lena, 0, 1), "reveal 0; timer 13.1; 4 too-late"},
		}},
		"a race that is won at the last moment ends at the last moment": {2, race, []step{
			{0, Start{}, "start card; timer 5"},
			{5, Tick{}, "timer 605; post 0"},
			{5, Delivered{0}, opened},
			{24, chose(omar, 0, 1), "2 right 1; timer 25; countdown 0"},
			{25, Tick{}, "reveal 0; timer 29"},
		}},
		"more than half of the players can skip, or the starter alone": {3, nil, []step{
			{0, Start{}, "start card; timer 5"},
			{5, SkipVote{mina, 0, true}, "timer 605; post 0; 1 too-early"},
			{5, Delivered{0}, opened},
			{6, chose(mina, 0, 1), "1 right 1"},
			{6, chose(omar, 0, 0), "2 wrong 0"},
			{7, SkipVote{lena, 0, false}, "4 not-playing"},
			{7, SkipVote{omar, 0, false}, "2 vote-counted; vote 0"},
			{8, SkipVote{omar, 0, false}, "2 already-voted"},
			{9, SkipVote{mina, 0, false}, "reveal 0; timer 13"},
			{9, SkipVote{mina, 0, true}, "1 too-late"},
			{13, Tick{}, "timer 613; post 1"},
			{13, Delivered{1}, "timer 33; countdown 1; seen 1"},
			{14, SkipVote{mina, 1, true}, "reveal 1; timer 18"},
		}},
		"nobody answers": {5, nil, []step{
			{0, Start{}, "start card; timer 5"},
			{5, Tick{}, "timer 605; post 0"},
			{5, Delivered{0}, opened},
			{25, Tick{}, "reveal 0; timer 29"},
			{29, Tick{}, "timer 629; post 1"},
			{29, Delivered{1}, "timer 49; countdown 1; seen 1"},
			{49, Tick{}, "reveal 1; timer 53; say nobody-answers"},
			{53, Tick{}, "timer 653; post 2"},
			{53, Delivered{2}, "timer 73; countdown 2; seen 2"},
			{73, Tick{}, "reveal 2; no timer; end"},
			{74, chose(omar, 2, 1), "2 too-late"},
			{74, Stop{mina, true}, "1 too-late"},
		}},
		"a question that may not have arrived is void": {3, nil, []step{
			{0, Start{}, "start card; timer 5"},
			{5, Tick{}, "timer 605; post 0"},
			{6, InDoubt{0}, "void 0; seen 0; timer 10"},
			{6, InDoubt{0}, "-"},
			{7, chose(omar, 0, 1), "2 void"},
			{10, Tick{}, "timer 610; post 1"},
			{611, Tick{}, "void 1; seen 1; timer 615"},
			{615, Tick{}, "timer 1215; post 2"},
			{616, chose(omar, 2, 1), "timer 636; countdown 2; seen 2; 2 right 1"},
			{617, InDoubt{2}, "void 2; no timer; end"},
		}},
		"a pause waits for the open question": {3, nil, []step{
			{0, Start{}, "start card; timer 5"},
			{5, Tick{}, "timer 605; post 0"},
			{5, Delivered{0}, opened},
			{6, Pause{omar, false}, "2 not-allowed"},
			{6, Resume{mina, true}, "1 not-paused"},
			{6, Pause{mina, true}, "say will-pause"},
			{6, Pause{mina, true}, "1 already-paused"},
			{6, Resume{mina, true}, "say goes-on"},
			{7, Pause{mina, true}, "say will-pause"},
			{8, chose(omar, 0, 1), "2 right 1"},
			{25, Tick{}, "reveal 0; timer 86425; say paused"},
			{90, Resume{omar, false}, "2 not-allowed"},
			{90, Resume{mina, true}, "timer 94; say goes-on"},
			{94, Tick{}, "timer 694; post 1"},
		}},
		"a pause during the lead-in": {3, nil, []step{
			{0, Start{}, "start card; timer 5"},
			{1, Pause{mina, true}, "timer 86401; start card renewed; say paused"},
			{60, Resume{mina, true}, "timer 65; say goes-on; start card renewed"},
			{65, Tick{}, "timer 665; post 0"},
		}},
		"a pause that nobody ends": {3, nil, []step{
			{0, Start{}, "start card; timer 5"},
			{1, Pause{mina, true}, "timer 86401; start card renewed; say paused"},
			{86401, Tick{}, "start card renewed; no timer; end"},
			{86402, Resume{mina, true}, "1 too-late"},
			{86402, Pause{mina, true}, "1 too-late"},
		}},
		"stopping shows the open question and counts its answers": {3, nil, []step{
			{0, Start{}, "start card; timer 5"},
			{5, Tick{}, "timer 605; post 0"},
			{5, Delivered{0}, opened},
			{6, chose(omar, 0, 1), "2 right 1"},
			{7, Stop{omar, false}, "2 not-allowed"},
			{7, Stop{mina, true}, "reveal 0; no timer; end"},
		}},
		"stopping while a question is on its way": {3, nil, []step{
			{0, Start{}, "start card; timer 5"},
			{5, Tick{}, "timer 605; post 0"},
			{6, Stop{0, true}, "void 0; seen 0; no timer; end"},
			{6, Stop{0, true}, "-"},
			{6, Delivered{0}, "-"},
			{6, Restarted{}, "-"},
		}},
		"after a restart the open question has its full time again": {2, nil, []step{
			{0, Start{}, "start card; timer 5"},
			{3, Restarted{}, "timer 8; start card renewed"},
			{8, Tick{}, "timer 608; post 0"},
			{9, Restarted{}, "timer 609"},
			{10, Delivered{0}, "timer 30; countdown 0; seen 0"},
			{29, Restarted{}, "timer 49; countdown 0"},
			{49, Tick{}, "reveal 0; timer 53"},
			{52, Restarted{}, "timer 56"},
		}},
		"after a restart a race has its window again": {2, race, []step{
			{0, Start{}, "start card; timer 5"},
			{5, Tick{}, "timer 605; post 0"},
			{5, Delivered{0}, opened},
			{7, chose(omar, 0, 1), "2 right 1; timer 9; countdown 0"},
			{60, Restarted{}, "timer 62; countdown 0"},
			{61, chose(jun, 0, 1), "3 right 1"},
			{62, Tick{}, "reveal 0; timer 66"},
		}},
		"a clock that is set back does not hold the game": {2, nil, []step{
			{0, Start{}, "start card; timer 5"},
			{5, Tick{}, "timer 605; post 0"},
			{5, Delivered{0}, opened},
			{4, Tick{}, "timer 25"},
			{-3600, Tick{}, "timer -3580; countdown 0"},
			{-3580, Tick{}, "reveal 0; timer -3576"},
		}},
		"a clock that is set forward closes the question": {2, nil, []step{
			{0, Start{}, "start card; timer 5"},
			{5, Tick{}, "timer 605; post 0"},
			{5, Delivered{0}, opened},
			{3600, Tick{}, "reveal 0; timer 3604"},
		}},
		"before the start nothing happens": {1, nil, []step{
			{0, Tick{}, "-"},
			{0, Restarted{}, "-"},
			{0, Pause{mina, true}, "1 too-late"},
			{0, Resume{mina, true}, "1 too-late"},
			{0, chose(omar, 0, 1), "2 too-early"},
			{0, Stop{mina, true}, "no timer; end"},
		}},
	} {
		t.Run(name, func(t *testing.T) { run(t, made(t, c.questions, c.change), c.steps) })
	}
}
