package language

import "testing"

// BenchmarkAppend writes one sentence of each language with a name, a count and a term.
func BenchmarkAppend(b *testing.B) {
	for c, src := range [Count]string{
		Arabic:  "وقعت {who} {n, plural, one {مذكرة} two {مذكرتين} few {# مذكرات} many {# مذكرة} other {# مذكرة}} لمدة {term}",
		English: "{who} signed {n, plural, one {# memorandum} other {# memoranda}} for {term}.",
		Korean:  "{who}{은/는} 기한이 {term}인 양해각서 {n}건을 체결했습니다.",
		Chinese: "{who}签署了{n}份为期{term}的备忘录。",
	} {
		m, err := Compile(Code(c), src, []string{"who", "n", "term"})
		if err != nil {
			b.Fatal(err)
		}
		args := []Arg{{Text: "중국"}, numberArg(7, ""), numberArg(5, "year")}
		b.Run(Code(c).String(), func(b *testing.B) {
			b.ReportAllocs()
			var dst []byte
			for b.Loop() {
				dst = m.Append(dst[:0], args, Style{})
			}
		})
	}
}

func BenchmarkFormFor(b *testing.B) {
	amounts := []Amount{amountOf(489, 8, "USD"), amountOf(389, 8, "USD"), amountOf(589, 8, "USD"), amountOf(700, 8, "USD")}
	b.ReportAllocs()
	for b.Loop() {
		for _, c := range All() {
			if _, ok := FormFor(c, amounts); !ok {
				b.Fatal("no form")
			}
		}
	}
}

func BenchmarkCompile(b *testing.B) {
	names := []string{"who", "n"}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Compile(English, "{who} signed {n, plural, one {# memorandum} other {# memoranda}}.", names); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkContains(b *testing.B) {
	for b.Loop() {
		Contains(English, "In which city was the summit between Lee Jae-myung and Xi Jinping held?", "Gyeongju")
	}
}
