package main

import (
	"context"
	"fmt"
	"strings"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/generate"
)

type previewCommand struct {
	File  string `arg:"" help:"The pack: a file, a folder with a pack.yaml, or - for the standard input."`
	Lang  string `placeholder:"L" help:"Language: ar, en, ko, zh or all. Default: en, or the pack's first."`
	Kind  string `placeholder:"K" help:"Only this kind: choice, true-false, typed, cloze, who-said, number, date, order, match, which-not, odd-one-out, extreme, timeline, two-facts, closest, who-am-i or name-many."`
	Fact  string `placeholder:"ID" help:"Only questions about this fact."`
	Seed  uint64 `default:"1" placeholder:"N" help:"Another seed draws other wrong options, numbers and positions (default ${default})."`
	Count int    `default:"10" placeholder:"N" help:"How many questions, spread over the pack; 0 shows each once (default ${default})."`
	Quiz  int    `placeholder:"N" help:"Show whole quizzes of N questions, as a chat gets them that has seen nothing."`
	Seeds string `default:"1" placeholder:"A-B" help:"With --quiz: one quiz for each of these seeds (default ${default})."`
	JSON  bool   `help:"Print one JSON object a line, for programs."`
}

func (previewCommand) Help() string {
	return `Shows questions exactly as players will see them, then the answer, why it is right, why others are wrong, and the source. The same file, seed and language always give the same bytes. A count beyond the number of questions goes on with the next seeds.

Examples:

    summitquiz pack preview content/packs/gyeongju-summit-2025
    summitquiz pack preview mypack.yaml --lang ar --kind choice
    summitquiz pack preview mypack.yaml --fact swap-amount --lang all --seed 7
    summitquiz pack preview mypack.yaml --lang all --count 0 --json
    summitquiz pack preview mypack.yaml --quiz 10 --seeds 1-20 --json`
}

// rendering is one item with its rendering in the languages asked for.
type rendering struct {
	item  quiz.Item
	langs []language.Code
	views []quiz.View
}

func (c previewCommand) Run(ctx context.Context, s streams) error {
	if c.Count < 0 {
		return fmt.Errorf("--count is %d: use 0 for every question, or how many to show", c.Count)
	}
	p, err := loadPack(c.File, s.err)
	if err != nil {
		return err
	}
	langs, err := languagesOf(p, c.Lang)
	if err != nil {
		return err
	}
	if c.Quiz < 0 {
		return fmt.Errorf("--quiz is %d: use 1 to %d questions", c.Quiz, maxQuiz)
	}
	if c.Quiz > 0 {
		return c.quizzes(ctx, s, p, langs)
	}
	g := generate.New(p)
	ids, err := c.choose(p, g)
	if err != nil {
		return err
	}
	write := textOf(s.out, p)
	if c.JSON {
		write = linesOf(s.out)
	}
	total := c.Count
	if total == 0 {
		total = len(ids)
	}
	for i := range total {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		id, seed := at(ids, total, i, c.Seed)
		it, err := g.Draw(id, seed)
		if err != nil {
			return fmt.Errorf("draw %s: %w", id, err)
		}
		d := rendering{item: it, langs: langs}
		for _, lang := range langs {
			d.views = append(d.views, g.Render(it, lang, language.Style{}))
		}
		if err := write(d, i+1, total); err != nil {
			return err
		}
	}
	return nil
}

// at returns the i-th of total questions: spread evenly over the pack, beginning elsewhere for
// each seed; beyond the last one, all over again with the next seed.
func at(ids []quiz.ItemID, total, i int, seed uint64) (quiz.ItemID, uint64) {
	n := len(ids)
	if total >= n {
		return ids[i%n], seed + uint64(i/n)
	}
	start := int(seed % uint64(n))
	return ids[(start+i*n/total)%n], seed
}

// choose returns the items that the flags allow, in file order.
func (c previewCommand) choose(p *content.Pack, g *generate.Generator) ([]quiz.ItemID, error) {
	ids := g.Items()
	if c.Fact != "" {
		name := strings.TrimPrefix(c.Fact, string(p.ID)+"/")
		f := p.Fact(name)
		if f == nil {
			return nil, fmt.Errorf("the pack %s has no fact %q: its facts begin with %s", p.Name, c.Fact, some(factNames(p)))
		}
		ids = g.Made(f)
	}
	if c.Kind != "" {
		kind, ok := quiz.ParseKind(c.Kind)
		if !ok {
			return nil, fmt.Errorf("%q is no kind of question: use one of %s", c.Kind, kindNames())
		}
		var only []quiz.ItemID
		for _, id := range ids {
			if kindOf(id) == kind {
				only = append(only, id)
			}
		}
		ids = only
	}
	if len(ids) == 0 {
		return nil, fmt.Errorf("no question can be made as asked: `summitquiz pack lint %s --verbose` says why", c.File)
	}
	return ids, nil
}

func factNames(p *content.Pack) []string {
	names := make([]string, len(p.Facts))
	for i, f := range p.Facts {
		names[i] = f.Name
	}
	return names
}

func kindNames() string {
	names := make([]string, quiz.KindCount)
	for k := range names {
		names[k] = quiz.Kind(k).String()
	}
	return strings.Join(names, ", ")
}
