package game

import (
	"cmp"
	"slices"
)

// Outcome is what a question brought a player, for the line of signs that players copy.
type Outcome byte

// The outcomes.
const (
	Right  Outcome = 'r'
	Wrong  Outcome = 'w'
	Missed Outcome = '-' // no answer in time
	Spoilt Outcome = 'v' // the question is void
)

// Rank is one line of the board.
type Rank struct {
	Rank   int // from 1; equal points share one: 1, 1, 3
	Player Player
	Line   []Outcome // one for each question that is over
}

// Board returns the players by points, best first, those of equal points in the order in which
// they joined. It returns at most limit lines, and all who share the last rank of these.
func (s *State) Board(limit int) []Rank {
	order := make([]int, len(s.Players))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(s.Players[b].Points, s.Players[a].Points) })
	var board []Rank
	for i, p := range order {
		rank := i + 1
		if i > 0 && s.Players[p].Points == board[i-1].Player.Points {
			rank = board[i-1].Rank
		}
		if rank > limit {
			break
		}
		board = append(board, Rank{rank, s.Players[p], s.line(p)})
	}
	return board
}

// line returns the outcomes of the player at place p.
func (s *State) line(p int) []Outcome {
	line := make([]Outcome, len(s.Results))
	for n := range line {
		line[n] = s.outcome(n, p)
	}
	return line
}

// outcome returns what question n brought the player at place p.
func (s *State) outcome(n, p int) Outcome {
	switch r := &s.Results[n]; {
	case r.How == Void:
		return Spoilt
	case p < len(r.Marks):
		return Outcome(r.Marks[p])
	default:
		return Missed // joined later
	}
}

// RightOf returns who was right in question n: the first one first, the others in the order in
// which they joined. It is empty before the reveal.
func (s *State) RightOf(n int) []Member {
	if n < 0 || n >= len(s.Results) {
		return nil
	}
	var who []Member
	for p := range s.Players {
		if m := s.Players[p].Member; s.outcome(n, p) == Right && m != s.Results[n].First {
			who = append(who, m)
		}
	}
	if first := s.Results[n].First; first != 0 {
		who = slices.Insert(who, 0, first)
	}
	return who
}

// Missed returns the questions that were revealed and that nobody answered right.
func (s *State) Missed() []int {
	var missed []int
	for n := range s.Results {
		if r := &s.Results[n]; r.How != Void && r.First == 0 {
			missed = append(missed, n)
		}
	}
	return missed
}
