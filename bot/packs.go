package bot

import (
	"context"
	"fmt"
	"strings"

	"summitquiz/bot/phrase"
	"summitquiz/content"
	"summitquiz/content/language"
)

// packName is the name of a pack without its space.
func packName(id content.PackID) string {
	_, name, own := strings.Cut(string(id), ":")
	return either(own, name, string(id))
}

// spaceOf is the space part of a PackID; "" for packs for everybody.
func spaceOf(id content.PackID) string {
	space, _, own := strings.Cut(string(id), ":")
	return either(own, space, "")
}

// packSpace is a space as a PackID names it.
func packSpace(s SpaceID) string { return either(s == 0, "", fmt.Sprintf("s%d", s)) }

// title is what a pack is called in the person's language. A pack that cannot be read is called
// by its name.
func (v *visit) title(ctx context.Context, row PackRow) string {
	version, err := v.h.shelf.version(ctx, row.Pack, row.Hash)
	if err != nil {
		return packName(row.Pack)
	}
	return titleIn(version.Pack, v.voice.Lang)
}

func titleIn(p *content.Pack, c language.Code) string {
	if t := p.Title[c]; t != "" {
		return t
	}
	if t := p.Title[language.English]; t != "" {
		return t
	}
	return p.Title[p.Languages.Codes()[0]]
}

// written is the language in which a pack is shown to whom speaks c: that one, else English, else
// the pack's first.
func written(p *content.Pack, c language.Code) language.Code {
	for _, c := range []language.Code{c, language.English} {
		if p.Languages.Has(c) {
			return c
		}
	}
	return p.Languages.Codes()[0]
}

// titleOf is the title of a pack that may be gone.
func (v *visit) titleOf(ctx context.Context, id content.PackID) string {
	rows, err := v.h.shelf.visible(ctx, v.space.ID, v.now)
	if err == nil {
		for _, r := range rows {
			if r.Pack == id {
				return v.title(ctx, r)
			}
		}
	}
	return packName(id)
}

// packs lists what can be played here.
func (v *visit) packs(ctx context.Context) (Reply, error) {
	rows, err := v.h.playable(ctx, v.space.ID)
	if err != nil {
		return Reply{}, err
	}
	say := v.voice.Say
	p := Post{Kind: CardPost, Lang: v.voice.Lang, Title: say(phrase.PacksTitle)}
	for _, r := range rows {
		version, err := v.h.shelf.version(ctx, r.Pack, r.Hash)
		if err != nil {
			v.h.log.Error("a pack cannot be read", "pack", r.Pack, "hash", r.Hash, "err", err)
			continue
		}
		p.Body = append(p.Body, Line{Text: titleIn(version.Pack, v.voice.Lang), Style: Strong},
			Line{Text: say(phrase.PackLine, phrase.Name("pack", packName(r.Pack)), phrase.Count("facts", len(version.Pack.Facts)),
				phrase.List("languages", names(v.voice, version.Pack.Languages)...)), Style: Item})
		if about := version.Pack.About[v.voice.Lang]; about != "" {
			p.Body = append(p.Body, Line{Text: about, Style: Quiet})
		}
	}
	if len(p.Body) == 0 {
		p.Body = []Line{line(say(phrase.NoPacks))}
	} else {
		p.After = []Line{{Text: say(phrase.PacksHow), Style: Quiet}}
	}
	return Reply{Posts: []Post{p}}, nil
}

// Suggestion is one thing that an option could be.
type Suggestion struct {
	Label string // what people read
	Value string
}

// suggestLimit is how many suggestions are made at once: what Discord shows.
const suggestLimit = 25

// Suggest returns what an option of a command could be, given what was typed of it. It returns
// none where nothing can be suggested, also when the store does not answer.
func (h *Hall) Suggest(ctx context.Context, p Place, who Person, command, option, typed string) []Suggestion {
	spec := specOf(h.commands, command)
	if spec == nil || spec.option(option) == nil {
		return nil
	}
	v, err := h.enter(ctx, Input{Place: p, From: who, At: h.now()})
	if err != nil {
		return nil
	}
	var out []Suggestion
	add := func(label, value string) {
		low := strings.ToLower(typed)
		if len(out) < suggestLimit && (strings.Contains(strings.ToLower(label), low) || strings.Contains(strings.ToLower(value), low)) {
			out = append(out, Suggestion{language.Cut(label, 100), value})
		}
	}
	o := spec.option(option)
	switch o.Type {
	case ChoiceOption:
		for _, c := range o.Choices {
			add(o.ChoiceName(v.voice.Lang, c), c)
		}
	case PackOption:
		rows, err := h.playable(ctx, v.space.ID)
		if spec.Who >= ChatAdmin {
			rows, err = h.shelf.visible(ctx, v.space.ID, v.now) // an admin may name one that is switched off
		}
		if err != nil {
			return nil
		}
		for _, r := range rows {
			add(v.title(ctx, r), packName(r.Pack))
		}
	}
	return out
}
