package language_test

import (
	"fmt"

	"summitquiz/content/language"
)

func ExampleCompile() {
	names := []string{"who", "where", "n"}
	args := func(who, where string) []language.Arg {
		return []language.Arg{{Text: who}, {Text: where}, {Kind: language.Number, Amount: language.Amount{Number: language.Whole(7)}}}
	}
	plain := language.Style{Plain: true}
	en, _ := language.Compile(language.English, "{who} signed {n, plural, one {# memorandum} other {# memoranda}} in {where}.", names)
	ko, _ := language.Compile(language.Korean, "{who}{은/는} {where}에서 양해각서 {n}건을 체결했습니다.", names)
	ar, _ := language.Compile(language.Arabic, "وقعت {who} {n, plural, one {مذكرة} two {مذكرتين} few {# مذكرات} other {# مذكرة}} في {where}.", names)
	zh, _ := language.Compile(language.Chinese, "{who}在{where}签署了{n}份备忘录。", names)
	fmt.Println(string(en.Append(nil, args("South Korea", "Gyeongju"), plain)))
	fmt.Println(string(ko.Append(nil, args("한국", "경주"), plain)))
	fmt.Println(string(ar.Append(nil, args("كوريا الجنوبية", "كيونغجو"), plain)))
	fmt.Println(string(zh.Append(nil, args("韩国", "庆州"), plain)))
	// Output:
	// South Korea signed 7 memoranda in Gyeongju.
	// 한국은 경주에서 양해각서 7건을 체결했습니다.
	// وقعت كوريا الجنوبية 7 مذكرات في كيونغجو.
	// 韩国在庆州签署了7份备忘录。
}

func ExampleCompile_mistake() {
	_, err := language.Compile(language.English, "It was held in {plase}.", []string{"place", "year"})
	fmt.Println(err)
	// Output: unknown placeholder "plase" (did you mean place?)
}

func ExampleAppendAmount() {
	swap := language.Amount{Number: language.Decimal{Coef: 489, Exp: 8}, Unit: language.UnitNamed("USD")}
	for _, c := range language.All() {
		fmt.Println(string(language.AppendAmount(nil, c, swap, nil, language.Style{Plain: true})))
	}
	// Output:
	// 48.9 مليار دولار
	// 48.9 billion dollars
	// 489억 달러
	// 489亿美元
}

func ExampleFormFor() {
	won := language.UnitNamed("KRW")
	options := []language.Amount{
		{Number: language.Decimal{Coef: 70, Exp: 12}, Unit: won},
		{Number: language.Decimal{Coef: 40, Exp: 12}, Unit: won},
		{Number: language.Decimal{Coef: 100, Exp: 12}, Unit: won},
	}
	form, ok := language.FormFor(language.Korean, options)
	fmt.Println(ok)
	for _, a := range options {
		fmt.Println(string(language.AppendAmount(nil, language.Korean, a, &form, language.Style{Plain: true})))
	}
	// Output:
	// true
	// 70조 원
	// 40조 원
	// 100조 원
}

func ExampleContains() {
	fmt.Println(language.Contains(language.Arabic, "زيارة شي للصين", "الصين"))
	fmt.Println(language.Contains(language.Korean, "경주마가 뛰었습니다", "경주"))
	// Output:
	// true
	// false
}

func ExampleQuoted() {
	for _, c := range language.All() {
		fmt.Println(language.Quoted(c, "7"))
	}
	// Output:
	// «7»
	// “7”
	// “7”
	// “7”
}
