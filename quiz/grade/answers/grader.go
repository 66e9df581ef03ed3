package answers

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/generate"
	"summitquiz/quiz/grade"
)

// Grader grades typed answers to the facts of a pack. It is not safe for use by several
// goroutines.
type Grader struct {
	pack    *content.Pack
	maker   *generate.Generator
	lexicon *grade.Lexicon
	typed   map[subject]*grade.Key
	choices map[subject]*grade.Options
}

// subject is a question: what is asked, in one language.
type subject struct {
	name string
	lang language.Code
}

// NewGrader returns a grader for a pack.
func NewGrader(p *content.Pack) *Grader {
	return &Grader{pack: p, maker: generate.New(p), lexicon: grade.NewLexicon(p), typed: map[subject]*grade.Key{}, choices: map[subject]*grade.Options{}}
}

// Grade grades what somebody typed in a quiz in language c. name is the id of a card, or
// "fact/field" for a field of a fact; followed by "@2" it is a choice with the answer as
// option 2, and the card's wrong answers around it in the order of the file.
func (g *Grader) Grade(name string, c language.Code, typed string) (grade.Verdict, error) {
	s := subject{name, c}
	if k := g.typed[s]; k != nil {
		return grade.Answer(k, typed), nil
	}
	if o := g.choices[s]; o != nil {
		_, verdict := o.Answer(typed)
		return verdict, nil
	}
	if !g.pack.Languages.Has(c) {
		return grade.Verdict{}, fmt.Errorf("the pack %s has no texts in %s: its languages are %s", g.pack.Name, c, languages(g.pack))
	}
	it, err := g.Item(name)
	if err != nil {
		return grade.Verdict{}, err
	}
	v := g.maker.Render(it, c, language.Style{})
	if it.Form == quiz.ChoiceForm {
		o := grade.OptionsOf(&v)
		g.choices[s] = &o
	} else {
		k := grade.KeyOf(g.pack, g.lexicon, it, v)
		g.typed[s] = &k
	}
	return g.Grade(name, c, typed)
}

// Stem returns the question that name names, in language c.
func (g *Grader) Stem(name string, c language.Code) (string, error) {
	it, err := g.Item(name)
	if err != nil {
		return "", err
	}
	return language.StripIsolates(g.maker.Stem(it, c, language.Style{})), nil
}

// Names returns the names of all questions of the pack that can be typed, in file order.
func (g *Grader) Names() []string {
	var names []string
	for _, f := range g.pack.Facts {
		for i := range f.Relation.Fields {
			switch {
			case f.Asks(i) == nil:
			case f.Card:
				names = append(names, f.Name)
			default:
				names = append(names, f.Name+"/"+f.Relation.Fields[i].Name)
			}
		}
	}
	return names
}

// Item makes the question that name names, also where the generator would not offer it.
func (g *Grader) Item(name string) (quiz.Item, error) {
	name, place, choice := strings.Cut(name, "@")
	id, field, hasField := strings.Cut(name, "/")
	f := g.pack.Fact(id)
	if f == nil {
		return quiz.Item{}, fmt.Errorf("the pack %s has no fact or card %q: %s", g.pack.Name, shorten(id), g.some())
	}
	i, err := fieldOf(f, field, hasField)
	if err != nil {
		return quiz.Item{}, err
	}
	it := quiz.Item{PackHash: g.pack.Hash, Fact: f, Field: i, Value: f.Values[i][0], Kind: quiz.Typed, Form: quiz.TypedForm, Key: -1}
	if choice {
		if it, err = choose(it, place); err != nil {
			return quiz.Item{}, err
		}
	}
	it.ID = quiz.ItemID(string(f.ID) + "/" + it.Kind.String() + "/" + f.Relation.Fields[i].Name)
	return it, nil
}

// fieldOf returns the field that is asked: the one named, or that of a card.
func fieldOf(f *content.Fact, name string, named bool) (int, error) {
	var asked []string
	found := -1
	for i := range f.Relation.Fields {
		if f.Asks(i) == nil {
			continue
		}
		asked = append(asked, f.Relation.Fields[i].Name)
		if f.Relation.Fields[i].Name == name || !named && f.Card {
			found = i
		}
	}
	if found < 0 {
		if len(asked) == 0 {
			return -1, fmt.Errorf("%s asks for nothing", f.Name)
		}
		return -1, fmt.Errorf("write %s/FIELD, with one of the fields that %s asks for: %s", f.Name, f.Name, strings.Join(asked, ", "))
	}
	return found, nil
}

// choose makes an item a choice with the answer as option number place.
func choose(it quiz.Item, place string) (quiz.Item, error) {
	var wrong []content.Value
	for _, fv := range it.Fact.Not {
		if fv.Field == it.Field {
			wrong = fv.Values
		}
	}
	n, err := strconv.Atoi(place)
	if err != nil || n < 1 || n > len(wrong)+1 {
		return it, fmt.Errorf("%s@%s: write a number from 1 to %d, the place of the answer among the options", it.Fact.Name, shorten(place), len(wrong)+1)
	}
	if len(wrong) == 0 {
		return it, fmt.Errorf("%s has no wrong answers to choose from: add not: to it", it.Fact.Name)
	}
	it.Kind, it.Form, it.Key = quiz.Choice, quiz.ChoiceForm, n-1
	for _, v := range wrong {
		it.Options = append(it.Options, quiz.Option{Value: v, Origin: quiz.OriginDeclared})
	}
	it.Options = slices.Insert(it.Options, it.Key, quiz.Option{Value: it.Value, Origin: quiz.OriginKey})
	return it, nil
}

// some names the first facts of the pack, for a message.
func (g *Grader) some() string {
	const most = 5
	var names []string
	for _, f := range g.pack.Facts[:min(most, len(g.pack.Facts))] {
		names = append(names, f.Name)
	}
	return "its facts begin with " + strings.Join(names, ", ")
}

func languages(p *content.Pack) string {
	var names []string
	for _, c := range p.Languages.Codes() {
		names = append(names, c.String())
	}
	return strings.Join(names, ", ")
}
