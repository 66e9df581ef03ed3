package game

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"summitquiz/quiz"
	"summitquiz/quiz/grade"
)

// evenings is a game of four questions: right and wrong answers, a void one, one that nobody
// knew, and a player who joined late.
func evenings(t *testing.T) State {
	return run(t, made(t, 4, nil), []step{
		{0, Start{}, "start card; timer 5"},
		{5, Tick{}, "timer 605; post 0"},
		{5, Delivered{0}, "timer 25; countdown 0; seen 0"},
		{6, chose(mina, 0, 0), "1 wrong 0"},
		{7, chose(omar, 0, 1), "2 right 1"},
		{25, Tick{}, "reveal 0; timer 29"},
		{29, Tick{}, "timer 629; post 1"},
		{29, InDoubt{1}, "void 1; seen 1; timer 33"},
		{33, Tick{}, "timer 633; post 2"},
		{33, Delivered{2}, "timer 53; countdown 2; seen 2"},
		{34, chose(mina, 2, 3), "1 wrong 0"},
		{35, chose(omar, 2, 3), "2 wrong 0; reveal 2; timer 39"},
		{39, Tick{}, "timer 639; post 3"},
		{39, Delivered{3}, "timer 59; countdown 3; seen 3"},
		{40, chose(jun, 3, 1), "3 right 1"},
		{41, chose(mina, 3, 1), "1 right 1"},
		{59, Tick{}, "reveal 3; no timer; end"},
	})
}

