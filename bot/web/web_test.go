package web_test

import (
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/account"
	"summitquiz/bot/bottest"
	"summitquiz/bot/phrase"
	"summitquiz/bot/play"
	"summitquiz/bot/store/postgres"
	"summitquiz/bot/store/postgres/postgrestest"
	"summitquiz/bot/web"
	"summitquiz/content/language"
)

// TestAnswersStayPrivate plays a question of two people in two languages: what one is told goes
// to nobody else and is in their own language.
func TestAnswersStayPrivate(t *testing.T) {
	s := newTestServer(t, loose)
	ada, ben := s.Enter(t, "Ada", language.English, false), s.Enter(t, "Ben", language.Korean, false)
	ada.Command("quiz", map[string]string{"pack": "gyeongju-summit-2025", "questions": "2", "kind": "choice"}, nil)
	bottest.Await(t, ben, "the start card", bottest.Shows("Ada"))
	s.Clock().Advance(5 * time.Second)
	c := bottest.Await(t, ben, "the question", func(c bottest.Card) bool { return len(c.Options) > 0 })
	bottest.Opened(t, s.store, 0)
	ben.Click(c.Options[0])
	bottest.Await(t, ben, "the private answer", func(c bottest.Card) bool { return c.Private && strings.Contains(c.Text, "저장했습니다") })
	for _, c := range ada.Screen() {
		if c.Private {
			t.Errorf("Ada sees what only Ben was told: %s", c.Text)
		}
	}
}

// TestNamesAreText comes in with names that would be markup, or would disturb their
// surroundings.
func TestNamesAreText(t *testing.T) {
	s := newTestServer(t, loose)
	for _, tc := range []struct{ name, shown string }{
		{`<script>alert(1)</script>`, "<script>alert(1)</script>"},
		{`"><img src=x onerror=alert(1)>`, `"><img src=x onerror=alert(1)>`},
		{"Eve\u202Efdp.exe\u0000\n", "Evefdp.exe"},
		{"ليلى", "ليلى"},
		{strings.Repeat("a", 200), strings.Repeat("a", 47) + "…"},
	} {
		b := s.Enter(t, tc.name, language.English, false).(*browser)
		b.lobby = "lobby"
		_, page := b.get("/")
		if strings.Contains(page, "<script>alert") || strings.Contains(page, "<img src=x") {
			t.Errorf("the name %q stands in the page as markup", tc.name)
		}
		b.meets(tc.shown)
	}
	b := s.browser(t)
	if status, page := b.post("/enter", url.Values{"name": {" \u200f\n "}, "lang": {"ko"}}); status != http.StatusUnprocessableEntity ||
		!strings.Contains(page, phrase.Say(language.Korean, phrase.WebNameMissing)) {
		t.Errorf("an empty name got %d %s", status, page)
	}
}

// TestForgedCookiesAreNobody sends cookies that this server did not sign.
func TestForgedCookiesAreNobody(t *testing.T) {
	s := newTestServer(t, loose)
	ada := s.Enter(t, "Ada", language.English, false).(*browser)
	at, err := url.Parse(s.server.URL)
	if err != nil {
		t.Fatal(err)
	}
	valid := ada.client.Jar.Cookies(at)[0]
	for _, value := range []string{"", "x", ".", "x.y", valid.Value + "x", "x" + valid.Value, strings.Split(valid.Value, ".")[0] + "."} {
		req, err := http.NewRequest("POST", s.server.URL+"/l/lobby/do", strings.NewReader(`{"id":"input-0001","line":"/help"}`))
		if err != nil {
			t.Fatal(err)
		}
		req.AddCookie(&http.Cookie{Name: valid.Name, Value: value})
		r, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		if status, _ := ada.read(r); status != http.StatusUnauthorized {
			t.Errorf("the cookie %q got %d", value, status)
		}
	}
}

// TestOtherSitesCannotAct sends what a page of another site could make a browser send.
func TestOtherSitesCannotAct(t *testing.T) {
	s := newTestServer(t, loose)
	ada := s.Enter(t, "Ada", language.English, false).(*browser)
	for _, header := range []http.Header{{"Sec-Fetch-Site": {"cross-site"}}, {"Sec-Fetch-Site": {"same-site"}}, {"Origin": {"https://evil.example"}}} {
		for _, path := range []string{"/l/lobby/do", "/enter", "/owner"} {
			req, err := http.NewRequest("POST", s.server.URL+path, strings.NewReader(`{"id":"input-0001","line":"/quiz"}`))
			if err != nil {
				t.Fatal(err)
			}
			req.Header = header.Clone()
			r, err := ada.client.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			if status, text := ada.read(r); status != http.StatusForbidden || !strings.Contains(text, "another site") {
				t.Errorf("POST %s with %v got %d %s", path, header, status, text)
			}
		}
	}
	if games, err := s.store.Live(t.Context(), play.Kind); err != nil || len(games) != 0 {
		t.Errorf("%d games run, %v", len(games), err)
	}
}

