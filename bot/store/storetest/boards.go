package storetest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"summitquiz/bot"
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
