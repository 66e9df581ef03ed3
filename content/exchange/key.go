package exchange

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"summitquiz/content/exchange/reader"
	"summitquiz/content/language"
)

// keyRules say how the rows of a file point at their right option. Whether a number counts from 0
// or 1, and whether it counts at all, shows only in all rows together.
type keyRules struct {
	base   reader.Base
	text   bool     // numbers are the text of the right option
	both   bool     // numbers may be either: rows where that differs are asked about
	letter bool     // letters are labels, even where an option has that text
	poles  []string // the two answers of statements, if all rows have one of them
	stated string
	gaps   [language.Count]gap
}

// numberCount counts how the numbers of a file could point.
type numberCount struct {
	all, zero, last, inRange int
	text, textOnly           int // numbers that are also an option, and those that can be nothing else
}

// survey reads the rows once.
func (k *keyRules) survey(f *reader.File, told reader.Base) error {
	var n numberCount
	answers := map[string]int{}
	for row, err := range f.Rows() {
		if err != nil {
			return err
		}
		if row.Skip != "" || tooLong(row) {
			continue
		}
		k.missing(row)
		if len(answers) < 4 {
			answers[soleAnswer(row)]++
		}
		if len(row.Options) == 0 || len(row.Correct) == 0 {
			continue
		}
		for _, t := range tokens(row) {
			if at, ok := reader.Label(t); ok && at < len(row.Options) && byText(row, t) < 0 {
				k.letter = true
			}
			n.add(row, t)
		}
	}
	k.findPoles(answers)
	k.base = f.Base
	if told != reader.UnknownBase {
		k.base = told
	}
	switch {
	case n.all == 0:
	case n.textOnly > 0 && n.textOnly+n.text > n.inRange-n.text:
		k.text = true
	case k.base != reader.UnknownBase:
	case n.zero > 0:
		k.base = reader.FromZero
		k.stated = "the numbers of right options count from 0, as a 0 is among them"
	case n.last > 0:
		k.base = reader.FromOne
		k.stated = "the numbers of right options count from 1, as one is the number of the last option"
	case n.text == n.all:
		k.both = true
	}
	return nil
}

func (n *numberCount) add(row reader.Row, t string) {
	v, err := strconv.Atoi(digits(t))
	if err != nil || v < 0 || byKey(row, t) >= 0 || ordinal(row, t) >= 0 {
		return
	}
	n.all++
	isText := byText(row, t) >= 0
	if isText {
		n.text++
	}
	if v <= len(row.Options) {
		n.inRange++
	}
	switch {
	case isText && v > len(row.Options):
		n.textOnly++
	case isText && !row.Index:
	case v == 0:
		n.zero++
	case v == len(row.Options):
		n.last++
	}
}

// resolve turns the options of a row into right and wrong answers, or says why it cannot.
func (k *keyRules) resolve(row *reader.Row) (reason, hint string) {
	row.Options = slices.DeleteFunc(row.Options, func(o reader.Option) bool { return strings.TrimSpace(o.Text) == "" })
	if len(row.Options) == 0 {
		if len(row.Answers) == 0 {
			row.Answers, row.Correct = row.Correct, nil
		}
		return "", ""
	}
	if len(row.Options) == 1 { // "A) x B) y" in one cell
		if before, texts, labels := lettered(row.Options[0].Text); before == "" && len(texts) > 1 {
			row.Options = nil
			for _, s := range texts {
				row.Options = append(row.Options, reader.Option{Text: s})
			}
			nameByNumber(row, labels)
			row.Changes = append(row.Changes, "the letters before the options are taken off")
		}
	}
	stripLabels(row)
	right, reason, hint := k.right(*row)
	switch {
	case reason != "":
		return reason, hint
	case len(right) > 1 && row.Several == reader.Tick:
		return "more than one option is right and all of them must be ticked", "keep one right option, or ask for each by itself"
	}
	for i, o := range row.Options {
		if slices.Contains(right, i) {
			row.Answers = append(row.Answers, o.Text)
		} else {
			row.Wrong = append(row.Wrong, o.Text)
		}
	}
	row.Options = nil
	return "", ""
}

// right returns the indexes of the right options.
func (k *keyRules) right(row reader.Row) (right []int, reason, hint string) {
	marked := false
	for i, o := range row.Options {
		marked = marked || o.Mark != reader.Unmarked
		if o.Mark == reader.Right {
			right = append(right, i)
		}
	}
	if marked && len(right) == 0 {
		return nil, "no option is marked as the right answer", ""
	}
	if marked {
		return right, "", ""
	}
	if right := starred(row); right >= 0 {
		return []int{right}, "", ""
	}
	if len(row.Correct) == 0 && len(row.Answers) > 0 {
		row.Correct = row.Answers[:1]
	}
	if len(row.Correct) == 0 || strings.TrimSpace(strings.Join(row.Correct, "")) == "" {
		return nil, "which of the options is the right answer is not said",
			"name the column that tells with --correct, or the right and the wrong ones with --answer and --wrong"
	}
	for _, t := range tokens(row) {
		i, reason, hint := k.option(row, t)
		if reason != "" {
			return nil, reason, hint
		}
		if !slices.Contains(right, i) {
			right = append(right, i)
		}
	}
	return right, "", ""
}

