package reader

import (
	"fmt"
	"strings"
	"testing"
)

// TestListsOfText holds texts of many hands, each with what it is taken for and its first rows.
func TestListsOfText(t *testing.T) {
	for _, c := range []struct {
		name, text string
		format     Format
		rows       string
	}{
		{"options with a star", "1) What barks?\na) dog *\nb) cat\n\n2) What meows?\na) dog\n*b) cat\n", Aiken, "1 What barks? [] dog! cat | 5 What meows? [] dog cat!"},
		{"labels that are not used", "Category: x\nQuestion: What barks?\nAnswer: #dog#\nLevel: easy\n\nQuestion: What meows?\nAnswer: cat\n", Labelled, "2 What barks? [dog] | 6 What meows? [cat]"},
		{"an answer behind a question mark", "1. What barks? dog\n2. What meows? (cat)\n", Labelled, "1 What barks? [dog] | 2 What meows? [cat]"},
		{"two lines a card", "What barks?\ndog\n\nWhat meows?\ncat\n", Quizlet, "1 What barks? [dog] | 4 What meows? [cat]"},
		{"all on one line", "dog - perro;cat - gato;cow - vaca", Quizlet, "1 dog  [ perro] | 1 cat  [ gato] | 1 cow  [ vaca]"},
		{"a bot of IRC", "What is red*blood\nWhat is blue*sky*the sky\n", TriviaBot, "1 What is red [blood] | 2 What is blue [sky the sky]"},
		{"Korean labels", "문제 1) 짖는 것은?\n① 개\n② 소\n정답: ①\n\n문제 2) 우는 것은?\n① 개\n② 소\n정답: ②\n", Labelled, "1 짖는 것은? [] 개 소 = ① | 6 우는 것은? [] 개 소 = ②"},
		{"Arabic labels", "س: ما عاصمة مصر؟\nج: القاهرة\nس: ما عاصمة قطر؟\nج: الدوحة\n", Labelled, "1 ما عاصمة مصر؟ [القاهرة] | 3 ما عاصمة قطر؟ [الدوحة]"},
		{"Chinese Aiken", "1. 首都是？\nA. 北京\nB. 上海\n答案：A\n", Aiken, "1 首都是？ [] 北京 上海 = A"},
		{"YAML", "- question: What barks?\n  answer: dog\n- question: What meows?\n  answer: cat\n", JSON, "1 What barks? [dog] | 3 What meows? [cat]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			rows, f, err := read([]byte(c.text), Options{})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, r := range rows {
				s := fmt.Sprint(r.Line, " ", r.Question, " ", r.Answers)
				for _, o := range r.Options {
					s += " " + o.Text + map[Mark]string{Right: "!"}[o.Mark]
				}
				if len(r.Correct) > 0 {
					s += " = " + strings.Join(r.Correct, ",")
				}
				got = append(got, s)
			}
			if all := strings.Join(got, " | "); all != c.rows || f.Format != c.format {
				t.Errorf("%s: %s\nwant %s: %s", f.Format, all, c.format, c.rows)
			}
		})
	}
}

// TestColumnsAreKnownByTheirNames holds names of columns in four languages.
func TestColumnsAreKnownByTheirNames(t *testing.T) {
	for name, want := range map[string]header{
		"Question Text": {role: question}, "질문": {role: question}, "السؤال": {role: question}, "题目": {role: question}, "Question - max 120 characters": {role: question},
		"Answer 3\n(Optional)": {role: answer, suffix: "3"}, "wrong_one": {role: wrong, suffix: "1"}, "incorrectAnswer2": {role: wrong, suffix: "2"},
		"보기 1": {role: options, suffix: "1"}, "الخيار 2": {role: options, suffix: "2"}, "选项A": {role: options, suffix: "a"}, "B": {role: options, suffix: "b"},
		"correct_index": {role: correct}, "Correct answer(s) - choose at least one": {role: correct}, "رقم الإجابة الصحيحة": {role: correct}, "正确答案": {role: correct},
		"해설": {role: note}, "Time limit (sec)": {}, "Question #": {role: ident}, "Render as": {},
	} {
		if got := headerOf(name); got != want {
			t.Errorf("headerOf(%q) = %+v, want %+v", name, got, want)
		}
	}
}
