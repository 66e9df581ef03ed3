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
	scopes   = []string{"chat", "everywhere"}
	periods  = []string{"today", "week", "season", "all"}
	measures = []string{"points", "mastery"}
)

// boards answers who has most points, and how one member did.
type boards struct {
	store Store
	packs *catalog.Catalog
}

// boardView is what a board shows, so that its buttons can come back to it.
type boardView struct {
	everywhere bool
	period     int // index into periods; masteryView: what is known now
	page       int
	pack       bot.PackRow // zero: all
	picture    picture     // of masteryView
}

// picture says whether a board of what people know is drawn as well.
type picture uint8

const (
	noPicture picture = iota
	lightPicture
	darkPicture
)

// pictureArg is the first argument of a button that shows a light picture; the next one is of a dark one.
const pictureArg = 2

// masteryView is the period of a board of what people know, which has none.
var masteryView = len(periods)

// leaderboard shows who has most points, or knows most facts: here or everywhere, in a period, of one
// pack or all.
func (b *boards) leaderboard(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	view := boardView{everywhere: r.Options["scope"] == "everywhere", period: slices.Index(periods, r.Options["period"])}
	if view.period < 0 {
		view.period = len(periods) - 1
	}
	if r.Options["by"] == "mastery" {
		if view.everywhere || r.Options.Has("period") {
			return bot.Reply{}, bot.Refuse(phrase.MasteryHere)
		}
		view.period = masteryView
		if r.Input.Place.Private {
			view.picture = lightPicture
		}
	}
	if r.Options.Has("pack") {
		var err error
		if view.pack, err = b.packs.Find(ctx, r.Space.ID, r.Options["pack"]); err != nil {
			return bot.Reply{}, err
		}
	}
	if r.Input.Place.Private {
		p, err := b.board(ctx, r, view, r.Local, r.Sign)
		return bot.Reply{Posts: []bot.Post{p}}, err
	}
	return b.post(ctx, r, view)
}

// How long a board that was asked for in a shared chat serves those who ask after it, and among how
// many posts of the chat it is looked for.
const (
	boardTime  = 10 * time.Second
	boardPosts = 20
)

// post puts a board into the chat, where its buttons show everybody a view of their own. Who asks
// for the same board within boardTime is pointed at it.
func (b *boards) post(ctx context.Context, r *bot.Request, view boardView) (bot.Reply, error) {
	part := fmt.Sprintf("%s-%t-%d-%s", boardPart, view.everywhere, view.period, view.pack.Pack)
	posts, err := b.store.Posts(ctx, r.Chat.ID, 0, boardPosts)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("posts of chat %d: %w", r.Chat.ID, err)
	}
	for _, p := range slices.Backward(posts) {
		if p.Slot.Part == part && r.Now.Sub(time.Unix(int64(p.Slot.N), 0)) < boardTime {
			reply := r.Reply(phrase.BoardAbove)
			reply.To = p.Ref
			return reply, nil
		}
	}
	id, err := b.store.NextID(ctx)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("a number for a board: %w", err)
	}
	public := r.PublicLocal()
	p, err := b.board(ctx, r, view, public, publicBoard(r))
	if err != nil {
		return bot.Reply{}, err
	}
	for _, c := range allLanguages {
		if c == public.Lang {
			continue
		}
		also, err := b.board(ctx, r, view, phrase.Localizer{Lang: c, Style: public.Style}, publicBoard(r))
		if err != nil {
			return bot.Reply{}, err
		}
		p.Also = append(p.Also, also)
	}
	r.Change.Sends = append(r.Change.Sends, bot.Send{Op: bot.New, Slot: bot.Slot{Kind: Kind, ID: id, Part: part, N: int(r.Now.Unix())},
		Chat: r.Chat.ID, Post: p, Class: bot.ReplyClass, Cause: r.Input.ID})
	return bot.Reply{}, nil
}

