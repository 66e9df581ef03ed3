package contenttest

import (
	"bytes"
	"strconv"
)

// node is a value of a pack that can be written as YAML or as JSON.
type node struct {
	scalar string
	quoted bool
	keys   []string // of a mapping
	nodes  []node   // of a mapping or a list
	kind   byte     // 's', 'm' or 'l'
}

func word(s string) node { return node{kind: 's', scalar: s} }
func text(s string) node { return node{kind: 's', scalar: s, quoted: true} }

func list(nodes ...node) node { return node{kind: 'l', nodes: nodes} }

// mapping takes keys and nodes in turn.
func mapping(pairs ...any) node {
	n := node{kind: 'm'}
	for i := 0; i < len(pairs); i += 2 {
		n.keys = append(n.keys, pairs[i].(string))
		n.nodes = append(n.nodes, pairs[i+1].(node))
	}
	return n
}

func texts(ar, en, ko, zh string) node {
	return mapping("ar", text(ar), "en", text(en), "ko", text(ko), "zh", text(zh))
}

func (n node) get(key string) string {
	for i, k := range n.keys {
		if k == key {
			return n.nodes[i].scalar
		}
	}
	return ""
}

func (n node) json() []byte {
	var b bytes.Buffer
	n.flow(&b, true)
	b.WriteByte('\n')
	return b.Bytes()
}

// yaml writes the first level as blocks, one line to an entity or a fact.
func (n node) yaml() []byte {
	var b bytes.Buffer
	for i, k := range n.keys {
		v := n.nodes[i]
		b.WriteString(k + ":")
		switch {
		case v.kind == 'm' && len(v.nodes) > 0 && v.nodes[0].kind == 'm':
			b.WriteByte('\n')
			for j, key := range v.keys {
				b.WriteString("  " + key + ": ")
				v.nodes[j].flow(&b, false)
				b.WriteByte('\n')
			}
		case v.kind == 'l' && len(v.nodes) > 0 && v.nodes[0].kind == 'm':
			b.WriteByte('\n')
			for _, e := range v.nodes {
				b.WriteString("  - ")
				e.flow(&b, false)
				b.WriteByte('\n')
			}
		default:
			b.WriteByte(' ')
			v.flow(&b, false)
			b.WriteByte('\n')
		}
	}
	return b.Bytes()
}

func (n node) flow(b *bytes.Buffer, json bool) {
	comma := ", "
	if json {
		comma = ","
	}
	switch n.kind {
	case 'l':
		b.WriteByte('[')
		for i, e := range n.nodes {
			if i > 0 {
				b.WriteString(comma)
			}
			e.flow(b, json)
		}
		b.WriteByte(']')
	case 'm':
		b.WriteByte('{')
		for i, k := range n.keys {
			if i > 0 {
				b.WriteString(comma)
			}
			if json {
				b.WriteString(strconv.Quote(k) + ":")
			} else {
				b.WriteString(k + ": ")
			}
			n.nodes[i].flow(b, json)
		}
		b.WriteByte('}')
	default:
		if json || n.quoted {
			b.WriteString(quote(n.scalar))
		} else {
			b.WriteString(n.scalar)
		}
	}
}

// quote is a JSON string; the texts here hold nothing else that needs an escape.
func quote(s string) string {
	var b bytes.Buffer
	b.WriteByte('"')
	for i := range len(s) {
		if s[i] == '"' || s[i] == '\\' {
			b.WriteByte('\\')
		}
		b.WriteByte(s[i])
	}
	b.WriteByte('"')
	return b.String()
}
