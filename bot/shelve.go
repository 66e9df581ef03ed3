package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"summitquiz/bot/phrase"
	"summitquiz/content"
	"summitquiz/content/language"
)

// packLoad is /pack load: a file in, the linter's report out, then Publish or Discard.
func (v *visit) packLoad(ctx context.Context) (Reply, error) {
	return v.checkPack(ctx, *v.in.Command.File)
}

// upload is a file that came without a command: an admin's pack, in a private chat. Whoever
// administers other places too is asked for which one it is.
func (v *visit) upload(ctx context.Context, in *Upload) (Reply, error) {
	if v.role < ChatAdmin {
		return Reply{}, notice(phrase.AdminsOnly)
	}
	if len(in.Places) == 0 || len(in.File.Data) > content.UploadLimit {
		return v.checkPack(ctx, in.File)
	}
	id, err := v.h.store.NextID(ctx)
	if err != nil {
		return Reply{}, fmt.Errorf("a number for a draft: %w", err)
	}
	v.change.Draft = &Draft{ID: DraftID(id), Space: v.space.ID, By: v.member.ID, Data: in.File.Data, At: v.now}
	p := Post{Kind: CardPost, Lang: v.voice.Lang, Title: v.voice.Say(phrase.WhoseTitle), Body: []Line{line(v.voice.Say(phrase.WhoseAsk))}}
	put := v.signOwn("put", uint64(id))
	for i := range in.Places {
		p.Buttons = append(p.Buttons, []Button{{Label: CleanName(in.Places[i].Title), Action: put, At: &in.Places[i]}})
	}
	mine := either(v.packOwner() == 0, phrase.WhoseAll, phrase.WhoseMine)
	p.Buttons = append(p.Buttons, []Button{{Label: v.voice.Say(mine), Action: put, At: &v.in.Place}})
	return Reply{Posts: []Post{p}}, nil
}

// pressPut takes an uploaded file for the place that was chosen.
func pressPut(ctx context.Context, v *visit, a Action, _ map[string]string) (Reply, error) {
	d, err := v.h.store.Draft(ctx, DraftID(a.Arg(0)))
	if none(err) || err == nil && v.now.Sub(d.At) > draftLife {
		return Reply{}, notice(phrase.DraftGone)
	}
	if err != nil {
		return Reply{}, fmt.Errorf("draft %d: %w", a.Arg(0), err)
	}
	if d.By != v.member.ID || v.role < ChatAdmin {
		return Reply{}, notice(phrase.AdminsOnly)
	}
	r, err := v.checkPack(ctx, File{Name: content.PackFile, Data: d.Data})
	v.change.Undraft = d.ID
	r.Update = true
	return r, err
}

// reportedProblems is how many problems stand in the reply; all stand in its file.
const reportedProblems = 10

// checkPack checks an uploaded pack and keeps it as a draft if it can be used.
func (v *visit) checkPack(ctx context.Context, f File) (Reply, error) {
	name := language.Cut(CleanName(f.Name), 60)
	if len(f.Data) > content.UploadLimit {
		return Reply{}, notice(phrase.FileTooBig, phrase.Count("limit", content.UploadLimit>>20))
	}
	p, err := content.Parse(f.Data, content.Options{Space: packSpace(v.packOwner()), Name: name})
	if problems := content.Problems(err); len(problems) > 0 {
		return v.problemReport(name, problems), nil
	}
	if err != nil {
		return Reply{}, &Notice{ID: phrase.FileUnreadable, Err: err}
	}
	id, err := v.h.store.NextID(ctx)
	if err != nil {
		return Reply{}, fmt.Errorf("a number for a draft: %w", err)
	}
	v.change.Draft = &Draft{ID: DraftID(id), Space: v.packOwner(), By: v.member.ID, Data: f.Data, At: v.now}
	return v.draftReport(ctx, p, DraftID(id))
}

