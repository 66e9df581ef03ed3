package service_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/phrase"
	"summitquiz/bot/play"
	"summitquiz/content/language"
	"summitquiz/quiz/game"
)

// settle waits until a stage has done all that is due by its clock: no post is on its way and no
// game waits for a time that is over.
func settle(t testing.TB, s *bottest.Plain) {
	late := time.After(20 * time.Second)
	for {
		behind := 0
		for _, g := range bottest.Games(t, s.Store()) {
			var state game.State
			if err := json.Unmarshal(g.State, &state); err != nil {
				t.Fatal(err)
			}
			if state.Phase == game.Asked || !state.Until.After(s.Clock().Now()) {
				behind++
			}
		}
		// Posts are counted after the games that queue them: what a game said is queued by now.
		waiting, err := s.Store().Backlog(context.Background(), []bot.Kind{play.Kind})
		if err != nil {
			t.Fatal(err)
		}
		behind += len(waiting)
		if behind == 0 {
			return
		}
		select {
		case <-late:
			t.Fatal("the stage does not settle")
		case <-time.After(100 * time.Microsecond):
		}
	}
}

// deed is one thing that somebody does, or that happens.
type deed struct {
	who  int    // which of the players
	what string // a command, "press", "repeat", "wait" or "restart"
	n    int    // which option, or how long
}

// deeds draws an evening of three players.
func deeds(t *rapid.T) []deed {
	what := rapid.SampledFrom([]string{"press", "press", "press", "press", "wait", "wait", "wait", "quiz", "hint", "skip", "pause", "resume", "stop", "repeat", "solo"})
	list := []deed{{0, "quiz", 0}}
	for range rapid.IntRange(5, 40).Draw(t, "deeds") {
		list = append(list, deed{rapid.IntRange(0, 2).Draw(t, "who"), what.Draw(t, "what"), rapid.IntRange(0, 3).Draw(t, "n")})
	}
	return list
}

