package storetest

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/content"
	"summitquiz/content/language"
)

func games(t *testing.T, s bot.Store) {
	h := come(t, s, at("a"), person("Ada"))
	g := game(t, s, h)
	write(t, s, &bot.Change{At: noon, Game: &g})
	second := game(t, s, h)
	refused(t, s, &bot.Change{At: noon, Game: &second}, bot.ErrConflict) // one game a seat
	solo := game(t, s, h)
	solo.Solo = h.member.ID
	write(t, s, &bot.Change{At: noon, Game: &solo})
	next := g
	next.Version, next.State = 2, []byte(`{"n":2}`)
	write(t, s, &bot.Change{At: noon, Game: &next})
	refused(t, s, &bot.Change{At: noon, Game: &next}, bot.ErrConflict)
	got := must[bot.Game](t)(s.Game(t.Context(), g.ID))
	if string(got.Sheet) != string(g.Sheet) || string(got.State) != `{"n":2}` || got.Version != 2 || got.Lang != language.Korean || !got.Started.Equal(noon) || got.Ended {
		t.Errorf("the game is kept as %+v", got)
	}
	if live := must[[]bot.Game](t)(s.Live(t.Context())); len(live) != 2 {
		t.Errorf("%d games run, want two", len(live))
	}
	next.Version, next.Ended = 3, true
	write(t, s, &bot.Change{At: noon, Game: &next})
	write(t, s, &bot.Change{At: noon, Game: &second})
	if live := must[[]bot.Game](t)(s.Live(t.Context())); len(live) != 2 {
		t.Errorf("%d games run after one has ended and another begun, want two", len(live))
	}
	if _, err := s.Game(t.Context(), 999); !errors.Is(err, bot.ErrNone) {
		t.Errorf("a game that is not there: %v", err)
	}
}

func answers(t *testing.T, s bot.Store) {
	h, other := come(t, s, at("a"), person("Ada")), come(t, s, at("a"), person("Ben"))
	full := answer(h, 7, 3, math.MaxInt32)
	full.Try, full.Seed, full.Lang, full.Option, full.Options, full.Reason = 1, math.MaxUint64, language.Arabic, -1, 0, 3
	full.Text, full.Prior, full.Took, full.Lapsed, full.Solo, full.Hinted = "٧٠ تريليون \u202e'\"; DROP TABLE answers; --\x00 🟩", -1234, 1234567*time.Microsecond, true, true, true
	c := &bot.Change{At: noon, Answers: []bot.Answer{full, answer(other, 7, 3, 0)}}
	write(t, s, c)
	if c.Answers[0].ID == 0 || c.Answers[1].ID <= c.Answers[0].ID {
		t.Errorf("the answers got the numbers %d and %d", c.Answers[0].ID, c.Answers[1].ID)
	}
	rows := must[[]bot.Answer](t)(s.Answers(t.Context(), 7))
	if full.ID = c.Answers[0].ID; len(rows) != 2 || rows[0] != full {
		t.Errorf("an answer came back as\n%+v, want\n%+v", rows[0], full)
	}
	refused(t, s, &bot.Change{Input: "again", At: noon, Answers: []bot.Answer{full}}, bot.ErrRepeated)
	write(t, s, &bot.Change{At: noon, Void: []bot.Void{{Game: 7, Question: 3}}})
	for _, a := range must[[]bot.Answer](t)(s.Answers(t.Context(), 7)) {
		if !a.Void || a.Points != 0 {
			t.Errorf("an answer to a void question scores: %+v", a)
		}
	}
	log := func(after int64, most int) (ids []int64) {
		t.Helper()
		if err := s.Log(t.Context(), "p", after, func(a bot.Answer) bool { ids = append(ids, a.ID); return len(ids) < most }); err != nil {
			t.Fatal(err)
		}
		return ids
	}
	if all := log(0, 10); !slices.Equal(all, []int64{full.ID, c.Answers[1].ID}) {
		t.Errorf("the log is %v", all)
	}
	if rest := log(full.ID, 10); len(rest) != 1 {
		t.Errorf("after the first one the log is %v", rest)
	}
	if one := log(0, 1); len(one) != 1 {
		t.Errorf("whoever has enough gets %v", one)
	}
}