var rightMark = reader.Pattern(func() string {
	return `^\s*(?:[*✓✔√☑✅]|\[[xX]\]|\(\*\))\s*(\S.*)$|^(.*\S)\s*(?:[*✓✔√☑✅]|\[[xX]\]|\(\*\)|[(（](?i:` + reader.OneOf("right-marks") + `)[)）])\s*$`
})

// starred finds the one option with a mark, where nothing else tells which one is right, and takes
// the mark off.
func starred(row reader.Row) int {
	at := -1
	if len(row.Options) < 2 || len(row.Correct)+len(row.Answers) > 0 {
		return -1
	}
	for i, o := range row.Options {
		if rightMark().MatchString(o.Text) {
			if at >= 0 {
				return -1
			}
			at = i
		}
	}
	if at >= 0 {
		m := rightMark().FindStringSubmatch(row.Options[at].Text)
		row.Options[at].Text = m[1] + m[2]
	}
	return at
}

// option finds the option that a text, letter, number or name points at.
func (k *keyRules) option(row reader.Row, t string) (at int, reason, hint string) {
	text := byText(row, t)
	if i := max(byKey(row, t), ordinal(row, t)); i >= 0 && (text < 0 || text == i) {
		return i, "", ""
	}
	if v, err := strconv.Atoi(digits(t)); err == nil && (row.Index || text < 0 || !k.text) {
		return k.numbered(row, t, v, text)
	}
	if text >= 0 && !k.letter {
		return text, "", ""
	}
	if i := max(byName(row, t), byLabelAndText(row, t)); i >= 0 {
		return i, "", ""
	}
	if i, ok := reader.Label(t); ok {
		if i < len(row.Options) {
			return i, "", ""
		}
		return 0, fmt.Sprintf("there is no option %s: the row has %d options", t, len(row.Options)), ""
	}
	if text >= 0 {
		return text, "", ""
	}
	return 0, fmt.Sprintf("the answer %q is none of the options", show(t)), ""
}

// numbered finds the option that a number counts to, or has for its text.
func (k *keyRules) numbered(row reader.Row, t string, v, text int) (at int, reason, hint string) {
	if k.base == reader.UnknownBase && !k.both {
		if text >= 0 && k.text {
			return text, "", ""
		}
		const reason = "which option the number %d means, and so which answer is right, cannot be told: it may count from 0 or from 1"
		return 0, fmt.Sprintf(reason, v), "say --first 0 or --first 1"
	}
	if k.both {
		if v < 1 || v > len(row.Options) || text == v-1 && v < 1 {
			return text, "", ""
		}
		if text != v-1 {
			return 0, fmt.Sprintf("whether %d is the right answer or the number of the right option cannot be told", v),
				"say --first 0 or --first 1 if it counts, or put the text of the answer there"
		}
		return text, "", ""
	}
	i := v
	if k.base == reader.FromOne {
		i--
	}
	if i < 0 || i >= len(row.Options) {
		if text >= 0 && !row.Index {
			return text, "", ""
		}
		return 0, fmt.Sprintf("there is no option %s: the row has %d options, counted from %d", t, len(row.Options), int(k.base)-1), ""
	}
	return i, "", ""
}

var between = reader.Pattern(func() string { return `\s*[,;|&/\n،、，；]\s*|\s+` + reader.OneOf("and-words") + `\s+` })

// tokens returns what Correct points with: all of it, or its parts where each could be a pointer.
func tokens(row reader.Row) []string {
	if len(row.Correct) != 1 {
		return row.Correct
	}
	cell := strings.TrimSpace(row.Correct[0])
	if byText(row, cell) >= 0 || byName(row, cell) >= 0 {
		return []string{cell}
	}
	parts := slices.DeleteFunc(between().Split(cell, -1), func(s string) bool { return s == "" })
	if len(parts) < 2 {
		return []string{cell}
	}
	for _, p := range parts {
		_, label := reader.Label(p)
		if _, err := strconv.Atoi(digits(p)); err != nil && !label && byText(row, p) < 0 && byName(row, p) < 0 {
			return []string{cell}
		}
	}
	return parts
}

// digits returns a number without what people put around it: 2), (2), 2번, #2, 2.0.
func digits(s string) string {
	s = norm.NFKC.String(strings.TrimSpace(s))
	s = withoutCounter(strings.Trim(s, "().#: "))
	return strings.TrimSuffix(s, ".0")
}

func withoutCounter(s string) string {
	for _, w := range reader.Words("after-number") {
		s = strings.TrimSuffix(s, w)
	}
	return s
}

