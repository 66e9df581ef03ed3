package content

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"summitquiz/content/language"
)

// What the words of a card's question say about its answer. The lists hold the commonest ways
// of asking; where none is found the question says nothing.

var (
	// countWords ask how many there are: a bare 1200 is then no year.
	countWords = [language.Count][]string{
		language.English: {"how many", "how much"},
		language.Arabic:  {"كم عدد", "ما عدد", "كم يبلغ"},
		language.Korean:  {"몇 개", "몇 명", "몇 마리", "몇 권", "몇 대", "몇 미터", "몇 킬로", "얼마나", "얼마입니까", "수는"},
		language.Chinese: {"多少个", "多少人", "多少米", "多少公里", "几个", "几只", "几名", "有多少"},
	}
	// yearWords ask for a year: a full date then answers more than was asked.
	yearWords = [language.Count][]string{
		language.English: {"which year", "what year"},
		language.Arabic:  {"أي عام", "أي سنة", "أيّ عام", "أيّ سنة"},
		language.Korean:  {"몇 년에", "몇 년도", "어느 해", "무슨 해"},
		language.Chinese: {"哪一年", "哪年", "什么年份", "何年"},
	}
	// openWords begin a question that wants more than yes or no. Those of Korean and Chinese
	// stand anywhere in it.
	openWords = [language.Count][]string{
		language.English: {"what", "which", "who", "whom", "whose", "when", "where", "why", "how"},
		language.Arabic:  {"ما", "ماذا", "من", "متى", "أين", "كيف", "كم", "أي", "أيّ", "أية", "لماذا", "لم", "بم", "مم"},
		language.Korean:  {"무엇", "무슨", "어느", "어떤", "어떻게", "누구", "누가", "언제", "어디", "왜", "몇", "얼마"},
		language.Chinese: {"什么", "哪", "谁", "何时", "怎么", "怎样", "多少", "几", "为什么"},
	}
)

// amongWords speak of options: a question that has one is not to be asked without them.
var amongWords = [language.Count][]*regexp.Regexp{
	language.English: {
		regexp.MustCompile(`\b(which|what|who|one|all|none|two|any)\b[^.?!]*\b(of|among|from|in|between) (these|the following|those below|the options)\b`),
		regexp.MustCompile(`\b(which|what|who)\b[^.?!]*\b(the following|these) (is|are|was|were|has|have|can|does|do|did|would)\b`),
		regexp.MustCompile(`\b(which|what) (answer|option|statement|choice|of the above|of the below)s?\b`),
	},
	language.Arabic: {regexp.MustCompile(
		`مما يلي|ممّا يلي|مما يأتي|ممّا يأتي|فيما يلي|من التالي|من الآتي|من هذه|من هؤلاء|الخيارات`)},
	language.Korean: {regexp.MustCompile(
		`다음 중|다음 가운데|다음 보기|보기 중|보기에서|다음에서|이 중|이 가운데|아래 중|다음 \S+ 중`)},
	language.Chinese: {regexp.MustCompile(`下列|以下|下面哪|下面的|下面选项|这些[^。？]*中|其中哪|上述`)},
}

// amongHints are in every English question that amongWords finds; they are looked for first, as
// they are found faster.
var amongHints = []string{
	"these", "the following", "those below", "the options", "answer", "option", "statement", "choice", "of the above", "of the below",
}

// AsksAmong reports whether a question in language c speaks of options to choose from, as
// "Which of these is a bird?" does.
func AsksAmong(c language.Code, question string) bool {
	question = strings.ToLower(question)
	if c == language.English && !slices.ContainsFunc(amongHints, func(hint string) bool { return strings.Contains(question, hint) }) {
		return false
	}
	return slices.ContainsFunc(amongWords[c], func(r *regexp.Regexp) bool { return r.MatchString(question) })
}

func asksCount(question language.Text) bool { return mentions(question, &countWords) }

func asksYear(question language.Text) bool { return mentions(question, &yearWords) }

func mentions(question language.Text, words *[language.Count][]string) bool {
	for c, text := range question {
		text = strings.ToLower(text)
		for _, w := range words[c] {
			if text != "" && strings.Contains(text, w) {
				return true
			}
		}
	}
	return false
}

// asksOpenly reports whether a question wants more than yes or no: it has a question word near
// its beginning, in Korean and Chinese anywhere.
func asksOpenly(question language.Text) bool {
	for c, text := range question {
		if text == "" {
			continue
		}
		switch language.Code(c) {
		case language.Korean, language.Chinese:
			if !strings.HasSuffix(text, "?") && !strings.HasSuffix(text, "？") && !strings.HasSuffix(text, "까") {
				continue
			}
			for _, w := range openWords[c] {
				if strings.Contains(text, w) {
					return true
				}
			}
		default:
			words := strings.FieldsFunc(strings.ToLower(text), func(u rune) bool { return !unicode.IsLetter(u) && !unicode.IsMark(u) })
			for i, w := range words[:min(len(words), 3)] {
				for _, open := range openWords[c] {
					if w == open && (i == 0 || language.Code(c) == language.English) {
						return true
					}
				}
			}
		}
	}
	return false
}

// isSentence reports whether a text is long enough to be judged: one word alone is a name or a
// piece of vocabulary.
func isSentence(text string) bool {
	text = strings.TrimSpace(text)
	for _, u := range text {
		if unicode.In(u, unicode.Han, unicode.Hangul) {
			return language.Letters(text) >= 4
		}
	}
	return strings.ContainsAny(text, " \t\n")
}
