package web_test

import (
	"context"
	_ "embed"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"summitquiz/bot/account"
	"summitquiz/bot/bottest"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// axe looks for barriers in a page. It is run in pages of these tests alone, under its own
// licence, which stands in the file.
//
//go:embed testdata/axe-4.14.1.min.js
var axe string

// pictures is where screenshots for the README go; "" leaves those alone.
var pictures = flag.String("pictures", "", "folder for the README's screenshots")

// tab is a person at a real browser.
type tab struct {
	t    *testing.T
	ctx  context.Context
	name string
	lang language.Code
}

// chromium starts one browser for a test. On a busy machine it sometimes dies at birth, so it
// has three lives.
func chromium(t *testing.T) context.Context {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.DisableGPU)
	var err error
	for range 3 {
		allocator, cancel := chromedp.NewExecAllocator(context.Background(), options...)
		t.Cleanup(cancel)
		ctx, cancel := chromedp.NewContext(allocator)
		t.Cleanup(cancel)
		if err = chromedp.Do(ctx); err == nil {
			return ctx
		}
	}
	t.Fatalf("Chromium does not start: %v\nInstall it, on Debian with: apt-get install chromium", err)
	return nil
}

// open opens a tab with cookies of its own, in a window of a size.
func open(t *testing.T, ctx context.Context, name string, lang language.Code, width, height int64) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(ctx, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, height), still); err != nil { // the tab lives as long as the context of this call
		t.Fatal(err)
	}
	return &tab{t, ctx, name, lang}
}

// soon bounds what a page may take.
func (b *tab) soon() (context.Context, context.CancelFunc) {
	return context.WithTimeout(b.ctx, 30*time.Second)
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := b.soon()
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.shoot("failed")
		b.t.Fatalf("%s: %v\nthe page reads:\n%s", b.name, err, b.text())
	}
}

// eval returns the value of an expression in the page.
func eval[T any](b *tab, expression string) T {
	b.t.Helper()
	ctx, cancel := b.soon()
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %s: %v", b.name, expression, err)
	}
	return v
}

// until waits for an expression to hold in the page.
func (b *tab) until(what, expression string) {
	b.t.Helper()
	ctx, cancel := b.soon()
	defer cancel()
	if _, err := chromedp.Run(ctx, chromedp.Poll[bool](expression, chromedp.WithPollingInterval(30*time.Millisecond))); err != nil {
		b.shoot("failed")
		b.t.Fatalf("%s waited in vain for %s: %v\nthe page reads:\n%s", b.name, what, err, b.text())
	}
}

// shows waits until the newest post of a kind holds a text.
func (b *tab) shows(kind, text string) {
	b.t.Helper()
	quoted, err := json.Marshal(text)
	if err != nil {
		b.t.Fatal(err)
	}
	b.until(text, fmt.Sprintf(`[...document.querySelectorAll(".post.%s")].at(-1)?.textContent.replace(/[\u2066-\u2069]/g, "").includes(%s) ?? false`,
		kind, quoted))
}

// title is what stands above question n of so many, and label what an option is called, on this
// page.
func (b *tab) title(n, total int) string {
	return language.StripIsolates(phrase.Say(b.lang, phrase.QuestionOf, phrase.Count("number", n+1), phrase.Count("total", total)))
}

func (b *tab) label(option int) string { return language.Labels(b.lang, 4)[option] }

// chose waits until the page says that an answer was taken: by then the question may be over.
func (b *tab) chose(label string) {
	b.t.Helper()
	b.until("the choice of "+label, fmt.Sprintf(`[...document.querySelectorAll(".post.question, .post.reveal")].at(-1)`+
		`?.querySelector(".option.chosen .label")?.textContent === %q`, label))
}

func (b *tab) text() string {
	ctx, cancel := b.soon()
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[string](`document.body.innerText`))
	if err != nil {
		return err.Error()
	}
	return v
}

// comeIn fills in the entrance form as a person would.
func (b *tab) comeIn(url string) {
	b.t.Helper()
	b.do(chromedp.Navigate(url), chromedp.SetValue("#lang", b.lang.String()), chromedp.SendKeys("#name", b.name+"\r"), chromedp.WaitVisible("#line"))
	b.until("the lobby to be live", `document.querySelectorAll("#here li").length > 0`)
}

// another opens the main lobby in one more tab of the same browser.
func (b *tab) another() *tab {
	b.t.Helper()
	ctx, cancel := chromedp.NewContext(b.ctx)
	b.t.Cleanup(cancel)
	more := &tab{b.t, ctx, b.name + " in another tab", b.lang}
	if err := chromedp.Do(ctx, chromedp.Navigate(eval[string](b, "location.href")), chromedp.WaitVisible("#line")); err != nil {
		b.t.Fatal(err)
	}
	return more
}