func seen(t *testing.T, s bot.Store) {
	chat, member := bot.Scope{Chat: 3}, bot.Scope{Member: 3}
	e := bot.Exposure{Scope: chat, Pack: "p", Item: "p/f/choice/x", Options: math.MaxUint64, Times: 1, Last: noon}
	write(t, s, &bot.Change{At: noon, Shown: []bot.Exposure{e}})
	e.Times, e.Last = 2, noon.Add(time.Hour)
	write(t, s, &bot.Change{At: noon, Shown: []bot.Exposure{e}})
	rows := must[[]bot.Exposure](t)(s.Seen(t.Context(), chat, "p"))
	if e.Times = 3; len(rows) != 1 || rows[0] != e {
		t.Errorf("seen was %+v, want %+v", rows, e)
	}
	if rows := must[[]bot.Exposure](t)(s.Seen(t.Context(), member, "p")); len(rows) != 0 {
		t.Errorf("a member with the chat's number has seen %+v", rows)
	}
	if rows := must[[]bot.Exposure](t)(s.Seen(t.Context(), chat, "q")); len(rows) != 0 {
		t.Errorf("of another pack %+v were seen", rows)
	}
}

// said is a post that says something.
func said(text string) bot.Post {
	return bot.Post{Kind: bot.NoticePost, Lang: language.Arabic, Body: []bot.Line{{Text: text}}}
}

func text(p bot.Post) string {
	if len(p.Body) == 0 {
		return ""
	}
	return p.Body[0].Text
}

func outbox(t *testing.T, s bot.Store) {
	h := come(t, s, at("a"), person("Ada"))
	chat := h.chat.ID
	c := &bot.Change{At: noon, Sends: []bot.Send{
		{Op: bot.New, Slot: "one", Chat: chat, Post: said("سؤال"), Cause: "in"},
		{Op: bot.Edit, Slot: "one", Chat: chat, Post: said("first edit")},
		{Op: bot.New, Slot: "two", Chat: chat, To: h.member.ID, Post: said("two")},
	}}
	write(t, s, c)
	write(t, s, &bot.Change{At: noon, Sends: []bot.Send{{Op: bot.Edit, Slot: "one", Chat: chat, Post: said("second edit")}, {Op: bot.New, Slot: "one", Chat: chat, Post: said("again")}}})
	rows := must[[]bot.Send](t)(s.Waiting(t.Context(), chat, 10))
	var got []string
	for _, r := range rows {
		got = append(got, string(r.Op)+" "+string(r.Slot)+" "+text(r.Post))
	}
	if want := []string{"new one سؤال", "new two two", "edit one second edit"}; !slices.Equal(got, want) {
		t.Errorf("waiting are %q, want %q", got, want)
	}
	if rows[0].ID != c.Sends[0].ID || rows[0].Cause != "in" || rows[0].State != bot.SendQueued || rows[1].To != h.member.ID || rows[0].Post.Lang != language.Arabic {
		t.Errorf("the first ones wait as %+v", rows[:2])
	}
	if rows := must[[]bot.Send](t)(s.Waiting(t.Context(), chat, 1)); len(rows) != 1 || rows[0].Slot != "one" {
		t.Errorf("the first of them is %+v", rows)
	}
	if _, err := s.RefOf(t.Context(), "one"); !errors.Is(err, bot.ErrNone) {
		t.Errorf("what has not arrived has a number: %v", err)
	}
	if _, err := s.SlotOf(t.Context(), chat, ""); !errors.Is(err, bot.ErrNone) {
		t.Errorf("what has not arrived is found by no number: %v", err)
	}
	write(t, s, &bot.Change{At: noon, Marks: []bot.Mark{{Send: rows[0].ID, State: bot.SendStarted, At: noon}}})
	if rows := must[[]bot.Send](t)(s.Waiting(t.Context(), chat, 1)); rows[0].State != bot.SendStarted || !rows[0].Started.Equal(noon) {
		t.Errorf("what has begun waits as %+v", rows[0])
	}
	if rows := must[[]bot.ChatID](t)(s.Backlog(t.Context())); !slices.Equal(rows, []bot.ChatID{chat}) {
		t.Errorf("the backlog is %v", rows)
	}
	for i, r := range rows {
		state := bot.SendDone
		if i == 1 {
			state = bot.SendFailed
		}
		write(t, s, &bot.Change{At: noon, Marks: []bot.Mark{{Send: r.ID, State: state, Ref: bot.Ref(fmt.Sprint("ref-", r.Slot)), At: noon}}})
	}
	if rows := must[[]bot.ChatID](t)(s.Backlog(t.Context())); len(rows) != 0 {
		t.Errorf("the backlog is %v", rows)
	}
	if ref := must[bot.Ref](t)(s.RefOf(t.Context(), "one")); ref != "ref-one" {
		t.Errorf("it arrived as %q", ref)
	}
	if slot := must[bot.Slot](t)(s.SlotOf(t.Context(), chat, "ref-one")); slot != "one" {
		t.Errorf("ref-one stands in %q", slot)
	}
	if _, err := s.SlotOf(t.Context(), chat+1, "ref-one"); !errors.Is(err, bot.ErrNone) {
		t.Errorf("another chat has it too: %v", err)
	}
}