// packOwner is the space that a pack loaded here belongs to. Owners load for everybody in their
// private chat with the bot, or anywhere if the platform has no such chats; else for the space.
func (v *visit) packOwner() SpaceID {
	if v.role == PackOwner && (v.in.Place.Private || !v.h.limits(v.chat).Personal) {
		return 0
	}
	return v.space.ID
}

// problemReport lists what is wrong with a file, in the file's own lines.
func (v *visit) problemReport(name string, problems []*content.Problem) Reply {
	say := v.voice.Say
	var all strings.Builder
	for _, p := range problems {
		fmt.Fprintln(&all, p)
	}
	text := all.String()
	post := Post{Kind: CardPost, Lang: v.voice.Lang, Title: say(phrase.PackProblems, phrase.Count("count", len(problems)))}
	if len(problems) > reportedProblems {
		post.File = &File{Name: "problems.txt", Type: "text/plain; charset=utf-8", Data: []byte(text)}
		text = strings.Join(strings.SplitAfterN(text, "\n", reportedProblems+1)[:reportedProblems], "")
	}
	post.Body = []Line{{Text: strings.TrimSuffix(text, "\n"), Style: Code}}
	post.After = []Line{line(say(phrase.PackMend, phrase.Name("file", name)))}
	return Reply{Posts: []Post{post}}
}

// sampleItems is how many questions a report shows.
const sampleItems = 3

// draftReport says what an uploaded pack would bring.
func (v *visit) draftReport(ctx context.Context, p *content.Pack, id DraftID) (Reply, error) {
	say := v.voice.Say
	version := newVersion(p)
	items := version.Maker.Items()
	post := Post{Kind: CardPost, Lang: v.voice.Lang, Title: titleIn(p, v.voice.Lang)}
	post.Body = append(post.Body, line(say(phrase.DraftSays, phrase.Count("facts", len(p.Facts)), phrase.Count("items", len(items)), phrase.List("languages", names(v.voice, p.Languages)...))))
	if len(items) == 0 {
		post.Body = append(post.Body, line(say(phrase.NoQuestions)))
		v.change.Draft = nil
		return Reply{Posts: []Post{post}}, nil
	}
	if n := len(p.Warnings); n > 0 {
		var b strings.Builder
		for _, w := range p.Warnings[:min(n, reportedProblems)] {
			fmt.Fprintln(&b, w)
		}
		post.Body = append(post.Body, line(say(phrase.DraftWarnings, phrase.Count("count", n))), Line{Text: strings.TrimSuffix(b.String(), "\n"), Style: Code})
	}
	if err := v.draftDiff(ctx, p, &post); err != nil {
		return Reply{}, err
	}
	post.Body = append(post.Body, Line{Text: say(phrase.DraftSamples), Style: Strong})
	for i := range min(sampleItems, len(items)) {
		it, err := version.Maker.Draw(items[i*len(items)/sampleItems%len(items)], 1)
		if err != nil {
			return Reply{}, fmt.Errorf("a sample of %s: %w", p.ID, err)
		}
		post.Body = append(post.Body, Line{Text: version.Maker.Stem(it, written(p, v.voice.Lang), v.voice.Style), Style: Item})
	}
	post.Buttons = [][]Button{{
		{Label: say(phrase.ButtonPublish), Action: v.signOwn("pub", uint64(id)), Style: MainButton},
		{Label: say(phrase.ButtonDiscard), Action: v.signOwn("drop", uint64(id))},
	}}
	return Reply{Posts: []Post{post}}, nil
}

// draftDiff says what changes against the version that is active now.
func (v *visit) draftDiff(ctx context.Context, p *content.Pack, post *Post) error {
	active, err := v.active(ctx, p.ID)
	if err != nil || active.Hash == "" {
		return err
	}
	if active.Hash == p.Hash {
		post.Body = append(post.Body, line(v.voice.Say(phrase.DraftSame)))
		return nil
	}
	old, err := v.h.shelf.version(ctx, p.ID, active.Hash)
	if err != nil {
		return err
	}
	came, went, changed := 0, 0, 0
	for _, c := range content.Diff(old.Pack, p).Facts {
		switch c.How {
		case content.Came:
			came++
		case content.Went:
			went++
		default:
			changed++
		}
	}
	post.Body = append(post.Body, line(v.voice.Say(phrase.DraftDiff, phrase.Name("version", Label(active)), phrase.Count("came", came), phrase.Count("went", went), phrase.Count("changed", changed))))
	if active.Version == p.Version {
		post.Body = append(post.Body, line(v.voice.Say(phrase.DraftSameLabel, phrase.Name("version", p.Version))))
	}
	return nil
}

