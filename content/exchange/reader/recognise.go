package reader

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var (
	giftBlock = regexp.MustCompile(`(?s)\{\s*(=|~|#-?\d|#=|T\s*[}#]|F\s*[}#]|TRUE\s*[}#]|FALSE\s*[}#])`)
	giftStart = regexp.MustCompile(`(?m)^(::[^:\n]+::|\$CATEGORY:)`)
	circleOpt = regexp.MustCompile(`(?m)^\s*[①-⑩]\s*\S`)
	aikenOpt  = regexp.MustCompile(`(?m)^\s*[*✓✔]?\s*[A-Ja-j][.)．、]\s*\S`)
	markedOpt = regexp.MustCompile(`(?mi)^\s*([*✓✔]\s*[A-J][.)]\s*\S|[A-J][.)].*(\*|✓|✔|\(correct\))\s*$)`)
	moodleXML = regexp.MustCompile(`^\s*(<\?xml[^>]*\?>\s*)?(<!--[\s\S]*?-->\s*)*<(quiz|question)[\s>]`)
	jsonWord  = regexp.MustCompile(`^(null|true|false)\b`)
	ankiHead  = regexp.MustCompile(`(?i)^#(separator|html|columns|notetype|deck|tags|guid|notetype column|deck column|tags column|guid column):`)
	redEntry  = regexp.MustCompile(`(?m)^[^\s#\-"'\[{][^\n]*:[ \t]*\n([ \t]*#[^\n]*\n)*[ \t]*- |^(["'])[^\n]+["']:[ \t]*\n[ \t]*- |^[^\s#\-,;\t][^\n,;\t]*: \[[^\n]*\][ \t]*$`)
)

// The keys of Aiken and of examinations with circled numbers.
var (
	aikenKey  = Pattern(func() string { return `(?mi)^\s*` + OneOf("aiken-labels") + `\s*[:：]\s*[A-Ja-j]\s*(?:PTS:.*)?$` })
	circleKey = Pattern(func() string {
		return `(?mi)^\s*` + OneOf("aiken-labels") + `\s*[:：]\s*(?:[①-⑩]|[1-9]\s*` + OneOf("after-number") + `?)\s*$`
	})
)

// recognise finds the format of a text by its content. The name of the file decides nothing, as
// most files are named .txt or .csv whatever they hold.
func (f *File) recognise(text string, opt Options) error {
	if opt.Format != "" {
		f.Why = "as --from says"
		return f.open(opt.Format, text, opt)
	}
	text = withoutScript(text)
	if opt.Separator != "" || opt.RowSeparator != "" {
		f.Why = "as --separator says"
		return f.open(Quizlet, text, opt)
	}
	format, why := formatOf(text)
	if format == "" {
		return refuse("its format is not recognised: it is no table, list of questions, JSON, GIFT, XML, Red or Anki file; %s",
			"name the format with --from or the separator with --separator")
	}
	f.Why = why
	return f.open(format, text, opt)
}

// recognised is how much of a text decides its format.
const recognised = 1 << 18

// script is what stands before JSON in a file of JavaScript or Python.
var script = regexp.MustCompile(`^\s*(?:(?://|#)[^\n]*\n\s*|/\*[\s\S]*?\*/\s*)*(?:(?:export\s+default|module\.exports\s*=|(?:(?:export\s+)?(?:var|let|const)\s+)?\w+\s*=)\s*)?`)

// withoutScript blanks what stands before JSON, so that lines keep their numbers.
func withoutScript(text string) string {
	m := script.FindString(text[:min(len(text), 1<<14)])
	rest := text[len(m):]
	if strings.TrimSpace(m) == "" || !isJSON(rest) || rest[0] == '[' && !strings.HasPrefix(strings.TrimLeft(rest[1:], " \n\t"), "{") {
		return text
	}
	return strings.Repeat("\n", strings.Count(m, "\n")) + strings.TrimRight(rest, "; \n\t")
}

