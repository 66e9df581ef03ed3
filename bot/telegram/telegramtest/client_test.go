package telegramtest_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"summitquiz/bot/telegram/telegramtest"
)

// answer is what the Bot API says to a request.
type answer struct {
	OK          bool            `json:"ok"`
	Result      json.RawMessage `json:"result"`
	Code        int             `json:"error_code"`
	Description string          `json:"description"`
	Parameters  struct {
		After   int   `json:"retry_after"`
		Migrate int64 `json:"migrate_to_chat_id"`
	} `json:"parameters"`
}

// client is a bot as small as one can be.
type client struct {
	t    *testing.T
	f    *telegramtest.Telegram
	http *http.Client
}

// play lets a test act in a bubble, where time passes by itself.
func play(t *testing.T, o telegramtest.Options, act func(c *client)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		f := telegramtest.New(t, o)
		transport := &http.Transport{DialContext: f.Dial}
		defer transport.CloseIdleConnections()
		act(&client{t, f, &http.Client{Transport: transport}})
	})
}

// try calls a method with parameters in pairs.
func (c *client) try(method string, pairs ...string) (answer, error) {
	form := url.Values{}
	for pair := range slices.Chunk(pairs, 2) {
		form.Set(pair[0], pair[1])
	}
	res, err := c.http.PostForm(c.f.URL+"/bot"+c.f.Token+"/"+method, form)
	if err != nil {
		return answer{}, err
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		return answer{}, err
	}
	var a answer
	return a, json.Unmarshal(data, &a)
}

// call is try with an answer that must come.
func (c *client) call(method string, pairs ...string) answer {
	c.t.Helper()
	a, err := c.try(method, pairs...)
	if err != nil {
		c.t.Fatalf("%s: %v", method, err)
	}
	return a
}

// update is as much of an update as these tests look at.
type update struct {
	ID      int `json:"update_id"`
	Message *struct {
		ID   int    `json:"message_id"`
		Text string `json:"text"`
	} `json:"message"`
	Query *struct {
		ID      string `json:"id"`
		Data    string `json:"data"`
		Message struct {
			Date int `json:"date"`
		} `json:"message"`
	} `json:"callback_query"`
	Answer *struct {
		Options []int `json:"option_ids"`
	} `json:"poll_answer"`
	Membership *struct {
		New struct {
			Status string `json:"status"`
		} `json:"new_chat_member"`
	} `json:"my_chat_member"`
}

// updates asks for updates.
func (c *client) updates(pairs ...string) []update {
	c.t.Helper()
	a := c.call("getUpdates", pairs...)
	var list []update
	if err := json.Unmarshal(a.Result, &list); err != nil || !a.OK {
		c.t.Fatalf("getUpdates = %+v, %v", a, err)
	}
	return list
}

// ids are the ids of updates.
func ids(list []update) []int {
	var out []int
	for _, u := range list {
		out = append(out, u.ID)
	}
	return out
}

// complaints checks that the fake complains once, with words, or not at all.
func (c *client) complaints(words string) {
	c.t.Helper()
	got := c.f.Complaints()
	if words == "" && len(got) > 0 || words != "" && !slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, words) }) {
		c.t.Errorf("complaints %q, want %q", got, words)
	}
}