func posts(t *testing.T, s bot.Store) {
	h, other := come(t, s, at("a"), person("Ada")), come(t, s, at("a"), person("Ben"))
	c := &bot.Change{At: noon, Sends: []bot.Send{
		{Op: bot.New, Slot: "1", Chat: h.chat.ID, Post: said("one")}, {Op: bot.New, Slot: "2", Chat: h.chat.ID, To: h.member.ID, Post: said("two")},
		{Op: bot.New, Slot: "3", Chat: h.chat.ID, Post: said("three")}, {Op: bot.New, Slot: "4", Chat: h.chat.ID, Post: said("four")}}}
	write(t, s, c)
	write(t, s, &bot.Change{At: noon, Marks: []bot.Mark{{Send: c.Sends[0].ID, State: bot.SendDone, At: noon.Add(time.Second)}},
		Sends: []bot.Send{{Op: bot.Edit, Slot: "1", Chat: h.chat.ID, Post: said("one, edited")}, {Op: bot.Delete, Slot: "4", Chat: h.chat.ID}}})
	shown := func(m bot.MemberID, limit int) string {
		t.Helper()
		var out []string
		for _, r := range must[[]bot.Send](t)(s.Posts(t.Context(), h.chat.ID, m, limit)) {
			out = append(out, text(r.Post))
			if r.Slot == "1" && !r.Done.Equal(noon.Add(time.Second)) {
				t.Errorf("it arrived at %v", r.Done)
			}
		}
		return strings.Join(out, "|")
	}
	for _, tc := range []struct {
		m     bot.MemberID
		limit int
		want  string
	}{{h.member.ID, 10, "one, edited|two|three"}, {other.member.ID, 10, "one, edited|three"}, {h.member.ID, 2, "two|three"}} {
		if got := shown(tc.m, tc.limit); got != tc.want {
			t.Errorf("member %d sees %q, want %q", tc.m, got, tc.want)
		}
	}
}

