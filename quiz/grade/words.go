package grade

import (
	"slices"
	"strings"
	"sync"

	"summitquiz/content/language"
)

// The words that an answer may carry and that add nothing. Each list is closed: a word that is
// not in it makes another answer.
var (
	// leads stand before any answer.
	leads = "i think|i think it's|i think it is|i believe|i guess|i'd say|maybe|perhaps|probably|it's|its|it is|it was|that's|that is|this is|they are|the answer is|answer|answer is|my answer is|the|a|an|" +
		"well|so|ok|okay|definitely|surely|obviously|certainly|of course|must be|it must be|has to be|it has to be|my guess is|i'd guess|i would say|pretty sure it's|i'm pretty sure it's|i'm sure it's|it's gotta be|" +
		"أكيد|طبعا|بالتأكيد|أعتقد|أعتقد أن|أعتقد أنه|أعتقد أنها|أظن|أظن أنه|ربما|لعله|إنه|إنها|هو|هي|هم|هذا|هذه|كان|كانت|الجواب|الإجابة|الجواب هو|الإجابة هي|أنه|أنها|" +
		"정답은|정답|답은|답|아마|아마도|제 생각에는|제 생각엔|그건|그것은|이건|" +
		"答案是|答案|我觉得是|我觉得|我认为是|我认为|我想是|我想|应该是|应该|可能是|可能|大概是|也许是|是|这是|那是|就是"
	// tails stand after any answer.
	tails = "i think|i guess|i believe|i'm sure|right|please|for sure|definitely|obviously|of course|certainly|no doubt|" +
		"على ما أعتقد|على ما أظن|أكيد|طبعا|بالتأكيد|" +
		"입니다|이었습니다|였습니다|이에요|예요|이예요|에요|이요|요|이야|야|이다|이죠|죠|이지요|지요|임|인 것 같아요|인것같아요|인 것 같습니다|같아요|같습니다|인 듯|인듯|일 거예요|이라고 생각합니다|라고 생각합니다|라고 생각해요|인가요|인데요|이네요|네요|" +
		"吧|啊|呀|了|的|吗|呢"
	// around stand before and after numbers.
	aboutBefore = "about|around|approximately|approx|roughly|nearly|almost|circa|ca|some|exactly|only|just|precisely|a total of|total|total of|in total|in all|for|of|after|every|within|over a period of|worth|the year|year|in|on|at|in the year|ad|ce|" +
		"حوالي|حوالى|نحو|تقريبا|قرابة|زهاء|ما يقارب|ما يقرب من|بالضبط|فقط|مجموع|بمجموع|إجمالي|بقيمة|قيمتها|قيمته|مبلغ|لمدة|مدة|مدتها|مدته|منذ|خلال|على مدى|قبل|بعد|في|في عام|في سنة|عام|سنة|عددها|عدد|" +
		"약|대략|거의|총|모두|전부|정확히|겨우|무려|한|서기|" +
		"约|大约|大概|差不多|将近|近|共|总共|一共|合计|共计|总计|正好|只有|为期|长达|期限|期限为|时隔|相隔|公元|在|于|有|价值|规模|规模为|达"
	aboutAfter = "or so|in total|in all|altogether|total|exactly|approximately|roughly|ad|ce|long|ago|worth|or thereabouts|" +
		"تقريبا|فقط|بالضبط|في المجموع|إجمالا|م|ميلادي|ميلادية|مضت|" +
		"정도|쯤|가량|규모|만|만에|간|동안|전|어치|에|경|" +
		"左右|上下|整|期|的规模|之久|前|后|以来"
	// textBefore and textAfter go with texts, which may name a place or a person.
	textBefore = "in|at|by|from|في|من قبل|在"
	textAfter  = "에서|에"
	// placeBefore and placeAfter go with places.
	placeBefore = "in|at|the city of|city of|the town of|town of|the province of|province of|the country of|from|to|" +
		"في|بمدينة|مدينة|في مدينة|محافظة|مقاطعة|في محافظة|دولة|جمهورية|من|إلى|بلدة|" +
		"도시|도시는|" +
		"在|城市|城市是|位于|于|从"
	placeAfter = "city|town|province|prefecture|" +
		"المدينة|" +
		"에서|에|시|도|군|시에서|" +
		"市|省|县|城|里|这个城市|那里"
	// classBefore and classAfter go with whatever else has a name.
	classBefore = "the company|company|the organization|organization|the organisation|organisation|شركة|منظمة|منتدى|مجموعة|مؤسسة|회사|"
	classAfter  = "forum|organization|organisation|company|corporation|group|회사|기업|그룹|公司|集团|组织|"
	// titleBefore and titleAfter go with persons.
	titleBefore = "president|the president|mr|mr president|mrs|ms|miss|dr|sir|prime minister|premier|chairman|general secretary|secretary general|king|queen|emperor|empress|pope|tsar|tsarina|prince|princess|sultan|pharaoh|first lady|minister|foreign minister|security adviser|national security adviser|adviser|former president|his excellency|leader|by|" +
		"الرئيس|رئيس|السيد|السيدة|فخامة الرئيس|رئيس الوزراء|رئيسة الوزراء|الوزير|وزير|وزير الخارجية|وزيرة|الملك|الملكة|السيدة الأولى|الزعيم|الأمين العام|المستشار|مستشار الأمن القومي|الدكتور|د|من قبل|الرئيس السابق|" +
		"대통령|주석|국가주석|총리|영부인|여사|국가안보실장|장관|외교부 장관|전 대통령|" +
		"总统|主席|国家主席|总理|首相|总书记|第一夫人|夫人|部长|外长|前总统|国家安保室长|室长"
	titleAfter = "president|the president|first lady|" +
		"رئيس|الرئيس|" +
		"대통령|대통령님|대통령께서|국가주석|국가 주석|주석|주석님|총리|총리님|여사|여사님|영부인|국가안보실장|안보실장|실장|장관|님|씨|께서|의|이|가|은|는|" +
		"总统|主席|国家主席|总理|首相|先生|女士|夫人|总书记|阁下|部长|国家安保室长|安保室长|室长|外长"
	// subjects stand before what somebody did.
	subjects = "he|she|they|it|we|i|you|هو|هي|هم|لقد|قد|그는|그가|그녀는|그녀가|그들은|나는|내가|저는|제가|우리는|他|她|它|我|你|他们|她们|我们|人们"
	// denials begin or hold a denial.
	denyWords = "not|isn't|isnt|wasn't|wasnt|aren't|ain't|never|no|neither|nor|except|without|non|cannot|안|못|ليس|ليست|ليسوا|ليسا|لست|غير|لا|لم|لن|ما عدا|إلا|باستثناء|بدون"
	denyParts = "아님|아니|않|말고|제외|빼고|不|非|没|除|未"
	// refusals say that the answer is not known.
	refuseParts = "don't know|dont know|do not know|don't no|no idea|not sure|no clue|dunno|can't remember|cannot remember|don't remember|beats me|i forgot|haven't a clue|" +
		"لا أعرف|لا أدري|لا أعلم|ما أعرف|ما أدري|ماعرف|مش عارف|مش عارفة|لست متأكد|لست أدري|لا علم لي|لا فكرة|نسيت|لا أتذكر|مدري|معرفش|" +
		"모르겠|몰라|모름|모릅니다|모르는데|기억 안|기억이 안|기억안|글쎄|" +
		"不知道|不清楚|不晓得|不确定|不记得|忘了|忘记了|没印象|不会|不懂"
	refuseWhole = "idk|pass|skip|none|n/a|na|nothing|unknown|hmm|help|لا شيء|لا يوجد|تخطي|مجهول|ليس لدي|패스|없음|없어요|없습니다|无|没有|跳过|过|不详"
	// hedges stand between answers.
	hedgeWords = "or|either|versus|vs|between|to|أو|ام|أم|إما|بين|إلى|ثم"
	hedgeParts = "~|/|또는|혹은|아니면|이나 |거나|내지|或|还是|至|到"
	// joinWords stand between answers too, but more often inside a name; all are one word.
	joinWords = "and|und|et|&|+|و"
	joinParts = "와 |과 |하고 |&|和|与|及"
)

