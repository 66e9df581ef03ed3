package study

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"path"
	"strings"

	"summitquiz/bot"
	"summitquiz/bot/catalog"
	"summitquiz/bot/phrase"
	"summitquiz/content"
	"summitquiz/content/exchange"
	"summitquiz/content/exchange/reader"
)

// What one person may bring in: packs of their own, their size, and how many rows that were left out
// are listed in a message. All of those stand in its file.
const (
	ownPacks  = 20
	ownLimit  = 16 << 20
	leftShown = 10
)

// bringIn makes a pack of a person's own of the cards in a file: an Anki package or its text, or a
// table. It is the pack of the private chat in which it was sent, or of a place of their own.
func (f *Feature) bringIn(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	if !r.Input.Place.Private && !ownHere(&r.Limits) {
		return bot.Reply{}, bot.Refuse(phrase.ImportPrivate)
	}
	file := r.Input.Command.File
	name := bot.CleanText(path.Base(strings.ReplaceAll(file.Name, `\`, "/")), 60)
	stem := strings.TrimSuffix(name, path.Ext(name))
	opt := exchange.Options{Name: exchange.NameFor(stem), Title: stem, Read: reader.Options{Language: r.Local.Lang}}
	data, report, err := exchange.Import(name, file.Data, opt)
	switch {
	case errors.Is(err, exchange.ErrNothing):
		p := r.Post(bot.CardPost, phrase.ImportTitle, phrase.Name("file", name))
		p.Body = []bot.Line{{Text: r.Say(phrase.ImportNothing)}}
		listLeft(r, &p, report)
		return bot.Reply{Posts: []bot.Post{p}}, nil
	case err != nil:
		return bot.Reply{}, &bot.Notice{ID: phrase.ImportBad, Args: []phrase.Arg{phrase.Name("reason", bot.CleanText(err.Error(), 200))}}
	case len(data) > ownLimit:
		return bot.Reply{}, bot.Refuse(phrase.ImportLarge, phrase.Count("limit", ownLimit>>20))
	}
	space, err := f.ownSpace(ctx, r)
	if err != nil {
		return bot.Reply{}, err
	}
	pack, err := content.Parse(data, content.Options{Space: catalog.SpaceKey(space), Name: name, MaxBytes: ownLimit})
	if err != nil {
		return bot.Reply{}, fmt.Errorf("the pack made of an import: %w", err)
	}
	if err := f.mayBring(ctx, space, pack.ID); err != nil {
		return bot.Reply{}, err
	}
	r.Change.Packs = []bot.PackRow{{Pack: pack.ID, Space: space, Hash: pack.Hash, Version: pack.Version,
		Files: catalog.Files{content.PackFile: data}, By: r.Member.ID, At: r.Now}}
	r.Change.Activate = []bot.Activation{{Pack: pack.ID, Hash: pack.Hash}}
	r.Audit(space, "pack-load", string(pack.ID)+" "+pack.Version+" "+pack.Hash)

	p := r.Post(bot.CardPost, phrase.ImportTitle, phrase.Name("file", name))
	p.Body = []bot.Line{{Text: r.Say(phrase.ImportDone, phrase.Count("cards", report.Cards), phrase.Name("pack", pack.Name)), Style: bot.Strong},
		{Text: r.Say(phrase.ImportHow)}}
	if n := mediaIn(file.Data); n > 0 {
		p.Body = append(p.Body, bot.Line{Text: r.Say(phrase.ImportMedia, phrase.Count("files", n))})
	}
	if len(report.Left) > 0 {
		p.Body = append(p.Body, bot.Line{Text: r.Say(phrase.ImportLeft, phrase.Count("rows", len(report.Left)))})
		listLeft(r, &p, report)
	}
	p.Buttons = [][]bot.Button{{{Label: r.Say(phrase.ButtonReview), Action: r.Sign("fgo"), Style: bot.MainButton}}}
	return bot.Reply{Posts: []bot.Post{p}}, nil
}

// ownHere reports whether a platform has no private chats, but shows things to one person that stay.
func ownHere(l *bot.Limits) bool { return !l.Personal && l.Lasting }

// ownSpace is the space of a person's own packs: that of their private chat, or one that nobody enters
// where the platform has no private chats.
func (f *Feature) ownSpace(ctx context.Context, r *bot.Request) (bot.SpaceID, error) {
	if r.Input.Place.Private {
		return r.Space.ID, nil
	}
	key := "own:" + r.Input.From.User // no name of a lobby
	space, _, _, err := f.store.Enter(ctx, bot.Place{Platform: r.Chat.Address.Platform, Space: key, Chat: key, Private: true}, r.Input.From, r.Now)
	if err != nil {
		return 0, fmt.Errorf("the own place of member %d: %w", r.Member.ID, err)
	}
	return space.ID, nil
}

// listLeft lists the rows that were left out with their lines and reasons.
func listLeft(r *bot.Request, p *bot.Post, report *exchange.Report) {
	var all strings.Builder
	for _, problem := range report.Left {
		fmt.Fprintln(&all, r.Say(phrase.ImportRow, phrase.Count("line", problem.Line), phrase.Text("reason", exchange.ReasonIn(problem, r.Local.Lang))))
	}
	text := all.String()
	if len(report.Left) > leftShown {
		p.File = &bot.File{Name: "left-out.txt", Type: "text/plain; charset=utf-8", Data: []byte(text)}
		text = strings.Join(strings.SplitAfterN(text, "\n", leftShown+1)[:leftShown], "")
	}
	if text != "" {
		p.Body = append(p.Body, bot.Line{Text: strings.TrimSuffix(text, "\n"), Style: bot.Code})
	}
}

// mayBring returns a Notice if a person has as many packs of their own as there can be.
func (f *Feature) mayBring(ctx context.Context, space bot.SpaceID, id content.PackID) error {
	rows, err := f.packs.Playable(ctx, space)
	if err != nil {
		return err
	}
	own := 0
	for _, row := range rows {
		if row.Pack == id {
			return nil
		}
		if row.Space == space {
			own++
		}
	}
	if own >= ownPacks {
		return bot.Refuse(phrase.ImportMany, phrase.Count("limit", ownPacks))
	}
	return nil
}

// mediaIn counts the pictures and sounds of an Anki package: entries with numbers for names.
func mediaIn(data []byte) (n int) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return 0 // a text
	}
	for _, entry := range z.File {
		if strings.Trim(entry.Name, "0123456789") == "" && entry.Name != "" {
			n++
		}
	}
	return n
}
