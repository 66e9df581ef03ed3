package play

import (
	"context"
	"fmt"
	"hash/fnv"
	"slices"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/catalog"
	"summitquiz/bot/phrase"
	"summitquiz/content"
)

// boardRows is how many lines one page of a board has.
const boardRows = 10

// The choices of /leaderboard. Buttons name a period by its place.
var (
	scopes  = []string{"chat", "everywhere"}
	periods = []string{"today", "week", "season", "all"}
)

// boards answers who has most points, and how one member did.
type boards struct {
	store Store
	packs *catalog.Catalog
}

// boardView is what a board shows, so that its buttons can come back to it.
type boardView struct {
	everywhere bool
	period     int // index into periods
	page       int
	pack       bot.PackRow // zero: all
}

// leaderboard shows who has most points: here or everywhere, in a period, of one pack or all.
func (b *boards) leaderboard(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	view := boardView{everywhere: r.Options["scope"] == "everywhere", period: slices.Index(periods, r.Options["period"])}
	if view.period < 0 {
		view.period = len(periods) - 1
	}
	if r.Options.Has("pack") {
		var err error
		if view.pack, err = b.packs.Find(ctx, r.Space.ID, r.Options["pack"]); err != nil {
			return bot.Reply{}, err
		}
	}
	return b.board(ctx, r, view)
}

func (b *boards) board(ctx context.Context, r *bot.Request, view boardView) (bot.Reply, error) {
	q := bot.BoardQuery{Space: r.Space.ID, Pack: view.pack.Pack, Offset: view.page * boardRows, Limit: boardRows}
	zone, scope := r.Space.Settings.Location(), scopes[0]
	if view.everywhere {
		q.Space, zone, scope = 0, time.UTC, scopes[1]
	}
	q.From = since(periods[view.period], r.Now.In(zone))
	page, err := b.store.Board(ctx, q)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("board of space %d: %w", q.Space, err)
	}
	p := r.Post(bot.BoardPost, phrase.BoardTitle, phrase.Text("scope", r.Say(phrase.ID("choice-scope-"+scope))),
		phrase.Text("period", r.Say(phrase.ID("choice-period-"+periods[view.period]))))
	var body lines
	if view.pack.Pack != "" {
		body.add(r.Say(phrase.BoardPack, phrase.Text("pack", b.packs.Title(ctx, view.pack, r.Local.Lang))), bot.Quiet)
	}
	for _, row := range page.Rows {
		name := row.Name
		if name == "" {
			name = r.Say(phrase.Somebody)
		}
		body.add(r.Say(phrase.BoardRow, phrase.Count("rank", row.Rank), phrase.Name("name", name),
			phrase.Count("points", row.Points), phrase.Count("right", row.Right), phrase.Count("asked", row.Asked)), bot.Bullet)
	}
	if len(page.Rows) == 0 {
		body.add(r.Say(phrase.BoardEmpty), bot.Plain)
	}
	p.Body, p.Buttons = body, boardButtons(r, view, page.Total)
	return bot.Reply{Posts: []bot.Post{p}}, nil
}

func boardButtons(r *bot.Request, view boardView, total int) [][]bot.Button {
	to := func(label phrase.ID, w boardView, on bool) bot.Button {
		everywhere, style := uint64(0), bot.PlainButton
		if w.everywhere {
			everywhere = 1
		}
		if on {
			style = bot.MainButton
		}
		return bot.Button{Label: r.Say(label), Style: style,
			Action: r.Sign("board", everywhere, uint64(w.period), uint64(w.page), packNumber(view.pack.Pack))}
	}
	var times []bot.Button
	for i, name := range periods {
		times = append(times, to(phrase.ID("choice-period-"+name), boardView{everywhere: view.everywhere, period: i}, i == view.period))
	}
	where := []bot.Button{
		to("choice-scope-chat", boardView{period: view.period}, !view.everywhere),
		to("choice-scope-everywhere", boardView{everywhere: true, period: view.period}, view.everywhere),
	}
	rows := [][]bot.Button{times, where}
	var turn []bot.Button
	if view.page > 0 {
		turn = append(turn, to(phrase.ButtonBack, boardView{everywhere: view.everywhere, period: view.period, page: view.page - 1}, false))
	}
	if (view.page+1)*boardRows < total {
		turn = append(turn, to(phrase.ButtonMore, boardView{everywhere: view.everywhere, period: view.period, page: view.page + 1}, false))
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
func (b *boards) pressBoard(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	view := boardView{everywhere: r.Arg(0) == 1, period: r.Index(1), page: r.Index(2)}
	if view.period >= len(periods) || view.page > 1_000_000 {
		return bot.Reply{}, bot.Refuse(phrase.ButtonOver)
	}
	if n := r.Arg(3); n != 0 {
		rows, err := b.packs.Visible(ctx, r.Space.ID)
		if err != nil {
			return bot.Reply{}, err
		}
		at := slices.IndexFunc(rows, func(row bot.PackRow) bool { return packNumber(row.Pack) == n })
		if at < 0 {
			return bot.Reply{}, bot.Refuse(phrase.ButtonOver)
		}
		view.pack = rows[at]
	}
	reply, err := b.board(ctx, r, view)
	reply.Update = true
	return reply, err
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
