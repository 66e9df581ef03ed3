package telegramtest_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"summitquiz/bot/telegram/telegramtest"
)

func TestPressesAreAnsweredInTime(t *testing.T) {
	play(t, telegramtest.Options{}, func(c *client) {
		kim := c.f.NewUser("Kim", "ko")
		chat := c.f.Private(kim)
		kim.Start("")
		c.refused("", "sendMessage", "chat_id", id(chat), "text", "a", "reply_markup", `{"inline_keyboard":[[{"text":"Yes","callback_data":"y"}]]}`)
		m := chat.FromBot()[0]
		quick, slow := kim.Click(chat, m, "Yes"), kim.PressOld(chat, m, "forged")
		var queries []string
		for _, u := range c.updates() {
			if u.Query != nil {
				queries = append(queries, fmt.Sprint(u.Query.Data, u.Query.Message.Date > 0))
			}
		}
		if want := []string{"y" + "true", "forged" + "false"}; !slices.Equal(queries, want) {
			t.Errorf("presses %v, want %v", queries, want)
		}
		c.refused("MESSAGE_TOO_LONG", "answerCallbackQuery", "callback_query_id", quick.ID, "text", strings.Repeat("a", 201))
		c.complaints("MESSAGE_TOO_LONG")
		c.refused("URL_INVALID", "answerCallbackQuery", "callback_query_id", quick.ID, "url", "https://t.me/OtherBot?start=a")
		c.complaints("URL_INVALID")
		time.Sleep(15 * time.Second)
		c.refused("", "answerCallbackQuery", "callback_query_id", quick.ID, "text", "Right!", "show_alert", "true")
		<-quick.Done()
		if text, alert := quick.Toast(); text != "Right!" || !alert || quick.Took() != 15*time.Second || !slices.Equal(kim.Toasts(), []string{"Right!"}) {
			t.Errorf("the toast %q %t after %v", text, alert, quick.Took())
		}
		time.Sleep(time.Second)
		c.refused("query is too old and response timeout expired or query ID is invalid", "answerCallbackQuery", "callback_query_id", slow.ID)
		if got := c.f.Unanswered(); got != 1 {
			t.Errorf("%d presses without an answer, want 1", got)
		}
	})
}

func TestRatesAreLimited(t *testing.T) {
	send := func(c *client, chat *telegramtest.Chat) int {
		return c.call("sendMessage", "chat_id", id(chat), "text", "a").Parameters.After
	}
	t.Run("one chat", func(t *testing.T) {
		play(t, telegramtest.Options{}, func(c *client) {
			kim := c.f.NewUser("Kim", "ko")
			kim.Start("")
			for range 6 {
				send(c, c.f.Private(kim))
			}
			if got := send(c, c.f.Private(kim)); got != 3 || c.f.Limited() != 1 {
				t.Errorf("the seventh at once: retry_after %d", got)
			}
			time.Sleep(2 * time.Second)
			if got := send(c, c.f.Private(kim)); got != 1 {
				t.Errorf("before it is over: retry_after %d", got)
			}
			for range 20 {
				time.Sleep(time.Second)
				if got := send(c, c.f.Private(kim)); got != 0 {
					t.Errorf("one a second: retry_after %d", got)
				}
			}
		})
	})
	t.Run("one group", func(t *testing.T) {
		play(t, telegramtest.Options{}, func(c *client) {
			g := c.f.NewGroup("Friends")
			for range 20 {
				if got := send(c, g); got != 0 {
					t.Errorf("one a second: retry_after %d", got)
				}
				time.Sleep(time.Second)
			}
			if got := send(c, g); got != 40 {
				t.Errorf("the 21st in 20 seconds: retry_after %d", got)
			}
		})
	})
	t.Run("everybody", func(t *testing.T) {
		play(t, telegramtest.Options{}, func(c *client) {
			var last *telegramtest.Chat
			for i := range 31 {
				u := c.f.NewUser(fmt.Sprint("User ", i), "en")
				u.Start("")
				last = c.f.Private(u)
				if got := send(c, last); (got != 0) != (i == 30) {
					t.Errorf("message %d: retry_after %d", i, got)
				}
			}
			time.Sleep(5 * time.Second)
			if got := send(c, last); got != 0 {
				t.Errorf("after the pause: retry_after %d", got)
			}
		})
	})
}