// active is the active version of a pack, or a zero row.
func (v *visit) active(ctx context.Context, id content.PackID) (PackRow, error) {
	versions, err := v.h.store.Versions(ctx, id)
	if err != nil {
		return PackRow{}, fmt.Errorf("versions of %s: %w", id, err)
	}
	for _, r := range versions {
		if r.Active {
			return r, nil
		}
	}
	return PackRow{}, nil
}

// Label is what a version is called: the author's label, with its revision from the second on.
func Label(r PackRow) string {
	if r.Revision > 1 {
		return fmt.Sprintf("%s r%d", r.Version, r.Revision)
	}
	return r.Version
}

// draftLife is how long a draft waits for a decision.
const draftLife = 24 * time.Hour

// draft returns a draft that this person may decide about.
func (v *visit) draft(ctx context.Context, id DraftID) (Draft, error) {
	d, err := v.h.store.Draft(ctx, id)
	if none(err) || err == nil && v.now.Sub(d.At) > draftLife {
		return d, notice(phrase.DraftGone)
	}
	if err != nil {
		return d, fmt.Errorf("draft %d: %w", id, err)
	}
	if d.By != v.member.ID || v.role < ChatAdmin || d.Space == 0 && v.role < PackOwner || d.Space != 0 && d.Space != v.space.ID {
		return d, notice(phrase.AdminsOnly)
	}
	return d, nil
}

func pressPublish(ctx context.Context, v *visit, a Action, _ map[string]string) (Reply, error) {
	d, err := v.draft(ctx, DraftID(a.Arg(0)))
	if err != nil {
		return Reply{}, err
	}
	p, err := content.Parse(d.Data, content.Options{Space: packSpace(d.Space)})
	if err != nil {
		return Reply{}, &Notice{ID: phrase.FileUnreadable, Err: err}
	}
	v.change.Packs = []PackRow{{Pack: p.ID, Space: d.Space, Hash: p.Hash, Version: p.Version, Files: map[string][]byte{content.PackFile: d.Data}, By: v.member.ID, At: v.now}}
	v.change.Activate = []Activation{{p.ID, p.Hash}}
	v.change.Undraft = d.ID
	v.audit(d.Space, "pack-load", string(p.ID)+" "+p.Version+" "+p.Hash)
	r := v.say(phrase.PackPublished, phrase.Text("pack", titleIn(p, v.voice.Lang)), phrase.Name("name", p.Name))
	r.Update = true
	return r, nil
}

func pressDiscard(ctx context.Context, v *visit, a Action, _ map[string]string) (Reply, error) {
	d, err := v.draft(ctx, DraftID(a.Arg(0)))
	if err != nil {
		return Reply{}, err
	}
	v.change.Undraft = d.ID
	r := v.say(phrase.PackDiscarded)
	r.Update = true
	return r, nil
}

// packList is /pack list: every pack that this space can see, with its version and state.
func (v *visit) packList(ctx context.Context) (Reply, error) {
	rows, err := v.h.shelf.visible(ctx, v.space.ID, v.now)
	if err != nil {
		return Reply{}, err
	}
	off, err := v.h.store.SwitchedOff(ctx, v.space.ID)
	if err != nil {
		return Reply{}, fmt.Errorf("packs switched off in space %d: %w", v.space.ID, err)
	}
	say := v.voice.Say
	p := Post{Kind: CardPost, Lang: v.voice.Lang, Title: say(phrase.PacksTitle)}
	for _, r := range rows {
		state := either(slices.Contains(off, r.Pack), phrase.PackIsOff, phrase.PackOn)
		p.Body = append(p.Body, Line{Text: say(phrase.PackState, phrase.Name("pack", packName(r.Pack)), phrase.Name("version", Label(r)),
			phrase.Text("whose", say(either(r.Space == 0, phrase.PackForAll, phrase.PackOwn))), phrase.Text("state", say(state))), Style: Item})
	}
	return Reply{Posts: []Post{p}}, nil
}