// TestPagesLoadNothingFromElsewhere reads every page's policy and what it refers to.
func TestPagesLoadNothingFromElsewhere(t *testing.T) {
	s := newTestServer(t, loose)
	ada := s.Enter(t, "Ada", language.Arabic, false).(*browser)
	stranger := s.browser(t)
	for _, path := range []string{"/", "/l/friends", "/owner?t=x", "/nothing"} {
		for _, b := range []*browser{ada, stranger} {
			r, err := b.client.Get(s.server.URL + path)
			if err != nil {
				t.Fatal(err)
			}
			policy := r.Header.Get("Content-Security-Policy")
			_, page := b.read(r)
			if !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") || strings.Contains(policy, "http") {
				t.Errorf("%s has the policy %q", path, policy)
			}
			for _, m := range regexp.MustCompile(`(?:src|href|action)="([^"]*)"`).FindAllStringSubmatch(page, -1) {
				if !strings.HasPrefix(m[1], "/") && !strings.HasPrefix(m[1], "#") {
					t.Errorf("%s refers to %q", path, m[1])
				}
			}
			if strings.Contains(page, " style=") || strings.Contains(page, "onclick") {
				t.Errorf("%s has inline style or script, which its policy forbids", path)
			}
		}
	}
	if _, page := ada.get("/"); !strings.Contains(page, `<html lang="ar" dir="rtl">`) {
		t.Error("an Arabic page does not run from right to left")
	}
	for _, name := range []string{"room.js", "room.css", "icon.svg"} {
		if status, _ := ada.get("/static/" + name); status != http.StatusOK {
			t.Errorf("%s got %d", name, status)
		}
	}
	for _, path := range []string{"/static/", "/static/../web.go", "/static/pages", "/l/UPPER", "/l/a/b", "/l/" + strings.Repeat("a", 40)} {
		if status, _ := ada.get(path); status != http.StatusNotFound {
			t.Errorf("%s got %d", path, status)
		}
	}
}

// TestBadDeedsAreRefusedInWords sends what no page of ours sends.
func TestBadDeedsAreRefusedInWords(t *testing.T) {
	s := newTestServer(t, loose)
	ada := s.Enter(t, "Ada", language.Chinese, false).(*browser)
	for _, tc := range []struct {
		body   string
		status int
		says   phrase.ID
	}{
		{"", http.StatusBadRequest, phrase.WebUnreadable},
		{"[]", http.StatusBadRequest, phrase.WebUnreadable},
		{`{"id":"x"}`, http.StatusBadRequest, phrase.WebUnreadable},
		{`{"id":"../../../../"}`, http.StatusBadRequest, phrase.WebUnreadable},
		{`{"id":"input-0001","file":{"data":"!!"}}`, http.StatusBadRequest, phrase.WebUnreadable},
		{`{"id":"input-0001","line":"` + strings.Repeat("a", 8<<20) + `"}`, http.StatusRequestEntityTooLarge, phrase.WebTooLarge},
		{`{"id":"input-0002","press":{"action":"v1.a.1-2-3.forged","slot":"game/1/question/0"}}`, http.StatusOK, phrase.ButtonOver},
		{`{"id":"input-0003","line":"` + strings.Repeat("字", 10000) + `"}`, http.StatusOK, phrase.NoGame},
	} {
		r, err := ada.client.Post(s.server.URL+"/l/lobby/do", "application/json", strings.NewReader(tc.body))
		if err != nil {
			t.Fatal(err)
		}
		status, text := ada.read(r)
		if want := phrase.Say(language.Chinese, tc.says); status != tc.status || !strings.Contains(text, want) {
			t.Errorf("%.60s got %d %s, want %d %s", tc.body, status, text, tc.status, want)
		}
	}
}