func TestFaults(t *testing.T) {
	play(t, telegramtest.Options{Latency: 50 * time.Millisecond}, func(c *client) {
		kim := c.f.NewUser("Kim", "ko")
		kim.Start("")
		chat := c.f.Private(kim)
		for _, row := range []struct {
			name  string
			fault telegramtest.Fault
			sent  bool
			took  time.Duration
		}{
			{"a bad gateway", telegramtest.Status(502), false, 0},
			{"a bad gateway after the effect", telegramtest.Lost(502), true, 0},
			{"a page", telegramtest.Page, false, 0},
			{"an internal error", telegramtest.Internal, false, 0},
			{"a connection that breaks before the effect", telegramtest.DropBefore, false, 0},
			{"a connection that breaks after the effect", telegramtest.Drop, true, 0},
			{"a slow answer", telegramtest.Late(30 * time.Second), true, 30 * time.Second},
			{"a slow start", telegramtest.Slow(40 * time.Second), true, 40 * time.Second},
			{"words of Telegram's", telegramtest.Refuse(403, "bot was blocked by the user"), false, 0},
			{"a limit", telegramtest.Limit(7 * time.Second), false, 0},
		} {
			before, began := len(chat.FromBot()), time.Now()
			c.f.Fail(1, "sendMessage", row.fault)
			a, err := c.try("sendMessage", "chat_id", id(chat), "text", row.name)
			if good := err == nil && a.OK; good != (row.took > 0) {
				t.Errorf("%s: %+v, %v", row.name, a, err)
			}
			if sent := len(chat.FromBot()) > before; sent != row.sent {
				t.Errorf("%s: sent = %t", row.name, sent)
			}
			if took := time.Since(began); took != row.took+50*time.Millisecond {
				t.Errorf("%s took %v", row.name, took)
			}
			time.Sleep(5 * time.Second)
		}
		if a := c.call("sendMessage", "chat_id", id(chat), "text", "too early"); a.Parameters.After != 2 || c.f.Limited() != 1 {
			t.Errorf("a message before retry_after is over: %+v", a)
		}
		c.f.Down(true)
		c.http.CloseIdleConnections()
		if _, err := c.try("getMe"); err == nil {
			t.Error("a network that is down answers")
		}
	})
}

