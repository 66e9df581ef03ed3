package language

import (
	"unicode"
	"unicode/utf8"
)

// Append appends the message with its arguments to dst. Arguments that are missing at the
// end are written as nothing.
func (m *Message) Append(dst []byte, args []Arg, st Style) []byte {
	w := writer{m: m, st: st, start: len(dst), article: -1}
	for pc := int32(0); int(pc) < len(m.ops); {
		o := &m.ops[pc]
		pc++
		var a *Arg
		if int(o.arg) < len(args) {
			a = &args[o.arg]
		}
		switch o.kind {
		case opLiteral:
			dst = w.literal(dst, o)
		case opParticle:
			dst = appendParticle(dst, o.pair)
		case opArticle:
			w.article = len(dst)
			dst = append(dst, 'a')
		case opJump:
			pc = o.arg
		default:
			if a == nil {
				a = &noArg
			}
			switch o.kind {
			case opPlural, opSelect:
				pc = m.choose(o, a)
			case opNumber:
				dst = w.number(dst, a)
			case opValue:
				dst = w.value(dst, o, a)
			}
		}
	}
	return w.finish(dst)
}

var noArg = Arg{Kind: Words}

// writer is one run of a message.
type writer struct {
	m       *Message
	st      Style
	start   int  // where the message begins in dst
	article int  // where an undecided {a/an} stands, or -1
	inside  int8 // isolates of the author that are open: values within them need none
}

func (w *writer) literal(dst []byte, o *op) []byte {
	at := len(dst)
	text := o.text
	if o.styles != nil {
		switch indic := w.st.Digits == ArabicIndic; {
		case w.st.Plain && indic:
			text = o.styles.plainIndic
		case w.st.Plain:
			text = o.styles.plain
		case indic:
			text = o.styles.indic
		}
	}
	dst = append(dst, text...)
	w.inside += o.isolate
	return w.settle(dst, at, false)
}

// number writes # of a plural: the number without its unit.
func (w *writer) number(dst []byte, a *Arg) []byte {
	at := len(dst)
	dst = w.open(dst)
	amount := Amount{Number: a.count(), LastDigit: a.Amount.LastDigit}
	form := a.Form
	if form != nil {
		bare := *form
		bare.Unit = false
		dst = w.m.lang.appendAmount(dst, &amount, &bare, w.st, false)
	} else {
		dst = w.m.lang.appendAmount(dst, &amount, nil, w.st, false)
	}
	return w.settle(w.shut(dst), at, false)
}

// value writes an argument, and what goes with its place in the sentence: the Arabic prefix,
// the English "the" and the capital at the beginning.
func (w *writer) value(dst []byte, o *op, a *Arg) []byte {
	at := len(dst)
	the := w.m.lang.the != "" && w.article < 0
	switch {
	case a.Kind == Several:
		for i := range a.List {
			prefix := o.text
			if i > 0 {
				prefix, dst = w.m.lang.list.prefix, w.m.lang.appendJoin(dst, i, len(a.List))
			}
			dst = w.one(dst, o, &a.List[i], prefix, the)
		}
	default:
		dst = w.one(dst, o, a, o.text, the)
	}
	if at == w.start && w.m.lang.capitals && a.Kind != Quote && a.Kind != Literal {
		capitalise(dst[at:])
	}
	return w.settle(dst, at, a.Kind == Gap)
}