// line types a line and sends it.
func (b *tab) line(text string) {
	b.t.Helper()
	b.do(chromedp.SendKeys("#line", text+"\r"))
}

// shoot keeps a picture of the whole page among the test's artifacts.
func (b *tab) shoot(name string) {
	b.t.Helper()
	ctx, cancel := b.soon()
	defer cancel()
	picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.t.Logf("no picture of %s: %v", name, err)
		return
	}
	b.keep(filepath.Join(b.t.ArtifactDir(), fmt.Sprintf("%s-%s.png", name, b.lang)), picture)
}

// picture keeps a picture for the README, if that was asked for.
func (b *tab) picture(name string) {
	b.t.Helper()
	if *pictures == "" {
		return
	}
	p, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.t.Fatal(err)
	}
	b.keep(filepath.Join(*pictures, name), p)
}

func (b *tab) keep(path string, data []byte) {
	b.t.Helper()
	if err := os.WriteFile(path, data, 0o644); err != nil {
		b.t.Error(err)
	}
}

// accessible reports what keeps people out of the page as it stands, by axe's rules.
func (b *tab) accessible(where string) {
	b.t.Helper()
	b.do(chromedp.Evaluate[chromedp.Void](axe))
	found := eval[[]string](b, `axe.run().then(r => r.violations.flatMap(v => v.nodes.map(n => `+
		`v.impact + " " + v.id + ": " + v.help + " at " + n.html + " " + (n.any[0]?.message ?? ""))))`)
	for _, f := range found {
		b.t.Errorf("%s of %s: %s", where, b.name, f)
	}
}

// TestTwoPeoplePlayInChromium plays a game of five questions in an Arabic and a Korean browser
// to its end. A third person comes late, and one loads the page anew in mid-question.
func TestTwoPeoplePlayInChromium(t *testing.T) {
	s := newTestServer(t, loose)
	chrome := chromium(t)
	layla := open(t, chrome, "ليلى", language.Arabic, 390, 844)
	minsu := open(t, chrome, "민수", language.Korean, 1200, 900)
	layla.do(chromedp.Navigate(s.server.URL))
	layla.accessible("the entrance")
	layla.comeIn(s.server.URL)
	minsu.comeIn(s.server.URL)
	layla.until("both to be here", `document.querySelectorAll("#here li").length === 2`)
	layla.accessible("the empty lobby")
	if dir := eval[string](layla, `getComputedStyle(document.body).direction`); dir != "rtl" {
		t.Errorf("the Arabic page runs %s", dir)
	}

	// By keyboard alone: a command with the help of the menu.
	layla.do(chromedp.SendKeys("#line", "/qu"))
	layla.until("the menu", `document.querySelector("#menu li")?.textContent.includes("/quiz") ?? false`)
	layla.shoot("menu")
	layla.accessible("the menu")
	layla.do(chromedp.KeyEvent("\t"))
	layla.line("pack:gyeongju-summit-2025 questions:5 kind:choice seconds:20")
	minsu.shows("start", "ليلى")
	layla.shows("start", "ليلى")
	right, _ := bottest.Keys(t, s.store)

	var late *tab
	for n := range 5 {
		s.clock.Advance(5 * time.Second)           // the lead-in, then the gap
		layla.shows("question", layla.title(n, 5)) // each sees the same question in their own language
		minsu.shows("question", minsu.title(n, 5))
		bottest.Opened(t, s.store, n)
		switch n {
		case 0:
			layla.until("the clock to run", `/^0:(1\d|20|2\d|3\d)$/.test([...document.querySelectorAll(".question .clock")].at(-1)?.textContent)`)
			layla.accessible("a question")
			layla.shoot("question")
			minsu.shoot("question")
		case 2:
			late = open(t, chrome, "Ada", language.English, 1000, 800)
			late.comeIn(s.server.URL)
			late.shows("question", late.title(n, 5))
		case 3:
			minsu.do(chromedp.Reload(), chromedp.WaitVisible(".post.question button.option"))
			minsu.shows("question", minsu.title(n, 5))
			minsu.until("the clock to go on", `/^0:/.test([...document.querySelectorAll(".question .clock")].at(-1)?.textContent)`)
		}
		// Layla presses a digit, as nothing has the focus; Minsu clicks an option that is wrong.
		layla.do(chromedp.Evaluate[chromedp.Void](`document.activeElement.blur()`), chromedp.KeyEvent(fmt.Sprint(right[n]+1)))
		layla.chose(layla.label(right[n]))
		wrong := (right[n] + 1) % eval[int](minsu, `[...document.querySelectorAll(".post.question")].at(-1).querySelectorAll("button.option").length`)
		minsu.do(chromedp.Click(fmt.Sprintf(`.post.question:last-child li:nth-child(%d) button.option`, wrong+1)))
		minsu.chose(minsu.label(wrong))
		if n == 2 {
			if told := eval[string](late, `document.querySelector("#note").textContent`); told != "" {
				t.Errorf("Ada was told %q, which is for others", told)
			}
			minsu.shoot("chosen")
		}
		s.clock.Advance(60 * time.Second)
		layla.shows("reveal", layla.title(n, 5))
		minsu.shows("reveal", minsu.title(n, 5))
		minsu.shows("reveal", "ليلى")
		const label = `[...document.querySelectorAll(".post.reveal")].at(-1).querySelector(".option.key .label").textContent`
		if key := eval[string](minsu, label); key != minsu.label(right[n]) {
			t.Errorf("the reveal of question %d marks %s, want %s", n+1, key, minsu.label(right[n]))
		}
		if n == 1 {
			layla.accessible("a reveal")
			layla.shoot("reveal")
			minsu.shoot("reveal")
		}
	}
	for _, b := range []*tab{layla, minsu, late} {
		b.shows("board", "ليلى")
		b.shows("board", "민수")
	}
	layla.accessible("the board")
	layla.shoot("board")
	late.shoot("board")
	for b, line := range map[*tab]string{layla: strings.Repeat("🟩", 5), minsu: strings.Repeat("🟥", 5)} {
		b.do(chromedp.Click(".post.board .buttons button:nth-child(2)"))
		b.shows("private", line)
		b.accessible("what one person is told")
	}
	page, err := s.store.Board(t.Context(), boardHere(t, s))
	if err != nil || len(page.Rows) != 1 || page.Rows[0].Name != "ليلى" || page.Rows[0].Points != 5 {
		t.Errorf("the stored board is %+v, %v", page, err)
	}
	for _, b := range []*tab{layla, minsu} {
		b.do(dark)
		b.accessible("the page by night")
		b.shoot("night")
	}
}