func TestFiles(t *testing.T) {
	play(t, telegramtest.Options{}, func(c *client) {
		kim := c.f.NewUser("Kim", "ko")
		chat := c.f.Private(kim)
		kim.Start("")
		fetch := func(m telegramtest.Message) (string, int) {
			var u struct {
				Message struct {
					Document struct {
						ID string `json:"file_id"`
					}
				}
			}
			raw := c.f.Updates()
			var file struct {
				Path string `json:"file_path"`
			}
			a := answer{}
			if err := json.Unmarshal(raw[len(raw)-1], &u); err == nil {
				a = c.call("getFile", "file_id", u.Message.Document.ID)
			}
			if !a.OK {
				return a.Description, a.Code
			}
			if err := json.Unmarshal(a.Result, &file); err != nil {
				t.Fatal(err)
			}
			res, err := c.http.Get(c.f.URL + "/file/bot" + c.f.Token + "/" + file.Path)
			if err != nil {
				t.Fatal(err)
			}
			defer res.Body.Close()
			data, err := io.ReadAll(res.Body)
			if err != nil {
				t.Fatal(err)
			}
			return string(data), res.StatusCode
		}
		if got, code := fetch(kim.SendFile(chat, telegramtest.File{Name: "lakes.yaml", Type: "application/yaml", Data: []byte("pack")},
			"/load")); got != "pack" || code != 200 {
			t.Errorf("the file holds %q, %d", got, code)
		}
		if got, _ := fetch(kim.SendFile(chat, telegramtest.File{Name: "film.mp4", Size: 20<<20 + 1}, "")); got != "Bad Request: file is too big" {
			t.Errorf("a large file: %q", got)
		}
		var body bytes.Buffer
		form := multipart.NewWriter(&body)
		for _, err := range []error{form.WriteField("chat_id", id(chat)), form.WriteField("caption", "<i>three</i> errors"),
			form.WriteField("parse_mode", "HTML")} {
			if err != nil {
				t.Fatal(err)
			}
		}
		part, err := form.CreateFormFile("document", "errors.txt")
		if err == nil {
			_, err = io.WriteString(part, "line 1")
		}
		if err == nil {
			err = form.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
		res, err := c.http.Post(c.f.URL+"/bot"+c.f.Token+"/sendDocument", form.FormDataContentType(), &body)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if m := chat.FromBot()[0]; m.File == nil || m.File.Name != "errors.txt" || string(m.File.Data) != "line 1" || m.Text != "three errors" {
			t.Errorf("the document: %+v", m)
		}
	})
}

func TestMenus(t *testing.T) {
	play(t, telegramtest.Options{}, func(c *client) {
		kim, ada := c.f.NewUser("Kim", "ko"), c.f.NewUser("Ada", "pt-br")
		g := c.f.NewGroup("Friends", kim, ada)
		g.Admin(ada)
		set := func(want, scope, lang, name string) {
			t.Helper()
			c.refused(want, "setMyCommands", "commands", `[{"command":"`+name+`","description":"`+name+`"}]`, "scope", scope, "language_code", lang)
		}
		set("", `{"type":"default"}`, "", "help")
		set("", `{"type":"all_group_chats"}`, "", "quiz")
		set("", `{"type":"all_group_chats"}`, "ko", "quiz_ko")
		set("", `{"type":"all_chat_administrators"}`, "", "settings")
		for _, row := range []struct {
			u    *telegramtest.User
			c    *telegramtest.Chat
			want string
		}{{kim, g, "quiz_ko"}, {ada, g, "settings"}, {kim, c.f.Private(kim), "help"}} {
			if got := row.u.Menu(row.c); len(got) != 1 || got[0].Name != row.want {
				t.Errorf("%s sees in %s %v, want %s", row.u, row.c, got, row.want)
			}
		}
		c.complaints("")
		set("BOT_COMMAND_INVALID", `{"type":"default"}`, "", "Hilfe!")
		set("invalid language code specified", `{"type":"default"}`, "pt-br", "help")
		set("can't parse BotCommandScope: unsupported type specified", `{"type":"everybody"}`, "", "help")
		c.complaints("BOT_COMMAND_INVALID")
		c.refused("", "setMyDescription", "description", "A quiz.", "language_code", "ko")
		if got := kim.About("description"); got != "A quiz." {
			t.Errorf("the description is %q", got)
		}
	})
}

func TestTokensAndMethods(t *testing.T) {
	play(t, telegramtest.Options{}, func(c *client) {
		if a := c.call("getme"); !a.OK {
			t.Errorf("getme = %+v", a)
		}
		c.f.Complaints()
		if a := c.call("sendLoveLetter"); a.Code != 404 {
			t.Errorf("an unknown method: %+v", a)
		}
		c.complaints("sendLoveLetter")
		c.f.Token = "1:other"
		res, err := c.http.Get(c.f.URL + "/bot" + telegramtest.Token + "/getMe")
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != http.StatusUnauthorized {
			t.Errorf("a token that was taken back: %d", res.StatusCode)
		}
		for _, r := range c.f.Requests() {
			if r.Method == "sendLoveLetter" && r.Status == 404 && strings.Contains(r.Error, "method not found") {
				return
			}
		}
		t.Errorf("requests %+v", c.f.Requests())
	})
}