// one writes a single argument in its isolate.
func (w *writer) one(dst []byte, o *op, a *Arg, prefix string, the bool) []byte {
	l := w.m.lang
	if a.Kind == Gap {
		return append(append(dst, reaching(prefix)...), blank...)
	}
	if a.Kind == Quote {
		dst = append(dst, reaching(prefix)...)
		return l.appendQuoted(dst, a.Text, w.st)
	}
	if text, ok := l.says(a.Text); ok {
		body := len(dst)
		if w.inside > 0 {
			text = StripIsolates(text)
		}
		if a.Kind != Literal {
			text = string(l.appendDigits(nil, text, w.st))
		}
		return l.joinPrefix(append(dst, text...), body, prefix)
	}
	dst = w.open(dst)
	body := len(dst)
	switch a.Kind {
	case Number:
		dst = l.appendAmount(dst, &a.Amount, a.Form, w.st, o.oblique)
	case Ordinal:
		dst = l.AppendOrdinal(dst, a.Amount, a.Gender, w.st)
	case Day:
		dst = l.appendDate(dst, a.Date, o.part, w.st)
	case Literal:
		dst = append(dst, a.Text...)
	case Several: // lists do not nest
	default:
		if a.The && the {
			dst = append(dst, l.the...)
		}
		dst = l.appendDigits(dst, a.Text, w.st)
	}
	if prefix != "" {
		dst = l.joinPrefix(dst, body, prefix)
	}
	return w.shut(dst)
}

func (w *writer) open(dst []byte) []byte {
	if w.st.Plain || w.inside > 0 {
		return dst
	}
	return append(dst, fsi...)
}

func (w *writer) shut(dst []byte) []byte {
	if w.st.Plain || w.inside > 0 {
		return dst
	}
	return append(dst, pdi...)
}

// settle decides a pending article once something that sounds follows it.
func (w *writer) settle(dst []byte, at int, gap bool) []byte {
	if w.article < 0 || w.article >= at {
		return dst
	}
	if gap {
		dst = insert(dst, w.article+1, "/an")
	} else {
		said := false
		for _, b := range dst[at:] {
			said = said || b > ' '
		}
		if !said {
			return dst
		}
		if takesAn(string(dst[w.article+1:])) {
			dst = insert(dst, w.article+1, "n")
		}
	}
	if w.article == w.start {
		capitalise(dst[w.start:])
	}
	w.article = -1
	return dst
}

// finish puts U+200F before each line of an Arabic message that does not begin with an
// Arabic letter.
func (w *writer) finish(dst []byte) []byte {
	if !w.m.lang.rtl || w.st.Plain {
		return dst
	}
	for at := w.start; at < len(dst); {
		end := at
		for end < len(dst) && dst[end] != '\n' {
			end++
		}
		if needsMark(dst[at:end]) {
			dst = insert(dst, at, rlm)
			end += len(rlm)
		}
		at = end + 1
	}
	return dst
}

// insert puts s into dst at position at.
func insert(dst []byte, at int, s string) []byte {
	dst = append(dst, s...)
	copy(dst[at+len(s):], dst[at:len(dst)-len(s)])
	copy(dst[at:], s)
	return dst
}

// capitalise makes the first letter of b upper case, where that keeps its length. Names such
// as iPhone keep their shape.
func capitalise(b []byte) {
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		if r == 0x2068 || r == 0x2069 {
			i += size
			continue
		}
		next, _ := utf8.DecodeRune(b[i+size:])
		if up := unicode.ToUpper(r); utf8.RuneLen(up) == size && !unicode.IsUpper(next) {
			utf8.EncodeRune(b[i:], up)
		}
		return
	}
}

// AppendArg appends one value as it stands alone, on an option or a button: without article,
// prefix or capital, in isolates unless st is Plain.
func AppendArg(dst []byte, c Code, a *Arg, st Style) []byte {
	return c.Language().AppendArg(dst, a, st)
}

// AppendArg is the function AppendArg in this language.
func (l *Language) AppendArg(dst []byte, a *Arg, st Style) []byte {
	w := writer{m: &Message{lang: l}, st: st, start: len(dst), article: -1}
	if a.Kind != Several {
		return w.finish(w.one(dst, &noOp, a, "", false))
	}
	for i := range a.List {
		prefix := ""
		if i > 0 {
			prefix = l.list.prefix
		}
		dst = w.one(l.appendJoin(dst, i, len(a.List)), &noOp, &a.List[i], prefix, false)
	}
	return w.finish(dst)
}

var noOp op