// byKey finds an option by the number that stands before it in the file.
func byKey(row reader.Row, t string) int {
	t = digits(t)
	for i, o := range row.Options {
		if o.Key && o.Name != "" && digits(o.Name) == t {
			return i
		}
	}
	return -1
}

var ordinals = reader.Pattern(func() string {
	return `^(?:([①-⑩])|\(?([1-9])\s*` + reader.OneOf("ordinal-endings") + `\)?|` + reader.OneOf("ordinal-begins") + `\s*(\pL|[1-9])\s*` + reader.OneOf("ordinal-counters") + `?)$`
})

// ordinal finds an option by a number that always counts from 1: ②, 2번, 2nd.
func ordinal(row reader.Row, t string) int {
	if n, err := strconv.Atoi(reader.OrdinalWords()[foldText(t)]); err == nil && n <= len(row.Options) {
		return n - 1
	}
	m := ordinals().FindStringSubmatch(strings.TrimSpace(t))
	if m == nil {
		return -1
	}
	s := norm.NFKC.String(m[1] + m[2] + m[3])
	n, err := strconv.Atoi(s)
	if err != nil {
		n, _ = strconv.Atoi(reader.Numbers()[s]) // 0 is no option
	}
	if n < 1 || n > len(row.Options) {
		return -1
	}
	return n - 1
}

func byText(row reader.Row, t string) int {
	t = foldText(t)
	for i, o := range row.Options {
		if foldText(o.Text) == t {
			return i
		}
	}
	return -1
}

var pointer = reader.Pattern(func() string { return `^(?i:` + reader.OneOf("option-names") + `)[ _#-]*([0-9a-z]+)$` })

// byName finds an option by the name of its column or key, such as option_b or B.
func byName(row reader.Row, t string) int {
	t = strings.Trim(foldText(t), "().: ")
	short := t
	if m := pointer().FindStringSubmatch(t); m != nil {
		short = m[1]
	}
	for i, o := range row.Options {
		name := strings.Trim(foldText(o.Name), "().: ")
		if name == "" {
			continue
		}
		if _, err := strconv.Atoi(t); err == nil { // a bare number is judged by the whole file
			continue
		}
		if name == t || name == short {
			return i
		}
	}
	if short != t {
		if n, err := strconv.Atoi(short); err == nil && n >= 1 && n <= len(row.Options) && row.Options[n-1].Name == "" {
			return n - 1
		}
		if n, ok := reader.Label(short); ok && n < len(row.Options) {
			return n
		}
	}
	return -1
}

var labelled = reader.Pattern(func() string {
	return `^\s*[(（]?([A-Ha-h]|[1-9]|` + reader.LineLabels(6) + `|[①-⑩])\s*[.)）．、:]\s*(\S.*)$`
})

// byLabelAndText finds the option that a label and its text point at together: "B) Paris". It is none where
// the text is that of another option.
func byLabelAndText(row reader.Row, t string) int {
	m := labelled().FindStringSubmatch(t)
	if m == nil {
		return -1
	}
	at := byText(row, m[2])
	if n, ok := labelAt(m[1]); !ok || n != at {
		return -1
	}
	return at
}

// stripLabels takes labels such as "A) " off options if all of them are labelled in order.
func stripLabels(row *reader.Row) {
	texts, labels := make([]string, len(row.Options)), make([]string, len(row.Options))
	for i, o := range row.Options {
		m := labelled().FindStringSubmatch(o.Text)
		if m == nil {
			return
		}
		n, isLetter := reader.Label(m[1])
		if v, err := strconv.Atoi(norm.NFKC.String(m[1])); err == nil {
			n, isLetter = v-1, true
		}
		if !isLetter || n != i {
			return
		}
		texts[i], labels[i] = m[2], m[1]
	}
	if len(texts) < 2 {
		return
	}
	nameByNumber(row, labels)
	for i := range row.Options {
		if byText(*row, strings.Join(row.Correct, "")) == i {
			row.Correct = []string{texts[i]}
			break
		}
	}
	for i := range row.Options {
		row.Options[i].Text = texts[i]
	}
	if len(row.Correct) == 1 { // "B) Paris" points as "Paris" does
		if m := labelled().FindStringSubmatch(row.Correct[0]); m != nil && byLabelAndText(*row, row.Correct[0]) >= 0 {
			row.Correct[0] = m[2]
		}
	}
	row.Changes = append(row.Changes, "the letters before the options are taken off")
}

// nameByNumber gives options the numbers that stand before them in the file, so that a number points at
// the option that bears it.
func nameByNumber(row *reader.Row, labels []string) {
	for i, l := range labels {
		if _, err := strconv.Atoi(l); err == nil && row.Options[i].Name == "" {
			row.Options[i].Name, row.Options[i].Key = l, true
		}
	}
}

// foldText brings a text into the form in which texts are compared.
func foldText(s string) string {
	return strings.ToLower(tidy(norm.NFC.String(s)))
}

// show shortens a text for a message.
func show(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:59]) + "…"
	}
	return s
}
