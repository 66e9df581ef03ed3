package content

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"summitquiz/content/language"
)

// A frame says where a sentence holds: "at this summit", "according to the article". Out of
// its frame a false statement may well be true in the world, so a question, its statement,
// its cloze and its explanation all carry the same one.

// selfFramed is the frame of sentences that name it themselves.
var selfFramed = &Sentence{}

// frameWord stands in a pack for selfFramed.
const frameWord = "stated"

// Framed reports whether the sentences of the fact name what they hold for.
func (f *Fact) Framed() bool { return f.Frame != nil || f.Relation.Frame != nil }

// FrameText returns what stands in front of every sentence of the fact, or nil where there is
// no frame or the sentences name it themselves.
func (f *Fact) FrameText() *Sentence {
	s := f.Frame
	if s == nil {
		s = f.Relation.Frame
	}
	if s == selfFramed {
		return nil
	}
	return s
}

// readFrame reads frame: of a relation or a fact. It returns nil after reporting what is wrong.
func (r *textReader) readFrame(n *yaml.Node) *Sentence {
	if n.Kind == yaml.ScalarNode && n.Value == frameWord {
		return selfFramed
	}
	if n.Kind == yaml.ScalarNode && len(r.codes) > 1 && !isNull(n) {
		r.wrong(n, say("frame is written once, but the pack has %d languages", len(r.codes)),
			say("write one per language: {%s}, or the word %s if the sentences name it themselves", r.languageHint(), frameWord))
		return nil
	}
	return r.sentence(n, nil)
}

// checkFrames reports questions that have a frame where their statement has none, and open
// relations whose false statements nothing holds down.
func (r *packChecker) checkFrames() {
	seen := map[*Relation]bool{}
	open := map[*Relation]bool{}
	for i, f := range r.pack.Facts {
		if f.Card || f.Framed() {
			continue
		}
		own := f.Ask != nil || f.State != nil
		if own || !seen[f.Relation] {
			seen[f.Relation] = seen[f.Relation] || !own
			r.fact = ""
			at := r.places.relation[f.Relation]
			if own || at == nil { // a relation of the library has its place in the fact
				r.fact, at = f.Name, r.places.facts[i]
			}
			r.checkFrame(f, at)
		}
		if !open[f.Relation] && r.judged(f) {
			open[f.Relation] = true
			r.fact = f.Name
			hint := say("add frame: with what the sentence holds for, such as According to the article")
			if f.Relation.Library { // its sentences are not the author's: the fact is asked in other ways
				r.warn(r.places.facts[i], say("%s is open and has no frame, so it makes no true-false questions", f.Relation.ID), hint)
			} else {
				r.refuse(r.places.facts[i], say("%s is open and has no frame: what is false here may be true in the world", f.Relation.ID), hint)
			}
		}
	}
	r.fact = ""
}

// judged reports whether a false statement could be made of an open field of a fact.
func (r *packChecker) judged(f *Fact) bool {
	if slices.Contains(f.Skip, "true-false") {
		return false
	}
	for _, not := range f.Not {
		if field := &f.Relation.Fields[not.Field]; field.Truth == Open && field.Type != QuoteValue && f.Asks(not.Field) != nil {
			return true
		}
	}
	return false
}

// checkFrame compares the questions of a fact with its statement.
func (r *packChecker) checkFrame(f *Fact, n *yaml.Node) {
	state := f.States()
	for i := range f.Relation.Fields {
		ask := f.Asks(i)
		if ask == nil {
			continue
		}
		for _, c := range r.codes {
			says := state.Source[c]
			for _, s := range r.pack.Sources {
				if cite := s.Cite[c]; cite != "" && language.Contains(c, ask.Source[c], cite) && !language.Contains(c, says, cite) {
					r.wrong(n, say("the question for {%s} in %s says %q, and the statement does not", f.Relation.Fields[i].Name, c, cite),
						say("add frame: to the relation, or say it in state: too"))
					return
				}
			}
			if lead := leading(ask.Source[c]); lead != "" && !asking(lead) && !language.Contains(c, says, lead) {
				r.warn(n, say("the question for {%s} in %s begins with %q, and the statement does not say it", f.Relation.Fields[i].Name, c, lead),
					say("add frame: to the relation, say it in state: too, or write frame: %s", frameWord))
				return
			}
		}
	}
}

// asking reports whether an English phrase begins with a question word: it asks and frames nothing.
func asking(phrase string) bool {
	first, _, _ := strings.Cut(phrase, " ")
	return slices.Contains(questions()[language.English].firstThree, strings.ToLower(first))
}

// leading returns the phrase before the first comma of a question, if it shows no field.
func leading(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool { return strings.ContainsRune(",،，{?؟？", r) })
	if end <= 0 || strings.ContainsRune("{?؟？", []rune(s[end:])[0]) {
		return ""
	}
	return strings.TrimSpace(s[:end])
}