func agenda(t *testing.T, s bot.Store) {
	if _, some, err := s.Next(t.Context()); some || err != nil {
		t.Errorf("something is due in an empty store: %v", err)
	}
	write(t, s, &bot.Change{At: noon, Due: []bot.Due{{Key: "b", At: noon.Add(time.Second)}, {Key: "a", At: noon}, {Key: "c", At: noon.Add(time.Hour)}}})
	rows := must[[]bot.Due](t)(s.Claim(t.Context(), noon.Add(time.Minute), time.Minute, 1))
	if len(rows) != 1 || rows[0].Key != "a" || rows[0].Attempt != 1 {
		t.Errorf("claimed first was %+v", rows)
	}
	rows = must[[]bot.Due](t)(s.Claim(t.Context(), noon.Add(time.Minute), time.Minute, 9))
	if len(rows) != 1 || rows[0].Key != "b" {
		t.Errorf("claimed next were %+v", rows)
	}
	rows = must[[]bot.Due](t)(s.Claim(t.Context(), noon.Add(2*time.Minute), time.Minute, 9))
	if len(rows) != 2 || rows[0].Attempt != 2 {
		t.Errorf("claimed after the lease were %+v", rows)
	}
	write(t, s, &bot.Change{At: noon, Undue: []bot.DueKey{"a", "nothing"}, Due: []bot.Due{{Key: "b", At: noon.Add(30 * time.Minute)}}})
	next, some, err := s.Next(t.Context())
	if err != nil || !some || !next.Equal(noon.Add(30*time.Minute)) {
		t.Errorf("next is %v, %v, %v", next, some, err)
	}
}

func packs(t *testing.T, s bot.Store) {
	h := come(t, s, at("a"), person("Ada"))
	own := content.PackID(fmt.Sprintf("s%d:lakes", h.space.ID))
	row := func(id content.PackID, space bot.SpaceID, hash, label string, minutes int) bot.PackRow {
		return bot.PackRow{Pack: id, Space: space, Hash: hash, Version: label, Files: map[string][]byte{"pack.yaml": []byte("é\x00" + hash)}, By: h.member.ID, At: noon.Add(time.Duration(minutes) * time.Minute)}
	}
	put := func(r bot.PackRow) {
		t.Helper()
		write(t, s, &bot.Change{At: r.At, Packs: []bot.PackRow{r}, Activate: []bot.Activation{{Pack: r.Pack, Hash: r.Hash}}})
	}
	put(row("seas", 0, "h1", "1.0", 1))
	put(row("seas", 0, "h2", "1.0", 2))
	put(row("seas", 0, "h1", "1.0", 3)) // the same content again: the version stays as it is
	put(row(own, h.space.ID, "h3", "1.0", 4))
	names := func(space bot.SpaceID) string {
		t.Helper()
		var out []string
		for _, r := range must[[]bot.PackRow](t)(s.Packs(t.Context(), space)) {
			out = append(out, string(r.Pack)+" "+r.Hash)
			if r.Files != nil {
				t.Error("a list carries files")
			}
		}
		slices.Sort(out)
		return strings.Join(out, ", ")
	}
	if got := names(0); got != "seas h1" {
		t.Errorf("everybody sees %s", got)
	}
	if got := names(h.space.ID); got != string(own)+" h3, seas h1" {
		t.Errorf("the space sees %s", got)
	}
	if got := names(h.space.ID + 1); got != "seas h1" {
		t.Errorf("another space sees %s", got)
	}
	versions := must[[]bot.PackRow](t)(s.Versions(t.Context(), "seas"))
	if len(versions) != 2 || versions[0].Hash != "h2" || versions[0].Revision != 2 || versions[0].Active || !versions[1].Active || versions[1].Revision != 1 || !versions[1].At.Equal(noon.Add(time.Minute)) {
		t.Errorf("the versions are %+v", versions)
	}
	got := must[bot.PackRow](t)(s.PackFiles(t.Context(), "seas", "h2"))
	if string(got.Files["pack.yaml"]) != "é\x00h2" || got.By != h.member.ID {
		t.Errorf("the files are %+v", got)
	}
	if _, err := s.PackFiles(t.Context(), "seas", "h9"); !errors.Is(err, bot.ErrNone) {
		t.Errorf("a version that is not there: %v", err)
	}
	off := func(space bot.SpaceID, off bool) {
		write(t, s, &bot.Change{At: noon, Off: []bot.PackOff{{Space: space, Pack: "seas", Off: off}}})
	}
	off(h.space.ID, true)
	off(h.space.ID, true)
	if got := must[[]content.PackID](t)(s.SwitchedOff(t.Context(), h.space.ID)); !slices.Equal(got, []content.PackID{"seas"}) {
		t.Errorf("off are %v", got)
	}
	if got := must[[]content.PackID](t)(s.SwitchedOff(t.Context(), h.space.ID+1)); len(got) != 0 {
		t.Errorf("in another space off are %v", got)
	}
	off(0, true)
	if got := must[[]content.PackID](t)(s.SwitchedOff(t.Context(), h.space.ID+1)); len(got) != 1 {
		t.Errorf("off for everybody is %v in another space", got)
	}
	off(0, false)
	off(h.space.ID, false)
	if got := must[[]content.PackID](t)(s.SwitchedOff(t.Context(), h.space.ID)); len(got) != 0 {
		t.Errorf("after all are on, off are %v", got)
	}
}