func TestTheBoardSaysWhoDidWhat(t *testing.T) {
	s := evenings(t)
	var got []string
	for _, r := range s.Board(10) {
		got = append(got, fmt.Sprintf("%d. %d: %d points, %d of %d %s", r.Rank, r.Player.Member, r.Player.Points, r.Player.Right, r.Player.Answered, r.Line))
	}
	want := []string{"1. 1: 1 points, 1 of 3 wvwr", "1. 2: 1 points, 1 of 2 rvw-", "1. 3: 1 points, 1 of 1 -v-r"}
	if !slices.Equal(got, want) {
		t.Errorf("board\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if got := s.Missed(); !slices.Equal(got, []int{2}) {
		t.Errorf("missed questions %v, want [2]", got)
	}
	if got := s.RightOf(3); !slices.Equal(got, []Member{jun, mina}) {
		t.Errorf("right in question 3: %v, want jun, who was first, and mina", got)
	}
	if got := s.RightOf(1); got != nil {
		t.Errorf("right in a void question: %v", got)
	}
	if got := s.RightOf(4); got != nil {
		t.Errorf("right in a question that was never asked: %v", got)
	}
	if got := s.Results[2].Picks; !slices.Equal(got, []int{0, 0, 0, 2}) {
		t.Errorf("picks %v, want both on the last option", got)
	}
	if s.End != Finished {
		t.Errorf("ended as %q, want finished", s.End)
	}
}

func TestTheStateSaysWhatIsOnTheScreen(t *testing.T) {
	s := made(t, 3, nil)
	status := func() string {
		return strings.TrimSpace(fmt.Sprintln(s.Current(), s.Status(0), s.Status(1), s.Status(2), s.Status(-1)))
	}
	for _, c := range []struct {
		do   Event
		at   float64
		want string
	}{
		{Start{}, 0, "-1 unasked unasked unasked unasked"},
		{Tick{}, 5, "0 on-its-way unasked unasked unasked"},
		{Delivered{0}, 5, "0 open unasked unasked unasked"},
		{Tick{}, 25, "0 revealed unasked unasked unasked"},
		{Tick{}, 29, "1 revealed on-its-way unasked unasked"},
		{InDoubt{1}, 29, "1 revealed void unasked unasked"},
		{Stop{mina, true}, 30, "1 revealed void unasked unasked"},
	} {
		s, _ = Apply(s, c.do, evening.Add(time.Duration(c.at*float64(time.Second))))
		if got := status(); got != c.want {
			t.Errorf("after %#v: %s, want %s", c.do, got, c.want)
		}
	}
	if s.End != Stopped || s.Stopper != mina {
		t.Errorf("ended as %q by %d, want stopped by mina", s.End, s.Stopper)
	}
}

func TestAStateGoesThroughJSON(t *testing.T) {
	s := made(t, 3, typing)
	for at, e := range []Event{
		Start{}, Tick{}, Tick{}, Tick{}, Tick{}, Tick{}, Delivered{0}, typed(omar, 0, grade.Close), Hint{jun, 0},
		SkipVote{omar, 0, false}, Pause{mina, true}, Restarted{}, typed(jun, 0, grade.Right), Stop{mina, true},
	} {
		// A local time with a monotonic reading is kept as UTC.
		s, _ = Apply(s, e, evening.Add(time.Duration(at)*time.Second+1).In(time.FixedZone("KST", 9*3600)))
		data, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		var back State
		if err := json.Unmarshal(data, &back); err != nil || !reflect.DeepEqual(back, s) {
			t.Fatalf("after %#v\n%s\ncame back as\n%+v, %v\nwant\n%+v", e, data, back, err, s)
		}
	}
	if s.Phase != Ended || s.Pausing {
		t.Errorf("stopped while it was about to pause: phase %q, pausing %t", s.Phase, s.Pausing)
	}
}

func TestASnapshotIsSmall(t *testing.T) {
	s := evenings(t)
	data, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	if len(data) > 1500 {
		t.Errorf("a game of four questions takes %d bytes: %s", len(data), data)
	}
}

func TestSettingsOutOfBounds(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Settings)
		want   SettingError
	}{
		"no questions":        {func(s *Settings) { s.Questions = 0 }, SettingError{"questions", "0", 1, 50}},
		"too many questions":  {func(s *Settings) { s.Questions = 51 }, SettingError{"questions", "51", 1, 50}},
		"too little time":     {func(s *Settings) { s.Choice = 4 }, SettingError{"choice", "4", 5, 300}},
		"too much time":       {func(s *Settings) { s.Typed = 301 }, SettingError{"typed", "301", 5, 300}},
		"a mode of elsewhere": {func(s *Settings) { s.Mode = "conquest" }, SettingError{Setting: "mode", Got: "conquest"}},
		"no such scoring":     {func(s *Settings) { s.Scoring = "" }, SettingError{Setting: "scoring"}},
	} {
		t.Run(name, func(t *testing.T) {
			set := Defaults(mina)
			c.change(&set)
			_, err := New(set, []Question{{Options: 2}})
			var got *SettingError
			if !errors.As(err, &got) || *got != c.want {
				t.Errorf("New = %v, want %v", err, &c.want)
			}
		})
	}
	if got, want := (&SettingError{"typed", "301", 5, 300}).Error(), "setting typed: 301 is not between 5 and 300"; got != want {
		t.Errorf("error %q, want %q", got, want)
	}
	if got, want := (&SettingError{Setting: "mode", Got: "conquest"}).Error(), `setting mode: "conquest" is not known`; got != want {
		t.Errorf("error %q, want %q", got, want)
	}
}

func TestQuestionsThatCannotBeAsked(t *testing.T) {
	for name, questions := range map[string][]Question{
		"none":                 nil,
		"more than wanted":     make([]Question, 11),
		"one option":           {{Options: 1}},
		"key beyond options":   {{Options: 4, Key: 4}},
		"no key":               {{Options: 4, Key: -1}},
		"typed with options":   {{Form: quiz.TypedForm, Options: 4, Key: -1}},
		"typed with a key":     {{Form: quiz.TypedForm, Key: 0}},
		"negative reading":     {{Options: 4, Reading: -1}},
		"an hour to read":      {{Options: 4, Reading: time.Hour}},
		"the second is broken": {{Options: 4}, {}},
	} {
		if _, err := New(Defaults(mina), questions); err == nil {
			t.Errorf("%s: New takes them", name)
		}
	}
	for _, edge := range []Settings{
		{Questions: 1, Choice: 5, Typed: 5, Mode: All, Scoring: Speed},
		{Questions: 50, Choice: 300, Typed: 300, Mode: Race, Scoring: Accuracy},
	} {
		if _, err := New(edge, []Question{{Options: 4, Reading: MaxReading}}); err != nil {
			t.Errorf("New(%+v): %v", edge, err)
		}
	}
}
