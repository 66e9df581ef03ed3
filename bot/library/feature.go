package library

import (
	"context"
	"slices"

	"summitquiz/bot"
	"summitquiz/bot/catalog"
	"summitquiz/bot/phrase"
)

// Feature is the library in a chat: /packs and the /pack commands.
type Feature struct {
	host  bot.Host
	lib   *Library
	packs *catalog.Catalog

	checking chan struct{} // holds a value for each file that is being checked
}

// NewFeature returns the chat side of a library.
func NewFeature(h bot.Host, lib *Library, packs *catalog.Catalog) *Feature {
	lib.bounds = h.Bounds()
	return &Feature{host: h, lib: lib, packs: packs, checking: make(chan struct{}, h.Bounds().Uploads)}
}

// Name is "library".
func (f *Feature) Name() string { return "library" }

// Commands are /packs and what admins do with packs.
func (f *Feature) Commands() []*bot.Command {
	pack := bot.OptionPack.Mandatory()
	version := bot.OptionSpec{Name: "version", Type: bot.VersionOption, Max: 100, Required: true}
	file := bot.OptionSpec{Name: "file", Type: bot.FileOption, Required: true}
	admin := func(order int, name string, run bot.Handler, options ...bot.OptionSpec) *bot.Command {
		return &bot.Command{Name: name, Options: options, Who: bot.ChatAdmin, Order: order, Run: run}
	}
	return []*bot.Command{
		{Name: "packs", Order: 100, Run: f.showPlayable},
		admin(140, "pack load", f.load, file),
		admin(150, "pack list", f.list),
		admin(160, "pack versions", f.versions, pack),
		admin(170, "pack rollback", f.rollback, pack, version),
		admin(180, "pack enable", f.switchTo(false, phrase.PackWentOn), pack),
		admin(190, "pack disable", f.switchTo(true, phrase.PackWentOff), pack),
		admin(200, "pack items", f.items, pack),
		admin(210, "pack reports", f.reports),
	}
}

// Actions are the buttons under an uploaded file.
func (f *Feature) Actions() map[string]bot.Action {
	return map[string]bot.Action{
		"put":  {For: bot.ForMember, Run: f.putUpload},
		"back": {For: bot.ForMember, Run: f.pressRollback},
		"pub":  {For: bot.ForMember, Run: f.publish},
		"drop": {For: bot.ForMember, Run: f.discard},
	}
}

// Kinds is none: a library has no sessions, posts or due work.
func (f *Feature) Kinds() []bot.Kind { return nil }

// Due is never called.
func (f *Feature) Due(context.Context, bot.Due) (*bot.Change, error) { return nil, nil }

// Saved lets the catalog drop lists that are stale.
func (f *Feature) Saved(c *bot.Change) { f.packs.Saved(c) }

// DropCached drops which packs spaces see.
func (f *Feature) DropCached(m bot.MemberID) { f.packs.DropCached(m) }

// Suggest suggests packs and versions: to admins also packs that are switched off.
func (f *Feature) Suggest(ctx context.Context, r *bot.Request, c *bot.Command, o *bot.OptionSpec) ([]bot.Suggestion, error) {
	if o.Type == bot.VersionOption {
		return f.suggestVersions(ctx, r)
	}
	if o.Type != bot.PackOption {
		return nil, nil
	}
	find := f.packs.Playable
	if c.Who >= bot.ChatAdmin {
		find = f.packs.Visible
	}
	rows, err := find(ctx, r.Space.ID)
	if err != nil {
		return nil, err
	}
	var out []bot.Suggestion
	for _, row := range rows {
		out = append(out, bot.Suggestion{Label: f.packs.Title(ctx, row, r.Local.Lang), Value: catalog.Name(row.Pack)})
	}
	return out, nil
}

