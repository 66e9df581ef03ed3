package content

import (
	"go.yaml.in/yaml/v4"

	"summitquiz/content/language"
)

// readEntities reads the pack's own entities and the outside ones. References between them
// come second, as they may point forward.
func (r *entityReader) readEntities(own, outside *yaml.Node) {
	count := 0
	for _, n := range []*yaml.Node{own, outside} {
		if n != nil {
			count += len(n.Content) / 2
		}
	}
	r.entities = make(map[string]*Entity, count)
	r.pack.Entities = make([]*Entity, 0, count)
	block := make([]Entity, count) // one allocation for all
	for _, n := range []*yaml.Node{own, outside} {
		pairs(n, func(k, v *yaml.Node) {
			if first := r.entities[k.Value]; first != nil {
				if n == outside {
					r.wrong(k, say("the entity %q is defined twice", k.Value), say("first defined at line %d", first.Line))
				}
				return
			}
			if v.Kind != yaml.MappingNode {
				return
			}
			e := &block[len(r.pack.Entities)]
			e.ID, e.Outside, e.Index, e.Line = k.Value, n == outside, len(r.pack.Entities), k.Line
			r.entities[e.ID] = e
			r.pack.Entities = append(r.pack.Entities, e)
			r.places.entity = append(r.places.entity, k)
			r.fillEntity(e, v)
		})
	}
	for _, n := range []*yaml.Node{own, outside} {
		pairs(n, func(k, v *yaml.Node) {
			if e := r.entities[k.Value]; e != nil && !r.full() && v.Kind == yaml.MappingNode && r.places.entity[e.Index] == k {
				r.linkEntity(e, v)
			}
		})
	}
	r.breakInCycles()
}

func (r *entityReader) fillEntity(e *Entity, n *yaml.Node) {
	pairs(n, func(k, v *yaml.Node) {
		switch k.Value {
		case "kind":
			e.Kind = r.kind(v)
		case "name":
			e.Name = r.text(v)
		case "aliases":
			e.Aliases = r.lists(v)
		case "family":
			e.Family = r.text(v)
		case "gender":
			e.Gender = gender(v)
		case "plural":
			e.Plural = v.Value == "true"
		case "the":
			e.The = v.Value == "true"
		case "role":
			e.Role = tidy(v.Value)
		case "tags":
			for _, t := range elements(v) {
				e.Tags = append(e.Tags, tidy(follow(t).Value))
			}
		case "near-names":
			e.NearBy = r.lists(v)
		}
	})
}

func (r *entityReader) linkEntity(e *Entity, n *yaml.Node) {
	e.In = r.entityList(at(n, "in"), e)
	e.Near = r.entityList(at(n, "near"), e)
	if c := at(n, "country"); c != nil {
		if e.Country = r.entity(c); e.Country != nil && e.Country.Kind != nil && !e.Country.Kind.Is("country") {
			r.wrong(c, say("%s is not a country", e.Country.ID), say("country: names an entity of kind country; for other places use in:"))
		}
	}
}

func (r *scope) entityList(n *yaml.Node, self *Entity) []*Entity {
	var out []*Entity
	for _, c := range elements(n) {
		c = follow(c)
		switch e := r.entity(c); {
		case e == nil:
		case e == self:
			r.wrong(c, say("%s names itself", e.ID), say("remove it"))
		default:
			out = append(out, e)
		}
	}
	return out
}

// entity returns the entity that a node names, or nil after reporting it.
func (r *scope) entity(n *yaml.Node) *Entity {
	if n == nil || n.Kind != yaml.ScalarNode || !isID(n.Value) {
		return nil
	}
	e := r.entities[n.Value]
	if e == nil {
		r.unknownEntity(n)
	}
	return e
}

func (r *scope) unknownEntity(n *yaml.Node) {
	if r.partial {
		return
	}
	hint := r.suggest(n.Value, r.entityNames())
	if hint.format == "" {
		hint = say("define it under entities:")
	}
	r.wrong(n, say("unknown entity %q", show(n.Value)), hint)
}

func gender(n *yaml.Node) language.Gender {
	if n.Value == "f" {
		return language.Feminine
	}
	return language.Masculine
}

// maxIn is how many levels of in: there may be: town, county, state, country, continent, world
// and then some. It bounds the work of every containment check.
const maxIn = 16

// breakInCycles reports entities that contain themselves, or lie too deep, and cuts them off.
func (r *entityReader) breakInCycles() {
	const (
		fresh = iota
		open
		done
	)
	state := make([]uint8, len(r.pack.Entities))
	depth := make([]int, len(r.pack.Entities))
	type frame struct {
		e    *Entity
		next int
	}
	for _, root := range r.pack.Entities {
		if state[root.Index] != fresh || len(root.In) == 0 {
			continue
		}
		stack := []frame{{e: root}}
		state[root.Index] = open
		for len(stack) > 0 {
			f := &stack[len(stack)-1]
			if f.next == len(f.e.In) {
				state[f.e.Index] = done
				for _, up := range f.e.In {
					depth[f.e.Index] = max(depth[f.e.Index], depth[up.Index]+1)
				}
				if depth[f.e.Index] > maxIn {
					r.wrong(r.places.entity[f.e.Index], say("%s lies more than %d levels deep in others", f.e.ID, maxIn),
						say("name the larger place directly"))
					f.e.In, depth[f.e.Index] = nil, 0
				}
				stack = stack[:len(stack)-1]
				continue
			}
			up := f.e.In[f.next]
			f.next++
			switch state[up.Index] {
			case open:
				r.wrong(r.places.entity[f.e.Index], say("in: %s is in %s, and so in itself", f.e.ID, up.ID), say("in: leads from smaller to larger"))
				f.e.In = nil
				f.next = 0
			case fresh:
				state[up.Index] = open
				stack = append(stack, frame{e: up})
			}
		}
	}
}
