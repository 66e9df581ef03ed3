package quiztest

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
)

// Reader looks for leaks in the quizzes of a pack. It is for one goroutine.
type Reader struct {
	pack  *content.Pack
	usual [language.Count]map[string]bool // words of so many facts that they are no clue
	names [language.Count][]string        // Chinese: of all entities
	read  map[string]reading              // by item, seed and language
}

// Shown is an item as it stands in a quiz, with its views in the languages of the pack.
type Shown struct {
	Item  *quiz.Item
	Views []quiz.View
}

// reading is what a reader makes of one item in one language.
type reading struct {
	told  []passage // what is shown until the next question; what is said of wrong options stands apart
	keys  []language.Phrase
	clues []clue
}

// passage is a text that is shown. Chinese has no spaces: there a word may be a part of a longer
// name, which says nothing of the shorter.
type passage struct {
	language.Passage
	text  string
	names []string // Chinese: of all entities
}

func (p passage) has(ph language.Phrase, word string) bool {
	if !p.Has(ph) {
		return false
	}
	rest := p.text
	for _, name := range p.names {
		if len(name) > len(word) && strings.Contains(name, word) {
			rest = strings.ReplaceAll(rest, name, apartHan)
		}
	}
	return len(rest) == len(p.text) || language.NewPassage(rest).Has(ph)
}

// clue is a word of a question. A word that the relation itself has, and not the fact, says nothing
// beside another fact of the relation.
type clue struct {
	word    language.Phrase
	text    string
	literal bool
}

// NewReader returns a reader of a pack's quizzes.
func NewReader(p *content.Pack) *Reader {
	r := &Reader{pack: p, read: map[string]reading{}}
	for _, e := range p.Entities {
		r.names[language.Chinese] = append(r.names[language.Chinese], e.Name[language.Chinese])
	}
	for _, c := range p.Languages.Codes() {
		count := map[string]int{}
		for _, f := range p.Facts {
			said := map[string]bool{}
			for _, w := range clueWords(c, stated(p, f, c)) {
				said[w] = true
			}
			for w := range said {
				count[w]++
			}
		}
		r.usual[c] = map[string]bool{}
		for w, n := range count {
			r.usual[c][w] = n >= 3 && n*30 > len(p.Facts)
		}
	}
	return r
}

// stated is the statement and the questions of a fact as one text.
func stated(p *content.Pack, f *content.Fact, c language.Code) string {
	args := make([]language.Arg, len(f.Values))
	for i, vs := range f.Values {
		args[i] = p.Arg(c, vs[0])
		if len(vs) > 1 {
			args[i] = language.Arg{Kind: language.Several}
			for _, v := range vs {
				args[i].List = append(args[i].List, p.Arg(c, v))
			}
		}
	}
	text := f.States().Messages[c].Append(nil, args, language.Style{})
	if frame := f.FrameText(); frame != nil {
		text = append(append(text, " | "...), frame.Source[c]...)
	}
	for _, s := range p.Sources { // every item of a source shows its title
		text = append(append(text, " | "...), s.Title[c]+" | "+s.Cite[c]...)
	}
	for i := range f.Values {
		for _, ask := range []*content.Sentence{f.Asks(i), f.AsksTyped(i)} {
			if ask != nil {
				text = ask.Messages[c].Append(append(text, " | "...), args, language.Style{})
			}
		}
	}
	return string(text)
}

// Leaks returns the items of a quiz whose answer stands, beside a word of their question, in
// what an earlier item shows: stem, options, explanation, source and evidence, in any language
// of the pack (L2).
func (r *Reader) Leaks(items []Shown) []error {
	var out []error
	for j := range items {
		for i := range j {
			if items[j].Item.Kind.Arranged() {
				continue // no text holds an arrangement; rows that are told are in the outline
			}
			for l := range items[i].Views {
				told, later := r.of(&items[i], l), r.of(&items[j], l)
				alike := items[i].Item.Fact.Relation == items[j].Item.Fact.Relation
				if key, clue := later.in(told.told, alike); clue >= 0 {
					out = append(out, fmt.Errorf("L2: %s (seed %d) tells %s (seed %d) in %s: %v beside %v", items[i].Item.ID, items[i].Item.Seed,
						items[j].Item.ID, items[j].Item.Seed, items[i].Views[l].Lang, later.keys[key], later.clues[clue].text))
					break
				}
			}
		}
	}
	return out
}