// showPlayable is /packs: what can be played here.
func (f *Feature) showPlayable(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	rows, err := f.packs.Playable(ctx, r.Space.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	p := r.Post(bot.CardPost, phrase.PacksTitle)
	for _, row := range rows {
		v, err := f.packs.Version(ctx, row.Pack, row.Hash)
		if err != nil {
			f.host.Log().Error("a pack cannot be read", "pack", row.Pack, "hash", row.Hash, "err", err)
			continue
		}
		line := r.Say(phrase.PackLine, phrase.Name("pack", catalog.Name(row.Pack)), phrase.Count("facts", len(v.Pack.Facts)),
			phrase.List("languages", bot.LanguageNames(r.Local, v.Pack.Languages)...))
		p.Body = append(p.Body, bot.Line{Text: catalog.TitleIn(v.Pack, r.Local.Lang), Style: bot.Strong}, bot.Line{Text: line, Style: bot.Bullet})
		if about := v.Pack.About[r.Local.Lang]; about != "" {
			p.Body = append(p.Body, bot.Line{Text: about, Style: bot.Quiet})
		}
	}
	if len(p.Body) == 0 {
		p.Body = []bot.Line{{Text: r.Say(phrase.NoPacks)}}
	} else {
		p.After = []bot.Line{{Text: r.Say(phrase.PacksHow), Style: bot.Quiet}}
	}
	return bot.Reply{Posts: []bot.Post{p}}, nil
}

// list is /pack list: every pack that this space can see, with its version and state.
func (f *Feature) list(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	rows, err := f.lib.List(ctx, r.Space.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	p := r.Post(bot.CardPost, phrase.PacksTitle)
	for _, row := range rows {
		state, whose := phrase.PackOn, phrase.PackOwn
		if row.Off {
			state = phrase.PackIsOff
		}
		if row.Space == 0 {
			whose = phrase.PackForAll
		}
		p.Body = append(p.Body, bot.Line{Text: r.Say(phrase.PackState, phrase.Name("pack", catalog.Name(row.Pack)), phrase.Name("version", catalog.Label(row.PackRow)),
			phrase.Text("whose", r.Say(whose)), phrase.Text("state", r.Say(state))), Style: bot.Bullet})
		if row.Replaces != "" {
			p.Body = append(p.Body, bot.Line{Text: r.Say(phrase.PackReplaces, phrase.Name("version", row.Replaces)), Style: bot.Quiet})
		}
	}
	return bot.Reply{Posts: []bot.Post{p}}, nil
}

// versions is /pack versions.
func (f *Feature) versions(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	pack, err := f.packs.FindVisible(ctx, r.Space.ID, r.Options["pack"])
	if err != nil {
		return bot.Reply{}, err
	}
	rows, err := f.lib.Versions(ctx, pack.Pack)
	if err != nil {
		return bot.Reply{}, err
	}
	p := r.Post(bot.CardPost, phrase.VersionsTitle, phrase.Name("pack", catalog.Name(pack.Pack)))
	may := MayChange(r.Actor(), pack) == nil
	for _, row := range rows {
		id := phrase.VersionLine
		if row.Active {
			id = phrase.VersionActive
		}
		p.Body = append(p.Body, bot.Line{Text: r.Say(id, phrase.Name("version", catalog.Label(row)),
			phrase.Date("date", bot.DateIn(row.At, r.Zone())), phrase.Name("hash", row.Hash[:12])), Style: bot.Bullet})
		if may && !row.Active && len(p.Buttons) < rollbackButtons {
			label := r.Say(phrase.ButtonRollback, phrase.Name("version", catalog.Label(row)))
			p.Buttons = append(p.Buttons, []bot.Button{{Label: label, Action: r.Sign("back", number(string(row.Pack)), number(row.Hash))}})
		}
	}
	p.After = []bot.Line{{Text: r.Say(phrase.RollbackHow), Style: bot.Quiet}}
	return bot.Reply{Posts: []bot.Post{p}}, nil
}

// rollback is /pack rollback: another version becomes the active one.
func (f *Feature) rollback(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	pack, err := f.packs.FindVisible(ctx, r.Space.ID, r.Options["pack"])
	if err != nil {
		return bot.Reply{}, err
	}
	if err := MayChange(r.Actor(), pack); err != nil {
		return bot.Reply{}, err
	}
	row, err := f.lib.Version(ctx, pack.Pack, r.Options["version"])
	if bot.IsNone(err) {
		return bot.Reply{}, bot.Refuse(phrase.NoVersion, phrase.Name("version", cut(r.Options["version"], 40)))
	}
	if err != nil {
		return bot.Reply{}, err
	}
	return f.rollBackTo(r, row)
}

// rollBackTo makes a version the active one, if the person may do that.
func (f *Feature) rollBackTo(r *bot.Request, row bot.PackRow) (bot.Reply, error) {
	if err := f.lib.RollBack(r.Actor(), row, r.Change); err != nil {
		return bot.Reply{}, err
	}
	return r.Reply(phrase.RolledBack, phrase.Name("pack", catalog.Name(row.Pack)), phrase.Name("version", catalog.Label(row))), nil
}

// switchTo is /pack enable or /pack disable: a pack is switched on or off in this space.
func (f *Feature) switchTo(off bool, done phrase.ID) bot.Handler {
	return func(ctx context.Context, r *bot.Request) (bot.Reply, error) {
		pack, err := f.packs.FindVisible(ctx, r.Space.ID, r.Options["pack"])
		if err != nil {
			return bot.Reply{}, err
		}
		if err := f.lib.Switch(r.Actor(), pack.Pack, off, r.Change); err != nil {
			return bot.Reply{}, err
		}
		return r.Reply(done, phrase.Name("pack", catalog.Name(pack.Pack))), nil
	}
}

// byPicks returns the options by how often they were chosen.
func byPicks(picks map[string]int) []string {
	names := make([]string, 0, len(picks))
	for name := range picks {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		if picks[a] != picks[b] {
			return picks[b] - picks[a]
		}
		if a < b {
			return -1
		}
		return 1
	})
	return names
}