// affix is a word that can be taken from the beginning or the end of an answer.
type affix struct {
	text  string
	loose bool // Hangul and Han set no blank before and after it
}

// affixes are the words that one kind of answer may carry: before it by their first byte, and
// after it by their last.
type affixes struct {
	before, after [256][]affix
}

func newAffixes(before, after string) *affixes {
	a := &affixes{}
	for _, x := range parse(before) {
		a.before[x.text[0]] = append(a.before[x.text[0]], x)
	}
	for _, x := range parse(after) {
		last := x.text[len(x.text)-1]
		a.after[last] = append(a.after[last], x)
	}
	return a
}

func parse(bars string) []affix {
	var out []affix
	for s := range strings.SplitSeq(bars, "|") {
		if s = language.Normalise(s); s == "" {
			continue
		}
		out = append(out, affix{s, loose(s)})
	}
	slices.SortStableFunc(out, func(a, b affix) int { return len(b.text) - len(a.text) })
	return out
}

// loose reports whether s ends or begins in a script that runs words together.
func loose(s string) bool {
	for _, r := range s {
		if r >= 0x1100 && r <= 0x11FF || r >= 0x2E80 && r <= 0x9FFF || r >= 0xAC00 && r <= 0xD7A3 {
			return true
		}
	}
	return false
}

