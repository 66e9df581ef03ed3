package bottest

import (
	"fmt"
	"strings"
	"testing"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// lakes is a small pack in two languages, with as many cards as asked for.
func lakes(version string, cards int) *bot.File {
	var b strings.Builder
	fmt.Fprintf(&b, "pack: lakes\nversion: %s\nlanguages: [en, ko]\ntitle: {en: Lakes, ko: 호수}\ncards:\n", version)
	for n := range cards {
		fmt.Fprintf(&b, "  - {ask: {en: \"What is lake number %d called?\", ko: \"%d번 호수의 이름은?\"}, answer: {en: Lake %c%c, ko: 호수 %c%c}}\n", n+1, n+1, 'A'+rune(n), 'a'+rune(n), '가'+rune(28*n), '나'+rune(28*n))
	}
	return &bot.File{Name: "lakes.yaml", Type: "application/yaml", Data: []byte(b.String())}
}

// load sends a pack and publishes it.
func load(t *testing.T, root Actor, f *bot.File) {
	t.Helper()
	told(t, root, "Answer: ", func() { root.Command("pack load", nil, f) })
	told(t, root, "Play it with /quiz pack:lakes", func() { root.Click("Publish") })
}

// packs is about loading packs and going back.
func packs(t *testing.T, open func(*testing.T) Stage) {
	each(t, open, []scene{
		{"a file becomes a pack that is played at once, and a game keeps its version", func(t *testing.T, s Stage) {
			ada, root := s.Enter(t, "Ada", en, false), s.Enter(t, "Root", en, true)
			load(t, root, lakes("1.0.0", 6))
			m := begin(t, s, ada, en, options{"pack": "lakes", "questions": "2"})
			game, err := s.Store().Session(t.Context(), m.id)
			if err != nil {
				t.Fatal(err)
			}
			load(t, root, lakes("1.1.0", 7))
			m.question(ada, 0)
			m.solve(ada, 0)
			m.reveal(ada, 0, true)
			if after, err := s.Store().Session(t.Context(), m.id); err != nil || after.Hash != game.Hash {
				t.Errorf("the running game went to another version, %v", err)
			}
			root.Command("pack versions", options{"pack": "lakes"}, nil)
			Await(t, root, "the versions", Shows("1.0.0", "1.1.0", "in use"))
			told(t, root, says(en, phrase.RolledBack, phrase.Name("pack", "lakes"), phrase.Name("version", "1.0.0")), command(root, "pack rollback", options{"pack": "lakes", "version": "1.0.0"}))
			told(t, root, "There is no version 7.", command(root, "pack rollback", options{"pack": "lakes", "version": "7"}))
			rows, err := s.Store().Audits(t.Context(), 0, 20)
			if err != nil {
				t.Fatal(err)
			}
			own, err := s.Store().Audits(t.Context(), game.Space, 20)
			if err != nil {
				t.Fatal(err)
			}
			seen := map[string]int{}
			for _, a := range append(rows, own...) {
				if strings.Contains(a.Detail, "lakes") {
					seen[a.Action]++
				}
			}
			told(t, root, says(en, phrase.RolledBack, phrase.Name("pack", "lakes"), phrase.Name("version", "1.1.0")), func() {
				root.Command("pack versions", options{"pack": "lakes"}, nil)
				back := ""
				Await(t, root, "a button that rolls back", func(c Card) bool {
					for _, label := range c.Buttons {
						if strings.HasSuffix(language.StripIsolates(label), " 1.1.0") {
							back = label
						}
					}
					return back != ""
				})
				root.Click(back)
			})
			if seen["pack-load"] != 2 || seen["pack-rollback"] != 1 {
				t.Errorf("the audit has %v, want two loads and a rollback", seen)
			}
		}},
		{"a file with problems changes nothing and is told where", func(t *testing.T, s Stage) {
			root := s.Enter(t, "Root", en, true)
			bad := lakes("1.0.0", 3)
			bad.Data = []byte(strings.Replace(string(bad.Data), "answer", "anser", 1))
			told(t, root, "lakes.yaml:6:", func() { root.Command("pack load", nil, bad) })
			told(t, root, says(en, phrase.NoPack, phrase.Name("pack", "lakes")), command(root, "quiz", options{"pack": "lakes"}))
			picture := &bot.File{Name: "lakes.png", Type: "image/png", Data: []byte("\x89PNG\r\n\x00\xff")}
			told(t, root, says(en, phrase.FileNoText, phrase.Name("file", "lakes.png")), func() { root.Command("pack load", nil, picture) })
			told(t, root, says(en, phrase.FileMissing), command(root, "pack load", nil))
		}},
		{"what is discarded is gone", func(t *testing.T, s Stage) {
			root := s.Enter(t, "Root", en, true)
			root.Command("pack load", nil, lakes("1.0.0", 3))
			Await(t, root, "the report", Shows(says(en, phrase.DraftSamples)))
			told(t, root, says(en, phrase.PackDiscarded), func() { root.Click("Discard") })
			told(t, root, says(en, phrase.NoPack, phrase.Name("pack", "lakes")), command(root, "quiz", options{"pack": "lakes"}))
		}},
		{"players load nothing", func(t *testing.T, s Stage) {
			ada := s.Enter(t, "Ada", language.Arabic, false)
			told(t, ada, says(language.Arabic, phrase.AdminsOnly), func() { ada.Command("pack load", nil, lakes("1.0.0", 3)) })
		}},
		{"a pack is switched off and on", func(t *testing.T, s Stage) {
			ada, root := s.Enter(t, "Ada", en, false), s.Enter(t, "Root", en, true)
			told(t, root, says(en, phrase.PackWentOff, phrase.Name("pack", summit)), command(root, "pack disable", options{"pack": summit}))
			told(t, ada, says(en, phrase.NoPack, phrase.Name("pack", summit)), command(ada, "quiz", options{"pack": summit}))
			root.Command("pack list", nil, nil)
			Await(t, root, "the list", Shows(summit, says(en, phrase.PackIsOff)))
			told(t, root, says(en, phrase.PackWentOn, phrase.Name("pack", summit)), command(root, "pack enable", options{"pack": summit}))
			begin(t, s, ada, en, options{"pack": summit, "questions": "1"})
		}},
		{"a pack is not played in a language that it lacks", func(t *testing.T, s Stage) {
			root := s.Enter(t, "Root", en, true)
			load(t, root, lakes("1.0.0", 6))
			told(t, root, says(en, phrase.NoPackLanguage, phrase.Text("pack", "Lakes"), phrase.List("languages", "English", "한국어")), command(root, "quiz", options{"pack": "lakes", "language": "zh"}))
		}},
		{"a pack with fewer questions than asked for says so", func(t *testing.T, s Stage) {
			root := s.Enter(t, "Root", en, true)
			load(t, root, lakes("1.0.0", 3))
			m := begin(t, s, root, en, options{"pack": "lakes", "questions": "50"})
			Await(t, root, "the start card", Shows(says(en, phrase.StartShort, phrase.Count("wanted", 50))))
			if m.total() > 6 {
				t.Errorf("three facts make %d questions", m.total())
			}
			root.Command("stop", nil, nil)
			told(t, root, says(en, phrase.NoQuestions), command(root, "quiz", options{"pack": "lakes", "kind": "date"}))
		}},
		{"questions are listed with how they do", func(t *testing.T, s Stage) {
			root := s.Enter(t, "Root", en, true)
			told(t, root, says(en, phrase.ItemsEmpty), command(root, "pack items", options{"pack": summit}))
			won(t, s, root, options{"pack": summit, "questions": "1", "kind": "choice"})
			told(t, root, "1 of 1 right (100 per cent)", command(root, "pack items", options{"pack": summit}))
		}},
	})
}
