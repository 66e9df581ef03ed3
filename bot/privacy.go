package bot

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"summitquiz/bot/phrase"
)

// privacy says what is kept about a person, gives it out, and deletes it.
func (v *visit) privacy(ctx context.Context) (Reply, error) {
	switch v.opts["action"] {
	case "export":
		return v.export(ctx)
	case "delete":
		return v.askForget(), nil
	}
	say := v.voice.Say
	p := Post{Kind: CardPost, Lang: v.voice.Lang, Title: say(phrase.PrivacyTitle)}
	for _, id := range []phrase.ID{phrase.PrivacyKept, phrase.PrivacyWhy, phrase.PrivacyDelete} {
		p.Body = append(p.Body, line(say(id)))
	}
	p.Buttons = [][]Button{{
		{Label: say(phrase.ButtonExport), Action: v.signOwn("export")},
		{Label: say(phrase.ButtonDelete), Action: v.forgetToken(0), Style: DangerButton},
	}}
	return Reply{Posts: []Post{p}}, nil
}

func pressExport(ctx context.Context, v *visit, _ Action, _ map[string]string) (Reply, error) {
	return v.export(ctx)
}

// export gives a person all that is kept about them.
func (v *visit) export(ctx context.Context) (Reply, error) {
	data, err := v.h.store.Export(ctx, v.member.ID)
	if err != nil {
		return Reply{}, fmt.Errorf("export of member %d: %w", v.member.ID, err)
	}
	p := Post{Kind: NoticePost, Lang: v.voice.Lang, Body: []Line{line(v.voice.Say(phrase.ExportHere))},
		File: &File{Name: "summitquiz-export.json", Type: "application/json", Data: data}}
	return Reply{Posts: []Post{p}}, nil
}

// forgetFor is how long a confirmation of a deletion is valid.
const forgetFor = time.Minute

// forgetToken is the button that deletes: first it asks, then, with the time of the asking, it
// acts.
func (v *visit) forgetToken(asked int64) string { return v.signOwn("forget", uint64(asked)) }

func (v *visit) askForget() Reply {
	say := v.voice.Say
	p := Post{Kind: CardPost, Lang: v.voice.Lang, Title: say(phrase.ForgetTitle), Body: []Line{line(say(phrase.ForgetAsk))}}
	p.Buttons = [][]Button{{{Label: say(phrase.ButtonForget), Action: v.forgetToken(v.now.Unix()), Style: DangerButton}}}
	return Reply{Posts: []Post{p}}
}

// pressForget deletes a person, if they were asked a moment ago.
func pressForget(ctx context.Context, v *visit, a Action, _ map[string]string) (Reply, error) {
	asked := time.Unix(int64(min(a.Arg(0), 1<<40)), 0)
	if v.now.Sub(asked) > forgetFor {
		r := v.askForget()
		r.Update = true
		return r, nil
	}
	// The deletion comes first: if the process ends before the input is claimed, it comes again
	// and finds that all is done.
	if err := v.h.store.Forget(ctx, v.member.ID, v.now); err != nil {
		return Reply{}, fmt.Errorf("forget member %d: %w", v.member.ID, err)
	}
	v.h.people.forget()
	v.h.forgetNames(v.member.ID)
	v.change = &Change{Input: v.in.ID, At: v.now} // nothing else is noted of whoever is gone
	if err := v.save(ctx); err != nil {
		return Reply{}, err
	}
	r := v.say(phrase.ForgetDone)
	r.Update, r.Gone = true, true
	return r, nil
}

// forgetNames takes a member's name from the games that are running: they are set up anew, with
// the answers under another number.
func (h *Hall) forgetNames(m MemberID) {
	h.tables.mu.Lock()
	all := slices.Collect(maps.Values(h.tables.byID))
	h.tables.mu.Unlock()
	for _, tb := range all {
		tb.mu.Lock()
		_, plays := tb.names[m]
		tb.mu.Unlock()
		if plays {
			h.throwAway(tb)
		}
	}
}