// in returns which key and which clue stand in one of the texts; the clue is -1 where none do.
func (later reading) in(told []passage, alike bool) (key, word int) {
	for _, text := range told {
		if key = slices.IndexFunc(later.keys, text.Has); key < 0 {
			continue
		}
		word = slices.IndexFunc(later.clues, func(c clue) bool { return !(alike && c.literal) && text.has(c.word, c.text) })
		if word >= 0 {
			return key, word
		}
	}
	return 0, -1
}

// passagesOf are the texts that are shown with an item. What stands in one of them is read together.
func passagesOf(s *Shown, v *quiz.View) []string {
	texts := []string{v.Stem, v.Source}
	apart := append(slices.Concat(v.Why, v.Clues), strings.Join(v.Options, " | ")) // options state nothing of the question beside them
	rows := len(s.Item.Facts) > 0                                                  // one sentence for each row
	if rows {
		apart = append(apart, strings.FieldsFunc(v.Explanation+"."+v.Evidence, func(r rune) bool { return r == '.' || r == '。' || r == '…' })...)
	} else {
		texts = append(texts, v.Explanation, v.Evidence)
	}
	for _, e := range s.Item.Fact.Evidence {
		if rows {
			apart = append(apart, e.Quote)
		} else {
			texts = append(texts, e.Quote)
		}
	}
	return append(apart, strings.Join(texts, " | "))
}

func (r *Reader) of(s *Shown, l int) reading {
	v := &s.Views[l]
	id := fmt.Sprint(s.Item.ID, s.Item.Seed, v.Lang)
	if known, ok := r.read[id]; ok {
		return known
	}
	out := reading{}
	for _, text := range passagesOf(s, v) {
		text = parted(v.Lang, language.StripIsolates(text))
		out.told = append(out.told, passage{language.NewPassage(text), text, r.names[v.Lang]})
	}
	own := ownWords{lang: v.Lang, words: map[string]bool{}}
	out.keys = r.keysOf(s.Item, v, own)
	out.clues = r.cluesOf(s.Item, v, own)
	r.read[id] = out
	return out
}

// ownWords are the words of what an item asks for, which are no clues to it.
type ownWords struct {
	lang  language.Code
	words map[string]bool
}

func (o ownWords) add(text string) {
	for _, w := range clueWords(o.lang, text) {
		o.words[w] = true
	}
}

func (o ownWords) has(w string) bool {
	if o.lang != language.Arabic || o.words[w] {
		return o.words[w]
	}
	for own := range o.words { // with a prefix joined to it
		if strings.HasSuffix(w, strings.TrimPrefix(own, "ال")) {
			return true
		}
	}
	return false
}

// keysOf returns what is right for an item, and adds its words, and what is written like them, to own.
func (r *Reader) keysOf(it *quiz.Item, v *quiz.View, own ownWords) (keys []language.Phrase) {
	plain := func(value content.Value) string {
		a := r.pack.Arg(v.Lang, value)
		return string(language.AppendArg(nil, v.Lang, &a, language.Style{Plain: true}))
	}
	value := *it
	if value.Kind == quiz.TrueFalse {
		value.Value = value.Fact.Values[value.Field][0]
		v = &quiz.View{Lang: v.Lang, Stem: v.Stem, Key: 0, Options: []string{plain(value.Value)}}
		own.add(plain(it.Value)) // what is shown instead of the answer says nothing of the question
	}
	c := checker{pack: r.pack, it: &value}
	for _, a := range c.answers(v) {
		a = language.StripIsolates(a)
		if n := len([]rune(a)); n == 1 && a[0] >= 0x80 {
			continue // a family name of one character is half of every word
		}
		keys = append(keys, language.NewPhrase(a))
		own.add(a)
	}
	if amount := value.Value; amount.Amount.Unit != nil { // nor does the unit, in whatever number it is written
		for _, n := range []int64{0, 1, 2, 3, 11, 100} {
			amount.Amount.Number = language.Whole(n)
			own.add(plain(amount))
		}
	}
	return keys
}

