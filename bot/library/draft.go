package library

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"summitquiz/bot"
	"summitquiz/bot/catalog"
	"summitquiz/bot/phrase"
	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
)

// draftLife is how long a draft waits for a decision.
const draftLife = 24 * time.Hour

// sampleItems is how many questions a check shows.
const sampleItems = 3

// CheckResult is what a file would bring as a pack.
type CheckResult struct {
	File     string             // as it was sent
	Problems []*content.Problem // what keeps it from being used; all other fields are zero then
	Draft    bot.DraftID        // 0 where no question can be made
	Version  *catalog.Version
	Samples  []quiz.Item
	Before   bot.PackRow // the active version; zero where the pack is new
	Same     bool        // the same content as Before
	Came     int         // facts
	Went     int
	Changed  int
}

// Check checks a file as a pack of a space, or for everybody (0), and puts it into c as a draft
// if it can be used. It returns a Notice for a file that is too large or cannot be read.
func (l *Library) Check(ctx context.Context, a bot.Actor, space bot.SpaceID, f bot.File, c *bot.Change) (*CheckResult, error) {
	name := language.Cut(bot.CleanName(f.Name), 60)
	if len(f.Data) > content.UploadLimit {
		return nil, bot.Refuse(phrase.FileTooBig, phrase.Count("limit", content.UploadLimit>>20))
	}
	if !isText(f.Data) {
		return nil, bot.Refuse(phrase.FileNoText, phrase.Name("file", name))
	}
	if need, limit := checkNeeds(f.Data), l.bounds.CheckMemory; limit > 0 && need > limit {
		return nil, bot.Refuse(phrase.FileTooDense, phrase.Count("size", need), phrase.Count("limit", limit))
	}
	p, err := content.Parse(f.Data, content.Options{Space: catalog.SpaceKey(space), Name: name})
	if problems := content.Problems(err); len(problems) > 0 {
		return &CheckResult{File: name, Problems: problems}, nil
	}
	if err != nil {
		return nil, &bot.Notice{ID: phrase.FileUnreadable, Err: err}
	}
	r := &CheckResult{File: name, Version: catalog.NewVersion(p)}
	items := r.Version.Generator.Items()
	if len(items) == 0 {
		return r, nil
	}
	if r.Draft, err = l.Keep(ctx, a, space, bot.File{Name: name, Data: f.Data}, c); err != nil {
		return nil, err
	}
	samples := min(sampleItems, len(items))
	for i := range samples {
		it, err := r.Version.Generator.Draw(items[i*len(items)/samples], 1)
		if err != nil {
			return nil, fmt.Errorf("a sample of %s: %w", p.ID, err)
		}
		r.Samples = append(r.Samples, it)
	}
	return r, l.compare(ctx, r)
}

// checkNeeds is about how many MiB checking a file takes: each entry becomes a node of YAML, a value and its
// place in the index, which was measured with packs of 58,000 cards.
func checkNeeds(data []byte) int {
	const perEntry, perByte = 2 << 10, 4
	return (bytes.Count(data, []byte(":"))*perEntry + perByte*len(data)) >> 20
}

// isText reports whether a file is text in an encoding that can be read.
func isText(data []byte) bool {
	return utf8.Valid(data) && bytes.IndexByte(data, 0) < 0
}

// draftsFull is the error of somebody who has as many drafts as one may have; until is when the oldest expires.
type draftsFull struct {
	most  int
	until time.Time
}

func (e *draftsFull) Error() string { return fmt.Sprintf("%d drafts wait for a decision", e.most) }

