package content

import (
	_ "embed"
	"sync"

	"go.yaml.in/yaml/v4"

	"summitquiz/content/language"
)

//go:embed library.yaml
var libraryYAML []byte

// library is what every pack may use without defining it: the tree of kinds and the relations
// of library.yaml. Its relations are shared by all packs and never change.
type library struct {
	kinds     map[string]*Kind
	relations map[string]*Relation
	order     []*Relation // as in the file
	problems  []*Problem  // none, by test
}

// builtIn returns the library, read on first use.
var builtIn = sync.OnceValue(func() *library {
	lib := &library{kinds: builtInKinds(), relations: map[string]*Relation{}}
	r := &scope{report: report{file: "library.yaml"}, raw: libraryYAML, codes: language.All()}
	r.library = &library{kinds: lib.kinds}
	r.kinds = lib.kinds
	r.names = map[string][]string{}
	r.pack = &Pack{}
	r.places = &places{relation: map[*Relation]*yaml.Node{}}
	form := &formChecker{r}
	if root := (&document{r}).tree(libraryYAML); root != nil && form.conform(root, &shape{rest: relationShape}, say("the library")) {
		(&relationReader{&valueReader{&textReader{form}}}).readRelations(root)
	}
	for _, rel := range r.pack.Relations {
		rel.Library = true
		lib.relations[rel.ID] = rel
	}
	lib.order = r.pack.Relations
	lib.problems = r.sorted(append(r.found, r.mild...))
	return lib
})

func (l *library) names() []string {
	names := make([]string, len(l.order))
	for i, rel := range l.order {
		names[i] = rel.ID
	}
	return names
}

// builtInKinds is the tree of kinds that every pack has.
func builtInKinds() map[string]*Kind {
	kinds := map[string]*Kind{}
	add := func(parent string, ids ...string) {
		for _, id := range ids {
			kinds[id] = &Kind{ID: id, Parent: kinds[parent]}
		}
	}
	add("", "person", "place", "organisation", "event", "agreement", "object", "material", "concept",
		"role", "currency", "language", "crime")
	add("place", "country", "city", "region", "sea", "continent")
	add("organisation", "company")
	return kinds
}

// Library returns the relations of the built-in library in the order of its file.
func Library() []*Relation { return append([]*Relation(nil), builtIn().order...) }
