package adapter

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Dial opens a network connection, as net.Dialer does.
type Dial func(ctx context.Context, network, addr string) (net.Conn, error)

// NetworkDial is the Dial of a real network.
func NetworkDial() Dial {
	return (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}).DialContext
}

// NewHTTPClient returns a client that follows no redirects and keeps up to idle connections open, up to
// perHost of them to one host. A nil secure is the default of net/http.
func NewHTTPClient(dial Dial, secure *tls.Config, idle, perHost int) *http.Client {
	transport := &http.Transport{
		DialContext: dial, TLSClientConfig: secure, TLSHandshakeTimeout: 10 * time.Second,
		MaxIdleConns: idle, MaxIdleConnsPerHost: perHost, IdleConnTimeout: 90 * time.Second,
	}
	return &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// BaseURL checks the base of an API that the environment variable named variable sets, and returns it
// without a slash at its end; example is the default and used in the error. The error does not show the
// value, which may hold a password.
func BaseURL(variable, value, example string) (*url.URL, error) {
	base := strings.TrimRight(value, "/")
	if base == "" {
		base = example
	}
	u, err := url.Parse(base)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.User != nil || u.RawQuery != "" || strings.Contains(base, "%") {
		return nil, fmt.Errorf("%s is not a valid base URL (example: %s)", variable, example)
	}
	return u, nil
}

// ScrubURL removes the URL, which may hold a token, from an error of net/http.
func ScrubURL(err error) error {
	var u *url.Error
	for errors.As(err, &u) {
		err = u.Err
	}
	return err
}

// MaxFile is the size in bytes of the largest file that is downloaded. No pack from a chat is larger.
const MaxFile = 5 << 20

// ErrTooLarge means that a file has more than MaxFile bytes.
var ErrTooLarge = errors.New("the file is too large")

// Download gets a file. Its errors do not show the URL.
func Download(ctx context.Context, client *http.Client, from string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, from, nil)
	if err != nil {
		return nil, fmt.Errorf("download a file: %w", ScrubURL(err))
	}
	res, err := client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("download a file: %w", ScrubURL(err))
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("download a file: status %d", res.StatusCode)
	}
	data, err := io.ReadAll(io.LimitReader(res.Body, MaxFile+1))
	if err != nil {
		return nil, fmt.Errorf("download a file: %w", ScrubURL(err))
	}
	if len(data) > MaxFile {
		return nil, fmt.Errorf("download a file: %w", ErrTooLarge)
	}
	return data, nil
}
