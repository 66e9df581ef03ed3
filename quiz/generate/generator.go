// Package generate makes fair items of facts: stem, key and options, drawn once for all
// languages from (pack, ItemID, seed) and rendered in each.
//
// It promises that equal arguments give equal bytes on every machine; that an item it lists
// can be drawn with every seed; that exactly one option of an item is right and every other
// is known to be wrong; that options are alike in kind, form and length; and that nothing
// shown before the answer holds it. It refuses to pad: from a fact that cannot make a fair
// item of a kind it makes none, and Missing says why.
//
// Options of one item are meant to be exchangeable: who knows nothing should not be able to
// tell the key from the others. So numbers draw the rank of the key first, and texts draw
// their distractors blind to length and weighted by the facts in which they are true, just
// as keys come; a drawn length rank would hold for one language only, and ties would undo it.
package generate

import (
	"errors"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
)

// Errors of Draw.
var (
	ErrUnknownItem    = errors.New("no such item")
	ErrFewDistractors = errors.New("too few wrong options")
	ErrNotMade        = errors.New("item is not made")
)

// Generator makes the items of one pack. It is safe for use by many goroutines.
type Generator struct {
	pack      *content.Pack
	languages []language.Code
	shapes    map[*content.Relation]*shape
	hashes    []uint64 // by fact index: what decides the order of facts
	features  features
	kin       map[*content.Kind][]slot // entities of a kind, by hash
	nearTo    map[*content.Entity][]*content.Entity
	latest    language.Date // of the sources; zero if none has a date
	genders   map[*content.Kind]genders
	families  map[string]int // how many persons have a family name, in whichever language

	first   []int32         // by fact index: its first place in decided
	decided []atomic.Uint32 // undecided, or a Reason + 1

	tells  *tellings
	leaked []atomic.Uint32 // by fact index, two bits a field: whether it is known, and whether the stem tells

	gaps    []atomic.Uint32                     // by fact index, likewise: whether a statement with a gap tells what fills it
	blanks  []atomic.Uint32                     // by fact index, two bits a piece that a cloze leaves out: whether it is known, and hidden elsewhere
	firsts  []atomic.Uint32                     // by fact index, two bits a field: whether the question for the first holds the fact's name
	written []atomic.Pointer[[]language.Phrase] // by entity index: its forms

	listed  sync.Once
	items   []quiz.ItemID
	byFact  []int32 // by fact index: its first place in items; one more at the end
	missing []Missing
}

const undecided = 0

// familiesOf counts the persons who have a family name; one that two languages write alike
// counts once.
func familiesOf(p *content.Pack, in []language.Code) map[string]int {
	count := map[string]int{}
	for _, e := range p.Entities {
		for i, c := range in {
			f := e.Family[c]
			if f == "" || slices.ContainsFunc(in[:i], func(b language.Code) bool { return e.Family[b] == f }) {
				continue
			}
			count[f]++
		}
	}
	return count
}

// New returns the generator of a pack. It takes time linear in the facts; what can be made of
// them is decided when it is first asked for.
func New(p *content.Pack) *Generator {
	g := &Generator{pack: p, languages: p.Languages.Codes(), first: make([]int32, len(p.Facts)+1)}
	for _, s := range p.Sources {
		if later(s.Date, g.latest) {
			g.latest = s.Date
		}
	}
	g.features = newFeatures(p, g.languages)
	g.hashes = hashesOf(p)
	g.shapes = newShapes(p, g.languages, g.hashes)
	g.indexEntities()
	g.genders = gendersOf(p)
	g.families = familiesOf(p, g.languages)
	total := int32(0)
	for i, f := range p.Facts {
		g.first[i] = total
		total += int32(len(g.shapes[f.Relation].models))
	}
	g.first[len(p.Facts)] = total
	g.decided = make([]atomic.Uint32, total)
	g.tells = newTellings(p)
	g.leaked, g.gaps, g.blanks = make([]atomic.Uint32, len(p.Facts)), make([]atomic.Uint32, len(p.Facts)), make([]atomic.Uint32, len(p.Facts))
	g.firsts = make([]atomic.Uint32, len(p.Facts))
	g.written = make([]atomic.Pointer[[]language.Phrase], len(p.Entities))
	return g
}

// Items returns every item that can be made, in file order.
func (g *Generator) Items() []quiz.ItemID {
	g.listed.Do(g.list)
	return g.items
}

// Made returns the items that can be made of a fact.
func (g *Generator) Made(f *content.Fact) []quiz.ItemID {
	g.listed.Do(g.list)
	return g.items[g.byFact[f.Index]:g.byFact[f.Index+1]]
}

// Missing returns what cannot be made although the field is asked for, in file order.
func (g *Generator) Missing() []Missing {
	g.listed.Do(g.list)
	return g.missing
}

// chunk is how many pieces of work one goroutine takes at a time.
const chunk = 512

// inParallel does n pieces of work on all processors, in no order.
func inParallel(n int, do func(i int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range max(1, min(runtime.GOMAXPROCS(0), n/chunk)) {
		wg.Go(func() {
			for {
				from := int(next.Add(chunk)) - chunk
				if from >= n {
					return
				}
				for i := from; i < min(from+chunk, n); i++ {
					do(i)
				}
			}
		})
	}
	wg.Wait()
}

// decideAll decides every model of every fact.
func (g *Generator) decideAll() {
	inParallel(len(g.pack.Facts), func(i int) {
		f := g.pack.Facts[i]
		for m, mod := range g.shapes[f.Relation].models {
			if g.applies(f, mod) {
				g.decide(f, m)
			}
		}
	})
}

func (g *Generator) list() {
	g.decideAll()
	g.byFact = make([]int32, len(g.pack.Facts)+1)
	for i, f := range g.pack.Facts {
		g.byFact[i] = int32(len(g.items))
		for m, mod := range g.shapes[f.Relation].models {
			if !g.applies(f, mod) {
				continue
			}
			if why := g.decide(f, m); why == Made {
				g.items = append(g.items, itemID(f, mod))
			} else if mod.kind <= quiz.Match || why != FewCompanions && why != NoGap { // few facts have company: none is no gap in the pack
				g.missing = append(g.missing, Missing{f, mod.field, mod.kind, why})
			}
		}
	}
	g.byFact[len(g.pack.Facts)] = int32(len(g.items))
}

// decide says whether model m of a fact's relation can be made of the fact. It tries once and
// remembers; the answer is the same whoever tries.
func (g *Generator) decide(f *content.Fact, m int) Reason {
	at := &g.decided[g.first[f.Index]+int32(m)]
	if known := at.Load(); known != undecided {
		return Reason(known - 1)
	}
	why := g.try(f, g.shapes[f.Relation].models[m])
	at.Store(uint32(why) + 1)
	return why
}

// Expired reports whether a fact is not asked any more on a day: its until: is past. A zero
// today expires nothing.
func Expired(f *content.Fact, today language.Date) bool {
	return f.Until != language.Date{} && today != language.Date{} && later(today, f.Until)
}
