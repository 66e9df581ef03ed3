package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"summitquiz/bot/phrase"
	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
)

// printer prints the n-th of total questions.
type printer func(d rendering, n, total int) error

// textOf prints for people: a page per question and language, as players see it, then what
// comes after the answer. Lines are never wrapped, so that a terminal orders each by itself.
func textOf(w io.Writer, p *content.Pack) printer {
	return func(d rendering, n, total int) error {
		for i, c := range d.langs {
			if _, err := io.WriteString(w, page(p, d.item, d.views[i], c, n, total)); err != nil {
				return fmt.Errorf("write: %w", err)
			}
		}
		return nil
	}
}

func page(p *content.Pack, it quiz.Item, v quiz.View, c language.Code, n, total int) string {
	var b strings.Builder
	say := func(id phrase.ID, args ...phrase.Arg) string { return phrase.Say(c, id, args...) + colon(c) }
	fmt.Fprintf(&b, "── %d/%d ── %s ── %s ──\n", n, total, it.ID, c)
	if !p.Reviewed.Has(c) {
		fmt.Fprintf(&b, "! %s\n", phrase.Say(language.English, phrase.NotReviewed))
	}
	b.WriteByte('\n')
	if cover := p.Cover[c]; cover != "" {
		fmt.Fprintf(&b, "%s\n", cover)
	}
	fmt.Fprintf(&b, "%s\n", v.Stem)
	for i, clue := range v.Clues { // the hint shows them one by one
		fmt.Fprintf(&b, "  +%d  %s\n", i+1, clue)
	}
	for i, o := range v.Options {
		fmt.Fprintf(&b, "  %s  %s\n", v.Labels[i], o)
	}
	b.WriteByte('\n')
	if v.Key >= 0 {
		fmt.Fprintf(&b, "%s%s  %s\n", say(phrase.Answer), v.Labels[v.Key], v.Options[v.Key])
	} else if len(v.Named) > 0 {
		for _, forms := range v.Named {
			fmt.Fprintf(&b, "%s%s\n", say(phrase.Answer), isolate(forms[0]))
		}
	} else if len(v.Accepts) > 0 {
		fmt.Fprintf(&b, "%s%s\n", say(phrase.Answer), isolate(v.Accepts[0]))
		if more := v.Accepts[1:]; len(more) > 0 {
			for i, form := range more {
				more[i] = isolate(form)
			}
			fmt.Fprintf(&b, "%s%s\n", say(phrase.Accepted), strings.Join(more, either(c == language.Arabic, "، ", ", ")))
		}
	}
	if v.Explanation != "" {
		fmt.Fprintf(&b, "%s%s\n", say(phrase.Why), v.Explanation)
	}
	for i, why := range v.Why {
		if why != "" {
			fmt.Fprintf(&b, "%s%s\n", say(phrase.WhyNot, phrase.Text("option", v.Labels[i])), why)
		}
	}
	if v.Source != "" {
		fmt.Fprintf(&b, "%s%s\n", say(phrase.Source), isolate(v.Source))
	}
	if v.Evidence != "" {
		fmt.Fprintf(&b, "%s%s\n", say(phrase.EvidenceIs), isolate(v.Evidence))
	}
	b.WriteByte('\n')
	return b.String()
}

// colon stands between a label and what it labels.
func colon(c language.Code) string { return either(c == language.Chinese, "：", ": ") }

func isolate(s string) string { return string(language.Isolate(nil, s)) }

// line is one question for programs. Its fields are a promise: they are neither renamed nor
// removed.
type line struct {
	Item        quiz.ItemID    `json:"item"`
	Pack        content.PackID `json:"pack"`
	Fact        content.FactID `json:"fact"`
	Relation    string         `json:"relation"`
	Asked       string         `json:"asked"`
	Kind        string         `json:"kind"`
	Form        string         `json:"form"`
	Lang        string         `json:"lang"`
	Stem        string         `json:"stem"`
	Options     []string       `json:"options"`
	Key         *int           `json:"key,omitempty"`
	Accepts     []string       `json:"accepts"`
	Clues       []string       `json:"clues,omitempty"`   // who am I: after the stem, one by one
	Answers     [][]string     `json:"answers,omitempty"` // name as many: the forms of each
	Explanation string         `json:"explanation"`
	Why         []string       `json:"why"`
	Source      string         `json:"source"`
	Evidence    string         `json:"evidence"`
	Seed        uint64         `json:"seed"`
}

// linesOf prints for programs: one JSON object a line and language.
func linesOf(w io.Writer) printer {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return func(d rendering, _, _ int) error {
		for i, c := range d.langs {
			if err := enc.Encode(lineOf(d.item, d.views[i], c)); err != nil {
				return fmt.Errorf("write: %w", err)
			}
		}
		return nil
	}
}

func lineOf(it quiz.Item, v quiz.View, c language.Code) line {
	pack, _, _ := strings.Cut(string(it.Fact.ID), "/")
	l := line{
		Item: it.ID, Pack: content.PackID(pack), Fact: it.Fact.ID, Relation: it.Fact.Relation.ID,
		Asked: it.Fact.Relation.Fields[it.Field].Name, Kind: it.Kind.String(), Form: it.Form.String(),
		Lang: c.String(), Stem: v.Stem, Options: orEmpty(v.Options), Accepts: orEmpty(v.Accepts),
		Clues: v.Clues, Answers: v.Named,
		Explanation: v.Explanation, Why: orEmpty(v.Why), Source: v.Source, Evidence: v.Evidence, Seed: it.Seed,
	}
	if v.Key >= 0 {
		l.Key = &v.Key
	}
	return l
}

// orEmpty makes a list print as [] and never as null.
func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
