package adapter_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"summitquiz/bot/adapter"
)

func TestDownloadsAreBoundedAndTellNoURL(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/secret/largest":
			w.Write(bytes.Repeat([]byte("x"), adapter.MaxFile))
		case "/secret/larger":
			w.Write(bytes.Repeat([]byte("x"), adapter.MaxFile+1))
		case "/secret/broken":
			w.Header().Set("Content-Length", "10")
		case "/secret/elsewhere":
			http.Redirect(w, r, "/secret/largest", http.StatusFound)
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	client := adapter.NewHTTPClient(adapter.NetworkDial(), nil, 1, 1)
	defer client.CloseIdleConnections()
	if data, err := adapter.Download(t.Context(), client, server.URL+"/secret/largest"); err != nil || len(data) != adapter.MaxFile {
		t.Errorf("%d bytes, %v", len(data), err)
	}
	for path, want := range map[string]string{
		server.URL + "/secret/larger":    "too large",
		server.URL + "/secret/broken":    "EOF",
		server.URL + "/secret/elsewhere": "status 302",
		server.URL + "/secret/missing":   "status 404",
		"http://[secret":                 "missing ']'",
		"http://127.0.0.1:1/secret":      "refused",
	} {
		_, err := adapter.Download(t.Context(), client, path)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v, want an error that says %q and no path", path, err, want)
		}
		if errors.Is(err, adapter.ErrTooLarge) != strings.HasSuffix(path, "larger") {
			t.Errorf("%s: ErrTooLarge is wrong in %v", path, err)
		}
	}
}

func TestBasesOfAPIsAreChecked(t *testing.T) {
	for value, want := range map[string]string{"": "https://api.example", "http://127.0.0.1:8081//": "http://127.0.0.1:8081",
		"https://x.example/api": "https://x.example/api"} {
		if got, err := adapter.BaseURL("X_URL", value, "https://api.example"); err != nil || got.String() != want {
			t.Errorf("%q: %v, %v; want %s", value, got, err, want)
		}
	}
	for _, value := range []string{"x.example", "ftp://x.example", "https://user:secret@x.example", "https://x.example?secret", "https://",
		"https://x.example/%s"} {
		_, err := adapter.BaseURL("X_URL", value, "https://api.example")
		if err == nil || err.Error() != "X_URL is not a valid base URL (example: https://api.example)" {
			t.Errorf("%q: %v", value, err)
		}
	}
}

// notes are notes in memory.
type notes map[string]string

func (n notes) Note(_ context.Context, key string) (string, error) { return n[key], nil }
func (n notes) SetNote(_ context.Context, key, value string) error { n[key] = value; return nil }

func TestOnlyWhatChangedIsPublished(t *testing.T) {
	n, published, refused := notes{}, 0, errors.New("refused")
	publish := func(body string, result error) error {
		return adapter.Publish(t.Context(), n, "commands", []byte(body), func() error { published++; return result })
	}
	for _, step := range []struct {
		body   string
		result error
		want   int
	}{{"a", refused, 1}, {"a", nil, 2}, {"a", nil, 2}, {"b", nil, 3}, {"a", nil, 4}} {
		if err := publish(step.body, step.result); !errors.Is(err, step.result) || published != step.want {
			t.Errorf("publish %q: %v, published %d times, want %d", step.body, err, published, step.want)
		}
	}
}