func drafts(t *testing.T, s bot.Store) {
	d := bot.Draft{ID: 5, Space: 2, By: 3, Data: []byte("pack: x\x00"), At: noon}
	write(t, s, &bot.Change{At: noon, Draft: &d})
	got := must[bot.Draft](t)(s.Draft(t.Context(), 5))
	if got.Space != 2 || got.By != 3 || string(got.Data) != string(d.Data) || !got.At.Equal(noon) {
		t.Errorf("the draft is %+v", got)
	}
	write(t, s, &bot.Change{At: noon, Undraft: 5})
	if _, err := s.Draft(t.Context(), 5); !errors.Is(err, bot.ErrNone) {
		t.Errorf("a draft that was decided about: %v", err)
	}
}

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
	write(t, s, &bot.Change{At: noon, Void: []bot.Void{{Game: 2, Question: 0}}})
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

func papers(t *testing.T, s bot.Store) {
	r := bot.Report{Space: 2, Chat: 3, Member: 4, Item: "p/f/choice/x", Pack: "p", Hash: "h", Seed: math.MaxUint64, Lang: language.Chinese, Reason: "other", Text: "错了", At: noon}
	a := bot.Audit{Space: 2, Member: 4, Action: "settings", Detail: "x", At: noon}
	c := &bot.Change{At: noon, Reports: []bot.Report{r}, Audit: []bot.Audit{a}}
	write(t, s, c)
	write(t, s, &bot.Change{At: noon, Reports: []bot.Report{r}, Audit: []bot.Audit{a}})
	rows := must[[]bot.Report](t)(s.Reports(t.Context(), 2, 10))
	if r.ID = c.Reports[0].ID; len(rows) != 2 || rows[1] != r || rows[0].ID <= r.ID {
		t.Errorf("the reports are %+v", rows)
	}
	if rows := must[[]bot.Report](t)(s.Reports(t.Context(), 0, 1)); len(rows) != 1 {
		t.Errorf("of packs for everybody %d reports are the newest one", len(rows))
	}
	log := must[[]bot.Audit](t)(s.Audits(t.Context(), 2, 10))
	if a.ID = c.Audit[0].ID; len(log) != 2 || log[1] != a {
		t.Errorf("the audit is %+v", log)
	}
}

