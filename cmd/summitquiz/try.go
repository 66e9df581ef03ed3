package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"summitquiz/bot/phrase"
	"summitquiz/content/language"
	"summitquiz/quiz/grade"
	"summitquiz/quiz/grade/answers"
)

type tryCommand struct {
	File    string `arg:"" help:"The pack: a file, or a folder with a pack.yaml."`
	Answers string `placeholder:"TSV" help:"Grade this file of answers, print every difference, and exit with 1 if there is one."`
	Lang    string `placeholder:"L" help:"Language: ar, en, ko or zh. Default: en, or the pack's first."`
	Fact    string `placeholder:"ID" help:"Only this question: a card's id, fact/field, or either followed by @2 for a choice with the answer as option 2."`

	in io.Reader // what is typed; nil: standard input
}

func (tryCommand) Help() string {
	return `Asks the questions of a pack and says how each typed answer is graded and why, so that you can test what players will type. An empty line asks the next question; the end of the input ends it.

--answers reads a file in UTF-8 with columns separated by tabs and one line as a header: fact, lang, typed, verdict, and if you like rule and why. A verdict is right, close or wrong, or two of them such as right|close. Every row is graded alone.

Examples:

    summitquiz pack try mypack.yaml
    summitquiz pack try mypack.yaml --fact bridge-cost/amount --lang ko
    summitquiz pack try mypack.yaml --answers answers.tsv`
}

func (c tryCommand) Run(ctx context.Context, s streams) error {
	p, err := loadPack(c.File, s.err)
	if err != nil {
		return err
	}
	g := answers.NewGrader(p)
	if c.Answers != "" {
		return c.check(ctx, g, s)
	}
	langs, err := languagesOf(p, c.Lang)
	if err != nil {
		return err
	}
	names := g.Names()
	if c.Fact != "" {
		names = []string{c.Fact}
	}
	in := c.in
	if in == nil {
		in = os.Stdin
	}
	return askAndGrade(ctx, g, names, langs[0], in, s.out)
}

// askAndGrade asks questions and grades what is typed, a line each.
func askAndGrade(ctx context.Context, g *answers.Grader, names []string, c language.Code, in io.Reader, out io.Writer) error {
	lines := bufio.NewScanner(in)
	for _, name := range names {
		stem, err := g.Stem(name, c)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(out, "%s: %s\n", name, stem); err != nil {
			return fmt.Errorf("write: %w", err)
		}
		for {
			fmt.Fprint(out, "> ")
			if ctx.Err() != nil || !lines.Scan() {
				fmt.Fprintln(out)
				return lines.Err()
			}
			if strings.TrimSpace(lines.Text()) == "" {
				fmt.Fprintln(out)
				break
			}
			v, err := g.Grade(name, c, lines.Text())
			if err != nil {
				return err
			}
			fmt.Fprintf(out, "%s: %s\n", v.Mark, phrase.Say(c, phrase.Grade(v.Reason)))
		}
	}
	return nil
}

// check grades a file of answers and prints every difference.
func (c tryCommand) check(ctx context.Context, g *answers.Grader, s streams) error {
	file, err := os.Open(c.Answers)
	if err != nil {
		return err
	}
	defer file.Close()
	rows, err := answers.Read(file)
	if err != nil {
		return fmt.Errorf("%s: %w", c.Answers, err)
	}
	fine, accepted := 0, 0
	for _, row := range rows {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		v, err := g.Grade(row.Fact, row.Lang, row.Typed)
		if err != nil {
			return fmt.Errorf("%s:%d: %w", c.Answers, row.Line, err)
		}
		if row.Allows(v.Mark) {
			fine++
			continue
		}
		if v.Mark == grade.Right {
			accepted++
		}
		note := ""
		if about := strings.Trim(row.Rule+": "+row.Why, ": "); about != "" {
			note = " (" + about + ")"
		}
		if _, err := fmt.Fprintf(s.out, "%s:%d: %s in %s: %q is %s (%s), want %s%s\n", c.Answers, row.Line, row.Fact, row.Lang, row.Typed, v.Mark, v.Reason, row.Verdict(), note); err != nil {
			return fmt.Errorf("write: %w", err)
		}
	}
	fmt.Fprintf(s.out, "%d of %s graded as they must be; %d accepted that must not be.\n", fine, counted(len(rows), "answer"), accepted)
	if fine < len(rows) {
		return errProblems
	}
	return nil
}
