package library

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"summitquiz/bot"
	"summitquiz/bot/catalog"
	"summitquiz/bot/phrase"
	"summitquiz/content"
	"summitquiz/content/language"
)

// reportedProblems is how many problems stand in a reply; all stand in its file.
const reportedProblems = 10

// load is /pack load: a file in, the linter's report out, then Publish or Discard.
func (f *Feature) load(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	return f.check(ctx, r, *r.Input.Command.File)
}

// beginCheck refuses a file while others are being checked: each takes many times its size in memory.
func (f *Feature) beginCheck() (done func(), err error) {
	select {
	case f.checking <- struct{}{}:
		return func() { <-f.checking }, nil
	default:
		f.host.Meter().Bounded("uploads")
		return nil, bot.Refuse(phrase.UploadsBusy)
	}
}

// draftRefusal is what a person who may not upload more is told: until when. Other errors stay as they are.
func (f *Feature) draftRefusal(r *bot.Request, err error) error {
	var full *draftsFull
	if !errors.As(err, &full) {
		return err
	}
	f.host.Meter().Bounded("drafts")
	return bot.Refuse(phrase.DraftsFull, phrase.Count("drafts", full.most), phrase.Text("time", full.until.In(r.Zone()).Format("15:04 MST")))
}

// ReadUpload takes a file that came without a command: an admin's pack, in a private chat. An
// admin of other places too is asked for which one it is.
func (f *Feature) ReadUpload(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	if r.Role < bot.ChatAdmin {
		return bot.Reply{}, bot.Refuse(phrase.AdminsOnly)
	}
	in := r.Input.Upload
	if len(in.Places) == 0 || len(in.File.Data) > content.UploadLimit {
		return f.check(ctx, r, in.File)
	}
	// Before anything is asked: what cannot be used for any place is refused at once.
	trial := *r.Change
	done, err := f.beginCheck()
	if err != nil {
		return bot.Reply{}, err
	}
	defer done()
	result, err := f.lib.Check(ctx, r.Actor(), packSpace(r), in.File, &trial)
	switch {
	case err != nil:
		return bot.Reply{}, f.draftRefusal(r, err)
	case len(result.Problems) > 0:
		return problemReport(r, result), nil
	case result.Draft == 0:
		return draftReport(r, result), nil
	}
	id, err := f.lib.Keep(ctx, r.Actor(), r.Space.ID, bot.File{Name: result.File, Data: in.File.Data}, r.Change)
	if err != nil {
		return bot.Reply{}, f.draftRefusal(r, err)
	}
	p := r.Post(bot.CardPost, phrase.WhoseTitle)
	p.Body = []bot.Line{{Text: r.Say(phrase.WhoseAsk)}}
	put := r.Sign("put", uint64(id))
	for i := range in.Places {
		p.Buttons = append(p.Buttons, []bot.Button{{Label: bot.CleanName(in.Places[i].Title), Action: put, At: &in.Places[i]}})
	}
	mine := phrase.WhoseMine
	if packSpace(r) == 0 {
		mine = phrase.WhoseAll
	}
	p.Buttons = append(p.Buttons, []bot.Button{{Label: r.Say(mine), Action: put, At: &r.Input.Place}})
	return bot.Reply{Posts: []bot.Post{p}}, nil
}

// putUpload takes an uploaded file for the place that was chosen.
func (f *Feature) putUpload(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	d, err := f.lib.Draft(ctx, r.Actor(), bot.DraftID(r.Arg(0)), r.Now)
	if err != nil {
		return bot.Reply{}, err
	}
	r.Change.Undraft = d.ID
	reply, err := f.check(ctx, r, bot.File{Name: cmp.Or(d.Name, content.PackFile), Data: d.Data})
	reply.Update = true
	return reply, err
}

// packSpace is the space that a pack loaded here belongs to. Owners load for everybody in their
// private chat with the bot, or anywhere if the platform has no such chats; else for the space.
func packSpace(r *bot.Request) bot.SpaceID {
	if r.Role == bot.PackOwner && (r.Input.Place.Private || !r.Limits.Personal) {
		return 0
	}
	return r.Space.ID
}

// check checks an uploaded pack and shows what it would bring.
func (f *Feature) check(ctx context.Context, r *bot.Request, file bot.File) (bot.Reply, error) {
	done, err := f.beginCheck()
	if err != nil {
		return bot.Reply{}, err
	}
	defer done()
	result, err := f.lib.Check(ctx, r.Actor(), packSpace(r), file, r.Change)
	if err != nil {
		return bot.Reply{}, f.draftRefusal(r, err)
	}
	if len(result.Problems) > 0 {
		return problemReport(r, result), nil
	}
	return draftReport(r, result), nil
}