// Keep puts a file into c as a draft. It takes the place of the actor's earlier draft of a file of that
// name, and of the one that c removes. It returns *draftsFull where there is no room.
func (l *Library) Keep(ctx context.Context, a bot.Actor, space bot.SpaceID, file bot.File, c *bot.Change) (bot.DraftID, error) {
	drafts, err := l.store.DraftsOf(ctx, a.Member)
	if err != nil {
		return 0, fmt.Errorf("drafts of member %d: %w", a.Member, err)
	}
	drafts = slices.DeleteFunc(drafts, func(d bot.Draft) bool { return c.At.Sub(d.At) > draftLife })
	if c.Undraft == 0 {
		for _, d := range drafts {
			if d.Space == space && d.Name == file.Name {
				c.Undraft = d.ID
			}
		}
	}
	drafts = slices.DeleteFunc(drafts, func(d bot.Draft) bool { return d.ID == c.Undraft })
	if len(drafts) >= l.bounds.Drafts {
		return 0, &draftsFull{most: len(drafts), until: drafts[0].At.Add(draftLife)}
	}
	id, err := l.store.NextID(ctx)
	if err != nil {
		return 0, fmt.Errorf("a number for a draft: %w", err)
	}
	c.Draft = &bot.Draft{ID: bot.DraftID(id), Space: space, By: a.Member, Name: file.Name, Data: file.Data, At: c.At}
	return c.Draft.ID, nil
}

// compare says what changes against the version that is active now.
func (l *Library) compare(ctx context.Context, r *CheckResult) error {
	p := r.Version.Pack
	var err error
	if r.Before, err = l.Active(ctx, p.ID); err != nil || r.Before.Hash == "" {
		return err
	}
	if r.Same = r.Before.Hash == p.Hash; r.Same {
		return nil
	}
	old, err := l.packs.Version(ctx, p.ID, r.Before.Hash)
	if err != nil {
		return err
	}
	for _, change := range content.Diff(old.Pack, p).Facts {
		switch change.How {
		case content.Came:
			r.Came++
		case content.Went:
			r.Went++
		default:
			r.Changed++
		}
	}
	return nil
}

// Draft returns a draft that an actor made and may still decide about, or a Notice.
func (l *Library) Draft(ctx context.Context, a bot.Actor, id bot.DraftID, now time.Time) (bot.Draft, error) {
	d, err := l.store.Draft(ctx, id)
	switch {
	case bot.IsNone(err) || err == nil && now.Sub(d.At) > draftLife:
		return d, bot.Refuse(phrase.DraftGone)
	case err != nil:
		return d, fmt.Errorf("draft %d: %w", id, err)
	case d.By != a.Member || a.Role < bot.ChatAdmin:
		return d, bot.Refuse(phrase.AdminsOnly)
	}
	return d, nil
}

// Publish makes a draft the active version of its pack.
func (l *Library) Publish(ctx context.Context, a bot.Actor, id bot.DraftID, c *bot.Change) (*content.Pack, error) {
	d, err := l.decide(ctx, a, id, c)
	if err != nil {
		return nil, err
	}
	p, err := content.Parse(d.Data, content.Options{Space: catalog.SpaceKey(d.Space)})
	if err != nil {
		return nil, &bot.Notice{ID: phrase.FileUnreadable, Err: fmt.Errorf("draft %d: %w", id, err)}
	}
	return p, l.publish(a, p, d.Space, catalog.Files{content.PackFile: d.Data}, c)
}

// Discard drops a draft.
func (l *Library) Discard(ctx context.Context, a bot.Actor, id bot.DraftID, c *bot.Change) error {
	_, err := l.decide(ctx, a, id, c)
	return err
}

// decide takes a draft that the actor may publish or discard out of the store.
func (l *Library) decide(ctx context.Context, a bot.Actor, id bot.DraftID, c *bot.Change) (bot.Draft, error) {
	d, err := l.Draft(ctx, a, id, c.At)
	if err != nil {
		return d, err
	}
	if d.Space == 0 && a.Role < bot.PackOwner || d.Space != 0 && d.Space != a.Space {
		return d, bot.Refuse(phrase.AdminsOnly)
	}
	c.Undraft = d.ID
	return d, nil
}
