package bot

import (
	"context"
	"fmt"
	"hash/fnv"
	"strings"
	"time"

	"summitquiz/bot/phrase"
	"summitquiz/content"
	"summitquiz/quiz"
)

// boardRows is how many lines one page of a board has.
const boardRows = 10

// boardView is what a board shows, so that its buttons can come back to it.
type boardView struct {
	everywhere bool
	period     int // index into periods
	page       int
}

// leaderboard shows who has most points: here or everywhere, in a period, of one pack or all.
func (v *visit) leaderboard(ctx context.Context) (Reply, error) {
	view := boardView{everywhere: v.opts["scope"] == "everywhere", period: indexOf(periods, v.opts["period"], len(periods)-1)}
	pack := PackRow{}
	if v.opts.has("pack") {
		var err error
		if pack, err = v.pack(ctx, v.opts["pack"]); err != nil {
			return Reply{}, err
		}
	}
	return v.board(ctx, view, pack)
}

func (v *visit) board(ctx context.Context, view boardView, pack PackRow) (Reply, error) {
	q := BoardQuery{Space: v.space.ID, Pack: pack.Pack, Offset: view.page * boardRows, Limit: boardRows}
	zone := v.spaceZone()
	if view.everywhere {
		q.Space, zone = 0, time.UTC
	}
	q.From = since(periods[view.period], v.now.In(zone))
	page, err := v.h.store.Board(ctx, q)
	if err != nil {
		return Reply{}, fmt.Errorf("board of space %d: %w", q.Space, err)
	}
	say := v.voice.Say
	p := Post{Kind: BoardPost, Lang: v.voice.Lang, Title: say(phrase.BoardTitle,
		phrase.Text("scope", say(phrase.ID("choice-scope-"+either(view.everywhere, "everywhere", "chat")))),
		phrase.Text("period", say(phrase.ID("choice-period-"+periods[view.period]))))}
	if pack.Pack != "" {
		p.Body = append(p.Body, Line{Text: say(phrase.BoardPack, phrase.Text("pack", v.title(ctx, pack))), Style: Quiet})
	}
	for _, r := range page.Rows {
		name := r.Name
		if name == "" {
			name = say(phrase.Somebody)
		}
		p.Body = append(p.Body, Line{Text: say(phrase.BoardRow, phrase.Count("rank", r.Rank), phrase.Name("name", name),
			phrase.Count("points", r.Points), phrase.Count("right", r.Right), phrase.Count("asked", r.Asked)), Style: Item})
	}
	if len(page.Rows) == 0 {
		p.Body = append(p.Body, line(say(phrase.BoardEmpty)))
	}
	p.Buttons = v.boardButtons(view, pack, page.Total)
	return Reply{Posts: []Post{p}}, nil
}

func (v *visit) boardButtons(view boardView, pack PackRow, total int) [][]Button {
	say := v.voice.Say
	to := func(label string, w boardView, on bool) Button {
		return Button{Label: label, Style: either(on, MainButton, PlainButton),
			Action: v.signOwn("board", either(w.everywhere, uint64(1), 0), uint64(w.period), uint64(w.page), packNumber(pack.Pack))}
	}
	var times []Button
	for i, name := range periods {
		times = append(times, to(say(phrase.ID("choice-period-"+name)), boardView{view.everywhere, i, 0}, i == view.period))
	}
	row := []Button{
		to(say("choice-scope-chat"), boardView{false, view.period, 0}, !view.everywhere),
		to(say("choice-scope-everywhere"), boardView{true, view.period, 0}, view.everywhere),
	}
	rows := [][]Button{times, row}
	var turn []Button
	if view.page > 0 {
		turn = append(turn, to(say(phrase.ButtonBack), boardView{view.everywhere, view.period, view.page - 1}, false))
	}
	if (view.page+1)*boardRows < total {
		turn = append(turn, to(say(phrase.ButtonMore), boardView{view.everywhere, view.period, view.page + 1}, false))
	}
	if turn != nil {
		rows = append(rows, turn)
	}
	return rows
}