// cluesOf returns the words and names of a question that point to its answer alone.
func (r *Reader) cluesOf(it *quiz.Item, v *quiz.View, own ownWords) (clues []clue) {
	literal := literals(it.Fact, v.Lang)
	asked := v.Stem
	if _, rest, ok := strings.Cut(asked, "\n"); ok && introduced(it.Kind) { // what is to be done tells nothing
		asked = rest
	}
	asked += " | " + strings.Join(v.Clues, " | ")
	usual := func(w string) bool { return own.has(w) || r.common(v.Lang, w) }
	for _, w := range clueWords(v.Lang, asked) {
		if !usual(w) && long(v.Lang, w) && !slices.Contains(questionWords[v.Lang], w) {
			clues = append(clues, clue{language.NewPhrase(w), w, literal[w]})
		}
	}
	for _, name := range r.names[v.Lang] { // a whole name is a clue, where its parts are none
		if len([]rune(name)) > 2 && strings.Contains(asked, name) && !slices.ContainsFunc(clueWords(v.Lang, name), usual) {
			clues = append(clues, clue{language.NewPhrase(name), name, literal[name]})
		}
	}
	return clues
}

// apartHan stands between what is no one word in Chinese, which is read without spaces and signs. It is of no word.
const apartHan = "龘"

// parted is a Chinese text with its signs as ends of words: the end of one name and the beginning of the next
// are no word of a third.
func parted(c language.Code, text string) string {
	if c != language.Chinese {
		return text
	}
	var b strings.Builder
	before := rune(0)
	for _, r := range text {
		if unicode.Is(unicode.Han, before) && !unicode.Is(unicode.Han, r) && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			b.WriteString(apartHan)
		}
		b.WriteRune(r)
		before = r
	}
	return b.String()
}

// long reports whether a word is long enough to be told from a part of another.
func long(c language.Code, w string) bool {
	n := len([]rune(w))
	return n > 2 || n > 1 && c != language.Arabic && !strings.ContainsAny(w, "的是了在与和谁哪什么被对")
}

// common reports whether a word stands in so many facts that it is no clue; a Korean word, also
// where it does with other particles.
func (r *Reader) common(c language.Code, w string) bool {
	if r.usual[c][w] {
		return true
	}
	runes := []rune(w)
	for cut := 1; c == language.Korean && cut <= 2 && len(runes)-cut >= 2; cut++ {
		if r.usual[c][string(runes[:len(runes)-cut])] {
			return true
		}
	}
	return false
}

// literals are the words of the sentences of a fact outside their placeholders.
func literals(f *content.Fact, c language.Code) map[string]bool {
	out := map[string]bool{}
	add := func(s *content.Sentence) {
		if s != nil {
			for _, w := range clueWords(c, outside(s.Source[c])) {
				out[w] = true
			}
			for _, w := range clueWords(c, s.Source[c]) { // words of a plural or select
				out[w] = true
			}
		}
	}
	add(f.States())
	for i := range f.Values {
		add(f.Asks(i))
		add(f.AsksTyped(i))
	}
	return out
}

// clueWords are the words of a text, those of inserted values apart from what is written with
// them; of Chinese, every pair of characters.
func clueWords(c language.Code, text string) []string {
	text = strings.Map(func(r rune) rune {
		if r >= 0x2066 && r <= 0x2069 {
			return ' '
		}
		return r
	}, text)
	words := language.Tokens(c, text)
	if c != language.Chinese {
		return words
	}
	var pairs []string
	for _, w := range words {
		runes := []rune(w)
		if len(runes) < 3 || runes[0] < 0x2E80 {
			pairs = append(pairs, w)
			continue
		}
		for i := 1; i < len(runes); i++ {
			pairs = append(pairs, string(runes[i-1:i+1]))
		}
	}
	return pairs
}

// questionWords stand in every question and no statement.
var questionWords = [language.Count][]string{
	language.Arabic:  {"من", "ما", "ماذا", "متى", "أين", "كم", "أي", "هذه", "في", "إلى", "على", "عن", "مع", "بين", "هو", "هي", "اذكر", "ايّ", "اي", "ياتي", "مما"},
	language.English: strings.Fields("a an the of in on at to for from by with and or is are was were did do does which what who whom when where how many much this that these name said there as it its has have had be been"),
	language.Korean:  {"무엇입니까", "어디입니까", "누구입니까", "언제", "어느", "다음", "가운데", "사람은", "나라는", "것은", "하나", "쓰십시오", "기준으로", "으로", "에서", "에게", "입니다", "가장"},
	language.Chinese: {},
}