// TestAnOwnerAtWork follows a link to ownership, loads a pack, answers by a form, takes a copy of
// what is kept, sees the server restart, and changes the language.
func TestAnOwnerAtWork(t *testing.T) {
	s := newTestServer(t, loose)
	root := open(t, chromium(t), "Root", language.English, 1000, 800)
	root.do(chromedp.Navigate(s.server.URL+"/owner?t="+account.OwnerAction(key, 1, began)), chromedp.WaitVisible("#name"))
	root.accessible("the owner's entrance")
	root.do(chromedp.SendKeys("#name", "Root\r"), chromedp.WaitVisible("a.button"), chromedp.Click("a.button"), chromedp.WaitVisible("#line"))
	root.until("the lobby to be live", `document.querySelectorAll("#here li").length > 0`)

	seventh := root.another()
	for range 5 {
		seventh = root.another()
	}
	if n := s.streams(); n != 1 {
		t.Errorf("seven tabs of a browser have %d streams, want one for all", n)
	}

	file := filepath.Join(t.TempDir(), "lakes.yaml")
	root.keep(file, []byte("pack: lakes\nlanguages: [en]\ntitle: Lakes\ncards:\n  - {ask: What is the deepest lake?, answer: Baikal}\n"))
	root.do(chromedp.SetUploadFiles("#file", []string{file}))
	root.until("the command to be there", `document.querySelector("#line").value === "/pack load"`)
	root.do(chromedp.SendKeys("#line", "\r"))
	root.shows("private", "Sample questions")
	root.accessible("a report")
	root.do(chromedp.Click(".post.private .button.main"))
	root.shows("private", "Lakes is in use now")

	root.line("/quiz pack:lakes kind:typed")
	root.shows("start", "Root")
	seventh.shows("start", "Root")
	s.clock.Advance(5 * time.Second)
	root.shows("question", "What is the deepest lake?")
	bottest.Opened(t, s.store, 0)
	root.do(chromedp.Click(".post.question .button.main"), chromedp.WaitVisible("dialog input[name=text]"))
	root.accessible("a form")
	root.shoot("form")
	root.do(chromedp.SendKeys("dialog input[name=text]", "Baikal\r"))
	root.until("the answer to be saved", `document.querySelector("#note").textContent.startsWith("Saved.")`)
	s.clock.Advance(2 * time.Minute)
	root.shows("reveal", "Baikal")

	root.line("/privacy action:export")
	root.until("the copy", `[...document.querySelectorAll("a.download")].at(-1)?.href.startsWith("blob:") ?? false`)
	if name := eval[string](root, `[...document.querySelectorAll("a.download")].at(-1).download`); name != "summitquiz-export.json" {
		t.Errorf("the copy is called %q", name)
	}

	s.Restart(t)
	root.until("the page to be back", `document.querySelector("#net").classList.contains("back")`)
	root.line("/language language:ar")
	root.do(chromedp.WaitVisible(`html[lang="ar"][dir="rtl"] #line`)) // the page is loaded anew
	root.until("what she was told", `document.querySelector("#note").textContent.includes("العربية")`)
	root.shoot("arabic")
}