func formatOf(text string) (Format, string) {
	if len(text) > recognised {
		text = text[:recognised]
		if i := strings.LastIndexByte(text, '\n'); i > 0 {
			text = text[:i+1]
		}
	}
	start := strings.TrimLeft(text, " \t\n")
	if f, why := structured(text, start); f != "" {
		return f, why
	}
	if _, _, ok := excelSeparator(text); ok {
		return Table, "the first line names the separator"
	}
	shape, isTable := bestShape(text)
	if isTable && shape.header {
		return Table, "a line names the columns, which are separated by " + shape.title
	}
	lines := sampleLines(text)
	if f, why := markedLines(text, lines, isTable); f != "" {
		return f, why
	}
	if f, why := pairs(text, lines, shape, isTable); f != "" {
		return f, why
	}
	if isTable {
		return Table, "its lines have the same number of cells, separated by " + shape.title
	}
	if cell, end := alternating(text); cell == "\n" && strings.Trim(end, "\n") == "" {
		return Quizlet, "each question stands on a line and its answer on the next"
	}
	return "", ""
}

// markedLines recognises lists whose lines bear marks of their format.
func markedLines(text string, lines []string, isTable bool) (Format, string) {
	switch {
	case isYAMLList(text):
		return JSON, "it is YAML with a list of questions"
	case giftStart.MatchString(text) && strings.Contains(text, "{"), giftBlock.MatchString(text) && !isTable:
		return GIFT, "it has answers in braces as GIFT has them"
	case aikenKey().MatchString(text) && aikenOpt.MatchString(text):
		return Aiken, "it has lettered options and lines with the right letter"
	case len(aikenOpt.FindAllString(text, 4)) > 1 && markedOpt.MatchString(text):
		return Aiken, "it has lettered options of which the right ones bear a mark"
	case answersInside(lines) && !isTable:
		return Labelled, "each line has a question and behind a label its answer"
	case countLabelled(lines) >= 1:
		return Labelled, "its lines are labelled as questions and answers"
	case circleKey().MatchString(text) && circleOpt.MatchString(text):
		return Aiken, "it has numbered options and lines with the number of the right one"
	case backticked(lines), starred(lines) && !manyCells(lines):
		return TriviaBot, "its lines have a mark between the question and its answers"
	}
	return "", ""
}

// pairs recognises lists of a question or term and what belongs to it.
func pairs(text string, lines []string, s shape, isTable bool) (Format, string) {
	cell, _ := alternating(text)
	if cell != "" && (len(lines) <= 2 && !isTable || isTable && len(lines) == 1) {
		return Quizlet, "two separators take turns"
	}
	red := len(redEntry.FindAllString(text, 3))
	if red >= 2 || red == 1 && !isTable {
		return Red, "it is YAML with questions for keys"
	}
	if sep := listSeparator(lines); sep != "" && (!isTable || s.share < 0.9 && share(lines, sep) > s.share) {
		return Quizlet, "its lines have " + strconv.Quote(sep) + " between two parts"
	}
	if asked(lines) && !isTable {
		return Labelled, "its lines have an answer behind a question mark"
	}
	return "", ""
}

// structured recognises what begins in a way of its own.
func structured(text, start string) (Format, string) {
	switch {
	case isJSON(start):
		if isLines(start) {
			return JSON, "each line is a JSON object"
		}
		return JSON, "it is JSON"
	case moodleXML.MatchString(text[:min(len(text), 1<<16)]):
		return Moodle, "it is XML with a quiz"
	case ankiHead.MatchString(start):
		return AnkiText, "it begins with the header of an Anki export"
	case strings.HasPrefix(start, "#Q ") || strings.Contains(text, "\n#Q "):
		return OpenQA, "its questions begin with #Q"
	}
	return "", ""
}

// isJSON reports whether a text begins as JSON does and not as a question in brackets.
func isJSON(start string) bool {
	if start == "" || start[0] != '{' && start[0] != '[' {
		return false
	}
	next := strings.TrimLeft(start[1:], " \t\n")
	if next == "" {
		return true
	}
	if start[0] == '{' {
		return next[0] == '"' || next[0] == '}'
	}
	return strings.ContainsRune(`{["]-0123456789`, rune(next[0])) || jsonWord.MatchString(next)
}

// isLines reports whether JSON objects stand one a line.
func isLines(start string) bool {
	first, rest, more := strings.Cut(start, "\n")
	first = strings.TrimSpace(first)
	if !more || first == "" || first[0] != '{' {
		return false
	}
	end, err := jsonText(first).skip(0)
	return err == nil && end == len(first) && strings.TrimSpace(rest) != ""
}

