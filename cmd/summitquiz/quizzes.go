package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/generate"
	"summitquiz/quiz/pick"
)

// maxQuiz is the most questions of one quiz, as in a chat.
const maxQuiz = 50

// quizLine is one question of a whole quiz for programs: a line of a preview with its place.
type quizLine struct {
	line
	Quiz  uint64 `json:"quiz"`  // the seed of the quiz
	Place int    `json:"place"` // 1 for its first question
	Model string `json:"model"`
}

// quizzes prints the quizzes that a chat gets that has seen nothing, one for each seed.
func (c previewCommand) quizzes(ctx context.Context, s streams, p *content.Pack, langs []language.Code) error {
	first, last, err := seedRange(c.Seeds)
	if err != nil {
		return err
	}
	switch {
	case c.Quiz > maxQuiz:
		return fmt.Errorf("--quiz is %d: use 1 to %d questions", c.Quiz, maxQuiz)
	case c.Fact != "":
		return fmt.Errorf("--quiz chooses the facts itself: leave out --fact")
	}
	r := pick.Request{Count: c.Quiz}
	if c.Kind != "" {
		only, ok := quiz.ParseKind(c.Kind)
		if !ok {
			return fmt.Errorf("%q is no kind of question: use one of %s", c.Kind, kindNames())
		}
		r.Allow = func(k quiz.Kind) bool { return k == only }
	}
	g := generate.New(p)
	x := pick.NewIndex(p, g)
	write := textOf(s.out, p)
	enc := json.NewEncoder(s.out)
	enc.SetEscapeHTML(false)
	for seed := first; ; seed++ {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		r.Seed = seed
		chosen, err := x.Pick(r, pick.Seen{})
		if err != nil {
			return fmt.Errorf("quiz %d: no question can be made as asked: `summitquiz pack lint %s --verbose` says why", seed, c.File)
		}
		if !c.JSON {
			if _, err := fmt.Fprintf(s.out, "══ Quiz %d ══\n\n", seed); err != nil {
				return fmt.Errorf("write: %w", err)
			}
		}
		for i, o := range chosen {
			d, err := drawnOf(g, o, langs)
			if err != nil {
				return err
			}
			if c.JSON {
				err = writeQuizLines(enc, d, seed, i+1)
			} else {
				err = write(d, i+1, len(chosen))
			}
			if err != nil {
				return err
			}
		}
		if seed == last {
			return nil
		}
	}
}

func drawnOf(g *generate.Generator, o quiz.Outline, langs []language.Code) (rendering, error) {
	it, err := g.Draw(o.ID, o.Seed)
	if err != nil {
		return rendering{}, fmt.Errorf("draw %s: %w", o.ID, err)
	}
	d := rendering{item: it, langs: langs}
	for _, lang := range langs {
		d.views = append(d.views, g.Render(it, lang, language.Style{}))
	}
	return d, nil
}

func writeQuizLines(enc *json.Encoder, d rendering, seed uint64, place int) error {
	for i, c := range d.langs {
		l := quizLine{line: lineOf(d.item, d.views[i], c), Quiz: seed, Place: place, Model: d.item.Kind.String()}
		if err := enc.Encode(l); err != nil {
			return fmt.Errorf("write: %w", err)
		}
	}
	return nil
}

// seedRange reads A-B, or A alone.
func seedRange(s string) (first, last uint64, err error) {
	from, to, ranged := strings.Cut(s, "-")
	if !ranged {
		to = from
	}
	first, err1 := strconv.ParseUint(from, 10, 64)
	last, err2 := strconv.ParseUint(to, 10, 64)
	if err1 != nil || err2 != nil || first > last {
		return 0, 0, fmt.Errorf("--seeds is %q: write a range such as 1-20, or one number", s)
	}
	return first, last, nil
}