var (
	anyAffixes = sync.OnceValue(func() *affixes {
		return newAffixes(leads+"|"+textBefore+"|"+classBefore, tails+"|"+textAfter+"|"+classAfter)
	})
	numberAffixes = sync.OnceValue(func() *affixes { return newAffixes(leads+"|"+aboutBefore, tails+"|"+aboutAfter) })
	placeAffixes  = sync.OnceValue(func() *affixes { return newAffixes(leads+"|"+placeBefore, tails+"|"+placeAfter) })
	personAffixes = sync.OnceValue(func() *affixes {
		return newAffixes(leads+"|"+titleBefore, tails+"|"+titleAfter)
	})
	actionAffixes = sync.OnceValue(func() *affixes {
		return newAffixes(leads+"|"+textBefore+"|"+subjects+"|"+classBefore, tails+"|"+textAfter+"|"+classAfter)
	})
	titleList = sync.OnceValue(func() []affix { return parse(titleBefore + "|" + titleAfter) })
)

// How many ways of taking words away are tried, and up to which length of an answer in bytes.
const (
	maxForms = 48
	maxDress = 400
)

// forms returns a normalised answer and what is left of it when words that add nothing are
// taken away, the fewest taken first.
func (a *affixes) forms(s string, more ...affix) []string {
	out := []string{s}
	for i := 0; i < len(out) && len(out) < maxForms && s != "" && len(s) <= maxDress; i++ {
		for _, list := range [2][]affix{a.before[out[i][0]], more} {
			for _, x := range list {
				if rest, ok := x.cutBefore(out[i]); ok && !slices.Contains(out, rest) {
					out = append(out, rest)
				}
			}
		}
		for _, list := range [2][]affix{a.after[out[i][len(out[i])-1]], more} {
			for _, x := range list {
				if rest, ok := x.cutAfter(out[i]); ok && !slices.Contains(out, rest) {
					out = append(out, rest)
				}
			}
		}
	}
	return out
}

const between = " ,.;:-!?()\"'"

func (x affix) cutBefore(s string) (string, bool) {
	rest, ok := strings.CutPrefix(s, x.text)
	if !ok || rest == "" || !x.loose && strings.IndexByte(between, rest[0]) < 0 {
		return "", false
	}
	rest = strings.TrimLeft(rest, " ,.;:-!?()\"'")
	return rest, rest != ""
}

func (x affix) cutAfter(s string) (string, bool) {
	rest, ok := strings.CutSuffix(s, x.text)
	if !ok || rest == "" || !x.loose && strings.IndexByte(between, rest[len(rest)-1]) < 0 && !closesDigits(rest) {
		return "", false
	}
	rest = strings.TrimRight(rest, " ,.;:-!?()\"'")
	return rest, rest != ""
}

// closesDigits reports whether s ends in a digit: 2025م.
func closesDigits(s string) bool { return s[len(s)-1] >= '0' && s[len(s)-1] <= '9' }
