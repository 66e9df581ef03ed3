package grade

import (
	"strings"
	"sync"

	"summitquiz/content/language"
)

// Words for yes and no, and words that say neither.
const (
	yesWords = "yes|y|yep|yeah|yea|yup|true|t|correct|right|sure|of course|indeed|absolutely|definitely|certainly|affirmative|it is|it was|it did|he did|she did|they did|aye|ok|" +
		"نعم|أيوه|أيوة|ايوا|أجل|بلى|صح|صحيح|هذا صحيح|أكيد|طبعا|بالطبع|بالتأكيد|تماما|حقا|إي|اي|آه|" +
		"예|네|넵|넹|녜|응|어|그래|그래요|그렇습니다|그렇다|그럼요|맞아|맞아요|맞습니다|맞음|맞다|맞네요|ㅇㅇ|ㅇ|옳다|옳습니다|옳아요|참|참입니다|사실|사실입니다|당연|물론|물론입니다|" +
		"是|是的|对|对的|没错|正确|真|真的|嗯|恩|当然|确实|的确|有|是啊|对啊|对呀|没有错|不错"
	noWords = "no|n|nope|nah|nay|false|f|incorrect|wrong|untrue|not true|not correct|not right|never|not at all|no way|it isn't|it is not|it wasn't|it was not|it didn't|he didn't|he did not|isn't|negative|" +
		"لا|كلا|لأ|خطأ|خاطئ|خاطئة|غلط|غير صحيح|غير صحيحة|ليس صحيحا|ليس كذلك|ليست صحيحة|مش صحيح|مو صحيح|أبدا|مطلقا|لم يحدث|" +
		"아니|아니요|아니오|아뇨|아닙니다|아니에요|아니예요|아니야|아님|아닌데요|노|틀려|틀려요|틀렸어요|틀렸습니다|틀립니다|틀림|틀렸다|거짓|거짓입니다|ㄴㄴ|ㄴ|맞지 않아요|맞지 않습니다|맞지 않음|안 맞아요|그렇지 않아요|그렇지 않습니다|그렇지 않다|사실이 아닙니다|사실 아님|" +
		"不|不是|不是的|否|不对|错|错的|错了|错误|不正确|没|没有|假|假的|非|并不是|并非|不是真的|才不是"
	eitherWords = "and|or|but|well|hmm|the|is|that|that's|it's|i think|i think so|so|very|much|و|أو|على ما أعتقد|입니다|요|이요|이에요|예요|그|것|과|와|또는|吧|啊|呀|了|的|和|或|我觉得|我认为|答案是|应该|应该是"
)

// polarity of a word.
type polarity uint8

const (
	says polarity = 1 << iota
	denies
	neither
)

var polarWords = sync.OnceValue(func() map[string]polarity {
	m := map[string]polarity{}
	for bars, p := range map[string]polarity{yesWords: says, noWords: denies, eitherWords: neither} {
		for s := range strings.SplitSeq(bars, "|") {
			if c := language.Compact(language.Normalise(s)); c != "" && m[c]&(says|denies) == 0 {
				m[c] = p
			}
		}
	}
	return m
})

// polar grades an answer to a question for yes or no. The whole answer has to be such words:
// neither «I do not know» nor «not true» may be taken by its beginning.
func (k *Key) polar(s string) Verdict {
	if s == "" {
		return Verdict{Wrong, NoAnswer}
	}
	said, ok := polaritiesOf(language.Compact(s))
	switch {
	case !ok && noAnswer(s):
		return Verdict{Wrong, NoAnswer}
	case !ok || said&(says|denies) == 0:
		return Verdict{Wrong, Unread}
	case said&says != 0 && said&denies != 0:
		return Verdict{Wrong, SeveralAnswers}
	case (said&says != 0) == k.yes:
		return Verdict{Right, Matched}
	}
	return Verdict{Wrong, Opposite}
}

// polaritiesOf cuts a compact text into known words, as few as possible, and returns what they
// say together.
func polaritiesOf(s string) (polarity, bool) {
	words := polarWords()
	type best struct {
		words int
		said  polarity
	}
	reach := make([]best, len(s)+1)
	reach[0].words = 1
	for i := range s {
		if reach[i].words == 0 {
			continue
		}
		for j := i + 1; j <= len(s) && j-i <= 48; j++ {
			p, ok := words[s[i:j]]
			if ok && (reach[j].words == 0 || reach[j].words > reach[i].words+1) {
				reach[j] = best{reach[i].words + 1, reach[i].said | p}
			}
		}
	}
	end := reach[len(s)]
	return end.said, end.words > 0
}
