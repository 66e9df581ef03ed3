package web_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"summitquiz/bot/web"
)

// TestPrivacyPolicyInFourLanguages holds that the address that Discord and Telegram ask for shows the
// policy, without an account and without a cookie.
func TestPrivacyPolicyInFourLanguages(t *testing.T) {
	a := web.New(web.Options{Key: []byte("k")})
	for tag, says := range map[string]string{"en": "Privacy policy", "ar": "سياسة الخصوصية", "ko": "개인정보 처리방침", "zh": "隐私政策"} {
		w := httptest.NewRecorder()
		a.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/privacy?lang="+tag, nil))
		page := w.Body.String()
		dir := "ltr"
		if tag == "ar" {
			dir = "rtl"
		}
		for _, text := range []string{says, `<html lang="` + tag + `" dir="` + dir + `">`, "<code>/privacy</code>"} {
			if w.Code != http.StatusOK || !strings.Contains(page, text) {
				t.Errorf("%s: %d, lacks %q", tag, w.Code, text)
			}
		}
		if n := strings.Count(page, "<h1>"); n != 1 {
			t.Errorf("%s: the policy stands there %d times", tag, n)
		}
		if len(w.Result().Cookies()) != 0 {
			t.Errorf("%s: a cookie is set", tag)
		}
	}
}