// board draws a board. sign signs its buttons, for one member or for the chat.
func (b *boards) board(ctx context.Context, r *bot.Request, view boardView, local phrase.Localizer, sign signer) (bot.Post, error) {
	if view.period == masteryView {
		return b.mastery(ctx, r, view, local, sign)
	}
	q := bot.BoardQuery{Space: r.Space.ID, Pack: view.pack.Pack, Offset: view.page * boardRows, Limit: boardRows}
	zone, scope := r.Space.Settings.Location(), scopes[0]
	if view.everywhere {
		q.Space, zone, scope = 0, time.UTC, scopes[1]
	}
	q.From = since(periods[view.period], r.Now.In(zone))
	page, err := b.store.Board(ctx, q)
	if err != nil {
		return bot.Post{}, fmt.Errorf("board of space %d: %w", q.Space, err)
	}
	p := bot.Post{Kind: bot.BoardPost, Lang: local.Lang}
	p.Title = local.Say(phrase.BoardTitle, phrase.Text("scope", local.Say(phrase.ID("choice-scope-"+scope))),
		phrase.Text("period", local.Say(phrase.ID("choice-period-"+periods[view.period]))))
	var body lines
	if view.pack.Pack != "" {
		body.add(local.Say(phrase.BoardPack, phrase.Text("pack", b.packs.Title(ctx, view.pack, local.Lang))), bot.Quiet)
	}
	for _, row := range page.Rows {
		name := nameOn(&row, local)
		body.name(local.Say(phrase.BoardRow, phrase.Count("rank", row.Rank), phrase.Name("name", name),
			phrase.Count("points", row.Points), phrase.Count("right", row.Right), phrase.Count("asked", row.Asked)), bot.Bullet, bot.Mention{Member: row.Member, Name: name})
	}
	if len(page.Rows) == 0 {
		body.add(local.Say(phrase.BoardEmpty), bot.Plain)
	}
	p.Body, p.Buttons = body, boardButtons(local, sign, view, page.Total)
	return p, nil
}

// nameOn is what a member is called on a board.
func nameOn(row *bot.BoardRow, local phrase.Localizer) string {
	if row.Name == "" {
		return local.Say(phrase.Somebody)
	}
	return row.Name
}

// signer signs an action of a button.
type signer func(action string, args ...uint64) string

// publicBoard signs the buttons of a board that everybody in the chat sees.
func publicBoard(r *bot.Request) signer {
	return func(_ string, args ...uint64) string { return r.SignForChat("boards", args...) }
}

// boardButton shows another view of a board.
func boardButton(local phrase.Localizer, sign signer, label phrase.ID, v boardView, on bool) bot.Button {
	first, style := uint64(0), bot.PlainButton
	switch {
	case v.everywhere:
		first = 1
	case v.picture != noPicture:
		first = pictureArg + uint64(v.picture-lightPicture)
	}
	if on {
		style = bot.MainButton
	}
	return bot.Button{Label: local.Say(label), Style: style,
		Action: sign("board", first, uint64(v.period), uint64(v.page), packNumber(v.pack.Pack))}
}

func boardButtons(local phrase.Localizer, sign signer, view boardView, total int) [][]bot.Button {
	to := func(label phrase.ID, v boardView, on bool) bot.Button {
		v.pack = view.pack
		return boardButton(local, sign, label, v, on)
	}
	var times []bot.Button
	for i, name := range periods {
		times = append(times, to(phrase.ID("choice-period-"+name), boardView{everywhere: view.everywhere, period: i}, i == view.period))
	}
	where := []bot.Button{
		to("choice-scope-chat", boardView{period: view.period}, !view.everywhere),
		to("choice-scope-everywhere", boardView{everywhere: true, period: view.period}, view.everywhere),
	}
	rows := [][]bot.Button{times, where, {to(phrase.ButtonMastery, boardView{period: masteryView}, false)}}
	if view.period == masteryView {
		rows = [][]bot.Button{{to(phrase.ButtonPoints, boardView{period: len(periods) - 1}, false)}}
	}
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

// pressBoard shows another page or view of a board: in its place where only this person sees it,
// and to them alone where everybody does.
func (b *boards) pressBoard(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	view := boardView{everywhere: r.Arg(0) == 1, period: r.Index(1), page: r.Index(2)}
	if n := r.Arg(0); n == pictureArg || n == pictureArg+1 {
		view.picture = lightPicture + picture(n-pictureArg)
	}
	if view.period > masteryView || view.page > 1_000_000 {
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
	p, err := b.board(ctx, r, view, r.Local, r.Sign)
	return bot.Reply{Posts: []bot.Post{p}, Update: r.Args.Action == "board" && p.File == nil}, err
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
