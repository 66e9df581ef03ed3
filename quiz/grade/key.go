// Package grade turns a typed or chosen answer into a verdict: right, close or wrong, with a
// reason code that the rooms above say in a sentence.
//
// It promises to read a whole answer as a fluent reader of Arabic, English, Korean or Chinese
// would, and never to accept another entity, value or unit. It refuses to show the key: a
// reason says what is missing, not what is right.
package grade

import (
	"summitquiz/content"
	"summitquiz/quiz"
)

// Key is all that grading needs to know of one question.
type Key struct{}

// Lexicon holds the names of all entities of a pack.
type Lexicon struct{}

// NewLexicon indexes the names of p.
func NewLexicon(p *content.Pack) *Lexicon { return &Lexicon{} }

// KeyOf returns the key of an item as view v shows it.
func KeyOf(p *content.Pack, lex *Lexicon, it quiz.Item, v quiz.View) Key { return Key{} }

// Answer grades what somebody typed.
func Answer(k *Key, typed string) Verdict { return Verdict{} }