// TestStrangersHaveAnAllowance sends more than one address may, and more pages than a lobby and
// a person may have.
func TestStrangersHaveAnAllowance(t *testing.T) {
	t.Run("rate", func(t *testing.T) {
		s := newTestServer(t, web.Bounds{Rate: 0.001, Burst: 3})
		b := s.browser(t)
		for n := range 5 {
			status, text := b.get("/")
			if want := n >= 3; (status == http.StatusTooManyRequests) != want {
				t.Errorf("request %d got %d %s", n, status, text)
			}
		}
	})
	t.Run("places", func(t *testing.T) {
		s := newTestServer(t, web.Bounds{Rate: 1e6, Burst: 1e6, Members: 3, Tabs: 2, Lobbies: 1})
		ada := s.Enter(t, "Ada", language.English, false).(*browser)
		ben := s.Enter(t, "Ben", language.English, false).(*browser)
		ada.listen()
		for _, path := range []string{"/l/lobby/live", "/l/other/live"} { // one bound for all lobbies
			if status, text := ada.get(path); status != http.StatusTooManyRequests || !strings.Contains(text, "Too many pages are open") {
				t.Errorf("a third page of Ada at %s got %d %s", path, status, text)
			}
		}
		if status, text := ben.get("/l/lobby/live"); status != http.StatusServiceUnavailable || !strings.Contains(text, "full") {
			t.Errorf("a fourth page of the lobby got %d %s", status, text)
		}
		if status, text := ben.get("/l/other/live"); status != http.StatusServiceUnavailable || !strings.Contains(text, "taken") {
			t.Errorf("a second lobby got %d %s", status, text)
		}
	})
	t.Run("pages of an address", func(t *testing.T) {
		s := newTestServer(t, web.Bounds{Rate: 1e6, Burst: 1e6, Streams: 2})
		s.Enter(t, "Ada", language.English, false)
		ben := s.Enter(t, "Ben", language.English, false).(*browser)
		if status, text := ben.get("/l/other/live"); status != http.StatusTooManyRequests {
			t.Errorf("a third page of the address got %d %s", status, text)
		}
	})
}

// TestAnAddressMakesFewLobbies holds that looking at a lobby makes none, and that new ones are counted.
func TestAnAddressMakesFewLobbies(t *testing.T) {
	s := newTestServer(t, web.Bounds{Rate: 1e6, Burst: 1e6, Made: 3})
	ada := s.Enter(t, "Ada", language.English, false).(*browser)
	for n := range 4 { // the main lobby was the first
		lobby := fmt.Sprint("new-", n)
		if status, text := ada.get("/l/" + lobby); status != http.StatusOK {
			t.Errorf("looking at a lobby got %d %s", status, text)
		}
		_, chat, _, err := s.Store().Look(t.Context(), bot.Place{Platform: "web", Space: lobby, Chat: lobby}, bot.Person{})
		if err != nil || chat.ID != 0 {
			t.Errorf("looking at a lobby made it: %v, %v", chat, err)
		}
		r, err := ada.client.Post(s.server.URL+"/l/"+lobby+"/do", "application/json", strings.NewReader(fmt.Sprintf(`{"id":"input-%04d","line":"/help"}`, n)))
		if err != nil {
			t.Fatal(err)
		}
		if status, text := ada.read(r); (status == http.StatusOK) != (n < 2) || n >= 2 && !strings.Contains(text, "new lobbies") {
			t.Errorf("new lobby %d got %d %s", n, status, text)
		}
	}
}

// TestLargeBodiesAreForThoseWhoMayLoadPacks has bodies announced that never come.
func TestLargeBodiesAreForThoseWhoMayLoadPacks(t *testing.T) {
	s := newTestServer(t, web.Bounds{Rate: 1e6, Burst: 1e6, Uploads: 1})
	ada, root := s.Enter(t, "Ada", language.English, false).(*browser), s.Enter(t, "Root", language.English, true).(*browser)
	stalled := func(b *browser) (io.Closer, *http.Response) { // names a large body and sends none of it
		body, wait := io.Pipe()
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.server.URL+"/l/lobby/do", body)
		if err != nil {
			t.Fatal(err)
		}
		req.ContentLength = 5 << 20
		got := make(chan *http.Response, 1)
		go func() {
			if r, err := b.client.Do(req); err == nil {
				got <- r
			}
			close(got)
		}()
		select {
		case r := <-got:
			return wait, r
		case <-time.After(500 * time.Millisecond):
			return wait, nil
		}
	}
	end, r := stalled(ada)
	defer end.Close()
	if r == nil || r.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("a large body of somebody who may not load packs got %v", r)
	}
	end, r = stalled(root)
	if r != nil {
		t.Errorf("a body that does not come got %v", r.Status)
	}
	other, r := stalled(root)
	defer other.Close()
	if r == nil || r.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("a second large body got %v", r)
	}
	end.Close()
	if status, text := ada.get("/"); status != http.StatusOK {
		t.Errorf("meanwhile a page got %d %s", status, text)
	}
}

// TestAnInputThatIsSentAgainGetsTheSameReply holds that a page which lost the connection is told what it
// would have been told.
func TestAnInputThatIsSentAgainGetsTheSameReply(t *testing.T) {
	s := newTestServer(t, loose)
	ada := s.Enter(t, "Ada", language.English, false).(*browser)
	first := ada.send(map[string]any{"line": "/help"})
	again := ada.do(ada.last)
	if len(first.Posts) != 1 || len(again.Posts) != 1 || first.Posts[0].HTML != again.Posts[0].HTML {
		t.Errorf("sent again it got %v, want %v", again, first)
	}
}