// packNamed is the pack of the option pack among all that the space sees.
func (v *visit) packNamed(ctx context.Context) (PackRow, error) {
	rows, err := v.h.shelf.visible(ctx, v.space.ID, v.now)
	if err != nil {
		return PackRow{}, err
	}
	name := v.opts["pack"]
	for _, own := range []bool{true, false} {
		for _, r := range rows {
			if (r.Space != 0) == own && (string(r.Pack) == name || packName(r.Pack) == name) {
				return r, nil
			}
		}
	}
	return PackRow{}, notice(phrase.NoPack, phrase.Name("pack", language.Cut(CleanName(name), 60)))
}

// packVersions is /pack versions.
func (v *visit) packVersions(ctx context.Context) (Reply, error) {
	pack, err := v.packNamed(ctx)
	if err != nil {
		return Reply{}, err
	}
	rows, err := v.h.store.Versions(ctx, pack.Pack)
	if err != nil {
		return Reply{}, fmt.Errorf("versions of %s: %w", pack.Pack, err)
	}
	say := v.voice.Say
	p := Post{Kind: CardPost, Lang: v.voice.Lang, Title: say(phrase.VersionsTitle, phrase.Name("pack", packName(pack.Pack)))}
	for _, r := range rows {
		y, m, d := r.At.In(v.zone()).Date()
		id := either(r.Active, phrase.VersionActive, phrase.VersionLine)
		p.Body = append(p.Body, Line{Text: say(id, phrase.Name("version", Label(r)),
			phrase.Date("date", language.Date{Year: int16(y), Month: int8(m), Day: int8(d)}), phrase.Name("hash", r.Hash[:12])), Style: Item})
	}
	p.After = []Line{{Text: say(phrase.RollbackHow), Style: Quiet}}
	return Reply{Posts: []Post{p}}, nil
}

// owns returns a Notice unless the person may change a pack: their space's own, or for owners
// those for everybody.
func (v *visit) owns(r PackRow) error {
	if r.Space == 0 && v.role < PackOwner {
		return notice(phrase.OwnersOnly)
	}
	return nil
}

// packRollback is /pack rollback: another version becomes the active one. Running games keep
// theirs.
func (v *visit) packRollback(ctx context.Context) (Reply, error) {
	pack, err := v.packNamed(ctx)
	if err != nil {
		return Reply{}, err
	}
	if err := v.owns(pack); err != nil {
		return Reply{}, err
	}
	r, err := v.h.Version(ctx, pack.Pack, v.opts["version"])
	if none(err) {
		return Reply{}, notice(phrase.NoVersion, phrase.Name("version", language.Cut(CleanName(v.opts["version"]), 40)))
	}
	if err != nil {
		return Reply{}, err
	}
	v.change.rollBack(r, v.member.ID)
	return v.say(phrase.RolledBack, phrase.Name("pack", packName(r.Pack)), phrase.Name("version", Label(r))), nil
}

func (v *visit) packEnable(ctx context.Context) (Reply, error)  { return v.switchPack(ctx, false) }
func (v *visit) packDisable(ctx context.Context) (Reply, error) { return v.switchPack(ctx, true) }

// switchPack switches a pack on or off in this space.
func (v *visit) switchPack(ctx context.Context, off bool) (Reply, error) {
	pack, err := v.packNamed(ctx)
	if err != nil {
		return Reply{}, err
	}
	v.change.switchPack(v.space.ID, pack.Pack, off, v.member.ID)
	return v.say(either(off, phrase.PackWentOff, phrase.PackWentOn), phrase.Name("pack", packName(pack.Pack))), nil
}
