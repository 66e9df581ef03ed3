package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"summitquiz/bot"
	"summitquiz/content/language"
)

// account is who a person says they are. Only a cookie holds it.
type account struct {
	User string        `json:"u"` // random and permanent
	Name string        `json:"n"`
	Lang language.Code `json:"l"`

	Since int64 `json:"t,omitempty"` // when this login was given, in Unix microseconds
}

// person is the account in the form of the contract.
func (a account) person(zone string) bot.Person {
	return bot.Person{User: a.User, Name: a.Name, Locale: a.Lang.String(), Zone: zone}
}

// cookies signs accounts.
type cookies struct {
	key     []byte
	proxies Proxies
}

// newCookies derives a key of its own, so that nothing else that is signed passes for an account.
func newCookies(secret []byte, p Proxies) cookies {
	h := hmac.New(sha256.New, secret)
	h.Write([]byte("summitquiz web account v1"))
	return cookies{h.Sum(nil), p}
}

// plainCookie holds the account over HTTP and tlsCookie over HTTPS, where the browser then lets no other
// host of the domain set it; cookieLife is how long a browser keeps it, in seconds.
const (
	plainCookie = "summitquiz"
	tlsCookie   = "__Host-summitquiz"
	cookieLife  = 365 * 24 * 3600
)

// name is that of the cookie of a request.
func (c cookies) name(req *http.Request) string {
	if c.proxies.OverTLS(req) {
		return tlsCookie
	}
	return plainCookie
}

// set gives the browser an account. Lax allows links from other sites; requests that change anything are
// also protected against other origins.
func (c cookies) set(w http.ResponseWriter, req *http.Request, a account, now time.Time) {
	a.Since = now.UnixMicro()
	data, err := json.Marshal(a)
	if err != nil {
		panic(err) // impossible: plain fields
	}
	body := base64.RawURLEncoding.EncodeToString(data)
	http.SetCookie(w, c.cookie(req, body+"."+c.mac(body), cookieLife))
}

// drop makes the browser forget the account.
func (c cookies) drop(w http.ResponseWriter, req *http.Request) {
	http.SetCookie(w, c.cookie(req, "", -1))
	if c.name(req) == tlsCookie {
		http.SetCookie(w, &http.Cookie{Name: plainCookie, Path: "/", MaxAge: -1, HttpOnly: true, Secure: true, SameSite: http.SameSiteLaxMode})
	}
}

func (c cookies) cookie(req *http.Request, value string, life int) *http.Cookie {
	name := c.name(req)
	return &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: life, HttpOnly: true, Secure: name == tlsCookie, SameSite: http.SameSiteLaxMode}
}

// of returns the account of a request; false if it has none with a valid signature. A browser that
// entered over HTTPS before there was a tlsCookie shows a plainCookie.
func (c cookies) of(req *http.Request) (account, bool) {
	got, err := req.Cookie(c.name(req))
	if err != nil {
		if got, err = req.Cookie(plainCookie); err != nil {
			return account{}, false
		}
	}
	body, mac, ok := strings.Cut(got.Value, ".")
	if !ok || !hmac.Equal([]byte(mac), []byte(c.mac(body))) {
		return account{}, false
	}
	data, err := base64.RawURLEncoding.DecodeString(body)
	if err != nil {
		return account{}, false
	}
	var a account
	if json.Unmarshal(data, &a) != nil || a.User == "" || a.Name == "" || !a.Lang.Known() {
		return account{}, false
	}
	return a, true
}

// digest tells people apart for as long as the key is the same, and does not say who they are.
func (c cookies) digest(user string) string { return c.mac("digest of " + user)[:22] }

func (c cookies) mac(body string) string {
	h := hmac.New(sha256.New, c.key)
	h.Write([]byte(body))
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil))
}
