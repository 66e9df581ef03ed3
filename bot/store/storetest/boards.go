package storetest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/content"
	"summitquiz/quiz/flashcard"
)

func boards(t *testing.T, s bot.Store) {
	room := bot.Place{Platform: "test", Space: "a", Chat: "a"}
	lobby := bot.Place{Platform: "web", Space: "a", Chat: "a"}
	ada, ben, cleo, web := come(t, s, room, person("Ada")), come(t, s, room, person("Ben")), come(t, s, room, person("Cleo")), come(t, s, lobby, person("Web"))
	n := 0
	put := func(h here, points int, change func(*bot.Answer)) {
		t.Helper()
		n++
		a := answer(h, 1, n, points)
		if change != nil {
			change(&a)
		}
		write(t, s, &bot.Change{At: noon, Answers: []bot.Answer{a}})
	}
	put(ada, 3, nil)
	put(ben, 3, nil)
	put(cleo, 1, func(a *bot.Answer) { a.At = noon.Add(-24 * time.Hour) })
	put(cleo, 0, func(a *bot.Answer) { a.Mark = 0 })
	put(ada, 100, func(a *bot.Answer) { a.Solo = true })
	put(ada, 100, func(a *bot.Answer) { a.Final = false })
	put(ben, 7, func(a *bot.Answer) { a.Pack = "q" })
	put(web, 50, nil)
	void := answer(ada, 2, 0, 100)
	write(t, s, &bot.Change{At: noon, Answers: []bot.Answer{void}})
	write(t, s, &bot.Change{At: noon, Void: []bot.Void{{Session: 2, Question: 0}}})
	for _, tc := range []struct {
		name string
		q    bot.BoardQuery
		want string
	}{
		{"of a space", bot.BoardQuery{Space: ada.space.ID, Limit: 10}, "1 Ben 10 2/2, 2 Ada 3 1/1, 3 Cleo 1 1/2"},
		{"of a pack", bot.BoardQuery{Space: ada.space.ID, Pack: "p", Limit: 10}, "1 Ada 3 1/1, 1 Ben 3 1/1, 3 Cleo 1 1/2"},
		{"from a time on", bot.BoardQuery{Space: ada.space.ID, Pack: "p", From: noon, Limit: 10}, "1 Ada 3 1/1, 1 Ben 3 1/1"},
		{"until a time", bot.BoardQuery{Space: ada.space.ID, To: noon, Limit: 10}, "1 Cleo 1 1/1"},
		{"everywhere, without web lobbies", bot.BoardQuery{Pack: "p", Limit: 10}, "1 Ada 3 1/1, 1 Ben 3 1/1, 3 Cleo 1 1/2"},
		{"of a lobby", bot.BoardQuery{Space: web.space.ID, Limit: 10}, "1 Web 50 1/1"},
		{"its second page", bot.BoardQuery{Space: ada.space.ID, Limit: 1, Offset: 1}, "2 Ada 3 1/1"},
	} {
		page := must[bot.BoardPage](t)(s.Board(t.Context(), tc.q))
		var got []string
		for _, r := range page.Rows {
			got = append(got, fmt.Sprintf("%d %s %d %d/%d", r.Rank, r.Name, r.Points, r.Right, r.Asked))
		}
		if strings.Join(got, ", ") != tc.want {
			t.Errorf("the board %s is %q, want %q", tc.name, got, tc.want)
		}
	}
	if page := must[bot.BoardPage](t)(s.Board(t.Context(), bot.BoardQuery{Space: ada.space.ID, Limit: 1})); page.Total != 3 {
		t.Errorf("the whole board has %d members", page.Total)
	}
	rows := must[[]bot.StatRow](t)(s.Stats(t.Context(), cleo.member.ID))
	if len(rows) != 1 || rows[0] != (bot.StatRow{Pack: "p", Kind: "choice", Right: 1, Asked: 2}) {
		t.Errorf("the statistics are %+v", rows)
	}
}

// masteryBoard counts the facts that the members of a space know.
func masteryBoard(t *testing.T, s bot.Store) {
	room := bot.Place{Platform: "test", Space: "a", Chat: "a"}
	ada, ben, cleo, dora := come(t, s, room, person("Ada")), come(t, s, room, person("Ben")), come(t, s, room, person("Cleo")), come(t, s, at("b"), person("Dora"))
	for i, h := range []here{ada, ben, dora} { // Cleo never played
		write(t, s, &bot.Change{At: noon, Answers: []bot.Answer{answer(h, 1, i, 0)}})
	}
	learns := func(h here, stability float64, change func(*bot.Card), facts ...string) {
		t.Helper()
		c := &bot.Change{At: noon, Learner: learnerOf(t, s, h)}
		for _, fact := range facts {
			k := newCard(h, fact)
			k.Memory.State, k.Memory.Stability, k.Memory.Difficulty, k.Memory.Reps = flashcard.Reviewing, stability, 5, 3
			if change != nil {
				change(&k)
			}
			c.Cards = append(c.Cards, k)
		}
		write(t, s, c)
	}
	learns(ada, 30, nil, "p/a", "p/b", "q/a")
	learns(ada, 29.9, nil, "p/c")
	learns(ada, 90, func(k *bot.Card) { k.Retired = true }, "p/d")
	learns(ada, 0, func(k *bot.Card) { k.Memory = flashcard.NewCard(k.Memory.Fact, 1) }, "p/e")
	learns(ben, 31, nil, "p/a", "p/b", "pq/a")
	learns(ben, 40, func(k *bot.Card) { k.Memory.State = flashcard.Relearning }, "p/c")
	learns(cleo, 90, nil, "p/a", "p/b", "p/c")
	learns(dora, 90, nil, "p/a")
	for _, tc := range []struct {
		name string
		q    bot.MasteryQuery
		want string
	}{
		{"of a pack", bot.MasteryQuery{Space: ada.space.ID, Packs: []content.PackID{"p"}, Days: 30, Limit: 10}, "2: 1 Ada 2/3, 1 Ben 2/3"},
		{"of two packs", bot.MasteryQuery{Space: ada.space.ID, Packs: []content.PackID{"p", "q"}, Days: 30, Limit: 10}, "2: 1 Ada 3/4, 2 Ben 2/3"},
		{"of no pack", bot.MasteryQuery{Space: ada.space.ID, Packs: []content.PackID{}, Days: 30, Limit: 10}, "0: "},
		{"its second page", bot.MasteryQuery{Space: ada.space.ID, Packs: []content.PackID{"p", "q"}, Days: 30, Offset: 1, Limit: 1}, "2: 2 Ben 2/3"},
		{"of another space", bot.MasteryQuery{Space: dora.space.ID, Packs: []content.PackID{"p"}, Days: 30, Limit: 10}, "1: 1 Dora 1/1"},
	} {
		page := must[bot.BoardPage](t)(s.MasteryBoard(t.Context(), tc.q))
		var got []string
		for _, r := range page.Rows {
			got = append(got, fmt.Sprintf("%d %s %d/%d", r.Rank, r.Name, r.Points, r.Asked))
		}
		if all := fmt.Sprintf("%d: %s", page.Total, strings.Join(got, ", ")); all != tc.want {
			t.Errorf("the board %s is %q, want %q", tc.name, all, tc.want)
		}
	}
}
