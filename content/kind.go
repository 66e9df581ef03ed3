package content

import (
	"slices"

	"go.yaml.in/yaml/v4"
)

// maxKinds is how many kinds a pack may add; it bounds the depth of the tree.
const maxKinds = 100

// readKinds adds the pack's own kinds to the built-in tree.
func (r *entityReader) readKinds(n *yaml.Node) {
	r.kinds = r.library.kinds
	if n == nil || n.Kind != yaml.MappingNode || len(n.Content) == 0 {
		return
	}
	if count := len(n.Content) / 2; count > maxKinds {
		r.wrong(n, say("the pack has %d kinds of its own, at most %d are allowed", count, maxKinds), say("use tags: for finer groups"))
		return
	}
	own := make(map[string]*Kind, len(n.Content)/2+len(r.kinds))
	parents := map[*Kind]*yaml.Node{}
	pairs(n, func(k, v *yaml.Node) {
		switch {
		case v.Kind != yaml.ScalarNode || !isID(k.Value):
		case r.kinds[k.Value] != nil:
			r.wrong(k, say("%s is a built-in kind", k.Value), say("choose another name"))
		case slices.Contains(typeWords, k.Value):
			r.wrong(k, say("%s is a type of value", k.Value), say("choose another name"))
		case own[k.Value] == nil:
			own[k.Value] = &Kind{ID: k.Value}
			parents[own[k.Value]] = v
		}
	})
	for id, k := range r.kinds {
		own[id] = k
	}
	r.kinds = own
	pairs(n, func(k, v *yaml.Node) {
		kind := own[k.Value]
		if kind == nil || parents[kind] != v {
			return
		}
		if kind.Parent = own[v.Value]; kind.Parent == nil && isID(v.Value) && !r.partial {
			r.wrong(v, say("unknown kind %q", v.Value), r.suggest(v.Value, r.kindNames()))
		}
	})
	pairs(n, func(k, v *yaml.Node) { r.breakKindCycle(k, own[k.Value]) })
}

// breakKindCycle reports a kind that is above itself and cuts it off, so that Is ends.
func (r *entityReader) breakKindCycle(at *yaml.Node, kind *Kind) {
	if kind == nil {
		return
	}
	steps := 0
	for k := kind.Parent; k != nil && steps <= len(r.kinds); k = k.Parent {
		if k == kind {
			r.wrong(at, say("the kind %s is above itself", kind.ID), say("kinds form a tree: end it at a built-in kind"))
			kind.Parent = nil
			return
		}
		steps++
	}
}