// TestARoomToLookAt plays a question in each language and keeps what the page looks like: the
// pictures of the README, when asked for.
func TestARoomToLookAt(t *testing.T) {
	s := newTestServer(t, loose)
	chrome := chromium(t)
	names := [language.Count][2]string{language.English: {"Ada", "Ben"}, language.Arabic: {"ليلى", "يوسف"}, language.Korean: {"민수", "지우"},
		language.Chinese: {"小明", "李华"}}
	for _, lang := range language.Own() {
		lobby := s.server.URL + "/l/" + lang.String()
		a, b := open(t, chrome, names[lang][0], lang, 1100, 860), open(t, chrome, names[lang][1], lang, 390, 844)
		a.comeIn(lobby)
		b.comeIn(lobby)
		a.line("/quiz pack:gyeongju-summit-2025 questions:5 kind:who-said")
		b.shows("start", names[lang][0])
		right, _ := bottest.Keys(t, s.store)
		s.clock.Advance(5 * time.Second)
		a.shows("question", a.label(right[0]))
		bottest.Opened(t, s.store, 0)
		a.do(chromedp.Click(fmt.Sprintf(`.post.question li:nth-child(%d) button.option`, right[0]+1)))
		a.chose(a.label(right[0]))
		s.clock.Advance(60 * time.Second)
		a.shows("reveal", a.label(right[0]))
		s.clock.Advance(5 * time.Second)
		a.shows("question", a.label(right[1]))
		bottest.Opened(t, s.store, 1)
		b.do(chromedp.Click(fmt.Sprintf(`.post.question li:nth-child(%d) button.option`, right[1]+1)))
		b.chose(a.label(right[1]))
		a.until("the end of the page", `innerHeight + scrollY >= document.documentElement.scrollHeight - 2`)
		for _, p := range []*tab{a, b} {
			p.accessible("the room")
			p.shoot("room")
		}
		if lang == language.English || lang == language.Arabic {
			a.picture("room-" + lang.String() + ".png")
		}
		a.line("/stop")
		a.shows("board", names[lang][1])
	}
}

// TestALongNameFitsAPhone plays as somebody whose name is one word of 48 letters, on the narrowest phone, and
// holds that no page is wider than the screen.
func TestALongNameFitsAPhone(t *testing.T) {
	s := newTestServer(t, loose)
	chrome := chromium(t)
	for lang, letter := range map[language.Code]string{language.English: "W", language.Arabic: "ض"} {
		b := open(t, chrome, strings.Repeat(letter, 48), lang, 320, 568)
		fits := func(where string) {
			t.Helper()
			if wide := eval[int](b, `Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)`); wide > 320 {
				b.shoot("wide")
				t.Errorf("%s, %s: the page is %d pixels wide", lang, where, wide)
			}
		}
		b.do(chromedp.Navigate(s.server.URL))
		fits("the entrance")
		b.comeIn(s.server.URL + "/l/" + lang.String())
		fits("the empty lobby")
		b.do(chromedp.Click(".me summary"))
		fits("the form for another name")
		b.do(chromedp.Click(".me summary"))
		b.line("/quiz pack:gyeongju-summit-2025 questions:1 kind:choice")
		b.shows("start", strings.Repeat(letter, 48))
		fits("the start card")
		s.clock.Advance(5 * time.Second)
		b.until("the question", `document.querySelectorAll(".post.question button.option").length > 0`)
		bottest.Opened(t, s.store, 0)
		fits("a question")
		eval[bool](b, `document.querySelector(".post.question button.option").scrollIntoView({ block: "center" }) ?? true`) // long options reach under the header
		b.do(chromedp.Click(".post.question button.option"))
		b.chose(b.label(0))
		s.clock.Advance(2 * time.Minute)
		b.until("the end", `document.querySelectorAll(".post.board").length > 0`)
		fits("the board")
		b.line("/stats")
		b.until("the statistics", `document.querySelectorAll(".post.private").length > 0`)
		fits("the statistics")
	}
}

// still shows the page to somebody who wants no motion, and dark as at night besides.
var still, dark = media("light"), media("dark")

func media(scheme string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}},
		})
		return err
	})
}