// evening plays deeds one after another in a room of its own and returns what the players have on
// their screens at the end, and the board.
func evening(t *testing.T, s *bottest.Plain, room string, list []deed) string {
	var players []bottest.Actor
	for _, name := range []string{"Ada", "Ben", "Cleo"} {
		players = append(players, s.EnterRoom(t, room, name+" "+room, language.English))
	}
	for _, d := range list {
		p := players[d.who]
		switch d.what {
		case "press":
			p.(interface{ Press(n int) }).Press(d.n)
		case "wait":
			s.Clock().Advance([]time.Duration{time.Second, 5 * time.Second, 20 * time.Second, time.Minute}[d.n])
		case "quiz":
			p.Command("quiz", map[string]string{"questions": "3", "kind": "choice"}, nil)
		case "solo":
			p.Command("quiz", map[string]string{"questions": "2", "kind": "choice", "mode": "solo"}, nil)
		case "repeat":
			p.Repeat()
		case "restart":
			s.RestartOne(t, d.n%s.Services())
		default:
			p.Command(d.what, nil, nil)
		}
		settle(t, s)
	}
	var b strings.Builder
	for _, p := range players { // games in one chat are independent: the order of their posts is left to chance
		cards := strings.SplitAfter(bottest.Transcript(p), "────\n")
		slices.Sort(cards)
		b.WriteString(strings.Join(cards, ""))
	}
	page, err := s.Store().Board(context.Background(), bot.BoardQuery{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range page.Rows {
		fmt.Fprintln(&b, row.Rank, row.Name, row.Points, row.Right, row.Asked)
	}
	for _, p := range players { // nothing goes on while the next one is played
		p.Command("stop", nil, nil)
		p.Command("stop", nil, nil)
	}
	settle(t, s)
	return b.String()
}

var evenings = flag.Int("evenings", 25, "evenings that the tests with two services play")

// TestTwoServicesGiveTheResultsOfOne plays the same evenings on one service and on two that share a
// database: everybody sees the same.
func TestTwoServicesGiveTheResultsOfOne(t *testing.T) {
	one, two := sharedStage(t, 1, roomy, "gyeongju-summit-2025"), sharedStage(t, 2, roomy, "gyeongju-summit-2025")
	count := 0
	for n := range *evenings {
		list := rapid.Custom(deeds).Example(n)
		room := fmt.Sprint("room ", n)
		if a, b := evening(t, one, room, list), evening(t, two, room, list); a != b {
			t.Fatalf("%+v\non one service:\n%s\non two:\n%s", list, a, b)
		}
		count += len(list)
	}
	t.Logf("%d evenings with %d deeds", *evenings, count)
}

// TestEitherOfTwoServicesMayRestart plays evenings on two services of which one or the other is
// ended and started again: what games count is what their answers say.
func TestEitherOfTwoServicesMayRestart(t *testing.T) {
	s := sharedStage(t, 2, roomy, "gyeongju-summit-2025")
	restarts, games, kept := 0, map[bot.SessionID]bool{}, 0
	for n := range *evenings {
		list := rapid.Custom(deeds).Example(1000 + n)
		for i := 3; i < len(list); i += 6 {
			list = slices.Insert(list, i, deed{what: "restart", n: i})
			restarts++
		}
		evening(t, s, fmt.Sprint("room ", n), list)
	}
	for id := bot.SessionID(1); ; id++ {
		answers, err := s.Store().Answers(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Store().Session(t.Context(), id); bot.IsNone(err) {
			break
		}
		checkResults(t, s, id, answers)
		games[id] = true
		kept += len(answers)
	}
	if left := bottest.Games(t, s.Store()); len(left) > 0 {
		t.Errorf("%d games still run after they were stopped", len(left))
	}
	t.Logf("%d restarts in %d evenings, %d games, %d answers", restarts, *evenings, len(games), kept)
}

var rounds = flag.Int("rounds", 20, "rounds of the test in which many answer at once")

// TestTwoServicesLoseNoAnswer has twelve players answer every question of a game at the same time
// through two services, while the question's time ends: whoever was told that an answer is saved
// has it on the board, and nobody else has one.
func TestTwoServicesLoseNoAnswer(t *testing.T) {
	const players = 12
	s := sharedStage(t, 2, roomy, "countries-of-the-world")
	chance := rand.New(rand.NewPCG(7, 7))
	counts := map[string]int{}
	for round := range *rounds {
		room := bot.Place{Platform: "plain", Space: fmt.Sprint("room", round), Chat: fmt.Sprint("room", round)}
		who := func(p int) bot.Person { return bot.Person{User: fmt.Sprint(p), Name: fmt.Sprint("P", p)} }
		handle := func(p int, id string, set func(*bot.Input)) string {
			in := bot.Input{ID: bot.InputID(fmt.Sprintf("plain:%d-%d-%s", round, p, id)), Place: room, From: who(p), At: s.Clock().Now()}
			set(&in)
			r, err := s.Service().Handle(context.Background(), in)
			if err != nil {
				t.Error(err)
			}
			if len(r.Posts) == 0 {
				return ""
			}
			return r.Posts[0].Body[0].Text
		}
		quiz := func(in *bot.Input) {
			in.Command = &bot.CommandCall{Name: "quiz", Options: map[string]string{"questions": "3", "kind": "choice", "seconds": "20"}}
		}
		var started sync.WaitGroup
		refused := make([]string, 4)
		for p := range refused { // four start a game at once: one wins, the others are told that one runs
			started.Go(func() { refused[p] = handle(p, "start", quiz) })
		}
		started.Wait()
		running := phrase.Say(language.English, phrase.GameRunning)
		if n := len(slices.DeleteFunc(refused, func(s string) bool { return s == running })); n != 1 {
			t.Fatalf("round %d: %d started a game: %q", round, n, refused)
		}
		games := bottest.Games(t, s.Store())
		id := games[len(games)-1].ID
		saved := map[int]map[int]bool{}
		for n := range 3 {
			s.Clock().Advance(5 * time.Second)
			settle(t, s)
			actions := s.Actions(bot.Slot{Kind: play.Kind, ID: int64(id), Part: "question", N: n})
			if len(actions) == 0 {
				break // everybody active had answered, or nobody did for three questions
			}
			saved[n] = map[int]bool{}
			var mu sync.Mutex
			var all sync.WaitGroup
			for p := range players {
				action := actions[chance.IntN(len(actions))]
				if chance.IntN(4) == 0 {
					continue
				}
				all.Go(func() {
					for try := range 2 { // pressed twice, as impatient people do
						told := handle(p, fmt.Sprint(n, "-", try), func(in *bot.Input) { in.Press = &bot.Press{Action: action} })
						mu.Lock()
						if strings.HasPrefix(told, "Saved") {
							if saved[n][p] {
								t.Errorf("round %d: player %d is told twice that an answer to question %d is saved", round, p, n)
							}
							saved[n][p] = true
						}
						counts[strings.Split(told, ":")[0]]++
						mu.Unlock()
					}
				})
			}
			all.Go(func() { s.Clock().Advance(time.Duration(chance.IntN(2)) * 2 * time.Minute) })
			all.Wait()
			s.Clock().Advance(2 * time.Minute)
			settle(t, s)
		}
		answers, err := s.Store().Answers(context.Background(), id)
		if err != nil {
			t.Fatal(err)
		}
		kept := 0
		for _, a := range answers {
			name, _ := s.Store().Member(context.Background(), a.Member)
			var p int
			fmt.Sscanf(name.Name, "P%d", &p)
			if a.Final {
				kept++
				if !saved[a.Question][p] {
					t.Errorf("round %d: an answer of player %d to question %d is kept that nobody was told of", round, p, a.Question)
				}
			}
		}
		told := 0
		for _, m := range saved {
			told += len(m)
		}
		if kept != told {
			t.Errorf("round %d: %d answers are kept, %d were acknowledged", round, kept, told)
		}
		checkResults(t, s, id, answers)
		handle(0, "stop", func(in *bot.Input) { in.Command = &bot.CommandCall{Name: "stop"} })
		counts["answers kept"] += kept
	}
	t.Logf("%v, %d conflicts", counts, s.Conflicts())
	if s.Conflicts() == 0 {
		t.Error("the two services never came into each other's way: the test shows nothing")
	}
}

// checkResults compares the points in the state of a game with its answers.
func checkResults(t *testing.T, s *bottest.Plain, id bot.SessionID, answers []bot.Answer) {
	t.Helper()
	g, err := s.Store().Session(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	var state game.State
	if err := json.Unmarshal(g.State, &state); err != nil {
		t.Fatal(err)
	}
	points := map[game.Member]int{}
	for _, a := range answers {
		points[game.Member(a.Member)] += a.Points
	}
	for _, p := range state.Players {
		if p.Points != points[p.Member] {
			t.Errorf("game %d gives member %d %d points, their answers %d", id, p.Member, p.Points, points[p.Member])
		}
		delete(points, p.Member)
	}
	for m, n := range points {
		if n > 0 {
			t.Errorf("game %d does not know member %d, whose answers are worth %d points", id, m, n)
		}
	}
	if g.Answers != len(answers) {
		t.Errorf("game %d counts %d answers and has %d", id, g.Answers, len(answers))
	}
}