// problemReport lists what is wrong with a file, in the file's own lines.
func problemReport(r *bot.Request, result *CheckResult) bot.Reply {
	var all strings.Builder
	for _, p := range result.Problems {
		fmt.Fprintln(&all, p.Text(r.Local.Lang))
	}
	text := all.String()
	post := r.Post(bot.CardPost, phrase.PackProblems, phrase.Count("count", len(result.Problems)))
	if len(result.Problems) > reportedProblems {
		post.File = &bot.File{Name: "problems.txt", Type: "text/plain; charset=utf-8", Data: []byte(text)}
		text = strings.Join(strings.SplitAfterN(text, "\n", reportedProblems+1)[:reportedProblems], "")
	}
	post.Body = []bot.Line{{Text: strings.TrimSuffix(text, "\n"), Style: bot.Code}}
	post.After = []bot.Line{{Text: r.Say(phrase.PackMend, phrase.Name("file", result.File))}}
	return bot.Reply{Posts: []bot.Post{post}}
}

// draftReport says what an uploaded pack would bring.
func draftReport(r *bot.Request, result *CheckResult) bot.Reply {
	v := result.Version
	p := v.Pack
	post := r.Post(bot.CardPost, "")
	post.Title = catalog.TitleIn(p, r.Local.Lang)
	add := func(text string, style bot.LineStyle) {
		post.Body = append(post.Body, bot.Line{Text: text, Style: style})
	}
	add(r.Say(phrase.DraftSays, phrase.Count("facts", len(p.Facts)), phrase.Count("items", len(v.Generator.Items())),
		phrase.List("languages", bot.LanguageNames(r.Local, p.Languages)...)), bot.Plain)
	if result.Draft == 0 {
		add(r.Say(phrase.NoQuestions), bot.Plain)
		return bot.Reply{Posts: []bot.Post{post}}
	}
	if n := len(p.Warnings); n > 0 {
		var b strings.Builder
		for _, w := range p.Warnings[:min(n, reportedProblems)] {
			fmt.Fprintln(&b, w.Text(r.Local.Lang))
		}
		add(r.Say(phrase.DraftWarnings, phrase.Count("count", n)), bot.Plain)
		add(strings.TrimSuffix(b.String(), "\n"), bot.Code)
	}
	switch {
	case result.Before.Hash == "":
	case result.Same:
		add(r.Say(phrase.DraftSame), bot.Plain)
	default:
		add(r.Say(phrase.DraftDiff, phrase.Name("version", catalog.Label(result.Before)), phrase.Count("came", result.Came),
			phrase.Count("went", result.Went), phrase.Count("changed", result.Changed)), bot.Plain)
		if result.Before.Version == p.Version {
			add(r.Say(phrase.DraftSameLabel, phrase.Name("version", p.Version)), bot.Plain)
		}
	}
	add(r.Say(phrase.DraftSamples), bot.Strong)
	for _, it := range result.Samples {
		view := v.Generator.Render(it, catalog.LanguageFor(p, r.Local.Lang), r.Local.Style)
		add(view.Stem, bot.Bullet)
		for i, text := range view.Options {
			add(view.Labels[i]+" "+text, bot.Plain)
		}
		switch {
		case view.Key >= 0:
			add(r.Say(phrase.AnswerIs, phrase.Text("answer", view.Labels[view.Key]+" "+language.StripIsolates(view.Options[view.Key]))), bot.Quiet)
		case len(view.Accepts) > 0:
			add(r.Say(phrase.AnswerIs, phrase.Text("answer", language.StripIsolates(view.Accepts[0]))), bot.Quiet)
		}
	}
	post.Buttons = [][]bot.Button{{
		{Label: r.Say(phrase.ButtonPublish), Action: r.Sign("pub", uint64(result.Draft)), Style: bot.MainButton},
		{Label: r.Say(phrase.ButtonDiscard), Action: r.Sign("drop", uint64(result.Draft))},
	}}
	return bot.Reply{Posts: []bot.Post{post}}
}

func (f *Feature) publish(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	p, err := f.lib.Publish(ctx, r.Actor(), bot.DraftID(r.Arg(0)), r.Change)
	if err != nil {
		return bot.Reply{}, err
	}
	reply := r.Reply(phrase.PackPublished, phrase.Text("pack", catalog.TitleIn(p, r.Local.Lang)), phrase.Name("name", p.Name))
	reply.Update = true
	return reply, nil
}

func (f *Feature) discard(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	if err := f.lib.Discard(ctx, r.Actor(), bot.DraftID(r.Arg(0)), r.Change); err != nil {
		return bot.Reply{}, err
	}
	reply := r.Reply(phrase.PackDiscarded)
	reply.Update = true
	return reply, nil
}

// cut is what somebody typed, short enough to be said back to them.
func cut(s string, limit int) string { return bot.CleanText(s, limit) }