// sampleLines returns the first lines that are not empty.
func sampleLines(text string) []string {
	var out []string
	for s := range strings.Lines(text) {
		if s = strings.TrimRight(s, "\n"); strings.TrimSpace(s) != "" {
			out = append(out, s[:min(len(s), 2000)])
		}
		if len(out) == sampleRecords {
			break
		}
	}
	return out
}

// manyCells reports whether lines have three cells or more, all as many: a table whose right options
// bear a star.
func manyCells(lines []string) bool {
	for _, sep := range []string{"\t", ";", ",", "|"} {
		n := strings.Count(lines[0], sep)
		if n >= 2 && !slices.ContainsFunc(lines, func(l string) bool { return strings.Count(l, sep) != n }) {
			return true
		}
	}
	return false
}

// starred recognises lists of IRC bots: question*answer*other answer.
func starred(lines []string) bool {
	n := 0
	for _, l := range lines {
		if q, a, ok := strings.Cut(strings.TrimSpace(l), "*"); ok && len(q) > 5 && a != "" && !strings.HasSuffix(q, " ") && strings.Contains(q, " ") {
			n++
		}
	}
	return n >= 2 && 10*n >= 9*len(lines)
}

func share(lines []string, sep string) float64 {
	n := 0
	for _, l := range lines {
		if strings.Contains(strings.TrimSpace(l), sep) {
			n++
		}
	}
	return float64(n) / float64(max(len(lines), 1))
}

// backticked reports whether most lines have a backtick between a question and its answers, as
// those of a TriviaBot have. In Markdown words stand between two.
func backticked(lines []string) bool {
	n := 0
	for _, l := range lines {
		l = strings.TrimSpace(l)
		if i := strings.Index(l, "`"); i > 0 && i < len(l)-1 && l[len(l)-1] != '`' && l[i+1] != ' ' {
			n++
		}
	}
	return 3*n >= 2*len(lines) && n > 0
}

// open reads a text in a format.
func (f *File) open(format Format, text string, opt Options) error {
	switch format {
	case JSON, OpenTDB, Kotoba:
		start := strings.TrimLeft(text, " \t\n")
		if isYAMLList(text) {
			plain, err := yamlToJSON(text)
			if err != nil {
				return err
			}
			return f.openJSON(plain, opt)
		}
		if !isJSON(start) {
			if format == Kotoba { // the spreadsheet of a deck
				return f.open(Table, text, opt)
			}
			return refuse("it is no JSON: leave --from out to have it recognised")
		}
		if isLines(start) {
			return f.openJSONLines(text, opt)
		}
		return f.openJSON(text, opt)
	case Table:
		d := dialect{sep: opt.Separator, title: strconv.Quote(opt.Separator)}
		if opt.Separator == "" {
			s, ok := bestShape(text)
			d = s.dialect
			if _, _, marked := excelSeparator(text); !ok && !marked {
				if only, isOne := oneColumn(text); isOne {
					return refuse("the rows have one cell only (such as %s): the separator was not recognised; name it with --separator", strconv.Quote(only))
				}
				d = dialects[1]
			}
		}
		return f.openTable(text, d, opt)
	case Moodle:
		return f.openMoodle(text)
	case GIFT:
		return f.openGIFT(text, opt)
	case AnkiText:
		return f.openAnki(text, opt)
	case Red:
		return f.openRed(text)
	case OpenQA:
		return f.openQA(text)
	case Labelled:
		return f.openLabelled(text)
	case Aiken:
		return f.openAiken(text)
	case TriviaBot:
		return f.openTrivia(text)
	case Quizlet:
		return f.openQuizlet(text, opt)
	}
	return refuse("there is no format %q: use one of %s", format, Formats)
}

func oneColumn(text string) (string, bool) {
	lines := sampleLines(text)
	if len(lines) == 0 || slices.ContainsFunc(lines, func(l string) bool { return strings.ContainsAny(l, "\t,;|") }) {
		return "", false
	}
	return lines[0][:min(len(lines[0]), 40)], true
}