// TestALinkMakesOneOwner uses a link to ownership twice, late and forged.
func TestALinkMakesOneOwner(t *testing.T) {
	s := newTestServer(t, loose)
	open := func(name, token string) string {
		b := s.browser(t)
		_, page := b.post("/owner", url.Values{"name": {name}, "lang": {"en"}, "token": {token}})
		return page
	}
	link := account.OwnerAction(key, 7, began)
	if page := open("Ada", link); !strings.Contains(page, phrase.Say(language.English, phrase.OwnerNow)) {
		t.Errorf("the first use got %s", page)
	}
	root := s.browser(t)
	spent := account.OwnerAction(key, 10, began)
	for _, token := range []string{account.OwnerAction(key, 11, began), spent, spent} { // an owner uses links up too
		if _, page := root.post("/owner", url.Values{"name": {"Root"}, "lang": {"en"}, "token": {token}}); !strings.Contains(page, phrase.Say(language.English, phrase.OwnerNow)) {
			t.Errorf("an owner's link got %s", page)
		}
	}
	for what, token := range map[string]string{"second": link, "spent": spent, "old": account.OwnerAction(key, 8, began.Add(-2*time.Hour))} {
		if page := open("Eve", token); !strings.Contains(page, phrase.Say(language.English, phrase.OwnerLinkOver)) {
			t.Errorf("the %s link got %s", what, page)
		}
	}
	if page := open("Eve", account.OwnerAction([]byte("another key"), 9, began)); !strings.Contains(page, phrase.Say(language.English, phrase.ButtonOver)) {
		t.Errorf("a forged link got %s", page)
	}
}

// TestTheMenuOffersWhatIsAllowed reads the commands that a page knows, and suggestions.
func TestTheMenuOffersWhatIsAllowed(t *testing.T) {
	s := newTestServer(t, loose)
	ada, owner := s.Enter(t, "Ada", language.English, false).(*browser), s.Enter(t, "Root", language.English, true).(*browser)
	if _, page := ada.get("/"); !strings.Contains(page, `"name":"quiz"`) || strings.Contains(page, `"name":"pack load"`) {
		t.Error("the menu of a player lacks /quiz or offers /pack load")
	}
	if _, page := owner.get("/"); !strings.Contains(page, `"name":"pack load"`) {
		t.Error("the menu of an owner lacks /pack load")
	}
	if _, list := ada.get("/l/lobby/suggest?command=quiz&option=pack&typed=gyeong"); !strings.Contains(list, `"value":"gyeongju-summit-2025"`) {
		t.Errorf("suggested for gyeong: %s", list)
	}
}

// said finds the phrases that pages name.
var said = regexp.MustCompile(`\.Say "([a-z0-9-]+)"`)

// TestPagesSayPhrasesThatExist holds that each phrase a page names exists and that none of the
// room's own is left over.
func TestPagesSayPhrasesThatExist(t *testing.T) {
	used := map[phrase.ID]bool{phrase.WebForeign: true, phrase.WebTooFast: true, phrase.WebEnterFirst: true, phrase.WebFull: true, phrase.WebBusy: true,
		phrase.WebTabs: true, phrase.WebLobbies: true, phrase.WebLoginsEnded: true,
		phrase.WebTooLarge: true, phrase.WebUnreadable: true, phrase.WebNotFound: true, phrase.WebNameMissing: true, phrase.WebPicks: true,
		phrase.WebYouChose: true, phrase.WebYouTyped: true, phrase.WebYouRight: true, phrase.WebYouWrong: true}
	files, err := filepath.Glob("pages/*.html")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d pages, %v", len(files), err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range said.FindAllStringSubmatch(string(text), -1) {
			used[phrase.ID(m[1])] = true
			if !phrase.Has(language.English, phrase.ID(m[1])) {
				t.Errorf("%s says %s, which is no phrase", name, m[1])
			}
		}
	}
	for _, id := range phrase.IDs("web-") {
		if !used[id] {
			t.Errorf("no page says %s", id)
		}
	}
}

// TestSuite plays everything through pages and events.
func TestSuite(t *testing.T) {
	bottest.Suite(t, func(t *testing.T) bottest.Stage { return newTestServer(t, loose) })
}

var whole = flag.Bool("whole", false, "TestSuiteOnAServer plays everything, not only some parts of the suite")

// TestSuiteOnAServer plays on three processes that share a database of a PostgreSQL server. Each request
// goes to one of them at random.
func TestSuiteOnAServer(t *testing.T) {
	parts := []string{"control", "restart", "evening"}
	if *whole {
		parts = nil
	}
	bottest.Suite(t, func(t *testing.T) bottest.Stage {
		open := postgrestest.Shared(t, postgres.Migrate, postgres.Open, postgres.Options{Connections: 4})
		return serveOn(t, loose, open(), open(), open())
	}, parts...)
}
