package storetest

import (
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

func packs(t *testing.T, s bot.Store) {
	h := come(t, s, at("a"), person("Ada"))
	own := content.PackID(fmt.Sprintf("s%d:lakes", h.space.ID))
	row := func(id content.PackID, space bot.SpaceID, hash string, minutes int) bot.PackRow {
		at := noon.Add(time.Duration(minutes) * time.Minute)
		return bot.PackRow{Pack: id, Space: space, Hash: hash, Version: "1.0", By: h.member.ID, At: at,
			Files: map[string][]byte{"pack.yaml": []byte("é\x00" + hash)}}
	}
	put := func(r bot.PackRow) {
		t.Helper()
		write(t, s, &bot.Change{At: r.At, Packs: []bot.PackRow{r}, Activate: []bot.Activation{{Pack: r.Pack, Hash: r.Hash}}})
	}
	put(row("seas", 0, "h1", 1))
	put(row("seas", 0, "h2", 2))
	put(row("seas", 0, "h1", 3)) // the same content again: the version stays as it is
	put(row(own, h.space.ID, "h3", 4))
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
	if len(versions) != 2 || versions[0].Hash != "h2" || versions[0].Revision != 2 || versions[0].Active ||
		!versions[1].Active || versions[1].Revision != 1 || !versions[1].At.Equal(noon.Add(time.Minute)) {
		t.Errorf("the versions are %+v", versions)
	}
	got := must[bot.PackRow](t)(s.PackFiles(t.Context(), "seas", "h2"))
	if string(got.Files["pack.yaml"]) != "é\x00h2" || got.By != h.member.ID {
		t.Errorf("the files are %+v", got)
	}
	if _, err := s.PackFiles(t.Context(), "seas", "h9"); !errors.Is(err, bot.ErrNone) {
		t.Errorf("a version that is not there: %v", err)
	}
}

// switches turns a pack off and on in a space and for everybody.
func switches(t *testing.T, s bot.Store) {
	h := come(t, s, at("a"), person("Ada"))
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
	d := bot.Draft{ID: 5, Space: 2, By: 3, Name: "zoo.yaml", Data: []byte("pack: x\x00"), At: noon}
	write(t, s, &bot.Change{At: noon, Draft: &d})
	got := must[bot.Draft](t)(s.Draft(t.Context(), 5))
	if got.Space != 2 || got.By != 3 || string(got.Data) != string(d.Data) || !got.At.Equal(noon) {
		t.Errorf("the draft is %+v", got)
	}
	older := bot.Draft{ID: 6, Space: 2, By: 3, Name: "sea.yaml", Data: []byte("pack: y"), At: noon.Add(-time.Hour)}
	other := bot.Draft{ID: 7, Space: 2, By: 4, Name: "air.yaml", Data: []byte("pack: z"), At: noon}
	write(t, s, &bot.Change{At: noon, Draft: &older})
	write(t, s, &bot.Change{At: noon, Draft: &other})
	mine := must[[]bot.Draft](t)(s.DraftsOf(t.Context(), 3))
	if len(mine) != 2 || mine[0].Name != "sea.yaml" || mine[1].ID != 5 || mine[1].Space != 2 || !mine[1].At.Equal(noon) || mine[1].Data != nil {
		t.Errorf("the drafts of a member are %+v", mine)
	}
	write(t, s, &bot.Change{At: noon, Undraft: 5})
	if _, err := s.Draft(t.Context(), 5); !errors.Is(err, bot.ErrNone) {
		t.Errorf("a draft that was decided about: %v", err)
	}
}

func records(t *testing.T, s bot.Store) {
	r := bot.Report{Space: 2, Chat: 3, Member: 4, Item: "p/f/choice/x", Pack: "p", Hash: "h", Seed: math.MaxUint64,
		Lang: language.Chinese, Reason: "other", Text: "错了", At: noon}
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