// packNumber stands for a pack in an action: a hash, found again among the packs in sight.
func packNumber(id content.PackID) uint64 {
	if id == "" {
		return 0
	}
	h := fnv.New64a()
	h.Write([]byte(id))
	return h.Sum64() >> 24 // 40 bits: 8 characters
}

// pressBoard shows another page or view of the board in its place.
func pressBoard(ctx context.Context, v *visit, a Action, _ map[string]string) (Reply, error) {
	view := boardView{a.Arg(0) == 1, index(a.Arg(1)), index(a.Arg(2))}
	if view.period >= len(periods) || view.page > 1_000_000 {
		return Reply{}, notice(phrase.ButtonOver)
	}
	pack := PackRow{}
	if n := a.Arg(3); n != 0 {
		rows, err := v.h.shelf.visible(ctx, v.space.ID, v.now)
		if err != nil {
			return Reply{}, err
		}
		for _, r := range rows {
			if packNumber(r.Pack) == n {
				pack = r
			}
		}
		if pack.Pack == "" {
			return Reply{}, notice(phrase.ButtonOver)
		}
	}
	r, err := v.board(ctx, view, pack)
	r.Update = true
	return r, err
}

// spaceZone is the zone in which a space counts its days.
func (v *visit) spaceZone() *time.Location {
	if z, err := time.LoadLocation(v.space.Settings.Zone); err == nil && v.space.Settings.Zone != "" {
		return z
	}
	return time.UTC
}

// since is when a period began: the day at midnight, the week on Monday, the season with the
// quarter of the year. All has no beginning.
func since(period string, now time.Time) time.Time {
	y, m, d := now.Date()
	switch period {
	case "today":
	case "week":
		d -= (int(now.Weekday()) + 6) % 7
	case "season":
		m, d = (m-1)/3*3+1, 1
	default:
		return time.Time{}
	}
	return time.Date(y, m, d, 0, 0, 0, 0, now.Location()).UTC()
}

func indexOf(list []string, s string, otherwise int) int {
	for i, x := range list {
		if x == s {
			return i
		}
	}
	return otherwise
}

// stats shows a person how they did, by pack and kind.
func (v *visit) stats(ctx context.Context) (Reply, error) {
	rows, err := v.h.store.Stats(ctx, v.member.ID)
	if err != nil {
		return Reply{}, fmt.Errorf("statistics of member %d: %w", v.member.ID, err)
	}
	say := v.voice.Say
	p := Post{Kind: CardPost, Lang: v.voice.Lang, Title: say(phrase.StatsTitle)}
	if len(rows) == 0 {
		p.Body = []Line{line(say(phrase.StatsEmpty))}
		return Reply{Posts: []Post{p}}, nil
	}
	packs, right, asked := []string{}, 0, 0
	byPack := map[string][]StatRow{}
	for _, r := range rows {
		name := string(r.Pack)
		if byPack[name] == nil {
			packs = append(packs, name)
		}
		byPack[name] = append(byPack[name], r)
		right, asked = right+r.Right, asked+r.Asked
	}
	p.Body = append(p.Body, Line{Text: say(phrase.StatsAll, phrase.Count("right", right), phrase.Count("asked", asked), phrase.Count("percent", percent(right, asked))), Style: Strong})
	for _, name := range packs {
		p.Body = append(p.Body, Line{Text: v.titleOf(ctx, byPack[name][0].Pack), Style: Strong})
		for _, r := range byPack[name] {
			kind := r.Kind
			if k, ok := quiz.ParseKind(r.Kind); ok {
				kind = say(phrase.Kind(k))
			}
			p.Body = append(p.Body, Line{Text: say(phrase.StatsRow, phrase.Text("kind", kind), phrase.Text("bar", bar(r.Right, r.Asked)),
				phrase.Count("right", r.Right), phrase.Count("asked", r.Asked)), Style: Item})
		}
	}
	return Reply{Posts: []Post{p}}, nil
}

func percent(part, whole int) int {
	if whole == 0 {
		return 0
	}
	return (part*200 + whole) / (2 * whole)
}

// bar is a share as ten blocks.
func bar(part, whole int) string {
	full := (percent(part, whole) + 5) / 10
	return strings.Repeat("█", full) + strings.Repeat("░", 10-full)
}