func forget(t *testing.T, s bot.Store) {
	ada, ben := come(t, s, at("a"), person("Ada")), come(t, s, at("a"), person("Ben"))
	mine := answer(ada, 1, 0, 3)
	mine.Text = "my very own words"
	named := bot.Post{Kind: bot.BoardPost, Body: []bot.Line{{Text: "1. \u2068Ada\u2069: 3 points"}}}
	c := &bot.Change{At: noon, Answers: []bot.Answer{mine, answer(ben, 1, 0, 5)}, Shown: []bot.Exposure{{Scope: bot.Scope{Member: ada.member.ID}, Pack: "p", Item: "p/f/choice/x", Times: 1, Last: noon}},
		Reports: []bot.Report{{Space: ada.space.ID, Member: ada.member.ID, Pack: "p", Text: "my report", At: noon}}, Audit: []bot.Audit{{Space: ada.space.ID, Member: ada.member.ID, Action: "x", At: noon}},
		Sends: []bot.Send{{Op: bot.New, Slot: "board", Chat: ada.chat.ID, Post: named}, {Op: bot.New, Slot: "other", Chat: ada.chat.ID, Post: said("nobody is named")}}}
	write(t, s, c)
	write(t, s, &bot.Change{At: noon, Marks: []bot.Mark{{Send: c.Sends[0].ID, State: bot.SendDone, Ref: "r", At: noon}, {Send: c.Sends[1].ID, State: bot.SendDone, At: noon}}})
	data := string(must[[]byte](t)(s.Export(t.Context(), ada.member.ID)))
	for _, want := range []string{"Ada", "u-Ada", "my very own words", "my report", "p/f/choice/x"} {
		if !strings.Contains(data, want) {
			t.Errorf("the export lacks %q:\n%s", want, data)
		}
	}
	if strings.Contains(data, "Ben") {
		t.Error("the export holds somebody else")
	}
	if err := s.Forget(t.Context(), ada.member.ID, noon); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Member(t.Context(), ada.member.ID); !errors.Is(err, bot.ErrNone) {
		t.Errorf("the member is still there: %v", err)
	}
	rows := must[[]bot.Answer](t)(s.Answers(t.Context(), 1))
	if len(rows) != 2 || rows[0].Member == ada.member.ID || rows[0].Member >= 0 || rows[0].Text != "" || rows[0].Points != 3 {
		t.Errorf("the answers are %+v", rows)
	}
	page := must[bot.BoardPage](t)(s.Board(t.Context(), bot.BoardQuery{Space: ada.space.ID, Limit: 10}))
	if len(page.Rows) != 2 || page.Rows[0].Name != "Ben" || page.Rows[0].Points != 5 || page.Rows[1].Name != "" {
		t.Errorf("the board is %+v", page.Rows)
	}
	if rows := must[[]bot.Exposure](t)(s.Seen(t.Context(), bot.Scope{Member: ada.member.ID}, "p")); len(rows) != 0 {
		t.Errorf("what she has seen is kept: %+v", rows)
	}
	reports := must[[]bot.Report](t)(s.Reports(t.Context(), ada.space.ID, 10))
	if len(reports) != 1 || reports[0].Member == ada.member.ID || reports[0].Text != "" {
		t.Errorf("the report is %+v", reports)
	}
	shown := must[[]bot.Send](t)(s.Posts(t.Context(), ada.chat.ID, ben.member.ID, 10))
	if len(shown) != 1 || text(shown[0].Post) != "nobody is named" {
		t.Errorf("the chat still shows %+v", shown)
	}
	if ref := must[bot.Ref](t)(s.RefOf(t.Context(), "board")); ref != "r" {
		t.Errorf("the post that named her cannot be found on its platform: %q", ref)
	}
	if back := come(t, s, at("a"), person("Ada")); back.member.ID == ada.member.ID {
		t.Error("who comes back is the one who was forgotten")
	}
}

// impatience gives up waiting: the change is written all the same.
func impatience(t *testing.T, s bot.Store) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	wait := s.Write(&bot.Change{Input: "in", At: noon, Due: []bot.Due{{Key: "a", At: noon}}})
	if err := wait(ctx); err != nil && !errors.Is(err, context.Canceled) {
		t.Errorf("who has stopped waiting gets %v", err)
	}
	if err := wait(t.Context()); err != nil {
		t.Errorf("who waits again gets %v", err)
	}
	refused(t, s, &bot.Change{Input: "in", At: noon}, bot.ErrRepeated)
}
